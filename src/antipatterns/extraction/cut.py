"""Cuts the blocks of a plan out of the text of a function and writes their helpers behind it."""

from __future__ import annotations

import ast
import re
import tokenize
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.blocks import WIDTH, top_of
from antipatterns.extraction.naming import name_helper
from antipatterns.extraction.signature import Hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from antipatterns.extraction.blocks import Block
    from antipatterns.extraction.flow import Function
    from antipatterns.extraction.plan import Plan
    from antipatterns.extraction.shape import Shape
    from antipatterns.source import Source

_WORD = re.compile(r"\w+")
_FSTRING_STARTS = (getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "TSTRING_START", -1))
_FSTRING_ENDS = (getattr(tokenize, "FSTRING_END", -1), getattr(tokenize, "TSTRING_END", -1))
_SWITCHES = re.compile(r"#\s*(fmt|yapf|isort|ruff|pylint|mypy|type|flake8|pragma|region|endregion)\b.*")


class CutError(Exception):
    """The blocks cannot be cut out of this text; the reason completes "not fixed: …"."""


class Cut(NamedTuple):
    """Lines of the file (both ends included) and the lines that take their place: the function and its helpers."""

    first_line: int
    last_line: int
    lines: list[str]
    helpers: tuple[str, ...]


def cut_out(source: Source, function: Function, plan: Plan, claimed: Iterable[str] = ()) -> Cut:
    """Write the function without its blocks, and their helpers, under names not ``claimed``. Raises CutError."""
    writer = _Writer(source, function, plan.shape)
    blocks = sorted(plan.blocks, key=lambda block: block.first_line)
    taken = _words_of(source.text) | frozenset(claimed)
    last = _last_line(source, function)
    kept: list[str] = []
    helpers: list[str] = []
    names: list[str] = []
    number = top_of(function)
    for block in blocks:
        name = name_helper(source, function, block, taken, plan.shape)
        taken |= {name}
        names.append(name)
        kept += source.lines[number - 1 : block.first_line - 1]
        kept += writer.call(name, block)
        helpers += writer.helper(name, block)
        number = block.last_line + 1
    kept += source.lines[number - 1 : last]
    if not kept[-1].endswith(("\n", "\r")):
        kept[-1] += writer.newline
        helpers[-1] = helpers[-1].rstrip("\r\n")
    cut = Cut(top_of(function), last, kept + helpers, tuple(names))
    _verify(source, function, cut)
    return cut


@lru_cache(maxsize=1)  # one file has many functions
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _last_line(source: Source, function: Function) -> int:
    """The last line of a function, with the comments that stand indented behind its last statement."""
    last = line = function.end_lineno or 0
    while True:
        line += 1
        text = source.line_at(line)
        own = _indent_of(source.line_at(function.lineno))
        if text.strip().startswith("#") and text.startswith(own) and text[len(own) : len(own) + 1] in (" ", "\t"):
            last = line
        elif text.strip() or not text:
            return last


class _Writer:
    """Writes calls and helpers in the layout of one function."""

    def __init__(self, source: Source, function: Function, shape: Shape) -> None:
        self.source = source
        self.function = function
        self.shape = shape
        self.hints = Hints(source, function)
        line = source.line_at(function.lineno)
        self.newline = line[len(line.rstrip("\r\n")) :] or "\n"
        self.outer = _indent_of(line)
        self.inner = _indent_of(source.line_at(top_of(function.body[-1])))
        if not self.inner.startswith(self.outer) or self.inner == self.outer:
            raise CutError("its indentation is not plain")

    def call(self, name: str, block: Block) -> list[str]:
        """The lines that take a block's place."""
        receiver = f"{self.shape.receiver}." if self.shape.receiver else ""
        start = "return " if block.gives_value else f"{', '.join(block.returns)} = " if block.returns else ""
        start += f"await {receiver}{name}" if block.is_async else f"{receiver}{name}"
        return self.bracketed(_indent_of(self.source.line_at(top_of(block.nodes[0]))), start, block.reads, "")

    def helper(self, name: str, block: Block) -> list[str]:
        """The lines of a helper, with the empty ones above it."""
        parameters = [self.hints.parameter(read) for read in block.reads]
        lines = [self.newline] * (1 if self.outer else 2)
        if self.shape.receiver:
            uses = block.uses_receiver
            if uses:
                parameters.insert(0, self.shape.receiver)
            if not uses or self.shape.is_class_method:
                lines.append(f"{self.outer}@{'classmethod' if uses else 'staticmethod'}{self.newline}")
        start = f"async def {name}" if block.is_async else f"def {name}"
        lines += self.bracketed(self.outer, start, parameters, f"{self.hints.result(block)}:")
        body = self.body(block)
        if _returns_value(block):
            number = block.nodes[-1].lineno - block.first_line
            if _keeps_its_layout(body, number, block):
                body[number] = body[number].replace(f"{block.returns[0]} =", "return", 1)
                return lines + body
        lines += body
        if block.returns:
            lines.append(f"{self.inner}return {', '.join(block.returns)}{self.newline}")
        return lines

    def body(self, block: Block) -> list[str]:
        """The lines of a block, moved to the indentation of a function's body; not those inside of texts."""
        lines = self.source.lines[block.first_line - 1 : block.last_line]
        _check_switches(lines)
        own = _indent_of(self.source.line_at(top_of(block.nodes[0])))
        inside = frozenset(_lines_inside_texts(lines))
        moved = [
            self.inner + line[len(own) :] if line.startswith(own) and line.strip() and number not in inside else line
            for number, line in enumerate(lines, start=1)
        ]
        if not moved[-1].endswith(("\n", "\r")):
            moved[-1] += self.newline
        return moved

    def bracketed(self, indent: str, start: str, items: Sequence[str], end: str) -> list[str]:
        """``start(items)end`` on one line, with the items on a line of their own, or each on its own."""
        unit = self.inner[len(self.outer) :]
        one = f"{indent}{start}({', '.join(items)}){end}"
        middle = f"{indent}{unit}{', '.join(items)}"
        if len(one.expandtabs(4)) <= WIDTH or not items:
            lines = [one]
        elif len(middle.expandtabs(4)) <= WIDTH:
            lines = [f"{indent}{start}(", middle, f"{indent}){end}"]
        else:
            lines = [f"{indent}{start}(", *(f"{indent}{unit}{item}," for item in items), f"{indent}){end}"]
        return [line + self.newline for line in lines]


