"""One JSON array with one object per finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.escape import format_json

if TYPE_CHECKING:
    from antipatterns.finding import Finding
    from antipatterns.report import Report


def format_findings(report: Report) -> str:
    """An array of objects; lines and columns count from 1, the end column is the first behind the place."""
    return format_json([_describe(finding) for finding in report.findings])


def _describe(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "severity": finding.severity,
        "hops": [
            {"path": hop.path, "line": hop.line, "function": hop.function, "callee": hop.callee} for hop in finding.hops
        ],
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
        "url": finding.url,
    }
