"""What is done with each file of a run, here or in a worker: loaded only where something is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.cache.stamp import digest_of
from antipatterns.check import View, check_bytes, check_file, check_project
from antipatterns.index.consulted import Consulted, take_consulted

if TYPE_CHECKING:
    from antipatterns.cache.facts import FactsCache, FactsRow
    from antipatterns.index.projects import Projects
    from antipatterns.outcome import Checked
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import SettingsResolver


class Alone(NamedTuple):
    """The outcome of checking a file by itself, and the digest of what was read: b"" if nothing could be."""

    checked: Checked
    digest: bytes = b""


class Whole(NamedTuple):
    """The outcome of all rules for a file, what it hangs on, and the facts that had to be made for it."""

    checked: Checked
    consulted: Consulted | None
    facts: list[FactsRow]


class Shared(NamedTuple):
    """What every worker has."""

    resolver: SettingsResolver
    projects: Projects
    facts: FactsCache | None


def check_alone(file: DiscoveredFile, resolver: SettingsResolver) -> Alone:
    """Check a file by itself."""
    path = file.path
    try:
        content = path.read_bytes()
    except OSError:
        return Alone(check_file(file, resolver))
    settings = resolver.settings_for(path)
    return Alone(check_bytes(file.display, content, settings, None, View.FACTS), digest_of(content))


def ask_project(item: tuple[DiscoveredFile, Checked], shared: Shared) -> Whole:
    """Ask project rules about a file that has been checked by itself."""
    file, before = item
    checked = check_project(file, before, shared.resolver, shared.projects)
    if shared.facts is None:
        return Whole(checked, None, [])
    return Whole(checked, take_consulted(shared.projects, file.path), shared.facts.take_fresh())
