"""What ``fix`` did, as text for people and JSON for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from antipatterns.report.escape import escape_controls, format_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from antipatterns.finding import Finding
    from antipatterns.fix.file import FixedFile

_REASONS_SHOWN = 3


def format_changes_text(outcomes: Sequence[FixedFile], *, applied: bool) -> str:
    """A line for each rule with its counts of fixed, refused and left findings and the most frequent reasons."""
    fixed = Counter(_rule(finding) for outcome in outcomes for finding in outcome.result.fixed)
    left = Counter(_rule(finding) for outcome in outcomes for finding in outcome.result.left)
    reasons: dict[tuple[str, str], Counter[str]] = {}
    for outcome in outcomes:
        for refused in outcome.result.refused:
            reasons.setdefault(_rule(refused.finding), Counter())[refused.reason] += 1
    lines = []
    for rule in sorted(fixed.keys() | left.keys() | reasons.keys()):
        counts = {
            "fixed" if applied else "would be fixed": fixed[rule],
            "refused": reasons.get(rule, Counter()).total(),
            "left": left[rule],
        }
        lines.append(f"{rule[0]} {rule[1]}: " + ", ".join(f"{count} {word}" for word, count in counts.items() if count))
        lines += _format_reasons(reasons.get(rule, Counter()))
    changed = sum(outcome.result.content is not None for outcome in outcomes)
    verb = "changed" if applied else "would change"
    lines.append(f"{changed} of {len(outcomes)} {'file' if len(outcomes) == 1 else 'files'} {verb}.")
    return "".join(f"{escape_controls(line)}\n" for line in lines)


def _format_reasons(reasons: Counter[str]) -> list[str]:
    shown = [
        f"    {count} x {reason}" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(shown) > _REASONS_SHOWN:
        return [
            *shown[:_REASONS_SHOWN],
            f"    and {len(shown) - _REASONS_SHOWN} more reasons (--output-format json)",
        ]
    return shown


def format_changes_json(outcomes: Iterable[FixedFile]) -> str:
    """An array with an object for each file that has something to tell, in the order of the paths.

    Its keys: ``path``; ``changed`` (whether it was, or without writing would be); ``skipped`` (why it was left alone,
    or null); ``fixed``, ``refused`` and ``left``, arrays of objects with ``code``, ``name``, ``message``, ``line``,
    ``column`` and, for the refused, ``reason``; ``diff``, when nothing is written and the file would change. Lines and
    columns, from 1, are those before the change.
    """
    rows = []
    for outcome in outcomes:
        result = outcome.result
        if not (result.fixed or result.refused or result.left or outcome.skipped):
            continue
        row: dict[str, Any] = {
            "path": result.path,
            "changed": result.content is not None,
            "skipped": outcome.skipped or None,
            "fixed": [_describe(finding) for finding in result.fixed],
            "refused": [{**_describe(item.finding), "reason": item.reason} for item in result.refused],
            "left": [_describe(finding) for finding in result.left],
        }
        if outcome.diff:
            row["diff"] = outcome.diff.decode("utf-8", "backslashreplace")
        rows.append(row)
    return format_json(rows)


def _rule(finding: Finding) -> tuple[str, str]:
    return (finding.code, finding.name)


def _describe(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "line": finding.line,
        "column": finding.column,
    }
