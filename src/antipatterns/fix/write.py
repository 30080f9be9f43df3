"""Write a file so that, whenever the process is killed, it is either the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path

# Temporary files of a killed run are found, and removed by the next one, by these.
_PREFIX, _SUFFIX = ".antipatterns-", ".tmp"
_LONGEST_WRITE = 600.0  # seconds


class WriteError(Exception):
    """A file that must not be written or cannot be; the text says why."""


def write_atomically(path: Path, old: bytes, new: bytes) -> None:
    """Replace the content of a file that still holds ``old``: a new file beside it, synced, takes its name.

    Mode and, as far as allowed, owner are kept; of a link inside the same tree the target is written.
    Raises WriteError when the file changed since it was read, is read-only, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        _check_unchanged(target, old)
        descriptor, name = tempfile.mkstemp(_SUFFIX, _PREFIX, target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                _lock(descriptor)
                file.write(new)
                file.flush()
                _copy_ownership(target, name)
                os.fsync(file.fileno())
            _check_unchanged(target, old)
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise WriteError(error.strerror or str(error)) from error


def _check_unchanged(target: Path, old: bytes) -> None:
    if not os.access(target, os.W_OK) or not target.stat().st_mode & stat.S_IWUSR:
        raise WriteError("it is read-only" if target.exists() else "it is gone")
    if target.read_bytes() != old:
        raise WriteError("it changed while it was being fixed")


def _copy_ownership(target: Path, name: str) -> None:
    status = target.stat()
    with contextlib.suppress(OSError):  # only root may give files away
        os.chown(name, status.st_uid, status.st_gid)
    Path(name).chmod(stat.S_IMODE(status.st_mode))


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed run left in a folder, but not those of one that still runs."""
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError), leftover.open("rb") as file:
            if _lock(file.fileno()):
                leftover.unlink()


def _lock(descriptor: int) -> bool:
    """Lock a temporary file for as long as it is open, and say if nobody else has; the dead have no locks.

    Where there are no such locks, a file that somebody has open cannot be removed anyway.
    """
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return time.time() - os.fstat(descriptor).st_mtime > _LONGEST_WRITE
    return True
