"""``defer-to-ruff``: what ruff runs on a file is what ruff itself says, and what is left to it, it reports."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from antipatterns.check import View, check_content
from antipatterns.knowledge.ruff_rules import BLOCKING_CALLS, CATEGORIES, RUFF_RULES
from antipatterns.ruff import version
from antipatterns.ruff.deferral import Ruff
from antipatterns.ruff.globs import Glob, Globs
from antipatterns.rule import Rule, load_rules
from antipatterns.settings import Overrides, SettingsError, SettingsResolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RUFF = [sys.executable, "-m", "ruff"]
FIXTURES = Path(__file__).parent.parent / "fixtures"
RULES = list(load_rules().values())
# Each rule of ruff that this tool knows of reports something here.
ALL_BAD = """\
import asyncio, contextvars, logging, os, requests, subprocess, time
from dataclasses import dataclass
from datetime import datetime as dt
logger = logging.getLogger()
shared = contextvars.ContextVar("shared", default=[])
def f(x=[], y=os.getcwd()):
    try: f()
    except: pass
    try: f()
    except Exception: raise Exception("x")
    for _ in x:
        try: f()
        except Exception: continue
    try: f()
    finally: return dict.fromkeys(x, [])
@dataclass
class D:
    a: list = []
    b: dt = dt.now()
class E:
    a = []
async def g():
    asyncio.create_task(g())
    time.sleep(1), open("x"), input(), subprocess.run("x"), subprocess.Popen("x"), os.wait(), os.path.exists("x")
    requests.get("x")
    try: f()
    except Exception: logger.error("x")
