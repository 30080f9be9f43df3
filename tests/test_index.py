"""The index: environments, modules of the same name, shapes that grow, and answers that do not depend on the order."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.check import check_file
from antipatterns.index.answers import Answers
from antipatterns.index.projects import Projects
from antipatterns.project.discover import DiscoveredFile
from antipatterns.project.environment import UnknownEnvironmentError, find_site_packages
from antipatterns.settings import Overrides, SettingsResolver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from antipatterns.finding import Finding

SLEEPS = "import time\n\ndef settle():\n    time.sleep(1)\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def check(folder: Path, names: list[str], python: str = "none", select: str = "AP102") -> list[Finding]:
    """The findings in some files, asked in this order, by one index."""
    overrides = Overrides({"select": [select], "python": python})
    resolver = SettingsResolver(isolated=True, overrides=overrides, cwd=folder)
    projects = Projects()
    found = []
    for name in names:
        checked = check_file(DiscoveredFile(str(folder / name), str(folder / name)), resolver, projects)
        assert not checked.crashes, checked.crashes[0].traceback
        found += checked.findings
    return found


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "antipatterns", "check", "--isolated", "-q", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


# --- Environments -------------------------------------------------------------------------------------------


def make_environment(folder: Path) -> Path:
    packages = folder / "lib" / "python3.12" / "site-packages"
    write(packages, {"vendor/__init__.py": SLEEPS})
    (folder / "bin").mkdir()
    (folder / "bin" / "python").touch()
    return packages


def test_an_environment_can_be_named_in_three_ways(tmp_path: Path) -> None:
    packages = make_environment(tmp_path / "env")
    for named in (packages, tmp_path / "env", tmp_path / "env" / "bin" / "python"):
        assert find_site_packages(str(named), None) == (packages,)
    assert find_site_packages("none", tmp_path) == ()


def test_environments_are_found_beside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    assert find_site_packages(None, tmp_path) == ()
    packages = make_environment(tmp_path / "venv")
    assert find_site_packages(None, tmp_path) == (packages,)
    other = make_environment(tmp_path / ".venv")
    assert find_site_packages(None, tmp_path) == (other,)
    active = make_environment(tmp_path / "active")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "active"))
    assert find_site_packages(None, tmp_path) == (active,)


def test_path_files_lead_to_editable_installations(tmp_path: Path) -> None:
    packages = make_environment(tmp_path / "env")
    (tmp_path / "work").mkdir()
    (packages / "work.pth").write_text(f"# a comment\nimport os\n{tmp_path / 'work'}\nmissing\n")
    assert find_site_packages(str(packages), None) == (packages, tmp_path / "work")


def test_what_is_no_environment_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownEnvironmentError, match="no such interpreter"):
        find_site_packages(str(tmp_path / "missing"), None)
    (tmp_path / "python").touch()
    with pytest.raises(UnknownEnvironmentError, match="no site-packages folder"):
        find_site_packages(str(tmp_path / "python"), None)


def test_the_command_says_so_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": f"{SLEEPS}\nasync def f():\n    settle()\n"})
    ran = run("--python", "missing", "a.py", cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "missing: no such interpreter, environment or folder" in ran.stderr


def test_packages_are_followed_where_an_environment_is_named(tmp_path: Path) -> None:
    packages = make_environment(tmp_path / "env")
    write(tmp_path, {"a.py": "import vendor\n\nasync def f():\n    vendor.settle()\n"})
    assert check(tmp_path, ["a.py"]) == []
    (finding,) = check(tmp_path, ["a.py"], str(packages))
    assert finding.message.endswith("settle() → time.sleep() [vendor/__init__.py:4]")
    assert [hop.path for hop in finding.hops] == [str(tmp_path / "a.py"), "vendor/__init__.py"]


# --- Modules ------------------------------------------------------------------------------------------------


def test_files_of_the_same_name_are_not_confused(tmp_path: Path) -> None:
    caller = "from tools import settle\n\nasync def f():\n    settle()\n"
    write(tmp_path, {"a/tools.py": SLEEPS, "a/main.py": caller})
    write(tmp_path, {"b/tools.py": "def settle(): ...\n", "b/main.py": caller})
    found = check(tmp_path, ["a/main.py", "b/main.py"])
    assert [finding.path for finding in found] == [str(tmp_path / "a" / "main.py")]


def test_src_layouts_and_namespace_packages(tmp_path: Path) -> None:
    caller = "from shop.tools.waiting import settle\n\nasync def f():\n    settle()\n"
    write(tmp_path, {"src/shop/tools/waiting.py": SLEEPS, "src/shop/main.py": caller, "pyproject.toml": ""})
    assert len(check(tmp_path, ["src/shop/main.py"])) == 1


@pytest.mark.parametrize("package", ["src/shop/shop", "work/shop"])
def test_packages_without_project_files(package: str, tmp_path: Path) -> None:
    """A checkout in a folder of checkouts, and folders without ``__init__`` in a package."""
    caller = "from shop.tools.waiting import settle\n\nasync def f():\n    settle()\n"
    write(tmp_path, {f"{package}/__init__.py": "", f"{package}/tools/waiting.py": SLEEPS})
    callers = [f"{package}/main.py", f"{package}/tools/more/main.py"]
    write(tmp_path, dict.fromkeys(callers, caller))
    found = check(tmp_path, callers)
    assert [finding.path for finding in found] == [str(tmp_path / path) for path in callers]


@pytest.mark.parametrize("root", ["src/shop", "src", "work"])
def test_what_lies_beside_a_module_of_a_package_is_no_root(root: str, tmp_path: Path) -> None:
    caller = "from waiting import settle\n\nasync def f():\n    settle()\n"
    packages = {f"{root}/shop/{folder}__init__.py": "" for folder in ("", "tools/", "tools/more/")}
    write(tmp_path, packages | {f"{root}/shop/waiting.py": SLEEPS, f"{root}/shop/tools/waiting.py": SLEEPS})
    write(tmp_path, {f"{root}/shop/tools/more/main.py": caller, f"{root}/shop/tools/main.py": caller})
    assert check(tmp_path, [f"{root}/shop/tools/more/main.py", f"{root}/shop/tools/main.py"]) == []


def test_workers_find_the_same(tmp_path: Path) -> None:
    files = {f"m{number}.py": f"from m{number + 1} import settle\n" for number in range(30)}
    callers = {f"c{n}.py": f"from m{n} import settle\n\nasync def f():\n    settle()\n" for n in range(30)}
    write(tmp_path, files | callers | {"m30.py": SLEEPS})
    outcomes = [run("--jobs", jobs, "--select", "AP102", ".", cwd=tmp_path).stdout for jobs in ("1", "2")]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].count("AP102") == 30


# --- Shapes that grow ---------------------------------------------------------------------------------------

CHAIN = "import time\nclass C:\n    def m(self):\n        time.sleep(1)\n        return self\nasync def g():\n    C()"
CLASSES = "".join(f"class C{number}(C{number - 1}): pass\n" for number in range(1, 500))
FUNCTIONS = "".join(f"def f{number}(): f{number - 1}()\n" for number in range(1, 2000))
SHAPES = {
    "calls in calls": f"{SLEEPS}async def g(x):\n    {'settle(' * 90}{')' * 90}\n",
    "calls on calls": f"{CHAIN}{'.m()' * 1000}\n",
    "classes": f"import time\nclass C0:\n    def m(self): time.sleep(1)\n{CLASSES}async def g():\n    C499().m()\n",
    "functions": f"import time\ndef f0(): time.sleep(1)\n{FUNCTIONS}async def g():\n    f1999()\n",
    "branches": (
        "import time\ndef f(x):\n    if x: pass\n"
        + "".join(f"    elif x == {number}: pass\n" for number in range(3000))
        + "    time.sleep(1)\nasync def g():\n    f(1)\n"
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_is_too_deep(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.py": SHAPES[name]})
    found = check(tmp_path, ["a.py"])
    assert found
    assert all(len(finding.message) < 300 for finding in found)


STRANGE = r"""
import time
def settle(name="\udc80", number=2000000000000000000000000, *, text=b"\xff"):
    if name == "\udc80" or name.startswith("\udc80"):
        time.sleep(1)
    if number == 1000000000000000000000000:
        time.sleep(1)
    time.sleep(1)
