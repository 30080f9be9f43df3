"""Which expressions make a value that can change: what is written out, constructors, constants that hold such."""

from __future__ import annotations

import ast

from antipatterns.semantics.names import is_imported, resolve_name, without_placeholders
from antipatterns.semantics.scope import BindingKind, Scope, ScopeKind

_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
_CONSTRUCTORS = frozenset(
    [
        *(f"builtins.{name}" for name in ("list", "dict", "set", "bytearray")),
        *(f"typing.{name}" for name in ("List", "Dict", "Set", "DefaultDict", "Deque", "OrderedDict", "Counter")),
        *(f"collections.{name}" for name in ("deque", "defaultdict", "OrderedDict", "Counter", "ChainMap")),
    ]
)
_WELL_KNOWN = frozenset(
    [
        *(f"builtins.{name}" for name in ("list", "dict", "set")),
        *(f"collections.{name}" for name in ("deque", "defaultdict", "OrderedDict", "Counter")),
    ]
)
_READ_ONLY = frozenset(
    [
        *("Sequence", "Mapping", "Iterable", "Collection", "Container", "Reversible", "Sized", "Hashable", "Callable"),
        *("Literal", "LiteralString", "Tuple", "tuple", "FrozenSet", "frozenset", "AbstractSet", "Set", "bytes", "str"),
        *("MappingView", "KeysView", "ItemsView", "ValuesView", "ByteString", "Iterator"),
    ]
)
_WRAPPERS = {"typing.Optional", "typing.Union", "typing.Annotated", "typing.Final"}
_TYPE_MODULES = {"typing", "typing_extensions", "collections.abc", "builtins"}
# Markers of these in ``Annotated`` hand the value to a framework, which copies the default for each call.
_COPYING_FRAMEWORKS = {"fastapi", "typer", "pydantic", "litestar", "cyclopts", "ninja"}


def is_mutable(value: ast.expr, scope: Scope) -> bool:
    """Whether an expression makes a list, dict, set or the like, or is the name of a constant that holds one."""
    if isinstance(value, ast.Name):
        return _is_mutable_constant(value, scope)
    return makes_mutable(value, scope)


def makes_mutable(value: ast.expr, scope: Scope) -> bool:
    """Whether an expression itself makes a list, dict, set or the like: written out, or by its constructor."""
    if isinstance(value, _DISPLAYS):
        return True
    if isinstance(value, ast.NamedExpr):
        return makes_mutable(value.value, scope)
    if isinstance(value, ast.Call):
        function = value.func.value if isinstance(value.func, ast.Subscript) else value.func
        return resolve_name(function, scope) in _CONSTRUCTORS
    return False


def is_plainly_mutable(value: ast.expr, scope: Scope) -> bool:
    """Whether an expression is written out as a list, dict or set, or is a call of an imported or builtin constructor.

    That much other linters see as well, which follow no names.
    """
    if isinstance(value, ast.Call):
        return is_imported(value.func, scope) and resolve_name(value.func, scope) in _WELL_KNOWN
    return isinstance(value, _DISPLAYS) and not isinstance(value, ast.GeneratorExp)


def is_empty(value: ast.expr) -> bool:
    """Whether an expression that makes a container makes an empty one."""
    if isinstance(value, (ast.List, ast.Set)):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    return isinstance(value, ast.Call) and not value.args and not value.keywords


def _is_mutable_constant(name: ast.Name, scope: Scope) -> bool:
    """Whether a name is a module-level one with one value, and that is mutable."""
    found = scope.lookup(name.id)
    if found is None or found[0].kind is not ScopeKind.MODULE or len(without_placeholders(found[1])) != 1:
        return False
    binding = found[1][0]
    value = binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
    if binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION) or not isinstance(value, ast.expr):
        return False
    if isinstance(binding.value, ast.AnnAssign) and is_read_only(binding.value.annotation, found[0]):
        return False
    return makes_mutable(value, found[0])


def is_read_only(annotation: ast.expr | None, scope: Scope) -> bool:
    """Whether an annotation, quoted or not, names only types that offer no way to change the value."""
    annotation = unquoted(annotation)
    if annotation is None:
        return False
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _all_read_only([annotation.left, annotation.right], scope)
    if isinstance(annotation, ast.Subscript):
        name = (resolve_name(annotation.value, scope) or "").replace("typing_extensions.", "typing.")
        if name in _WRAPPERS:
            items = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            if name == "typing.Annotated":
                return _all_read_only(items[:1], scope) or _has_framework_marker(items[1:], scope)
            return _all_read_only(items, scope)
        annotation = annotation.value
    meant = _alias_of(annotation, scope)
    if meant is not None:
        return is_read_only(*meant)
    module, _, last = (resolve_name(annotation, scope) or "").rpartition(".")
    # typing.Set is the mutable one, collections.abc.Set is not.
    return module in _TYPE_MODULES and last in _READ_ONLY and (last != "Set" or module == "collections.abc")


def _alias_of(annotation: ast.expr, scope: Scope) -> tuple[ast.expr, Scope] | None:
    """What the module has given a name to that stands in an annotation, ``Rows = Sequence[Row]``, above its use."""
    found = scope.lookup(annotation.id) if isinstance(annotation, ast.Name) else None
    if found is None or len(found[1]) != 1 or found[1][0].kind not in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION):
        return None
    value = found[1][0].value.value if isinstance(found[1][0].value, ast.AnnAssign) else found[1][0].value
    is_above = isinstance(value, ast.expr) and value.lineno < annotation.lineno  # an alias never leads back to itself
    return (value, found[0]) if is_above else None  # type: ignore[return-value]


def unquoted(annotation: ast.expr | None) -> ast.expr | None:
    """The annotation that stands in quotes, or the annotation itself; None for quoted text that is no expression."""
    if not (isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)):
        return annotation
    try:
        return ast.parse(annotation.value.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _all_read_only(annotations: list[ast.expr], scope: Scope) -> bool:
    kept = [item for item in annotations if not (isinstance(item, ast.Constant) and item.value is None)]
    return bool(kept) and all(is_read_only(item, scope) for item in kept)


def _has_framework_marker(metadata: list[ast.expr], scope: Scope) -> bool:
    markers = [item.func if isinstance(item, ast.Call) else item for item in metadata]
    return any((resolve_name(item, scope) or "").partition(".")[0] in _COPYING_FRAMEWORKS for item in markers)
