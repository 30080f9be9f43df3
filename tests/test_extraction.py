"""AP501's extraction: what may be cut out and what not, that programs do the same afterwards, and how the text looks."""

from __future__ import annotations

import ast
import itertools
import sys
import textwrap
from pathlib import Path

import extraction_programs
import pytest
from examples import examples
from hypothesis import HealthCheck, given, strategies

from antipatterns.check import check_content
from antipatterns.extraction.judge import Judge, Sets
from antipatterns.extraction.plan import plan_extraction
from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.semantics.lines_of_code import lines_of_code
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import parse_source
from antipatterns.walk import walk

DATA = Path(__file__).parent / "data" / "extraction"


def judge(text: str, receiver: str = "") -> Sets | str:
    """Judge the run between the lines ``# from`` and ``# to`` of a function."""
    text = textwrap.dedent(text)
    lines = text.splitlines()
    start = lines.index(next(line for line in lines if line.strip() == "# from")) + 1
    end = lines.index(next(line for line in lines if line.strip() == "# to")) + 1
    function = ast.parse(text).body[-1]
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    type_parameters = frozenset(parameter.name for parameter in getattr(function, "type_params", ()))
    judged = Judge(function, type_parameters, receiver)
    if judged.objection is not None:
        return judged.objection
    for suite in judged.flow.suites:
        inside = [index for index, step in enumerate(suite.steps) if start < step.node.lineno < end]
        if inside and all(start < (suite.steps[index].node.end_lineno or 0) < end for index in inside):
            return judged.judge(suite, inside[0], inside[-1])
    raise AssertionError(text)


def names_of(text: str, receiver: str = "") -> tuple[str, str]:
    """What the marked run reads and returns, as words."""
    sets = judge(text, receiver)
    assert isinstance(sets, Sets), sets
    function = ast.parse(textwrap.dedent(text)).body[-1]
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    names = Judge(function, frozenset(), receiver).flow.names
    return " ".join(names.in_set(sets.reads)), " ".join(names.in_set(sets.returns))


READS_AND_RETURNS = {
    "parameters and locals": (
        """
        def f(a, b):
            c = a
            # from
            d = c + b + GLOBAL
            e = d
            # to
            return d
        """,
        ("b c", "d"),
    ),
    "augmented": (
        """
        def f(total):
            # from
            total += 1
            # to
            return total
        """,
        ("total", "total"),
    ),
    "carried round a loop": (
        """
        def f(items):
            last = None
            for item in items:
                # from
                print(last)
                last = item
                # to
        """,
        ("last item", "last"),
    ),
    "set on each round": (
        """
        def f(items):
            for item in items:
                # from
                last = item
                print(last)
                # to
        """,
        ("item", ""),
    ),
    "perhaps bound in it and surely before": (
        """
        def f(a):
            b = 1
            # from
            if a:
                b = 2
            # to
            return b
        """,
        ("a b", "b"),
    ),
    "bound on every path": (
        """
        def f(a):
            # from
            if a:
                b = 1
            else:
                b = 2
            # to
            return b
        """,
        ("a", "b"),
    ),
    "bound on every path that goes on": (
        """
        def f(a):
            for _ in a:
                # from
                try:
                    b = int(a)
                except ValueError:
                    raise
                while True:
                    c = b
                    if c:
                        break
                # to
                print(b, c)
        """,
        ("a", "b c"),
    ),
    "comprehensions have names of their own": (
        """
        def f(a, x):
            # from
            b = [x for x in a if x]
            c = {k: v for k, v in b}
            # to
            return b, c, x
        """,
        ("a", "b c"),
    ),
    "walrus binds around a comprehension": (
        """
        def f(a):
            last = None
            # from
            b = [(last := x) for x in a]
            # to
            return b, last
        """,
        ("a last", "last b"),
    ),
    "walrus is bound where and goes on": (
        """
        def f(a):
            # from
            if (m := a()) and m.x:
                print(m)
            while not (n := a()):
                pass
            print(n)
            # to
        """,
        ("a", ""),
    ),
    "with and import": (
        """
        def f(a):
            # from
            import os
            with a() as b, open(b) as c:
                d = c.read()
            print(os)
            # to
            return d
        """,
        ("a", "d"),
    ),
    "match": (
        """
        def f(a):
            # from
            match a:
                case [x, *rest]:
                    b = x, rest
                case {"k": y, **others} if y:
                    b = y, others
                case z:
                    b = z
            # to
            return b
        """,
        ("a", "b"),
    ),
    "exception names end with their handler": (
        """
        def f(a):
            # from
            try:
                a()
            except ValueError as e:
                print(e)
            # to
        """,
        ("a", ""),
    ),
    "nested functions read": (
        """
        def f(a, items):
            # from
            items.sort(key=lambda item: item[a])
            # to
            return items
        """,
        ("a items", ""),
    ),
    "nested function behind it reads": (
        """
        def f(a):
            # from
            b = a + 1
            # to
            return lambda: b
        """,
        ("a", "b"),
    ),
    "deleted, but its own": (
        """
        def f(a):
            # from
            b = a
            del b
            # to
        """,
        ("a", ""),
    ),
    "class bodies read at once": (
        """
        def f(a):
            if a:
                # from
                class C:
                    x = a
                return C
                # to
        """,
        ("a", ""),
    ),
    "in a handler": (
        """
        def f(a):
            try:
                a()
            except ValueError as e:
                # from
                print(e)
                raise TypeError from e
                # to
            return 1
        """,
        None,
    ),
}
READS_AND_RETURNS = {name: case for name, case in READS_AND_RETURNS.items() if case[1] is not None}


