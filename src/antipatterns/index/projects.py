"""The projects of a run: one for each environment whose packages are followed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from antipatterns.facts.store import decode_facts
from antipatterns.index.modules import read_facts
from antipatterns.index.project import Project
from antipatterns.project.environment import environment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from antipatterns.facts.model import ModuleFacts
    from antipatterns.settings import Settings


class Projects:
    """Makes projects when they are asked for.

    ``facts``: of files that have been read already, by absolute path, some encoded; ``read`` gives those of all others.
    """

    def __init__(
        self,
        facts: Mapping[str, ModuleFacts | bytes] | None = None,
        read: Callable[[str], ModuleFacts | None] = read_facts,
    ) -> None:
        self._facts = facts or {}
        self._read_other = read
        self._projects: dict[tuple[str, str], Project] = {}

    def project_for(self, settings: Settings) -> Project:
        """The project of files with these settings; raises UnknownEnvironmentError."""
        key = (settings.root, settings.python)
        if key not in self._projects:
            self._projects[key] = Project(environment_of(settings), self._read)
        return self._projects[key]

    def known(self) -> Iterable[Project]:
        """The projects that somebody has asked for."""
        return self._projects.values()

    def _read(self, path: str) -> ModuleFacts | None:
        facts = self._facts.get(path)
        if facts is None:
            return self._read_other(path)
        return decode_facts(facts) if isinstance(facts, bytes) else facts


def projects_of_run() -> Projects:
    """Projects that know nothing of the file at hand, but each other file as this process has first read it."""
    return Projects(read=_read_once)


_read_once = cache(read_facts)
