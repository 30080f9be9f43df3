"""Do the same work on many items, in this process or in several; the order of the outcomes is that of the items."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Shared = TypeVar("Shared")
T = TypeVar("T")

# Below this many files another process costs more than it saves.
_FILES_WORTH_A_WORKER = 60
_CHUNK = 24
# Trees are freed by reference counting as they have no cycles; looking for some after each 700 objects, as CPython
# does, doubles the time of parsing, and among the facts of thousands of files each look takes a second.
_GC_THRESHOLD = 20_000_000
_MOST_WORKERS = 61  # more than this many handles Windows cannot wait for


def count_workers(files: int, jobs: int | None) -> int:
    """How many processes a run of so many files should use; ``jobs`` is the user's word, None for automatic."""
    if jobs is not None:
        return max(1, min(jobs, files))
    return max(1, min(_count_cpus(), files // _FILES_WORTH_A_WORKER))


def _count_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_files(work: Callable[[Item, Shared], T], items: Sequence[Item], shared: Shared, workers: int) -> Iterator[T]:
    """Yield ``work(item, shared)`` of each item in turn; with several workers all of them must be picklable.

    What a worker that dies was given is done again in this process. Where all is done in it, it looks for circles of
    references seldom from then on, as trees and facts have none.
    """
    if workers == 1:
        gc.set_threshold(_GC_THRESHOLD)
        for item in items:
            yield work(item, shared)
    else:
        yield from _map_in_processes(work, items, shared, workers)


def _map_in_processes(
    work: Callable[[Item, Shared], T], items: Sequence[Item], shared: Shared, workers: int
) -> Iterator[T]:
    # Imported here: the plugin and small runs never need them.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
    done = 0
    workers = min(workers, len(chunks), _MOST_WORKERS)
    pool = ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(shared,))
    try:
        for outcomes in pool.map(partial(_do_chunk, work), chunks):
            yield from outcomes
            done += 1
    except BrokenProcessPool:
        print("antipatterns: a worker process died; going on without workers", file=sys.stderr)
        yield from map_files(work, [item for chunk in chunks[done:] for item in chunk], shared, 1)
    finally:
        pool.shutdown(cancel_futures=True)


_shared: list[Any] = []


def _start_worker(shared: object) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _end_with_parent()
    gc.set_threshold(_GC_THRESHOLD)
    gc.freeze()
    _shared[:] = [shared]


def _end_with_parent() -> None:
    """See to it that no worker goes on, or waits for ever, when the parent has been killed."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _do_chunk(work: Callable[[Item, Any], T], items: Sequence[Item]) -> list[T]:
    return [work(item, _shared[0]) for item in items]
