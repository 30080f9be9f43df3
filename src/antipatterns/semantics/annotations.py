"""Which names a module uses in annotations alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class AnnotationNames(NamedTuple):
    """The names read in a module: in ``annotations``, in ``quoted`` ones, and ``elsewhere``.

    ``are_postponed``: ``from __future__ import annotations`` keeps Python from evaluating any. Annotations of fields
    in classes that a decorator or a base may look into count as elsewhere, and so does ``__all__``. ``nodes``: all that
    the annotations are made of.
    """

    annotations: frozenset[str]
    quoted: frozenset[str]
    elsewhere: frozenset[str]
    are_postponed: bool
    nodes: frozenset[ast.AST]


def annotation_names(tree: ast.Module) -> AnnotationNames:
    """Sort the names that a module reads by where it reads them."""
    everything = list(ast.walk(tree))
    inside = frozenset(node for root in _annotations_among(everything) for node in ast.walk(root))
    names = frozenset(node.id for node in inside if isinstance(node, ast.Name))
    quoted = frozenset(name for node in inside for name in _names_quoted_in(node))
    elsewhere = frozenset(node.id for node in everything if isinstance(node, ast.Name) and node not in inside)
    return AnnotationNames(names, quoted, elsewhere | _exported(tree), _are_postponed(tree), inside)


def _annotations_among(nodes: list[ast.AST]) -> Iterator[ast.expr]:
    """The annotations of a module, by all its nodes, but for those of fields that somebody may look into."""
    fields = {
        statement
        for node in nodes
        if isinstance(node, ast.ClassDef) and (node.bases or node.keywords or node.decorator_list)
        for statement in node.body
    }
    for node in nodes:
        if isinstance(node, ast.arg) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns is not None:
            yield node.returns
        elif isinstance(node, ast.AnnAssign) and node not in fields:
            yield node.annotation


def _names_quoted_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            inner = ast.parse(node.value.strip(), mode="eval")
        except (SyntaxError, ValueError):
            return
        yield from (name.id for name in ast.walk(inner) if isinstance(name, ast.Name))


def _exported(tree: ast.Module) -> frozenset[str]:
    """The strings in assignments to ``__all__``."""
    return frozenset(
        item.value
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign))
        and any(isinstance(name, ast.Name) and name.id == "__all__" for name in ast.walk(node))
        for item in ast.walk(node)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    )


def _are_postponed(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )
