"""Tell which tests hold for one of many: a certain text, constant or class; and which lines handle errors."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import lines_of
from antipatterns.facts.memories import is_memory_of_imports
from antipatterns.facts.model import Test
from antipatterns.knowledge.exceptions import ENDS
from antipatterns.knowledge.standard_classes import SMALL_LETTERS
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.blocks import Blocks

# Errors that are as good as an answer: what handles them runs often.
_ANSWERS = frozenset(
    {
        *("LookupError", "KeyError", "IndexError", "AttributeError", "NameError", "ValueError", "TypeError"),
        *("StopIteration", "FileNotFoundError", "FileExistsError"),
    }
)


NO_LOOP = "RuntimeError"
"""The error of who starts a loop where one runs."""

# What special methods answer by raising.
_SAID_BY_RAISING = frozenset(
    {"LookupError", "KeyError", "IndexError", "AttributeError", "StopIteration", "StopAsyncIteration"}
)
_ENDS = frozenset(name.removeprefix("builtins.") for name in ENDS)
_LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_MANY = 5
_MANY_CLASSES = 4  # builtins among them, which alone are nothing particular
_OF_CLASSES = frozenset({"__name__", "__qualname__", "__module__"})


def find_untold(test: ast.Compare | ast.Call, *, holds: bool) -> Test | None:
    """What a test says that tells of no value: that a module is loaded, or that it holds for one of many."""
    if isinstance(test, ast.Compare) and _tells_of_loading(test, holds=holds):
        return Test.LOADED
    return Test.PARTICULAR if _is_particular(test, holds=holds) else None


def _tells_of_loading(test: ast.Compare, *, holds: bool) -> bool:
    """Whether a module is loaded where a test comes out so: it is looked up, or the class of an object by its name."""
    right = test.comparators[0]
    if isinstance(test.ops[0], ast.In if holds else ast.NotIn):
        return is_memory_of_imports(right)
    is_same = isinstance(test.ops[0], ast.Eq if holds else ast.NotEq)
    return is_same and any(map(_is_name_of_class, (test.left, right)))


def _is_name_of_class(node: ast.expr) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in _OF_CLASSES:
        return False
    owner = node.value
    return last_name(owner) == "__class__" or (isinstance(owner, ast.Call) and last_name(owner.func) == "type")


def _is_particular(test: ast.Compare | ast.Call, *, holds: bool) -> bool:
    """Whether a test comes out like this for one text, constant or class of many."""
    if isinstance(test, ast.Call):
        return holds and _asks_for_one(test)
    operator, right = test.ops[0], test.comparators[0]
    if len(test.ops) != 1:
        return False
    if isinstance(operator, ast.In):
        return holds and (_is_text(test.left) or _are_texts(right))
    if isinstance(operator, ast.Is) and getattr(right, "value", None) is True:
        return holds  # where anything true would do, one would not ask like this
    wanted = (ast.Eq, ast.Is) if holds else (ast.NotEq, ast.IsNot)
    return isinstance(operator, wanted) and any(_is_text(one) or _is_constant(one) for one in (test.left, right))


def _asks_for_one(test: ast.Call) -> bool:
    function = test.func
    if isinstance(function, ast.Attribute):
        is_asked = function.attr in ("startswith", "endswith") and len(test.args) == 1
        return is_asked and (_is_text(test.args[0]) or _are_texts(test.args[0]))
    if not isinstance(function, ast.Name) or function.id != "isinstance" or len(test.args) != 2:
        return False
    name = last_name(test.args[1])
    return name[:1].isupper() or name in SMALL_LETTERS


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def _are_texts(node: ast.expr) -> bool:
    return isinstance(node, (ast.Tuple, ast.List, ast.Set)) and bool(node.elts) and all(map(_is_text, node.elts))


def _is_constant(node: ast.expr) -> bool:
    """Whether this is a member of an enumeration, or its value, or another constant by its name."""
    if isinstance(node, ast.Attribute) and node.attr == "value":
        node = node.value
    return isinstance(node, (ast.Name, ast.Attribute)) and last_name(node).isupper()


def find_choices_of_many(blocks: Blocks) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of each branch of those that tell many texts, constants or classes apart."""
    choices = blocks.of(ast.If)
    if len(choices) < _MANY_CLASSES:
        return
    for apart in _branches_apart(blocks):
        classes = [one for one in apart if isinstance(one.test, ast.Call) and last_name(one.test.func) == "isinstance"]
        branches = [one for one in apart if _names_one(one.test)]
        is_of_many = len(branches) >= _MANY or len(classes) >= _MANY_CLASSES
        for branch in branches if is_of_many else ():
            yield (*lines_of(branch.body), Test.PARTICULAR)