async def g():
    settle("\udc80", -1000000000000000000000000, text=1e400)
    settle(3j, ...)
"""


def test_constants_that_no_encoding_holds_crash_nothing(tmp_path: Path) -> None:
    """Half of a surrogate pair, and numbers of more than 64 bits: facts are encoded for the cache."""
    write(tmp_path, {"a.py": STRANGE, "pyproject.toml": ""})
    assert run("--select", "AP102", "a.py", cwd=tmp_path).stdout.splitlines() == [
        'a.py:10:5: AP102 async "g" blocks: settle() → time.sleep() [a.py:8]',
        'a.py:11:5: AP102 async "g" blocks: settle() → time.sleep() [a.py:8]',
    ]


def test_modules_that_import_each_other_in_a_circle(tmp_path: Path) -> None:
    size = 300
    write(
        tmp_path,
        {
            f"m{n}.py": f"import m{(n + 1) % size}\ndef f(n):\n    return m{(n + 1) % size}.f(n)\n"
            for n in range(1, size)
        },
    )
    write(tmp_path, {"m0.py": f"import m1\n{SLEEPS}def f(n):\n    settle()\n    return m1.f(n)\n"})
    write(tmp_path, {"x.py": "import m1\n\nasync def g():\n    m1.f(1)\n"})
    (finding,) = check(tmp_path, ["x.py"])
    assert "more …" in finding.message
    assert len(finding.hops) == size + 2


# --- The order of questions ---------------------------------------------------------------------------------


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    names = [f"m{number}.py" for number in range(8)]
    chance = random.Random(5)
    for number, name in enumerate(names):
        others = chance.sample(range(8), 3)
        imports = "".join(f"import m{other}\n" for other in others)
        calls = "".join(f"    m{other}.work()\n    value = m{other}.make()\n    value.go()\n" for other in others)
        body = "    time.sleep(1)\n" if number == 3 else calls
        made = f"m{others[0]}.make()" if number % 3 else "C()"
        text = f"import time\n{imports}class C:\n    def go(self):\n        work()\ndef work():\n{body}"
        text += f"def make():\n    return {made}\nasync def main():\n    work()\n    make().go()\n"
        write(tmp_path, {name: text})
    first = sorted(check(tmp_path, names), key=lambda finding: finding.order)
    assert len(first) > 8
    for _ in range(20):
        chance.shuffle(names)
        assert sorted(check(tmp_path, names), key=lambda finding: finding.order) == first


# A field that every method sets to itself, and classes and functions that all lead to each other.
CIRCLES = {
    "field.py": "".join(
        [
            "from typing import cast\nclass Store:\n    def __init__(self, db=None):\n        self.db = db\n",
            *(
                f"    async def m{i}(self):\n        self.db = cast(Unknown, self.db)\n        self.db.run()\n"
                for i in range(40)
            ),
        ]
    ),
    "classes.py": "".join(
        f"class C{i}:\n    def __init__(self):\n"
        f"        self.a = C{(i + 1) % 30}().b\n        self.b = C{i * 3 % 30}().a\n"
        f"    async def go(self):\n        self.a = self.b.a\n        self.b = f{i}()\n        self.a.go()\n"
        f"def f{i}():\n    return C{i}().a or f{i * 7 % 30}()\n"
        for i in range(30)
    ),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_circles_of_questions_are_asked_once(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each question leads to many that lead back to it, no way through them is tried but the first."""
    asked = itertools.count()
    ask = Answers.ask

    def count(*arguments: Any) -> Any:
        assert next(asked) < 60_000
        return ask(*arguments)

    monkeypatch.setattr(Answers, "ask", count)
    write(tmp_path, {name: CIRCLES[name]})
    assert check(tmp_path, [name]) == []


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3)), st.permutations(range(7)))
def test_answers_do_not_depend_on_the_order(edges: dict[int, list[int]], order: list[int]) -> None:
    """A question is answered by the answers to others and, where these come back to it, by what is left."""

    def answers_in(questions: list[int]) -> dict[int, object]:
        answers = Answers()

        def answer(question: int) -> object:
            given = [ask(other) for other in edges.get(question, ())]
            return frozenset(itertools.chain([question], *(one for one in given if isinstance(one, frozenset))))

        def ask(question: int) -> object:
            if question in answers.known:
                return answers.known[question]
            return answers.ask(question, answer, question)

        return {question: ask(question) for question in questions}

    assert answers_in(order) == answers_in(sorted(order))


