"""Suppression by comments: ``# noqa`` on a line, ``# flake8: noqa`` and ``# antipatterns: ignore-file`` for a file.

Only the command line uses the ``noqa`` part: flake8 does its own. What silences is decided by real comments, never
by text in a string; a comment anywhere on the lines of the finding or of its logical line counts.
"""

from __future__ import annotations

import re
import tokenize
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from antipatterns.source import Source, Span

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

    from antipatterns.finding import Finding

_CODES = r"[A-Za-z]+[0-9]+(?:[,\s]+[A-Za-z]+[0-9]+)*"
# Texts, which `re` compiles when first used and keeps: an editor that starts the plugin needs none of them at once.
_NOQA = rf"(?i)#\s*noqa(?::\s?(?P<codes>{_CODES}))?(?P<rest>.*)"
_FLAKE8_FILE = rf"(?i)#\s*flake8[:=]\s*noqa(?::\s?(?P<codes>{_CODES}))?"
_OWN_FILE = r"#\s*antipatterns:\s*ignore-file(?:\[(?P<codes>[^\]]*)\])?"
_SEPARATOR = r"[,\s]+"
_REASON = r"^[^\w#]*\w"  # another comment behind this one is no reason


class Suppression(msgspec.Struct, frozen=True):
    """One ``# noqa`` comment: its place, its codes as written (none: it silences everything), whether it says why."""

    span: Span
    codes: tuple[str, ...]
    has_reason: bool

    def silences(self, code: str) -> bool:
        """Whether the comment names this code, a prefix of it, or nothing in particular."""
        return not self.codes or any(code.startswith(prefix.upper()) for prefix in self.codes)


class UnusedSuppression(msgspec.Struct, frozen=True):
    """The event that rules see for a ``noqa`` whose own codes silence nothing: the comment and those codes."""

    suppression: Suppression
    codes: tuple[str, ...]


class UnexplainedSuppression(msgspec.Struct, frozen=True):
    """The event for a ``noqa`` of this tool's codes without a reason, where the settings want one."""

    suppression: Suppression


class Suppressions:
    """All suppressions of one file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._may_have_noqa = source.mentions(("noqa", "NOQA", "NoQA", "NoQa", "Noqa"))

    def silences_file(self, code: str, *, own_only: bool = False) -> bool:
        """Whether a comment silences a code in the whole file; ``own_only``: without flake8's comments."""
        return any(not codes or code.startswith(codes) for codes, is_own in self._file_level if is_own or not own_only)

    def on_lines_of(self, finding: Finding) -> list[Suppression]:
        """The ``noqa`` comments on the lines of a finding, or of the logical line on which it begins."""
        if not self._may_have_noqa or not self._stands_in_statement_of(finding):
            return []
        first, last = self._logical_lines.get(finding.line, (finding.line, finding.line))
        lines = range(min(first, finding.line), max(last, finding.end_line) + 1)
        return [comment for comment in self.comments if comment.span.line in lines]

    def _stands_in_statement_of(self, finding: Finding) -> bool:
        """Whether the word stands anywhere in the statement or header that holds a finding: most need no tokens."""
        if not self._lines_with_word:
            return False
        start, end = _lines_of_statement(self._source.tree.body, finding.line, len(self._source.lines))
        return any(start <= line <= max(end, finding.end_line) for line in self._lines_with_word)

    @cached_property
    def _lines_with_word(self) -> list[int]:
        return [number for number, line in enumerate(self._source.lines, 1) if "noqa" in line.lower()]

    @cached_property
    def comments(self) -> tuple[Suppression, ...]:
        """Every ``noqa`` comment of the file."""
        if not self._may_have_noqa:
            return ()
        found = []
        for token in self._comment_tokens:
            match = re.search(_NOQA, token.string)
            if match is not None and not re.search(_FLAKE8_FILE, token.string):
                found.append(_suppression(token, match))
        return tuple(found)

    @property
    def _comment_tokens(self) -> Iterable[tokenize.TokenInfo]:
        return (token for token in self._source.tokens if token.type == tokenize.COMMENT)

    @cached_property
    def _file_level(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """Pairs of (code prefixes, whether the comment is this tool's own); no prefixes: everything."""
        has_flake8 = self._may_have_noqa and self._source.mentions(("flake8", "Flake8", "FLAKE8"))
        if not has_flake8 and not self._source.mentions(("ignore-file",)):
            return ()
        found = []
        for token in self._comment_tokens:
            alone = not token.line[: token.start[1]].strip()
            match = re.match(_FLAKE8_FILE, token.string) if alone else None
            own = match or re.match(_OWN_FILE, token.string)
            if own is not None:
                found.append((_split_codes(own["codes"]), match is None))
        return tuple(found)

    @cached_property
    def _logical_lines(self) -> dict[int, tuple[int, int]]:
        """For each line of a logical line that spans several: the first and the last of them."""
        found: dict[int, tuple[int, int]] = {}
        first = 0
        for token in self._source.tokens:
            if token.type == tokenize.NEWLINE:
                if first and token.end[0] > first:
                    found.update(dict.fromkeys(range(first, token.end[0] + 1), (first, token.start[0])))
                first = 0
            elif not first and token.type not in _BETWEEN_STATEMENTS:
                first = token.start[0]
        return found


def _lines_of_statement(body: list[ast.stmt], line: int, end: int) -> tuple[int, int]:
    """From where to where the simple statement, or the head of a compound one, may reach that stands on a line."""
    start = 0
    while body:
        first = last = bisect_left(body, line, key=_end_of)
        while 0 < first < len(body) and body[first].lineno <= _end_of(body[first - 1]):
            first -= 1  # behind a semicolon
        while last + 1 < len(body) and body[last + 1].lineno <= _end_of(body[last]):
            last += 1
        start = _end_of(body[first - 1]) if first else start
        if last == len(body):
            return start, end
        if line < body[first].lineno:  # a decorator, or the head of another block
            return start, body[first].lineno
        end = _end_of(body[last])
        body = _statements_inside(body[last]) if first == last else []
    return start, end


def _end_of(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def _statements_inside(statement: ast.stmt) -> list[ast.stmt]:
    """The statements of all blocks of a statement, in the order of the source."""
    found: list[ast.stmt] = list(getattr(statement, "body", ()))
    for block in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        found += block.body
    return [*found, *getattr(statement, "orelse", ()), *getattr(statement, "finalbody", ())]


_BETWEEN_STATEMENTS = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)


def _split_codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.upper() for code in re.split(_SEPARATOR, text.strip()) if code) if text else ()


def _suppression(token: tokenize.TokenInfo, match: re.Match[str]) -> Suppression:
    line, column = token.start
    span = Span(line, column + match.start() + 1, line, column + len(token.string) + 1)
    return Suppression(span, _split_codes(match["codes"]), bool(re.match(_REASON, match["rest"])))
