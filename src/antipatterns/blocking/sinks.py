"""Which calls block, under the settings of a file, and what to use in their place there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.blocking.libraries import Sink
from antipatterns.blocking.readiness import is_awaited, is_surely_ready
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.knowledge.consumers import CONSUMERS, CONSUMING_METHODS, PASSING
from antipatterns.knowledge.offloaders import OFFLOADERS
from antipatterns.knowledge.readiness import ALWAYS_LOADED, IN_MEMORY, LAZY, LOCAL_NAMES
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope
    from antipatterns.settings import Settings


def find_sink_of_call(call: ast.Call, file: File, scope: Scope) -> Sink | None:
    """The blocking callable that a call calls, if it is surely one and waits with these arguments."""
    if isinstance(call.func, ast.Attribute) and not _may_be_method(call.func.attr, file):
        return None
    name = file.types.callee(call.func, scope)
    if name is None:
        return None
    sink = find_enabled_sink(name, file.settings)
    if sink is None or _returns_at_once(call, sink, file, scope) or not _touches_anything(call, sink, file, scope):
        return None
    if sink.name in LAZY and not _is_iterated(call, file, scope):
        return None
    is_coroutine = libraries.blocking_with(sink.name) is not None
    if not is_coroutine and file.resolve(call.func, scope) is None and is_awaited(call, file, scope):
        return None  # what can be awaited is not what its annotation or the assignment seemed to say
    return None if is_surely_ready(call, sink.name, file, scope) else sink


def _is_iterated(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a function goes through what a call gives, at once or by names."""
    parents = file.parents_in(scope.function or scope)
    waiting: list[ast.expr] = [call]
    seen: set[ast.expr] = set()  # "found = filter(None, found)" leads back to itself
    while waiting:
        value = waiting.pop()
        parent = parents.get(value)
        if value in seen:
            continue
        seen.add(value)
        if isinstance(parent, (ast.IfExp, ast.BoolOp)):
            waiting.append(parent)
        elif isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
            waiting += [one for one in parents if isinstance(one, ast.Name) and one.id == parent.targets[0].id]
        elif isinstance(parent, ast.Call) and value in parent.args:
            name = file.resolve(parent.func, scope)
            if name in CONSUMERS or _is_method_in(parent.func, CONSUMING_METHODS):
                return True
            waiting += [parent] if name in PASSING else []
        elif _goes_through(value, parent):
            return True
    return False


def _goes_through(value: ast.expr, parent: ast.AST | None) -> bool:
    if isinstance(parent, (ast.For, ast.comprehension)):
        return parent.iter is value
    if isinstance(parent, ast.Assign):
        return isinstance(parent.targets[0], (ast.Tuple, ast.List)) and parent.value is value
    return isinstance(parent, (ast.YieldFrom, ast.Starred, ast.AugAssign, ast.Compare))


def _is_method_in(function: ast.expr, names: frozenset[str]) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in names


def may_wait(call: ast.Call, sink: Sink, file: File, scope: Scope) -> bool:
    """Whether a call of a callable that is known to block may wait with these arguments, at this place."""
    if libraries.blocking_with(sink.name) is not None:
        return _touches_anything(call, sink, file, scope)
    if _returns_at_once(call, sink, file, scope) or is_awaited(call, file, scope):
        return False
    return not is_surely_ready(call, sink.name, file, scope)


def _may_be_method(name: str, file: File) -> bool:
    """Whether anything known under this last part of a name can be met in the file: finding types costs far more."""
    return bool(file.settings.blocking) or not libraries.roots_with(name).isdisjoint(file.known_roots)


def find_enabled_sink(name: str, settings: Settings) -> Sink | None:
    """What is known to block under a canonical dotted name, as far as the settings want to know."""
    if name in settings.non_blocking:
        return None
    if name in settings.blocking:
        return Sink(name, "", "asyncio.to_thread")
    sink = libraries.find_sink(name)
    if sink is None or sink.category not in settings.blocking_categories or sink.name in settings.non_blocking:
        return None
    return sink


def _returns_at_once(call: ast.Call, sink: Sink, file: File, scope: Scope) -> bool:
    """Whether an argument such as ``block=False`` or ``os.WNOHANG`` makes the call return at once."""
    for position, keyword, wanted in libraries.non_blocking_arguments(sink.name):
        for value in _arguments_at(call, position, keyword):
            if wanted is ... and not (isinstance(value, ast.Constant) and value.value is None):
                return True
            if isinstance(value, ast.Constant) and value.value == wanted and type(value.value) is type(wanted):
                return True
            if isinstance(wanted, str) and any(file.resolve(flag, scope) == wanted for flag in _flags_in(value, scope)):
                return True
    return False


