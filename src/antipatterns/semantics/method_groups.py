"""The groups that the methods of a class fall into: those in one share attributes or call each other."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.semantics.class_fields import is_plain_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef

# They touch everything: what they share says nothing of what belongs together.
_SHARED_BY_ALL = frozenset(
    ["__init__", "__new__", "__post_init__", "__del__", "__repr__", "__str__", "__eq__", "__hash__"]
)
_SMALLEST = 3  # fewer methods are no class of their own
_NAMED = 3


class MethodGroup(NamedTuple):
    """Methods in their order, and the attributes that they use, the most used first."""

    methods: tuple[str, ...]
    attributes: tuple[str, ...]


def groups_of_methods(owner: Scope) -> list[MethodGroup]:
    """The groups of at least three methods, the largest first; none where something unknown may join them.

    ``owner``: the scope of the class. Methods that do not use their instance, and groups of one or two, do not count;
    nor do constructors and the like, which touch everything. A class whose bases may share state, or that looks its
    attributes up by name, has no groups.
    """
    if not is_plain_class(owner) or not isinstance(owner.node, ast.ClassDef):
        return []
    uses: dict[str, set[str]] = {}
    for method in owner.node.body:
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and method.name not in _SHARED_BY_ALL:
            names = _names_used(method)
            if names is None:
                return []
            if names:
                uses.setdefault(method.name, set()).update(names)
    groups = [_group(names, uses) for names in _components(uses) if len(names) >= _SMALLEST]
    return sorted(groups, key=lambda group: -len(group.methods))


def _names_used(method: Function) -> set[str] | None:
    """The attributes of the instance or class that a method uses; None where it may use any."""
    arguments = [*method.args.posonlyargs, *method.args.args]
    decorators = {item.id for item in method.decorator_list if isinstance(item, ast.Name)}
    if not arguments or "staticmethod" in decorators:
        return set()
    receiver = arguments[0].arg
    names: set[str] = set()
    attributes = 0
    for node in ast.walk(method):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver:
            names.add(node.attr)
            attributes += 1
        elif isinstance(node, ast.Name) and node.id == receiver:
            attributes -= 1
    # The receiver stands somewhere on its own: what it is handed to may use anything.
    return None if attributes < 0 else names


def _components(uses: dict[str, set[str]]) -> list[list[str]]:
    """The methods that are joined by an attribute or a call, directly or through others."""
    parent = {name: name for methods in uses.items() for name in (methods[0], *methods[1])}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for method, names in uses.items():
        for name in names:
            parent[root(name)] = root(method)
    found: dict[str, list[str]] = {}
    for method in uses:
        found.setdefault(root(method), []).append(method)
    return list(found.values())


def _group(methods: list[str], uses: dict[str, set[str]]) -> MethodGroup:
    count: dict[str, int] = {}
    for method in methods:
        for name in sorted(uses[method] - set(methods)):
            count[name] = count.get(name, 0) + 1
    return MethodGroup(tuple(methods), tuple(sorted(count, key=lambda name: -count[name])))


def describe_groups(groups: Sequence[MethodGroup]) -> str:
    """``load, save (on db, path); draw, paint and 3 more (on canvas)``."""
    return "; ".join(_describe(group) for group in groups)


def _describe(group: MethodGroup) -> str:
    attributes = f" (on {', '.join(group.attributes[:_NAMED])})" if group.attributes else ""
    return f"{_shorten(group.methods)}{attributes}"


def _shorten(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
