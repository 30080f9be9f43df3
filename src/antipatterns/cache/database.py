"""One SQLite file that many processes share: what cannot be used is made anew, and without a disk nothing is kept."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from antipatterns.cache.place import make_folder, remove_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_APPLICATION = 0x41504331
_SCHEMA = """
CREATE TABLE facts (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inode INTEGER, digest BLOB, content BLOB
);
CREATE TABLE outcomes (
    context BLOB, path TEXT, size INTEGER, mtime INTEGER, inode INTEGER, digest BLOB, key BLOB, own BLOB, whole BLOB,
    PRIMARY KEY (context, path)
) WITHOUT ROWID;
CREATE TABLE snapshots (context BLOB, run BLOB, used INTEGER, content BLOB, PRIMARY KEY (context, run)) WITHOUT ROWID;
CREATE TABLE graphs (context BLOB PRIMARY KEY, generation BLOB, used INTEGER, nodes BLOB, edges BLOB) WITHOUT ROWID;
"""
_SECONDS_TO_WAIT = 20
# Of the primary result codes (https://sqlite.org/rescode.html) those of a file that is not, or no longer, ours.
_SPOILED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH)


class _ForeignError(Exception):
    """The file is a database, but of another program."""


class Database:
    """A store in a file. ``warn`` is told, once, why nothing can be kept; nothing is ever raised for that."""

    def __init__(self, file: Path, warn: Callable[[str], None]) -> None:
        self.file = file
        self._warn = warn
        self._connection: sqlite3.Connection | None = None
        self._is_usable = True

    def read(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query finds; none where nothing is known."""
        if self._connection is None and not self.file.exists():
            return []
        return self._attempt(lambda connection: connection.execute(query, parameters).fetchall()) or []

    def write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do some work in one transaction, alone."""

        def alone(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            try:
                work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

        self._attempt(alone)

    def close(self) -> None:
        """Let go of the file: before other processes are forked, and at the end."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _attempt(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Work with the file; if it is spoiled, once more with a new one."""
        for is_last in (False, True):
            if not self._is_usable:
                return None
            try:
                return work(self._connect())
            except (sqlite3.Error, _ForeignError, OSError) as error:
                self.close()
                if is_last or not _is_spoiled(error) or not self._remove():
                    self._give_up(error)
        return None

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            is_new = not self.file.exists()
            if is_new:
                make_folder(self.file)
            self._connection = sqlite3.connect(self.file, timeout=_SECONDS_TO_WAIT, isolation_level=None)
            _prepare(self._connection)
        return self._connection

    def _remove(self) -> bool:
        try:
            remove_store(self.file)
        except OSError:
            return False
        return True

    def _give_up(self, error: Exception) -> None:
        self._is_usable = False
        reason = error.strerror if isinstance(error, OSError) else error
        self._warn(f"nothing is kept in {self.file.parent}: {reason or error}")


def _prepare(connection: sqlite3.Connection) -> None:
    """Check that the file is ours, or make it so."""
    if _application_of(connection) == _APPLICATION:
        return
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    if _application_of(connection) != _APPLICATION:  # nobody else was faster
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _ForeignError("a database of another program")
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id={_APPLICATION}")
    connection.execute("COMMIT")


def _application_of(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return found


def _is_spoiled(error: Exception) -> bool:
    if isinstance(error, _ForeignError):
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 1) & 0xFF in _SPOILED
