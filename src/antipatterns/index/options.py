"""What attributes of packages hold as long as nobody gives another option: what is off unless a program turns it on."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING

from antipatterns.facts.model import EMPTY, OFF, BindingKind, Either, Items, Literal, Pairs, Test
from antipatterns.index.handed import last_name
from antipatterns.index.kinds import Kind
from antipatterns.index.values import External, Instance, ModuleObject
from antipatterns.knowledge.environment import CONTEXT_VARIABLES, SERVER

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding, Expression, Guard
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Function, Value

Constant = bool | int | float | str | tuple[str, ...] | Kind | None
ANYTHING = object()
"""A value that nobody knows."""
OBJECT = ("object",)
"""Stands for something that is neither nothing nor a text."""


class Options:
    """Answers for the calls of one module: an option that it gives by its keyword anywhere may be anything."""

    def __init__(self, resolver: Resolver, module: Module) -> None:
        self.resolver = resolver
        self._module = module
        self._called: frozenset[str] | None = None
        self._given: dict[str, object] | None = None
        self._known: dict[tuple[str | Guard, Function], object] = {}

    def value_of(self, path: str, function: Function) -> object:
        """What a constant holds, or an attribute if that is False or None unless somebody wants more; else ANYTHING."""
        key = (path, function)
        if key not in self._known:
            self._known[key] = self._find(path, function)
        return self._known[key]

    def is_flag_off(self, guard: Guard, function: Function) -> bool:
        """Whether a guard lets through what a module's variable is not unless a program sets it."""
        prefix, _, name = guard.path.rpartition(".")
        here = function.definition
        if not prefix or prefix == here.receiver:
            return False
        key = (guard, function)
        if key not in self._known:
            owner = self.resolver.value_of(prefix, here, function.self_class)
            module = owner.module if isinstance(owner, ModuleObject) else None
            value = _constant(module.definition.unit.body.bindings.get(name, ())) if module is not None else ANYTHING
            self._known[key] = value is not ANYTHING and not holds(guard, value)  # type: ignore[arg-type]
        return bool(self._known[key])

    def _find(self, path: str, function: Function) -> object:
        prefix, _, name = path.rpartition(".")
        if name == _GET:
            return self._default_of_variable(prefix, function)
        if not prefix:
            return _constant(function.definition.module.definition.unit.body.bindings.get(name, ()))
        owner: Value = self.resolver.value_of(prefix, function.definition, function.self_class)
        if isinstance(owner, External):
            return SERVER.get(f"{owner.name}.{name}", ANYTHING)
        if not isinstance(owner, Instance) or isinstance(owner.of, str):
            return ANYTHING
        found = self.resolver.members.bound_in(owner.of, name)
        values = {self._usual_value(name, binding, unit) for binding, unit in found if self._is_bound(binding, unit)}
        values.discard(_NOTHING)
        return values.pop() if len(values) == 1 else ANYTHING

    def _default_of_variable(self, name: str, function: Function) -> object:
        """What a context variable of the module holds as long as nobody sets it."""
        definition = function.definition.module.definition
        bindings = definition.unit.body.bindings.get(name, ())
        made = bindings[0].value if len(bindings) == 1 else None
        if not isinstance(made, int):
            return ANYTHING
        call = definition.unit.body.calls[made]
        callee = self.resolver.value_of(call.function, definition, None)
        default = call.keywords.get("default")
        is_known = isinstance(callee, External) and callee.name in CONTEXT_VARIABLES and isinstance(default, Literal)
        return default.value if is_known else ANYTHING  # type: ignore[union-attr]

    def _is_bound(self, binding: Binding, unit: Definition) -> bool:
        """Whether an attribute ordinarily gets its value here: on a loop, as a constructor is called, or a setter."""
        if _runs_off_loop(unit) or (_sets(binding, unit) and unit.unit.name not in self._called_here()):
            return False
        given = self._given_here()
        guards = [one for one in unit.guards if one.first <= binding.line <= one.last]
        return not any(_is_closed(guard, unit, given) for guard in guards)

    def _usual_value(self, name: str, binding: Binding, unit: Definition) -> object:
        """What one binding of an attribute gives it: None or False, or a parameter that is so by default or given."""
        value = binding.value
        if binding.kind is not BindingKind.ASSIGNMENT:
            return ANYTHING
        if unit.is_class and name in self._given_here():  # the field of a dataclass
            return self._given_here()[name]
        if unit.is_class and value is None and binding.annotation is not None:
            return _NOTHING
        if isinstance(value, Either) and len(value.options) == 2:
            value = self._usual_option(value, unit)
        if isinstance(value, str) and unit.unit.name == "__init__":
            bindings = unit.unit.body.bindings.get(value, ())
            if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
                return ANYTHING
            if value in self._given_here():
                return self._given_here()[value]
            value = bindings[0].value
            constant = unit.module.definition.unit.body.bindings.get(value, ()) if isinstance(value, str) else ()
            if len(constant) == 1 and isinstance(constant[0].value, (Items, Pairs)):
                return OBJECT
        return value.value if isinstance(value, Literal) and (type(value.value), value.value) in _OFF else ANYTHING

    def _usual_option(self, either: Either, unit: Definition) -> Expression:
        """Which of two values it is as a rule: of ``given or {}`` the first, else what no parameter asks for."""
        if not either.test:
            return either.options[0] if either.options[1] in EMPTY else None
        name = either.test.removeprefix("not ")
        bindings = unit.unit.body.bindings.get(name, ())
        default = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER else None
        is_left_out = isinstance(default, Literal) and default in OFF and name not in self._given_here()
        return option_for(either, default.value) if is_left_out else None  # type: ignore[union-attr]

    def _called_here(self) -> frozenset[str]:
        """The last names of all that the module calls."""
        if self._called is None:
            calls = (call for unit in self._module.units for call in unit.unit.body.calls)
            self._called = frozenset(last_name(call.function) for call in calls)
        return self._called

    def _given_here(self) -> dict[str, object]:
        """The keywords with which the module calls anything, with the one constant that it gives, or ANYTHING."""
        if self._given is None:
            values: dict[str, set[tuple[type, object]]] = {}
            for call in (call for unit in self._module.units for call in unit.unit.body.calls):
                for keyword, value in call.keywords.items():
                    constant = value.value if isinstance(value, Literal) else ANYTHING
                    values.setdefault(keyword, set()).add((type(constant), constant))  # 1 and True are equal
            self._given = {
                keyword: next(iter(found))[1] if len(found) == 1 else ANYTHING
                for keyword, found in ((keyword, found - _OFF) for keyword, found in values.items())
                if found
            }
        return self._given


