"""Move an import that only annotations use under ``if TYPE_CHECKING:``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.fixer import Fix, Import, Outcome, Refusal
from antipatterns.fix.imports import is_type_checking_block
from antipatterns.knowledge.run_time_types import READERS, READING_CALLS
from antipatterns.semantics.annotations import annotation_names

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.fix.place import Place


def move_under_type_checking(statement: cst.Import | cst.ImportFrom, place: Place) -> Outcome:
    """Move the whole statement, where nothing needs its names while the program runs."""
    line = next(place.ancestors(statement), None)
    node = next((node for node in place.file.source.tree.body if node.lineno == place.line_of(statement)), None)
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or not isinstance(line, cst.SimpleStatementLine):
        return Refusal("it is not an import of its own at the top of the module")
    if len(line.body) != 1:
        return Refusal("other statements stand on its line")
    reason = _find_reason_against(node, place.file)
    if reason is not None:
        return Refusal(reason)
    source = place.file.source
    text = "".join(source.lines[node.lineno - 1 : node.end_lineno])
    needed = find_type_checking(place)
    if isinstance(needed, Refusal):
        return needed
    return Fix(line, cst.RemovalSentinel.REMOVE, Safety.UNSAFE, needed, type_only_imports=(text,))


def find_type_checking(place: Place) -> tuple[Import, ...] | Refusal:
    """What must be imported for a statement under ``if TYPE_CHECKING:``."""
    if any(is_type_checking_block(node) for node in place.file.source.tree.body):
        return ()
    if place.name_for("typing.TYPE_CHECKING", place.file.module) == "TYPE_CHECKING":
        return ()
    if not place.is_free("TYPE_CHECKING", place.file.module):
        return Refusal("the name TYPE_CHECKING means something else here")
    return (Import("typing", "TYPE_CHECKING"),)


def find_reader(file: File) -> str | None:
    """What in a file may read annotations while the program runs: a reason not to take them their names."""
    readers = sorted(READERS & file.imported_roots)
    if readers:
        return f"{readers[0]} reads annotations while the program runs"
    names_read = (inner for inner in ast.walk(file.source.tree) if isinstance(inner, (ast.Name, ast.Attribute)))
    if any(file.resolve(inner, file.module) in READING_CALLS for inner in names_read):
        return "the module reads annotations while the program runs"
    return None


def _find_reason_against(node: ast.Import | ast.ImportFrom, file: File) -> str | None:
    names = {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if "*" in names:
        return "it imports everything"
    reader = find_reader(file)
    if reader is not None:
        return reader
    used = annotation_names(file.source.tree)
    if names & used.elsewhere or not names <= used.annotations | used.quoted:
        return "its names are not used in annotations alone"
    if not used.are_postponed and names & used.annotations:
        return "annotations are evaluated here: from __future__ import annotations is missing"
    return None
