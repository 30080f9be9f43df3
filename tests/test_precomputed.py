"""What a start would have to load the whole program for is kept beside the byte code, and made anew when stale."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import antipatterns
from antipatterns import precomputed as module
from antipatterns.precomputed import precomputed
from antipatterns.rule import ListedRule, Rule, load_rules

if TYPE_CHECKING:
    from pathlib import Path


class Maker:
    """Counts how often it was asked."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.asked = 0

    def __call__(self) -> Any:
        self.asked += 1
        return self.value


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own, whose byte code may be kept."""
    (tmp_path / "rules" / "family").mkdir(parents=True)
    (tmp_path / "rules" / "family" / "one.py").write_text("1")
    monkeypatch.setattr(module, "_PACKAGE", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path


def kept_in(package: Path) -> list[Path]:
    return [path for path in package.rglob("__pycache__/*") if path.is_file()]


def test_the_value_is_made_once(package: Path) -> None:
    make = Maker({"a": [1, None, "ä"]})
    assert [precomputed("name", ("rules",), make) for _ in range(3)] == [make.value] * 3
    assert make.asked == 1
    (file,) = kept_in(package)
    assert file.name == f"name.{sys.implementation.cache_tag}.json"


@pytest.mark.parametrize("change", ["longer", "another", "removed", "renamed"])
def test_a_change_of_a_source_makes_it_anew(package: Path, change: str) -> None:
    source = package / "rules" / "family" / "one.py"
    make = Maker(1)
    precomputed("name", ("rules",), make)
    if change == "longer":
        source.write_text("1 + 1")
    elif change == "another":
        (package / "rules" / "two.py").write_text("")
    elif change == "removed":
        source.unlink()
    else:
        source.rename(source.with_name("other.py"))
    make.value = 2
    assert precomputed("name", ("rules",), make) == 2
    assert precomputed("name", ("rules",), make) == 2
    assert make.asked == 2


def test_another_version_makes_it_anew(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker(1)
    precomputed("name", ("rules",), make)
    monkeypatch.setattr(antipatterns, "__version__", "0.0.0.dev99")
    precomputed("name", ("rules",), make)
    assert make.asked == 2


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[1]", b"null", b"{}", b'{"stamp": 1}', b'{"stamp": []'])
def test_what_cannot_be_read_is_made_anew(package: Path, content: bytes) -> None:
    make = Maker([1])
    precomputed("name", ("rules",), make)
    (file,) = kept_in(package)
    file.write_bytes(content)
    assert precomputed("name", ("rules",), make) == [1]
    assert json.loads(file.read_bytes())["value"] == [1]


def test_nothing_is_kept_where_no_byte_code_is(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make = Maker(1)
    assert [precomputed("name", ("rules",), make) for _ in range(2)] == [1, 1]
    assert make.asked == 2
    assert kept_in(package) == []


def test_a_folder_that_cannot_be_written_costs_only_time(package: Path) -> None:
    (package / "__pycache__").write_text("in the way")
    make = Maker(1)
    assert [precomputed("name", ("rules",), make) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("rule", load_rules().values(), ids=str)
def test_the_list_says_what_the_rules_say(rule: Rule) -> None:
    loaded: Rule = importlib.import_module(rule.module).RULE
    assert isinstance(rule, ListedRule)
    for name in ("code", "module", "name", "on", "words", "severity", "wanted", "fixable", "options", "page", "url"):
        assert getattr(rule, name) == getattr(loaded, name), name
    assert rule.finds is loaded.finds


def test_a_warm_start_loads_only_the_rules_that_it_asks(tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("x = 1\n")
    script = (
        "import sys\nfrom antipatterns.cli import main\n"
        "main(['check', '--isolated', '--no-cache', '--quiet', 'empty.py'])\n"
        "print(*[name for name in sys.modules if name.startswith('antipatterns.rules.errors.')])\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "byte-code")
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert "antipatterns.rules.errors.bare_except" in runs[0]
    assert runs[1] == []
