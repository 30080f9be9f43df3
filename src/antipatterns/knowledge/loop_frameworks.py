"""Which plain functions and methods web, terminal and tool frameworks call right on the event loop."""

from typing import Final

_HTTP: Final = ("get", "post", "put", "patch", "delete", "head", "options", "route")
_SANIC: Final = (*_HTTP, "middleware", "on_request", "on_response", "listener", "exception")

# Decorators, bare or called (https://sanic.dev/en/guide/basics/handlers.html).
HANDLERS: Final[frozenset[str]] = frozenset(
    {f"sanic.{owner}.{name}" for owner in ("Sanic", "Blueprint") for name in _SANIC} | {"textual.on", "textual._on.on"}
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

# Methods of subclasses whose names begin so (https://textual.textualize.io/guide/events/).
METHODS: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(
    ("textual.app.App", "textual.screen.Screen", "textual.widget.Widget", "textual.message_pump.MessagePump"),
    ("on_", "action_", "watch_", "key_"),
)

# By a word that stands in files with such decorators, the last parts of their names.
DECORATOR_WORDS: Final[dict[str, frozenset[str]]] = {
    "sanic": frozenset(_SANIC),
    "litestar": frozenset(_HTTP),
    "textual": frozenset({"on"}),
    "mcp": frozenset({"tool", "resource", "prompt"}),
}

METHOD_WORD: Final = "textual"
"""Stands in files with such methods."""
