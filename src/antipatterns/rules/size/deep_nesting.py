"""Allow blocks nested so deep that a reader has to keep all their conditions in mind.

What it finds
-------------
Blocks nested deeper than 4: ``if``, ``for``, ``while``, ``with``, ``try`` and ``match``, their ``async`` forms too, in
a function, a class body or a module. ``elif`` is no deeper than its ``if``; a function or class inside begins anew. One
finding for all that is too deep in the same block, at the first statement; the message names the way down to it, and
the ``if`` that a guard clause could take out of it.

Why it is bad
-------------
Whoever changes the innermost line has to know what holds there: five conditions, loops and handlers, of which some
are off the screen.

Bad
---
::

    def ship(orders):
        for order in orders:
            if order.is_paid:
                for line in order.lines:
                    if line.in_stock:
                        if line.amount:
                            line.ship()

Good
----
::

    def ship(orders):
        for order in orders:
            if not order.is_paid:
                continue
            for line in order.lines:
                if line.in_stock and line.amount:
                    line.ship()

Fix safety
----------
Safe: an ``if`` on the way that is the last thing in a loop or function becomes a guard clause, ``if not ...:
continue`` or ``return``; one whose ``else`` only raises, returns or jumps becomes a guard with that. As many of them
as it takes, those right in a loop or function first. Refused where too few can be turned around: where there is an
``else`` that goes on, code after it, or a ``try`` with an ``else`` around it; and where comments would lose their
place.

Options
-------
- ``max-depth`` (int, default 4): how deep blocks may be nested.

Source
------
enterprise-python, "Use early returns to reduce nesting". Others have it as pylint R1702 and ruff PLR1702.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import msgspec

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.nesting import guards_around, paths_deeper_than
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Holder = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    max_depth: Annotated[int, msgspec.Meta(ge=1)] = 4


RULE = Rule(__name__, "AP505", options=Options)

_WORDS: dict[type[ast.stmt], str] = {
    ast.If: "if",
    ast.For: "for",
    ast.AsyncFor: "async for",
    ast.While: "while",
    ast.With: "with",
    ast.AsyncWith: "async with",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.Match: "match",
}


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
def find_deep_nesting(holder: Holder, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each block that holds others nested deeper than the limit."""
    limit = limit_of(file)
    if not isinstance(holder, ast.Module) and (holder.end_lineno or 0) - holder.lineno <= limit:
        return
    for path, depth in paths_deeper_than(limit, holder.body):
        guards = guards_around(path, file.parents_below(holder))
        way = " > ".join(_WORDS[type(statement)] for statement in path) + " > …" * (depth > len(path))
        advice = "move a part into a function of its own"
        if len(guards) >= depth - limit:
            advice = f'turn the "if" at line {guards[0].statement.lineno} into a guard clause'
        message = f"blocks are nested {depth} deep (limit {limit}): {way}; {advice}"
        fix = Safety.SAFE if len(guards) >= depth - limit else None
        yield RULE.finding(file, _span_of_keyword(path[-1], file), message, fix=fix)


def limit_of(file: File) -> int:
    """How deep blocks in this file may be nested."""
    options: Options = file.options(RULE)
    return options.max_depth


def _span_of_keyword(statement: ast.stmt, file: File) -> Span:
    """The place of the word that begins a statement."""
    column = file.source.column_at(statement.lineno, statement.col_offset)
    return Span(statement.lineno, column, statement.lineno, column + len(_WORDS[type(statement)]))
