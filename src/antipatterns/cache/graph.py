"""What hangs on what: the files and folders that were consulted, and which answers are void when some have changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from antipatterns.cache.stamp import UNKNOWN, Stamp, digest_of_file, digest_of_folder, settled
from antipatterns.index.consulted import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable


class Node(msgspec.Struct, array_like=True, gc=False):
    """A file or folder as it was when it was consulted. ``digest`` is b"" where only the stamp is known.

    A file whose text was looked at has a node of its own for that.
    """

    path: str
    stamp: Stamp
    digest: bytes

    @property
    def is_folder(self) -> bool:
        """Whether its names were consulted."""
        return not self.path.endswith((".py", ".pyi"))

    @property
    def is_text(self) -> bool:
        """Whether it holds only while the file is as it was, byte for byte."""
        return self.path.startswith(TEXT)

    @property
    def file(self) -> str:
        """The path of the file or folder."""
        return self.path.removeprefix(TEXT)


_nodes = msgspec.msgpack.Decoder(list[Node])
_edges = msgspec.msgpack.Decoder(list[tuple[int, list[int]]])
_encoder = msgspec.msgpack.Encoder()


class Graph:
    """Nodes by path, and edges from modules to what answers about them hang on.

    ``edges``: as they were written; a run for which nothing has changed does not read them.
    """

    def __init__(self, nodes: dict[str, Node] | None = None, edges: bytes = b"") -> None:
        self.nodes = nodes or {}
        self._written = (tuple(self.nodes), edges)

    @cached_property
    def edges(self) -> dict[str, set[str]]:
        """What answers about a module hang on, by its path."""
        paths, written = self._written
        decoded = _edges.decode(written) if written else []
        return {paths[number]: {paths[target] for target in targets} for number, targets in decoded}

    def encode(self) -> tuple[bytes, bytes]:
        """The nodes and the edges as bytes."""
        numbers = {path: number for number, path in enumerate(self.nodes)}
        edges = [
            (numbers[path], sorted(numbers[target] for target in targets if target in numbers))
            for path, targets in self.edges.items()
            if path in numbers
        ]
        return _encoder.encode(list(self.nodes.values())), _encoder.encode(edges)

    def hanging_on(self, changed: Iterable[str]) -> set[str]:
        """All modules whose answers hang on one of these, however many steps away; with themselves."""
        back: dict[str, list[str]] = {}
        for path, targets in self.edges.items():
            for target in targets:
                back.setdefault(target, []).append(path)
        found = set(changed)
        waiting = list(found)
        while waiting:
            for path in back.get(waiting.pop(), ()):
                if path not in found:
                    found.add(path)
                    waiting.append(path)
        return found

    def looking_at(self, texts: Iterable[str]) -> set[str]:
        """The modules for which one of these texts was looked at: what others say does not hang on that."""
        texts = set(texts)
        return {path for path, targets in self.edges.items() if not targets.isdisjoint(texts)} if texts else set()

    def forget(self, path: str) -> None:
        """What was known of a module that has changed."""
        self.nodes.pop(path, None)
        self.edges.pop(path, None)


def decode_nodes(content: bytes) -> dict[str, Node]:
    """Nodes by path; raises msgspec.DecodeError."""
    return {node.path: node for node in _nodes.decode(content)}


def is_unchanged(node: Node, stamp: Stamp, digest: bytes | None) -> bool:
    """Whether a file or folder is as it was; takes over its stamp of now where it is. ``digest``: of now, if known."""
    if stamp != UNKNOWN and stamp == node.stamp:
        return True
    if stamp == UNKNOWN or not node.digest:
        return False
    if digest is None:
        digest = digest_of_folder(node.file) if node.is_folder else digest_of_file(node.file)
    if digest != node.digest:
        return False
    node.stamp = settled(stamp)
    return True
