"""Which of a name's bindings can be the one that a use sees: straight-line order, branches and loops of one scope."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.semantics.scope import Binding, BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Parents = Mapping[ast.AST, ast.AST]
    Block = tuple[ast.AST, str]

_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def reaching_bindings(bindings: list[Binding], use: ast.expr, parents: Parents) -> list[Binding]:
    """The bindings of a local name that may hold at ``use``, which stands in the same scope.

    Going back from the use, the first binding in a block around it hides the earlier ones; bindings in
    branches on the way count too, and so do others where a loop leads from them back to the use. Errs towards
    more bindings: what cannot be told apart stays in.
    """
    if len(bindings) == 1:
        return bindings
    blocks = list(_blocks_around(use, parents))
    here = (use.lineno, use.col_offset)
    found: list[Binding] = []
    hiding: Binding | None = None
    for binding in sorted(bindings, key=_position, reverse=True):
        if hiding is None and _position(binding) <= here:
            found.append(binding)
            if _block_of(binding, parents) in blocks:
                hiding = binding
    loops = [node for node, _ in blocks if isinstance(node, _LOOPS)]
    return found + [
        binding for binding in bindings if binding not in found and _comes_around(binding, hiding, loops, parents)
    ]


def _position(binding: Binding) -> tuple[int, int]:
    """Where a binding takes effect: behind its statement, or at its head where it opens a block."""
    node = binding.node
    if not isinstance(node, (ast.stmt, ast.expr)):
        return (0, 0)
    if hasattr(node, "body"):
        return (node.lineno, node.col_offset)
    return (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)


def _block_of(binding: Binding, parents: Parents) -> Block | None:
    """The block in which a binding surely holds from its place on; None where it may be skipped."""
    node = binding.node
    if isinstance(node, ast.arg):
        return _outermost(node, parents)
    if binding.kind is BindingKind.CONTEXT:
        return _block_around(node, parents)
    if isinstance(node, (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith, ast.ExceptHandler)):
        return (node, "body")
    if isinstance(node, ast.stmt):
        return _block_around(node, parents)
    return None


def _outermost(node: ast.AST, parents: Parents) -> Block:
    while not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and node in parents:
        node = parents[node]
    return (node, "body")


def _block_around(node: ast.AST, parents: Parents) -> Block | None:
    """The block that holds a statement: the compound statement and the field's name."""
    parent = parents.get(node)
    if parent is None:
        return None
    for field, value in ast.iter_fields(parent):
        if isinstance(value, list) and node in value:
            return (parent, field)
    return (parent, "")


def _blocks_around(node: ast.AST, parents: Parents) -> Iterator[Block]:
    """The blocks that a node stands in, from the inside out."""
    while node in parents:
        block = _block_around(node, parents)
        if block is not None and (block[1] or isinstance(block[0], ast.While)):  # its test comes around too
            yield block
        node = parents[node]


def _comes_around(binding: Binding, hiding: Binding | None, loops: Sequence[ast.AST], parents: Parents) -> bool:
    """Whether a loop around the use leads back from a binding to it, past the one that hides."""
    around = list(_ancestors(binding.node, parents))
    hidden_from = [] if hiding is None else list(_ancestors(hiding.node, parents))
    return any(loop in around and loop not in hidden_from for loop in loops)


def _ancestors(node: ast.AST, parents: Parents) -> Iterator[ast.AST]:
    yield node
    while node in parents:
        node = parents[node]
        yield node
