"""A ``fix`` that is killed leaves every file old or new; ``ANTIPATTERNS_KILLS=200`` tries more often than CI does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = 1000
KILLS = int(os.environ.get("ANTIPATTERNS_KILLS", "6"))
OLD = "try:\n    f({number})\nexcept:\n    g()\n"
NEW = "try:\n    f({number})\nexcept Exception:\n    g()\n"


def fix(tree: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "antipatterns", "fix", "--isolated", "--jobs", str(jobs), str(tree)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


def states(tree: Path) -> tuple[int, int]:
    """How many files are old and new; anything else fails."""
    old = new = 0
    for number in range(FILES):
        text = (tree / f"m{number}.py").read_text()
        is_old, is_new = text == OLD.format(number=number), text == NEW.format(number=number)
        assert is_old or is_new, f"m{number}.py holds {text!r}"
        old, new = old + is_old, new + is_new
    return old, new


def test_killed_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(7)
    seen_half_done = 0
    for turn in range(KILLS):
        for number in range(FILES):
            (tmp_path / f"m{number}.py").write_text(OLD.format(number=number))
        process = fix(tmp_path, jobs=1 + turn % 2)
        try:
            process.wait(timeout=chance.uniform(0.5, 4.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        old, new = states(tmp_path)
        seen_half_done += bool(old and new)
    assert fix(tmp_path, jobs=1).wait() == 0
    assert states(tmp_path) == (0, FILES)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".py"] == [], "leftovers"
    assert KILLS < 20 or seen_half_done, "no kill met a run in the middle"
