"""Queues, and where their constructors are told how much may wait in them."""

from typing import Final

# Class or factory to the position of its `maxsize`, its keyword, and whether leaving it out means no bound.
QUEUES: Final[dict[str, tuple[int, str, bool]]] = {
    "asyncio.Queue": (0, "maxsize", True),
    "asyncio.LifoQueue": (0, "maxsize", True),
    "asyncio.PriorityQueue": (0, "maxsize", True),
    "queue.Queue": (0, "maxsize", True),
    "queue.LifoQueue": (0, "maxsize", True),
    "queue.PriorityQueue": (0, "maxsize", True),
    "multiprocessing.Queue": (0, "maxsize", True),
    "multiprocessing.JoinableQueue": (0, "maxsize", True),
    "janus.Queue": (0, "maxsize", True),
    # Without a number they hand over one item at a time.
    "anyio.create_memory_object_stream": (0, "max_buffer_size", False),
    "trio.open_memory_channel": (0, "max_buffer_size", False),
}

# The methods that put something in.
PUTS: Final[frozenset[str]] = frozenset({"put", "put_nowait"})

INFINITE: Final[frozenset[str]] = frozenset({"math.inf"})
