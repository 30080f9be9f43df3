"""What earlier runs left on the disk: it never changes what is found, and never gets in the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from antipatterns import cli
from antipatterns.cache import snapshot
from antipatterns.cache.stamp import seal
from antipatterns.commands import each_file

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = "from shop.middle import helper\n\n\nasync def entry():\n    helper()\n"
MIDDLE = "from shop.deep import work\n\n\ndef helper():\n    work()\n"
BLOCKS = "import time\n\n\ndef work():\n    time.sleep(1)\n"
HARMLESS = "import time\n\n\ndef work():\n    print(time)\n"
OTHER = "def f(x=[]):\n    return x\n"
COMMAND = [sys.executable, "-m", "antipatterns"]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


class Ran(NamedTuple):
    """What a run gave."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        return [line.split(" ")[1] for line in self.out.splitlines() if line.count(":") >= 3]


@pytest.fixture(params=[snapshot.FEW, 0], ids=["file by file", "as a whole"])
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A project in which a call blocks two files away, and a store that is used, in both ways."""
    monkeypatch.setattr(snapshot, "FEW", request.param)
    monkeypatch.delenv("ANTIPATTERNS_CACHE_DIR")
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    project = tmp_path / "project"
    for name, text in {
        "pyproject.toml": "[tool.antipatterns]\n",
        "shop/__init__.py": "",
        "shop/entry.py": ENTRY,
        "shop/middle.py": MIDDLE,
        "shop/deep.py": BLOCKS,
        "shop/other.py": OTHER,
    }.items():
        write(project / name, text)
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run_here(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = cli.main(["check", "-j1", *(str(argument) for argument in arguments)])
        return Ran(status, *capsys.readouterr())

    return run_here


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The files that runs really looked at: by themselves, and as parts of the project."""
    seen: dict[str, list[str]] = {"alone": [], "project": []}
    alone, project = each_file.check_bytes, each_file.check_project
    monkeypatch.setattr(
        each_file, "check_bytes", lambda path, *rest: (seen["alone"].append(path), alone(path, *rest))[1]
    )
    monkeypatch.setattr(
        each_file, "check_project", lambda file, *rest: (seen["project"].append(file.display), project(file, *rest))[1]
    )
    return seen


