"""Allow a class that is longer than anybody reads before changing it.

What it finds
-------------
A class with more than 300 lines of code. A line of code is a physical line that holds something other than a comment,
a docstring or nothing. Nested classes count in the outer one. The message names the longest methods, and, where the
methods fall into groups that share no attribute and do not call each other, these: each could be a class of its own.
A class without methods (an enumeration, a table of constants) is not long, nor is one of which most is text and tables
over several lines, the rest being in the limit.

Why it is bad
-------------
A class that long has more than one reason to change, and each of its methods may touch the state of all others.

Bad
---
A class of 600 lines that reads orders, prices them, stores them and writes the mail to the customer.

Good
----
::

    class OrderService:
        def __init__(self, prices, orders, mails):
            self.prices = prices
            self.orders = orders
            self.mails = mails

        def place(self, order):
            self.orders.add(self.prices.apply(order))
            self.mails.confirm(order)

Fix safety
----------
There is no fix: where the border between the parts runs is a question of what they mean.

Options
-------
- ``max-lines`` (int, default 300): the most lines of code that a class may have.
- ``max-lines-in-tests`` (int, default: as ``max-lines``): the same for classes in test files.

Source
------
enterprise-python, "functions under 50 lines, classes under 300 lines"; python-coding, "No god objects".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import msgspec

from antipatterns.rule import Rule
from antipatterns.semantics.lines_of_code import is_mostly_data, lines_of_code
from antipatterns.semantics.method_groups import describe_groups, groups_of_methods
from antipatterns.semantics.names import scope_of_definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

Limit = Annotated[int, msgspec.Meta(ge=1)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    max_lines: Limit = 300
    max_lines_in_tests: Limit | None = None


RULE = Rule(__name__, "AP502", options=Options)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_METHODS_NAMED = 3
_MOST_GROUPS = 3


@RULE.visit(ast.ClassDef)
def find_class_too_long(node: ast.ClassDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a class with more lines of code than the limit."""
    options: Options = file.options(RULE)
    limit = options.max_lines
    if options.max_lines_in_tests is not None and file.is_test:
        limit = options.max_lines_in_tests
    if (node.end_lineno or node.lineno) - node.lineno < limit:
        return
    methods = [item for item in node.body if isinstance(item, _FUNCTIONS)]
    lines = lines_of_code(file.source, node, limit) if methods else frozenset()
    if len(lines) > limit and not is_mostly_data(node, lines, limit):
        advice = _advise(node, scope) or _describe_longest(methods, lines)
        message = f'class "{node.name}" has {len(lines)} lines of code (limit {limit}); {advice}'
        yield RULE.finding(file, file.source.span_of_name(node), message)


def _advise(node: ast.ClassDef, scope: Scope) -> str | None:
    """The groups of methods that could be classes of their own, where there are a few."""
    owner = scope_of_definition(scope, node)
    groups = [] if owner is None else groups_of_methods(owner)
    if 2 <= len(groups) <= _MOST_GROUPS:
        return f"these methods share nothing: {describe_groups(groups)}; split it there"
    return None


def _describe_longest(methods: list[ast.FunctionDef | ast.AsyncFunctionDef], lines: frozenset[int]) -> str:
    sizes = [
        (sum(number in lines for number in range(method.lineno, (method.end_lineno or 0) + 1)), method.name)
        for method in methods
    ]
    longest = sorted(sizes, key=lambda item: -item[0])[:_METHODS_NAMED]
    named = ", ".join(f"{name} ({size})" for size, name in longest)
    return f"it has {len(methods)} methods, the longest: {named}; move what belongs together into a class of its own"
