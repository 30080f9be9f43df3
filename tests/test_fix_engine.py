"""The engine of ``fix``: where things go, what it checks before it believes itself, and what it leaves as it stands."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libcst as cst
import pytest

from antipatterns import check as check_module
from antipatterns.finding import Safety
from antipatterns.fix import plan
from antipatterns.fix.apply import assemble
from antipatterns.fix.fixer import Edit, Fix, Fixer, Import, Insertion, Outcome, Refusal
from antipatterns.fix.locate import Chunk, newline_of, range_holding, statement_ranges
from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.rule import load_rules
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from antipatterns.fix.place import Place

SETTINGS = SettingsResolver(isolated=True, overrides=Overrides({"select": ["AP1", "AP2", "AP3"]})).settings_in(Path())
BARE = b"try:\n    f()\nexcept:\n    g()\n"


def fix(content: bytes, *codes: str, unsafe: bool = True, accepts: Any = lambda _finding: True) -> FileResult:
    return fix_content("a.py", content, SETTINGS, Wish(frozenset(codes or ("AP201",)), unsafe, accepts))


def fixed(text: str, *codes: str) -> str:
    result = fix(text.encode(), *codes)
    assert not result.refused, result.refused[0].reason
    assert not result.left
    assert result.content is not None
    return result.content.decode()


# --- What goes to the top of a module ------------------------------------------------------------------------

ASYNCIO, ANYIO, OPTIONAL = Import("asyncio"), Import("anyio"), Import("typing", "Optional")
LOGGER = "logger = logging.getLogger(__name__)"


def at_top(text: str, *imports: Import, statements: tuple[str, ...] = (), type_only: tuple[str, ...] = ()) -> str:
    """The text with what a fix at its end would need."""
    source = parse_source("a.py", text.encode())
    wanted = Fix(cst.Pass(), cst.Pass(), Safety.SAFE, imports, statements, type_only)
    new = assemble(source, [], [wanted], newline_of(source))
    ast.parse(new)
    return new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("def f(): pass\n", "import asyncio\n\n\ndef f(): pass\n", id="no imports at all"),
        pytest.param("x = 1\n", "import asyncio\n\nx = 1\n", id="a plain statement"),
        pytest.param("x = 1", "import asyncio\n\nx = 1", id="one line without its end"),
        pytest.param("@d\ndef f(): pass\n", "import asyncio\n\n\n@d\ndef f(): pass\n", id="decorated"),
        pytest.param("\n\nx = 1\n", "import asyncio\n\n\nx = 1\n", id="empty lines first"),
        pytest.param('"""Doc."""', '"""Doc."""\n\nimport asyncio\n', id="only a docstring"),
        pytest.param('"""Doc.\n"""\nx = 1\n', '"""Doc.\n"""\n\nimport asyncio\n\nx = 1\n', id="docstring"),
        pytest.param('"""D."""\n\n\nx = 1\n', '"""D."""\n\nimport asyncio\n\n\nx = 1\n', id="docstring, set off"),
        pytest.param('"""D."""; x = 1\n', '"""D."""; x = 1\n\nimport asyncio\n', id="docstring with a neighbour"),
        pytest.param("b'D'\nx = 1\n", "import asyncio\n\nb'D'\nx = 1\n", id="bytes are no docstring"),
        pytest.param(
            "from __future__ import annotations\nx = 1\n",
            "from __future__ import annotations\n\nimport asyncio\n\nx = 1\n",
            id="future",
        ),
        pytest.param(
            '"""D."""\nfrom __future__ import annotations\nimport os\n',
            '"""D."""\nfrom __future__ import annotations\nimport asyncio\nimport os\n',
            id="future among imports",
        ),
        pytest.param(
            "#!/usr/bin/python\n# coding: utf-8\nx = 1\n",
            "#!/usr/bin/python\n# coding: utf-8\nimport asyncio\n\nx = 1\n",
            id="shebang and cookie",
        ),
        pytest.param("# of x\nx = 1\n", "import asyncio\n\n\n# of x\nx = 1\n", id="comment of a statement"),
        pytest.param("# of all\n\nx = 1\n", "# of all\n\nimport asyncio\n\nx = 1\n", id="comment that stands apart"),
        pytest.param("# mypy: strict\nx = 1\n", "# mypy: strict\n\nimport asyncio\n\nx = 1\n", id="pragma"),
        pytest.param("# (c) Copyright\nx = 1\n", "# (c) Copyright\n\nimport asyncio\n\nx = 1\n", id="licence"),
        pytest.param("import time\n", "import asyncio\nimport time\n", id="sorted before"),
        pytest.param("import abc", "import abc\nimport asyncio\n", id="sorted behind, no line end"),
        pytest.param("import abc\nimport os\n", "import abc\nimport asyncio\nimport os\n", id="sorted between"),
        pytest.param("import os\nimport abc\n", "import asyncio\nimport os\nimport abc\n", id="not sorted"),
        pytest.param("from os import path\n", "import asyncio\nfrom os import path\n", id="before from-imports"),
        pytest.param(
            "from abc import ABC\nimport io\nfrom os import path\n",
            "from abc import ABC\nimport asyncio\nimport io\nfrom os import path\n",
            id="sorted by module alone",
        ),
        pytest.param(
            "from collections import deque\nimport logging\n",
            "import asyncio\nfrom collections import deque\nimport logging\n",
            id="sorted by module alone, first",
        ),
        pytest.param(
            "from abc import ABC\nimport abc\n\nimport requests\n",
            "from abc import ABC\nimport abc\nimport asyncio\n\nimport requests\n",
            id="sorted by module alone, last",
        ),
        pytest.param(
            "from os import path\nimport abc\n",
            "from os import path\nimport abc\nimport asyncio\n",
            id="from-imports first",
        ),
        pytest.param(
            "import requests\n\nfrom . import x\n",
            "import asyncio\n\nimport requests\n\nfrom . import x\n",
            id="a section of its own",
        ),
        pytest.param("from .asyncio import x\n", "import asyncio\n\nfrom .asyncio import x\n", id="relative"),
        pytest.param("# all\nimport os\n", "# all\nimport asyncio\nimport os\n", id="comment of the block"),
        pytest.param(
            "import abc\n# of os\nimport os\n", "import abc\nimport asyncio\n# of os\nimport os\n", id="comment of one"
        ),
        pytest.param("import os; x = 1\n", "import asyncio\nimport os; x = 1\n", id="semicolon behind"),
        pytest.param("x = 1; import os\n", "x = 1; import os\nimport asyncio\n", id="semicolon before"),
        pytest.param(
            'import abc; x = """\n"""\ny = 1\n', 'import abc; x = """\n"""\nimport asyncio\ny = 1\n', id="in a string"
        ),
        pytest.param("import abc; \\\nx = 1\n", "import abc; \\\nx = 1\nimport asyncio\n", id="continued line"),
        pytest.param(
            "from abc import (\n    ABC,\n)\n", "import asyncio\nfrom abc import (\n    ABC,\n)\n", id="several lines"
        ),
        pytest.param(
            "try:\n    import x\nexcept ImportError:\n    x = 1\n",
            "import asyncio\n\ntry:\n    import x\nexcept ImportError:\n    x = 1\n",
            id="try",
        ),
        pytest.param(
            "if TYPE_CHECKING:\n    import asyncio\n",
            "import asyncio\n\nif TYPE_CHECKING:\n    import asyncio\n",
            id="only for types",
        ),
        pytest.param("x = 1\nimport os\n", "x = 1\nimport asyncio\nimport os\n", id="imports after code"),
        pytest.param("import os\r\nx = 1\r\n", "import asyncio\r\nimport os\r\nx = 1\r\n", id="CRLF"),
        pytest.param("import os\rx = 1\r", "import asyncio\rimport os\rx = 1\r", id="CR"),
        pytest.param("\x0cimport os\n", "import asyncio\n\x0cimport os\n", id="form feed"),
        pytest.param("import asyncio\n", "import asyncio\n", id="there already"),
        pytest.param("import asyncio, os\n", "import asyncio, os\n", id="there already with another"),
        pytest.param("import asyncio as aio\n", "import asyncio as aio\nimport asyncio\n", id="only under an alias"),
    ],
)
def test_place_of_an_import(before: str, after: str) -> None:
    assert at_top(before, ASYNCIO) == after
    assert at_top(after, ASYNCIO) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n", "import os\nfrom typing import Optional\n"),
        ("from typing import Any\n", "from typing import Any, Optional\n"),
        ("from typing import Any, Type\n", "from typing import Any, Optional, Type\n"),
        ("from typing import Type, Any\n", "from typing import Type, Any, Optional\n"),
        ("from typing import cast\n", "from typing import Optional, cast\n"),
        ("from typing import Any as A\r\n", "from typing import Any as A, Optional\r\n"),
        (
            "from typing import (\n    Any,\n    Type,\n)\n",
            "from typing import (\n    Any,\n    Optional,\n    Type,\n)\n",
        ),
        ("from typing import (\n    Any,  # a\n)\n", "from typing import (\n    Any,  # a\n    Optional,\n)\n"),
        ("from typing import (Any)\n", "from typing import (Any)\nfrom typing import Optional\n"),
        ("from typing import Any  # a\n", "from typing import Any  # a\nfrom typing import Optional\n"),
        ("from .typing import Any\n", "from typing import Optional\n\nfrom .typing import Any\n"),
        ("from typing import Optional\n", "from typing import Optional\n"),
        (f"from typing import {'A' * 70}\n", f"from typing import {'A' * 70}\nfrom typing import Optional\n"),
    ],
)
def test_place_of_a_name(before: str, after: str) -> None:
    assert at_top(before, OPTIONAL) == after


def test_a_new_section_and_an_import_below_it() -> None:
    """httpx 0.28.1: an empty line came between the new import of the second section and those that stood there."""
    text = "import httpcore\nimport pytest\n\nimport httpx\n"
    assert at_top(text, ASYNCIO, ANYIO) == f"import asyncio\n\nimport anyio\n{text}"


def test_an_import_stands_beside_others_of_its_package() -> None:
    """anyio 4.7.0: its tests have it in a section below, as the project's own."""
    head = "import os\n\nimport pytest\n# why\nfrom psutil import cpu\n\n"
    own = "from anyio import open_file\n"
    assert at_top(head + own, ANYIO) == f"{head}import anyio\n{own}"


