"""What holds for every file: no crash, sane places, no dependence on order, exact suppression."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesmith
import pytest
from examples import examples
from hypothesis import assume, example, given
from hypothesis import strategies as st

from antipatterns import check as check_module
from antipatterns.check import check_content, check_file
from antipatterns.facts.store import decode_facts, encode_facts
from antipatterns.index.modules import facts_in
from antipatterns.project.discover import DiscoveredFile
from antipatterns.rule import load_rules
from antipatterns.settings import Overrides, Settings, SettingsResolver
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    import random

    from antipatterns.finding import Finding
    from antipatterns.outcome import Checked

EVERYTHING: Settings = SettingsResolver(
    isolated=True,
    overrides=Overrides({"select": ["ALL"], "blocking-categories": ["sleep", "file", "stat", "cpu"]}),
).settings_in(Path())


def check(content: bytes, path: str = "domain/a.py") -> Checked:
    return check_content(path, content, EVERYTHING)


def assert_sane(content: bytes) -> None:
    """No crash, facts that can be kept, and each finding in its place."""
    checked = check(content)
    assert not checked.crashes, checked.crashes[0].traceback
    facts = facts_in("a.py", content)
    assert facts is None or decode_facts(encode_facts(facts)) == facts
    assert list(checked.findings) == sorted(checked.findings, key=lambda finding: finding.order)
    assert len({finding.fingerprint for finding in checked.findings}) == len(checked.findings)
    lines = lines_of(content)
    for finding in checked.findings:
        start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
        assert (1, 1) <= start <= end, finding
        assert finding.end_line <= len(lines) + 1, finding
        for line, column in (start, end):
            assert column <= (len(lines[line - 1]) if line <= len(lines) else 0) + 1, finding


def lines_of(content: bytes) -> list[str]:
    """The lines of a file, with their ends, as far as it can be decoded."""
    try:
        return parse_source("a.py", content).lines
    except SourceError:
        return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", content.decode("utf-8", "replace"))


# --- Any file -----------------------------------------------------------------------------------------------


@example(b"")
@example(b"\0")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"# \xfc")
@example(b"try: pass\nexcept: pass\n# \xfc")
@example(b"# coding: utf-7\ntry: pass\nexcept: pass # +")
@example(b"\x0ctry: pass\n\x0cexcept: pass")
@example(b"x = (\n")
@example(b"x = '''\n\n")
@example("ä = '日本'; f(1\n".encode())
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert_sane(content)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert_sane(text.encode("utf-8", "surrogatepass"))


PIECES = st.sampled_from(
    [
        *(
            "try",
            "except",
            "except*",
            "finally",
            "else",
            "async",
            "def",
            "await",
            "with",
            "for",
            "in",
            "lambda",
            "if",
        ),
        *(
            "pass",
            "raise",
            "return",
            "continue",
            "import",
            "from",
            "as",
            "class",
            "yield",
            "match",
            "case",
            "global",
        ),
        *(":", "=", ":=", "(", ")", "[", "]", "{", "}", ",", ".", "*", "...", "@", ";", "|", "->", "\\\n"),
        *("\n", "\r", "\r\n", "\n    ", "\n\t", "\x0c", "\ufeff", "\0", " ", "\t", "\u2028", "\x1c"),
        *(
            "x",
            "open",
            "time",
            "sleep",
            "Exception",
            "ä",
            "'日本'",
            "'''",
            '"',
            "f'{x}'",
            "f'''{\n",
            "1",
            "0777",
        ),
        *(
            "# noqa",
            "# noqa: AP2",
            "# antipatterns: ignore-file[",
            "# flake8: noqa",
            "# coding: latin-1\n",
            "#",
        ),
    ]
)


@examples(300)
@given(st.lists(PIECES, max_size=25))
def test_any_pieces_of_python(pieces: list[str]) -> None:
    assert_sane(" ".join(pieces).encode())


@examples(30)
@given(hypothesmith.from_grammar())
def test_any_program(text: str) -> None:
    assert_sane(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 90 + ")" * 90,
        "x = " + "f(" * 90 + ")" * 90,
        "x = " + "-" * 5000 + "1",
        "x = 1" + " + 1" * 5000,
        "x = a" + ".b" * 5000,
        "x = " + "not " * 3000 + "1",
        "async def f(): f" + "()" * 3000,
        "async def f(): " + "f(" * 90 + "open()" + ")" * 90,
        "async def f(x=Path()): x" + " / x" * 2000,
        "def f(x" + "=[]): pass",
        "x = lambda a=" + "lambda a=" * 90 + "[]: 1" + ": 1" * 90,
        "".join(f"{' ' * n}if x:\n" for n in range(95)) + " " * 95 + "open()",
        "".join(f"{' ' * n}async def f():\n" for n in range(95)) + " " * 95 + "open()",
        "if x: pass\n" + "elif x: pass\n" * 2000,
        "try: pass\nexcept:\n" + "".join(f"{' ' * (n + 1)}if x:\n" for n in range(90)) + " " * 95 + "raise",
        "try: pass\nexcept:\n if x: raise\n" + " elif x: raise\n" * 900,
    ],
)
def test_depth(text: str) -> None:
    assert_sane(text.encode())


# --- Order --------------------------------------------------------------------------------------------------

BAD = [
    "try:\n    x\nexcept:\n    pass",
    "try:\n    x\nexcept (ValueError,\n        Exception):\n    pass",
    "def f(a=[], *, b={}): return 1",
    "def f(\n    a,\n    b=[\n        1,\n    ],\n): return 1",
    "x = lambda a=[]: (\n    a\n)",
    "import requests, sqlalchemy",
    "from sqlalchemy import (\n    Column,\n)",
    "import time\nasync def g(): time.sleep(1); time.sleep(\n    2)",
    "import pathlib\nasync def g(p: pathlib.Path):\n    '''ä'''; p.read_text()",
    "def long():\n" + "    x\n" * 51,
    "def long():\n    '''\n    \n    '''\n" + "    x = '''\n\n'''\n" * 20,
]
GOOD = [
    "x = 1",
    "# comment",
    "",
    "'''text'''",
    "def h(): pass",
    "if x:\n    y",
    "ä = '日本\u2028'",
    "class A: pass",
]
PROGRAMS = st.lists(st.sampled_from([*BAD, *GOOD]), min_size=1, max_size=6).map("\n".join)


@examples(25)
@given(st.lists(PROGRAMS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_files(texts: list[str], shuffler: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(texts):
            path = Path(folder, f"a{number}.py")
            path.write_bytes(text.encode())
            files.append(DiscoveredFile(str(path), str(path)))
        overrides = Overrides({"select": ["ALL"]})

        def findings_of(order: list[DiscoveredFile]) -> dict[Path, tuple[Finding, ...]]:
            resolver = SettingsResolver(isolated=True, overrides=overrides)
            return {file.path: check_file(file, resolver).findings for file in order}

        expected = findings_of(files)
        shuffler.shuffle(files)
        assert findings_of(files) == expected


@given(PROGRAMS, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_rules(text: str, shuffler: random.Random) -> None:
    expected = check(text.encode())
    rules = list(load_rules().items())
    shuffler.shuffle(rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_module, "load_rules", lambda: dict(rules))
        check_module._finders.cache_clear()
        assert check(text.encode()) == expected
    check_module._finders.cache_clear()


@given(PROGRAMS)
def test_checking_twice_says_the_same(text: str) -> None:
    assert check(text.encode()) == check(text.encode())


@given(PROGRAMS, st.sampled_from(["", "# moved\n", "\n\n"]))
def test_fingerprints_stay_when_lines_move(text: str, above: str) -> None:
    before = check(text.encode()).findings
    after = check((above + text).encode()).findings
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]


@given(PROGRAMS)
def test_line_ends_change_no_finding(text: str) -> None:
    assume("'''" not in text)

    def places(line_end: str) -> list[tuple[int, int, int, int, str]]:
        found = check(text.replace("\n", line_end).encode()).findings
        return [(one.line, one.column, one.end_line, one.end_column, one.code) for one in found]

    assert places("\n") == places("\r\n") == places("\r")


CONSTANTS = [
    *("'\\udcff'", "'a\\ud800.b'", f"{2**64}", f"-{2**64}", f"{2**53}", "1e999", "1j", "b'\\xff'", "..."),
    *("None", "f'\\udcff{x}'", f"'{'ä' * 200}'"),
]
STATEMENTS = [
    *("x = {0}", "x: {0} = {0}", "x[{0}] = {0}", "x += {0}", "f({0}, *{0}, k={0}, **{{{0}: {0}}})", "raise E({0})"),
    *("with f({0}): pass", "for x in {0}: pass", "def g(a={0}, *, b: {0} = {0}) -> {0}: return {0}", "del x[{0}]"),
    *(
        "def g(a):\n    if a == {0}: f()",
        "def g(a):\n    if a.startswith({0}): f()",
        "@f({0})\nclass A({0}, k={0}): b = {0}",
    ),
    *("def g(a):\n    if not isinstance(a, {0}): f()", "import importlib; importlib.import_module({0})"),
    *("match x:\n    case {{{0}: 1}} if {0}: pass", "lambda a={0}: {0}", "x = [{0} for y in {0} if {0}]"),
    *("def g(a):\n    if os.environ.get({0}) is {0}: f()", "__all__ = [{0}]", "getattr(x, {0})({0} in x, {0} + x)"),
]


@pytest.mark.parametrize("constant", CONSTANTS)
def test_any_constant_anywhere(constant: str) -> None:
    for statement in STATEMENTS:
        assert_sane(statement.format(constant).encode())


# --- Suppression --------------------------------------------------------------------------------------------


def key(finding: Finding) -> tuple[int, int, str, str]:
    # AP501 counts lines of code, and a comment is none; no message tells of comments.
    return (finding.line, finding.column, finding.code, finding.message)


@examples(200)
@given(PROGRAMS, st.data())
def test_noqa_removes_exactly_the_findings_of_its_logical_line(text: str, data: st.DataObject) -> None:
    before = [finding for finding in check(text.encode()).findings if finding.code != "AP002"]
    assume(before)
    chosen = data.draw(st.sampled_from(before))
    first, last = logical_line(text, chosen.line)
    lines = text.split("\n")
    lines[last - 1] += f"  # noqa: {chosen.code}"
    after = [finding for finding in check("\n".join(lines).encode()).findings if finding.code != "AP002"]
    expected = [finding for finding in before if finding.code != chosen.code or not first <= finding.line <= last]
    assert sorted(map(key, after)) == sorted(map(key, expected))


@given(PROGRAMS, st.data())
def test_a_used_noqa_is_not_reported(text: str, data: st.DataObject) -> None:
    before = [finding for finding in check(text.encode()).findings if finding.code != "AP002"]
    assume(before)
    chosen = data.draw(st.sampled_from(before))
    lines = text.split("\n")
    lines[logical_line(text, chosen.line)[1] - 1] += f"  # noqa: {chosen.code}, AP999"
    found = [finding.message for finding in check("\n".join(lines).encode()).findings if finding.code == "AP002"]
    assert found == ["noqa for AP999 silences nothing; remove it"]


@given(PROGRAMS)
def test_silencing_the_file_leaves_nothing(text: str) -> None:
    assert check(f"# antipatterns: ignore-file\n{text}".encode()).findings == ()


def logical_line(text: str, line: int) -> tuple[int, int]:
    """The first and last line of what stands on a line: by brackets and quotes, enough for these programs."""
    lines = text.split("\n")
    starts = [0]
    depth, quoted = 0, False
    for number, content in enumerate(lines):
        for piece in re.findall(r"'''|[()\[\]{}]", content):
            if piece == "'''":
                quoted = not quoted
            elif not quoted:
                depth += 1 if piece in "([{" else -1
        if not depth and not quoted:
            starts.append(number + 1)
    first = max(start for start in starts if start < line)
    last = min((start for start in starts if start >= line), default=len(lines))
    return first + 1, last
