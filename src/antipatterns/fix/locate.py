"""Find the libcst node of a finding: only the top-level statements that hold one are parsed by libcst."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

import libcst as cst
from libcst.metadata import PositionProvider
from libcst.metadata.position_provider import PositionProvidingCodegenState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from libcst.metadata import CodeRange

    from antipatterns.finding import Finding
    from antipatterns.source import Source


class LineRange(NamedTuple):
    """Whole physical lines, 1-based, both ends included."""

    first: int
    last: int


def statement_ranges(source: Source) -> list[LineRange]:
    """The lines of each top-level statement, decorators included; statements that share a line are one range.

    So are those that a backslash joins.
    """
    return _ranges_of(source, source.tree.body)


def method_ranges(source: Source, lines: LineRange) -> list[LineRange]:
    """The lines of each method in a range that is a class, with the comments that end it; none for other ranges."""
    for statement in source.tree.body:
        if isinstance(statement, ast.ClassDef) and lines.first <= statement.lineno <= lines.last:
            columns = {_first_line_of(item): item.col_offset for item in statement.body if isinstance(item, _FUNCTIONS)}
            ranges = _ranges_of(source, statement.body)
            return [_with_comments(source, item, columns[item.first]) for item in ranges if item.first in columns]
    return []


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _with_comments(source: Source, lines: LineRange, column: int) -> LineRange:
    """The range with the comments behind it that are indented deeper than a column."""
    last = number = lines.last
    while line := source.line_at(number + 1):
        number += 1
        text = line.strip()
        if text and not (text.startswith("#") and len(line) - len(line.lstrip()) > column):
            break
        last = number if text else last
    return LineRange(lines.first, last)


def _ranges_of(source: Source, body: Sequence[ast.stmt]) -> list[LineRange]:
    ranges: list[LineRange] = []
    for statement in body:
        first = _first_line_of(statement)
        last = statement.end_lineno or statement.lineno
        while _goes_on(source, last, statement):
            last += 1
        if ranges and first <= ranges[-1].last:
            ranges[-1] = LineRange(ranges[-1].first, max(last, ranges[-1].last))
        else:
            ranges.append(LineRange(first, last))
    return ranges


def _first_line_of(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(item.lineno for item in decorators)])


def _goes_on(source: Source, last: int, statement: ast.stmt) -> bool:
    """Whether a line behind which a statement ends is joined to the next one."""
    line = source.line_at(last).rstrip("\r\n")
    if last == statement.end_lineno:
        line = line[source.column_at(last, statement.end_col_offset or 0) - 1 :]
    return line.endswith("\\") and "#" not in line


def range_holding(ranges: Sequence[LineRange], line: int) -> LineRange | None:
    """The range that a line lies in, if any."""
    index = bisect_right(ranges, line, key=lambda lines: lines.first) - 1
    return ranges[index] if index >= 0 and line <= ranges[index].last else None


_WITH_PARENTHESES = (cst.GeneratorExp, cst.Tuple)
_LINE_END = re.compile(r"\r\n|\r|\n")


class Chunk:
    """One range of lines as a libcst module of its own, with the positions of its nodes in the whole file.

    ``text``: what libcst parsed, without the ``prefix`` of blanks, and with lone carriage returns as line feeds;
    a method has the line ``header`` of a class above it. ``above``: how many lines of the file stand above the text.

    Raises ``libcst.ParserSyntaxError`` when libcst cannot parse what CPython can.
    """

    def __init__(self, source: Source, lines: LineRange, *, is_method: bool = False) -> None:
        self.lines = lines
        self.above = lines.first - 1 - is_method
        text = "".join(source.lines[lines.first - 1 : lines.last])
        # libcst forgets a form feed in front of all, and cannot read lone carriage returns behind comments.
        self.prefix = "" if is_method else text[: len(text) - len(text.lstrip(" \t\f"))]
        self.has_lone_returns = "\r" in text and "\n" not in text
        text = text.removeprefix(self.prefix)
        text = text.replace("\r", "\n") if self.has_lone_returns else text
        newline = _LINE_END.search(text)
        self.header = f"class _:{newline[0] if newline else newline_of(source)}" if is_method else ""
        self.text = self.header + text
        module = cst.parse_module(self.text)
        # libcst takes its defaults from the text that it parses: where that shows none, the file has to.
        if "\n" not in self.text and "\r" not in self.text:
            module = module.with_changes(default_newline=newline_of(source))
        if not re.search(r"[\r\n][ \t\f]", self.text):
            module = module.with_changes(default_indent=_indent_of(source))
        self.module = module

    @cached_property
    def positions(self) -> Mapping[cst.CSTNode, CodeRange]:
        """Where each node stands within the chunk: lines from 1, columns in characters from 0."""
        return self._layout.positions

    @property
    def code(self) -> str:
        """What libcst would write for the module as it stands."""
        return self._layout.code

    @cached_property
    def _layout(self) -> Layout:
        return lay_out(self.module)

    @cached_property
    def parents(self) -> Mapping[cst.CSTNode, cst.CSTNode]:
        """The parent of each node."""
        found: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting: list[cst.CSTNode] = [self.module]
        while waiting:
            node = waiting.pop()
            for child in _children_of(node):
                found[child] = node
                waiting.append(child)
        return found

    def nodes_at(self, finding: Finding, kinds: tuple[type[cst.CSTNode], ...]) -> list[cst.CSTNode]:
        """The nodes of these types that begin where a finding does: those that end there too, then the widest.

        Of a comment the finding may be a part.
        """
        start = (finding.line, finding.column)
        end = (finding.end_line, finding.end_column)
        found = []
        for node, where in self.positions.items():
            may_begin_there = where.start.line + self.above == finding.line or type(node) in _WITH_PARENTHESES
            if may_begin_there and isinstance(node, kinds):
                line, column, end_line, end_column = self._region_with_parentheses(node)
                is_comment_around = isinstance(node, cst.Comment) and (line, column) <= start < (end_line, end_column)
                if (line, column) == start or is_comment_around:
                    found.append(((end_line, end_column) != end, (-end_line, -end_column), node))
        found.sort(key=lambda item: item[:2])
        return [node for *_, node in found]

    def _region_with_parentheses(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        """The region as ``ast`` sees it: the innermost parentheses are part of a generator and of a tuple."""
        region = self.region_of(node)
        if isinstance(node, _WITH_PARENTHESES) and node.lpar and node.rpar:
            return self.region_of(node.lpar[-1])[:2] + self.region_of(node.rpar[0])[2:]
        return region

    def region_of(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        """Line, column, end line and exclusive end column of a node in the file, all from 1; without parentheses."""
        where, above = self.positions[node], self.above
        return (
            where.start.line + above,
            where.start.column + 1 + (where.start.line == 1) * len(self.prefix),
            where.end.line + above,
            where.end.column + 1 + (where.end.line == 1) * len(self.prefix),
        )


class Layout(NamedTuple):
    """The code of a module, and where each of its nodes stands: lines from 1, columns in characters from 0."""

    code: str
    positions: Mapping[cst.CSTNode, CodeRange]


def lay_out(module: cst.Module) -> Layout:
    """Write a module's code once, and keep the positions; libcst itself walks once more, and writes each apart."""
    provider = PositionProvider()
    state = _State(module.default_indent, module.default_newline, provider)
    module._codegen(state)
    return Layout("".join(state.tokens), cast("Mapping[cst.CSTNode, CodeRange]", provider._computed))


class _State(PositionProvidingCodegenState):
    def _update_position(self, value: str) -> None:
        # Few tokens end a line: to split each by a regular expression takes half of the time.
        if "\n" in value or "\r" in value:
            super()._update_position(value)
        else:
            self.column += len(value)


def _children_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes right below a node: ten times as fast as ``CSTNode.children`` and ``ParentNodeProvider``."""
    for name in _field_names(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, cst.CSTNode))


@cache
def _field_names(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


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