@pytest.mark.parametrize("name", READS_AND_RETURNS)
def test_reads_and_returns(name: str) -> None:
    text, expected = READS_AND_RETURNS[name]
    assert names_of(text) == expected


REFUSALS = [
    ("def f(a):\n    # from\n    yield a\n    # to", "it yields"),
    ("def f(a):\n    # from\n    b = yield from a\n    # to", "it yields"),
    ("def f(a):\n    # from\n    g = lambda: (yield a)\n    # to", None),
    ("def f(a):\n    for b in a:\n        # from\n        if b:\n            break\n        # to", "it breaks out"),
    ("def f(a):\n    for b in a:\n        # from\n        if b:\n            continue\n        # to", "it continues"),
    ("def f(a):\n    # from\n    for b in a:\n        if b:\n            break\n        continue\n    # to", None),
    (
        (
            "def f(a):\n    for b in a:\n        # from\n        for c in b:\n            pass\n        else:\n"
            "            break\n        # to"
        ),
        "it breaks out",
    ),
    ("def f(a):\n    # from\n    if a:\n        return 1\n    # to\n    return 2", "it returns on some"),
    ("def f(a):\n    # from\n    if a:\n        return 1\n    return 2\n    # to", None),
    ("def f(a):\n    # from\n    if a:\n        return 1\n    print(a)\n    # to", None),
    (
        "def f(a):\n    if a:\n        # from\n        if a > 1:\n            return 1\n        raise E\n        # to",
        None,
    ),
    (
        "def f(a):\n    if a:\n        # from\n        print(a)\n        raise E\n        # to\n    return a",
        "it never comes",
    ),
    ("async def f(a):\n    yield 1\n    # from\n    if a:\n        return\n    # to", "it returns from an async"),
    ("def f(a):\n    yield 1\n    # from\n    if a:\n        return\n    # to", None),
    ("def f():\n    global g\n    # from\n    g = 1\n    # to", "it binds global"),
    ("def f():\n    # from\n    global g\n    g = 1\n    # to", "it declares"),
    ("def f():\n    global g\n    # from\n    print(g)\n    # to\n    g = 1", None),
    ("def f(a):\n    # from\n    print(locals())\n    # to", "the function looks at"),
    ("def f(a):\n    # from\n    print(a)\n    # to\n    return eval('a')", "the function looks at"),
    ("def f(a):\n    # from\n    print(vars(a), dir(a))\n    # to", None),
    ("def f(a):\n    # from\n    print(vars())\n    # to", "the function looks at"),
    ("def f(a):\n    # from\n    warn(a, stacklevel=2)\n    # to", "it looks at the stack"),
    ("def f(a):\n    # from\n    sys._getframe(1)\n    # to", "it looks at the stack"),
    ("def f(a):\n    # from\n    inspect.stack()\n    # to", "it looks at the stack"),
    ("def f(a):\n    # from\n    self.stack()\n    # to", None),
    (
        "def f(a):\n    try:\n        a()\n    except E:\n        # from\n        print(a)\n        if a:\n            raise\n        # to",
        "it raises again",
    ),
    ("def f(a):\n    # from\n    try:\n        a()\n    except E:\n        raise\n    # to", None),
    ("def f(a):\n    # from\n    if a:\n        b = 1\n    # to\n    return b", "what it gives on"),
    ("def f(a):\n    # from\n    for b in a:\n        pass\n    # to\n    return b", "what it gives on"),
    ("def f(a):\n    if a:\n        b = 1\n    # from\n    print(b)\n    # to", "what it reads"),
    ("def f(a):\n    with suppress(E):\n        b = 1\n    # from\n    print(b)\n    # to", "what it reads"),
    ("def f(a):\n    with a:\n        b = 1\n    # from\n    print(b)\n    # to", None),
    (
        "def f(a):\n    try:\n        b = a()\n    except E:\n        pass\n    # from\n    print(b)\n    # to",
        "what it reads",
    ),
    ("def f(a):\n    try:\n        b = a()\n    except E:\n        return\n    # from\n    print(b)\n    # to", None),
    ("def f(a, b):\n    del b\n    # from\n    print(b)\n    # to", "what it reads"),
    (
        "def f(a):\n    try:\n        # from\n        b = a()\n        c = b()\n        # to\n    except E:\n        print(b)",
        "what it binds is read where",
    ),
    (
        "def f(a, b):\n    try:\n        # from\n        b = a()\n        # to\n    finally:\n        print(b)",
        "what it binds is read where",
    ),
    (
        "def f(a, b):\n    with suppress(E):\n        # from\n        b = a()\n        # to\n    return b",
        "what it binds is read where",
    ),
    (
        "def f(a, b):\n    try:\n        # from\n        b = a()\n        # to\n        print(b)\n    except E:\n        print(a)",
        None,
    ),
    ("def f(a, b):\n    # from\n    del b\n    # to", "it deletes"),
    ("def f(a, b):\n    # from\n    b = 1\n    del b\n    # to\n    if a:\n        print(b)", "it deletes"),
    ("def f(a):\n    g = lambda: a\n    # from\n    a = 2\n    # to\n    return g", "a nested function outside"),
    (
        "def f(a):\n    for b in a:\n        # from\n        c = b\n        # to\n        keep(lambda: c)",
        "a nested function outside",
    ),
    ("def f(a):\n    # from\n    keep(lambda: a)\n    # to\n    a = 2", "a nested function in it"),
    ("def f(a):\n    for b in a:\n        # from\n        keep(lambda: b)\n        # to", "a nested function in it"),
    ("def f(a):\n    for b in a:\n        # from\n        keep(x for x in b if x in a)\n        # to", None),
    (
        "def f(a):\n    for b in a:\n        # from\n        keep(x for x in a if x in b)\n        # to",
        "a nested function in it",
    ),
    ("def f(a):\n    for b in a:\n        # from\n        keep(any(x in b for x in a))\n        # to", None),
    (
        "def f(a):\n    def g():\n        nonlocal a\n        a = 2\n    # from\n    print(a)\n    # to",
        "a nested function binds",
    ),
    ("def f(a):\n    def g():\n        a = 2\n    # from\n    print(a)\n    # to", None),
    ("def f(a):\n    # from\n    def g(): return a\n    # to\n    return g", "it defines a function"),
    ("def f(a):\n    # from\n    def g(): return a\n    return g\n    # to", None),
    ("def f(a):\n    # from\n    import os\n    # to\n    return os", "what it imports"),
    ("def f(a):\n    import os\n    # from\n    print(os)\n    # to", "it reads what the function imports"),
    (
        "def f(a):\n    # from\n    d = TemporaryDirectory()\n    b = d.name\n    # to\n    return b",
        "it makes something",
    ),
    ("def f(a):\n    # from\n    d = TemporaryDirectory()\n    # to\n    return d.name", None),
    ("async def f(a):\n    # from\n    t = asyncio.create_task(a())\n    # to\n    await a()", "it makes something"),
    ("def f(a):\n    # from\n    __tracebackhide__ = True\n    # to", "it binds a name with a special"),
    ("def f(a, b, c, d, e, g):\n    # from\n    print(a, b, c, d, e, g)\n    # to", "it reads too many"),
    ("def f(a, b, c, d, e):\n    # from\n    print(a, b, c, d, e)\n    # to", None),
    ("def f():\n    # from\n    a = b = c = d = 1\n    # to\n    return a, b, c, d", "it gives on too many"),
    ("def f(a):\n    if a:\n        print(b)\n    # from\n    b = 1\n    print(b)\n    # to", "a name is perhaps read"),
    ("def f():\n    a = 1\n    # from\n    class a: b = a\n    # to\n    keep(a)", "it defines"),
    ("def f():\n    # from\n    class a: b = a\n    # to", "what it reads"),
    ("def f():\n    # from\n    @a.b\n    def a(): return a\n    # to", "what it reads"),
    ("def f():\n    # from\n    @b\n    def a(): return a\n    # to", "what it reads"),
    ("def f():\n    # from\n    def a(): return a\n    # to", None),
    ("def f():\n    # from\n    def a(b=a): return a\n    # to", "what it reads"),
    ("def f(a):\n    b: int\n    # from\n    print(b)\n    # to", "what it reads"),
    ("def f(a):\n    # from\n    for a in b:\n        while a:\n            if a: break\n    # to", None),
]


