"""Runs the fixtures: a folder for each rule, whose files say in comments what the rule must find in them.

``fixtures/AP201_bare_except/`` holds files by the beginning of their names: in ``bad*.py`` each finding is
expected, in ``good*`` there is none, ``issues*`` keeps what users once reported, and each ``project*/`` is
a tree with its own ``pyproject.toml``. The part before the first ``_`` is the rule that runs there, and the
only one, under default settings or those that leading lines ``# settings: max-lines = 2`` give in TOML.

A line is expected to be found by a comment at its end, by ``expect-next`` on the line before it, or by
``expect-above`` on the one behind it::

    except:  # expect: AP201
    except:  # expect: AP201:5 "KeyboardInterrupt"
    sleep(open("x"))  # expect: AP101:1, AP101:7 'blocks: open()'

The number is the column; what stands in quotes is a part of the message. Files whose names end in ``_py312``
and the like need that Python. The complete findings, with their ends and messages, are kept beside the file
in a ``.txt`` of its name, in ``findings.txt`` for a project; ``pytest --update-fixtures`` rewrites these.

Where the rule has a fixer, ``fixed*.py`` is what ``fix --unsafe-fixes`` makes of ``bad*.py``, byte for byte, and
``fixed*.txt`` lists the findings that it refuses, by their places in ``bad*.py``, with the reasons.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from antipatterns.check import check_content
from antipatterns.fix.plan import Wish, fix_content
from antipatterns.index.projects import Projects
from antipatterns.rule import load_rules
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import decode

if TYPE_CHECKING:
    from antipatterns.finding import Finding
    from antipatterns.fix.plan import FileResult

FIXTURES = Path(__file__).parent.parent / "fixtures"

_LINE_END = re.compile(r"\r\n|\r|\n")
_SETTINGS = re.compile(r"# settings: (.*)")
_EXPECT = re.compile(r"\bexpect(?P<where>|-next|-above): (?P<list>.*)")
_ITEM = re.compile(r"(?P<code>AP\d{3})(?::(?P<column>\d+))?(?: (?P<quote>[\"'])(?P<part>.*?)(?P=quote))?(?:, |$)")
_NEEDS_PYTHON = re.compile(r"_py3(\d+)$")
# A file that does not parse would be silent, and a good one for the wrong reason.
_SYNTAX_ERROR = "AP001"
_OFFSETS = {"": 0, "-next": 1, "-above": -1}


class Case(NamedTuple):
    """A fixture file or project, and the code of the rule whose it is."""

    code: str
    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(FIXTURES).as_posix()

    @property
    def files(self) -> list[Path]:
        """The files to check."""
        return _python_files(self.path) if self.path.is_dir() else [self.path]

    @property
    def golden(self) -> Path:
        """Where the complete findings are kept."""
        return self.path / "findings.txt" if self.path.is_dir() else self.path.with_suffix(".txt")

    @property
    def fixed(self) -> Path:
        """Where the file is kept as ``fix`` makes it."""
        return self.path.with_name(self.path.name.replace("bad", "fixed", 1))

    @property
    def must_find(self) -> bool:
        """Whether there must be a finding at all."""
        return not self.path.name.startswith(("good", "issues"))

    @property
    def runs_here(self) -> bool:
        """Whether this Python knows the syntax."""
        needed = _NEEDS_PYTHON.search(self.path.stem)
        return needed is None or sys.version_info >= (3, int(needed[1]))


class Expectation(NamedTuple):
    """One expected finding: where, of which rule, and what its message says."""

    path: Path
    line: int
    code: str
    column: int | None
    part: str

    def is_met_by(self, finding: Finding) -> bool:
        return (
            (self.path, self.line, self.code) == (Path(finding.path), finding.line, finding.code)
            and self.column in (None, finding.column)
            and self.part in finding.message
        )

    def __str__(self) -> str:
        column = "" if self.column is None else f":{self.column}"
        return f'{self.path.relative_to(FIXTURES)}:{self.line}{column}: {self.code} "…{self.part}…"'


def find_cases() -> list[Case]:
    """Every fixture, in a fixed order."""
    cases = []
    for folder in sorted(FIXTURES.iterdir()):
        if folder.is_dir():
            code = folder.name.partition("_")[0]
            files = [path for path in folder.glob("*.py*") if path.suffix in (".py", ".pyi") and not is_fixed(path)]
            projects = [path for path in folder.glob("project*") if path.is_dir()]
            cases += [Case(code, path) for path in sorted(files) + sorted(projects)]
    return cases


def is_fixed(path: Path) -> bool:
    """Whether a file is a golden of ``fix``."""
    return path.name.startswith("fixed")


def find_fix_cases() -> list[Case]:
    """The bad files of the rules that have a fixer."""
    return [
        case
        for case in find_cases()
        if case.path.name.startswith("bad") and case.path.suffix == ".py" and load_rules()[case.code].fixable
    ]


def run_fix(case: Case, content: bytes) -> FileResult:
    """What ``fix --unsafe-fixes`` for the case's rule makes of a content, as if it stood in the case's file."""
    settings = make_resolver(case).settings_for(case.path)
    return fix_content(str(case.path), content, settings, Wish(frozenset({case.code}), unsafe=True))


def format_refusals(result: FileResult) -> str:
    """The golden of the findings that stay."""
    return "".join(f"{item.finding.line}:{item.finding.column}: {item.reason}\n" for item in result.refused)


def run_case(case: Case) -> list[Finding]:
    """All findings of the case's rule in its files, and those about files that cannot be parsed."""
    resolver = make_resolver(case)
    findings: list[Finding] = []
    projects = Projects()
    for path in case.files:
        checked = check_content(str(path), path.read_bytes(), resolver.settings_for(path), projects)
        assert not checked.crashes, checked.crashes[0].traceback
        findings += checked.findings
    return findings


