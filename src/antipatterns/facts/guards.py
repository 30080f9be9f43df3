"""Collect which lines of a function run only if something has a certain value or class, or rarely."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import Blocks, Tested, lines_of
from antipatterns.facts.conditional_names import tests_behind_names
from antipatterns.facts.expressions import is_writable
from antipatterns.facts.memories import find_memories, find_unset_globals
from antipatterns.facts.model import Guard, Test
from antipatterns.facts.omitted import defaults_in, find_classes_asked, find_omissions
from antipatterns.facts.particular import (
    find_choices_of_many,
    find_handlers,
    find_untold,
    find_ways_out,
)
from antipatterns.facts.rarely import find_lines_off_loop, find_rare_lines
from antipatterns.facts.references import find_references
from antipatterns.facts.tables import find_lines_missed
from antipatterns.facts.tried import find_memories_tried
from antipatterns.knowledge.loop_runners import TELL_COROUTINE_FUNCTIONS
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Plain = tuple[str, bool | int | str | None, Test, bool]  # as in Guard, behind the lines
_Way = tuple["_Condition", ...]
_Condition = _Plain | tuple[str, bool | int | str | None, Test, bool, tuple[_Way, ...]]
_Names = dict[str, str]  # parameters, as of defaults_in
_WITH_CHOICES: tuple[tuple[str, tuple[type[ast.stmt], ...]], ...] = (
    ("test", (ast.If, ast.While, ast.Assert)),
    ("value", (ast.Return, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)),
)
_CHOICES = frozenset({ast.BoolOp, ast.IfExp})
_PATHS = frozenset({"str", "bytes", "PathLike", "Path", "PurePath"})
_TELLING = frozenset({ast.If, ast.Assert, ast.For, ast.Try, ast.Global})
_NEGATIVE = (ast.NotIn, ast.NotEq, ast.IsNot)
_LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def collect_guards(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[int]) -> tuple[Guard, ...]:
    """The guards of a function: of the branches of ``if``, of what follows an ``if`` that leaves, of loops.

    Those that tell of anything but parameters matter only where one of its calls stands, which are on these ``lines``.
    """
    names = defaults_in(function)
    blocks = Blocks(function.body)
    names |= dict.fromkeys(_chosen_names(blocks, names, function.args.kwarg), "")
    chosen = list(_chosen_lines(blocks, lines)) if lines else []
    if not blocks.has_any(_TELLING):
        return tuple(_guards(chosen, names, lines, []))  # most functions have nothing else
    loops = [lines_of([one]) for one in blocks.of(ast.For, ast.AsyncFor, ast.While)]
    tested = [*tested_lines(blocks), *chosen]
    tested = [*tested, *tests_behind_names(tested, blocks, function)]
    found = [*_guards(tested, names, lines, loops), *map(_of_loop, _guards(_looped_lines(blocks), names, lines, loops))]
    if lines:
        untold = (
            *find_rare_lines(blocks, tested, names.keys()),
            *find_lines_off_loop(blocks, tested),
            *find_handlers(blocks),
            *find_ways_out(blocks),
            *find_choices_of_many(blocks),
            *find_references(blocks, tested, function.args),
            *((*lines, Test.KEPT_BY_KEY) for lines in find_lines_missed(blocks, function)),
        )
        others = [Guard(first, last, "", None, test, expected=True) for first, last, test in untold]
        for first, last, name in _memories(blocks, tested, function):
            test = Test.KEPT_BY_OBJECT if name else Test.KEPT
            others.append(Guard(first, last, "", name or None, test, expected=True))
        found += [one for one in others if _any_between(one, lines)]
    return tuple(found)


def _memories(
    blocks: Blocks, tested: Sequence[Tested], function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[tuple[int, int, str]]:
    """The lines that fill a memory, with the attribute of the object, where it is one, else ""."""
    yield from find_memories(blocks, function)
    for first, last in (*find_unset_globals(blocks, tested, function.args), *find_memories_tried(blocks, tested)):
        yield first, last, ""


def _chosen_names(blocks: Blocks, parameters: _Names, rest: ast.arg | None) -> Iterator[str]:
    """The local names that get one of two values, a parameter, or what ``**rest`` holds: others tell of them."""
    for statement in blocks.assignments():
        value, target = statement.value, statement.targets[0]
        is_chosen = value.__class__ is ast.IfExp or (rest is not None and _is_looked_up(value, rest.arg))
        is_chosen = is_chosen or (isinstance(value, ast.Name) and value.id in parameters)
        if is_chosen and isinstance(target, ast.Name) and len(statement.targets) == 1:
            yield target.id


def _is_looked_up(value: ast.expr, owner: str) -> bool:
    function = value.func if isinstance(value, ast.Call) else None
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == owner


def _guards(
    tested: Iterable[Tested], names: _Names, lines: list[int], loops: Sequence[tuple[int, int]]
) -> Iterator[Guard]:
    for first, last, test, holds in tested:
        asked = 0 if any(begin <= test.lineno <= end for begin, end in loops) else test.lineno
        for condition in _conditions(test, names, holds=holds):
            guard = _guard(first, last, condition, asked)
            if guard.path in names or _any_between(guard, lines):
                yield guard


def _of_loop(guard: Guard) -> Guard:
    """A guard of a loop: what is looped over is there as a rule."""
    return Guard(guard.first, guard.last, guard.path, "for", guard.test, guard.expected, guard.ways, guard.asked)


def _guard(first: int, last: int, condition: _Condition, asked: int) -> Guard:
    if len(condition) == 4:
        return Guard(first, last, *condition, asked=asked)
    path, value, test, expected, ways = condition
    inner = tuple(tuple(_guard(first, last, one, asked) for one in way) for way in ways)
    return Guard(first, last, path, value, test, expected, inner, asked)


def _any_between(guard: Guard, lines: list[int]) -> bool:
    return bisect_left(lines, guard.first) < bisect_right(lines, guard.last)


def _looped_lines(blocks: Blocks) -> Iterator[Tested]:
    """What runs only if there is something to loop over."""
    for statement in blocks.of(ast.For):
        yield from _lines(statement.body, statement.iter, holds=True)


def tested_lines(blocks: Blocks) -> Iterator[Tested]:
    """First and last lines of what runs only if a test holds, or does not."""
    for statement, block, index in blocks.placed(ast.If):
        yield from _lines(statement.body, statement.test, holds=True)
        yield from _lines(statement.orelse, statement.test, holds=False)
        for test, holds in _told_after(statement):
            yield from _lines(block[index + 1 :], test, holds=holds)
    for asserted, block, index in blocks.placed(ast.Assert):
        yield from _lines(block[index + 1 :], asserted.test, holds=True)


def _told_after(statement: ast.If) -> Iterator[tuple[ast.expr, bool]]:
    """The tests of an ``if`` and its ``elif`` of which one knows behind them how they came out, as a branch leaves."""
    while isinstance(statement.body[-1], _LEAVE):
        yield statement.test, False
        if len(statement.orelse) != 1 or not isinstance(statement.orelse[0], ast.If):
            return
        statement = statement.orelse[0]
    if statement.orelse and isinstance(statement.orelse[-1], _LEAVE):
        yield statement.test, True


def _chosen_lines(blocks: Blocks, lines: list[int]) -> Iterator[Tested]:
    """The lines of what ``a and f()``, ``a or f()`` and ``f() if a else b`` call only if a test holds, or does not.

    Only where no other call begins on them: guards know lines alone.
    """
    for choice in _choices_in(blocks):
        for branch, test, holds in _branches_of(choice):
            first, last = branch.lineno, branch.end_lineno or branch.lineno
            between = bisect_right(lines, last) - bisect_left(lines, first)
            if between and between == sum(isinstance(node, ast.Call) for node in ast.walk(branch)):
                yield first, last, test, holds


def _choices_in(blocks: Blocks) -> Iterator[ast.expr]:
    for field, kinds in _WITH_CHOICES:
        for statement in blocks.of(*kinds):
            choice: ast.expr = getattr(statement, field)
            if choice.__class__ in _CHOICES:
                yield choice


def _branches_of(choice: ast.expr) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    if isinstance(choice, ast.IfExp):
        yield choice.body, choice.test, True
        yield choice.orelse, choice.test, False
    elif isinstance(choice, ast.BoolOp):
        for index, value in enumerate(choice.values):
            for test in choice.values[:index]:
                yield value, test, isinstance(choice.op, ast.And)


def _lines(block: list[ast.stmt], test: ast.expr, *, holds: bool) -> Iterator[Tested]:
    if block:
        yield (*lines_of(block), test, holds)


def _conditions(test: ast.expr, names: _Names, *, holds: bool) -> Iterator[_Condition]:
    """What must be so of parameters if a test holds, or if it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _conditions(test.operand, names, holds=not holds)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is holds:  # all parts of "and" hold; none of "or" does where it fails
            for value in test.values:
                yield from _conditions(value, names, holds=holds)
        else:
            ways = tuple(tuple(_conditions(value, names, holds=holds)) for value in test.values)
            if all(ways):
                yield ("", None, Test.ANY_OF, True, ways)
    elif isinstance(test, (ast.Name, ast.Attribute)):
        path = _path_of(test, names)
        if path:
            yield (path, None, Test.IS_TRUE, holds)
    elif isinstance(test, (ast.Compare, ast.Call)):
        yield from _conditions_asked(test, names, holds=holds)


