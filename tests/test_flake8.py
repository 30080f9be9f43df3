"""The plugin in the real ``flake8``: the same findings as ``check``, wherever the text and the settings come from."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from antipatterns.flake8_plugin import Plugin
from antipatterns.rule import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAKE8 = [sys.executable, "-m", "flake8"]
BAD = "def f(x=[]):\n    try:\n        f()\n    except:\n        pass\n"
OFF = 'import os\n\n\ndef f():\n    return os.environ["X"]\n'
LONG = "def f():\n" + "    print()\n" * 9

# Code that nobody here wrote, in packages that every working copy has, and all fixtures.
PACKAGES = {
    name: "pip._vendor" if name in {"distlib", "urllib3"} else ""
    for name in ("_pytest", "distlib", "execnet", "flake8", "jsonschema", "packaging", "urllib3")
}
FIXTURES = Path(__file__).parent.parent / "fixtures"
# flake8 has E999 and E902 of its own for a file that cannot be read.
UNREADABLE = "AP001"
# flake8 judges the comments itself.
ABOUT_COMMENTS = "AP002"


Shown = tuple[str, int, int, str, str]
"""Path, line, column, code and message of a finding, as both tools show it."""


def run_flake8(*arguments: str | Path, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(
        [*FLAKE8, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        **options,
    )


def read_findings(output: str) -> set[Shown]:
    """The findings of this tool in the lines of either."""
    found = re.findall(r"^(.+?):(\d+):(\d+): (AP\d+) (.*)$", output, re.MULTILINE)
    return {
        (path.removeprefix("./"), int(line), int(column), code, message) for path, line, column, code, message in found
    }


def codes(ran: subprocess.CompletedProcess[str]) -> list[str]:
    assert ran.stderr == ""
    return re.findall(r":\d+:\d+: (AP\d+) ", ran.stdout)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A working directory whose ``pyproject.toml`` sets nothing."""
    (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\n")
    (tmp_path / "bad.py").write_text(BAD)
    return tmp_path


# --- The same findings as the command line ------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with links to some hundred real files, and settings that find much."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "pyproject.toml").write_text("[tool.antipatterns.function-too-long]\nmax-lines = 20\n")
    (folder / "fixtures").symlink_to(FIXTURES, target_is_directory=True)
    for name, parent in PACKAGES.items():
        spec = find_spec(f"{parent}.{name}" if parent else name)
        assert spec is not None
        (origin,) = spec.submodule_search_locations or []
        (folder / name).symlink_to(origin, target_is_directory=True)
    return folder


def test_findings_are_those_of_the_command_line(real_files: Path) -> None:
    """Without any suppression, over everything."""
    expected = run_check("fixtures", *PACKAGES, cwd=real_files, noqa=False)
    assert len(expected) > 700
    assert {finding[3] for finding in expected} >= {rule.code for rule in load_rules().values() if rule.on} - {
        UNREADABLE
    }
    assert run_plugin("--disable-noqa", "fixtures", *PACKAGES, cwd=real_files) == expected


def test_suppressed_findings_are_those_of_the_command_line(real_files: Path) -> None:
    """With ``noqa``, in the packages that use it most."""
    paths = ("flake8", "jsonschema", "packaging", "urllib3")
    expected = run_check(*paths, cwd=real_files)
    assert len(expected) > 100
    assert run_plugin(*paths, cwd=real_files) == expected


def test_flake8_looks_for_noqa_on_the_line_of_the_finding(tree: Path) -> None:
    """The one difference: the command line takes a comment on any line of the statement, flake8 does not."""
    (tree / "spread.py").write_text("def f(\n    x=[],\n    y=[],  # noqa: AP301\n):  # noqa: AP301\n    pass\n")
    assert run_check("spread.py", cwd=tree) == set()
    assert {finding[1] for finding in run_plugin("spread.py", cwd=tree)} == {2}


def run_check(*paths: str, cwd: Path, noqa: bool = True) -> set[Shown]:
    """The command line's findings; flake8 has no default excludes of its kind, and follows no ``.gitignore``."""
    command = ["-m", "antipatterns"] if noqa else ["-c", WITHOUT_NOQA]
    options = ("--quiet", "--exclude", "nothing", "--select", "AP", "--ignore", f"{UNREADABLE},{ABOUT_COMMENTS}")
    ran = subprocess.run(
        [sys.executable, *command, "check", *options, *paths],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.stderr == ""
    return read_findings(ran.stdout)


def run_plugin(*arguments: str, cwd: Path) -> set[Shown]:
    options = ("--isolated", "--exclude", "nothing", "--select", "AP", "--jobs", "2")
    # From 3.12 on Python itself complains on stderr of an invalid escape in what flake8 parses.
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}
    ran = run_flake8(*options, *arguments, cwd=cwd, env=quiet)
    assert ran.stderr == ""
    return read_findings(ran.stdout)


WITHOUT_NOQA = """
import sys
from antipatterns import check, cli
judge = check.check_source
check.check_source = lambda *given: judge(*given, noqa=False)
sys.exit(cli.main([*sys.argv[1:], "--jobs", "1"]))
"""


# --- Text that is not on the disk ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["relative", "absolute", "notebook", "none"])
def test_unsaved_buffer(tree: Path, kind: str) -> None:
    """What flake8 gets counts, not what the file of that name holds; that file's settings do."""
    (tree / "sub").mkdir()
    (tree / "sub" / "pyproject.toml").write_text("[tool.antipatterns]\nignore = ['AP202']\n")
    (tree / "sub" / "new.py").write_text("x = 1\n")
    shown = {
        "relative": "sub/new.py",
        "absolute": str(tree / "sub" / "new.py"),
        "notebook": "sub/new.ipynb",
        "none": "stdin",
    }[kind]
    names = [] if kind == "none" else ["--stdin-display-name", shown]
    ran = run_flake8("--isolated", "--select", "AP", *names, "-", cwd=tree, input=BAD)
    assert codes(ran) == (["AP301", "AP201", "AP202"] if kind == "none" else ["AP301", "AP201"])
    assert ran.stdout.startswith(f"{shown}:1:9: AP301 ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_unsaved_buffer_with_any_line_ends(tree: Path, end: str) -> None:
    """flake8 splits what comes on stdin at line feeds only; columns are still those of characters."""
    text = "def é(ü='ä', x=[]):\n" + "    é()\n" * 5
    ran = subprocess.run(
        [*FLAKE8, "--isolated", "--select=AP", "--antipatterns-function-too-long-max-lines=5", "-"],
        input=text.replace("\n", end).encode(),
        cwd=tree,
        capture_output=True,
        check=False,
    )
    assert {finding[1:4] for finding in read_findings(ran.stdout.decode())} == {
        (1, 5, "AP501"),
        (1, 16, "AP301"),
    }


def test_any_working_directory(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\nselect = ['AP201']\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    ran = run_flake8("--isolated", "--select", "AP", tree, cwd=elsewhere)
    assert codes(ran) == ["AP201"]
    assert ran.stdout.startswith(f"{tree / 'bad.py'}:4:5: ")


def test_a_file_that_cannot_be_parsed_is_left_to_flake8(tree: Path) -> None:
    (tree / "bad.py").write_text("def f(:\n")
    assert "E999" in run_flake8("--isolated", "bad.py", cwd=tree).stdout


# --- Processes ----------------------------------------------------------------------------------------------

START = """
import multiprocessing, sys
if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv.pop(1))
    from flake8.main.cli import main
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_start_methods(tree: Path, method: str) -> None:
    """Workers that start cold know the options, those of the command line and those of files."""
    (tree / "start.py").write_text(START)
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\nignore = ['AP202']\n")
    for name in ("one.py", "two.py", "three.py"):
        (tree / name).write_text(BAD + LONG)
    arguments = ["--jobs", "2", "--select", "AP", "--antipatterns-function-too-long-max-lines", "9"]
    ran = subprocess.run(
        [sys.executable, "start.py", method, *arguments, "one.py", "two.py", "three.py"],
        cwd=tree,
        capture_output=True,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert sorted(codes(ran)) == sorted(["AP301", "AP201", "AP501"] * 3)


# --- Options and settings -----------------------------------------------------------------------------------


def test_rules_that_are_off(tree: Path) -> None:
    (tree / "sub").mkdir()
    for path in (tree / "off.py", tree / "sub" / "off.py"):
        path.write_text(OFF)

    def lint(*arguments: str) -> list[str]:
        return codes(run_flake8(*arguments, cwd=tree))

    assert lint("--isolated", "off.py") == []
    for chosen in ("--extend-select=AP406", "--extend-select=AP40", "--select=AP", "--select=AP406,E"):
        assert lint("--isolated", chosen, "off.py") == ["AP406"]
    (tree / "sub" / "pyproject.toml").write_text("[tool.antipatterns]\nextend-select = ['AP406']\n")
    assert lint("--isolated", "off.py", "sub").count("AP406") == 1
    (tree / ".flake8").write_text("[flake8]\nextend-select = AP40\n")
    assert lint("off.py", "sub").count("AP406") == 2


def test_rules_that_are_off_are_in_the_default_ignore_list() -> None:
    class Manager:
        ignored: Sequence[str] = ()

        def extend_default_ignore(self, codes_: Sequence[str]) -> None:
            self.ignored = codes_

        def add_option(self, name: str, **_: Any) -> None:
            assert name.startswith("--antipatterns-")

    manager: Any = Manager()
    Plugin.add_options(manager)
    assert manager.ignored == [rule.code for rule in load_rules().values() if not rule.on]


def test_a_code_in_flake8s_options_wins_over_pyproject(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\nignore = ['AP201']\n")
    assert codes(run_flake8("--isolated", "--select=AP", "bad.py", cwd=tree)) == ["AP301", "AP202"]
    ran = run_flake8("--isolated", "--select=AP201", "bad.py", cwd=tree)
    assert codes(ran) == ["AP201"]


def test_options_win_over_pyproject(tree: Path) -> None:
    (tree / "long.py").write_text(LONG)
    (tree / "pyproject.toml").write_text("[tool.antipatterns.function-too-long]\nmax-lines = 5\n")
    option = "--antipatterns-function-too-long-max-lines"
    assert codes(run_flake8("long.py", cwd=tree)) == ["AP501"]
    assert codes(run_flake8(f"{option}=50", "long.py", cwd=tree)) == []
    (tree / ".flake8").write_text("[flake8]\nantipatterns-function-too-long-max-lines = 50\n")
    assert codes(run_flake8("long.py", cwd=tree)) == []
    assert codes(run_flake8(f"{option}=9", "long.py", cwd=tree)) == ["AP501"]


def test_options_stand_in_the_help(tree: Path) -> None:
    assert "--antipatterns-function-too-long-max-lines" in run_flake8("--help", cwd=tree).stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", 'pyproject.toml: tool.antipatterns.selct: unknown key, did you mean "select"?'),
        ("select = ['AP210']", 'select: unknown rule "AP210", did you mean "AP201"?'),
        ("x = ]", "pyproject.toml:2: invalid TOML"),
    ],
)
def test_a_wrong_setting_is_one_line(tree: Path, text: str, said: str) -> None:
    (tree / "pyproject.toml").write_text(f"[tool.antipatterns]\n{text}\n")
    ran = run_flake8("bad.py", cwd=tree)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith("antipatterns: error: ")
    assert said in line


def test_a_wrong_option_is_one_line(tree: Path) -> None:
    ran = run_flake8("--antipatterns-function-too-long-max-lines=many", "bad.py", cwd=tree)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "antipatterns: error: flake8: function-too-long.max-lines: expected int >= 1, got str"
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("option", ["--select=AP", "--select=E9", "--ignore=AP"])
def test_a_wrong_setting_below_is_no_success(tree: Path, jobs: str, option: str) -> None:
    """Whatever is selected, and in whichever process the file is met; the other files are checked."""
    (tree / "sub").mkdir()
    for name in ("bad.py", "worse.py", "sub/bad.py", "sub/worse.py"):
        (tree / name).write_text(f"{BAD}# noqa\n")
    (tree / "sub" / "pyproject.toml").write_text("[tool.antipatterns]\nselct = []\n")
    ran = run_flake8("--isolated", f"--jobs={jobs}", option, ".", cwd=tree, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, "")
    wrong = 'AP000 sub/pyproject.toml: tool.antipatterns.selct: unknown key, did you mean "select"?'
    said = [line for line in ran.stdout.splitlines() if line.startswith("./sub") and " AP" in line]
    assert said == [f"./sub/bad.py:0:1: {wrong}", f"./sub/worse.py:0:1: {wrong}"]
    assert (": AP301 " in ran.stdout) == (option == "--select=AP")


def test_an_environment_that_is_none_is_no_success(tree: Path) -> None:
    (tree / "pyproject.toml").write_text('[tool.antipatterns]\npython = "nowhere"\n')
    ran = run_flake8("bad.py", cwd=tree)
    assert (ran.returncode, ran.stderr) == (1, "")
    (line,) = (line for line in ran.stdout.splitlines() if " AP" in line)
    assert line.startswith("bad.py:0:1: AP000 ")
    assert line.endswith("nowhere: no such interpreter, environment or folder")


# --- The plugin itself --------------------------------------------------------------------------------------


@pytest.fixture
def fresh_plugin(monkeypatch: pytest.MonkeyPatch) -> type[Plugin]:
    monkeypatch.setattr(Plugin, "checks", None)
    return Plugin


def run_here(plugin: type[Plugin], text: str, filename: str = "made_up.py") -> list[str]:
    lines = text.splitlines(keepends=True)
    found = plugin(tree=ast.parse(text), filename=filename, lines=lines).run()
    return [message.partition(" ")[0] for _, _, message, _ in found]


def test_a_crashing_rule_does_not_stop_flake8(
    fresh_plugin: type[Plugin], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any) -> NoReturn:
        raise ZeroDivisionError("made to fail")

    rule = load_rules()["AP301"]
    monkeypatch.setattr(rule, "finds", dict.fromkeys(rule.finds, fail))
    assert run_here(fresh_plugin, BAD) == ["AP201", "AP202"]
    assert run_here(fresh_plugin, BAD) == ["AP201", "AP202"]
    err = capsys.readouterr().err
    assert err.count("internal error in AP301 on made_up.py") == 1
    assert err.rstrip().endswith("ZeroDivisionError: made to fail")


def test_a_crashing_engine_does_not_stop_flake8(
    fresh_plugin: type[Plugin], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any) -> NoReturn:
        raise RecursionError("made to fail")

    monkeypatch.setattr("antipatterns.check.walk", fail)
    assert run_here(fresh_plugin, BAD) == []
    assert "internal error in the engine on made_up.py" in capsys.readouterr().err


SHARED = [path for path in sorted(FIXTURES.glob("*/bad.py")) if not path.parent.name.startswith(UNREADABLE)]


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.parent.name)
def test_the_shared_tree_is_left_as_it_is(fresh_plugin: type[Plugin], path: Path) -> None:
    """Other plugins look at the same tree."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    tree = ast.parse("".join(lines))
    before = ast.dump(tree, include_attributes=True), state_of(tree), list(lines)
    list(fresh_plugin(tree=tree, filename=str(path), lines=lines).run())
    assert (ast.dump(tree, include_attributes=True), state_of(tree), lines) == before


def state_of(tree: ast.Module) -> list[list[str]]:
    """What hangs on each node, whatever its name."""
    return [sorted(vars(node)) for node in ast.walk(tree)]
