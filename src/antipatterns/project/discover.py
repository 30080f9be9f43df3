"""Find the Python files below the given paths, as ``.gitignore`` files and the settings' excludes allow."""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from antipatterns.configuration.config_file import PYPROJECT, display_path
from antipatterns.configuration.gitignore import Patterns, read_lines

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from antipatterns.settings import Settings, SettingsResolver

_SUFFIXES = (".py", ".pyi")


class DiscoveryError(Exception):
    """A path that cannot be taken; the text is one line."""


class DiscoveredFile(msgspec.Struct, frozen=True):
    """A file to check: its absolute path, and the one to show, relative where below the working directory."""

    absolute: str
    display: str

    @property
    def path(self) -> Path:
        """The absolute path; made when asked for, as most files of a run that knows them from before are not."""
        return Path(self.absolute)


class Problem(msgspec.Struct, frozen=True):
    """A folder or an ignore file that could not be read and was passed over: its displayed path, and why."""

    path: str
    reason: str


class Discovery(msgspec.Struct, frozen=True):
    """The files in the order of their displayed paths, each once, and what went wrong on the way to them."""

    files: tuple[DiscoveredFile, ...]
    problems: tuple[Problem, ...]


def discover_files(paths: Iterable[Path | str], resolver: SettingsResolver, cwd: Path | None = None) -> Discovery:
    """Find the ``.py`` and ``.pyi`` files of the given files and folders (absolute or relative to ``cwd``).

    A file that is given itself is always taken, whatever its suffix and even if it is excluded or ignored. A
    folder that is given itself is always walked: excludes and ignores count only by what they say of
    the entries below it. Links to files are followed, links to folders are not. ``.gitignore`` files count
    inside and outside of repositories, and for files that git tracks too.

    Raises DiscoveryError for a path that does not exist, SettingsError for settings that cannot be used.
    """
    search = _Search(resolver, str(cwd or Path.cwd()))
    for path in paths:
        search.add(path)
    files = sorted(search.files.items(), key=itemgetter(1))
    return Discovery(
        tuple(DiscoveredFile(path, display) for path, display in files),
        tuple(sorted(search.problems, key=lambda problem: problem.path)),
    )


class _IgnoreFile(NamedTuple):
    """The patterns of one ``.gitignore`` in the chain of those that hold in a folder, nearest first."""

    patterns: Patterns
    prefix: int  # how many characters of an absolute path are not relative to the patterns' folder
    above: _IgnoreFile | None

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether git would leave out this entry of a folder that it does not leave out."""
        link: _IgnoreFile | None = self
        while link is not None:
            verdict = link.patterns.verdict(path[link.prefix :], is_folder=is_folder)
            if verdict is not None:
                return verdict
            link = link.above
        return False


class _Folder(NamedTuple):
    """A folder to walk, and what decides about its entries."""

    path: str
    ignore: _IgnoreFile | None
    settings: Settings
    excludes: Sequence[tuple[Patterns, int]]

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether an entry is ignored or excluded."""
        ignore = self.ignore
        if ignore is not None and self.settings.respect_gitignore and ignore.ignores(path, is_folder=is_folder):
            return True
        for patterns, prefix in self.excludes:
            verdict = patterns.verdict(path[prefix:], is_folder=is_folder)
            if verdict is not None:
                return verdict
        return False


