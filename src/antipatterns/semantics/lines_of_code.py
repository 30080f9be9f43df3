"""What counts as a line of code: a physical line that holds a token other than a comment, a docstring or a line end."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.source import Source

    Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_DOCUMENTED: frozenset[type[ast.AST]] = frozenset({ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef})
_HOLDING_BLOCKS: tuple[type[ast.AST], ...] = (
    *(*_DOCUMENTED, ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.ExceptHandler, ast.Match, ast.match_case),
)
_NAMES_OF_BLOCKS = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})
_BLOCKS = {kind: tuple(name for name in kind._fields if name in _NAMES_OF_BLOCKS) for kind in _HOLDING_BLOCKS}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TABLES = (ast.Dict, ast.List, ast.Set, ast.Tuple)
_DATA = (*_TABLES, ast.Constant, ast.JoinedStr)
_SMALL_DATA = 5  # a text or table of fewer lines is only an expression that did not fit into one
_NO_DATA = (
    *(ast.Call, ast.Lambda, ast.IfExp, ast.Await, ast.Yield, ast.YieldFrom),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
# Texts, compiled when first used: an editor that starts the plugin needs none of them at once.
_STRING_OF_LINES = {
    '"""': r'(?s)"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3}',
    "'''": r"(?s)'{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'{3}",
}
_COMMENT_OR_STRING = r"""#[^\r\n]*|"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'"""


def lines_of_code(source: Source, node: Definition, most: int = 0) -> frozenset[int]:
    """The 1-based numbers of a definition's lines of code, from its ``def`` or ``class`` line on.

    Where there are no more than ``most``, perhaps with docstrings.
    """
    found = _lines_with_tokens(source, range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found if len(found) <= most else found.difference(*_docstrings_in(node))


def lines_of_code_in_file(source: Source, most: int) -> frozenset[int]:
    """The numbers of a file's lines of code; where there are no more than ``most``, perhaps with docstrings."""
    if len(source.lines) <= most:
        return frozenset(range(1, len(source.lines) + 1))
    found = _lines_with_tokens(source, range(1, len(source.lines) + 1))
    return found if len(found) <= most else found.difference(*_docstrings_in(source.tree))


def _lines_with_tokens(source: Source, numbers: range) -> frozenset[int]:
    """The lines that hold something besides blanks and a comment, and those inside strings."""
    lines = source.lines[numbers.start - 1 : numbers.stop - 1]
    texts = map(str.strip, lines)
    found = {number for number, text in zip(numbers, texts, strict=False) if text and text[0] != "#"}
    found.update(number + numbers.start for number in _lines_inside_strings(lines))
    return frozenset(found)


def _lines_inside_strings(lines: Sequence[str]) -> Iterator[int]:
    """The indices of the lines into which a string in triple quotes goes on.

    Tokenizing would take as long as parsing: only the lines on which triple quotes stand are looked at.
    """
    text = "".join(lines)
    starts: list[int] = []
    end = 0
    while (place := _find_triple(text, end)) >= 0:
        starts = starts or list(accumulate(map(len, lines), initial=0))
        line = bisect_right(starts, place)
        inside = _end_of_comment_or_string(text, max(starts[line - 1], end), place)
        if inside is None:
            string = _compiled(_STRING_OF_LINES[text[place : place + 3]]).match(text, place)
            if string is None:
                return
            yield from range(line, bisect_right(starts, string.end() - 1))
            end = string.end()
        else:
            end = inside


def _find_triple(text: str, start: int) -> int:
    """The place of the next triple quotes, or -1; two plain searches take a tenth of the time of one pattern."""
    found = text.find('"""', start)
    other = text.find("'''", start, found if found >= 0 else len(text))
    return other if other >= 0 else found


def _end_of_comment_or_string(text: str, start: int, place: int) -> int | None:
    """Where the comment or the string of one line ends that triple quotes at a place are a part of; None for none.

    ``start``: where the line starts, or a string ends on it.
    """
    while start < place:
        match = _compiled(_COMMENT_OR_STRING).search(text, start)
        if match is None or match.start() >= place:
            return None
        start = max(match.end(), start + 1)
    return start if start > place else None


def _docstrings_in(node: ast.AST) -> Iterator[range]:
    """The lines of the docstrings of a node and of all definitions inside it."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        kind = inner.__class__
        if kind in _DOCUMENTED:
            yield _docstring_of(inner)  # type: ignore[arg-type]
        for name in _BLOCKS.get(kind, ()):
            waiting += getattr(inner, name)


def _docstring_of(node: Definition | ast.Module) -> range:
    """The lines of a node's own docstring."""
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return range(first.lineno, (first.end_lineno or first.lineno) + 1)
    return range(0)


def is_mostly_data(node: Definition | ast.Module, lines: frozenset[int], limit: int) -> bool:
    """Whether most lines lie inside texts and tables of several lines each, and the others keep to the limit.

    A table right in the body of a module or class may hold calls too: descriptions, rows, columns.
    """
    data: set[int] = set()
    if not isinstance(node, _FUNCTIONS):
        tables = (item.value for item in node.body if isinstance(item, (ast.Assign, ast.AnnAssign)))
        for table in tables:
            if isinstance(table, _TABLES):
                data.update(range(table.lineno + 1, (table.end_lineno or 0) + 1))
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        first, last = getattr(inner, "lineno", None), getattr(inner, "end_lineno", None)
        if first is not None and last is not None and last - first < _SMALL_DATA:
            continue  # nor is there room for data in it
        if isinstance(inner, _DATA) and _is_data(inner):
            data.update(range(inner.lineno + 1, (inner.end_lineno or 0) + 1))
        else:
            waiting += ast.iter_child_nodes(inner)
    return len(data & lines) * 2 > len(lines) and len(lines - data) <= limit


def _is_data(node: ast.AST) -> bool:
    """Whether an expression holds nothing but constants, names and texts made of them."""
    return not any(isinstance(inner, _NO_DATA) for inner in ast.walk(node))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