def make_resolver(case: Case) -> SettingsResolver:
    """The settings of a case: a project has its own, a file those at its head."""
    table: dict[str, Any] = {"select": [case.code], "extend-select": [_SYNTAX_ERROR]}
    if case.path.is_dir():
        return SettingsResolver(overrides=Overrides(table))
    return SettingsResolver(isolated=True, overrides=Overrides(table | _read_settings(case)))


def read_expectations(case: Case) -> list[Expectation]:
    """What the comments in the case's files expect."""
    found = []
    for path in case.files:
        for number, line in enumerate(_lines(path.read_bytes()), start=1):
            comment = _EXPECT.search(line)
            if comment is not None:
                found += _parse_expectations(path, number, comment)
    return found


def find_differences(findings: list[Finding], expectations: list[Expectation]) -> list[str]:
    """A line for each finding that nothing expects and for each expectation that nothing meets."""
    surplus = list(findings)
    differences = []
    # Those that say more first: what would meet them must not be used up by those that say little.
    for expectation in sorted(expectations, key=lambda one: (one.column is None, -len(one.part))):
        met = next((finding for finding in surplus if expectation.is_met_by(finding)), None)
        if met is None:
            differences.append(f"missing: {expectation}")
        else:
            surplus.remove(met)
    return differences + [f"surplus: {format_finding(finding, FIXTURES)}" for finding in surplus]


def format_finding(finding: Finding, folder: Path) -> str:
    """One line for a golden: all that a finding says, its path relative to a folder."""
    path = Path(finding.path).relative_to(folder).as_posix()
    place = f"{finding.line}:{finding.column}-{finding.end_line}:{finding.end_column}"
    fix = f" [{finding.fix} fix]" if finding.fix else ""
    hops = "".join(f"\n    {_shown(hop.path, folder)}:{hop.line} {hop.function}" for hop in finding.hops)
    return f"{path}:{place}: {finding.code} {finding.message}{fix}{hops}"


def _shown(path: str, folder: Path) -> str:
    """The path of a hop: in the fixture, else as it is."""
    absolute = Path(path).absolute()
    return absolute.relative_to(folder).as_posix() if absolute.is_relative_to(folder) else path


def format_findings(case: Case, findings: list[Finding]) -> str:
    """The golden of a case."""
    folder = case.path if case.path.is_dir() else case.path.parent
    return "".join(f"{format_finding(finding, folder)}\n" for finding in findings)


def _python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".pyi"))


def _lines(content: bytes) -> list[str]:
    """The lines for people's eyes of a file that perhaps cannot be decoded."""
    try:
        text = decode(content)
    except (SyntaxError, UnicodeDecodeError):
        text = content.replace(b"\0", b"").decode("latin-1")
    return _LINE_END.split(text)


def _read_settings(case: Case) -> dict[str, Any]:
    """The table of settings at the head of a file; options of the rule go into the rule's own table."""
    lines = []
    for line in _lines(case.path.read_bytes()):
        match = _SETTINGS.fullmatch(line)
        if match is None:
            break
        lines.append(match[1])
    table = tomllib.loads("\n".join(lines))
    rule = load_rules()[case.code]
    options = {key: table.pop(key) for key in list(table) if key.replace("-", "_") in rule.options.__struct_fields__}
    return table | ({rule.name: options} if options else {})


def _parse_expectations(path: Path, number: int, comment: re.Match[str]) -> list[Expectation]:
    line = number + _OFFSETS[comment["where"]]
    found, at = [], 0
    for item in _ITEM.finditer(comment["list"]):
        assert item.start() == at, f"{path}:{number}: cannot read {comment['list'][at:]!r}"
        column = int(item["column"]) if item["column"] else None
        found.append(Expectation(path, line, item["code"], column, item["part"] or ""))
        at = item.end()
    assert found, f"{path}:{number}: no expectation in {comment[0]!r}"
    assert at == len(comment["list"]), f"{path}:{number}: cannot read {comment['list'][at:]!r}"
    return found
