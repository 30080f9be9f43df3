"""Objects of the event loop, which do not block: known here so that a value's type tells them from those that do."""

from typing import Final

RETURNS: Final[dict[str, str]] = {
    "anyio.create_task_group": "anyio.abc.TaskGroup",
    "trio.open_nursery": "trio.NurseryManager",
    "asyncio.timeout": "asyncio.Timeout",
}

AWAITED: Final[dict[str, str]] = {
    "asyncio.create_subprocess_exec": "asyncio.subprocess.Process",
    "asyncio.create_subprocess_shell": "asyncio.subprocess.Process",
    "asyncio.TaskGroup.__aenter__": "asyncio.TaskGroup",
    "anyio.abc.TaskGroup.__aenter__": "anyio.abc.TaskGroup",
    "trio.NurseryManager.__aenter__": "trio.Nursery",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "homeassistant.core.HomeAssistant.loop": "asyncio.AbstractEventLoop",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "asyncio.AbstractEventLoop": (),
    "contextlib.ExitStack": (),
    "contextlib.AsyncExitStack": (),
    "asyncio.TaskGroup": (),
    "asyncio.Future": (),
    "asyncio.Task": ("asyncio.Future",),
    "asyncio.Queue": (),
    "asyncio.LifoQueue": ("asyncio.Queue",),
    "asyncio.PriorityQueue": ("asyncio.Queue",),
    "asyncio.Lock": (),
    "asyncio.Event": (),
    "asyncio.Condition": (),
    "asyncio.Barrier": (),
    "asyncio.Semaphore": (),
    "asyncio.BoundedSemaphore": ("asyncio.Semaphore",),
    "asyncio.StreamReader": (),
    "asyncio.StreamWriter": (),
    "asyncio.subprocess.Process": (),
    "asyncio.Timeout": (),
    "anyio.abc.TaskGroup": (),
    "trio.NurseryManager": (),
    "trio.Nursery": (),
    "anyio.Event": (),
    "anyio.Condition": (),
    "anyio.Semaphore": (),
    "anyio.CapacityLimiter": (),
    "anyio.Lock": (),
    "trio.Event": (),
    "trio.Condition": (),
    "trio.Semaphore": (),
    "trio.CapacityLimiter": (),
    "trio.Lock": (),
}

ALIASES: Final[dict[str, str]] = {
    "asyncio.tasks.create_task": "asyncio.create_task",
    "asyncio.tasks.ensure_future": "asyncio.ensure_future",
    "asyncio.tasks.gather": "asyncio.gather",
    "asyncio.tasks.Task": "asyncio.Task",
    "asyncio.futures.Future": "asyncio.Future",
    "asyncio.queues": "asyncio",
    "asyncio.locks": "asyncio",
    "asyncio.streams": "asyncio",
    "asyncio.taskgroups": "asyncio",
    "asyncio.timeouts": "asyncio",
    "asyncio.tasks.wait": "asyncio.wait",
    "asyncio.tasks.as_completed": "asyncio.as_completed",
}
