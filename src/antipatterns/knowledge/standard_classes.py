"""The classes of the standard library that programs often ask for with ``isinstance``."""

import builtins
import io
import pathlib
from typing import Final


def _bases(kind: type) -> frozenset[str]:
    return frozenset(_name(one) for one in kind.__mro__)


def _name(kind: type) -> str:
    """The name by which a class is imported: what C implements says its private module."""
    module = {"_io": "io", "pathlib._local": "pathlib"}.get(kind.__module__, kind.__module__)
    return f"{module}.{kind.__qualname__.removeprefix('_')}"


# Class to all that its instances are instances of, among the classes that are told apart here.
BASES: Final[dict[str, frozenset[str]]] = {
    **{
        f"builtins.{name}": _bases(getattr(builtins, name))
        for name in ("str", "bytes", "bytearray", "int", "float", "bool", "complex", "list", "tuple", "dict", "set")
    },
    **{f"io.{name}": _bases(getattr(io, name)) for name in ("BytesIO", "StringIO", "TextIOWrapper", "BufferedReader")},
    **{
        f"pathlib.{name}": _bases(getattr(pathlib, name)) | {"os.PathLike"}
        for name in ("Path", "PurePath", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")
    },
    "types.FunctionType": frozenset({"builtins.object", "types.FunctionType", "types.LambdaType"}),
}

# Of these it is known which of the above they are bases of; other classes may have virtual subclasses.
TOLD_APART: Final[frozenset[str]] = frozenset().union(*BASES.values(), ["os.PathLike"])

# Of these, those whose annotation says nothing more: no containers of something.
PLAIN: Final[frozenset[str]] = frozenset(BASES) - {f"builtins.{name}" for name in ("list", "tuple", "dict", "set")}
