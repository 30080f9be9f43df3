"""Locks of threads and processes, as opposed to those of the event loop."""

from typing import Final

# Class to what takes its place on the event loop.
THREAD_LOCKS: Final[dict[str, str]] = {
    "threading.Lock": "asyncio.Lock",
    "threading.RLock": "asyncio.Lock",
    "threading.Condition": "asyncio.Condition",
    "threading.Semaphore": "asyncio.Semaphore",
    "threading.BoundedSemaphore": "asyncio.BoundedSemaphore",
    "multiprocessing.Lock": "asyncio.Lock",
    "multiprocessing.RLock": "asyncio.Lock",
    "multiprocessing.Condition": "asyncio.Condition",
    "multiprocessing.Semaphore": "asyncio.Semaphore",
    "multiprocessing.BoundedSemaphore": "asyncio.BoundedSemaphore",
}

# Those that the thread which holds them enters again: they keep no other task of that thread out.
REENTRANT: Final[frozenset[str]] = frozenset(
    {"threading.RLock", "threading.Condition", "multiprocessing.RLock", "multiprocessing.Condition"}
)
