"""What holds for every project: whatever files say of each other, nothing crashes, and their order changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from antipatterns.check import check_file
from antipatterns.index.projects import Projects
from antipatterns.project.discover import DiscoveredFile
from antipatterns.settings import Overrides, SettingsResolver

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from antipatterns.finding import Finding

NAMES = ("a", "b", "f", "g", "K", "L")
MODULES = ("p", "p.m", "p.n", "p.q.r")
# "$" stands for a name, "%" for a path of names, "@" for a module, "&" for a line inside a function.
STATEMENTS = (
    "from @ import *",
    "from @ import $ as $",
    "from .n import *",
    "import @ as $",
    "import @",
    "from p.q import r as $",
    "$ = %",
    "$ = %()",
    "$ = [%(), %]",
    "$ = {'a': %, 'b': %()}",
    "$: % = %(%)",
    "$: list[%] | None = None",
    '$: TypeAlias = "% | %"',
    "$ = NewType('$', %)",
    "$ = functools.partial(%, %)",
    "$ = contextlib.contextmanager(%)",
    "$ = lambda $, $=%: %(%)",
    "%.append(%)",
    "$[%] = %",
    "@%\ndef $(): return %()",
    "def $($, *, $: % = %) -> %:\n    &\n    &\n    return %",
    "def $($: %):\n    &\n    yield %",
    "async def $($: % = None):\n    &\n    &\n    return %",
    "@%\nclass $(%):\n $ = %\n $: %\n def $(self, $=%):\n  &\n  self.$ = %()\n  return self.$",
    "class $(%, metaclass=%):\n def __init__(self, $):\n  super().__init__(%)\n  self.$ = $\n  &",
    "class $:\n @property\n def $(self) -> %: return self.$.$\n def __call__(self): return self",
    "class $(%):\n def __iter__(self):\n  yield %\n def __enter__(self): return %\n def __add__(self, o): &",
    "class $(%):\n def __getitem__(self, k): return %(k)\n def $(self): return %",
    "def __getattr__(name):\n    if name == '$':\n        from @ import $\n        return $",
)
INSIDE = (
    "%()",
    "%(%, $=%)",
    "$ = %(%)",
    "$ = await_ = %",
    "self.$ = %",
    "$[%]; % + %; % in %",
    "open(%)",
    "functools.partial(%)()",
    "super().$(%)",
    "with % as $: %()",
    "for $ in %: %($)",
    "asyncio.get_running_loop().call_soon(%, %)",
    "if isinstance(%, %): %.$()",
    "if %: return %()",
    "global $; $ = %",
    "$ = pathlib.Path(%).glob('*')",
    "$ = map(%, $)",
    "list($)",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """The text of one file."""

    def filled(letter: str) -> str:
        if letter == "$":
            return draw(st.sampled_from(NAMES))
        if letter == "%":
            return ".".join(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)))
        return fill(draw(st.sampled_from(INSIDE))) if letter == "&" else letter

    def fill(text: str) -> str:
        return "".join(map(filled, text))

    def line() -> str:
        text = draw(st.sampled_from(STATEMENTS))
        if "import" in text:
            text = text.replace("@", draw(st.sampled_from(MODULES)))
        return fill(text)

    lines = [line() for _ in range(draw(st.integers(1, 7)))]
    return "\n".join(["import asyncio, contextlib, functools, pathlib", "from typing import *", *lines, ""])


def findings_of(files: Sequence[DiscoveredFile]) -> Mapping[str, Sequence[Finding]]:
    overrides = Overrides({"select": ["AP101", "AP102", "AP104", "AP108", "AP203", "AP302", "AP402", "AP403"]})
    resolver, projects = SettingsResolver(isolated=True, overrides=overrides), Projects()
    found = {}
    for file in files:
        checked = check_file(file, resolver, projects)
        assert not checked.crashes, checked.crashes[0].traceback
        found[file.display] = checked.findings
    return found


@examples(150)
@given(st.tuples(*[texts() for _ in range(4)]), st.randoms(use_true_random=False))
@example(("", "from p.n import *\nfrom p.n import a", "from p.m import *", "import p.m\nasync def f(): p.m.b()"), None)
def test_files_that_refer_to_each_other(files: tuple[str, ...], shuffler: random.Random | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, text in zip(("p/__init__.py", "p/m.py", "p/n.py", "p/q/r.py"), files, strict=True):
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(text)
            found.append(DiscoveredFile(str(path), name))
        Path(folder, "p/q/__init__.py").write_text("")
        expected = findings_of(found)
        if shuffler is not None:
            shuffler.shuffle(found)
        assert findings_of(found) == expected
