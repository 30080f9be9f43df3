"""Which callables make containers, and which methods put something into them."""

from typing import Final

# What these make has values by keys.
TABLES: Final[frozenset[str]] = frozenset(
    {
        *("builtins.dict", "collections.OrderedDict", "collections.defaultdict"),
        *("weakref.WeakValueDictionary", "weakref.WeakKeyDictionary"),
    }
)

CONTAINERS: Final[frozenset[str]] = TABLES | {
    *("builtins.list", "builtins.set", "collections.deque", "weakref.WeakSet"),
}

# By the method: the position of what it puts in, which is its last argument.
PUTTING: Final[dict[str, int]] = {"append": 0, "appendleft": 0, "add": 0, "insert": 1, "setdefault": 1}
