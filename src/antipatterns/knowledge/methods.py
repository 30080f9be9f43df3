"""Which methods the language itself calls."""

from typing import Final

# Calling a class runs these.
CONSTRUCTORS: Final[tuple[str, ...]] = ("__new__", "__init__", "__post_init__")

# A ``with`` block calls these.
OF_WITH: Final[tuple[str, ...]] = ("__enter__", "__exit__")

# Leaving a ``with`` or ``async with`` block calls these, as a rule with no error.
EXITS: Final[frozenset[str]] = frozenset({"__exit__", "__aexit__"})

# These enter a manager that they are given, and leave it later; true of those that do as ``async with``.
ENTERING: Final[dict[str, bool]] = {
    "contextlib.ExitStack.enter_context": False,
    "contextlib.AsyncExitStack.enter_context": False,
    "contextlib.AsyncExitStack.enter_async_context": True,
}

# Calling these with an instance runs its method.
PROTOCOLS: Final[dict[str, str]] = {
    f"builtins.{name}": f"__{name}__"
    for name in ("len", "str", "repr", "bool", "int", "float", "bytes", "hash", "iter", "next", "abs", "round")
}

# What runs where a class has no such method.
INSTEAD: Final[dict[str, str]] = {
    "__bool__": "__len__",
    "__contains__": "__iter__",
    "__ne__": "__eq__",
    **{
        f"__i{name}__": f"__{name}__"
        for name in (
            *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
            *("lshift", "rshift", "or", "xor", "and"),
        )
    },
}

# The first words of functions that often give None, as there is nothing to give.
MAY_GIVE_NONE: Final[frozenset[str]] = frozenset(
    {"get", "getattr", "getenv", "find", "fetch", "fetchone", "first", "last", "lookup", "match", "fullmatch"}
    | {"maybe", "next", "one", "pop", "resolve", "scalar", "search", "select", "try", "load", "read", "parse"}
)