@pytest.mark.parametrize(("text", "reason"), REFUSALS)
def test_refusals(text: str, reason: str | None) -> None:
    """Each construct is refused for its reason, and its neighbour is not."""
    outcome = judge(text)
    if reason is None:
        assert isinstance(outcome, Sets)
    else:
        assert isinstance(outcome, str)
        assert outcome.startswith(reason)


@pytest.mark.skipif("sys.version_info < (3, 12)")
def test_type_parameters_stay() -> None:
    assert judge("def f[T](a: T):\n    # from\n    b: list[T] = cast(T, a)\n    # to\n    return b") == (
        "it needs a type parameter of the function"
    )
    assert isinstance(judge("def f[T](a: T):\n    # from\n    b = cast(a)\n    # to\n    return b"), Sets)


def test_unknown_syntax_stays() -> None:
    text = "def f(a):\n    # from\n    type X = int\n    # to"
    try:
        ast.parse(text)
    except SyntaxError:
        pytest.skip("needs Python 3.12")
    assert judge(text) == "it holds syntax that is not understood"


def test_awaiting_makes_it_asynchronous() -> None:
    for line in ("await a()", "async with a: pass", "async for b in a: pass", "b = [c async for c in a]"):
        sets = judge(f"async def f(a):\n    # from\n    {line}\n    # to")
        assert isinstance(sets, Sets)
        assert sets.is_async
    sets = judge("async def f(a):\n    # from\n    async def g(): await a()\n    keep(g)\n    # to")
    assert isinstance(sets, Sets)
    assert not sets.is_async


