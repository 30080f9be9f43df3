"""Files as CPython sees them: encodings, line ends, columns, and what cannot be parsed."""

from __future__ import annotations

import ast
import importlib.util
import io
import tokenize
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.source import Source, SourceError, Span, decode, parse_source, read_source

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = ast.Module(body=[], type_ignores=[])


def parse(content: bytes | str) -> Source:
    return parse_source("a.py", content.encode() if isinstance(content, str) else content)


def source_of(text: str) -> Source:
    return Source("a.py", EMPTY, text.encode("utf-8", "surrogatepass"), None)


# --- Encodings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"x = 1", "x = 1"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        ("x = 'ß'\n".encode(), "x = 'ß'\n"),
        ("# -*- coding: latin-1 -*-\nx = 'ß'\n".encode("latin-1"), "# -*- coding: latin-1 -*-\nx = 'ß'\n"),
        ("\n# vim: set fileencoding=cp1251 :\nx = 'д'\n".encode("cp1251"), None),
        ("# coding: shift_jis\nx = '日本'\n".encode("shift_jis"), None),
        (b"\xef\xbb\xbf# coding: utf-8\nx = 1\n", "# coding: utf-8\nx = 1\n"),
        (b"# coding: UTF-8\r\nx = 1\r\n", "# coding: UTF-8\r\nx = 1\r\n"),
        (b"# coding: utf-7\nx = '+AGE-'\n", "# coding: utf-7\nx = 'a'\n"),
    ],
)
def test_decodes_as_cpython(content: bytes, text: str | None) -> None:
    source = parse(content)
    assert source.text == (decode(content) if text is None else text)
    assert ast.dump(source.tree) == ast.dump(ast.parse(content))
    # What an import of the file would see, but for the line ends, which stay as they are here.
    assert source.text.replace("\r\n", "\n") == importlib.util.decode_source(content)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        ("x = 1\n".encode("utf-16"), "invalid start byte at byte 0", 1),
        ("x = 1\n".encode("utf-16-le"), "null bytes", 1),
        (b"x = 1\nx = '\xfc'\n", "invalid start byte at byte 11", 2),
        (b"x = 1\r\ry = 1\r\n# \xfc", "invalid start byte at byte 16", 4),
        (b"# \xfc\n", "invalid start byte at byte 2", 1),
        (b"x = '\xed\xa0\x80'\n", "invalid continuation byte at byte 5", 1),
        (b"# coding: ascii\nx = '\xc3\xbc'\n", "ordinal not in range(128)", 2),
        (b"# coding: no-such\n", "unknown encoding: no-such", 1),
        (b"# coding: hex\n", "not a text encoding", 1),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem", 1),
        (b"x = '\0'\n", "null bytes", 1),
        (b"# \0\n", "null bytes", 1),
    ],
)
def test_says_what_cannot_be_decoded(content: bytes, reason: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        parse(content)
    assert reason in caught.value.reason
    assert caught.value.line == line
    assert caught.value.column == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("def f()\n", 1, 8, "expected ':'"),
        ("ä = '日本'; f(1\n", 1, 12, "'(' was never closed"),
        ("ä = '日本'; x = = 3\n", 1, 15, "invalid syntax"),
        ("x = 1\n  y = 2\n", 2, 1, "unexpected indent"),
        ("if x:\n\ty\n        z\n", 3, 1, "inconsistent use of tabs"),
        ("x = '''a\n", 1, 5, "unterminated triple-quoted string literal"),
        ("f" + "(" * 201 + ")" * 201, 1, 202, "too many nested parentheses"),
        ("\n\n  x = (\n", 3, 1, "unexpected indent"),
        ("# coding: latin-1\nß = = 3\n", 2, 5, "invalid syntax"),
    ],
)
def test_says_where_the_syntax_is_wrong(text: str, line: int, column: int, reason: str) -> None:
    encoding = "latin-1" if "latin-1" in text else "utf-8"
    with pytest.raises(SourceError) as caught:
        parse(text.encode(encoding))
    error = caught.value
    assert (error.path, error.line) == ("a.py", line)
    # Where an indent is wrong, versions of CPython point at its begin or its end.
    assert error.column == column or "indent" in error.reason
    assert reason in error.reason


def test_nesting_that_no_parser_follows_is_an_error() -> None:
    with pytest.raises(SourceError):
        parse("x = " + "-" * 100_000 + "1")


def test_warnings_of_the_parser_are_not_ours() -> None:
    # pytest makes warnings errors in this project.
    assert parse(r"x = '\d'; y = 0x1for x in z; z = 1 is 1").tree.body


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\r\n")
    assert read_source("shown.py", path).lines == ["x = 1\r\n"]
    for missing in (tmp_path / "b.py", tmp_path):
        with pytest.raises(SourceError, match="cannot read: ") as caught:
            read_source("shown.py", missing)
        assert caught.value.path == "shown.py"


# --- Lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", ["\n"]),
        ("a", ["a"]),
        ("a\nb", ["a\n", "b"]),
        ("a\r\nb\r\n", ["a\r\n", "b\r\n"]),
        ("a\rb\r", ["a\r", "b\r"]),
        ("a\n\r\r\n\nb", ["a\n", "\r", "\r\n", "\n", "b"]),
        (
            "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i\nj",
            ["a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i\n", "j"],
        ),
    ],
)
def test_lines_end_where_cpython_ends_them(text: str, lines: list[str]) -> None:
    assert source_of(text).lines == lines


