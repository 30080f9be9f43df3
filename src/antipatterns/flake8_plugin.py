"""The flake8 plugin: flake8's tree and lines in, the same findings out that the command line has.

flake8 does its own ``noqa``, so nothing is suppressed here but what this tool's own file-level comments silence.
What checks files is loaded when there is a file: flake8 loads every plugin even to say its version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from antipatterns import __version__
from antipatterns.precomputed import precomputed

if TYPE_CHECKING:
    import argparse
    import ast
    from collections.abc import Iterator, Sequence

    from flake8.options.manager import OptionManager

    from antipatterns.hosted import HostedChecks

_STDIN_NAMES = ("stdin", "-", "(none)")
# Of a file whose settings cannot be used; selected whatever the user selects, so that no run passes by it.
_UNUSABLE_SETTINGS = "AP000"


class Plugin:
    """One file under check by flake8. ``lines`` are the editor's, and may differ from what is on the disk."""

    name = "antipatterns"
    version = __version__
    checks: ClassVar[HostedChecks | None] = None

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self.tree = tree
        self.filename = filename
        self.lines = lines

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Offer every setting as ``--antipatterns-…``, and keep the rules that are off by default off."""
        offer = _offer()
        manager.extend_default_ignore(offer["off"])
        for flag in offer["flags"]:
            text = flag["help"].replace("%", "%%")
            manager.add_option(flag["name"], dest=flag["dest"], default=None, parse_from_config=True, help=text)

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take flake8's options over those of ``pyproject.toml``; a setting that cannot be used ends the run."""
        from antipatterns.hosted import HostedChecks, resolver_for
        from antipatterns.settings import SettingsError

        offer = _offer()
        selectors = (*(options.select or ()), *(options.extend_select or ()))
        try:
            cls.checks = HostedChecks(resolver_for(vars(options), offer["flags"], selectors))
        except SettingsError as error:
            raise SystemExit(f"antipatterns: error: {error}") from error
        # Rules that are off do not run at all; what the pyproject.toml of a file turns on must not be ignored.
        others = [code for code in options.extended_default_ignore if code not in offer["off"]]
        options.extended_default_ignore = others
        options.extend_select = [*(options.extend_select or ()), _UNUSABLE_SETTINGS]

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield line (from 1), column (from 0), text with code, and the plugin, as flake8 wants it.

        Settings of a folder that cannot be used are told of at line 0 of each file there, where no ``noqa`` reaches. An
        error raised here would end the run, but flake8 may then wait for ever for a process that it has ended.
        """
        from antipatterns.settings import SettingsError

        name = "stdin.py" if self.filename in _STDIN_NAMES else self.filename
        try:
            found = self._checks().find(name, self.tree, self.lines)
        except SettingsError as error:
            yield 0, 0, f"{_UNUSABLE_SETTINGS} {error}", type(self)
            return
        for finding in found:
            yield finding.line, finding.column - 1, f"{finding.code} {finding.message}", type(self)

    @classmethod
    def _checks(cls) -> HostedChecks:
        if cls.checks is None:  # a host of its own making, which parses no options
            from antipatterns.hosted import HostedChecks
            from antipatterns.settings import SettingsResolver

            cls.checks = HostedChecks(SettingsResolver())
        return cls.checks


def _offer() -> dict[str, Any]:
    """The codes of the rules that are off by default, and all flags, each a table with the fields of a Flag."""
    offer: dict[str, Any] = precomputed("flake8_plugin_options", ("rules", "rule.py", "configuration"), _make_offer)
    return offer


def _make_offer() -> dict[str, Any]:
    import msgspec

    from antipatterns.configuration.setting_flags import find_flags
    from antipatterns.rule import load_rules

    rules = load_rules()
    return {
        "off": [code for code, rule in rules.items() if not rule.on],
        "flags": msgspec.to_builtins(find_flags(rules)),
    }
