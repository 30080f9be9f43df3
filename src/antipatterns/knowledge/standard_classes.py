"""The classes of the standard library that programs often ask for with ``isinstance``."""

import builtins
import io
import pathlib
import types
from typing import Final

FUNCTION: Final = "types.FunctionType"
DICT: Final = "builtins.dict"
CLASS: Final = "builtins.type"

_CLASSES: Final[dict[str, type]] = {
    **{
        f"builtins.{name}": getattr(builtins, name)
        for name in (
            *("str", "bytes", "bytearray", "int", "float", "bool", "complex"),
            *("list", "tuple", "dict", "set", "type"),
        )
    },
    **{f"io.{name}": getattr(io, name) for name in ("BytesIO", "StringIO", "TextIOWrapper", "BufferedReader")},
    **{
        f"pathlib.{name}": getattr(pathlib, name)
        for name in ("Path", "PurePath", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")
    },
    FUNCTION: types.FunctionType,
}

# What C implements says its private module.
_MODULES: Final[dict[str, str]] = {"_io": "io", "pathlib._local": "pathlib"}


def _bases(kind: type) -> frozenset[str]:
    """The names by which a class and its bases are imported."""
    if kind is types.FunctionType:
        return frozenset({"builtins.object", FUNCTION, "types.LambdaType"})
    names = {
        f"{_MODULES.get(one.__module__, one.__module__)}.{one.__qualname__.removeprefix('_')}" for one in kind.__mro__
    }
    return frozenset(names | {"os.PathLike"} if issubclass(kind, pathlib.PurePath) else names)


# Class to all that its instances are instances of, among the classes that are told apart here.
BASES: Final[dict[str, frozenset[str]]] = {name: _bases(kind) for name, kind in _CLASSES.items()}

# Those of what is written as a constant.
CONSTANTS: Final[frozenset[str]] = frozenset(
    f"builtins.{name}" for name in ("str", "bytes", "int", "float", "bool", "complex")
)

# Callables to the containers that they make, whatever these hold.
MAKE_CONTAINERS: Final[dict[str, str]] = {
    **{f"builtins.{name}": f"builtins.{name}" for name in ("list", "tuple", "set", "dict")},
    "builtins.sorted": "builtins.list",
    **dict.fromkeys(("builtins.vars", "builtins.locals", "builtins.globals"), DICT),
}

# Of these it is known which of the above they are bases of; other classes may have virtual subclasses.
TOLD_APART: Final[frozenset[str]] = frozenset().union(*BASES.values(), ["os.PathLike"])

# Of these, those whose annotation says nothing more: no containers of something.
PLAIN: Final[frozenset[str]] = frozenset(BASES) - {
    f"builtins.{name}" for name in ("list", "tuple", "dict", "set", "type")
}

# Their instances are true, whatever they hold.
ALWAYS_TRUE: Final[frozenset[str]] = frozenset(
    name for name, kind in _CLASSES.items() if not (hasattr(kind, "__bool__") or hasattr(kind, "__len__"))
)

# Class to the names that its instances surely have.
ATTRIBUTES: Final[dict[str, frozenset[str]]] = {name: frozenset(dir(kind)) for name, kind in _CLASSES.items()}

# Classes, not of the plainest values, whose names are written in small letters.
SMALL_LETTERS: Final[frozenset[str]] = frozenset(
    {"datetime", "date", "time", "timedelta", "tzinfo", "timezone", "ndarray"}
)

# In annotations, what lets a value be one of several.
EITHER: Final[frozenset[str]] = frozenset({"Optional", "Union", "Final", "Annotated"})

# Of these a text is as good: the same, or one in place of several.
TEXTS_AS_WELL: Final[frozenset[str]] = frozenset(
    {
        *(
            "Any",
            "AnyStr",
            "Literal",
            "LiteralString",
            "Path",
            "PathLike",
            "PurePath",
            "URL",
            "UUID",
            "Enum",
            "Decimal",
        ),
        *("Sequence", "Iterable", "Collection", "List", "Tuple", "Set", "FrozenSet", "Dict", "Mapping", "Container"),
        *("MutableSequence", "MutableMapping", "Iterator", "Generator", "AsyncIterator", "Buffer", "IO", "TextIO"),
    }
)

PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
"""Bases of classes whose methods others have without inheriting from them."""

OPEN = PROTOCOLS | {"abc.ABC"}
"""Bases of classes that only say what others do."""
