"""A drawing as a flowchart of Mermaid: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.drawing import Mark
from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.report.drawing import Drawing, Line

MOST_LINES = 500
"""Mermaid refuses to draw more, unless its configuration (``maxEdges``) says otherwise."""

_BOXES = {
    Mark.CYCLE: "fill:#fff3d6,stroke:#b36b00",
    Mark.LIBRARY: "fill:#eeeeee,stroke:#777777",
    Mark.SINK: "fill:#ffe3e3,stroke:#c00000",
    Mark.ENTRY: "fill:#e3f0ff,stroke:#1f5fa8",
}
_LINES = {
    Mark.CYCLE: "stroke:#b36b00,stroke-width:2px",
    Mark.VIOLATION: "stroke:#c00000,stroke-width:3px",
}
_PLAIN = frozenset(" ._-/:,()")


def format_drawing(drawing: Drawing) -> str:
    """A flowchart from left to right; what is marked differs in colour and width, and the labels say why."""
    lines = ["flowchart LR"]
    lines += [f'    n{index}["{_escape(box.lines)}"]' for index, box in enumerate(drawing.boxes)]
    lines += map(_line, drawing.lines)
    for mark, style in _BOXES.items():
        marked = [f"n{index}" for index, box in enumerate(drawing.boxes) if box.mark is mark]
        if marked:
            lines += [f"    classDef {mark} {style}", f"    class {','.join(marked)} {mark}"]
    for mark, style in _LINES.items():
        numbers = [str(index) for index, line in enumerate(drawing.lines) if line.mark is mark]
        if numbers:
            lines.append(f"    linkStyle {','.join(numbers)} {style}")
    return "\n".join(lines) + "\n"


def _line(line: Line) -> str:
    arrow = "-.->" if line.is_dashed else "-->"
    label = f'|"{_escape([line.label])}"|' if line.label else ""
    return f"    n{line.source} {arrow}{label} n{line.target}"


def _escape(lines: Iterable[str]) -> str:
    """Text for between quotes: all that Mermaid, Markdown or HTML may take for theirs, by its number."""
    return "<br/>".join("".join(map(_escape_char, escape_controls(line))) for line in lines)


def _escape_char(char: str) -> str:
    return char if char.isalnum() or char in _PLAIN else f"#{ord(char)};"
