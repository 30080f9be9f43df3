"""The plan of how to shorten one function: the blocks to cut out of it and what their helpers will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.blocks import Block, BlockSearch, Limits, reach_limit
from antipatterns.extraction.judge import Judge
from antipatterns.extraction.shape import Shape, shape_of

if TYPE_CHECKING:
    from antipatterns.extraction.flow import Function
    from antipatterns.semantics.scope import Scope
    from antipatterns.source import Source


class Plan(NamedTuple):
    """Blocks to cut out, the best first; ``objection`` says why they can only be advised."""

    blocks: tuple[Block, ...]
    shape: Shape
    objection: str | None


def plan_extraction(
    source: Source, function: Function, scope: Scope, code_lines: frozenset[int], most_lines: int
) -> Plan:
    """How to bring a function, defined in ``scope``, down to ``most_lines`` lines of code."""
    shape = shape_of(function, scope)
    limits = Limits(most_lines, len(code_lines))
    try:
        judge = Judge(function, _bound_around(function), shape.receiver)
        blocks = BlockSearch(source, judge, code_lines, shape.receiver).choose(limits)
    except RecursionError:  # thousands of elifs
        return Plan((), shape, "it is nested too deeply")
    objection = judge.objection or shape.objection
    if objection is None and shape.receiver and judge.receiver & judge.flow.body.total.binds:
        objection = f"it binds {shape.receiver}"
    if objection is None and not blocks:
        objection = "no block of it can be cut out with few names read and given back"
    if objection is None and not shape.receiver and any(block.uses_class for block in blocks):
        objection = "it uses super() outside of a class"
    if objection is None and not reach_limit(blocks, limits):
        objection = "no few blocks are enough to cut out"
    return Plan(tuple(blocks), shape, objection)


def _bound_around(function: Function) -> frozenset[str]:
    """Type parameters of the function itself: nothing outside of it sees them."""
    return frozenset(parameter.name for parameter in getattr(function, "type_params", ()))
