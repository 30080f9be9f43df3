"""Allow a mutable default for a field of a class, such as a dataclass, instead of a factory.

What it finds
-------------
A list, dict or set (written out, a comprehension, a constructor) as the default of a field, right in the class or in
``field(default=[])``, ``attr.ib(default=[])``, ``Field([])``; and one object of a class whose instances can change:
of this file or, for dataclasses and attrs, of another of the project. In classes of dataclasses, attrs (old and new),
pydantic (1 and 2, settings too), SQLModel, msgspec and ``NamedTuple``, told by decorator or base class; bases are
followed through this file and others, installed packages too. Silent where the library is not sure,
for ``ClassVar`` and, except in dataclasses, where the annotation promises no change (``Sequence``, ``Mapping`` …).

Why it is bad
-------------
In attrs, in msgspec (but for empty lists, dicts and sets, which it copies, and which are silent) and in a
``NamedTuple`` all instances share the one value: what is added to it in one is in all. dataclasses refuse a list, dict
or set with a ``ValueError`` when the class is made, and before Python 3.11 let anything else pass; msgspec refuses what
is not empty. pydantic and SQLModel copy the default for each instance: there the finding is about style, and says so,
as the next reader has to know that.

Bad
---
::

    from attrs import define

    @define
    class Order:
        lines: list[str] = []

Good
----
::

    from attrs import Factory, define

    @define
    class Order:
        lines: list[str] = Factory(list)

Fix safety
----------
Safe: the library's own factory, ``field(default_factory=list)``, or a lambda for a value that is not empty. Unsafe for
pydantic and SQLModel: a JSON schema shows a default, and not a factory. Refused where the value names something that
may have another value later; there is no fix in a ``NamedTuple``, which has no factories, and for constants and
objects of the file's own classes.

Options
-------
- ``defer-to-ruff``: leaves to RUF008 what is written out or made by a usual constructor in a ``dataclasses.dataclass``.

Source
------
python-coding, "No mutable defaults — use Field(default_factory=list)". Others have it as ruff RUF008 and RUF012.
"""

from __future__ import annotations

import ast
from types import NoneType
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.knowledge.field_libraries import Treatment
from antipatterns.rule import Rule
from antipatterns.semantics.class_fields import field_library_of, fields_with_defaults, makes_changing_instance
from antipatterns.semantics.mutability import is_empty, is_mutable, is_plainly_mutable, is_read_only, makes_mutable
from antipatterns.semantics.names import resolve_name, scope_of_definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.knowledge.field_libraries import FieldLibrary
    from antipatterns.semantics.class_fields import Field
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP302", asks_elsewhere=True, ruff=("RUF008",))

_UNCHANGING = (ast.Constant, ast.Attribute, ast.Tuple, ast.JoinedStr, ast.Lambda, ast.BinOp, ast.UnaryOp, NoneType)


@RULE.visit(ast.ClassDef)
def find_mutable_field_default(node: ast.ClassDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each field whose default can change."""
    if not node.bases and not node.decorator_list:
        return
    kinds = (ast.AnnAssign, ast.Assign) if node.decorator_list else ast.AnnAssign
    may_count = any(isinstance(item, kinds) and not isinstance(item.value, _UNCHANGING) for item in node.body)
    owner = scope_of_definition(scope, node) if may_count else None
    library = None if owner is None else field_library_of(owner, file)
    if owner is None or library is None:
        return
    for field in fields_with_defaults(owner, library):
        reason = _objection_to(field, library, owner, file)
        if reason is not None:
            message = f"{reason}; {_advice(field, library)}"
            fix = _safety(field, library) if makes_mutable(field.default, owner) else None
            ruff = RULE.ruff if _is_plain(field, library, owner) else ()
            yield RULE.finding(file, file.source.span_of(field.default), message, fix=fix, ruff=ruff)


def _objection_to(field: Field, library: FieldLibrary, owner: Scope, file: File) -> str | None:
    """What is wrong with the default of a field, if anything."""
    if library.treatment is Treatment.COPIED:
        # Of its own classes' instances pydantic copies those without a hash, which is not certain here.
        is_meant = not makes_mutable(field.default, owner) or is_read_only(field.annotation, owner)
        copied = f'mutable default of field "{field.name}" only works because {library.name} copies it'
        return None if is_meant else copied
    if makes_changing_instance(field.default, owner, file):
        return f'default of field "{field.name}" is one object that all instances share'
    if not is_mutable(field.default, owner):
        return None
    if library.treatment is Treatment.REFUSED:
        refused = f'mutable default of dataclass field "{field.name}" raises ValueError when the class is made'
        return refused if _is_field_of_dataclass(field, owner, file) else None
    is_copied = library.copies_empty and _is_builtin(field.default, owner)
    if is_read_only(field.annotation, owner) or (is_copied and is_empty(field.default)):
        return None
    if is_copied:
        return f'default of msgspec field "{field.name}" is not empty, which raises TypeError when the class is made'
    return f'mutable default of field "{field.name}" is shared by all instances'


def _is_plain(field: Field, library: FieldLibrary, owner: Scope) -> bool:
    """Whether the field needs no more than a look at its own line, and its class no more than one at its decorator."""
    if library.name != "dataclasses" or field.call is not None or is_read_only(field.annotation, owner):
        return False
    decorators = getattr(owner.node, "decorator_list", [])
    names = [resolve_name(item.func if isinstance(item, ast.Call) else item, owner) for item in decorators]
    return "dataclasses.dataclass" in names and is_plainly_mutable(field.default, owner)


def _is_field_of_dataclass(field: Field, owner: Scope, file: File) -> bool:
    """Not where pydantic's ``Field`` describes it, which copies."""
    return field.call is None or file.resolve(field.call.func, owner) == "dataclasses.field"


def _is_builtin(value: ast.expr, owner: Scope) -> bool:
    """Whether a value is surely a list, dict, set or bytearray itself, and not of a subclass."""
    if isinstance(value, ast.Call):
        return (resolve_name(value.func, owner) or "").startswith("builtins.")
    return not isinstance(value, (ast.Name, ast.GeneratorExp, ast.NamedExpr))


def _advice(field: Field, library: FieldLibrary) -> str:
    if not library.field:
        return "use None or a tuple: a NamedTuple has no factories"
    call = library.field if library.field == "attr.ib" else library.field.rpartition(".")[2]
    return f"use {call}({library.factory}={_format_factory(field.default)})"


def _format_factory(value: ast.expr) -> str:
    """How the factory for a value is written, shortened."""
    if isinstance(value, ast.Call) and is_empty(value):
        return ast.unparse(value.func)
    return {ast.List: "list", ast.Dict: "dict"}.get(type(value), "lambda: ...") if is_empty(value) else "lambda: ..."


def _safety(field: Field, library: FieldLibrary) -> Safety | None:
    if not library.field or isinstance(field.default, (ast.GeneratorExp, ast.NamedExpr)):
        return None
    return Safety.UNSAFE if library.treatment is Treatment.COPIED else Safety.SAFE