def test_captured_names_have_an_order() -> None:
    """anyio 4.7.0: what a nested function captures came in another order in each run of Python."""
    text = """
        def f():
            def keep():
                return e, d, c, b, a
            a = b = c = d = e = 1
            # from
            use(e, c, d, a, b)
            # to
            return keep
        """
    assert names_of(text) == ("a b c d e", "")


def assert_cuts_change_nothing(text: str, kind: str, choices: int, most: int) -> None:
    """Run a program as it is and with blocks cut out, with the tests in it coming out in several ways."""
    before = [extraction_programs.run(text, kind, choices + number) for number in range(4)]
    for cut, block in extraction_programs.cut_somewhere(text, choices, most):
        for number, expected in enumerate(before):
            found = extraction_programs.run(cut, kind, choices + number)
            assert found == expected, f"{block}\n{text}\n{cut}"


@examples(60, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.integers(0, 10**9), strategies.integers(0, 10**9))
def test_programs_do_the_same_with_blocks_cut_out(seed: int, choices: int) -> None:
    program = extraction_programs.Program(seed)
    assert_cuts_change_nothing(program.text(), program.kind, choices, most=6)


# Found by the test above, or written by hand beside them; every block that may be cut out of them is.
FOUND = {
    "the body of a class reads what was its name": """
        d = 0
        x = 1
        class d:
            a = d
            z = lambda self: d
        keep(d)
    """,
    "a decorator runs before the name is bound": """
        d = 0
        @called
        def d():
            return (d, a)
        keep(d)
    """,
    "a comprehension in the body of a class": """
        d = 2
        class d:
            a = [x for x in span(d)]
        see(1, d, d.a)
    """,
    "a class in a loop": """
        x = 1
        for y in span(2):
            class x:
                a = see(1, x)
            keep(x)
    """,
    "a bare annotation makes a name local": """
        x: int
        see(1, a)
        if test(2):
            x = 2
        see(3, x)
    """,
    "what a with statement binds is deleted in it": """
        with entered(1) as x:
            del x
        if test(2):
            raise OopsError(a)
        see(3, x)
    """,
    "what a loop's header binds is deleted in it": """
        for x in (y := [1, 2]):
            if test(1):
                del y
            else:
                continue
            break
        see(2, a)
        see(3, y)
    """,
    "what a case binds is deleted in it": """
        match a:
            case d:
                del d
        see(2, a)
        see(3, d)
    """,
    "what a test binds is deleted behind it": """
        if (d := call(b)):
            del d
            see(1, a)
        see(2, b)
        see(3, d)
    """,
    "cells of cells": """
        def inner():
            def deeper():
                nonlocal a
                a = (a, b)
                return a
            return deeper()
        b = 2
        see(1, inner(), a)
        b = 3
        see(2, inner(), a)
    """,
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_programs_found(text: str) -> None:
    body = textwrap.indent(textwrap.dedent(text).lstrip("\n"), "    ")
    assert_cuts_change_nothing(f"def subject(a, b, *c):\n{body}", "plain", 0, most=100)


# --- the rule and the fixer ---------------------------------------------------------------------------------------


def fix(text: str | bytes, max_lines: int = 12) -> FileResult:
    """Fix AP501 with a limit."""
    table = {"function-too-long": {"max-lines": max_lines}}
    resolver = SettingsResolver(isolated=True, overrides=Overrides(table))
    content = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
    path = "module.py"
    return fix_content(path, content, resolver.settings_for(Path(path)), Wish(frozenset({"AP501"}), unsafe=True))


def fixed(text: str, max_lines: int = 12) -> str:
    """The text when fixed."""
    result = fix(text, max_lines)
    assert result.content is not None, result.refused
    return result.content.decode()


def refusal(text: str, max_lines: int = 12) -> str:
    """Why the one finding stays."""
    result = fix(text, max_lines)
    assert result.content is None
    return result.refused[0].reason


def body(*lines: str, indent: int = 4, count: int = 10) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in (*lines, *(f"step({number})" for number in range(count))))


