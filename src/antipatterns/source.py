"""One file as CPython sees it: bytes, text, lines, syntax tree, and the way from byte columns to characters."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from codecs import BOM_UTF8
from contextlib import suppress
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# CPython ends a line at these three and at nothing else: not at the form feeds and separators
# at which str.splitlines would (https://docs.python.org/3/reference/lexical_analysis.html#physical-lines).
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEADER = re.compile(r"(?:async\s+def|def|class)\s+(\w+)")


class SourceError(Exception):
    """A file that cannot be read, decoded or parsed: the reason, and its place (1-based) where one is known."""

    def __init__(self, path: str, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{path}:{line}:{column}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line
        self.column = column


class Span(msgspec.Struct, frozen=True):
    """A stretch of text: 1-based lines and character columns, the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """A parsed file. ``path`` is written as reports show it.

    Built from bytes (``parse_source``) or, in an editor's plugin host, from lines and a tree that are there
    already. Text and lines are made when first asked for: most files of a clean project need neither.
    """

    def __init__(self, path: str, tree: ast.Module, content: bytes = b"", lines: Sequence[str] | None = None) -> None:
        self.path = path
        self.tree = tree
        self.content = content
        self._given_lines = lines

    @cached_property
    def text(self) -> str:
        """The decoded text with its line ends as they stand in the file, without a byte order mark."""
        if self._given_lines is not None:
            return "".join(self._given_lines)
        return decode(self.content)

    @cached_property
    def lines(self) -> list[str]:
        """The physical lines, line ends included, split where CPython splits them."""
        if self._given_lines is not None:
            return list(self._given_lines)
        return split_lines(self.text)

    def mentions(self, words: tuple[str, ...]) -> bool:
        """Whether any of the (ASCII) words stands anywhere in the file: a cheap way to rule a rule out."""
        if self._given_lines is not None:
            return any(word in self.text for word in words)
        return any(map(self._ascii_content.__contains__, _encoded(words)))

    @cached_property
    def _ascii_content(self) -> bytes:
        """The content in an encoding where ASCII words can be looked for: itself, but for UTF-16 and its like."""
        return self.text.encode() if b"\0" in self.content or b"coding" in self.content[:400] else self.content

    @property
    def utf8(self) -> bytes:
        """The text in UTF-8, without a byte order mark."""
        if self._given_lines is not None:
            return self.text.encode("utf-8", "surrogatepass")
        return self._ascii_content.removeprefix(BOM_UTF8)

    @cached_property
    def is_ascii(self) -> bool:
        """Whether columns in bytes and in characters are the same everywhere."""
        return self.content.isascii() if self._given_lines is None else self.text.isascii()

    @cached_property
    def is_utf8(self) -> bool:
        """Whether the file can be read by those who read nothing but UTF-8."""
        if self.is_ascii:
            return True
        head = "".join(self.lines[:2]).encode("utf-8", "surrogatepass")
        return tokenize.detect_encoding(io.BytesIO(head).readline)[0].startswith("utf-8")

    def line_at(self, number: int) -> str:
        """The physical line with this 1-based number, or "" behind the end of the file."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def column_at(self, line: int, offset: int) -> int:
        """The 1-based character column of an ``ast`` position (1-based line, 0-based UTF-8 byte offset)."""
        text = self.line_at(line)
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1

    def span_of(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.alias | ast.arg | ast.keyword) -> Span:
        """The place of a whole node."""
        end_line = node.end_lineno or node.lineno
        end_offset = node.col_offset if node.end_col_offset is None else node.end_col_offset
        return Span(
            node.lineno,
            self.column_at(node.lineno, node.col_offset),
            end_line,
            self.column_at(end_line, end_offset),
        )

    def span_of_except(self, handler: ast.ExceptHandler) -> Span:
        """The place of the ``except`` clause without its body."""
        column = self.column_at(handler.lineno, handler.col_offset)
        if handler.type is None:
            return Span(handler.lineno, column, handler.lineno, column + len("except"))
        caught = self.span_of(handler.type)
        return Span(handler.lineno, column, caught.end_line, caught.end_column)

    def span_of_name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        """The place of the name in a definition's header, or of the keyword where a backslash parts the two."""
        line = self.line_at(node.lineno)
        start = self.column_at(node.lineno, node.col_offset)
        match = _HEADER.match(line, start - 1)
        if match is None:
            return Span(node.lineno, start, node.lineno, start + 1)
        return Span(node.lineno, match.start(1) + 1, node.lineno, match.end(1) + 1)

    @cached_property
    def tokens(self) -> list[tokenize.TokenInfo]:
        """All tokens, or those before the place where ``tokenize`` gives up on what the parser accepts."""
        return tokenize_lines(self.lines)


