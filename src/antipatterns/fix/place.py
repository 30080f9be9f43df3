"""What a fixer may ask about the place of a finding: the file, the scope, the tree around, and names to use there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import libcst as cst

from antipatterns.semantics.scope import BindingKind, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.fix.locate import Chunk


class Place:
    """One finding with its surroundings. ``chunk_at``: the top-level statement, or method, that a line lies in."""

    def __init__(
        self, finding: Finding, file: File, chunk: Chunk, chunk_at: Callable[[int], Chunk | None] | None = None
    ) -> None:
        self.finding = finding
        self.file = file
        self.chunk = chunk
        self.chunk_at = chunk_at or (lambda _line: None)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around a node, from the inside out, without the module."""
        parents = self.chunk.parents
        while node in parents:
            node = parents[node]
            if not isinstance(node, cst.Module):
                yield node

    def line_of(self, node: cst.CSTNode) -> int:
        """The 1-based line of the file on which a node begins."""
        return self.span_of(node)[0]

    def span_of(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        """Line, column, end line and exclusive end column of a node in the file, all from 1."""
        return self.chunk.region_of(node)

    def ast_node(self, node: cst.CSTNode, kind: type[ast.AST] = ast.AST) -> Any:
        """The ``ast`` node of this type that begins where a libcst node begins, the outermost one; or None."""
        line, column, _, _ = self.span_of(node)
        source = self.file.source
        for found in ast.walk(source.tree):
            if (
                isinstance(found, kind)
                and getattr(found, "lineno", 0) == line
                and source.column_at(line, getattr(found, "col_offset", 0)) == column
            ):
                return found
        return None

    def ast_node_like(self, node: cst.CSTNode) -> Any:
        """The ``ast`` expression that fills exactly the place of a libcst node; or None."""
        region = self.span_of(node)
        for found in ast.walk(self.file.source.tree):
            if isinstance(found, ast.expr) and found.lineno == region[0]:
                span = self.file.source.span_of(found)
                if (span.line, span.column, span.end_line, span.end_column) == region:
                    return found
        return None

    def scope_of(self, node: cst.CSTNode) -> Scope:
        """The scope that code standing at a node belongs to (for a definition: the one around it)."""
        line, column, _, _ = self.span_of(node)
        scope, found = self.file.module, True
        while found:
            found = False
            for child in scope.children:
                if self._holds(child, line, column):
                    scope, found = child, True
                    break
        return scope

    def _holds(self, scope: Scope, line: int, column: int) -> bool:
        """Whether a place lies in the body of a scope: behind its header, before its end."""
        node: Any = scope.node
        source = self.file.source
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else body if isinstance(body, ast.expr) else node
        decorators = getattr(first, "decorator_list", None)
        first = decorators[0] if decorators else first
        start = (first.lineno, source.column_at(first.lineno, first.col_offset) - bool(decorators))
        end = (node.end_lineno, source.column_at(node.end_lineno, node.end_col_offset))
        return start <= (line, column) < end

    def name_for(self, dotted: str, scope: Scope) -> str | None:
        """How code in a scope can write an imported thing, given as ``module.name``: the name that the file has for it.

        None when the module is not imported at the top of the file, or when its name means something else there.
        """
        module, _, name = dotted.rpartition(".")
        top = self.file.module
        for bound, bindings in top.bindings.items():
            if len(bindings) != 1 or bindings[0].kind is not BindingKind.IMPORT:
                continue
            if not self._is_plain_import(bindings[0].node):
                continue
            if bindings[0].value == dotted and self._means_module_name(bound, scope):
                return bound
            if bindings[0].value == module and self._means_module_name(bound, scope):
                return f"{bound}.{name}"
        return None

    def is_imported(self, name: str, scope: Scope) -> bool:
        """Whether a name is nothing but the package of that name, imported at the top of the module or function."""
        found = scope.lookup(name)
        if found is None or not all(binding.value == name for binding in found[1]):
            return False
        owner, bindings = found
        if owner is self.file.module:
            return all(self._is_plain_import(binding.node) for binding in bindings)
        body = getattr(owner.node, "body", None)
        return isinstance(body, list) and any(
            binding.node in body and getattr(binding.node, "lineno", 0) < self.finding.line for binding in bindings
        )

    def is_free(self, name: str, scope: Scope) -> bool:
        """Whether a name means nothing in a scope, so that a new import can take it."""
        return scope.lookup(name) is None and not self.file.module.star_imports

    def _means_module_name(self, name: str, scope: Scope) -> bool:
        found = scope.lookup(name)
        return found is not None and found[0] is self.file.module

    def _is_plain_import(self, node: ast.AST) -> bool:
        """Whether an import stands at the top level itself, not in a branch that may not run."""
        return node in self.file.source.tree.body
