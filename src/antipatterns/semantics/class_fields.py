"""The fields of a class that a library such as dataclasses or pydantic makes, and whether instances can change."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.elsewhere import Topic
from antipatterns.knowledge.field_libraries import (
    BY_BASE,
    BY_DECORATOR,
    FIELD_CALLS,
    FROZEN,
    FROZEN_DECORATORS,
    NO_FIELDS,
    FieldLibrary,
    Treatment,
)
from antipatterns.knowledge.plain_bases import PLAIN_BASES, PLAIN_METACLASSES
from antipatterns.semantics.imported import imported_path
from antipatterns.semantics.mutability import unquoted
from antipatterns.semantics.names import class_named, resolve_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_MAX_BASES = 16
_NO_FIELD_TYPES = {"ClassVar", "InitVar", "KW_ONLY"}


class Field(NamedTuple):
    """One field with a default. ``call``: the call that describes the field, if there is one."""

    name: str
    annotation: ast.expr | None
    default: ast.expr
    call: ast.Call | None


def field_library_of(owner: Scope, file: File) -> FieldLibrary | None:
    """The library that makes fields of what the body of a class (``owner``: its scope) holds, if that is certain.

    By its decorators, then by its bases, followed upward in this file and in others.
    """
    return _by_decorator(owner, file) or _by_base(owner, file, _MAX_BASES)


def _by_decorator(owner: Scope, file: File) -> FieldLibrary | None:
    node, outside = owner.node, owner.parent
    assert isinstance(node, ast.ClassDef)
    for decorator in node.decorator_list if outside is not None else ():
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        library = BY_DECORATOR.get(file.resolve(call, outside or owner) or "")
        if library is not None:
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            return _with_keywords(library, keywords)
    return None


def _with_keywords(library: FieldLibrary, keywords: list[ast.keyword]) -> FieldLibrary | None:
    """The library as the arguments of the class decorator set it up; None where they cannot be read."""
    for keyword in keywords:
        if keyword.arg is None:
            return None
        if keyword.arg == "auto_attribs":
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            return library._replace(takes_annotated=value is True, only_calls_if_bare=False)
    return library


def _by_base(owner: Scope, file: File, most: int) -> FieldLibrary | None:
    node, outside = owner.node, owner.parent
    if not isinstance(node, ast.ClassDef) or outside is None or most <= 0:
        return None
    for base in node.bases:
        named = base.value if isinstance(base, ast.Subscript) else base
        library = BY_BASE.get(file.resolve(named, outside) or "")
        if library is not None:
            return library
        above = class_named(named, outside)
        if above is not None:
            library = _by_base(above, file, most - 1)
        else:
            library = BY_BASE.get(_ask(Topic.FIELDS, named, outside, file))
        if library is not None and library.is_inherited:
            return library
    return None


def _ask(topic: Topic, expression: ast.expr, scope: Scope, file: File) -> str:
    """What other files say of something that an expression leads to there; "" if nobody knows."""
    path = imported_path(expression, scope, file)
    return "" if path is None else file.elsewhere.ask(topic, path)


def fields_with_defaults(owner: Scope, library: FieldLibrary) -> Iterator[Field]:
    """The fields that stand directly in the body of a class of this library."""
    node = owner.node
    assert isinstance(node, ast.ClassDef)
    takes_annotated = library.takes_annotated
    if library.only_calls_if_bare and any(_field_call(item.value, owner) for item in _bare_assignments(node)):
        takes_annotated = False
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.value is not None:
            call = _field_call(item.value, owner)
            is_field = (takes_annotated or call is not None) and not is_no_field(item.annotation)
            if is_field and _may_be_field(item.target.id, library):
                yield from _field(item.target.id, item.annotation, item.value, call, owner)
    for assignment in _bare_assignments(node):
        call = _field_call(assignment.value, owner)
        target = assignment.targets[0]
        if call is not None and isinstance(target, ast.Name) and library.takes_bare_calls:
            yield from _field(target.id, None, assignment.value, call, owner)


def _bare_assignments(node: ast.ClassDef) -> Iterator[ast.Assign]:
    return (item for item in node.body if isinstance(item, ast.Assign) and len(item.targets) == 1)


def _may_be_field(name: str, library: FieldLibrary) -> bool:
    """Not what configures the library, nor pydantic's private attributes."""
    is_private = library.treatment is Treatment.COPIED and name.startswith("_")
    return not is_private and name not in NO_FIELDS and not name.startswith("__")


def _field(
    name: str, annotation: ast.expr | None, value: ast.expr, call: ast.Call | None, owner: Scope
) -> Iterator[Field]:
    default = value if call is None else _default_in(call, owner)
    if default is not None:
        yield Field(name, annotation, default, call)


