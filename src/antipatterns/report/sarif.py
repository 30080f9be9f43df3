"""SARIF 2.1.0, the exchange format of static analysis that GitHub code scanning and editors read.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
(the paragraph signs below are its sections).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from antipatterns import REPOSITORY, __version__
from antipatterns.report.escape import format_json

if TYPE_CHECKING:
    from antipatterns.finding import Finding, Hop
    from antipatterns.report import Report
    from antipatterns.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"(?<!\\)((?:\\\\)*)\]\(")


def format_findings(report: Report) -> str:
    """One log with one run: the rules that ran, and a result for each finding."""
    indices = {rule.code: index for index, rule in enumerate(report.rules)}
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "antipatterns",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": REPOSITORY,
                "rules": [_describe_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_describe_finding(finding, indices, report.root) for finding in report.findings],
    }
    if report.root:
        run["originalUriBaseIds"] = {_ROOT: {"uri": f"{Path(report.root).as_uri().removesuffix('/')}/"}}
    return format_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        # §3.49.7 recommends names in the form of identifiers.
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.demand},
        "fullDescription": {"text": rule.demand},  # GitHub insists on it
        "help": {"text": rule.explanation, "markdown": rule.explanation},
        "helpUri": f"{REPOSITORY}/blob/main/src/antipatterns/{rule.page_path}",
        "defaultConfiguration": {"level": rule.severity},
    }


def _describe_finding(finding: Finding, indices: dict[str, int], root: str) -> dict[str, object]:
    place = _place_of(finding, root)
    result: dict[str, object] = {"ruleId": finding.code}
    if finding.code in indices:
        result["ruleIndex"] = indices[finding.code]
    result |= {"level": finding.severity, "message": _message(finding.message), "locations": [place]}
    if finding.fingerprint:
        result["partialFingerprints"] = {"antipatterns/v1": finding.fingerprint}
    if finding.hops:
        steps = [
            place | {"message": _message(finding.message)},
            *(_step_of(hop, root) for hop in finding.hops),
        ]
        result["codeFlows"] = [{"threadFlows": [{"locations": [{"location": step} for step in steps]}]}]
    return result


def _place_of(finding: Finding, root: str) -> dict[str, object]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    return {"physicalLocation": {"artifactLocation": _artifact_of(finding.path, root), "region": region}}


def _step_of(hop: Hop, root: str) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact_of(hop.path, root),
            "region": {"startLine": hop.line},
        },
        "message": _message(hop.function),
    }


def _artifact_of(path: str, root: str) -> dict[str, str]:
    """A URI below the root, or an absolute one: §3.10.2 forbids dotted segments in a file's URI."""
    where = Path(path)
    if root and ".." in where.parts:
        where = Path(os.path.normpath(Path(root, where)))
    if where.is_absolute():
        return {"uri": where.as_uri()}
    return {"uri": quote(os.fsencode(where.as_posix())), "uriBaseId": _ROOT}


def _message(text: str) -> dict[str, str]:
    """A message that reads as its text: nothing in it is a placeholder (§3.11.5) or a link (§3.11.6).

    §3.11.5 wants every brace doubled, but consumers show the doubled ones as they are where a message has no
    arguments. So only what one of them could replace is doubled. A link is prevented by a backslash.
    """
    return {"text": _LINK.sub(r"\1\\](", _PLACEHOLDER.sub(r"{{\1}}", text))}
