"""How much of the time of checking a tree each rule takes: ``per_rule.py TREE``; in one process, for shares only."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antipatterns.check import check_file
from antipatterns.project.discover import DiscoveredFile
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsResolver
from antipatterns.workers import map_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

spent: Counter[str] = Counter()
found: Counter[str] = Counter()


def timed(code: str, find: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    """A rule's function that adds up its own time."""

    def find_timed(*args: Any) -> list[Any]:
        start = time.perf_counter()
        findings = list(find(*args))
        spent[code] += int((time.perf_counter() - start) * 1e9)
        found[code] += len(findings)
        return findings

    return find_timed


for code, rule in load_rules().items():
    rule.finds = {kind: timed(code, find) for kind, find in rule.finds.items()}
files = [DiscoveredFile(str(path), str(path)) for path in sorted(Path(sys.argv[1]).absolute().rglob("*.py"))]
began = time.perf_counter()
for _ in map_files(check_file, files, SettingsResolver(isolated=True), 1):
    pass
total = (time.perf_counter() - began) * 1e9
for code, nanoseconds in sorted(spent.items()):
    print(f"{code} {nanoseconds / total:6.2%} of {total / 1e9:.1f} s, {found[code]} findings before suppression")
