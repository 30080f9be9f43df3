"""Units of facts at their place: in which module, inside what."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from antipatterns.facts.later import Later
from antipatterns.facts.model import BindingKind, Either, Literal, UnitKind
from antipatterns.facts.particular import NO_LOOP

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding, Guard, ModuleFacts, Unit


_NO_LOOP = NO_LOOP.encode()


class Module:
    """A file that is read. ``path`` is absolute, ``root`` the folder from which it is imported, ``parts`` its name."""

    def __init__(self, path: str, root: str, parts: tuple[str, ...], facts: ModuleFacts, *, is_own: bool) -> None:
        self.path = path
        self.folder = os.path.dirname(path)  # noqa: PTH120 - as texts
        self.root = root
        self.parts = parts
        self.facts = facts
        self.is_own = is_own
        self.is_package = path.endswith(("/__init__.py", "\\__init__.py", "__init__.pyi"))
        self.definition = Definition(self, facts.unit, None)

    def __repr__(self) -> str:
        return f"<module {self.name}>"

    @cached_property
    def later(self) -> Later:
        """Answers what the facts leave open."""
        return Later(self.facts)

    @cached_property
    def set_outside(self) -> frozenset[str]:
        """The names of the attributes that the module sets on objects that are not a method's own."""
        paths = ((path, unit.receiver) for unit in self.units for path in unit.unit.body.bindings if "." in path)
        parts = ((path.rpartition("."), receiver) for path, receiver in paths)
        return frozenset(name for (owner, _, name), receiver in parts if owner != receiver)

    @cached_property
    def units(self) -> tuple[Definition, ...]:
        """The module's own unit and every unit in it, at any depth, each before those inside it."""
        found: list[Definition] = []
        waiting = [self.definition]
        while waiting:
            found.append(waiting.pop())
            waiting += reversed(found[-1].children)
        return tuple(found)

    @property
    def import_path(self) -> str:
        """The path from where it is imported, with slashes: the same on every machine."""
        inside = self.path.removeprefix(self.root) if self.root else self.path
        return inside.replace("\\", "/").lstrip("/")

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.parts)

    def absolute(self, dotted: str) -> tuple[str, ...] | None:
        """The parts of a dotted name as written here, where leading dots are relative; None beyond the root."""
        tail = dotted.lstrip(".")
        level = len(dotted) - len(tail)
        parts = tuple(tail.split(".")) if tail else ()
        if not level:
            return parts
        dropped = level - self.is_package
        return self.parts[: len(self.parts) - dropped] + parts if dropped <= len(self.parts) else None


