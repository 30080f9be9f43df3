"""Put the imports that fixes need where they sort: below the docstring and ``__future__``, each once."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from antipatterns.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from antipatterns.fix.fixer import Import
    from antipatterns.fix.locate import LineRange
    from antipatterns.source import Source

_LONGEST_LINE = 88


class ImportLines(NamedTuple):
    """Lines to insert, by the 1-based line before which they belong, and lines to put in the place of others."""

    inserted: dict[int, list[str]]
    replaced: dict[int, str]


def insert_imports(
    source: Source, wanted: Iterable[Import], newline: str, changed: Sequence[LineRange] = ()
) -> ImportLines:
    """The lines for imports that the file does not have; ``changed``: lines that are rewritten in other ways."""
    lines = ImportLines({}, {})
    body = source.tree.body
    block = _import_block(body)
    for item in sorted(set(wanted)):
        if not _has_import(body, item) and not _extend_import(source, block, item, lines, newline, changed):
            text = f"import {item.module}" if item.name is None else f"from {item.module} import {item.name}"
            line, before, after = _place(source, block, item)
            new = [newline] * before + [text + newline] + [newline] * after
            lines.inserted.setdefault(line, []).extend(new)
    return lines


def _extend_import(
    source: Source,
    block: Sequence[ast.stmt],
    wanted: Import,
    lines: ImportLines,
    newline: str,
    changed: Sequence[LineRange],
) -> bool:
    """Add a name to the ``from`` import of its module that stands there, if its layout is plain; say if it was."""
    for node in block:
        if not isinstance(node, ast.ImportFrom) or node.module != wanted.module or node.level or wanted.name is None:
            continue
        end = node.end_lineno or node.lineno
        if any(rewritten.first <= end and node.lineno <= rewritten.last for rewritten in changed):
            continue
        behind = [alias for alias in node.names if _order(alias.name) > _order(wanted.name)]
        if _is_plain_line(source, node, lines):
            new = ast.alias(wanted.name)
            names = (
                [*node.names[: len(node.names) - len(behind)], new, *behind] if _is_sorted(node) else [*node.names, new]
            )
            text = f"from {node.module} import {', '.join(ast.unparse(alias) for alias in names)}"
            if len(text) <= _LONGEST_LINE:
                lines.replaced[node.lineno] = text + newline
                return True
        elif _has_own_lines(source, node):
            line = behind[0].lineno if behind and _is_sorted(node) else node.names[-1].lineno + 1
            margin = source.line_at(node.names[0].lineno)[: node.names[0].col_offset]
            lines.inserted.setdefault(line, []).append(f"{margin}{wanted.name},{newline}")
            return True
    return False


def _is_plain_line(source: Source, node: ast.ImportFrom, lines: ImportLines) -> bool:
    """Whether an import is all of one line, just as ``ast`` would write it."""
    return source.line_at(node.lineno).rstrip("\r\n") == ast.unparse(node) and node.lineno not in lines.replaced


def _has_own_lines(source: Source, node: ast.ImportFrom) -> bool:
    """Whether each name stands on a line of its own, with a comma behind it."""
    return all(
        source.line_at(alias.lineno).partition("#")[0].strip() == f"{ast.unparse(alias)}," for alias in node.names
    )


def _is_sorted(node: ast.ImportFrom) -> bool:
    keys = [_order(alias.name) for alias in node.names]
    return keys == sorted(keys)


def _order(name: str) -> tuple[int, str]:
    """The order of names that isort gives: constants, classes, the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


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
