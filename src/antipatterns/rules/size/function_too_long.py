"""Allow a function that is longer than a reader can hold in mind.

What it finds
-------------
A function with more than 50 lines of code. A line of code is a physical line that holds something other than a
comment, a docstring or nothing. Nested functions count in the outer one. The message names the block of statements
that is best made a function of its own, with the variables that it would read and return; where none can be taken
out without passing many to and fro, it says what most of the lines are spent on. A function that only gives back or
assigns a table (a dict, list, set or tuple written out) is not long, whatever its lines; nor is one of which most is
text and tables over several lines, the rest being in the limit.

Why it is bad
-------------
A long function does several things, and each of them can be tested only together with all others.

Bad
---
A function of 80 lines that reads a file, checks each row and writes a report.

Good
----
::

    def import_orders(path):
        rows = read_rows(path)
        orders = [order_of(row) for row in rows if is_valid(row)]
        save(orders)

Fix safety
----------
The fix moves the named block, or a few, into a new function or method behind this one and calls it there. It is
unsafe: the program does the same, but tracebacks and debuggers show one more function, profilers and log records name
another one, objects that only the block knows die with it, a subclass may happen to have a method of the new name, and
whoever calls the method on something else than an instance of the class does not find the new one. Nothing is moved
that jumps or yields across the border, reads names that may be unbound, looks at the stack or at ``locals()``, or
holds what must live as long as the function, and nothing out of nested functions and static methods.

Options
-------
- ``max-lines`` (int, default 50): the most lines of code that a function may have.
- ``max-lines-in-tests`` (int, default: as ``max-lines``): the same for functions in test files.

Source
------
python-coding, "Keep functions < 50 lines"; enterprise-python, "functions under 50 lines".
Others have it as pylint R0915 and ruff PLR0915, which count statements.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.lines_of_code import is_mostly_data, lines_of_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.extraction.blocks import Block
    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef

Limit = Annotated[int, msgspec.Meta(ge=1)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    max_lines: Limit = 50
    max_lines_in_tests: Limit | None = None


RULE = Rule(__name__, "AP501", options=Options)

_TABLES = (ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Constant)
_WORDS: dict[type[ast.stmt], str] = {
    ast.For: "for loop",
    ast.AsyncFor: "async for loop",
    ast.While: "while loop",
    ast.If: "if statement",
    ast.With: "with block",
    ast.AsyncWith: "async with block",
    ast.Try: "try statement",
    ast.TryStar: "try statement",
    ast.Match: "match statement",
    ast.FunctionDef: "nested function",
    ast.AsyncFunctionDef: "nested function",
    ast.ClassDef: "nested class",
    ast.Expr: "expression",
    ast.Assign: "assignment",
    ast.AnnAssign: "assignment",
    ast.Return: "return statement",
    ast.Assert: "assertion",
    ast.Raise: "raise statement",
}
_SHARE_WORTH_NAMING = 1 / 3
_SHARE_TO_GO_DEEPER = 4 / 5


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef)
def find_function_too_long(function: Function, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a function with more lines of code than the limit."""
    limit = limit_of(file)
    if (function.end_lineno or function.lineno) - function.lineno < limit or _is_table(function):
        return
    lines = lines_of_code(file.source, function, limit)
    if len(lines) > limit and not is_mostly_data(function, lines, limit):
        from antipatterns.extraction.plan import plan_extraction  # much to load, and for long functions only

        plan = plan_extraction(file.source, function, scope, lines, limit)
        advice = (
            _describe_parameters(function, lines)
            or (_advise(plan.blocks[0]) if plan.blocks else None)
            or _describe(_find_bulk(function, lines))
        )
        message = f'function "{function.name}" has {len(lines)} lines of code (limit {limit}); {advice}'
        fix = Safety.UNSAFE if plan.objection is None else None
        yield RULE.finding(file, file.source.span_of_name(function), message, fix=fix)


def limit_of(file: File) -> int:
    """The most lines of code that a function in this file may have."""
    options: Options = file.options(RULE)
    if options.max_lines_in_tests is not None and file.is_test:
        return options.max_lines_in_tests
    return options.max_lines


def _is_table(function: Function) -> bool:
    """Whether the body, docstring aside, does nothing but hold data."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return bool(body) and all(
        isinstance(statement, (ast.Return, ast.Assign, ast.AnnAssign))
        and isinstance(statement.value, (*_TABLES, ast.Name))
        for statement in body
    )


def _advise(block: Block) -> str:
    """``extract lines 40-72: reads order, tax; returns total``."""
    parts = []
    if block.reads:
        parts.append(f"reads {', '.join(block.reads)}")
    if block.ends_function:
        parts.append("ends the function")
    elif block.returns:
        parts.append(f"returns {', '.join(block.returns)}")
    return f"extract lines {block.first_line}-{block.last_line}: {'; '.join(parts) or 'shares no variable'}"


class _Bulk(NamedTuple):
    statement: ast.stmt | None
    lines: int


def _find_bulk(function: Function, lines: frozenset[int]) -> _Bulk:
    """The innermost statement that holds most of a function's lines; none where they are spread evenly."""
    found = _Bulk(None, len(lines))
    body: list[ast.stmt] = function.body
    share = _SHARE_WORTH_NAMING
    while body:
        largest = max(body, key=lambda statement: _lines_in(statement, lines))
        size = _lines_in(largest, lines)
        if size < share * found.lines:
            break
        found = _Bulk(largest, size)
        share = _SHARE_TO_GO_DEEPER
        body = list(_statements_in(largest))
    return found


def _describe_parameters(function: Function, lines: frozenset[int]) -> str | None:
    """What to say of a function whose header takes most of its lines."""
    end = function.body[0].lineno
    header = [number for number in lines if function.lineno <= number < end]
    return f"{len(header)} of them in the parameters" if len(header) * 2 > len(lines) else None


def _statements_in(statement: ast.stmt) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from child.body


def _lines_in(statement: ast.stmt, lines: frozenset[int]) -> int:
    return sum(number in lines for number in range(statement.lineno, (statement.end_lineno or 0) + 1))


def _describe(bulk: _Bulk) -> str:
    statement = bulk.statement
    if statement is None:
        return "they are spread evenly"
    word = _WORDS.get(type(statement), "statement")
    return f"{bulk.lines} of them in the {word} at lines {statement.lineno}-{statement.end_lineno}"