def _returns_value(block: Block) -> bool:
    """Whether a block ends by binding the one name that it gives back, which nothing else in it knows."""
    last = block.nodes[-1]
    if len(block.returns) != 1 or not isinstance(last, ast.Assign) or len(last.targets) != 1:
        return False
    target = last.targets[0]
    if not isinstance(target, ast.Name) or target.id != block.returns[0]:
        return False
    if isinstance(last.value, ast.Name) and last.value.id == target.id:
        return False
    # A nested function may look at the name when it is called.
    return not any(isinstance(inner, _SCOPES) for node in block.nodes for inner in ast.walk(node))


_SCOPES = (ast.Lambda, ast.GeneratorExp, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _keeps_its_layout(lines: Sequence[str], number: int, block: Block) -> bool:
    """Whether an assignment can become a ``return`` without other lines of it being aligned with what moves."""
    text = lines[number].rstrip()
    shares_line = any(node.end_lineno == block.nodes[-1].lineno for node in block.nodes[:-1])
    is_plain = text.lstrip().startswith(f"{block.returns[0]} = ") and not shares_line
    return is_plain and (number == len(lines) - 1 or text.endswith(("(", "[", "{", '"""', "'''")))


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _check_switches(lines: Sequence[str]) -> None:
    """A comment that switches a tool off for what follows must stay with the one that switches it on again."""
    switches = [line.strip() for line in lines if line.strip().startswith("#") and _SWITCHES.match(line.strip())]
    off, on = (sum(word in line for line in switches) for word in (": off", ": on"))
    if off != on or any("disable" in line or "region" in line for line in switches):
        raise CutError("a comment in it is meant for what follows")


def _lines_inside_texts(lines: Sequence[str]) -> Iterator[int]:
    """The numbers (from 1) of lines that begin inside a string."""
    starts: list[int] = []
    try:
        for token in tokenize.generate_tokens(iter([*lines, ""]).__next__):
            if token.type == tokenize.STRING:
                yield from range(token.start[0] + 1, token.end[0] + 1)
            elif token.type in _FSTRING_STARTS:
                starts.append(token.start[0])
            elif token.type in _FSTRING_ENDS:
                yield from range(starts.pop() + 1, token.end[0] + 1)
    except (tokenize.TokenError, SyntaxError) as error:
        raise CutError("its lines cannot be told apart") from error


def _verify(source: Source, function: Function, cut: Cut) -> None:
    """Prove that the function is the old one again when the helpers' bodies take the place of their calls."""
    is_inner = _indent_of(source.line_at(function.lineno)) != ""
    above = cut.first_line - 1 - is_inner  # the lines get the numbers that they have in the file
    try:
        tree = ast.parse("\n" * above + "if 1:\n" * is_inner + "".join(cut.lines))
    except (SyntaxError, ValueError) as error:
        raise CutError("the result would not parse") from error
    bodies: dict[str, list[ast.stmt]] = {}
    again: ast.AST | None = None
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if node.name in cut.helpers:
                bodies[node.name] = node.body
            elif node.lineno == function.lineno and node.name == function.name:
                again = node
    if again is None or len(bodies) != len(cut.helpers):
        raise CutError("the result would not hold its helpers")
    inlined = _Inliner(bodies).visit(again)
    if not isinstance(inlined, ast.AST) or ast.dump(inlined) != ast.dump(function):
        raise CutError("the result would not be the same")


class _Inliner(ast.NodeTransformer):
    """Puts the bodies of helpers back where they are called."""

    def __init__(self, bodies: dict[str, list[ast.stmt]]) -> None:
        self.bodies = bodies

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        """Give the body for a statement that calls a helper, without the return of a call that assigns."""
        value = node.value if isinstance(node, (ast.Expr, ast.Assign, ast.Return)) else None
        call = value.value if isinstance(value, ast.Await) else value
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in self.bodies:
                return _inline(node, self.bodies[name])
        return node if isinstance(node, ast.expr) else self.generic_visit(node)


def _inline(call: ast.AST, body: list[ast.stmt]) -> list[ast.stmt]:
    """The body for a statement that calls its helper: what is returned is what is assigned."""
    last = body[-1]
    if not isinstance(call, ast.Assign):
        return body
    if not isinstance(last, ast.Return) or last.value is None or ast.dump(last.value) == _loaded(call.targets[0]):
        return body[:-1]
    return [*body[:-1], ast.Assign(call.targets, last.value)]


def _loaded(target: ast.expr) -> str:
    """How reading what is assigned to would look."""
    return ast.dump(target).replace("Store()", "Load()")
