"""Find the lines of a function on which something is surely an instance of a class: ``isinstance``, ``case C()``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import Blocks, lines_of
from antipatterns.facts.guards import tested_lines
from antipatterns.facts.model import Either, Items, Narrowing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.facts.blocks import Tested
    from antipatterns.facts.model import Expression

    _Write = Callable[[ast.expr], Expression]


def collect_narrowings(function: ast.FunctionDef | ast.AsyncFunctionDef, write: _Write) -> tuple[Narrowing, ...]:
    """What ``isinstance`` and patterns tell of the lines of a function."""
    blocks = Blocks(function.body)
    found = [
        Narrowing(first, last, path, kind)
        for first, last, test, holds in (*tested_lines(blocks), *_looped_lines(blocks))
        for path, kind in _classes(test, write, holds=holds)
    ]
    for statement in blocks.of(ast.Match):
        for case in statement.cases:
            first, last = lines_of(case.body)
            found += [Narrowing(first, last, path, kind) for path, kind in _matched(statement.subject, case, write)]
    return tuple(found)


def _looped_lines(blocks: Blocks) -> Iterator[Tested]:
    for statement in blocks.of(ast.While):
        yield (*lines_of(statement.body), statement.test, True)


def _classes(test: ast.expr, write: _Write, *, holds: bool) -> Iterator[tuple[str, Expression]]:
    """The paths that are instances of a class if a test holds, or if it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _classes(test.operand, write, holds=not holds)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
        for value in test.values:
            yield from _classes(value, write, holds=holds)
    elif holds and isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance":
        path = write(test.args[0]) if len(test.args) == 2 else None
        kind = write(test.args[1]) if isinstance(path, str) else None
        if isinstance(kind, Items):
            kind = Either(kind.items)
        if isinstance(path, str) and isinstance(kind, (str, Either)):
            yield path, kind


def _matched(subject: ast.expr, case: ast.match_case, write: _Write) -> Iterator[tuple[str, Expression]]:
    """The paths that are instances of a class where a case matches: the subject, and names that it captures."""
    path, kind = write(subject), class_of_pattern(case.pattern, write)
    if isinstance(path, str) and kind is not None:
        yield path, kind
    for pattern in ast.walk(case.pattern):
        kind = class_of_pattern(pattern, write) if isinstance(pattern, ast.MatchAs) and pattern.name else None
        if isinstance(pattern, ast.MatchAs) and pattern.name and kind is not None:
            yield pattern.name, kind


def class_of_pattern(pattern: ast.AST | None, write: _Write) -> Expression:
    """The class of what a pattern matches, or several of which it is one; None where it does not say."""
    if isinstance(pattern, ast.MatchAs):
        return class_of_pattern(pattern.pattern, write)
    if isinstance(pattern, ast.MatchClass):
        kind = write(pattern.cls)
        return kind if isinstance(kind, str) else None
    if isinstance(pattern, ast.MatchOr):
        options = tuple(dict.fromkeys(class_of_pattern(one, write) for one in pattern.patterns))
        if None not in options:
            return Either(options) if len(options) > 1 else options[0]
    return None
