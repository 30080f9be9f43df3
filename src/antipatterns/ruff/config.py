"""The configuration files of ruff: which one holds for a folder, what it says with those that it extends.

https://docs.astral.sh/ruff/configuration/#config-file-discovery
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from antipatterns.configuration.config_file import PYPROJECT, display_path
from antipatterns.configuration.table import Place, decode_value, fields_of, read_table
from antipatterns.configuration.toml import parse_toml, read_content
from antipatterns.knowledge.excludes import RUFF_EXCLUDES, RUFF_INCLUDES
from antipatterns.ruff.globs import Glob, Globs
from antipatterns.ruff.selection import RuffMode, RuffSelection, selected_codes
from antipatterns.ruff.version import ruff_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = (".ruff.toml", "ruff.toml", PYPROJECT)
_Texts = tuple[str, ...]


class _LintKeys(msgspec.Struct, frozen=True, rename="kebab"):
    """What is read of the table ``lint``, and what once stood, and still may stand, beside it; no default counts."""

    select: _Texts = ()
    extend_select: _Texts = ()
    ignore: _Texts = ()
    extend_ignore: _Texts = ()
    per_file_ignores: dict[str, _Texts] = msgspec.field(default_factory=dict)
    extend_per_file_ignores: dict[str, _Texts] = msgspec.field(default_factory=dict)
    explicit_preview_rules: bool = False
    preview: bool = False
    exclude: _Texts = ()


class _FileKeys(msgspec.Struct, frozen=True, rename="kebab"):
    """What is read of the rest of a file."""

    extend: str = ""
    required_version: str = ""
    preview: bool = False
    exclude: _Texts = ()
    extend_exclude: _Texts = ()
    include: _Texts = ()
    extend_include: _Texts = ()


class PerFileIgnore(NamedTuple):
    """What is ignored in the files that a pattern matches or, negated, in all others."""

    globs: Globs
    negated: bool
    selectors: tuple[str, ...]


class RuffConfig(NamedTuple):
    """What one file says together with those that it extends: the rules that run, and the files they run on.

    ``root``: its folder, absolute. ``includes`` and ``excludes`` are about files that ruff looks at at
    all, ``lint_excludes`` about those that it only formats.
    """

    root: Path
    codes: frozenset[str]
    includes: Globs
    excludes: Globs
    lint_excludes: Globs
    per_file_ignores: tuple[PerFileIgnore, ...]


def find_ruff_config(folder: Path, cwd: str) -> RuffConfig | None:
    """What the configuration file that stands in a folder says, if there is one; raises SettingsError."""
    for name in NAMES:
        file = folder / name
        if not _is_file(file):
            continue
        table = _read_table(file, cwd)
        if table is not None:
            return _compose(list(_chain(file, table, cwd)), folder)
    return None


def default_config(folder: Path) -> RuffConfig:
    """What holds where there is no configuration file."""
    return _compose([], folder)


class _Link:
    """One file of a chain: what its tables say, and where."""

    def __init__(self, table: Mapping[str, object], place: Place, folder: Path) -> None:
        self.place = place
        self.folder = folder.as_posix()
        lint = read_table(table.get("lint", {}), place.at("lint"))
        self.file = _decode(table, fields_of(_FileKeys), place)
        # What stands in the table ``lint`` counts more than what, as was once usual, stands beside it.
        once = {key: field for key, field in fields_of(_LintKeys).items() if key not in fields_of(_FileKeys)}
        self.lint = _decode(table, once, place) | _decode(lint, fields_of(_LintKeys), place.at("lint"))

    def globs(self, table: Mapping[str, Any], key: str) -> list[Glob]:
        """The patterns of a key."""
        place = self.place.at("lint") if table is self.lint else self.place
        return [self._glob(pattern, key, place) for pattern in table.get(key, ())]

    def per_file_ignores(self, key: str) -> list[PerFileIgnore]:
        """The patterns of a table, with what is ignored there."""
        place = self.place.at("lint")
        return [
            PerFileIgnore(
                Globs([self._glob(pattern.removeprefix("!"), key, place)]), pattern.startswith("!"), selectors
            )
            for pattern, selectors in self.lint.get(key, {}).items()
        ]

    def selection(self) -> RuffSelection:
        """The selectors."""
        ignore = (*self.lint.get("ignore", ()), *self.lint.get("extend-ignore", ()))
        return RuffSelection(self.lint.get("select"), self.lint.get("extend-select", ()), ignore)

    def _glob(self, pattern: str, key: str, place: Place) -> Glob:
        glob = Glob(pattern, self.folder)
        try:
            Globs([glob])
        except ValueError:
            raise place.at(key).error(f'not a pattern: "{pattern}"') from None
        return glob


def _chain(file: Path, table: Mapping[str, object], cwd: str) -> Iterator[_Link]:
    """A file, the one that it extends, and so on."""
    seen: list[Path] = []
    while True:
        seen.append(file)
        link = _Link(table, _place_of(file, cwd), file.parent)
        yield link
        extended = link.file.get("extend")
        if extended is None:
            return
        place = link.place.at("extend")
        path = os.path.expanduser(os.path.expandvars(extended))  # noqa: PTH111 - raises nothing where there is no home
        file = Path(os.path.normpath(file.parent / path))
        if file in seen:
            raise place.error(f"leads in a circle back to {display_path(str(file), cwd)}")
        if not _is_file(file):
            raise place.error(f'no such file: "{extended}"')
        table = _read_table(file, cwd) or {}


def _compose(chain: list[_Link], root: Path) -> RuffConfig:
    """What a chain says, the file that was found first, with the one that it extends behind it."""
    files, lints = [link.file for link in chain], [link.lint for link in chain]
    mode = RuffMode(
        version=ruff_version(_first(files, "required-version", "")),
        preview=_first(lints, "preview", _first(files, "preview", default=False)),
        explicit_preview_rules=_first(lints, "explicit-preview-rules", default=False),
    )
    ignores = [link.per_file_ignores("per-file-ignores") for link in chain if "per-file-ignores" in link.lint][:1]
    ignores += [link.per_file_ignores("extend-per-file-ignores") for link in chain]
    lint_excludes = [link.globs(link.lint, "exclude") for link in chain if "exclude" in link.lint][:1]
    return RuffConfig(
        root=root,
        codes=selected_codes([link.selection() for link in reversed(chain)], mode),
        includes=_patterns(chain, root, "include", RUFF_INCLUDES),
        excludes=_patterns(chain, root, "exclude", RUFF_EXCLUDES),
        lint_excludes=Globs(glob for globs in lint_excludes for glob in globs),
        per_file_ignores=tuple(item for group in ignores for item in group),
    )


def _first(tables: list[dict[str, Any]], key: str, default: Any) -> Any:
    return next((table[key] for table in tables if key in table), default)


def _patterns(chain: list[_Link], root: Path, key: str, default: tuple[str, ...]) -> Globs:
    """The patterns of the first file that sets a key, and those that any adds."""
    own = [link.globs(link.file, key) for link in chain if key in link.file][:1]
    own = own or [[Glob(pattern, root.as_posix()) for pattern in default]]
    added = [link.globs(link.file, f"extend-{key}") for link in chain]
    return Globs(glob for globs in (*own, *added) for glob in globs)


def _decode(
    table: Mapping[str, object], fields: Mapping[str, msgspec.structs.FieldInfo], place: Place
) -> dict[str, Any]:
    """Those of some keys that a table sets."""
    return {key: decode_value(table[key], field.type, place.at(key)) for key, field in fields.items() if key in table}


def _read_table(file: Path, cwd: str) -> Mapping[str, object] | None:
    """The table with the keys of ruff; None in a ``pyproject.toml`` without one."""
    place = Place(display_path(str(file), cwd))
    content = read_content(file, place)
    if file.name != PYPROJECT:
        return parse_toml(content, place)
    if b"ruff" not in content:
        return None
    tool = read_table(parse_toml(content, place).get("tool", {}), place.at("tool"))
    return read_table(tool["ruff"], place.at("tool").at("ruff")) if "ruff" in tool else None


def _place_of(file: Path, cwd: str) -> Place:
    place = Place(display_path(str(file), cwd))
    return place.at("tool").at("ruff") if file.name == PYPROJECT else place


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a folder that may not be entered holds nothing that could be read
