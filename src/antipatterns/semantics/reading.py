"""Whether a list, dict or set is only looked at or copied where it is used: nothing changes it or lets it out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.readers import READERS, READING_METHODS, TAKING_METHODS
from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.reaching import reaching_bindings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.semantics.scope import Scope

    Parents = Mapping[ast.AST, ast.AST]

_MAX_NAMES = 4
_PASSED_ON = (ast.BoolOp, ast.IfExp)
_LOOKS = (ast.Compare, ast.BinOp, ast.FormattedValue, ast.Expr, ast.Assert)


def is_only_read(value: ast.expr, module: Scope, parents: Parents, names: int = _MAX_NAMES) -> bool:
    """Whether the container that an expression gives is only read, there and under the local names that it gets.

    ``parents``: of the whole file. Its items may be handed on. Errs towards no.
    """
    node: ast.AST = value
    parent = parents[node]
    while isinstance(parent, _PASSED_ON) and node is not getattr(parent, "test", None):
        node, parent = parent, parents[parent]
    if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        return names > 0 and _is_read_under_names(parent, module, parents, names - 1)
    return isinstance(node, ast.expr) and _is_looked_at(node, parent, module, parents)


def _is_looked_at(node: ast.expr, parent: ast.AST, module: Scope, parents: Parents) -> bool:
    """Whether what stands around an expression looks at its value, or takes its items."""
    if isinstance(parent, ast.Attribute):
        call = parents[parent]
        return isinstance(call, ast.Call) and call.func is parent and parent.attr in READING_METHODS
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Load)
    if isinstance(parent, ast.keyword):
        return parent.arg is None
    if isinstance(parent, ast.Dict):
        return any(key is None and item is node for key, item in zip(parent.keys, parent.values, strict=True))
    if isinstance(parent, ast.Starred):
        return isinstance(parents[parent], (ast.Call, ast.List, ast.Tuple, ast.Set))
    if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
        return parent.iter is node
    if isinstance(parent, ast.Call):
        return parent.func is not node and _is_reader(parent.func, module)
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)):
        return parent.test is node
    return isinstance(parent, _LOOKS) or (isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not))


def _is_reader(function: ast.expr, module: Scope) -> bool:
    scope = module.innermost_at(function.lineno, function.col_offset)
    if resolve_name(function, scope) in READERS:
        return True
    return isinstance(function, ast.Attribute) and function.attr in TAKING_METHODS


def _is_read_under_names(
    statement: ast.Assign | ast.AnnAssign | ast.NamedExpr, module: Scope, parents: Parents, names: int
) -> bool:
    """Whether all uses that see an assignment of a local name only read its value."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    scope = module.innermost_at(statement.lineno, statement.col_offset).function
    if len(targets) != 1 or not isinstance(target := targets[0], ast.Name) or scope is None:
        return False
    if isinstance(statement, ast.NamedExpr) and not is_only_read(statement, module, parents, names):
        return False
    bindings = scope.bindings.get(target.id, [])
    mine = [binding for binding in bindings if binding.node in (statement, target)]
    if len(mine) != 1:
        return False
    uses = [node for node in ast.walk(scope.node) if isinstance(node, ast.Name) and node.id == target.id]
    seeing = [
        use
        for use in uses
        if module.innermost_at(use.lineno, use.col_offset).function is not scope  # it runs nobody knows when
        or mine[0] in reaching_bindings(bindings, use, parents)
    ]
    return all(_is_read_use(use, module, parents, names) for use in seeing if use is not target)


def _is_read_use(use: ast.Name, module: Scope, parents: Parents, names: int) -> bool:
    if isinstance(use.ctx, ast.Load):
        return is_only_read(use, module, parents, names)
    return not isinstance(parents[use], ast.AugAssign)  # ``+=`` and ``|=`` change it in place
