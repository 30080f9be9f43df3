"""Every fixture: what a rule must find, what it must leave alone, and what its messages say."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from fixture_runner import (
    FIXTURES,
    Case,
    Expectation,
    find_cases,
    find_differences,
    find_fix_cases,
    format_findings,
    format_refusals,
    is_fixed,
    read_expectations,
    run_case,
    run_fix,
)

from antipatterns.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

CASES = [
    pytest.param(case, id=str(case), marks=() if case.runs_here else pytest.mark.skip("needs a newer Python"))
    for case in find_cases()
]

FIX_CASES = [
    pytest.param(case, id=str(case), marks=() if case.runs_here else pytest.mark.skip("needs a newer Python"))
    for case in find_fix_cases()
]


@pytest.mark.parametrize("case", CASES)
def test_fixture(case: Case, update_fixtures: bool) -> None:
    findings = run_case(case)
    differences = find_differences(findings, read_expectations(case))
    assert not differences, "\n".join(["", *differences])
    assert findings or not case.must_find, "a bad file in which nothing is found"
    golden = format_findings(case, findings)
    if update_fixtures and findings:
        case.golden.write_text(golden, encoding="utf-8", newline="\n")
    if findings:
        assert case.golden.read_text(encoding="utf-8") == golden, "pytest --update-fixtures rewrites the golden"


@pytest.mark.parametrize("case", FIX_CASES)
def test_fix(case: Case, update_fixtures: bool) -> None:
    result = run_fix(case, case.path.read_bytes())
    assert not result.left, "neither fixed nor refused"
    refusals = format_refusals(result).encode()
    reasons = case.fixed.with_suffix(".txt")
    for path, golden in ((case.fixed, result.content), (reasons, refusals or None)):
        if update_fixtures and golden is not None:
            path.write_bytes(golden)
        elif update_fixtures:
            path.unlink(missing_ok=True)
        there = path.read_bytes() if path.exists() else None
        assert there == golden, "pytest --update-fixtures rewrites the golden"


@pytest.mark.parametrize("case", FIX_CASES)
def test_fixed_is_a_fixed_point(case: Case) -> None:
    result = run_fix(case, case.path.read_bytes())
    assert not [item for item in result.refused if "report it" in item.reason]
    if result.content is not None:
        ast.parse(result.content)
        again = run_fix(case, result.content)
        assert again.content is None
        assert not again.fixed
        assert [item.reason for item in again.refused] == [item.reason for item in result.refused]


def test_good_files_expect_nothing() -> None:
    expecting = [case for case in find_cases() if case.path.name.startswith("good") and read_expectations(case)]
    assert not expecting


def test_goldens_have_fixtures() -> None:
    known = {case.golden for case in find_cases()}
    for case in find_fix_cases():
        known |= {case.fixed, case.fixed.with_suffix(".txt")}
    goldens = [path for path in FIXTURES.rglob("*") if path.suffix == ".txt" or is_fixed(path)]
    assert not [path for path in goldens if path not in known]


PATH = FIXTURES / "AP201_bare_except" / "made_up.py"


def finding(line: int = 1, column: int = 1, message: str = "a message") -> Finding:
    return Finding(
        path=str(PATH),
        line=line,
        column=column,
        end_line=line,
        end_column=column + 1,
        code="AP201",
        name="bare-except",
        message=message,
        page="",
    )


def expectation(line: int = 1, column: int | None = None, part: str = "") -> Expectation:
    return Expectation(PATH, line, "AP201", column, part)


@pytest.mark.parametrize(
    ("findings", "expectations", "count"),
    [
        ([finding()], [expectation()], 0),
        ([finding()], [], 1),
        ([], [expectation()], 1),
        ([finding(), finding()], [expectation()], 1),
        ([finding()], [expectation(), expectation()], 1),
        ([finding(line=2)], [expectation(line=1)], 2),
        ([finding(column=2)], [expectation(column=1)], 2),
        ([finding(message="other")], [expectation(part="a mess")], 2),
        ([finding(column=1), finding(column=2)], [expectation(), expectation(column=1)], 0),
        ([finding(message="a"), finding(message="b")], [expectation(), expectation(part="a")], 0),
    ],
)
def test_differences(findings: list[Finding], expectations: list[Expectation], count: int) -> None:
    assert len(find_differences(findings, expectations)) == count


def read(text: str, folder: Path) -> list[tuple[int, str, int | None, str]]:
    path = folder / "bad.py"
    path.write_bytes(text.encode())
    return [expectation[1:] for expectation in read_expectations(Case("AP201", path))]


def test_reads_expectations(tmp_path: Path) -> None:
    text = (
        "1  # expect: AP201\n2  # expect: AP201:5 \"a 'b'\", AP202\r\n"
        "# expect-next: AP101:1 'a \"b\", c'\r4\x0c\n"
        "# expect-above: AP301\n"
    )
    assert read(text, tmp_path) == [
        (1, "AP201", None, ""),
        (2, "AP201", 5, "a 'b'"),
        (2, "AP202", None, ""),
        (4, "AP101", 1, 'a "b", c'),
        (4, "AP301", None, ""),
    ]


@pytest.mark.parametrize("comment", ["AP20", "AP201,AP202", 'AP201 "a', "AP201 a", "E722", "AP201:x"])
def test_rejects_what_it_cannot_read(comment: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        read(f"1  # expect: {comment}\n", tmp_path)
