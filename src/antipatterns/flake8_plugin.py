"""The flake8 plugin: flake8's tree and lines in, the same findings out that the command line has.

flake8 does its own ``noqa``, so nothing is suppressed here but what this tool's own file-level comments silence.
"""

from __future__ import annotations

import sys
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from antipatterns import REPOSITORY, __version__
from antipatterns.cache.override import cache_override
from antipatterns.check import ENGINE, Checked, Crash, check_source
from antipatterns.configuration.setting_flags import find_flags, make_overrides
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsError, SettingsResolver
from antipatterns.source import Source, split_lines

if TYPE_CHECKING:
    import argparse
    import ast
    from collections.abc import Iterator, Sequence

    from flake8.options.manager import OptionManager

    from antipatterns.cache.facts import FactsCache
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.index.projects import Projects
    from antipatterns.settings import Settings

_STDIN_NAMES = ("stdin", "-", "(none)")


class Plugin:
    """One file under check by flake8. ``lines`` are the editor's, and may differ from what is on the disk."""

    name = "antipatterns"
    version = __version__
    resolver: ClassVar[SettingsResolver | None] = None
    projects: ClassVar[Projects | None] = None
    facts: ClassVar[FactsCache | None] = None
    crashed: ClassVar[set[str]] = set()

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self.tree = tree
        self.filename = filename
        self.lines = lines

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Offer every setting as ``--antipatterns-…``, and keep the rules that are off by default off."""
        rules = load_rules()
        manager.extend_default_ignore([code for code, rule in rules.items() if not rule.on])
        for flag in find_flags(rules):
            manager.add_option(
                flag.name,
                dest=flag.dest,
                default=None,
                parse_from_config=True,
                help=flag.help.replace("%", "%%"),
            )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take flake8's options over those of ``pyproject.toml``; a setting that cannot be used ends the run."""
        rules = load_rules()
        chosen = (*(options.select or ()), *(options.extend_select or ()))
        opted_in = [code for code, rule in rules.items() if code in chosen or (not rule.on and code.startswith(chosen))]
        table = {"extend-select": opted_in, "cache-dir": cache_override(None)}
        overrides = make_overrides(vars(options), rules, {key: value for key, value in table.items() if value})
        try:
            cls.resolver = SettingsResolver(overrides=overrides)
            cls.resolver.settings_in(Path.cwd())
        except SettingsError as error:
            raise SystemExit(f"antipatterns: error: {error}") from error
        # Rules that are off do not run at all; what the pyproject.toml of a file turns on must not be ignored.
        options.extended_default_ignore = [code for code in options.extended_default_ignore if code not in rules]

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield line (from 1), column (from 0), text with code, and the plugin, as flake8 wants it."""
        try:
            checked = self._check()
        except SettingsError as error:
            self._complain(str(error), f"antipatterns: error: {error}")
            return
        for finding in checked.findings:
            yield finding.line, finding.column - 1, f"{finding.code} {finding.message}", type(self)
        for crash in checked.crashes:
            self._complain(crash.code, _describe(crash))

    def _check(self) -> Checked:
        """The findings; a defect of this tool outside of all rules becomes a crash too, as flake8 must go on."""
        name = "stdin.py" if self.filename in _STDIN_NAMES else self.filename
        settings = (self.resolver or SettingsResolver()).settings_for(Path(name))
        try:
            source = Source(name, self.tree, lines=self._physical_lines())
            checked = check_source(source, settings, self._projects(settings), noqa=False)
            if self.facts is not None:
                self.facts.keep_fresh()
            return checked
        except Exception:  # noqa: BLE001 - flake8 must go on
            return Checked((), (Crash(ENGINE, name, traceback.format_exc()),))

    @classmethod
    def _projects(cls, settings: Settings) -> Projects:
        """The projects of this process, which know every file that they have read."""
        if cls.projects is None:
            from antipatterns.index.projects import Projects  # who turns off the rules about projects needs none

            cls.projects = Projects(read=partial(cls._read_other, settings))
        return cls.projects

    @classmethod
    def _read_other(cls, settings: Settings, path: str) -> ModuleFacts | None:
        """The facts of a file that flake8 did not hand over: from the disk, where the command line keeps them too."""
        if cls.facts is None:
            from antipatterns.cache.opened import open_facts_for  # most files lead to no other

            cls.facts = open_facts_for(settings, lambda text: cls._complain("cache", f"antipatterns: warning: {text}"))
        return cls.facts.read(path)

    def _physical_lines(self) -> Sequence[str]:
        """The lines as CPython counts them: what comes on stdin, flake8 splits at line feeds only."""
        text = "".join(self.lines)
        return split_lines(text) if "\r" in text else self.lines

    @classmethod
    def _complain(cls, topic: str, text: str) -> None:
        """Say something on stderr, once in this process for each topic."""
        if topic not in cls.crashed:
            cls.crashed.add(topic)
            print(text, file=sys.stderr)


def _describe(crash: Crash) -> str:
    return (
        f"antipatterns: internal error in {crash.code} on {crash.path}; its findings there are missing. "
        f"Please report this at {REPOSITORY}/issues with the traceback:\n{crash.traceback}"
    )