"""


def run_ruff(*arguments: str | Path, cwd: Path) -> str:
    run = subprocess.run(
        [*RUFF, *map(str, arguments)], cwd=cwd, capture_output=True, check=False, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def run_ruff_check(*arguments: str | Path, cwd: Path) -> list[dict[str, Any]]:
    """What ruff finds: its objects."""
    shown = run_ruff("check", "--no-cache", "--exit-zero", "--output-format", "json", *arguments, cwd=cwd)
    found: list[dict[str, Any]] = json.loads(shown)
    return found


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


# --- The data -----------------------------------------------------------------------------------------------


def test_each_code_is_one_that_a_rule_names() -> None:
    assert {code for rule in RULES for code in rule.ruff} == set(RUFF_RULES)
    assert set(BLOCKING_CALLS.values()) == set(load_rules()["AP101"].ruff)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.ruff], ids=lambda rule: rule.code)
def test_page_says_what_is_left_to_ruff(rule: Rule) -> None:
    told = re.search(r"^- ``defer-to-ruff``: (.*?)(?=\n- |\n\n)", rule.page, re.MULTILINE | re.DOTALL)
    assert told is not None
    assert [code for code in rule.ruff if code not in told[1]] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.ruff], ids=lambda rule: rule.code)
def test_no_other_page_does(rule: Rule) -> None:
    assert "defer-to-ruff" not in rule.page


def test_names_categories_and_histories_are_those_of_ruff(tmp_path: Path) -> None:
    rules = json.loads(run_ruff("rule", "--all", "--output-format", "json", cwd=tmp_path))
    by_code = {rule["code"]: rule for rule in rules if rule["code"] in RUFF_RULES}
    assert {rule["category"] for rule in by_code.values()} == CATEGORIES
    for code, known in RUFF_RULES.items():
        rule = by_code[code]
        assert (known.name, known.category) == (rule["name"], rule["category"])
        since = tuple(map(int, rule["status"]["Stable"]["since"].removeprefix("v").split(".")))
        assert known.stable == (since[:2] if since >= (0, 1) else (0, 0)), code


# --- Which rules run: ruff's own word -----------------------------------------------------------------------

PLACES = ("a.py", "b.py", "sub/a.py", "sub/c.py", "sub/deep/x.py")


def assert_the_same(projects: Iterable[Path], top: Path) -> None:
    """Compare what ruff finds in each file, in one run for all projects, with what is said to run there."""
    found: dict[str, set[str]] = {}
    for finding in run_ruff_check(".", cwd=top):
        found.setdefault(finding["filename"], set()).add(finding["code"])
    for project in projects:
        ruff = Ruff(str(project))
        for place in PLACES:
            file = project / place
            real = found.get(str(file), set()) & set(RUFF_RULES)
            assert ruff.codes_for(file, project) == real, (place, *sorted(project.rglob("*.toml")))


def test_every_rule_is_seen_in_the_program(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": ALL_BAD, "ruff.toml": 'lint.select = ["ALL"]'})
    assert {finding["code"] for finding in run_ruff_check("a.py", cwd=tmp_path)} >= set(RUFF_RULES)


CONFIGURATIONS: dict[str, dict[str, str]] = {
    "none": {},
    "default": {"ruff.toml": "line-length = 100"},
    "select": {"ruff.toml": '[lint]\nselect = ["E", "B"]'},
    "B is not BLE": {"ruff.toml": 'lint.select = ["B", "S", "T", "A"]'},
    "all but some": {"ruff.toml": 'lint.select = ["ALL"]\nlint.ignore = ["B0", "RUF012", "ASYNC"]'},
    "more specific wins": {"ruff.toml": 'lint.select = ["B006", "S", "ASYNC2"]\nlint.ignore = ["B", "S1", "ASYNC251"]'},
    "ignore wins a tie": {"ruff.toml": 'lint.select = ["B006", "S11"]\nlint.ignore = ["B006", "S11"]'},
    "extend-select": {"ruff.toml": 'lint.extend-select = ["TRY"]\nlint.extend-ignore = ["TRY002"]'},
    "as it once was": {"ruff.toml": 'select = ["B"]\nextend-select = ["BLE"]\nextend-ignore = ["B9"]'},
    "both": {"ruff.toml": 'select = ["B"]\nignore = ["B9"]\n[lint]\nselect = ["S"]\nextend-select = ["B"]'},
    "renamed": {"ruff.toml": 'lint.select = ["TRY200"]'},
    "pyproject": {"pyproject.toml": '[tool.ruff.lint]\nselect = ["S110"]'},
    "pyproject about others": {"pyproject.toml": "[tool.black]", "sub/pyproject.toml": '[project]\nname = "ruff"'},
    "precedence": {
        ".ruff.toml": 'lint.select = ["B"]',
        "ruff.toml": 'lint.select = ["S"]',
        "pyproject.toml": '[tool.ruff.lint]\nselect = ["E"]',
    },
    "nearest": {"ruff.toml": 'lint.select = ["B"]', "sub/ruff.toml": "", "sub/deep/ruff.toml": 'lint.select = ["S"]'},
    "nearest pyproject with the table": {"ruff.toml": 'lint.select = ["B"]', "sub/pyproject.toml": "[tool.mypy]"},
    "extend": {
        "sub/ruff.toml": 'extend = "../base.toml"\nlint.ignore = ["B006"]\nlint.extend-select = ["S"]',
        "base.toml": 'extend = "lowest.toml"\nlint.extend-select = ["BLE"]',
        "lowest.toml": '[lint]\nselect = ["B"]\nignore = ["B9"]',
    },
    "extend and select anew": {
        "ruff.toml": 'extend = "pyproject.toml"\nlint.select = ["B"]',
        "pyproject.toml": '[tool.ruff]\n[tool.ruff.lint]\nselect = ["S"]\nignore = ["B006"]',
    },
    "ignore carried over": {
        "ruff.toml": 'extend = "base.toml"\nlint.select = ["B"]',
        "base.toml": 'lint.select = []\nlint.ignore = ["B006"]',
    },
    "per-file-ignores": {
        "ruff.toml": '[lint]\nselect = ["B", "S"]\n[lint.per-file-ignores]\n"sub/**" = ["B"]\n"!sub/*" = ["S"]\n'
        '"{a,b}.py" = ["B006"]\n[lint.extend-per-file-ignores]\n"**/deep/*" = ["ALL"]\n"[!a-b]*.py" = ["B9"]'
    },
    "per-file-ignores below": {
        "ruff.toml": 'extend = "sub/base.toml"\n[lint.extend-per-file-ignores]\n"b.py" = ["E"]',
        "sub/base.toml": '[lint.per-file-ignores]\n"a.py" = ["E722"]\n[lint.extend-per-file-ignores]\n"deep/*" = ["B"]',
    },
    "exclude": {"ruff.toml": 'exclude = ["sub"]'},
    "extend-exclude": {"ruff.toml": 'extend-exclude = ["deep", "b.py"]'},
    "exclude of a path": {"ruff.toml": 'exclude = ["sub/a.py", "sub/deep/**", "*/c.*"]'},
    "exclude of a folder with a file of its own": {"ruff.toml": 'exclude = ["sub"]', "sub/ruff.toml": ""},
    "lint.exclude": {"ruff.toml": 'lint.exclude = ["a.py", "deep"]'},
    "include": {"ruff.toml": 'include = ["sub/*.py"]'},
    "include of a name": {"ruff.toml": 'include = ["a.py"]\nextend-include = ["*/c.py"]'},
    "preview": {"ruff.toml": "preview = true"},
    "names and categories": {
        "ruff.toml": 'preview = true\nlint.select = ["suspicious", "raise-without-from-inside-except"]\n'
        'lint.ignore = ["ASYNC", "bare-except", "pedantic"]'
    },
    "explicit preview rules": {
        "ruff.toml": 'preview = true\nlint.explicit-preview-rules = true\nlint.select = ["ASYNC"]'
    },
    "preview below": {"ruff.toml": "preview = false\nlint.preview = true"},
}


def test_configurations_mean_what_ruff_says(tmp_path: Path) -> None:
    projects = []
    for number, files in enumerate(CONFIGURATIONS.values()):
        project = tmp_path / f"p{number}"
        write_files(project, {**dict.fromkeys(PLACES, ALL_BAD), **files})
        projects.append(project)
    assert_the_same(projects, tmp_path)


class Chance:
    """Makes up configurations."""

    SELECTORS = tuple("ALL E E7 E722 B B0 B006 B9 S S1 S110 BLE ASYNC ASYNC25 RUF RUF0 TRY TRY400 TRY200 F T C".split())  # noqa: SIM905 - many
    PATTERNS = ("*.py", "sub/*.py", "sub/**", "a.py", "**/b.py", "{a,b}.py", "sub", "su[a-c]/*", "[!a]*.py", "*", "b*")

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def items(self, options: tuple[str, ...]) -> str:
        return json.dumps(self.random.sample(options, self.random.randint(0, 3)))

    def lines(self, keys: str, options: tuple[str, ...], share: float) -> list[str]:
        return [f"{key} = {self.items(options)}" for key in keys.split() if self.random.random() < share]

    def file(self, extend: str = "") -> str:
        lines = [f'extend = "{extend}"'] if extend else []
        lines += self.lines("exclude extend-exclude include", self.PATTERNS, 0.15)
        lines += self.lines("select extend-select ignore extend-ignore", self.SELECTORS, 0.08)
        lines += ["[lint]", *self.lines("exclude", self.PATTERNS, 0.15)]
        lines += self.lines("select extend-select ignore extend-ignore", self.SELECTORS, 0.4)
        for table in ("per-file-ignores", "extend-per-file-ignores"):
            ignores = [f"'{self.random.choice(('', '!'))}{self.random.choice(self.PATTERNS)}'" for _ in "12"]
            lines += [f"[lint.{table}]", *self.lines(" ".join(dict.fromkeys(ignores)), self.SELECTORS, 0.3)]
        return "\n".join(lines)

    def files(self) -> dict[str, str]:
        files = {"ruff.toml": self.file("base.toml"), "base.toml": self.file()}
        return {**files, "sub/.ruff.toml": self.file()} if self.random.random() < 0.4 else files


@pytest.mark.parametrize("seed", range(3))
def test_made_up_configurations_mean_what_ruff_says(tmp_path: Path, seed: int) -> None:
    chance = Chance(seed)
    projects = [tmp_path / f"p{number}" for number in range(25)]
    for project in projects:
        write_files(project, {**dict.fromkeys(PLACES, ALL_BAD), **chance.files()})
    assert_the_same(projects, tmp_path)


@pytest.mark.parametrize(
    ("required", "installed", "expected"),
    [
        ("", (0,), (0,)),
        ("", (0, 17, 6), (0, 17, 6)),
        (">=0.9", (0,), (0, 9)),
        (">=0.9,<1", (0, 17, 6), (0, 17, 6)),
        ("~=0.16.2", (0, 9), (0, 16, 2)),
        ("==0.15.*", (0, 17), (0, 15)),
        ("0.15.4", (0, 17), (0, 15, 4)),
        ("<1", (0,), (0,)),
    ],
)
def test_version(
    monkeypatch: pytest.MonkeyPatch, required: str, installed: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    monkeypatch.setattr(version, "_installed", lambda: installed)
    assert version.ruff_version(required) == expected


def test_default_rules_of_older_versions_are_few(tmp_path: Path) -> None:
    write_files(tmp_path, {"ruff.toml": 'required-version = "==0.15.0"'})
    assert Ruff(str(tmp_path)).codes_for(tmp_path / "a.py", tmp_path) == {"E722"}
    write_files(tmp_path, {"ruff.toml": 'required-version = "==0.14.0"\nlint.select = ["ASYNC"]'})
    assert "ASYNC240" not in Ruff(str(tmp_path)).codes_for(tmp_path / "a.py", tmp_path)
    write_files(tmp_path, {"ruff.toml": 'preview = true\nrequired-version = "==0.14.0"\nlint.select = ["ASYNC"]'})
    assert "ASYNC240" in Ruff(str(tmp_path)).codes_for(tmp_path / "a.py", tmp_path)
    explicit = '[lint]\npreview = true\nexplicit-preview-rules = true\nselect = ["ASYNC", "ASYNC250"]'
    write_files(tmp_path, {"ruff.toml": f'required-version = "==0.14.0"\n{explicit}'})
    codes = Ruff(str(tmp_path)).codes_for(tmp_path / "a.py", tmp_path)
    assert "ASYNC250" in codes
    assert "ASYNC240" not in codes


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.py", "/p/x/a.py", True),
        ("x/*.py", "/p/x/y/a.py", True),
        ("x/?.py", "/p/x/a.py", True),
        ("**/x/a.py", "/p/x/a.py", True),
        ("x/**/a.py", "/p/x/a.py", True),
        ("x/**", "/p/x", False),
        ("../q/*.py", "/q/a.py", True),
        ("./x/../a.py", "/p/a.py", True),
        ("/p/*.py", "/p/a.py", True),
        ("a[.]py", "/p/a.py", True),
        ("[!a].py", "/p/a.py", False),
        ("[^a].py", "/p/b.py", True),
        (r"\*.py", "/p/a.py", False),
        ("{x,y}/{a,b}.py", "/p/y/b.py", True),
        ("x,y", "/p/x,y", True),
        ("A.py", "/p/a.py", False),
    ],
)
def test_patterns(pattern: str, path: str, *, matches: bool) -> None:
    assert Globs([Glob(pattern, "/p")]).matches(path) is matches


# --- What is left to ruff, it reports -----------------------------------------------------------------------


def test_what_is_left_to_ruff_it_reports() -> None:
    """Over all fixtures: each finding that names a code of ruff stands where ruff reports that code."""
    codes = ",".join(RUFF_RULES)
    reported: dict[tuple[str, str], list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    arguments = ("--isolated", "--ignore-noqa", "--target-version", "py313", "--select", codes, FIXTURES)
    for finding in run_ruff_check(*arguments, cwd=FIXTURES):
        start, end = ((finding[key]["row"], finding[key]["column"]) for key in ("location", "end_location"))
        reported.setdefault((finding["filename"], finding["code"]), []).append((start, end))
    resolver = SettingsResolver(isolated=True, overrides=Overrides({"select": ["ALL"]}))
    left = 0
    for path in sorted(FIXTURES.rglob("*.py")):
        content = path.read_bytes()
        if b"latin-1" in content[:80]:
            continue
        for found in check_content(str(path), content, resolver.settings_for(path), view=View.FILE).findings:
            assert set(found.ruff) <= set(load_rules()[found.code].ruff)
            for code in found.ruff:
                spans = reported.get((str(path), code), [])
                place = (found.line, found.column), (found.end_line, found.end_column)
                assert any(start <= place[1] and place[0] <= end for start, end in spans), (code, found)
                left += 1
    assert left > 400


@pytest.mark.parametrize("name", sorted(BLOCKING_CALLS))
def test_calls_that_block_are_known_to_this_tool_too(name: str) -> None:
    module, _, function = name.rpartition(".")
    imported = "" if module == "builtins" else f"import {module}\n"
    called = function if module == "builtins" else name
    text = f"{imported}async def f():\n    {called}('x')\n"
    settings = {"select": ["AP101"], "blocking-categories": ["sleep", "http", "subprocess", "file", "stat", "input"]}
    resolver = SettingsResolver(isolated=True, overrides=Overrides(settings))
    (found,) = check_content("a.py", text.encode(), resolver.settings_for(Path("a.py")), view=View.FILE).findings
    assert found.ruff == (BLOCKING_CALLS[name],)


# --- In the commands ----------------------------------------------------------------------------------------

BAD = "def f(x=[]):\n    try:\n        f()\n    except:\n        pass\n"
DEFER = "[tool.antipatterns]\ndefer-to-ruff = true\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: ruff runs E722 there, and this tool leaves it to it."""
    write_files(tmp_path, {"pyproject.toml": DEFER, "ruff.toml": 'lint.select = ["E722"]', "bad.py": BAD})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_antipatterns(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "antipatterns", *arguments]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")


