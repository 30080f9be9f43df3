"""Where imports go at the top of a module: in which section, before which line, with how many empty lines around."""

from __future__ import annotations

import ast
import re
import sys
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from antipatterns.fix.locate import range_holding, statement_ranges
from antipatterns.project.module_name import module_name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.source import Source

    ImportStatement = ast.Import | ast.ImportFrom

_STANDARD, _THIRD_PARTY, _OWN = 0, 1, 2
_SHEBANG_OR_COOKIE = re.compile(r"#!|[ \t\f]*#.*?coding[:=]")
# Comments about the file as a whole, some of which must stand above all code.
_ABOUT_THE_FILE = re.compile(
    r"#\s*(type|mypy|pyright|ruff|flake8|pylint|isort|fmt|yapf|noqa|antipatterns|vim?|-\*-)\b|copyright|licen[cs]e|SPDX",
    re.IGNORECASE,
)


class Gap(NamedTuple):
    """The line before which something goes, and how many empty lines stand before and after it at least."""

    line: int
    before: int = 0
    after: int = 0


def is_import(node: ast.stmt) -> TypeGuard[ImportStatement]:
    """Whether a statement imports."""
    return isinstance(node, (ast.Import, ast.ImportFrom))


def is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a string and nothing else."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def is_future_import(node: ast.stmt) -> bool:
    """Whether a statement is ``from __future__ import …``."""
    return isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level


