"""What counts as a line of code: a physical line that holds a token other than a comment, a docstring or a line end."""

from __future__ import annotations

import ast
import tokenize
from typing import TYPE_CHECKING

from antipatterns.source import tokenize_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.source import Source

_NOTHING = frozenset(
    [
        *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
        *(tokenize.ENCODING, tokenize.ENDMARKER),
    ]
)
_HOLDERS = (ast.stmt, ast.excepthandler, ast.match_case)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def lines_of_code(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> frozenset[int]:
    """The 1-based numbers of a definition's lines of code, from its ``def`` or ``class`` line on."""
    first, last = node.lineno, node.end_lineno or node.lineno
    docstrings = set().union(*map(_docstring_of, _statements_in(node)))
    numbers = [number for number in range(first, last + 1) if number not in docstrings]
    lines = [source.lines[number - 1] for number in numbers]
    if _has_no_long_tokens(lines):
        # Tokenizing takes as long as parsing; where no token spans lines, the text alone decides.
        texts = ((number, line.strip()) for number, line in zip(numbers, lines, strict=True))
        return frozenset(number for number, text in texts if text and not text.startswith("#"))
    found: set[int] = set()
    # The tokens of these lines only: those of a whole file would cost more than all else.
    for token in tokenize_lines(source.lines[first - 1 : last]):
        if token.type not in _NOTHING:
            found.update(range(token.start[0] + first - 1, token.end[0] + first))
    return frozenset(found - docstrings)


def _has_no_long_tokens(lines: list[str]) -> bool:
    """Whether no string can go over a line's end: no triple quotes, no backslash before the end."""
    return not any('"""' in line or "'''" in line or line.rstrip("\r\n").endswith("\\") for line in lines)


def _statements_in(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and all statements inside it; expressions hold none."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting += [child for child in ast.iter_child_nodes(inner) if isinstance(child, _HOLDERS)]


def _docstring_of(node: ast.AST) -> range:
    """The lines of a node's own docstring."""
    if isinstance(node, _DOCUMENTED) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            return range(first.lineno, (first.end_lineno or first.lineno) + 1)
    return range(0)
