"""Checks inside another program, which hands over one file after the other, and hears of what went wrong once."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antipatterns import REPOSITORY
from antipatterns.cache.override import cache_override
from antipatterns.check import check_source
from antipatterns.configuration.setting_flags import Flag, make_overrides
from antipatterns.outcome import ENGINE, Checked, Crash
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsError, SettingsResolver
from antipatterns.source import Source, split_lines

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping, Sequence

    from antipatterns.cache.facts import FactsCache
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.finding import Finding
    from antipatterns.index.projects import Projects
    from antipatterns.settings import Settings


def resolver_for(
    values: Mapping[str, Any], flags: Iterable[Mapping[str, Any]], selectors: tuple[str, ...]
) -> SettingsResolver:
    """The settings of a host: its values of the flags, by ``dest``, and the rules that are on because it names them.

    ``flags``: each a table with the fields of a Flag. Raises SettingsError about the values and about the settings file
    of the working directory, or that of ruff.
    """
    rules = load_rules()
    named = [code for code, rule in rules.items() if code in selectors or (not rule.on and code.startswith(selectors))]
    table = {"extend-select": named, "cache-dir": cache_override(None)}
    known = [Flag(**flag) for flag in flags]
    overrides = make_overrides(values, known, {key: value for key, value in table.items() if value})
    resolver = SettingsResolver(overrides=overrides)
    resolver.left_to_ruff(Path.cwd())
    return resolver


class HostedChecks:
    """What the files that one process of the host checks share: settings, projects, and the facts of other files."""

    def __init__(self, resolver: SettingsResolver) -> None:
        self._resolver = resolver
        self._projects: Projects | None = None
        self._facts: FactsCache | None = None
        self._told: set[str] = set()

    def find(self, name: str, tree: ast.Module, lines: Sequence[str]) -> tuple[Finding, ...]:
        """The findings in a file. ``lines`` are the host's, and may differ from what is on the disk.

        Raises SettingsError about the settings that hold for the file, and nothing else.
        """
        try:
            checked = self._check(name, tree, lines)
        except SettingsError:
            raise
        except Exception:  # noqa: BLE001 - the host must go on
            checked = Checked((), (Crash(ENGINE, name, traceback.format_exc()),))
        for crash in checked.crashes:
            self._complain(crash.code, _describe(crash))
        return checked.findings

    def _check(self, name: str, tree: ast.Module, lines: Sequence[str]) -> Checked:
        settings = self._resolver.settings_for(Path(name))
        source = Source(name, tree, lines=_physical(lines))
        checked = check_source(source, settings, self._projects_of(settings), noqa=False)
        if self._facts is not None:
            self._facts.keep_fresh()
            self._facts.close()  # nobody says which file is the last one
        return checked

    def _projects_of(self, settings: Settings) -> Projects:
        """The projects of this process, which know every file that they have read."""
        if self._projects is None:
            from antipatterns.index.projects import Projects  # who turns off the rules about projects needs none

            self._projects = Projects(read=lambda path: self._read_other(settings, path))
        return self._projects

    def _read_other(self, settings: Settings, path: str) -> ModuleFacts | None:
        """The facts of a file that was not handed over: from the disk, where the command line keeps them too."""
        if self._facts is None:
            from antipatterns.cache.opened import open_facts_for  # most files lead to no other

            self._facts = open_facts_for(settings, self._warn)
        return self._facts.read(path)

    def _warn(self, text: str) -> None:
        self._complain("cache", f"antipatterns: warning: {text}")

    def _complain(self, topic: str, text: str) -> None:
        """Say something on stderr, once in this process for each topic."""
        if topic not in self._told:
            self._told.add(topic)
            print(text, file=sys.stderr)


def _physical(lines: Sequence[str]) -> Sequence[str]:
    """The lines as CPython counts them: what comes on stdin, flake8 splits at line feeds only."""
    text = "".join(lines)
    return split_lines(text) if "\r" in text else lines


def _describe(crash: Crash) -> str:
    return (
        f"antipatterns: internal error in {crash.code} on {crash.path}; its findings there are missing. "
        f"Please report this at {REPOSITORY}/issues with the traceback:\n{crash.traceback}"
    )
