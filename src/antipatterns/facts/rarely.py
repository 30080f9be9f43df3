"""Find the lines of a function that ordinarily do not run: options that nobody has to give, and where no loop runs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import lines_of
from antipatterns.facts.model import Test
from antipatterns.knowledge.environment import MAPPINGS
from antipatterns.knowledge.loop_runners import ASK_FOR_RUNNING_LOOP, FORKS, OF_RUNNING_LOOP, RUNNING_LOOP
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from antipatterns.facts.blocks import Blocks, Tested

_ENVIRONMENTS = frozenset(name.rpartition(".")[2] for name in MAPPINGS)


def find_lines_off_loop(blocks: Blocks, tested: Sequence[Tested]) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of what runs only where a function has asked for the running loop, and there is none."""
    asked: set[str] = set()
    forked: set[str] = set()
    for one in blocks.assignments():
        if _asks_for_loop(one.value):
            asked.update(ast.unparse(target) for target in one.targets)
        elif isinstance(one.value, ast.Call) and last_name(one.value.func) in FORKS:
            forked.update(target.id for target in one.targets if isinstance(target, ast.Name))
    for tried in blocks.of(ast.Try):
        if _asks_for_loop(getattr(tried.body[0], "value", None)):
            for handler in tried.handlers:
                yield (*lines_of(handler.body), Test.OFF_LOOP)
    for first, last, test, holds in tested:
        for part in parts_of(test, holds=holds):
            elsewhere = (ast.IsNot, ast.NotEq) if holds else (ast.Is, ast.Eq)
            if (
                _is_compared_with_loop(part, elsewhere)
                or (asked and _is_nothing(part, asked, holds=holds))
                or (forked and _is_zero(part, forked, holds=holds))
            ):
                yield first, last, Test.OFF_LOOP


def _asks_for_loop(value: ast.expr | None) -> bool:
    if isinstance(value, ast.IfExp):
        return _asks_for_loop(value.body) or _asks_for_loop(value.orelse)
    if isinstance(value, ast.Compare):
        return _is_compared_with_loop(value, (ast.Is, ast.Eq))
    return isinstance(value, ast.Call) and _gives_running_loop(last_name(value.func))


def _gives_running_loop(function: str) -> bool:
    """Whether a function, by its name, gives the running loop, or nothing where none runs."""
    words = {*filter(None, function.split("_"))}
    return function in ASK_FOR_RUNNING_LOOP or RUNNING_LOOP <= words <= RUNNING_LOOP | OF_RUNNING_LOOP


def _is_compared_with_loop(test: ast.expr, operators: tuple[type[ast.cmpop], ...]) -> bool:
    """Whether something is compared with the loop that runs."""
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], operators)
        and any(isinstance(one, ast.Call) and _asks_for_loop(one) for one in (test.left, *test.comparators))
    )


def _is_zero(test: ast.expr, names: set[str], *, holds: bool) -> bool:
    """Whether a test comes out like this only where one of some names holds 0: in the child after a fork."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_zero(test.operand, names, holds=not holds)
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and getattr(test.comparators[0], "value", None) == 0:
        wanted = (ast.Eq, ast.LtE) if holds else (ast.NotEq, ast.Gt)
        return isinstance(test.ops[0], wanted) and last_name(test.left) in names
    return not holds and isinstance(test, ast.Name) and test.id in names


def _is_nothing(test: ast.expr, paths: set[str], *, holds: bool) -> bool:
    """Whether a test comes out like this only where one of some paths holds None."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_nothing(test.operand, paths, holds=not holds)
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and getattr(test.comparators[0], "value", 0) is None:
        return isinstance(test.ops[0], ast.Is if holds else ast.IsNot) and ast.unparse(test.left) in paths
    return not holds and isinstance(test, (ast.Name, ast.Attribute)) and ast.unparse(test) in paths


