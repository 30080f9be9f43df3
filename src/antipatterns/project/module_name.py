"""The dotted name of the module that a file is, and the folder from which it is imported."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class ModuleName(NamedTuple):
    """``parts`` of the dotted name, ``root``: the folder below which it is imported; ``is_package``: ``__init__``."""

    parts: tuple[str, ...]
    root: Path
    is_package: bool

    def absolute(self, level: int, module: str | None) -> tuple[str, ...] | None:
        """The parts of what ``from <level dots><module>`` names here; None where that leaves the root."""
        tail = tuple(module.split(".")) if module else ()
        if level == 0:
            return tail
        dropped = level - self.is_package
        if dropped > len(self.parts):
            return None
        return self.parts[: len(self.parts) - dropped] + tail

    def is_folder(self, index: int) -> bool:
        """Whether the part at an index is a package or folder, and not the module's own file."""
        return self.is_package or index < len(self.parts) - 1

    def has_sibling(self, name: str) -> bool:
        """Whether a package or module of this name stands in the module's own folder."""
        return _stands_in(self.root.joinpath(*self.parts[: len(self.parts) - (not self.is_package)]), name)

    def is_project_root(self, name: str) -> bool:
        """Whether a top-level name is a package or module that stands beside this one's."""
        if self.parts and name == self.parts[0]:
            return True
        return _stands_in(self.root, name)


def module_name_of(path: Path) -> ModuleName:
    """The name of the module in a file: the packages around it, upwards as long as they have ``__init__``.

    A file in no package is named by its folders below the nearest folder called ``src``, or, without one, below
    the nearest folder that holds a project file; so namespace packages keep their names. Without either it is named
    by the package that a folder above it is, if there is one: folders inside of packages need no ``__init__``.
    """
    return module_name_in(path.parent, path.name)


def module_name_in(folder: Path, name: str) -> ModuleName:
    """As ``module_name_of``, for a file of this name in a folder: making a path of every file takes time."""
    stem = name.partition(".")[0]
    root, packages = _packages_of(folder)
    is_package = stem == "__init__"
    return ModuleName(packages if is_package else (*packages, stem), root, is_package)


@lru_cache(maxsize=4096)
def _packages_of(folder: Path) -> tuple[Path, tuple[str, ...]]:
    regular: tuple[str, ...] = ()
    while _is_regular(folder):
        regular = (folder.name, *regular)
        if folder.parent == folder:
            return folder, regular
        folder = folder.parent
    return _namespace_root(folder, regular)


def _is_regular(folder: Path) -> bool:
    return (folder / "__init__.py").exists() or (folder / "__init__.pyi").exists()


_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg", ".git")


def _namespace_root(folder: Path, packages: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """Go on upwards to where imports of a folder without ``__init__`` would begin; stay where nothing says.

    A package further up says it too.

    A folder whose name is no identifier cannot be a package: imports begin below it.
    """
    names: tuple[str, ...] = packages
    below_package = folder, packages
    for parent in (folder, *folder.parents):
        if (
            (parent.name and not parent.name.isidentifier())
            or parent.name == "src"
            or any((parent / name).exists() for name in _PROJECT_FILES)
        ):
            return parent, names
        names = (parent.name, *names)
        if _is_regular(parent):
            below_package = parent.parent, names
    return below_package


@lru_cache(maxsize=4096)
def _stands_in(root: Path, name: str) -> bool:
    try:
        return (root / name).is_dir() or (root / f"{name}.py").is_file()
    except OSError:  # longer than the name of any file
        return False


def folders_of_name(file: Path) -> list[str]:
    """The folders whose names decide how the module in a file is called, from its own up to the root."""
    root = module_name_in(file.parent, file.name).root
    above = [folder for folder in file.parent.parents if folder.is_relative_to(root)]
    return [str(folder) for folder in (file.parent, *above)]
