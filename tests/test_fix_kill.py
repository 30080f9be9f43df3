"""A ``fix`` that is killed leaves every file old or new; ``ANTIPATTERNS_KILLS=200`` tries more often than CI does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FILES = 1000
KILLS = int(os.environ.get("ANTIPATTERNS_KILLS", "12"))
SEED = int(os.environ.get("ANTIPATTERNS_SEED", "7"))
PATIENCE = 60.0
OLD = "try:\n    f({number})\nexcept:\n    g()\n"
NEW = "try:\n    f({number})\nexcept Exception:\n    g()\n"

fcntl = pytest.importorskip("fcntl")
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")


class Tree:
    """A thousand files that a run mends from the first to the last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = [folder / f"m{number:04}.py" for number in range(FILES)]
        self.reset()

    def reset(self) -> None:
        for number, path in enumerate(self.paths):
            path.write_text(OLD.format(number=number))

    def count_new(self) -> int:
        """How many files are new; one that is neither old nor new fails."""
        new = 0
        for number, path in enumerate(self.paths):
            text = path.read_text()
            assert text in (OLD.format(number=number), NEW.format(number=number)), f"{path.name} holds {text!r}"
            new += text == NEW.format(number=number)
        return new

    def leftovers(self) -> list[str]:
        return sorted({path.name for path in self.folder.iterdir()} - {path.name for path in self.paths})


def start_fix(tree: Tree, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "antipatterns", "fix", "--isolated", "--jobs", str(jobs), str(tree.folder)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    try:
        return [int(text) for text in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    except OSError:
        return []


def is_at_work(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(what: str, is_true: object) -> None:
    assert callable(is_true)
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.001)


def kill_on_the_way(tree: Tree, jobs: int, chance: random.Random, *, only_parent: bool) -> None:
    """Kill a run soon after it has mended some random one of the files that are still old."""
    old = [path for path in tree.paths if "except:" in path.read_text()]
    target = chance.choice(old[: max(1, FILES // 8)])
    size = target.stat().st_size
    process = start_fix(tree, jobs)
    wait_until("a file is mended", lambda: target.stat().st_size != size or process.poll() is not None)
    time.sleep(chance.uniform(0, 0.01))
    workers = workers_of(process)
    if only_parent:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    wait_until("no worker is left", lambda: not any(is_at_work(worker) for worker in workers))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    tree = Tree(tmp_path)
    half_done = 0
    for turn in range(KILLS):
        if tree.count_new() > FILES * 3 // 4:
            tree.reset()
        kill_on_the_way(tree, 1 + turn % 3, chance, only_parent=turn % 2 == 1)
        half_done += 0 < tree.count_new() < FILES
    assert half_done, "no kill met a run in the middle"
    (tmp_path / ".antipatterns-gone.tmp").touch()
    with (tmp_path / ".antipatterns-mine.tmp").open("w") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)  # as a run does that is still at work
        assert start_fix(tree, 1).wait() == 0
    assert tree.count_new() == FILES
    assert tree.leftovers() == [".antipatterns-mine.tmp"]
    assert start_fix(tree, 1).wait() == 0
    assert tree.leftovers() == []


def test_killed_before_it_begins(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    for delay in (0.0, 0.05, 0.2):
        process = start_fix(tree, 2)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        tree.count_new()
