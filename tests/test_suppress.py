"""What comments silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antipatterns.check import check_content, check_source
from antipatterns.finding import Finding
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import parse_source
from antipatterns.suppress import Suppressions

if TYPE_CHECKING:
    from antipatterns.outcome import Checked

BARE = "try: x\nexcept: pass{}\n"


def check(text: str, *select: str, **table: object) -> Checked:
    overrides = Overrides({"select": list(select) or ["AP201", "AP202", "AP301"], **table})
    settings = SettingsResolver(isolated=True, overrides=overrides).settings_in(Path())
    return check_content("a.py", text.encode(), settings)


def codes(text: str, *select: str, **table: object) -> list[str]:
    return [finding.code for finding in check(text, *select, **table).findings]


def suppressions(text: str) -> Suppressions:
    return Suppressions(parse_source("a.py", text.encode()))


def finding(line: int, end_line: int | None = None, code: str = "AP201") -> Finding:
    return Finding(
        path="a.py",
        line=line,
        column=1,
        end_line=end_line or line,
        end_column=2,
        code=code,
        name="n",
        message="m",
        page="p",
    )


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("", ["AP201", "AP202"]),
        ("  # noqa", []),
        ("  #noqa", []),
        ("  # NOQA", []),
        ("  # NoQa", []),
        ("  # noqa:AP201", ["AP202"]),
        ("  # noqa: AP201", ["AP202"]),
        ("  # noqa: ap201", ["AP202"]),
        ("  # noqa: AP201,AP202", []),
        ("  # noqa: AP201, AP202", []),
        ("  # noqa: AP201 AP202", []),
        ("  # noqa: AP2", []),
        ("  # noqa: AP20", []),
        ("  # noqa: AP3", ["AP201", "AP202"]),
        ("  # noqa: E722", ["AP201", "AP202"]),
        ("  # noqa: E722,AP201", ["AP202"]),
        ("  # noqa: AP2011", ["AP201", "AP202"]),
        ("  # noqa: AP201 -- AP202 stays", ["AP202"]),
        ("  # noqa: AP201 (AP202 stays)", ["AP202"]),
        ("  # noqa: AP201: reason", ["AP202"]),
        ("  # noqa: AP201 because of this", ["AP202"]),
        ("  # type: ignore  # noqa: AP201", ["AP202"]),
        ("  # noqa: AP201  # type: ignore", ["AP202"]),
        ("  # because  noqa: AP201", ["AP201", "AP202"]),
        ("  # no qa", ["AP201", "AP202"]),
    ],
)
def test_noqa(comment: str, left: list[str]) -> None:
    assert codes(BARE.format(comment)) == left


def test_noqa_in_a_string_is_no_comment() -> None:
    assert codes(BARE.format("; '# noqa'")) == ["AP201", "AP202"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("try: x\nexcept:  # noqa: AP201\n    pass\n", ["AP202"]),
        ("try: x\nexcept:\n    pass  # noqa: AP201\n", ["AP201", "AP202"]),
        ("try: x  # noqa: AP201\nexcept:\n    pass\n", ["AP201", "AP202"]),
        ("# noqa: AP201\ntry: x\nexcept:\n    pass\n", ["AP201", "AP202"]),
        ("def f(  # noqa: AP301\n    a,\n    b=[],\n): pass\n", []),
        ("def f(\n    a,  # noqa: AP301\n    b=[],\n): pass\n", []),
        ("def f(\n    a,\n    b=[],  # noqa: AP301\n): pass\n", []),
        ("def f(\n    a,\n    b=[],\n): pass  # noqa: AP301\n", []),
        ("def f(\n    a,\n    b=[],\n):\n    pass  # noqa: AP301\n", ["AP301"]),
        ("def f(b=[\n    1,\n]):  # noqa: AP301\n    pass\n", []),
        ("def f(b=[  # noqa: AP301\n    1,\n]):\n    pass\n", []),
        ("@a(\n    1,\n)  # noqa: AP301\ndef f(b=[]): pass\n", ["AP301"]),
        ("x = '''\n# noqa: AP301\n'''; y = lambda b=[]: b\n", ["AP301"]),
        ("x = '''\n'''; y = lambda b=[]: b  # noqa: AP301\n", []),
        ("y = lambda b=[]: '''\n'''  # noqa: AP301\n", []),
        ("y = lambda b=[]: \\\n    b  # noqa: AP301\n", []),
        ("y = lambda b=[]: (\n    b\n    # noqa: AP301\n)\n", []),
        ("y = lambda b=[]: b\r\nz = 1  # noqa: AP301\r\n", ["AP301"]),
        ("y = lambda b=[]: b  # noqa: AP301\rz = lambda b=[]: b\r", ["AP301"]),
        ("y = lambda b=[]: b  # noqa: AP301", []),
        ("y = lambda b=[]: b; z = lambda c=[]: c  # noqa: AP301", []),
        ("if 1:\n\x0c\ty = lambda b=[]: b  # noqa: AP301\n", []),
        ("'ä\u2028\x0c'; y = lambda b=[]: b  # noqa: AP301\n", []),
    ],
)
def test_noqa_counts_on_all_lines_of_the_statement(text: str, left: list[str]) -> None:
    assert codes(text) == left


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("# antipatterns: ignore-file", []),
        ("#antipatterns:ignore-file", []),
        ("x = 1  # antipatterns: ignore-file", []),
        ("# antipatterns: ignore-file[AP201]", ["AP202"]),
        ("# antipatterns: ignore-file[AP2]", []),
        ("# antipatterns: ignore-file[AP201, ap202]", []),
        ("# antipatterns: ignore-file[AP3]", ["AP201", "AP202"]),
        ("# flake8: noqa", []),
        ("# flake8: noqa: AP201", ["AP202"]),
        ("# flake8: noqa: E722", ["AP201", "AP202"]),
        ("# FLAKE8=NOQA", []),
        ("x = 1  # flake8: noqa", ["AP201", "AP202"]),
        ("x = '# antipatterns: ignore-file'", ["AP201", "AP202"]),
        ("# antipatterns ignore-file", ["AP201", "AP202"]),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_file_level(comment: str, left: list[str], below: bool) -> None:
    text = BARE.format("")
    assert codes(f"{text}{comment}\n" if below else f"{comment}\n{text}") == left


def test_the_host_suppresses_lines_itself() -> None:
    settings = SettingsResolver(
        isolated=True, overrides=Overrides({"select": ["AP201", "AP202", "AP002"]})
    ).settings_in(Path())

    def found(text: str) -> list[str]:
        source = parse_source("a.py", text.encode())
        return [finding.code for finding in check_source(source, settings, noqa=False).findings]

    assert found(BARE.format("  # noqa")) == ["AP201", "AP202"]
    assert found("# flake8: noqa\n" + BARE.format("")) == ["AP201", "AP202"]
    assert found("# antipatterns: ignore-file[AP201]\n" + BARE.format("")) == ["AP202"]
    assert found("x = 1  # noqa: AP201\n") == []


@pytest.mark.parametrize(
    ("comment", "has_reason"),
    [
        ("# noqa: AP201", False),
        ("# noqa: AP201 --", False),
        ("# noqa: AP201 -- why", True),
        ("# noqa: AP201 \N{EN DASH} why", True),
        ("# noqa: AP201: why", True),
        ("# noqa: AP201 (why)", True),
        ("# noqa: AP201 why", True),
        ("# noqa: AP201  # type: ignore", False),
        ("# noqa", False),
        ("# noqa -- why", True),
    ],
)
def test_reasons(comment: str, has_reason: bool) -> None:
    (found,) = suppressions(f"x = 1  {comment}\n").comments
    assert found.has_reason is has_reason


def test_places_of_comments() -> None:
    found = suppressions("x = 'ä'  # noqa: AP201\n# why # NOQA:AP1, AP2\n").comments
    assert [(one.span.line, one.span.column, one.codes) for one in found] == [
        (1, 10, ("AP201",)),
        (2, 7, ("AP1", "AP2")),
    ]


def test_lines_of_a_finding() -> None:
    found = suppressions("a(  # noqa: AP1\n  b,\n  c)  # noqa: AP2\nd  # noqa: AP3\n")

    def codes_for(one: Finding) -> list[str]:
        return [code for comment in found.on_lines_of(one) for code in comment.codes]

    assert codes_for(finding(2)) == ["AP1", "AP2"]
    assert codes_for(finding(1)) == ["AP1", "AP2"]
    assert codes_for(finding(4)) == ["AP3"]
    assert codes_for(finding(2, end_line=4)) == ["AP1", "AP2", "AP3"]


def test_a_file_that_cannot_be_tokenized_to_its_end() -> None:
    # The parser takes what tokenize does not: everything before that place still counts.
    text = BARE.format("  # noqa") + "\x0c" + BARE.format("")
    assert codes(text) == ["AP201", "AP202"]
