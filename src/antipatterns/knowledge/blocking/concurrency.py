"""What waits for another thread or process: locks, queues, futures, joins and pools."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "concurrent.futures.wait": ("lock", "asyncio.wait with asyncio.wrap_future"),
    "concurrent.futures.as_completed": ("lock", "asyncio.as_completed with asyncio.wrap_future"),
    "multiprocessing.connection.wait": ("lock", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    # `with lock:` is left out on purpose (no `__enter__` below): guarding two statements against another
    # thread is how libraries stay correct, and one finding per such guard would drown the rest. Holding a
    # lock across an await has its own rule.
    "threading.Lock": (("lock", "asyncio.Lock", "acquire acquire_lock"),),
    "threading.RLock": (("lock", "asyncio.Lock", "acquire"),),
    "multiprocessing.Lock": (("lock", "asyncio.Lock", "acquire"),),
    "multiprocessing.RLock": (("lock", "asyncio.Lock", "acquire"),),
    "threading.Semaphore": (("lock", "asyncio.Semaphore", "acquire"),),
    "multiprocessing.Semaphore": (("lock", "asyncio.Semaphore", "acquire"),),
    "threading.Condition": (("lock", "asyncio.Condition", "acquire wait wait_for"),),
    "multiprocessing.Condition": (("lock", "asyncio.Condition", "acquire wait wait_for"),),
    "threading.Event": (("lock", "asyncio.Event", "wait"),),
    "multiprocessing.Event": (("lock", "asyncio.Event", "wait"),),
    "threading.Barrier": (("lock", "asyncio.Barrier", "wait"),),
    "multiprocessing.Barrier": (("lock", "asyncio.Barrier", "wait"),),
    "threading.Thread": (("lock", "asyncio.to_thread", "join"),),
    "multiprocessing.Process": (("lock", "asyncio.to_thread", "join"),),
    # `put` waits only where the queue was built with a maxsize, which the call does not show: left out,
    # like `put_nowait` and `get_nowait`.
    "queue.Queue": (("lock", "asyncio.Queue", "get join"),),
    "queue.SimpleQueue": (("lock", "asyncio.Queue", "get"),),
    "multiprocessing.Queue": (("lock", "asyncio.to_thread", "get join_thread"),),
    "multiprocessing.JoinableQueue": (("lock", "asyncio.to_thread", "join"),),
    "multiprocessing.SimpleQueue": (("lock", "asyncio.to_thread", "get"),),
    "concurrent.futures.Future": (("lock", "await asyncio.wrap_future(future)", "result exception"),),
    # Leaving `with ThreadPoolExecutor()` joins threads that are idle by then (the asyncio documentation
    # does it): left out.
    "concurrent.futures.Executor": (("lock", "asyncio.to_thread", "shutdown"),),
    "multiprocessing.pool.Pool": (("lock", "loop.run_in_executor", "apply map starmap join"),),
    "multiprocessing.pool.AsyncResult": (("lock", "loop.run_in_executor", "get wait"),),
    "sched.scheduler": (("sleep", "loop.call_later", "run"),),
    "janus.SyncQueue": (("lock", "the queue's async_q", "get join"),),
}

RETURNS: Final[dict[str, str]] = {
    "concurrent.futures.Executor.submit": "concurrent.futures.Future",
    "asyncio.run_coroutine_threadsafe": "concurrent.futures.Future",
    # as_completed() has no entry: the futures that it gives are done, and their results at hand.
    "multiprocessing.pool.Pool.apply_async": "multiprocessing.pool.AsyncResult",
    "multiprocessing.pool.Pool.map_async": "multiprocessing.pool.AsyncResult",
    "multiprocessing.pool.Pool.starmap_async": "multiprocessing.pool.AsyncResult",
    "threading.current_thread": "threading.Thread",
    "threading.main_thread": "threading.Thread",
    "multiprocessing.current_process": "multiprocessing.Process",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "janus.Queue.sync_q": "janus.SyncQueue",
    # Nothing of it blocks, but who sets it must stay in the caller's context (see `offloaders`).
    "contextvars.ContextVar.name": "builtins.str",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "threading.BoundedSemaphore": ("threading.Semaphore",),
    "multiprocessing.BoundedSemaphore": ("multiprocessing.Semaphore",),
    "threading.Timer": ("threading.Thread",),
    "queue.LifoQueue": ("queue.Queue",),
    "queue.PriorityQueue": ("queue.Queue",),
    "multiprocessing.JoinableQueue": ("multiprocessing.Queue",),
    "concurrent.futures.ThreadPoolExecutor": ("concurrent.futures.Executor",),
    "concurrent.futures.ProcessPoolExecutor": ("concurrent.futures.Executor",),
    "concurrent.futures.InterpreterPoolExecutor": ("concurrent.futures.Executor",),
    "multiprocessing.pool.ThreadPool": ("multiprocessing.pool.Pool",),
    "multiprocessing.pool.MapResult": ("multiprocessing.pool.AsyncResult",),
}

ALIASES: Final[dict[str, str]] = {
    "_thread.allocate_lock": "threading.Lock",
    "_thread.LockType": "threading.Lock",
    "_thread.lock": "threading.Lock",
    "threading._allocate_lock": "threading.Lock",
    "_thread.allocate": "threading.Lock",
    "threading._RLock": "threading.RLock",
    "_thread.RLock": "threading.RLock",
    "_queue.SimpleQueue": "queue.SimpleQueue",
    "concurrent.futures._base.Future": "concurrent.futures.Future",
    "concurrent.futures._base.Executor": "concurrent.futures.Executor",
    "concurrent.futures._base.wait": "concurrent.futures.wait",
    "concurrent.futures._base.as_completed": "concurrent.futures.as_completed",
    "concurrent.futures.thread.ThreadPoolExecutor": "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.process.ProcessPoolExecutor": "concurrent.futures.ProcessPoolExecutor",
    "concurrent.futures.interpreter.InterpreterPoolExecutor": "concurrent.futures.InterpreterPoolExecutor",
    "multiprocessing.synchronize.Lock": "multiprocessing.Lock",
    "multiprocessing.synchronize.RLock": "multiprocessing.RLock",
    "multiprocessing.synchronize.Semaphore": "multiprocessing.Semaphore",
    "multiprocessing.synchronize.BoundedSemaphore": "multiprocessing.BoundedSemaphore",
    "multiprocessing.synchronize.Condition": "multiprocessing.Condition",
    "multiprocessing.synchronize.Event": "multiprocessing.Event",
    "multiprocessing.synchronize.Barrier": "multiprocessing.Barrier",
    "multiprocessing.queues.Queue": "multiprocessing.Queue",
    "multiprocessing.queues.JoinableQueue": "multiprocessing.JoinableQueue",
    "multiprocessing.queues.SimpleQueue": "multiprocessing.SimpleQueue",
    "multiprocessing.process.BaseProcess": "multiprocessing.Process",
    "multiprocessing.context.Process": "multiprocessing.Process",
    "multiprocessing.context.SpawnProcess": "multiprocessing.Process",
    "multiprocessing.context.ForkProcess": "multiprocessing.Process",
    "multiprocessing.context.ForkServerProcess": "multiprocessing.Process",
    "multiprocessing.Pool": "multiprocessing.pool.Pool",
    "multiprocessing.pool.ApplyResult": "multiprocessing.pool.AsyncResult",
    "asyncio.tasks.run_coroutine_threadsafe": "asyncio.run_coroutine_threadsafe",
    # The dill-based fork has the same interface.
    "multiprocess": "multiprocessing",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "threading.Lock.acquire": ((0, "blocking", False), (1, "timeout", 0)),
    "threading.RLock.acquire": ((0, "blocking", False), (1, "timeout", 0)),
    "threading.Lock.acquire_lock": ((0, "blocking", False), (1, "timeout", 0)),
    "threading.Semaphore.acquire": ((0, "blocking", False), (1, "timeout", 0)),
    "threading.Condition.acquire": ((0, "blocking", False), (1, "timeout", 0)),
    "multiprocessing.Lock.acquire": ((0, "block", False), (1, "timeout", 0)),
    "multiprocessing.RLock.acquire": ((0, "block", False), (1, "timeout", 0)),
    "multiprocessing.Semaphore.acquire": ((0, "block", False), (1, "timeout", 0)),
    "multiprocessing.Condition.acquire": ((0, "block", False), (1, "timeout", 0)),
    "threading.Condition.wait": ((0, "timeout", 0),),
    "multiprocessing.Condition.wait": ((0, "timeout", 0),),
    "threading.Event.wait": ((0, "timeout", 0),),
    "multiprocessing.Event.wait": ((0, "timeout", 0),),
    "threading.Thread.join": ((0, "timeout", 0),),
    "multiprocessing.Process.join": ((0, "timeout", 0),),
    "threading.Condition.wait_for": ((1, "timeout", 0),),
    "multiprocessing.Condition.wait_for": ((1, "timeout", 0),),
    "queue.Queue.get": ((0, "block", False), (1, "timeout", 0)),
    "queue.SimpleQueue.get": ((0, "block", False), (1, "timeout", 0)),
    "multiprocessing.Queue.get": ((0, "block", False), (1, "timeout", 0)),
    "janus.SyncQueue.get": ((0, "block", False), (1, "timeout", 0)),
    "concurrent.futures.Future.result": ((0, "timeout", 0),),
    "concurrent.futures.Future.exception": ((0, "timeout", 0),),
    "multiprocessing.pool.AsyncResult.get": ((0, "timeout", 0),),
    "multiprocessing.pool.AsyncResult.wait": ((0, "timeout", 0),),
    "concurrent.futures.wait": ((1, "timeout", 0),),
    "concurrent.futures.as_completed": ((1, "timeout", 0),),
    "multiprocessing.connection.wait": ((1, "timeout", 0),),
    "concurrent.futures.Executor.shutdown": ((0, "wait", False),),
    "sched.scheduler.run": ((0, "blocking", False),),
}

ASYNC_TWINS: Final[frozenset[str]] = frozenset(
    {
        # Inherits from concurrent.futures.Future; nobody gets it before it is done.
        "tenacity.Future",
    }
)
