"""The rules about imports across files: the same answers whatever is asked first, and what cycles there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fixture_runner import find_cases, make_resolver, run_case

from antipatterns.check import check_content
from antipatterns.facts.imports import collect_imports
from antipatterns.facts.model import ImportKind
from antipatterns.index.breaking import Use, cheapest_break
from antipatterns.index.cycles import Cycle, find_components
from antipatterns.index.project import Project
from antipatterns.index.projects import Projects
from antipatterns.project.layers import LayerOptions, find_bans
from antipatterns.settings import Overrides, SettingsError, SettingsResolver
from antipatterns.source import parse_source
from antipatterns.walk import walk

PROJECTS = [case for case in find_cases() if case.code in ("AP402", "AP403", "AP404") and case.path.is_dir()]


@pytest.mark.parametrize("case", PROJECTS, ids=str)
def test_each_file_alone_says_the_same(case) -> None:
    resolver = make_resolver(case)
    alone = []
    for path in reversed(case.files):
        alone += check_content(str(path), path.read_bytes(), resolver.settings_for(path), Projects()).findings
    assert sorted(alone, key=lambda one: one.order) == sorted(run_case(case), key=lambda one: one.order)


@pytest.mark.parametrize("case", PROJECTS, ids=str)
def test_the_order_of_questions_does_not_matter(case) -> None:
    resolver, projects, found = make_resolver(case), Projects(), []
    for path in reversed(case.files):
        found += check_content(str(path), path.read_bytes(), resolver.settings_for(path), projects).findings
    assert sorted(found, key=lambda one: one.order) == sorted(run_case(case), key=lambda one: one.order)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": "b", "b": "a"}, ["ab"]),
        ({"a": "b", "b": "c", "c": ""}, ["a", "b", "c"]),
        ({"a": "b", "b": "cd", "c": "b", "d": "ef", "e": "", "f": "d"}, ["a", "bc", "df", "e"]),
        ({"a": "a"}, ["a"]),
        ({"a": "bc", "b": "d", "c": "d", "d": "a"}, ["abcd"]),
    ],
)
def test_components(graph: dict[str, str], expected: list[str]) -> None:
    found = find_components(list(graph), graph.__getitem__, ())
    assert sorted("".join(sorted(group)) for group in found) == expected


def kinds_in(text: str) -> dict[str, ImportKind]:
    source = parse_source("a.py", text.encode())
    walked = walk(source.tree, frozenset({ast.Import, ast.ImportFrom}))
    found = collect_imports(source.tree, walked.matches, lambda node: (node.lineno, 1, 1, 1))  # type: ignore[arg-type]
    return {one.module: one.kind for one in found}


def test_kinds_of_imports() -> None:
    text = """
import a
if TYPE_CHECKING:
    import b
elif X:
    import c
else:
    import d
if not TYPE_CHECKING:
    import e
else:
    import f
if typing.TYPE_CHECKING and X:
    import g
    def inside():
        import h
if X:
    if TYPE_CHECKING:
        import i
    else:
        import j
if "__main__" == __name__:
    import k
else:
    import l
try:
    import m
except ImportError:
    import n
class C:
    import o
    def method(self):
        import p
match X:
    case 1:
        import q
if X or TYPE_CHECKING:
    import r
"""
    by_kind: dict[ImportKind, str] = {}
    for name, kind in kinds_in(text).items():
        by_kind[kind] = by_kind.get(kind, "") + name
    assert by_kind == {
        ImportKind.RUN_TIME: "aelmnoq",
        ImportKind.TYPE_ONLY: "bfgi",
        ImportKind.CONDITIONAL: "cdjr",
        ImportKind.LAZY: "hkp",
    }


def cycle_in(folder: Path, **texts: str) -> Cycle | None:
    (folder / "pyproject.toml").touch()
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    project = Project()
    module = project.modules.module_at(folder / "a.py")
    assert module is not None
    return project.cycles(frozenset({ImportKind.RUN_TIME})).cycle_of(module)


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("from __future__ import annotations\nfrom b import x\ndef f(y: x): ...", Use.ANNOTATIONS),
        ("from b import x\ndef f(y: 'x'): ...", Use.ANNOTATIONS),
        ("from b import x\ndef f(y: x): ...", Use.IMPORT),
        ("from __future__ import annotations\nfrom b import x\n__all__ = ['x']\ndef f(y: x): ...", Use.IMPORT),
        ("from b import x\ndef f(): return x", Use.FUNCTION),
        ("from b import x\ndef f(): return x\nclass C:\n def g(self): return x", Use.FUNCTIONS),
        ("from b import x\ndef f(y=x): return x", Use.IMPORT),
        ("from b import x\ndef f(x): return x", Use.IMPORT),
        ("from b import x\nf = lambda: x", Use.FUNCTION),
        ("from b import x\n@x\ndef f(): return x", Use.IMPORT),
        ("from b import *\ndef f(): return x", Use.IMPORT),
        ("import b\ndef f(): return b.x", Use.FUNCTION),
        ("from b import x, z\ndef f(): return x", Use.IMPORT),
        ("from b import x\nx = x or 1\ndef f(): return x", Use.IMPORT),
    ],
)
def test_uses_of_an_import(text: str, use: Use, tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path, a=text, b="import a\nx = z = a.f")
    assert cycle is not None
    index, found = cheapest_break(cycle, {}, {})
    assert (found.edges[0].source.name, found.use) == ("a", use) or (use is Use.IMPORT and index in (0, 1))


def test_no_cycle(tmp_path: Path) -> None:
    assert cycle_in(tmp_path, a="import b", b="import c", c="import d") is None


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"layers": ["a b"]}, 'layers[0]: expected dotted names with " | " or " : " between them, got "a b"'),
        ({"layers": ["a | b : c"]}, 'layers[0]: expected dotted names with " | " or " : " between them'),
        ({"independent": ["a | "]}, 'independent[0]: expected dotted names with " | " between them'),
        ({"forbidden": ["a > b"]}, 'forbidden[0]: expected "module -> module", got "a > b"'),
        ({"allow": [{"from": "a", "to": "b"}]}, "allow[0]: expected table of from, to and reason"),
        ({"allow": [{"from": "a", "to": "b", "reason": ""}]}, "allow[0]: expected table of from, to and reason"),
    ],
)
def test_layers_that_cannot_be_read(table: dict[str, object], error: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(error)):
        SettingsResolver(isolated=True, overrides=Overrides({"layer-violation": table})).settings_for(Path("a.py"))


def test_layers() -> None:
    options = LayerOptions(layers=("a", "b|c", "d : e"), containers=("x",), independent=("x.d | y",))
    assert [ban.targets for ban in find_bans(("x", "b", "z"), options)] == [
        {("x", "a"): '"b" stands below "a"', ("x", "c"): '"b" and "c" are independent'}
    ]
    assert [set(ban.targets) for ban in find_bans(("x", "d"), options)] == [
        {("x", "a"), ("x", "b"), ("x", "c")},
        {("y",)},
    ]
    assert not find_bans(("x",), options)
    assert not find_bans(("b",), options)