def codes_of(*arguments: str) -> list[str]:
    run = run_antipatterns("check", *arguments)
    assert run.stderr == ""
    return re.findall(r"^\S+:\d+:\d+: (AP\d+) ", run.stdout, re.MULTILINE)


def test_check_leaves_to_ruff_what_it_reports(tree: Path) -> None:
    assert codes_of() == ["AP301", "AP202"]
    assert codes_of("--isolated", "--no-cache") == ["AP301", "AP201", "AP202"]
    assert codes_of("bad.py", "-j2", "--no-cache") == ["AP301", "AP202"]


def test_cached_outcomes_hang_on_the_configuration_of_ruff(tree: Path) -> None:
    assert codes_of() == ["AP301", "AP202"]
    (tree / "ruff.toml").write_text('lint.select = ["B006", "E722"]')
    assert codes_of() == ["AP202"]
    (tree / "ruff.toml").write_text('extend = "base.toml"')
    (tree / "base.toml").write_text('lint.select = ["S"]')
    assert codes_of() == ["AP301", "AP201"]
    (tree / "base.toml").write_text('lint.select = ["S"]\nlint.per-file-ignores = {"bad.py" = ["S110"]}')
    assert codes_of() == ["AP301", "AP201", "AP202"]


def test_fix_leaves_it_alone(tree: Path) -> None:
    (tree / "ruff.toml").write_text('lint.select = ["E722", "B006"]')
    run = run_antipatterns("fix", "--exit-zero")
    assert (run.returncode, run.stderr) == (0, "")
    assert (tree / "bad.py").read_text() == BAD


