"""Move an import into the functions that use it, and under ``if TYPE_CHECKING:`` for those annotations that do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.elsewhere import Topic
from antipatterns.finding import Safety
from antipatterns.fix.comments import find_noqa, without_codes
from antipatterns.fix.fixer import Fix, Import, Insertion, Outcome, Part, Refusal
from antipatterns.fix.locate import newline_of
from antipatterns.fix.type_only_import import find_reader, find_type_checking
from antipatterns.semantics.import_uses import find_import_uses

if TYPE_CHECKING:
    from antipatterns.fix.locate import Chunk
    from antipatterns.fix.place import Place
    from antipatterns.semantics.import_uses import ImportUses
    from antipatterns.semantics.scope import Scope

Statement = cst.Import | cst.ImportFrom

_OF_PLACE = frozenset({"E402"})


def move_into_functions(statement: Statement, place: Place) -> Outcome:
    """Move the whole statement, where nothing but functions and annotations needs its names."""
    line = next(place.ancestors(statement), None)
    node = next((node for node in place.file.source.tree.body if node.lineno == place.line_of(statement)), None)
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or not isinstance(line, cst.SimpleStatementLine):
        return Refusal("it is not an import of its own at the top of the module")
    if len(line.body) != 1 or isinstance(statement.names, cst.ImportStar):
        return Refusal("other statements stand on its line, or it imports everything")
    uses = find_import_uses(place.file.source.tree, _bound_by(node))
    reason = _find_reason_against(node, uses, place)
    if reason is not None or uses is None:
        return Refusal(reason or "a name is used while the module is imported")
    parts = [_import_in(function, names, line, place) for function, names in uses.functions.items()]
    refusal = next((part for part in parts if isinstance(part, Refusal)), None)
    if refusal is not None:
        return refusal
    fix = Fix(
        line,
        cst.RemovalSentinel.REMOVE,
        Safety.UNSAFE,
        parts=_with_one_comment([part for part in parts if isinstance(part, Part)], line),
    )
    return _with_type_only_import(fix, uses.annotations, statement, place)


def _bound_by(node: ast.Import | ast.ImportFrom) -> frozenset[str]:
    return frozenset((alias.asname or alias.name).partition(".")[0] for alias in node.names)


def _find_reason_against(node: ast.Import | ast.ImportFrom, uses: ImportUses | None, place: Place) -> str | None:
    names = _bound_by(node)
    bindings = place.file.module.bindings
    if any(len(bindings.get(name, ())) != 1 for name in names):
        return "a name that it binds is bound again"
    if uses is None:
        return "a name is used while the module is imported, or by its name in a text, such as in __all__"
    unused = sorted(names.difference(uses.annotations, *uses.functions.values()))
    if unused:
        return f"nothing here uses {unused[0]}: it may be imported for others, or for what the import does"
    if not uses.functions:
        return "no function uses it"
    if uses.runs:
        return f"{min(uses.runs)}() runs while the module is imported"
    for name in sorted(names):
        taker = place.file.elsewhere.ask(Topic.TAKER, name)
        if taker:
            return f"{taker} takes {name} from here"
    return find_reader(place.file) if uses.annotations else None


def _import_in(function: Scope, names: frozenset[str], line: cst.SimpleStatementLine, place: Place) -> Part | Refusal:
    """The statement at the top of the body of a function, below its docstring, with the names that it reads."""
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return Refusal("a lambda uses it, which has no body of statements")
    chunk = place.chunk_at(node.lineno)
    found = _function_in(chunk, node, place) if chunk is not None else None
    if chunk is None or found is None or not isinstance(found.body, cst.IndentedBlock):
        return Refusal(f"{node.name}() has no body of its own lines, or libcst cannot parse it")
    has_docstring = ast.get_docstring(node, clean=False) is not None
    body = found.body.body
    if len(body) <= has_docstring:
        return Refusal(f"{node.name}() has nothing but a docstring")
    statement = line.body[0]
    assert isinstance(statement, (cst.Import, cst.ImportFrom))
    new = cst.SimpleStatementLine([_with_names(statement, names)])
    return Part(chunk, insertions=(Insertion(body[has_docstring], (new,)),))


def _function_in(chunk: Chunk, node: ast.FunctionDef | ast.AsyncFunctionDef, place: Place) -> cst.FunctionDef | None:
    start = (node.lineno, place.file.source.column_at(node.lineno, node.col_offset))
    return next(
        (
            found
            for found in chunk.positions
            if isinstance(found, cst.FunctionDef) and chunk.region_of(found)[:2] == start
        ),
        None,
    )


def _with_names(statement: Statement, names: frozenset[str]) -> Statement:
    """The statement with those of its names alone; as it stands where these are all."""
    assert not isinstance(statement.names, cst.ImportStar)
    kept = [alias for alias in statement.names if _bound_name(alias) in names]
    if len(kept) == len(statement.names):
        return statement
    kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    if isinstance(statement, cst.Import):
        return statement.with_changes(names=kept)
    one_line = [alias.with_changes(comma=cst.MaybeSentinel.DEFAULT) for alias in kept]
    return statement.with_changes(names=one_line, lpar=None, rpar=None)


def _bound_name(alias: cst.ImportAlias) -> str:
    name: cst.BaseExpression = alias.asname.name if alias.asname is not None else alias.name
    while isinstance(name, cst.Attribute):
        name = name.value
    return name.value if isinstance(name, cst.Name) else ""


def _with_one_comment(parts: list[Part], line: cst.SimpleStatementLine) -> tuple[Part, ...]:
    """Let the comment behind the statement go with the first one that takes its place."""
    first, *others = parts
    (insertion,) = first.insertions
    (new,) = insertion.statements
    new = new.with_changes(trailing_whitespace=_without_noqa_of_place(line.trailing_whitespace))
    return (first._replace(insertions=(insertion._replace(statements=(new,)),)), *others)


def _without_noqa_of_place(trailing: cst.TrailingWhitespace) -> cst.TrailingWhitespace:
    """The comment without the code for imports that do not stand at the top of a module."""
    comment = "" if trailing.comment is None else trailing.comment.value
    start = find_noqa(comment)
    rest = None if start is None else without_codes(comment, start, _OF_PLACE)
    if not isinstance(rest, str):
        return trailing
    if rest:
        return trailing.with_changes(comment=cst.Comment(rest))
    return trailing.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))


def _with_type_only_import(fix: Fix, names: frozenset[str], statement: Statement, place: Place) -> Outcome:
    """The fix with an import of the names that annotations read under ``if TYPE_CHECKING:``."""
    if not names:
        return fix
    needed: tuple[Import, ...] | Refusal = find_type_checking(place)
    if isinstance(needed, Refusal):
        return needed
    text = cst.Module([]).code_for_node(_with_names(statement, names)) + newline_of(place.file.source)
    return fix._replace(imports=needed, type_only_imports=(text,))