def option_for(either: Either, value: object) -> Expression:
    """Which of two values it is where the path of the test between them holds a constant; None where nobody knows."""
    if not either.test or value is ANYTHING or isinstance(value, Kind):
        return None
    is_true = value is not None if either.is_none else bool(value)
    return either.options[is_true is either.test.startswith("not ")]


def holds(guard: Guard, value: Constant) -> bool:
    """Whether a value makes the test of a guard come out as it must for its lines to run."""
    if guard.test is Test.EQUALS:
        found = value == guard.value and type(value) is type(guard.value)
    elif guard.test is Test.HAS_ATTRIBUTE:
        if isinstance(value, tuple):
            return True  # as far as one knows
        found = hasattr(value, str(guard.value))
    elif guard.test is Test.IS_PATH:
        found = isinstance(value, str)
    elif guard.test is Test.STARTS_WITH:
        found = isinstance(value, str) and value.startswith(str(guard.value))
    elif guard.test in (Test.OMITTED, Test.PARTICULAR):
        found = False  # what is known is no such thing
    elif guard.test is Test.IS_INSTANCE and value is not None:
        return True  # as far as one knows
    else:
        found = bool(value)
    return found is guard.expected


def _constant(bindings: tuple[Binding, ...]) -> object:
    """The value of a constant of a module."""
    is_constant = len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT
    value = bindings[0].value if is_constant else None
    return value.value if isinstance(value, Literal) else ANYTHING


_OFF: set[tuple[type, object]] = {(NoneType, None), (bool, False)}
_NOTHING = object()
_GET = "get()"


def _is_closed(guard: Guard, unit: Definition, given: dict[str, object]) -> bool:
    if guard.test is Test.OFF_LOOP:
        return True
    parameter = unit.unit.body.bindings.get(guard.path, ())
    if unit.unit.name != "__init__" or not parameter or parameter[0].kind is not BindingKind.PARAMETER:
        return False
    if any(one.line < guard.first for one in parameter[1:]):
        return False
    if guard.path in given:  # who gives an option gives something
        return guard.test is Test.EQUALS and guard.value is None and guard.expected
    default = parameter[0].value
    return isinstance(default, Literal) and not holds(guard, default.value)


def _sets(binding: Binding, unit: Definition) -> bool:
    """Whether a method that its class calls nowhere stores what it is given."""
    is_method = unit.enclosing_class is not None and unit.unit.name != "__init__" and not unit.unit.decorators
    value = binding.value.partition(".")[0] if isinstance(binding.value, str) else ""
    return is_method and value in unit.unit.parameters and value != unit.receiver and not _calls_of(unit)


def _runs_off_loop(method: Definition) -> bool:
    """Whether all other methods that call a method do so only where no loop runs."""
    if method.unit.name == "__init__":
        return False
    calls = _calls_of(method)
    return bool(calls) and all(
        any(guard.test is Test.OFF_LOOP and guard.first <= line <= guard.last for guard in unit.guards)
        for unit, line in calls
    )


def _calls_of(method: Definition) -> list[tuple[Definition, int]]:
    """The calls of a method by the methods of its class, each with the line."""
    owner = method.enclosing_class
    return [
        (one, call.place[0])
        for one in (owner.children if owner is not None else ())
        for call in one.unit.body.calls
        if one.receiver is not None and call.function == f"{one.receiver}.{method.unit.name}"
    ]
