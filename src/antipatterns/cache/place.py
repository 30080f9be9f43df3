"""Where caches lie: a folder in each project, and one of the user for the packages that projects share."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import antipatterns
from antipatterns.cache.stamp import digest_of
from antipatterns.configuration.config_file import NO_CACHE

if TYPE_CHECKING:
    from antipatterns.settings import Settings

_NAME = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}\.db(-wal|-shm|-journal)?")
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of antipatterns.\n"
_TOLD = {".gitignore": "*\n", "CACHEDIR.TAG": _TAG}  # https://bford.info/cachedir/
_KEPT = 3


@cache
def tool_identity() -> bytes:
    """What changes whenever this tool or the Python that runs it does: the files of the package, by their stamps."""
    package = str(Path(antipatterns.__file__).absolute().parent)
    told = [sys.version, antipatterns.__version__, package]
    waiting = [package]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:  # a package in an archive has only its version
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    waiting += [entry.path] if entry.name != "__pycache__" else []
                elif entry.name.endswith(".py"):
                    found = entry.stat()
                    told.append(f"{entry.path}\0{found.st_size}\0{found.st_mtime_ns}")
    return digest_of("\n".join(told).encode("utf-8", "surrogateescape"))


def cache_folder(settings: Settings) -> Path | None:
    """The folder for what is known about a project; None where nothing is to be kept."""
    return None if settings.cache_dir == NO_CACHE else Path(settings.root, settings.cache_dir)


def user_cache_folder() -> Path | None:
    """The folder for what projects share; None where the user has none."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    return Path(os.environ.get("XDG_CACHE_HOME") or base).absolute() / "antipatterns"


def store_in(folder: Path, root: str) -> Path:
    """The file in a folder for the project with this root, made by this very version of the tool."""
    return folder / f"{_mark_of(root)}-{tool_identity().hex()[:16]}.db"


def _mark_of(root: str) -> str:
    return digest_of(root.encode("utf-8", "surrogateescape")).hex()[:16]


def make_folder(file: Path) -> None:
    """Make the folder of a store, which tells git and programs for backups to pass it by; raises OSError."""
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _TOLD.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    if not file.exists():
        _drop_old(file)


def _drop_old(file: Path) -> None:
    """Of the stores that other versions of the tool made for the same project, keep the last ones only."""
    mark = file.name.partition("-")[0]
    stores = [path for path in _stores_in(file.parent, mark) if path.suffix == ".db"]
    with suppress(OSError):
        for old in sorted(stores, key=lambda path: path.stat().st_mtime)[: -_KEPT or None]:
            remove_store(old)


def remove_store(file: Path) -> None:
    """Remove a store and what SQLite keeps beside it; raises OSError."""
    for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))):
        path.unlink(missing_ok=True)


def remove_cache(folder: Path, root: str) -> int:
    """Remove all that is known of a project, and the folder if nothing else is left; count the stores."""
    stores = _stores_in(folder, _mark_of(root))
    for path in stores:
        path.unlink(missing_ok=True)
    if folder.is_dir() and {path.name for path in folder.iterdir()} <= set(_TOLD):
        for name in _TOLD:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
    return sum(path.suffix == ".db" for path in stores)


def _stores_in(folder: Path, mark: str) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.name.startswith(mark) and _NAME.fullmatch(path.name)]
