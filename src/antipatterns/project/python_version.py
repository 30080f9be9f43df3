"""Which Python a project still runs on, as its own metadata say."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Version = tuple[int, int]

# ">=3.8", "~=3.8.1", "^3.8" (poetry), "==3.9.*", ">3.7"; upper bounds say nothing here.
_LOWER_BOUND = re.compile(r"(?<![<!])(>=|~=|===?|\^|~|>)\s*(\d+)\.(\d+)")
_SETUP_CFG = re.compile(r"^\s*python[-_]requires\s*=\s*(.+)$", re.MULTILINE)
_SETUP_PY = re.compile(r"\bpython_requires\s*=\s*[\"']([^\"']+)[\"']")
_ROOT_MARKS = (".git", ".hg")


def lowest_python(file: Path) -> Version | None:
    """The lowest Python that the project of a file admits, as the nearest metadata above it say; None if none do."""
    return _lowest_in(file.absolute().parent)


@cache
def _lowest_in(folder: Path) -> Version | None:
    for requirement in _requirements(folder):
        bounds = [(int(major), int(minor)) for _, major, minor in _LOWER_BOUND.findall(requirement)]
        if bounds:
            return max(bounds)
    if folder.parent == folder or any((folder / mark).exists() for mark in _ROOT_MARKS):
        return None
    return _lowest_in(folder.parent)


def _requirements(folder: Path) -> list[str]:
    """What the metadata files of one folder ask of Python."""
    found = _pyproject_requirements(_read(folder / "pyproject.toml"))
    found += _SETUP_CFG.findall(_read(folder / "setup.cfg"))
    return found + _SETUP_PY.findall(_read(folder / "setup.py"))


def _pyproject_requirements(text: str) -> list[str]:
    try:
        table = tomllib.loads(text)
        values = [
            table.get("project", {}).get("requires-python"),
            table.get("tool", {}).get("poetry", {}).get("dependencies", {}).get("python"),
        ]
    except (tomllib.TOMLDecodeError, AttributeError):
        return []
    return [value for value in values if isinstance(value, str)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