def test_several_imports_make_sections() -> None:
    assert at_top("x = 1\n", ANYIO, OPTIONAL, ASYNCIO) == (
        "import asyncio\nfrom typing import Optional\n\nimport anyio\n\nx = 1\n"
    )
    assert at_top("import os\nfrom . import x\n", ANYIO, OPTIONAL) == (
        "import os\nfrom typing import Optional\n\nimport anyio\n\nfrom . import x\n"
    )
    both = (OPTIONAL, Import("typing", "TYPE_CHECKING"))
    assert at_top("from typing import Any\n", *both) == "from typing import TYPE_CHECKING, Any, Optional\n"
    assert at_top("import zoo\n", ANYIO) == "import anyio\nimport zoo\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\nx = 1\n", f"import logging\nimport os\n\n{LOGGER}\n\nx = 1\n"),
        ("import os\n\n\ndef f(): pass\n", f"import logging\nimport os\n\n{LOGGER}\n\n\ndef f(): pass\n"),
        ("def f(): pass\n", f"import logging\n\n{LOGGER}\n\n\ndef f(): pass\n"),
        ('"""D."""', f'"""D."""\n\nimport logging\n\n{LOGGER}\n'),
        ("import logging", f"import logging\n\n{LOGGER}\n"),
        ("x = 1\nimport logging\ny = 1\n", f"x = 1\nimport logging\n\n{LOGGER}\n\ny = 1\n"),
        ("x = 1\nimport abc\nimport os\n", f"x = 1\nimport abc\nimport logging\nimport os\n\n{LOGGER}\n"),
        (
            "import os\ntry:\n    import x\nexcept ImportError:\n    x = 1\n",
            f"import logging\nimport os\ntry:\n    import x\nexcept ImportError:\n    x = 1\n\n{LOGGER}\n",
        ),
    ],
)
def test_place_of_a_statement(before: str, after: str) -> None:
    assert at_top(before, Import("logging"), statements=(LOGGER, LOGGER)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n", "import os\n\nif TYPE_CHECKING:\n    import x\n"),
        ("import os\r\ny = 1\r\n", "import os\r\n\r\nif TYPE_CHECKING:\r\n    import x\r\n\r\ny = 1\r\n"),
        ("if TYPE_CHECKING:\n  import a\n  import z\n", "if TYPE_CHECKING:\n  import a\n  import x\n  import z\n"),
        (
            "if TYPE_CHECKING:\n\timport a\nelse:\n\ta = 1\n",
            "if TYPE_CHECKING:\n\timport a\n\timport x\nelse:\n\ta = 1\n",
        ),
        ("if typing.TYPE_CHECKING:\n    T = int", "if typing.TYPE_CHECKING:\n    T = int\n    import x\n"),
        ("if TYPE_CHECKING: import a\n", "if TYPE_CHECKING: import a\n\nif TYPE_CHECKING:\n    import x\n"),
    ],
)
def test_place_of_a_type_only_import(before: str, after: str) -> None:
    assert at_top(before, type_only=("import x\n",)) == after


