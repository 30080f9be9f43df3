"""Allow the text of an unexpected error, or its traceback, into an HTTP response.

What it finds
-------------
In an ``except`` block: a traceback as text in what is sent to a client; and the text of the caught exception
(``str(exc)``, ``f"{exc}"``, ``exc`` itself…) where the handler is for everything, or the status is 500 or above and the
exception may come from the system rather than from the data (``ValueError``, ``KeyError`` and their like). What is sent
is a response of FastAPI, Starlette, Flask, Django, aiohttp and the like, an exception such as
``HTTPException`` that becomes one, or what a route returns; the same in functions that answer every exception
(``@app.exception_handler(Exception)``). Silent where a handler for certain types answers below 500 (``except
ValueError`` and 400), where one for the project's own types answers anything but 500, behind a condition on the
exception or on a debug mode, for other attributes of the exception (``exc.detail``), where a function of your own makes
the text, and in tests.

Why it is bad
-------------
The text of an unexpected exception was written for developers: it names tables, paths, hosts, and now and then a
password in a URL. An attacker learns the inside of the system from it, and a user learns nothing (CWE-209).

Bad
---
::

    from fastapi import HTTPException

    async def pay(order):
        try:
            return await order.pay()
        except Exception as exc:
            raise HTTPException(status_code=500, detail=str(exc)) from exc

Good
----
::

    import logging

    from fastapi import HTTPException

    log = logging.getLogger(__name__)

    async def pay(order):
        try:
            return await order.pay()
        except Exception as exc:
            log.exception("cannot pay %s", order)
            raise HTTPException(status_code=500, detail="the payment failed") from exc

Fix safety
----------
None: what to tell the client instead is for the author to say.

Options
-------
None.

Source
------
python-patterns, "NOT stack traces (security)".
CodeQL has it as py/stack-trace-exposure.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from antipatterns.knowledge.exceptions import ABOUT_DATA
from antipatterns.knowledge.responses import APPLICATIONS, ERROR_HANDLERS, FRAMEWORKS, RESPONSES, ROUTES
from antipatterns.rule import Rule
from antipatterns.semantics.exception_text import Texts
from antipatterns.semantics.exceptions import is_broad
from antipatterns.semantics.names import definition_of, scope_of_definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP209", words=("except", "errorhandler"))

_INTERNAL_SERVER_ERROR = 500

_DEBUG = r"(?i)debug|verbose|expose|develop|\bdev\b|testing|show_"
_STATUS = r"HTTP_(\d{3})_"
# Statuses under which the text of a caught exception must not be sent.
_ANY, _NONE = range(1000), range(0)
_ERRORS_OF_SERVER = range(_INTERNAL_SERVER_ERROR, 1000)
_UNEXPECTED = range(_INTERNAL_SERVER_ERROR, _INTERNAL_SERVER_ERROR + 1)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@RULE.visit(ast.ExceptHandler)
def find_leak_in_handler(handler: ast.ExceptHandler, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each response in a handler that tells what was caught."""
    if not _may_leak(file) or (handler.name is None and not file.source.mentions(("traceback",))):
        return
    statuses = _statuses_for(handler.type, file, scope)
    names = () if handler.name is None else (handler.name,)
    yield from _Leaks(Texts(file, scope, names), statuses, is_route=_is_route(file, scope)).find(handler.body)


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef)
def find_leak_in_error_handler(
    function: ast.FunctionDef | ast.AsyncFunctionDef, file: File, scope: Scope
) -> Iterator[Finding]:
    """Yield a finding for each response of a function that answers every exception, if it tells which."""
    if not any(_answers_everything(item, file, scope) for item in function.decorator_list) or not _may_leak(file):
        return
    inside = scope_of_definition(scope, function)
    if inside is not None and function.args.args:
        texts = Texts(file, inside, [function.args.args[-1].arg])
        yield from _Leaks(texts, _ANY, is_route=True).find(function.body)


def _may_leak(file: File) -> bool:
    return not FRAMEWORKS.isdisjoint(file.imported_roots) and not file.is_test


def _statuses_for(caught: ast.expr | None, file: File, scope: Scope) -> range:
    """The statuses under which the text of a caught exception must not be sent."""
    if is_broad(caught, file, scope):
        return _ANY
    types = [item for item in (caught.elts if isinstance(caught, ast.Tuple) else [caught]) if item is not None]
    doubtful = [item for item in types if file.resolve(item, scope) not in ABOUT_DATA]
    if not doubtful:
        return _NONE
    return _UNEXPECTED if all(_is_own(item, file, scope) for item in doubtful) else _ERRORS_OF_SERVER


