"""Find the lines of a function that fill a memory which the program keeps: all but the first time they do not run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import lines_of
from antipatterns.facts.places import attribute_named, is_call_of, is_method, place_of, stores
from antipatterns.facts.rarely import parts_of
from antipatterns.knowledge.readiness import DONE_ONCE, LOOK_UP
from antipatterns.semantics.defaults import arguments_with_defaults
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.facts.blocks import Block, Blocks, Tested

_NONE: frozenset[str] = frozenset()
_FILLS = frozenset({ast.Assign, ast.AnnAssign, ast.Expr})


def find_memories(blocks: Blocks, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, int, str]]:
    """First and last lines of what runs only where a memory is empty, and stores there.

    Memories are items of mappings that are looked up, attributes of classes and of the ``function`` itself; attributes
    of objects where they are asked for twice, once with a lock: who does that shares the object. ``if key not in m:``
    is another matter, see ``tables``: modules and time zones are kept like that, of whose first use people complain.
    With the lines comes the attribute of the object, where it is one that others may have for themselves, else "".
    """
    looked_up: dict[str, list[tuple[int, str]]] | None = None
    options = _options_of(function.args)
    for statement, block, index in blocks.placed(ast.If):
        for lines, test, holds in branches_of(statement, block[index + 1 :]):
            if _is_not_imported(test, holds=holds) or _is_not_done(test, lines, holds=holds):
                yield (*lines_of(lines), "")
                continue
            place = _place_missed(test, options, holds=holds) if _may_fill(lines) else ""
            if place.isidentifier():
                looked_up = _places_looked_up(blocks) if looked_up is None else looked_up
                place = _nearest(looked_up.get(place, []), test.lineno)
            if not place or not stores(lines, place):
                continue
            is_kept = place.isidentifier() or _is_kept(place, function.name, lines)
            attribute = "" if is_kept else _own_attribute(place, function.args)
            if is_kept or attribute:
                yield (*lines_of(lines), attribute)


def _is_not_imported(test: ast.expr, *, holds: bool) -> bool:
    """Whether a test comes out like this only where ``sys.modules`` does not have a module, or not wholly."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_not_imported(test.operand, holds=not holds)
    if isinstance(test, ast.BoolOp):
        is_any = isinstance(test.op, ast.And) is holds
        return (any if is_any else _first)(_is_not_imported(value, holds=holds) for value in test.values)
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotIn if holds else ast.In):
        return is_memory_of_imports(test.comparators[0])
    return not holds and isinstance(test, ast.NamedExpr) and _is_get_of_modules(test.value)


def _is_not_done(test: ast.expr, lines: Block, *, holds: bool) -> bool:
    """Whether a test asks an object whether something was done that is done once, and only the object does it then."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_not_done(test.operand, lines, holds=not holds)
    asked = test.func if isinstance(test, ast.Call) else test
    if holds or not isinstance(asked, ast.Attribute) or asked.attr.rpartition("_")[2] not in DONE_ONCE:
        return False
    *before, last = lines
    is_alone = all(isinstance(one, (ast.Import, ast.ImportFrom)) for one in before)
    value = last.value if is_alone and isinstance(last, ast.Expr) else None
    done = value.func if isinstance(value, ast.Call) else None
    return isinstance(done, ast.Attribute) and place_of(done.value) == place_of(asked.value) != ""


def _first(answers: Iterator[bool]) -> bool:
    return next(answers, False)


def _is_get_of_modules(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and is_memory_of_imports(value.func.value)
    )


def is_memory_of_imports(node: ast.expr) -> bool:
    """Whether this is ``sys.modules``."""
    return isinstance(node, ast.Attribute) and node.attr == "modules" and last_name(node.value) == "sys"


def branches_of(statement: ast.If, after: Block) -> Iterator[tuple[Block, ast.expr, bool]]:
    """The blocks that depend on an ``if``, each with the test and how it comes out."""
    yield statement.body, statement.test, True
    if statement.orelse:
        yield statement.orelse, statement.test, False
    elif after and isinstance(statement.body[-1], ast.Return):
        yield after, statement.test, False


def _may_fill(block: Block) -> bool:
    return any(one.__class__ in _FILLS or isinstance(one, (ast.With, ast.Try, ast.If)) for one in block)


def _options_of(arguments: ast.arguments) -> frozenset[str]:
    """The parameters that are off unless somebody gives them."""
    given = arguments_with_defaults(arguments)
    return frozenset(one.arg for one, default in given if isinstance(default, ast.Constant) and not default.value)


def _is_option(test: ast.expr, options: frozenset[str]) -> bool:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    return isinstance(test, ast.Name) and test.id in options


def _place_missed(test: ast.expr, options: frozenset[str], *, holds: bool) -> str:
    """The place, as text, that is empty where a test comes out like this; "" for any other test.

    What a test says of ``options`` is left out: nobody has to give them.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _place_missed(test.operand, options, holds=not holds)
    if isinstance(test, ast.BoolOp):
        values = [value for value in test.values if not _is_option(value, options)]
        places = [_place_missed(value, options, holds=holds) for value in values] or [""]
        if isinstance(test.op, ast.And) is holds:
            return next(filter(None, places), "")
        return places[0] if len(set(places)) == 1 else ""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _place_compared(test.left, test.ops[0], test.comparators[0], holds=holds)
    if isinstance(test, ast.Call):
        return attribute_named(test) if not holds and is_call_of(test, "hasattr") else ""
    return place_of(test) if not holds else ""