def test_import_stands_above_what_needs_it() -> None:
    text = "import time\n\nasync def f():\n    time.sleep(1)\n\nimport os\n"
    assert fixed(text, "AP101").startswith("import asyncio\nimport time\n")
    late = "async def f(sleep):\n    time.sleep(1)\n\nimport time\n"
    assert fixed(late, "AP101").startswith("import asyncio\n\n\nasync def f")


# --- What is left as it stands -------------------------------------------------------------------------------

FRAME = (
    "{head}# ä\u20ac{end}x  =  [1,{end}  2] ;y=1  {end}\t{end}{ff}{end}{bad}{end}'''a{end}  b  '''{end}"
    "def f( ) : pass{tail}"
)
BAD = "try:\n\tf() ;  g( )\n\x0c\nexcept :  # why \n\tg()  \n\telse_ = 1"
FIXED_BAD = BAD.replace("except :", "except Exception :")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", "{end}", "{end}{end}\x0c", "  # comment"])
@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", "#!/usr/bin/python{end}# coding: utf8{end}"),
        ("cp1252", "# -*- coding: cp1252 -*-{end}"),
        ("iso8859-15", "# vim: set fileencoding=iso8859-15 :{end}"),
    ],
)
def test_only_the_statement_changes(end: str, tail: str, encoding: str, head: str) -> None:
    if end == "\r" and encoding not in ("utf-8", "utf-8-sig"):
        pytest.skip("tokenize finds no cookie in front of a lone carriage return")

    def make(bad: str) -> bytes:
        text = FRAME.format(
            head=head.format(end=end),
            end=end,
            ff="\x0c",
            bad=bad.replace("\n", end),
            tail=tail.format(end=end),
        )
        return text.encode(encoding)

    result = fix(make(BAD))
    assert not result.refused, result.refused[0].reason
    assert result.content == make(FIXED_BAD)


