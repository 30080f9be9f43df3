"""Graphs as text: for each module what it imports, and for each callable that blocks who comes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.drawing import count, notes_of, shown_sink
from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.index.call_chains import Chain
    from antipatterns.index.folding import Arrow, ImportGraph, Node


def format_imports(graph: ImportGraph, violations: Sequence[Finding]) -> str:
    """A line for each node, below it one for each that it imports; then the cycles and the violations."""
    arrows: dict[str, list[Arrow]] = {}
    for arrow in graph.arrows:
        arrows.setdefault(arrow.source, []).append(arrow)
    lines = []
    for node in graph.nodes:
        if not node.is_library:
            lines.append(node.label + _in_brackets(_notes_of_node(node)))
            lines += [_format_arrow(arrow) for arrow in arrows.get(node.label, ())]
    if graph.rounds:
        lines += ["", "Cycles:"]
    for one in sorted(graph.rounds):
        round_text = " → ".join(one.way)
        shortest = "" if one.tied == len(one.way) - 1 else f"{one.tied} modules need each other, the shortest way: "
        lines.append(f"{one.number}: {shortest}{round_text}")
    if violations:
        lines += ["", "Violations:"]
    lines += [f"{one.path}:{one.line}:{one.column}: {one.code} {one.message}" for one in violations]
    return _join(lines)


def format_imports_summary(graph: ImportGraph, violations: Sequence[Finding]) -> str:
    """How much there is, on one line."""
    parts = [count(graph.modules, "module"), count(graph.imports, "import"), count(len(graph.rounds), "cycle")]
    return f"{', '.join(parts)}, {count(len(violations), 'violation')}.\n"


def _notes_of_node(node: Node) -> list[str]:
    modules = [count(node.modules, "module")] if node.modules > 1 else []
    return [*modules, *(f"cycle {number}" for number in node.cycles)]


def _format_arrow(arrow: Arrow) -> str:
    path, line = arrow.place
    return f"    → {arrow.target}{_in_brackets(notes_of(arrow))} {path}:{line}"


def _in_brackets(notes: Sequence[str]) -> str:
    return f" [{', '.join(notes)}]" if notes else ""


_Tree = dict[str, "_Tree"]


def format_calls(chains: Iterable[Chain]) -> str:
    """A tree for each callable that blocks: below each call those that lead to it, down to the ones in loop code."""
    tree: _Tree = {}
    for chain in chains:
        branch = tree.setdefault(f"{shown_sink(chain.sink)}()", {})
        for step in chain.steps[:0:-1]:
            branch = branch.setdefault(f"{step.path}:{step.line}: in {step.function}", {})
        first = chain.steps[0]
        branch[f"{first.path}:{first.line}:{chain.column}: {chain.code} in {first.function}"] = {}
    return _join(_lines_of(tree))


def _lines_of(tree: _Tree) -> Iterator[str]:
    waiting = [(text, 0, below) for text, below in reversed(tree.items())]
    while waiting:
        text, depth, below = waiting.pop()
        yield "    " * depth + text
        waiting += [(inner, depth + 1, further) for inner, further in reversed(below.items())]


def format_calls_summary(chains: Sequence[Chain], wanted: str) -> str:
    """How many calls there are, on one line."""
    leads = "call in loop code leads" if len(chains) == 1 else "calls in loop code lead"
    return f"{len(chains)} {leads} to {wanted}.\n"


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{escape_controls(line)}\n" for line in lines)
