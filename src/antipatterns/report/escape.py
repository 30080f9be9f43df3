"""Text that is safe where it goes: a terminal that obeys control characters, or JSON that must be UTF-8."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

# Controls, formats (bidirectional overrides are among them: https://trojansource.codes), halves of surrogate
# pairs (in which Python carries undecodable bytes of file names), separators of lines and of paragraphs.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def escape_controls(text: str) -> str:
    """The text on one line, with what a terminal might obey, hide or refuse as escapes of Python."""
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _UNSAFE else char
        for char in text
    )


def escape_surrogates(text: str) -> str:
    """The text with its lone surrogates, which no UTF-8 can hold, as escapes of Python."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def format_json(value: object) -> str:
    """JSON of dicts, lists, strings, numbers and None: two spaces per level, and a line end behind it."""
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_without_surrogates(value))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return escape_surrogates(value)
    if isinstance(value, Mapping):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_without_surrogates(item) for item in value]
    return value
