"""Keep what follows from this program's own source beside its byte code, so that a start need not load all of it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from typing import TYPE_CHECKING, Any

import antipatterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKAGE = os.path.dirname(os.path.abspath(antipatterns.__file__))  # noqa: PTH100, PTH120 - pathlib takes longer to load


def precomputed(name: str, sources: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """What ``make()`` gives, of JSON's types, kept under a name until a source file changes.

    ``sources``: what ``make`` depends on, files of the package and folders with all that they hold. Kept only where
    Python may keep byte code (``PYTHONDONTWRITEBYTECODE``, ``PYTHONPYCACHEPREFIX``); what cannot be read is made anew.
    """
    file = cache_from_source(f"{_PACKAGE}/{name}.py").removesuffix(".pyc") + ".json"
    stamp = _stamp_of(sources)
    with suppress(OSError, ValueError, KeyError, TypeError), open(file, "rb") as stream:  # noqa: PTH123 - as above
        kept = json.load(stream)
        if kept["stamp"] == stamp:
            return kept["value"]
    value = make()
    if not sys.dont_write_bytecode:
        _write(file, {"stamp": stamp, "value": value})
    return value


def _stamp_of(sources: tuple[str, ...]) -> list[Any]:
    """The version and, for each source file, its path below the package, size and time of change."""
    return [antipatterns.__version__, *sorted(found for source in sources for found in _files_in(source))]


def _files_in(source: str) -> Iterator[list[Any]]:
    with suppress(OSError):  # a package in an archive has no files
        if source.endswith(".py"):
            found = os.stat(f"{_PACKAGE}/{source}")  # noqa: PTH116 - as above
            yield [source, found.st_size, found.st_mtime_ns]
        elif not source.endswith("__pycache__"):
            for name in os.listdir(f"{_PACKAGE}/{source}"):  # noqa: PTH208 - as above
                yield from _files_in(f"{source}/{name}")


def _write(file: str, content: object) -> None:
    """Write a file as a whole or not at all: others may read it at the same time."""
    aside = f"{file}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        with open(aside, "w", encoding="ascii") as stream:  # noqa: PTH123 - as above
            json.dump(content, stream)
        os.replace(aside, file)  # noqa: PTH105 - as above
