"""Which of the rules that this tool knows of ruff runs on a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.ruff.config import RuffConfig, default_config, find_ruff_config
from antipatterns.ruff.selection import means

if TYPE_CHECKING:
    from pathlib import Path

_NONE: frozenset[str] = frozenset()


class _Folder(NamedTuple):
    """What holds for the files of one folder, and their paths up to their names, with slashes."""

    config: RuffConfig
    prefix: str


class Ruff:
    """What ruff does in one run, by its configuration files; raises SettingsError for one that cannot be used."""

    def __init__(self, cwd: str) -> None:
        self._cwd = cwd
        self._configs: dict[Path, RuffConfig | None] = {}
        self._defaults: dict[Path, RuffConfig] = {}
        self._folders: dict[tuple[Path, Path], _Folder | None] = {}
        self._skipped: dict[tuple[Path, Path], bool] = {}

    def codes_in(self, folder: Path, root: Path) -> frozenset[str]:
        """The rules that run in a folder (absolute) before any pattern for some files; ``root``: that of the run."""
        return self._config_for(folder, root).codes

    def codes_for(self, file: Path, root: Path) -> frozenset[str]:
        """The rules that run on a file (absolute)."""
        folder = self._folder(file.parent, root)
        if folder is None:
            return _NONE
        config = folder.config
        path = folder.prefix + file.name
        if not config.includes.includes(path) or config.lint_excludes.excludes(path) or config.excludes.excludes(path):
            return _NONE
        ignored = [item for item in config.per_file_ignores if item.globs.matches(path) != item.negated]
        if not ignored:
            return config.codes
        selectors = [selector for item in ignored for selector in item.selectors]
        return frozenset(code for code in config.codes if not any(means(selector, code) for selector in selectors))

    def _folder(self, folder: Path, root: Path) -> _Folder | None:
        """What holds for the files of a folder; None where ruff has nothing to say about any of them."""
        if (folder, root) not in self._folders:
            config = self._config_for(folder, root)
            top = root if root in config.root.parents else config.root
            is_silent = not config.codes or (top in folder.parents and self._skips(folder, top))
            prefix = folder.as_posix().rstrip("/") + "/"
            self._folders[folder, root] = None if is_silent else _Folder(config, prefix)
        return self._folders[folder, root]

    def _skips(self, entry: Path, top: Path) -> bool:
        """Whether ruff, on its way down from ``top``, leaves out a folder or one around it."""
        folder = entry.parent
        if self._config_for(folder, top).excludes.excludes(entry.as_posix()):
            return True
        if top not in folder.parents:
            return False
        if (folder, top) not in self._skipped:
            self._skipped[folder, top] = self._skips(folder, top)
        return self._skipped[folder, top]

    def _config_for(self, folder: Path, root: Path) -> RuffConfig:
        found = self._nearest(folder)
        if found is None:
            found = self._defaults.get(root) or default_config(root)
            self._defaults[root] = found
        return found

    def _nearest(self, folder: Path) -> RuffConfig | None:
        """The configuration of the nearest file in a folder or above it."""
        if folder not in self._configs:
            found = find_ruff_config(folder, self._cwd)
            if found is None and folder.parent != folder:
                found = self._nearest(folder.parent)
            self._configs[folder] = found
        return self._configs[folder]
