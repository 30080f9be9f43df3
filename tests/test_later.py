"""What is worked out of a file's text when somebody asks is what its tree says, however the text is written."""

from __future__ import annotations

import ast
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antipatterns.facts.guards import collect_guards
from antipatterns.facts.later import Later
from antipatterns.facts.model import UnitKind
from antipatterns.index.modules import facts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Guard, ModuleFacts, Unit

_PLAIN = """
class Order:
    @property
    def total(self, rate=None):
        text = '''
no indentation here'''
        if rate is None:
            return self.sum()
        return self.sum() * rate

        # the end

    async def load(self, key: "str" = "ä", *, again=False):
        def inner(limit):
            if limit: print(limit, self.loaded and again)
        if key == "ü" and not again: await self.read("é", key); inner(3)
        else:
            inner(4)

def last(one): return one.name if one else print(
    one)
"""
_BEHIND_BACKSLASH = "class A:\n  \\\n        def f(self, one):\n      if one:\n        print(one)\n"
_BEHIND_FORM_FEED = (
    "\x0cdef f(one):\n    if one:\n        print(one)\nclass A:\n\x0c    def g(self, two):\n     if two: print()\n"
)
_HEADED = "# -*- coding: latin-1 -*-\ndef f(one):\n    if one == 'ä': print(one)\n"
TEXTS = {
    "plain": _PLAIN.encode(),
    "crlf": _PLAIN.replace("\n", "\r\n").encode(),
    "mark": BOM_UTF8 + b"def f(one):\n    if one: print(one)\n",
    "backslash": _BEHIND_BACKSLASH.encode(),
    "form feed": _BEHIND_FORM_FEED.encode(),
    "form feed at the start": b"class A:\n    pass\n" + _BEHIND_FORM_FEED.encode(),
    "latin": _HEADED.encode("latin-1"),
    "no end": b"class A:\n\tdef f(self, one):\n\t\tif one: print(one)",
    "separators": "def f(one):\n    x = '\x1c\x0b\u2028'\n    if one: print(one)\n".encode(),
    "this file": Path(__file__).read_bytes(),
}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS.keys())
def test_guards_are_those_of_the_tree(content: bytes) -> None:
    facts = facts_in("a.py", content)
    assert facts is not None
    functions = {(one.lineno, one.name): one for one in ast.walk(ast.parse(content)) if isinstance(one, _FUNCTIONS)}
    found = dict(_guards_by_function(facts))
    assert found.keys() == functions.keys()
    for key, (unit, guards) in found.items():
        assert guards == collect_guards(functions[key], [call.place[0] for call in unit.body.calls])
    assert any(guards for _, guards in found.values())


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _guards_by_function(facts: ModuleFacts) -> Iterator[tuple[tuple[int, str], tuple[Unit, tuple[Guard, ...]]]]:
    later = Later(facts)
    waiting = [facts.unit]
    while waiting:
        unit = waiting.pop()
        waiting += unit.children
        if unit.kind is UnitKind.FUNCTION:
            yield (unit.place[0], unit.name), (unit, later.guards_of(unit))
