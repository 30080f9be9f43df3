"""Functions that make the defaults of fields: they run where a class is called without these fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import Text
from antipatterns.index.values import External, Function
from antipatterns.knowledge.field_libraries import ALIASES, FACTORIES, FIELD_CALLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Call
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver

    _Factory = tuple[frozenset[str], Function]  # the keywords that give the field, and what runs without them


class Factories:
    """Answers which functions make defaults of a class; every answer is kept."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[Definition, dict[str, _Factory]] = {}

    def run_by(self, call: Call, concrete: Definition) -> Iterator[Function]:
        """The functions that a call of a class runs for the fields that it does not give."""
        if call.arguments or "**" in call.keywords or "*" in call.keywords:
            return
        for names, factory in self._of(concrete).values():
            if names.isdisjoint(call.keywords):
                yield factory

    def _of(self, concrete: Definition) -> dict[str, _Factory]:
        found = self._known.get(concrete)
        if found is None:
            found = self._known[concrete] = {}
            for base in reversed(self._resolver.members.order_of(concrete)):
                for name, factory in self._made_in(base) if not isinstance(base, str) else ():
                    found.pop(name, None)
                    if factory is not None:
                        found[name] = factory
        return found

    def _made_in(self, owner: Definition) -> Iterator[tuple[str, _Factory | None]]:
        """The fields of a class itself, with what makes the default of each, if a function does."""
        calls = owner.unit.body.calls
        for name, bindings in owner.unit.body.bindings.items():
            value = bindings[-1].value
            factory = self._factory_in(calls[value], owner) if isinstance(value, int) else None
            names = _names_of(name, calls[value]) if isinstance(value, int) and factory is not None else None
            yield name, (names, factory) if names is not None and factory is not None else None

    def _factory_in(self, call: Call, owner: Definition) -> Function | None:
        given = next((call.keywords[name] for name in FACTORIES if name in call.keywords), None)
        callee = self._resolver.value_of(call.function, owner, None) if given is not None else None
        called = callee.name if isinstance(callee, External) else ""
        if isinstance(callee, Function):
            called = callee.definition.dotted_name
        if called not in FIELD_CALLS:
            return None
        factory = self._resolver.value_of(given, owner, None)
        return factory if isinstance(factory, Function) and not factory.definition.unit.is_async else None


def _names_of(field: str, call: Call) -> frozenset[str] | None:
    """The keywords that give a field, ``attrs`` leaves underscores out; None where nobody can tell."""
    others = [call.keywords[name] for name in ALIASES if name in call.keywords]
    if not all(isinstance(other, Text) for other in others):
        return None
    return frozenset([field, field.lstrip("_"), *(other.value for other in others if isinstance(other, Text))])
