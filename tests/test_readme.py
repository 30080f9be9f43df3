"""What the README tells newcomers to type works, and is what ``.ci/run`` types."""

from __future__ import annotations

import os
import re
from pathlib import Path

from antipatterns.flake8_plugin import Plugin
from antipatterns.rule import load_rules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAIN_JOB = "python -m pip install . && python -m antipatterns check --isolated fixtures"
TESTS = "python -m pip install -e '.[dev]' && python -m pytest"


def test_the_two_commands_stand_alone_in_blocks() -> None:
    blocks = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert [f"{MAIN_JOB}\n", f"{TESTS}\n"] == blocks[:2]


def test_ci_runs_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert TESTS in script.read_text(encoding="utf-8")
    assert "bash .ci/run" in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_options_in_the_flake8_example_exist() -> None:
    """``antipatterns-function-too-long-max-lines = 60`` and its like."""
    named = re.findall(r"^antipatterns-([a-z-]+) = ", README, re.MULTILINE)
    offered = []

    class Manager:
        extend_default_ignore = staticmethod(list)
        add_option = staticmethod(lambda name, **_: offered.append(name))

    Plugin.add_options(Manager())  # type: ignore[arg-type]
    assert named
    assert {f"--antipatterns-{name}" for name in named} <= set(offered)


def test_codes_and_names_in_the_text_exist() -> None:
    codes = set(re.findall(r"\bAP\d{3}\b", README))
    assert codes
    assert codes <= set(load_rules())


def test_pre_commit_hook_runs_check() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "id: antipatterns\n" in hook
    assert "entry: antipatterns check\n" in hook
