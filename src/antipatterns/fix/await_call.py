"""Put an awaited call in the place of a plain one, run in a thread where it blocks."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from antipatterns.blocking import libraries
from antipatterns.blocking.sinks import framework_of
from antipatterns.finding import Safety
from antipatterns.fix.fixer import Fix, Import, Outcome, Refusal
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.knowledge.locks import THREAD_LOCKS

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope


class Name(NamedTuple):
    """How to write an imported thing at a place, and the import that it needs, if any."""

    code: str
    imports: tuple[Import, ...]


def find_reason_against_await(call: cst.Call, place: Place, scope: Scope) -> str | None:
    """Why no ``await`` can come to the place of a call, if so."""
    for outer in place.ancestors(call):
        if isinstance(outer, cst.GeneratorExp) and not _lies_in_first_iterable(call, outer, place):
            return "await would make an asynchronous generator of the generator expression around it"
        if isinstance(outer, (cst.FunctionDef, cst.Lambda)):
            break
        if isinstance(outer, cst.With) and outer.asynchronous is None and _holds_a_lock(outer, place, scope):
            return "a lock of another thread is held around it, and would be held while others run"
    return None


def _lies_in_first_iterable(call: cst.CSTNode, generator: cst.GeneratorExp, place: Place) -> bool:
    """Whether a call is evaluated where the generator is made, and not each time it goes on."""
    return any(node is generator.for_in.iter for node in (call, *place.ancestors(call)))


def _holds_a_lock(block: cst.With, place: Place, scope: Scope) -> bool:
    """Whether a ``with`` enters something that is a lock of threads or processes, by its type or its name."""
    for item in block.items:
        node = place.ast_node_like(item.item)
        if node is None:
            continue
        held = place.file.types.type_of(node, scope)
        if isinstance(held, str) and (held in THREAD_LOCKS or _waits_to_enter(held)):
            return True
        if held is None and _LIKE_A_LOCK.search(ast.unparse(node)):
            return True
    return False


def _waits_to_enter(kind: str) -> bool:
    """Whether a known class is one whose objects are waited for by ``with``."""
    sink = libraries.find_sink(f"{kind}.__enter__")
    return sink is not None and sink.category == "lock"


# What is entered without "async" and is called so is no lock of the event loop.
_LIKE_A_LOCK = re.compile(r"(?<![a-z])(r?lock|mutex|semaphore)\w*(\(\))?$", re.IGNORECASE)


def find_reason_against_thread(place: Place) -> str | None:
    """Why nothing of a file is worth a thread, if so.

    A test runs alone on its loop; in a thread, what it patches, counts or looks at may be something else.
    """
    return "a test holds up nobody but itself" if place.file.is_test else None


def call_in_thread(call: cst.Call, place: Place, scope: Scope) -> Outcome:
    framework = framework_of(place.file)
    name = name_for(REMEDIES[framework]["thread"], place, scope)
    if name is None:
        return Refusal("the name of the asynchronous library means something else here")
    function, arguments, imports = call.func, list(call.args), name.imports
    if framework != "asyncio" and any(item.keyword is not None or item.star == "**" for item in arguments):
        # Only asyncio.to_thread passes keyword arguments on.
        partial = name_for("functools.partial", place, scope)
        if partial is None:
            return Refusal("functools means something else here")
        bound = call.with_changes(func=cst.parse_expression(partial.code), args=with_function(function, call))
        arguments, imports = [cst.Arg(bound.with_changes(lpar=(), rpar=()))], (*imports, *partial.imports)
        moved = call.with_changes(
            func=cst.parse_expression(name.code),
            args=arguments,
            whitespace_before_args=cst.SimpleWhitespace(""),
        )
    else:
        moved = call.with_changes(func=cst.parse_expression(name.code), args=with_function(function, call))
    return put_awaited(call, moved, place, imports, Safety.UNSAFE)


def with_function(function: cst.BaseExpression, call: cst.Call) -> list[cst.Arg]:
    """The arguments of a call with the function in front of them, on its line if they are on lines of their own."""
    if not call.args:
        return [cst.Arg(function)]
    gap = call.whitespace_before_args
    if isinstance(gap, cst.ParenthesizedWhitespace):
        # The comment in the gap stays in front of the function; here only the line's end is wanted again.
        newline = gap.first_line.newline
        gap = gap.with_changes(first_line=cst.TrailingWhitespace(newline=newline), empty_lines=())
    else:
        gap = cst.SimpleWhitespace(" ")
    return [cst.Arg(function, comma=cst.Comma(whitespace_after=gap)), *map(in_parentheses, call.args)]


def in_parentheses(argument: cst.Arg) -> cst.Arg:
    """An argument that can stand beside others: a generator that was alone needs parentheses of its own."""
    value = argument.value
    if not isinstance(value, cst.GeneratorExp) or value.lpar:
        return argument
    return argument.with_changes(value=value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()]))


def put_awaited(call: cst.Call, new: cst.Call, place: Place, imports: tuple[Import, ...], safety: Safety) -> Outcome:
    """Put a call that gives a coroutine in the place of one that blocks, awaited, in parentheses where it must be."""
    parent = next(place.ancestors(call), None)
    if isinstance(parent, cst.Await):
        return Fix(call, new, safety, imports)
    bare = new.with_changes(lpar=(), rpar=())
    awaited = cst.Await(bare, lpar=call.lpar, rpar=call.rpar)
    has_trailer = (isinstance(parent, (cst.Attribute, cst.Subscript)) and parent.value is call) or (
        isinstance(parent, cst.Call) and parent.func is call
    )
    if (has_trailer or touches_a_word(call, place)) and not call.lpar:
        awaited = awaited.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return Fix(call, awaited, safety, imports)


def touches_a_word(call: cst.Call, place: Place) -> bool:
    """Whether a keyword follows without a blank, as in ``f()if x else y``: libcst wants parentheses then."""
    _, _, line, column = place.span_of(call)
    return place.file.source.line_at(line)[column - 1 : column].isalpha()


def name_for(dotted: str, place: Place, scope: Scope) -> Name | None:
    """How to write ``package.….name``: with the import that is there, or with a new one of the package."""
    module, _, last = dotted.rpartition(".")
    root = dotted.partition(".")[0]
    known = place.name_for(dotted, scope)
    if known is not None:
        return Name(known, ())
    package = place.name_for(module, scope) if "." in module else None
    if package is not None:
        return Name(f"{package}.{last}", ())
    if place.is_imported(root, scope):
        return Name(dotted, ())
    if not place.is_free(root, scope):
        return None
    return Name(dotted, (Import(root if module.startswith(("anyio", "trio")) else module),))
