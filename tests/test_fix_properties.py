"""What holds of every fix of every program: it parses, is done once, loses no comment, and touches nothing else."""

from __future__ import annotations

import asyncio
import io
import time
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesmith
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from antipatterns.check import check_content
from antipatterns.fix.file import fixable_codes
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
    "class K:\n    def m(self, a=[], b=dict()):\n        try:\n            return a\n        except:\n            raise\n",
    "def h(a, b):\n" + "".join(f"    v{i} = a + b * {i}  # {i}\n" for i in range(15)) + "    return v1 + v2 + v14\n",
    "\n",
    "# a comment on its own\n",
    "x = 'ä日'; y = [i for i in x]\n",
)


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


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_programs_with_anti_patterns(pieces: list[str], newline: str, has_bom: bool, has_end: bool) -> None:
    text = "".join(pieces)
    text = (text if has_end else text.rstrip("\n")).replace("\n", newline)
    assert_sound((b"\xef\xbb\xbf" if has_bom else b"") + text.encode())


@settings(max_examples=15)
@given(hypothesmith.from_grammar())
@example("def f(x=[]): return x\n")
def test_any_program(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        parse_source("a.py", content)
    except SourceError:
        assume(False)
    assert_sound(content)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["x = 1\n", "def f(a=()): return a\n", "\t\n", "\x0c# ff\n", "y = '''\n  z'''  \n"]), max_size=5))
def test_programs_without_findings_stay_as_they_are(pieces: list[str]) -> None:
    result = fix("".join(pieces).encode())
    assert result.content is None
    assert not result.fixed


EVENTS = """
import time
import asyncio

log = []

def note(value):
    log.append(value)
    return value

async def run(numbers):
    total = 0
    for number in numbers:
        {statement}
        log.append(("after", number))
    return total, log
"""
STATEMENTS = (
    "time.sleep(note(number + 1))",
    "total += number if time.sleep(note(0) + 1) is None else 1",
    "total, _ = total + note(number), time.sleep(0.5)",
    "results = [time.sleep(note(n)) for n in range(number)]; total += len(results)",
    "assert (time.sleep(0.5) or number) == number; total -= note(number)",
    "if note(number) > 1 and not time.sleep(0.5): total += 2",
)


@settings(max_examples=25)
@given(statement=st.sampled_from(STATEMENTS), numbers=st.lists(st.integers(0, 3), max_size=4))
def test_a_mended_sleep_does_the_same(statement: str, numbers: list[int]) -> None:
    text = EVENTS.format(statement=statement)
    result = fix(text.encode())
    assert result.content is not None
    assert b"time.sleep" not in result.content
    assert _outcome(text, numbers) == _outcome(result.content.decode(), numbers)


def _outcome(text: str, numbers: list[int]) -> Any:
    """What the program returns and logs when sleeping takes no time."""

    async def nap(_seconds: float) -> None:
        return None

    names: dict[str, Any] = {}
    exec(compile(text, "program", "exec"), names)
    fake_time = type("fake", (), {"sleep": staticmethod(lambda _seconds: None)})
    fake_asyncio = type("fake", (), {"sleep": staticmethod(nap)})
    names["time"], names["asyncio"] = fake_time, fake_asyncio
    return asyncio.run(names["run"](numbers))


def test_real_sleeps_are_the_ones_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    result = fix(EVENTS.format(statement="time.sleep(0.5)").encode())
    assert result.content is not None
    names: dict[str, Any] = {}
    exec(compile(result.content, "program", "exec"), names)
    assert asyncio.run(names["run"]([1, 2])) == (0, [("after", 1), ("after", 2)])
    assert slept == []
