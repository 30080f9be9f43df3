"""The standard library of the running Python, with its tests of bad encodings and syntax errors: no crash."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from antipatterns.check import check_file
from antipatterns.project.discover import DiscoveredFile, discover_files
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.workers import map_files

LIBRARY = Path(sysconfig.get_path("stdlib"))
# Of the files in the test folder one of so many, to keep the time short; of the rest of the library, all.
STRIDE = 3
UNREADABLE = "AP001"
# Every rule, also those that are off.
RESOLVER = SettingsResolver(
    isolated=True, overrides=Overrides({"select": ["ALL"], "exclude": ["site-packages"]}), cwd=LIBRARY
)


def test_standard_library() -> None:
    """One test, so that the library is gone through once, whatever worker of pytest takes what."""
    files = find_files()
    assert len(files) > 500
    codes = set()
    for file, outcome in zip(files, map_files(check_file, files, RESOLVER, 2), strict=True):
        assert not outcome.crashes, outcome.crashes[0].traceback
        assert all(finding.path == file.display for finding in outcome.findings)
        assert list(outcome.findings) == sorted(outcome.findings, key=lambda finding: finding.order)
        codes.update(finding.code for finding in outcome.findings)
    # That few rules fire would mean that the run looked at nothing.
    assert codes >= {UNREADABLE, "AP101", "AP201", "AP202", "AP301", "AP501"}


def find_files() -> list[DiscoveredFile]:
    """All of the library, and a part of its tests: those that are bad on purpose are never left out."""
    library, tests = [], []
    for file in discover_files([LIBRARY], RESOLVER, LIBRARY).files:
        (tests if file.display.startswith("test/") else library).append(file)
    bad = [file for file in tests if "bad" in file.display]
    return [*library, *bad, *(file for file in tests[::STRIDE] if file not in bad)]
