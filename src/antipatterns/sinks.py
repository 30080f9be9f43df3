"""Which calls block, under the settings of a file, and what to use in their place there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns import libraries
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.knowledge.offloaders import OFFLOADERS
from antipatterns.libraries import Sink

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.scope import Scope
    from antipatterns.settings import Settings


def find_sink_of_call(call: ast.Call, file: File, scope: Scope) -> Sink | None:
    """The blocking callable that a call calls, if it is surely one and waits with these arguments."""
    name = file.types.callee(call.func, scope)
    if name is None:
        return None
    sink = find_enabled_sink(name, file.settings)
    return None if sink is None or _returns_at_once(call, sink) else sink


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


def _returns_at_once(call: ast.Call, sink: Sink) -> bool:
    """Whether a literal argument, such as ``block=False``, makes the call return at once."""
    for position, keyword, literal in libraries.non_blocking_arguments(sink.name):
        given = [item.value for item in call.keywords if item.arg == keyword]
        if 0 <= position < len(call.args):
            given.append(call.args[position])
        if any(isinstance(value, ast.Constant) and value.value == literal for value in given):
            return True
    return False


def offloader_around(call: ast.Call, file: File, scope: Scope) -> str | None:
    """The name of the callable that runs functions in threads among whose arguments a call stands."""
    parents = file.parents_in(scope.function or scope)
    node: ast.AST = call
    while isinstance(node, (ast.expr, ast.keyword)) and node in parents:
        parent = parents[node]
        if isinstance(parent, ast.Call) and parent.func is not node:
            name = file.types.callee(parent.func, scope)
            if name is not None and (name in OFFLOADERS or name in file.settings.offloaders):
                return name
        node = parent
    return None


def remedy_for(sink: Sink, file: File) -> str:
    """What to use instead: asyncio's way, or that of the framework that the file imports."""
    for package, remedies in REMEDIES.items():
        if package in file.imported_roots:
            return remedies.get(sink.category, remedies["thread"])
    return sink.remedy
