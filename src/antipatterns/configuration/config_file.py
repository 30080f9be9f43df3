"""Read one settings file: ``[tool.antipatterns]`` of a ``pyproject.toml``, or a file of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import msgspec

from antipatterns.configuration.gitignore import Patterns
from antipatterns.configuration.selection import Choice, Selection, check_selectors, choose
from antipatterns.configuration.table import (
    Place,
    check_keys,
    decode_table,
    fields_of,
    format_type_of,
    read_table,
)
from antipatterns.configuration.toml import parse_toml, read_content
from antipatterns.knowledge.excludes import DEFAULT_EXCLUDES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from antipatterns.rule import Rule

PYPROJECT = "pyproject.toml"
DEFAULT_CACHE = ".antipatterns_cache"
NO_CACHE = "none"
"""In place of a folder: keep nothing on the disk."""

Name = Annotated[str, msgspec.Meta(min_length=1, description="non-empty str")]
Dotted = Annotated[str, msgspec.Meta(pattern=r"^[^\W\d]\w*(\.[^\W\d]\w*)*$", description="dotted name")]
Category = Literal[
    "sleep",
    "http",
    "socket",
    "dns",
    "database",
    "subprocess",
    "file",
    "stat",
    "input",
    "lock",
    "cpu",
    "import",
    "tls",
]
CATEGORIES: tuple[str, ...] = get_args(Category)
"""What callables that block wait for, the worst first: of two ways to block, a chain names the one named first here."""
Names = tuple[Name, ...]
_SOME_PATTERNS = "list of one or more patterns"
DottedNames = tuple[Dotted, ...]
Categories = tuple[Category, ...]


class SharedKeys(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The keys that several rules read: each stands at the top level, and in per-path tables for some files.

    ``blocking``, ``offloaders``, ``loop_decorators`` and ``infrastructure_packages`` add to what ``knowledge/`` lists,
    ``non_blocking`` takes away from it; the others replace their defaults. ``python`` names the environment whose
    packages are followed: an interpreter, its folder, or ``none``; a relative path starts at the settings file.
    """

    domain_modules: Names = ("domain", "domains", "entities", "domain_model")
    infrastructure_modules: Names = (
        "infrastructure",
        "infra",
        "adapters",
        "persistence",
        "api",
        "routes",
        "web",
    )
    infrastructure_packages: DottedNames = ()
    blocking: DottedNames = ()
    non_blocking: DottedNames = ()
    blocking_categories: Categories = (
        "sleep",
        "http",
        "socket",
        "dns",
        "database",
        "subprocess",
        "file",
        "input",
        "lock",
        "import",
        "tls",
    )
    offloaders: DottedNames = ()
    loop_decorators: DottedNames = ()
    python: str = ""


