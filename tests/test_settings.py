"""Settings: where they come from, what they may be, and what each mistake is called."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.configuration.selection import Selection, choose
from antipatterns.configuration.setting_flags import find_flags, make_overrides
from antipatterns.knowledge.excludes import DEFAULT_EXCLUDES
from antipatterns.rule import NoOptions, Rule, load_rules
from antipatterns.settings import Overrides, Settings, SettingsError, SettingsResolver

Limit = Annotated[int, msgspec.Meta(ge=1)]


class SizeOptions(msgspec.Struct, frozen=True, rename="kebab"):
    max_lines: Limit = 50
    max_lines_in_tests: Limit | None = None
    style: Literal["short", "long"] = "short"
    ratio: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5
    names: tuple[str, ...] = ()
    strict: bool = False
    table: dict[str, int] = msgspec.field(default_factory=dict)


class PairOptions(msgspec.Struct, frozen=True, rename="kebab"):
    low: int = 1
    high: int = 9

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("low must not be above high")


def _rule(code: str, name: str, *, on: bool = True, options: type[msgspec.Struct] = NoOptions) -> Rule:
    return Rule(f"rules.{name.replace('-', '_')}", code, on=on, options=options)


RULES = {
    rule.code: rule
    for rule in (
        _rule("AP003", "syntax-error"),
        _rule("AP002", "unused-suppression", on=False),
        _rule("AP101", "blocking-call-in-async"),
        _rule("AP109", "unbounded-concurrency", on=False),
        _rule("AP201", "bare-except"),
        _rule("AP202", "silent-except", options=PairOptions),
        _rule("AP501", "function-too-long", options=SizeOptions),
        _rule("AP701", "print-in-library", on=False),
    )
}
ON = {code for code, rule in RULES.items() if rule.on}


def _resolver(cwd: Path, *, config: Path | None = None, isolated: bool = False, **overrides: Any) -> SettingsResolver:
    table = {key.replace("_", "-"): value for key, value in overrides.items()}
    return SettingsResolver(config=config, isolated=isolated, overrides=Overrides(table), rules=RULES, cwd=cwd)


def _settings(tmp_path: Path, text: str, file: str = "a.py", **overrides: Any) -> Settings:
    (tmp_path / "pyproject.toml").write_text(text)
    return _resolver(tmp_path, **overrides).settings_for(tmp_path / file)


def _error(tmp_path: Path, text: str, **overrides: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        _settings(tmp_path, text, **overrides)
    message = str(caught.value)
    assert message.isprintable()
    return message


def _enabled(tmp_path: Path, text: str, file: str = "a.py", **overrides: Any) -> set[str]:
    return set(_settings(tmp_path, f"[tool.antipatterns]\n{text}", file, **overrides).enabled)


class TestWhere:
    def test_without_a_file_the_defaults_hold(self, tmp_path: Path) -> None:
        settings = _resolver(tmp_path).settings_for(tmp_path / "deep" / "a.py")
        assert settings.root == str(tmp_path)
        assert settings.enabled == ON
        assert settings.excludes[0].patterns == DEFAULT_EXCLUDES
        assert settings.respect_gitignore
        assert not settings.require_suppression_reason
        assert "stat" not in settings.blocking_categories
        assert "cpu" not in settings.blocking_categories
        assert len(settings.blocking_categories) == 11
        assert settings.domain_modules == ("domain", "domains", "entities", "domain_model")

    def test_nearest_wins_entirely(self, tmp_path: Path) -> None:
        inner = tmp_path / "pkg" / "inner"
        inner.mkdir(parents=True)
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nignore=['AP101']\nblocking=['a.b']")
        (tmp_path / "pkg" / "pyproject.toml").write_text("[tool.antipatterns]\nignore=['AP201']")
        resolver = _resolver(tmp_path)
        assert resolver.settings_for(tmp_path / "a.py").enabled == ON - {"AP101"}
        nested = resolver.settings_for(inner / "a.py")
        assert nested.enabled == ON - {"AP201"}
        assert nested.blocking == ()
        assert nested.root == str(tmp_path / "pkg")
        assert nested is resolver.settings_for(tmp_path / "pkg" / "b.py")
        assert nested is resolver.settings_in(inner)

    def test_a_pyproject_without_our_table_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nignore=['AP101']")
        (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname='antipatterns'")
        (tmp_path / "a" / "b" / "pyproject.toml").write_text("not toml, and not our business")
        settings = _resolver(tmp_path).settings_for(tmp_path / "a" / "b" / "c.py")
        assert settings.enabled == ON - {"AP101"}
        assert settings.root == str(tmp_path)

    def test_a_folder_with_the_name_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").mkdir()
        assert _resolver(tmp_path).settings_for(tmp_path / "a.py").enabled == ON

    def test_an_empty_table_counts(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nignore=['AP101']")
        (tmp_path / "a" / "pyproject.toml").write_text("[tool.antipatterns]")
        assert _resolver(tmp_path).settings_for(tmp_path / "a" / "b.py").enabled == ON

    def test_relative_paths_and_dots(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "pyproject.toml").write_text("[tool.antipatterns]\nignore=['AP101']")
        resolver = _resolver(tmp_path / "a" / "deep")
        assert resolver.settings_for(Path("x.py")).enabled == ON - {"AP101"}
        assert resolver.settings_for(Path("../../x.py")).enabled == ON
        assert resolver.settings_for(tmp_path / "b" / ".." / "a" / "x.py").root == str(tmp_path / "a")

    def test_isolated(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nbroken=1")
        assert _resolver(tmp_path, isolated=True).settings_for(tmp_path / "a.py").enabled == ON

    def test_config_file_with_top_level_keys(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nbroken=1")
        config = tmp_path / "etc" / "antipatterns.toml"
        config.parent.mkdir()
        config.write_text("ignore=['bare-except']\n[function-too-long]\nmax-lines=7")
        settings = _resolver(tmp_path, config=config).settings_for(tmp_path / "a.py")
        assert settings.enabled == ON - {"AP201"}
        assert settings.options_of(RULES["AP501"]).max_lines == 7
        assert settings.root == str(config.parent)

    def test_config_relative_and_with_our_table(self, tmp_path: Path) -> None:
        (tmp_path / "other.toml").write_text("[tool.antipatterns]\nselect=['AP2']")
        resolver = _resolver(tmp_path, config=Path("other.toml"))
        assert resolver.settings_for(Path("/elsewhere/a.py")).enabled == {"AP201", "AP202"}

    def test_can_be_sent_to_another_process(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nextend-select=['AP002']")
        resolver = SettingsResolver(cwd=tmp_path, overrides=Overrides({"ignore": ["AP101"]}))
        resolver.settings_for(tmp_path / "a.py")
        twin = pickle.loads(pickle.dumps(resolver))
        assert twin.settings_for(tmp_path / "a.py") == resolver.settings_for(tmp_path / "a.py")

    def test_real_rules_all_have_usable_options(self, tmp_path: Path) -> None:
        settings = SettingsResolver(cwd=tmp_path, isolated=True).settings_for(tmp_path / "a.py")
        for rule in load_rules().values():
            assert isinstance(settings.options_of(rule), rule.options)
        assert settings.enabled == {code for code, rule in load_rules().items() if rule.on}


class TestSelection:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("select=['AP2']", {"AP201", "AP202"}),
            ("select=['bare-except']", {"AP201"}),
            ("select=['ALL']", set(RULES)),
            ("select=[]", set()),
            ("select=['AP7']", {"AP701"}),
            ("extend-select=['print-in-library']", ON | {"AP701"}),
            ("extend-select=['AP1']", ON | {"AP109"}),
            ("ignore=['AP1']", ON - {"AP101"}),
            ("ignore=['AP1']\nextend-ignore=['AP201']", ON - {"AP101", "AP201"}),
            ("ignore=['ALL']", set()),
            ("select=['ALL']\nignore=['AP']", set()),
            ("select=['AP1']\nignore=['ALL']", {"AP101", "AP109"}),
            ("select=['AP101']\nignore=['AP1']", {"AP101"}),
            ("select=['AP1']\nignore=['AP101']", {"AP109"}),
            ("select=['AP101']\nignore=['AP101']", set()),
            ("select=['AP101']\nignore=['blocking-call-in-async']", set()),
            ("select=['AP1']\nignore=['AP10']", set()),
            ("select=['AP10']\nignore=['AP1']", {"AP101", "AP109"}),
            ("require-suppression-reason=true", ON | {"AP002"}),
            ("require-suppression-reason=true\nselect=['AP2']", {"AP002", "AP201", "AP202"}),
            ("require-suppression-reason=true\nignore=['AP002']", ON),
            ("require-suppression-reason=false", ON),
        ],
    )
    def test_in_a_file(self, tmp_path: Path, text: str, expected: set[str]) -> None:
        assert _enabled(tmp_path, text) == expected

    def test_command_line_select_replaces_all_of_the_file(self, tmp_path: Path) -> None:
        text = "select=['AP5']\nignore=['AP2']\nextend-select=['AP7']\nrequire-suppression-reason=true"
        assert _enabled(tmp_path, text, select=["AP2"]) == {"AP201", "AP202"}

    def test_command_line_ignore_is_added(self, tmp_path: Path) -> None:
        text = "select=['AP1', 'AP2']\nignore=['AP201']"
        assert _enabled(tmp_path, text, ignore=["AP109"]) == {"AP101", "AP202"}
        assert _enabled(tmp_path, text, extend_ignore=["AP1"], ignore=["silent-except"]) == set()

    def test_command_line_extend_select_comes_last(self, tmp_path: Path) -> None:
        assert _enabled(tmp_path, "ignore=['AP201']", extend_select=["AP2"]) == ON

    def test_none_is_not_given(self, tmp_path: Path) -> None:
        assert _enabled(tmp_path, "select=['AP2']", select=None, ignore=None) == {"AP201", "AP202"}
        assert _resolver(tmp_path, select=[], isolated=True).settings_for(Path("a.py")).enabled == set()

    @given(st.permutations(list(RULES)), st.data())
    def test_the_order_of_selectors_never_matters(self, codes: list[str], data: st.DataObject) -> None:
        selectors = [*codes, "ALL", "AP", "AP1", "AP2", "AP20", "bare-except"]
        wanted = data.draw(st.lists(st.sampled_from(selectors), max_size=5))
        unwanted = data.draw(st.lists(st.sampled_from(selectors), max_size=5))
        choice = choose(Selection(select=tuple(wanted), ignore=tuple(unwanted)), RULES)
        again = choose(Selection(select=tuple(wanted[::-1]), ignore=tuple(unwanted[::-1])), RULES)
        assert choice == again
        assert not choice.on & choice.off
        assert not choice.on & {code for code in RULES if code in unwanted}


class TestPerPath:
    TEXT = """
        ignore = ["AP501"]
        blocking = ["a.b"]
        [tool.antipatterns.function-too-long]
        max-lines = 40
        names = ["x"]
        [[tool.antipatterns.per-path]]
        paths = ["tests/**"]
        ignore = ["AP2"]
        extend-select = ["AP501", "print-in-library"]
        blocking = ["c.d"]
        function-too-long = {max-lines = 90}
        [[tool.antipatterns.per-path]]
        paths = ["tests/slow/"]
        extend-select = ["AP201"]
        [tool.antipatterns.per-path.function-too-long]
        max-lines = 99
    """

    def _of(self, tmp_path: Path, file: str, **overrides: Any) -> Settings:
        return _settings(tmp_path, "[tool.antipatterns]" + self.TEXT, file, **overrides)

    def test_later_entries_win(self, tmp_path: Path) -> None:
        plain = self._of(tmp_path, "src/a.py")
        assert plain.enabled == ON - {"AP501"}
        assert plain.blocking == ("a.b",)
        assert plain.options_of(RULES["AP501"]) == SizeOptions(max_lines=40, names=("x",))
        tests = self._of(tmp_path, "tests/a.py")
        assert tests.enabled == (ON - {"AP201", "AP202"}) | {"AP701"}
        assert tests.blocking == ("c.d",)
        assert tests.options_of(RULES["AP501"]) == SizeOptions(max_lines=90, names=("x",))
        slow = self._of(tmp_path, "tests/slow/deep/a.py")
        assert slow.enabled == tests.enabled | {"AP201"}
        assert slow.options_of(RULES["AP501"]).max_lines == 99

    def test_selection_of_a_path_is_below_the_command_line(self, tmp_path: Path) -> None:
        assert self._of(tmp_path, "tests/a.py", select=["AP101"]).enabled == {"AP101"}

    def test_what_a_path_ignores_stays_off(self, tmp_path: Path) -> None:
        assert self._of(tmp_path, "tests/a.py", select=["AP1", "AP201"]).enabled == {"AP101", "AP109"}
        assert self._of(tmp_path, "tests/slow/a.py", select=["AP201"]).enabled == {"AP201"}

    def test_overrides_win_over_paths_and_replace(self, tmp_path: Path) -> None:
        settings = self._of(tmp_path, "tests/a.py", blocking=["e"], function_too_long={"max-lines": 3})
        assert settings.blocking == ("e",)
        assert settings.options_of(RULES["AP501"]) == SizeOptions(max_lines=3, names=("x",))

    def test_settings_are_shared(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]" + self.TEXT)
        resolver = _resolver(tmp_path)
        assert resolver.settings_for(tmp_path / "tests/a.py") is resolver.settings_for(tmp_path / "tests/x/b.py")
        assert resolver.settings_for(tmp_path / "a.py") is resolver.settings_in(tmp_path / "x")

    @pytest.mark.parametrize(
        ("paths", "inside", "outside"),
        [
            (["tests"], ["tests/a.py", "x/tests/y/a.py"], ["a.py", "testsuite/a.py"]),
            (["/tests"], ["tests/a.py"], ["x/tests/a.py"]),
            (["*_test.py"], ["a_test.py", "x/b_test.py"], ["a.py", "test_a.py"]),
            (["src/*/tests/**"], ["src/a/tests/b/c.py"], ["src/tests/c.py"]),
            (["tests/", "!tests/unit/"], ["tests/a.py", "tests/x/a.py"], ["tests/unit/x/a.py"]),
            (["tests/**", "!conftest.py"], ["tests/a/b.py"], ["tests/a/conftest.py"]),
        ],
    )
    def test_patterns(self, tmp_path: Path, paths: list[str], inside: list[str], outside: list[str]) -> None:
        text = f"[[tool.antipatterns.per-path]]\npaths={paths}\nignore=['ALL']"
        for file in inside:
            assert _settings(tmp_path, text, file).enabled == set(), file
        for file in outside:
            assert _settings(tmp_path, text, file).enabled == ON, file

    def test_files_outside_of_the_folder_of_the_config(self, tmp_path: Path) -> None:
        config = tmp_path / "etc" / "x.toml"
        config.parent.mkdir()
        config.write_text("[[per-path]]\npaths=['tests']\nignore=['ALL']")
        resolver = _resolver(tmp_path, config=config)
        assert resolver.settings_for(tmp_path / "tests" / "a.py").enabled == set()
        assert resolver.settings_for(tmp_path / "src" / "a.py").enabled == ON


class TestExcludes:
    def _groups(self, settings: Settings) -> list[tuple[str, tuple[str, ...]]]:
        return [(group.folder, group.patterns) for group in settings.excludes]

    def test_of_the_file(self, tmp_path: Path) -> None:
        root = str(tmp_path)
        settings = _settings(tmp_path, "[tool.antipatterns]\nextend-exclude=['a/b']")
        assert self._groups(settings) == [(root, (*DEFAULT_EXCLUDES, "a/b"))]
        settings = _settings(tmp_path, "[tool.antipatterns]\nexclude=['a/b']\nrespect-gitignore=false")
        assert self._groups(settings) == [(root, ("a/b",))]
        assert not settings.respect_gitignore

    def test_of_the_command_line(self, tmp_path: Path) -> None:
        cwd = tmp_path / "x"
        cwd.mkdir()
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nexclude=['a']\nextend-exclude=['b']")
        given = _resolver(cwd, exclude=["c"], extend_exclude=["d"]).settings_in(cwd)
        assert self._groups(given) == [
            (str(cwd), ("c",)),
            (str(tmp_path), ("b",)),
            (str(cwd), ("d",)),
        ]


P = "pyproject.toml: tool.antipatterns"


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("ignroe=[]", f'{P}.ignroe: unknown key, did you mean "ignore"?'),
            ("zzzzzzzz=[]", f"{P}.zzzzzzzz: unknown key"),
            ('"a b\\nc"=1', f'{P}."a b\\nc": unknown key'),
            ("max_lines=3", f"{P}.max_lines: unknown key"),
            ("select='AP1'", f"{P}.select: expected list of non-empty str, got str"),
            ("select=[1]", f"{P}.select[0]: expected non-empty str, got int"),
            ("select=['AP1', '']", f'{P}.select[1]: expected non-empty str, got ""'),
            ("select=['AP210']", f'{P}.select: unknown rule "AP210", did you mean "AP201"?'),
            ("ignore=['bare-exept']", f'{P}.ignore: unknown rule "bare-exept", did you mean "bare-except"?'),
            ("ignore=['ap201']", f'{P}.ignore: unknown rule "ap201", did you mean "AP201"?'),
            ("extend-ignore=['']", f'{P}.extend-ignore[0]: expected non-empty str, got ""'),
            ("extend-select=['E501']", f'{P}.extend-select: unknown rule "E501", did you mean "AP501"?'),
            ("exclude={}", f"{P}.exclude: expected list of non-empty str, got table"),
            ("respect-gitignore='yes'", f"{P}.respect-gitignore: expected bool, got str"),
            ("respect-gitignore=1", f"{P}.respect-gitignore: expected bool, got int"),
            (
                "require-suppression-reason=[]",
                f"{P}.require-suppression-reason: expected bool, got empty list",
            ),
            ("blocking=['a b']", f'{P}.blocking[0]: expected dotted name, got "a b"'),
            ("offloaders=['a..b']", f'{P}.offloaders[0]: expected dotted name, got "a..b"'),
            ("non-blocking=[2001-01-01]", f"{P}.non-blocking[0]: expected dotted name, got date or time"),
            ("function-too-long=3", f"{P}.function-too-long: expected table, got int"),
            (
                "function-too-long.max-line=3",
                f'{P}.function-too-long.max-line: unknown key, did you mean "max-lines"?',
            ),
            (
                "function-too-long.max-lines='9'",
                f"{P}.function-too-long.max-lines: expected int >= 1, got str",
            ),
            (
                "function-too-long.max-lines=true",
                f"{P}.function-too-long.max-lines: expected int >= 1, got bool",
            ),
            ("function-too-long.max-lines=0", f"{P}.function-too-long.max-lines: expected int >= 1, got 0"),
            (
                "function-too-long.max-lines-in-tests=0",
                f"{P}.function-too-long.max-lines-in-tests: expected int >= 1, got 0",
            ),
            (
                "function-too-long.ratio=1.5",
                f"{P}.function-too-long.ratio: expected float >= 0 and <= 1, got 1.5",
            ),
            (
                "function-too-long.style='shorts'",
                (f'{P}.function-too-long.style: expected one of "short", "long", got "shorts", did you mean "short"?'),
            ),
            ("function-too-long.table=3", f"{P}.function-too-long.table: expected table, got int"),
            ("silent-except={low=10}", f"{P}.silent-except: low must not be above high"),
            ("bare-except.x=1", f"{P}.bare-except.x: unknown key"),
            (
                "per-path={}",
                f"{P}.per-path: expected array of tables [[tool.antipatterns.per-path]], got table",
            ),
            ("per-path=3", f"{P}.per-path: expected array of tables [[tool.antipatterns.per-path]], got int"),
            ("per-path=[3]", f"{P}.per-path[0]: expected table, got int"),
            ("per-path=[{}]", f"{P}.per-path[0].paths: expected list of one or more patterns, got nothing"),
            (
                "per-path=[{paths=[]}]",
                f"{P}.per-path[0].paths: expected list of one or more patterns, got empty list",
            ),
            (
                "per-path=[{paths=['a']},{paths=['a'],exclude=['b']}]",
                f"{P}.per-path[1].exclude: unknown key",
            ),
            (
                "per-path=[{paths=['a'],ignore=['AP999']}]",
                f'{P}.per-path[0].ignore: unknown rule "AP999", did you mean "AP109"?',
            ),
        ],
    )
    def test_one_line_names_file_key_and_what_was_expected(self, tmp_path: Path, text: str, message: str) -> None:
        assert _error(tmp_path, f"[tool.antipatterns]\n{text}") == message

    def test_unknown_category(self, tmp_path: Path) -> None:
        message = _error(tmp_path, "[tool.antipatterns]\nblocking-categories=['http','slep']")
        assert message.startswith(f'{P}.blocking-categories[1]: expected one of "sleep", "http",')
        assert message.endswith('got "slep", did you mean "sleep"?')

    @pytest.mark.parametrize("text", ["tool=3\n#antipatterns", "tool.antipatterns=3"])
    def test_not_a_table(self, tmp_path: Path, text: str) -> None:
        assert _error(tmp_path, text).endswith(": expected table, got int")

    def test_invalid_toml(self, tmp_path: Path) -> None:
        message = _error(tmp_path, "[tool.antipatterns]\n\nselect = [")
        assert message.startswith("pyproject.toml:3: invalid TOML: ")
        message = _error(tmp_path, "[tool.antipatterns]\nselect = = 3\n")
        assert message.startswith("pyproject.toml:2: invalid TOML: ")
        assert "at line" not in message

    def test_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_bytes(b"[tool.antipatterns]\n# caf\xe9\n")
        with pytest.raises(SettingsError, match=r"^pyproject\.toml:2: invalid TOML: not UTF-8 at byte 25$"):
            _resolver(tmp_path).settings_for(tmp_path / "a.py")

    def test_nested_too_deeply(self, tmp_path: Path) -> None:
        message = _error(tmp_path, "[tool.antipatterns]\nselect=" + "[" * 50_000)
        assert message == "pyproject.toml: invalid TOML: nested too deeply"

    def test_unreadable(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "read_bytes", refuse)
        assert _error(tmp_path, "[tool.antipatterns]") == "pyproject.toml: cannot read: Permission denied"

    def test_config_that_is_missing_a_folder_or_empty(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=r"^nope\.toml: cannot read: No such file or directory$"):
            _resolver(tmp_path, config=Path("nope.toml"))
        (tmp_path / "folder").mkdir()
        with pytest.raises(SettingsError, match=r"^folder: cannot read: Is a directory$"):
            _resolver(tmp_path, config=Path("folder"))
        (tmp_path / "pyproject.toml").write_text("[project]")
        with pytest.raises(
            SettingsError, match=r"^pyproject\.toml: expected a table \[tool\.antipatterns\], got none$"
        ):
            _resolver(tmp_path, config=Path("pyproject.toml"))

    def test_standalone_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text("selct=[]")
        with pytest.raises(SettingsError, match=r'^a\.toml: selct: unknown key, did you mean "select"\?$'):
            _resolver(tmp_path, config=Path("a.toml"))

    def test_a_file_elsewhere_is_shown_absolute(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\nx=1")
        with pytest.raises(SettingsError) as caught:
            _resolver(tmp_path / "sub").settings_for(tmp_path / "a.py")
        assert str(caught.value) == f"{tmp_path}/pyproject.toml: tool.antipatterns.x: unknown key"

    def test_command_line(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError) as caught:
            _resolver(tmp_path, select=["AP210"])
        assert str(caught.value) == 'command line: select: unknown rule "AP210", did you mean "AP201"?'

    def test_a_struct_may_refuse_what_layers_make_together(self, tmp_path: Path) -> None:
        message = _error(tmp_path, "[tool.antipatterns]\nsilent-except={high=3}", silent_except={"low": 5})
        assert message == f"{P}.silent-except: low must not be above high"

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        ),
        st.sampled_from(
            ["select", "blocking", "exclude", "function-too-long", "silent-except", "per-path", "x\ny", ""]
        ),
    )
    def test_any_value_is_taken_or_refused_in_one_line(self, value: object, key: str) -> None:
        message = ""
        try:
            SettingsResolver(overrides=Overrides({key: value}), rules=RULES, isolated=True)
        except SettingsError as error:
            message = str(error)
        assert message.isprintable()


class TestFlags:
    def test_scalars_and_lists_of_them(self) -> None:
        flags = {flag.name: flag for flag in find_flags(RULES)}
        assert len(flags) == len(find_flags(RULES))
        limit = flags["--antipatterns-function-too-long-max-lines"]
        assert (limit.kind, limit.default) == ("int", 50)
        assert limit.dest == "antipatterns_function_too_long_max_lines"
        assert limit.help == "AP501 function-too-long: max-lines, int >= 1"
        assert flags["--antipatterns-function-too-long-max-lines-in-tests"].kind == "int"
        assert flags["--antipatterns-function-too-long-ratio"].kind == "float"
        assert flags["--antipatterns-function-too-long-strict"].kind == "bool"
        assert flags["--antipatterns-function-too-long-style"].kind == "str"
        assert flags["--antipatterns-function-too-long-names"].kind == "list"
        assert "--antipatterns-function-too-long-table" not in flags
        assert flags["--antipatterns-blocking-categories"].kind == "list"
        assert flags["--antipatterns-domain-modules"].default[0] == "domain"
        assert "--antipatterns-exclude" not in flags

    def test_they_win_over_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text(
            "[tool.antipatterns]\nblocking=['a']\nfunction-too-long={max-lines=3,ratio=0.25}"
        )
        values = {
            "antipatterns_function_too_long_max_lines": "60",
            "antipatterns_function_too_long_strict": "true",
            "antipatterns_function_too_long_names": ["a", "b"],
            "antipatterns_function_too_long_style": None,
            "antipatterns_blocking": "x.y, z\nw",
            "max_line_length": 79,
        }
        overrides = make_overrides(values, find_flags(RULES), {"extend-select": ["AP7"]})
        settings = SettingsResolver(overrides=overrides, rules=RULES, cwd=tmp_path).settings_for(Path("a.py"))
        expected = SizeOptions(max_lines=60, ratio=0.25, strict=True, names=("a", "b"))
        assert settings.options_of(RULES["AP501"]) == expected
        assert settings.blocking == ("x.y", "z", "w")
        assert settings.enabled == ON | {"AP701"}

    def test_mistakes(self) -> None:
        overrides = make_overrides({"antipatterns_function_too_long_max_lines": "many"}, find_flags(RULES))
        with pytest.raises(SettingsError, match=r"^flake8: function-too-long\.max-lines: expected int >= 1, got str$"):
            SettingsResolver(overrides=overrides, rules=RULES)

    def test_nothing_given(self) -> None:
        assert make_overrides({}, find_flags(RULES)) == Overrides({}, "flake8")


def test_settings_can_be_hashed_as_json(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "[tool.antipatterns]" + TestPerPath.TEXT, "tests/a.py")
    encoded = msgspec.json.encode(settings, order="deterministic")
    assert json.loads(encoded)["rule-options"]["function-too-long"]["max-lines"] == 90
    assert sorted(json.loads(encoded)["enabled"]) == json.loads(encoded)["enabled"]


def test_importing_settings_is_cheap() -> None:
    code = "import sys, antipatterns.settings; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
    loaded = set(out.stdout.split())
    assert not loaded & {"pathspec", "difflib", "rich", "multiprocessing", "tomllib", "libcst", "flake8"}


def test_files_with_the_same_settings_share_one_object(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]" + TestPerPath.TEXT)
    folders = [tmp_path / f"{kind}/p{index}" for kind in ("src", "tests") for index in range(50)]
    for folder in folders:
        folder.mkdir(parents=True)
    files = [folder / f"m{index}.py" for folder in folders for index in range(20)]
    resolver = _resolver(tmp_path)
    assert len({id(resolver.settings_for(file)) for file in files}) == 2


def test_selecting_others_keeps_the_rule_about_files_that_cannot_be_parsed(tmp_path: Path) -> None:
    def enabled(**table: list[str]) -> frozenset[str]:
        resolver = SettingsResolver(isolated=True, overrides=Overrides(dict(table)), cwd=tmp_path)
        return resolver.settings_for(tmp_path / "a.py").enabled

    assert enabled(select=["AP201"]) == {"AP001", "AP201"}
    assert enabled(select=["AP201"], ignore=["AP001"]) == {"AP201"}
    assert "AP001" not in enabled(ignore=["syntax-error"])