@pytest.mark.parametrize("path", sorted(DATA.glob("*_fixed.py")), ids=lambda path: path.stem)
def test_goldens(path: Path, update_fixtures: bool) -> None:
    content = path.with_name(path.name.replace("_fixed.py", ".py")).read_bytes()
    limit = int(content.partition(b"limit ")[2].split()[0])
    result = fix(content, limit)
    assert result.content is not None, result.refused
    assert not result.refused, result.refused
    if update_fixtures:
        path.write_bytes(result.content)
    assert result.content == path.read_bytes()
    assert fix(result.content, limit).content is None


def test_values_written_out_stay() -> None:
    """obspy: ``msg = _compute_msg()`` says less than the message."""
    text = "def f(a):\n    message = (\n" + "".join(f"        'line {number}'\n" for number in range(8)) + "    )\n"
    text += "    yield message\n" + "    yield a\n" * 8
    assert "no block" in refusal(text)
    assert "_compute_message(a)" in fixed(text.replace("'line 3'", "f'{a.b}'"))


def test_message_names_the_block() -> None:
    text = (
        "def f(order, tax):\n" + body(*["yield order"] * 14, count=0) + "    # Compute the total\n    total = order\n"
    )
    text += body(*["total += tax"] * 12, count=0) + "    yield total\n"
    resolver = SettingsResolver(isolated=True, overrides=Overrides({"function-too-long": {"max-lines": 20}}))
    findings = check_content("m.py", text.encode(), resolver.settings_for(Path("m.py"))).findings
    assert [(finding.message, finding.fix) for finding in findings] == [
        (
            'function "f" has 29 lines of code (limit 20); extract lines 16-29: reads order, tax; returns total',
            "unsafe",
        )
    ]
    assert "    total = _compute_total(order, tax)\n" in fixed(text, 20)


