"""Log the exception that a handler drops, with its traceback, through the module's logger."""

from __future__ import annotations

import ast
import builtins
import re
import tokenize
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import libcst as cst
import libcst.matchers as m

from antipatterns.finding import Safety
from antipatterns.fix.comments import speaks_to_readers
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.fix.loggers import Logger, find_logger
from antipatterns.knowledge.loggers import LOGGER_NAMES, LOGGING_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.ExceptHandler, cst.ExceptStarHandler, always_unsafe=True)

_AT_THE_END = frozenset({"__del__", "excepthook", "unraisablehook"})
_LOGGING_METHODS = frozenset({"emit", "handleError", "makeRecord"})
# The same finding of ruff.
_SILENCED_ELSEWHERE = re.compile(r"#\s*(noqa:[^#]*\b(S110|S112|BLE001)\b|ruff:\s*ignore\[)", re.IGNORECASE)
_FORKS = frozenset({"os.fork", "os.forkpty", "pty.fork"})
_STREAMS = frozenset({"sys.stdout", "sys.stderr", "sys.__stderr__", "sys.__stdout__"})
_LONGEST_NAME = 50
_BUILTINS = frozenset(dir(builtins))
_PLAIN_METHODS = frozenset(name for kind in (str, bytes, list, dict, set) for name in dir(kind))


@FIXER.register
def fix_silent_except(handler: cst.ExceptHandler | cst.ExceptStarHandler, place: Place) -> Outcome:
    """``logger.exception("…")`` in place of ``pass``, or in front of ``continue`` and ``return``."""
    node = place.ast_node(handler, ast.ExceptHandler)
    attempt = None if node is None else place.file.parents_in(place.file.module).get(node)
    if not isinstance(attempt, (ast.Try, ast.TryStar)):
        return Refusal("libcst sees something else at this place")
    scope = place.scope_of(handler)
    reason = (
        _objection_to_module(place)
        or _objection_to_scope(scope, place)
        or _objection_to_attempt(attempt, place)
        or _objection_of_author(handler, place)
    )
    if reason is not None:
        return Refusal(reason)
    logger = find_logger(place, scope, node.lineno)
    if isinstance(logger, Refusal):
        return logger
    body = _with_logging(
        handler.body, _statement(logger, _describe(attempt, scope), place), _indent_around(handler, place)
    )
    return Fix(
        handler.body,
        body,
        Safety.UNSAFE,
        imports=logger.imports,
        module_statements=logger.module_statements,
    )


def _objection_to_module(place: Place) -> str | None:
    if place.file.is_test:
        return "nobody reads the log of a test"
    path = PurePath(place.file.path)
    if {path.stem, path.parent.name} & LOGGING_PLACES:
        return "the module is part of the logging itself"
    for scope in _scopes_below(place.file.module):
        bases = scope.node.bases if isinstance(scope.node, ast.ClassDef) and scope.parent is not None else []
        if any((place.file.resolve(base, scope.parent or scope) or "").startswith("logging.") for base in bases):
            return "the module is part of the logging itself"
    return "the module forks, and logging is not safe in the child" if _forks(place) else None


def _forks(place: Place) -> bool:
    return place.file.source.mentions(("fork",)) and any(
        isinstance(node, ast.Call) and place.file.resolve(node.func, place.file.module) in _FORKS
        for node in ast.walk(place.file.source.tree)
    )


def _scopes_below(scope: Scope) -> Iterator[Scope]:
    waiting = [scope]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += current.children


def _objection_to_scope(scope: Scope, place: Place) -> str | None:
    """Why the functions around must not log: they run when logging may be gone, interrupted, or the one that calls."""
    around: Scope | None = scope
    while around is not None:
        name = getattr(around.node, "name", "")
        if name in _AT_THE_END:
            return f"{name} runs when logging may be gone already"
        if name in _LOGGING_METHODS:
            return "the module is part of the logging itself"
        if name and _is_signal_handler(name, place):
            return f"{name} handles signals, and logging is not safe there"
        around = around.parent
    return None


def _is_signal_handler(name: str, place: Place) -> bool:
    if not place.file.source.mentions(("signal",)):
        return False
    for node in ast.walk(place.file.source.tree):
        if (
            isinstance(node, ast.Call)
            and len(node.args) == 2
            and name in (getattr(node.args[1], "id", ""), getattr(node.args[1], "attr", ""))
            and place.file.resolve(node.func, place.file.module) == "signal.signal"
        ):
            return True
    return False


