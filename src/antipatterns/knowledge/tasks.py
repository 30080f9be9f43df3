"""What starts tasks, what waits for several of them, and what bounds how many run at once."""

from typing import Final

# Functions and methods that start a task and leave it to the caller to keep it; the loop itself holds it weakly
# (https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task).
STARTERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.AbstractEventLoop.create_task",
    }
)
