"""Let an annotation admit ``None``: ``T | None``, or ``Optional[T]`` where the project's Python needs it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from antipatterns.fix.fixer import Import, Refusal
from antipatterns.project.python_version import lowest_python
from antipatterns.semantics.scope import BindingKind, ScopeKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

_UNIONS_AS_OPERATORS = (3, 10)
_ADMIT_NONE = frozenset({"typing.Any", "typing.Optional", "builtins.object", "typing.AnyStr"})
_MAKE_TYPE_VARIABLES = frozenset({"typing.TypeVar", "typing.ParamSpec", "typing.TypeVarTuple"})
_MAX_ALIASES = 8


class Widened(NamedTuple):
    """The new annotation, and the imports that it needs."""

    annotation: cst.BaseExpression
    imports: tuple[Import, ...] = ()


def widen(annotation: cst.BaseExpression, node: ast.expr, place: Place, scope: Scope) -> Widened | Refusal:
    """The annotation that also admits ``None``; ``node``: its syntax tree, ``scope``: where it is evaluated."""
    quoted = _parse_quoted(node)
    if quoted is None or not _is_type(quoted):
        return Refusal("the annotation is not plainly a type")
    if admits_none(quoted, place, scope):
        return Refusal("the annotation already gives None a meaning")
    if quoted is not node:
        if not isinstance(annotation, cst.SimpleString):
            return Refusal("the annotation is not plainly a type")
        return _widen_quoted(annotation, place, scope)
    if _may_use_operator(place):
        return Widened(cst.BinaryOperation(annotation, cst.BitOr(), cst.Name("None")))
    optional = _optional(place, scope)
    if isinstance(optional, Refusal):
        return optional
    name, imports = optional
    return Widened(
        cst.Subscript(cst.parse_expression(name), _one_slice(annotation)),
        imports,
    )


def _one_slice(annotation: cst.BaseExpression) -> list[cst.SubscriptElement]:
    return [cst.SubscriptElement(cst.Index(annotation))]


def _widen_quoted(annotation: cst.SimpleString, place: Place, scope: Scope) -> Widened | Refusal:
    """``"list[int]"`` to ``"list[int] | None"``: inside the quotes."""
    if annotation.prefix or "\\" in annotation.raw_value or annotation.raw_value != annotation.raw_value.strip():
        return Refusal("the annotation is not plainly a type")
    if _may_use_operator(place):
        return Widened(_quoted_anew(annotation, f"{annotation.raw_value} | None"))
    optional = _optional(place, scope)
    if isinstance(optional, Refusal):
        return optional
    name, imports = optional
    return Widened(_quoted_anew(annotation, f"{name}[{annotation.raw_value}]"), imports)


def _quoted_anew(annotation: cst.SimpleString, text: str) -> cst.SimpleString:
    return annotation.with_changes(value=f"{annotation.quote}{text}{annotation.quote}")


def _optional(place: Place, scope: Scope) -> tuple[str, tuple[Import, ...]] | Refusal:
    """How to write ``Optional`` here."""
    name = place.name_for("typing.Optional", scope)
    if name is not None:
        return name, ()
    if place.is_free("Optional", scope):
        return "Optional", (Import("typing", "Optional"),)
    return Refusal("the name Optional means something else here")


def _may_use_operator(place: Place) -> bool:
    """Whether ``X | None`` works in an annotation: by the project's Python, else by the custom of the file."""
    if _postpones_annotations(place.file.source.tree):
        return True
    lowest = lowest_python(Path(place.file.path))
    if lowest is not None:
        return lowest >= _UNIONS_AS_OPERATORS
    return place.name_for("typing.Optional", place.file.module) is None


def _postpones_annotations(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


def _parse_quoted(node: ast.expr) -> ast.expr | None:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return node
    try:
        return ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _is_type(node: ast.expr) -> bool:
    """Whether an annotation has the shape of a type: not a number, a call, or the like."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_type(node.left) and _is_type(node.right)
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    if isinstance(node, ast.Constant):
        return node.value is None
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _is_type(node.value))


def admits_none(node: ast.expr, place: Place, scope: Scope, depth: int = _MAX_ALIASES) -> bool:
    """Whether ``None`` is a value of an annotation, or may be: ``Any``, a type variable, an alias with it."""
    if isinstance(node, ast.Constant):
        parsed = _parse_quoted(node)
        return node.value is None or (
            isinstance(parsed, ast.expr) and parsed is not node and _ask(parsed, place, scope, depth)
        )
    if isinstance(node, ast.BinOp):
        return _ask(node.left, place, scope, depth) or _ask(node.right, place, scope, depth)
    if isinstance(node, ast.Subscript):
        return _subscript_admits_none(node, place, scope, depth)
    name = _dotted(node, place, scope)
    return name in _ADMIT_NONE or (isinstance(node, ast.Name) and _names_more(node, place, scope, depth))


_ask = admits_none


def _subscript_admits_none(node: ast.Subscript, place: Place, scope: Scope, depth: int) -> bool:
    name = _dotted(node.value, place, scope)
    if name in ("typing.Union", "typing.Annotated"):
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        # What Annotated adds is for a reader that nobody knows here.
        return name == "typing.Annotated" or any(_ask(item, place, scope, depth) for item in items)
    return name in _ADMIT_NONE


def _names_more(node: ast.Name, place: Place, scope: Scope, depth: int) -> bool:
    """Whether a name of the file is a type variable, or an alias of a type that admits ``None``."""
    found = scope.lookup(node.id)
    if found is None or not depth:
        return False
    owner, bindings = found
    if owner.kind is ScopeKind.TYPE_PARAMETERS:
        return True
    values = [
        binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
        for binding in bindings
        if binding.kind in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION)
    ]
    return any(
        _dotted(value.func, place, owner) in _MAKE_TYPE_VARIABLES
        if isinstance(value, ast.Call)
        else isinstance(value, ast.expr) and _ask(value, place, owner, depth - 1)
        for value in values
    )


def _dotted(node: ast.expr, place: Place, scope: Scope) -> str:
    return (place.file.resolve(node, scope) or "").replace("typing_extensions.", "typing.")
