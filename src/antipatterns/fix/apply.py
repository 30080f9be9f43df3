"""Make the new text of a file from the fixes of one round: changed chunks, inserted imports, all else as it stands."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from antipatterns.fix.imports import insert_imports

if TYPE_CHECKING:
    from antipatterns.finding import Finding
    from antipatterns.fix.fixer import Fix
    from antipatterns.fix.locate import Chunk
    from antipatterns.source import Source

Region = tuple[int, int, int, int]


class Candidate(NamedTuple):
    """A fix that is ready to be made: of which finding, in which chunk."""

    finding: Finding
    chunk: Chunk
    fix: Fix


class ChangedChunk(NamedTuple):
    """A chunk before and after, with the regions (line, column, end line, end column; columns from 0) rewritten in each."""

    chunk: Chunk
    text: str
    regions_before: tuple[Region, ...]
    regions_after: tuple[Region, ...]


class _Replacer(cst.CSTTransformer):
    """Replace nodes by identity."""

    def __init__(self, replacements: dict[cst.CSTNode, Any]) -> None:
        self.replacements = replacements

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Any:
        return self.replacements.get(original_node, updated_node)


def choose_apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those whose targets do not lie in one another, in order; the others wait for the next round."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if not any(_overlap(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.chunk is not other.chunk:
        return False
    return _lies_in(one.fix.target, other.fix.target, one.chunk) or _lies_in(other.fix.target, one.fix.target, one.chunk)


def _lies_in(node: cst.CSTNode | None, outer: cst.CSTNode, chunk: Chunk) -> bool:
    while node is not None:
        if node is outer:
            return True
        node = chunk.parents.get(node)
    return False


def change_chunk(chunk: Chunk, fixes: Sequence[Fix]) -> ChangedChunk:
    """Put the replacements of some fixes of one chunk, none inside another, in their places."""
    replacements = {fix.target: fix.replacement for fix in fixes}
    changed = chunk.module.visit(_Replacer(replacements))
    positions = MetadataWrapper(changed, unsafe_skip_copy=True).resolve(PositionProvider)
    new_nodes = [node for fix in fixes for node in _nodes_of(fix.replacement)]
    return ChangedChunk(
        chunk,
        changed.code,
        tuple(_region(chunk.positions[fix.target]) for fix in fixes),
        tuple(_region(positions[node]) for node in new_nodes if node in positions),
    )


def _nodes_of(replacement: Any) -> list[cst.CSTNode]:
    if isinstance(replacement, cst.CSTNode):
        return [replacement]
    return list(replacement.nodes) if isinstance(replacement, cst.FlattenSentinel) else []


def _region(where: Any) -> Region:
    return (where.start.line, where.start.column, where.end.line, where.end.column)


def assemble(source: Source, changed: Sequence[ChangedChunk], fixes: Sequence[Fix], newline: str) -> str:
    """The text of the whole file with its changed chunks and what the fixes need at the top of the module."""
    inserted = insert_imports(source, [item for fix in fixes for item in fix.imports], newline)
    _insert_statements(source, fixes, inserted, newline)
    texts = {item.chunk.lines.first: item for item in changed}
    pieces: list[str] = []
    number = 1
    while number <= len(source.lines):
        pieces += inserted.pop(number, ())
        if number in texts:
            item = texts[number]
            pieces.append(item.text)
            number = item.chunk.lines.last + 1
        else:
            pieces.append(source.lines[number - 1])
            number += 1
    for lines in inserted.values():
        if pieces and not pieces[-1].endswith(("\n", "\r")):
            pieces.append(newline)
        pieces += lines
    return "".join(pieces)


def _insert_statements(source: Source, fixes: Sequence[Fix], inserted: dict[int, list[str]], newline: str) -> None:
    """Put statements such as ``logger = …`` behind the last import at the top of the module."""
    statements = list(dict.fromkeys(text for fix in fixes for text in fix.module_statements))
    if not statements:
        return
    line = _line_below_imports(source, inserted)
    lines = [newline, *(text + newline for text in statements)]
    if source.line_at(line).strip():
        lines.append(newline)
    inserted.setdefault(line, []).extend(lines)


def _line_below_imports(source: Source, inserted: dict[int, list[str]]) -> int:
    """The line behind the import block, the docstring, or whatever of them comes last at the top."""
    below = 1
    for node in source.tree.body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_typing_block = isinstance(node, (ast.If, ast.Try)) and all(
            isinstance(item, (ast.Import, ast.ImportFrom, ast.Pass)) for item in node.body
        )
        if not (is_docstring or is_typing_block or isinstance(node, (ast.Import, ast.ImportFrom))):
            break
        below = (node.end_lineno or node.lineno) + 1
    return max([below, *inserted])
