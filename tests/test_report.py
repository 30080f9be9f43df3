"""The formats, on findings made by hand, and on any text that a path or a message may hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns import REPOSITORY, __version__
from antipatterns.finding import Finding, Hop, Safety, Severity
from antipatterns.report import FORMATS, Report, format_findings
from antipatterns.report.text import format_statistics, format_summary
from antipatterns.rule import Rule, load_rules

# The schema published by OASIS (https://github.com/oasis-tcs/sarif-spec, revision 2.1.0-rtm.5), byte for
# byte as lib/schemas/sarif-2.1.0-rtm.5.json of the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT).
SCHEMA = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"

# What RFC 3986 allows in a path, less the colon, which in a relative one would end a scheme.
URI = re.compile(r"(?:file://)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")

HARD_PATHS = ["src/a b.py", "50%.py", "a,b:c.py", "día/日本.py", "new\nline\r.py", "q?x#y.py", "[x](y){0}.py"]
HARD_MESSAGES = [
    "100% {0} of [it](1)",
    "two\nlines\r\nhere",
    "a::b,c=d",
    "\x1b[31mred\x07\x9b",
    "日本\u202e\u2028x",
    "",
]

CHAIN = (Hop("src/a.py", 9, "handler"), Hop("lib/db it.py", 40, "Session.load"))


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "path": "src/a.py",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 12,
        "code": "AP201",
        "name": "bare-except",
        "message": "bare `except`",
        "page": "rules/errors/bare_except.py",
    }
    return Finding(**(values | changes))


def report(*findings: Finding, **changes: Any) -> Report:
    return Report(findings=findings, **changes)


@cache
def validator() -> Any:
    return import_module("jsonschema").Draft4Validator(  # typed only by a stub package
        json.loads(SCHEMA.read_bytes())
    )


def sarif(made: Report) -> dict[str, Any]:
    """The only run of a log that has been found valid."""
    log = json.loads(format_findings("sarif", made))
    validator().validate(log)
    run: dict[str, Any]
    (run,) = log["runs"]
    return run


def frame(text: str, *, path: str = "src/a.py", **changes: Any) -> str:
    """What stands below the headline."""
    made = report(finding(path=path, **changes), show_source=True, texts={path: text.splitlines(keepends=True)})
    return format_findings("text", made).partition("\n")[2]


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Rule:
    module = ModuleType("antipatterns.rules.errors.bare_except")
    module.__doc__ = "Allow bare\nexcept.\n\n## What it finds\nAn `except:` {0} [link](x).\n"
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return Rule(module.__name__, "AP201", severity=Severity.ERROR)


# All formats


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no format 'xml': there are text, json, sarif, github, gitlab"):
        format_findings("xml", report())


@pytest.mark.parametrize(("name", "text"), [("text", ""), ("github", ""), ("json", "[]\n"), ("gitlab", "[]\n")])
def test_no_findings(name: str, text: str) -> None:
    assert format_findings(name, report()) == text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_survives_undecodable_names(name: str) -> None:
    """A file name that is not UTF-8 arrives with lone surrogates; the output is encodable all the same."""
    hop = Hop("h\udcff.py", 1, "f\udcff")
    made = report(finding(path="n\udcff.py", message="m\udcff", hops=(hop,)), show_source=True)
    assert format_findings(name, made).encode("utf-8")


def test_formats_load_nothing_but_themselves() -> None:
    program = """
import sys
from antipatterns.report import Report, format_findings
from antipatterns.finding import Finding
place = {"path": "p", "line": 1, "column": 1, "end_line": 1, "end_column": 2}
found = Finding(**place, code="AP1", name="n", message="m", page="x")
assert "antipatterns.report.sarif" not in sys.modules
format_findings("text", Report(findings=(found,), show_source=True, texts={"p": ["x"]}))
assert "rich" not in sys.modules
assert "antipatterns.report.json" not in sys.modules
format_findings("text", Report(findings=(found,), colour=True))
assert "rich" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


PATHS = st.text(min_size=1)
FINDINGS = st.builds(
    finding,
    path=PATHS | st.sampled_from(HARD_PATHS),
    message=st.text() | st.sampled_from(HARD_MESSAGES),
    fingerprint=st.sampled_from(["", "f1", "f2"]),
    hops=st.lists(st.builds(Hop, PATHS, st.integers(1, 99), st.text()), max_size=2).map(tuple),
    line=st.integers(1, 5),
    end_line=st.integers(5, 6),
)
REPORTS = st.builds(lambda found: report(*found), st.lists(FINDINGS, max_size=4))


