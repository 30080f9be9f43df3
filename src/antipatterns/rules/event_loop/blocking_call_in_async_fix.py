"""Wait without blocking: ``asyncio.sleep`` for a sleep, a thread for everything else."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from antipatterns.blocking import libraries
from antipatterns.blocking.sinks import find_enabled_sink, find_sink_of_call, framework_of, offloader_around
from antipatterns.finding import Safety
from antipatterns.fix.await_call import (
    Name,
    call_in_thread,
    find_reason_against_await,
    find_reason_against_thread,
    in_parentheses,
    name_for,
    put_awaited,
)
from antipatterns.fix.file_block import Transfer, match_file_block, match_file_chain, replace_block
from antipatterns.fix.fixer import Fix, Fixer, Import, Outcome, Refusal
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.knowledge.offloaders import LAZY, THREAD_BOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.blocking.libraries import Sink
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.Call, cst.Attribute, cst.Subscript, cst.Name)


@FIXER.register
def fix_blocking_call(call: cst.BaseExpression, place: Place) -> Outcome:
    """``await asyncio.sleep(…)`` for ``time.sleep``; ``await asyncio.to_thread(function, …)`` for the rest."""
    if place.finding.about.endswith("__") or not isinstance(call, cst.Call):
        return Refusal("a loop, a with statement or an operator runs it: no call stands here that a thread could make")
    node: ast.Call | None = place.ast_node_like(call)
    scope = place.scope_of(call)
    sink = find_enabled_sink(place.finding.about, place.file.settings)
    if node is None or sink is None:
        return Refusal("the call has changed")
    reason = _find_reason_against(call, node, sink, place, scope)
    if reason is None and place.finding.fix is None:
        reason = "what runs there cannot simply go into a thread"
    if reason is not None:
        return Refusal(reason)
    if sink.name == "time.sleep":
        return _fix_sleep(call, place, scope)
    reason = find_reason_against_thread(place)
    if reason is not None:
        return Refusal(reason)
    if sink.name in LAZY or (sink.name in _FILES and _is_iterated(call, place)):
        return _fix_lazy(call, place, scope)
    whole = _fix_file_block(call, sink, place, scope) or _fix_file_chain(call, place, scope)
    whole = whole or _fix_chain(call, place, scope)
    return whole or call_in_thread(call, place, scope)


def _find_reason_against(call: cst.Call, node: ast.Call, sink: Sink, place: Place, scope: Scope) -> str | None:
    offloader = offloader_around(node, place.file, scope)
    if offloader is not None:
        return f"it is an argument of {offloader}(): pass the function and its arguments there"
    if libraries.blocking_with(sink.name) is not None:
        return "it is a coroutine already: give it an SSLContext that was made in a thread"
    if sink.name.startswith(THREAD_BOUND):
        return f"{sink.name}() belongs to the thread it is used in"
    for line in (node.lineno, node.end_lineno or node.lineno):
        if silenced := _SILENCED_ELSEWHERE.search(place.file.source.line_at(line)):
            return f"it blocks on purpose: {silenced[1].upper()} is silenced here"
    if _speaks_of(sink, _comments_above(node, place)):
        return "the comment above speaks of it: perhaps it blocks on purpose"
    for outer in place.ancestors(call):
        if isinstance(outer, (cst.FunctionDef, cst.Lambda)):
            break
        if isinstance(outer, cst.Try) and _does_not_block(outer):
            return "BlockingIOError is caught around it: what does not block needs no thread"
    return find_reason_against_await(call, place, scope)


def _speaks_of(sink: Sink, comments: str) -> bool:
    """Whether comments name a call, or say that something blocks."""
    last = sink.name.rpartition(".")[2]
    return sink.name in comments or f"{last}()" in comments or _ABOUT_BLOCKING.search(comments) is not None


_ABOUT_BLOCKING = re.compile(
    r"\bblock(s|ing)\b|\b(may|might|can|could|will|would|should|to|not|actually) block\b", re.IGNORECASE
)


def _comments_above(node: ast.Call, place: Place) -> str:
    """The comments on lines of their own right above a call."""
    comments = []
    number = node.lineno - 1
    while (text := place.file.source.line_at(number).strip()).startswith("#"):
        comments.append(text)
        number -= 1
    return "\n".join(comments)


# The same finding of ruff and flake8-async.
_SILENCED_ELSEWHERE = re.compile(r"#\s*noqa:[^#]*\b(ASYNC2\d\d)\b", re.IGNORECASE)


def _does_not_block(block: cst.Try) -> bool:
    """Whether a ``try`` waits for what a file or socket says that is set not to block."""
    handled = [handler.type for handler in block.handlers if handler.type is not None]
    return any(m.findall(kind, m.Name("BlockingIOError")) for kind in handled)


def _fix_sleep(call: cst.Call, place: Place, scope: Scope) -> Outcome:
    name = name_for(REMEDIES[framework_of(place.file)]["sleep"], place, scope)
    if name is None:
        return Refusal("the name of the asynchronous library means something else here")
    if any(argument.keyword is not None for argument in call.args):
        return Refusal("time.sleep takes no keyword arguments")
    safety = Safety.UNSAFE if _is_in_unknown_with(call, place) else Safety.SAFE
    return put_awaited(call, call.with_changes(func=cst.parse_expression(name.code)), place, name.imports, safety)


def _is_in_unknown_with(call: cst.Call, place: Place) -> bool:
    """Whether a plain ``with`` stands around a call: what it holds would then be held while other tasks run."""
    for outer in place.ancestors(call):
        if isinstance(outer, cst.FunctionDef):
            return False
        if isinstance(outer, cst.With) and outer.asynchronous is None:
            return True
    return False


def _fix_file_block(call: cst.Call, sink: Sink, place: Place, scope: Scope) -> Outcome | None:
    """One call of a method of ``Path`` for a ``with`` block that only reads or writes; None for all others."""
    found = match_file_block(call, sink.name, place, scope)
    moved = None if found is None else _call_of_path(found.transfer, place, scope)
    if found is None or moved is None:
        return None
    call_of_path, imports = moved
    new = replace_block(found, cst.Await(call_of_path))
    code = place.chunk.module.code_for_node
    if code(new).count("#") != code(found.block).count("#"):
        return None  # a comment in the header has no place in the new statement
    return Fix(found.block, new, Safety.UNSAFE, imports)


def _fix_file_chain(call: cst.Call, place: Place, scope: Scope) -> Outcome | None:
    """One call of a method of ``Path`` for ``open(path).read()``, whichever of its two calls was found."""
    for candidate in (call, *_calls_on_result(call, place)):
        found = match_file_chain(candidate, place, scope)
        moved = None if found is None else _call_of_path(found, place, scope)
        if moved is not None:
            return put_awaited(candidate, moved[0], place, moved[1], Safety.UNSAFE)
    return None


def _fix_chain(call: cst.Call, place: Place, scope: Scope) -> Outcome | None:
    """One function without a name for ``open(path).readlines()``, of which more than one call blocks."""
    chain = [call, *_calls_on_result(call, place)]
    while isinstance(chain[0].func, cst.Attribute) and isinstance(chain[0].func.value, cst.Call):
        chain.insert(0, chain[0].func.value)
    sinks = [(item, _sink_of(item, place, scope)) for item in chain]
    blocking = [item for item, sink in sinks if sink is not None and not sink.name.startswith(THREAD_BOUND)]
    name = name_for(REMEDIES[framework_of(place.file)]["thread"], place, scope)
    whole = blocking[-1] if blocking else call
    if len(blocking) < 2 or name is None or m.findall(whole, _NOT_IN_LAMBDA):
        return None
    return _put_lambda(whole, name, place)


_NOT_IN_LAMBDA = m.Await() | m.Yield() | m.NamedExpr()


def _put_lambda(whole: cst.Call, name: Name, place: Place) -> Outcome:
    """Let a thread evaluate a call as it stands, its arguments too."""
    function = cst.Lambda(cst.Parameters(), whole.with_changes(lpar=(), rpar=()))
    moved = cst.Call(cst.parse_expression(name.code), [cst.Arg(function)])
    return put_awaited(whole, moved, place, name.imports, Safety.UNSAFE)


_FILES = frozenset({"builtins.open", "io.open", "pathlib.Path.open"})
_USE_UP = frozenset({"list", "tuple", "set", "frozenset", "sorted", "sum", "min", "max", "any", "all", "next", "dict"})


def _is_iterated(call: cst.Call, place: Place) -> bool:
    parent = place.chunk.parents.get(call)
    return isinstance(parent, (cst.For, cst.CompFor)) and parent.iter is call


def _fix_lazy(call: cst.Call, place: Place, scope: Scope) -> Outcome:
    """One function without a name for ``list(path.glob("*"))``, where a function uses up what is lazy."""
    parents = place.chunk.parents
    argument = parents.get(call)
    around = parents.get(argument) if isinstance(argument, cst.Arg) else None
    name = name_for(REMEDIES[framework_of(place.file)]["thread"], place, scope)
    if isinstance(around, cst.Call) and isinstance(around.func, cst.Name) and name is not None:
        uses_up = around.func.value in _USE_UP and scope.lookup(around.func.value) is None
        if uses_up and not m.findall(around, _NOT_IN_LAMBDA):
            return _put_lambda(around, name, place)
    return Refusal("it works while it is iterated: a thread has to do that too")


def _calls_on_result(call: cst.Call, place: Place) -> Iterator[cst.Call]:
    """``a().b()`` and ``a().b().c()`` for ``a()``."""
    parents = place.chunk.parents
    attribute = parents.get(call)
    outer = parents.get(attribute) if isinstance(attribute, cst.Attribute) and attribute.value is call else None
    if isinstance(outer, cst.Call) and outer.func is attribute:
        yield outer
        yield from _calls_on_result(outer, place)


def _sink_of(call: cst.Call, place: Place, scope: Scope) -> Sink | None:
    node = place.ast_node_like(call)
    return find_sink_of_call(node, place.file, scope) if isinstance(node, ast.Call) else None


def _call_of_path(transfer: Transfer, place: Place, scope: Scope) -> tuple[cst.Call, tuple[Import, ...]] | None:
    """The call that lets a thread do all of opening, moving the data and closing, and the imports it needs."""
    thread = name_for(REMEDIES["asyncio"]["thread"], place, scope)
    if thread is None or framework_of(place.file) != "asyncio":
        return None
    path, imports = transfer.path, thread.imports
    if not transfer.is_path:
        known = place.name_for("pathlib.Path", scope)
        if known is None and not place.is_free("Path", scope):
            return None
        imports = imports if known is not None else (*imports, Import("pathlib", "Path"))
        path = cst.Call(cst.parse_expression(known or "Path"), [cst.Arg(path)])
    method = cst.Attribute(path, cst.Name(transfer.method))
    return cst.Call(
        cst.parse_expression(thread.code), [cst.Arg(method), *map(in_parentheses, transfer.arguments)]
    ), imports
