"""Allow ``raise Exception``, which nobody can catch without catching everything.

What it finds
-------------
``raise Exception``, ``raise Exception(…)`` and the same with ``BaseException``, also with ``from`` and below
``.with_traceback(…)``. Silent in tests, where any exception will do to see what is made of it, and in a ``try`` whose
own handler catches everything: no caller will see the exception.

Why it is bad
-------------
A caller who wants to handle this one error must write ``except Exception``, and so swallows every other one with it;
or read the message, which will change. An exception of its own type says in one word what happened.

Bad
---
::

    def withdraw(account, amount):
        if amount > account.balance:
            raise Exception("not enough money")

Good
----
::

    class NotEnoughMoneyError(Exception):
        pass

    def withdraw(account, amount):
        if amount > account.balance:
            raise NotEnoughMoneyError(amount)

Fix safety
----------
None: only the author knows what the error is called.

Options
-------
- ``defer-to-ruff``: leaves all to TRY002 but what is raised through ``with_traceback`` or another name.

Source
------
enterprise-python, "Create custom exceptions for domain errors"; python-engineer, "custom exceptions and error codes".
Others have it as tryceratops and ruff TRY002, and pylint W0719.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.rule import Rule
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import BROAD, is_broad
from antipatterns.semantics.names import is_imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP206", words=("raise",), ruff=("TRY002",))


@RULE.visit(ast.Raise)
def find_generic_raise(statement: ast.Raise, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a ``raise`` of one of the two types that everything else inherits from."""
    raised = statement.exc
    while isinstance(raised, ast.Call):
        raised = raised.func
        if isinstance(raised, ast.Attribute) and raised.attr == "with_traceback":
            raised = raised.value
    if raised is None or file.resolve(raised, scope) not in BROAD or file.is_test:
        return
    if _is_caught(statement, file, scope):
        return
    message = f"raise {ast.unparse(raised)} forces callers to catch everything; raise a class that says what happened"
    is_plain = raised is statement.exc or (isinstance(statement.exc, ast.Call) and raised is statement.exc.func)
    ruff = RULE.ruff if is_plain and is_imported(raised, scope) else ()
    yield RULE.finding(file, file.source.span_of(statement), message, ruff=ruff)


def _is_caught(statement: ast.Raise, file: File, scope: Scope) -> bool:
    """Whether a handler of the same function catches what a statement raises, and does not let it out again."""
    parents = file.parents_in(scope)
    node: ast.AST = statement
    while node in parents:
        child, node = node, parents[node]
        if isinstance(node, (ast.Try, ast.TryStar)) and child in node.body:
            catching = [handler for handler in node.handlers if is_broad(handler.type, file, scope)]
            if catching:
                return not any(_lets_out(item, catching[0].name) for item in walk_block(catching[0].body))
    return False


def _lets_out(node: ast.AST, name: str | None) -> bool:
    return isinstance(node, ast.Raise) and (
        node.exc is None or (isinstance(node.exc, ast.Name) and node.exc.id == name)
    )
