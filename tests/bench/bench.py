"""Measure ``check`` on a tree against bare ``ast.parse``, ruff and flake8, all in one run; not run by pytest.

    python tests/bench/bench.py TREE [--turns 5] [--starts 20] [--only check-1,parse]

Each turn runs every subject once, in processes of their own, so that a slow moment of the machine hits all of them;
the first turn warms up and does not count. Shown are medians over the turns, and of the ratios to the parse floor of
the same turn. Wall and CPU in seconds, memory in MiB (of the largest process). Last come the milliseconds that the
plugin adds to a start of flake8. The subjects need the ``dev`` extra.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ruff.__main__ import find_ruff_bin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
RUFF_RULES = "E722,S110,S112,B006,PLR0915,ASYNC210,ASYNC220,ASYNC221,ASYNC222,ASYNC230,ASYNC251,TID251"
FLAKE8 = [sys.executable, str(HERE / "flake8_host.py")]


class Cost(NamedTuple):
    """What one process took: wall and CPU seconds, and the peak of its memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command that must not fail to its end, and ask the operating system what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    assert process.stderr is not None
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{complaint.decode()}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def subjects(tree: str, cache: str) -> dict[str, list[str]]:
    """The commands to compare, by name; all of them look at every ``.py`` file of the tree. Warm ones keep a cache."""
    check = [sys.executable, "-m", "antipatterns", "check", tree, "--isolated", "--quiet", "--exit-zero"]
    check += ["--exclude", "nothing"]
    lint = ["--isolated", "--exit-zero", "--jobs", "1", "--exclude", "nothing", tree]
    ruff = [find_ruff_bin(), "check", "--isolated", "--exit-zero", "--preview", tree, "--exclude", "nothing"]
    ruff += ["--select", RUFF_RULES]
    parse = [sys.executable, str(HERE / "parse.py"), tree]
    return {
        "parse": parse,
        "parse-no-gc": [*parse, "--no-gc"],
        "check-1": [*check, "--no-cache", "--jobs", "1"],
        "check-2": [*check, "--no-cache", "--jobs", "2"],
        "check-warm": [*check, "--cache-dir", f"{cache}/own"],
        "ruff": [*ruff, "--no-cache"],
        "ruff-warm": [*ruff, "--cache-dir", f"{cache}/ruff"],
        "flake8": [*FLAKE8, "without", *lint],
        "flake8+ap": [*FLAKE8, "with", *lint],
    }


def main() -> int:
    """Print the table, then the cost of the start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--only", help="names of subjects, comma-separated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        return compare(subjects(options.tree, cache), options)


def compare(chosen: dict[str, list[str]], options: argparse.Namespace) -> int:
    """Run the subjects that were asked for, and print what they took."""
    if options.only:
        names = options.only.split(",")
        chosen = {name: command for name, command in chosen.items() if name in names or name == "parse"}
    files = [path for path in Path(options.tree).rglob("*.py") if path.is_file()]
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    print(f"{options.tree}: {len(files)} files, {lines} lines; medians of {options.turns} turns")
    with tempfile.TemporaryDirectory() as folder:
        environment = compiled_environment(folder)
        print_table(run_turns(chosen, options.turns, environment), lines)
        print_starts(options.starts, environment)
    return 0


def compiled_environment(folder: str) -> dict[str, str]:
    """The environment of a user: byte code is kept, here in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": folder}


def run_turns(chosen: Mapping[str, Sequence[str]], turns: int, environment: Mapping[str, str]) -> dict[str, list[Cost]]:
    """The costs of each subject, turn by turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in chosen}
    for turn in range(turns + 1):
        for name, command in chosen.items():
            if turn or name in {"parse", "check-1", "flake8+ap"} or name.endswith("-warm"):
                cost = measure(command, environment)
                costs[name] += [cost] if turn else []
    return costs


def print_table(costs: Mapping[str, Sequence[Cost]], lines: int) -> None:
    """One row a subject; ratios are medians of the ratios turn by turn."""
    print(f"{'':12} {'wall':>8} {'cpu':>8} {'MiB':>7} {'B/line':>7} {'cpu/parse':>10} {'wall/parse':>11}")
    for name, rows in costs.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        floor = costs["parse"]
        by_cpu = statistics.median(row.cpu / base.cpu for row, base in zip(rows, floor, strict=True))
        by_wall = statistics.median(row.wall / base.wall for row, base in zip(rows, floor, strict=True))
        per_line = memory * 1024 * 1024 / max(lines, 1)
        print(f"{name:12} {wall:8.3f} {cpu:8.3f} {memory:7.0f} {per_line:7.0f} {by_cpu:10.2f} {by_wall:11.2f}")


def print_starts(turns: int, environment: Mapping[str, str]) -> None:
    """What the plugin adds to ``flake8 --version`` and to a file of one line: medians of neighbours' differences."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "small.py")
        file.write_text("import sys\n", encoding="utf-8")
        for arguments in ([["--version"], ["--isolated", "--exit-zero", str(file)]]) if turns else ():
            print_start(arguments, turns, environment)


def print_start(arguments: list[str], turns: int, environment: Mapping[str, str]) -> None:
    """What the plugin adds to one call of flake8; the first turn warms up and does not count."""
    costs = [
        [measure([*FLAKE8, mode, *arguments], environment) for mode in ("without", "with")] for _ in range(turns + 1)
    ][1:]
    bare, more = (
        [statistics.median(column) * 1000 for column in zip(*rows, strict=True)]
        for rows in (
            [(without.wall, without.cpu) for without, _ in costs],
            [(loaded.wall - without.wall, loaded.cpu - without.cpu) for without, loaded in costs],
        )
    )
    print(f"flake8 {Path(arguments[-1]).name}, in ms: {bare[0]:.0f} (CPU {bare[1]:.0f}); ", end="")
    print(f"the plugin adds {more[0]:.0f} (CPU {more[1]:.0f}); {turns} turns")


if __name__ == "__main__":
    sys.exit(main())
