"""The facts of files, kept on the disk: of the project's in its own store, of packages in one for all projects."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from antipatterns.cache.database import Database
from antipatterns.cache.stamp import UNKNOWN, Stamp, digest_of, seal, settled, stamp_of, unseal
from antipatterns.facts.store import decode_facts, encode_facts
from antipatterns.index.modules import facts_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from antipatterns.facts.model import ModuleFacts

_FIND = "SELECT size, mtime, inode, digest, content FROM facts WHERE path = ?"
_PUT = "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?, ?)"


class FactsRow(NamedTuple):
    """The facts of one file, encoded (b"" where it has none), and what they were made of."""

    path: str
    stamp: Stamp
    digest: bytes
    facts: bytes


class Stores(NamedTuple):
    """The files of the stores, if any, and the folders whose files are packages."""

    own: Path | None
    shared: Path | None
    packages: tuple[str, ...] = ()

    def is_package(self, path: str) -> bool:
        """Whether facts of this file are shared between projects."""
        return bool(self.packages) and path.startswith(self.packages)


class FactsCache:
    """Reads the facts of any file, from the disk if they are there and still hold. Can be sent to other processes.

    What had to be made anew is in ``fresh`` until somebody takes it.
    """

    def __init__(self, stores: Stores, warn: Callable[[str], None] | None = None) -> None:
        self.stores = stores
        self.fresh: list[FactsRow] = []
        self._own = Database(stores.own, warn or _say_nothing) if stores.own is not None else None
        self._shared = Database(stores.shared, warn or _say_nothing) if stores.shared is not None else None

    def __reduce__(self) -> tuple[Any, ...]:
        return FactsCache, (self.stores,)

    def read(self, path: str) -> ModuleFacts | None:
        """The facts of a file, or None where it cannot be read or parsed."""
        stamp = stamp_of(path)
        if stamp == UNKNOWN:
            return None
        row = self._row(path)
        if row is None or row.stamp != stamp:
            row = self._renew(path, stamp, row)
        if row is None or not row.facts:
            return None
        try:
            return decode_facts(row.facts)
        except msgspec.DecodeError:
            row = self._renew(path, stamp, None)
            return decode_facts(row.facts) if row is not None and row.facts else None

    def take_fresh(self) -> list[FactsRow]:
        """The facts that had to be made since the last time."""
        taken, self.fresh = self.fresh, []
        return taken

    def keep_fresh(self) -> None:
        """Keep on the disk what had to be made since the last time."""
        if self.fresh:
            self.write(self.take_fresh())

    def write(self, rows: Iterable[FactsRow]) -> None:
        """Keep some facts on the disk."""
        own: list[FactsRow] = []
        shared: list[FactsRow] = []
        for row in rows:
            (shared if self.stores.is_package(row.path) else own).append(row)
        for database, group in ((self._own, own), (self._shared, shared)):
            if group and database is not None:
                database.write(_writer(group))

    def close(self) -> None:
        """Let go of the files."""
        for database in (self._own, self._shared):
            if database is not None:
                database.close()

    def _row(self, path: str) -> FactsRow | None:
        database = self._shared if self.stores.is_package(path) else self._own
        if database is None:
            return None
        for size, mtime, inode, digest, content in database.read(_FIND, (os.fsencode(path),)):
            facts = unseal(content)
            if facts is not None:
                return FactsRow(path, (size, mtime, inode), digest, facts)
        return None

    def _renew(self, path: str, stamp: Stamp, known: FactsRow | None) -> FactsRow | None:
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - called for every module that is followed
                content = file.read()
        except OSError:
            return None
        digest = digest_of(content)
        if known is not None and known.digest == digest:
            row = FactsRow(path, settled(stamp), digest, known.facts)
        else:
            facts = facts_in(path, content)
            row = FactsRow(path, settled(stamp), digest, encode_facts(facts) if facts is not None else b"")
        self.fresh.append(row)
        return row


def _writer(rows: Iterable[FactsRow]) -> Callable[[sqlite3.Connection], None]:
    def put(connection: sqlite3.Connection) -> None:
        connection.executemany(_PUT, [(os.fsencode(row.path), *row.stamp, row.digest, seal(row.facts)) for row in rows])

    return put


def _say_nothing(_: str) -> None:
    """What a worker cannot keep, the process that started it complains of."""
