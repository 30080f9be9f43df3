"""What starts tasks, what waits for several of them, and what bounds how many run at once."""

from typing import Final

# Functions and methods that start a task and leave it to the caller to keep it, to how people call them; the loop
# itself holds the task weakly (https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task).
STARTERS: Final[dict[str, str]] = {
    "asyncio.create_task": "asyncio.create_task",
    "asyncio.ensure_future": "asyncio.ensure_future",
    "asyncio.AbstractEventLoop.create_task": "loop.create_task",
}

# All that start a task, also those that keep it.
SPAWNERS: Final[frozenset[str]] = frozenset(STARTERS) | {
    "asyncio.TaskGroup.create_task",
    "anyio.abc.TaskGroup.start_soon",
    "trio.Nursery.start_soon",
}

# By the last part of its name, what calls a function that it is given in a task of its own.
CALLERS_IN_TASKS: Final[frozenset[str]] = frozenset({"start_soon"})

# What these give, awaited, is what their first argument gives.
PASS_ON: Final[frozenset[str]] = frozenset(STARTERS) | {
    *("asyncio.TaskGroup.create_task", "asyncio.wait_for", "asyncio.shield", "asyncio.Task"),
}

# What these give, awaited, are the results of all that they are given, in their order.
PASS_ALL_ON: Final[frozenset[str]] = frozenset({"asyncio.gather"})

# Functions that run all the awaitables at once which they are given: one by one, or in one argument.
GATHERERS: Final[frozenset[str]] = frozenset({"asyncio.gather", "asyncio.wait", "asyncio.as_completed"})

# Functions that put something around what has been started, and start nothing themselves.
WRAPPERS: Final[frozenset[str]] = frozenset({"asyncio.shield", "asyncio.wait_for", "asyncio.wrap_future"})

# Functions that, awaited, wait for the tasks that they are given.
WAITERS: Final[frozenset[str]] = frozenset({"asyncio.gather", "asyncio.wait", "asyncio.wait_for", "asyncio.shield"})

# What lets only so many tasks through.
LIMITERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.Semaphore",
        "asyncio.BoundedSemaphore",
        "asyncio.Lock",
        "anyio.Semaphore",
        "anyio.CapacityLimiter",
        "anyio.Lock",
        "trio.Semaphore",
        "trio.CapacityLimiter",
        "trio.Lock",
        "aiolimiter.AsyncLimiter",
    }
)

# Parts of the names of such things, where their type is not known.
LIMITER_WORDS: Final[tuple[str, ...]] = ("sem", "limit", "throttl", "slot", "lock")

# Parts of the names of what cuts a long list into short ones.
BATCH_WORDS: Final[tuple[str, ...]] = ("batch", "chunk", "islice")
