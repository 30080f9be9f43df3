"""What is done with each file of a run, here or in a worker: loaded only where something is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from antipatterns.cache.stamp import digest_of
from antipatterns.check import View, check_bytes, check_file, check_project, crashed
from antipatterns.facts.store import encode_facts
from antipatterns.index.consulted import Consulted, take_consulted

if TYPE_CHECKING:
    from antipatterns.cache.facts import FactsCache, FactsRow
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.index.projects import Projects
    from antipatterns.outcome import Checked
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import SettingsResolver


class Wish(NamedTuple):
    """What is wanted of each file: its facts as bytes for the disk (``keeps``) or for another process (``sends``)."""

    resolver: SettingsResolver
    keeps: bool
    sends: bool


class Alone(NamedTuple):
    """The outcome of checking a file by itself, and the digest of what was read: b"" if nothing could be.

    ``facts``: what it says, where that goes to no other process.
    """

    checked: Checked
    digest: bytes = b""
    facts: ModuleFacts | None = None


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


def check_alone(file: DiscoveredFile, wish: Wish) -> Alone:
    """Check a file by itself."""
    try:
        with open(file.absolute, "rb") as opened:  # noqa: PTH123 - of every file
            content = opened.read()
    except OSError:
        return Alone(check_file(file, wish.resolver))
    settings = wish.resolver.settings_for(file.absolute)
    checked = check_bytes(file.display, content, settings, None, View.FACTS)
    facts = checked.facts
    if facts is None or isinstance(facts, bytes):
        return Alone(checked, digest_of(content))
    try:
        encoded = encode_facts(facts) if wish.keeps or wish.sends else b""
    except Exception:  # noqa: BLE001 - one file must not cost the findings of all others
        return Alone(crashed(file.display))
    return Alone(msgspec.structs.replace(checked, facts=encoded), digest_of(content), None if wish.sends else facts)


def ask_project(item: tuple[DiscoveredFile, Checked], shared: Shared) -> Whole:
    """Ask project rules about a file that has been checked by itself."""
    file, before = item
    checked = check_project(file, before, shared.resolver, shared.projects)
    if shared.facts is None:
        return Whole(checked, None, [])
    return Whole(checked, take_consulted(shared.projects, file.path), shared.facts.take_fresh())
