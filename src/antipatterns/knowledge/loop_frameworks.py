"""Which plain functions and methods web, terminal and tool frameworks call right on the event loop."""

from typing import Final

_HTTP: Final = ("get", "post", "put", "patch", "delete", "head", "options", "route")
_SANIC: Final = (*_HTTP, "middleware", "on_request", "on_response", "listener", "exception")
# Those whose functions ``wrap_user_function`` calls (https://docs.chainlit.io/api-reference/lifecycle-hooks).
_CHAINLIT: Final = (
    *("on_app_startup", "on_app_shutdown", "password_auth_callback", "header_auth_callback", "oauth_callback"),
    *("on_logout", "on_chat_start", "on_chat_resume", "on_chat_end", "on_stop", "set_chat_profiles", "set_starters"),
    *("author_rename", "action_callback", "on_settings_update", "on_feedback", "on_audio_start", "on_audio_chunk"),
)
_SOCKETIO: Final = ("AsyncServer", "AsyncClient", "async_server.AsyncServer", "async_client.AsyncClient")

# Decorators, bare or called (https://sanic.dev/en/guide/basics/handlers.html).
HANDLERS: Final[frozenset[str]] = frozenset(
    {f"sanic.{owner}.{name}" for owner in ("Sanic", "Blueprint") for name in _SANIC}
    | {"textual.on", "textual._on.on"}
    | {f"chainlit.{module}{name}" for module in ("", "callbacks.") for name in _CHAINLIT}
    | {f"socketio.{owner}.{name}" for owner in _SOCKETIO for name in ("on", "event")}
    | {f"semantic_kernel.functions.{module}kernel_function" for module in ("", "kernel_function_decorator.")}
)

# Those that do where they are called with this keyword and constant
# (https://docs.litestar.dev/latest/topics/sync-vs-async.html).
HANDLERS_WITH: Final[dict[str, tuple[str, object]]] = {
    f"litestar.{module}{name}": ("sync_to_thread", False)
    for module in ("", "handlers.", "handlers.http_handlers.", "handlers.http_handlers.decorators.")
    for name in ("get", "post", "put", "patch", "delete", "head", "route")
}

# Those that do in versions of a distribution before this one, which must be known to be installed
# (https://github.com/modelcontextprotocol/python-sdk/issues/1646).
HANDLERS_BEFORE: Final[dict[str, tuple[str, int]]] = {
    **{f"mcp.server.fastmcp.server.FastMCP.{name}": ("mcp", 2) for name in ("tool", "resource", "prompt")},
    **{f"fastmcp.server.server.FastMCP.{name}": ("fastmcp", 3) for name in ("tool", "resource", "prompt")},
}

# Of these, what is handed to them: the position, its keyword (https://google.github.io/adk-docs/tools-custom/).
HANDED_BEFORE: Final[dict[str, tuple[str, int, int, str]]] = {
    "mcp.server.fastmcp.server.FastMCP.add_tool": ("mcp", 2, 0, "fn"),
    "mcp.server.fastmcp.tools.base.Tool.from_function": ("mcp", 2, 0, "fn"),
    "fastmcp.server.server.FastMCP.add_tool": ("fastmcp", 3, 0, "fn"),
    "fastmcp.tools.tool.Tool.from_function": ("fastmcp", 3, 0, "fn"),
    "fastmcp.tools.tool.FunctionTool.from_function": ("fastmcp", 3, 0, "fn"),
    "google.adk.tools.function_tool.FunctionTool": ("google-adk", 3, 0, "func"),
    "google.adk.agents.llm_agent.LlmAgent": ("google-adk", 3, -1, "tools"),
}

# Methods of subclasses whose names begin so (https://textual.textualize.io/guide/events/).
METHODS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("textual.app.App", "textual.screen.Screen", "textual.widget.Widget", "textual.message_pump.MessagePump"),
        ("on_", "action_", "watch_", "key_"),
    ),
    **dict.fromkeys(("socketio.AsyncNamespace", "socketio.async_namespace.AsyncNamespace"), ("on_",)),
}

# By a word that stands in files with such decorators, the last parts of their names.
DECORATOR_WORDS: Final[dict[str, frozenset[str]]] = {
    "sanic": frozenset(_SANIC),
    "litestar": frozenset(_HTTP),
    "textual": frozenset({"on"}),
    "mcp": frozenset({"tool", "resource", "prompt"}),
    "chainlit": frozenset(_CHAINLIT),
    "socketio": frozenset({"on", "event"}),
    "semantic_kernel": frozenset({"kernel_function"}),
}

# By a word that stands in files that hand functions over, the last parts of the names of what they call.
HANDING_WORDS: Final[dict[str, frozenset[str]]] = {
    "mcp": frozenset({"add_tool", "from_function"}),
    "google.adk": frozenset({"FunctionTool", "LlmAgent", "Agent"}),
}

METHOD_WORDS: Final = ("textual", "socketio")
"""One of these stands in files with such methods."""
