"""Put what fixes need at the top of a module: imports where they sort, each once, and statements below them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeGuard

from antipatterns.fix.import_places import (
    Gap,
    ImportPlaces,
    is_import,
    is_one_name_each,
    order_of_name,
    sort_key,
)
from antipatterns.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from antipatterns.fix.fixer import Import
    from antipatterns.fix.locate import LineRange
    from antipatterns.source import Source

_LONGEST_LINE = 88
_NO_LINE = 1 << 62


class TopOfModule:
    """The lines to insert, by the 1-based line before which they belong, and those to put in the place of others.

    ``changed``: the lines of the top-level statements that fixes rewrite; what they need must be imported above them.
    """

    def __init__(self, source: Source, newline: str, changed: Sequence[LineRange] = ()) -> None:
        self.inserted: dict[int, list[str]] = {}
        self.replaced: dict[int, str] = {}
        self._source = source
        self._newline = newline
        self._changed = changed
        self._places = ImportPlaces(source, self._first_line_with_need())
        self._lowest_import = 1

    def _first_line_with_need(self) -> int:
        imports = {node.lineno for node in self._source.tree.body if is_import(node)}
        return min((lines.first for lines in self._changed if lines.first not in imports), default=_NO_LINE)

    def add_imports(self, wanted: Iterable[Import]) -> None:
        """Add the imports that the file does not have."""
        statements = {_statement_for(item): item for item in sorted(set(wanted), key=str)}
        sections: dict[int, int] = {}
        for statement, item in sorted(statements.items(), key=lambda pair: sort_key(pair[0])):
            if not _has_import(self._source.tree.body, item) and not self._extend_import(item):
                gap = self._places.place_import(statement)
                self._insert_import(gap, statement, ast.unparse(statement) + self._newline, sections)
                self._lowest_import = max(self._lowest_import, gap.line)

    def add_type_only_imports(self, wanted: Sequence[str]) -> None:
        """Add statements to the first ``if TYPE_CHECKING:`` at the top level, or make that block below the imports."""
        if not wanted:
            return
        block = next((node for node in self._source.tree.body if is_type_checking_block(node)), None)
        if block is None:
            lines = [f"if TYPE_CHECKING:{self._newline}", *(self._indented(text, "    ") for text in wanted)]
            line = max(self._places.line_for_statement("TYPE_CHECKING"), self._lowest_import)
            self._insert(self._places.separate(line), lines)
            return
        indent = self._source.line_at(block.body[0].lineno)[: block.body[0].col_offset]
        there = [node for node in block.body if is_import(node)]
        sections: dict[int, int] = {}
        for text in wanted:
            statement = _parse_import(text)
            gap = self._places.place_among(there, statement) if there else Gap((block.body[-1].end_lineno or 0) + 1)
            if not any(node.lineno == gap.line for node in there):
                gap = gap._replace(after=0)
            self._insert_import(gap, statement, self._indented(text, indent), sections)

    def _insert_import(
        self, gap: Gap, statement: ast.Import | ast.ImportFrom, text: str, sections: dict[int, int]
    ) -> None:
        """Put an import behind those that go to the same place, apart from those of another section."""
        section = sort_key(statement)[0]
        if gap.line in sections:
            gap = gap._replace(before=int(sections[gap.line] != section))
            if gap.before:
                # The empty line between the two is what was to follow the first.
                _drop_empty_lines(self.inserted[gap.line])
        self._insert(gap, [text])
        sections[gap.line] = section

    def add_statements(self, wanted: Iterable[str]) -> None:
        """Put statements such as ``logger = …`` below the imports."""
        for text in dict.fromkeys(wanted):
            line = max(self._places.line_for_statement(text), self._lowest_import)
            self._insert(self._places.separate(line), [text + self._newline])

    def _indented(self, text: str, indent: str) -> str:
        """Whole lines of an import statement, each one level deeper; strings cannot stand in one."""
        lines = split_lines(text.rstrip("\r\n") + self._newline)
        return "".join(indent + line if line.strip() else line for line in lines)

    def _insert(self, gap: Gap, lines: Sequence[str]) -> None:
        """Put lines behind those that go to the same place, with no more empty ones between than are wanted."""
        there = self.inserted.setdefault(gap.line, [])
        trailing = _drop_empty_lines(there)
        needs_gap = gap.before or not there or trailing > 1
        there += [self._newline] * (gap.before if needs_gap else 0)
        after = max(gap.after, trailing) if self._source.line_at(gap.line).strip() else 0
        there += [*lines, *[self._newline] * after]

    def _extend_import(self, wanted: Import) -> bool:
        """Add a name to the ``from`` import of its module that stands there, if its layout is plain; say if it was."""
        name = wanted.name
        if name is None or is_one_name_each(self._places.block):
            return False
        return any(
            self._extend_line(node, name) or self._add_line(node, name)
            for node in self._places.block
            if _is_from(node, wanted.module) and not self._is_rewritten(node)
        )

    def _is_rewritten(self, node: ast.stmt) -> bool:
        end = node.end_lineno or node.lineno
        return any(lines.first <= end and node.lineno <= lines.last for lines in self._changed)

    def _extend_line(self, node: ast.ImportFrom, name: str) -> bool:
        """For an import that is all of one line, just as ``ast`` would write it."""
        line = self.replaced.get(node.lineno) or self._source.line_at(node.lineno)
        text = line.rstrip("\r\n")
        if self._source.line_at(node.lineno).rstrip("\r\n") != ast.unparse(node):
            return False
        names = text.partition(" import ")[2].split(", ")
        is_sorted = names == sorted(names, key=order_of_name)
        names.append(name)
        new = f"from {node.module} import {', '.join(sorted(names, key=order_of_name) if is_sorted else names)}"
        if len(new) > _LONGEST_LINE:
            return False
        self.replaced[node.lineno] = new + line[len(text) :]
        return True

    def _add_line(self, node: ast.ImportFrom, name: str) -> bool:
        """For an import with each name on a line of its own, a comma behind it."""
        texts = [self._source.line_at(alias.lineno) for alias in node.names]
        names = [ast.unparse(alias) for alias in node.names]
        if [text.partition("#")[0].strip() for text in texts] != [f"{item}," for item in names]:
            return False
        behind = [alias for alias in node.names if order_of_name(ast.unparse(alias)) > order_of_name(name)]
        is_sorted = names == sorted(names, key=order_of_name)
        line = behind[0].lineno if behind and is_sorted else node.names[-1].lineno + 1
        margin = texts[0][: len(texts[0]) - len(texts[0].lstrip())]
        self.inserted.setdefault(line, []).append(f"{margin}{name},{self._newline}")
        return True


def _drop_empty_lines(lines: list[str]) -> int:
    """Take the empty lines off the end, and say how many they were."""
    there = len(lines)
    while lines and not lines[-1].strip():
        lines.pop()
    return there - len(lines)


def line_for_statement(source: Source, statement: str) -> int:
    """The line above which a statement such as ``logger = …`` will be put."""
    return ImportPlaces(source, _NO_LINE).line_for_statement(statement)


def _statement_for(wanted: Import) -> ast.Import | ast.ImportFrom:
    if wanted.name is None:
        return ast.Import([ast.alias(wanted.module)])
    return ast.ImportFrom(wanted.module, [ast.alias(wanted.name)], 0)


def _parse_import(text: str) -> ast.Import | ast.ImportFrom:
    statement = ast.parse(text.strip()).body[0]
    assert is_import(statement)
    return statement


def is_type_checking_block(node: ast.stmt) -> TypeGuard[ast.If]:
    """Whether a statement is ``if TYPE_CHECKING:``, also as ``typing.TYPE_CHECKING``, with a block on its own lines."""
    if not isinstance(node, ast.If) or node.body[0].lineno == node.lineno:
        return False
    test = node.test
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _has_import(body: Sequence[ast.stmt], wanted: Import) -> bool:
    for node in body:
        if isinstance(node, ast.Import) and wanted.name is None:
            if any(alias.name == wanted.module and alias.asname is None for alias in node.names):
                return True
        elif _is_from(node, wanted.module) and any(
            alias.name == wanted.name and alias.asname is None for alias in node.names
        ):
            return True
    return False


def _is_from(node: ast.stmt, module: str) -> TypeGuard[ast.ImportFrom]:
    return isinstance(node, ast.ImportFrom) and node.module == module and not node.level
