"""Measure ``check`` on a tree against bare ``ast.parse``, ruff and flake8, all in one run; not run by pytest.

    python tests/bench/bench.py TREE [--turns 5] [--only check-1,parse]

Each turn runs every subject once, in processes of their own, so that a slow moment of the machine hits all of them;
shown are medians over the turns, and ratios to the parse floor of the same turn. Wall and CPU in seconds, memory in
MiB (of the largest process). The subjects need the ``dev`` extra.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
RUFF_RULES = "E722,S110,S112,B006,PLR0915,ASYNC210,ASYNC220,ASYNC221,ASYNC222,ASYNC230,ASYNC251,TID251"


class Cost(NamedTuple):
    """What one process took: wall and CPU seconds, and the peak of its memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end, whatever its exit status, and ask the operating system what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def subjects(tree: str) -> dict[str, list[str]]:
    """The commands to compare, by name."""
    python = sys.executable
    check = [python, "-m", "antipatterns", "check", tree, "--isolated", "--quiet", "--exit-zero"]
    flake8 = [python, str(HERE / "flake8_host.py")]
    lint = ["--isolated", "--exit-zero", "--jobs", "1", tree]
    ruff = [python, "-m", "ruff", "check", "--isolated", "--no-cache", "--exit-zero", "--preview", tree]
    return {
        "parse": [python, str(HERE / "parse.py"), tree],
        "parse-no-gc": [python, str(HERE / "parse.py"), tree, "--no-gc"],
        "check-1": [*check, "--jobs", "1"],
        "check-2": [*check, "--jobs", "2"],
        "ruff": [*ruff, "--select", RUFF_RULES],
        "flake8": [*flake8, "without", *lint],
        "flake8+ap": [*flake8, "with", *lint],
        "flake8-start": [*flake8, "without", "--version"],
        "flake8+ap-start": [*flake8, "with", "--version"],
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", help="names of subjects, comma-separated")
    options = parser.parse_args()
    chosen = subjects(options.tree)
    if options.only:
        names = options.only.split(",")
        chosen = {name: command for name, command in chosen.items() if name in names or name == "parse"}
    costs: dict[str, list[Cost]] = {name: [] for name in chosen}
    for _ in range(options.turns):
        for name, command in chosen.items():
            costs[name].append(measure(command))
    files = [path for path in Path(options.tree).rglob("*.py") if path.is_file()]
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    print(f"{options.tree}: {len(files)} files, {lines} lines; medians of {options.turns} turns")
    print_table(costs, lines)
    return 0


def print_table(costs: dict[str, list[Cost]], lines: int) -> None:
    """One row a subject; ratios are medians of the ratios turn by turn."""
    print(f"{'':16} {'wall':>8} {'cpu':>8} {'MiB':>7} {'B/line':>7} {'cpu/parse':>10} {'wall/parse':>11}")
    for name, rows in costs.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        floor = costs["parse"]
        by_cpu = statistics.median(row.cpu / base.cpu for row, base in zip(rows, floor, strict=True))
        by_wall = statistics.median(row.wall / base.wall for row, base in zip(rows, floor, strict=True))
        per_line = memory * 1024 * 1024 / max(lines, 1)
        print(f"{name:16} {wall:8.3f} {cpu:8.3f} {memory:7.0f} {per_line:7.0f} {by_cpu:10.2f} {by_wall:11.2f}")


if __name__ == "__main__":
    sys.exit(main())
