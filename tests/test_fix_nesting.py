"""The fixer of deep nesting: the same steps in the same order before and after, for all conditions."""

from __future__ import annotations

from itertools import product

import libcst as cst
import pytest
from fix_goldens import fix_text

from antipatterns.fix.negation import negated

PROGRAMS = [
    """
def run(ask, log):
    for number in range(2):
        if ask("a"):
            for other in range(2):
                if ask("b") and ask("c"):
                    if ask("d"):
                        log(number, other)
                    log("after")
    log("end")
""",
    """
def run(ask, log):
    log("start")
    try:
        with log("with"):
            if ask("a"):
                log(1)
                if ask("b"):
                    while ask("c"):
                        log(2)
    finally:
        log("end")
""",
    """
def run(ask, log):
    for number in range(2):
        try:
            if ask("a"):
                for other in range(2):
                    if ask("b"):
                        log(other)
            else:
                log("fails")
                raise ValueError
            log("works")
        except ValueError:
            log("caught")
        log("behind")
    return 3
""",
    """
def run(ask, log):
    for number in range(3):
        if ask("a") == ask("b"):
            with log("with"):
                if ask("c"):
                    if ask("d"):
                        for other in range(2):
                            log(other)
                else:
                    log("out")
                    break
            log("last")
    else:
        log("never broken")
""",
    """
def run(ask, log):
    match ask("a"), ask("b"):
        case True, _:
            for number in range(2):
                if (found := ask("c")):
                    if ask("d") in (True, found):
                        for other in range(2):
                            log(other)
        case _:
            return 3
""",
]


class Log:
    def __init__(self) -> None:
        self.steps: list[object] = []

    def __call__(self, *step: object) -> Log:
        self.steps.append(step)
        return self

    def __enter__(self) -> None:
        self.steps.append("enter")

    def __exit__(self, *_: object) -> None:
        self.steps.append("exit")


def steps(text: str, answers: tuple[bool, ...]) -> tuple[object, list[object]]:
    """What a program returns and does, when its questions are answered in turn."""
    names: dict[str, object] = {}
    exec(text, names)
    log = Log()
    asked = iter(answers)

    def ask(name: str) -> bool:
        log.steps.append(name)
        return next(asked, False)

    result = names["run"](ask, log)  # type: ignore[operator]
    return result, log.steps


@pytest.mark.parametrize("text", PROGRAMS)
def test_same_steps(text: str) -> None:
    fixed = fix_text(text, "AP505", unsafe=False)
    assert fixed != text
    assert "AP505" not in fixed
    for answers in product([True, False], repeat=9):
        assert steps(fixed, answers) == steps(text, answers)


def test_as_many_guards_as_it_takes() -> None:
    blocks = "".join(f"{'    ' * number}if a[{number}]:\n" for number in range(1, 8))
    fixed = fix_text(f"def f(a):\n{blocks}{'    ' * 8}g()\n", "AP505")
    assert fixed.count("return") == 3


def test_tabs_and_crlf_stay() -> None:
    text = "def f(a):\r\n" + "".join(f"{chr(9) * n}if a[{n}]:\r\n" for n in range(1, 6)) + chr(9) * 6 + "g()\r\n"
    fixed = fix_text(text, "AP505")
    assert "\tif not a[1]:\r\n\t\treturn\r\n\tif a[2]:\r\n\t\tif a[3]:\r\n" in fixed
    assert fixed.count("\r\n") == fixed.count("\n")


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        # httpx 0.28.1: "not (path is None or cookie.path == path)"
        ("a is None or b == c", "a is not None and b != c"),
        ("a == 1 and b not in c and d", "not (a == 1 and b not in c and d)"),
        ("a == 1 and b not in c and d != 2", "a != 1 or b in c or d == 2"),
        ("(a is None\n or (b == c))", "(a is not None\n and (b != c))"),
        ("a == 1 and (b != 2 or c is d)", "not (a == 1 and (b != 2 or c is d))"),
        ("a < b", "not a < b"),
        ("a or b < c", "not (a or b < c)"),
        # lnbits 1.6.2: "not (not current_version or version > current_version.version)"
        ("not a or b > c", "a and not b > c"),
        ("not a and not b and c == 1", "a or b or c != 1"),
        ("not a or b == 1 and c == 2", "a and (b != 1 or c != 2)"),
        ("not (a or b) and c is None", "(a or b) or c is not None"),
        ("not a or b and c", "a and not (b and c)"),
        ("a or (not b and c)", "not (a or (not b and c))"),
        ("(not a or b)", "not (not a or b)"),
        ("not a", "a"),
    ],
)
def test_opposites(condition: str, opposite: str) -> None:
    assert cst.Module([]).code_for_node(negated(cst.parse_expression(condition))) == opposite
