"""Each fix as a libcst codemod, through libcst's own test harness and its command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from libcst.codemod import CodemodTest

from antipatterns import codemods
from antipatterns.rule import load_rules

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = {
    "BareExcept": "try:\n    f()\nexcept:  # why\n    g()\n",
    "BlockingCallInAsync": "import time\n\nasync def f():\n    time.sleep(1)\n",
    "MutableArgumentDefault": 'def f(x=[]):\n    """Doc."""\n    x.append(1)\n    return x\n',
    "UnusedSuppression": "x = 1  # noqa: AP201\n",
}
AFTER = {
    "BareExcept": "try:\n    f()\nexcept Exception:  # why\n    g()\n",
    "BlockingCallInAsync": "import asyncio\nimport time\n\nasync def f():\n    await asyncio.sleep(1)\n",
    "MutableArgumentDefault": (
        'def f(x=None):\n    """Doc."""\n    if x is None:\n        x = []\n    x.append(1)\n    return x\n'
    ),
    "UnusedSuppression": "x = 1\n",
}
UNSAFE_BEFORE = {
    "BlockingCallInAsync": "import asyncio\nimport os\n\nasync def f():\n    os.system('x')\n",
    "SilentExcept": "try:\n    f()\nexcept Exception:\n    pass\n",
}


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_safe_fix(name: str) -> None:
    class Harness(CodemodTest):
        TRANSFORM = getattr(codemods, name)

    Harness().assertCodemod(BEFORE[name], AFTER[name])


@pytest.mark.parametrize("name", sorted(UNSAFE_BEFORE))
def test_unsafe_fixes_are_made_when_asked_for(name: str) -> None:
    class Harness(CodemodTest):
        TRANSFORM = getattr(codemods, name)

    before = UNSAFE_BEFORE[name]
    Harness().assertCodemod(before, before)
    with pytest.raises(AssertionError):
        Harness().assertCodemod(before, before, unsafe_fixes=True)


def test_there_is_one_for_each_rule_with_a_fixer() -> None:
    wanted = {codemods.class_name(rule) for rule in load_rules().values() if rule.fixable}
    assert set(dir(codemods)) == wanted
    assert {getattr(codemods, name).DESCRIPTION for name in wanted}
    with pytest.raises(AttributeError, match="NoSuchThing"):
        codemods.NoSuchThing  # noqa: B018


def test_command_line(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(BEFORE["BareExcept"])
    command = [sys.executable, "-m", "libcst.tool", "codemod", "--no-format", "-x", "antipatterns.codemods.BareExcept"]
    done = subprocess.run([*command, str(file)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert file.read_text() == AFTER["BareExcept"]