@given(REPORTS)
def test_one_line_per_finding(made: Report) -> None:
    for name in ("text", "github"):
        lines = format_findings(name, made).split("\n")
        assert len(lines) == len(made.findings) + 1
        assert not any("\r" in line for line in lines)
    assert len(format_findings("text", made).splitlines()) == len(made.findings)


@given(REPORTS)
def test_json_formats_can_be_read_back(made: Report) -> None:
    read = json.loads(format_findings("json", made))
    assert [(item["path"], item["message"]) for item in read] == [(f.path, f.message) for f in made.findings]
    read = json.loads(format_findings("gitlab", made))
    assert len({item["fingerprint"] for item in read}) == len(made.findings)
    assert len(sarif(made)["results"]) == len(made.findings)


# JSON


def test_json() -> None:
    made = report(finding(hops=CHAIN[:1], fix=Safety.SAFE, fingerprint="f00", severity=Severity.ERROR))
    assert (
        format_findings("json", made)
        == f"""\
[
  {{
    "code": "AP201",
    "name": "bare-except",
    "message": "bare `except`",
    "path": "src/a.py",
    "line": 3,
    "column": 5,
    "end_line": 3,
    "end_column": 12,
    "severity": "error",
    "hops": [
      {{
        "path": "src/a.py",
        "line": 9,
        "function": "handler",
        "callee": ""
      }}
    ],
    "fix": "safe",
    "fingerprint": "f00",
    "url": "{REPOSITORY}/blob/main/src/antipatterns/rules/errors/bare_except.py"
  }}
]
"""
    )


def test_json_has_every_key_in_order_even_when_empty() -> None:
    (item,) = json.loads(format_findings("json", report(finding())))
    keys = "code name message path line column end_line end_column severity hops fix fingerprint url"
    assert list(item) == keys.split()
    assert (item["hops"], item["fix"], item["fingerprint"]) == ([], None, "")


def test_json_keeps_the_order_of_the_report() -> None:
    made = report(finding(line=9, end_line=9), finding(line=1, end_line=1), finding(path="z.py"))
    read = json.loads(format_findings("json", made))
    assert [(item["path"], item["line"]) for item in read] == [("src/a.py", 9), ("src/a.py", 1), ("z.py", 3)]


# GitHub


def test_github() -> None:
    assert format_findings("github", report(finding(), finding(severity=Severity.ERROR))) == (
        "::warning file=src/a.py,line=3,endLine=3,col=5,endColumn=12,title=AP201 bare-except"
        "::src/a.py:3:5: AP201 bare `except`\n"
        "::error file=src/a.py,line=3,endLine=3,col=5,endColumn=12,title=AP201 bare-except"
        "::src/a.py:3:5: AP201 bare `except`\n"
    )


def test_github_has_no_columns_for_a_place_of_several_lines() -> None:
    text = format_findings("github", report(finding(end_line=7)))
    assert text.startswith("::warning file=src/a.py,line=3,endLine=7,title=AP201 bare-except::src/a.py:3:5: ")


def test_github_escapes_properties_and_data_differently() -> None:
    made = report(finding(path="a,b:c 5%\r\n.py", message="x: 1,2 100%\r\nnext"))
    assert format_findings("github", made) == (
        "::warning file=a%2Cb%3Ac 5%25%0D%0A.py,line=3,endLine=3,col=5,endColumn=12,title=AP201 bare-except"
        "::a,b:c 5%25%0D%0A.py:3:5: AP201 x: 1,2 100%25%0D%0Anext\n"
    )


# GitLab


def test_gitlab() -> None:
    made = report(finding(fingerprint="f00"), finding(end_line=8, severity=Severity.ERROR, fingerprint="f01"))
    assert json.loads(format_findings("gitlab", made)) == [
        {
            "description": "AP201: bare `except`",
            "check_name": "AP201",
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {"path": "src/a.py", "lines": {"begin": 3, "end": end}},
        }
        for fingerprint, severity, end in [("f00", "minor", 3), ("f01", "major", 8)]
    ]


def test_gitlab_fingerprints_are_unique_and_stable() -> None:
    same = [finding(fingerprint="f00") for _ in range(4)] + [finding(), finding()]
    first = [item["fingerprint"] for item in json.loads(format_findings("gitlab", report(*same)))]
    assert first[0] == "f00"
    assert len(set(first)) == 6
    assert first == [item["fingerprint"] for item in json.loads(format_findings("gitlab", report(*same)))]


