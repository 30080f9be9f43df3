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
    }
)

# Of these, the result of the first call with the same arguments is kept for ever.
CACHES: Final[frozenset[str]] = frozenset({"functools.cache", "functools.lru_cache"})

# Reading the attribute calls the decorated function.
PROPERTIES: Final[frozenset[str]] = frozenset(
    {
        *("builtins.property", "functools.cached_property", "abc.abstractproperty"),
        *("propcache.cached_property", "propcache.api.cached_property", "django.utils.functional.cached_property"),
    }
)

# Only subclasses say what the method does.
ABSTRACT: Final[frozenset[str]] = frozenset({"abc.abstractmethod", "abc.abstractproperty"})

# Calling the decorated generator function makes a context manager.
MANAGERS: Final[frozenset[str]] = frozenset({"contextlib.contextmanager"})

# The function runs on the event loop, although it is no coroutine function.
ON_LOOP: Final[frozenset[str]] = frozenset({"homeassistant.core.callback"})

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
