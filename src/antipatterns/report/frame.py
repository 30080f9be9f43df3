"""The lines around a finding, its place underlined, and its chain: pieces of text with a style each."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.finding import Finding

Piece = tuple[str, str]
"""A text and its style in the words of rich, "" for none."""

_MARGIN = "bold blue"
_CONTEXT = 2  # lines before and after the place
_LONGEST = 120  # characters of a line that are shown
_BEFORE = 40  # of which so many before the place, in a line that is longer
_TAB = "    "
_CUT = "..."


def format_frame(finding: Finding, lines: Sequence[str]) -> Iterator[list[Piece]]:
    """The lines of the frame, then one for each hop.

    ``lines`` are the physical lines of the file, with or without their line ends. There is no frame where
    they do not reach to the finding, as in a file that has changed since or cannot be read.
    """
    last = min(len(lines), finding.line + _CONTEXT)
    gutter = len(str(last))
    if finding.line <= len(lines):
        yield from _source(finding, lines[:last], gutter)
    for hop in finding.hops:
        place = f"{escape_controls(hop.path)}:{hop.line} in {escape_controls(hop.function)}"
        yield [(f"{'':{gutter}} = chain: ", _MARGIN), (place, "")]


def _source(finding: Finding, lines: Sequence[str], gutter: int) -> Iterator[list[Piece]]:
    margin = (f"{'':{gutter}} |", _MARGIN)
    yield [margin]
    for number in range(max(1, finding.line - _CONTEXT), len(lines) + 1):
        line = lines[number - 1].rstrip("\r\n")
        start, end = _marked(finding, len(line)) if number == finding.line else (0, 0)
        shown, start, end = _cut(line, start, end)
        yield [(f"{number:>{gutter}} |", _MARGIN), *_code("".join(shown))]
        if number == finding.line:
            mark = "^" * max(1, _width(shown[start:end]))
            yield [margin, (" " * (1 + _width(shown[:start])), ""), (mark, "bold red")]
    yield [margin]


def _code(text: str) -> list[Piece]:
    return [(f" {text}", "")] if text else []


def _marked(finding: Finding, length: int) -> tuple[int, int]:
    """Where the place starts and ends in its first line, as indices that a changed file cannot break."""
    end = finding.end_column - 1 if finding.end_line == finding.line else length
    start = min(finding.column - 1, length)
    return start, max(start, min(end, length))


def _cut(line: str, start: int, end: int) -> tuple[list[str], int, int]:
    """How each character of a line (of a long one: around the place) is shown, and where the place is now."""
    if len(line) <= _LONGEST:
        return _cells(line), start, end
    first = max(0, min(start - _BEFORE, len(line) - _LONGEST))
    last = first + _LONGEST
    before = [_CUT] if first else []
    after = [_CUT] if last < len(line) else []
    moved = len(before) - first
    return [*before, *_cells(line[first:last]), *after], start + moved, min(end, last) + moved


def _cells(line: str) -> list[str]:
    return [_TAB if char == "\t" else escape_controls(char) for char in line]


def _width(cells: Sequence[str]) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_width_of(char) for cell in cells for char in cell)


def _width_of(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
