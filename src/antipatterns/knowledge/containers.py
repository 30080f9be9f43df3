"""Which callables make containers or give what is in them, and which methods put something into them."""

from typing import Final

CONTEXT_VARIABLE: Final = "contextvars.ContextVar"

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

# Gives back what it is given second, as what it is given first.
CAST: Final = "typing.cast"

# These give back what they are first given.
SAME: Final[frozenset[str]] = frozenset({"copy.copy", "copy.deepcopy", "functools.update_wrapper"})

# These give its elements.
SAME_ELEMENTS: Final[frozenset[str]] = frozenset(
    {f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "sorted", "reversed", "iter")}
)

# These give one of its elements, where they are given so many arguments.
ONE_ELEMENT: Final[dict[str, tuple[int, ...]]] = {
    "builtins.next": (1, 2),
    "builtins.min": (1,),
    "builtins.max": (1,),
    "random.choice": (1,),
}

# These give rows of the elements of all that they are given.
ROWS: Final[frozenset[str]] = frozenset({"builtins.enumerate", "builtins.zip"})
