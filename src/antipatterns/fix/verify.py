"""Prove a change before it is written: it parses, the findings are gone, all else is as it was, comments included."""

from __future__ import annotations

import ast
import builtins
import tokenize
import warnings
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.check import View, check_source
from antipatterns.fix.comments import without_noqa
from antipatterns.index.projects import projects_of_run
from antipatterns.source import Source, SourceError, parse_source, split_lines, tokenize_lines
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.fix.apply import ChangedChunk, Region
    from antipatterns.outcome import Checked
    from antipatterns.settings import Settings


class Proved(NamedTuple):
    """The new source, and the outcome of checking it."""

    source: Source
    checked: Checked


def prove(
    source: Source,
    content: bytes,
    settings: Settings,
    before: Checked,
    fixed: Sequence[Finding],
    changed: Sequence[ChangedChunk],
    view: View = View.FILE,
) -> Proved | str:
    """Why new content must not be written, or what it is. ``before``: the outcome for ``source``, same settings."""
    try:
        new = parse_source(source.path, content)
    except SourceError as error:
        return f"the result does not parse: {error.reason}"
    for item in changed:
        if not _same_outside(item):
            return "code around it would change its meaning"
        if _compiles(item.chunk.text) and not _compiles(item.text):
            return "the result does not compile"
    # Most fixes leave each comment in its chunk; to go through whole files takes longer than all the rest.
    stays = all(_comments(item.chunk.text) == _comments(item.text) for item in changed)
    if not stays and _comments(source.text) != _comments(new.text):
        return "a comment would be lost"
    if unbound := sorted(_unbound_names(new) - _unbound_names(source)):
        return f"{unbound[0]} would not be defined"
    checked = check_source(new, settings, projects_of_run(), view)
    return _compare_findings(before, checked, fixed) or Proved(new, checked)


def _compare_findings(before: Checked, after: Checked, fixed: Sequence[Finding]) -> str | None:
    old = Counter(finding.code for finding in before.findings)
    new = Counter(finding.code for finding in after.findings)
    gone = Counter(finding.code for finding in fixed)
    for code in sorted(new.keys() | gone.keys()):
        if new[code] > old[code] - gone[code]:
            return f"{code} would still be there" if code in gone else f"{code} would be new"
    crashed = {crash.code for crash in before.crashes}
    new_crashes = [crash.code for crash in after.crashes if crash.code not in crashed]
    return f"{new_crashes[0]} crashed on the result" if new_crashes else None


def _unbound_names(source: Source) -> set[str]:
    """The names that are read somewhere and bound nowhere that such a read can see."""
    matches = walk(source.tree, frozenset({ast.Name})).matches
    names = (
        (node.id, scope) for node, scope in matches if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return {name for name, scope in names if scope.lookup(name) is None and not hasattr(builtins, name)}


def _comments(text: str) -> Counter[str]:
    """What the comments in a text say, but for the ``noqa`` that a fix may make needless."""
    if "#" not in text:
        return Counter()
    tokens = tokenize_lines(split_lines(text))
    found = Counter(without_noqa(token.string) for token in tokens if token.type == tokenize.COMMENT)
    del found[""]
    return found


def _compiles(text: str) -> bool:
    """Whether the compiler takes what the parser takes: no ``await`` outside of a coroutine, and the like."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text.encode("utf-8", "surrogatepass"), "", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _same_outside(item: ChangedChunk) -> bool:
    """Whether two versions of a chunk have the same syntax tree but for the rewritten regions."""
    old = list(_outline(item.chunk.text, item.regions_before))
    return old == list(_outline(item.text, item.regions_after))


def _outline(text: str, masked: Sequence[Region]) -> Iterator[str]:
    """The nodes of a tree in order, those inside masked regions left out."""
    source = parse_source("", text.encode("utf-8", "surrogatepass"))
    waiting: list[ast.AST] = [source.tree]
    while waiting:
        node = waiting.pop()
        if _is_masked(node, masked, source):
            continue
        plain = [repr(value) for _, value in ast.iter_fields(node) if not isinstance(value, (ast.AST, list))]
        yield f"{type(node).__name__}({', '.join(plain)})"
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _is_masked(node: ast.AST, masked: Sequence[Region], source: Source) -> bool:
    line, end_line = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if line is None or end_line is None:
        return False
    offset, end_offset = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
    start = (line, source.column_at(line, offset) - 1)
    end = (end_line, source.column_at(end_line, end_offset) - 1)
    return any(region[:2] <= start and _ends_in(end, region, source) for region in masked)


def _ends_in(end: tuple[int, int], region: Region, source: Source) -> bool:
    """Whether a node ends in a region; to ``ast``, the semicolon behind a body on one line is a part of the whole."""
    line, column = region[2:]
    return end <= (line, column) or (end[0] == line and not source.line_at(line)[column : end[1]].strip(" \t;"))
