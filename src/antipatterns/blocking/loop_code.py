"""Whether anything in a file may run on the event loop, judged by its scopes alone: no name of another file is read."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.decorators import ON_LOOP, ON_LOOP_METHODS, SCHEDULERS
from antipatterns.knowledge.loop_frameworks import DECORATOR_WORDS, HANDING_WORDS, METHOD_WORDS, METHODS
from antipatterns.semantics.names import last_name
from antipatterns.semantics.scope import BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from antipatterns.settings import Settings
    from antipatterns.source import Source


def may_hold_loop_code(source: Source, module: Scope, settings: Settings) -> bool:
    """Whether a file defines what may run on the loop, or hands something to one; what a stub holds never runs."""
    if source.path.endswith(".pyi"):
        return False
    functions = [one for one in _scopes_in(module) if one.kind is ScopeKind.FUNCTION]
    if any(isinstance(one.node, ast.AsyncFunctionDef) for one in functions):
        return True
    if source.mentions(SCHEDULING):
        return True
    if any(source.mentions((word,)) and source.mentions(tuple(names)) for word, names in HANDING_WORDS.items()):
        return True
    decorators = _DECORATORS.union(_last_part(name) for name in settings.loop_decorators)
    for word, names in DECORATOR_WORDS.items():
        decorators |= names if source.mentions((word,)) else frozenset()
    prefixes = METHOD_PREFIXES if source.mentions(METHOD_WORDS) else ()
    decorators |= {
        name
        for name, bindings in module.bindings.items()
        if any(_is_import_of(binding, decorators) for binding in bindings)
    }
    return any(_may_run_on_loop(one, decorators, prefixes) for one in functions)


def _scopes_in(module: Scope) -> list[Scope]:
    found = [module]
    for scope in found:  # which grows
        found += scope.children
    return found


def _may_run_on_loop(scope: Scope, decorators: frozenset[str], prefixes: tuple[str, ...]) -> bool:
    """Whether a plain function may run on the loop, by its name or its decorators."""
    node = scope.node
    if not isinstance(node, ast.FunctionDef):
        return False
    may_be_called = node.name in METHODS_ON_LOOP or node.name.startswith(prefixes)
    if may_be_called and scope.enclosing_class is not None and scope.enclosing_class.node.bases:  # type: ignore[attr-defined]
        return True
    called = (item.func if isinstance(item, ast.Call) else item for item in node.decorator_list)
    return any(last_name(decorator) in decorators for decorator in called)


def _is_import_of(binding: tuple[BindingKind, object, ast.AST], names: frozenset[str]) -> bool:
    kind, value, _ = binding
    return kind is BindingKind.IMPORT and isinstance(value, str) and _last_part(value) in names


def _last_part(dotted: str) -> str:
    return dotted.rpartition(".")[2]


@lru_cache(maxsize=1 << 13)
def scheduled_argument(name: str) -> tuple[int, str] | None:
    """Which argument (position, keyword) a canonical callable has called on the loop; None for most."""
    if name.rpartition(".")[2] not in SCHEDULING:
        return None
    return next((SCHEDULERS[one] for one in libraries.spellings(name) if one in SCHEDULERS), None)


SCHEDULING = tuple(sorted({_last_part(name) for name in SCHEDULERS}))
"""The last parts of the names of what has a function called on the loop."""
METHODS_ON_LOOP = frozenset[str]().union(*ON_LOOP_METHODS.values())
"""The names of methods that run on the loop, where their class has a certain base."""
METHOD_PREFIXES = tuple(sorted({prefix for prefixes in METHODS.values() for prefix in prefixes}))
"""How the names of methods begin that run on the loop, where their class has a certain base."""
_DECORATORS = frozenset(map(_last_part, ON_LOOP))
