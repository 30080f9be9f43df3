"""The plugin in the real ``flake8``: the same findings as ``check``, wherever the text and the settings come from."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from antipatterns.flake8_plugin import Plugin
from antipatterns.rule import Rule, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAKE8 = [sys.executable, "-m", "flake8"]
BAD = "def f(x=[]):\n    try:\n        f()\n    except:\n        pass\n"
LONG = "def f():\n" + "    print()\n" * 9

# Packages of the dev extra: code that nobody here wrote, and that every working copy has.
PACKAGES = ("_pytest", "hypothesis", "jsonschema", "pip", "rich")
# flake8 has E999 and E902 of its own for a file that cannot be read.
UNREADABLE = "AP001"


class Shown(tuple[str, int, int, str, str]):
    """Path, line, column, code and message of a finding, as both tools show it."""

    __slots__ = ()


def run_flake8(*arguments: str | Path, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(
        [*FLAKE8, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        **options,
    )


def read_findings(output: str) -> set[Shown]:
    """The findings of this tool in the lines of either."""
    found = re.findall(r"^(.+?):(\d+):(\d+): (AP\d+) (.*)$", output, re.MULTILINE)
    return {
        Shown((path.removeprefix("./"), int(line), int(column), code, message))
        for path, line, column, code, message in found
    }


def codes(ran: subprocess.CompletedProcess[str]) -> list[str]:
    assert ran.stderr == ""
    return re.findall(r":\d+:\d+: (AP\d+) ", ran.stdout)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A working directory whose ``pyproject.toml`` sets nothing."""
    (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\n")
    (tmp_path / "bad.py").write_text(BAD)
    return tmp_path


# --- The same findings as the command line ------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with links to some hundred real files that both tools can read."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "pyproject.toml").write_text("[tool.antipatterns.function-too-long]\nmax-lines = 30\n")
    for name in PACKAGES:
        spec = find_spec(name)
        assert spec is not None
        for origin in spec.submodule_search_locations or []:
            (folder / name).symlink_to(origin, target_is_directory=True)
    return folder


@pytest.mark.parametrize("noqa", [False, True], ids=["without-noqa", "with-noqa"])
def test_findings_are_those_of_the_command_line(real_files: Path, noqa: bool) -> None:
    paths = [f"{name}/" for name in PACKAGES]
    check = [sys.executable, "-m", "antipatterns", "check", "--quiet", "--ignore", UNREADABLE, *paths]
    if not noqa:
        check = [sys.executable, "-c", WITHOUT_NOQA, *check[3:]]
    checked = subprocess.run(check, cwd=real_files, capture_output=True, check=False, text=True)
    options = ["--isolated", "--select", "AP", "--jobs", "2"] + ([] if noqa else ["--disable-noqa"])
    linted = run_flake8(*options, *paths, cwd=real_files)
    assert (checked.stderr, linted.stderr) == ("", "")
    expected = read_findings(checked.stdout)
    assert len(expected) > 300
    assert {finding[3] for finding in expected} >= {"AP201", "AP202", "AP301", "AP501"}
    assert read_findings(linted.stdout) == expected


WITHOUT_NOQA = """
import sys
from antipatterns import check, cli
judge = check.check_source
check.check_source = lambda source, settings: judge(source, settings, noqa=False)
sys.exit(cli.main(sys.argv[1:]))
"""
