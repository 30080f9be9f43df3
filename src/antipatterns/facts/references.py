"""Find the lines of a function that run only where it is given the name of something in place of the thing itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Test
from antipatterns.facts.rarely import parts_of
from antipatterns.knowledge.standard_classes import EITHER, TEXTS_AS_WELL
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.facts.blocks import Blocks, Tested


def find_references(
    blocks: Blocks, tested: Sequence[Tested], arguments: ast.arguments
) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of what runs only for a text, of what is something else as a rule.

    Its annotation says that it is an object or, in place of that, a text (``Handler | str``), or it is given back as
    it is unless it is a text.
    """
    things = set(_given_as_things(arguments))
    returned = {id(one.test) for one in blocks.of(ast.If) if _gives_back(one)}
    for first, last, test, holds in tested if things or returned else ():
        is_left = not holds and id(test) in returned
        if is_left or any(_text_asked(part, holds=holds) in things for part in parts_of(test, holds=holds)):
            yield first, last, Test.PARTICULAR


def _gives_back(statement: ast.If) -> bool:
    """Whether this is ``if not isinstance(name, str): return name``."""
    name, last = _text_asked(statement.test, holds=False), statement.body[-1]
    return bool(name) and isinstance(last, ast.Return) and isinstance(last.value, ast.Name) and last.value.id == name


def _text_asked(test: ast.expr, *, holds: bool) -> str:
    """The name that holds a text if a test comes out like this; "" for any other test."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _text_asked(test.operand, holds=not holds)
    is_asked = holds and isinstance(test, ast.Call) and last_name(test.func) == "isinstance" and len(test.args) == 2
    if not is_asked or not isinstance(test, ast.Call) or last_name(test.args[1]) != "str":
        return ""
    return test.args[0].id if isinstance(test.args[0], ast.Name) else ""


def _given_as_things(arguments: ast.arguments) -> Iterator[str]:
    """The parameters that take an object of a class that has nothing to do with texts, or a text."""
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        kinds = [last_name(kind) for kind in _kinds_in(one.annotation)] if one.annotation is not None else []
        if "str" in kinds and any(kind[:1].isupper() and kind not in TEXTS_AS_WELL for kind in kinds):
            yield one.arg


def _kinds_in(annotation: ast.expr | None) -> Iterator[ast.expr]:
    """The classes of which an annotation lets a value be one, without what they hold."""
    if isinstance(annotation, ast.BinOp):
        yield from _kinds_in(annotation.left)
        yield from _kinds_in(annotation.right)
    elif isinstance(annotation, ast.Subscript):
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if last_name(annotation.value) not in EITHER:
            yield annotation.value
        for one in inner if last_name(annotation.value) in EITHER else ():
            yield from _kinds_in(one)
    elif annotation is not None:
        yield annotation
