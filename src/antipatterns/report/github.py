"""Workflow commands, which GitHub Actions shows as annotations in the changed files.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.escape import escape_surrogates

if TYPE_CHECKING:
    from antipatterns.finding import Finding
    from antipatterns.report import Report


def format_findings(report: Report) -> str:
    """One command per line and finding; its message repeats the place, because the log shows nothing else."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, "line": finding.line, "endLine": finding.end_line}
    if finding.line == finding.end_line:
        # The runner refuses columns of a place that spans lines:
        # https://docs.github.com/en/rest/checks/runs ("start_column").
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    shown = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    message = f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}"
    return f"::{finding.severity} {shown}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    """As ``escapeData`` of https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts."""
    return escape_surrogates(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    """As ``escapeProperty`` in the same place."""
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
