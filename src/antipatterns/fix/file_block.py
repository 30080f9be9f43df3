"""``with open(path) as file:`` around a single read or write, as one call that a thread can make."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import libcst as cst
import libcst.matchers as m

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

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


class Transfer(NamedTuple):
    """One reading or writing of a whole file: the ``method`` to call on ``path``, a ``Path`` if ``is_path``."""

    path: cst.BaseExpression
    is_path: bool
    method: str
    arguments: tuple[cst.Arg, ...]


class FileBlock(NamedTuple):
    """A ``with`` block whose one ``statement`` only reads or writes a whole file."""

    block: cst.With
    statement: cst.SimpleStatementLine
    moving: cst.Call
    transfer: Transfer


def match_file_block(call: cst.Call, opener: str, place: Place, scope: Scope) -> FileBlock | None:
    """The block that an opening call begins, if all it does is to read or write the file at once; else None."""
    around = list(place.ancestors(call))
    block = around[1] if len(around) > 1 else None
    if opener not in _OPENERS or not isinstance(block, cst.With) or len(block.items) != 1:
        return None
    item = block.items[0]
    if item.item is not call or item.asname is None or not isinstance(item.asname.name, cst.Name):
        return None
    statement = _only_statement(block)
    moving = _transfer_in(statement, item.asname.name.value) if statement is not None else None
    if statement is None or moving is None or _is_used_elsewhere(block, item.asname.name.value, place):
        return None
    transfer = _join(call, opener, moving, place, scope)
    return None if transfer is None else FileBlock(block, statement, moving, transfer)


def match_file_chain(call: cst.Call, place: Place, scope: Scope) -> Transfer | None:
    """The transfer that ``open(path).read()`` or ``open(path, "w").write(data)`` is; None for other calls."""
    opening = call.func.value if isinstance(call.func, cst.Attribute) else None
    node = place.ast_node_like(opening) if isinstance(opening, cst.Call) else None
    if not isinstance(opening, cst.Call) or not isinstance(node, ast.Call):
        return None
    opener = place.file.types.callee(node.func, scope)
    return _join(opening, opener, call, place, scope) if opener in _OPENERS and _moves_all(call) else None


def _join(opening: cst.Call, opener: str, moving: cst.Call, place: Place, scope: Scope) -> Transfer | None:
    """One call for the opening of a file and the call that reads or writes it."""
    path, is_path, rest = _path_of(opening, opener, place, scope)
    options = _options_of(rest)
    if path is None or options is None or not isinstance(moving.func, cst.Attribute):
        return None
    mode, passed_on = options
    method = _METHODS.get((moving.func.attr.value, mode))
    return None if method is None else Transfer(path, is_path, method, (*moving.args, *passed_on))


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
    if kind not in ("builtins.str", "pathlib.Path") and (kind is not None or not _is_called_path(node)):
        return None, False, []
    return given, kind == "pathlib.Path", list(call.args[1:])


def _is_called_path(node: ast.AST | None) -> bool:
    """Whether a name or key says that it is a path: what ``open`` takes beside paths is never called so."""
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        name = node.slice.value
    return isinstance(name, str) and _PATH.search(name) is not None


_PATH = re.compile(r"(^|_)(path|file_?name|fname)$", re.IGNORECASE)


def _only_statement(block: cst.With) -> cst.SimpleStatementLine | None:
    """The one statement of a block, if there is nothing else in it."""
    body = block.body
    if not isinstance(body, cst.IndentedBlock) or len(body.body) != 1:
        return None
    statement = body.body[0]
    return statement if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1 else None


def _transfer_in(statement: cst.SimpleStatementLine, name: str) -> cst.Call | None:
    """``file.read()`` wherever its value is used, or ``file.write(data)`` as a statement."""
    small = statement.body[0]
    found = m.findall(small, m.Call(func=m.Attribute(value=m.Name(name), attr=m.Name("read") | m.Name("write"))))
    if len(found) != 1 or isinstance(small, cst.AugAssign) or m.findall(small, _NOT_AT_ONCE):
        return None
    call = found[0]
    if not isinstance(call, cst.Call) or not _moves_all(call):
        return None
    is_statement = isinstance(small, cst.Expr) and small.value is call
    return call if is_statement != m.matches(call.func, _READ) else None


# Where a call may be made later, often, never, or beside another suspension, which a file would then outlive.
_NOT_AT_ONCE = (
    m.Lambda()
    | m.CompFor()
    | m.Await()
    | m.Yield()
    | m.FormattedString()
    | m.IfExp()
    | m.BooleanOperation()
    | m.NamedExpr()
)


_READ = m.Attribute(attr=m.Name("read"))


def _moves_all(call: cst.Call) -> bool:
    """Whether a call is ``….read()``, or ``….write(…)`` of one thing."""
    if m.matches(call.func, _READ):
        return not call.args
    one = len(call.args) == 1 and call.args[0].keyword is None and not call.args[0].star
    return one and m.matches(call.func, m.Attribute(attr=m.Name("write")))


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
    """Whether the file's name, as bound here, may be used anywhere but in the header and once in the block."""
    function = next((outer for outer in place.ancestors(block) if isinstance(outer, cst.FunctionDef)), None)
    node = place.ast_node(function, ast.AsyncFunctionDef) if function is not None else None
    own = place.ast_node(block, ast.With)
    if node is None or own is None or _count_names(own, name) != 2:
        return True
    # Blocks that open another file under the same name have nothing to do with this one.
    others = [inner for inner in ast.walk(node) if isinstance(inner, ast.With) and _binds(inner, name)]
    apart = [one for one in others if not any(one is not other and one in ast.walk(other) for other in others)]
    return _count_names(node, name) != sum(_count_names(one, name) for one in apart)


def _count_names(node: ast.AST, name: str) -> int:
    return sum(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node))


def _binds(block: ast.With, name: str) -> bool:
    return any(isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == name for item in block.items)


def replace_block(found: FileBlock, value: cst.Await) -> cst.SimpleStatementLine:
    """The statement of a block in the block's place, with what a thread gives for what the file did, comments kept."""
    small = found.statement.body[0]
    changed: Any = small.visit(_Exchange(found.moving, value))
    comments = [line for line in found.statement.leading_lines if line.comment is not None]
    body = found.block.body
    if isinstance(body, cst.IndentedBlock) and body.header.comment is not None:
        comments.insert(0, cst.EmptyLine(comment=body.header.comment))
    return found.statement.with_changes(body=[changed], leading_lines=[*found.block.leading_lines, *comments])


class _Exchange(cst.CSTTransformer):
    """Puts an awaited call in the place of another call, in parentheses where something hangs on it."""

    def __init__(self, old: cst.Call, new: cst.Await) -> None:
        self.old = old
        self.new = new

    def on_leave(self, original_node: cst.CSTNode, updated_node: Any) -> Any:
        if original_node is self.old:
            return self.new.with_changes(lpar=self.old.lpar, rpar=self.old.rpar)
        field = _TRAILED.get(type(updated_node))
        inner = getattr(updated_node, field) if field is not None else None
        if field is None or not isinstance(inner, cst.Await) or inner.lpar:
            return updated_node
        return updated_node.with_changes(**{field: inner.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])})


_TRAILED: dict[type, str] = {cst.Call: "func", cst.Attribute: "value", cst.Subscript: "value"}