@given(st.text(alphabet="a \n\r\x0b\x0c\x1c\x85\u2028ß"))
def test_lines_are_those_of_a_file_with_universal_line_ends(text: str) -> None:
    source = source_of(text)
    assert "".join(source.lines) == text
    ends = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")
    assert source.lines == list(ends)


def test_node_lines_are_ours() -> None:
    text = 'a = "\x0c\x1c\x85\u2028"\r\x0c\rb = 1\r\nc = 2\n\n\x0cd = 3'
    source = parse(text)
    starts = [source.line_at(node.lineno)[node.col_offset] for node in source.tree.body]  # type: ignore[attr-defined]
    assert starts == ["a", "b", "c", "d"]


def test_line_at_is_empty_outside() -> None:
    source = source_of("a\nb")
    assert [source.line_at(number) for number in (-1, 0, 1, 2, 3)] == ["", "", "a\n", "b", ""]


def test_given_lines_are_used_as_they_are() -> None:
    source = Source("a.py", EMPTY, lines=["a\n", "b\x0cc\r\n"])
    assert source.lines == ["a\n", "b\x0cc\r\n"]
    assert source.text == "a\nb\x0cc\r\n"


# --- Columns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xyz", Span(1, 1, 1, 4)),
        ("\n\n(\n xyz)", Span(4, 2, 4, 5)),
        ("'ä'; xyz", Span(1, 6, 1, 9)),
        ("'日本'; xyz", Span(1, 7, 1, 10)),
        ("'😀'; xyz", Span(1, 6, 1, 9)),
        ("'a\u0308'; xyz", Span(1, 7, 1, 10)),
        ("größe; xyz", Span(1, 8, 1, 11)),
        ("if 1:\n\txyz", Span(2, 2, 2, 5)),
        ("'''ä\nö'''; xyz", Span(2, 7, 2, 10)),
    ],
)
def test_columns_count_characters(text: str, expected: Span) -> None:
    source = parse(text)
    names = [node for node in ast.walk(source.tree) if isinstance(node, ast.Name) and node.id == "xyz"]
    assert [source.span_of(node) for node in names] == [expected]


def test_byte_order_mark_is_no_column() -> None:
    source = parse(b"\xef\xbb\xbfxyz")
    assert source.span_of(source.tree.body[0]) == Span(1, 1, 1, 4)


def test_columns_in_another_encoding() -> None:
    source = parse("# coding: latin-1\n'äöü'; xyz".encode("latin-1"))
    assert source.span_of(source.tree.body[1]) == Span(2, 8, 2, 11)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_column_conversion_is_inverse(text: str) -> None:
    source = source_of(text)
    for index in range(len(text) + 1):
        assert source.column_at(1, len(text[:index].encode())) == index + 1


def test_offset_behind_the_end_stays_near() -> None:
    assert source_of("ä").column_at(1, 99) == 2
    assert source_of("ä").column_at(7, 0) == 1


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("try: pass\nexcept: pass", Span(2, 1, 2, 7)),
        ("try: pass\nexcept  : pass", Span(2, 1, 2, 7)),
        ("try: pass\nexcept ValueError: pass", Span(2, 1, 2, 18)),
        ("try: pass\nexcept (A,\n  B) as c: pass", Span(2, 1, 3, 5)),
        ("if 1:\n\ttry: pass\n\texcept: pass", Span(3, 2, 3, 8)),
        ("try: pass\nexcept* größe as e: pass", Span(2, 1, 2, 14)),
    ],
)
def test_span_of_except(text: str, span: Span) -> None:
    source = parse(text)
    handlers = [node for node in ast.walk(source.tree) if isinstance(node, ast.ExceptHandler)]
    assert [source.span_of_except(handler) for handler in handlers] == [span]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("def f(): pass", Span(1, 5, 1, 6)),
        ("async  def\tlong_name(): pass", Span(1, 12, 1, 21)),
        ("class größe: pass", Span(1, 7, 1, 12)),
        ("@a\n@b\ndef f(): pass", Span(3, 5, 3, 6)),
        ("def \\\n f(): pass", Span(1, 1, 1, 2)),
        ("if 1:\n\x0c  \tdef f(): pass", Span(2, 9, 2, 10)),
    ],
)
def test_span_of_name(text: str, span: Span) -> None:
    source = parse(text)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, kinds)]
    assert [source.span_of_name(node) for node in nodes] == [span]


# --- Words and tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"async def f(): pass",
        b"# coding: utf-7\nx = '+AGEAcwB5AG4AYw-'",
        "# coding: latin-1\nasync def ß(): pass".encode("latin-1"),
    ],
)
def test_mentions_words(content: bytes) -> None:
    source = parse(content)
    assert source.mentions(("never", "async"))
    assert not source.mentions(("never", "nowhere"))
    given = Source("a.py", source.tree, lines=source.lines)
    assert given.mentions(("async",))
    assert not given.mentions(("never",))


def test_tokens_are_those_of_tokenize() -> None:
    text = "x = (1, # one\n  2)\n\tif"
    tokens = source_of("def f():\n    return 'a' # b\n").tokens
    assert [token.string for token in tokens if token.type == tokenize.COMMENT] == ["# b"]
    # What cannot be tokenized to its end gives what comes before.
    assert "# one" in [token.string for token in source_of(text).tokens]
    assert source_of("x = '''").tokens is not None
