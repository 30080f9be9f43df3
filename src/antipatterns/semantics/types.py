"""What type a value in one file surely has: constructors, annotations, known results, attributes of ``self``.

A type is the canonical dotted name of a class that ``knowledge/`` knows, ``Iterator[…]`` of one, or the scope of
a class of this file. Whatever is not sure is None.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.offloaders import AWAITED_THREADS
from antipatterns.knowledge.readiness import HARMLESS_WITH
from antipatterns.semantics.names import definition_of, resolve_name, scope_of_definition, without_placeholders
from antipatterns.semantics.reaching import reaching_bindings
from antipatterns.semantics.scope import Binding, BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File

Type = str | Scope | None

_MAX_DEPTH = 12
_TRANSPARENT_GENERICS = {
    "typing.Optional",
    "typing.Annotated",
    "typing.Final",
    "typing.ClassVar",
    "typing.Required",
}
_ITERABLES = {
    *(
        "list",
        "set",
        "frozenset",
        "tuple",
        "List",
        "Set",
        "FrozenSet",
        "Tuple",
        "Sequence",
        "MutableSequence",
    ),
    *("Iterable", "Iterator", "Collection", "Generator", "AbstractSet", "deque"),
}


class Types:
    """The type questions of one file, each answered once."""

    def __init__(self, file: File) -> None:
        self.file = file
        self._known: dict[ast.AST, Type] = {}
        self._depth = 0

    def type_of(self, expression: ast.expr, scope: Scope) -> Type:
        """The type of the value of an expression, or None."""
        if expression in self._known:
            return self._known[expression]
        if self._depth >= _MAX_DEPTH:
            return None
        self._known[expression] = None  # a value that depends on itself has no sure type
        self._depth += 1
        try:
            found = self._infer(expression, scope)
        finally:
            self._depth -= 1
        self._known[expression] = found
        return found

    def callee(self, function: ast.expr, scope: Scope) -> str | None:
        """The canonical dotted name of what a call calls: ``module.function`` or ``module.Class.method``."""
        dotted = resolve_name(function, scope)
        if dotted is not None:
            return _method_of_variable(libraries.canonical(dotted))
        if isinstance(function, ast.Attribute):
            method = self._method(self.type_of(function.value, scope), function.attr)
            if method is not None:
                return method
        made = self.type_of(function, scope)
        return f"{made}.__call__" if isinstance(made, str) else None

    def _method(self, owner: Type, name: str) -> str | None:
        """The dotted name of a method of a type; None where a class of this file defines its own."""
        for base in self._lineage(owner):
            if isinstance(base, str):
                return f"{base}.{name}"
            if name in base.bindings:
                return None
        return None

    def _lineage(self, owner: Type) -> Iterator[str | Scope]:
        """A class and its bases, left to right and depth first, each once; those of known classes are not listed."""
        waiting, seen = [owner], set()
        while waiting:
            found = waiting.pop(0)
            if found is not None and found not in seen:
                seen.add(found)
                yield found
                waiting[:0] = self._bases(found) if isinstance(found, Scope) else []

    def _bases(self, owner: Scope) -> list[Type]:
        assert isinstance(owner.node, ast.ClassDef)
        outside = owner.parent or owner
        return [self._class_named(base, outside) for base in owner.node.bases]

    def _class_named(self, expression: ast.expr, scope: Scope) -> Type:
        """The class that an expression names: of this file, or known."""
        if isinstance(expression, ast.Subscript):
            expression = expression.value
        definition = definition_of(expression, scope)
        if definition is not None:
            owner, binding = definition
            return scope_of_definition(owner, binding.node) if binding.kind is BindingKind.CLASS else None
        dotted = resolve_name(expression, scope)
        if dotted is None:
            return None
        name = libraries.canonical(dotted)
        return name if libraries.is_known_class(name) else None

    def _infer(self, expression: ast.expr, scope: Scope) -> Type:  # noqa: PLR0911 - a table of kinds
        if isinstance(expression, ast.Name):
            return self._type_of_name(expression, scope)
        if isinstance(expression, ast.Call):
            return self._type_of_call(expression, scope)
        if isinstance(expression, (ast.Attribute, ast.Subscript)):
            return self._type_of_part(expression, scope)
        if isinstance(expression, (ast.Constant, ast.JoinedStr)):
            return _type_of_text(expression)
        if isinstance(expression, ast.NamedExpr):
            return self.type_of(expression.value, scope)
        if isinstance(expression, ast.Await):
            return self._type_of_awaited(expression.value, scope)
        if isinstance(expression, ast.BinOp):
            return self._type_of_operation(expression, scope)
        if isinstance(expression, ast.BoolOp):
            return self._agreed([self.type_of(value, scope) for value in expression.values])
        if isinstance(expression, ast.IfExp):
            return self._agreed([self.type_of(expression.body, scope), self.type_of(expression.orelse, scope)])
        return None

    @staticmethod
    def _agreed(types: list[Type]) -> Type:
        return types[0] if types and all(found == types[0] for found in types) else None

    def _type_of_operation(self, operation: ast.BinOp, scope: Scope) -> Type:
        left = self.type_of(operation.left, scope)
        if isinstance(operation.op, ast.Div) and isinstance(left, str):
            return libraries.result_type(f"{left}.__truediv__")
        if isinstance(operation.op, (ast.Add, ast.Mod)):
            right = self.type_of(operation.right, scope)
            return _STRING if _STRING in (left, right) else None
        return None

    def _type_of_call(self, call: ast.Call, scope: Scope) -> Type:
        constructed = self._class_named(call.func, scope)
        if isinstance(constructed, Scope):
            return constructed
        name = self.callee(call.func, scope)
        if name is not None:
            is_other = _is_given_a_class(call, name) or _is_harmless(call, name, scope)
            return None if is_other else libraries.result_type(name)
        definition = definition_of(call.func, scope)
        if definition is None or not isinstance(definition[1].node, ast.FunctionDef):
            return None
        owner, binding = definition
        return self._returned(binding.node, owner) if isinstance(binding.node, ast.FunctionDef) else None

    def _type_of_awaited(self, awaited: ast.expr, scope: Scope) -> Type:
        """What a known coroutine function gives, or a thread: the result of the function that it was given."""
        if not isinstance(awaited, ast.Call):
            return None
        name = self.callee(awaited.func, scope)
        known = None if name is None else libraries.awaited_type(name)
        if known is not None or not awaited.args:
            return known
        if name not in AWAITED_THREADS and name != "functools.partial":
            return None
        function, *rest = awaited.args
        if isinstance(function, ast.Call):
            return self._type_of_awaited(function, scope)
        return self._type_of_call(ast.Call(function, rest, awaited.keywords), scope)

    def _returned(self, function: ast.FunctionDef, owner: Scope) -> Type:
        """The annotated result of a function of this file; what a decorator makes of it nobody knows here."""
        return self.type_of_annotation(function.returns, owner) if not function.decorator_list else None

    def _type_of_part(self, expression: ast.Attribute | ast.Subscript, scope: Scope) -> Type:
        if isinstance(expression, ast.Subscript):
            holder = self.type_of(expression.value, scope)
            return libraries.result_type(f"{holder}.__getitem__") if isinstance(holder, str) else None
        dotted = resolve_name(expression, scope)
        if dotted is not None:
            return libraries.variable_type(libraries.canonical(dotted))
        owner = self.type_of(expression.value, scope)
        if isinstance(owner, str):
            return libraries.attribute_type(owner, expression.attr)
        if isinstance(owner, Scope):
            return self._attribute_of_class(owner, expression.attr)
        return None

    def _attribute_of_class(self, owner: Scope, attribute: str) -> Type:
        """The type of an attribute in the nearest class of the lineage that has it."""
        for base in self._lineage(owner):
            if isinstance(base, str):
                return libraries.attribute_type(base, attribute)
            found = bindings_of_attribute(base, attribute)
            if found:
                return self._type_of_attribute_bindings(found)
        return None

    def _type_of_attribute_bindings(self, found: list[tuple[Binding, Scope]]) -> Type:
        """The type that all assignments to an attribute, in the class body and through ``self``, agree on."""
        for binding, scope in found:
            if binding.kind is BindingKind.ANNOTATION:
                return self._type_of_binding(binding, scope)
        kept = without_placeholders([binding for binding, _ in found])
        return self._agreed([self._type_of_binding(binding, scope) for binding, scope in found if binding in kept])

    def _type_of_name(self, name: ast.Name, scope: Scope) -> Type:
        dotted = resolve_name(name, scope)
        if dotted is not None:
            return libraries.variable_type(libraries.canonical(dotted))
        found = scope.lookup(name.id)
        if found is None:
            return None
        owner, bindings = found
        if len(bindings) > 1 and owner is scope.function and owner.kind is ScopeKind.FUNCTION:
            bindings = reaching_bindings(bindings, name, self.file.parents_in(owner))
        kept = without_placeholders(bindings)
        return self._agreed([self._type_of_binding(binding, owner) for binding in kept])

    def _type_of_binding(self, binding: Binding, owner: Scope) -> Type:
        value = binding.value
        if binding.kind is BindingKind.PARAMETER and isinstance(value, ast.arg):
            return self._type_of_parameter(value, owner)
        if binding.kind is BindingKind.ASSIGNMENT and isinstance(value, ast.expr):
            return self.type_of(value, owner)
        if binding.kind is BindingKind.ANNOTATION and isinstance(value, ast.AnnAssign):
            return self.type_of_annotation(value.annotation, owner) or (
                self.type_of(value.value, owner) if value.value is not None else None
            )
        if binding.kind is BindingKind.CONTEXT and isinstance(value, ast.withitem):
            return self._entered(self.type_of(value.context_expr, owner))
        if binding.kind is BindingKind.OTHER and isinstance(value, ast.withitem):
            return self._entered_asynchronously(self.type_of(value.context_expr, owner))
        if binding.kind is BindingKind.ITERATION and isinstance(value, ast.expr):
            return _element(self.type_of(value, owner))
        if binding.kind is BindingKind.FUNCTION and isinstance(value, ast.FunctionDef) and _is_property(value):
            return self.type_of_annotation(value.returns, owner)
        return None

    @staticmethod
    def _entered(manager: Type) -> Type:
        """What ``with manager as name`` binds: the manager itself, unless the tables say otherwise."""
        if not isinstance(manager, str):
            return None
        return libraries.result_type(f"{manager}.__enter__") or manager

    @staticmethod
    def _entered_asynchronously(manager: Type) -> Type:
        """What ``async with manager as name`` binds, where the tables say it."""
        return libraries.awaited_type(f"{manager}.__aenter__") if isinstance(manager, str) else None

    def _type_of_parameter(self, arg: ast.arg, owner: Scope) -> Type:
        if arg.annotation is not None:
            return _packed(self.type_of_annotation(arg.annotation, owner.parent or owner), arg, owner)
        return owner.enclosing_class if _receiver(owner) == arg.arg else None

    def type_of_annotation(self, annotation: ast.expr | None, scope: Scope) -> Type:
        """The type an annotation gives: ``T``, ``T | None``, ``Optional[T]``, quoted; ``list[T]`` as an iterable."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value.strip(), mode="eval").body
            except (SyntaxError, ValueError):
                return None
        if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
            sides = [side for side in (annotation.left, annotation.right) if not _is_none(side)]
            return self._agreed([self.type_of_annotation(side, scope) for side in sides])
        if isinstance(annotation, ast.Subscript):
            return self._type_of_generic(annotation, scope)
        return self._class_named(annotation, scope) if annotation is not None else None

    def _type_of_generic(self, annotation: ast.Subscript, scope: Scope) -> Type:
        generic = (resolve_name(annotation.value, scope) or "").replace("typing_extensions.", "typing.")
        index = annotation.slice
        items = index.elts if isinstance(index, ast.Tuple) else [index]
        if generic == "typing.Union":
            items = [item for item in items if not _is_none(item)]
            return self._agreed([self.type_of_annotation(item, scope) for item in items])
        if generic in _TRANSPARENT_GENERICS and items:
            return self.type_of_annotation(items[0], scope)
        if generic.rpartition(".")[2] in _ITERABLES and items:
            element = self.type_of_annotation(items[0], scope)
            return f"Iterator[{element}]" if isinstance(element, str) else None
        return self._class_named(annotation.value, scope)


