"""What facts leave for later, as few functions are asked for it: worked out from the text that they hold."""

from __future__ import annotations

import ast
from array import array
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from antipatterns.facts.guards import collect_guards
from antipatterns.facts.model import Unit, UnitKind
from antipatterns.source import parse_quietly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.facts.model import Guard, ModuleFacts, Place

    Function = ast.FunctionDef | ast.AsyncFunctionDef

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Later:
    """Works out of the text of one file what facts leave open."""

    def __init__(self, facts: ModuleFacts) -> None:
        self._text = facts.text
        self._mentioned: dict[bytes, bool] = {}

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where each line begins: the lines themselves would take ten times the room."""
        return array("I", accumulate(map(len, self._text.splitlines(keepends=True)), initial=0))

    def mentions(self, word: bytes, unit: Unit) -> bool:
        """Whether a word stands anywhere in the text of a unit, as of few it does in the text of the file."""
        if word not in self._mentioned:
            self._mentioned[word] = word in self._text
        return self._mentioned[word] and word in self._text_at(unit.place)

    def _text_at(self, place: Place) -> bytes:
        return self._text[self._starts[place[0] - 1] : self._starts[place[2]]]

    def guards_of(self, unit: Unit) -> tuple[Guard, ...]:
        """The guards in the body of a unit; only functions have some."""
        if unit.kind is not UnitKind.FUNCTION or not (unit.parameters or unit.body.calls):
            return ()
        return collect_guards(self._function_at(unit.place), [call.place[0] for call in unit.body.calls])

    def guards_in(self, unit: Unit) -> Iterator[tuple[Guard, ...]]:
        """Those of a unit, and of all units in it, one after the other."""
        yield self.guards_of(unit)
        for child in unit.children:
            yield from self.guards_in(child)

    def _function_at(self, place: Place) -> Function:
        """A function, without its decorators, on the lines on which it stands in the file."""
        first, column = place[:2]
        text = self._text_at(place).decode("utf-8", "surrogatepass")
        before = "\n" * (first - 1) if column == 1 else "\n" * (first - 2) + "if 1:\n"
        try:
            body = parse_quietly(before + text).body
        except SyntaxError:  # indented by what no line of it shows, such as a backslash on the line before
            return self._found_in_whole(first)
        function = body[0].body[0] if isinstance(body[0], ast.If) else body[0]
        return function if isinstance(function, _FUNCTIONS) else self._found_in_whole(first)

    def _found_in_whole(self, line: int) -> Function:
        tree = parse_quietly(self._text.decode("utf-8", "surrogatepass"))
        return next(one for one in ast.walk(tree) if isinstance(one, _FUNCTIONS) and one.lineno == line)