def find_rare_lines(
    blocks: Blocks, tested: Sequence[Tested], parameters: Collection[str]
) -> Iterator[tuple[int, int, Test]]:
    """First and last lines of what a function ordinarily leaves out.

    ``blocks``: all of its blocks, ``tested``: lines of them with the test that they depend on.
    """
    options = _names_of_options(blocks)
    named = {name for name in options if name not in parameters and _is_bound_once(name, blocks)}
    demands = set(_tests_that_demand(blocks))
    for first, last, test, holds in tested:
        for one in parts_of(test, holds=holds) if test not in demands else ():
            if _is_option(one, named, holds=holds):
                yield first, last, Test.RARELY


def _tests_that_demand(blocks: Blocks) -> Iterator[ast.expr]:
    """The tests of what everybody must give: without it, a function raises an error."""
    for one in blocks.of(ast.If):
        if any(branch and isinstance(branch[-1], ast.Raise) for branch in (one.body, one.orelse)):
            yield one.test


def _names_of_options(blocks: Blocks) -> Iterator[str]:
    """The local names that get what may be missing."""
    for one in blocks.assignments():
        if _may_be_missing(_last_choice(one.value)):
            yield from (target.id for target in one.targets if isinstance(target, ast.Name))


def _is_bound_once(name: str, blocks: Blocks) -> bool:
    """Whether nothing but one statement gives a local name its value."""
    targets = [
        target
        for block in blocks.all
        for one in block
        for target in getattr(one, "targets", ()) or (getattr(one, "target", None),)
        if target is not None
    ]
    found = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name) and node.id == name]
    return len([node for node in found if isinstance(node.ctx, ast.Store)]) == 1


def parts_of(test: ast.expr, *, holds: bool) -> Iterator[ast.expr]:
    """What is so for sure if a test holds, or what is not if it does not."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
        for value in test.values:
            yield from parts_of(value, holds=holds)
    else:
        yield test


def _is_option(test: ast.expr, options: set[str], *, holds: bool) -> bool:
    """Whether a test comes out like this only where somebody gave an option: of the environment, or by its key."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_option(test.operand, options, holds=not holds)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        operator, right = test.ops[0], test.comparators[0]
        if isinstance(operator, (ast.In, ast.NotIn)):
            return isinstance(operator, ast.In) is holds and last_name(right) in _ENVIRONMENTS
        is_none = isinstance(right, ast.Constant) and right.value is None
        wanted = ast.IsNot if holds else ast.Is
        return is_none and isinstance(operator, wanted) and _is_missing(test.left, options)
    return holds and _is_missing(test, options)


def _is_missing(value: ast.expr, options: set[str]) -> bool:
    return value.id in options if isinstance(value, ast.Name) else _may_be_missing(value)


def _last_choice(value: ast.expr) -> ast.expr:
    """What ``given or os.getenv("KEY")`` falls back on: nobody has to give that either."""
    return value.values[-1] if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or) else value


def _may_be_missing(value: ast.expr) -> bool:
    """Whether a value is ``os.getenv("KEY")`` or ``options.pop("key", None)``, which nobody has to give.

    ``options.get("key")`` is not: that is how packages also read what everybody gives.
    """
    if (
        not isinstance(value, ast.Call)
        or value.keywords
        or len(value.args) not in (1, 2)
        or not (_is_fixed(value.args[0]) or _is_of_environment(value.func))
    ):
        return False
    if len(value.args) == 1:
        return _is_of_environment(value.func)
    default = value.args[1]
    is_off = isinstance(default, ast.Constant) and not default.value
    return is_off and (last_name(value.func) == "pop" or _is_of_environment(value.func))


def _is_of_environment(function: ast.expr) -> bool:
    if last_name(function) == "getenv":
        return True
    return isinstance(function, ast.Attribute) and function.attr == "get" and last_name(function.value) in _ENVIRONMENTS


def _is_fixed(key: ast.expr) -> bool:
    return isinstance(key.value, str) if isinstance(key, ast.Constant) else last_name(key).isupper()
