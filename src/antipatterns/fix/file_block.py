"""``with open(path) as file:`` around a single read or write, as one call that a thread can make."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
import libcst.matchers as m

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.scope import Scope

_OPENERS = {"builtins.open", "io.open", "pathlib.Path.open"}
_METHODS = {
    ("read", ""): "read_text",
    ("read", "r"): "read_text",
    ("read", "rt"): "read_text",
    ("read", "rb"): "read_bytes",
    ("write", "w"): "write_text",
    ("write", "wt"): "write_text",
    ("write", "wb"): "write_bytes",
}
_PASSED_ON = ("encoding", "errors")


class FileBlock(NamedTuple):
    """A ``with`` block that only reads or writes a whole file.

    ``path`` is what to call ``method`` of ``pathlib.Path`` on (``is_path``: already one), with ``arguments``;
    ``statement`` is the one in the block, ``transfer`` the call in it that moves the data.
    """

    block: cst.With
    path: cst.BaseExpression
    is_path: bool
    method: str
    arguments: tuple[cst.Arg, ...]
    statement: cst.SimpleStatementLine
    transfer: cst.Call


def match_file_block(call: cst.Call, opener: str, place: Place, scope: Scope) -> FileBlock | None:
    """The block that an opening call begins, if all it does is to read or write the file at once; else None."""
    around = list(place.ancestors(call))
    block = around[1] if len(around) > 1 else None
    if opener not in _OPENERS or not isinstance(block, cst.With) or len(block.items) != 1:
        return None
    item = block.items[0]
    if item.item is not call or item.asname is None or not isinstance(item.asname.name, cst.Name):
        return None
    path, is_path, rest = _path_of(call, opener, place, scope)
    statement = _only_statement(block)
    if path is None or statement is None:
        return None
    transfer = _transfer_in(statement, item.asname.name.value)
    options = _options_of(rest)
    if transfer is None or options is None or _is_used_elsewhere(block, item.asname.name.value, place):
        return None
    mode, passed_on = options
    assert isinstance(transfer.func, cst.Attribute)
    method = _METHODS.get((transfer.func.attr.value, mode))
    if method is None:
        return None
    return FileBlock(block, path, is_path, method, (*transfer.args, *passed_on), statement, transfer)


def _path_of(
    call: cst.Call, opener: str, place: Place, scope: Scope
) -> tuple[cst.BaseExpression | None, bool, list[cst.Arg]]:
    """What is opened, whether it is a ``Path`` already, and the other arguments; nothing where that is not sure."""
    if opener == "pathlib.Path.open" and isinstance(call.func, cst.Attribute):
        return call.func.value, True, list(call.args)
    if not call.args or call.args[0].keyword is not None or call.args[0].star:
        return None, False, []
    given = call.args[0].value
    node = place.ast_node_like(given)
    kind = place.file.types.type_of(node, scope) if node is not None else None
    if kind not in ("builtins.str", "pathlib.Path"):
        return None, False, []
    return given, kind == "pathlib.Path", list(call.args[1:])


def _only_statement(block: cst.With) -> cst.SimpleStatementLine | None:
    """The one statement of a block, if there is nothing else in it, not even a comment."""
    body = block.body
    if not isinstance(body, cst.IndentedBlock) or len(body.body) != 1 or body.header.comment or body.footer:
        return None
    statement = body.body[0]
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1 or statement.leading_lines:
        return None
    return statement


def _transfer_in(statement: cst.SimpleStatementLine, name: str) -> cst.Call | None:
    """``file.read()`` as the value of an assignment or return, or ``file.write(data)`` as a statement."""
    small = statement.body[0]
    value = getattr(small, "value", None)
    of_file = m.Attribute(value=m.Name(name), attr=m.Name("read") | m.Name("write"))
    if not isinstance(value, cst.Call) or not m.matches(value, m.Call(func=of_file)):
        return None
    reads = m.matches(value.func, m.Attribute(attr=m.Name("read")))
    if reads and isinstance(small, (cst.Assign, cst.AnnAssign, cst.Return)) and not value.args:
        return value
    one = len(value.args) == 1 and value.args[0].keyword is None and not value.args[0].star
    return value if not reads and isinstance(small, cst.Expr) and one else None


def _options_of(arguments: list[cst.Arg]) -> tuple[str, tuple[cst.Arg, ...]] | None:
    """The mode of opening, and the arguments that Path's methods take too; None where there are others."""
    mode, passed_on = "", []
    for index, argument in enumerate(arguments):
        keyword = argument.keyword.value if argument.keyword is not None else None
        if argument.star:
            return None
        if (keyword is None and index == 0) or keyword == "mode":
            if not isinstance(argument.value, cst.SimpleString) or argument.value.evaluated_value is None:
                return None
            mode = str(argument.value.evaluated_value)
        elif keyword in _PASSED_ON:
            passed_on.append(argument.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        else:
            return None
    return mode, tuple(passed_on)


def _is_used_elsewhere(block: cst.With, name: str, place: Place) -> bool:
    """Whether the file's name is used anywhere in its function but in the header and once in the block."""
    function = next((outer for outer in place.ancestors(block) if isinstance(outer, cst.FunctionDef)), None)
    node = place.ast_node(function, ast.AsyncFunctionDef) if function is not None else None
    if node is None:
        return True
    return sum(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node)) != 2


def replace_block(found: FileBlock, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    """The statement of a block in the block's place, with another value, all comments kept."""
    small = found.statement.body[0].with_changes(value=value)
    return found.statement.with_changes(body=[small], leading_lines=found.block.leading_lines)
