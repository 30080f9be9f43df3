"""Allow a broad ``except`` that puts a default in the place of every error, so that nobody hears of one.

What it finds
-------------
A handler for everything (bare, ``Exception``, ``BaseException``, also inside a tuple) that only returns, assigns or
yields a default: ``None``, a number, a truth value, an empty text or container. Silent where any path raises, where
the exception is used, and where anything else is done that may tell of it: a logged traceback, an error response, a
counter, a call of a function that is not known. A message that is logged below the level of errors without the
exception does not count: it says that something failed, but not what; the logger may be imported from another
module, or made there. Silent too where an import is tried, in
``__repr__``, ``__str__``, ``__del__`` and ``__format__``, in the handler of another exception, for ``ok = False``,
which tells the outcome, for the ``return False`` of a function that is called for its answer (``is_valid``,
``has_access``, ``readable``), and where a comment on a line of its own says why.

Why it is bad
-------------
A misspelt attribute, a full disk, a changed API: each looks to the caller like an ordinary empty answer. The
program goes on with wrong data, and the first one to notice is a user.

Bad
---
::

    def read_settings(path):
        try:
            return parse(path)
        except Exception:
            return {}

Good
----
::

    def read_settings(path):
        try:
            return parse(path)
        except FileNotFoundError:
            return {}

Fix safety
----------
None: only the author knows which errors the default was meant for.

Options
-------
- ``reporters`` (list, default none): dotted names of callables that do tell of the error, although they are known
  to log only a message, such as ``logging.Logger.warning``.
- ``allow-commented`` (bool, default true): a comment on a line of its own inside the handler explains it.
- ``defer-to-ruff``: leaves to BLE001 every handler that names its type.

Source
------
python-coding, "Never use try/except: pass or default fallbacks that mask errors", "Fail-Fast Error Handling".
Others have it, more loosely, as ruff and flake8-blind-except BLE001.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.configuration.config_file import Dotted  # noqa: TC001 - msgspec reads it
from antipatterns.rule import Rule
from antipatterns.rules.errors.silent_except import does_nothing
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import comments_in, is_broad
from antipatterns.semantics.loggers import logs_without_traceback
from antipatterns.semantics.names import is_imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    reporters: frozenset[Dotted] = frozenset()
    allow_commented: bool = True


RULE = Rule(__name__, "AP203", words=("except",), options=Options, asks_elsewhere=True, ruff=("BLE001",))

_MUST_NOT_RAISE = frozenset({"__repr__", "__str__", "__del__", "__format__"})
_EMPTY = frozenset(
    f"builtins.{name}" for name in ("bool", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple")
)
_QUESTION = (  # compiled when first used, as all of them: an editor waits for the start
    r"_*(a|async_|safe_|try_)?(is|has|have|can|may|should|does|are|was|were|check|test|verify|validate|valid|supports|needs"
    r"|wants|probe|detect|exists|matches|contains|ping)(?![a-z])|_*(safe_)?(is|has)[a-z]"
    r"|.*(able|valid|alive|connected|installed|supported|healthy|ready|running|enabled|exists|match|matches|equals?)_*$"
    r"|__(eq|contains|bool|instancecheck|subclasscheck)__$"
)
_LONGEST = 40
_PLAIN = (ast.AnnAssign, ast.Assign, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.Pass, ast.Return)
_IMPORTERS = frozenset({"builtins.__import__", "importlib.import_module"})
# What stands behind these tells which exception it was.
_TELLING = ("sys.exc", "traceback.")
# error-logged-without-traceback has its own word on the first one.
_LOUD = frozenset({"error", "critical", "fatal"})


@RULE.visit(ast.Try, ast.TryStar)
def find_error_masked_by_default(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each broad handler that does nothing but put a default in the place of a result."""
    for handler in attempt.handlers:
        if not is_broad(handler.type, file, scope):
            continue
        default = _find_default(handler, file, scope)
        if default is None or _is_excused(attempt, handler, file, scope):
            continue
        caught = "every exception" if handler.type is None else ast.unparse(handler.type)
        message = f"{caught} turns into {default} without a trace; catch what is expected, or log the traceback"
        ruff = () if handler.type is None or not is_imported(handler.type, scope) else RULE.ruff
        yield RULE.finding(file, file.source.span_of_except(handler), message, ruff=ruff)


