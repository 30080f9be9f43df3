"""What decorators that are read put in the place of a function: that itself, or functions around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import Awaited, BindingKind, Either, Item, Items, Lambda
from antipatterns.index.aliases import find_binding
from antipatterns.index.definitions import is_optional
from antipatterns.index.handed import last_name, parameters_to_give
from antipatterns.index.values import Choice, ClassObject, External, Function, Instance, OneOf, Partial
from antipatterns.knowledge.containers import CAST
from antipatterns.knowledge.decorators import CACHES, GIVE_BACK, TRANSPARENT, TYPE_VARIABLES
from antipatterns.knowledge.offloaders import OFFLOADERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Call, Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Value

_MOST_STEPS = 5
_OFFLOADING = frozenset(name.rpartition(".")[2] for name in OFFLOADERS)


class Wrapper(NamedTuple):
    """What a decorator returns in one place: a function, and how that calls the given one; None for that itself."""

    function: Function | None
    given: frozenset[Expression] = frozenset()

    @property
    def calls(self) -> dict[int, Call]:
        """The calls of the given function by the wrapper, by index."""
        calls = self.function.definition.unit.body.calls if self.function is not None else ()
        return {index: call for index, call in enumerate(calls) if call.function in self.given}

    def gives_the_same(self) -> bool:
        """Whether the wrapper returns nothing but what the given function gives."""
        if self.function is None:
            return True
        unit = self.function.definition.unit
        results = [Awaited(index) if unit.is_async else index for index in self.calls]
        return bool(unit.body.returned) and all(one in results for one in unit.body.returned) and not unit.is_generator


def wrappers_by(resolver: Resolver, decorator: Expression, definition: Definition) -> list[Wrapper | None]:
    """What a decorator makes of a function in its different places; None stands for what nobody can tell.

    Of wrappers for coroutine functions and plain ones, or generators, only those of the function's own kind.
    """
    found = list(_made(resolver, decorator, definition.parent or definition))
    for kind in ("is_async", "is_generator"):
        kinds = {getattr(one.function.definition.unit, kind) for one in found if one is not None and one.function}
        if len(kinds) == 2:
            wanted = getattr(definition.unit, kind)
            found = [
                one
                for one in found
                if one is None or one.function is None or getattr(one.function.definition.unit, kind) is wanted
            ]
    return found


def _made(resolver: Resolver, decorator: Expression, around: Definition) -> Iterator[Wrapper | None]:
    call = around.unit.body.calls[decorator] if isinstance(decorator, int) else None
    factory = resolver.value_of(call.function, around, None) if call is not None else None
    if call is not None and isinstance(factory, Function):
        for made in _given_back(resolver, factory, call):
            yield from _by_value(resolver, made, _MOST_STEPS)
    else:
        yield from _by_value(resolver, resolver.value_of(decorator, around, None), _MOST_STEPS)


def _given_back(resolver: Resolver, factory: Function, call: Call) -> Iterator[Value]:
    """The decorators that ``@factory(…)`` makes: not what it makes of a function, where it is given none."""
    definition = factory.definition
    parameter = _optional_function(factory)
    is_left_out = parameter is not None and not call.arguments and parameter not in call.keywords
    for one in _options(definition.unit.body.returned):
        written = _peeled(resolver, one, definition)
        if is_left_out and _is_about(written, parameter, definition):
            continue
        yield resolver.value_of(written, definition, factory.self_class)


def _is_about(written: Expression, parameter: str | None, here: Definition) -> bool:
    """Whether what a function returns is made of a parameter: that itself, a call with it, a function that calls it."""
    if isinstance(written, int):
        return parameter in here.unit.body.calls[written].arguments
    inner = (call for one in _inner_functions(written, here) for call in one.unit.body.calls)
    return written == parameter or any(call.function == parameter for call in inner)


def _optional_function(decorator: Function) -> str | None:
    """The first parameter of ``def decorator(function=None, *, …)``, which may be used with a call or without."""
    parameters = parameters_to_give(decorator)
    bindings = decorator.definition.unit.body.bindings.get(parameters[0], ()) if parameters else ()
    return parameters[0] if bindings and is_optional(bindings[0]) else None


def _by_value(resolver: Resolver, value: Value, steps: int) -> Iterator[Wrapper | None]:
    if isinstance(value, Function) and steps:
        yield from _by_function(resolver, value, steps - 1)
    elif isinstance(value, Partial) and steps:
        yield from _by_value(resolver, value.function, steps - 1)
    elif isinstance(value, (OneOf, Choice)) and steps:
        for one in value.options:
            yield from _by_value(resolver, one, steps - 1)
    elif isinstance(value, ClassObject):
        yield _by_class(resolver, value.definition)
    elif isinstance(value, Instance) and not isinstance(value.of, str) and steps:
        method = resolver.members.find_method(value.of, "__call__")
        yield from _by_value(resolver, method if isinstance(method, Function) else None, steps - 1)
    else:
        yield None


def _by_function(resolver: Resolver, decorator: Function, steps: int) -> Iterator[Wrapper | None]:
    """What a function that is used as a decorator returns."""
    unit = decorator.definition.unit
    parameters = parameters_to_give(decorator)
    if unit.is_async or unit.is_generator or not parameters or not unit.body.returned:
        yield None
        return
    given = parameters[0]
    inner_decorators = _optional_function(decorator) is not None
    for one in _options(unit.body.returned):
        written = _peeled(resolver, one, decorator.definition)
        if inner_decorators and written == unit.name:
            continue  # partial(decorator, name=name)
        found = list(_returned(resolver, written, given, decorator, steps))
        if not (inner_decorators and _is_for_calls(found)):
            yield from found


def _is_for_calls(found: list[Wrapper | None]) -> bool:
    """Whether a decorator returns here what it only does where it is called first, without the function."""
    return bool(found) and all(one is not None and one.function is not None and not one.calls for one in found)


def _returned(
    resolver: Resolver, written: Expression, given: str, decorator: Function, steps: int
) -> Iterator[Wrapper | None]:
    here = decorator.definition
    if written == given:
        yield Wrapper(None)
    elif isinstance(written, Lambda):
        yield Wrapper(Function(here.children[written.child], decorator.self_class), frozenset({given}))
    elif isinstance(written, int) and given in here.unit.body.calls[written].arguments[:1]:
        callee = resolver.value_of(here.unit.body.calls[written].function, here, decorator.self_class)
        is_read = isinstance(callee, (Function, ClassObject))
        yield from _by_value(resolver, callee if is_read else None, steps)
    else:
        inner = _inner_functions(written, here)
        if not inner or not all(_is_plain(resolver, one) for one in inner):
            yield None
        else:
            yield from (Wrapper(Function(one, decorator.self_class), frozenset({given})) for one in inner)


def _inner_functions(written: Expression, decorator: Definition) -> list[Definition]:
    """The inner functions of a name that a decorator returns, where nothing else has that name."""
    bindings = decorator.unit.body.bindings.get(written, ()) if isinstance(written, str) else ()
    if any(one.kind is not BindingKind.FUNCTION or one.child < 0 for one in bindings):
        return []
    return [decorator.children[one.child] for one in bindings]


def _is_plain(resolver: Resolver, wrapper: Definition) -> bool:
    """Whether the decorators of a wrapper leave it what it is, as ``wraps`` does."""
    for decorator in wrapper.unit.decorators:
        around = wrapper.parent or wrapper
        written = around.unit.body.calls[decorator].function if isinstance(decorator, int) else decorator
        value = resolver.value_of(written, around, None)
        if not isinstance(value, External) or value.name not in TRANSPARENT:
            return False
    return True


def _by_class(resolver: Resolver, decorator: Definition) -> Wrapper | None:
    """What calling an instance runs of a class that keeps the function it decorates."""
    init = resolver.members.find_method(decorator, "__init__")
    call = resolver.members.find_method(decorator, "__call__")
    if not isinstance(init, Function) or not isinstance(call, Function):
        return None
    given = parameters_to_give(Function(init.definition, decorator))[:1]
    prefix = f"{init.definition.receiver}."
    kept = [
        path.removeprefix(prefix)
        for path, bindings in init.definition.unit.body.bindings.items()
        if path.startswith(prefix) and len(bindings) == 1 and bindings[0].value in given
    ]
    function = Function(call.definition, decorator)
    return Wrapper(function, frozenset(f"{call.definition.receiver}.{name}" for name in kept)) if kept else None


def _options(returned: tuple[Expression, ...]) -> Iterator[Expression]:
    for one in returned:
        yield from one.options if isinstance(one, Either) else (one,)


def _peeled(resolver: Resolver, written: Expression, here: Definition) -> Expression:
    """What an expression gives a function for: what stands in ``cast``, ``update_wrapper``, ``wraps(f)(…)``."""
    for _ in range(_MOST_STEPS):
        inner = _inside_call(resolver, here.unit.body.calls[written], here) if isinstance(written, int) else None
        bindings = here.unit.body.bindings.get(written, ()) if isinstance(written, str) else ()
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT:
            inner = bindings[0].value
        if inner is None:
            break
        written = inner
    return written


def _inside_call(resolver: Resolver, call: Call, here: Definition) -> Expression:
    """What a call gives back as it is, or with something around it that calls it."""
    is_second = isinstance(call.function, int)  # wraps(f)(wrapper)
    written = here.unit.body.calls[call.function].function if isinstance(call.function, int) else call.function
    callee = resolver.value_of(written, here, None)
    name = callee.name if isinstance(callee, External) else ""
    if is_second:
        return call.arguments[0] if name in TRANSPARENT and len(call.arguments) == 1 else None
    if name == CAST:
        return call.arguments[1] if len(call.arguments) == 2 else None
    return call.arguments[0] if name in GIVE_BACK and call.arguments else None


def is_typed_as_given(resolver: Resolver, decorator: Expression, definition: Definition) -> bool:
    """Whether a decorator says that it gives what it is given, ``F`` for ``F``, and hands that to no thread."""
    around = definition.parent or definition
    written = around.unit.body.calls[decorator].function if isinstance(decorator, int) else decorator
    value = resolver.value_of(written, around, None)
    if not isinstance(value, Function) or _hands_over(value.definition):
        return False
    unit = value.definition.unit
    if not isinstance(decorator, int):
        parameters = parameters_to_give(value)
        bindings = unit.body.bindings.get(parameters[0], ()) if parameters else ()
        return bool(bindings) and _is_same(resolver, bindings[0].annotation, unit.returns, value.definition)
    promised = _given_and_result(unit.returns)
    return promised is not None and _is_same(resolver, *promised, value.definition)


def _given_and_result(annotation: Expression) -> tuple[Expression, Expression] | None:
    """The parts of ``Callable[[A], B]``."""
    if not isinstance(annotation, Item) or last_name(annotation.value) != "Callable":
        return None
    parts = annotation.index.items if isinstance(annotation.index, Items) else ()
    is_of_one = len(parts) == 2 and isinstance(parts[0], Items) and len(parts[0].items) == 1
    return (parts[0].items[0], parts[1]) if is_of_one else None  # type: ignore[union-attr]


def _is_same(resolver: Resolver, given: Expression, result: Expression, here: Definition) -> bool:
    """Whether two annotations are the same type variable, or a callable of the same ones."""
    if given is None or given != result:
        return False
    if isinstance(given, str):
        return _is_variable(resolver, given, here)
    parts = given.index.items if isinstance(given, Item) and isinstance(given.index, Items) else ()
    is_callable = isinstance(given, Item) and last_name(given.value) == "Callable" and len(parts) == 2
    return is_callable and all(isinstance(one, str) and _is_variable(resolver, one, here) for one in parts)


def _is_variable(resolver: Resolver, name: str, here: Definition) -> bool:
    own = here.unit.body.bindings.get(name, ())
    if own:
        return own[0].kind is BindingKind.OTHER and name not in here.unit.parameters  # def decorate[F](f: F) -> F
    found = find_binding(resolver, name, here.parent or here)
    if found is None or not isinstance(found[0].value, int):
        return False
    callee = resolver.value_of(found[1].unit.body.calls[found[0].value].function, found[1], None)
    return isinstance(callee, External) and callee.name in TYPE_VARIABLES


def _hands_over(decorator: Definition) -> bool:
    """Whether anything in a decorator hands functions to threads and the like."""
    waiting = [decorator]
    while waiting:
        here = waiting.pop()
        waiting += here.children
        if any(last_name(call.function) in _OFFLOADING for call in here.unit.body.calls):
            return True
    return False


def is_kept_by(resolver: Resolver, decorator: Function) -> bool:
    """Whether a decorator, or what makes one, keeps results in a cache of the standard library."""
    here = decorator.definition
    callees = (resolver.value_of(call.function, here, None) for call in here.unit.body.calls)
    return any(isinstance(callee, External) and callee.name in CACHES for callee in callees)