class _Search:
    """One run of discovery: the files by absolute path, and the problems."""

    def __init__(self, resolver: SettingsResolver, cwd: str) -> None:
        self.files: dict[str, str] = {}
        self.problems: set[Problem] = set()
        self._resolver = resolver
        self._cwd = cwd

    def add(self, given: Path | str) -> None:
        """Take a given file, or all that a given folder holds."""
        path = os.path.normpath(Path(self._cwd) / given)
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            raise DiscoveryError(_describe(str(given), error)) from error
        if stat.S_ISDIR(mode):
            self._walk(path)
        else:
            self._take(path)

    def _take(self, path: str) -> None:
        self.files[path] = display_path(path, self._cwd)

    def _walk(self, top: str) -> None:
        settings = self._resolver.settings_in(Path(top))
        pending = [_Folder(top, self._ignored_above(top, settings), settings, _compile(settings, top, top))]
        while pending:
            folder = pending.pop()
            entries = self._scan(folder.path)
            inside = self._enter_folder(folder, {entry.name for entry in entries}, top)
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if not (is_folder or entry.name.endswith(_SUFFIXES)) or inside.leaves_out(
                    entry.path, is_folder=is_folder
                ):
                    continue
                if is_folder:
                    pending.append(inside._replace(path=entry.path))
                elif _is_file(entry):
                    self._take(entry.path)

    def _enter_folder(self, folder: _Folder, names: set[str], top: str) -> _Folder:
        """What holds for the entries of a folder, by the files of these names in it."""
        settings = folder.settings
        if PYPROJECT in names:
            settings = self._resolver.settings_in(Path(folder.path))
        if settings is not folder.settings or any(group.folder == folder.path for group in settings.excludes):
            folder = folder._replace(settings=settings, excludes=_compile(settings, folder.path, top))
        return folder._replace(ignore=self._enter(folder.path, names, folder.ignore))

    def _scan(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            self._report(folder, error)
            return []

    def _ignored_above(self, top: str, settings: Settings) -> _IgnoreFile | None:
        """The ignore files above a given folder, from the root of its repository or else of its settings.

        None of them counts if they leave out the folder itself: whoever asks for it wants what it holds.
        """
        parents = [str(parent) for parent in Path(top).parents]
        if (Path(top) / ".git").exists():
            return None
        roots = [parent for parent in parents if (Path(parent) / ".git").exists()] or [settings.root]
        if roots[0] not in parents:
            return None
        above = parents[: parents.index(roots[0]) + 1]
        chain: _IgnoreFile | None = None
        for folder, child in zip(reversed(above), [*reversed(above[:-1]), top], strict=True):
            chain = self._enter(folder, _names_present(folder), chain)
            if chain is not None and chain.ignores(child, is_folder=True):
                return None
        return chain

    def _enter(self, folder: str, names: Container[str], above: _IgnoreFile | None) -> _IgnoreFile | None:
        """The ignore files that hold in a folder with entries of these names; a repository starts anew."""
        if ".git" in names:
            above = self._read(_exclude_file(Path(folder, ".git")), folder, None)
        if ".gitignore" in names:
            above = self._read(Path(folder, ".gitignore"), folder, above)
        return above

    def _read(self, file: Path, folder: str, above: _IgnoreFile | None) -> _IgnoreFile | None:
        """The chain with the patterns of one more file in front; without it where there is no such file."""
        try:
            content = file.read_bytes() if file.is_file() else b""
        except OSError as error:
            self._report(str(file), error)
            return above
        patterns = Patterns(read_lines(content))
        if not patterns.patterns:
            return above
        return _IgnoreFile(patterns, len(folder.rstrip(os.sep)) + 1, above)

    def _report(self, path: str, error: OSError) -> None:
        self.problems.add(Problem(display_path(path, self._cwd), error.strerror or str(error)))


def _names_present(folder: str) -> set[str]:
    return {name for name in (".git", ".gitignore") if Path(folder, name).exists()}


def _exclude_file(git: Path) -> Path:
    """``info/exclude`` of a repository; its ``.git`` is a folder or, in a worktree, a file that names one."""
    try:
        if git.is_file():
            git = git.parent / git.read_text().removeprefix("gitdir:").strip()
        common = git / "commondir"
        if common.is_file():
            git /= common.read_text().strip()
    except (OSError, ValueError):
        return git  # not a repository, so it has no exclude file either
    return git / "info" / "exclude"


def _compile(settings: Settings, folder: str, top: str) -> list[tuple[Patterns, int]]:
    """Groups of patterns, and how many characters of a path in a folder are not relative to theirs; last ones first.

    In a tree that does not lie below the patterns' folder they are relative to the given path ``top``.
    """
    compiled = []
    for group in reversed(settings.excludes):
        root = group.folder.rstrip(os.sep) + os.sep
        below = f"{folder}{os.sep}".startswith(root)
        compiled.append((_compile_patterns(group.patterns), len(root if below else top.rstrip(os.sep) + os.sep)))
    return compiled


@lru_cache(maxsize=256)
def _compile_patterns(patterns: tuple[str, ...]) -> Patterns:
    return Patterns(patterns)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False  # a link that leads in a circle


def _describe(path: str, error: Exception) -> str:
    reason = "no such file or folder" if isinstance(error, FileNotFoundError) else error
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in path)
    return f"{shown}: {getattr(reason, 'strerror', None) or reason}"
