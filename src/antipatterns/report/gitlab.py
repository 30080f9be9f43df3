"""GitLab's code quality report.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from antipatterns.finding import Severity
from antipatterns.report.escape import escape_surrogates, format_json

if TYPE_CHECKING:
    from antipatterns.finding import Finding
    from antipatterns.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def format_findings(report: Report) -> str:
    """An array of objects, each with its own fingerprint: of those that share one GitLab shows the first."""
    seen: set[str] = set()
    return format_json([_describe(finding, _unique_fingerprint(finding, seen)) for finding in report.findings])


def _describe(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        # GitLab does not show the name of the check, so the description begins with it.
        "description": f"{finding.code}: {finding.message}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # Lines or positions, never both: https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md
        "location": {"path": finding.path, "lines": {"begin": finding.line, "end": finding.end_line}},
    }


def _unique_fingerprint(finding: Finding, seen: set[str]) -> str:
    """The finding's own, or one of its path, code and message; hashed again while it is taken already."""
    fingerprint = finding.fingerprint or _hash(f"{finding.path}\0{finding.code}\0{finding.message}")
    while fingerprint in seen:
        fingerprint = _hash(fingerprint)
    seen.add(fingerprint)
    return fingerprint


def _hash(text: str) -> str:
    return sha256(escape_surrogates(text).encode()).hexdigest()[:32]
