"""The fixers of bare and silent handlers: goldens, and programs that behave the same but for the defect."""

from __future__ import annotations

import ast
import logging
from typing import TYPE_CHECKING, Any

from fix_goldens import fix, fix_text
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path


def test_silent_except_is_fixed_only_when_asked_for() -> None:
    text = "try:\n    a()\nexcept Exception:\n    pass\n"
    assert fix_text(text, "AP202", unsafe=False) == text


def test_both_fixes_in_one_run() -> None:
    text = "import logging\n\nlog = logging.getLogger(__name__)\n\ntry: a()\nexcept: pass  # nosec\n"
    expected = text.replace("except: pass  # nosec", 'except Exception:\n    log.exception("a failed")  # nosec')
    assert fix_text(text, "AP201", "AP202") == expected


def test_what_the_author_may_want_is_no_safe_fix() -> None:
    """Django 5.1.4 tests how an implicit cause is shown; buildbot 4.1.0 says that it catches everything."""
    inner = "    try:\n        f()\n    except KeyError:\n        raise ValueError\n"
    caught = f"try:\n{inner}except Exception as error:\n    show(error)\n"
    assert fix_text(caught, "AP205", unsafe=False) == caught
    assert "raise ValueError from err" in fix_text(caught, "AP205")
    goes_on = f"try:\n{inner}finally:\n    g()\n"
    assert "raise ValueError from err" in fix_text(goes_on, "AP205", unsafe=False)
    silenced = "try:\n    f()\nexcept:  # noqa: E722\n    g()\n"
    assert fix_text(silenced, "AP201", unsafe=False) == silenced
    assert "except Exception:  # noqa: E722" in fix_text(silenced, "AP201")
    silenced = "def f(\n    a,\n    b=[],  # noqa: A001,b006 - never changed\n):\n    return a, b\n"
    assert fix_text(silenced, "AP301", unsafe=False) == silenced
    assert "b=None" in fix_text(silenced, "AP301")
    other = silenced.replace("b006", "B008")
    assert "b=None" in fix_text(other, "AP301", unsafe=False)
    silenced = "try:\n    f()\nexcept OSError:\n    raise ValueError(\n        1\n    )  # noqa: B904\n"
    assert fix_text(silenced, "AP205", unsafe=False) == silenced


def test_a_logger_from_another_file() -> None:
    """litellm 1.55.0 imports verbose_router_logger: a second logger beside it is not wanted."""
    silent = "def f():\n    try:\n        g()\n    except Exception:\n        pass\n"
    imported = "from own import verbose_logger\n\n\n"
    result = fix(f"{imported}{silent}".encode(), "AP202")
    assert "verbose_logger may be a logger" in result.refused[0].reason
    used = "\n\ndef h(x):\n    verbose_logger.exception(f'{x} failed')\n"
    assert "        verbose_logger.exception('g failed in f')\n" in fix_text(f"{imported}{silent}{used}", "AP202")


def test_module_of_the_logging_itself(tmp_path: Path) -> None:
    content = b"try:\n    a()\nexcept Exception:\n    pass\n"
    for path in (tmp_path / "log" / "x.py", tmp_path / "logging.py"):
        assert [refused.reason for refused in fix(content, "AP202", path=path).refused] == [
            "the module is part of the logging itself"
        ]


def test_tests_do_not_log(tmp_path: Path) -> None:
    """aiohttp 3.11.11 got a logger in tests/test_client_session.py."""
    content = b"def test_a():\n    try:\n        a()\n    except Exception:\n        pass\n"
    (refused,) = fix(content, "AP202", path=tmp_path / "test_a.py").refused
    assert refused.reason == "nobody reads the log of a test"
    assert not fix(content, "AP202", path=tmp_path / "a.py").refused


# --- Programs -----------------------------------------------------------------------------------------------

RAISES = [
    "1 / 0",
    "int('x')",
    "[][0]",
    "None.x",
    "raise SystemExit(3)",
    "raise KeyboardInterrupt",
    "done('try')",
    "pass",
]
DOES = ["done('handler')", "pass", "...", "raise", "if state: raise", "raise ValueError('other')", "done(1); done(2)"]


@st.composite
def programs(draw: st.DrawFn, *, silent: bool) -> str:
    """A function with a few handlers inside one another, which notes what it does."""
    indent = draw(st.sampled_from(["\t", "  ", "    "]))
    body = draw(blocks(indent=indent, depth=2, silent=silent))
    head = draw(st.sampled_from(["", "# comment\n", '"""Doc."""\n', "import sys\n", "import logging\n"]))
    return f"{head}def run(done, state):\n{body}{indent}done('end')\n"


@st.composite
def blocks(draw: st.DrawFn, *, indent: str, depth: int, silent: bool) -> str:
    margin = indent * (3 - depth)
    lines = [f"{margin}try:{draw(comments)}\n"]
    if depth and draw(st.booleans()):
        lines.append(draw(blocks(indent=indent, depth=depth - 1, silent=silent)))
    lines.append(f"{margin}{indent}{draw(st.sampled_from(RAISES))}{draw(comments)}\n")
    if draw(st.booleans()):
        lines.append(f"{margin}except ZeroDivisionError: done('zero')\n")
    body = draw(st.sampled_from(["pass", "...", "pass; ...", "'why'"] if silent else DOES))
    head = draw(
        st.sampled_from(["except Exception:", "except  Exception  as e :"] if silent else ["except:", "except :"])
    )
    if draw(st.booleans()):
        lines.append(f"{margin}{head}{draw(comments)}\n{margin}{indent}{body}{draw(comments)}\n")
    else:
        lines.append(f"{margin}{head} {body if 'if' not in body else 'pass'}{draw(comments)}\n")
    if draw(st.booleans()):
        lines.append(f"{margin}finally:\n{margin}{indent}done('finally')\n")
    return "".join(lines)


