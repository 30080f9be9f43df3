"""The settings as flags of another program's command line: what flake8 offers as ``--antipatterns-…``."""

from __future__ import annotations

import re
import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from antipatterns.configuration.config_file import SharedKeys, TreeKeys
from antipatterns.configuration.table import fields_of, format_type
from antipatterns.settings import Overrides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from antipatterns.rule import Rule

_PREFIX = "antipatterns"
_TREE_KEYS = ("cache-dir", "defer-to-ruff")  # what else is about a tree, flake8 has options of its own for, or none
_SEPARATOR = r"[,\s]+"
_SCALARS = {bool: "bool", int: "int", float: "float", str: "str"}


class Flag(msgspec.Struct, frozen=True):
    """One setting as a flag: ``--antipatterns-<rule-name>-<option>`` or ``--antipatterns-<shared-key>``.

    ``dest``: the attribute under which argparse keeps the value.
    ``kind`` is bool, int, float, str or list; ``default`` is the setting's own, for the help: a host
    registers the flag with the default None, so that only what a user gives wins over the settings file.
    """

    name: str
    dest: str
    rule: str  # the rule's name, "" for a shared key
    key: str
    kind: str
    default: Any
    help: str


def find_flags(rules: Mapping[str, Rule]) -> list[Flag]:
    """A flag for every setting that one line can hold: scalars and lists of them; shared keys come first."""
    flags = list(_flags_of(SharedKeys, "", "antipatterns, for several rules"))
    flags += [flag for flag in _flags_of(TreeKeys, "", "antipatterns") if flag.key in _TREE_KEYS]
    for code, rule in rules.items():
        flags.extend(_flags_of(rule.options, rule.name, f"{code} {rule.name}"))
    return flags


def make_overrides(
    values: Mapping[str, Any], flags: Iterable[Flag], table: Mapping[str, Any] | None = None
) -> Overrides:
    """The overrides from flags' values by their ``dest``; None and missing ones are not set.

    A value may be text (``"60"``, ``"true"``, ``"a.b, c.d"``) or already of its type; what cannot be
    converted is left for the resolver to complain of. ``table``: further keys, such as ``extend-select``.
    """
    overrides: dict[str, Any] = dict(table or {})
    for flag in flags:
        value = values.get(flag.dest)
        if value is not None:
            target = overrides.setdefault(flag.rule, {}) if flag.rule else overrides
            target[flag.key] = _convert(value, flag.kind)
    return Overrides(overrides, "flake8")


def _flags_of(kind: type[msgspec.Struct], rule: str, about: str) -> Iterator[Flag]:
    for key, field in fields_of(kind).items():
        word = _kind_of(field.type)
        if word is not None:
            name = "-".join(part for part in (f"--{_PREFIX}", rule, key) if part)
            default = field.default
            if default is msgspec.NODEFAULT:
                default = field.default_factory()
            dest = name.removeprefix("--").replace("-", "_")
            yield Flag(name, dest, rule, key, word, default, f"{about}: {key}, {format_type(field.type)}")


def _kind_of(kind: Any) -> str | None:
    """The word for a type that one line can hold, else None."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _kind_of(arguments[0])
    if origin is Literal:
        return "str"
    if origin in (list, tuple, set, frozenset):
        return "list" if _kind_of(arguments[0]) == "str" else None
    if origin in (Union, types.UnionType):
        words = {_kind_of(argument) for argument in arguments if argument is not types.NoneType}
        return words.pop() if len(words) == 1 else None
    return _SCALARS.get(kind)


def _convert(value: Any, kind: str) -> Any:
    if not isinstance(value, str):
        return list(value) if kind == "list" else value
    if kind == "list":
        return [item for item in re.split(_SEPARATOR, value) if item]
    if kind == "str":
        return value
    try:
        return msgspec.convert(value.strip(), {"bool": bool, "int": int, "float": float}[kind], strict=False)
    except msgspec.ValidationError:
        return value
