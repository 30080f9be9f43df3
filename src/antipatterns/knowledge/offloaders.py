"""Which callables run a function that they are given in another thread or process, off the event loop."""

from typing import Final

from antipatterns.knowledge.queues import PUTS

# Callable, or `Class.method`, to (position of the function without self, its keyword).
# `anyio.from_thread` and `run_coroutine_threadsafe` are the way back and do not belong here.
OFFLOADERS: Final[dict[str, tuple[int, str]]] = {
    "asyncio.to_thread": (0, "func"),
    "asyncio.threads.to_thread": (0, "func"),
    "asyncio.AbstractEventLoop.run_in_executor": (1, "func"),
    "concurrent.futures.Executor.submit": (0, "fn"),
    "concurrent.futures.Executor.map": (0, "fn"),
    "threading.Thread": (1, "target"),
    "threading.Timer": (1, "function"),
    "_thread.start_new_thread": (0, "function"),
    "multiprocessing.Process": (1, "target"),
    # These wait for the result, which makes the call itself blocking, but the function runs elsewhere.
    "multiprocessing.pool.Pool.apply": (0, "func"),
    "multiprocessing.pool.Pool.map": (0, "func"),
    "multiprocessing.pool.Pool.starmap": (0, "func"),
    "multiprocessing.pool.Pool.imap": (0, "func"),
    "multiprocessing.pool.Pool.imap_unordered": (0, "func"),
    "multiprocessing.pool.Pool.apply_async": (0, "func"),
    "multiprocessing.pool.Pool.map_async": (0, "func"),
    "multiprocessing.pool.Pool.starmap_async": (0, "func"),
    "anyio.to_thread.run_sync": (0, "func"),
    "anyio.to_process.run_sync": (0, "func"),
    "anyio.to_interpreter.run_sync": (0, "func"),
    "anyio.run_sync_in_worker_thread": (0, "func"),
    "asyncer.asyncify": (0, "function"),
    "trio.to_thread.run_sync": (0, "sync_fn"),
    "trio_parallel.run_sync": (0, "sync_fn"),
    "curio.run_in_thread": (0, "callable"),
    "curio.run_in_process": (0, "callable"),
    "starlette.concurrency.run_in_threadpool": (0, "func"),
    "fastapi.concurrency.run_in_threadpool": (0, "func"),
    # A background task that is not a coroutine function runs in the thread pool.
    "starlette.background.BackgroundTask": (0, "func"),
    "starlette.background.BackgroundTasks.add_task": (0, "func"),
    "fastapi.BackgroundTasks.add_task": (0, "func"),
    "fastapi.background.BackgroundTasks.add_task": (0, "func"),
    "litestar.concurrency.sync_to_thread": (0, "fn"),
    "asgiref.sync.sync_to_async": (0, "func"),
    "asgiref.sync.SyncToAsync": (0, "func"),
    "channels.db.database_sync_to_async": (0, "func"),
    "channels.db.DatabaseSyncToAsync": (0, "func"),
    "quart.utils.run_sync": (0, "func"),
    "quart.Quart.sync_to_async": (0, "func"),
    "quart.Quart.ensure_async": (0, "func"),
    "quart.Quart.add_background_task": (0, "func"),
    "tornado.ioloop.IOLoop.run_in_executor": (1, "func"),
    "twisted.internet.threads.deferToThread": (0, "f"),
    "twisted.internet.threads.deferToThreadPool": (2, "f"),
    "twisted.internet.reactor.callInThread": (0, "callable"),
    "homeassistant.core.HomeAssistant.async_add_executor_job": (0, "target"),
    "homeassistant.core.HomeAssistant.async_add_import_executor_job": (0, "target"),
    # A job that is neither a coroutine function nor a @callback (a root of its own) goes to the executor.
    "homeassistant.core.HomeAssistant.async_add_job": (0, "target"),
    "aiofiles.os.wrap": (0, "func"),
    "aiofiles.ospath.wrap": (0, "func"),
    "aiofiles.base.wrap": (0, "func"),
    "aiomisc.threaded": (0, "func"),
    "aiomisc.threaded_separate": (0, "func"),
    "aiomisc.thread_pool.run_in_executor": (0, "func"),
    "aiomisc.thread_pool.run_in_new_thread": (0, "func"),
    "nicegui.run.io_bound": (0, "callback"),
    "nicegui.run.cpu_bound": (0, "callback"),
    "langchain_core.runnables.run_in_executor": (1, "func"),
    "langchain_core.runnables.config.run_in_executor": (1, "func"),
    "unsync.unsync": (0, "func"),
    # SQLAlchemy runs the function in a greenlet where its blocking drivers await instead of waiting.
    "sqlalchemy.ext.asyncio.AsyncSession.run_sync": (0, "fn"),
    "sqlalchemy.ext.asyncio.AsyncConnection.run_sync": (0, "fn"),
    "sqlalchemy.ext.asyncio.session.AsyncSession.run_sync": (0, "fn"),
    "sqlalchemy.ext.asyncio.engine.AsyncConnection.run_sync": (0, "fn"),
    "sqlmodel.ext.asyncio.session.AsyncSession.run_sync": (0, "fn"),
    "sqlalchemy.util.greenlet_spawn": (0, "fn"),
    "sqlalchemy.util.concurrency.greenlet_spawn": (0, "fn"),
}

