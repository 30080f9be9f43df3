"""What counts as a line of code, against a count of its own kind."""

from __future__ import annotations

import ast
import io
import sysconfig
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.semantics.lines_of_code import lines_of_code
from antipatterns.source import Source, parse_source

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
STDLIB = Path(sysconfig.get_path("stdlib"))


def definitions(source: Source) -> list[Definition]:
    return [node for node in ast.walk(source.tree) if isinstance(node, Definition)]


def count(text: str) -> list[int]:
    """The lines of code of the first definition of a text."""
    source = parse_source("a.py", text.encode())
    return sorted(lines_of_code(source, definitions(source)[0]))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("def f(): pass", [1]),
        ("def f():\n    pass\n", [1, 2]),
        ("def f():\n\n    # comment\n    pass  # comment\n    \n", [1, 4]),
        ('def f():\n    """One."""\n    pass', [1, 3]),
        ('def f():\n    """One.\n\n    Two.\n    """\n    pass', [1, 6]),
        ('def f():\n    """Only this."""', [1]),
        ('def f():\n    pass\n    """No docstring."""', [1, 2, 3]),
        ('def f():\n    b"""No docstring."""', [1, 2]),
        ('def f():\n    f"""No docstring."""', [1, 2]),
        ('def f():\n    x = """\n\n    # text\n    """', [1, 2, 3, 4, 5]),
        ("def f(\n    a,\n    # comment\n    b,\n\n):\n    pass", [1, 2, 4, 6, 7]),
        ("def f():\n    x = 1 + \\\n        2", [1, 2, 3]),
        ("def f():\n    a; b; c", [1, 2]),
        ("def f():\n    if a:\n        b\n    else:\n        c", [1, 2, 3, 4, 5]),
        ("@a\n@b(\n    1,\n)\ndef f():\n    pass", [5, 6]),
        ('def f():\n    def g():\n        """Doc."""\n        pass\n    return g', [1, 2, 4, 5]),
        ('class A:\n    """Doc."""\n\n    x = 1\n\n    def f(self):\n        """Doc."""\n', [1, 4, 6]),
        ("def f():\n\tpass\n\x0c\n\tpass", [1, 2, 4]),
        ("def f():\r    a\r\r    # c\r    b", [1, 2, 5]),
        ("def f():\r\n    a\r\n\r\n    b", [1, 2, 4]),
        ("if 1:\n    async def f():\n        pass\n    x = 1", [2, 3]),
        ("x = 1\n\ndef f():\n    pass\n\ny = 2", [3, 4]),
        ("def f(): return '''a\nb\n'''; x = '''\n'''", [1, 2, 3, 4]),
    ],
)
def test_lines_of_code(text: str, lines: list[int]) -> None:
    assert count(text) == lines


def count_otherwise(text: str) -> dict[int, set[int]]:
    """Lines of code by the line of each definition: from all tokens of the file, less the docstrings."""
    covered: set[int] = set()
    layout = {
        tokenize.NEWLINE,
        tokenize.NL,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.COMMENT,
        tokenize.ENDMARKER,
    }
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in layout:
            covered.update(range(token.start[0], token.end[0] + 1))
    tree = ast.parse(text)
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, Definition):
            lines = set(range(node.lineno, (node.end_lineno or 0) + 1)) & covered
            for inner in ast.walk(node):
                if isinstance(inner, Definition) and ast.get_docstring(inner, clean=False) is not None:
                    first = inner.body[0]
                    lines -= set(range(first.lineno, (first.end_lineno or 0) + 1))
            found[node.lineno] = lines
    return found


@pytest.mark.parametrize("name", ["argparse.py", "asyncio/tasks.py", "dataclasses.py", "typing.py", "tarfile.py"])
def test_agrees_with_a_count_over_the_whole_file(name: str) -> None:
    text = (STDLIB / name).read_text(encoding="utf-8")
    source = parse_source(name, text.encode())
    expected = count_otherwise(text)
    for node in definitions(source):
        assert lines_of_code(source, node) == expected[node.lineno], node.name


STATEMENTS = st.sampled_from(
    [
        "x = 1",
        "",
        "    # inner",
        "# comment",
        "if x:\n    y",
        "x = '''\n\n'''",
        "f(\n    1,\n)",
        '"""text"""',
        "x; y",
    ]
)


@given(st.lists(STATEMENTS, max_size=12))
def test_agrees_on_any_body(statements: list[str]) -> None:
    body = "".join(f"    {line}\n" for statement in [*statements, "pass"] for line in statement.split("\n"))
    text = f"def f():\n{body}"
    source = parse_source("a.py", text.encode())
    assert lines_of_code(source, definitions(source)[0]) == count_otherwise(text)[1]