class Definition:
    """A unit in its module. Equal only to itself: two of the same name are two."""

    __slots__ = ("__dict__", "module", "parent", "unit")

    def __init__(self, module: Module, unit: Unit, parent: Definition | None) -> None:
        self.module = module
        self.unit = unit
        self.parent = parent

    def __repr__(self) -> str:
        return f"<{self.dotted_name}>"

    @cached_property
    def children(self) -> tuple[Definition, ...]:
        """The units directly inside."""
        return tuple([Definition(self.module, unit, self) for unit in self.unit.children])

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """Which lines of a function run only if something is so."""
        return self.module.later.guards_of(self.unit)

    @cached_property
    def names_no_loop(self) -> bool:
        """Whether a function names the error of who may not start a loop: else it does not handle it."""
        return self.module.later.mentions(_NO_LOOP, self.unit)

    @cached_property
    def qualified_name(self) -> str:
        """The dotted path inside the module."""
        if self.parent is None:
            return ""
        outer = self.parent.qualified_name
        return f"{outer}.{self.unit.name}" if outer else self.unit.name

    @property
    def original(self) -> Definition:
        """The unit as it stands in the source: of a class whose objects are told apart by what they hold, the class."""
        return self

    @property
    def dotted_name(self) -> str:
        """The dotted path with the module's."""
        return f"{self.module.name}.{self.qualified_name}".strip(".")

    @property
    def is_class(self) -> bool:
        """Whether this is a class."""
        return self.unit.kind is UnitKind.CLASS

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.unit.place[0]

    @property
    def enclosing_class(self) -> Definition | None:
        """The class of which this is a method."""
        return self.parent if self.parent is not None and self.parent.is_class else None

    @property
    def class_around(self) -> Definition | None:
        """The class whose method this is, or stands in."""
        here: Definition | None = self
        while here is not None:
            if here.enclosing_class is not None:
                return here.enclosing_class
            here = here.parent
        return None

    @cached_property
    def receiver(self) -> str | None:
        """The name of the parameter that gets the instance or class."""
        if self.enclosing_class is None or "staticmethod" in self.unit.decorators or not self.unit.parameters:
            return None
        return self.unit.parameters[0]

    @cached_property
    def callable_parameters(self) -> dict[str, bool]:
        """The parameters that a function calls itself (true) or passes on (false), and never binds to anything else."""
        found: dict[str, bool] = {}
        for call in self.unit.body.calls:
            for argument in (*call.arguments, *call.keywords.values()):
                if isinstance(argument, str) and argument in self.unit.parameters:
                    found.setdefault(argument, False)
        for one in (self, *self.children):
            found |= {
                call.function: True
                for call in one.unit.body.calls
                if isinstance(call.function, str) and call.function in self.unit.parameters
            }
        bindings = self.unit.body.bindings
        return {
            name: called for name, called in found.items() if len(bindings.get(name, ())) == 1 and name != self.receiver
        }

    @cached_property
    def object_parameters(self) -> frozenset[str]:
        """The parameters of which a function calls methods, and of which it does not say the type."""
        bindings = self.unit.body.bindings
        paths = [call.function for call in self.unit.body.calls if isinstance(call.function, str)]
        called = {path.partition(".")[0] for path in paths if "." in path}
        return frozenset(
            name
            for name in called.intersection(self.unit.parameters)
            if len(bound := bindings.get(name, ())) == 1 and is_untyped(bound[0]) and name != self.receiver
        )

    @cached_property
    def fallbacks(self) -> dict[str, frozenset[str]]:
        """The names that hold what a function makes itself where a caller gives None for a parameter: for which."""
        bindings = self.unit.body.bindings
        optional = {name for name in self.unit.parameters if name in bindings and is_optional(bindings[name][0])}
        found = {}
        for name, bound in bindings.items() if optional else ():
            options = {one for binding in bound if isinstance(binding.value, Either) for one in binding.value.options}
            given = (options | ({name} if len(bound) > 1 else set())) & optional
            if given:
                found[name] = frozenset(given)
        return found  # type: ignore[return-value]

    @cached_property
    def attributes(self) -> dict[str, list[tuple[Binding, Definition]]]:
        """How a class itself binds attributes: in its body, then through the receivers of its methods."""
        found = {name: [(binding, self) for binding in bindings] for name, bindings in self.unit.body.bindings.items()}
        for method in self.children:
            prefix = f"{method.receiver}."
            for path, bindings in method.unit.body.bindings.items() if method.receiver is not None else ():
                if path.startswith(prefix):
                    name = path[len(prefix) :]
                    found.setdefault(name, []).extend((binding, method) for binding in bindings)
        return found

    def lookup(self, name: str) -> tuple[Definition, tuple[Binding, ...]] | None:
        """Where a name read here is bound, and how; class bodies are seen only by code right in them."""
        here: Definition | None = self
        while here is not None:
            found = here.unit.body.bindings.get(name)
            if found and (here is self or not here.is_class):
                return here, found
            here = here.parent
        return None

    def settled(self, name: str, first: int, last: int) -> Binding | None:
        """The one of several bindings of a local name that it surely has all along some lines, if there is one."""
        body = self.unit.body
        for one in body.settled:
            if one.name == name and one.first <= first and last <= one.last:
                return body.bindings[name][one.binding]
        return None


def is_placeholder(binding: Binding) -> bool:
    """Whether a name is bound to None, until something else comes."""
    value = binding.value
    return binding.kind is BindingKind.ASSIGNMENT and isinstance(value, Literal) and value.value is None


def is_optional(binding: Binding) -> bool:
    """Whether a name is a parameter that is None unless somebody gives it."""
    value = binding.value
    return binding.kind is BindingKind.PARAMETER and isinstance(value, Literal) and value.value is None


def is_untyped(parameter: Binding) -> bool:
    """Whether a parameter does not say of which type it is."""
    return parameter.annotation is None or str(parameter.annotation).rpartition(".")[2] in _ANY


_ANY = frozenset({"Any", "object"})


def says_nothing(binding: Binding) -> bool:
    """Whether a binding leaves open what a name stands for: a placeholder, or ``+=``, which keeps the type.

    Or a parameter that is None unless somebody gives it.
    """
    if binding.kind is BindingKind.PARAMETER:
        return binding.annotation is None and is_optional(binding)
    return binding.kind is BindingKind.AUGMENTED or is_placeholder(binding)