# SARIF


def test_sarif_describes_the_tool_and_its_rules(rule: Rule) -> None:
    run = sarif(report(rules=(rule,)))
    driver = run["tool"]["driver"]
    described = driver.pop("rules")
    assert driver == {
        "name": "antipatterns",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": REPOSITORY,
    }
    assert described == [
        {
            "id": "AP201",
            "name": "BareExcept",
            "shortDescription": {"text": "Do not allow bare except."},
            "fullDescription": {"text": "Do not allow bare except."},
            "help": {"text": f"Do not a{rule.page[1:]}", "markdown": f"Do not a{rule.page[1:]}"},
            "helpUri": finding().url,
            "defaultConfiguration": {"level": "error"},
        }
    ]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == []


def test_sarif_result(rule: Rule) -> None:
    (result,) = sarif(report(finding(fingerprint="f00", end_line=4), rules=(rule,)))["results"]
    assert result == {
        "ruleId": "AP201",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "bare `except`"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "src/a.py", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 12},
                }
            }
        ],
        "partialFingerprints": {"antipatterns/v1": "f00"},
    }


def test_sarif_result_of_a_rule_that_is_not_listed() -> None:
    (result,) = sarif(report(finding(code="AP000")))["results"]
    assert result["ruleId"] == "AP000"
    assert "ruleIndex" not in result
    assert "partialFingerprints" not in result


def test_sarif_shows_the_chain_as_a_code_flow() -> None:
    (result,) = sarif(report(finding(hops=CHAIN)))["results"]
    ((thread,),) = [flow["threadFlows"] for flow in result["codeFlows"]]
    steps = [step["location"] for step in thread["locations"]]
    assert [
        (
            step["physicalLocation"]["artifactLocation"]["uri"],
            step["physicalLocation"]["region"]["startLine"],
            step["message"]["text"],
        )
        for step in steps
    ] == [
        ("src/a.py", 3, "bare `except`"),
        ("src/a.py", 9, "handler"),
        ("lib/db%20it.py", 40, "Session.load"),
    ]
    assert steps[0]["physicalLocation"] == result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b.py", "a%20b.py"),
        ("50%.py", "50%25.py"),
        ("a:b,c.py", "a%3Ab%2Cc.py"),
        ("día.py", "d%C3%ADa.py"),
        ("n\udcff.py", "n%FF.py"),
        ("a\nb.py", "a%0Ab.py"),
        ("./x/./y.py", "x/y.py"),
    ],
)
def test_sarif_relative_uri(path: str, uri: str) -> None:
    (result,) = sarif(report(finding(path=path)))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_sarif_absolute_uri() -> None:
    (result,) = sarif(report(finding(path="/srv/a b:c.py")))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///srv/a%20b%3Ac.py"}


@pytest.mark.parametrize(("root", "uri"), [("/srv/my code", "file:///srv/my%20code/"), ("/", "file:///")])
def test_sarif_names_the_root(root: str, uri: str) -> None:
    assert sarif(report(root=root))["originalUriBaseIds"] == {"%SRCROOT%": {"uri": uri}}


