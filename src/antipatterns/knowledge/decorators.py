"""What decorators of libraries make of a function that they are given."""

from typing import Final

# Calling the decorated function runs the function right there, at least the first time. Bare or called.
TRANSPARENT: Final[frozenset[str]] = frozenset(
    {
        *("builtins.staticmethod", "builtins.classmethod", "builtins.property"),
        *("functools.wraps", "functools.cache", "functools.lru_cache", "functools.cached_property"),
        *("functools.singledispatch", "functools.total_ordering", "functools.update_wrapper"),
        *("abc.abstractmethod", "abc.abstractproperty", "atexit.register"),
        *("typing.overload", "typing.final", "typing.override", "typing.no_type_check", "typing.runtime_checkable"),
        *("typing_extensions.overload", "typing_extensions.final", "typing_extensions.override"),
        *("typing_extensions.deprecated", "warnings.deprecated", "homeassistant.core.callback"),
        *("cachetools.cached", "cachetools.cachedmethod", "cachetools.func.ttl_cache", "cachetools.func.lru_cache"),
        *("tenacity.retry", "backoff.on_exception", "backoff.on_predicate", "retrying.retry"),
        *("click.command", "click.group", "click.option", "click.argument", "click.pass_context"),
        *("propcache.cached_property", "propcache.api.cached_property"),
        *("functools.singledispatchmethod", "celery.shared_task", "stamina.retry", "sentry_sdk.trace"),
        *("ratelimit.limits", "ratelimit.sleep_and_retry", "deprecated.deprecated", "deprecated.sphinx.deprecated"),
        *("typeguard.typechecked", "beartype.beartype", "overrides.override", "overrides.overrides"),
        *("pydantic.computed_field", "pydantic.validate_call", "pydantic.validate_arguments"),
        *("pydantic.field_serializer", "pydantic.model_serializer", "sqlalchemy.orm.validates"),
        *("sqlalchemy.event.listens_for", "sqlalchemy.ext.hybrid.hybrid_method"),
        *("tornado.web.authenticated", "tornado.web.addslash", "tornado.web.removeslash"),
        *("django.db.transaction.atomic", "django.contrib.auth.decorators.login_required"),
        *("django.contrib.auth.decorators.permission_required", "django.views.decorators.csrf.csrf_exempt"),
        *("homeassistant.util.Throttle", "homeassistant.loader.bind_hass"),
        *("torch.no_grad", "torch.inference_mode", "cachetools.func.lfu_cache", "wrapt.synchronized"),
    }
)

# Called with a function, these give something back that calls it.
GIVE_BACK: Final[frozenset[str]] = frozenset(
    {
        *("functools.update_wrapper", "functools.partial", "functools.cache", "functools.lru_cache"),
        *("builtins.staticmethod", "builtins.classmethod"),
    }
)

TYPE_VARIABLES: Final[frozenset[str]] = frozenset(
    f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("TypeVar", "ParamSpec")
)

# Of these, the result of the first call with the same arguments is kept for ever.
CACHES: Final[frozenset[str]] = frozenset({"functools.cache", "functools.lru_cache"})

# Reading the attribute calls the decorated function.
PROPERTIES: Final[frozenset[str]] = frozenset(
    {
        *("builtins.property", "functools.cached_property", "abc.abstractproperty"),
        *("propcache.cached_property", "propcache.api.cached_property", "django.utils.functional.cached_property"),
        *("propcache.under_cached_property", "propcache.api.under_cached_property", "cached_property.cached_property"),
        *("werkzeug.utils.cached_property", "sqlalchemy.ext.hybrid.hybrid_property"),
    }
)

# Only subclasses say what the method does.
ABSTRACT: Final[frozenset[str]] = frozenset({"abc.abstractmethod", "abc.abstractproperty"})

# The function only tells types of another one of its name.
OVERLOADS: Final[frozenset[str]] = frozenset({"typing.overload", "typing_extensions.overload"})

# Calling the decorated generator function makes a context manager.
MANAGERS: Final[frozenset[str]] = frozenset({"contextlib.contextmanager"})

# Of the decorated asynchronous generator function, what ``async with`` enters.
ASYNC_MANAGERS: Final[frozenset[str]] = frozenset({"contextlib.asynccontextmanager"})

# The function runs on the event loop, although it is no coroutine function.
ON_LOOP: Final[frozenset[str]] = frozenset({"homeassistant.core.callback", "tornado.gen.coroutine"})

# Methods and properties of subclasses that run on the event loop, although they are no coroutine functions.
ON_LOOP_METHODS: Final[dict[str, frozenset[str]]] = {
    "asyncio.BaseProtocol": frozenset({"connection_made", "connection_lost", "pause_writing", "resume_writing"}),
    "asyncio.Protocol": frozenset({"connection_made", "connection_lost", "data_received", "eof_received"}),
    "asyncio.BufferedProtocol": frozenset({"connection_made", "connection_lost", "get_buffer", "buffer_updated"}),
    "asyncio.DatagramProtocol": frozenset(
        {"connection_made", "connection_lost", "datagram_received", "error_received"}
    ),
    "asyncio.SubprocessProtocol": frozenset(
        {"connection_made", "pipe_data_received", "pipe_connection_lost", "process_exited"}
    ),
    "tornado.web.RequestHandler": frozenset(
        {"initialize", "prepare", "get", "head", "post", "put", "patch", "delete", "options", "on_finish"}
    ),
    "tornado.websocket.WebSocketHandler": frozenset({"open", "on_message", "on_close", "on_ping", "on_pong"}),
    # The state of an entity is written on the loop, which reads these properties.
    "homeassistant.helpers.entity.Entity": frozenset(
        {
            *("name", "state", "available", "icon", "entity_picture", "supported_features", "device_class"),
            *("state_attributes", "extra_state_attributes", "capability_attributes", "unit_of_measurement"),
            *("native_value", "native_unit_of_measurement", "state_class", "is_on", "assumed_state", "attribution"),
        }
    ),
}

# Callables that have a function called on the event loop: position of the function without self, its keyword.
SCHEDULERS: Final[dict[str, tuple[int, str]]] = {
    "asyncio.AbstractEventLoop.call_soon": (0, "callback"),
    "asyncio.AbstractEventLoop.call_soon_threadsafe": (0, "callback"),
    "asyncio.AbstractEventLoop.call_later": (1, "callback"),
    "asyncio.AbstractEventLoop.call_at": (1, "callback"),
    "asyncio.AbstractEventLoop.add_reader": (1, "callback"),
    "asyncio.AbstractEventLoop.add_writer": (1, "callback"),
    "asyncio.AbstractEventLoop.add_signal_handler": (1, "callback"),
    "asyncio.Future.add_done_callback": (0, "callback"),
    "asyncio.Task.add_done_callback": (0, "callback"),
}

# Some of these stand in every file with code that runs on the loop: in its statements, or in the names that it takes
# from elsewhere. Others need not be looked at.
LOOP_WORDS: Final[tuple[str, ...]] = (
    *("async", "callback", "call_soon", "call_later", "call_at", "add_reader", "add_writer", "add_signal_handler"),
    *("tornado", "homeassistant", "Protocol", "Handler", "Entity", "sanic", "litestar", "mcp", "textual"),
    *("chainlit", "socketio", "semantic_kernel", "google.adk"),
)
