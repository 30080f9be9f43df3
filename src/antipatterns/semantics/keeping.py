"""What becomes of a value that a call makes: kept beyond the function, handed on, or used there alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.semantics.scope import Scope

    Parents = Mapping[ast.AST, ast.AST]

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_TRANSPARENT = (ast.Await, ast.BoolOp, ast.IfExp, ast.NamedExpr, ast.Starred)
_CONTAINERS = (ast.List, ast.Tuple, ast.Set, ast.Dict)


def is_kept(call: ast.Call, function: Scope, parents: Parents) -> bool:
    """Whether what a call makes may outlive the function: errs towards yes.

    Not where it is a context manager or the receiver of a method, or in a local name that is nothing else.
    """
    node: ast.AST = call
    parent = parents.get(node)
    while isinstance(parent, ast.Await):
        node, parent = parent, parents.get(parent)
    if isinstance(parent, ast.Attribute):
        return False
    if isinstance(parent, ast.withitem):
        names = _names_in(parent.optional_vars)
        return any(_leaves(name, function, parents) for name in names)
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        if all(isinstance(target, ast.Name) for target in targets):
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            return any(_leaves(name, function, parents) for name in names)
    return not isinstance(parent, ast.Expr)


def _names_in(target: ast.expr | None) -> list[str]:
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)] if target is not None else []


def _leaves(name: str, function: Scope, parents: Parents) -> bool:
    """Whether a local name is not local, is bound to other things too, or its value is handed on."""
    if len(function.bindings.get(name, ())) != 1:
        return True
    reads = [node for node in parents if isinstance(node, ast.Name) and node.id == name]
    return any(_is_handed_on(node, parents) for node in reads if isinstance(node.ctx, ast.Load))


def _is_handed_on(node: ast.AST, parents: Parents) -> bool:
    """Whether a value goes, as it is, into a result, an attribute, a container, a constructor or another function."""
    parent = parents.get(node)
    while isinstance(parent, (*_TRANSPARENT, *_CONTAINERS, ast.keyword)):
        if isinstance(parent, (ast.BoolOp, ast.IfExp)) and isinstance(parents.get(parent), (ast.If, ast.While)):
            return False
        node, parent = parent, parents.get(parent)
    if isinstance(parent, (ast.Return, ast.Yield, ast.YieldFrom, ast.Assign, ast.AnnAssign, ast.Lambda)):
        return True
    if isinstance(parent, ast.Call) and node is not parent.func:
        return _is_constructor(parent.func) or isinstance(parents.get(parent), (ast.Return, ast.Assign, ast.AnnAssign))
    return False


def _is_constructor(function: ast.expr) -> bool:
    """Whether what is called is a class, by PEP 8's spelling."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.lstrip("_")[:1].isupper() or name == "append"


def is_used_repeatedly(call: ast.Call, function: Scope, parents: Parents) -> bool:
    """Whether what a call makes is used in a loop that does not make it again."""
    block = parents.get(call)
    names = _names_in(block.optional_vars) if isinstance(block, ast.withitem) else []
    if isinstance(block, ast.Assign):
        names = [target.id for target in block.targets if isinstance(target, ast.Name)]
    loops_around = {id(outer) for outer in _ancestors(call, parents)}
    return any(
        isinstance(node, ast.Name)
        and node.id in names
        and any(isinstance(outer, _LOOPS) and id(outer) not in loops_around for outer in _ancestors(node, parents))
        for node in ast.walk(function.node)
    )


def _ancestors(node: ast.AST, parents: Parents) -> list[ast.AST]:
    found = []
    while node in parents:
        node = parents[node]
        found.append(node)
    return found