def test_nothing_to_do_is_no_change() -> None:
    for content in (b"", b"\n", b"\xef\xbb\xbf", b"x = 1", b"# \xe4\n"[:2], BARE.replace(b"except", b"finally")):
        assert fix(content) == FileResult("a.py")


def test_what_does_not_parse_is_an_error() -> None:
    with pytest.raises(SourceError):
        fix(b"x = (\n")


def test_text_that_its_encoding_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: named(handler, "日本"))
    (refused,) = fix(b"# coding: latin-1\n# \xe4\n" + BARE).refused
    assert refused.reason == "the file's encoding, iso-8859-1, does not know '日'"


def test_encoding_that_loses_something_is_refused() -> None:
    (refused,) = fix(b"# coding: utf-7\n# +AGE-\n" + BARE).refused
    assert refused.reason == "the file's encoding, utf-7, would not give back the same bytes"


# --- Chunks --------------------------------------------------------------------------------------------------


def ranges(text: str) -> list[tuple[int, int]]:
    return [tuple(lines) for lines in statement_ranges(parse_source("a.py", text.encode()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# c\n", []),
        ("a\nb\n", [(1, 1), (2, 2)]),
        ("a; b\nc", [(1, 1), (2, 2)]),
        ("a = '''\n'''; b = [\n]; c\nd\n", [(1, 3), (4, 4)]),
        ("@a\n@b(\n)\ndef f():\n    pass\n\n# c\nx\n", [(1, 5), (8, 8)]),
        ("@a\nclass A: pass\n", [(1, 2)]),
        ("if a:\n    b\nelif c:\n    d\nelse:\n    e\nf\n", [(1, 6), (7, 7)]),
        ("a; \\\nb\n", [(1, 2)]),
        ("\x0ca\r\x0cb\r", [(1, 1), (2, 2)]),
    ],
)
def test_ranges_of_statements(text: str, expected: list[tuple[int, int]]) -> None:
    assert ranges(text) == expected


def test_range_holding_a_line() -> None:
    found = statement_ranges(parse_source("a.py", b"\na\n\nif b:\n    c\n"))
    assert [range_holding(found, line) for line in range(1, 8)] == [
        None,
        found[0],
        None,
        found[1],
        found[1],
        None,
        None,
    ]


def test_positions_count_from_the_top_of_the_file() -> None:
    source = parse_source("a.py", "x\n'ä'; ö = f(1)\n".encode())
    chunk = Chunk(source, statement_ranges(source)[1])
    (call,) = [node for node in chunk.positions if isinstance(node, cst.Call)]
    assert chunk.region_of(call) == (2, 10, 2, 14)


def test_statements_that_share_lines_are_fixed() -> None:
    assert fixed("import time; x = '''\n'''; y = 1\nasync def f(): x; time.sleep(1); y\n", "AP101") == (
        "import asyncio\nimport time; x = '''\n'''; y = 1\nasync def f(): x; await asyncio.sleep(1); y\n"
    )


# --- Objections ----------------------------------------------------------------------------------------------


def use_fixer(monkeypatch: pytest.MonkeyPatch, function: Callable[[Any, Place], Outcome], *kinds: Any) -> None:
    """Let a function be the fixer of AP201."""
    fixer = Fixer("antipatterns.rules.errors.bare_except_fix", *(kinds or (cst.ExceptHandler,)))
    fixer.register(function)
    others = plan.load_fixer
    monkeypatch.setattr(plan, "load_fixer", lambda rule: fixer if rule.code == "AP201" else others(rule))


def replace_finding(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any], **more: Any) -> None:
    use_fixer(monkeypatch, lambda handler, _place: Fix(handler, change(handler), **more))


