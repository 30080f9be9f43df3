"""Whatever is edited between two runs, the one with a cache says what the one without says; and facts compared."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from antipatterns import cli
from antipatterns.cache import snapshot
from antipatterns.facts.likeness import Likeness, compare_facts
from antipatterns.facts.store import decode_facts, encode_facts
from antipatterns.index.modules import facts_in

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("a", "b", "c", "d")
SETTINGS = """
[tool.antipatterns]
select = ["AP1", "AP4"]
domain-modules = ["shop.a"]
infrastructure-modules = ["d"]
[tool.antipatterns.layer-violation]
layers = ["c", "b", "a"]
containers = ["shop"]
"""
# What a module may hold; {one} and {two} are other modules. An edit takes some out, puts some in, or moves them.
PIECES = (
    "import time",
    "from __future__ import annotations",
    "import asyncio",
    "from shop import {one}",
    "from shop.{one} import work",
    "from shop.{one} import *",
    "from shop.{two} import Thing",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.{two} import Thing",
    "def work():\n    time.sleep(1)",
    "def work():\n    pass",
    "def work(now=False):\n    if now:\n        time.sleep(1)",
    "def work():\n    {one}.work()",
    "def work():\n    from shop.{two} import rest\n    rest()",
    "def rest(x: Thing = None):\n    open('x')",
    "def rest():\n    return Thing()",
    "async def rest():\n    pass",
    "class Thing:\n    def run(self):\n        work()",
    "class Thing:\n    def __init__(self, other: {one}.Thing):\n        self.run = other.run",
    "class Thing({two}.Thing):\n    pass",
    "async def main():\n    work()",
    "async def main(thing: Thing):\n    thing.run()\n    work(now=True)",
    "async def main():\n    work(now=1)\n    {one}.work()",
    "async def again():\n    rest()\n    {two}.rest()",
    "async def again():\n    asyncio.run(rest())\n    rest().run()",
    "assert Thing",
    "# a comment",
    "\n\n",
    "x = 1",
    "print(Thing)",
    "def ({one}",
)
modules = st.lists(st.integers(0, len(PIECES) - 1), max_size=9)
edits = st.tuples(
    st.integers(0, len(NAMES) - 1),
    st.integers(0, 9),
    st.sampled_from(("in", "out", "up", "gone")),
    st.integers(0, len(PIECES) - 1),
)


def text_of(name: str, pieces: Sequence[int]) -> str:
    one, two = [other for other in NAMES if other != name][:2] if name != "b" else ("c", "d")
    return "\n".join(PIECES[piece].replace("{one}", one).replace("{two}", two) for piece in pieces) + "\n"


def write(path: Path, text: str) -> None:
    """As if long ago, and never at the same time as before: what is young is not trusted by its time."""
    before = path.stat().st_mtime if path.exists() else 1_600_000_000
    path.write_text(text, encoding="utf-8")
    os.utime(path, (before + 60, before + 60))


def settle(shop: Path) -> None:
    for folder in (shop, shop.parent):
        os.utime(folder, (1_600_000_000, 1_600_000_000))


def check(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        cli.main(["check", "-j1", "-q", "--output-format", "json", *arguments])
    return out.getvalue()


def apply(edit: tuple[int, int, str, int], pieces: list[list[int]]) -> None:
    module, at, what, piece = edit
    here = pieces[module]
    at = min(at, len(here))
    if what == "in":
        here.insert(at, piece)
    elif what == "gone":
        here.clear()
    elif at < len(here):
        taken = here.pop(at)
        if what == "up":
            here.insert(max(0, at - 1), taken)


@settings(max_examples=25)
@given(st.tuples(modules, modules, modules, modules), st.lists(edits, min_size=1, max_size=5), st.booleans())
@example(([1, 6, 13], [], [3, 16, 21], []), [(0, 3, "in", 24)], False)  # what a uses moves the finding to c
def test_warm_runs_say_what_cold_ones_say(
    start: tuple[list[int], ...], changes: list[tuple[int, int, str, int]], has_snapshots: bool
) -> None:
    pieces = [list(one) for one in start]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(Path(folder, "user")))
        patch.setattr(snapshot, "FEW", 0 if has_snapshots else snapshot.FEW)
        shop = Path(folder, "project", "shop")
        shop.mkdir(parents=True)
        patch.chdir(shop.parent)
        write(shop.parent / "pyproject.toml", SETTINGS)
        write(shop / "__init__.py", "")
        for name, one in zip(NAMES, pieces, strict=True):
            write(shop / f"{name}.py", text_of(name, one))
        warm = partial(check, "--cache-dir", str(Path(folder, "store")))
        settle(shop)
        assert warm() == check("--no-cache")
        for edit in changes:
            apply(edit, pieces)
            write(shop / f"{NAMES[edit[0]]}.py", text_of(NAMES[edit[0]], pieces[edit[0]]))
            settle(shop)
            assert warm() == check("--no-cache")
        assert warm() == check("--no-cache")


# --- Facts compared -----------------------------------------------------------------------------------------

BEFORE = """
import time
from shop import far


def work(now=False):
    if now:
        time.sleep(1)
    far.work(); far.rest()


class Thing:
    def run(self):
        return [work() for x in self.things()]
"""


def likeness(before: str, after: str) -> Likeness:
    one, two = (facts_in("a.py", text.encode()) for text in (before, after))
    assert one is not None
    assert two is not None
    return compare_facts(decode_facts(encode_facts(one)), two)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("import time", "import time", Likeness.SAME),
        ("time.sleep(1)", "time.sleep(1)  # a comment", Likeness.SAME),
        ("import time", "# a comment\nimport time", Likeness.MOVED),
        ("    if now", "    # a comment\n\n    if now", Likeness.MOVED),
        ("time.sleep(1)", "time.sleep(\n            1)", Likeness.OTHER),
        ("far.work(); far.rest()", "far.work()\n    far.rest()", Likeness.OTHER),
        ("import time\nfrom shop import far", "from shop import far\nimport time", Likeness.OTHER),
        ("far.work(); far.rest()", "far.rest(); far.work()", Likeness.OTHER),
        ("        time.sleep(1)\n", "        pass\n    time.sleep(1)\n", Likeness.OTHER),
        ("sleep(1)", "sleep(2)", Likeness.OTHER),
        ("sleep(1)", "sleep(True)", Likeness.OTHER),
        ("now=False", "now=0", Likeness.OTHER),
        ("import time", "import time as time, os", Likeness.OTHER),
        ("def run", "async def run", Likeness.OTHER),
        ("class Thing:", "class Thing(far.Thing):", Likeness.OTHER),
    ],
)
def test_likeness(old: str, new: str, expected: Likeness) -> None:
    assert old in BEFORE
    assert likeness(BEFORE, BEFORE.replace(old, new, 1)) is expected


@given(st.integers(0, 14), st.integers(0, 14))
def test_lines_that_are_put_in_change_nothing_but_lines(one: int, two: int) -> None:
    lines = BEFORE.split("\n")
    lines.insert(one, "")
    lines.insert(two, "# a comment")
    assert likeness(BEFORE, "\n".join(lines)) in (Likeness.MOVED, Likeness.SAME)
