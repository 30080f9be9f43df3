"""The groups that the methods of a class fall into: those in one share attributes or call each other."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.semantics.class_fields import is_plain_class
from antipatterns.semantics.defaults import is_only_declared
from antipatterns.semantics.names import class_named, last_name, resolve_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef

# They touch everything: what they share says nothing of what belongs together.
_SHARED_BY_ALL = frozenset(
    ["__init__", "__new__", "__post_init__", "__del__", "__repr__", "__str__", "__eq__", "__hash__"]
)
_PROPERTIES = {"property", "cached_property", "setter", "deleter"}
_WITHOUT_METHODS = {
    *("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"),
}
_SMALLEST = 3  # fewer methods are no class of their own
_NAMED = 3


class MethodGroup(NamedTuple):
    """Methods in their order, and the attributes that they use, the most used first."""

    methods: tuple[str, ...]
    attributes: tuple[str, ...]


def groups_of_methods(owner: Scope) -> list[MethodGroup]:
    """The groups of at least three methods, the largest first; none where something unknown may join them.

    ``owner``: the scope of the class. Methods that do not use their instance, and groups of one or two, do not count;
    nor do constructors and the like, which touch everything, what the language calls by its name, and accessors. A
    class whose bases may share state, or that looks its attributes up by name, has no groups. Methods that use one
    which a subclass is to write are of none, with all that they are joined to.
    """
    if not is_plain_class(owner):
        return []
    lineage = list(_lineage(owner))
    uses: dict[str, set[str]] = {}
    for method in (method for one in lineage for method in _methods_of(one)):
        names = _names_used(method) if method.name not in _SHARED_BY_ALL else set()
        if names is None:
            return []
        if names:
            uses.setdefault(method.name, set()).update(names)
    left_open = _names_left_open(lineage)
    known = [names for names in _components(uses) if all(left_open.isdisjoint(uses[name]) for name in names)]
    own = {method.name for method in _methods_of(owner) if not method.name.endswith("__")}
    working = own - {method.name for method in _methods_of(owner) if _is_accessor(method)}
    counted = [[name for name in names if name in own] for names in known]
    groups = [_group(names, uses) for names in counted if len(working.intersection(names)) >= _SMALLEST]
    return sorted(groups, key=lambda group: -len(group.methods))


def _is_accessor(method: Function) -> bool:
    """Whether a method only shows or sets a part of what the object holds: a property, or one look or assignment."""
    decorators = {last_name(item.func if isinstance(item, ast.Call) else item) for item in method.decorator_list}
    if not _PROPERTIES.isdisjoint(decorators):
        return True
    body = method.body[1:] if ast.get_docstring(method, clean=False) is not None else method.body
    only = body[0] if len(body) == 1 else None
    return isinstance(only, (ast.Return, ast.Assign)) and isinstance(
        only.value, (ast.Attribute, ast.Name, ast.Constant)
    )


def _lineage(owner: Scope) -> Iterator[Scope]:
    """A class and its bases of this file."""
    yield owner
    for base in _bases(owner):
        above = class_named(base, owner.parent or owner)
        if above is not None:
            yield from _lineage(above)


def _bases(owner: Scope) -> list[ast.expr]:
    bases = owner.node.bases if isinstance(owner.node, ast.ClassDef) else []
    return [base.value if isinstance(base, ast.Subscript) else base for base in bases]


def _methods_of(owner: Scope) -> list[Function]:
    body = owner.node.body if isinstance(owner.node, ast.ClassDef) else []
    return [item for item in body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _names_left_open(lineage: Sequence[Scope]) -> set[str]:
    """The methods and properties that a subclass is to write, which may use anything."""
    nearest = {method.name: _is_open(method, one) for one in reversed(lineage) for method in _methods_of(one)}
    left_open = {name for name, is_open in nearest.items() if is_open}
    if any(_has_methods_unseen(base, one) for one in lineage for base in _bases(one)):
        return left_open
    there = {name for one in lineage for name in one.bindings}
    there |= {name.partition(".")[2] for one in lineage for method in one.children for name in method.bindings}
    called = {name for one in lineage for method in _methods_of(one) for name in _methods_called(method)}
    return left_open | (called - there)


def _has_methods_unseen(base: ast.expr, owner: Scope) -> bool:
    outside = owner.parent or owner
    return class_named(base, outside) is None and resolve_name(base, outside) not in _WITHOUT_METHODS


def _is_open(method: Function, owner: Scope) -> bool:
    last = method.body[-1]
    if isinstance(last, ast.Raise) and last.exc is not None:
        raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
        return last_name(raised) == "NotImplementedError" and len(method.body) <= 2
    return is_only_declared(method, "", owner)


def _methods_called(method: Function) -> Iterator[str]:
    receiver = _receiver(method)
    for node in ast.walk(method) if receiver else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == receiver:
                yield node.func.attr


def _receiver(method: Function) -> str:
    """The name of the first argument; "" where there is none or it is not the instance or the class."""
    arguments = [*method.args.posonlyargs, *method.args.args]
    decorators = {item.id for item in method.decorator_list if isinstance(item, ast.Name)}
    return "" if not arguments or "staticmethod" in decorators else arguments[0].arg


def _names_used(method: Function) -> set[str] | None:
    """The attributes of the instance or class that a method uses; None where it may use any."""
    receiver = _receiver(method)
    if not receiver:
        return set()
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
