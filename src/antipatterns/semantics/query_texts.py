"""What the text of a query or the address of a request says about whether many of them could be one."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from antipatterns.knowledge.queries import DATA_STATEMENTS, OTHER_STATEMENT_TAKERS, STATEMENT_TAKERS, TABLE_TAKERS
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.queries import Query
    from antipatterns.semantics.scope import Scope

_BEFORE_TABLE = re.compile(r"\b(FROM|INTO|UPDATE|JOIN|TABLE)\s+[\"\'`\[]?$", re.IGNORECASE)


def is_of_its_own(call: ast.Call, query: Query, names: set[str], file: File, scope: Scope) -> bool:
    """Whether the item is the statement, its table or the address itself, so that no two of them can become one."""
    if not call.args:
        return any(keyword.arg == "url" and _begins_with(keyword.value, names) for keyword in call.keywords)
    asked = call.args[0]
    while isinstance(asked, ast.Call) and asked.args and not isinstance(asked.func, ast.Attribute):
        is_cast = file.resolve(asked.func, scope) == "typing.cast"
        if last_name(asked.func) in TABLE_TAKERS:
            break
        asked = asked.args[-1 if is_cast else 0]  # text(…)
    if query.kind != "query":
        return _begins_with(asked, names)
    if not query.name.rpartition(".")[2].startswith(STATEMENT_TAKERS):
        return last_name(call.func) in OTHER_STATEMENT_TAKERS and _begins_with(asked, names)
    if _names_table(asked, names):
        return True
    text = _leading_text(asked)
    return (
        _begins_with(asked, names) if text is None else not text.lstrip(" \t\r\n(").upper().startswith(DATA_STATEMENTS)
    )


def _names_table(asked: ast.expr, names: set[str]) -> bool:
    """Whether the item is the table that a statement asks: behind ``FROM`` in its text, or given to ``select_from``."""
    for part in ast.walk(asked):
        if isinstance(part, ast.JoinedStr):
            for before, item in zip(part.values, part.values[1:], strict=False):
                text = before.value if isinstance(before, ast.Constant) else None
                if isinstance(text, str) and _BEFORE_TABLE.search(text) and _begins_with(item, names):
                    return True
        elif isinstance(part, ast.Call) and part.args and last_name(part.func) in TABLE_TAKERS:
            table = part.args[0]
            if isinstance(table, ast.Name) and table.id in names:
                return True
    return False


def _begins_with(value: ast.expr, names: set[str]) -> bool:
    """Whether an expression is the item, something of it, or a text that begins with it."""
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call, ast.JoinedStr, ast.FormattedValue, ast.BinOp)):
        if isinstance(value, ast.JoinedStr):
            if not value.values:
                return False
            value = value.values[0]
        elif isinstance(value, ast.BinOp):
            value = value.left
        elif isinstance(value, ast.Call):
            value = value.func
        else:
            value = value.value
    return isinstance(value, ast.Name) and value.id in names


def _leading_text(value: ast.expr) -> str | None:
    """The literal text with which a statement begins, where it does."""
    while isinstance(value, (ast.BinOp, ast.JoinedStr, ast.Call)):
        if isinstance(value, ast.BinOp):
            value = value.left
        elif isinstance(value, ast.JoinedStr) and value.values:
            value = value.values[0]
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            value = value.func.value
        elif isinstance(value, ast.Call) and value.args and last_name(value.func) not in TABLE_TAKERS:
            value = value.args[0]  # SQL("…").format(…)
        else:
            return None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