class ImportPlaces:
    """Answers where things go in one version of a file; what is imported must be so above the line ``limit``."""

    def __init__(self, source: Source, limit: int) -> None:
        self.source = source
        self.ranges = statement_ranges(source)
        self.block = _first_run(source.tree.body, limit)

    def place_import(self, wanted: ImportStatement) -> Gap:
        """The place of a new import at the top level."""
        return self.place_among(self.block, wanted) if self.block else self._place_without_imports()

    def place_among(self, block: Sequence[ImportStatement], wanted: ImportStatement) -> Gap:
        """The place of a new import among others, as isort would sort it: by section, form, module."""
        later = dropwhile(lambda node: _section(node) != _section(wanted), block)
        section = list(takewhile(lambda node: _section(node) == _section(wanted), later))
        # What empty lines set apart may be the project's own packages, which no name tells from others.
        beside = [part for part in self._paragraphs_of(section) if any(_root(node) == _root(wanted) for node in part)]
        section = beside[0] if beside else self._without_own(section, wanted)
        if not section:
            return self._place_section(block, wanted)
        if _is_mixed(section):
            return self._place_in_order(section, wanted, block)
        same_form = [node for node in section if type(node) is type(wanted)]
        for node in same_form:
            if _sorts_behind(node, wanted, block):
                return Gap(self._line_above(node, is_first=node is block[0]))
        if same_form:
            return Gap(self.line_below(same_form[-1]))
        if isinstance(wanted, ast.Import):
            return Gap(self._line_above(section[0], is_first=True))
        return Gap(self.line_below(section[-1]))

    def _paragraphs_of(self, section: Sequence[ImportStatement]) -> list[list[ImportStatement]]:
        """The imports of a section, parted where an empty line stands above one."""
        parts: list[list[ImportStatement]] = []
        for node in section:
            line = node.lineno - 1
            while self.source.line_at(line).startswith("#"):
                line -= 1
            if not parts or not self.source.line_at(line).strip():
                parts.append([])
            parts[-1].append(node)
        return parts

    def _without_own(self, section: list[ImportStatement], wanted: ImportStatement) -> list[ImportStatement]:
        """A section without the paragraphs that import nothing but the project's own, for what is not its own."""
        paragraphs = self._paragraphs_of(section)
        if len(paragraphs) < 2 or self._is_own(wanted):
            return section
        return [node for part in paragraphs if not all(map(self._is_own, part)) for node in part] or section

    def _is_own(self, node: ImportStatement) -> bool:
        return module_name_of(Path(self.source.path)).is_project_root(_root(node))

    def _place_in_order(
        self, section: Sequence[ImportStatement], wanted: ImportStatement, block: Sequence[ImportStatement]
    ) -> Gap:
        """The place in a section that is sorted by module whatever the form."""
        for node in section:
            if _module_of(node).lower() > _module_of(wanted).lower():
                return Gap(self._line_above(node, is_first=node is block[0]))
        return Gap(self.line_below(section[-1]))

    def _place_section(self, block: Sequence[ImportStatement], wanted: ImportStatement) -> Gap:
        """The place of an import whose section does not exist yet."""
        earlier = [node for node in block if _section(node) < _section(wanted)]
        if earlier:
            return Gap(self.line_below(earlier[-1]), 1, 1)
        return Gap(self._line_above(block[0], is_first=True), 0, 1)

    def line_below(self, node: ast.stmt) -> int:
        """The first line that belongs to no statement which shares a line with this one or a line with those."""
        last = node.end_lineno or node.lineno
        lines = range_holding(self.ranges, last)
        # A statement inside of another one's block ends before the range does.
        return (lines.last if lines is not None and node in self.source.tree.body else last) + 1

    def _line_above(self, node: ast.stmt, *, is_first: bool) -> int:
        """The line of an import or, where it is not the first, of the comment that stands right above it."""
        lines = range_holding(self.ranges, node.lineno)
        if lines is not None and node in self.source.tree.body and not self._begins_range(node, lines.first):
            return lines.last + 1
        line = node.lineno
        while not is_first and self.source.line_at(line - 1).lstrip().startswith("#"):
            line -= 1
        return line

    def _begins_range(self, node: ast.stmt, first: int) -> bool:
        others = (other for other in self.source.tree.body if other.lineno == first)
        return next(others, None) is node

    def _place_without_imports(self) -> Gap:
        body = self.source.tree.body
        head = None
        for node in body:
            if not (is_future_import(node) or (node is body[0] and is_docstring(node))):
                break
            head = node
        if head is not None:
            line = self.line_below(head)
            return Gap(line, 1, self._empty_lines_wanted_above(line))
        line = self._line_below_opening_comments()
        is_below_comment = self.source.line_at(line - 1).startswith("#") and not self._is_machine_line(line - 1)
        return Gap(line, int(is_below_comment), self._empty_lines_wanted_above(line))

    def _empty_lines_wanted_above(self, line: int) -> int:
        """One, or two where a definition begins right there; as many as the author left where there are some."""
        text = self.source.line_at(line)
        if not text.strip():
            return 0
        return 2 if re.match(r"@|def\b|class\b|async\b|#", text) else 1

    def _is_machine_line(self, number: int) -> bool:
        return number <= 2 and _SHEBANG_OR_COOKIE.match(self.source.line_at(number)) is not None

    def _line_below_opening_comments(self) -> int:
        """The line behind shebang, cookie and comments about the file, but above those about the first statement."""
        number = 1
        while self._is_machine_line(number) and self.source.line_at(number).startswith("#"):
            number += 1
        end = number
        while self.source.line_at(end).startswith("#"):
            end += 1
        comments = [self.source.line_at(line) for line in range(number, end)]
        stands_apart = not self.source.line_at(end).strip()
        return end if stands_apart or any(map(_ABOUT_THE_FILE.search, comments)) else number

    def line_below_imports(self) -> int:
        """The line behind the docstring and the imports at the top, those in ``if`` and ``try`` blocks included."""
        below = 1
        for node in self.source.tree.body:
            if is_import(node) or is_docstring(node) or _is_import_block(node):
                below = self.line_below(node)
            elif not _is_dunder_assignment(node):
                break
        return below

    def line_for_statement(self, statement: str) -> int:
        """The line below the imports at the top, and below all others whose names the statement uses.

        Names that nothing imports yet will be, among the first imports that there are.
        """
        used = {node.id for node in ast.walk(ast.parse(statement)) if isinstance(node, ast.Name)}
        lines = [
            self.line_below(node)
            for node in self.source.tree.body
            if is_import(node)
            and used.intersection((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        ]
        if not lines and self.block:
            lines.append(self.line_below(self.block[-1]))
        return self._line_below_dunders(max([self.line_below_imports(), *lines]))

    def _line_below_dunders(self, line: int) -> int:
        """The line behind ``__all__ = …`` and the like that follow on a line."""
        for node in self.source.tree.body:
            if node.lineno >= line:
                if not _is_dunder_assignment(node):
                    break
                line = self.line_below(node)
        return line

    def separate(self, line: int) -> Gap:
        """A place with the empty lines that a statement of its own wants there."""
        return Gap(line, 1, self._empty_lines_wanted_above(line))


def _first_run(body: Sequence[ast.stmt], limit: int) -> list[ImportStatement]:
    """The first run of top-level imports, ``__future__`` ones left out, if it stands above a line."""
    block: list[ImportStatement] = []
    for node in body:
        if node.lineno >= limit:
            break
        if is_import(node) and not is_future_import(node):
            block.append(node)
        elif block:
            break
    return block


def _is_import_block(node: ast.stmt) -> bool:
    """Whether an ``if`` or ``try`` only imports, and notes with constants whether that worked."""
    if not isinstance(node, (ast.If, ast.Try)):
        return False
    inner = [item for item in ast.walk(node) if isinstance(item, ast.stmt) and item is not node]
    return any(map(is_import, inner)) and all(
        is_import(item)
        or isinstance(item, (ast.Pass, ast.If, ast.Try))
        or (isinstance(item, ast.Assign) and isinstance(item.value, (ast.Constant, ast.Name)))
        for item in inner
    )


def _is_dunder_assignment(node: ast.stmt) -> bool:
    """Whether a statement is one that PEP 8 puts above the imports, such as ``__all__ = …``."""
    return isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id.startswith("__") and target.id.endswith("__")
        for target in node.targets
    )


def _section(node: ImportStatement) -> int:
    if isinstance(node, ast.ImportFrom) and node.level:
        return _OWN
    return _STANDARD if _root(node) in sys.stdlib_module_names else _THIRD_PARTY


def sort_key(node: ImportStatement) -> tuple[int, bool, str]:
    """The isort order of imports: section, form, module."""
    return (_section(node), isinstance(node, ast.ImportFrom), _module_of(node).lower())


def is_one_name_each(block: Sequence[ImportStatement]) -> bool:
    """Whether imports from one module stand in statements of their own, a name in each (isort: force_single_line)."""
    single = [node.module for node in block if isinstance(node, ast.ImportFrom) and len(node.names) == 1]
    several = any(isinstance(node, ast.ImportFrom) and len(node.names) > 1 for node in block)
    return not several and len(single) > len(set(single))


def order_of_name(name: str) -> tuple[int, str]:
    """The order of names that isort gives: constants, classes, the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def _sorts_behind(node: ImportStatement, wanted: ImportStatement, block: Sequence[ImportStatement]) -> bool:
    """Whether an import that stands there belongs below a new one."""
    if sort_key(node) != sort_key(wanted) or not is_one_name_each(block):
        return sort_key(node) > sort_key(wanted)
    return order_of_name(node.names[0].name) > order_of_name(wanted.names[0].name)


def _is_mixed(section: Sequence[ImportStatement]) -> bool:
    """Whether imports of both forms stand in the order of their modules (isort: force_sort_within_sections)."""
    modules = [_module_of(node).lower() for node in section]
    forms = [isinstance(node, ast.ImportFrom) for node in section]
    return modules == sorted(modules) and forms != sorted(forms)


def _root(node: ImportStatement) -> str:
    return _module_of(node).partition(".")[0]


def _module_of(node: ImportStatement) -> str:
    return node.names[0].name if isinstance(node, ast.Import) else node.module or ""