def write(path: Path, text: str) -> None:
    """Write a file that looks as if it had been there for a while, but not the same while as before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_mtime if path.exists() else 1_600_000_000
    path.write_text(text, encoding="utf-8")
    os.utime(path, (before + 60, before + 60))


def settle(tree: Path) -> None:
    """Make folders look old too: what is younger than two seconds is not trusted."""
    for folder in [tree, *(path for path in tree.rglob("*") if path.is_dir())]:
        os.utime(folder, (1_600_000_000, 1_600_000_000))


def store_of(tree: Path) -> Path:
    (store,) = (tree / ".antipatterns_cache").glob("*.db")
    return store


def fresh(run: Callable[..., Ran], *arguments: str) -> Ran:
    return run("--no-cache", *arguments)


# --- What is found ------------------------------------------------------------------------------------------


def test_warm_run_says_what_the_cold_one_said(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    settle(tree)
    cold = run()
    assert cold.codes == ["AP102", "AP301"]
    assert len(worked["alone"]) == 5
    assert run() == cold == fresh(run)
    worked["alone"].clear()
    worked["project"].clear()
    settle(tree)
    assert run() == cold
    assert worked == {"alone": [], "project": []}
    json = run("--output-format", "json")
    assert json.out == fresh(run, "--output-format", "json").out


def test_run_for_which_nothing_has_changed_reads_one_row(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    settle(tree)
    cold = run()
    settle(tree)
    run()
    connection = sqlite3.connect(store_of(tree))
    connection.execute("DELETE FROM outcomes")
    connection.commit()
    connection.close()
    worked["alone"].clear()
    assert run() == cold
    assert bool(worked["alone"]) is (snapshot.FEW > 0)
    write(tree / "shop" / "other.py", "")
    worked["alone"].clear()
    assert run().codes == ["AP102"]
    assert worked["alone"]


def test_edit_far_away_takes_the_finding_away_and_brings_it_back(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    settle(tree)
    cold = run()
    write(tree / "shop/deep.py", HARMLESS)
    settle(tree)
    worked["alone"].clear()
    assert run().codes == ["AP301"]
    assert worked["alone"] == [str(Path("shop", "deep.py"))]
    write(tree / "shop/deep.py", BLOCKS)
    assert run() == cold


def test_edit_of_what_nothing_hangs_on_asks_nobody_else(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    settle(tree)
    run()
    write(tree / "shop/other.py", OTHER + OTHER.replace("f(", "g("))
    settle(tree)
    worked["project"].clear()
    assert run().codes == ["AP102", "AP301", "AP301"]
    assert str(Path("shop", "entry.py")) not in worked["project"]


def test_edit_that_changes_no_facts_asks_nobody_else(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    settle(tree)
    cold = run()
    write(tree / "shop/deep.py", BLOCKS + "\n# A comment.\n")
    settle(tree)
    worked["alone"].clear()
    worked["project"].clear()
    assert run() == cold
    assert worked["alone"] == [str(Path("shop", "deep.py"))]
    assert str(Path("shop", "entry.py")) not in worked["project"]
    write(tree / "shop/deep.py", "\n" + BLOCKS)
    assert run() == fresh(run)
    write(tree / "shop/deep.py", HARMLESS)
    assert run() == fresh(run)


def test_file_that_appears_or_vanishes_is_seen(tree: Path, run: Callable[..., Ran]) -> None:
    settle(tree)
    run()
    (tree / "shop/deep.py").unlink()
    assert run().codes == ["AP301"]
    write(tree / "shop/deep/__init__.py", BLOCKS)
    assert run() == fresh(run)
    assert run().codes == ["AP102", "AP301"]


def test_package_that_shadows_a_module_is_seen(tree: Path, run: Callable[..., Ran]) -> None:
    settle(tree)
    run()
    write(tree / "shop/deep/__init__.py", HARMLESS)
    assert run().codes == fresh(run).codes == ["AP301"]


def test_change_outside_of_the_checked_files_is_seen(tree: Path, run: Callable[..., Ran]) -> None:
    entry = Path("shop", "entry.py")
    assert run(entry).codes == ["AP102"]
    write(tree / "shop/deep.py", HARMLESS)
    assert run(entry).codes == []
    write(tree / "shop/deep.py", BLOCKS)
    assert run(Path("shop", "other.py")).codes == ["AP301"]
    assert run(entry).codes == ["AP102"]
    assert run().codes == ["AP102", "AP301"]


def test_change_of_an_installed_package_is_seen(tree: Path, run: Callable[..., Ran]) -> None:
    packages = tree.parent / "packages"
    write(packages / "library.py", BLOCKS)
    write(tree / "shop/entry.py", "import library\n\n\nasync def entry():\n    library.work()\n")
    settle(packages)
    assert run("--python", packages).codes == ["AP102", "AP301"]
    assert run("--python", packages).codes == ["AP102", "AP301"]
    assert run().codes == ["AP301"]
    assert (tree.parent / "user").is_dir()
    write(packages / "library.py", HARMLESS)
    assert run("--python", packages).codes == ["AP301"]


def test_settings_that_matter_are_part_of_what_is_known(tree: Path, run: Callable[..., Ran]) -> None:
    assert run().codes == ["AP102", "AP301"]
    write(tree / "pyproject.toml", '[tool.antipatterns]\nignore = ["AP301"]\n')
    assert run().codes == ["AP102"]
    write(tree / "pyproject.toml", '[tool.antipatterns]\nnon-blocking = ["time.sleep"]\n')
    assert run().codes == ["AP301"]
    assert run("--select", "AP301").codes == ["AP301"]
    assert run("--isolated").codes == ["AP102", "AP301"]


def test_neighbours_of_a_domain_module_are_part_of_what_is_known(tree: Path, run: Callable[..., Ran]) -> None:
    write(tree / "shop/domain/__init__.py", "")
    write(tree / "shop/domain/order.py", "import sqlalchemy\n")
    assert run("--select", "AP401") == fresh(run, "--select", "AP401")
    assert run("--select", "AP401").codes == ["AP401"]
    write(tree / "sqlalchemy.py", "")
    assert run("--select", "AP401") == fresh(run, "--select", "AP401")


def test_paths_are_shown_from_where_the_run_is_started(
    tree: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"shop{os.sep}entry.py" in run().out
    monkeypatch.chdir(tree / "shop")
    assert run(".") == fresh(run, ".")


def test_suppressions_of_project_rules_are_judged_as_without(tree: Path, run: Callable[..., Ran]) -> None:
    write(tree / "shop/entry.py", ENTRY.replace("    helper()", "    helper()  # noqa: AP102"))
    for text in (BLOCKS, HARMLESS, BLOCKS):
        write(tree / "shop/deep.py", text)
        for _ in range(2):
            assert run("--extend-select", "AP002") == fresh(run, "--extend-select", "AP002")


# --- What is on the disk ------------------------------------------------------------------------------------


def test_folder_tells_git_and_backups_to_leave_it_out(tree: Path, run: Callable[..., Ran]) -> None:
    run()
    folder = tree / ".antipatterns_cache"
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert "(5 checked)" in run().out


def spoil_with_text(store: Path) -> None:
    store.write_bytes(b"this is no database, and never was one; it is only here to be in the way of others" * 99)


def spoil_by_cutting(store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(content[: len(content) // 2])


def spoil_by_emptying(store: Path) -> None:
    store.write_bytes(b"")


def spoil_pages(store: Path) -> None:
    content = bytearray(store.read_bytes())
    for at in range(4200, len(content), 97):
        content[at] ^= 0xFF
    store.write_bytes(content)


def spoil_with_another(store: Path) -> None:
    store.unlink()
    other = sqlite3.connect(store)
    other.execute("CREATE TABLE facts (a, b)")
    other.commit()
    other.close()


def spoil_contents(store: Path) -> None:
    connection = sqlite3.connect(store)
    connection.execute("UPDATE outcomes SET own = x'00', whole = x'0102030405'")
    connection.execute("UPDATE facts SET content = x'0102030405'")
    connection.commit()
    connection.close()


def spoil_snapshots(store: Path) -> None:
    connection = sqlite3.connect(store)
    spoilt = seal(msgspec.msgpack.encode([b"", [], {99: b"nothing"}]))
    connection.executemany("UPDATE snapshots SET content = ?", [(b"\0" * 9,), (spoilt,)])
    connection.commit()
    connection.close()


def spoil_graph(store: Path) -> None:
    connection = sqlite3.connect(store)
    connection.execute("UPDATE graphs SET nodes = x'0102030405', edges = 7")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_with_text,
        spoil_by_cutting,
        spoil_by_emptying,
        spoil_pages,
        spoil_with_another,
        spoil_contents,
        spoil_snapshots,
        spoil_graph,
    ],
)
def test_spoiled_store_is_made_anew(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]], spoil: Callable[[Path], None]
) -> None:
    settle(tree)
    cold = run()
    store = store_of(tree)
    spoil(store)
    assert run() == cold
    settle(tree)
    run()
    worked["alone"].clear()
    assert run() == cold
    assert worked["alone"] == []


def one_warning(ran: Ran) -> str:
    (line,) = ran.err.splitlines()
    assert line.startswith("antipatterns: warning: nothing is kept in ")
    return line


def test_folder_in_place_of_the_store_is_told_once(tree: Path, run: Callable[..., Ran]) -> None:
    cold = run()
    store = store_of(tree)
    store.unlink()
    store.mkdir()
    ran = run()
    assert (ran.status, ran.out) == (cold.status, cold.out)
    one_warning(ran)


def test_file_in_place_of_the_folder_is_told_once(tree: Path, run: Callable[..., Ran]) -> None:
    write(tree / ".antipatterns_cache", "")
    ran = run()
    assert ran.codes == ["AP102", "AP301"]
    one_warning(ran)


@pytest.mark.skipif(IS_ROOT, reason="root may write everywhere")
def test_folder_that_may_not_be_written_is_told_once(tree: Path, run: Callable[..., Ran]) -> None:
    tree.chmod(0o555)
    try:
        ran = run()
    finally:
        tree.chmod(0o755)
    assert ran.codes == ["AP102", "AP301"]
    one_warning(ran)


@pytest.mark.skipif(not Path("/dev/full").exists() or not Path("/proc/self").exists(), reason="Linux only")
def test_place_where_nothing_can_be_made_is_told_once(tree: Path, run: Callable[..., Ran]) -> None:
    ran = run("--cache-dir", "/proc/self/nothing")
    assert ran.codes == ["AP102", "AP301"]
    one_warning(ran)


def test_full_disk_is_told_once(tree: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(tree, 60)
    connect = sqlite3.connect

    def connect_to_little(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count=9")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_little)
    ran = run()
    assert ran.out == fresh(run).out
    assert "full" in one_warning(ran)


# --- Options ------------------------------------------------------------------------------------------------


def test_no_cache_writes_nothing_and_reads_nothing(
    tree: Path, run: Callable[..., Ran], worked: dict[str, list[str]]
) -> None:
    run("--no-cache")
    assert not (tree / ".antipatterns_cache").exists()
    assert not (tree.parent / "user").exists()
    run()
    worked["alone"].clear()
    run("--no-cache")
    assert len(worked["alone"]) == 5


def test_folder_is_chosen_by_option_variable_and_setting(
    tree: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tree / "pyproject.toml", '[tool.antipatterns]\ncache-dir = "kept/here"\n')
    run()
    assert list((tree / "kept/here").glob("*.db"))
    monkeypatch.setenv("ANTIPATTERNS_CACHE_DIR", "by_variable")
    run()
    assert list((tree / "by_variable").glob("*.db"))
    run("--cache-dir", tree / "by_option")
    assert list((tree / "by_option").glob("*.db"))
    write(tree / "pyproject.toml", '[tool.antipatterns]\ncache-dir = "none"\n')
    monkeypatch.delenv("ANTIPATTERNS_CACHE_DIR")
    run()
    assert not (tree / ".antipatterns_cache").exists()


def test_clean_removes_only_what_is_ours(
    tree: Path, run: Callable[..., Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tree / ".antipatterns_cache"
    assert cli.main(["clean"]) == 0
    run()
    write(folder / "mine.txt", "")
    assert cli.main(["clean"]) == 0
    assert capsys.readouterr().out.endswith(f"Removed 1 store of {tree}.\n")
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "CACHEDIR.TAG", "mine.txt"]
    (folder / "mine.txt").unlink()
    assert cli.main(["clean", str(tree / "shop")]) == 0
    assert not folder.exists()
    assert cli.main(["clean", "nowhere"]) == 2


# --- Many processes -----------------------------------------------------------------------------------------


def make_many(tree: Path, count: int) -> None:
    for number in range(count):
        write(tree / f"shop/many_{number}.py", ENTRY + OTHER)


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "check", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_runs_at_the_same_time_do_not_harm_each_other(tree: Path, run: Callable[..., Ran]) -> None:
    make_many(tree, 30)
    expected = fresh(run).out
    for _ in range(2):
        started = [start(), start(), start("-j2")]
        for one in started:
            assert one.communicate() == (expected, "")
    assert run().out == expected
    write(tree / "shop/deep.py", HARMLESS)
    started = [start(), start("shop/entry.py"), start("shop/other.py")]
    for one in started:
        assert one.communicate()[1] == ""
    assert run().out == fresh(run).out


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_killed_run_leaves_a_store_that_can_be_used(tree: Path, run: Callable[..., Ran]) -> None:
    make_many(tree, 60)
    expected = fresh(run).out
    for wait in (0.25, 0.4, 0.55, 0.7):
        killed = start("-j1")
        time.sleep(wait)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    ran = run()
    assert (ran.out, ran.err) == (expected, "")
    assert run().out == expected


def test_workers_find_the_same(tree: Path, run: Callable[..., Ran]) -> None:
    make_many(tree, 60)
    with_workers = start("-j2").communicate()
    assert with_workers == (fresh(run).out, "")
    write(tree / "shop/middle.py", MIDDLE.replace("    work()", "    return work"))
    assert start("-j2").communicate()[0] == fresh(run).out


# --- flake8 -------------------------------------------------------------------------------------------------


def flake8(*arguments: str) -> str:
    command = [sys.executable, "-m", "flake8", "-j1", "--isolated", "--select=AP", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout


def test_flake8_reads_and_keeps_facts_of_other_files(tree: Path) -> None:
    for _ in range(2):
        assert "AP102" in flake8("shop/entry.py")
        connection = sqlite3.connect(store_of(tree))
        assert connection.execute("SELECT count(*) FROM facts").fetchone()[0] >= 2
        connection.close()
    write(tree / "shop/deep.py", HARMLESS)
    assert "AP102" not in flake8("shop/entry.py")
    assert "AP102" not in flake8("--antipatterns-cache-dir=none", "shop/entry.py")
