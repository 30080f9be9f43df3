"""How a file or folder is known to be the same: by what the file system says of it, else by its content."""

from __future__ import annotations

import os
import stat
import time
import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Stamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and inode."""

UNKNOWN: Stamp = (-1, -1, -1)
"""Equal to no stamp of anything that exists."""

# Within the grain of its clock a file system gives two changes the same time: what is younger is not trusted.
_GRAIN = 2_000_000_000
_SIGNED = 0x7FFF_FFFF_FFFF_FFFF  # what fits into a column
_MARKS = ("pyproject.toml", "setup.cfg", ".git")


def stamp_of(path: str) -> Stamp:
    """What the file system says of a file or folder; UNKNOWN where there is none. The size of a folder is 0."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands
    except (OSError, ValueError):
        return UNKNOWN
    return (0 if stat.S_ISDIR(found.st_mode) else found.st_size, found.st_mtime_ns, found.st_ino & _SIGNED)


def settled(stamp: Stamp, now: int | None = None) -> Stamp:
    """The stamp, if a later change is sure to alter it, else UNKNOWN. ``now``: when it was taken."""
    return UNKNOWN if stamp[1] > (now or time.time_ns()) - _GRAIN else stamp


def digest_of(*parts: bytes) -> bytes:
    """A hash of some bytes that stands for them."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()


def digest_of_file(path: str) -> bytes:
    """A hash of the content of a file; b"" where it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands
            return digest_of(file.read())
    except OSError:
        return b""


def digest_of_names(names: Iterable[str]) -> bytes:
    """A hash of those names in a folder that can say something about modules: of modules, packages, project files."""
    told = sorted(name for name in names if _says_something(name))
    return digest_of("\0".join(told).encode("utf-8", "surrogateescape"))


def _says_something(name: str) -> bool:
    return name.endswith((".py", ".pyi")) or name in _MARKS or ("." not in name and name != "__pycache__")


def digest_of_folder(folder: str) -> bytes:
    """The same of the names that stand there now; "" where there is no folder."""
    try:
        return digest_of_names(os.listdir(folder))  # noqa: PTH208 - names, of thousands of folders
    except OSError:
        return b""


def seal(content: bytes) -> bytes:
    """The bytes with a check sum in front."""
    return zlib.crc32(content).to_bytes(4) + content


def unseal(content: object) -> bytes | None:
    """What was sealed; None for anything else."""
    if not isinstance(content, bytes) or zlib.crc32(content[4:]).to_bytes(4) != content[:4]:
        return None
    return content[4:]
