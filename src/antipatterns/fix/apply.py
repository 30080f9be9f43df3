"""Make the new text of a file from the fixes of one round: changed chunks, inserted imports, all else as it stands."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

import libcst as cst

from antipatterns.fix.fixer import Part
from antipatterns.fix.imports import TopOfModule
from antipatterns.fix.locate import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.fix.fixer import Fix, Insertion
    from antipatterns.fix.locate import Chunk
    from antipatterns.source import Source

Region = tuple[int, int, int, int]


class ConflictError(Exception):
    """Fixes that cannot be made together; the text says why."""


class Candidate(NamedTuple):
    """A fix that is ready to be made: of which finding, in which chunk."""

    finding: Finding
    chunk: Chunk
    fix: Fix

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it changes in each chunk, the one that holds the finding first."""
        return (Part(self.chunk, self.fix.edits, self.fix.insertions), *self.fix.parts)


class ChangedChunk(NamedTuple):
    """A chunk before and after; in each the rewritten regions: line, column, end line, end column, columns from 0."""

    chunk: Chunk
    text: str
    regions_before: tuple[Region, ...]
    regions_after: tuple[Region, ...]

    @property
    def final_text(self) -> str:
        """The new text as the file wants it; nothing is left of a statement that is gone."""
        text = self.chunk.prefix + self.text.removeprefix(self.chunk.header) if self.text else ""
        return text.replace("\n", "\r") if self.chunk.has_lone_returns else text


class _Changer(cst.CSTTransformer):
    """Replace nodes by identity, and put statements around others; ``new_nodes`` are those that were not there."""

    def __init__(self, chunk: Chunk, parts: Sequence[Part]) -> None:
        self.chunk = chunk
        self.replacements: dict[cst.CSTNode, Any] = {
            edit.target: edit.replacement for part in parts for edit in part.edits
        }
        self.insertions: dict[cst.CSTNode, list[Insertion]] = {}
        for insertion in (insertion for part in parts for insertion in part.insertions):
            self.insertions.setdefault(insertion.anchor, []).append(insertion)
        self.new_nodes = [node for replacement in self.replacements.values() for node in _nodes_of(replacement)]
        changing = (*self.replacements, *self.insertions)
        self.around = {outer for node in changing for outer in _chain(chunk.parents.get(node), chunk)}

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node in self.around

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Any:
        if original_node in self.replacements:
            return self.replacements[original_node]
        insertions = self.insertions.get(original_node)
        if insertions is None:
            return updated_node
        before = [node for insertion in insertions if not insertion.behind for node in insertion.statements]
        behind = [node for insertion in insertions if insertion.behind for node in insertion.statements]
        if before:
            before[0], updated_node = _share_empty_lines(
                before[0],
                updated_node,
                is_first=self._is_first(original_node),
                is_apart=_is_below_import(before[-1], updated_node),
            )
        self.new_nodes += before + behind
        return cst.FlattenSentinel([*before, updated_node, *behind])

    def _is_first(self, statement: cst.CSTNode) -> bool:
        block = self.chunk.parents[statement]
        return isinstance(block, cst.IndentedBlock) and block.body[0] is statement


def _is_below_import(last: Any, statement: Any) -> bool:
    """Whether an import ends above a statement that is none."""
    return _is_import(last) and not _is_import(statement)


def _is_import(statement: Any) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[-1], (cst.Import, cst.ImportFrom)
    )


def _share_empty_lines(first: Any, statement: Any, *, is_first: bool, is_apart: bool) -> tuple[Any, Any]:
    """Give the empty lines above a statement to the first one inserted there; its comments stay with it.

    Empty lines at the very top of a block stay with the statement too: they were to set it off.
    """
    lines = list(statement.leading_lines)
    empty = [] if is_first else list(takewhile(lambda line: line.comment is None, lines))
    rest = lines[len(empty) :]
    is_apart = is_apart or isinstance(statement, (cst.FunctionDef, cst.ClassDef))
    if is_apart and not (rest and rest[0].comment is None):
        rest.insert(0, cst.EmptyLine(indent=False))
    first = first.with_changes(leading_lines=[*empty, *first.leading_lines])
    return first, statement.with_changes(leading_lines=rest)


def choose_apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those whose targets do not lie in one another, in order; the others wait for the next round.

    Statements go before what stands in them, but an expression after its parts, as it is evaluated.
    """
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=_precedence):
        if not any(_overlap(candidate, other) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.finding.order)


def _precedence(candidate: Candidate) -> tuple[bool, int]:
    target = candidate.fix.target
    is_expression = isinstance(target, cst.BaseExpression)
    depth = sum(1 for _ in _chain(target, candidate.chunk))
    return (is_expression, -depth if is_expression else depth)


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two fixes touch the same nodes; insertions in front of the same statement get on."""
    return any(
        mine.chunk is theirs.chunk and (_reaches_into(mine, theirs) or _reaches_into(theirs, mine))
        for mine in one.parts
        for theirs in other.parts
    )


