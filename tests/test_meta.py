"""What holds for all rules and for the code as a whole."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import readme_table
from fixture_runner import FIXTURES, Case, find_cases, find_fix_cases, make_resolver

from antipatterns import source as source_module
from antipatterns.check import check_content
from antipatterns.rule import Rule, load_rules
from antipatterns.settings import Overrides, Settings, SettingsResolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.finding import Finding

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "antipatterns"
SOURCES = sorted(PACKAGE.rglob("*.py"))
RULE_FILES = [
    path
    for path in (PACKAGE / "rules").rglob("*.py")
    if path.name != "__init__.py" and not path.name.endswith("_fix.py")
]
RULES = list(load_rules().values())
HEADINGS = ["What it finds", "Why it is bad", "Bad", "Good", "Fix safety", "Options", "Source"]
# Their bad code is no code, needs settings, or would fill pages.
BAD_IN_PROSE = {"AP001", "AP404", "AP501", "AP502", "AP503"}
# No comment can be read in a file that cannot be parsed.
NEVER_SILENCED = {"AP001"}

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


# --- Rules --------------------------------------------------------------------------------------------------


def test_each_rule_file_holds_one_rule_of_its_own_code() -> None:
    assert len(RULES) == len(RULE_FILES)
    assert len({rule.name for rule in RULES}) == len(RULES)


@each_rule
def test_code_belongs_to_the_family_of_its_folder(rule: Rule) -> None:
    assert re.fullmatch(r"AP\d{3}", rule.code)
    family = sys.modules[rule.module.rpartition(".")[0]].__doc__ or ""
    assert family.startswith(f"{rule.code[:3]}: ")


@each_rule
def test_module_is_named_after_the_bad_thing(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert not re.match(r"(no|avoid|check|use|missing-no)-", rule.name)


@each_rule
def test_page_has_its_headings_in_order(rule: Rule) -> None:
    assert list(sections(rule)) == HEADINGS
    assert all(sections(rule).values())


@each_rule
def test_summary_completes_the_readme_table(rule: Rule) -> None:
    assert rule.summary.startswith("Allow ")
    assert rule.summary.endswith(".")
    assert "\n" not in rule.page.partition("\n\n")[0]
    assert len(rule.summary) <= 110


@each_rule
def test_bad_code_of_the_page_is_found(rule: Rule, tmp_path: Path) -> None:
    blocks = code_blocks(sections(rule)["Bad"])
    assert blocks or rule.code in BAD_IN_PROSE
    for block in blocks:
        assert rule.code in codes_found_in(block, tmp_path), block


@each_rule
def test_good_code_of_the_page_is_silent(rule: Rule, tmp_path: Path) -> None:
    blocks = code_blocks(sections(rule)["Good"])
    assert blocks
    for block in blocks:
        assert rule.code not in codes_found_in(block, tmp_path), block
        assert "AP001" not in codes_found_in(block, tmp_path), block


@each_rule
def test_page_names_each_option_and_no_other(rule: Rule) -> None:
    text = sections(rule)["Options"]
    own = {field.encode_name for field in msgspec.structs.fields(rule.options)}
    shared = {field.replace("_", "-") for field in Settings.__struct_fields__}
    named = set(re.findall(r"^(?:- )?``([a-z-]+)``", text, re.MULTILINE))
    assert own <= named
    assert named <= own | shared
    assert named or text == "None."


@each_rule
def test_options_have_the_defaults_that_the_page_tells(rule: Rule) -> None:
    for field in msgspec.structs.fields(rule.options):
        told = re.search(rf"``{field.encode_name}`` \((\w+), default:? ([^)]*)\)", sections(rule)["Options"], re.DOTALL)
        assert told is not None, f'{field.encode_name} needs "(type, default value)"'
        if isinstance(field.default, bool | int):
            assert told[2] == json.dumps(field.default)


@each_rule
def test_rule_has_fixtures(rule: Rule) -> None:
    folder = FIXTURES / f"{rule.code}_{rule.name.replace('-', '_')}"
    assert (folder / "bad.py").is_file()
    assert (folder / "good.py").is_file()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixable], ids=lambda rule: rule.code)
def test_fixable_is_proved(rule: Rule) -> None:
    cases = [case for case in find_fix_cases() if case.code == rule.code]
    assert any(case.fixed.is_file() for case in cases), "pytest --update-fixtures writes fixed.py"


def test_each_fixture_folder_belongs_to_a_rule() -> None:
    folders = {path.name for path in FIXTURES.iterdir() if path.is_dir()}
    assert folders == {f"{rule.code}_{rule.name.replace('-', '_')}" for rule in RULES}


@each_rule
def test_changelog_names_the_rule(rule: Rule) -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^- {rule.code} `{rule.name}`", text, re.MULTILINE)


def test_readme_table_is_fresh() -> None:
    assert readme_table.is_fresh(), f"run: {readme_table.COMMAND}"


def test_readme_table_has_a_row_for_each_rule() -> None:
    rows = readme_table.format_table().splitlines()[2:]
    assert [rule.code for rule in RULES] == [re.findall(r"AP\d{3}", row)[0] for row in rows]
    assert {row.count(" | ") for row in rows} == {4}


def test_readme_table_replaces_only_what_is_between_the_markers() -> None:
    text = "# A\n<!-- rules: begin -->\nold\n<!-- rules: end -->\nB\n"
    expected = f"# A\n<!-- rules: begin -->\n{readme_table.format_table()}<!-- rules: end -->\nB\n"
    assert readme_table.replace_table(text) == expected
    assert readme_table.replace_table(expected) == expected
    with pytest.raises(ValueError, match="needs the two lines"):
        readme_table.replace_table("# A\n")


def test_main_job_finds_every_rule_that_is_on() -> None:
    command = [
        sys.executable,
        "-m",
        "antipatterns",
        "check",
        "--isolated",
        "--output-format",
        "json",
        str(FIXTURES),
    ]
    run = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert run.returncode == 1, run.stderr
    found = {finding["code"] for finding in json.loads(run.stdout)}
    assert found == {rule.code for rule in RULES if rule.on}


SILENCEABLE = [
    pytest.param(case, id=str(case))
    for case in find_cases()
    if case.must_find and not case.path.is_dir() and case.runs_here and case.code not in NEVER_SILENCED
]


@pytest.mark.parametrize("case", SILENCEABLE)
def test_noqa_silences_every_finding(case: Case) -> None:
    settings = make_resolver(case).settings_for(case.path)
    content = case.path.read_bytes()
    found = check_content(str(case.path), content, settings).findings
    assert found
    silenced = with_noqa(content, found)
    left = check_content(str(case.path), silenced, settings).findings
    assert [finding.message for finding in left if finding.code in {one.code for one in found}] == []


def with_noqa(content: bytes, findings: tuple[Finding, ...]) -> bytes:
    """The file with a comment for each finding, on its last line."""
    parsed = source_module.parse_source("", content)
    lines = list(parsed.lines)
    codes: dict[int, set[str]] = {}
    for finding in findings:
        codes.setdefault(comment_line(parsed, finding), set()).add(finding.code)
    for number, wanted in codes.items():
        body = lines[number - 1].rstrip("\r\n")
        end = lines[number - 1][len(body) :]
        text = ",".join(sorted(wanted))
        already = re.sub(r"(# noqa: ?)(?=[A-Z])", rf"\g<1>{text},", body, count=1, flags=re.IGNORECASE)
        lines[number - 1] = (already if already != body else f"{body}  # noqa: {text}") + end
    encoding = "latin-1" if b"latin-1" in content else "utf-8"
    return "".join(lines).encode(encoding)


def comment_line(parsed: source_module.Source, finding: Finding) -> int:
    """The first line from the finding's end on that does not go on behind a backslash or inside a string."""
    number = finding.end_line
    while parsed.line_at(number).rstrip("\r\n").endswith("\\"):
        number += 1
    return number