class TreeKeys(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The keys about the whole tree below the file, which stand at its top level only.

    ``cache_dir``: where to keep what is known from earlier runs, from the settings file on, or ``none``.
    ``defer_to_ruff``: keep silent where ruff, as the project configures it, reports the same.
    """

    exclude: Names = DEFAULT_EXCLUDES
    extend_exclude: Names = ()
    respect_gitignore: bool = True
    require_suppression_reason: bool = False
    cache_dir: Name = DEFAULT_CACHE
    defer_to_ruff: bool = False


class _SelectionKeys(msgspec.Struct, frozen=True, rename="kebab"):
    """The keys of a Selection as a file writes them."""

    select: Names = ()
    extend_select: Names = ()
    ignore: Names = ()
    extend_ignore: Names = ()


class _PathKeys(msgspec.Struct, frozen=True):
    """The key that says for which files a per-path table is."""

    paths: Annotated[Names, msgspec.Meta(min_length=1, description=_SOME_PATTERNS)]


class Layer(msgspec.Struct, frozen=True):
    """What one table sets: a choice of rules, values of other keys, options by the names of their rules."""

    choice: Choice
    values: dict[str, Any]
    options: dict[str, dict[str, Any]]


class ConfigFile(msgspec.Struct, frozen=True):
    """A settings file: where it stands, its own layer, and those for some paths below ``root``, in order."""

    place: Place
    root: str
    layer: Layer
    per_path: tuple[tuple[Patterns, Layer], ...] = ()


def display_path(path: str, cwd: str) -> str:
    """An absolute path as reports show it: relative to the working directory where it lies below it."""
    below = cwd if cwd.endswith(os.sep) else cwd + os.sep
    return path.removeprefix(below) or path


def find_config(file: Path, rules: Mapping[str, Rule], cwd: str) -> ConfigFile | None:
    """The settings in a ``pyproject.toml``; None where it has no ``[tool.antipatterns]``."""
    place = Place(display_path(str(file), cwd))
    content = read_content(file, place)
    # Most files on the way up are about other tools: their mistakes are not ours to report.
    if b"antipatterns" not in content:
        return None
    table = _tool_table(parse_toml(content, place), place)
    if table is None:
        return None
    return _decode_config(table, file, place.at("tool").at("antipatterns"), rules)


def read_config(file: Path, rules: Mapping[str, Rule], cwd: str) -> ConfigFile:
    """The settings in a file that was asked for: its ``[tool.antipatterns]``, or else its top-level keys."""
    place = Place(display_path(str(file), cwd))
    document = parse_toml(read_content(file, place), place)
    table = _tool_table(document, place)
    if table is not None:
        return _decode_config(table, file, place.at("tool").at("antipatterns"), rules)
    if file.name == PYPROJECT:
        raise place.error("expected a table [tool.antipatterns], got none")
    return _decode_config(document, file, place, rules)


def decode_layer(table: object, place: Place, rules: Mapping[str, Rule], *kinds: type[msgspec.Struct]) -> Layer:
    """One table whose keys are selectors, shared keys, those of further structs, and tables of rules."""
    entries = read_table(table, place)
    by_name = {rule.name: rule for rule in rules.values()}
    value_kinds: tuple[type[msgspec.Struct], ...] = (SharedKeys, *kinds)
    groups = [fields_of(kind) for kind in (_SelectionKeys, *value_kinds)]
    check_keys(entries, [*(key for group in groups for key in group), *by_name], place)
    given = [{key: entries[key] for key in entries if key in group} for group in groups]
    values: dict[str, Any] = {}
    for table_of_kind, kind in zip(given[1:], value_kinds, strict=True):
        values |= decode_table(table_of_kind, kind, place)
    return Layer(
        _decode_choice(given[0], place, rules),
        values,
        {key: _decode_options(entries[key], by_name[key].options, place.at(key)) for key in entries if key in by_name},
    )


def make_options(table: Mapping[str, Any], kind: type[msgspec.Struct], place: Place) -> Any:
    """A rule's options from checked values; raises SettingsError for what the struct itself forbids."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise place.error(str(error)) from None


def _decode_options(table: object, kind: type[msgspec.Struct], place: Place) -> dict[str, Any]:
    """The checked options of a rule, still as plain values: its struct is made when layers are merged."""
    decode_table(table, kind, place)
    return dict(read_table(table, place))


def _decode_choice(table: Mapping[str, object], place: Place, rules: Mapping[str, Rule]) -> Choice:
    decoded = decode_table(table, _SelectionKeys, place)
    for key, selectors in decoded.items():
        check_selectors(selectors, rules, place.at(key))
    fields = {key.replace("-", "_"): selectors for key, selectors in decoded.items()}
    return choose(Selection(**fields), rules)


def _decode_config(table: object, file: Path, place: Place, rules: Mapping[str, Rule]) -> ConfigFile:
    entries = dict(read_table(table, place))
    tables = entries.pop("per-path", [])
    if not isinstance(tables, list):
        got = format_type_of(tables)
        raise place.at("per-path").error(f"expected array of tables [[{place.at('per-path').key}]], got {got}")
    per_path = []
    for index, one in enumerate(tables):
        at = place.at("per-path").item(index)
        layer = decode_layer(one, at, rules, _PathKeys)
        if "paths" not in layer.values:
            raise at.at("paths").error(f"expected {_SOME_PATTERNS}, got nothing")
        per_path.append((Patterns(layer.values.pop("paths")), layer))
    layer = decode_layer(entries, place, rules, TreeKeys)
    return ConfigFile(place, str(file.parent), layer, tuple(per_path))


def _tool_table(document: Mapping[str, object], place: Place) -> object | None:
    tool = document.get("tool", {})
    return read_table(tool, place.at("tool")).get("antipatterns")
