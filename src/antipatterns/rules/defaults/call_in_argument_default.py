"""Allow a default that is computed once, when the function or class is defined, where each call needs its own.

What it finds
-------------
In the default of an argument, or of a field of a dataclass, attrs, pydantic, SQLModel, msgspec class or ``NamedTuple``:
a call that is known to give another value each time (``datetime.now()``, ``uuid4()``, ``random()``, ``os.getcwd()``,
``get_event_loop()``), wherever it stands in it, ``Field(default=str(uuid4()))`` and ``Query(time())`` included. In the
default of an argument also a call known to make an object that is there to change (``StringIO()``, ``Queue()``,
``open(...)``, ``deepcopy(...)``), an instance of a class whose instances can change (of this file, or
a dataclass or attrs class of another), the coroutine of an
``async def`` of this file, or a function of this file that only returns one of these. Other linters report every call
but those that they know to be harmless; here a call of which nothing is known is silent, and so are framework markers
(``Depends(...)``, ``Option(...)``) and whatever makes values that do not change. Silent in a function or lambda that
stands in another function, where a default is the usual way to keep a value of that moment; in stubs, overloads and
abstract methods; for objects in the defaults of routes, which the framework copies; for a copy that the function only
reads, and an instance of which it only reads attributes. A process runs its tests, and a command of Typer's or
Cyclopts', once: there other values are silent. Lists, dicts and sets are AP301's and AP302's.

Why it is bad
-------------
The default is computed when the module is imported. A server that runs for a month stamps all it does with the time
of its start, gives each order the same id, and puts what one call wrote into the next one's buffer.

Bad
---
::

    from datetime import datetime

    def log(text, at=datetime.now()):
        print(at, text)

Good
----
::

    from datetime import datetime

    def log(text, at=None):
        if at is None:
            at = datetime.now()
        print(at, text)

Fix safety
----------
Unsafe: ``None`` as the default and the call in the body, below the docstring; the annotation becomes ``T | None``. The
program then does what was most likely meant, which is not what it did. Refused where ``None`` means something already,
where a framework reads the signature, where the call uses names that may mean something else later. Fields are not
fixed.

Options
-------
- ``immutable-calls`` (list, default: none): dotted names of functions and classes whose results may be defaults,
  ``shop.clock.start_time``; those of the file under check by their names alone.
- ``defer-to-ruff``: leaves to B008 (arguments) and RUF009 (fields of dataclasses) calls of imported functions that are
  the whole default, where the annotation is none or a class of another module.

Source
------
python-coding, "No mutable defaults". Others have it as flake8-bugbear B008 and ruff RUF009.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import msgspec

from antipatterns.configuration.config_file import DottedNames  # noqa: TC001 - msgspec reads it
from antipatterns.finding import Safety
from antipatterns.knowledge.call_results import COPIERS
from antipatterns.knowledge.signature_readers import COMMAND_LINES
from antipatterns.rule import Rule
from antipatterns.semantics.call_results import find_changing_call, find_fresh_call
from antipatterns.semantics.class_fields import field_library_of, fields_with_defaults, makes_changing_instance
from antipatterns.semantics.defaults import arguments_with_defaults, is_only_declared
from antipatterns.semantics.names import is_imported, resolve_name, scope_of_definition
from antipatterns.semantics.routes import is_route
from antipatterns.semantics.usage import changes_or_lets_out, only_looks_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    immutable_calls: DottedNames = ()


RULE = Rule(__name__, "AP303", options=Options, asks_elsewhere=True, ruff=("B008", "RUF009"))

_SIMPLE = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp)


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
def find_call_in_argument_default(function: Function, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each default that one call at definition made."""
    arguments = function.args
    if not arguments.defaults and not arguments.kw_defaults:
        return
    if all(
        default is None or isinstance(default, _SIMPLE) for default in (*arguments.defaults, *arguments.kw_defaults)
    ):
        return
    if scope.function is not None or is_only_declared(function, file.path, scope):
        return
    for argument, default in arguments_with_defaults(arguments):
        if isinstance(default, _SIMPLE):
            continue
        changing = find_changing_call(default, scope)
        call = changing or find_fresh_call(default, scope, file)
        if call is not None and not _is_allowed(call, file, scope):
            if changing is not None and (file.is_test or _is_of_command(default, argument, file, scope)):
                continue
            if changing is None and _is_harmless(call, argument, function, file, scope):
                continue
            message = (
                f'{ast.unparse(call.func)}() in the default of argument "{argument.arg}" is called once, when the '
                "function is defined; use None and call it inside"
            )
            fix = None if isinstance(function, ast.Lambda) else Safety.UNSAFE
            is_seen = _is_plain(call, default, argument.annotation, scope) and not isinstance(function, ast.Lambda)
            ruff = ("B008",) if is_seen else ()
            yield RULE.finding(file, file.source.span_of(default), message, fix=fix, ruff=ruff)


