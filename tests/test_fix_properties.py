"""What holds of every fix of every program: it parses, is done once, loses no comment, and touches nothing else."""

from __future__ import annotations

import asyncio
import io
import time
import tokenize
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import hypothesmith
from examples import examples
from hypothesis import assume, example, given
from hypothesis import strategies as st

from antipatterns.check import check_content
from antipatterns.fix.file import fixable_codes
from antipatterns.fix.locate import range_holding, statement_ranges
from antipatterns.fix.plan import Wish, fix_content
from antipatterns.settings import Overrides, Settings, SettingsResolver
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    import pytest

    from antipatterns.fix.plan import FileResult

EVERYTHING: Settings = SettingsResolver(
    isolated=True, overrides=Overrides({"select": ["ALL"], "function-too-long": {"max-lines": 12}})
).settings_in(Path())
WISH = Wish(fixable_codes(EVERYTHING), unsafe=True)

# Pieces that hold anti-patterns, each a whole statement of a module.
PIECES = (
    "import time\n",
    "from time import sleep  # from\n",
    "import os, requests\n",
    "import asyncio as aio\n",
    "async def a(x):\n    time.sleep(1)  # wait\n    return (requests.get(x)).json()\n",
    "async def b(x):\n\tsleep(  # first\n\t\t1\n\t)\n\tif os.system(x): return [os.stat(y) for y in x]\n",
    "async def c(p: str):\n    with open(p) as f:\n        data = f.read()\n    return data\n",
    "def d(x=[], *, y: dict[str, int] = {}):\n    '''Doc.'''\n    x.append(y)  # grow\n    return x, y\n",
    "def e(x = {1}): return x  # short\n",
    "try:\n    one()\nexcept:  # any\n    two()\n",
    "def g():\n  try: one()\n  except Exception: pass  # silent\n  finally: two()\n",
    "total = 1  # noqa: AP201 -- why\n",
    "class K:\n  def m(self, a=[], b=dict()):\n    try:\n      return a\n    except:\n      raise\n",
    "def h(a, b):\n" + "".join(f"    v{i} = a + b * {i}  # {i}\n" for i in range(15)) + "    return v1 + v2 + v14\n",
    "\n",
    "# a comment on its own\n",
    "x = 'ä日'; y = [i for i in x]\n",
)
CLEAN = ("x = 1\n", "def f(a=()): return a\n", "\t\n", "\x0c# ff\n", "y = '''\n  z'''  \n")


def fix(content: bytes) -> FileResult:
    return fix_content("domain/a.py", content, EVERYTHING, WISH)


def comments(content: bytes) -> Counter[str]:
    tokens = tokenize.tokenize(io.BytesIO(content).readline)
    found = (token.string.rstrip() for token in tokens if token.type == tokenize.COMMENT)
    return Counter(comment for comment in found if "noqa" not in comment)


def assert_sound(content: bytes) -> None:
    result = fix(content)
    if result.content is None:
        return
    parse_source("a.py", result.content)
    assert comments(result.content) == comments(content)
    again = fix(result.content)
    assert again.content is None, (again.content or b"").decode()
    before = Counter(finding.code for finding in check_content("domain/a.py", content, EVERYTHING).findings)
    after = Counter(finding.code for finding in check_content("domain/a.py", result.content, EVERYTHING).findings)
    assert not after - before
    left = {finding.code for finding in result.left} | {refused.finding.code for refused in result.refused}
    assert {code for code in after if code in WISH.codes} == left
    assert not [item for item in result.refused if "report it" in item.reason]
    assert_stays_outside(content, result)


def assert_stays_outside(content: bytes, result: FileResult) -> None:
    """The lines of statements without findings are all there, in order; but an import may get another name."""
    source = parse_source("a.py", content)
    ranges = statement_ranges(source)
    touched = {range_holding(ranges, finding.line) for finding in result.fixed}
    rest = iter(parse_source("a.py", result.content or b"").lines)
    for number, line in enumerate(source.lines, 1):
        is_outside = range_holding(ranges, number) not in touched
        # At the end a line may get its line end, and a statement that is gone takes empty lines along.
        if is_outside and line.strip() and not line.startswith("from ") and number < len(source.lines):
            assert line in rest, f"{line!r} is not as it was"


@examples(60)
@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_programs_with_anti_patterns(pieces: list[str], newline: str, has_bom: bool, has_end: bool) -> None:
    text = "".join(pieces)
    text = (text if has_end else text.rstrip("\n")).replace("\n", newline)
    assert_sound((b"\xef\xbb\xbf" if has_bom else b"") + text.encode())


