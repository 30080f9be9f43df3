"""Find where a name that is bound several times surely holds what one of these statements gave it."""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import blocks_in
from antipatterns.facts.model import Settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from antipatterns.facts.model import Binding


def collect_settled(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    calls: Sequence[ast.Call],
    bound: Mapping[str, Sequence[Binding]],
    elsewhere: frozenset[str],
) -> tuple[Settled, ...]:
    """The lines of a function in which a name holds what one statement gave it: behind that, in the same block.

    Up to the next statement in which anything binds the name: what stands behind in a block only runs after what
    stands before. Of names that ``calls`` ask or give, but for those that functions inside bind ``elsewhere``.
    """
    several: dict[str, list[int]] = {}
    for name, bindings in bound.items():
        if len(bindings) > 1 and "." not in name and name not in elsewhere:
            lines = sorted({binding.line for binding in bindings})
            if len(lines) == len(bindings) and lines[0] >= function.lineno:  # comprehensions do not say where
                several[name] = lines
    if several and any(not several.keys().isdisjoint(_names_in(call)) for call in calls):
        return tuple(_settled(function, several, bound))
    return ()


def _names_in(call: ast.Call) -> Iterator[str]:
    """The names that a call begins with, and those that it gives as they are."""
    node = call.func
    while isinstance(node, ast.Attribute):
        node = node.value
    given = (one.value for one in call.keywords)
    yield from (one.id for one in (node, *call.args, *given) if isinstance(one, ast.Name))


def _settled(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    several: Mapping[str, list[int]],
    bound: Mapping[str, Sequence[Binding]],
) -> Iterator[Settled]:
    positions = {name: {one.line: position for position, one in enumerate(bound[name])} for name in several}
    statements = (
        (statement, block[index + 1 :]) for block in blocks_in(function.body) for index, statement in enumerate(block)
    )
    for name, line, first, held in (one for pair in statements for one in _bound_by(*pair)):
        if not held or line not in positions.get(name, ()):
            continue
        last = _last_before_the_next(first, held, several[name])
        if first <= last:
            yield Settled(first, last, name, positions[name][line])


def _bound_by(statement: ast.stmt, behind: list[ast.stmt]) -> Iterator[tuple[str, int, int, list[ast.stmt]]]:
    """The plain names to which a statement gives a value.

    Each with the line, the first line in which they hold it, and the statements that these lines go through: those
    ``behind`` in the block, those in a loop.
    """
    if isinstance(statement, ast.Assign):
        targets, first, held = statement.targets, _behind(statement), behind
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, first, held = [statement.target], _behind(statement), behind
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        targets, first, held = _targets_of_loop(statement.target), statement.body[0].lineno, statement.body
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        targets = [one.optional_vars for one in statement.items if one.optional_vars is not None]
        first, held = statement.body[0].lineno, [*statement.body, *behind]
    else:
        return
    yield from ((one.id, statement.lineno, first, held) for one in targets if isinstance(one, ast.Name))


def _behind(statement: ast.stmt) -> int:
    return (statement.end_lineno or statement.lineno) + 1


def _targets_of_loop(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def _last_before_the_next(first: int, held: list[ast.stmt], bindings: list[int]) -> int:
    """The last of the lines from ``first`` through some statements, up to where a name is bound again."""
    last = held[-1].end_lineno or held[-1].lineno
    later = bisect_right(bindings, first - 1)
    if later < len(bindings) and bindings[later] <= last:
        return _end_before(bindings[later], held)
    return last


def _end_before(line: int, block: list[ast.stmt]) -> int:
    """The last line before a statement with a binding can have run: of a plain assignment, its value comes first."""
    statement = block[bisect_right(block, line, key=_line_of) - 1]
    is_plain = isinstance(statement, ast.Assign) and all(isinstance(one, ast.Name) for one in statement.targets)
    return (statement.end_lineno or statement.lineno) if is_plain else statement.lineno - 1


def _line_of(statement: ast.stmt) -> int:
    return statement.lineno