def _field_call(value: ast.expr, scope: Scope) -> ast.Call | None:
    return value if isinstance(value, ast.Call) and resolve_name(value.func, scope) in FIELD_CALLS else None


def _default_in(call: ast.Call, scope: Scope) -> ast.expr | None:
    if FIELD_CALLS[resolve_name(call.func, scope) or ""] and call.args:
        return None if isinstance(call.args[0], ast.Starred) else call.args[0]
    return next((keyword.value for keyword in call.keywords if keyword.arg == "default"), None)


def is_no_field(annotation: ast.expr) -> bool:
    """Whether an annotation says that what it stands at is no field: ``ClassVar[...]``, ``InitVar[...]``."""
    kind = unquoted(annotation)
    kind = kind.value if isinstance(kind, ast.Subscript) else kind
    name = kind.attr if isinstance(kind, ast.Attribute) else kind.id if isinstance(kind, ast.Name) else ""
    return name in _NO_FIELD_TYPES


def makes_changing_instance(value: ast.expr, scope: Scope, file: File) -> bool:
    """Whether an expression makes an instance of a class of this file, or of another, that surely can change."""
    if not isinstance(value, ast.Call):
        return False
    named = value.func.value if isinstance(value.func, ast.Subscript) else value.func
    owner = class_named(named, scope)
    return _ask(Topic.CHANGES, named, scope, file) != "" if owner is None else instances_change(owner, file)


def instances_change(owner: Scope, file: File, most: int = _MAX_BASES) -> bool:
    """Whether instances of a class can change: it is one with fields and not frozen, or its methods set attributes.

    Setting them in ``__init__`` is not enough. Only where nothing about the class is unknown.
    """
    node, outside = owner.node, owner.parent
    if not isinstance(node, ast.ClassDef) or outside is None or most <= 0:
        return False
    library = field_library_of(owner, file)
    if library is not None:
        has_fields = any(isinstance(item, (ast.AnnAssign, ast.Assign)) for item in node.body)
        return has_fields and library.name != "NamedTuple" and not _may_be_frozen(node, outside)
    if not is_plain_class(owner):
        return False
    above = [class_named(base, outside) for base in _bases(node)]
    return _has_changing_methods(owner) or any(
        scope is not None and instances_change(scope, file, most - 1) for scope in above
    )


def is_plain_class(owner: Scope, most: int = _MAX_BASES) -> bool:
    """Whether nobody but Python looks at the body of a class: no decorators, and only bases known to do nothing."""
    node, outside = owner.node, owner.parent
    if not isinstance(node, ast.ClassDef) or outside is None or most <= 0 or node.decorator_list:
        return False
    if any(
        item.arg != "metaclass" or resolve_name(item.value, outside) not in PLAIN_METACLASSES for item in node.keywords
    ):
        return False
    for base in _bases(node):
        above = class_named(base, outside)
        if above is None and resolve_name(base, outside) not in PLAIN_BASES:
            return False
        if above is not None and not is_plain_class(above, most - 1):
            return False
    return True


def _bases(node: ast.ClassDef) -> list[ast.expr]:
    return [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]


def _may_be_frozen(node: ast.ClassDef, outside: Scope) -> bool:
    """Whether the class is frozen, or is set up in a way that could make it so."""
    calls = [item for item in node.decorator_list if isinstance(item, ast.Call)]
    keywords = [*node.keywords, *(keyword for call in calls for keyword in call.keywords)]
    if any(keyword.arg in (FROZEN, None) and not _is_false(keyword.value) for keyword in keywords):
        return True
    decorators = [item.func if isinstance(item, ast.Call) else item for item in node.decorator_list]
    if any(resolve_name(item, outside) in FROZEN_DECORATORS for item in decorators):
        return True
    # pydantic's settings of a class, which a base may hold too: one of this file or of another.
    names = {item.name for item in node.body if isinstance(item, ast.ClassDef)}
    names |= {target.id for item in _bare_assignments(node) for target in item.targets if isinstance(target, ast.Name)}
    above = [resolve_name(base, outside) for base in _bases(node)]
    return bool(names & {"Config", "model_config"}) or any(
        base not in BY_BASE and base not in PLAIN_BASES for base in above
    )


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _has_changing_methods(owner: Scope) -> bool:
    """Whether a method other than a constructor sets an attribute of the instance."""
    for method in owner.children:
        node = method.node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.name in ("__init__", "__new__"):
            continue
        if node.decorator_list or not node.args.args:
            continue
        receiver = f"{node.args.args[0].arg}."
        if any(name.startswith(receiver) and not name.endswith("[]") for name in method.bindings):
            return True
    return False