def _conditions_asked(test: ast.Compare | ast.Call, names: _Names, *, holds: bool) -> Iterator[_Condition]:
    told = tuple(_asked(test, names, holds=holds)) or tuple(find_omissions(test, names, holds=holds))
    untold = find_untold(test, holds=holds) if not told else None
    if untold is None and not told and _is_answered(test, holds=holds):
        untold = Test.UNTOLD
    yield from told if untold is None else (("", None, untold, True),)
    if isinstance(test, ast.Call) and last_name(test.func) == "isinstance" and len(test.args) == 2:
        yield from find_classes_asked(test, _path_of(test.args[0], names), holds=holds)


def _asked(test: ast.Compare | ast.Call, names: _Names, *, holds: bool) -> Iterator[_Condition]:
    if isinstance(test, ast.Compare):
        return _comparison(test, names, holds=holds)
    return _asked_by_call(test, names, holds=holds)


def _asked_by_call(test: ast.Call, names: _Names, *, holds: bool) -> Iterator[_Condition]:
    """What ``isinstance(x, str)`` and ``x.startswith("…")`` say."""
    function = test.func
    if isinstance(function, ast.Attribute) and function.attr == "get" and isinstance(function.value, ast.Name):
        path = _looked_up(function.value.id, test.args)
        if path and function.value.id not in names:
            yield (path, None, Test.IS_TRUE, holds)
    elif isinstance(function, ast.Attribute) and function.attr == "startswith":
        yield from _beginnings(function.value, test.args, names, holds=holds)
    elif isinstance(function, ast.Name) and function.id == "isinstance" and len(test.args) == 2:
        path = _path_of(test.args[0], names)
        if path and _are_paths(test.args[1]):
            yield (path, None, Test.IS_PATH, holds)
    elif last_name(function) in TELL_COROUTINE_FUNCTIONS and test.args:
        path = _path_of(test.args[0], names)
        if path:
            yield (path, None, Test.IS_ASYNC, holds)
    elif isinstance(function, ast.Name) and function.id == "hasattr" and len(test.args) == 2:
        named = test.args[1].value if isinstance(test.args[1], ast.Constant) else None
        if isinstance(test.args[0], ast.Name) and test.args[0].id in names and isinstance(named, str):
            yield (test.args[0].id, named, Test.HAS_ATTRIBUTE, holds)


