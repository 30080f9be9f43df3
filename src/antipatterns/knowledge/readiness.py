"""What shows in the code around a blocking call that it does not wait this time."""

from typing import Final

# Sink to the methods of its receiver that ask whether there is something to take: who asks first does not wait.
ASKED_FOR: Final[dict[str, frozenset[str]]] = {
    "queue.Queue.get": frozenset(["empty", "qsize"]),
    "queue.SimpleQueue.get": frozenset(["empty", "qsize"]),
    "multiprocessing.Queue.get": frozenset(["empty", "qsize"]),
    "multiprocessing.SimpleQueue.get": frozenset(["empty"]),
    "janus.SyncQueue.get": frozenset(["empty", "qsize"]),
    "concurrent.futures.Future.result": frozenset(["done"]),
    "concurrent.futures.Future.exception": frozenset(["done"]),
    "multiprocessing.pool.AsyncResult.get": frozenset(["ready"]),
    "multiprocessing.connection.Connection.recv": frozenset(["poll"]),
    "multiprocessing.connection.Connection.recv_bytes": frozenset(["poll"]),
}

# Sink to the methods of its receiver that a loop asks, awaiting in between, until there is nothing left to wait for.
POLLED_WITH: Final[dict[str, frozenset[str]]] = {
    "subprocess.Popen.wait": frozenset(["poll"]),
    "subprocess.Popen.communicate": frozenset(["poll"]),
    "threading.Thread.join": frozenset(["is_alive"]),
    "multiprocessing.Process.join": frozenset(["is_alive"]),
}

# Sink to the function that, given the receiver, makes something to await of it.
AWAITED_THROUGH: Final[dict[str, str]] = {
    "concurrent.futures.Future.result": "asyncio.wrap_future",
    "concurrent.futures.Future.exception": "asyncio.wrap_future",
}

# Class to its methods that, with a zero, a false value, make every other method return at once.
SWITCHED_OFF_BY: Final[dict[str, frozenset[str]]] = {
    "socket.socket": frozenset(["setblocking", "settimeout"]),
    "ssl.SSLSocket": frozenset(["setblocking", "settimeout"]),
}

# The methods that this is about.
SWITCHED_OFF: Final[tuple[str, ...]] = (
    *("recv", "recv_into", "recvfrom", "recvmsg", "send", "sendall", "sendto", "sendmsg", "accept", "connect"),
)

# Sink that takes a file descriptor to the functions that, given the same first, make it non-blocking.
DESCRIPTORS_SWITCHED_BY: Final[dict[str, frozenset[str]]] = {
    "os.read": frozenset(["os.set_blocking", "fcntl.fcntl"]),
    "os.readv": frozenset(["os.set_blocking", "fcntl.fcntl"]),
    "os.write": frozenset(["os.set_blocking", "fcntl.fcntl"]),
    "os.writev": frozenset(["os.set_blocking", "fcntl.fcntl"]),
}

# Who calls one of these, by the last part of its name, is made for code that runs on a loop: what it then imports is
# the support for the library that runs already, once.
ASK_FOR_LIBRARY: Final[frozenset[str]] = frozenset({"current_async_library"})

# Function or class to the keyword with which it is given what it would otherwise make itself, which blocks.
READY_WITH: Final[dict[str, str]] = {
    "httpx.AsyncClient": "transport",
    "httpx.Client": "transport",
}

# Functions of packages that read something only where they are given its name, which hardly anybody does.
HARDLY_EVER: Final[frozenset[str]] = frozenset(
    {
        "uvicorn.config.Config.__init__",  # a file as log_config or env_file, folders to look for changes in
    }
)

# Callable to the constants and texts with which it makes something whose methods wait for nobody: a socket whose
# packets are only sent off, a database in memory.
HARMLESS_WITH: Final[dict[str, frozenset[str]]] = {
    "socket.socket": frozenset({"socket.SOCK_DGRAM"}),
    "sqlite3.connect": frozenset({":memory:"}),
}

# What is raised in place of waiting for a socket or a file descriptor that does not block.
INSTEAD_OF_WAITING: Final = "BlockingIOError"

# The last words of names that tell whether something has been done that is done once.
DONE_ONCE: Final[frozenset[str]] = frozenset({"registered", "discovered", "imported", "installed"})

# The words of the methods that look something up in a memory, and of those that put it there.
LOOK_UP: Final[frozenset[str]] = frozenset({"get"})
PUT: Final[frozenset[str]] = frozenset({"set", "put", "add", "store"})

# What these give does nothing until somebody iterates over it.
LAZY: Final[frozenset[str]] = frozenset(
    {
        *("pathlib.Path.glob", "pathlib.Path.rglob", "pathlib.Path.walk", "pathlib.Path.iterdir"),
        *("os.walk", "os.fwalk", "glob.iglob", "pkgutil.iter_modules", "pkgutil.walk_packages"),
    }
)

# Modules that every program has loaded.
ALWAYS_LOADED: Final[frozenset[str]] = frozenset({"__main__", "builtins", "sys", "os"})

# Method that takes something to the one that gives it back: a package that calls both holds it for a moment.
HELD_UNTIL: Final[dict[str, str]] = {"acquire": "release"}

# What waits for as long as others hold a lock.
GUARDS: Final[frozenset[str]] = frozenset(
    {
        *("threading.Lock.acquire", "threading.Lock.acquire_lock", "threading.RLock.acquire"),
        *("threading.Semaphore.acquire", "threading.Condition.acquire"),
        *("threading.Condition.wait", "threading.Condition.wait_for"),
    }
)

# The names that the machine itself knows: looking them up asks nobody.
LOCAL_NAMES: Final[frozenset[str]] = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0", "::"})  # noqa: S104 -- bound to by nobody

# The streams of the process: neither nothing nor a path.
STREAMS: Final[frozenset[str]] = frozenset({"sys.stdout", "sys.stderr", "sys.stdin"})

# Streams in memory: what works on these does no I/O.
IN_MEMORY: Final[frozenset[str]] = frozenset(["io.BytesIO", "io.StringIO"])

# Functions to which only something to await is given.
TAKE_AWAITABLES: Final[frozenset[str]] = frozenset(
    ["asyncio.wait_for", "asyncio.gather", "asyncio.shield", "asyncio.create_task", "asyncio.ensure_future"]
)