def _reaches_into(one: Part, other: Part) -> bool:
    places = [edit.target for edit in one.edits] + [insertion.anchor for insertion in one.insertions]
    targets = [edit.target for edit in other.edits]
    return any(_lies_in(place, target, one.chunk) for place in places for target in targets)


def _chain(node: cst.CSTNode | None, chunk: Chunk) -> Iterator[cst.CSTNode]:
    """A node and those around it."""
    while node is not None:
        yield node
        node = chunk.parents.get(node)


def _lies_in(node: cst.CSTNode, outer: cst.CSTNode, chunk: Chunk) -> bool:
    return any(part is outer for part in _chain(node, chunk))


def change_chunks(candidates: Sequence[Candidate]) -> list[ChangedChunk]:
    """Make some fixes, none reaching into another, in all the chunks that they change."""
    parts: dict[int, list[Part]] = {}
    for part in (part for candidate in candidates for part in candidate.parts):
        parts.setdefault(part.chunk.lines.first, []).append(part)
    return [_change_chunk(group[0].chunk, group) for group in parts.values()]


def _change_chunk(chunk: Chunk, parts: Sequence[Part]) -> ChangedChunk:
    changer = _Changer(chunk, parts)
    changed = chunk.module.visit(changer)
    code, positions = lay_out(changed)
    code = code if changed.body or code.strip() else ""  # an empty module still has its line end
    return ChangedChunk(
        chunk,
        code,
        tuple(_region(chunk.positions[edit.target]) for part in parts for edit in part.edits),
        tuple(_region(positions[node]) for node in changer.new_nodes if node in positions),
    )


def preview_chunk(chunk: Chunk, fix: Fix) -> str:
    """The text of a chunk with one fix."""
    return chunk.module.visit(_Changer(chunk, [Part(chunk, fix.edits, fix.insertions)])).code


def _nodes_of(replacement: Any) -> list[cst.CSTNode]:
    if isinstance(replacement, cst.CSTNode):
        return [replacement]
    return list(replacement.nodes) if isinstance(replacement, cst.FlattenSentinel) else []


def _region(where: Any) -> Region:
    return (where.start.line, where.start.column, where.end.line, where.end.column)


def assemble(source: Source, changed: Sequence[ChangedChunk], fixes: Sequence[Fix], newline: str) -> str:
    """The text of the whole file with its changed chunks and what the fixes need at the top of the module.

    Raises ConflictError where something would go into lines that a fix rewrites.
    """
    top = TopOfModule(source, newline, [item.chunk.lines for item in changed])
    top.add_imports(item for fix in fixes for item in fix.imports)
    top.add_type_only_imports([text for fix in fixes for text in fix.type_only_imports])
    top.add_statements(text for fix in fixes for text in fix.module_statements)
    texts = {item.chunk.lines.first: item for item in changed}
    pieces: list[str] = []
    number = 1
    while number <= len(source.lines):
        _add_lines(pieces, top.inserted.pop(number, ()))
        if number in texts:
            item = texts[number]
            pieces.append(item.final_text)
            number = item.chunk.lines.last + 1
            if not item.text:
                pieces = _close_gap(pieces[:-1], source, number)
        else:
            pieces.append(top.replaced.get(number) or source.line_at(number))
            number += 1
    for line, lines in sorted(top.inserted.items()):
        if line <= len(source.lines):
            raise ConflictError("another fix changes the lines that its import needs")
        if pieces and not pieces[-1].endswith(("\n", "\r")):
            pieces[-1] += newline
        _add_lines(pieces, lines)
    return "".join(pieces)


def _add_lines(pieces: list[str], lines: Sequence[str]) -> None:
    """Add inserted lines, the empty ones in front of them only where there are none yet."""
    is_apart = not pieces or _is_empty(pieces[-1])
    pieces += dropwhile(_is_empty, lines) if is_apart else lines


def _close_gap(pieces: list[str], source: Source, number: int) -> list[str]:
    """Where a statement with empty lines on both sides is gone, leave only those on the side that has more.

    Nothing is left above one that was the last of the file.
    """
    if number > len(source.lines):
        return pieces[: len(pieces) - len(list(takewhile(lambda line: not line.strip(" \t\r\n"), reversed(pieces))))]
    behind = len(list(takewhile(_is_empty, source.lines[number - 1 :])))
    before = len(list(takewhile(_is_empty, reversed(pieces))))
    return pieces[: len(pieces) - min(before, behind)]


def _is_empty(line: str) -> bool:
    return not line.strip()