def test_methods_of_one_round_get_different_names() -> None:
    """click 8.1.8: Option and its base Parameter got a helper of the same name, each overriding the other's."""
    method = "    def run(self, a):\n" + body("if a:", *["    check(a)"] * 8, indent=8, count=6)
    text = f"class Base:\n{method}\n\nclass Derived(Base):\n{method}"
    names = [node.name for node in ast.walk(ast.parse(fixed(text))) if isinstance(node, ast.FunctionDef)]
    assert len(names) == 4
    assert names.count("run") == 2
    assert len(set(names)) == 3


def test_names_of_tests_do_not_grow_without_end() -> None:
    """Django 5.1.4: test_alter_field_reloads_state_on_fk_with_to_field_target_changes and its helpers."""
    method = "    def test_{name}(self, a):\n" + body("self.check(a)", "b = a", "self.check(b)", indent=8, count=14)
    name = "alter_field_reloads_state_on_fk_with_to_field_target"
    new = fixed("class C(B):\n" + method.format(name=name))
    names = [node.name for node in ast.walk(ast.parse(new)) if isinstance(node, ast.FunctionDef)]
    assert max(len(helper) for helper in names if not helper.startswith("test_")) <= 50, names


@pytest.mark.parametrize("kept", ["lambda: b", "(b for _ in span(2))"])
def test_what_a_loop_binds_anew(kept: str) -> None:
    """Found by the random programs: what the first turn kept saw what the second one bound, and no longer did."""
    text = f"def subject(a, b, *c):\n    while again(1):\n        a = a + 1\n        b = a\n        keep({kept})\n"
    assert_cuts_change_nothing(text, "plain", 1, most=99)


def test_a_name_that_is_bound_twice_on_the_last_line() -> None:
    """Found by the random programs: the first of the two became the ``return``, and the block was refused."""
    text = "def subject(a):\n    b = a\n    a = b; a = b\n    return a, b\n"
    assert list(extraction_programs.cut_somewhere(text, 1, 99))


def test_names_are_free() -> None:
    text = "def f(a):\n    # Build the report\n" + body("b = a", count=14) + "\n\ndef _build_report(): pass\n"
    new = fixed(text)
    assert "def _build_report(a" not in new
    assert "def _f_build_report(a" in new


