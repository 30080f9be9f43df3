"""Which callables run an event loop until something is done, and fail where one runs already."""

from typing import Final

LOOP_RUNNERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.run",
        "asyncio.runners.run",
        "asyncio.Runner.run",
        "asyncio.AbstractEventLoop.run_until_complete",
        "asyncio.AbstractEventLoop.run_forever",
        "anyio.run",
        "trio.run",
        "curio.run",
        "uvloop.run",
        "uvicorn.run",
        "aiohttp.web.run_app",
        "hypercorn.run",
    }
)

# Those that run one coroutine to its end, and cancel it where the user interrupts them.
COROUTINE_RUNNERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.run",
        "asyncio.runners.run",
        "asyncio.Runner.run",
        "asyncio.AbstractEventLoop.run_until_complete",
        "uvloop.run",
    }
)

# Methods of loops, and of groups of tasks, that are called like nothing else: they run a coroutine alone.
METHODS_OF_LOOPS: Final[frozenset[str]] = frozenset({"create_task", "run_until_complete"})

# By the last part of its name, what waits until its owner is closed, and raises a cancellation then.
CANCELLED_BY_CLOSE: Final[frozenset[str]] = frozenset({"serve_forever"})

# Who calls one of these, by the last part of its name, knows whether a loop runs, and starts none then.
ASK_FOR_LOOP: Final[frozenset[str]] = frozenset(
    {"get_running_loop", "_get_running_loop", "is_running", "current_async_library", "current_task"}
)

# By the last part of its name, what gives the loop that runs, and None or an error where none does.
ASK_FOR_RUNNING_LOOP: Final[frozenset[str]] = frozenset({"get_running_loop", "_get_running_loop"})

# The words that the name of a helper for that has, and those that it may have besides.
RUNNING_LOOP: Final[frozenset[str]] = frozenset({"running", "loop"})
OF_RUNNING_LOOP: Final[frozenset[str]] = frozenset(
    {"get", "find", "maybe", "current", "event", "asyncio", "or", "none"}
)

# By the last part of its name, what tells whether it is given a coroutine function.
TELL_COROUTINE_FUNCTIONS: Final[frozenset[str]] = frozenset({"iscoroutinefunction"})

# What makes a copy of the process, in which no loop runs, and gives it 0.
FORKS: Final[frozenset[str]] = frozenset({"fork"})
