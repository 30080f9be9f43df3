"""Decode one table of settings by a msgspec struct, naming file, key and what was expected in errors."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

_NEAR = 0.6


class SettingsError(Exception):
    """A setting that cannot be used; the text is always one printable line, ready for a person."""

    def __init__(self, message: str) -> None:
        super().__init__("".join(char if char.isprintable() else repr(char)[1:-1] for char in message))


class Place(msgspec.Struct, frozen=True):
    """Where a setting stands: the file as shown to people ("" on the command line), and the dotted key."""

    file: str
    key: str = ""

    def at(self, key: str) -> Place:
        """The place of a key in the table at this place, quoted where TOML would quote it."""
        bare = key.replace("-", "").replace("_", "").isalnum() and key.isascii()
        shown = key if bare else f'"{key}"'
        return Place(self.file, f"{self.key}.{shown}" if self.key else shown)

    def item(self, index: int) -> Place:
        """The place of a list's item, counted from 0."""
        return Place(self.file, f"{self.key}[{index}]")

    def error(self, message: str) -> SettingsError:
        """The error to raise about the setting at this place."""
        return SettingsError(": ".join(part for part in (self.file, self.key, message) if part))


@cache
def fields_of(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields of a struct by the key that stands for them in a settings file."""
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def decode_table(table: object, kind: type[msgspec.Struct], place: Place) -> dict[str, Any]:
    """The values of the keys that are given in a table, converted to the types of the struct's fields.

    Raises SettingsError for an unknown key and for a value of the wrong type or out of bounds.
    """
    entries = read_table(table, place)
    fields = fields_of(kind)
    check_keys(entries, fields, place)
    return {key: decode_value(value, fields[key].type, place.at(key)) for key, value in entries.items()}


def read_table(table: object, place: Place) -> Mapping[str, object]:
    """The table itself; raises SettingsError for anything else."""
    if not isinstance(table, Mapping):
        raise place.error(f"expected table, got {format_type_of(table)}")
    return table


def check_keys(table: Iterable[str], known: Iterable[str], place: Place) -> None:
    """Raise SettingsError for the first key that is not among the known ones, with the nearest of them."""
    known = list(known)
    for key in table:
        if key not in known:
            raise place.at(key).error(f"unknown key{format_suggestion(key, known)}")


def decode_value(value: object, kind: Any, place: Place) -> Any:
    """One value converted to a type; raises SettingsError, for a list about its first wrong item."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise _describe_error(value, kind, place) from None


def format_suggestion(word: str, known: Iterable[str]) -> str:
    """The tail of a message about an unknown word: the nearest known one, or nothing where none is near."""
    import difflib  # costs milliseconds, and only a mistake needs it

    matcher = difflib.SequenceMatcher(b=word.lower())

    def likeness(candidate: str) -> tuple[float, int]:
        matcher.set_seq1(candidate.lower())
        return matcher.ratio(), _count_common(candidate.lower(), word.lower())

    # Not get_close_matches: of equally near codes the one of the same family is meant, AP201 by AP210.
    nearest = max(known, key=likeness, default="")
    return f', did you mean "{nearest}"?' if nearest and likeness(nearest)[0] >= _NEAR else ""


def format_type(kind: Any) -> str:
    """What a type expects, in the words of a settings file: ``int >= 1``, ``list of str``, ``table``."""
    kind, bounds, description = _split_bounds(kind)
    if description:
        return description
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "one of " + ", ".join(f'"{argument}"' for argument in arguments)
    if origin in (list, tuple, set, frozenset):
        return f"list of {format_type(arguments[0])}"
    if origin in (Union, types.UnionType):
        return " or ".join(format_type(argument) for argument in arguments if argument is not types.NoneType)
    if isinstance(origin or kind, type) and issubclass(origin or kind, Mapping | msgspec.Struct):
        return "table"
    return bounds or str(getattr(kind, "__name__", kind))


def format_type_of(value: object) -> str:
    """The type of a value, in the words of a settings file."""
    if isinstance(value, Mapping):
        return "table"
    if value == []:
        return "empty list"
    if isinstance(value, datetime.date | datetime.time):
        return "date or time"
    return type(value).__name__


def _count_common(first: str, second: str) -> int:
    """How many letters two words share at their beginnings."""
    pairs = zip(first, second, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), len(first))


def _describe_error(value: object, kind: Any, place: Place) -> SettingsError:
    plain, *_ = _split_bounds(kind)
    if isinstance(value, list) and get_origin(plain) in (list, tuple, set, frozenset):
        item = get_args(plain)[0]
        for index, element in enumerate(value):
            try:
                msgspec.convert(element, item)
            except msgspec.ValidationError:
                return _describe_error(element, item, place.item(index))
    expected = format_type(kind)
    if get_origin(plain) is Literal and isinstance(value, str):
        near = format_suggestion(value, get_args(plain))
        return place.error(f'expected {expected}, got "{value}"{near}')
    # A value of the right type that is out of bounds is worth more to the reader than its type.
    fits = type(value) in (int, float, str) and _base_of(plain) is type(value)
    return place.error(f"expected {expected}, got {_quoted(value) if fits else format_type_of(value)}")


def _base_of(kind: Any) -> type | None:
    """The type behind annotations and ``| None``, if it is one of its own."""
    for argument in get_args(kind):
        if get_origin(kind) in (Union, types.UnionType) and argument is not types.NoneType:
            return _base_of(_split_bounds(argument)[0])
    return kind if isinstance(kind, type) else None


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _split_bounds(kind: Any) -> tuple[Any, str, str]:
    """The type behind ``Annotated``, its bounds in words, its description; "" where there are none."""
    if get_origin(kind) is not Annotated:
        return kind, "", ""
    plain, *metas = get_args(kind)
    signs = (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<"))
    words = [str(getattr(plain, "__name__", plain))]
    for meta in metas:
        if meta.description:
            return plain, "", meta.description
        limits = [f"{sign} {getattr(meta, name)}" for name, sign in signs if getattr(meta, name) is not None]
        words.append(" and ".join(limits))
    return plain, " ".join(filter(None, words)), ""