def test_json_has_every_hop(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": SLEEPS, "b.py": "import a\n\ndef go():\n    a.settle()\n\nasync def f():\n    go()\n"})
    (tmp_path / "pyproject.toml").touch()  # modules are named from here
    (row,) = json.loads(run("--output-format", "json", "--select", "AP102", "b.py", cwd=tmp_path).stdout)
    assert [tuple(hop.values()) for hop in row["hops"]] == [
        ("b.py", 7, "f", "b.go"),
        ("b.py", 4, "go", "a.settle"),
        ("a.py", 4, "settle", "time.sleep"),
    ]


def test_findings_can_be_grouped_by_what_they_lead_to(tmp_path: Path) -> None:
    callers = "import a\n\ndef go():\n    a.settle()\n\nasync def f():\n    go()\n    a.settle()\n"
    write(tmp_path, {"a.py": f"{SLEEPS}\nasync def direct():\n    time.sleep(1)\n", "b.py": callers})
    assert run("--group-by", "sink", "--select", "AP101,AP102", ".", cwd=tmp_path).stdout.splitlines() == [
        "a.py:4: 2 calls lead to time.sleep()",
        "    b.py:7:5: AP102 in f through go",
        "    b.py:8:5: AP102 in f",
        'a.py:7:5: AP101 async "direct" blocks: time.sleep(); use asyncio.sleep',
    ]
    ran = run("--group-by", "sink", "--output-format", "json", ".", cwd=tmp_path)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
