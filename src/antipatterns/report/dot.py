"""A drawing in the language of Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.report.drawing import Mark
from antipatterns.report.escape import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.report.drawing import Box, Drawing, Line

_BOXES = {
    Mark.PLAIN: {},
    Mark.CYCLE: {"color": "#b36b00", "fillcolor": "#fff3d6"},
    Mark.LIBRARY: {"color": "#777777", "fillcolor": "#eeeeee", "shape": "ellipse"},
    Mark.SINK: {"color": "#c00000", "fillcolor": "#ffe3e3"},
    Mark.ENTRY: {"color": "#1f5fa8", "fillcolor": "#e3f0ff"},
}
_LINES = {
    Mark.CYCLE: {"color": "#b36b00", "fontcolor": "#b36b00", "penwidth": "2"},
    Mark.VIOLATION: {"color": "#c00000", "fontcolor": "#c00000", "penwidth": "3"},
}


def format_drawing(drawing: Drawing) -> str:
    """A ``digraph``; what is marked differs in colour, width or shape, and the labels say why."""
    lines = [
        f"digraph {_quote([drawing.name])} {{",
        '    graph [rankdir="LR"];',
        '    node [shape="box", style="rounded,filled", fillcolor="white", fontname="sans-serif"];',
        '    edge [color="#555555", fontname="sans-serif", fontsize="10"];',
        *map(_box, drawing.boxes),
        *(_line(line, drawing) for line in drawing.lines),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _box(box: Box) -> str:
    attributes = dict(_BOXES.get(box.mark, {}))
    return f"    {_quote(box.lines)}{_attributes(attributes)};"


def _line(line: Line, drawing: Drawing) -> str:
    source, target = (_quote(drawing.boxes[index].lines) for index in (line.source, line.target))
    attributes = {"label": line.label} if line.label else {}
    attributes |= {"style": "dashed"} if line.is_dashed else {}
    return f"    {source} -> {target}{_attributes(attributes | _LINES.get(line.mark, {}))};"


def _attributes(attributes: dict[str, str]) -> str:
    if not attributes:
        return ""
    return f" [{', '.join(f'{name}={_quote([value])}' for name, value in attributes.items())}]"


def _quote(lines: Iterable[str]) -> str:
    """A quoted string, in which backslashes and quotes stand for themselves; lines are kept apart."""
    escaped = (escape_controls(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