def _place_compared(left: ast.expr, operator: ast.cmpop, right: ast.expr, *, holds: bool) -> str:
    is_none = isinstance(right, ast.Constant) and right.value is None
    return place_of(left) if is_none and isinstance(operator, ast.Is if holds else ast.IsNot) else ""


def _nearest(places: list[tuple[int, str]], line: int) -> str:
    """The place that was looked up last before a line."""
    return max((one for one in places if one[0] <= line), default=(0, ""))[1]


def _places_looked_up(blocks: Blocks) -> dict[str, list[tuple[int, str]]]:
    """The local names that get what is found in a place, each with the place: of a mapping, or a global name."""
    found: dict[str, list[tuple[int, str]]] = {}
    shared = blocks.global_names()
    for statement in blocks.assignments():
        value = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
        is_call = isinstance(value, ast.Call) and (is_call_of(value, "getattr") or is_method(value, LOOK_UP))
        if is_call or (isinstance(value, ast.Name) and value.id in shared):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append((statement.lineno, place_of(value)))
    return found


def _is_kept(place: str, function: str, block: Block) -> bool:
    """Whether a place is there for the whole program, as far as one knows."""
    if place.endswith("]"):
        return True
    root = place.partition(".")[0]
    return root in ("cls", function) or root[:1].isupper() or _is_locked(block, place)


def _own_attribute(place: str, arguments: ast.arguments) -> str:
    """The attribute of the object of a method, if a place is one; "" for all else."""
    positional = [*arguments.posonlyargs, *arguments.args]
    owner, _, name = place.rpartition(".")
    return name if positional and positional[0].arg == owner else ""


def _is_locked(block: Block, place: str) -> bool:
    """Whether a block takes a lock, or the like, and then asks once more."""
    return any(
        isinstance(statement, ast.With)
        and any(
            isinstance(inner, ast.If)
            and place in (_place_missed(inner.test, _NONE, holds=True), _place_missed(inner.test, _NONE, holds=False))
            for inner in statement.body
        )
        for statement in block
    )


def find_unset_globals(blocks: Blocks, tested: Sequence[Tested], arguments: ast.arguments) -> Iterator[tuple[int, int]]:
    """First and last lines of what runs only where a global name, which the function binds, is None yet.

    Or where what it holds is no good any more, as it says itself.
    """
    names = blocks.global_names()
    for choice, block, index in blocks.placed(ast.If) if names else ():
        after = block[index + 1 :]
        if after and _gives_back_first(choice, names, _options_of(arguments)):
            yield lines_of(after)
    for statement in blocks.assignments() if names else ():
        if _keeps_what_is_there(statement, names):
            yield lines_of([statement])
    for first, last, test, holds in tested if names else ():
        if any(_is_unset(one, names, holds=holds) for one in parts_of(test, holds=holds)):
            yield first, last


def _gives_back_first(statement: ast.If, names: set[str], options: frozenset[str]) -> bool:
    """Whether ``if option: … elif known: return known`` gives back one of some names unless an option is given."""
    if not _is_option(statement.test, options) or len(statement.orelse) != 1:
        return False
    other = statement.orelse[0]
    if not isinstance(other, ast.If) or other.orelse or not isinstance(other.body[-1], ast.Return):
        return False
    value = other.body[-1].value
    return isinstance(value, ast.Name) and value.id in names and _is_unset(other.test, names, holds=False)


def _keeps_what_is_there(statement: ast.Assign, names: set[str]) -> bool:
    """Whether a statement is ``known = known or find()``, of one of some names."""
    value, target = statement.value, statement.targets[0]
    if not isinstance(value, ast.BoolOp) or not isinstance(value.op, ast.Or):
        return False
    return place_of(value.values[0]) == place_of(target) in names


def _is_unset(test: ast.expr, names: set[str], *, holds: bool) -> bool:
    """Whether a test comes out like this only where a name is None yet."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_unset(test.operand, names, holds=not holds)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or if holds else ast.And):
        first, *others = test.values
        return _is_unset(first, names, holds=holds) and all(_names_any(one, names) for one in others)
    if isinstance(test, ast.Name):
        return not holds and test.id in names
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or last_name(test.left) not in names:
        return False
    right, wanted = test.comparators[0], ast.Is if holds else ast.IsNot
    return isinstance(test.ops[0], wanted) and isinstance(right, ast.Constant) and right.value is None


def _names_any(test: ast.expr, names: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(test))
