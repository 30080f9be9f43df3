"""Which modules are domain, and which imports lead to infrastructure."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.configuration.config_file import SharedKeys
from antipatterns.knowledge.infrastructure import APPLICATIONS, COMMON_NAMES, LAYERS, PACKAGES, PURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.project.module_name import ModuleName
    from antipatterns.settings import Settings


class Import(NamedTuple):
    """One imported thing as written: ``level`` dots, ``module``, and the ``name`` behind ``from … import``."""

    level: int
    module: str | None
    name: str | None


class Infrastructure(NamedTuple):
    """What an import leads to: the dotted module, and in a few words what it is."""

    module: str
    kind: str


def is_domain(module: ModuleName, settings: Settings) -> bool:
    """Whether a module belongs to the domain: by a part of its name, or a dotted pattern of the settings.

    Its tests do not, wherever they stand: they may bring a database along.
    """
    return _domain_depth(module, settings) is not None and not any(map(_is_of_tests, module.parts))


def may_be_domain(path: str, settings: Settings) -> bool:
    """Whether a file can be domain at all, by its absolute path: asked first, as finding its package costs more."""
    return _part_of_path(settings.domain_modules).search(path) is not None


@cache
def _part_of_path(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What stands somewhere in the path of each file whose module's name fits one of some patterns, or anything."""
    if any("." in pattern or "*" in pattern for pattern in patterns):
        return re.compile("")
    return re.compile("|".join(map(re.escape, patterns)) or "(?!)")


def _is_of_tests(part: str) -> bool:
    return part in ("tests", "test", "conftest") or part.startswith("test_") or part.endswith("_test")


def find_infrastructure(imported: Import, importer: ModuleName, settings: Settings) -> Infrastructure | None:
    """The infrastructure that an import in a domain module leads to, or None."""
    names = _names_of(imported, importer)
    if _is_of_project(imported, names, importer):
        return _find_own(names, importer, settings)
    return _find_library([".".join(name) for name in names], settings)


def find_infrastructure_library(imported: Import, importer: ModuleName, settings: Settings) -> Infrastructure | None:
    """As ``find_infrastructure``, for a module that need not be domain; the project's own modules do not count."""
    names = _names_of(imported, importer)
    if _is_of_project(imported, names, importer):
        return None
    return _find_library([".".join(name) for name in names], settings)


def is_own_infrastructure(parts: tuple[str, ...], importer: ModuleName, settings: Settings) -> bool:
    """Whether a module of the project is infrastructure to a module of the domain."""
    return _find_own([parts], importer, settings) is not None


def _names_of(imported: Import, importer: ModuleName) -> list[tuple[str, ...]]:
    """What an import names: the longer name first, then the module."""
    parts = importer.absolute(imported.level, imported.module) or ()
    names = [parts]
    if imported.name is not None and imported.name != "*":
        names.insert(0, (*parts, imported.name))
    return names


def _is_of_project(imported: Import, names: list[tuple[str, ...]], importer: ModuleName) -> bool:
    return bool(imported.level) or importer.is_project_root(names[-1][0] if names[-1] else "")


def _find_own(names: list[tuple[str, ...]], importer: ModuleName, settings: Settings) -> Infrastructure | None:
    """The project's own infrastructure package that one of the names lies in, outside of the importer's domain."""
    depth = _domain_depth(importer, settings)
    subtree = importer.parts[: depth + 1] if depth is not None else importer.parts[:-1]
    module = names[-1]
    if module[: len(subtree)] == subtree:
        return None
    for name in (module, names[0]):
        if any(_matches(name, pattern) for pattern in settings.infrastructure_modules):
            return Infrastructure(".".join(name), "the project's own infrastructure")
    return None


def _find_library(names: list[str], settings: Settings) -> Infrastructure | None:
    for name in names:
        for prefix in _prefixes(name):
            if prefix in settings.infrastructure_packages:
                return Infrastructure(prefix, "infrastructure by the settings")
            if prefix in PURE:
                return None
            if prefix in PACKAGES:
                return Infrastructure(prefix, PACKAGES[prefix])
    return None


def _prefixes(dotted: str) -> Iterable[str]:
    """``a.b.c``, ``a.b``, ``a``."""
    while dotted:
        yield dotted
        dotted = dotted.rpartition(".")[0]


def _domain_depth(module: ModuleName, settings: Settings) -> int | None:
    """The index of the first part of a module's name that makes it domain."""
    for index in range(len(module.parts)):
        for pattern in settings.domain_modules:
            if _matches_at(module.parts, index, pattern) and (
                not _is_default(settings) or _is_meant(module, index, settings)
            ):
                return index
    return None


def _is_default(settings: Settings) -> bool:
    """Whether nobody said which modules are domain: then a name alone is not enough."""
    return settings.domain_modules == SharedKeys().domain_modules


def _is_meant(module: ModuleName, index: int, settings: Settings) -> bool:
    """Whether a part called as the domain is means it: not inside of infrastructure, nor for a file on its own."""
    infrastructure = set(settings.infrastructure_modules).intersection(module.parts[1:index])
    if module.is_folder(index):
        return infrastructure <= APPLICATIONS
    return not infrastructure and _stands_among_layers(module, settings)


def _stands_among_layers(module: ModuleName, settings: Settings) -> bool:
    """Whether other layers stand in the folder of a file that is only called as the domain is."""
    found = {name for name in (*settings.infrastructure_modules, *LAYERS) if module.has_sibling(name)}
    return len(found) > 1 or not found <= COMMON_NAMES


def _matches_at(parts: tuple[str, ...], index: int, pattern: str) -> bool:
    if "." in pattern or "*" in pattern:
        return fnmatchcase(".".join(parts[: index + 1]), pattern)
    return parts[index] == pattern


def _matches(parts: tuple[str, ...], pattern: str) -> bool:
    return any(_matches_at(parts, index, pattern) for index in range(len(parts)))
