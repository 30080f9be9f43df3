"""Measure ``fix --diff`` on a tree against ``check`` and Fixit's ``lint --diff``, in one run; not run by pytest.

    python tests/bench/fix_bench.py TREE [--turns 3] [--fixit-turns 1] [--fixit-rules RULES] [--share 5]

Ours runs with one worker on the whole tree, beside ``check`` with one; and with two beside Fixit, which always takes
one a core, on each fifth file of the tree (``--share 1``: on all, which takes Fixit a quarter of an hour for Django).
Fixit has no rules about the same things but its ``UseAsyncSleepInAsyncDef``; by default it runs that one alone, which
leaves it the parsing; ``--fixit-rules fixit.rules`` runs all that it brings. Shown are wall and CPU seconds of each run
as it ends, then how the medians stand to the goals: a tenth of Fixit, and three times ``check`` and 5 ms for each
statement that changes.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench import Cost, measure

GOAL_FIXIT = 10.0
GOAL_CHECK = 3.0
SECONDS_PER_CHANGE = 0.005


def subjects(tree: str, share: int, fixit_rules: str, reports: Path) -> dict[str, list[str]]:
    """The commands to compare, by name; those with one worker leave in ``reports`` what they would change."""
    ours = [sys.executable, "-m", "antipatterns"]
    flags = ["--isolated", "--quiet", "--exit-zero", "--jobs"]
    fix = [*ours, "fix", "--diff", *flags]
    unsafe = [*fix, "2", "--unsafe-fixes"]
    some = sorted(str(path) for path in Path(tree).rglob("*.py"))[::share]
    fixit = [sys.executable, "-m", "fixit", "--quiet", "--rules", fixit_rules, "lint", "--diff", *some]
    keep = ["sh", "-c", 'exec "$@" > "$0"']
    return {
        "check-1": [*ours, "check", "--no-cache", tree, *flags, "1"],
        "fix-1": [*keep, str(reports / "fix"), *fix, "1", tree, "--output-format", "json"],
        "unsafe-1": [*keep, str(reports / "unsafe"), *fix, "1", tree, "--unsafe-fixes", "--output-format", "json"],
        "fix-2": [*fix, "2", *some],
        "unsafe-2": [*unsafe, *some],
        "fixit": ["sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", *fixit],  # its 1 is no failure
    }


class Changes(NamedTuple):
    """How many findings a run would fix, and how many statements stand on the lines that it would write."""

    findings: int
    statements: int


def count_changes(report: Path) -> Changes:
    """What a run would change."""
    rows = [row for row in json.loads(report.read_bytes()) if row["changed"]]
    return Changes(
        sum(len(row["fixed"]) for row in rows),
        sum(count_statements(Path(row["path"]).read_text(encoding="utf-8"), row["diff"]) for row in rows),
    )


def count_statements(old: str, diff: str) -> int:
    """How many statements of the new text begin on a line that a unified diff of it adds."""
    lines = old.split("\n")
    new: list[str] = []
    added: set[int] = set()
    used = 0
    for line in diff.split("\n")[2:]:
        if hunk := re.match(r"@@ -(\d+)", line):
            new += lines[used : int(hunk[1]) - 1]
            used = int(hunk[1]) - 1
        elif line.startswith("+"):
            new.append(line[1:])
            added.add(len(new))
        elif line.startswith((" ", "-")):
            new += [line[1:]] if line.startswith(" ") else []
            used += 1
    tree = ast.parse("\n".join([*new, *lines[used:]]))
    return sum(isinstance(node, ast.stmt) and node.lineno in added for node in ast.walk(tree))


def main() -> int:
    """Print the rows and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--fixit-turns", type=int, default=1, help="0 leaves it out")
    parser.add_argument("--fixit-rules", default="fixit.rules:UseAsyncSleepInAsyncDef")
    parser.add_argument("--share", type=int, default=5, metavar="N", help="give Fixit each Nth file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chosen = subjects(options.tree, options.share, options.fixit_rules, Path(folder))
        print_goals(run_turns(chosen, options.turns, options.fixit_turns), Path(folder))
    return 0


def run_turns(chosen: dict[str, list[str]], turns: int, fixit_turns: int) -> dict[str, list[Cost]]:
    """The costs of each subject, turn by turn; each is shown at once."""
    costs: dict[str, list[Cost]] = {}
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    for turn in range(max(turns, fixit_turns)):
        for name, command in chosen.items():
            if turn < (fixit_turns if name == "fixit" else turns):
                cost = measure(command, environment)
                costs.setdefault(name, []).append(cost)
                load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
                print(f"{name:9} wall {cost.wall:8.2f} cpu {cost.cpu:8.2f} MiB {cost.memory:5.0f}; {load}", flush=True)
    return costs


def print_goals(costs: dict[str, list[Cost]], reports: Path) -> None:
    """One line for each goal."""
    cpu = {name: statistics.median(row.cpu for row in rows) for name, rows in costs.items()}
    wall = {name: statistics.median(row.wall for row in rows) for name, rows in costs.items()}
    for name in ("fix", "unsafe"):
        changes = count_changes(reports / name)
        allowed = GOAL_CHECK * cpu["check-1"] + SECONDS_PER_CHANGE * changes.statements
        taken = cpu[f"{name}-1"]
        print(
            f"{name}: {taken / cpu['check-1']:.2f} x check, {changes.findings} fixes, {changes.statements} statements;",
            end=" ",
        )
        print(f"{taken / allowed:.2f} of {GOAL_CHECK:.0f} x check + 5 ms each: {_verdict(taken <= allowed)}")
        if "fixit" in cpu:
            by_wall, by_cpu = wall["fixit"] / wall[f"{name}-2"], cpu["fixit"] / cpu[f"{name}-2"]
            # Fixit has nothing like most unsafe fixes, and so there is no goal for them.
            verdict = _verdict(by_wall >= GOAL_FIXIT) if name == "fix" else "only shown"
            print(f"{name}: fixit takes {by_wall:.1f} x wall, {by_cpu:.1f} x cpu: {verdict}")


def _verdict(is_met: bool) -> str:
    return "goal met" if is_met else "GOAL MISSED"


if __name__ == "__main__":
    sys.exit(main())
