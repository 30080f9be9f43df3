"""How each asynchronous framework spells the replacements of blocking calls, for the wording of remedies."""

from typing import Final

# Import root to the spelling per need, in order of preference; all other files fall back on `asyncio`,
# whose spellings are those of the remedies in `blocking`: put another row's word in the place of that row's.
REMEDIES: Final[dict[str, dict[str, str]]] = {
    "trio": {
        "sleep": "trio.sleep",
        "thread": "trio.to_thread.run_sync",
        "file": "trio.open_file",
        "path": "trio.Path",
        "subprocess": "trio.run_process",
        "socket": "trio.open_tcp_stream",
        "dns": "trio.socket.getaddrinfo",
        "lock": "trio.Lock",
        "semaphore": "trio.Semaphore",
        "condition": "trio.Condition",
        "event": "trio.Event",
        "queue": "trio.open_memory_channel",
        "timeout": "trio.fail_after",
    },
    "anyio": {
        "sleep": "anyio.sleep",
        "thread": "anyio.to_thread.run_sync",
        "file": "anyio.open_file",
        "path": "anyio.Path",
        "subprocess": "anyio.run_process",
        "socket": "anyio.connect_tcp",
        "dns": "anyio.getaddrinfo",
        "lock": "anyio.Lock",
        "semaphore": "anyio.Semaphore",
        "condition": "anyio.Condition",
        "event": "anyio.Event",
        "queue": "anyio.create_memory_object_stream",
        "timeout": "anyio.fail_after",
    },
    "asyncio": {
        "sleep": "asyncio.sleep",
        "thread": "asyncio.to_thread",
        "file": "anyio.open_file or asyncio.to_thread",
        "path": "anyio.Path or asyncio.to_thread",
        "subprocess": "asyncio.create_subprocess_exec",
        "socket": "asyncio.open_connection",
        "dns": "loop.getaddrinfo",
        "lock": "asyncio.Lock",
        "semaphore": "asyncio.Semaphore",
        "condition": "asyncio.Condition",
        "event": "asyncio.Event",
        "queue": "asyncio.Queue",
        "timeout": "asyncio.timeout",
    },
}
