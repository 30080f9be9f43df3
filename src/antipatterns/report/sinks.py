"""Findings by what they lead to: each place that blocks once, with the places from which it is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.finding import Finding
    from antipatterns.report import Report


def format_by_sink(report: Report) -> str:
    """A block for each cause, that with the most findings first; findings without a way to a cause are their own."""
    groups: dict[tuple[str, int, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(_cause_of(finding), []).append(finding)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = (line for cause, findings in ordered for line in _lines_of_group(cause, findings))
    return "".join(f"{escape_controls(line)}\n" for line in lines)


def _cause_of(finding: Finding) -> tuple[str, int, str]:
    """The place and the name of what a finding leads to."""
    if not finding.hops:
        return (finding.path, finding.line, "")
    last = finding.hops[-1]
    return (last.path, last.line, last.callee)


def _lines_of_group(cause: tuple[str, int, str], findings: list[Finding]) -> Iterator[str]:
    path, line, callee = cause
    if not any(finding.hops for finding in findings):
        yield from (f"{path}:{line}:{one.column}: {one.code} {one.message}" for one in findings)
        return
    leads = "call leads" if len(findings) == 1 else "calls lead"
    name = f"{callee.removeprefix('builtins.')}()" if callee else findings[0].hops[-1].function
    yield f"{path}:{line}: {len(findings)} {leads} to {name}"
    for finding in findings:
        yield f"    {_format_entry(finding)}"


def _format_entry(finding: Finding) -> str:
    """Where the way begins, in which function, and through which others it leads."""
    if not finding.hops:
        return f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}"
    first, *others = finding.hops
    through = ", ".join(dict.fromkeys(hop.function for hop in others[:-1]))
    way = f" through {through}" if through else ""
    return f"{finding.path}:{finding.line}:{finding.column}: {finding.code} in {first.function}{way}"