def _branches_apart(blocks: Blocks) -> Iterator[list[ast.If]]:
    """The branches of each ``if … elif …``, and of ``if`` one behind the other that all leave: one of them runs."""
    following: dict[int, ast.If] = {}
    for one, block, index in blocks.placed(ast.If):
        after = one.orelse if len(one.orelse) == 1 else block[index + 1 :] if _leaves(one) else []
        if after and isinstance(after[0], ast.If):
            following[id(one)] = after[0]
    later = {id(one) for one in following.values()}
    for first in (one for one in blocks.of(ast.If) if id(one) not in later):
        branches = [first]
        while id(branches[-1]) in following:
            branches.append(following[id(branches[-1])])
        yield branches


def _leaves(choice: ast.If) -> bool:
    return not choice.orelse and isinstance(choice.body[-1], _LEAVE)


def _names_one(test: ast.expr) -> bool:
    if isinstance(test, ast.BoolOp):
        return (any if isinstance(test.op, ast.And) else all)(map(_names_one, test.values))
    return isinstance(test, (ast.Compare, ast.Call)) and _is_particular(test, holds=True)


def find_handlers(blocks: Blocks) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of what runs only where an error was raised, or is about to be."""
    for statement, block, index in blocks.placed(ast.Try):
        yield from _lines_after_errors(statement, block[index + 1 :])
    tried = {id(one.body) for one in blocks.of(ast.Try)}
    for block in blocks.all:
        if block and id(block) not in tried and _is_end(block[-1]):
            first = next((index for index in range(len(block) - 1, 0, -1) if _may_leave(block[index - 1])), 0)
            if first or block is not blocks.all[0]:
                yield (*lines_of(block[first:]), Test.ON_ERROR)


def _is_end(statement: ast.stmt) -> bool:
    """Whether a statement raises an error that is no answer, or ends the process."""
    if isinstance(statement, ast.Raise):
        error = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return error is None or last_name(error) not in _SAID_BY_RAISING
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and ast.unparse(value.func) in _ENDS


def _may_leave(statement: ast.stmt) -> bool:
    """Whether a function may go on elsewhere from a statement, so that what stands behind it need not run."""
    return any(isinstance(node, (ast.Return, ast.Continue, ast.Break)) for node in ast.walk(statement))


def _lines_after_errors(statement: ast.Try, after: list[ast.stmt]) -> Iterator[tuple[int, int, Test]]:
    """The handlers, and what stands behind a ``try`` that returns or the like where there is no error."""
    handlers = [handler for handler in statement.handlers if not _is_answer(handler.type)]
    for handler in handlers:
        yield (*lines_of(handler.body), Test.ON_ERROR)
    leaves = isinstance([*statement.body, *statement.orelse][-1], _LEAVE)
    if after and leaves and handlers:
        yield (*lines_of(after), Test.ON_ERROR)


def find_ways_out(blocks: Blocks) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of what is tried where a ``RuntimeError`` leads to something else than an error."""
    for statement in blocks.of(ast.Try):
        handlers = [one for one in statement.handlers if one.type is not None and last_name(one.type) == NO_LOOP]
        if handlers and not isinstance(handlers[0].body[-1], ast.Raise):
            yield (*lines_of(statement.body), Test.RUNS_ELSE)


def _is_answer(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(map(_is_answer, kind.elts))
    return kind is not None and last_name(kind) in _ANSWERS