def _is_own(caught: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a class is the project's: whoever answers it with 502 or 503 knows what its texts say."""
    if definition_of(caught, scope) is not None:
        return True
    dotted = file.resolve(caught, scope)
    if dotted is None:
        return False
    root = dotted.partition(".")[0]
    return not root or file.module_name.is_project_root(root)


class _Leaks:
    """Looks for leaks in the statements of one handler, in their order."""

    def __init__(self, texts: Texts, statuses: range, *, is_route: bool) -> None:
        self.texts = texts
        self.statuses = statuses
        self.is_route = is_route
        self.file, self.scope = texts.file, texts.scope

    def find(self, body: list[ast.stmt]) -> Iterator[Finding]:
        """Yield a finding for each response that leaks."""
        for statement in body:
            if isinstance(statement, _DEFINITIONS):
                continue
            if isinstance(statement, ast.Return) and statement.value is not None:
                yield from self._find_in_return(statement.value)
            else:
                for call in _own_calls(statement):
                    yield from self._find_in_call(call, None)
            self.texts.learn(statement)
            for block in self._blocks_in(statement):
                yield from self.find(block)

    def _blocks_in(self, statement: ast.stmt) -> Iterator[list[ast.stmt]]:
        """The blocks of a statement in which nobody has decided what to tell."""
        if isinstance(statement, ast.If):
            if self._decides_on_debugging(statement.test):
                return
            if self.texts.names.isdisjoint(_names_in(statement.test)):
                yield statement.body
            yield statement.orelse
        if isinstance(statement, ast.Match) and self.texts.names.isdisjoint(_names_in(statement.subject)):
            yield from (case.body for case in statement.cases)
        if isinstance(statement, (ast.If, ast.Match)):
            return
        for field in ("body", "orelse", "finalbody"):
            block = getattr(statement, field, None)
            if isinstance(block, list):
                yield block

    @staticmethod
    def _decides_on_debugging(test: ast.expr) -> bool:
        return re.search(_DEBUG, ast.unparse(test)) is not None

    def _find_in_return(self, value: ast.expr) -> Iterator[Finding]:
        """What is returned: a response, a response and a status, or what a route makes a response of."""
        body, status = value, None
        if isinstance(value, ast.Tuple) and len(value.elts) >= 2:
            body, status = value.elts[0], _status_of(value.elts[1], self.file, self.scope)
        calls = list(_own_calls(ast.Expr(body)))
        found = [finding for call in calls for finding in self._find_in_call(call, status)]
        yield from found
        if self.is_route and not found:
            message = self._judge([body], status or 200)
            if message is not None:
                yield RULE.finding(self.file, self.file.source.span_of(value), f"the route {message}")

    def _find_in_call(self, call: ast.Call, status: int | None) -> Iterator[Finding]:
        dotted = self.file.resolve(call.func, self.scope)
        answer = RESPONSES.get(dotted or "")
        if answer is None:
            return
        given = [item.value for item in call.keywords if item.arg == answer.keyword]
        if 0 <= answer.position < len(call.args):
            given.append(call.args[answer.position])
        if given:
            status = _status_of(given[0], self.file, self.scope) or 0
        values = [*call.args, *(item.value for item in call.keywords)]
        message = self._judge(values, answer.status if status is None else status)
        if message is not None:
            yield RULE.finding(self.file, self.file.source.span_of(call), f"{ast.unparse(call.func)} {message}")

    def _judge(self, values: list[ast.expr], status: int) -> str | None:
        """What is wrong with these values in a response, if anything."""
        if any(map(self.texts.has_traceback, values)):
            return "sends a traceback to the client; log it, and answer with a text of your own"
        if status in self.statuses and any(map(self.texts.has_text, values)):
            return "sends the text of an unexpected error to the client; log it, and answer with a text of your own"
        return None


def _own_calls(statement: ast.stmt) -> Iterator[ast.Call]:
    """The calls in the expressions of a statement, without those of its blocks, of lambdas and of conditions."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            yield node
        if not isinstance(node, (ast.Lambda, ast.IfExp)):
            children = ast.iter_child_nodes(node)
            waiting += [child for child in children if isinstance(child, (ast.expr, ast.keyword, ast.withitem))]


def _names_in(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def _status_of(value: ast.expr, file: File, scope: Scope) -> int | None:
    """The status that an expression gives: a number, a member of ``HTTPStatus``, a constant named after the number."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, int) else None
    dotted = file.resolve(value, scope) or ""
    match = re.search(_STATUS, dotted)
    if match is not None:
        return int(match[1])
    from http import HTTPStatus  # slow to import, and seldom asked for

    member = getattr(HTTPStatus, dotted.removeprefix("http.HTTPStatus."), None)
    return int(member) if isinstance(member, HTTPStatus) else None


def _is_route(file: File, scope: Scope) -> bool:
    """Whether what a function returns is sent to a client."""
    function = scope.function
    outside = function.parent if function is not None else None
    if function is None or outside is None:
        return False
    decorators = getattr(function.node, "decorator_list", [])
    return any(_method_of_application(item, file, outside) in ROUTES for item in decorators)


def _answers_everything(decorator: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a decorator registers a function for every exception, or for the status 500."""
    if not isinstance(decorator, ast.Call) or not decorator.args:
        return False
    if getattr(decorator.func, "attr", "") not in ERROR_HANDLERS:
        return False
    if _method_of_application(decorator, file, scope) is None:
        return False
    caught = decorator.args[0]
    return _status_of(caught, file, scope) == _INTERNAL_SERVER_ERROR or is_broad(caught, file, scope)


def _method_of_application(decorator: ast.expr, file: File, scope: Scope) -> str | None:
    """The name of the method of an application or router that a decorator calls."""
    called = decorator.func if isinstance(decorator, ast.Call) else None
    if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
        return None
    found = scope.lookup(called.value.id)
    if found is None or len(found[1]) != 1 or not isinstance(found[1][0].value, ast.Call):
        return None
    return called.attr if file.resolve(found[1][0].value.func, found[0]) in APPLICATIONS else None
