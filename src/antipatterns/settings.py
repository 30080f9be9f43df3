"""What a run may be told: frozen settings for each file, from settings files, the command line and flake8."""

from __future__ import annotations

import os
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from antipatterns.configuration.config_file import (
    DEFAULT_CACHE,
    PYPROJECT,
    ConfigFile,
    Layer,
    SharedKeys,
    TreeKeys,
    decode_layer,
    find_config,
    make_options,
    read_config,
)
from antipatterns.configuration.table import Place, SettingsError
from antipatterns.knowledge.excludes import DEFAULT_EXCLUDES
from antipatterns.rule import Rule, load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from antipatterns.configuration.gitignore import Patterns
    from antipatterns.configuration.selection import Choice
    from antipatterns.ruff.deferral import Ruff

    _Compose = Callable[[ConfigFile | None, str, Iterable[Layer]], "Settings"]

__all__ = ["Excludes", "Overrides", "Settings", "SettingsError", "SettingsResolver"]

# Who wants a reason for each suppression wants to hear where there is none: unused-suppression reports both.
_REASON_RULE = "AP002"


class Excludes(msgspec.Struct, frozen=True):
    """Gitignore-style patterns of paths to leave out, relative to a folder (absolute)."""

    folder: str
    patterns: tuple[str, ...]


class Settings(SharedKeys, frozen=True, kw_only=True):
    """The settings of a group of files: one object for all files with the same ones; encodable to JSON.

    ``root``: the folder of the settings file, else the working directory, absolute. ``enabled``: the codes
    of the rules to run. ``excludes``: patterns, of which later groups come before earlier ones.
    ``rule_options``: by rule name, for rules whose options are set at all. ``ruff``: the codes of ruff's rules whose
    findings are left to it.
    """

    root: str = ""
    enabled: frozenset[str] = frozenset()
    excludes: tuple[Excludes, ...] = ()
    respect_gitignore: bool = True
    require_suppression_reason: bool = False
    cache_dir: str = DEFAULT_CACHE
    defer_to_ruff: bool = False
    ruff: frozenset[str] = frozenset()
    rule_options: dict[str, Any] = msgspec.field(default_factory=dict)

    def options_of(self, rule: Rule) -> Any:
        """The options of a rule: an instance of its ``options`` struct."""
        options = self.rule_options.get(rule.name)
        return _default_options(rule.options) if options is None else options


class Overrides(msgspec.Struct, frozen=True):
    """What wins over every settings file: a table with the keys of one, and its origin, for messages.

    Keys whose value is None are not set. ``exclude`` patterns in it are relative to the working directory.
    """

    table: dict[str, Any] = msgspec.field(default_factory=dict)
    origin: str = "command line"