def test_names_say_more_than_how_it_is_run() -> None:
    """anyio 4.7.0 and trio 0.27.0 got _start_soon, and _assert_eq for a function that it was given."""
    text = "def f(a, assert_eq):\n" + body("a.{first}(a)", "b = a", "a.{first}(b)", count=14)
    for first in ("start_soon", "create_task"):
        assert f"_{first}(" not in fixed(text.format(first=first)).replace(f".{first}(", "")
    assert "def _assert_eq(" not in fixed(text.format(first="x").replace("a.x", "assert_eq"))
    assert "def _check_rows(" in fixed(text.format(first="check_rows"))
    # aiohttp 3.11.11: _set_decompressobj, for forty lines three of which set it where it is not there yet.
    lazy = ["if not a.inflate:", "    a.inflate = make()", *["use(a)"] * 12]
    assert "def _set_" not in fixed("def f(a):\n" + body(*lazy))
    assert "def _set_inflate(" in fixed("def f(a):\n" + body(*["a.inflate = make()"] * 7, count=8))


def test_methods() -> None:
    method = "class C:\n    {decorator}def run({first}, a):\n" + body("b = a", "{use}", indent=8, count=14)
    with_self = fixed(method.format(decorator="", first="self", use="self.x = b"))
    assert "        self._" in with_self
    assert "    def _" in with_self
    assert "@staticmethod" not in with_self
    assert "    @staticmethod\n" in fixed(method.format(decorator="", first="self", use="b"))
    assert "@classmethod\n    def _" in fixed(method.format(decorator="@classmethod\n    ", first="cls", use="cls.x()"))
    mangled = fixed(method.format(decorator="", first="self", use="self.__x = __y"))
    assert "self.__x = __y" in mangled.partition("def _")[2]
    zero = fixed("class C(B):\n    def run(self, a):\n" + body("super().run(a)", "b = __class__", indent=8, count=14))
    assert "staticmethod" not in zero
    assert "def _prepare_c_run(self, a)" in zero  # what the base has nobody knows: perhaps a _prepare_run
    assert refusal(method.format(decorator="@staticmethod\n    ", first="self", use="b")) == "it has no self"
    assert refusal(method.format(decorator="", first="this", use="b")) == "its first parameter is not self"
    assert refusal(method.format(decorator="@validator\n    ", first="self", use="b")).startswith("its decorator")
    assert refusal(method.format(decorator="", first="self", use="self = b")) == "it binds self"
    odd = "    def __getattr__(self, name): pass\n"
    assert refusal(method.format(decorator="", first="self", use="b") + odd).startswith("its class answers")
    assert refusal("def run(a):\n" + body("super().run(a)", count=14)) == "it uses super() outside of a class"
    nested = "def outer():\n    return 1\n\n\ndef also():\n    def run(a):\n" + body("b = a", indent=8, count=14)
    assert "it is a nested function" in {refused.reason for refused in fix(nested).refused}


def test_hints_are_copied() -> None:
    lines = ["count: dict[str, int] = make(c, e)", "if d is None:", "    d = []", *["if a:", "    return False"] * 8]
    lines += ["# Check everything", *["use(a, b, d, e, count)"] * 20, "return True"]
    header = "def f(a: int, b: str = None, *c: int, d: list[int] | None = None, **e: Any) -> bool:\n"
    new = fixed("from __future__ import annotations\n" + header + body(*lines, count=0), 30)
    hinted = "a: int, b, d, e: dict[str, Any], count: dict[str, int]"
    assert f"def _check_everything({hinted}) -> bool:\n" in new
    assert "return _check_everything(a, b, d, e, count)" in new
    new = fixed(header + body(*lines, count=0), 30)
    assert "def _check_everything(a: int, b, d, e, count) -> bool:\n" in new


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("c = use(b)", ["    return use(b)"]),
        ("c = use(\n        b,\n    )", ["    return use(", "        b,", "    )"]),
        ("c = use(b,\n            b)", ["    c = use(b,", "            b)", "    return c"]),
        ("c  = b", ["    c  = b", "    return c"]),
        ("c: int = b", ["    c: int = b", "    return c"]),
        ("c += b", ["    c += b", "    return c"]),
        ("c = keep(lambda: b)", ["    c = keep(lambda: b)", "    return c"]),
        ("c = b  # why", ["    return b  # why"]),
        ("d = 1; c = b", ["    d = 1; c = b", "    return c"]),
        ("c = [\n    # gap\n    b]", ["    return [", "    # gap", "    b]"]),
        ("c = d = b", ["    c = d = b", "    return c"]),
    ],
)
def test_what_is_assigned_last_is_returned(last: str, expected: list[str]) -> None:
    text = f"def f(a):\n    c = 0\n    # Make all\n    b = a\n{body(*['b += a'] * 8, count=0)}    {last}\n"
    text += body(*["yield c"] * 12, count=0)
    assert fixed(text, 15).rstrip("\n").split("\n")[-len(expected) :] == expected


