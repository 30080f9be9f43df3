"""Put the imports that fixes need where they sort: below the docstring and ``__future__``, each once."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, TypeGuard

from antipatterns.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from antipatterns.fix.fixer import Import
    from antipatterns.source import Source


def insert_imports(source: Source, wanted: Iterable[Import], newline: str) -> dict[int, list[str]]:
    """The lines to insert for imports that the file does not have, by the 1-based line before which they belong."""
    inserted: dict[int, list[str]] = {}
    body = source.tree.body
    block = _import_block(body)
    for item in sorted(set(wanted)):
        if not _has_import(body, item):
            text = f"import {item.module}" if item.name is None else f"from {item.module} import {item.name}"
            line, before, after = _place(source, block, item)
            lines = [newline] * before + [text + newline] + [newline] * after
            inserted.setdefault(line, []).extend(lines)
    return inserted


def insert_type_only_imports(
    source: Source, wanted: Sequence[str], inserted: dict[int, list[str]], newline: str
) -> None:
    """Add statements to the first ``if TYPE_CHECKING:`` at the top level, or make that block below the imports."""
    if not wanted:
        return
    block = next((node for node in source.tree.body if is_type_checking_block(node)), None)
    if block is not None:
        indent = source.line_at(block.body[0].lineno)[: block.body[0].col_offset]
        line = (block.body[-1].end_lineno or 0) + 1
        lines = [_indented(text, indent) for text in wanted]
    else:
        line = line_below_imports(source)
        lines = [newline, f"if TYPE_CHECKING:{newline}", *(_indented(text, "    ") for text in wanted)]
    inserted.setdefault(line, []).extend(lines)


def _indented(text: str, indent: str) -> str:
    """Whole lines of an import statement, each one level deeper; strings cannot stand in one."""
    return "".join(indent + line if line.strip() else line for line in split_lines(text))


def is_type_checking_block(node: ast.stmt) -> TypeGuard[ast.If]:
    """Whether a statement is ``if TYPE_CHECKING:``, also as ``typing.TYPE_CHECKING``, with a block on its own lines."""
    if not isinstance(node, ast.If) or node.body[0].lineno == node.lineno:
        return False
    test = node.test
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def line_below_imports(source: Source) -> int:
    """The line behind the docstring and the imports at the top, those in ``if`` and ``try`` blocks included."""
    below = 1
    for node in source.tree.body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_block = isinstance(node, (ast.If, ast.Try)) and all(
            isinstance(item, (ast.Import, ast.ImportFrom, ast.Pass)) for item in node.body
        )
        if not (is_docstring or is_block or isinstance(node, (ast.Import, ast.ImportFrom))):
            break
        below = (node.end_lineno or node.lineno) + 1
    return below


def _has_import(body: Sequence[ast.stmt], wanted: Import) -> bool:
    for node in body:
        if isinstance(node, ast.Import) and wanted.name is None:
            name = wanted.module
        elif isinstance(node, ast.ImportFrom) and node.module == wanted.module and not node.level:
            name = wanted.name or ""
        else:
            continue
        if any(alias.name == name and alias.asname is None for alias in node.names):
            return True
    return False


def _import_block(body: Sequence[ast.stmt]) -> list[ast.Import | ast.ImportFrom]:
    """The first run of top-level imports, ``__future__`` ones left out."""
    block: list[ast.Import | ast.ImportFrom] = []
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            block.append(node)
        elif block:
            break
    return block


def _place(source: Source, block: Sequence[ast.Import | ast.ImportFrom], wanted: Import) -> tuple[int, int, int]:
    """The line before which an import goes, and how many empty lines go before and after it."""
    if not block:
        return _place_without_imports(source)
    own_kind = [node for node in block if _section(node) == _STANDARD and _form(node) == (wanted.name is not None)]
    for node in own_kind:
        if _module(node) > wanted.module:
            return node.lineno, 0, 0
    if own_kind:
        return (own_kind[-1].end_lineno or 0) + 1, 0, 0
    standard = [node for node in block if _section(node) == _STANDARD]
    if standard and wanted.name is None:
        return standard[0].lineno, 0, 0
    if standard:
        return (standard[-1].end_lineno or 0) + 1, 0, 0
    return block[0].lineno, 0, 1


def _place_without_imports(source: Source) -> tuple[int, int, int]:
    body = source.tree.body
    below = 0
    for node in body:
        is_docstring = node is body[0] and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            below = node.end_lineno or node.lineno
        else:
            break
    if below:
        return below + 1, 1, 0 if _is_blank(source, below + 1) else 1
    first = _first_line_of_code(source)
    return first, 0, 0 if _is_blank(source, first) else 2


def _first_line_of_code(source: Source) -> int:
    """The line behind a shebang, an encoding cookie and the comment block at the very top."""
    number = 1
    while source.line_at(number).startswith("#"):
        number += 1
    first = source.tree.body[0] if source.tree.body else None
    decorators = getattr(first, "decorator_list", None) or [first]
    top = min(node.lineno for node in decorators if node is not None) if first is not None else number
    return min(number, top)


def _is_blank(source: Source, line: int) -> bool:
    return not source.line_at(line).strip()


_STANDARD, _OTHER = 0, 1


def _section(node: ast.Import | ast.ImportFrom) -> int:
    root = _module(node).partition(".")[0]
    is_relative = isinstance(node, ast.ImportFrom) and node.level
    return _STANDARD if root in sys.stdlib_module_names and not is_relative else _OTHER


def _module(node: ast.Import | ast.ImportFrom) -> str:
    return node.names[0].name if isinstance(node, ast.Import) else node.module or ""


def _form(node: ast.Import | ast.ImportFrom) -> bool:
    """False for ``import x``, True for ``from x import y``: isort keeps the first before the second."""
    return isinstance(node, ast.ImportFrom)
