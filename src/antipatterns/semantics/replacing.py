"""Whether what a dict holds is only ever replaced: other values are put in, none is changed where it is."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.semantics.names import last_name
from antipatterns.semantics.reaching import reaching_bindings
from antipatterns.semantics.reading import is_only_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.semantics.scope import Scope

    Parents = Mapping[ast.AST, ast.AST]

_HANDS_ON = (ast.Return, ast.Yield, ast.Compare, ast.Expr, ast.FormattedValue, ast.keyword)


def has_replaced_values(assignment: ast.Assign, scope: Scope, parents: Parents) -> bool:
    """Whether a new dict that gets a name has its values replaced there, and only looked at otherwise.

    ``scope``: where the assignment stands; ``parents``: of the whole file. The dict itself may be handed on.
    """
    target = assignment.targets[0]
    if len(assignment.targets) != 1 or not isinstance(target, (ast.Name, ast.Attribute)):
        return False
    loads = _uses_of(target, assignment, scope, parents)
    stores = [use for use in loads if _puts_value_in(use, parents)]
    return bool(stores) and all(use in stores or _leaves_values(use, scope, parents) for use in loads)


def _uses_of(
    target: ast.Name | ast.Attribute, assignment: ast.Assign, scope: Scope, parents: Parents
) -> list[ast.Name | ast.Attribute]:
    """Where a name is read that an assignment gives: in the function, if it is local, and in all of the file else."""
    function = scope.function if isinstance(target, ast.Name) else None
    name = last_name(target)
    uses = [
        node
        for node in ast.walk((function or scope.module).node)
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load) and last_name(node) == name
    ]
    if function is None:
        return uses
    bindings = function.bindings.get(name, [])
    mine = [binding for binding in bindings if binding.node is assignment]
    return [use for use in uses if not mine or mine[0] in reaching_bindings(bindings, use, parents)]


def _puts_value_in(use: ast.expr, parents: Parents) -> bool:
    """``values[key] = …``, not ``values[key] += …``."""
    item = parents[use]
    is_item = isinstance(item, ast.Subscript) and item.value is use and isinstance(item.ctx, (ast.Store, ast.Del))
    return is_item and not isinstance(parents[item], ast.AugAssign)


def _leaves_values(use: ast.expr, scope: Scope, parents: Parents) -> bool:
    """Whether a use of a dict reads its keys, hands it on, or gets a value only to read that."""
    parent = parents[use]
    if isinstance(parent, ast.Subscript):
        is_value = parent.value is use
        return not is_value or (isinstance(parent.ctx, ast.Load) and is_only_read(parent, scope.module, parents))
    if isinstance(parent, ast.Attribute):
        call = parents[parent]
        if not (isinstance(call, ast.Call) and call.func is parent):
            return False
        return parent.attr in ("keys", "update") or (parent.attr == "get" and is_only_read(call, scope.module, parents))
    if isinstance(parent, (ast.For, ast.comprehension)):
        return parent.iter is use
    if isinstance(parent, ast.Call):
        return parent.func is not use
    return isinstance(parent, _HANDS_ON)
