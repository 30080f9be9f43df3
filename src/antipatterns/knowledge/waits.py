"""What waits, without an end of its own, for something outside of the program; and what puts an end to waiting."""

from typing import Final

# Coroutine functions and methods without a timeout unless one is given.
WAITS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.open_connection",
        "asyncio.open_unix_connection",
        *(
            f"asyncio.AbstractEventLoop.{name}"
            for name in (
                "create_connection",
                "create_unix_connection",
                "sock_connect",
                "sock_recv",
                "sock_recv_into",
                "sock_recvfrom",
            )
        ),
        *(f"asyncio.StreamReader.{name}" for name in ("read", "readline", "readexactly", "readuntil")),
        "asyncio.StreamWriter.drain",
        "asyncio.Queue.get",
        "asyncio.Queue.join",
        "asyncio.Event.wait",
        "asyncio.Condition.wait",
        "asyncio.Condition.wait_for",
        "asyncio.Barrier.wait",
        "asyncio.subprocess.Process.wait",
        "asyncio.subprocess.Process.communicate",
        "anyio.connect_tcp",
        "anyio.connect_unix",
        "anyio.run_process",
        "anyio.Event.wait",
        "anyio.Condition.wait",
        "trio.open_tcp_stream",
        "trio.open_unix_socket",
        "trio.run_process",
        "trio.Event.wait",
        "trio.Condition.wait",
        "aiomysql.connect",
        "aio_pika.connect",
        "aio_pika.connect_robust",
    }
)

# In a loop that goes on and on, these are how a worker waits for its next piece of work: as long as it takes.
IDLE_WAITS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.Queue.get",
        *(f"{module}.{name}" for module in ("asyncio", "anyio", "trio") for name in ("Event.wait", "Condition.wait")),
        "asyncio.Condition.wait_for",
    }
)

READS: Final[frozenset[str]] = frozenset(name for name in WAITS if name.startswith("asyncio.StreamReader."))

# What is waited for as long as the program works, where its name has one of the words.
EVENTS: Final[frozenset[str]] = frozenset(f"{module}.Event.wait" for module in ("asyncio", "anyio", "trio"))
WORDS_OF_THE_END: Final[frozenset[str]] = frozenset(
    {"stop", "shutdown", "close", "exit", "quit", "terminate", "cancel", "interrupt"}
)

# What no longer waits for long once one of these methods was called on the same thing.
ENDED_BY: Final[dict[str, frozenset[str]]] = {"asyncio.subprocess.Process.wait": frozenset({"kill", "communicate"})}

# Context managers under which nothing waits longer than they say.
TIME_LIMITS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.timeout",
        "asyncio.timeout_at",
        "async_timeout.timeout",
        "async_timeout.timeout_at",
        "anyio.fail_after",
        "anyio.move_on_after",
        "anyio.CancelScope",
        "trio.fail_after",
        "trio.fail_at",
        "trio.move_on_after",
        "trio.move_on_at",
        "trio.CancelScope",
    }
)

# Functions that end the waiting of what they are given.
LIMITING_CALLS: Final[frozenset[str]] = frozenset({"asyncio.wait_for", "asyncio.tasks.wait_for", "asyncio.wait"})

# What decorators and options that limit the time have in their names.
WORD_OF_A_LIMIT: Final = "timeout"
