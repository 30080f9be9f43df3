"""Each fix as an ordinary libcst codemod: ``python -m libcst.tool codemod -x antipatterns.codemods.BareExcept PATH``.

There is one command class for each rule with a fixer, named as the rule in PascalCase, and made when it is asked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext, SkipFile

from antipatterns.fix.plan import Wish, fix_content
from antipatterns.rule import Rule, load_rules
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import SourceError

if TYPE_CHECKING:
    import argparse


class FixCommand(CodemodCommand):
    """Mends what one rule finds in a module, under the settings of its file; ``unsafe_fixes``: the unsafe ones too."""

    RULE: Rule

    def __init__(self, context: CodemodContext, unsafe_fixes: bool = False) -> None:
        super().__init__(context)
        self.unsafe_fixes = unsafe_fixes

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        """Offer ``--unsafe-fixes``."""
        arg_parser.add_argument("--unsafe-fixes", action="store_true", help="also make fixes that a caller may notice")

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The module with all fixes made; refused findings are reported as warnings."""
        path = Path(self.context.filename or "module.py")
        settings = _resolver(self.RULE.code).settings_for(path)
        if self.RULE.code not in settings.enabled:
            raise SkipFile(f"{self.RULE.name} is ignored for this file")
        wish = Wish(frozenset({self.RULE.code}), self.unsafe_fixes)
        try:
            result = fix_content(str(path), tree.bytes, settings, wish)
        except SourceError as error:
            raise SkipFile(error.reason) from error
        for refused in result.refused:
            self.warn(f"{refused.finding.line}: not fixed: {refused.reason}")
        return tree if result.content is None else cst.parse_module(result.content)


def _resolver(code: str) -> SettingsResolver:
    """Settings files count, and the rule is on even where it is off by default."""
    return SettingsResolver(overrides=Overrides({"extend-select": [code]}, "codemod"))


@cache  # pickle, by which libcst sends a command to its workers, wants to find the same class again
def __getattr__(name: str) -> Any:
    for rule in load_rules().values():
        if rule.fixable and class_name(rule) == name:
            return type(name, (FixCommand,), {"RULE": rule, "DESCRIPTION": rule.demand, "__module__": __name__})
    raise AttributeError(f"module {__name__!r} has no codemod {name!r}")


def __dir__() -> list[str]:
    return [class_name(rule) for rule in load_rules().values() if rule.fixable]


def class_name(rule: Rule) -> str:
    """The name of the command class of a rule: ``bare-except`` is ``BareExcept``."""
    return "".join(part.capitalize() for part in rule.name.split("-"))
