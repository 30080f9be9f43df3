"""Check many files, in this process or in several; the order of the outcomes is that of the files."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from antipatterns.check import Checked, check_content, check_unreadable
from antipatterns.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import SettingsResolver

# Below this many files another process costs more than it saves.
_FILES_WORTH_A_WORKER = 60
_CHUNK = 24
# Trees are freed by reference counting as they have no cycles; looking for some after each 700 objects, as CPython
# does, doubles the time of parsing.
_GC_THRESHOLD = 200_000


def count_workers(files: int, jobs: int | None) -> int:
    """How many processes a run of so many files should use; ``jobs`` is the user's word, None for automatic."""
    if jobs is not None:
        return max(1, min(jobs, files))
    return max(1, min(_count_cpus(), files // _FILES_WORTH_A_WORKER))


def _count_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_files(files: Sequence[DiscoveredFile], resolver: SettingsResolver, workers: int) -> Iterator[Checked]:
    """Yield the outcome of each file in turn. Files of a worker that dies are done again in this process."""
    if workers == 1:
        with rare_garbage_collection():
            for file in files:
                yield check_file(file, resolver)
    else:
        yield from _check_in_processes(files, resolver, workers)


def check_file(file: DiscoveredFile, resolver: SettingsResolver) -> Checked:
    """Read and check one file; one that cannot be read becomes a finding."""
    settings = resolver.settings_for(file.path)
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return check_unreadable(SourceError(file.display, f"cannot read: {error.strerror or error}"), b"", settings)
    return check_content(file.display, content, settings)


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Look for reference cycles seldom while many trees are made."""
    before = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _check_in_processes(
    files: Sequence[DiscoveredFile], resolver: SettingsResolver, workers: int
) -> Iterator[Checked]:
    # Imported here: the plugin and small runs never need them.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    done = 0
    pool = ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(resolver,))
    try:
        for outcomes in pool.map(_check_chunk, chunks):
            yield from outcomes
            done += 1
    except BrokenProcessPool:
        print("antipatterns: a worker process died; going on without workers", file=sys.stderr)
        yield from check_files([file for chunk in chunks[done:] for file in chunk], resolver, 1)
    finally:
        pool.shutdown(cancel_futures=True)


_worker_resolver: list[SettingsResolver] = []


def _start_worker(resolver: SettingsResolver) -> None:
    import signal  # noqa: PLC0415 - only in workers

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    gc.set_threshold(_GC_THRESHOLD)
    gc.freeze()
    _worker_resolver[:] = [resolver]


def _check_chunk(files: Sequence[DiscoveredFile]) -> list[Checked]:
    return [check_file(file, _worker_resolver[0]) for file in files]
