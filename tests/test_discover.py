"""Discovery: which files are found, and that ``.gitignore`` files mean to it what they mean to git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from antipatterns.configuration.gitignore import Patterns, parse_line, read_lines
from antipatterns.project.discover import DiscoveryError, Problem, discover_files
from antipatterns.settings import Overrides, SettingsResolver

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "HOME": "/nonexistent",
    "XDG_CONFIG_HOME": "/nonexistent",
    "PATH": os.environ["PATH"],
}
NO_EXCLUDES = Overrides({"exclude": []})
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def _make(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _write(root: Path, file: str, *lines: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, env=GIT, check=True)
    return os.fsdecode(done.stdout)


def _found(cwd: Path, *paths: str | Path, overrides: Overrides | None = None) -> list[str]:
    resolver = SettingsResolver(cwd=cwd, overrides=overrides, rules={})
    discovery = discover_files(paths or ["."], resolver, cwd)
    assert not discovery.problems
    for file in discovery.files:
        assert file.path.is_absolute()
        assert file.path == cwd / file.display
    return [file.display for file in discovery.files]


class TestPaths:
    def test_python_files_in_order(self, tmp_path: Path) -> None:
        _make(
            tmp_path,
            "b.py",
            "a/z.pyi",
            "a.py",
            "a/x.txt",
            "script",
            "c.pyc",
            "d.PY",
            "a/.hidden.py",
            "x.py/y.py",
        )
        assert _found(tmp_path) == ["a.py", "a/.hidden.py", "a/z.pyi", "b.py", "x.py/y.py"]

    def test_a_given_file_is_always_taken(self, tmp_path: Path) -> None:
        _make(tmp_path, "script", "build/a.py", "ignored.py", "b.py")
        _write(tmp_path, ".gitignore", "ignored.py")
        assert _found(tmp_path, "script", "build/a.py", "ignored.py") == [
            "build/a.py",
            "ignored.py",
            "script",
        ]

    def test_doubles_are_dropped(self, tmp_path: Path) -> None:
        _make(tmp_path, "a/b/c.py", "a/d.py")
        assert _found(tmp_path, "a/b", "a", tmp_path / "a" / "b" / "c.py", "a/./b/../d.py", ".") == [
            "a/b/c.py",
            "a/d.py",
        ]

    def test_paths_outside_of_the_working_directory_are_absolute(self, tmp_path: Path) -> None:
        _make(tmp_path, "in/a.py", "inside/b.py")
        assert _found(tmp_path / "in", "..") == [str(tmp_path / "inside/b.py"), "a.py"]

    @pytest.mark.parametrize("path", ["nope", "nope/a.py", "a.py/b.py", "new\nline", "nul\0"])
    def test_a_path_that_does_not_exist(self, tmp_path: Path, path: str) -> None:
        _make(tmp_path, "a.py")
        with pytest.raises(DiscoveryError) as caught:
            _found(tmp_path, "a.py", path)
        assert str(caught.value).isprintable()
        assert str(caught.value).startswith(repr(path)[1:-1])

    def test_message_of_a_missing_path(self, tmp_path: Path) -> None:
        with pytest.raises(DiscoveryError, match=r"^src/nope: no such file or folder$"):
            _found(tmp_path, "src/nope")

    def test_nothing(self, tmp_path: Path) -> None:
        assert _found(tmp_path) == []

    def test_unreadable_folder_is_a_problem(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        _make(tmp_path, "a/x.py", "b/y.py")
        scandir = os.scandir

        def refuse(path: str) -> object:
            if path.endswith("/a"):
                raise PermissionError(13, "Permission denied", path)
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        discovery = discover_files(["."], SettingsResolver(cwd=tmp_path, rules={}), tmp_path)
        assert [file.display for file in discovery.files] == ["b/y.py"]
        assert discovery.problems == (Problem("a", "Permission denied"),)

    def test_names_that_are_not_utf8(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"caf\xe9.py")
        _make(tmp_path, name, "line\nbreak.py")
        assert _found(tmp_path) == [name, "line\nbreak.py"]


class TestLinks:
    def test_files_are_followed_folders_are_not(self, tmp_path: Path) -> None:
        _make(tmp_path, "real/a.py")
        (tmp_path / "b.py").symlink_to("real/a.py")
        (tmp_path / "linked").symlink_to("real")
        (tmp_path / "folder.py").symlink_to("real")
        (tmp_path / "real" / "loop").symlink_to("..")
        (tmp_path / "broken.py").symlink_to("nowhere.py")
        (tmp_path / "circle.py").symlink_to("circle.py")
        assert _found(tmp_path) == ["b.py", "real/a.py"]

    def test_a_given_link_is_followed(self, tmp_path: Path) -> None:
        _make(tmp_path, "real/a.py")
        (tmp_path / "linked").symlink_to("real")
        assert _found(tmp_path, "linked") == ["linked/a.py"]

    def test_what_is_no_file_is_passed_over(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.py")
        assert _found(tmp_path) == []


class TestExcludes:
    def test_defaults(self, tmp_path: Path) -> None:
        folders = [
            ".venv",
            "venv",
            "node_modules",
            "build",
            "dist",
            ".git",
            "__pycache__",
            "site-packages",
            ".tox",
        ]
        _make(tmp_path, *(f"{folder}/a.py" for folder in folders), "src/build/b.py", "src/builder/c.py")
        assert _found(tmp_path) == ["src/builder/c.py"]

    def test_a_given_folder_is_walked_whatever_is_above(self, tmp_path: Path) -> None:
        _make(tmp_path, "venv/lib/site-packages/pkg/a.py", "venv/lib/site-packages/pkg/build/b.py")
        assert _found(tmp_path) == []
        assert _found(tmp_path, "venv/lib/site-packages") == ["venv/lib/site-packages/pkg/a.py"]
        assert _found(tmp_path / "venv/lib/site-packages") == ["pkg/a.py"]
        assert _found(tmp_path, "venv/lib/site-packages/pkg/build") == ["venv/lib/site-packages/pkg/build/b.py"]

    def test_of_the_settings(self, tmp_path: Path) -> None:
        _make(tmp_path, "a.py", "gen/b.py", "src/gen/c.py", "src/x_pb2.py", "src/data/d.py", "build/e.py")
        _write(
            tmp_path,
            "pyproject.toml",
            "[tool.antipatterns]",
            "extend-exclude=['/gen', '*_pb2.py', 'src/data']",
        )
        assert _found(tmp_path) == ["a.py", "src/gen/c.py"]
        assert _found(tmp_path, "src") == ["src/gen/c.py"]
        assert _found(tmp_path / "src") == ["gen/c.py"]
        assert _found(tmp_path, "gen", "src/data") == ["gen/b.py", "src/data/d.py"]
        _write(tmp_path, "pyproject.toml", "[tool.antipatterns]", "exclude=['gen']")
        assert _found(tmp_path) == ["a.py", "build/e.py", "src/data/d.py", "src/x_pb2.py"]

    def test_extend_exclude_may_let_through(self, tmp_path: Path) -> None:
        _make(tmp_path, "build/a.py", "dist/b.py")
        _write(tmp_path, "pyproject.toml", "[tool.antipatterns]", "extend-exclude=['!build']")
        assert _found(tmp_path) == ["build/a.py"]

    def test_each_tree_has_its_own(self, tmp_path: Path) -> None:
        _make(tmp_path, "one/x.py", "one/y.py", "two/x.py", "two/y.py")
        _write(tmp_path, "pyproject.toml", "[tool.antipatterns]", "exclude=['x.py']")
        _write(tmp_path, "two/pyproject.toml", "[tool.antipatterns]", "exclude=['/y.py']")
        assert _found(tmp_path) == ["one/y.py", "two/x.py"]

    def test_of_the_command_line_are_relative_to_the_working_directory(self, tmp_path: Path) -> None:
        _make(tmp_path, "a.py", "sub/a.py", "sub/b.py")
        overrides = Overrides({"extend-exclude": ["/a.py"]})
        assert _found(tmp_path / "sub", "..", overrides=overrides) == ["b.py"]
        assert _found(tmp_path, "sub", overrides=overrides) == ["sub/a.py", "sub/b.py"]

    def test_folder_names_that_begin_alike(self, tmp_path: Path) -> None:
        _make(tmp_path, "a/x.py", "ab/x.py", "ab/y.py")
        overrides = Overrides({"extend-exclude": ["/x.py"]})
        assert _found(tmp_path / "a", "../ab", overrides=overrides) == [str(tmp_path / "ab/y.py")]


class TestGitignore:
    def test_nested_and_negated(self, tmp_path: Path) -> None:
        _write(tmp_path, ".gitignore", "*.gen.py", "/top.py", "out/")
        _write(tmp_path, "pkg/.gitignore", "!keep.gen.py", "local.py")
        _make(tmp_path, "top.py", "a.gen.py", "pkg/top.py", "pkg/keep.gen.py", "pkg/b.gen.py", "pkg/local.py")
        _make(tmp_path, "local.py", "pkg/out/c.py", "out.py")
        assert _found(tmp_path) == ["local.py", "out.py", "pkg/keep.gen.py", "pkg/top.py"]
        assert _found(tmp_path / "pkg") == ["b.gen.py", "keep.gen.py", "out/c.py", "top.py"]

    def test_from_the_root_of_the_repository_down(self, tmp_path: Path) -> None:
        _write(tmp_path, ".gitignore", "outer.py")
        repository = tmp_path / "repo"
        (repository / ".git" / "info").mkdir(parents=True)
        _write(repository, ".git/info/exclude", "secret.py")
        _write(repository, ".gitignore", "src/gen.py", "/deep.py")
        _write(repository, "src/.gitignore", "local.py", "!secret.py")
        _make(
            repository,
            "src/gen.py",
            "src/a.py",
            "src/local.py",
            "src/x/local.py",
            "src/x/deep.py",
            "src/outer.py",
        )
        _make(repository, "secret.py", "src/secret.py")
        assert _found(repository / "src" / "x") == ["deep.py"]
        assert _found(repository, "src") == ["src/a.py", "src/outer.py", "src/secret.py", "src/x/deep.py"]
        assert "secret.py" not in _found(repository)
        assert "repo/src/outer.py" in _found(tmp_path)

    def test_outside_of_a_repository_from_the_root_of_the_settings(self, tmp_path: Path) -> None:
        _write(tmp_path, "pyproject.toml", "[tool.antipatterns]")
        _write(tmp_path, ".gitignore", "gen.py")
        _make(tmp_path, "src/gen.py", "src/a.py")
        assert _found(tmp_path, "src") == ["src/a.py"]
        assert _found(tmp_path / "src") == ["a.py"]

    def test_a_given_folder_that_is_ignored_is_walked(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        _write(tmp_path, ".gitignore", "env/", "*_gen.py")
        _write(tmp_path, "env/.gitignore", "*")
        _make(tmp_path, "env/lib/pkg/a.py", "env/lib/pkg/b_gen.py", "src/c_gen.py")
        assert _found(tmp_path) == []
        assert _found(tmp_path, "env/lib") == ["env/lib/pkg/a.py", "env/lib/pkg/b_gen.py"]
        assert _found(tmp_path, "src") == []

    def test_may_be_disregarded(self, tmp_path: Path) -> None:
        _write(tmp_path, ".gitignore", "a.py")
        _write(tmp_path, "pyproject.toml", "[tool.antipatterns]", "respect-gitignore=false")
        _make(tmp_path, "a.py")
        assert _found(tmp_path) == ["a.py"]

    def test_unreadable_ignore_file_is_a_problem(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        _write(tmp_path, ".gitignore", "a.py")
        _make(tmp_path, "a.py")

        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "read_bytes", refuse)
        discovery = discover_files(["."], SettingsResolver(cwd=tmp_path, rules={}), tmp_path)
        assert [file.display for file in discovery.files] == ["a.py"]
        assert discovery.problems == (Problem(".gitignore", "Permission denied"),)

    def test_odd_bytes(self, tmp_path: Path) -> None:
        (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbfa.py\r\nb.py\rc.py\n\xe9.py\nd\x0cd.py\nlast.py")
        _make(tmp_path, "a.py", "b.py", os.fsdecode(b"\xe9.py"), "d\x0cd.py", "last.py")
        assert _found(tmp_path) == ["b.py"]

    @needs_git
    def test_worktrees_and_submodules(self, tmp_path: Path) -> None:
        main = tmp_path / "main"
        _make(main, "a.py")
        _git(tmp_path, "init", "-q", "main")
        _git(main, "add", ".")
        _git(main, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "x")
        _git(main, "worktree", "add", "-q", "../tree")
        (main / ".git" / "info" / "exclude").write_text("b.py\n")
        _make(tmp_path, "tree/b.py", "tree/c.py", "main/b.py")
        assert _found(tmp_path / "tree") == ["a.py", "c.py"]
        assert _found(tmp_path) == ["main/a.py", "tree/a.py", "tree/c.py"]
        _write(tmp_path, "tree/.git", "gitdir: /nowhere")
        assert _found(tmp_path / "tree") == ["a.py", "b.py", "c.py"]


SEGMENTS = st.sampled_from(
    [
        *(
            "a",
            "b",
            "ab",
            "foo",
            "*",
            "**",
            "?",
            "a*",
            "*b",
            "*.py",
            "a.py",
            "b.py",
            "*.p?",
            "[ab]",
            "[!a]",
            "[^a]b",
        ),
        *(
            "[a-b].py",
            "[]a]",
            "[a",
            "[[:alpha:]]",
            "[[:nope:]]",
            "[[:alpha:]b].py",
            "[[:]",
            "[]-a]",
            "[b-a]",
            "[a-]*",
        ),
        *(
            "a**b",
            "**a",
            "***",
            "\\a",
            "\\*",
            "a\\",
            "\\#a.py",
            "\\!a.py",
            "\\[x\\].py",
            "[\\]a]",
            "[a\\-b]*",
            "[/]",
        ),
        *("#a.py", "a b.py", "a ", "a\\ ", "a.py  ", "", ".", "é.py", "*[b].py", "a[/]b", "[!/]", "{a,b}"),
    ]
)
LINES = st.builds(
    lambda negated, lead, parts, tail: negated + lead + "/".join(parts) + tail,
    st.sampled_from(["", "", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(SEGMENTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "/**", " "]),
)
FILES = tuple(
    f"{folder}{name}"
    for folder in ("", "a/", "b/", "foo/", "a/b/", "a/foo/", "a/ab/b/")
    for name in ("a.py", "b.py", "ab.py", "aab.py", "[x].py", "a b.py", "#a.py", "!a.py")
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    _git(root, "init", "-q")
    _make(root, *FILES)
    return root


@needs_git
@examples(150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=5), st.lists(LINES, max_size=3), st.lists(LINES, max_size=2))
@example(["foo/**", "!foo/a.py"], [], [])
@example(["*.py"], ["!foo/"], [])
@example(["*", "!*/", "!*.py"], ["ab.py"], ["a.py"])
@example(["a/*", "!a/b"], ["*.py", "!a.py"], [])
@example(["/*", "!/a"], [], ["foo"])
def test_ignores_what_git_ignores(repository: Path, top: list[str], inner: list[str], exclude: list[str]) -> None:
    _write(repository, ".gitignore", *top)
    _write(repository, "a/.gitignore", *inner)
    _write(repository, ".git/info/exclude", *exclude)
    listed = _git(repository, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    expected = sorted(file for file in listed if file.endswith(".py"))
    assert _found(repository, overrides=NO_EXCLUDES) == expected


@needs_git
@examples(100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("ab*?[]!^-\\/.:# "), max_size=8), min_size=1, max_size=4))
def test_any_pattern_means_what_it_means_to_git(repository: Path, lines: list[str]) -> None:
    _write(repository, ".gitignore", *lines)
    _write(repository, "a/.gitignore")
    _write(repository, ".git/info/exclude")
    listed = _git(repository, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    expected = sorted(file for file in listed if file.endswith(".py"))
    assert _found(repository, overrides=NO_EXCLUDES) == expected


@given(st.binary(max_size=60))
def test_any_bytes_are_patterns(content: bytes) -> None:
    patterns = Patterns(read_lines(content))
    assert patterns.verdict("a/b.py", is_folder=False) in (True, False, None)


@pytest.mark.parametrize("line", ["", "# note", "/", "!", "!/", "   ", "#", "!  "])
def test_lines_without_a_pattern(line: str) -> None:
    assert parse_line(line) is None


def test_thousands_of_files_in_many_folders(tmp_path: Path) -> None:
    for package in range(150):
        folder = tmp_path / f"pkg{package}" / "sub"
        folder.mkdir(parents=True)
        for module in range(20):
            (folder / f"m{module}.py").touch()
    names = "__pycache__/ *.py[cod] *$py.class *.so build/ *.egg-info/ docs/_build/ /site !/pkg1 pkg2/sub/m1.py"
    _write(tmp_path, ".gitignore", *names.split())
    assert len(_found(tmp_path)) == 150 * 20 - 1
