"""Find a module of the project that takes a name out of another, which only imports it itself."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.index.definitions import Module
    from antipatterns.index.project import Project


def find_taker(project: Project, source: Module, name: str) -> str:
    """The dotted name of the first module that takes a name from a source, in whatever way; "" if there is none.

    Looks at all files below the root of the source in which both names stand.
    """
    wanted = re.compile(rf"\b{re.escape(name)}\b".encode())
    attribute = re.compile(rf"\b{re.escape(source.parts[-1])}\.{re.escape(name)}\b".encode()) if source.parts else None
    for path in _files_below(source.root):
        content = _read(path)
        if path == source.path or wanted.search(content) is None or not source.parts:
            continue
        if attribute is not None and attribute.search(content):
            return os.path.relpath(path, source.root)
        module = project.modules.module_at(Path(path))
        if module is not None and any(
            edge.target is source and edge.taken in (name, "*") for edge in project.imports.edges_of(module)
        ):
            return module.name
    return ""


def _files_below(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".py"))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
