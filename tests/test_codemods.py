"""Each fix as a libcst codemod, through libcst's own test harness and its command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import libcst as cst
import pytest
from fixture_runner import find_fix_cases
from libcst.codemod import CodemodContext, CodemodTest, SkipFile

from antipatterns import codemods
from antipatterns.rule import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from antipatterns.rule import Rule

LOGGING = "import logging\n\ntry:\n    f()\nexcept Exception:\n    logging"
SWALLOWS = "import asyncio\n\nasync def f():\n    try:\n        await g()\n"
KEEPS = "tasks = set()\n\ndef keep(task):\n    task.add_done_callback(tasks.discard)\n\nasync def f():\n"
KEPT = "    tasks.add(task)\n    task.add_done_callback(tasks.discard)\n"
NESTED = "def f(a):\n    if a[1]:\n        if a[2]:\n"
DATACLASS = "import dataclasses\n\n@dataclasses.dataclass\nclass A:\n"
BEFORE = {
    "BareExcept": "try:\n    f()\nexcept:  # why\n    g()\n",
    "BlockingCallInAsync": "import time\n\nasync def f():\n    time.sleep(1)\n",
    "DanglingTask": f"import asyncio\n\n{KEEPS}    asyncio.create_task(g())\n",
    "DeepNesting": f"{NESTED}            if a[3]:\n                if a[4]:\n                    if a[5]: g()\n",
    "ErrorLoggedWithoutTraceback": f"{LOGGING}.error('x')  # why\n",
    "MutableArgumentDefault": 'def f(x=[]):\n    """Doc."""\n    x.append(1)\n    return x\n',
    "MutableClassAttribute": "import typing\n\nclass A:\n    x = []\n\n    def f(self): ...\n",
    "MutableFieldDefault": f"{DATACLASS}    x: list = []\n",
    "RaiseWithoutFrom": "try:\n    f()\nexcept KeyError:  # why\n    raise ValueError\n",
    "SharedFromkeysValue": "x = dict.fromkeys('ab', [])  # why\n",
    "SwallowedCancellation": f"{SWALLOWS}    except BaseException:\n        pass\n",
    "UnusedSuppression": "x = 1  # noqa: AP201\n",
}
AFTER = {
    "BareExcept": "try:\n    f()\nexcept Exception:  # why\n    g()\n",
    "BlockingCallInAsync": "import asyncio\nimport time\n\nasync def f():\n    await asyncio.sleep(1)\n",
    "DanglingTask": f"import asyncio\n\n{KEEPS}    task = asyncio.create_task(g())\n{KEPT}",
    "DeepNesting": (
        "def f(a):\n    if not a[1]:\n        return\n    if a[2]:\n        if a[3]:\n            if a[4]:\n"
        "                if a[5]: g()\n"
    ),
    "ErrorLoggedWithoutTraceback": f"{LOGGING}.exception('x')  # why\n",
    "MutableArgumentDefault": (
        'def f(x=None):\n    """Doc."""\n    if x is None:\n        x = []\n    x.append(1)\n    return x\n'
    ),
    "MutableClassAttribute": "import typing\n\nclass A:\n    x: typing.ClassVar[list] = []\n\n    def f(self): ...\n",
    "MutableFieldDefault": f"{DATACLASS}    x: list = dataclasses.field(default_factory=list)\n",
    "RaiseWithoutFrom": "try:\n    f()\nexcept KeyError as err:  # why\n    raise ValueError from err\n",
    "SharedFromkeysValue": "x = {key: [] for key in 'ab'}  # why\n",
    "SwallowedCancellation": (
        f"{SWALLOWS}    except asyncio.CancelledError:\n        raise\n    except BaseException:\n        pass\n"
    ),
    "UnusedSuppression": "x = 1\n",
}
DOMAIN = "from __future__ import annotations\n\nimport requests\n\n\ndef f(x: requests.Session): ...\n"
CHECKS = "".join(f"    check{number}(rows)\n" for number in range(40))
SUMS = "".join(f"        total += row.x{number}\n" for number in range(40))
LONG = f"def f(rows):\n{CHECKS}    # Sum up.\n    total = 0\n    for row in rows:\n{SUMS}    return total\n"
SAVES = "import asyncio\n\nasync def save(): ...\n\n"
UNSAFE_BEFORE = {
    "AwaitWithoutTimeout": "import asyncio\n\nasync def f():\n    return await asyncio.open_connection('x')\n",
    "BlockingCallThroughHelper": "def load(): return open('x').read()\n\nasync def f():\n    load()\n",
    "CoroutineNeverAwaited": f"{SAVES}async def f():\n    save()\n",
    "NestedEventLoop": f"{SAVES}async def f():\n    asyncio.run(save())\n",
    "BlockingCallInAsync": "import asyncio\nimport os\n\nasync def f():\n    os.system('x')\n",
    "CallInArgumentDefault": "import time\n\ndef f(x=time.time()):\n    return x\n",
    "SilentExcept": "try:\n    f()\nexcept Exception:\n    pass\n",
    "InfrastructureImportInDomain": DOMAIN,
    "FunctionTooLong": LONG,
}
# What these mend is only found among several files.
NEEDS_PROJECT = {"AP403"}
SETTINGS = (
    "[tool.antipatterns.infrastructure-import-in-domain]\nallow-type-only = true\n"
    "[tool.antipatterns.await-without-timeout]\nseconds = 10\n"
)
# Not all that is found can be mended; each finding that stays is a warning.
REFUSED = "async def f(x):\n    return (open(y) for y in x)\n"


def harness(name: str) -> CodemodTest:
    class Harness(CodemodTest):
        TRANSFORM = getattr(codemods, name)

    return Harness()


def name_of(rule_name: str) -> str:
    return "".join(part.capitalize() for part in rule_name.split("-"))


ALL = sorted(name_of(rule.name) for rule in load_rules().values() if rule.fixable)


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_safe_fix(name: str) -> None:
    harness(name).assertCodemod(BEFORE[name], AFTER[name])


@pytest.mark.parametrize("name", sorted(BEFORE))
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_nothing_else_is_touched(name: str, end: str) -> None:
    """As bytes: CodemodTest itself takes the margins of its texts away."""
    frame = (
        "import os; import asyncio; import time{end}# \u00e4{end}x  =  1 ;y=2  {end}\x0c{end}{code}\t{end}z = 1 # end"
    )
    before, after = (
        frame.format(end=end, code=code[name].removeprefix("import asyncio\n").replace("\n", end)).encode()
        for code in (BEFORE, AFTER)
    )
    command = getattr(codemods, name)(CodemodContext(filename="a.py"))
    assert command.transform_module(cst.parse_module(before)).bytes == after


@pytest.mark.parametrize("rule", [rule for rule in load_rules().values() if rule.fixable], ids=str)
def test_every_fixer_is_tried(rule: Rule, tmp_path: Path) -> None:
    """On its bad fixtures, under a path and settings with which every rule has something to mend."""
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "domain").mkdir()
    context = CodemodContext(filename=str(tmp_path / "domain" / "a.py"))
    command = getattr(codemods, name_of(rule.name))
    cases = [case for case in find_fix_cases() if case.code == rule.code and case.runs_here]
    changed = 0
    for case in cases:
        before = cst.parse_module(case.path.read_bytes())
        new = command(context, unsafe_fixes=True).transform_module(before)
        changed += new.bytes != before.bytes
        assert command(context, unsafe_fixes=True).transform_module(new).bytes == new.bytes
    assert changed or rule.code in NEEDS_PROJECT


@pytest.mark.parametrize("name", sorted(UNSAFE_BEFORE))
def test_unsafe_fixes_are_made_when_asked_for(name: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "domain").mkdir()
    filename = str(tmp_path / "domain" / "a.py")
    before = UNSAFE_BEFORE[name]
    harness(name).assertCodemod(before, before, context_override=CodemodContext(filename=filename))
    command = getattr(codemods, name)(CodemodContext(filename=filename), unsafe_fixes=True)
    new = command.transform_module(cst.parse_module(before))
    assert new.code != before
    again = getattr(codemods, name)(CodemodContext(filename=filename), unsafe_fixes=True)
    assert again.transform_module(new).code == new.code


@pytest.mark.parametrize("name", ALL)
def test_a_module_without_findings_stays(name: str) -> None:
    harness(name).assertCodemod("x = 1\n", "x = 1\n")


def test_what_needs_other_files(tmp_path: Path) -> None:
    header = "from __future__ import annotations\n\n"
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "b.py").write_text("from shop.a import A\n\n\nclass B(A): ...\n")
    path = tmp_path / "shop" / "a.py"
    path.write_text(f"{header}from shop.b import B\n\n\nclass A:\n    b: B\n")
    context = CodemodContext(filename=str(path))
    new = codemods.CircularImport(context, unsafe_fixes=True).transform_module(cst.parse_module(path.read_bytes()))
    assert "if TYPE_CHECKING:\n    from shop.b import B\n" in new.code


def test_each_is_run_by_the_harness() -> None:
    assert {*BEFORE, *UNSAFE_BEFORE, "CircularImport"} == set(ALL)


def test_refusals_are_warnings() -> None:
    reason = "await would make an asynchronous generator of the generator expression around it"
    harness("BlockingCallInAsync").assertCodemod(REFUSED, REFUSED, expected_warnings=[f"2: not fixed: {reason}"])


def test_asking_for_a_codemod_counts_more_than_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.antipatterns]\nignore = ["AP2"]\n')
    context = CodemodContext(filename=str(tmp_path / "a.py"))
    harness("BareExcept").assertCodemod(BEFORE["BareExcept"], AFTER["BareExcept"], context_override=context)


def test_what_only_libcst_can_parse_is_skipped() -> None:
    command = codemods.BareExcept(CodemodContext(filename="a.py"))
    module = cst.parse_module(BEFORE["BareExcept"]).with_changes(footer=[cst.EmptyLine(comment=cst.Comment("# \0"))])
    with pytest.raises(SkipFile):
        command.transform_module(module)


def test_there_is_one_for_each_rule_with_a_fixer() -> None:
    assert dir(codemods) == sorted(dir(codemods))
    assert set(dir(codemods)) == set(ALL)
    assert {getattr(codemods, name).DESCRIPTION for name in ALL} == {
        rule.demand for rule in load_rules().values() if rule.fixable
    }
    with pytest.raises(AttributeError, match="NoSuchThing"):
        codemods.NoSuchThing  # noqa: B018


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_command_line(tmp_path: Path, jobs: str) -> None:
    files = [tmp_path / f"a{number}.py" for number in range(3)]
    for file in files:
        file.write_text(BEFORE["BareExcept"])
    options = ["--no-format", "-x", "antipatterns.codemods.BareExcept", "--jobs", jobs]
    command = [sys.executable, "-m", "libcst.tool", "codemod", *options]
    done = subprocess.run([*command, *map(str, files)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {file.read_text() for file in files} == {AFTER["BareExcept"]}


def test_command_line_with_unsafe_fixes(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(UNSAFE_BEFORE["BlockingCallInAsync"])
    command = [sys.executable, "-m", "libcst.tool", "codemod", "--no-format", "-x"]
    for options, is_mended in (([], False), (["--unsafe-fixes"], True)):
        done = subprocess.run(
            [*command, "antipatterns.codemods.BlockingCallInAsync", *options, "--", str(file)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert ("await asyncio.to_thread(" in file.read_text()) == is_mended
