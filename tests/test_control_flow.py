"""How blocks are left; checked by hand and against running the code."""

from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.semantics.control_flow import (
    Exit,
    always_raises,
    always_reraises,
    exits_of,
    find_jumps,
    walk_block,
)

F, R, X, T, B, C = (
    Exit.FALLS_THROUGH,
    Exit.RERAISES,
    Exit.RAISES,
    Exit.RETURNS,
    Exit.BREAKS,
    Exit.CONTINUES,
)


def block(text: str) -> list[ast.stmt]:
    return ast.parse(textwrap.dedent(text)).body


@pytest.mark.parametrize(
    ("text", "exits"),
    [
        ("", {F}),
        ("pass", {F}),
        ("raise", {R}),
        ("raise E", {X}),
        ("return", {T}),
        ("break", {B}),
        ("continue", {C}),
        ("raise\npass", {R}),
        ("return\nraise", {T}),
        ("if a: raise", {F, R}),
        ("if a: raise\nelse: raise", {R}),
        ("if a: raise\nelif b: return\nelse: raise E", {R, T, X}),
        ("with a: raise", {R}),
        ("with a: pass\nraise", {R}),
        ("for a in b: raise", {F, R}),
        ("for a in b: break\nelse: raise", {F, R}),
        ("for a in b: continue\nelse: raise", {R}),
        ("while a: return", {F, T}),
        ("while True: pass", set()),
        ("while 1:\n if a: raise", {R}),
        ("while True:\n if a: break\n raise", {F, R}),
        ("while True:\n for b in c: break\n raise", {R}),
        ("while True:\n while b:\n  continue\n return", {T}),
        ("while False: raise", {F, R}),
        ("try: raise\nfinally: pass", {R}),
        ("try: pass\nfinally: raise", {R}),
        ("try: return\nfinally: pass", {T}),
        ("try: return\nfinally:\n if a: raise", {T, R}),
        ("try: raise\nfinally: return", {T}),
        ("try: raise\nexcept E: pass", {F, R}),
        ("try: pass\nexcept E: raise", {F, X}),
        ("try: pass\nexcept E: return\nelse: raise", {T, R}),
        ("try: return\nexcept E: return\nelse: raise", {T}),
        ("try: raise E\nexcept* E: pass", {F, X}),
        ("match a:\n case 1: raise", {F, R}),
        ("match a:\n case 1: raise\n case _: return", {R, T}),
        ("match a:\n case b: raise", {R}),
        ("match a:\n case _ if b: raise", {F, R}),
        ("match a:\n case (1 | _): raise", {F, R}),
        ("def f(): raise", {F}),
        ("class A: raise", {F}),
        ("lambda: a", {F}),
    ],
)
def test_exits(text: str, exits: set[Exit]) -> None:
    # "return" and "break" outside of functions and loops are the compiler's matter, not the parser's.
    assert exits_of(block(text)) == exits


def test_what_rules_ask() -> None:
    assert always_reraises(block("raise"))
    assert not always_reraises(block("raise E"))
    assert not always_reraises(block("if a: raise"))
    assert not always_reraises(block("while True: pass"))
    assert always_raises(block("if a: raise\nelse: raise E"))
    assert not always_raises(block("pass"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("return\nbreak\ncontinue", [1, 2, 3]),
        ("for a in b:\n break\nelse:\n continue", [4]),
        ("while a:\n for b in c:\n  continue\n else:\n  break\n return", [6]),
        ("try:\n return\nexcept E:\n break\nelse:\n continue\nfinally:\n return", [2, 4, 6, 8]),
        ("match a:\n case 1:\n  return\n case _:\n  pass", [3]),
        ("def f():\n return\nclass A:\n for a in b: break", []),
    ],
)
def test_jumps(text: str, lines: list[int]) -> None:
    assert sorted(jump.lineno for jump in find_jumps(block(text))) == lines


def test_walks_around_definitions() -> None:
    nodes = walk_block(block("a\ndef f(): b\nclass C: d\nlambda: e\nif g: h"))
    assert {node.id for node in nodes if isinstance(node, ast.Name)} == {"a", "g", "h"}


# --- Against running it -------------------------------------------------------------------------------------

SIMPLE = st.sampled_from(["pass", "ask()", "raise", "raise KeyError", "return 'returned'"])
IN_LOOP = st.sampled_from(["break", "continue"])


def indent(text: str) -> str:
    return textwrap.indent(text, "    ")


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda a, b: f"if ask():\n{indent(a)}\nelse:\n{indent(b)}", inner, inner),
        st.builds(lambda a: f"if ask():\n{indent(a)}", inner),
        st.builds(lambda a, b: f"{a}\n{b}", inner, inner),
        st.builds(
            lambda a, end, b: f"for _ in range(2):\n{indent(a)}\n    if ask(): {end}\nelse:\n{indent(b)}",
            inner,
            IN_LOOP,
            inner,
        ),
        st.builds(lambda a, end: f"while ask():\n{indent(a)}\n    if ask(): {end}", inner, IN_LOOP),
        st.builds(lambda a, b: f"try:\n{indent(a)}\nfinally:\n{indent(b)}", inner, inner),
        st.builds(lambda a, b: f"try:\n{indent(a)}\nexcept KeyError:\n{indent(b)}", inner, inner),
        st.builds(
            lambda a, b: f"match ask():\n    case True:\n{indent(indent(a))}\n    case _:\n{indent(indent(b))}",
            inner,
            inner,
        ),
    )


class HandledError(Exception):
    """What is being handled when the block runs."""


def run(text: str, answers: list[bool]) -> Exit | None:
    """How a handler with this body is left; None where it asks too often."""
    body = indent(indent(text))
    code = f"def f(ask):\n    try:\n        raise HandledError\n    except HandledError:\n{body}\n    return 'fell'"
    namespace: dict[str, object] = {"HandledError": HandledError}
    exec(code, namespace)
    waiting = iter(answers)
    try:
        returned = namespace["f"](lambda: next(waiting))  # type: ignore[operator]
    except HandledError:
        return Exit.RERAISES
    except KeyError:
        return Exit.RAISES
    except StopIteration:
        return None
    return Exit.RETURNS if returned == "returned" else Exit.FALLS_THROUGH


@given(st.recursive(SIMPLE, compound, max_leaves=8), st.lists(st.booleans(), max_size=12))
def test_what_happens_is_among_the_exits(text: str, answers: list[bool]) -> None:
    happened = run(text, answers)
    expected = exits_of(block(text))
    if happened in (Exit.RERAISES, Exit.RAISES):
        # Which of two exceptions a bare raise passes on, behind "except" and in "finally", is known only then.
        assert expected & {Exit.RERAISES, Exit.RAISES}, text
    elif happened is not None:
        assert happened in expected, text