# --- The code -----------------------------------------------------------------------------------------------

FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base"}
MOST_LINES = {"function": 50, "file": 400}

# Each line may import what stands on it and on the lines below it.
LAYERS = """
__main__
cli commands codemods flake8_plugin
fixers
report fix hosted
cache
check
rules
index
semantics.queries
blocking.sinks
semantics.exceptions semantics.exception_text semantics.loggers
facts
extraction semantics.import_uses semantics.usage blocking.readiness
semantics.annotations
semantics.call_results semantics.method_groups
semantics.class_fields
semantics.mutability semantics.defaults semantics.imported
file
semantics.iteration semantics.routes semantics.clients semantics.cancellation semantics.waiting semantics.filling
semantics.query_texts
semantics.replacing
semantics.reading
semantics.types semantics.reaching
project
semantics.nesting blocking.loop_code
blocking.libraries semantics.names semantics.lines_of_code semantics.control_flow semantics.suspension semantics.keeping
walk suppress
configuration.setting_flags
settings
ruff
configuration.config_file
configuration.selection configuration.gitignore
configuration.toml
configuration.table
outcome
rule source knowledge elsewhere semantics.targets
semantics.scope
finding workers
precomputed
__init__ blocking.__init__ configuration.__init__ semantics.__init__
"""
LEVELS = {name: level for level, line in enumerate(LAYERS.split("\n")) for name in line.split()}