def named(handler: cst.ExceptHandler, name: str = "Exception") -> cst.ExceptHandler:
    return handler.with_changes(type=cst.Name(name), whitespace_after_except=cst.SimpleWhitespace(" "))


def parse_body(text: str) -> Any:
    return cst.ensure_type(cst.parse_statement(text), cst.If).body


def the_reason(content: bytes = BARE) -> str:
    result = fix(content)
    assert result.content is None
    assert result.fixed == result.left == ()
    (refused,) = result.refused
    assert refused.finding.code == "AP201"
    return refused.reason


def test_objects_to_what_does_not_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: named(handler, "class"))
    assert the_reason().startswith("the result does not parse: cannot parse: ")


def test_objects_to_what_does_not_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: named(handler).with_changes(body=parse_body("if 1:\n    await g()")))
    assert the_reason() == "the result does not compile"


def test_objects_to_a_finding_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: handler.with_changes(whitespace_after_except=cst.SimpleWhitespace("")))
    assert the_reason() == "AP201 would still be there"


def test_objects_to_a_new_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: named(handler).with_changes(body=parse_body("if 1:\n    pass")))
    assert the_reason() == "AP202 would be new"


def test_objects_to_a_lost_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda handler: named(handler).with_changes(body=parse_body("if 1:\n    g()")))
    assert the_reason(BARE.replace(b"g()", b"g()  # why")) == "a comment would be lost"


