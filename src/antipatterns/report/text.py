"""What people read: a line per finding, its lines of source if wanted, counts per rule, and the summary."""

from __future__ import annotations

import io
from collections import Counter
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.finding import Severity
from antipatterns.report.escape import escape_controls
from antipatterns.report.frame import format_frame
from antipatterns.source import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.report import Report
    from antipatterns.report.frame import Piece

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def format_findings(report: Report) -> str:
    """``path:line:column: CODE message`` for each finding, with ``show_source`` its frame and chain below."""
    paint: Callable[[str, str], str] = _plain
    if report.colour:
        paint = import_module("antipatterns.report.colour").paint
    lines = _sourced_lines(report) if report.show_source else map(_headline, report.findings)
    return "".join("".join(paint(text, style) for text, style in line) + "\n" for line in lines)


def format_statistics(report: Report) -> str:
    """A line per code, the most frequent first: count, code, ``[*]`` where some can be fixed, name; or ""."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    fixable = {finding.code for finding in report.findings if finding.fix}
    wide = len(str(max(counts.values(), default=0)))
    longest = max((len(code) for code, _ in counts), default=0)
    return "".join(
        f"{count:>{wide}}  {code:<{longest}}  [{'*' if code in fixable else ' '}] {name}\n"
        for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def format_summary(report: Report) -> str:
    """One sentence on one line: how many findings in how many of the files."""
    if not report.findings:
        return f"No findings in {_count(report.files, 'file')}.\n"
    touched = len({finding.path for finding in report.findings})
    found = _count(len(report.findings), "finding")
    return f"Found {found} in {_count(touched, 'file')} ({report.files} checked).\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(text: str, _style: str) -> str:
    return text


def _headline(finding: Finding) -> list[Piece]:
    return [
        (escape_controls(finding.path), "bold"),
        (f":{finding.line}:{finding.column}: ", ""),
        (finding.code, _STYLES[finding.severity]),
        (f" {escape_controls(finding.message)}", ""),
    ]


def _sourced_lines(report: Report) -> Iterator[list[Piece]]:
    read = lru_cache(maxsize=1)(lambda path: _read_lines(path, report))  # findings come sorted by path
    for finding in report.findings:
        yield _headline(finding)
        yield from format_frame(finding, read(finding.path))
        yield []


def _read_lines(path: str, report: Report) -> Sequence[str]:
    """The lines of a file; none where it cannot be read (any more): its findings then have no frame."""
    if path in report.texts:
        return report.texts[path]
    try:
        # Universal newlines end a line where CPython does, and not at form feeds as str.splitlines.
        return io.StringIO(decode(Path(report.root, path).read_bytes()), newline=None).readlines()
    except (OSError, SyntaxError, ValueError, LookupError):
        return ()