@RULE.visit(ast.ClassDef)
def find_call_in_field_default(node: ast.ClassDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each field whose default changes from call to call."""
    if file.is_test or not (node.bases or node.decorator_list) or not any(map(_holds_call, node.body)):
        return
    owner = scope_of_definition(scope, node)
    if owner is None or not any(_may_change(item, owner) for item in node.body):
        return
    library = field_library_of(owner, file)
    if library is None:
        return
    for field in fields_with_defaults(owner, library):
        call = find_changing_call(field.default, owner)
        if call is not None and not _is_allowed(call, file, owner):
            message = (
                f'{ast.unparse(call.func)}() in the default of field "{field.name}" is called once, when the class is '
                f"made; use {library.factory if library.field else 'None'}"
            )
            is_seen = library.name == "dataclasses" and field.call is None
            ruff = ("RUF009",) if is_seen and _is_plain(call, field.default, field.annotation, owner) else ()
            yield RULE.finding(file, file.source.span_of(field.default), message, ruff=ruff)


def _is_harmless(call: ast.Call, argument: ast.arg, function: Function, file: File, scope: Scope) -> bool:
    """Whether one object for all calls does no harm: a framework copies it, or the function only looks at it."""
    if _is_of_route(function, file, scope):
        return True
    if file.resolve(call.func, scope) in COPIERS:
        return not changes_or_lets_out(function, argument.arg)
    return makes_changing_instance(call, scope, file) and only_looks_at(function, argument.arg)


def _is_of_command(default: ast.expr, argument: ast.arg, file: File, scope: Scope) -> bool:
    """Whether a command line gives the argument its value, as its default or annotation says: once for a process."""
    kind = argument.annotation
    parts = [default]
    if isinstance(kind, ast.Subscript) and isinstance(kind.slice, ast.Tuple):
        parts += kind.slice.elts[1:]
    calls = [part.func for part in parts if isinstance(part, ast.Call)]
    return any((file.resolve(item, scope) or "").partition(".")[0] in COMMAND_LINES for item in calls)


def _is_of_route(function: Function, file: File, scope: Scope) -> bool:
    """Whether a framework calls the function, and gives it a copy of the default, or makes part of its API of it."""
    inside = scope_of_definition(scope, function) if getattr(function, "decorator_list", None) else None
    return inside is not None and is_route(inside, file)


def _is_plain(call: ast.Call, default: ast.expr, annotation: ast.expr | None, scope: Scope) -> bool:
    """Whether a default is an imported function's result, and not said to be of a type that cannot change."""
    if call is not default or not is_imported(call.func, scope) or resolve_name(call.func, scope) is None:
        return False
    kind = "" if annotation is None else resolve_name(annotation, scope) or "builtins."
    return not kind.startswith(("builtins.", "typing"))


def _holds_call(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.AnnAssign, ast.Assign)) and not (
        statement.value is None or isinstance(statement.value, _SIMPLE)
    )


def _may_change(statement: ast.stmt, owner: Scope) -> bool:
    return (
        isinstance(statement, (ast.AnnAssign, ast.Assign))
        and statement.value is not None
        and find_changing_call(statement.value, owner) is not None
    )


def _is_allowed(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether the settings say that the result does not change."""
    options: Options = file.options(RULE)
    return bool(options.immutable_calls) and (
        file.resolve(call.func, scope) in options.immutable_calls or ast.unparse(call.func) in options.immutable_calls
    )
