"""What a rule may ask about the file it looks at: source, settings, names, types, parents."""

from __future__ import annotations

import ast
import os
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antipatterns.blocking import libraries
from antipatterns.elsewhere import Elsewhere
from antipatterns.knowledge.script_places import SCRIPT_FOLDERS, SCRIPT_NAMES, TEST_SUPPORT
from antipatterns.project.infrastructure import is_domain, may_be_domain
from antipatterns.project.module_name import ModuleName, module_name_in
from antipatterns.project.test_files import is_test_path
from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.types import Types

if TYPE_CHECKING:
    from antipatterns.rule import Rule
    from antipatterns.semantics.scope import Scope
    from antipatterns.settings import Settings
    from antipatterns.source import Source


class File:
    """One file under check. ``module`` is its outermost scope, complete with all below it.

    ``elsewhere`` answers what can be asked of other files.
    """

    def __init__(self, source: Source, settings: Settings, module: Scope, elsewhere: Elsewhere | None = None) -> None:
        self.source = source
        self.settings = settings
        self.module = module
        self.elsewhere = elsewhere or Elsewhere()
        self.reported: set[tuple[str, int, int]] = set()
        """Code, line and column of what has been found in the file so far."""
        self._parents: dict[ast.AST, dict[ast.AST, ast.AST]] = {}

    def release(self) -> None:
        """Cut the circles of references, so that the tree is freed at once, without the garbage collector."""
        self.__dict__.pop("types", None)
        waiting = [self.module]
        while waiting:
            scope = waiting.pop()
            scope.parent = None
            waiting += scope.children
            scope.children = []

    @property
    def path(self) -> str:
        """The path as reports show it."""
        return self.source.path

    @cached_property
    def path_in_project(self) -> str:
        """The path from the project's root, with slashes: the same from whatever folder the run is started."""
        folder, name = os.path.split(self.path)
        return f"{_folder_in_project(folder, self.settings.root, os.getcwd())}{name}"  # noqa: PTH109 - as below

    @cached_property
    def is_test(self) -> bool:
        """Whether the file holds tests, by pytest's and unittest's conventions for its path in the project."""
        return is_test_path(self.path_in_project)

    @cached_property
    def serves_tests(self) -> bool:
        """Whether the file holds tests, or what only tests import, by the names of its own and of its folders."""
        *folders, name = self.path_in_project.split("/")
        return self.is_test or name.partition(".")[0] in TEST_SUPPORT or not TEST_SUPPORT.isdisjoint(folders)

    @cached_property
    def is_script(self) -> bool:
        """Whether the file is run by hand rather than imported, by its name and folders in the project."""
        *folders, name = self.path_in_project.split("/")
        return name.partition(".")[0] in SCRIPT_NAMES or not SCRIPT_FOLDERS.isdisjoint(folders)

    def options(self, rule: Rule) -> Any:
        """The rule's options as they are set for this file."""
        return self.settings.options_of(rule)

    def resolve(self, expression: ast.expr, scope: Scope) -> str | None:
        """The dotted name of the imported or built-in thing that an expression stands for, else None."""
        return resolve_name(expression, scope)

    @cached_property
    def types(self) -> Types:
        """Answers what type a value in this file has."""
        return Types(self)

    def parents_in(self, scope: Scope) -> dict[ast.AST, ast.AST]:
        """The parent of every node below the node of a scope; made when first asked for."""
        return self.parents_below(scope.node)

    def parents_below(self, node: ast.AST) -> dict[ast.AST, ast.AST]:
        """The parent of every node below one; made when first asked for."""
        if node not in self._parents:
            self._parents[node] = _parents_below(node)
        return self._parents[node]

    @cached_property
    def module_name(self) -> ModuleName:
        """The dotted name of the module that the file is."""
        folder, name = os.path.split(self.path)
        cwd = os.getcwd()  # noqa: PTH109 - asked for every file, and a text is the faster key
        return module_name_in(_absolute(folder, cwd), name)

    @cached_property
    def is_domain(self) -> bool:
        """Whether the module belongs to the domain, by its name and the settings."""
        return may_be_domain(self._absolute_path, self.settings) and is_domain(self.module_name, self.settings)

    @property
    def _absolute_path(self) -> str:
        return os.path.join(os.getcwd(), self.path)  # noqa: PTH109, PTH118 - asked for every file; a Path costs more

    def is_type_only(self, node: ast.stmt, scope: Scope) -> bool:
        """Whether a statement stands under ``if TYPE_CHECKING:``."""
        parents = self.parents_in(scope.module)
        child: ast.AST = node
        while child in parents:
            parent = parents[child]
            if isinstance(parent, ast.If) and child in parent.body and self._is_type_checking(parent.test, scope):
                return True
            child = parent
        return False

    def _is_type_checking(self, test: ast.expr, scope: Scope) -> bool:
        return (self.resolve(test, scope) or "") in (
            "typing.TYPE_CHECKING",
            "typing_extensions.TYPE_CHECKING",
        )

    @property
    def imported_roots(self) -> set[str]:
        """The top-level packages that the file imports anywhere, without relative imports."""
        return self.module.imported_roots

    @cached_property
    def known_roots(self) -> frozenset[str]:
        """The top-level packages whose classes a value in this file can have, as far as ``knowledge/`` tells."""
        return libraries.reachable_roots(frozenset(self.imported_roots))


@lru_cache(maxsize=1024)
def _folder_in_project(folder: str, root: str, cwd: str) -> str:
    """The path of a folder from the project's root, with slashes, one of them at its end; "" for the root."""
    path = Path(cwd, folder)
    inside = path.relative_to(root) if root and path.is_relative_to(root) else path
    return (inside / "_").as_posix().removesuffix("_")


@lru_cache(maxsize=1024)
def _absolute(folder: str, cwd: str) -> Path:
    return Path(cwd, folder)


# Shared by all nodes of their kind, so that they have no parent of their own.
_SHARED = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


def _parents_below(root: ast.AST) -> dict[ast.AST, ast.AST]:
    """As two nested loops over ``ast.walk`` and ``ast.iter_child_nodes`` would give, in a third of their time."""
    parents: dict[ast.AST, ast.AST] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for value in node.__dict__.values():
            if isinstance(value, list):
                children = [child for child in value if isinstance(child, ast.AST)]
                parents.update(dict.fromkeys(children, node))
                waiting += children
            elif isinstance(value, ast.AST) and not isinstance(value, _SHARED):
                parents[value] = node
                waiting.append(value)
    return parents
