"""Whether the value of an expression holds the text of an exception, or its traceback."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_TRACEBACKS = frozenset(
    f"traceback.{name}"
    for name in ("format_exc", "format_exception", "format_exception_only", "format_stack", "format_tb")
)
# Calls whose result holds what they are given.
_WRAPPERS = frozenset(
    ["builtins.dict", "builtins.format", "builtins.list", "builtins.repr", "builtins.str", "json.dumps"]
)
_TEXT_METHODS = frozenset(
    [
        "capitalize",
        "decode",
        "encode",
        "format",
        "join",
        "lower",
        "lstrip",
        "rstrip",
        "split",
        "splitlines",
        "strip",
        "upper",
    ]
)


class Texts:
    """Asks about expressions in one scope; ``names`` hold exceptions or texts of them, ``traces`` hold tracebacks."""

    def __init__(self, file: File, scope: Scope, names: Collection[str] = (), traces: Collection[str] = ()) -> None:
        self.file = file
        self.scope = scope
        self.names = set(names)
        self.traces = set(traces)

    def has_traceback(self, value: ast.expr | None) -> bool:
        """Whether a value holds a traceback as text."""
        return self._holds(value, traceback=True)

    def has_text(self, value: ast.expr | None) -> bool:
        """Whether a value holds the text of an exception, or the exception itself."""
        return self._holds(value, traceback=False)

    def learn(self, statement: ast.stmt) -> None:
        """Take note of a name that is given such a value."""
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
            return
        for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
            if isinstance(target, ast.Name):
                for names, holds in ((self.traces, self.has_traceback), (self.names, self.has_text)):
                    names.add(target.id) if holds(statement.value) else names.discard(target.id)

    def _holds(self, value: ast.expr | None, *, traceback: bool) -> bool:
        if isinstance(value, ast.Name):
            return value.id in (self.traces if traceback else self.names)
        if isinstance(value, ast.IfExp):  # somebody has thought of when to tell
            return all(self._holds(item, traceback=traceback) for item in (value.body, value.orelse))
        if isinstance(value, ast.Call):
            return self._call_holds(value, traceback=traceback)
        return any(self._holds(item, traceback=traceback) for item in _parts(value))

    def _call_holds(self, call: ast.Call, *, traceback: bool) -> bool:
        dotted = self.file.resolve(call.func, self.scope)
        if dotted in _TRACEBACKS:
            return traceback
        given = [*call.args, *(item.value for item in call.keywords)]
        if dotted == "builtins.getattr":
            given = given[2:]
        elif isinstance(call.func, ast.Attribute) and call.func.attr in _TEXT_METHODS and dotted is None:
            if not isinstance(call.func.value, (ast.Constant, ast.JoinedStr, ast.Call, ast.Name)):
                return False
            given = [call.func.value, *given]
        elif dotted not in _WRAPPERS:
            return False
        return any(self._holds(item, traceback=traceback) for item in given)


def _parts(value: ast.expr | None) -> list[ast.expr]:
    """The expressions whose values a value holds, for displays, texts and operators."""
    if isinstance(value, ast.Dict):
        return list(value.values)
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return list(value.elts)
    if isinstance(value, ast.JoinedStr):
        return list(value.values)
    if isinstance(value, (ast.FormattedValue, ast.Starred, ast.Subscript)):
        return [value.value]
    if isinstance(value, ast.Attribute):
        return [value.value] if value.attr == "args" else []
    if isinstance(value, ast.BinOp):
        return [value.left, value.right]
    return list(value.values) if isinstance(value, ast.BoolOp) else []
