"""Find the file of a module by its dotted name, and read it only when asked: never by importing it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.facts.collect import WANTED, collect_facts
from antipatterns.facts.likeness import are_same
from antipatterns.index.definitions import Module
from antipatterns.project.module_name import module_name_in
from antipatterns.source import SourceError, parse_source
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from antipatterns.facts.model import ModuleFacts


def read_facts(path: str) -> ModuleFacts | None:
    """The facts of a file on the disk, or None where it cannot be read or parsed."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    return facts_in(path, content)


def facts_in(path: str, content: bytes) -> ModuleFacts | None:
    """The facts in the bytes of a file, or None where they cannot be parsed."""
    try:
        source = parse_source(path, content)
    except SourceError:
        return None
    return collect_facts(source, walk(source.tree, WANTED))


_Asked = tuple[str, tuple[str, ...]]  # a folder, and the dotted name that was looked for there
_COMPILED = (".so", ".pyd")
_CHANGES_OF_PATH = frozenset({"sys.path.insert", "sys.path.append"})


class Modules:
    """The modules of a project and of the packages that it uses. ``environment``: folders such as site-packages."""

    def __init__(
        self, environment: Iterable[Path] = (), read: Callable[[str], ModuleFacts | None] = read_facts
    ) -> None:
        self._environment = tuple(str(folder) for folder in environment)
        self._read = read
        self._by_path: dict[str, Module | None] = {}
        self._seen_from: dict[tuple[str, tuple[str, ...]], Module | None] = {}
        self._seen_near: dict[tuple[str, str, bool, tuple[str, ...]], tuple[Module | None, set[_Asked]]] = {}
        self._by_name: dict[_Asked, Module | None] = {}
        self._folders: dict[str, frozenset[str]] = {}
        self._above: dict[str, str] = {}
        self._on_path: dict[str, tuple[bool, frozenset[_Asked]]] = {}
        self.asked: dict[str, set[_Asked]] = {}
        """By the path of a module: what was looked for, and from which root, for names in it."""
        self.texts: dict[str, set[str]] = {}
        """By the path of a module: the files whose very text was looked at, for what is said of it."""

    def add(self, path: Path, facts: ModuleFacts) -> Module:
        """Give the facts of a file of the project, in place of what is on the disk."""
        text = str(path)
        known = self._by_path.get(text)
        if known is not None and are_same(known.facts, facts):
            return known  # what others have resolved to it stays the same
        folder = self._environment_of(text)
        if folder is None:
            name = module_name_in(path.parent, path.name)
            module = Module(text, str(name.root), name.parts, facts, is_own=True)
        else:
            parts = path.relative_to(folder).with_suffix("").parts
            module = Module(text, folder, parts[: len(parts) - (parts[-1] == "__init__")], facts, is_own=False)
        self._by_path[text] = module
        return module

    def known_at(self, path: Path, text: bytes) -> Module | None:
        """The module in a file that somebody has asked for before, if it had this text, on which all facts hang."""
        known = self._by_path.get(str(path))
        return known if known is not None and known.facts.text == text else None

    def module_at(self, path: Path) -> Module | None:
        """The module in a file."""
        text = str(path)
        if text not in self._by_path:
            facts = self._read(text)
            if facts is None:
                self._by_path[text] = None
            else:
                self.add(path, facts)
        return self._by_path[text]

    def find(self, parts: tuple[str, ...], importer: Module) -> Module | None:
        """The module of an absolute dotted name, seen from another: its own roots, then the environment."""
        known = (importer.path, parts)
        if known not in self._seen_from:
            self._seen_from[known] = self._find(parts, importer)
        return self._seen_from[known]

    def _find(self, parts: tuple[str, ...], importer: Module) -> Module | None:
        """As ``find``; all modules of a folder see the same."""
        near = (importer.folder, importer.root, importer.is_own, parts)
        if near not in self._seen_near:
            looked_for: set[_Asked] = set()
            self._seen_near[near] = (self._look_for(parts, importer, looked_for), looked_for)
        found, looked_for = self._seen_near[near]
        self.asked.setdefault(importer.path, set()).update(looked_for)
        return found

    def _look_for(self, parts: tuple[str, ...], importer: Module, asked: set[_Asked]) -> Module | None:
        for root in self._roots(parts, importer, asked):
            key = (root, parts)
            asked.add(key)
            if key not in self._by_name:
                self._by_name[key] = self._load(root, parts)
            found = self._by_name[key]
            if found is not None:
                return found
        return None

    def _roots(self, parts: tuple[str, ...], importer: Module, asked: set[_Asked]) -> Iterable[str]:
        yield importer.root
        folder = importer.folder
        if folder != importer.root and "__init__.py" not in self.listing(folder):
            yield folder  # of a script, which imports what lies beside it
        above = self._above_packages(folder, importer.root)
        if above not in (importer.root, folder):
            yield above  # "~/src/shop/shop" is most often a checkout in a folder of checkouts
        if parts and parts[0] not in sys.stdlib_module_names:
            yield from self._environment
            if importer.is_own:
                yield from self._folders_on_path(parts[0], importer, asked)

    def _folders_on_path(self, name: str, importer: Module, asked: set[_Asked]) -> Iterable[str]:
        """The packages around a module in which something of a name lies, and a module that changes ``sys.path``.

        A program that is started there finds by that name what nobody else would.
        """
        folder = importer.folder
        while folder != importer.root and os.path.dirname(folder) != folder:
            names = self.listing(folder)
            asked.add((folder, (name,)))
            if (name in names or f"{name}.py" in names) and self._is_put_on_path(folder, asked):
                yield folder
            folder = os.path.dirname(folder)

    def _is_put_on_path(self, folder: str, asked: set[_Asked]) -> bool:
        """Whether a module in a folder changes ``sys.path``."""
        if folder not in self._on_path:
            self._on_path[folder] = self._look_for_changes(folder)
        is_put, looked_at = self._on_path[folder]
        asked |= looked_at
        return is_put

    def _look_for_changes(self, folder: str) -> tuple[bool, frozenset[_Asked]]:
        looked_at: set[_Asked] = set()
        for name in sorted(self.listing(folder)):
            module = self.module_at(Path(folder, name)) if name.endswith(".py") else None
            if module is not None:
                looked_at.add((folder, (name.removesuffix(".py"),)))
                if any(call.function in _CHANGES_OF_PATH for call in module.facts.unit.body.calls):
                    return True, frozenset(looked_at)
        return False, frozenset(looked_at)

    def _above_packages(self, folder: str, root: str) -> str:
        """The folder with the outermost package around a module that has an ``__init__``; without one, its root."""
        if folder not in self._above:
            above = root
            for name in folder[len(root) :].strip(os.sep).split(os.sep):
                inside = os.path.join(above, name)
                if "__init__.py" in self.listing(inside):
                    break
                above = inside
            else:
                above = root
            self._above[folder] = above
        return self._above[folder]

    def _load(self, root: str, parts: tuple[str, ...]) -> Module | None:
        folder, *names = root, *parts
        for name in names[:-1]:
            if name not in self.listing(folder):
                return None
            folder = os.path.join(folder, name)
        last = names[-1] if names else ""
        listing = self.listing(folder)
        for candidate in (os.path.join(last, "__init__.py"), f"{last}.py"):
            if candidate.partition(os.sep)[0] in listing:
                path = os.path.join(folder, candidate)
                found = self._module_in(path, root, parts)
                if found is not None:
                    return found
        return None

    def _module_in(self, path: str, root: str, parts: tuple[str, ...]) -> Module | None:
        if path not in self._by_path:
            facts = self._read(path) if os.path.isfile(path) else None
            if facts is not None and self._environment_of(path) is None:
                return self.add(Path(path), facts)  # one name, whoever asks first
            self._by_path[path] = Module(path, root, parts, facts, is_own=False) if facts is not None else None
        return self._by_path[path]

    def is_compiled(self, parts: tuple[str, ...], importer: Module) -> bool:
        """Whether a module lies compiled beside the sources of the importer's package: that is what is imported."""
        folder = os.path.join(importer.root, *parts[:-1])
        return any(name.startswith(f"{parts[-1]}.") and name.endswith(_COMPILED) for name in self.listing(folder))

    def major_version_of(self, distribution: str) -> int | None:
        """The first number of the version of an installed distribution."""
        name_written = "[-_.]".join(map(re.escape, distribution.split("-")))
        written = re.compile(rf"{name_written}-(\d+)[^-]*\.(?:dist|egg)-info")
        for folder in self._environment:
            for name in self.listing(folder):
                found = written.fullmatch(name)
                if found is not None:
                    return int(found[1])
        return None

    def folders_read(self, root: str, parts: tuple[str, ...]) -> Iterable[str]:
        """The folders whose names decide what a dotted name leads to from a root."""
        folder = root
        yield folder
        for name in parts:
            if name not in self.listing(folder):
                return
            folder = os.path.join(folder, name)
            if folder not in self._folders and not os.path.isdir(folder):
                return
            yield folder

    def files_read(self, root: str, parts: tuple[str, ...]) -> Iterable[str]:
        """The files that a dotted name leads to from a root."""
        base = os.path.join(root, *parts)
        for path in (os.path.join(base, "__init__.py"), f"{base}.py"):
            if path in self._by_path and (self._by_path[path] is not None or os.path.isfile(path)):
                yield path

    def _environment_of(self, path: str) -> str | None:
        """The folder of installed packages that a file lies in."""
        return next((folder for folder in self._environment if path.startswith(folder + os.sep)), None)

    def listing(self, folder: str) -> frozenset[str]:
        """The names in a folder, as they were when somebody first asked."""
        if folder not in self._folders:
            try:
                self._folders[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._folders[folder] = frozenset()
        return self._folders[folder]