def test_sarif_path_above_the_root_is_absolute() -> None:
    (result,) = sarif(report(finding(path="../b/x.py"), root="/srv/a"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///srv/b/x.py"}


@given(PATHS | st.sampled_from(HARD_PATHS))
def test_sarif_uris_hold_only_what_a_uri_may_hold(path: str) -> None:
    (result,) = sarif(report(finding(path=path), root="/srv"))["results"]
    assert URI.fullmatch(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("default `{}` or {name}", "default `{}` or {name}"),
        ("'{0}'.format, {12}", "'{{0}}'.format, {{12}}"),
        ("x[0] and [a, b]", "x[0] and [a, b]"),
        ("handlers[0](event)", r"handlers[0\](event)"),
        (r"already \](so)", r"already \](so)"),
        (r"a backslash \\](so)", r"a backslash \\\](so)"),
        ("C:\\dir", "C:\\dir"),
    ],
)
def test_sarif_messages_hold_no_placeholders_and_no_links(message: str, text: str) -> None:
    (result,) = sarif(report(finding(message=message)))["results"]
    assert result["message"] == {"text": text}


def test_sarif_of_all_rules_is_valid() -> None:
    assert sarif(report(rules=tuple(load_rules().values())))["results"] == []


# Text


def test_text() -> None:
    made = report(finding(), finding(path="b.py", line=10, column=1, message="it's [bold]this[/bold] :smile:"))
    assert format_findings("text", made) == (
        "src/a.py:3:5: AP201 bare `except`\nb.py:10:1: AP201 it's [bold]this[/bold] :smile:\n"
    )


def test_text_escapes_what_a_terminal_would_obey() -> None:
    made = report(finding(path="a\x1b[2J\n.py", message="x\x9b31m\u202e\u2028\r\t\x00é日"))
    assert format_findings("text", made) == ("a\\x1b[2J\\n.py:3:5: AP201 x\\x9b31m\\u202e\\u2028\\r\\t\\x00é日\n")


def test_text_shows_no_chain_without_source() -> None:
    assert format_findings("text", report(finding(hops=CHAIN))).count("\n") == 1


PROGRAM = """\
def f():
    try:
        g()
    except:
        pass
    finally:
        h()
"""


def test_frame() -> None:
    made = report(
        finding(line=4, end_line=4, hops=CHAIN),
        finding(path="b.py", line=1, column=1, end_line=1, end_column=4),
        show_source=True,
        texts={"src/a.py": PROGRAM.splitlines(keepends=True), "b.py": ["x = 1"]},
    )
    assert (
        format_findings("text", made)
        == """\
src/a.py:4:5: AP201 bare `except`
  |
2 |     try:
3 |         g()
4 |     except:
  |     ^^^^^^^
5 |         pass
6 |     finally:
  |
  = chain: src/a.py:9 in handler
  = chain: lib/db it.py:40 in Session.load

b.py:1:1: AP201 bare `except`
  |
1 | x = 1
  | ^^^
  |

"""
    )


def test_frame_of_a_place_of_several_lines_marks_the_first_to_its_end() -> None:
    assert (
        frame(PROGRAM, line=2, end_line=5, column=5, end_column=13)
        == """\
  |
1 | def f():
2 |     try:
  |     ^^^^
3 |         g()
4 |     except:
  |

"""
    )


def test_frame_aligns_line_numbers_and_keeps_empty_lines_bare() -> None:
    text = "\n" * 8 + "a\nbc\n"
    assert (
        frame(text, line=9, end_line=9, column=1, end_column=2)
        == """\
   |
 7 |
 8 |
 9 | a
   | ^
10 | bc
   |

"""
    )


@pytest.mark.parametrize(
    ("line", "column", "end_column", "shown", "mark"),
    [
        ("x = '日本', y\n", 12, 13, "x = '日本', y", "             ^"),
        ("日本 = y\n", 1, 3, "日本 = y", "^^^^"),
        ("e\u0301 = y\n", 6, 7, "e\u0301 = y", "    ^"),
        ("\t\tx = y\n", 3, 4, "        x = y", "        ^"),
        ("x\t= y\n", 3, 4, "x    = y", "     ^"),
        ("\x0cx = y\n", 2, 3, "\\x0cx = y", "    ^"),
        ("x\x1b[0m = y\n", 2, 3, "x\\x1b[0m = y", " ^^^^"),
        ("x = y\r\n", 5, 6, "x = y", "    ^"),
        ("x = y\r", 5, 6, "x = y", "    ^"),
        ("x = y", 6, 6, "x = y", "     ^"),
        ("x = y", 5, 5, "x = y", "    ^"),
        ("x = y", 90, 99, "x = y", "     ^"),
        ("x = y", 5, 2, "x = y", "    ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_frame_marks_what_the_eye_sees(line: str, column: int, end_column: int, shown: str, mark: str) -> None:
    made = report(
        finding(line=1, end_line=1, column=column, end_column=end_column),
        show_source=True,
        texts={"src/a.py": [line]},
    )
    expected = f"  |\n1 | {shown}".rstrip() + f"\n  | {mark}\n  |\n\n"
    assert format_findings("text", made).partition("\n")[2] == expected


@pytest.mark.parametrize(
    ("column", "shown", "before"),
    [
        (1, "M" + "x" * 119 + "...", 0),
        (500, "..." + "x" * 40 + "M" + "x" * 79 + "...", 43),
        (1000, "..." + "x" * 119 + "M", 122),
    ],
)
def test_frame_cuts_long_lines_around_the_place(column: int, shown: str, before: int) -> None:
    line = "x" * (column - 1) + "M" + "x" * (1000 - column)
    text = frame(f"{line}\n{line}", line=1, end_line=1, column=column, end_column=column + 1)
    assert text.splitlines()[1:3] == [f"1 | {shown}", "  | " + " " * before + "^"]
    assert max(map(len, text.splitlines())) < 140


def test_frame_of_a_long_place_ends_where_the_line_is_cut() -> None:
    text = frame("x" * 1000, line=1, end_line=1, column=1, end_column=1001)
    assert text.splitlines()[2] == "  | " + "^" * 120


def test_frame_reads_the_file_below_the_root_as_python_does(tmp_path: Path) -> None:
    content = "# coding: latin-1\rx = 1\x0c\r\ny = 'é'\n"
    (tmp_path / "a.py").write_bytes(content.encode("latin-1"))
    made = report(
        finding(path="a.py", line=3, end_line=3, column=5, end_column=8),
        root=str(tmp_path),
        show_source=True,
    )
    assert format_findings("text", made).splitlines()[1:] == [
        "  |",
        "1 | # coding: latin-1",
        "2 | x = 1\\x0c",
        "3 | y = 'é'",
        "  |     ^^^",
        "  |",
        "",
    ]


@pytest.mark.parametrize("content", [None, b"# coding: nonsense\n", b"\xff\n", b"# coding: hex\n", b"x\n", b""])
def test_no_frame_where_the_file_cannot_be_shown(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.py"
    if content is not None:
        path.write_bytes(content)
    made = report(finding(path=str(path), hops=CHAIN[:1]), show_source=True)
    expected = f"{path}:3:5: AP201 bare `except`\n  = chain: src/a.py:9 in handler\n\n"
    assert format_findings("text", made) == expected


@pytest.mark.parametrize("path", ["-", "<stdin>", "a\0b.py", ".", "x" * 5000])
def test_no_frame_for_what_is_no_file(path: str) -> None:
    assert format_findings("text", report(finding(path=path), show_source=True)).count("\n") == 2


def test_text_given_by_path_wins_over_the_disk(tmp_path: Path) -> None:
    path = str(tmp_path / "a.py")
    Path(path).write_text("disk\n" * 9)
    assert "disk" not in frame("buffer\n" * 9, path=path)


def test_colours() -> None:
    made = report(
        finding(hops=CHAIN[:1]),
        show_source=True,
        colour=True,
        texts={"src/a.py": ["a\n", "b\n", "    try: x\n"]},
    )
    assert format_findings("text", made) == (
        "\x1b[1msrc/a.py\x1b[0m:3:5: \x1b[1;33mAP201\x1b[0m bare `except`\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m1 |\x1b[0m a\n"
        "\x1b[1;34m2 |\x1b[0m b\n"
        "\x1b[1;34m3 |\x1b[0m     try: x\n"
        "\x1b[1;34m  |\x1b[0m     \x1b[1;31m^^^^^^\x1b[0m\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m  = chain: \x1b[0msrc/a.py:9 in handler\n"
        "\n"
    )


@given(FINDINGS, st.lists(st.text(), min_size=0, max_size=8), st.integers(1, 400), st.integers(1, 400))
def test_colours_change_nothing_else_and_nothing_gets_through(
    made: Finding, lines: list[str], column: int, end_column: int
) -> None:
    placed = finding(
        path=made.path,
        message=made.message,
        hops=made.hops,
        line=made.line,
        column=column,
        end_column=end_column,
    )
    texts = {made.path: lines}
    plain = format_findings("text", report(placed, show_source=True, texts=texts))
    coloured = format_findings("text", report(placed, show_source=True, texts=texts, colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b" not in plain
    assert plain.splitlines() == plain.split("\n")[:-1]


# Statistics and summary


def test_statistics() -> None:
    made = report(
        *[finding(fix=Safety.SAFE if index == 3 else None) for index in range(11)],
        *[finding(code="AP1010", name="other") for _ in range(2)],
        *[finding(code="AP102", name="blocking", fix=Safety.UNSAFE) for _ in range(2)],
    )
    assert format_statistics(made) == ("11  AP201   [*] bare-except\n 2  AP1010  [ ] other\n 2  AP102   [*] blocking\n")
    assert format_statistics(report()) == ""


@pytest.mark.parametrize(
    ("paths", "files", "text"),
    [
        ([], 340, "No findings in 340 files.\n"),
        ([], 1, "No findings in 1 file.\n"),
        ([], 0, "No findings in 0 files.\n"),
        (["a"], 1, "Found 1 finding in 1 file (1 checked).\n"),
        (["a", "a", "b"], 340, "Found 3 findings in 2 files (340 checked).\n"),
    ],
)
def test_summary(paths: list[str], files: int, text: str) -> None:
    assert format_summary(report(*[finding(path=path) for path in paths], files=files)) == text