def test_switching_comments_stay() -> None:
    text = "def f(a):\n    # fmt: off\n" + body("b = a", count=14)
    assert refusal(text) == "a comment in it is meant for what follows"


def test_comments_behind_the_end() -> None:
    assert refusal("def f(a):\n" + body(count=14) + "    # the end\n\n\ng = 1\n") == "comments stand behind its end"


def test_nested_too_deeply() -> None:
    text = "def f(a):\n    if a == 0:\n        pass\n" + "".join(
        f"    elif a == {n}:\n        pass\n" for n in range(2000)
    )
    try:
        ast.parse(text)
    except (RecursionError, MemoryError):
        pytest.skip("nor can this Python parse it")
    assert (
        check_content("m.py", text.encode(), SettingsResolver(isolated=True).settings_for(Path("m.py"))).crashes == ()
    )


def test_the_work_grows_with_the_lines() -> None:
    """Twice as long a function takes little more than twice the calls, however many runs of lines it has."""
    counts = [_calls_to_plan(lines) for lines in (250, 500, 1000)]
    assert all(more < 3 * few for few, more in itertools.pairwise(counts)), counts


def _calls_to_plan(lines: int) -> int:
    """How many calls it takes to plan the extraction from a function of so many lines."""
    pattern = [
        "x{n} = call(a, b, x{m})",
        "if x{n} > {n}:",
        "    x{n} = [y for y in a if y]",
        "for i in x{n}:",
        "    log(i, x{n})",
    ]
    text = "def f(a, b):\n    x0 = 1\n" + "".join(
        f"    {line.format(n=n // 5 + 1, m=n // 5)}\n" for n in range(0, lines, 5) for line in pattern
    )
    source = parse_source("m.py", text.encode())
    function, scope = next(iter(walk(source.tree, frozenset((ast.FunctionDef,))).matches))
    assert isinstance(function, ast.FunctionDef)
    code_lines = lines_of_code(source, function)
    made = itertools.count()
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _argument: next(made) if "call" in event else None)
    try:
        plan_extraction(source, function, scope, code_lines, 50)
    finally:
        sys.setprofile(before)
    return next(made)


ON_THE_LOOP = """import time


async def connect(self):
    async with self.lock:
        if self.wants_more:
            data = {"a": 1}
            data["b"] = 2
            data["c"] = 3
            data["d"] = 4
            data["e"] = 5
            time.sleep(data["a"])
            data["f"] = 6
            self.keep(data)
        await self.send()
        yield self.first
"""


@pytest.mark.parametrize(("codes", "is_cut"), [("AP101 AP501", True), ("AP501", False)])
def test_what_blocks_does_not_go_out_of_sight(codes: str, is_cut: bool) -> None:
    """opsdroid 0.31.0 reads a file in a coroutine: AP101 became AP102, which a second run mended."""
    table = {"select": ["AP101", "AP102", "AP501"], "function-too-long": {"max-lines": 10}}
    settings = SettingsResolver(isolated=True, overrides=Overrides(table)).settings_for(Path("made_up.py"))
    wish = Wish(frozenset(codes.split()), unsafe=True)
    result = fix_content("made_up.py", ON_THE_LOOP.encode(), settings, wish)
    text = (result.content or ON_THE_LOOP.encode()).decode()
    assert ("await asyncio.sleep" in text, "async def _" in text, "    def _" in text) == (is_cut, is_cut, False)
    if not is_cut:
        assert [item.reason for item in result.refused] == ["AP101 would stay, in a helper where it is harder to see"]
    assert fix_content("made_up.py", text.encode(), settings, wish).content is None
