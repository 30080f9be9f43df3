"""What earlier runs found in files, and whether it still holds: the outcomes of files, and what they hang on."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from antipatterns.cache.graph import Graph, Node, decode_nodes, is_unchanged
from antipatterns.cache.keys import Keys
from antipatterns.cache.snapshot import Snapshots, encode
from antipatterns.cache.stamp import (
    UNKNOWN,
    Stamp,
    digest_of,
    digest_of_file,
    digest_of_names,
    seal,
    settled,
    stamp_of,
    unseal,
)
from antipatterns.finding import Finding
from antipatterns.index.consulted import TEXT, Consulted
from antipatterns.outcome import Checked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from antipatterns.cache.database import Database
    from antipatterns.cache.facts import FactsRow
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import SettingsResolver

_COLUMNS = "path, size, mtime, inode, digest, key, own, whole"
_PUT = (
    f"INSERT OR REPLACE INTO outcomes (context, {_COLUMNS}) "  # noqa: S608 - from the line above
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ALL = f"SELECT {_COLUMNS} FROM outcomes WHERE context = ?"  # noqa: S608 - from the line above
_ONE = f"{_ALL} AND path = ?"
_FEW = 200
_CONTEXTS = 6
_MOST_COMPARED = 50


class _Own(msgspec.Struct, array_like=True, gc=False):
    """What checking a file by itself gave. ``asks``: whether project rules want to be asked about it.

    ``questions``: what other rules want to know of other files.
    """

    findings: tuple[Finding, ...]
    has_suppressions: bool
    asks: bool
    questions: tuple[tuple[int, str], ...]


_encoder = msgspec.msgpack.Encoder()
_own_decoder = msgspec.msgpack.Decoder(_Own)
_whole_decoder = msgspec.msgpack.Decoder(tuple[Finding, ...])
_NOTHING = Checked(())


class _Row(msgspec.Struct):
    """What is known of one file."""

    stamp: Stamp
    digest: bytes
    key: bytes
    own: bytes | None
    whole: bytes | None


class Recalled(NamedTuple):
    """What still holds of a file: the outcome of checking it by itself, and the one with the project rules."""

    own: Checked | None
    whole: Checked | None


class Earlier:
    """The outcomes that earlier runs kept in a database. ``context``: what kind of runs these were."""

    def __init__(self, database: Database, context: bytes, resolver: SettingsResolver) -> None:
        self._database = database
        self._context = context
        self._snapshots = Snapshots(database, context)
        self._keys = Keys(resolver)
        self._known: dict[str, bytes] = {}
        """The keys of the files of this run."""
        self._started = time.time_ns()
        self._rows: dict[str, _Row] = {}
        self._stamps: dict[str, Stamp] = {}
        self._changed: set[str] = set()
        self._void: set[str] = set()
        self._moved: set[str] = set()
        """The names of files of which only lines are others."""
        self._graph = Graph()
        self._generation: bytes | None = None
        self._renewed: set[str] = set()
        self._has_news = False
        self._is_as_before = False
        self._compared = 0

    @property
    def packages(self) -> tuple[str, ...]:
        """The folders of installed packages that files of this run may use, with a separator at their end."""
        return self._keys.packages

    def recall(self, files: Sequence[DiscoveredFile]) -> list[Recalled]:
        """What still holds of each file; raises UnknownEnvironmentError."""
        paths = [file.absolute for file in files]
        self._stamps = {path: stamp_of(path) for path in paths}
        keys = self._known = {path: self._keys.key_for(path) for path in paths}
        found = self._snapshots.read(keys, self._stamps.values())
        recalled = _recall_all(found, len(paths)) if found is not None else None
        if recalled is None:
            self._read_rows(paths)
            for path, stamp in self._stamps.items():
                self._renew_row(path, stamp, keys[path])
            self._find_void()
            recalled = [self._recalled(path, keys[path]) for path in paths]
        else:
            self._is_as_before = True
        self._database.close()
        return recalled

    def _read_rows(self, paths: list[str]) -> None:
        if len(paths) > _FEW:
            rows = self._database.read(_ALL, (self._context,))
        else:
            rows = [row for path in paths for row in self._database.read(_ONE, (self._context, os.fsencode(path)))]
        for path, size, mtime, inode, digest, key, own, whole in rows:
            self._rows[os.fsdecode(path)] = _Row((size, mtime, inode), digest, key, own, whole)

    def _renew_row(self, path: str, stamp: Stamp, key: bytes) -> None:
        """Compare the row of a file with the file; an empty one is put where nothing of it holds."""
        row = self._rows.get(path)
        if row is None:
            self._rows[path] = _Row(stamp, b"", key, None, None)
            self._changed.add(path)
            return
        if row.stamp != stamp or stamp == UNKNOWN:
            if digest_of_file(path) != row.digest:
                self._rows[path] = _Row(stamp, b"", key, None, None)
                self._changed.add(path)
                return
            row.stamp = settled(stamp, self._started)
            self._note_news(path, is_news=row.stamp != UNKNOWN)
        if row.key != key:
            row.key, row.own, row.whole = key, None, None

    def _note_news(self, path: str, *, is_news: bool) -> None:
        if is_news:
            self._renewed.add(path)
            self._has_news = True

    def _find_void(self) -> None:
        """Find the files whose outcomes with project rules no longer hold."""
        found = self._database.read("SELECT generation, nodes, edges FROM graphs WHERE context = ?", (self._context,))
        if not found:
            self._void = set(self._rows)
            return
        self._generation, nodes, edges = found[0]
        nodes, edges = unseal(nodes), unseal(edges)
        if nodes is None or edges is None:
            self._void = set(self._rows)
            return
        self._graph = Graph(decode_nodes(nodes), edges)
        changed = [node for node in self._graph.nodes.values() if not self._holds(node)]
        if changed:
            self._void = self._graph.hanging_on(node.path for node in changed if not node.is_text)
            self._void |= self._graph.looking_at(node.path for node in changed if node.is_text)
            for node in changed:
                self._graph.forget(node.path)
            self._has_news = True

    def _holds(self, node: Node) -> bool:
        if node.file in self._stamps:
            if node.stamp == self._stamps[node.file] != UNKNOWN:
                return True
            if node.file in self._changed:
                return not node.is_text and self._says_the_same(node)
            return node.digest == self._rows[node.file].digest
        before = node.stamp
        holds = is_unchanged(node, stamp_of(node.file), None)
        self._has_news |= holds and node.stamp not in (before, UNKNOWN)
        return holds

    def _says_the_same(self, node: Node) -> bool:
        """Whether what a file that has changed says is what it said: then nothing that hangs on it is void.

        Where only lines are others, nothing is but what names them.
        """
        self._compared += 1
        if self._compared > _MOST_COMPARED:
            return False
        stamp = stamp_of(node.path)
        digest = self._compare(node)
        if digest is None:
            return False
        node.stamp, node.digest = settled(stamp, self._started), digest
        self._has_news = True
        return True

    def _compare(self, node: Node) -> bytes | None:
        """The new digest of a file that says what it said, else None."""
        from antipatterns.facts.likeness import Likeness, compare_facts  # where nothing has changed none is needed
        from antipatterns.facts.store import decode_facts
        from antipatterns.index.modules import facts_in

        found = self._database.read("SELECT digest, content FROM facts WHERE path = ?", (os.fsencode(node.path),))
        before = unseal(found[0][1]) if found and found[0][0] == node.digest else None
        if not before:
            return None
        try:
            content = Path(node.path).read_bytes()
        except OSError:
            return None
        try:
            facts = facts_in(node.path, content)
            likeness = compare_facts(decode_facts(before), facts) if facts is not None else Likeness.OTHER
        except msgspec.DecodeError:
            return None
        if likeness is Likeness.MOVED:
            self._moved.add(os.path.basename(node.path))
        return digest_of(content) if likeness is not Likeness.OTHER else None

    def _recalled(self, path: str, key: bytes) -> Recalled:
        row = self._rows[path]
        if row.own is None or row.key != key:
            return Recalled(None, None)
        if (path in self._void or self._names_moved(row.whole)) and path not in self._changed:
            row.whole = None
        try:
            if row.whole is not None:
                whole = Checked(_whole_decoder.decode(unseal(row.whole) or b"")) if row.whole else _NOTHING
                return Recalled(whole, whole)
            own = _own_decoder.decode(unseal(row.own) or b"")
        except msgspec.DecodeError:
            row.own = row.whole = None
            return Recalled(None, None)
        return Recalled(Checked(own.findings, (), b"" if own.asks else None, own.has_suppressions, own.questions), None)

    def _names_moved(self, whole: bytes | None) -> bool:
        """Whether findings may name a line that is another one now: those that name such a file at all."""
        return bool(whole) and any(os.fsencode(name) in (whole or b"") for name in self._moved)

    def keep_own(self, file: DiscoveredFile, checked: Checked, digest: bytes) -> FactsRow | None:
        """Remember what checking a file by itself gave; ``digest`` is that of what was read.

        Its facts, if there are any, are for the cache of facts to keep.
        """
        path = file.absolute
        row = self._rows[path]
        self._note_news(path, is_news=True)
        row.stamp = settled(self._stamps[path], self._started) if digest else UNKNOWN
        row.digest = digest
        row.own = row.whole = None
        if digest and not checked.crashes and _is_text(path):
            own = _Own(checked.findings, checked.has_suppressions, checked.facts is not None, checked.questions)
            row.own = seal(_encoder.encode(own))
            from antipatterns.cache.facts import FactsRow  # as above

            return FactsRow(path, row.stamp, digest, checked.facts) if isinstance(checked.facts, bytes) else None
        return None

    def keep_whole(self, file: DiscoveredFile, checked: Checked) -> None:
        """Remember the outcome of all rules for a file."""
        row = self._rows[file.absolute]
        self._note_news(file.absolute, is_news=True)
        if not checked.crashes and row.own is not None:
            row.whole = seal(_encoder.encode(checked.findings)) if checked.findings else b""

    def keep_consulted(self, consulted: Consulted) -> None:
        """Remember what answers hang on."""
        for path, targets in consulted.edges.items():
            self._graph.edges.setdefault(path, set()).update(targets)
            for target in (path, *targets):
                if target not in self._graph.nodes:
                    self._graph.nodes[target] = self._node(target, consulted)

    def _node(self, path: str, consulted: Consulted) -> Node:
        file = path.removeprefix(TEXT)
        if file in self._stamps:
            row = self._rows[file]
            return Node(path, row.stamp, row.digest)
        digest = digest_of_names(consulted.listings[path]) if path in consulted.listings else b""
        return Node(path, settled(stamp_of(file), self._started), digest)

    def save(self) -> None:
        """Write down what is new, unless another run was faster: what it found and this would not fit together."""
        snapshot = self._snapshot() if not self._is_as_before else None
        if (self._has_news or snapshot is not None) and all(map(_is_text, self._graph.nodes)):
            self._database.write(lambda connection: self._write(connection, snapshot))
        self._database.close()

    def _snapshot(self) -> bytes | None:
        """All that this run has found, and what that hangs on; None where something of it is not known for sure."""
        rows = [self._rows[path] for path in self._stamps]
        found = {index: row.whole for index, row in enumerate(rows) if row.whole}
        nodes = [node for node in self._graph.nodes.values() if node.file not in self._stamps]
        is_known = all(row.whole is not None for row in rows) and all(map(_is_text, self._stamps))
        return (
            encode([row.stamp for row in rows], [(one.file, one.stamp) for one in nodes], found) if is_known else None
        )

    def _write(self, connection: sqlite3.Connection, snapshot: bytes | None) -> None:
        select = "SELECT generation FROM graphs WHERE context = ?"
        found = connection.execute(select, (self._context,)).fetchone()
        if (found[0] if found else None) != self._generation:
            return
        if self._has_news:
            self._write_news(connection)
        if snapshot is not None:
            self._snapshots.write(connection, self._known, snapshot)

    def _write_news(self, connection: sqlite3.Connection) -> None:
        connection.executemany(_PUT, [self._row_of(path) for path in sorted(self._renewed)])
        void = [path for path in self._void if path not in self._stamps]
        for name in self._moved:
            select = "SELECT path FROM outcomes WHERE context = ? AND instr(whole, ?)"
            naming = connection.execute(select, (self._context, os.fsencode(name))).fetchall()
            void += [path for (found,) in naming if (path := os.fsdecode(found)) not in self._stamps]
        connection.executemany(
            "UPDATE outcomes SET whole = NULL WHERE context = ? AND path = ?",
            [(self._context, os.fsencode(path)) for path in void],
        )
        gone = [path for path in self._rows if path not in self._stamps and stamp_of(path) == UNKNOWN]
        connection.executemany("DELETE FROM outcomes WHERE path = ?", [(os.fsencode(path),) for path in gone])
        connection.executemany("DELETE FROM facts WHERE path = ?", [(os.fsencode(path),) for path in gone])
        nodes, edges = self._graph.encode()
        connection.execute(
            "INSERT OR REPLACE INTO graphs VALUES (?, ?, ?, ?, ?)",
            (self._context, os.urandom(8), time.time_ns(), seal(nodes), seal(edges)),
        )
        _drop_contexts(connection)

    def _row_of(self, path: str) -> tuple[object, ...]:
        row = self._rows[path]
        return (self._context, os.fsencode(path), *row.stamp, row.digest, row.key, row.own, row.whole)


def _recall_all(found: dict[int, bytes], count: int) -> list[Recalled] | None:
    """What holds of all files of a run, by the encoded findings of some; None where these cannot be read."""
    recalled = [Recalled(_NOTHING, _NOTHING)] * count
    try:
        for index, whole in found.items():
            checked = Checked(_whole_decoder.decode(unseal(whole) or b""))
            recalled[index] = Recalled(checked, checked)
    except (msgspec.DecodeError, IndexError):
        return None
    return recalled


def _drop_contexts(connection: sqlite3.Connection) -> None:
    """Forget the kinds of runs that were made longest ago."""
    contexts = connection.execute("SELECT context FROM graphs ORDER BY used DESC").fetchall()
    for old in contexts[_CONTEXTS:]:
        connection.execute("DELETE FROM graphs WHERE context = ?", old)
        connection.execute("DELETE FROM snapshots WHERE context = ?", old)
        connection.execute("DELETE FROM outcomes WHERE context = ?", old)


def _is_text(path: str) -> bool:
    """Whether a path can be written down: its bytes may be of no encoding."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