@cache
def _encoded(words: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(word.encode() for word in words)


def tokenize_lines(lines: Sequence[str]) -> list[tokenize.TokenInfo]:
    """The tokens of some lines, as far as ``tokenize`` gets."""
    found: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):
        found.extend(tokenize.generate_tokens(iter([*lines, ""]).__next__))
    return found


def split_lines(text: str) -> list[str]:
    """The physical lines of a text, line ends included, split where CPython splits them."""
    return io.StringIO(text, newline="").readlines()


def decode(content: bytes) -> str:
    """Decode as CPython does: cookie, byte order mark, UTF-8; raises SyntaxError or UnicodeDecodeError."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        content.decode()  # the error of a wrong byte says where it stands
        raise
    return content.decode(encoding)


def parse_source(path: str, content: bytes) -> Source:
    """Parse the bytes of a file; raises SourceError with the parser's reason and place."""
    try:
        tree = parse_quietly(content)
        if not content.isascii():
            decode(content)  # in comments ast.parse lets pass what CPython does not when it reads a file
    except SyntaxError as error:
        raise _describe_syntax_error(path, content, error) from error
    except UnicodeDecodeError as error:
        raise _describe_decode_error(path, content, error) from error
    except (ValueError, LookupError, OverflowError) as error:
        raise SourceError(path, f"cannot parse: {error}") from error
    except (RecursionError, MemoryError) as error:
        raise SourceError(path, "cannot parse: nested too deeply") from error
    return Source(path, tree, content)


def parse_quietly(source: str | bytes) -> ast.Module:
    """As ``ast.parse``, without its warnings."""
    with warnings.catch_warnings():
        # Invalid escapes and the like belong to other linters, and must not become errors under -W error.
        warnings.simplefilter("ignore")
        return ast.parse(source)


def read_source(path: str, file: Path) -> Source:
    """Read and parse a file; raises SourceError for one that cannot be read, decoded or parsed."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SourceError(path, f"cannot read: {error.strerror or error}") from error
    return parse_source(path, content)


def _describe_syntax_error(path: str, content: bytes, error: SyntaxError) -> SourceError:
    try:
        text = decode(content)
    except UnicodeDecodeError as undecodable:
        return _describe_decode_error(path, content, undecodable)
    except (SyntaxError, LookupError, ValueError):
        text = ""
    try:
        # Given bytes, the parser counts columns in bytes, before 3.13; given text, in characters.
        parse_quietly(text)
    except SyntaxError as error_in_text:
        error = error_in_text
    except (ValueError, OverflowError, RecursionError, MemoryError):
        pass  # the first error says more
    reason = (error.msg or "invalid syntax").splitlines()[0]
    return SourceError(path, f"cannot parse: {reason}", max(error.lineno or 1, 1), max(error.offset or 1, 1))


def _describe_decode_error(path: str, content: bytes, error: UnicodeDecodeError) -> SourceError:
    line = len(_LINE_END.findall(content, 0, error.start)) + 1
    return SourceError(path, f"cannot decode: {error.reason} at byte {error.start}", line)
