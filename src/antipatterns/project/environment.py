"""The folders from which a project imports the packages that are installed for it; nothing in them is ever run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.configuration.table import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.settings import Settings

NONE = "none"
_BESIDE = (".venv", "venv")


class UnknownEnvironmentError(SettingsError):
    """What was named as an environment is none."""


def find_site_packages(python: str | None, project: Path | None) -> tuple[Path, ...]:
    """The folders of installed packages: of an interpreter, environment or such a folder, or ``none``.

    Without one: those of ``VIRTUAL_ENV``, else of ``.venv`` or ``venv`` in the project. Raises UnknownEnvironmentError.
    """
    if python == NONE:
        return ()
    if python is not None:
        return _with_path_files(_named(Path(python)))
    active = os.environ.get("VIRTUAL_ENV")
    candidates = [Path(active)] if active else []
    candidates += [project / name for name in _BESIDE] if project is not None else []
    for candidate in candidates:
        found = tuple(_folders_in(candidate))
        if found:
            return _with_path_files(found)
    return ()


def environment_of(settings: Settings) -> tuple[Path, ...]:
    """The folders whose packages are followed from files with these settings; raises UnknownEnvironmentError."""
    root = Path(settings.root)
    python = settings.python
    if python and python != NONE:
        python = str(root / python)
    return find_site_packages(python or None, root)


def _named(path: Path) -> tuple[Path, ...]:
    if path.is_file():
        found = tuple(_folders_in(path.parent.parent))
        if not found:
            raise UnknownEnvironmentError(f"{path}: no site-packages folder belongs to this interpreter")
        return found
    if not path.is_dir():
        raise UnknownEnvironmentError(f"{path}: no such interpreter, environment or folder")
    return tuple(_folders_in(path)) or (path.absolute(),)


def _folders_in(environment: Path) -> Iterator[Path]:
    """The site-packages folders of an environment, in the layouts of POSIX and Windows."""
    for pattern in ("lib/python3*/site-packages", "lib/pypy3*/site-packages", "Lib/site-packages"):
        yield from sorted(folder.absolute() for folder in environment.glob(pattern) if folder.is_dir())


def _with_path_files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders, and those that ``.pth`` files in them name, as editable installations do."""
    found = list(folders)
    for folder in folders:
        for file in sorted(folder.glob("*.pth")):
            for line in _lines(file):
                named = folder / line
                if line and not line.startswith(("#", "import ", "import\t")) and named.is_dir():
                    found.append(named.absolute())
    return tuple(dict.fromkeys(found))


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        return []
