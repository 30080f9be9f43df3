"""``rules`` and ``explain``: print what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from antipatterns.commands.status import EXIT_CLEAN, CommandError
from antipatterns.configuration.table import format_suggestion
from antipatterns.rule import Rule, load_rules
from antipatterns.settings import SettingsError, SettingsResolver

if TYPE_CHECKING:
    import argparse


def run_rules(options: argparse.Namespace) -> int:
    """Print every rule: a line each, or a JSON array of objects."""
    rules = load_rules().values()
    left = _left_to_ruff()
    if options.output_format == "json":
        rows = [_describe(rule, left) for rule in rules]
        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return EXIT_CLEAN
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        marks = ("on " if rule.on else "off") + (" fixable" if rule.fixable else "")
        print(f"{rule.code}  {rule.name:{width}}  {marks:11}  {rule.demand}{_format_ruff(rule, left)}")
    return EXIT_CLEAN


def _left_to_ruff() -> frozenset[str]:
    """The codes of ruff's rules that those in the working directory defer to."""
    try:
        return SettingsResolver().left_to_ruff(Path.cwd())
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _format_ruff(rule: Rule, left: frozenset[str]) -> str:
    """Which rules of ruff say the same, at least in part, and which of them do so here."""
    if not rule.ruff:
        return ""
    here = ", ".join(code for code in rule.ruff if code in left)
    return f" [ruff: {', '.join(rule.ruff)}{f'; left to it here: {here}' if here else ''}]"


def _describe(rule: Rule, left: frozenset[str]) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.demand,
        "on": rule.on,
        "fixable": rule.fixable,
        "severity": rule.severity,
        "ruff": rule.ruff,
        "left_to_ruff": [code for code in rule.ruff if code in left],
        "url": rule.url,
        "page": rule.explanation,
    }


def run_explain(options: argparse.Namespace) -> int:
    """Print the page of one rule."""
    rule = _find_rule(options.rule)
    heading = f"{rule.code} {rule.name}" + ("" if rule.on else " (off by default)")
    print(f"{heading}\n{'=' * len(heading)}\n\n{rule.explanation}")
    return EXIT_CLEAN


def _find_rule(wanted: str) -> Rule:
    rules = load_rules()
    by_name = {rule.name: rule for rule in rules.values()}
    found = rules.get(wanted.upper()) or by_name.get(wanted.lower().replace("_", "-"))
    if found is None:
        raise CommandError(f'no rule "{wanted}"{format_suggestion(wanted, [*rules, *by_name])}')
    return found
