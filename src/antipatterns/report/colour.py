"""Colours on a terminal: the only reporter that needs rich, so it is imported when colours are wanted."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.style import Style


def paint(text: str, style: str) -> str:
    """The text in a style of rich ("bold red"), in the 16 colours that every terminal has.

    Rendered by the style itself, not by a console: nothing is wrapped, guessed, or read from the environment.
    """
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if style else text
