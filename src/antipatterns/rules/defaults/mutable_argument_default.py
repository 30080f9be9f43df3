"""Allow a mutable default for an argument, which all calls then share.

What it finds
-------------
A default that is a list, dict or set: written out, a comprehension, a generator, a constructor (``list dict
set bytearray`` and those of ``collections``), or a constant of the module that holds one and that the function
changes, stores or returns: one that is only read, as in ``def check(version, known=VERSIONS)``, is silent.
Keyword-only arguments and lambdas count. Silent where the annotation promises not to change it (``Sequence``,
``Mapping``, ``Iterable``, ``Literal``, ``tuple`` …) or hands it to a framework that copies the default
(``Annotated[list[str], Query()]``); in stubs, overloads and abstract methods: the implementation is what runs.

Why it is bad
-------------
The default is made once, when the function is defined. What one call appends, every later call finds there.

Bad
---
::

    def add(item, basket=[]):
        basket.append(item)
        return basket

Good
----
::

    def add(item, basket=None):
        if basket is None:
            basket = []
        basket.append(item)
        return basket

Fix safety
----------
Safe: ``None`` as the default, and below the docstring ``if x is None:`` with the old one; the annotation becomes
``T | None`` (``Optional[T]`` for an older Python). No such ``if`` where the body never looks at the argument, or only
asks whether it is true. Unsafe for an argument without an annotation that the body hands on to another function, or,
where its default is not empty, asks about: there a caller may pass ``None`` on purpose. Refused where ``None`` means
something already, where the sharing looks meant (a cache, a counter, recursion), where a framework reads the
signature, for a default that may have another value later, for shared constants, in a lambda.

Options
-------
None.

Source
------
python-coding, "No mutable defaults". Others have it as flake8-bugbear B006.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.names import without_placeholders
from antipatterns.semantics.scope import BindingKind, ScopeKind
from antipatterns.semantics.usage import changes_or_lets_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

RULE = Rule(__name__, "AP301")

_NEVER_FIXED = (ast.Name, ast.GeneratorExp, ast.NamedExpr)
_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
_CONSTRUCTORS = frozenset(
    [
        *(f"builtins.{name}" for name in ("list", "dict", "set", "bytearray")),
        *(f"typing.{name}" for name in ("List", "Dict", "Set", "DefaultDict", "Deque", "OrderedDict", "Counter")),
        *(f"collections.{name}" for name in ("deque", "defaultdict", "OrderedDict", "Counter", "ChainMap")),
    ]
)
_READ_ONLY = frozenset(
    [
        *(
            "Sequence",
            "Mapping",
            "Iterable",
            "Collection",
            "Container",
            "Reversible",
            "Sized",
            "Hashable",
            "Callable",
        ),
        *(
            "Literal",
            "LiteralString",
            "Tuple",
            "tuple",
            "FrozenSet",
            "frozenset",
            "AbstractSet",
            "Set",
            "bytes",
            "str",
        ),
        *("MappingView", "KeysView", "ItemsView", "ValuesView", "ByteString", "Iterator"),
    ]
)
_WRAPPERS = {"typing.Optional", "typing.Union", "typing.Annotated", "typing.Final"}
_TYPE_MODULES = {"typing", "typing_extensions", "collections.abc", "builtins"}
# Markers of these in ``Annotated`` hand the parameter to a framework, which copies the default for each call.
_COPYING_FRAMEWORKS = {"fastapi", "typer", "pydantic", "litestar", "cyclopts", "ninja"}
_CONSTANT_MESSAGE = 'default of argument "{}" is {} itself, which all calls share; use None and copy it inside'


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
def find_mutable_argument_default(function: Function, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each default that calls share and can change."""
    defaults = function.args.defaults
    if not defaults and not function.args.kw_defaults:
        return
    for argument, default in _arguments_with_defaults(function.args):
        if (
            _is_mutable(default, file, scope)
            and not _is_read_only(argument.annotation, file, scope)
            and not _is_only_declared(function, file, scope)
        ):
            message = (
                f'mutable default of argument "{argument.arg}" is shared by all calls; use None and make it inside'
            )
            if isinstance(default, ast.Name):
                message = _CONSTANT_MESSAGE.format(argument.arg, default.id)
            if not isinstance(default, ast.Name) or changes_or_lets_out(function, argument.arg):
                fix = None if isinstance(default, _NEVER_FIXED) or isinstance(function, ast.Lambda) else Safety.SAFE
                yield RULE.finding(file, file.source.span_of(default), message, fix=fix)


