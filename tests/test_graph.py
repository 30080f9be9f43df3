"""``graph``: what it shows of imports and calls, that pictures hold any name, that the rules' verdicts are in it."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from fixture_runner import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from antipatterns import cli
from antipatterns.index.call_chains import find_wanted
from antipatterns.report import dot, mermaid
from antipatterns.report.drawing import Box, Drawing, Line, Mark
from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LAYERS = FIXTURES / "AP404_layer_violation" / "project"
DOMAIN = FIXTURES / "AP402_infrastructure_reached_from_domain" / "project"
CYCLES = FIXTURES / "AP403_circular_import" / "project"
CALLS = FIXTURES / "AP102_blocking_call_through_helper" / "project"
MARKS = re.compile(r"^    → (\S+)(?: \[(.*)\])? (\S+):(\d+)$")


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Any  # a callable: run(*arguments) -> Ran


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run_here(*arguments: str | Path) -> Ran:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        return Ran(status, *capsys.readouterr())

    return run_here


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes a project of texts by path, in the working directory."""
    monkeypatch.chdir(tmp_path)

    def make(**texts: str) -> Path:
        (tmp_path / "pyproject.toml").touch()
        for name, text in texts.items():
            path = tmp_path / (name.replace("__", "/").replace("INIT", "__init__") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def arrows_in(text: str) -> Iterator[tuple[str, str, set[str], str, int]]:
    """Source, target, notes, path and line of each import in a graph as text."""
    source = ""
    for line in text.splitlines():
        found = MARKS.match(line)
        if found is None:
            source = line.partition(" [")[0]
        else:
            yield source, found[1], set((found[2] or "").split(", ")) - {""}, found[3], int(found[4])


# --- Imports ------------------------------------------------------------------------------------------------


def test_imports_as_text(project, run: Run) -> None:
    project(
        shop__a="from shop import b\nif T:\n    import shop.c\ndef f():\n    from shop.d import x\n",
        shop__b="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.a\nimport shop.c, os, requests\n",
        shop__c="",
        shop__d="x = 1\n",
    )
    ran = run("graph", "--no-cache")
    assert ran == Ran(
        0,
        "shop.a\n"
        "    → shop.b shop/a.py:1\n"
        "    → shop.c [conditional] shop/a.py:3\n"
        "    → shop.d [lazy] shop/a.py:5\n"
        "shop.b\n"
        "    → shop.a [type-only] shop/b.py:3\n"
        "    → shop.c shop/b.py:4\n"
        "shop.c\n"
        "shop.d\n"
        "4 modules, 5 imports, 0 cycles, 0 violations.\n",
        "",
    )


def test_kinds_choose_imports(project, run: Run) -> None:
    project(a="import b\ndef f():\n    import c\n", b="", c="")
    assert [arrow[1] for arrow in arrows_in(run("graph", "--no-cache", "--kinds", "lazy").out)] == ["c"]
    both = run("graph", "--no-cache", "-q", "--kinds", "lazy,run-time").out
    assert both == "a\n    → b a.py:1\n    → c [lazy] a.py:3\nb\nc\n"


def test_modules_imported_by_a_literal_name_are_shown_and_break_nothing(project, run: Run) -> None:
    project(
        a='import importlib\nfrom importlib import import_module as load\nimportlib.import_module("b")\n'
        'importlib.import_module(name)\nload("c")\nclass Other:\n    def import_module(self, name): ...\n'
        'Other().import_module("d")\n',
        b='from importlib import import_module\ndef f():\n    return import_module("c")\n',
        c="import a\n",
        d="",
    )
    assert run("graph", "--no-cache", "-q", "--kinds", "dynamic").out == (
        "a\n    → b [dynamic] a.py:3\n    → c [dynamic] a.py:5\nb\n    → c [dynamic] b.py:3\nc\nd\n"
    )
    assert "0 cycles" in run("graph", "--no-cache").err + run("graph", "--no-cache").out


def test_the_earliest_of_several_imports_counts(project, run: Run) -> None:
    project(a="def f():\n    from b import y\nfrom b import x, z\nfrom b import x\n", b="x = y = z = 1\n")
    assert list(arrows_in(run("graph", "--no-cache").out)) == [("a", "b", {"3 imports"}, "a.py", 3)]


@pytest.mark.parametrize("folder", [LAYERS, DOMAIN])
def test_what_rules_report_is_marked(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    codes = "AP401,AP402,AP404"
    checked = json.loads(run("check", "--no-cache", "--select", codes, "--output-format", "json", "-q").out)
    text = run("graph", "--no-cache", "--depth", "all").out
    arrows = list(arrows_in(text))
    for finding in checked:
        assert f"{finding['path']}:{finding['line']}:{finding['column']}: {finding['code']} " in text
        for hop in finding["hops"]:
            target = hop["function"].removeprefix("import ")
            notes = [arrow[2] for arrow in arrows if arrow[1] == target and arrow[3] == hop["path"]]
            assert any(finding["code"] in note for note in notes), hop
        if not finding["hops"]:
            assert any(finding["code"] in arrow[2] for arrow in arrows if arrow[3] == finding["path"])
    steps = {
        (one["code"], hop["path"], hop["function"].removeprefix("import ")) for one in checked for hop in one["hops"]
    }
    for _, target, notes, path, _ in arrows:
        for code in notes & {"AP402", "AP404"}:
            assert (code, path, target) in steps


def test_a_suppressed_violation_is_none(project, run: Run) -> None:
    project(
        shop__domain__order="import requests  # noqa: AP401\nfrom shop import far  # noqa: AP402\n",
        shop__far="import httpx\n",
    )
    assert run("graph", "--no-cache").out.endswith("1 import, 0 cycles, 0 violations.\n")


def test_cycles_are_those_of_the_rule(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CYCLES)
    checked = json.loads(run("check", "--no-cache", "--select", "AP403", "--output-format", "json", "-q").out)
    text = run("graph", "--no-cache", "--depth", "all").out
    assert len(re.findall(r"^\d+: .* → ", text, re.MULTILINE)) == len(checked) > 1
    tied = {(arrow[3], arrow[1]) for arrow in arrows_in(text) if any(note.startswith("cycle") for note in arrow[2])}
    for finding in checked:
        for hop in finding["hops"]:
            assert (hop["path"], hop["function"].removeprefix("import ")) in tied


def test_cycles_count_what_the_settings_count(project, run: Run) -> None:
    folder = project(a="import b\n", b="def f():\n    import a\n")
    assert ", 0 cycles" in run("graph", "--no-cache").out
    (folder / "pyproject.toml").write_text("[tool.antipatterns.circular-import]\ncount-lazy = true\n")
    assert "1: a → b → a\n" in run("graph", "--no-cache").out


def test_packages_above_are_shown_only_where_they_close_a_cycle(project, run: Run) -> None:
    project(shop__INIT="from shop import a\nx = 1\n", shop__a="from shop import x\n", shop__b="import shop.a\n")
    arrows = [arrow[:2] for arrow in arrows_in(run("graph", "--no-cache").out)]
    assert arrows == [("shop", "shop.a"), ("shop.a", "shop"), ("shop.b", "shop.a")]


def test_stubs_and_broken_files_are_left_out(project, run: Run) -> None:
    folder = project(a="import b\n", b="", broken="def\n")
    (folder / "a.pyi").write_text("import broken\n")
    ran = run("graph", "--no-cache")
    assert ran.out.startswith("a\n    → b a.py:1\nb\n2 modules")
    assert ran.err == "antipatterns: warning: left out broken.py: cannot be read or parsed\n"


# --- Folding ------------------------------------------------------------------------------------------------


def many(count: int) -> dict[str, str]:
    texts = {f"shop__p{number % 7}__m{number}": "import shop.core.base\n" for number in range(count)}
    return {**texts, "shop__core__base": "import shop.core.low\n", "shop__core__low": "", "main": "import shop.p0.m0\n"}


def test_depth_folds_into_packages(project, run: Run) -> None:
    project(**many(14))
    text = run("graph", "--no-cache", "--depth", "2").out
    assert (
        "main\n    → shop.p0 main.py:1\nshop.core [2 modules]\nshop.p0 [2 modules]\n    → shop.core [2 imports]" in text
    )
    assert "shop.p0.m0" not in text
    assert run("graph", "--no-cache", "--depth", "1").out.startswith("main\n    → shop main.py:1\nshop [16 modules]\n")


def test_a_large_graph_is_folded_by_itself(project, run: Run) -> None:
    project(**many(120))
    ran = run("graph", "--no-cache")
    assert "shop.p0 [18 modules]" in ran.out
    assert "123 modules are folded into 9 packages: --depth" in ran.err
    assert run("graph", "--no-cache", "-q").err == ""
    assert "shop.p0.m0\n" in run("graph", "--no-cache", "--depth", "all").out


def test_focus_shows_what_lies_below_and_around(project, run: Run) -> None:
    project(**many(14))
    text = run("graph", "--no-cache", "--module", "shop.core.base").out
    assert [arrow[:2] for arrow in arrows_in(text)][-1] == ("shop.p6.m6", "shop.core.base")
    assert "shop.core.low" in text
    assert "main" not in text
    folded = run("graph", "--no-cache", "--module", "shop.core", "--depth", "1").out
    assert folded.startswith(
        "shop.core.base\n    → shop.core.low shop/core/base.py:1\nshop.core.low\nshop.p0 [2 modules]\n"
    )


def test_modules_of_one_name_are_kept_apart(project, run: Run) -> None:
    folder = project(
        one__src__tool="import part\n", one__src__part="", two__src__tool="import part\n", two__src__part=""
    )
    for name in ("one", "two"):
        (folder / name / "pyproject.toml").touch()
    text = run("graph", "--no-cache").out
    assert "tool (two/src)\n    → part (two/src) two/src/tool.py:1\n" in text
    assert "tool (one/src)\n    → part (one/src) one/src/tool.py:1\n" in text


# --- Calls --------------------------------------------------------------------------------------------------


def test_calls_as_a_tree(project, run: Run) -> None:
    project(
        low="import time\ndef nap():\n    time.sleep(1)\n",
        high=(
            "import time\nfrom low import nap\ndef rest():\n    nap()\n"
            "async def day():\n    rest()\n    nap()\n    time.sleep(2)\n"
        ),
    )
    ran = run("graph", "--no-cache", "--calls", "time.sleep")
    assert ran.out == (
        "time.sleep()\n"
        "    high.py:8:5: AP101 in day\n"
        "    low.py:3: in nap\n"
        "        high.py:4: in rest\n"
        "            high.py:6:5: AP102 in day\n"
        "        high.py:7:5: AP102 in day\n"
        "3 calls in loop code lead to time.sleep.\n"
    )
    assert ran.status == 0


@pytest.mark.parametrize("category", ["sleep", "http", "file"])
def test_calls_are_what_the_rules_report(category: str, run: Run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(CALLS)
    config = tmp_path / "pyproject.toml"
    config.write_text(f'[tool.antipatterns]\nblocking-categories = ["{category}"]\n')
    arguments = ("--no-cache", "--config", config, "--python", "packages")
    checked = run("check", *arguments, "--select", "AP101,AP102", "-q", "--output-format", "json").out
    expected = {(one["path"], one["line"], one["column"], one["code"]) for one in json.loads(checked)}
    text = run("graph", *arguments, "--calls", category).out
    found = re.findall(r"^ +(\S+):(\d+):(\d+): (AP\d+) in", text, re.MULTILINE)
    assert {(path, int(line), int(column), code) for path, line, column, code in found} == expected


def test_something_nearer_hides_nothing(project, run: Run) -> None:
    project(a="import requests\nasync def f():\n    g()\ndef g():\n    open('x')\n    requests.get('u', timeout=1)\n")
    assert (
        "requests.get()\n    a.py:6: in g\n        a.py:3:5: AP102 in f\n"
        in run("graph", "--no-cache", "--calls", "requests").out
    )
    assert run("graph", "--no-cache", "--calls", "open").out.startswith("open()\n    a.py:5: in g\n")


def test_calls_of_the_settings_own_sinks_and_of_modules(project, run: Run) -> None:
    folder = project(
        a="import old.lib\nasync def f():\n    old.lib.fetch()\n",
        b="import old.lib\nasync def g():\n    old.lib.fetch()\n",
    )
    (folder / "pyproject.toml").write_text('[tool.antipatterns]\nblocking = ["old.lib.fetch"]\n')
    assert run("graph", "--no-cache", "--calls", "old.lib").out.count("AP101") == 2
    assert run("graph", "--no-cache", "--calls", "old.lib.fetch", "--module", "b").out.count("AP101") == 1


@pytest.mark.parametrize(
    ("text", "name", "categories"),
    [
        ("http", "http", ("http",)),
        ("open", "builtins.open", ("file",)),
        ("time", "time", ("sleep",)),
        ("requests.Session.get", "requests.Session.get", ("http",)),
        ("requests.sessions.Session", "requests.Session", ("http",)),
        ("nobody.knows", None, ()),
        ("", None, ()),
        ("reques", None, ()),
    ],
)
def test_names_of_sinks(text: str, name: str | None, categories: tuple[str, ...]) -> None:
    wanted = find_wanted(text, ())
    assert (wanted and wanted.name) == name
    assert wanted is None or wanted.categories == categories


# --- Pictures -----------------------------------------------------------------------------------------------

STRING = r'"(?:[^"\\]|\\.)*"'
STATEMENT = re.compile(rf"    ({STRING})(?: -> ({STRING}))?(?: \[(\w+={STRING}(?:, \w+={STRING})*)\])?;")


def parse_dot(text: str) -> tuple[list[str], list[tuple[str, str, dict[str, str]]]]:
    """The nodes and edges of a graph in DOT: of what is written here, one statement on a line."""
    first, *lines, last, empty = text.split("\n")
    assert re.fullmatch(rf"digraph {STRING} {{", first)
    assert (last, empty) == ("}", "")
    nodes, edges = [], []
    for line in lines:
        if re.match(r"    (graph|node|edge) \[", line):
            continue
        found = STATEMENT.fullmatch(line)
        assert found, line
        if found[2] is None:
            nodes.append(unquote(found[1]))
        else:
            attributes = dict(re.findall(rf"(\w+)=({STRING})", found[3] or ""))
            edges.append(
                (unquote(found[1]), unquote(found[2]), {key: unquote(value) for key, value in attributes.items()})
            )
    return nodes, edges


def unquote(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text[1:-1])


def parse_mermaid(text: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The nodes by name and the edges of a flowchart, their texts as a browser shows them."""
    nodes, edges = {}, []
    head, *lines = text.splitlines()
    assert head == "flowchart LR"
    for line in lines:
        if re.match(r"    (classDef|class|linkStyle) [\w,#:; -]+$", line):
            continue
        node = re.fullmatch(r'    (n\d+)\["([^"\[\]|{}<>`%]*(?:<br/>[^"\[\]|{}<>`%]*)*)"\]', line)
        edge = re.fullmatch(r'    (n\d+) (?:-->|-\.->)(?:\|"([^"\[\]|{}<>`%]*)"\|)? (n\d+)', line)
        assert node or edge, line
        if node:
            nodes[node[1]] = "\n".join(map(shown, node[2].split("<br/>")))
        elif edge:
            edges.append((edge[1], edge[3], shown(edge[2] or "")))
    return nodes, edges


def shown(text: str) -> str:
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", text))


NAMES = st.lists(st.text(min_size=1, max_size=12) | st.text('"\\[]|{}<>#;&`%n\n', min_size=1), min_size=1, max_size=2)


@given(NAMES, NAMES, st.text(max_size=8) | st.text('"\\|#;', max_size=5), st.sampled_from(Mark), st.booleans())
def test_any_name_survives(one: list[str], two: list[str], label: str, mark: Mark, is_dashed: bool) -> None:
    boxes = (Box(tuple(one), mark), Box((*two, "2"), mark))
    drawing = Drawing("x", boxes, (Line(0, 1, label, mark, is_dashed=is_dashed),))
    texts = ["\n".join(map(escape_controls, box.lines)) for box in boxes]
    nodes, edges = parse_dot(dot.format_drawing(drawing))
    assert nodes == texts
    assert [(*edge[:2], edge[2].get("label", "")) for edge in edges] == [(*texts, escape_controls(label))]
    by_name, drawn = parse_mermaid(mermaid.format_drawing(drawing))
    assert [by_name["n0"], by_name["n1"]] == texts
    assert drawn == [("n0", "n1", escape_controls(label))]


def test_pictures_hold_what_the_text_holds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LAYERS)
    text = run("graph", "--no-cache").out
    expected = {(source, target, frozenset(notes)) for source, target, notes, *_ in arrows_in(text)}
    _, edges = parse_dot(run("graph", "--no-cache", "--output-format", "dot").out)
    labelled = {
        (source, target, frozenset(filter(None, more.get("label", "").split(", ")))) for source, target, more in edges
    }
    assert labelled == expected
    assert {more["color"] for *_, more in edges if "AP404" in more.get("label", "")} == {"#c00000"}
    nodes, drawn = parse_mermaid(run("graph", "--no-cache", "--format", "mermaid").out)
    named = {(nodes[one], nodes[two], frozenset(filter(None, label.split(", ")))) for one, two, label in drawn}
    assert named == expected


def test_pictures_of_calls(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CALLS)
    nodes, edges = parse_dot(run("graph", "--no-cache", "--calls", "sleep", "--format", "dot").out)
    assert "time.sleep()" in nodes
    assert ("main\nscripts/settle.py", "settle\nscripts/waiting.py", {"label": "7"}) in edges
    names, drawn = parse_mermaid(run("graph", "--no-cache", "--calls", "sleep", "--format", "mermaid").out)
    assert sorted(names.values()) == sorted(nodes)
    assert len(drawn) == len(edges)


def test_mermaid_says_what_it_cannot_draw(project, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    project(a="import b\n", b="")
    monkeypatch.setattr(mermaid, "MOST_LINES", 0)
    assert "maxEdges" in run("graph", "--no-cache", "--format", "mermaid").err


# --- The command --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--calls", "time.slep"], 'nothing that blocks is called "time.slep", did you mean "time.sleep"?'),
        (["--calls", "htp"], 'nothing that blocks is called "htp", did you mean "http"?'),
        (["--module", "shop.apii"], 'no module "shop.apii" in the files, did you mean "shop.api"?'),
        (["--calls", "http", "--module", "shoop"], 'no module "shoop" in the files, did you mean "shop"?'),
        (["--kinds", "lasy"], 'no kind of imports "lasy", did you mean "lazy"?'),
        (["--kinds", "x"], 'no kind of imports "x": there are run-time, conditional, lazy, type-only, dynamic'),
        (["--calls", "http", "--depth", "2"], "--depth and --kinds go with --imports"),
        (["--calls", "http", "--depth", "all"], "--depth and --kinds go with --imports"),
        (["--calls", "http", "--imports"], "not allowed with argument"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["--depth", "0"], "expected a whole number from 1 on"),
        (["nowhere"], "nowhere: no such file or folder"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--output-file", "no/folder/x.dot"], "cannot write no/folder/x.dot: No such file"),
    ],
)
def test_errors_are_one_line(arguments: list[str], expected: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LAYERS)
    ran = run("graph", "--no-cache", *arguments)
    assert ran.status == 2
    assert expected in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_nothing_to_show_is_a_warning(project, run: Run) -> None:
    project()
    ran = run("graph", "--no-cache")
    assert ran == Ran(
        0, "0 modules, 0 imports, 0 cycles, 0 violations.\n", "antipatterns: warning: no Python files in .\n"
    )
    assert run("graph", "--no-cache", "--calls", "http", "-q") == Ran(0, "", "")


def graph(*arguments: str, cwd: Path, **environment: str) -> str:
    command = [sys.executable, "-m", "antipatterns", "graph", *arguments]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, check=False, env={**os.environ, **environment})
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode("utf-8")


@pytest.mark.parametrize("arguments", [(), ("--calls", "sleep")], ids=["imports", "calls"])
def test_as_a_process_it_says_the_same_again(arguments: tuple[str, ...], tmp_path: Path) -> None:
    folder = CALLS if arguments else LAYERS
    for form in ("text", "dot", "mermaid"):
        common = (*arguments, "--format", form)
        cold = graph(*common, "--cache-dir", str(tmp_path / form), cwd=folder, PYTHONHASHSEED="1")
        warm = graph(*common, "--cache-dir", str(tmp_path / form), cwd=folder, PYTHONHASHSEED="2")
        assert cold == warm == graph(*common, "--no-cache", "-j2", cwd=folder)
        graph(*common, "--no-cache", "--output-file", str(tmp_path / "out"), cwd=folder)
        written = (tmp_path / "out").read_text(encoding="utf-8")
        assert written
        assert cold.startswith(written)


def test_after_an_edit_the_graph_is_a_new_one(project, run: Run) -> None:
    folder = project(a="import b\n", b="", c="")
    assert [arrow[1] for arrow in arrows_in(run("graph").out)] == ["b"]
    (folder / "a.py").write_text("import c\n")
    assert [arrow[1] for arrow in arrows_in(run("graph").out)] == ["c"]
    assert [arrow[1] for arrow in arrows_in(run("graph").out)] == ["c"]
