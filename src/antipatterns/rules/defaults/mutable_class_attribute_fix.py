"""Say with ``ClassVar`` that all instances share it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.default_value import moved_right
from antipatterns.fix.fixer import Edit, Fix, Fixer, Import, Outcome, Refusal
from antipatterns.project.python_version import lowest_python
from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.scope import Scope, ScopeKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

_ANNOTATED_NAMES, _SUBSCRIPTED_BUILTINS, _NOW = (3, 6), (3, 9), (3, 11)

FIXER = Fixer(
    __name__,
    *(cst.List, cst.Dict, cst.Set, cst.ListComp, cst.DictComp, cst.SetComp, cst.GeneratorExp),
    *(cst.Call, cst.NamedExpr),
)

_CONTAINERS: dict[type[ast.expr], str] = {
    ast.List: "list",
    ast.ListComp: "list",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.Set: "set",
    ast.SetComp: "set",
}


@FIXER.register
def fix_mutable_class_attribute(value: cst.BaseExpression, place: Place) -> Outcome:
    """``x: ClassVar[list[str]] = ["a"]``."""
    statement = place.chunk.parents[value]
    node = place.ast_node_like(value)
    owner = place.scope_of(statement)
    if node is None or owner.kind is not ScopeKind.CLASS:
        return Refusal("libcst sees something else at this place")
    python = lowest_python(Path(place.file.path)) or _NOW
    if python < _ANNOTATED_NAMES:
        return Refusal("the project's Python has no annotations of names")
    if "type:" in place.file.source.line_at(node.end_lineno):
        return Refusal("the type stands in a comment")
    name = place.name_for("typing.ClassVar", owner)
    imports = () if name is not None else (Import("typing", "ClassVar"),)
    if name is None and not place.is_free("ClassVar", owner):
        return Refusal("the name ClassVar means something else here")
    class_var = cst.parse_expression(name or "ClassVar")
    if isinstance(statement, cst.AnnAssign):
        old = statement.annotation.annotation
        moved = moved_right(value, place, len(name or "ClassVar") + len("[]"))
        also = () if moved is value else (Edit(value, moved),)
        return Fix(old, _subscript(class_var, old), imports=imports, also=also)
    if not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return Refusal("libcst sees something else at this place")
    shown = _type_of(node, owner)
    if shown is not None and python < _SUBSCRIPTED_BUILTINS:
        shown = shown.partition("[")[0]  # it is evaluated when the class is made
    kind = class_var if shown is None else _subscript(class_var, cst.parse_expression(shown))
    target = statement.targets[0]
    annotated = cst.AnnAssign(
        target.target,
        cst.Annotation(kind),
        moved_right(value, place, len(f": {place.chunk.module.code_for_node(kind)}")),
        cst.AssignEqual(target.whitespace_before_equal, target.whitespace_after_equal),
        semicolon=statement.semicolon,
    )
    return Fix(statement, annotated, imports=imports)


def _subscript(value: cst.BaseExpression, index: cst.BaseExpression) -> cst.Subscript:
    return cst.Subscript(value, [cst.SubscriptElement(cst.Index(index))])


def _type_of(value: ast.expr, owner: Scope) -> str | None:
    """The type that a value shows: ``list[str]`` where all items are texts, else ``list``; None for nothing."""
    if isinstance(value, ast.Call):
        function = value.func.value if isinstance(value.func, ast.Subscript) else value.func
        return ast.unparse(function)
    container = _CONTAINERS.get(type(value))
    if container is None or not _is_builtin(container, owner):
        return None
    parts: list[str | None] = []
    if isinstance(value, (ast.List, ast.Set)):
        parts = [_constant_type(value.elts, owner)]
    elif isinstance(value, ast.Dict):
        parts = [_constant_type(value.keys, owner), _constant_type(value.values, owner)]
    known = [part for part in parts if part is not None]
    return f"{container}[{', '.join(known)}]" if known and len(known) == len(parts) else container


def _constant_type(items: list[ast.expr] | list[ast.expr | None], owner: Scope) -> str | None:
    """The type that all of some constants have."""
    names = {type(item.value).__name__ if isinstance(item, ast.Constant) else "" for item in items}
    name = names.pop() if len(names) == 1 else ""
    return name if name in ("str", "int", "float", "bool", "bytes") and _is_builtin(name, owner) else None


def _is_builtin(name: str, owner: Scope) -> bool:
    return resolve_name(ast.Name(name), owner) == f"builtins.{name}"