def _flags_in(value: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """What an argument joins by ``|``, there and where the constants of the file that it names get their values."""
    waiting = [value]
    seen: set[str] = set()
    while waiting:
        flag = waiting.pop()
        if isinstance(flag, ast.BinOp) and isinstance(flag.op, ast.BitOr):
            waiting += [flag.left, flag.right]
            continue
        yield flag
        found = scope.lookup(flag.id) if isinstance(flag, ast.Name) and flag.id not in seen else None
        if isinstance(flag, ast.Name) and found is not None and len(found[1]) == 1:
            seen.add(flag.id)
            waiting += [
                one.value for one in found[1] if one.kind is BindingKind.ASSIGNMENT and isinstance(one.value, ast.expr)
            ]


_IN_MEMORY_OR_UNKNOWN = {*IN_MEMORY, None}


def _touches_anything(call: ast.Call, sink: Sink, file: File, scope: Scope) -> bool:
    """Whether a callable that also works on streams in memory surely has a path here, or a server a host.

    Names that the machine itself knows need nobody's answer.
    """
    if sink.category == "import" and call.args and getattr(call.args[0], "value", None) in ALWAYS_LOADED:
        return False
    if sink.category == "dns" and call.args and getattr(call.args[0], "value", None) in LOCAL_NAMES:
        return False
    only_with = libraries.blocking_with(sink.name)
    if only_with is not None:
        position, keyword, literal = only_with
        return any(getattr(one, "value", None) is literal for one in _arguments_at(call, position, keyword))
    wanted = libraries.blocking_argument(sink.name)
    if wanted is None:
        return True
    given = _arguments_at(call, *wanted)
    if sink.category != "file":
        return bool(given) and not (isinstance(given[0], ast.Constant) and given[0].value is None)
    return any(file.types.type_of(value, scope) not in _IN_MEMORY_OR_UNKNOWN for value in given)


def _arguments_at(call: ast.Call, position: int, keyword: str) -> list[ast.expr]:
    """What a call gives for one parameter: at most one expression."""
    given = [item.value for item in call.keywords if item.arg == keyword]
    if 0 <= position < len(call.args):
        given.append(call.args[position])
    return given


def offloader_around(call: ast.Call, file: File, scope: Scope) -> str | None:
    """The name of the callable that runs functions in threads among whose arguments a call stands."""
    parents = file.parents_in(scope.function or scope)
    node: ast.AST = call
    while isinstance(node, (ast.expr, ast.keyword)) and node in parents:
        parent = parents[node]
        if isinstance(parent, ast.Call) and parent.func is not node:
            name = file.types.callee(parent.func, scope)
            if name is not None and is_offloader(name, file.settings):
                return name
        node = parent
    return None


def is_offloader(name: str, settings: Settings) -> bool:
    """Whether a canonical callable runs a function that it is given off the loop."""
    return any(spelling in OFFLOADERS or spelling in settings.offloaders for spelling in libraries.spellings(name))


def framework_of(file: File) -> str:
    """The asynchronous framework whose words a file speaks: that of its imports or test markers, else asyncio.

    The files of a framework itself speak its own.
    """
    roots = {*file.imported_roots, *file.module_name.parts[:1]}
    return next((name for name in REMEDIES if name in roots or _is_marker(name, file)), "asyncio")


def _is_marker(name: str, file: File) -> bool:
    """Whether tests are marked with ``pytest.mark.<name>``: they run on that framework, though nothing imports it."""
    return (
        "pytest" in file.imported_roots
        and file.source.mentions((name,))
        and any(
            isinstance(node, ast.Attribute)
            and node.attr == name
            and file.resolve(node, file.module) == f"pytest.mark.{name}"
            for node in ast.walk(file.source.tree)
        )
    )


def remedy_for(sink: Sink, file: File) -> str:
    """What to use instead: asyncio's way, or that of the framework that the file imports."""
    usual, here = REMEDIES["asyncio"], REMEDIES[framework_of(file)]
    for need, spelling in usual.items():
        if sink.remedy == spelling:
            return here[need]
    return sink.remedy.replace(usual["thread"], here["thread"]).replace(usual["sleep"], here["sleep"])