def test_objects_to_a_change_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(handler: cst.ExceptHandler, place: Place) -> Outcome:
        (block,) = [node for node in place.ancestors(handler) if isinstance(node, cst.Try)]
        return Fix(handler, cst.FlattenSentinel([named(handler, "KeyError"), named(handler)])) if block else Refusal("")

    use_fixer(monkeypatch, change)
    assert fix(BARE).content is not None  # what is put in the place may be anything

    def reach_outside(handler: cst.ExceptHandler, place: Place) -> Outcome:
        attempt = next(place.ancestors(handler))
        wider = attempt.with_changes(handlers=[named(handler)], body=parse_body("if 1:\n    print()"))
        # Says that it changes the handler, but changes the block around it.
        return Fix(handler, named(handler), also=(_Lie(attempt, wider),))

    class _Lie(Edit):
        pass

    use_fixer(monkeypatch, reach_outside)
    result = fix(BARE)
    assert result.content is not None  # an edit that is named is masked …
    from antipatterns.fix import apply  # noqa: PLC0415

    monkeypatch.setattr(apply, "_region", lambda _where: (9, 0, 9, 0))
    assert the_reason() == "code around it would change its meaning"  # … and one that is not is seen


def test_objects_to_a_rule_that_crashes_on_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = load_rules()["AP202"]
    find = rule.finds[ast.ExceptHandler]

    def crash(node: ast.ExceptHandler, *arguments: Any) -> Any:
        if node.type is not None:
            raise ZeroDivisionError
        return find(node, *arguments)

    monkeypatch.setitem(rule.finds, ast.ExceptHandler, crash)
    assert the_reason() == f"{rule.code} crashed on the result"


def test_a_rule_that_crashes_before_too_is_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setitem(load_rules()["AP202"].finds, ast.ExceptHandler, crash)
    assert fix(BARE).content is not None


def test_a_fixer_that_crashes_costs_only_its_own_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(handler: cst.ExceptHandler, place: Place) -> Outcome:
        if place.finding.line == 3:
            raise ZeroDivisionError("by\nzero")
        return Fix(handler, named(handler))

    use_fixer(monkeypatch, crash)
    result = fix(BARE + BARE)
    assert result.content == BARE + BARE.replace(b"except:", b"except Exception:")
    (refused,) = result.refused
    assert refused.reason == "the fixer failed, please report it: ZeroDivisionError: by zero"


def test_a_node_that_libcst_does_not_allow_costs_only_its_own_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_finding(monkeypatch, lambda _handler: 1 / 0)
    assert the_reason().startswith("the fixer failed, please report it: ZeroDivisionError")
    replace_finding(monkeypatch, lambda handler: cst.Name("x") if handler else None)
    assert the_reason().startswith("the ")


def test_what_libcst_cannot_parse_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> Chunk:
        raise cst.ParserSyntaxError("no", lines=["x"], raw_line=1, raw_column=0)

    monkeypatch.setattr(plan, "Chunk", fail)
    assert the_reason().startswith("libcst cannot parse this statement")


def test_what_libcst_really_cannot_parse_is_refused() -> None:
    content = BARE.replace(b"f()", b"(x): int = 1")
    assert the_reason(content).startswith("libcst cannot parse this statement")


def test_form_feeds_and_blanks_in_front_stay() -> None:
    text = "\x0cimport time\n \t\x0casync def f(): time.sleep(1)\n\x0c\n\x0c" + BARE.decode()
    assert fixed(text, "AP101", "AP201") == (
        "import asyncio\n\x0cimport time\n \t\x0casync def f(): await asyncio.sleep(1)\n\x0c\n\x0c"
        "try:\n    f()\nexcept Exception:\n    g()\n"
    )


def test_another_node_at_the_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fixer(monkeypatch, lambda node, _place: Fix(node, node), cst.ClassDef)
    assert the_reason() == "libcst sees something else at this place"


