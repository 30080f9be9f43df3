"""What names and expressions of a unit stand for, through imports, classes, annotations and results of calls."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.facts.model import (
    Awaited,
    Binding,
    BindingKind,
    Either,
    Expression,
    Item,
    Items,
    Lambda,
    Literal,
    Member,
    Operation,
    Pairs,
    Text,
)
from antipatterns.index.annotations import annotated_value
from antipatterns.index.answers import UNASKED, Answers
from antipatterns.index.constructions import Constructions
from antipatterns.index.containers import FILLED, Fillings, item_of, value_of_items, value_of_pairs
from antipatterns.index.definitions import is_optional, says_nothing
from antipatterns.index.holders import Holder, Holders
from antipatterns.index.implementations import Implementations, implementations_in
from antipatterns.index.members import Members
from antipatterns.index.near import Near
from antipatterns.index.properties import Touched
from antipatterns.index.results import Results, typed
from antipatterns.index.star_imports import find_exporter
from antipatterns.index.values import (
    Choice,
    ClassObject,
    External,
    Function,
    Gives,
    Instance,
    ModuleObject,
    Value,
    chosen,
    one_of,
)

if TYPE_CHECKING:
    from antipatterns.facts.model import Call
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.modules import Modules

_EMPTY_TEXT = Literal("")
_READ = frozenset({Function, ClassObject, ModuleObject, Instance})
_BUILTINS = frozenset(dir(builtins))


class Resolver:
    """Answers what expressions stand for; every answer is kept."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._answers = Answers()
        self.members = Members(self, self._answers)
        self.results = Results(self)
        self.fillings = Fillings(self)
        near = Near(modules)
        self.implementations = Implementations(self, near)
        self.constructions = Constructions(self, near)
        self.holders = Holders(self)
        self.touched = Touched(self)

    def value_of(self, expression: Expression, here: Definition, self_class: Definition | None) -> Value:
        """What an expression in a unit stands for; ``self_class`` is the concrete class around it, if any."""
        if expression is None:
            return None
        key = (here, self_class, expression)
        known = self._answers.known.get(key, UNASKED)
        if known is not UNASKED:
            return known  # type: ignore[return-value]
        find = self._value_of_path if expression.__class__ is str else self._find
        found: Value = self._answers.ask(key, find, expression, here, self_class)
        return found

    def callee_of(self, call: Call, here: Definition, self_class: Definition | None) -> Value:
        """What a call in a unit calls; a name that is bound several times may be settled where it stands."""
        value = self.value_of(call.function, here, self_class)
        is_open = value is None or isinstance(value, Choice)
        if not is_open or not here.unit.body.settled or not isinstance(call.function, str):
            return value
        name, _, rest = call.function.partition(".")
        binding = here.settled(name, call.place[0], call.place[2])
        if binding is None:
            return value
        return self.follow(self.value_of_binding(binding, here, self_class), rest.split(".") if rest else [])

    def _find(self, expression: Expression, here: Definition, self_class: Definition | None) -> Value:
        if isinstance(expression, int):
            return self.results.of_call(here.unit.body.calls[expression], here, self_class)
        if isinstance(expression, Member):
            return self.follow(self.value_of(expression.value, here, self_class), expression.path.split("."))
        if isinstance(expression, Either):
            given = self.holders.of_either(expression, here, self_class)
            if given is not None:
                return given
            options = [(self.value_of(one, here, self_class), one) for one in expression.options]
            return chosen([value for value, one in options if value is not None or not _is_missing(one, here)])
        if isinstance(expression, Awaited):
            return self.results.of_awaiting(expression.value, here, self_class)
        if isinstance(expression, Lambda):
            return Function(here.children[expression.child], self_class)
        if isinstance(expression, (Text, Literal, Items, Pairs, Operation)):
            return self._value_of_data(expression, here, self_class)
        return self._value_of_item(expression, here, self_class) if isinstance(expression, Item) else None

    def _value_of_data(
        self, data: Text | Literal | Items | Pairs | Operation, here: Definition, self_class: Definition | None
    ) -> Value:
        if isinstance(data, Text) or data == _EMPTY_TEXT:
            return Instance("builtins.str")
        if isinstance(data, Items):
            return value_of_items(self, data, here, self_class)
        if isinstance(data, Pairs):
            return value_of_pairs(self, data, here, self_class)
        if isinstance(data, Operation):
            left = self.value_of(data.left, here, self_class)
            if data.operator == "/" and isinstance(left, Instance) and isinstance(left.of, str):
                return typed(libraries.result_type(f"{left.of}.__truediv__"))
        return None

    def _value_of_item(self, item: Item, here: Definition, self_class: Definition | None) -> Value:
        """``C[T]`` stands for the class; ``xs[0]`` is known of containers, and where a class has ``__getitem__``."""
        value = self.value_of(item.value, here, self_class)
        if isinstance(value, (ClassObject, External)):
            return value
        if not isinstance(value, Instance):
            return item_of(value, item.index)
        if isinstance(value.of, str):
            return typed(libraries.result_type(f"{value.of}.__getitem__"))
        return self.results.of_method(value.of, "__getitem__")

    def _value_of_path(self, path: str, here: Definition, self_class: Definition | None) -> Value:
        prefix, _, last = path.rpartition(".")
        if prefix:
            narrow = here.unit.body.bindings.get(path)
            if narrow and prefix != here.receiver and len(narrow) == 1:
                return self.value_of_binding(narrow[0], here, self_class)
            return self.members.of(self.value_of(prefix, here, self_class), last)
        return self._value_of_name(path, here, self_class)

    def follow(self, value: Value, names: list[str]) -> Value:
        """The value of ``value.name.name…``."""
        for name in names:
            value = self.members.of(value, name)
        return value

    def _value_of_name(self, name: str, here: Definition, self_class: Definition | None) -> Value:
        found = here.lookup(name)
        if found is not None:
            owner, bindings = found
            value = self.value_of_bindings(bindings, owner, self_class if owner.parent is not None else None)
            if value.__class__ not in FILLED:
                return value
            bound = [(binding, owner) for binding in bindings]
            return self.fillings.with_puts(value, owner, name, bound, self_class)
        return self._value_from_elsewhere(name, here.module)

    def _value_from_elsewhere(self, name: str, module: Module) -> Value:
        """What star imports bring along, else a builtin."""
        exporter = find_exporter(self.modules, name, module)
        if exporter is None:
            return External(f"builtins.{name}") if name in _BUILTINS else None
        if isinstance(exporter, str):
            known = libraries.canonical(f"{exporter}.{name}")
            return External(known) if libraries.is_known(known) else None
        return self.members.of(ModuleObject(exporter), name)

    def value_of_bindings(
        self, bindings: tuple[Binding, ...], owner: Definition, self_class: Definition | None
    ) -> Value:
        """What a name stands for that is bound in these places: the annotated type, or what all agree on."""
        if len(bindings) == 1 and bindings[0].annotation is None:  # as a rule
            return self.value_of_binding(bindings[0], owner, self_class)
        if len(bindings) > 1 and owner.unit.body.type_only:
            value = self._value_at_run_time(bindings, owner, self_class)
            if value is not None:
                return value
        promised: Value = None
        for binding in bindings:
            if binding.annotation is not None and binding.kind is BindingKind.ASSIGNMENT:
                promised = annotated_value(self, binding.annotation, owner, self_class)
                if promised is not None and not isinstance(promised, Gives):
                    return promised
        kept = [one for one in bindings if not says_nothing(one)] or list(bindings)
        if len(kept) > 1 and owner.unit.body.stand_ins:
            kept = self._without_stand_ins(kept, owner)
        if len(kept) > 1 and all(one.kind is BindingKind.FUNCTION for one in kept):
            functions = implementations_in([owner.children[one.child] for one in kept if one.child >= 0], self)
            return one_of([Function(one, self_class) for one in functions])
        values = [self.value_of_binding(one, owner, self_class) for one in kept]
        if None in values:  # what a caller need not give, and of which nobody knows the type, is what is made instead
            values = [value for value, one in zip(values, kept, strict=True) if value or not is_optional(one)] or values
        return chosen(values) or promised  # a callable that is there says more than the type of any

    def _value_at_run_time(
        self, bindings: tuple[Binding, ...], owner: Definition, self_class: Definition | None
    ) -> Value:
        """The class or function that a name stands for which a type checker is told to be something else."""
        lines = owner.unit.body.type_only
        kept = tuple([one for one in bindings if not any(first <= one.line <= last for first, last in lines)])
        value = self.value_of_bindings(kept, owner, self_class) if 0 < len(kept) < len(bindings) else None
        return value if isinstance(value, (ClassObject, Function)) else None

    def _without_stand_ins(self, bindings: list[Binding], owner: Definition) -> list[Binding]:
        """The bindings of a name without what is given to it where an import fails, if that import does not."""
        lines = owner.unit.body.stand_ins
        first = [one for one in bindings if not any(begin <= one.line <= end for begin, end in lines)]
        return first if first and all(self._is_there(one, owner) for one in first) else bindings

    def _is_there(self, binding: Binding, owner: Definition) -> bool:
        """Whether an import surely works: of the standard library, or of another package that is read.

        A module of the same one may in turn import what is not there.
        """
        if binding.kind is not BindingKind.IMPORT or not isinstance(binding.value, str):
            return False
        root = binding.value.partition(".")[0]
        if root in sys.stdlib_module_names:
            return True
        is_of_same = not root or root == owner.module.parts[0]
        return not is_of_same and self.value_of_binding(binding, owner, None).__class__ in _READ

    def value_of_binding(self, binding: Binding, owner: Definition, self_class: Definition | None) -> Value:
        """What one binding gives a name of a unit."""
        kind = binding.kind
        if kind is BindingKind.IMPORT and isinstance(binding.value, str):
            return self.imported(binding.value, owner.module)
        if kind is BindingKind.FUNCTION:
            return Function(owner.children[binding.child], self_class) if binding.child >= 0 else None
        if kind is BindingKind.CLASS:
            return ClassObject(owner.children[binding.child]) if binding.child >= 0 else None
        if kind is BindingKind.PARAMETER:
            return self._value_of_parameter(binding, owner, self_class)
        value = self.value_of(binding.value, owner, self_class)
        if kind is BindingKind.ITERATION:
            element = self.results.element_of(value)
            return item_of(element, Literal(binding.child)) if binding.child >= 0 else element
        if kind is BindingKind.CONTEXT:
            return self.results.entered(value)
        if kind is BindingKind.ASYNC_CONTEXT:
            return self.results.entered_async(value)
        if kind is BindingKind.ASYNC_ITERATION:
            return self.results.async_element_of(value)
        is_matched = kind is BindingKind.OTHER and binding.annotation is not None
        if is_matched:
            value = annotated_value(self, binding.annotation, owner, self_class)
        return value if is_matched or kind is BindingKind.ASSIGNMENT else None

    def _value_of_parameter(self, binding: Binding, owner: Definition, self_class: Definition | None) -> Value:
        around = owner.parent or owner
        if isinstance(self_class, Holder) and owner.unit.name == "__init__":
            name = next(one for one, bound in owner.unit.body.bindings.items() if bound[0] is binding)
            held = self.holders.value_of(name, owner, self_class)
            if held is not None:
                return held
        if binding.annotation is not None:
            value = annotated_value(self, binding.annotation, around, self_class)
            if value is not None:
                return value
        if isinstance(binding.value, int):
            return self.results.injected(around.unit.body.calls[binding.value], around)
        receiver = owner.receiver
        if receiver is not None and owner.unit.body.bindings.get(receiver, (None,))[0] is binding:
            concrete = self_class or owner.enclosing_class
            assert concrete is not None
            is_class = "classmethod" in owner.unit.decorators or owner.unit.name in ("__new__", "__init_subclass__")
            return ClassObject(concrete.original) if is_class else Instance(concrete)
        return None

    def promised(self, annotation: Expression, here: Definition) -> Value:
        """The value that an annotation promises, written somewhere by itself: it may be the part of a circle."""
        key = ("promised", here, annotation)
        known = self._answers.known.get(key, UNASKED)
        if known is not UNASKED:
            return known  # type: ignore[return-value]
        found: Value = self._answers.ask(key, annotated_value, self, annotation, here, None)
        return found

    def imported(self, dotted: str, importer: Module) -> Value:
        """What an imported dotted name stands for: a module, something in one, or an external name."""
        parts = importer.absolute(dotted)
        if parts is None:
            return None
        key = (importer, parts)
        known = self._answers.known.get(key, UNASKED)
        if known is not UNASKED:
            return known  # type: ignore[return-value]
        found: Value = self._answers.ask(key, self._import, parts, importer, dotted.startswith("."))
        return found

    def _import(self, parts: tuple[str, ...], importer: Module, is_relative: bool) -> Value:
        if not is_relative:
            known = libraries.canonical(".".join(parts))
            if libraries.is_known(known):
                return External(known)
        for length in (*range(len(parts) - 1, 0, -1), len(parts)):
            module = self.modules.find(parts[:length], importer)
            if module is importer and length < len(parts):  # "from . import module" in a package
                inner = self.modules.find(parts[: length + 1], importer)
                if inner is not None:
                    return self.follow(ModuleObject(inner), list(parts[length + 1 :]))
            if module is not None:
                return self.follow(ModuleObject(module), list(parts[length:]))
        return None if is_relative else External(libraries.canonical(".".join(parts)))


def _is_missing(option: Expression, here: Definition) -> bool:
    """Whether one of several values is there for want of another: None, or what a caller need not give."""
    if isinstance(option, Literal):
        return option.value is None
    found = here.lookup(option) if isinstance(option, str) else None
    return found is not None and all(
        says_nothing(one) or is_optional(one) or _stands_in(option, one.value) for one in found[1]
    )


def _stands_in(name: Expression, value: Expression) -> bool:
    """Whether a name is only given what it had or something else: ``name = name or f()``."""
    return isinstance(value, Either) and name in value.options
