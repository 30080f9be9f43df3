"""Find the libcst node of a finding: only the top-level statements that hold one are parsed by libcst."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from libcst.metadata import CodeRange

    from antipatterns.finding import Finding
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
        module = cst.parse_module(self.text)
        # libcst takes its defaults from the text that it parses: where that shows none, the file has to.
        if "\n" not in self.text and "\r" not in self.text:
            module = module.with_changes(default_newline=newline_of(source))
        if not re.search(r"[\r\n][ \t\f]", self.text):
            module = module.with_changes(default_indent=_indent_of(source))
        self.wrapper = MetadataWrapper(module, unsafe_skip_copy=True)

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

    def nodes_at(self, finding: Finding, kinds: tuple[type[cst.CSTNode], ...]) -> list[cst.CSTNode]:
        """The nodes of these types that begin where a finding does: those that end there too, then the widest.

        Of a comment the finding may be a part.
        """
        start = (finding.line, finding.column)
        end = (finding.end_line, finding.end_column)
        found = []
        for node in self.positions:
            if isinstance(node, kinds):
                line, column, end_line, end_column = self._region_with_parentheses(node)
                is_comment_around = isinstance(node, cst.Comment) and (line, column) <= start < (end_line, end_column)
                if (line, column) == start or is_comment_around:
                    found.append(((end_line, end_column) != end, (-end_line, -end_column), node))
        found.sort(key=lambda item: item[:2])
        return [node for *_, node in found]

    def _region_with_parentheses(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        """The region as ``ast`` sees it: the innermost parentheses are part of a generator and of a tuple."""
        region = self.region_of(node)
        if isinstance(node, (cst.GeneratorExp, cst.Tuple)) and node.lpar and node.rpar:
            return self.region_of(node.lpar[-1])[:2] + self.region_of(node.rpar[0])[2:]
        return region

    def region_of(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        """Line, column, end line and exclusive end column of a node in the file, all from 1; without parentheses."""
        where, above = self.positions[node], self.lines.first - 1
        return (
            where.start.line + above,
            where.start.column + 1,
            where.end.line + above,
            where.end.column + 1,
        )


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


def newline_of(source: Source) -> str:
    """The line end that the file's first line has."""
    first = source.line_at(1)
    for newline in ("\r\n", "\n", "\r"):
        if first.endswith(newline):
            return newline
    return "\n"
