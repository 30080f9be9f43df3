"""The command line: each behaviour once as a process of its own, its variations in this one."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import _pytest
import hypothesis
import pytest

from antipatterns import REPOSITORY, __version__, cli
from antipatterns.rule import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND = [sys.executable, "-m", "antipatterns"]
SCHEMA = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"
KEYS = (
    "code name message path line column end_line end_column severity hops fix fingerprint url".split()  # noqa: SIM905
)
COLOUR = "\x1b["

# One finding of AP301 in line 1, of AP201 and AP202 in line 4.
BAD = "def f(x=[]):\n    try:\n        f()\n    except:\n        pass\n"
BAD_CODES = ["AP301", "AP201", "AP202"]


class Ran:
    """What a run in this process left behind."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def codes(self) -> list[str]:
        return re.findall(r"^\S+:\d+:\d+: (AP\d+) ", self.out, re.MULTILINE)


Run = Any  # a callable: run(*arguments) -> Ran


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command line in this process; argparse's way out counts as a status too."""

    def run_here(*arguments: str | Path) -> Ran:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        return Ran(status, *capsys.readouterr())

    return run_here


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a file that has findings and one that has none."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bad.py").write_text(BAD)
    (tmp_path / "good.py").write_text("x = 1\n")
    return tmp_path