# One that tells people something keeps a silent handler as it is.
comments = st.sampled_from(["", "", "  # type: ignore", " #"])


def run(text: str, *, state: bool) -> tuple[list[Any], str]:
    """What a program noted, and how it ended."""
    noted: list[Any] = []
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(text, "program", "exec"), names)
    try:
        names["run"](noted.append, state)
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        return noted, type(error).__name__
    return noted, ""


def assert_sound(text: str, *codes: str) -> str:
    """Fixed to the last finding, no comment lost, and a second run changes nothing."""
    result = fix(text.encode(), *codes)
    assert (result.refused, result.left) == ((), ())
    fixed = (result.content or text.encode()).decode()
    ast.parse(fixed)
    assert sorted(comments_of(fixed)) == sorted(comments_of(text))
    assert fix(fixed.encode(), *codes).content is None
    return fixed


def comments_of(text: str) -> list[str]:
    return [line[line.index("#") :] for line in text.splitlines() if "#" in line]


@given(programs(silent=False), st.booleans())
def test_ordinary_exceptions_are_handled_as_before(text: str, state: bool) -> None:
    fixed = assert_sound(text, "AP201")
    if "SystemExit" not in text and "KeyboardInterrupt" not in text:
        assert run(fixed, state=state) == run(text, state=state)


@given(programs(silent=True), st.booleans())
def test_silent_handlers_log_and_go_on(text: str, state: bool) -> None:
    fixed = assert_sound(text, "AP202")
    handler = Counting()
    logging.getLogger("program").addHandler(handler)
    logging.getLogger("program").propagate = False
    try:
        assert run(fixed, state=state) == run(text, state=state)
    finally:
        logging.getLogger("program").removeHandler(handler)
    assert all(record.exc_info for record in handler.records)


class Counting(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


# --- Causes -------------------------------------------------------------------------------------------------

RAISES_NEW = [
    "raise ValueError('new')",
    "raise ValueError",
    "if state: raise KeyError('new')",
    "error = ValueError('new'); raise error",
    "done(1); raise type('E', (Exception,), {})()",
]


@st.composite
def converters(draw: st.DrawFn) -> str:
    """A function whose handlers raise something new, with names for what they catch or without."""
    indent = draw(st.sampled_from(["\t", "  ", "    "]))
    lines = [
        "def run(done, state):",
        f"{indent}e = state",
        f"{indent}try:",
        f"{indent * 2}{draw(st.sampled_from(RAISES))}",
    ]
    for kind in ("ZeroDivisionError", "(TypeError, AttributeError)", "Exception"):
        name = draw(st.sampled_from(["", " as err", "  as  problem ", " as e"]))
        body = draw(st.sampled_from(RAISES_NEW))
        if draw(st.booleans()):
            lines.append(f"{indent}except {kind}{name}:{draw(comments)}")
            lines.append(f"{indent * 2}{body}{draw(comments)}")
        else:
            lines.append(f"{indent}except {kind}{name}: {body if 'if' not in body else 'raise ValueError'}")
    return "\n".join([*lines, f"{indent}done('end')", ""])


def ending(text: str, *, state: bool) -> tuple[list[Any], list[str], bool]:
    """What a program noted, the chain of exceptions that it ended with, and whether the chain is one of causes."""
    noted: list[Any] = []
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(text, "program", "exec"), names)
    chain: list[BaseException] = []
    try:
        names["run"](noted.append, state)
    except BaseException as error:
        found: BaseException | None = error
        while found is not None:
            chain.append(found)
            found = found.__cause__ or found.__context__
    return noted, [repr(error) for error in chain], all(error.__cause__ for error in chain[:-1])


@given(converters(), st.booleans())
def test_causes_are_named_and_nothing_else_changes(text: str, state: bool) -> None:
    fixed = assert_sound(text, "AP205")
    noted, chain, _ = ending(text, state=state)
    assert ending(fixed, state=state) == (noted, chain, True)


def test_new_names_take_nothing_from_others() -> None:
    text = (
        "def f(err):\n    try:\n        g()\n    except KeyError:\n        raise ValueError(err)\n"
        "    except OSError as error:\n        print(error)\n    except TypeError:\n        raise ValueError(exc)\n"
    )
    expected = text.replace("KeyError:", "KeyError as error:").replace("(err)\n", "(err) from error\n", 1)
    expected = expected.replace("TypeError:", "TypeError as error:").replace("(exc)", "(exc) from error")
    assert fix_text(text, "AP205") == expected
    assert fix_text(fix_text(text, "AP205"), "AP205") == expected


def test_everything_about_one_handler_in_one_run() -> None:
    text = (
        "import asyncio\nimport logging\n\nasync def f():\n    try:\n        await g()\n"
        "    except:\n        logging.error('a')\n"
    )
    expected = text.replace(
        "    except:", "    except asyncio.CancelledError:\n        raise\n    except Exception:"
    ).replace("error(", "exception(")
    result = fix_text(text, "AP105", "AP201", "AP208")
    assert result in (expected, expected.replace("    except asyncio.CancelledError:\n        raise\n", ""))
