"""Allow as many tasks at once as there are items, however many that are.

What it finds
-------------
A coroutine or a task for each item of something of unknown length: ``gather(*[f(x) for x in xs])`` and the like with
``asyncio.wait``, ``as_completed`` and ``map``; a comprehension or a ``for`` loop that starts a task for each item,
also in a ``TaskGroup`` or a nursery. Silent where the number is seen to be bounded: literals, constants, ``range``,
enumerations, slices, batches, what a function takes as ``*args``; where a semaphore, a lock or a limiter is entered
around the call or in the function that is called, or decorates it, if it stands in the same file; and where the item
itself is called or waited for, or a method of it, as the program has made such objects before, one by one. Test files
are left out.

Why it is bad
-------------
Ten items are fast, ten thousand open ten thousand connections: the other side refuses, file descriptors run out,
memory fills up, and everything times out together.

Bad
---
::

    import asyncio

    async def fetch_all(urls, fetch):
        return await asyncio.gather(*[fetch(url) for url in urls])

Good
----
::

    import asyncio

    async def fetch_all(urls, fetch):
        semaphore = asyncio.Semaphore(10)

        async def fetch_one(url):
            async with semaphore:
                return await fetch(url)

        return await asyncio.gather(*[fetch_one(url) for url in urls])

Fix safety
----------
There is no fix: how many at once are right depends on the other side.

Options
-------
None.

Source
------
python-engineering, "timeouts and backpressure everywhere"; python-engineer, "Use structured concurrency with
TaskGroups".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.tasks import GATHERERS, LIMITER_WORDS, LIMITERS, SPAWNERS, WAITERS, WRAPPERS
from antipatterns.rule import Rule
from antipatterns.semantics.iteration import Repeated, has_seen_bound, repeated_by_comprehension
from antipatterns.semantics.names import definition_of, last_name
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(
    __name__,
    "AP109",
    on=False,
    words=("gather", "as_completed", "create_task", "ensure_future", "start_soon", "asyncio"),
)

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_SPAWNING = {name.rpartition(".")[2] for name in SPAWNERS}
_ADVICE = "bound it with a semaphore, or with a fixed number of workers"


@RULE.visit(*_COMPREHENSIONS)
def find_task_per_item(node: ast.expr, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a comprehension that starts a task for each of an unknown number of items."""
    repeated = repeated_by_comprehension(node)
    inner = next((child for child in scope.children if child.node is node), scope)
    if repeated is not None and _is_spawning(repeated.call, file, inner):
        yield from _judge(repeated, node, file, inner)


