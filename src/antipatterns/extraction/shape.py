"""What kind of function a helper of a function can be: a function beside it, or a method of the same class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.flow import arguments_of
from antipatterns.semantics.scope import BindingKind, ScopeKind

if TYPE_CHECKING:
    from antipatterns.extraction.flow import Function
    from antipatterns.semantics.scope import Scope

# Decorators behind which the first parameter may be something else than its name says.
_ODD_DECORATORS = (
    "hybrid",
    "validator",
    "declared_attr",
    "staticmethod",
    "classproperty",
    "overload",
    "singledispatch",
)
_IMPLICIT = frozenset(("__new__", "__init_subclass__", "__class_getitem__"))


class Shape(NamedTuple):
    """How helpers are written.

    ``receiver``: the first parameter (``self``, ``cls``) of a method, "" for a function. ``has_known_bases``: whether
    all that the class inherits stands in the same file. ``objection``: why no helper can stand beside the function.
    """

    receiver: str = ""
    is_class_method: bool = False
    has_known_bases: bool = True
    objection: str | None = None
    class_name: str = ""


def shape_of(function: Function, scope: Scope) -> Shape:
    """The shape of a function's helpers; ``scope``: the one in which the function is defined."""
    if scope.kind is ScopeKind.MODULE:
        return Shape()
    if scope.kind is not ScopeKind.CLASS:
        return Shape(objection="it is a nested function")
    parameters = arguments_of(function)
    first = parameters[0].arg if parameters and not function.args.vararg else ""
    if function.args.posonlyargs or function.args.args:
        first = (function.args.posonlyargs + function.args.args)[0].arg
    decorators = [_name_of(decorator) for decorator in function.decorator_list]
    is_class_method = "classmethod" in decorators
    objection = _objection(function, scope, decorators)
    if objection is None and first != ("cls" if is_class_method else "self"):
        objection = "its first parameter is not self"
    if objection is not None:
        return Shape(objection=objection)
    return Shape(first, is_class_method, _has_known_bases(scope), class_name=getattr(scope.node, "name", ""))


def _name_of(decorator: ast.expr) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")


def _objection(function: Function, scope: Scope, decorators: list[str]) -> str | None:
    if function.name in _IMPLICIT or "staticmethod" in decorators:
        return "it has no self"
    if any(odd in name for name in decorators for odd in _ODD_DECORATORS):
        return "its decorator may change what its first parameter is"
    if scope.bindings.keys() & {"__getattribute__", "__getattr__"}:
        return "its class answers for names that it does not have"
    if any(_name_of(base) in ("Protocol", "Interface") for base in getattr(scope.node, "bases", ())):
        return "its class is a protocol"
    return None


def _has_known_bases(scope: Scope) -> bool:
    """Whether every base stands in this file, up to ``object``."""
    waiting, seen = [scope.node], set()
    while waiting:
        node = waiting.pop()
        for base in getattr(node, "bases", ()):
            name = base.id if isinstance(base, ast.Name) else ""
            if name == "object" or name in seen:
                continue
            seen.add(name)
            found = scope.lookup(name)
            if found is None or len(found[1]) != 1 or found[1][0].kind is not BindingKind.CLASS:
                return False
            waiting.append(found[1][0].node)
    return True