def test_an_import_into_changed_lines_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """``if TYPE_CHECKING:`` is rewritten by one fix, and another wants to put an import there."""
    text = b"if TYPE_CHECKING:\n    import a\nelse:\n    try:\n        a()\n    except:\n        b()\n\n" + BARE
    replace_finding(monkeypatch, named, type_only_imports=("import x\n",))
    result = fix(text)
    assert [item.reason for item in result.refused] == ["another fix changes the lines that its import needs"]
    assert len(result.fixed) == 1
    assert result.content is not None
    assert b"    import a\n    import x\nelse:" in result.content


# --- Bookkeeping and rounds ----------------------------------------------------------------------------------

THREE = "try:\n    a()\nexcept:\n    b()\n\n" * 3


@pytest.mark.parametrize("answers", [(1, 1, 1), (0, 1, 0), (1, 0, 0), (0, 0, 1), (0, 0, 0), (1, 0, 1)])
def test_each_of_many_equal_lines_is_judged_for_itself(answers: tuple[int, ...]) -> None:
    """Fingerprints of equal lines move up when one of them is fixed; the answer of a user must not move with them."""
    lines = {3: answers[0], 8: answers[1], 13: answers[2]}
    result = fix(THREE.encode(), accepts=lambda finding: lines[finding.line])
    expected = THREE.splitlines(keepends=True)
    for line, answer in lines.items():
        if answer:
            expected[line - 1] = "except Exception:\n"
    assert (result.content or THREE.encode()).decode() == "".join(expected)
    assert [finding.line for finding in result.fixed] == [line for line, answer in lines.items() if answer]
    assert [finding.line for finding in result.left] == [line for line, answer in lines.items() if not answer]


def test_answers_hold_when_lines_move() -> None:
    """An import moves all lines down, and the next round comes to lines that were not accepted."""
    text = "import time\n\n\nasync def f():\n    time.sleep(time.sleep(1))\n    time.sleep(2)\n"
    result = fix(text.encode(), "AP101", accepts=lambda finding: finding.line == 5)
    assert result.content is not None
    assert result.content.decode().endswith("    await asyncio.sleep(await asyncio.sleep(1))\n    time.sleep(2)\n")
    assert [finding.line for finding in result.left] == [6]
    assert [finding.line for finding in result.fixed] == [5, 5]


def test_one_bad_fix_does_not_block_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 20
    bad = {3 + 5 * index for index in (0, 7, 8, 19)}

    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        is_bad = b"bad" in place.file.source.line_at(place.finding.line + 1).encode()
        return Fix(handler, named(handler, "class" if is_bad else "Exception"))

    use_fixer(monkeypatch, fixer)
    blocks = [f"try:\n    a()\nexcept:\n    {'bad' if 3 + 5 * index in bad else 'b'}()\n\n" for index in range(count)]
    result = fix("".join(blocks).encode())
    assert len(result.fixed) == count - len(bad)
    assert {refused.finding.line for refused in result.refused} == bad


def test_fixes_that_fail_only_together_are_both_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        first = b"first" in place.file.source.content
        seen.append(first)
        return Fix(handler, named(handler), module_statements=() if first else ("first = 1",))

    use_fixer(monkeypatch, fixer)
    result = fix(BARE + BARE)
    assert len(result.fixed) == 2


def test_a_refused_outer_fix_lets_the_inner_one_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "try:\n    a()\nexcept:\n    try:\n        b()\n    except:\n        c()\n"

    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        return Fix(handler, named(handler, "class" if place.finding.line == 3 else "Exception"))

    use_fixer(monkeypatch, fixer)
    result = fix(text.encode())
    assert result.content is not None
    assert result.content.decode() == text.replace("    except:", "    except Exception:")
    assert len(result.refused) == 1


def test_what_was_refused_is_tried_again_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        is_last = place.finding.line > 3 and b"except Exception" not in place.file.source.content
        return Refusal("not yet") if is_last else Fix(handler, named(handler))

    use_fixer(monkeypatch, fixer)
    result = fix(BARE + BARE)
    assert len(result.fixed) == 2
    assert not result.refused


def test_what_was_refused_is_not_tried_again_in_each_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """litellm 1.55.0: one file took minutes, as each fix that was made had all refused ones proved once more."""
    asked = []

    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        asked.append(place.finding.line)
        return Fix(handler, named(handler, "class" if place.finding.line % 8 == 3 else "Exception"))

    use_fixer(monkeypatch, fixer)
    result = fix(BARE * 32)
    assert len(result.fixed) == len(result.refused) == 16
    assert len(asked) < 32 * 10