@examples(15)
@given(hypothesmith.from_grammar())
@example("def f(x=[]): return x\n")
def test_any_program(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        parse_source("a.py", content)
    except SourceError:
        assume(False)
    assert_sound(content)


@examples(15)
@given(hypothesmith.from_grammar(), st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), st.booleans())
def test_any_program_with_anti_patterns(text: str, pieces: list[str], is_first: bool) -> None:
    more = "".join(pieces)
    program = more + text if is_first else f"{text}\n{more}"
    content = program.encode("utf-8", "surrogatepass")
    try:
        parse_source("a.py", content)
    except SourceError:
        assume(False)
    assert_sound(content)


@examples(40)
@given(st.lists(st.sampled_from(CLEAN), max_size=5))
def test_programs_without_findings_stay_as_they_are(pieces: list[str]) -> None:
    result = fix("".join(pieces).encode())
    assert result.content is None
    assert not result.fixed


EVENTS = """
import os
import time
import asyncio

log = []

def note(value):
    log.append(value)
    return value

async def run(number):
    {statement}
    return log
"""


def _expressions() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["note(0)", "note(1)", "number", "os.system(note(2))", "time.sleep(note(0))"])
    shapes = st.sampled_from(
        [
            *("note({a})", "os.system({a})", "os.system(note({a}), key={b})", "os.system({a}).real", "-os.system({a})"),
            *(
                "({a} if {b} else {c})",
                "({a} and {b} or {c})",
                "(not {a})",
                "[{a}, {b}][0]",
                "max({a} or 0, *[{b} or 1])",
            ),
            *("[({a}, i) for i in range(2)]", "len([i for i in range(3) if {a}])", "{{1: {a} for i in range(2)}}"),
            *("(lambda v={a}: v)()", "f'{{ {a} }}'", "(w := {a})", "({a}, {b}) [0]", "sum(i for i in [{a} or 0, 2])"),
            *("(await asyncio.sleep(0, {a}))", "os.system(os.system({a}))", "({a} == {b} != {c})", "str({a}).upper()"),
        ]
    )

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(lambda shape, a, b, c: shape.format(a=a, b=b, c=c), shapes, inner, inner, inner)

    return st.recursive(leaves, extend, max_leaves=6)


STATEMENTS = st.builds(
    str.format,
    st.sampled_from(
        [
            *("note({0})", "x = {0}; note(x)", "return {0}, log", "assert ({0}, 1), {0}", "note({0}), note({0})"),
            *("if {0}: note(1)", "for x in [{0}]: note(x)", "while note({0}) and False: pass", "raise KeyError({0})"),
            *(
                "def inner(x={0}): return x\n    note(inner())",
                "x = y = {0}; note((x, y))",
                "d = {{}}; d[{0}] = {0}; note(d)",
            ),
        ]
    ),
    _expressions(),
)


@examples(120)
@given(STATEMENTS)
@example("x = os.system(note(1)) if time.sleep(note(2)) else os.system(note(3)); note(x)")
def test_a_mended_program_does_the_same(statement: str) -> None:
    """The same values, and the same effects in the same order."""
    text = EVENTS.format(statement=statement)
    try:
        compile(text, "program", "exec")
    except SyntaxError:
        assume(False)
    result = fix_content("a.py", text.encode(), EVERYTHING, Wish(frozenset({"AP101"}), unsafe=True))
    assert not result.refused, result.refused[0].reason
    assert (result.content is None) == ("os.system" not in statement and "time.sleep" not in statement)
    new = (result.content or text.encode()).decode()
    assert "time.sleep" not in new
    assert "os.system(" not in new
    assert outcome(text) == outcome(new)


def outcome(text: str) -> Any:
    """What the program returns or raises, and its log, when nothing really waits."""
    names: dict[str, Any] = {}
    exec(compile(text, "program", "exec"), names)
    log = names["log"]

    def system(value: Any, **more: Any) -> Any:
        log.append(("system", value, more))
        return value if isinstance(value, int) else 7

    async def nap(seconds: Any, result: Any = None) -> Any:
        log.append(("sleep", seconds))
        return result

    def sleep(seconds: Any) -> None:
        log.append(("sleep", seconds))

    async def to_thread(function: Any, *arguments: Any, **more: Any) -> Any:
        return function(*arguments, **more)

    names["time"] = SimpleNamespace(sleep=sleep)
    names["os"] = SimpleNamespace(system=system)
    names["asyncio"] = SimpleNamespace(sleep=nap, to_thread=to_thread)
    try:
        return asyncio.run(names["run"](1)), log
    except (KeyError, TypeError, AssertionError, AttributeError) as error:
        return type(error), str(error), log


def test_real_sleeps_are_the_ones_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    result = fix(EVENTS.format(statement="time.sleep(0.5)").encode())
    assert result.content is not None
    names: dict[str, Any] = {}
    exec(compile(result.content, "program", "exec"), names)
    assert asyncio.run(names["run"](1)) == []
    assert slept == []
