"""What a picture of a graph holds, whatever language it is written in: boxes, lines between them, and their marks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from antipatterns.facts.model import ImportKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.index.call_chains import Chain, Step
    from antipatterns.index.folding import Arrow, ImportGraph

KINDS = {
    ImportKind.RUN_TIME: "run-time",
    ImportKind.CONDITIONAL: "conditional",
    ImportKind.LAZY: "lazy",
    ImportKind.TYPE_ONLY: "type-only",
    ImportKind.DYNAMIC: "dynamic",
}
"""What users call the kinds of imports."""


class Mark(StrEnum):
    """Why something stands out."""

    PLAIN = "plain"
    CYCLE = "cycle"
    VIOLATION = "violation"
    LIBRARY = "library"
    SINK = "sink"
    ENTRY = "entry"


class Box(msgspec.Struct, frozen=True):
    """A node; each line of its text."""

    lines: tuple[str, ...]
    mark: Mark = Mark.PLAIN


class Line(msgspec.Struct, frozen=True):
    """An edge from one box to another, by their indices."""

    source: int
    target: int
    label: str = ""
    mark: Mark = Mark.PLAIN
    is_dashed: bool = False


class Drawing(msgspec.Struct, frozen=True):
    """A directed graph with a name."""

    name: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw_imports(graph: ImportGraph) -> Drawing:
    """A box for each module, package or library, and a line for all imports of one by another."""
    at = {node.label: index for index, node in enumerate(graph.nodes)}
    boxes = []
    for node in graph.nodes:
        mark = Mark.LIBRARY if node.is_library else Mark.CYCLE if node.cycles else Mark.PLAIN
        size = [count(node.modules, "module")] if node.modules > 1 else []
        boxes.append(Box((node.label, *size), mark))
    lines = tuple(
        Line(
            at[arrow.source],
            at[arrow.target],
            ", ".join(notes_of(arrow)),
            Mark.VIOLATION if arrow.codes else Mark.CYCLE if arrow.cycles else Mark.PLAIN,
            is_dashed=arrow.kind in (ImportKind.LAZY, ImportKind.TYPE_ONLY, ImportKind.DYNAMIC),
        )
        for arrow in graph.arrows
    )
    return Drawing("imports", tuple(boxes), lines)


def notes_of(arrow: Arrow) -> list[str]:
    """What there is to say of an import: who reports it, its cycles, when it runs, how many there are."""
    notes = [*arrow.codes, *(f"cycle {number}" for number in arrow.cycles)]
    if arrow.kind is not ImportKind.RUN_TIME:
        notes.append(KINDS[arrow.kind])
    if arrow.imports > 1:
        notes.append(count(arrow.imports, "import"))
    return notes


def draw_calls(chains: Sequence[Chain]) -> Drawing:
    """A box for each function and each callable that blocks, and a line with the lines of the calls between two."""
    keys: dict[tuple[str, ...], Mark] = {}
    calls: dict[tuple[tuple[str, ...], tuple[str, ...]], set[int]] = {}
    for chain in chains:
        way = [*map(_key, chain.steps), (f"{shown_sink(chain.sink)}()",)]
        keys.update((key, keys.get(key, Mark.PLAIN)) for key in way[1:-1])
        keys[way[-1]] = Mark.SINK
        keys[way[0]] = Mark.ENTRY
        for step, source, target in zip(chain.steps, way, way[1:], strict=False):
            calls.setdefault((source, target), set()).add(step.line)
    at = {key: index for index, key in enumerate(sorted(keys))}
    boxes = tuple(Box(key, keys[key]) for key in sorted(keys))
    lines = [
        Line(at[source], at[target], ", ".join(map(str, sorted(numbers))))
        for (source, target), numbers in calls.items()
    ]
    return Drawing("calls", boxes, tuple(sorted(lines, key=lambda line: (line.source, line.target))))


def _key(step: Step) -> tuple[str, ...]:
    return (step.function, step.path)


def shown_sink(name: str) -> str:
    """The name of a callable as people write it."""
    return name.removeprefix("builtins.")


def count(number: int, noun: str) -> str:
    """``1 module``, ``2 modules``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
