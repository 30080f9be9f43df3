"""What hangs on what: the files and folders that were consulted, and which answers are void when some have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.cache.stamp import UNKNOWN, Stamp, digest_of_file, digest_of_folder, settled
from antipatterns.index.consulted import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Node(msgspec.Struct, array_like=True, gc=False):
    """A file or folder as it was when it was consulted. ``digest`` is b"" where only the stamp is known."""

    path: str
    stamp: Stamp
    digest: bytes

    @property
    def is_folder(self) -> bool:
        """Whether its names were consulted."""
        return not self.path.endswith((".py", ".pyi")) and self.path != EVERYTHING


_nodes = msgspec.msgpack.Decoder(list[Node])
_edges = msgspec.msgpack.Decoder(list[tuple[int, list[int]]])
_encoder = msgspec.msgpack.Encoder()


class Graph:
    """Nodes by path, and edges from modules to what answers about them hang on."""

    def __init__(self, nodes: dict[str, Node] | None = None, edges: dict[str, set[str]] | None = None) -> None:
        self.nodes = nodes or {}
        self.edges = edges or {}

    def encode(self) -> tuple[bytes, bytes]:
        """The nodes and the edges as bytes."""
        numbers = {path: number for number, path in enumerate(self.nodes)}
        edges = [
            (numbers[path], sorted(numbers[target] for target in targets if target in numbers))
            for path, targets in self.edges.items()
            if path in numbers
        ]
        return _encoder.encode(list(self.nodes.values())), _encoder.encode(edges)

    def read_edges(self, content: bytes) -> None:
        """Take the edges in some bytes; raises msgspec.DecodeError or IndexError."""
        paths = list(self.nodes)
        self.edges = {
            paths[number]: {paths[target] for target in targets} for number, targets in _edges.decode(content)
        }

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
        digest = digest_of_folder(node.path) if node.is_folder else digest_of_file(node.path)
    if digest != node.digest:
        return False
    node.stamp = settled(stamp)
    return True
