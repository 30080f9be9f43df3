"""Cut blocks out of a too long function and make functions of them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import libcst as cst

from antipatterns.extraction.cut import Cut, CutError, cut_out
from antipatterns.extraction.plan import plan_extraction
from antipatterns.finding import Safety
from antipatterns.fix.apply import preview_chunk
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.rules.size.function_too_long import limit_of
from antipatterns.semantics.lines_of_code import lines_of_code
from antipatterns.source import split_lines

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.fix.locate import Chunk
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Name, always_unsafe=True, moves_code=True)

# The names of helpers that other findings in the same file, which may be fixed at the same time, have been given.
_CLAIMED: WeakKeyDictionary[File, set[str]] = WeakKeyDictionary()


@FIXER.register
def fix_function_too_long(name: cst.Name, place: Place) -> Outcome:
    """Put the function without its blocks, followed by their helpers, in the place of the function."""
    function = place.chunk.parents.get(name)
    if not isinstance(function, cst.FunctionDef):
        return Refusal("its name stands on another line than its def")
    node = place.ast_node(function)
    source = place.file.source
    if node is None or node.name != name.value:
        return Refusal("the function has changed")
    lines = lines_of_code(source, node)
    plan = plan_extraction(source, node, place.scope_of(function), lines, limit_of(place.file))
    if plan.objection is not None:
        return Refusal(plan.objection)
    try:
        cut = cut_out(source, node, plan, _CLAIMED.get(place.file, frozenset()))
    except CutError as error:
        return Refusal(str(error))
    _CLAIMED.setdefault(place.file, set()).update(cut.helpers)
    return _make_fix(function, cut, place.chunk)


def _make_fix(function: cst.FunctionDef, cut: Cut, chunk: Chunk) -> Outcome:
    """Take the new function and its helpers from the new text of the chunk."""
    if cut.last_line > chunk.lines.last:
        return Refusal("comments stand behind its end")
    above, below = cut.first_line - chunk.above - 1, cut.last_line - chunk.above
    old = split_lines(chunk.text)
    text = "".join([*old[:above], *cut.lines, *old[below:]])
    try:
        module: Any = cst.parse_module(text, chunk.module.config_for_parsing)
    except cst.ParserSyntaxError:
        return Refusal("libcst cannot parse the result")
    *path, (attribute, index) = _path_to(function, chunk)
    for step, number in path:
        module = getattr(module, step)
        module = module if number is None else module[number]
    nodes = getattr(module, attribute)[index : (index or 0) + 1 + len(cut.helpers)]
    fix = Fix(function, cst.FlattenSentinel(nodes), Safety.UNSAFE)
    if preview_chunk(chunk, fix) != text:
        return Refusal("comments around it would move")
    return fix


def _path_to(node: cst.CSTNode, chunk: Chunk) -> list[tuple[str, int | None]]:
    """The attributes, and the indices in them, that lead from a chunk's module to a node."""
    path: list[tuple[str, int | None]] = []
    while node in chunk.parents:
        parent = chunk.parents[node]
        path.append(next(_places_of(node, parent)))
        node = parent
    return path[::-1]


def _places_of(node: cst.CSTNode, parent: Any) -> Any:
    for field in fields(parent):
        value = getattr(parent, field.name)
        if value is node:
            yield field.name, None
        elif isinstance(value, (list, tuple)):
            for index, item in enumerate(value):
                if item is node:
                    yield field.name, index