def _looked_up(owner: str, key: list[ast.expr]) -> str:
    """The path that stands for what ``variable.get()`` or ``mapping.get("key")`` gives; "" for any other look-up."""
    if not key:
        return f"{owner}.get()"
    text = key[0].value if len(key) == 1 and isinstance(key[0], ast.Constant) else None
    return f"{owner}[{text}]" if isinstance(text, str) else ""


def _path_of(node: ast.expr, names: _Names) -> str:
    """The dotted path of a parameter, a constant, or an attribute of anything; "" for all else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or not (parts or node.id in names or node.id.isupper()):
        return ""
    return ".".join((node.id, *reversed(parts)))


def _are_paths(kinds: ast.expr) -> bool:
    """Whether the classes that ``isinstance`` is given are those of texts, and of paths besides."""
    names = [last_name(one) for one in (kinds.elts if isinstance(kinds, ast.Tuple) else (kinds,))]
    return "str" in names and _PATHS.issuperset(names)


def _beginnings(value: ast.expr, given: list[ast.expr], names: _Names, *, holds: bool) -> Iterator[_Condition]:
    """What must be so where a text begins with what is given, or with one of several."""
    if not isinstance(value, ast.Name) or value.id not in names or len(given) != 1:
        return
    if isinstance(given[0], ast.Tuple):
        ways = tuple(tuple(_beginnings(value, [one], names, holds=holds)) for one in given[0].elts)
        if ways and all(ways):
            yield from (("", None, Test.ANY_OF, True, ways),) if holds else (one for way in ways for one in way)
        return
    start = given[0].value if isinstance(given[0], ast.Constant) else None
    if isinstance(start, str) and is_writable(start):
        yield (value.id, start, Test.STARTS_WITH, holds)


def _comparison(test: ast.Compare, names: _Names, *, holds: bool) -> Iterator[_Condition]:
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    path = _path_of(left, names) if len(test.ops) == 1 else ""
    if path and isinstance(operator, (ast.In, ast.NotIn)):
        yield from _membership(path, right, holds=holds is isinstance(operator, ast.In))
    if not path or not isinstance(right, ast.Constant) or not _may_be_said(right.value):
        return
    value: bool | int | str | None = right.value  # type: ignore[assignment]
    if isinstance(operator, (ast.Is, ast.Eq)):
        yield (path, value, Test.EQUALS, holds)
    elif isinstance(operator, (ast.IsNot, ast.NotEq)):
        yield (path, value, Test.EQUALS, not holds)


def _is_answered(test: ast.Compare | ast.Call, *, holds: bool) -> bool:
    """Whether a test comes out like this only where something is there, and not where nothing is."""
    return holds is not (isinstance(test, ast.Compare) and isinstance(test.ops[0], _NEGATIVE))


def _membership(path: str, right: ast.expr, *, holds: bool) -> Iterator[_Condition]:
    """What must be so where a path holds one of some constants, or none of them, among which is None."""
    parts = right.elts if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else []
    values = [one.value for one in parts if isinstance(one, ast.Constant) and _may_be_said(one.value)]
    if None not in values or len(values) != len(parts):
        return
    conditions: list[_Plain] = [(path, value, Test.EQUALS, holds) for value in values]  # type: ignore[misc]
    if holds:
        yield ("", None, Test.ANY_OF, True, tuple((one,) for one in conditions))
    else:
        yield from conditions


def _may_be_said(value: object) -> bool:
    """Whether a guard can say that something is equal to a constant."""
    return value is None or (isinstance(value, (int, str)) and is_writable(value))
