"""What each fixer makes of code that is written in every ugly way, and that it makes the same of other line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fix_goldens import FOLDER, check_golden, find_goldens, fix_golden

from antipatterns.rule import load_rules

if TYPE_CHECKING:
    from pathlib import Path

# What these find lies in other files; the fixer of AP403 is that of AP401.
NEED_PROJECT = {"AP403"}
# Theirs stand among the fixtures, as ``bad_ugly.py`` or under other names.
IN_FIXTURES = {"AP002", "AP101", "AP201"}
GOLDENS = [path for folder in sorted(FOLDER.iterdir()) for path in find_goldens(folder.name)]


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", GOLDENS, ids=name_of)
def test_golden(path: Path, update_fixtures: bool) -> None:
    check_golden(path, update=update_fixtures)


@pytest.mark.parametrize("path", [path for path in GOLDENS if b"\r" not in path.read_bytes()], ids=name_of)
def test_golden_with_other_line_ends(path: Path) -> None:
    """Each line end stays what it is, and what is new ends like the rest."""
    golden = path.with_suffix(".fixed.py").read_bytes()
    content = path.read_bytes().replace(b"\n", b"\r\n")
    assert (fix_golden(path, content).content or content) == golden.replace(b"\n", b"\r\n")


def test_each_fixer_is_shown_ugly_code() -> None:
    fixable = {code for code, rule in load_rules().items() if rule.fixable}
    shown = {path.parent.name for path in GOLDENS if path.stem == "ugly"}
    assert fixable - shown == NEED_PROJECT | IN_FIXTURES