def test_a_file_that_ruff_cannot_read_is_not_left_to_it(tree: Path) -> None:
    text = "# coding: latin-1\nname = 'é'\n" + BAD
    (tree / "bad.py").write_bytes(text.encode("latin-1"))
    assert codes_of() == ["AP301", "AP201", "AP202"]


def test_a_comment_for_what_is_left_is_not_unused(tree: Path) -> None:
    (tree / "bad.py").write_text(BAD.replace("except:", "except:  # noqa: AP201 -- why"))
    assert codes_of("--extend-select", "AP002") == ["AP301", "AP202"]


def test_flake8_leaves_it_too(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.antipatterns]\n")

    def flake8(*arguments: str) -> list[str]:
        command = [sys.executable, "-m", "flake8", "--select", "AP", *arguments, "bad.py"]
        run = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
        assert run.stderr == ""
        return re.findall(r":\d+:\d+: (AP\d+) ", run.stdout)

    assert flake8() == ["AP301", "AP201", "AP202"]
    assert flake8("--antipatterns-defer-to-ruff", "true") == ["AP301", "AP202"]
    (tree / "pyproject.toml").write_text(DEFER)
    assert flake8() == ["AP301", "AP202"]
    assert flake8("--antipatterns-defer-to-ruff=false") == ["AP301", "AP201", "AP202"]