def _find_default(handler: ast.ExceptHandler, file: File, scope: Scope) -> str | None:
    """The source of the first default of a handler that does nothing else; None where it does."""
    if not all(map(_may_mask, handler.body)) or all(does_nothing(statement, scope) for statement in handler.body):
        return None
    defaults: list[str] = []
    calls: list[ast.Call] = []
    known: set[str] = set()
    for node in sorted(_statements_in(handler), key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            calls.append(node.value)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.Return)) or _is_yield(node):
            value = node.value.value if isinstance(node, ast.Expr) else node.value  # type: ignore[attr-defined]
            if isinstance(value, ast.Name) and value.id in known:
                continue
            if not _is_default(value, file, scope) or _tells_outcome(node, scope):
                return None
            defaults.append("None" if value is None else ast.unparse(value))
            known.update(target.id for target in _targets_of(node) if isinstance(target, ast.Name))
    if not defaults or _is_used(handler) or not all(_says_little(call, file, scope) for call in calls):
        return None
    return defaults[0] if len(defaults[0]) <= _LONGEST else "a default"


def _targets_of(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.AnnAssign):
        return [statement.target]
    return statement.targets if isinstance(statement, ast.Assign) else []


def _statements_in(handler: ast.ExceptHandler) -> list[ast.stmt]:
    return [node for node in walk_block(handler.body) if isinstance(node, ast.stmt)]


def _is_used(handler: ast.ExceptHandler) -> bool:
    """Whether the handler reads the exception that it caught."""
    return handler.name is not None and any(
        isinstance(node, ast.Name) and node.id == handler.name for node in ast.walk(handler)
    )


def _may_mask(statement: ast.stmt) -> bool:
    """Whether a statement is of a kind that can leave the exception behind."""
    if isinstance(statement, ast.If):
        return all(map(_may_mask, (*statement.body, *statement.orelse)))
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, (ast.Constant, ast.Call, ast.Yield))
    return isinstance(statement, _PLAIN)


def _is_yield(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield)


def _is_default(value: ast.expr | None, file: File, scope: Scope) -> bool:
    """Whether a value says nothing: ``None``, a number, a truth value, or something empty."""
    if isinstance(value, ast.UnaryOp):
        return _is_default(value.operand, file, scope)
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, (str, bytes)) or not value.value
    if isinstance(value, (ast.List, ast.Set)):
        return not value.elts
    if isinstance(value, ast.Tuple):
        return all(_is_default(item, file, scope) for item in value.elts)
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.Call):
        return not value.args and not value.keywords and file.resolve(value.func, scope) in _EMPTY
    return value is None


def _tells_outcome(statement: ast.stmt, scope: Scope) -> bool:
    """Whether others hear of the failure through a statement: a flag, an entry in a record, an answer."""
    value = getattr(statement, "value", None)
    is_truth = isinstance(value, ast.Constant) and isinstance(value.value, bool)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        name = getattr(scope.function.node, "name", "") if scope.function else ""
        return is_truth and re.match(_QUESTION, name) is not None
    if is_truth:
        return True
    return any(isinstance(target, ast.Subscript) for target in _targets_of(statement))


def _says_little(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a call only logs a message, without the exception, and below the level of errors."""
    reporters = file.options(RULE).reporters
    if any((file.resolve(node.func, scope) or "").startswith(_TELLING) for node in _calls_in(call)):
        return False
    if not logs_without_traceback(call, file, scope) or _level_of(call) in _LOUD:
        return False
    return not reporters or file.types.callee(call.func, scope) not in reporters


def _calls_in(call: ast.Call) -> Iterator[ast.Call]:
    return (node for node in ast.walk(call) if isinstance(node, ast.Call))


def _level_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_excused(attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether what stands around a handler explains it."""
    if scope.function is not None and getattr(scope.function.node, "name", "") in _MUST_NOT_RAISE:
        return True
    if any(_imports(node, file, scope) for node in walk_block(attempt.body)):
        return True
    parents = file.parents_in(scope)
    node: ast.AST = attempt
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.ExceptHandler):
            return True
    return bool(file.options(RULE).allow_commented) and bool(comments_in(handler, file))


def _imports(node: ast.AST, file: File, scope: Scope) -> bool:
    if isinstance(node, ast.Call):
        return file.resolve(node.func, scope) in _IMPORTERS
    return isinstance(node, (ast.Import, ast.ImportFrom))
