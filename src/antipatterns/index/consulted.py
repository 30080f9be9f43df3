"""What the index looked at to answer: from each module, the files and folders that its names led to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.project.module_name import folders_of_name

if TYPE_CHECKING:
    from pathlib import Path

    from antipatterns.index.projects import Projects

TEXT = "text of "
"""Stands before the path of a file that was looked at itself, and not only for what it says to the index."""


class Consulted(NamedTuple):
    """``edges``: by the path of a module, the files and folders that answers about it hang on, one step far.

    ``listings``: the names that were seen in those folders.
    """

    edges: dict[str, set[str]]
    listings: dict[str, frozenset[str]]


def take_consulted(projects: Projects, path: Path) -> Consulted:
    """What has been consulted since the last time, and what tells the name of the module in a file."""
    edges: dict[str, set[str]] = {}
    listings: dict[str, frozenset[str]] = {}
    for project in projects.known():
        modules = project.modules
        own = edges.setdefault(str(path), set())
        own.update(folders_of_name(path))
        for importer, questions in modules.asked.items():
            found = edges.setdefault(importer, set())
            found.add(os.path.dirname(importer))  # noqa: PTH120 - many
            for root, parts in questions:
                found.update(modules.folders_read(root, parts), modules.files_read(root, parts))
        for importer, texts in modules.texts.items():
            edges.setdefault(importer, set()).update(TEXT + text for text in texts)
        modules.asked, modules.texts = {}, {}
        listings |= {
            target: modules.listing(target)
            for targets in edges.values()
            for target in targets
            if not target.endswith((".py", ".pyi"))
        }
    return Consulted(edges, listings)
