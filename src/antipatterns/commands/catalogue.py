"""``rules`` and ``explain``: print what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.commands.status import EXIT_CLEAN, CommandError
from antipatterns.configuration.table import format_suggestion
from antipatterns.rule import Rule, load_rules

if TYPE_CHECKING:
    import argparse


def run_rules(options: argparse.Namespace) -> int:
    """Print every rule: a line each, or a JSON array of objects."""
    rules = load_rules().values()
    if options.output_format == "json":
        rows = [_describe(rule) for rule in rules]
        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return EXIT_CLEAN
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        marks = ("on " if rule.on else "off") + (" fixable" if rule.fixable else "")
        print(f"{rule.code}  {rule.name:{width}}  {marks:11}  {rule.summary}")
    return EXIT_CLEAN


def _describe(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "on": rule.on,
        "fixable": rule.fixable,
        "severity": rule.severity,
        "url": rule.url,
        "page": rule.page,
    }


def run_explain(options: argparse.Namespace) -> int:
    """Print the page of one rule."""
    rule = _find_rule(options.rule)
    heading = f"{rule.code} {rule.name}" + ("" if rule.on else " (off by default)")
    print(f"{heading}\n{'=' * len(heading)}\n\n{rule.page}")
    return EXIT_CLEAN


def _find_rule(wanted: str) -> Rule:
    rules = load_rules()
    by_name = {rule.name: rule for rule in rules.values()}
    found = rules.get(wanted.upper()) or by_name.get(wanted.lower().replace("_", "-"))
    if found is None:
        raise CommandError(f'no rule "{wanted}"{format_suggestion(wanted, [*rules, *by_name])}')
    return found
