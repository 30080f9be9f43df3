"""Find the libcst node of a finding: only the top-level statements that hold one are parsed by libcst."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

if TYPE_CHECKING:
    from libcst.metadata import CodeRange

    from antipatterns.source import Source


class LineRange(NamedTuple):
    """Whole physical lines, 1-based, both ends included."""

    first: int
    last: int


def statement_ranges(source: Source) -> list[LineRange]:
    """The lines of each top-level statement, decorators included; statements that share a line are one range."""
    ranges: list[LineRange] = []
    for statement in source.tree.body:
        first = min([statement.lineno, *(item.lineno for item in getattr(statement, "decorator_list", ()))])
        last = statement.end_lineno or statement.lineno
        if ranges and first <= ranges[-1].last:
            ranges[-1] = LineRange(ranges[-1].first, max(last, ranges[-1].last))
        else:
            ranges.append(LineRange(first, last))
    return ranges


def range_holding(ranges: Sequence[LineRange], line: int) -> LineRange | None:
    """The range that a line lies in, if any."""
    index = bisect_right(ranges, line, key=lambda lines: lines.first) - 1
    return ranges[index] if index >= 0 and line <= ranges[index].last else None


class Chunk:
    """One range of lines as a libcst module of its own, with the positions of its nodes in the whole file.

    Raises ``libcst.ParserSyntaxError`` when libcst cannot parse what CPython can.
    """

    def __init__(self, source: Source, lines: LineRange) -> None:
        self.lines = lines
        self.text = "".join(source.lines[lines.first - 1 : lines.last])
        config = cst.PartialParserConfig(default_indent=_indent_of(source), default_newline=_newline_of(source))
        self.wrapper = MetadataWrapper(cst.parse_module(self.text, config), unsafe_skip_copy=True)

    @property
    def module(self) -> cst.Module:
        """The parsed lines."""
        return self.wrapper.module

    @cached_property
    def positions(self) -> Mapping[cst.CSTNode, CodeRange]:
        """Where each node stands within the chunk: lines from 1, columns in characters from 0."""
        return self.wrapper.resolve(PositionProvider)

    @cached_property
    def parents(self) -> Mapping[cst.CSTNode, cst.CSTNode]:
        """The parent of each node."""
        return self.wrapper.resolve(ParentNodeProvider)

    def nodes_at(self, line: int, column: int, kinds: tuple[type[cst.CSTNode], ...]) -> list[cst.CSTNode]:
        """The nodes of these types that begin at a place of the file (both from 1), the outermost first."""
        start = (line - self.lines.first + 1, column - 1)
        found = [
            (node, position)
            for node, position in self.positions.items()
            if (position.start.line, position.start.column) == start and isinstance(node, kinds)
        ]
        found.sort(key=lambda pair: (pair[1].end.line, pair[1].end.column), reverse=True)
        return [node for node, _ in found]


def _indent_of(source: Source) -> str:
    """The indentation of the first indented block, four blanks where there is none."""
    for node in ast.walk(source.tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(node, ast.stmt) and body[0].lineno > node.lineno:
            line = source.line_at(body[0].lineno)
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if indent and node.col_offset == 0:
                return indent
    return "    "


def _newline_of(source: Source) -> str:
    """The line end that the file's first line has."""
    first = source.line_at(1)
    for newline in ("\r\n", "\n", "\r"):
        if first.endswith(newline):
            return newline
    return "\n"