@each_source
def test_file_is_named_for_what_it_is(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES


@each_source
def test_file_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring or not path.read_bytes()


@each_source
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "knowledge" not in path.parts:
        assert len(text.splitlines()) <= MOST_LINES["file"]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_LINES["function"], node.name


@each_source
def test_imports_go_downward_only(path: Path) -> None:
    place = place_in_layers(path)
    for module in sorted(imported_modules(path)):
        if module.split(".")[0] == "antipatterns":
            target = layer_of(module.split(".")[1:])
            target = "fixers" if target == "rules" and module.endswith("_fix") else target
            assert target in LEVELS, f"{target} has no place in LAYERS"
            assert LEVELS[place] <= LEVELS[target], f"{place} imports {target}"


@each_source
def test_only_some_files_know_some_packages(path: Path) -> None:
    packages = {module.partition(".")[0] for module in imported_modules(path)}
    relative = path.relative_to(PACKAGE)
    if relative.name != "flake8_plugin.py":
        assert "flake8" not in packages
    if relative.parts[0] not in ("fix", "codemods.py") and not relative.name.endswith("_fix.py"):
        assert "libcst" not in packages


def test_layers_name_what_there_is() -> None:
    paths = [path.relative_to(PACKAGE).with_suffix("") for path in SOURCES]
    there = {path.parts[0] for path in paths} | {".".join(path.parts) for path in paths}
    assert set(LEVELS) - {"fixers"} <= there


def test_an_upward_import_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "finding.py"
    path.write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from antipatterns.file import File\n"
        "else:\n    import antipatterns.rule\ndef f():\n    from antipatterns import check, REPOSITORY\n"
    )
    assert imported_modules(path) == {"typing", "antipatterns.rule", "antipatterns.check", "antipatterns"}


def test_the_plugin_loads_nothing_heavy() -> None:
    pytest.importorskip("antipatterns.flake8_plugin")
    script = textwrap.dedent(
        """
        import ast, sys
        import flake8.main.application, flake8.checker, flake8.plugins.pyflakes, pycodestyle

        before = set(sys.modules)
        from antipatterns.flake8_plugin import Plugin

        text = "import time\\nasync def f():\\n    time.sleep(1)\\ntry: f()\\nexcept: pass\\n"
        lines = text.splitlines(keepends=True)
        tree = ast.parse(text)
        found = list(Plugin(tree=tree, filename="made_up.py", lines=lines).run())
        assert {message[:5] for _, _, message, *_ in found} >= {"AP101", "AP201", "AP202"}, found
        print(*sorted(set(sys.modules) - before))
        """
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    loaded = run.stdout.split()
    assert "antipatterns.check" in loaded
    heavy = re.compile(
        r"(libcst|rich|grimp|multiprocessing|concurrent|pathspec|antipatterns\.(report|cli|commands|codemods|fix|workers))\b"
    )
    assert [module for module in loaded if heavy.match(module)] == []


def sections(rule: Rule) -> dict[str, str]:
    """The text below each heading of a page."""
    parts = re.split(r"^(.+)\n-+\n", rule.page, flags=re.MULTILINE)
    headings = re.findall(r"^(.+)\n(-+)\n", rule.page, flags=re.MULTILINE)
    assert all(len(heading) == len(line) for heading, line in headings)
    assert max(Counter(heading for heading, _ in headings).values()) == 1
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def code_blocks(text: str) -> list[str]:
    """The indented blocks behind ``::``."""
    blocks = re.split(r"^.*::\n", text, flags=re.MULTILINE)[1:]
    return [textwrap.dedent(re.split(r"\n(?=\S)", block)[0]).strip() + "\n" for block in blocks]


def codes_found_in(block: str, folder: Path) -> set[str]:
    """The codes that all rules together find in a block, in the files that comments on lines of their own name."""
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    parts = re.split(r"^# (\S+\.py)\n", block, flags=re.MULTILINE)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"page.py": block}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    resolver = SettingsResolver(isolated=True, overrides=Overrides({"select": ["ALL"]}))
    codes = set()
    for path in [folder / name for name in texts]:
        checked = check_content(str(path), path.read_bytes(), resolver.settings_for(path))
        assert not checked.crashes
        codes |= {finding.code for finding in checked.findings}
    return codes


def place_in_layers(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    if relative.name.endswith("_fix.py"):
        return "fixers"
    return layer_of(relative.with_suffix("").parts)


def layer_of(parts: Sequence[str]) -> str:
    """What stands for a module in LAYERS: its dotted path below the package, or the folder that it lies in."""
    dotted = ".".join(parts)
    known = (name for name in (dotted, f"{dotted}.__init__".lstrip(".")) if name in LEVELS)
    return next(known, parts[0] if parts else "")


def imported_modules(path: Path) -> set[str]:
    """The dotted names that a file imports when it runs, anywhere in it."""
    found: set[str] = set()
    for node in nodes_that_run(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "the package imports absolutely"
            module = node.module or ""
            names = [alias.name for alias in node.names]
            # "from antipatterns import check" names a module where there is one of that name.
            found.update(f"{module}.{name}" if is_module(f"{module}.{name}") else module for name in names)
    return found


def is_module(dotted: str) -> bool:
    package, *rest = dotted.split(".")
    path = PACKAGE.joinpath(*rest)
    return package == "antipatterns" and (path.with_suffix(".py").is_file() or path.is_dir())


def nodes_that_run(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes but those under ``if TYPE_CHECKING:``."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
