"""The projects of a run: one for each environment whose packages are followed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.facts.store import decode_facts
from antipatterns.index.modules import read_facts
from antipatterns.index.project import Project
from antipatterns.project.environment import NONE, find_site_packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from antipatterns.facts.model import ModuleFacts
    from antipatterns.settings import Settings


class Projects:
    """Makes projects when they are asked for. ``facts``: of files that have been read already, by absolute path."""

    def __init__(
        self, facts: Mapping[str, bytes] | None = None, read: Callable[[str], ModuleFacts | None] = read_facts
    ) -> None:
        self._facts = facts or {}
        self._read_file = read
        self._projects: dict[tuple[str, str], Project] = {}

    def project_for(self, settings: Settings) -> Project:
        """The project of files with these settings; raises UnknownEnvironmentError."""
        key = (settings.root, settings.python)
        if key not in self._projects:
            root = Path(settings.root)
            python = settings.python
            if python and python != NONE:
                python = str(root / python)
            folders = find_site_packages(python or None, root)
            self._projects[key] = Project(folders, self._read)
        return self._projects[key]

    def _read(self, path: str) -> ModuleFacts | None:
        encoded = self._facts.get(path)
        return self._read_file(path) if encoded is None else decode_facts(encoded)


def projects_of_run() -> Projects:
    """Projects that know nothing of the file at hand, but each other file as this process has first read it."""
    return Projects(read=_read_once)


_read_once = cache(read_facts)
