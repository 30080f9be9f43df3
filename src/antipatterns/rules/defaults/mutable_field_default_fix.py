"""Give the field a factory, which makes its default anew for each instance."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.default_value import objection_to_moving
from antipatterns.fix.fixer import Fix, Fixer, Import, Outcome, Refusal
from antipatterns.knowledge.field_libraries import Treatment
from antipatterns.semantics.class_fields import field_library_of
from antipatterns.semantics.mutability import is_empty, makes_mutable
from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.scope import Scope, ScopeKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.knowledge.field_libraries import FieldLibrary

FIXER = Fixer(
    __name__,
    *(cst.List, cst.Dict, cst.Set, cst.ListComp, cst.DictComp, cst.SetComp, cst.GeneratorExp),
    *(cst.Call, cst.Name, cst.NamedExpr),
)

_TYPES: dict[type[ast.expr], str] = {ast.List: "list", ast.Dict: "dict"}


@FIXER.register
def fix_mutable_field_default(default: cst.BaseExpression, place: Place) -> Outcome:
    """``field(default_factory=...)`` where the value stood, or the factory in place of ``default=``."""
    value = place.ast_node_like(default)
    owner = _class_around(place.scope_of(default))
    if value is None or owner.kind is not ScopeKind.CLASS:
        return Refusal("libcst sees something else at this place")
    library = field_library_of(owner, place.file)
    if library is None:
        return Refusal("the class has changed")
    if not library.field:
        return Refusal(f"a {library.name} has no factories")
    factory = _factory(default, value, owner)
    if isinstance(factory, Refusal):
        return factory
    around = place.chunk.parents[default]
    if isinstance(around, cst.Arg):
        return _change_argument(around, factory, library, place)
    return _describe_field(default, factory, library, place, owner)


def _class_around(scope: Scope) -> Scope:
    """The scope itself, or where it is that of a default which is a comprehension, the one around."""
    while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    return scope


def _factory(default: cst.BaseExpression, value: ast.expr, owner: Scope) -> cst.BaseExpression | Refusal:
    """A callable that gives the value: its class where it is empty, else a lambda."""
    is_commented = not isinstance(default, (cst.Call, cst.BaseComp)) and is_empty(value) and _has_comment(default)
    if is_empty(value) and not is_commented and makes_mutable(value, owner):
        if isinstance(default, cst.Call):
            return default.func
        name = _TYPES.get(type(value))
        if name is not None and resolve_name(ast.Name(name), owner) == f"builtins.{name}":
            return cst.Name(name)
    if not makes_mutable(value, owner):
        return Refusal(f"{ast.unparse(value)} may be shared on purpose")
    inside = Scope(ScopeKind.LAMBDA, owner.node, None)
    inside.parent = owner  # not one of its children: it is only asked what names would mean in it
    reason = objection_to_moving(value, owner, inside)
    return cst.Lambda(cst.Parameters(), default) if reason is None else Refusal(reason)


def _has_comment(node: cst.CSTNode) -> bool:
    return "#" in cst.Module([]).code_for_node(node)


def _change_argument(argument: cst.Arg, factory: cst.BaseExpression, library: FieldLibrary, place: Place) -> Outcome:
    """``default=[]``, or the value as the first argument, becomes the keyword of a factory."""
    call = place.chunk.parents[argument]
    if not isinstance(call, cst.Call) or argument.star:
        return Refusal("libcst sees something else at this place")
    others = [other for other in call.args if other is not argument]
    if argument.keyword is None and any(other.keyword is None for other in others):
        return Refusal("more arguments without a keyword follow")
    if any(other.keyword is not None and other.keyword.value in ("factory", "default_factory") for other in others):
        return Refusal("it has a factory already")
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    equal = argument.equal if isinstance(argument.equal, cst.AssignEqual) else equal
    changed = argument.with_changes(keyword=cst.Name(library.factory), equal=equal, value=factory)
    return Fix(argument, changed, _safety(library))


def _describe_field(
    default: cst.BaseExpression, factory: cst.BaseExpression, library: FieldLibrary, place: Place, owner: Scope
) -> Outcome:
    """The value becomes a call of the library that describes the field, imported where it is not yet."""
    if not isinstance(place.chunk.parents[default], cst.AnnAssign):
        return Refusal("libcst sees something else at this place")
    name = place.name_for(library.field, owner)
    imports: tuple[Import, ...] = ()
    if name is None:
        module, _, name = library.field.rpartition(".")
        if not place.is_free(name, owner):
            return Refusal(f"the name {name} means something else here")
        imports = (Import(module, name),)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    argument = cst.Arg(factory, cst.Name(library.factory), equal)
    return Fix(default, cst.Call(cst.parse_expression(name), [argument]), _safety(library), imports=imports)


def _safety(library: FieldLibrary) -> Safety:
    return Safety.UNSAFE if library.treatment is Treatment.COPIED else Safety.SAFE
