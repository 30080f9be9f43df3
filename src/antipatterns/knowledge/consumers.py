"""Which callables run through what they are first given at once, and which call a function that they are given."""

from typing import Final

CONSUMERS: Final[frozenset[str]] = frozenset(
    {
        *(f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max")),
        *("builtins.any", "builtins.all", "builtins.next", "collections.deque", "collections.Counter"),
        "builtins.str.join",
    }
)

# Awaited, these run through what an asynchronous iterator gives next.
ASYNC_CONSUMERS: Final[frozenset[str]] = frozenset({"builtins.anext"})

# So do these methods of lists, sets and dicts.
CONSUMING_METHODS: Final[frozenset[str]] = frozenset({"extend", "update", "fromkeys", "join"})

# These run through it while what they give is run through.
PASSING: Final[frozenset[str]] = frozenset(
    {
        *(f"builtins.{name}" for name in ("enumerate", "zip", "map", "filter", "iter")),
        *("itertools.islice", "itertools.chain", "itertools.takewhile", "itertools.dropwhile"),
    }
)

# These call a function before they return: its position, its keyword.
CALLERS: Final[dict[str, tuple[int, str]]] = {
    **{f"builtins.{name}": (-1, "key") for name in ("sorted", "min", "max")},
    "functools.reduce": (0, "function"),
    "itertools.groupby": (1, "key"),
    "re.sub": (1, "repl"),
    "re.subn": (1, "repl"),
}

# These call it while what they give is iterated.
LAZY_CALLERS: Final[dict[str, tuple[int, str]]] = {
    "builtins.map": (0, "function"),
    "builtins.filter": (0, "function"),
    "itertools.starmap": (0, "function"),
    "itertools.filterfalse": (0, "function"),
    "itertools.takewhile": (0, "predicate"),
    "itertools.dropwhile": (0, "predicate"),
    "itertools.accumulate": (1, "func"),
}