def _arguments_with_defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    if arguments.defaults:
        yield from zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield argument, default


def _is_mutable(value: ast.expr, file: File, scope: Scope) -> bool:
    if isinstance(value, _DISPLAYS):
        return True
    if isinstance(value, ast.NamedExpr):
        return _is_mutable(value.value, file, scope)
    if isinstance(value, ast.Call):
        function = value.func.value if isinstance(value.func, ast.Subscript) else value.func
        return file.resolve(function, scope) in _CONSTRUCTORS
    return isinstance(value, ast.Name) and _is_mutable_constant(value, file, scope)


def _is_mutable_constant(name: ast.Name, file: File, scope: Scope) -> bool:
    """Whether a name is a module-level one with one value, and that is mutable."""
    found = scope.lookup(name.id)
    if found is None or found[0].kind is not ScopeKind.MODULE or len(without_placeholders(found[1])) != 1:
        return False
    binding = found[1][0]
    value = binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
    if binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION) or not isinstance(value, ast.expr):
        return False
    if isinstance(binding.value, ast.AnnAssign) and _is_read_only(binding.value.annotation, file, found[0]):
        return False
    return not isinstance(value, ast.Name) and _is_mutable(value, file, found[0])


def _is_read_only(annotation: ast.expr | None, file: File, scope: Scope) -> bool:
    """Whether an annotation, quoted or not, names only types that offer no way to change the value."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return False
    if annotation is None:
        return False
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _all_read_only([annotation.left, annotation.right], file, scope)
    if isinstance(annotation, ast.Subscript):
        name = (file.resolve(annotation.value, scope) or "").replace("typing_extensions.", "typing.")
        if name in _WRAPPERS:
            items = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            if name == "typing.Annotated":
                return _all_read_only(items[:1], file, scope) or _has_framework_marker(items[1:], file, scope)
            return _all_read_only(items, file, scope)
        annotation = annotation.value
    module, _, last = (file.resolve(annotation, scope) or "").rpartition(".")
    # typing.Set is the mutable one, collections.abc.Set is not.
    return module in _TYPE_MODULES and last in _READ_ONLY and (last != "Set" or module == "collections.abc")


def _all_read_only(annotations: list[ast.expr], file: File, scope: Scope) -> bool:
    kept = [item for item in annotations if not (isinstance(item, ast.Constant) and item.value is None)]
    return bool(kept) and all(_is_read_only(item, file, scope) for item in kept)


def _has_framework_marker(metadata: list[ast.expr], file: File, scope: Scope) -> bool:
    markers = [item.func if isinstance(item, ast.Call) else item for item in metadata]
    return any((file.resolve(item, scope) or "").partition(".")[0] in _COPYING_FRAMEWORKS for item in markers)


def _is_only_declared(function: Function, file: File, scope: Scope) -> bool:
    """Whether this is a stub, an overload or an abstract method."""
    if file.path.endswith(".pyi"):
        return True
    if isinstance(function, ast.Lambda):
        return False
    decorators = {(file.resolve(item, scope) or "").rpartition(".")[2] for item in function.decorator_list}
    return bool(decorators & {"overload", "abstractmethod"}) or _is_stub_body(function.body)


def _is_stub_body(body: list[ast.stmt]) -> bool:
    """A body of nothing but ``...`` and a docstring."""
    values = [statement.value if isinstance(statement, ast.Expr) else None for statement in body]
    return all(isinstance(value, ast.Constant) for value in values) and any(
        isinstance(value, ast.Constant) and value.value is ... for value in values
    )