@RULE.visit(ast.For, ast.AsyncFor)
def find_task_per_round(loop: ast.For | ast.AsyncFor, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a loop that starts a task in each of an unknown number of rounds."""
    waiting: list[ast.AST] = list(loop.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*_DEFINITIONS, ast.For, ast.AsyncFor, *_COMPREHENSIONS)):
            continue
        waiting += ast.iter_child_nodes(node)
        if not isinstance(node, ast.Call) or not _is_spawning(node, file, scope) or _passes_on(node, file, scope):
            continue
        if not _ends_round(loop, node, file, scope):
            yield from _judge(Repeated(node, loop.iter, loop.target), node, file, scope)


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@RULE.visit(ast.Call)
def find_gathered_items(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a ``gather`` of a coroutine for each of an unknown number of items."""
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
    if name is None or not call.args or file.types.callee(call.func, scope) not in GATHERERS:
        return
    for argument in call.args:
        given = argument.value if isinstance(argument, ast.Starred) else argument
        repeated, inner = _items_of(given, file, scope)
        if repeated is not None and not _is_spawning(repeated.call, file, inner):
            yield from _judge(repeated, call, file, inner)


def _items_of(given: ast.expr, file: File, scope: Scope) -> tuple[Repeated | None, Scope]:
    """What is called for each item of a comprehension or a ``map``, given as it stands or by its only name."""
    if isinstance(given, ast.Name):
        found = scope.lookup(given.id)
        if found is None or len(found[1]) != 1 or found[1][0].kind is not BindingKind.ASSIGNMENT:
            return None, scope
        value, scope = found[1][0].value, found[0]
        given = value if isinstance(value, ast.expr) else given
    if isinstance(given, _COMPREHENSIONS):
        inner = next((child for child in scope.children if child.node is given), scope)
        return repeated_by_comprehension(given), inner
    is_map = isinstance(given, ast.Call) and len(given.args) == 2 and file.resolve(given.func, scope) == "builtins.map"
    if isinstance(given, ast.Call) and is_map:
        return Repeated(ast.Call(given.args[0], [], []), given.args[1], None), scope
    return None, scope


def _is_spawning(call: ast.Call, file: File, scope: Scope) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr not in _SPAWNING:
        return False
    name = file.types.callee(call.func, scope)
    return any(spelling in SPAWNERS for spelling in libraries.spellings(name or ""))


def _passes_on(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether what is called is given a task that has been started: ``ensure_future(create_task(…))``."""
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Call) and _is_spawning(first, file, scope)


def _ends_round(loop: ast.For | ast.AsyncFor, call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a task is awaited in the round that starts it, or the loop ends with it."""
    if any(isinstance(block[-1], _LEAVE) and _holds(block, call) for block in _blocks_in(loop.body)):
        return True
    nodes = [node for statement in loop.body for node in ast.walk(statement)]
    assignments = [node for node in nodes if isinstance(node, ast.Assign) and node.value is call]
    names = {last_name(target) for assignment in assignments for target in assignment.targets}
    names |= {_collector(node, call) for node in nodes}
    names.discard("")
    awaited = [node.value for node in nodes if isinstance(node, ast.Await)]
    return any(inner is call for value in awaited for inner in ast.walk(value)) or any(
        last_name(value) in names or _waits_for(names, value, file, scope) for value in awaited
    )


_LEAVE = (ast.Break, ast.Return, ast.Raise)


def _blocks_in(block: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """The body of a loop and the branches in it."""
    yield block
    for statement in block:
        if isinstance(statement, ast.If):
            yield from _blocks_in(statement.body)
            yield from _blocks_in(statement.orelse) if statement.orelse else ()


def _holds(block: list[ast.stmt], call: ast.Call) -> bool:
    return any(node is call for statement in block for node in ast.walk(statement))


def _collector(node: ast.AST, call: ast.Call) -> str:
    """The name of what a call is put into, to be awaited with others in a later round: ``tasks.append(call)``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("add", "append"):
        return last_name(node.func.value) if call in node.args else ""
    return ""


def _waits_for(names: set[str], value: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a call waits for what has one of some names: ``shield(task)``, ``wait({task, stopped})``."""
    if not isinstance(value, ast.Call) or file.types.callee(value.func, scope) not in WAITERS:
        return False
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(value))


def _judge(repeated: Repeated, anchor: ast.expr, file: File, scope: Scope) -> Iterator[Finding]:
    work = repeated.call
    if _is_spawning(work, file, scope) and work.args:
        first = _made_before(work.args[0], scope)
        work = first if isinstance(first, ast.Call) else ast.Call(first, work.args[1:], [])
    if work.args and file.types.callee(work.func, scope) in WRAPPERS:
        wrapped = _made_before(work.args[0], scope)
        work = wrapped if isinstance(wrapped, ast.Call) else ast.Call(wrapped, [], [])
    if file.is_test or _is_of_item(work.func, repeated.target):
        return
    if has_seen_bound(repeated.iterable, file, scope) or _is_limited(work, file, scope):
        return
    items = ast.unparse(repeated.iterable)
    items = items if len(items) <= _LONGEST else "the list"
    name = getattr(work.func, "attr", None) or getattr(work.func, "id", "it")
    message = f"as many calls of {name}() run at once as there are items in {items}; {_ADVICE}"
    yield RULE.finding(file, file.source.span_of(anchor), message)


_LONGEST = 40


def _made_before(coroutine: ast.expr, scope: Scope) -> ast.expr:
    """The call that made a coroutine, where it has a name that is nothing else."""
    found = scope.lookup(coroutine.id) if isinstance(coroutine, ast.Name) else None
    bindings = found[1] if found else []
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return coroutine
    return bindings[0].value if isinstance(bindings[0].value, ast.Call) else coroutine


def _is_of_item(function: ast.expr, target: ast.expr | None) -> bool:
    """Whether what is called is the item, belongs to it, or is found through it."""
    names = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)} if target is not None else set()
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(function))


def _is_limited(work: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a limiter is given to the call, or entered around it or in the function that it calls."""
    if any(_sounds_like_limiter(argument) for argument in (*work.args, *(item.value for item in work.keywords))):
        return True
    if _sounds_like_limiter(work.func):
        return True
    functions = [_called_function(work.func, scope)]
    if scope.function is not None:
        functions.append(scope.function)
    return any(_enters_limiter(function, file) for function in functions if function is not None)


def _called_function(function: ast.expr, scope: Scope) -> Scope | None:
    """The function of this file that an expression surely names: by its own name, or through ``self``."""
    found = definition_of(function, scope)
    if found is not None:
        return next((child for child in found[0].children if child.node is found[1].node), None)
    method = scope.function
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and method is not None:
        owner = method.enclosing_class
        return next(
            (child for child in (owner.children if owner else ()) if getattr(child.node, "name", "") == function.attr),
            None,
        )
    return None


def _enters_limiter(function: Scope, file: File) -> bool:
    if any(_sounds_like_limiter(decorator) for decorator in getattr(function.node, "decorator_list", ())):
        return True
    return any(
        file.types.type_of(item.context_expr, function) in LIMITERS or _sounds_like_limiter(item.context_expr)
        for node in ast.walk(function.node)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
    )


def _sounds_like_limiter(expression: ast.expr) -> bool:
    text = ast.unparse(expression).lower()
    return any(word in text for word in LIMITER_WORDS)