def process(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The real command; stdin is empty unless there is an ``input``."""
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        **options,
    )


def one_error(ran: Ran) -> str:
    """The only line on stderr of a run that ended with an error and printed nothing else."""
    assert ran.status == 2
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert re.match(r"antipatterns(?: check| explain| rules)?: error: ", line)
    return line


# --- The command as a process -------------------------------------------------------------------------------


def test_findings_end_with_1(tree: Path) -> None:
    ran = process("check")
    assert ran.returncode == 1
    assert ran.stderr == ""
    *findings, summary = ran.stdout.splitlines()
    assert [line.split()[:2] for line in findings] == [
        ["bad.py:1:9:", "AP301"],
        ["bad.py:4:5:", "AP201"],
        ["bad.py:4:5:", "AP202"],
    ]
    assert summary == "Found 3 findings in 1 file (2 checked)."


def test_nothing_found_ends_with_0(tree: Path) -> None:
    ran = process("check", "good.py")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "No findings in 1 file.\n", "")


def test_an_error_ends_with_2_and_one_line(tree: Path) -> None:
    ran = process("check", "nope.py")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "antipatterns: error: nope.py: no such file or folder\n"


def test_installed_script_is_the_same_command(tree: Path) -> None:
    script = Path(sys.executable).with_name("antipatterns")
    ran = subprocess.run([script, "--version"], capture_output=True, check=True, text=True)
    assert ran.stdout == f"antipatterns {__version__}\n"


def test_stdin(tree: Path) -> None:
    ran = process("check", "-", "--stdin-filename", "sub/mine.py", "--show-source", input=BAD)
    assert ran.returncode == 1
    assert ran.stdout.startswith("sub/mine.py:1:9: AP301 ")
    assert "1 | def f(x=[]):" in ran.stdout


def test_order_is_the_same_for_any_number_of_workers() -> None:
    arguments = ("check", "--isolated", "--exclude", "nothing", *_pytest.__path__, *hypothesis.__path__)
    alone, together = process(*arguments, "--jobs", "1"), process(*arguments, "--jobs", "2")
    assert (alone.returncode, alone.stderr) == (1, "")
    assert together.stdout == alone.stdout
    places = re.findall(r"^(.+?):(\d+):(\d+): (AP\d+) ", alone.stdout, re.MULTILINE)
    assert len(places) > 50
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2]), place[3]))


def test_a_reader_who_has_enough_is_no_error(tree: Path) -> None:
    for number in range(30):
        (tree / f"more{number}.py").write_text(BAD * 100)
    command = " ".join([*COMMAND, "check", "|", "head", "-n", "1"])
    ran = subprocess.run(command, shell=True, capture_output=True, check=True, text=True, stdin=subprocess.DEVNULL)
    assert ran.stdout.startswith("bad.py:1:9: AP301 ")
    assert ran.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's device that is always full")
def test_a_full_disk_is_one_line(tree: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([*COMMAND, "check"], stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert ran.returncode == 2
    assert ran.stderr.startswith("antipatterns: error: cannot write to stdout: ")
    assert len(ran.stderr.splitlines()) == 1


def test_interrupt_is_one_line(tree: Path) -> None:
    """Ctrl-C reaches the workers too; only the command itself speaks."""
    os.mkfifo("slow.py")
    started = subprocess.Popen(
        [*COMMAND, "check", "--jobs", "2", "slow.py", "bad.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with Path("slow.py").open("wb"):  # opens when a worker reads it
        os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (130, "", "antipatterns: interrupted\n")


def test_text_that_stdout_cannot_encode_is_escaped(tree: Path) -> None:
    (tree / "día.py").write_text(BAD)
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    plain = process("check", "día.py", env=environment)
    assert plain.stdout.startswith("d\\xeda.py:1:9: AP301 ")
    assert plain.stderr == ""
    encoded = process("check", "día.py", "--output-format", "json", env=environment)
    assert json.loads(encoded.stdout)[0]["path"] == "día.py"


def test_terminal_shows_frames_in_colour(tree: Path) -> None:
    shown = on_terminal([*COMMAND, "check"])
    assert COLOUR in shown
    assert re.search(r"\^+", shown)
    assert "Found 3 findings" in shown


def test_terminal_without_colours(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = on_terminal([*COMMAND, "check", "--no-show-source"])
    assert COLOUR not in shown
    assert "^" not in shown


def test_terminal_shows_progress_of_a_long_run(tree: Path) -> None:
    for number in range(320):
        (tree / f"some{number}.py").write_text("x = 1\n")
    shown = on_terminal([*COMMAND, "check", "good.py", "."], rest_to_stderr=True)
    assert "Checking" in shown


def on_terminal(command: list[str], *, rest_to_stderr: bool = False) -> str:
    """What a command writes to a terminal that is its stdout, or its stderr instead."""
    ours, theirs = pty.openpty()
    stdout, stderr = (subprocess.DEVNULL, theirs) if rest_to_stderr else (theirs, subprocess.PIPE)
    environment = os.environ | {"TERM": "xterm-256color"}
    started = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment)
    os.close(theirs)
    shown = b"".join(read_terminal(ours))
    os.close(ours)
    _, err = started.communicate(timeout=60)
    assert not err
    return shown.decode()


def read_terminal(terminal: int) -> Iterator[bytes]:
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says so when the last writer is gone
            return
        if not read:
            return
        yield read


def joined(arguments: object) -> str | None:
    """The name of a case: the arguments that make it."""
    return " ".join(arguments) if isinstance(arguments, list) else None


# --- Errors -------------------------------------------------------------------------------------------------

WRONG_ARGUMENTS = [
    (["check", "nope"], "nope: no such file or folder"),
    (["check", "good.py/x.py"], "good.py/x.py: Not a directory"),
    (["check", "--select", "AP210"], 'select: unknown rule "AP210", did you mean "AP201"?'),
    (["check", "--ignore", "bare-exept"], 'ignore: unknown rule "bare-exept", did you mean "bare-except"?'),
    (["check", "--extend-select", "AP2,E501"], 'extend-select: unknown rule "E501"'),
    (["check", "--extend-ignore", "AP999"], 'extend-ignore: unknown rule "AP999"'),
    (["check", "--jobs", "0"], "jobs: expected a whole number from 1 on, not '0'"),
    (["check", "--jobs", "many"], "jobs: expected a whole number from 1 on, not 'many'"),
    (["check", "-", "good.py"], "- (stdin) cannot be combined with other paths"),
    (["check", "--stdin-filename", "x.py"], "--stdin-filename goes with - (stdin)"),
    (["check", "--config", "c.toml", "--isolated"], "--config and --isolated exclude each other"),
    (["check", "--config", "nope.toml"], "nope.toml: cannot read: No such file or directory"),
    (["check", "--config", "."], "cannot read: Is a directory"),
    (["check", "--output-file", "nope/x.txt"], "cannot write nope/x.txt: No such file or directory"),
    (["check", "--output-file", "."], "cannot write .: Is a directory"),
    (["check", "--output-format", "xml"], "output-format: invalid choice: 'xml'"),
    (["check", "--statistics", "--output-format", "json"], "--statistics goes with --output-format text"),
    (["check", "--nonsense"], "unrecognized arguments: --nonsense"),
    (["check", "--sel", "AP201"], "unrecognized arguments: --sel"),
    (
        ["check", "--selct", "AP1"],
        'unrecognized arguments: --selct, did you mean "--select"? (see antipatterns check',
    ),
    (["chek"], "invalid choice: 'chek'"),
    (["chek"], ', did you mean "check"? (see antipatterns --help)'),
    ([], "the following arguments are required: COMMAND"),
    (["explain"], "the following arguments are required: RULE"),
    (["explain", "bare-exept"], 'no rule "bare-exept", did you mean "bare-except"?'),
    (["explain", "AP210"], 'no rule "AP210", did you mean "AP201"?'),
    (["explain", "nonsense"], 'no rule "nonsense"'),
    (["rules", "--output-format", "sarif"], "output-format: invalid choice: 'sarif'"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG_ARGUMENTS, ids=joined)
def test_wrong_arguments(run: Run, tree: Path, arguments: list[str], said: str) -> None:
    assert said in one_error(run(*arguments))


WRONG_SETTINGS = [
    ("[tool.antipatterns]\nselct = []", 'selct: unknown key, did you mean "select"?'),
    ("[tool.antipatterns]\nselect = 'AP1'", "select: expected list of non-empty str, got str"),
    ("[tool.antipatterns]\nselect = ['AP210']", 'unknown rule "AP210", did you mean "AP201"?'),
    (
        "[tool.antipatterns.function-too-long]\nmax-lines = 'x'",
        "function-too-long.max-lines: expected int >= 1, got str",
    ),
    (
        "[tool.antipatterns.error-masked-by-default]\nreporters = ['tell()']",
        'error-masked-by-default.reporters[0]: expected dotted name, got "tell()"',
    ),
    (
        "[tool.antipatterns.dependency-built-inside]\nclass-suffixes = ['']",
        'dependency-built-inside.class-suffixes[0]: expected non-empty str, got ""',
    ),
    ("[[tool.antipatterns.per-path]]\nignore = ['AP1']", "per-path[0].paths: expected"),
    ("[tool.antipatterns\n", "pyproject.toml:1: invalid TOML: "),
    ("# antipatterns\nx = \xff", "pyproject.toml:2: invalid TOML: not UTF-8"),
]


@pytest.mark.parametrize(("text", "said"), WRONG_SETTINGS)
def test_wrong_settings(run: Run, tree: Path, text: str, said: str) -> None:
    (tree / "pyproject.toml").write_text(text, encoding="latin-1")
    line = one_error(run("check"))
    assert "pyproject.toml" in line
    assert said in line


def test_wrong_settings_of_a_folder_below_with_workers(tree: Path) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "pyproject.toml").write_text("[tool.antipatterns]\nselct = []")
    for number in range(80):
        (tree / "sub" / f"{number}.py").write_text("x = 1\n")
    ran = process("check", "--jobs", "2")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        'antipatterns: error: sub/pyproject.toml: tool.antipatterns.selct: unknown key, did you mean "select"?\n'
    )


# --- Paths --------------------------------------------------------------------------------------------------


def test_no_python_files_is_a_warning(run: Run, tree: Path) -> None:
    (tree / "empty").mkdir()
    ran = run("check", "empty")
    assert (ran.status, ran.out) == (0, "No findings in 0 files.\n")
    assert ran.err == "antipatterns: warning: no Python files in empty\n"
    assert run("check", "empty", "--quiet").err == ""


def test_no_python_files_in_json_is_an_empty_array(run: Run, tree: Path) -> None:
    (tree / "empty").mkdir()
    assert json.loads(run("check", "empty", "--output-format", "json").out) == []


def test_exclude_and_extend_exclude(run: Run, tree: Path) -> None:
    (tree / "build").mkdir()
    (tree / "build" / "made.py").write_text(BAD)
    assert "(2 checked)" in run("check").out
    assert "(3 checked)" in run("check", "--exclude", "nothing").out
    assert "(1 checked)" in run("check", "--exclude", "build,good.py").out
    assert "No findings in 1 file." in run("check", "--extend-exclude", "bad.py").out


def test_odd_entries_of_a_folder(run: Run, tree: Path) -> None:
    (tree / "folder.py").mkdir()
    (tree / "folder.py" / "bad.py").write_text(BAD)
    (tree / "dangling.py").symlink_to(tree / "nowhere.py")
    (tree / "circle.py").symlink_to(tree / "circle.py")
    ran = run("check")
    assert "Found 6 findings in 2 files (3 checked)." in ran.out
    assert "no such file" in one_error(run("check", "dangling.py"))


def test_a_file_that_vanishes_is_a_finding(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    discover = import_module("antipatterns.commands.files").discover_files

    def discover_and_delete(*arguments: Any) -> Any:
        found = discover(*arguments)
        (tree / "bad.py").unlink()
        return found

    monkeypatch.setattr("antipatterns.commands.files.discover_files", discover_and_delete)
    ran = run("check")
    assert ran.status == 1
    assert ran.out.startswith("bad.py:1:1: AP001 cannot read: No such file or directory\n")


def test_an_unreadable_file_is_a_finding(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open

    def refuse(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path).endswith("good.py"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    ran = run("check", "--show-source")
    assert ran.codes == [*BAD_CODES, "AP001"]
    assert "good.py:1:1: AP001 cannot read: Permission denied" in ran.out


def test_files_that_cannot_be_parsed_or_decoded(run: Run, tree: Path) -> None:
    (tree / "broken.py").write_text("def f(:\n")
    (tree / "latin.py").write_bytes(b"x = '\xe9'\n")
    ran = run("check")
    assert ran.codes == [*BAD_CODES, "AP001", "AP001"]
    assert "broken.py:1:7: AP001 cannot parse: " in ran.out
    assert "latin.py:1:1: AP001 cannot decode: " in ran.out


def test_stdin_settings_are_those_of_the_file_name(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "pyproject.toml").write_text("[tool.antipatterns]\nselect = ['AP201']")
    type_in(monkeypatch, BAD.encode())
    assert run("check", "-").codes == BAD_CODES
    type_in(monkeypatch, BAD.encode())
    assert run("check", "-", "--stdin-filename", "sub/new.py").codes == ["AP201"]
    type_in(monkeypatch, BAD.encode())
    assert run("check", "-", "--stdin-filename", tree / "sub" / "new.py").codes == ["AP201"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1"])
def test_stdin_is_decoded_as_python_does(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    type_in(monkeypatch, f"# coding: {encoding}\ndef é(x=[]): pass\n".encode(encoding))
    ran = run("check", "-", "--show-source")
    assert ran.out.startswith("-:2:9: AP301 ")
    assert "2 | def é(x=[]): pass" in ran.out


def test_stdin_that_is_no_python(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b"\xff\xfe\x00 # coding: nonsense\n")
    assert run("check", "-", "--show-source").codes == ["AP001"]


def type_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    class Stdin:
        class buffer:  # noqa: N801
            read = staticmethod(lambda: content)

    monkeypatch.setattr(sys, "stdin", Stdin)


# --- Rules and settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--select", "AP2"], ["AP201", "AP202"]),
        (["--select", "bare-except, AP301"], ["AP301", "AP201"]),
        (["--select", "AP201", "--select", "AP301"], ["AP301", "AP201"]),
        (["--ignore", "AP2"], ["AP301"]),
        (["--ignore", "AP2", "--extend-ignore", "AP301"], []),
        (["--ignore", "AP2", "--extend-select", "AP201"], ["AP301", "AP201"]),
        (["--select", "AP2", "--ignore", "silent-except"], ["AP201"]),
        (["--select", "AP2", "--extend-select", "AP301"], BAD_CODES),
    ],
    ids=joined,
)
def test_choice_of_rules(run: Run, tree: Path, arguments: list[str], codes: list[str]) -> None:
    ran = run("check", "bad.py", *arguments)
    assert ran.codes == codes
    assert ran.status == (1 if codes else 0)


def test_rules_that_are_off_can_be_chosen(run: Run, tree: Path) -> None:
    (tree / "unused.py").write_text("x = 1  # noqa: AP201\n")
    assert run("check", "unused.py").status == 0
    assert run("check", "unused.py", "--extend-select", "AP002").codes == ["AP002"]


def test_settings_file_is_found_chosen_or_left_out(run: Run, tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\nignore = ['AP2']")
    (tree / "other.toml").write_text("ignore = ['AP3']")
    assert run("check").codes == ["AP301"]
    assert run("check", "--isolated").codes == BAD_CODES
    assert run("check", "--config", "other.toml").codes == ["AP201", "AP202"]


def test_per_path_settings(run: Run, tree: Path) -> None:
    (tree / "tests").mkdir()
    (tree / "tests" / "test_it.py").write_text(BAD)
    (tree / "pyproject.toml").write_text("[[tool.antipatterns.per-path]]\npaths = ['tests/**']\nselect = ['AP301']")
    assert run("check").codes == [*BAD_CODES, "AP301"]


# --- Output -------------------------------------------------------------------------------------------------


def test_json_is_an_array_of_objects_with_these_keys(run: Run, tree: Path) -> None:
    ran = run("check", "--output-format", "json")
    findings = json.loads(ran.out)
    assert [list(finding) for finding in findings] == [KEYS] * 3
    assert [finding["code"] for finding in findings] == BAD_CODES
    first = findings[0]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (1, 9, 1, 11)
    assert (first["name"], first["path"], first["severity"]) == (
        "mutable-argument-default",
        "bad.py",
        "warning",
    )
    assert first["url"].startswith(REPOSITORY)
    assert len({finding["fingerprint"] for finding in findings}) == 3


def test_fingerprints_do_not_know_lines_or_the_working_directory(
    run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\n")
    before = fingerprints(run("check", "--output-format", "json"))
    (tree / "bad.py").write_text(f"import os\n\n{BAD}")
    assert fingerprints(run("check", "--output-format", "json")) == before
    (tree / "sub").mkdir()
    monkeypatch.chdir(tree / "sub")
    assert fingerprints(run("check", "..", "--output-format", "json")) == before


def fingerprints(ran: Ran) -> list[str]:
    return [finding["fingerprint"] for finding in json.loads(ran.out)]


def test_sarif(run: Run, tree: Path) -> None:
    log = json.loads(run("check", "--output-format", "sarif").out)
    import_module("jsonschema").Draft4Validator(json.loads(SCHEMA.read_bytes())).validate(log)
    (sarif_run,) = log["runs"]
    assert [result["ruleId"] for result in sarif_run["results"]] == BAD_CODES


def test_github(run: Run, tree: Path) -> None:
    ran = run("check", "--output-format", "github")
    first, *_ = ran.out.splitlines()
    assert first.startswith("::warning file=bad.py,line=1,endLine=1,col=9,endColumn=11,title=AP301 ")
    assert len(ran.out.splitlines()) == 3


def test_gitlab(run: Run, tree: Path) -> None:
    found = json.loads(run("check", "--output-format", "gitlab").out)
    assert [one["check_name"] for one in found] == BAD_CODES
    assert found[0]["location"] == {"path": "bad.py", "lines": {"begin": 1, "end": 1}}


@pytest.mark.parametrize("output_format", ["text", "json", "sarif", "github", "gitlab"])
def test_output_file(run: Run, tree: Path, output_format: str) -> None:
    printed = run("check", "--quiet", "--output-format", output_format)
    written = run("check", "--quiet", "--output-format", output_format, "--output-file", "out.txt")
    assert (tree / "out.txt").read_text(encoding="utf-8") == printed.out
    assert (written.status, written.out, written.err) == (1, "", "")


def test_output_file_is_never_coloured(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR in run("check").out
    run("check", "--output-file", "out.txt")
    assert COLOUR not in (tree / "out.txt").read_text()


def test_colour_variables(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert COLOUR not in run("check").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR in run("check").out
    assert COLOUR not in run("check", "--output-format", "github").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert COLOUR not in run("check").out


def test_show_source(run: Run, tree: Path) -> None:
    assert "^" not in run("check").out
    assert "^" not in run("check", "--no-show-source").out
    assert "1 | def f(x=[]):" in run("check", "--show-source").out


def test_statistics(run: Run, tree: Path) -> None:
    (tree / "more.py").write_text("def f(x={}): pass\n")
    ran = run("check", "--statistics")
    lines = ran.out.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [["2", "AP301"], ["1", "AP201"], ["1", "AP202"]]
    assert ran.status == 1


def test_quiet(run: Run, tree: Path) -> None:
    ran = run("check", "-q")
    assert ran.codes == BAD_CODES
    assert len(ran.out.splitlines()) == 3
    assert run("check", "-q", "good.py").out == ""


def test_exit_zero(run: Run, tree: Path) -> None:
    ran = run("check", "--exit-zero")
    assert ran.status == 0
    assert ran.codes == BAD_CODES


def test_exit_zero_is_not_about_errors(run: Run, tree: Path) -> None:
    one_error(run("check", "--exit-zero", "nope"))


# --- Defects of the tool itself -----------------------------------------------------------------------------


@pytest.fixture
def crashing_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of a rule that fails wherever it is asked."""

    def fail(*_: Any) -> NoReturn:
        raise ZeroDivisionError("made to fail")

    rule = load_rules()["AP301"]
    monkeypatch.setattr(rule, "finds", dict.fromkeys(rule.finds, fail))
    return rule.code


def test_a_crashing_rule_costs_nothing_else(run: Run, tree: Path, crashing_rule: str) -> None:
    (tree / "worse.py").write_text(BAD)
    ran = run("check", "--jobs", "1")
    assert ran.status == 2
    assert ran.codes == ["AP201", "AP202"] * 2
    assert ran.err.count("internal error") == 1
    assert f"internal error in {crashing_rule} on bad.py and 1 more" in ran.err
    assert f"{REPOSITORY}/issues" in ran.err
    assert ran.err.rstrip().endswith("ZeroDivisionError: made to fail")


def test_a_crashing_rule_on_stdin(run: Run, tree: Path, crashing_rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, BAD.encode())
    ran = run("check", "-", "--exit-zero")
    assert ran.status == 2
    assert ran.codes == ["AP201", "AP202"]


def test_a_crashing_engine_costs_one_file(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = import_module("antipatterns.check")
    walk = check.walk

    def fail_on_good(tree_: Any, *rest: Any) -> Any:
        if len(tree_.body) == 1 and type(tree_.body[0]).__name__ == "Assign":
            raise RecursionError("made to fail")
        return walk(tree_, *rest)

    monkeypatch.setattr(check, "walk", fail_on_good)
    ran = run("check", "--jobs", "1")
    assert ran.status == 2
    assert ran.codes == BAD_CODES
    assert "internal error in the engine on good.py" in ran.err


def test_a_worker_that_dies_costs_nothing(tree: Path) -> None:
    for number in range(100):
        (tree / f"some{number:03}.py").write_text(BAD)
    script = (
        "import os, sys\n"
        "from antipatterns import check, cli\n"
        "main, work = os.getpid(), check.check_content\n"
        "def die(path, *rest):\n"
        "    if path == 'some050.py' and os.getpid() != main: os._exit(1)\n"
        "    return work(path, *rest)\n"
        "check.check_content = die\n"
        "import multiprocessing; multiprocessing.set_start_method('fork')\n"
        "sys.exit(cli.main(['check', '--jobs', '2']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, text=True)
    assert ran.returncode == 1
    assert ran.stderr == "antipatterns: a worker process died; going on without workers\n"
    found = re.findall(r"^(\S+):\d+:\d+: AP301", ran.stdout, re.MULTILINE)
    assert found == ["bad.py", *(f"some{number:03}.py" for number in range(100))]


def test_interrupt_in_this_process(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("antipatterns.commands.files.discover_files", interrupt)
    ran = run("check")
    assert (ran.status, ran.out, ran.err) == (130, "", "antipatterns: interrupted\n")


# --- The catalogue ------------------------------------------------------------------------------------------


def test_rules_lists_each_rule(run: Run) -> None:
    ran = run("rules")
    assert ran.status == 0
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        [rule.code, rule.name] for rule in load_rules().values()
    ]


def test_rules_in_json(run: Run) -> None:
    rows = json.loads(run("rules", "--output-format", "json").out)
    assert [row["code"] for row in rows] == list(load_rules())
    keys = {"code", "name", "summary", "on", "fixable", "severity", "ruff", "left_to_ruff", "url", "page"}
    assert set(rows[0]) == keys


@pytest.mark.parametrize("wanted", ["AP101", "ap101", "blocking-call-in-async", "Blocking_call_in_async"])
def test_explain_prints_the_page(run: Run, wanted: str) -> None:
    ran = run("explain", wanted)
    assert ran.status == 0
    assert ran.out.startswith("AP101 blocking-call-in-async\n====")
    page = load_rules()["AP101"].page
    assert page.startswith("Allow a call")
    assert "\nDo not allow a call" in ran.out
    assert page.removeprefix("Allow ") in ran.out


def test_explain_says_what_is_off(run: Run) -> None:
    assert run("explain", "AP002").out.startswith("AP002 unused-suppression (off by default)\n")


def test_catalogue_as_a_process() -> None:
    assert process("rules").stdout.startswith("AP001  syntax-error ")
    assert process("explain", "AP201").stdout.startswith("AP201 bare-except\n")


def test_help_and_version(run: Run) -> None:
    assert run("--version").out == f"antipatterns {__version__}\n"
    text = run("check", "--help").out
    for option in ("--select", "--isolated", "--output-format", "--exit-zero", "--stdin-filename"):
        assert option in text


def test_nothing_of_the_project_is_run(tmp_path: Path) -> None:
    """``python -m`` puts the working folder first on the path, where modules may have names of the standard library."""
    for name in ("http/__init__.py", "difflib.py", "libcst.py", "glob.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('raise SystemExit("this ran")\n')
    (tmp_path / "routes.py").write_text(LEAK)
    for arguments in (("check", "--exit-zero"), ("chek",), ("fix", "--diff"), ("graph",)):
        ran = process(*arguments, cwd=tmp_path)
        assert "this ran" not in ran.stdout + ran.stderr
        assert "internal error" not in ran.stderr


LEAK = """
from fastapi import APIRouter, HTTPException
from http import HTTPStatus

router = APIRouter()


@router.get("/")
async def read():
    try:
        return work()
    except Exception as error:
        raise HTTPException(HTTPStatus.BAD_GATEWAY, str(error)) from error
"""