def _objection_to_attempt(attempt: ast.Try | ast.TryStar, place: Place) -> str | None:
    for node in (node for statement in attempt.body for node in ast.walk(statement)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return "an import that may fail is tried; ImportError is what to catch"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and ast.unparse(called.value).rpartition(".")[2] in LOGGER_NAMES:
                return "it guards the logging itself"
            if ast.unparse(called) in ("__import__", "importlib.import_module", "import_module"):
                return "an import that may fail is tried; ImportError is what to catch"
        if isinstance(node, ast.Attribute) and place.file.resolve(node, place.file.module) in _STREAMS:
            return "it guards the streams that logging writes to"
    return _objection_to_ways(attempt, place)


def _objection_of_author(handler: cst.ExceptHandler | cst.ExceptStarHandler, place: Place) -> str | None:
    """What the author says of the handler: a comment in it, or one that silences the same finding of others."""
    if _SILENCED_ELSEWHERE.search(place.file.source.line_at(place.line_of(handler))):
        return "it does nothing on purpose: the same finding of ruff is silenced here"
    body = handler.body
    if isinstance(body, cst.IndentedBlock):
        body = body.with_changes(header=cst.TrailingWhitespace())
    if any(speaks_to_readers(comment.value) for comment in m.findall(body, m.Comment())):  # type: ignore[attr-defined]
        return "the comment in it tells why nothing is done"
    return None


def _objection_to_ways(attempt: ast.Try | ast.TryStar, place: Place) -> str | None:
    """Why failing is one of the ways that the code goes, and no news, if so."""
    last = (attempt.orelse or attempt.body)[-1]
    around = place.file.parents_in(place.file.module).get(attempt)
    is_in_loop = isinstance(around, (ast.For, ast.AsyncFor, ast.While)) and around.body[-1] is attempt
    if is_in_loop and isinstance(last, (ast.Return, ast.Break)):
        return "it is tried until it works, and each failure would be logged"
    if attempt.orelse and isinstance(last, (ast.Return, ast.Break, ast.Continue)):
        return "its else leaves where it works, so what follows answers the failure"
    return None


def _describe(attempt: ast.Try | ast.TryStar, scope: Scope) -> str:
    """What to say: what was tried and where."""
    function = scope.qualified_name if scope.function is not None else ""
    if len(function) > _LONGEST_NAME:
        function = function.rpartition(".")[2]
    where = f" in {function}" if function else ""
    call = _main_call(attempt.body)
    return f"{call} failed{where}" if call else f"Ignored an error{where}"


def _main_call(body: Sequence[ast.stmt]) -> str | None:
    """The dotted name of the one call that a body is about."""
    calling = [statement for statement in body if any(isinstance(node, ast.Call) for node in ast.walk(statement))]
    value: Any = getattr(calling[0], "value", None) if len(calling) == 1 else None
    while isinstance(value, (ast.Await, ast.Subscript, ast.Attribute, ast.Starred, ast.Call)):
        if not isinstance(value, ast.Call):
            value = value.value
            continue
        name = _name_of(value.func)
        if name is not None:
            return name
        # What says little is done to what another call gives, or with it.
        inner = value.func.value if isinstance(value.func, ast.Attribute) else None
        value = inner if isinstance(inner, ast.Call) else value.args[0] if len(value.args) == 1 else None
    return None


def _name_of(called: ast.expr) -> str | None:
    """How to name what is called; None for what says little: builtins, and methods of strings and containers."""
    parts: list[str] = []
    while isinstance(called, ast.Attribute):
        parts.insert(0, called.attr)
        called = called.value
    if isinstance(called, ast.Name):
        if not parts and called.id in _BUILTINS:
            return None
        if called.id not in ("self", "cls"):
            parts.insert(0, called.id)
    while len(".".join(parts)) > _LONGEST_NAME and len(parts) > 1:
        del parts[0]
    return ".".join(parts) if parts and parts[-1] not in _PLAIN_METHODS else None


def _statement(logger: Logger, message: str, place: Place) -> cst.Expr:
    quote = _usual_quote(place)
    return cst.Expr(cst.parse_expression(logger.format_call(f"{quote}{message}{quote}")))


def _usual_quote(place: Place) -> str:
    """The quote that most strings of the file have."""
    quotes = [
        re.sub(r"^\w*", "", token.string)[:1]
        for token in place.file.source.tokens
        if token.type in (tokenize.STRING, getattr(tokenize, "FSTRING_START", tokenize.STRING))
        and not token.string.endswith(('"""', "'''"))
    ]
    return "'" if quotes.count("'") > quotes.count('"') else '"'


def _with_logging(body: cst.BaseSuite, statement: cst.Expr, indent: str | None) -> cst.IndentedBlock:
    """The body of the handler with the statement in place of what does nothing, or in front of the jump."""
    if isinstance(body, cst.SimpleStatementSuite):
        line = cst.SimpleStatementLine(body.body, trailing_whitespace=body.trailing_whitespace)
        return cst.IndentedBlock(_log_in([line], statement), indent=indent)
    assert isinstance(body, cst.IndentedBlock)
    return body.with_changes(body=_log_in(list(body.body), statement))


def _log_in(lines: list[Any], statement: cst.Expr) -> list[Any]:
    for number, line in enumerate(lines):
        for small in line.body:
            if _is_empty(small):
                return [*lines[:number], _put_for(small, line, statement), *lines[number + 1 :]]
            if isinstance(small, (cst.Continue, cst.Return)):
                first = cst.SimpleStatementLine([statement], leading_lines=line.leading_lines)
                return [*lines[:number], first, line.with_changes(leading_lines=[]), *lines[number + 1 :]]
    return [*lines, cst.SimpleStatementLine([statement])]


def _put_for(
    small: cst.BaseSmallStatement, line: cst.SimpleStatementLine, statement: cst.Expr
) -> cst.SimpleStatementLine:
    """The line with the statement in place of an empty one."""
    kept = [statement if item is small else item for item in line.body if item is small or not _is_empty(item)]
    if kept[-1] is not statement:
        kept[kept.index(statement)] = statement.with_changes(semicolon=small.semicolon)
    return line.with_changes(body=kept)


def _is_empty(small: cst.BaseSmallStatement) -> bool:
    """Whether a statement is ``pass``, ``...`` or another constant that says nothing."""
    return isinstance(small, cst.Pass) or (
        isinstance(small, cst.Expr) and not isinstance(small.value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _indent_around(handler: cst.CSTNode, place: Place) -> str | None:
    blocks = (node for node in place.ancestors(handler) if isinstance(node, cst.IndentedBlock))
    block = next(blocks, None)
    return None if block is None else block.indent