def test_rules_shows_what_is_left_to_ruff(tree: Path) -> None:
    lines = run_antipatterns("rules").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines if "left to it here" in line] == ["AP201"]
    assert any(line.endswith("[ruff: E722; left to it here: E722]") for line in lines)
    assert any(line.endswith("[ruff: B006]") for line in lines)
    rows = json.loads(run_antipatterns("rules", "--output-format", "json").stdout)
    assert {row["code"]: row["left_to_ruff"] for row in rows if row["left_to_ruff"]} == {"AP201": ["E722"]}
    assert {row["code"]: row["ruff"] for row in rows}["AP303"] == ["B008", "RUF009"]


WRONG = [
    ("[lint\n", "ruff.toml:1: invalid TOML: "),
    ("lint = 1", "ruff.toml: lint: expected table, got int"),
    ('lint.select = "E"', "ruff.toml: lint.select: expected list of str, got str"),
    ("lint.select = [1]", "ruff.toml: lint.select[0]: expected str, got int"),
    ("ignore = [1]", "ruff.toml: ignore[0]: expected str, got int"),
    ("preview = 1", "ruff.toml: preview: expected bool, got int"),
    ('lint.per-file-ignores = ["a"]', "ruff.toml: lint.per-file-ignores: expected table, got list"),
    ('lint.per-file-ignores = {"[a" = ["E"]}', 'ruff.toml: lint.per-file-ignores: not a pattern: "[a"'),
    ('exclude = ["{a"]', 'ruff.toml: exclude: not a pattern: "{a"'),
    ('extend = "none.toml"', 'ruff.toml: extend: no such file: "none.toml"'),
    ('extend = "ruff.toml"', "ruff.toml: extend: leads in a circle back to ruff.toml"),
    ('extend = "other.toml"', "other.toml: extend: leads in a circle back to ruff.toml"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[text for text, _ in WRONG])
def test_a_configuration_of_ruff_that_cannot_be_used_is_one_line(tree: Path, text: str, said: str) -> None:
    write_files(tree, {"ruff.toml": text, "other.toml": 'extend = "ruff.toml"'})
    resolver = SettingsResolver()
    with pytest.raises(SettingsError) as raised:
        resolver.settings_for(Path("bad.py"))
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


def test_a_configuration_that_cannot_be_used_ends_the_run(tree: Path) -> None:
    (tree / "ruff.toml").write_text("lint.select = 1")
    for arguments in (["check"], ["check", "-j2", "--no-cache"], ["fix"], ["rules"]):
        run = run_antipatterns(*arguments)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr == "antipatterns: error: ruff.toml: lint.select: expected list of str, got int\n"
    assert run_antipatterns("check", "--isolated", "--no-cache").returncode == 1
