"""Measure ``fix --diff`` on a tree against ``check`` and Fixit's ``lint --diff``, in one run; not run by pytest.

    python tests/bench/fix_bench.py TREE [--turns 3] [--fixit-turns 1] [--fixit-rules RULES]

Ours runs with one worker, beside ``check`` with one, and with two beside Fixit, which always takes one a core. Fixit
has no rules about the same things but its ``UseAsyncSleepInAsyncDef``; by default it runs that one alone, which leaves
it the parsing; ``--fixit-rules fixit.rules`` runs all that it brings. Shown are medians of wall and CPU seconds, and
how they stand to the goals: a tenth of Fixit, and three times ``check`` and 5 ms for each statement that changes.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench import Cost, measure

GOAL_FIXIT = 10.0
GOAL_CHECK = 3.0
SECONDS_PER_CHANGE = 0.005


def subjects(tree: str, fixit_rules: str) -> dict[str, list[str]]:
    """The commands to compare, by name."""
    ours = [sys.executable, "-m", "antipatterns"]
    flags = [tree, "--isolated", "--quiet", "--exit-zero", "--jobs"]
    fix = [*ours, "fix", "--diff", *flags]
    fixit = [sys.executable, "-m", "fixit", "--quiet", "--rules", fixit_rules, "lint", "--diff", tree]
    return {
        "check-1": [*ours, "check", "--no-cache", *flags, "1"],
        "fix-1": [*fix, "1"],
        "unsafe-1": [*fix, "1", "--unsafe-fixes"],
        "fix-2": [*fix, "2"],
        "unsafe-2": [*fix, "2", "--unsafe-fixes"],
        "fixit": ["sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", *fixit],  # its 1 is no failure
    }


class Changes(NamedTuple):
    """How many findings a run would fix, and how many statements stand on the lines that it would write."""

    findings: int
    statements: int


def count_changes(tree: str, *more: str) -> Changes:
    """What a run would change."""
    flags = ["--diff", "--isolated", "--output-format", "json", *more]
    command = [sys.executable, "-m", "antipatterns", "fix", tree, *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [row for row in json.loads(done.stdout) if row["changed"]]
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
    """Print the table and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--fixit-turns", type=int, default=1, help="0 leaves it out: it takes minutes")
    parser.add_argument("--fixit-rules", default="fixit.rules:UseAsyncSleepInAsyncDef")
    options = parser.parse_args()
    costs: dict[str, list[Cost]] = {}
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    for turn in range(max(options.turns, options.fixit_turns)):
        for name, command in subjects(options.tree, options.fixit_rules).items():
            if turn < (options.fixit_turns if name == "fixit" else options.turns):
                costs.setdefault(name, []).append(measure(command, environment))
    print(f"{options.tree}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, rows in costs.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{name:9} wall {wall:8.2f} cpu {cpu:8.2f} MiB {memory:5.0f} turns {len(rows)}")
    print_goals(options.tree, costs)
    return 0


def print_goals(tree: str, costs: dict[str, list[Cost]]) -> None:
    """One line for each goal."""
    cpu = {name: statistics.median(row.cpu for row in rows) for name, rows in costs.items()}
    wall = {name: statistics.median(row.wall for row in rows) for name, rows in costs.items()}
    for name, more in {"fix": (), "unsafe": ("--unsafe-fixes",)}.items():
        changes = count_changes(tree, *more)
        allowed = GOAL_CHECK * cpu["check-1"] + SECONDS_PER_CHANGE * changes.statements
        taken = cpu[f"{name}-1"]
        print(
            f"{name}: {taken / cpu['check-1']:.2f} x check, {changes.findings} fixes, {changes.statements} statements;",
            end=" ",
        )
        print(f"{taken / allowed:.2f} of {GOAL_CHECK:.0f} x check + 5 ms each: {_verdict(taken <= allowed)}")
        if "fixit" in cpu:
            by_wall, by_cpu = wall["fixit"] / wall[f"{name}-2"], cpu["fixit"] / cpu[f"{name}-2"]
            print(f"{name}: fixit takes {by_wall:.1f} x wall, {by_cpu:.1f} x cpu: {_verdict(by_wall >= GOAL_FIXIT)}")


def _verdict(is_met: bool) -> str:
    return "goal met" if is_met else "GOAL MISSED"


if __name__ == "__main__":
    sys.exit(main())
