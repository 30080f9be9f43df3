"""Which callables run through what they are first given at once."""

from typing import Final

CONSUMERS: Final[frozenset[str]] = frozenset(
    {
        *(f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max")),
        *("builtins.any", "builtins.all", "builtins.next", "collections.deque", "collections.Counter"),
    }
)
