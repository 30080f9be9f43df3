"""The command ``fix``: options, exit statuses, reports, and files that must be left alone."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from antipatterns import cli
from antipatterns.commands import fix as command
from antipatterns.fix import changed_lines, write
from antipatterns.fix import file as fix_file_module
from antipatterns.fix.changed_lines import GitError, find_changed_lines
from antipatterns.fix.file import format_diff
from antipatterns.fix.write import WriteError, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLD = "try:\n    f()\nexcept:\n    g()\n"
NEW = "try:\n    f()\nexcept Exception:\n    g()\n"
UNSAFE_OLD = "import asyncio\nimport os\n\n\nasync def f():\n    os.system('x')\n"
UNSAFE_NEW = UNSAFE_OLD.replace("os.system(", "await asyncio.to_thread(os.system, ")
REFUSED = "async def f():\n    return (open(x) for x in y)\n"


class Outcome(NamedTuple):
    """How a run ended and what it wrote."""

    status: int
    out: str
    err: str


@pytest.fixture
def fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, stdin: bytes | None = None) -> Outcome:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            status = cli.main(["fix", "--isolated", *map(str, arguments)])
        except SystemExit as error:
            status = int(error.code or 0)
        return Outcome(status, *capsys.readouterr())

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_text(OLD)
    return path


def run_process(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "antipatterns", "fix", *arguments]
    return subprocess.run(line, cwd=cwd, input=stdin, capture_output=True, check=False)


# --- Options and exit statuses -------------------------------------------------------------------------------


def test_all_done(fix: Callable[..., Outcome], file: Path) -> None:
    assert fix() == Outcome(0, "AP201 bare-except: 1 fixed\n1 of 1 file changed.\n", "")
    assert file.read_text() == NEW
    assert fix(".") == Outcome(0, "0 of 1 file changed.\n", "")


def test_unsafe_fixes_are_left_until_asked_for(fix: Callable[..., Outcome], file: Path) -> None:
    file.write_text(UNSAFE_OLD)
    assert fix("a.py") == Outcome(1, "AP101 blocking-call-in-async: 1 left\n0 of 1 file changed.\n", "")
    assert file.read_text() == UNSAFE_OLD
    assert fix("a.py", "--exit-zero").status == 0
    assert fix("a.py", "--unsafe-fixes").status == 0
    assert file.read_text() == UNSAFE_NEW


def test_refused_findings_remain(fix: Callable[..., Outcome], file: Path) -> None:
    file.write_text(REFUSED)
    status, out, _ = fix("--unsafe-fixes")
    assert status == 1
    assert out == (
        "AP101 blocking-call-in-async: 1 refused\n"
        "    1 x await would make an asynchronous generator of the generator expression around it\n"
        "0 of 1 file changed.\n"
    )


def test_select_and_ignore(fix: Callable[..., Outcome], file: Path) -> None:
    both = "import time\n\n\nasync def f():\n    time.sleep(1)\n\n\ntry:\n    g()\nexcept:\n    g()\n"
    file.write_text(both)
    assert fix("--ignore", "AP2", "--select", "AP1,AP2").status == 0
    assert file.read_text() == "import asyncio\n" + both.replace("time.sleep", "await asyncio.sleep")
    file.write_text(both)
    assert fix("--select", "bare-except").out.startswith("AP201")
    assert file.read_text() == both.replace("except:", "except Exception:")


def test_rules_without_fixers_do_not_count(fix: Callable[..., Outcome], file: Path) -> None:
    file.write_text("x = 1\n")
    assert fix("--select", "AP001").status == 0


def test_check_writes_nothing(fix: Callable[..., Outcome], file: Path) -> None:
    assert fix("--check") == Outcome(1, "AP201 bare-except: 1 would be fixed\n1 of 1 file would change.\n", "")
    assert file.read_text() == OLD
    assert fix("--check", "-q") == Outcome(1, "", "")
    file.write_text(NEW)
    assert fix("--check").status == 0


def test_diff_writes_nothing(fix: Callable[..., Outcome], file: Path) -> None:
    status, out, err = fix("--diff")
    assert status == 1
    assert out == ("--- a/a.py\n+++ b/a.py\n@@ -1,4 +1,4 @@\n try:\n     f()\n-except:\n+except Exception:\n     g()\n")
    assert err == "AP201 bare-except: 1 would be fixed\n1 of 1 file would change.\n"
    assert file.read_text() == OLD
    assert fix("--diff", "-q").err == ""
    file.write_text(NEW)
    assert fix("--diff") == Outcome(0, "", "0 of 1 file would change.\n")


def test_quiet(fix: Callable[..., Outcome], file: Path) -> None:
    assert fix("-q") == Outcome(0, "", "")
    assert file.read_text() == NEW


@pytest.mark.parametrize(
    "arguments",
    [
        ["-", "a.py"],
        ["-", "--since", "HEAD"],
        ["-", "--interactive"],
        ["-", "--output-format", "json"],
        ["a.py", "--stdin-filename", "b.py"],
        ["--interactive", "--diff"],
        ["--interactive", "--check"],
        ["missing"],
        ["--select", "AP999"],
        ["--config", "missing.toml"],
        ["--since", "--output=x"],
        ["--jobs", "0"],
        ["--unknown"],
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(fix: Callable[..., Outcome], file: Path, arguments: list[str]) -> None:
    status, out, err = fix(*arguments, stdin=b"")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "error: " in err
    assert file.read_text() == OLD


def test_no_files(fix: Callable[..., Outcome], tmp_path: Path) -> None:
    status, out, err = fix(tmp_path)
    assert (status, out) == (0, "0 of 0 files changed.\n")
    assert "warning: no Python files" in err


@pytest.mark.parametrize("jobs", [1, 3])
def test_several_files_and_processes(fix: Callable[..., Outcome], tmp_path: Path, jobs: int) -> None:
    for number in range(60):
        (tmp_path / f"m{number}.py").write_text(OLD if number % 3 else NEW)
    (tmp_path / "b.py").write_text("x = (\n")
    status, out, err = fix("--jobs", str(jobs))
    assert status == 1
    assert out == "AP201 bare-except: 40 fixed\n40 of 61 files changed.\n"
    assert err == "antipatterns: warning: b.py left alone: cannot parse: '(' was never closed\n"
    assert {path.read_text() for path in tmp_path.glob("m*.py")} == {NEW}


def test_settings_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.antipatterns]\nignore = ["AP201"]\n')
    assert cli.main(["fix", "-q"]) == 0
    assert file.read_text() == OLD


def test_suppressed_findings_stay(fix: Callable[..., Outcome], file: Path) -> None:
    text = OLD.replace("except:", "except:  # noqa: AP201") + OLD
    file.write_text(text)
    assert fix().status == 0
    assert file.read_text() == OLD.replace("except:", "except:  # noqa: AP201") + NEW


# --- The report for programs ---------------------------------------------------------------------------------


def test_json(fix: Callable[..., Outcome], tmp_path: Path, file: Path) -> None:
    (tmp_path / "b.py").write_text(NEW)
    (tmp_path / "c.py").write_text("x = (\n")
    (tmp_path / "d.py").write_text("import os\n" + REFUSED + "    os.system('x')\n")
    status, out, _ = fix("--output-format", "json")
    assert status == 1
    first, third, fourth = json.loads(out)
    message = first["fixed"][0].pop("message")
    assert message
    assert first == {
        "path": "a.py",
        "changed": True,
        "skipped": None,
        "fixed": [{"code": "AP201", "name": "bare-except", "line": 3, "column": 1}],
        "refused": [],
        "left": [],
    }
    assert third["skipped"] == "cannot parse: '(' was never closed"
    assert not third["changed"]
    assert fourth["refused"][0]["reason"].startswith("await would make")
    assert [item["line"] for item in fourth["left"]] == [4]
    assert set(fourth["left"][0]) == {"code", "name", "message", "line", "column"}
    assert file.read_text() == NEW


def test_json_places_are_those_before(fix: Callable[..., Outcome], file: Path) -> None:
    """The import moves all down by a line; an editor that asks still shows the old text."""
    refused = "    x(open(x) for a in x for b in open(x))\n"
    file.write_text("import time\nasync def f(x):\n    time.sleep(1)\n" + refused + OLD)
    (row,) = json.loads(fix("--output-format", "json", "--unsafe-fixes", "--select", "AP101,AP201").out)
    assert [(item["code"], item["line"]) for item in row["fixed"]] == [("AP101", 3), ("AP201", 7)]
    assert [item["line"] for item in row["refused"]] == [4, 4]


def test_json_with_a_diff(fix: Callable[..., Outcome], file: Path) -> None:
    file.write_bytes("# coding: latin-1\n# ä\n".encode("latin-1") + OLD.encode())
    (row,) = json.loads(fix("--output-format", "json", "--diff").out)
    assert row["changed"]
    assert "-except:\n+except Exception:\n" in row["diff"]
    assert " # \\xe4\n" in row["diff"]
    assert b"except:" in file.read_bytes()


# --- stdin and stdout ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"x\r",
        b"x\r\n# \xc3\xa4",
        b"\xef\xbb\xbfx = 1\r\n",
        b"# coding: latin-1\n# \xe4\n",
        b"\x0c\n\t\n   ",
        NEW.encode(),
        OLD.replace("except:", "except:  # noqa").encode(),
    ],
)
def test_stdin_without_findings_comes_back_as_it_was(tmp_path: Path, content: bytes) -> None:
    done = run_process("-", "--isolated", cwd=tmp_path, stdin=content)
    assert (done.returncode, done.stdout) == (0, content)
    assert b"0 of 1 file changed." in done.stderr


@pytest.mark.parametrize("content", [b"x = (\n", b"\xff", b"x\0"])
def test_stdin_that_does_not_parse_comes_back_as_it_was(tmp_path: Path, content: bytes) -> None:
    done = run_process("-", "--isolated", cwd=tmp_path, stdin=content)
    assert (done.returncode, done.stdout) == (1, content)
    assert b"warning: - left alone: cannot " in done.stderr


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b"# coding: cp1252\r\n# \x80\r\n", b"\x0c\r\n"])
@pytest.mark.parametrize("tail", [b"", b"x = 1", b"x = 1\n", b"\t\r\n"])
def test_stdin_is_mended(tmp_path: Path, head: bytes, tail: bytes) -> None:
    content = head + OLD.replace("\n", "\r\n").encode() + tail
    done = run_process("-", "--stdin-filename", "a.py", "-q", cwd=tmp_path, stdin=content)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == content.replace(b"except:", b"except Exception:")


def test_stdin_gets_imports_with_its_line_ends(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfimport time\r\nasync def f():\r\n    time.sleep(1)"
    done = run_process("-", "--isolated", "-q", cwd=tmp_path, stdin=content)
    assert done.stdout == (b"\xef\xbb\xbfimport asyncio\r\nimport time\r\nasync def f():\r\n    await asyncio.sleep(1)")


@pytest.mark.parametrize("command", ["fix", "check"])
def test_stdin_that_is_closed(tmp_path: Path, command: str) -> None:
    line = f"{sys.executable} -m antipatterns {command} --isolated - <&-"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"antipatterns: error: cannot read stdin: it is closed\n"


def test_stdin_has_the_settings_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text('[tool.antipatterns]\nignore = ["AP201"]\n')
    for name, expected in (("sub/a.py", OLD), ("b.py", NEW)):
        done = run_process("-", "--stdin-filename", name, cwd=tmp_path, stdin=OLD.encode())
        assert done.stdout.decode() == expected
        assert not (tmp_path / name).exists()


def test_stdin_with_reports(fix: Callable[..., Outcome]) -> None:
    status, out, err = fix("-", "--diff", "--stdin-filename", "b.py", stdin=OLD.encode())
    assert (status, out.splitlines()[1]) == (1, "+++ b/b.py")
    assert err == "AP201 bare-except: 1 would be fixed\n1 of 1 file would change.\n"
    assert fix("-", "--check", stdin=OLD.encode()).status == 1
    assert fix("-", "--check", stdin=OLD.encode()).out == ""
    (row,) = json.loads(fix("-", "--check", "--output-format", "json", stdin=OLD.encode()).out)
    assert row["changed"]


# --- Asking --------------------------------------------------------------------------------------------------

THREE = OLD * 3


def ask(fix: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, *answers: str | type[BaseException]) -> Outcome:
    waiting: Iterator[str | type[BaseException]] = iter(answers)

    def answer() -> str:
        found = next(waiting)
        if isinstance(found, type):
            raise found
        return found

    monkeypatch.setattr(command, "input", answer, raising=False)
    outcome = fix("--interactive")
    assert next(waiting, None) is None, "not all was asked"
    return outcome


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["y", "n", "y"], [1, 0, 1]),
        (["n", "y", "n"], [0, 1, 0]),
        (["n", "n", "y"], [0, 0, 1]),
        (["yes", " N ", "what?", "", "Y"], [1, 0, 1]),
        (["n", "a"], [0, 1, 1]),
        (["y", "q"], [1, 0, 0]),
        (["q"], [0, 0, 0]),
        (["y", EOFError], [1, 0, 0]),
    ],
)
def test_interactive(
    fix: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    file: Path,
    answers: list[str | type[BaseException]],
    expected: list[int],
) -> None:
    file.write_text(THREE)
    status, out, err = ask(fix, monkeypatch, *answers)
    assert file.read_text() == "".join(NEW if fixed else OLD for fixed in expected)
    assert status == (0 if all(expected) else 1)
    assert "Fix it?" not in out
    assert err.startswith("a.py:3:1: AP201 ")


def test_interactive_quit_holds_for_all_files(
    fix: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.py"
    other.write_text(OLD)
    assert ask(fix, monkeypatch, "y", "q").status == 1
    assert (file.read_text(), other.read_text()) == (NEW, OLD)


def test_interrupted_at_a_question(
    fix: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.py"
    other.write_text(THREE)
    status, out, err = ask(fix, monkeypatch, "y", "y", KeyboardInterrupt)
    assert (status, out) == (130, "")
    assert err.endswith("antipatterns: interrupted\n")
    assert (file.read_text(), other.read_text()) == (NEW, THREE)


def test_interactive_on_a_terminal(tmp_path: Path, file: Path) -> None:
    file.write_text(THREE)
    parent, child = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "antipatterns", "fix", "--isolated", "--interactive"],
            cwd=tmp_path,
            stdin=child,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        os.write(parent, b"y\nn\n\x04")  # the last one is Ctrl-D
        out, err = process.communicate(timeout=60)
    finally:
        os.close(parent)
        os.close(child)
    assert process.returncode == 1
    assert out == b"AP201 bare-except: 1 fixed, 2 left\n1 of 1 file changed.\n"
    assert err.count(b"Fix it? ") == 3
    assert file.read_text() == NEW + OLD + OLD


# --- Only changed lines --------------------------------------------------------------------------------------

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.email", "a@b.c")
    git(folder, "config", "user.name", "A")
    monkeypatch.chdir(folder)
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_bytes(text.encode())
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def fix_since(*arguments: str) -> int:
    return cli.main(["fix", "--isolated", "-q", "--since", *arguments])


@needs_git
def test_since_fixes_only_changed_lines(repository: Path) -> None:
    commit(repository, a=OLD + "\n" + OLD, b=OLD)
    path = repository / "a.py"
    path.write_text(OLD + "\n" + OLD.replace("except:", "except :"))
    (repository / "new.py").write_text(OLD)
    assert fix_since("HEAD") == 1
    assert path.read_text() == OLD + "\n" + NEW.replace("Exception:", "Exception :")
    assert (repository / "b.py").read_text() == OLD
    assert (repository / "new.py").read_text() == NEW


@needs_git
def test_since_keeps_to_the_lines_when_imports_move_them(repository: Path) -> None:
    sleeps = "import time\n\n\nasync def f():\n    time.sleep({a})\n    time.sleep({b})\n"
    commit(repository, a=sleeps.format(a=1, b=2))
    (repository / "a.py").write_text(sleeps.format(a="time.sleep(time.sleep(3))", b=2))
    assert fix_since("HEAD") == 1
    assert (
        (repository / "a.py")
        .read_text()
        .endswith("    await asyncio.sleep(await asyncio.sleep(await asyncio.sleep(3)))\n    time.sleep(2)\n")
    )


@needs_git
def test_since_knows_renamed_files_and_deleted_ones(repository: Path) -> None:
    commit(repository, a=OLD + "x = 1\n" * 20, gone=OLD)
    git(repository, "mv", "a.py", "renamed.py")
    git(repository, "rm", "-q", "gone.py")
    path = repository / "renamed.py"
    path.write_text(path.read_text() + OLD)
    git(repository, "add", "-A")
    assert fix_since("HEAD") == 1
    assert path.read_text() == OLD + "x = 1\n" * 20 + NEW


@needs_git
def test_since_from_a_folder_below_and_through_a_link(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "sub").mkdir()
    commit(repository, a="x = 1\n")
    (repository / "sub" / "b.py").write_text(OLD)
    (repository / "a.py").write_text(OLD)
    (repository.parent / "link").symlink_to(repository)
    monkeypatch.chdir(repository / "sub")
    assert fix_since("HEAD") == 0
    assert (repository / "sub" / "b.py").read_text() == NEW
    assert (repository / "a.py").read_text() == OLD
    assert fix_since("HEAD", str(repository.parent / "link")) == 0
    assert (repository / "a.py").read_text() == NEW


@needs_git
def test_since_does_not_depend_on_the_users_git(repository: Path) -> None:
    commit(repository, a=OLD * 2, b=OLD)
    for key, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "diff.interHunkContext": "9",
        "diff.context": "9",
        "diff.relative": "true",
        "diff.renames": "copies",
        "color.ui": "always",
        "core.quotePath": "true",
    }.items():
        git(repository, "config", key, value)
    # Lines of code that look like those of a diff.
    odd = '"""\n++ b/b.py\n@@ -1 +1,99 @@\n\x0c+++ b/b.py\r+++ b/b.py\n"""\n'
    (repository / "a.py").write_bytes((OLD + odd + OLD.replace("except:", "except  :")).encode())
    found = find_changed_lines("HEAD", repository)
    assert found == {str(repository.resolve() / "a.py"): frozenset({5, 6, 7, 8, 9, 12})} or set(found) == {
        str(repository.resolve() / "a.py")
    }


@needs_git
@pytest.mark.parametrize("name", ["ä", "a b", 'a"b', "a\tb", "a\\b"])
def test_since_knows_odd_names(repository: Path, name: str) -> None:
    commit(repository, **{name: "x = 1\n", "other": "x = 1\n"})
    (repository / f"{name}.py").write_text(OLD)
    assert fix_since("HEAD") == 0
    assert (repository / f"{name}.py").read_text() == NEW


@needs_git
def test_since_counts_lines_as_git_does(repository: Path) -> None:
    text = "x = 1\ry = 2\rz = 3\n" + OLD + OLD
    commit(repository, a=text)
    (repository / "a.py").write_bytes((text.removesuffix(OLD) + OLD.replace("except:", "except  :")).encode())
    assert fix_since("HEAD") == 1
    assert (repository / "a.py").read_bytes().decode() == text.removesuffix(OLD) + NEW.replace("ion:", "ion  :")


@needs_git
def test_since_a_bad_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, a=OLD)
    for revision in ("nowhere", "HEAD~9", "-p", "HEAD --output=x"):
        assert cli.main(["fix", "--isolated", f"--since={revision}"]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
    assert (repository / "a.py").read_text() == OLD


@needs_git
def test_since_outside_of_a_repository(
    fix: Callable[..., Outcome], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(file.parent.parent))
    status, _, err = fix("--since", "HEAD")
    assert (status, err.count("\n")) == (2, 1)
    assert "not a git repository" in err


def test_since_without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(changed_lines.subprocess, "run", fail)
    with pytest.raises(GitError, match="--since needs git"):
        find_changed_lines("HEAD", tmp_path)


# --- Files that must be left alone ---------------------------------------------------------------------------


def test_read_only_files(fix: Callable[..., Outcome], file: Path) -> None:
    file.chmod(0o444)
    status, out, err = fix()
    assert (status, out) == (1, "AP201 bare-except: 1 left\n0 of 1 file changed.\n")
    assert err == "antipatterns: warning: a.py left alone: cannot write: it is read-only\n"
    assert file.read_text() == OLD
    assert fix("--diff").status == 1


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o4750])
def test_mode_is_kept(fix: Callable[..., Outcome], file: Path, mode: int) -> None:
    file.chmod(mode)
    assert fix().status == 0
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_text() == NEW
    assert [path.name for path in file.parent.iterdir()] == ["a.py"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_owner_is_kept(fix: Callable[..., Outcome], file: Path) -> None:
    os.chown(file, 4242, 4243)
    assert fix().status == 0
    assert (file.stat().st_uid, file.stat().st_gid) == (4242, 4243)


def test_files_that_vanish_or_change(
    fix: Callable[..., Outcome], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.py").write_text(OLD)
    (tmp_path / "c.py").write_text(OLD)
    inner = fix_file_module.fix_source

    def meanwhile(source: Any, *arguments: Any) -> Any:
        if source.path == "a.py":
            file.unlink()
        if source.path == "b.py":
            (tmp_path / "b.py").write_text("mine = 1\n")
        return inner(source, *arguments)

    monkeypatch.setattr(fix_file_module, "fix_source", meanwhile)
    status, out, err = fix()
    assert status == 1
    assert out == "AP201 bare-except: 1 fixed, 2 left\n1 of 3 files changed.\n"
    assert "a.py left alone: cannot write: it is gone\n" in err
    assert "b.py left alone: cannot write: it changed while it was being fixed\n" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.py", "c.py"]
    assert (tmp_path / "b.py").read_text() == "mine = 1\n"
    assert (tmp_path / "c.py").read_text() == NEW


def test_a_file_that_vanishes_before_it_is_read(
    fix: Callable[..., Outcome], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = command.discover_files

    def discover(*arguments: Any) -> Any:
        found = inner(*arguments)
        file.unlink()
        return found

    monkeypatch.setattr(command, "discover_files", discover)
    status, _, err = fix()
    assert status == 1
    assert err == "antipatterns: warning: a.py left alone: cannot read: No such file or directory\n"


def test_a_change_in_the_last_moment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.py"
    path.write_text(OLD)
    monkeypatch.setattr(write.os, "fsync", lambda _descriptor: path.write_text("mine = 1\n"))
    with pytest.raises(WriteError, match="it changed"):
        write_atomically(path, OLD.encode(), NEW.encode())
    assert path.read_text() == "mine = 1\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.py"]


@pytest.mark.parametrize("name", ["fsync", "chmod", "mkstemp", "replace"])
def test_errors_while_writing_leave_the_old_file(
    fix: Callable[..., Outcome], file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    owner = {"fsync": write.os, "mkstemp": write.tempfile}.get(name, Path)
    monkeypatch.setattr(owner, name, fail)
    status, out, err = fix()
    monkeypatch.undo()
    assert (status, out) == (1, "AP201 bare-except: 1 left\n0 of 1 file changed.\n")
    assert err.endswith("a.py left alone: cannot write: No space left on device\n")
    assert file.read_text() == OLD
    assert [path.name for path in file.parent.iterdir()] == ["a.py"]


def test_links(fix: Callable[..., Outcome], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "out.py"
    outside.write_text(OLD)
    (tmp_path / "inside").mkdir()
    real = tmp_path / "inside" / "real.txt"
    real.write_text(OLD)
    (tmp_path / "link.py").symlink_to(real)
    (tmp_path / "another.py").symlink_to("link.py")
    (tmp_path / "out.py").symlink_to(outside)
    (tmp_path / "dangling.py").symlink_to("nowhere")
    status, out, err = fix()
    assert out == "AP201 bare-except: 1 fixed\n1 of 2 files changed.\n"
    assert "out.py left alone: it is a link out of the tree" in err
    assert (outside.read_text(), real.read_text()) == (OLD, NEW)
    assert (tmp_path / "link.py").is_symlink()
    assert status == 0
    assert fix(outside).status == 0  # given itself, it is in the tree
    assert outside.read_text() == NEW


def test_folders_that_are_links_and_what_is_no_file(
    fix: Callable[..., Outcome], file: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.py").write_text(OLD)
    (tmp_path / "linked").symlink_to(outside)
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    assert fix() == Outcome(0, "AP201 bare-except: 1 fixed\n1 of 1 file changed.\n", "")
    assert (file.read_text(), (outside / "b.py").read_text()) == (NEW, OLD)


def test_a_defect_costs_one_file(
    fix: Callable[..., Outcome], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.py").write_text(OLD)
    inner = fix_file_module.fix_source

    def crash(source: Any, *arguments: Any) -> Any:
        if source.path == "a.py":
            raise ZeroDivisionError("zero")
        return inner(source, *arguments)

    monkeypatch.setattr(fix_file_module, "fix_source", crash)
    status, out, err = fix()
    assert (status, out) == (1, "AP201 bare-except: 1 fixed\n1 of 2 files changed.\n")
    assert err.endswith("a.py left alone: antipatterns failed, please report it: ZeroDivisionError: zero\n")
    assert file.read_text() == OLD


def test_what_libcst_cannot_parse_is_named(fix: Callable[..., Outcome], file: Path) -> None:
    file.write_text(OLD.replace("f()", "(x): int = 1") + OLD)
    status, out, _ = fix()
    assert (status, file.read_text()) == (1, OLD.replace("f()", "(x): int = 1") + NEW)
    assert "    1 x libcst cannot parse this statement" in out


def test_names_cannot_hide_in_the_warnings(fix: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[2Jb.py").write_text("x = (\n")
    err = fix().err
    assert err == "antipatterns: warning: a\\n\\x1b[2Jb.py left alone: cannot parse: '(' was never closed\n"


def test_control_c(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"m{number:04}.py").write_text(OLD)
    process = subprocess.Popen(
        [sys.executable, "-m", "antipatterns", "fix", "--isolated", "--jobs", "2", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while "except:" in (tmp_path / "m0030.py").read_text() and process.poll() is None:
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"antipatterns: interrupted\n")
    texts = [path.read_text() for path in tmp_path.iterdir()]
    assert len(texts) == 1500
    assert set(texts) == {OLD, NEW}


# --- Diffs that tools take -----------------------------------------------------------------------------------

CONTENTS = {
    "plain": OLD.encode() + b"x = 1\n" * 9 + OLD.encode(),
    "crlf": OLD.replace("\n", "\r\n").encode(),
    "cr": b"x = 1\r" + OLD.replace("\n", "\r").encode() + b"\n" + OLD.encode(),
    "no last newline": OLD.encode() + b"# end",
    "no newline in the statement": OLD.encode().removesuffix(b"\n"),
    "latin": b"# coding: latin-1\n# \xe4\n" + OLD.encode(),
    "bom": b"\xef\xbb\xbf" + OLD.encode(),
    "form feed": OLD.encode().replace(b"except", b"\x0c\nexcept"),
    "separators": "# \x1c \x85 \u2028\n".encode() + OLD.encode(),
}


@pytest.mark.parametrize("tool", ["git apply", "patch -p1"])
@pytest.mark.parametrize("name", ["a.py", "a b.py", "sub/ä.py", 'quo"te.py'])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_diff_can_be_applied(tmp_path: Path, content: bytes, name: str, tool: str) -> None:
    program, *options = tool.split()
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}")
    if program == "patch" and '"' in name:
        pytest.skip("older ones do not unquote")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    new = content.replace(b"except:", b"except Exception:")
    diff = format_diff(name, content, new)
    binary = ["--binary"] if program == "patch" else ["--whitespace=nowarn"]
    subprocess.run([program, *options, *binary], input=diff, cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == new


@needs_git
def test_diff_of_a_run_can_be_applied(tmp_path: Path) -> None:
    for name, content in CONTENTS.items():
        (tmp_path / f"{name}.py").write_bytes(content)
    copy = tmp_path.parent / f"{tmp_path.name}-copy"
    shutil.copytree(tmp_path, copy)
    diff = run_process("--isolated", "--diff", "-q", cwd=tmp_path)
    assert diff.returncode == 1
    assert run_process("--isolated", "-q", cwd=copy).returncode in (0, 1)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn"], input=diff.stdout, cwd=tmp_path, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (copy / path.name).read_bytes(), path.name
    assert len(re.findall(rb"^--- a/", diff.stdout, re.MULTILINE)) == len(CONTENTS)