def _method_of_variable(name: str) -> str:
    """A dotted name as it is or, where it leads through a variable of a known module, by the variable's class."""
    owner, _, last = name.rpartition(".")
    kind = libraries.variable_type(owner)
    return f"{kind}.{last}" if kind is not None else name


_STRING = "builtins.str"


def _type_of_text(expression: ast.Constant | ast.JoinedStr) -> Type:
    is_text = isinstance(expression, ast.JoinedStr) or isinstance(expression.value, str)
    return _STRING if is_text else None


def _is_harmless(call: ast.Call, name: str, scope: Scope) -> bool:
    """Whether an argument makes a callable give something that waits for nobody."""
    constants = HARMLESS_WITH.get(name, ())
    given = [*call.args, *(keyword.value for keyword in call.keywords)] if constants else []
    flags = [flag for one in given for flag in _joined(one)]
    named = [one.value if isinstance(one, ast.Constant) else resolve_name(one, scope) for one in flags]
    return any(one in constants for one in named)


def _joined(value: ast.expr) -> list[ast.expr]:
    """The flags that ``|`` joins, or the value itself."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        return [*_joined(value.left), *_joined(value.right)]
    return [value]


def _is_given_a_class(call: ast.Call, name: str) -> bool:
    """Whether a factory such as ``sessionmaker`` is told to make instances of another class than its usual one."""
    wanted = libraries.type_argument(name)
    if wanted is None:
        return False
    position, keyword = wanted
    return len(call.args) > position or any(item.arg == keyword for item in call.keywords)


def _element(iterable: Type) -> Type:
    """What a loop over ``Iterator[T]``, ``list[T]`` and the like gives."""
    if isinstance(iterable, str) and iterable.endswith("]"):
        return iterable[:-1].partition("[")[2].partition(",")[0]
    return None


def _packed(annotated: Type, arg: ast.arg, owner: Scope) -> Type:
    """The type of a parameter: ``*args: T`` gives many of the annotated type, ``**kwargs: T`` a dict."""
    arguments = getattr(owner.node, "args", None)
    if arguments is None or arg is arguments.kwarg:
        return None
    if arg is arguments.vararg:
        return f"Iterator[{annotated}]" if isinstance(annotated, str) else None
    return annotated


def bindings_of_attribute(owner: Scope, attribute: str) -> list[tuple[Binding, Scope]]:
    """The bindings of an attribute in a class body and through the receivers of its methods, with their scopes."""
    found = [(binding, owner) for binding in owner.bindings.get(attribute, ())]
    for child in owner.children:
        for method in child.children if child.kind is ScopeKind.TYPE_PARAMETERS else [child]:
            receiver = _receiver(method)
            bindings = method.bindings.get(f"{receiver}.{attribute}", ()) if receiver else ()
            found += [(binding, method) for binding in bindings]
    return found


def _receiver(method: Scope) -> str | None:
    """The name of the parameter that receives the instance, if this is the scope of an ordinary method."""
    node = method.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or method.enclosing_class is None:
        return None
    if any(isinstance(item, ast.Name) and item.id == "staticmethod" for item in node.decorator_list):
        return None
    positional = [*node.args.posonlyargs, *node.args.args]
    return positional[0].arg if positional else None


def _is_property(node: ast.FunctionDef) -> bool:
    names = {item.id if isinstance(item, ast.Name) else getattr(item, "attr", "") for item in node.decorator_list}
    return bool(names & {"property", "cached_property"})


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