def test_nested_targets_are_fixed_in_rounds() -> None:
    text = "try:\n  a()\nexcept:\n  try:\n    b()\n  except:\n    try:\n      c()\n    except:\n      d()\n"
    assert fixed(text) == text.replace("except:", "except Exception:")
    sleeps = "import asyncio\nimport time\nasync def f():\n    " + "time.sleep(" * 5 + "1" + ")" * 5 + "\n"
    assert fixed(sleeps, "AP101").endswith("await asyncio.sleep(" * 5 + "1" + ")" * 5 + "\n")


def test_unsafe_fixes_are_left_where_not_asked_for() -> None:
    text = b"import os, time\nasync def f():\n    os.system('')\n    time.sleep(1)\n"
    result = fix(text, "AP101", unsafe=False)
    assert [finding.line for finding in result.fixed] == [4]
    assert [finding.line for finding in result.left] == [3]


def test_findings_of_rules_without_fixers_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "load_fixer", lambda _rule: None)
    result = fix(BARE)
    assert len(result.left) == 1


def test_suppressed_findings_are_never_fixed() -> None:
    for comment in ("# noqa", "# noqa: AP201", "# noqa: E722, AP2 -- why"):
        content = BARE.replace(b"except:", f"except:  {comment}".encode())
        assert fix(content) == FileResult("a.py")
    assert fix(b"# antipatterns: ignore-file[AP201]\n" + BARE) == FileResult("a.py")


def test_only_wanted_codes_are_fixed() -> None:
    text = (
        b"import time\nasync def f():\n    time.sleep(1)\ndef h():\n    try:\n        g()\n    except:\n        g()\n"
    )
    assert {finding.code for finding in fix(text, "AP101").fixed} == {"AP101"}
    assert {finding.code for finding in fix(text, "AP201").fixed} == {"AP201"}
    both = fix(text, "AP101", "AP201")
    assert {finding.code for finding in both.fixed} == {"AP101", "AP201"}
    assert both.content == (
        b"import asyncio\nimport time\nasync def f():\n    await asyncio.sleep(1)\n"
        b"def h():\n    try:\n        g()\n    except Exception:\n        g()\n"
    )


def test_insertions_share_the_lines_around_a_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        (attempt,) = [node for node in place.ancestors(handler) if isinstance(node, cst.Try)]
        before = Insertion(attempt, (cst.parse_statement("before = 1"),))
        behind = Insertion(attempt, (cst.parse_statement("behind = 1"),), behind=True)
        return Fix(handler, named(handler), insertions=(before, behind))

    use_fixer(monkeypatch, fixer)
    text = "if x:\n    a()\n\n    # about\n    try:\n        f()\n    except:\n        g()\n"
    assert fixed(text) == (
        "if x:\n    a()\n\n    before = 1\n    # about\n    try:\n        f()\n    except Exception:\n        g()\n"
        "    behind = 1\n"
    )


def test_a_statement_that_goes_takes_its_empty_lines_along(monkeypatch: pytest.MonkeyPatch) -> None:
    def fixer(handler: cst.ExceptHandler, place: Place) -> Outcome:
        (attempt,) = [node for node in place.ancestors(handler) if isinstance(node, cst.Try)]
        return Fix(attempt, cst.RemovalSentinel.REMOVE)

    use_fixer(monkeypatch, fixer)
    for before, behind, left in (("\n", "\n", "\n"), ("\n", "\n\n", "\n\n"), ("", "\n", "\n"), ("\n\n", "", "\n\n")):
        assert fixed(f"x = 1\n{before}{BARE.decode()}{behind}y = 1\n") == f"x = 1\n{left}y = 1\n"


def test_check_is_the_same_detection() -> None:
    result = fix(THREE.encode(), accepts=lambda _finding: False)
    assert list(result.left) == list(check_module.check_content("a.py", THREE.encode(), SETTINGS).findings)
