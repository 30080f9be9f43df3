"""What a run over many files found, as a whole: good as long as nothing at all that it saw has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from antipatterns.cache.stamp import UNKNOWN, Stamp, digest_of, seal, stamp_of, unseal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from antipatterns.cache.database import Database

FEW = 200
"""A run over so few files is fast without, and there are many different ones."""

_KEPT = 3
_READ = "SELECT content FROM snapshots WHERE context = ? AND run = ?"
_PUT = "INSERT OR REPLACE INTO snapshots VALUES (?, ?, (SELECT coalesce(max(used), 0) + 1 FROM snapshots), ?)"
_DROP = """DELETE FROM snapshots WHERE context = ? AND run NOT IN (
    SELECT run FROM snapshots WHERE context = ? ORDER BY used DESC LIMIT ?)"""


class _Content(msgspec.Struct, array_like=True, gc=False):
    """``stamps``: of all files of the run, encoded, in their order. ``others``: what else it looked at.

    ``found``: the encoded findings of the files that have any, by the index of the file.
    """

    stamps: bytes
    others: list[tuple[str, Stamp]]
    found: dict[int, bytes]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Content)


class Snapshots:
    """The snapshots in a database. ``context``: what kind of runs these were."""

    def __init__(self, database: Database, context: bytes) -> None:
        self._database = database
        self._context = context

    def read(self, keys: Mapping[str, bytes], stamps: Iterable[Stamp]) -> dict[int, bytes] | None:
        """The encoded findings of the last run over the same files with the same keys, if nothing has changed."""
        if len(keys) <= FEW:
            return None
        rows = self._database.read(_READ, (self._context, _run_of(keys)))
        sealed = unseal(rows[0][0]) if rows else None
        try:
            content = _decoder.decode(sealed) if sealed is not None else None
        except msgspec.DecodeError:
            return None
        if content is None or content.stamps != _encoder.encode(list(stamps)):
            return None
        return content.found if all(stamp_of(path) == stamp for path, stamp in content.others) else None

    def write(self, connection: sqlite3.Connection, keys: Mapping[str, bytes], content: bytes) -> None:
        """Keep what ``encode`` has given, in place of older ones."""
        connection.execute(_PUT, (self._context, _run_of(keys), content))
        connection.execute(_DROP, (self._context, self._context, _KEPT))


def encode(stamps: Sequence[Stamp], others: Sequence[tuple[str, Stamp]], found: dict[int, bytes]) -> bytes | None:
    """The content of a snapshot; None where it could not be known to hold, or is not worth the space."""
    if len(stamps) <= FEW or UNKNOWN in stamps or any(stamp == UNKNOWN for _, stamp in others):
        return None
    return seal(_encoder.encode(_Content(_encoder.encode(stamps), list(others), found)))


def _run_of(keys: Mapping[str, bytes]) -> bytes:
    return digest_of(os.fsencode("\0".join(keys)), b"".join(keys.values()))