class SettingsResolver:
    """Finds the settings of any file: those of the nearest settings file above it, under the overrides.

    ``config``: one settings file for all; ``isolated``: none. Can be sent to other processes, without what
    it has read. Raises SettingsError, at once about ``config`` and ``overrides``, else when first asked.
    """

    def __init__(
        self,
        *,
        config: Path | None = None,
        isolated: bool = False,
        overrides: Overrides | None = None,
        rules: Mapping[str, Rule] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self._arguments = (config, isolated, overrides, rules, cwd)
        self._cwd = Path(cwd or Path.cwd())
        self._rules = load_rules() if rules is None else rules
        self._overrides, self._origin = self._decode_overrides(overrides or Overrides())
        self._folders: dict[str, _Folder] = {}
        self._trees: dict[Path, _Tree | None] = {}
        self._deferred: dict[tuple[int, frozenset[str]], tuple[Settings, Settings]] = {}
        self._outside = _Tree(None, str(self._cwd), self._compose)
        self._only = self._outside if isolated else None
        if config is not None and not isolated:
            found = read_config(self._absolute(config), self._rules, str(self._cwd))
            self._only = _Tree(found, found.root, self._compose)

    def __reduce__(self) -> tuple[Any, ...]:
        return _make_resolver, self._arguments

    def settings_for(self, path: Path | str) -> Settings:
        """The settings of a file, which need not exist; a relative path starts at the working directory."""
        parent, name = os.path.split(path)  # of every file: as texts
        folder = self._folder(parent)
        settings = folder.settings_for(name) if folder.tree.has_paths else folder.tree.settings
        if not settings.defer_to_ruff:
            return settings
        return self._deferring(settings, self._ruff.codes_for(self._absolute(Path(path)), Path(settings.root)))

    def shared_settings(self, folder: Path) -> Settings | None:
        """The settings of all files in a folder; None where they may differ."""
        tree = self._only or self._folder(str(folder)).tree
        return None if tree.has_paths or tree.settings.defer_to_ruff else tree.settings

    def settings_in(self, folder: Path) -> Settings:
        """The settings of a tree at this folder: what holds for its files before any per-path table."""
        if self._only is not None:
            return self._only.settings
        return self._folder(str(folder)).tree.settings

    def left_to_ruff(self, folder: Path) -> frozenset[str]:
        """The codes of ruff's rules that count in a folder, before any pattern for some files."""
        settings = self.settings_in(folder)
        if not settings.defer_to_ruff:
            return frozenset()
        return self._ruff.codes_in(self._absolute(folder), Path(settings.root))

    @cached_property
    def _ruff(self) -> Ruff:
        from antipatterns.ruff.deferral import Ruff  # only few projects ask for it

        return Ruff(str(self._cwd))

    def _deferring(self, settings: Settings, codes: frozenset[str]) -> Settings:
        """One object for all files with the same settings and the same rules of ruff."""
        known = self._deferred.get((id(settings), codes))
        if known is None:
            deferring = msgspec.structs.replace(settings, ruff=codes)
            known = self._deferred[id(settings), codes] = (settings, deferring)
        return known[1]

    def _folder(self, folder: str) -> _Folder:
        found = self._folders.get(folder)
        if found is None:
            absolute = self._absolute(Path(folder))
            tree = self._only or self._tree_above(absolute) or self._outside
            found = self._folders[folder] = _Folder(tree, absolute)
        return found

    def _absolute(self, path: Path) -> Path:
        return Path(os.path.normpath(self._cwd / path))

    def _tree_above(self, folder: Path) -> _Tree | None:
        """The tree of the nearest settings file in a folder or above it."""
        passed: list[Path] = []
        tree: _Tree | None = None
        while folder not in self._trees:
            passed.append(folder)
            tree = self._tree_at(folder)
            if tree is not None or folder.parent == folder:
                break
            folder = folder.parent
        else:
            tree = self._trees[folder]
        self._trees.update(dict.fromkeys(passed, tree))
        return tree

    def _tree_at(self, folder: Path) -> _Tree | None:
        file = folder / PYPROJECT
        config = find_config(file, self._rules, str(self._cwd)) if _is_file(file) else None
        return None if config is None else _Tree(config, config.root, self._compose)

    def _decode_overrides(self, overrides: Overrides) -> tuple[Layer, Place]:
        place = Place(overrides.origin)
        table = {key: value for key, value in overrides.table.items() if value is not None}
        return decode_layer(table, place, self._rules, TreeKeys), place

    def _compose(self, config: ConfigFile | None, root: str, layers: Iterable[Layer]) -> Settings:
        """The settings of the files for which these per-path layers hold."""
        below = [config.layer, *layers] if config is not None else []
        place = config.place if config is not None else self._origin
        values: dict[str, Any] = {}
        options: dict[str, dict[str, Any]] = {}
        for layer in (*below, self._overrides):
            values |= layer.values
            for name, table in layer.options.items():
                options[name] = options.get(name, {}) | table
        by_name = {rule.name: rule for rule in self._rules.values()}
        wants_reasons = values.get("require-suppression-reason", False)
        shared = {key.replace("-", "_"): value for key, value in values.items()}
        for key in ("exclude", "extend_exclude"):
            shared.pop(key, None)
        return Settings(
            root=root,
            enabled=self._enabled([layer.choice for layer in below], wants_reasons=wants_reasons),
            excludes=self._excludes(config, root),
            rule_options={
                name: make_options(table, by_name[name].options, place.at(name)) for name, table in options.items()
            },
            **shared,
        )

    def _enabled(self, choices: list[Choice], *, wants_reasons: bool) -> frozenset[str]:
        """Layer upon layer; but what a per-path table ignores stays off whatever the overrides select."""
        enabled = frozenset(code for code, rule in self._rules.items() if rule.on)
        reason_rule = frozenset([_REASON_RULE] if wants_reasons else []) & frozenset(self._rules)
        if choices:
            enabled = choices[0].apply(enabled) | (reason_rule - choices[0].off)
        else:
            enabled |= reason_rule
        ignored: frozenset[str] = frozenset()
        for choice in choices[1:]:
            enabled = choice.apply(enabled)
            ignored = (ignored | choice.off) - choice.on
        return self._overrides.choice.apply(enabled) - ignored

    def _excludes(self, config: ConfigFile | None, root: str) -> tuple[Excludes, ...]:
        own = config.layer.values if config is not None else {}
        given = self._overrides.values
        cwd = str(self._cwd)
        groups = [
            Excludes(cwd, given["exclude"])
            if "exclude" in given
            else Excludes(root, own.get("exclude", DEFAULT_EXCLUDES)),
            Excludes(root, own.get("extend-exclude", ())),
            Excludes(cwd, given.get("extend-exclude", ())),
        ]
        merged: list[Excludes] = []
        for group in groups:
            if merged and merged[-1].folder == group.folder:
                merged[-1] = Excludes(group.folder, merged[-1].patterns + group.patterns)
            elif group.patterns:
                merged.append(group)
        return tuple(merged)


class _Tree:
    """All that hangs on one settings file, or on none: one Settings for each set of its per-path tables."""

    def __init__(self, config: ConfigFile | None, root: str, compose: _Compose) -> None:
        self.config = config
        self.root = root
        self.per_path = config.per_path if config is not None else ()
        self.has_paths = bool(self.per_path)
        self._compose = compose
        self._known: dict[tuple[bool, ...], Settings] = {}
        self.settings = self.settings_where((False,) * len(self.per_path))

    def settings_where(self, matched: tuple[bool, ...]) -> Settings:
        """The settings of files that match these of the per-path tables."""
        found = self._known.get(matched)
        if found is None:
            layers = [layer for (_, layer), matches in zip(self.per_path, matched, strict=True) if matches]
            found = self._known[matched] = self._compose(self.config, self.root, layers)
        return found


class _Folder:
    """One folder in a tree: which per-path tables match what lies in it, unless they speak of the file."""

    def __init__(self, tree: _Tree, path: Path) -> None:
        self.tree = tree
        self._path = path

    @cached_property
    def _prefix(self) -> str:
        """The path below the tree's root, with slashes, one of them at its end."""
        path, root = self._path, self.tree.root
        relative = path.relative_to(root if path.is_relative_to(root) else path.anchor)
        return "".join(f"{part}/" for part in relative.parts)

    @cached_property
    def _matched(self) -> tuple[bool, ...]:
        return tuple(self._matches(patterns) for patterns, _ in self.tree.per_path)

    def settings_for(self, name: str) -> Settings:
        """The settings of a file in this folder."""
        path = self._prefix + name
        matched = []
        for (patterns, _), by_folder in zip(self.tree.per_path, self._matched, strict=True):
            verdict = patterns.verdict(path, is_folder=False)
            matched.append(by_folder if verdict is None else verdict)
        return self.tree.settings_where(tuple(matched))

    def _matches(self, patterns: Patterns) -> bool:
        """What the patterns say of the folder or, if nothing, of the nearest one above that they speak of."""
        path = self._prefix.rstrip("/")
        while path:
            verdict = patterns.verdict(path, is_folder=True)
            if verdict is not None:
                return verdict
            path = path.rpartition("/")[0]
        return False


def _make_resolver(
    config: Path | None,
    isolated: bool,
    overrides: Overrides | None,
    rules: Mapping[str, Rule] | None,
    cwd: Path | None,
) -> SettingsResolver:
    return SettingsResolver(config=config, isolated=isolated, overrides=overrides, rules=rules, cwd=cwd)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a folder that may not be entered holds no settings that could be read


@cache
def _default_options(kind: type[msgspec.Struct]) -> msgspec.Struct:
    return kind()