# Of these, what they give for a function runs it there, and gives its result when it is awaited.
MAKE_OFFLOADED: Final[frozenset[str]] = frozenset(
    {
        *("asgiref.sync.sync_to_async", "asgiref.sync.SyncToAsync", "channels.db.database_sync_to_async"),
        *("asyncer.asyncify", "aiofiles.os.wrap", "aiofiles.ospath.wrap", "aiofiles.base.wrap"),
    }
)

# Awaited, these give back what the function returns.
GIVE_RESULTS: Final[frozenset[str]] = frozenset(
    {
        *("asyncio.to_thread", "asyncio.threads.to_thread", "asyncio.AbstractEventLoop.run_in_executor"),
        *("anyio.to_thread.run_sync", "anyio.to_process.run_sync", "anyio.to_interpreter.run_sync"),
        *("anyio.run_sync_in_worker_thread", "trio.to_thread.run_sync", "trio_parallel.run_sync"),
        *("curio.run_in_thread", "curio.run_in_process", "litestar.concurrency.sync_to_thread"),
        *("starlette.concurrency.run_in_threadpool", "fastapi.concurrency.run_in_threadpool"),
        *("tornado.ioloop.IOLoop.run_in_executor", "nicegui.run.io_bound", "nicegui.run.cpu_bound"),
        "homeassistant.core.HomeAssistant.async_add_executor_job",
        "homeassistant.core.HomeAssistant.async_add_import_executor_job",
        *("langchain_core.runnables.run_in_executor", "langchain_core.runnables.config.run_in_executor"),
    }
)

# Awaited, these give back what the function returns; it is their first argument, and its own arguments follow.
AWAITED_THREADS: Final[frozenset[str]] = frozenset(
    {"asyncio.to_thread", "asyncio.threads.to_thread", "anyio.to_thread.run_sync", "trio.to_thread.run_sync"}
)

# Decorators, bare or called, after which calling the function runs its body elsewhere.
OFFLOADING_DECORATORS: Final[frozenset[str]] = frozenset(
    {
        "aiomisc.threaded",
        "aiomisc.threaded_iterable",
        "aiomisc.threaded_iterable_separate",
        "aiomisc.threaded_separate",
        "aiomisc.thread_pool.threaded",
        "aiomisc.thread_pool.threaded_iterable",
        "aiomisc.thread_pool.threaded_iterable_separate",
        "aiomisc.thread_pool.threaded_separate",
        "asgiref.sync.SyncToAsync",
        "asgiref.sync.sync_to_async",
        "asyncer.asyncify",
        "channels.db.DatabaseSyncToAsync",
        "channels.db.database_sync_to_async",
        "quart.utils.run_sync",
        "tornado.concurrent.run_on_executor",
        "unsync.unsync",
    }
)

# What these give does its work, or most of it, while it is iterated, and on the thread that iterates it.
LAZY: Final[frozenset[str]] = frozenset(
    {
        *("os.walk", "os.fwalk", "os.scandir", "glob.iglob"),
        *(f"pathlib.Path.{name}" for name in ("iterdir", "glob", "rglob", "walk")),
        *(f"requests.Response.{name}" for name in ("iter_content", "iter_lines")),
        *(f"httpx.Response.{name}" for name in ("iter_bytes", "iter_text", "iter_lines", "iter_raw")),
        "importlib.resources.abc.Traversable.iterdir",
    }
)

# What must be used in the thread that made it, or for which the thread matters: it cannot simply go into another one.
# Dotted prefixes of callables.
THREAD_BOUND: Final[tuple[str, ...]] = (
    "sqlite3.",
    "django.",
    "signal.",
    "threading.Lock.",
    "threading.RLock.",
    "threading.Condition.",
    "threading.Semaphore.",
    "threading.BoundedSemaphore.",
    "multiprocessing.Lock.",
    "multiprocessing.RLock.",
    "multiprocessing.Condition.",
    "multiprocessing.Semaphore.",
    "filelock.",
    "importlib.import_module",
)

# What a function must not reach, through any number of calls, if it is to run in another thread than its caller: what
# belongs to one thread, asks which loop, task or library runs there, or sets a variable of the context, of which the
# other thread has only a copy. Dotted prefixes of callables.
BOUND_TO_CALLER: Final[tuple[str, ...]] = (
    *THREAD_BOUND,
    "asyncio.",
    "anyio.",
    "trio.",
    "sniffio.",
    "curio.",
    "tornado.ioloop.",
    "twisted.internet.",
    "contextvars.ContextVar.set",
    "contextvars.ContextVar.reset",
    "threading.current_thread",
    "threading.get_ident",
    "threading.get_native_id",
)

# These put something into a queue from which another thread takes it.
PUT_FOR_THREADS: Final[frozenset[str]] = frozenset(
    f"queue.{queue}.{method}" for queue in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue") for method in PUTS
)
