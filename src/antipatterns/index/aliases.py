"""What type aliases promise: ``A = list[T]``, ``A: TypeAlias = "T"``, ``type A = T | None``, ``NewType("A", T)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind, Either, Item, Text
from antipatterns.index.star_imports import find_exporter
from antipatterns.index.values import External, ModuleObject

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding, Expression
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver

_MOST_STEPS = 10
_NEW_TYPES = frozenset({"typing.NewType", "typing_extensions.NewType"})


def find_aliased(resolver: Resolver, name: Expression, here: Definition) -> tuple[Expression, Definition] | None:
    """The annotation for which a name in an annotation stands, and where it is written; None where it is no alias."""
    found = find_binding(resolver, name, here) if isinstance(name, str) else None
    if found is None:
        return None
    binding, owner = found
    value = binding.value
    if isinstance(value, int):
        value = _new_type(resolver, value, owner)
    elif isinstance(value, Text):
        value = value if _is_declared(binding) else None
    elif not isinstance(value, (str, Item, Either)):
        value = None
    return (value, owner) if value is not None else None


def find_binding(resolver: Resolver, path: str, here: Definition) -> tuple[Binding, Definition] | None:
    """The one assignment to a name, followed through imports."""
    prefix, _, last = path.rpartition(".")
    if prefix:
        module = resolver.value_of(prefix, here, None)
        bound = _in_module(module, last) if isinstance(module, ModuleObject) else None
    else:
        bound = here.lookup(last) or _from_star_imports(resolver, last, here.module)
    for _ in range(_MOST_STEPS):
        if bound is None or len(bound[1]) != 1:
            return None
        owner, (binding,) = bound
        if binding.kind is BindingKind.ASSIGNMENT:
            return binding, owner
        parts = owner.module.absolute(binding.value) if _is_import(binding) else None  # type: ignore[arg-type]
        source = resolver.modules.find(parts[:-1], owner.module) if parts else None
        bound = _in_module(ModuleObject(source), parts[-1]) if parts and source is not None else None
    return None


def _is_import(binding: Binding) -> bool:
    return binding.kind is BindingKind.IMPORT and isinstance(binding.value, str)


def _in_module(module: ModuleObject, name: str) -> tuple[Definition, tuple[Binding, ...]] | None:
    definition = module.module.definition
    bindings = definition.unit.body.bindings.get(name)
    return (definition, bindings) if bindings else None


def _from_star_imports(resolver: Resolver, name: str, module: Module) -> tuple[Definition, tuple[Binding, ...]] | None:
    exporter = find_exporter(resolver.modules, name, module)
    return None if exporter is None or isinstance(exporter, str) else _in_module(ModuleObject(exporter), name)


def _is_declared(binding: Binding) -> bool:
    """Whether an assignment says that it makes an alias: only then a text is the source of a type."""
    annotation = binding.annotation
    return isinstance(annotation, str) and annotation.rpartition(".")[2] == "TypeAlias"


def _new_type(resolver: Resolver, index: int, owner: Definition) -> Expression:
    call = owner.unit.body.calls[index]
    callee = resolver.value_of(call.function, owner, None)
    is_new_type = isinstance(callee, External) and callee.name in _NEW_TYPES and len(call.arguments) == 2
    return call.arguments[1] if is_new_type else None
