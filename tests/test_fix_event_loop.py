"""The fixers of the rules about the event loop: programs that do what they did, but for the defect."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

from fix_goldens import fix_text

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = """
import asyncio

seen = []

async def work(number, waiter):
    await waiter
    seen.append(number)

async def start():
    waiters = [asyncio.get_running_loop().create_future() for _ in range(3)]
    for number, waiter in enumerate(waiters):
        asyncio.create_task(work(number, waiter))
    _ = asyncio.create_task(asyncio.sleep(0))
    await asyncio.sleep(0)
    for waiter in waiters:
        waiter.set_result(None)
    await asyncio.sleep(0.01)
    return seen
"""


def run(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(text, names)
    assert asyncio.run(names["start"]()) == [0, 1, 2]
    return names


def test_tasks_are_kept_until_they_are_done() -> None:
    run(_PROGRAM)
    fixed = fix_text(_PROGRAM, "AP103", unsafe=False)
    assert run(fixed)["_background_tasks"] == set()


def test_a_task_that_only_waits_survives_the_garbage_collector() -> None:
    text = (
        "import asyncio\nimport weakref\n\nwatched = []\n\nasync def wait_for_ever():\n"
        "    await asyncio.get_running_loop().create_future()\n\n"
        "async def start():\n    asyncio.create_task(wait_for_ever())\n"
    )
    fixed = fix_text(text, "AP103")

    async def count(names: dict[str, Any]) -> int:
        await names["start"]()
        await asyncio.sleep(0)
        gc.collect()
        return len(asyncio.all_tasks()) - 1

    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    exec(text, before)
    exec(fixed, after)
    assert asyncio.run(count(before)) == 0
    assert asyncio.run(count(after)) == 1


def test_the_set_has_no_annotation_that_an_old_python_cannot_evaluate(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.8"\n')
    text = "import asyncio\n\nasync def f(x):\n    asyncio.create_task(x)\n"
    assert "\n_background_tasks = set()\n" in fix_text(text, "AP103", path=tmp_path / "a.py")
