"""What rules about one file ask of others: the same answers at once and later, and from what is kept on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from antipatterns import cli
from antipatterns.fix.plan import Wish, fix_content
from antipatterns.settings import Overrides, SettingsResolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JOURNAL = "import logging\n\nlog = logging.getLogger(__name__)\n"
NO_LOGGER = "class Log:\n    def error(self, text):\n        raise RuntimeError(text)\n\n\nlog = Log()\n"
HANDLER = """from shop.journal import log


def sync(account):
    try:
        account.pull()
    except Exception:
        log.error("cannot sync")
"""
MODELS = "from pydantic import BaseModel\n\n\nclass Record(BaseModel):\n    pass\n"
ORDER = "from shop.models import Record\n\n\nclass Order(Record):\n    lines: list[str] = []\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANTIPATTERNS_CACHE_DIR", str(tmp_path / "cache"))
    for name, text in {
        "pyproject.toml": "[tool.antipatterns]\n",
        "shop/__init__.py": "",
        "shop/journal.py": JOURNAL,
        "shop/handler.py": HANDLER,
        "shop/models.py": MODELS,
        "shop/order.py": ORDER,
    }.items():
        write(tmp_path / "project" / name, text)
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """``check``: the codes of what it finds."""

    def run_here(*arguments: str) -> list[str]:
        capsys.readouterr()
        cli.main(["check", "-j1", "--quiet", *arguments])
        out, err = capsys.readouterr()
        assert not err
        return [line.split(" ")[1] for line in out.splitlines()]

    return run_here


BOTH = ["AP208", "AP302"]


@pytest.mark.parametrize("select", [(), ("--select", "AP208,AP302")], ids=["all rules", "rules about one file"])
def test_answers_are_kept_until_the_other_file_changes(
    tree: Path, run: Callable[..., list[str]], select: tuple[str, ...]
) -> None:
    assert run(*select) == run(*select) == BOTH
    write(tree / "shop/journal.py", NO_LOGGER)
    assert run(*select) == run(*select) == ["AP302"]
    write(tree / "shop/models.py", MODELS.replace("pydantic", "sqlmodels"))
    assert run(*select) == run(*select) == []
    (tree / "shop/models.py").unlink()
    write(tree / "shop/models/__init__.py", "from .records import Record\n")
    write(tree / "shop/models/records.py", MODELS)
    write(tree / "shop/journal.py", JOURNAL)
    assert run(*select) == run(*select) == BOTH


def test_a_file_by_itself_is_told_the_same(tree: Path, run: Callable[..., list[str]]) -> None:
    assert tree.is_dir()
    assert run("shop/handler.py", "shop/order.py") == BOTH
    assert run("--select", "AP208", "--no-cache", "shop/handler.py") == ["AP208"]
    assert run("-j2") == BOTH


def test_comment_for_a_finding_that_hangs_on_another_file_is_used(tree: Path, run: Callable[..., list[str]]) -> None:
    write(tree / "shop/handler.py", HANDLER.replace('sync")', 'sync")  # noqa: AP208'))
    options = ("--select", "AP002,AP208")
    assert run(*options) == []
    write(tree / "shop/journal.py", NO_LOGGER)
    assert run(*options) == run(*options, "--no-cache") == ["AP002"]


def mend(path: Path, code: str) -> str:
    settings = SettingsResolver(isolated=True, overrides=Overrides({"select": [code]})).settings_for(path)
    result = fix_content(str(path), path.read_bytes(), settings, Wish(frozenset({code}), unsafe=True))
    assert not result.refused
    return (result.content or b"").decode()


def test_fixes_know_what_other_files_say(tree: Path) -> None:
    assert mend(tree / "shop/handler.py", "AP208") == HANDLER.replace("log.error", "log.exception")
    fixed = "from pydantic import Field\n" + ORDER.replace("= []", "= Field(default_factory=list)")
    assert mend(tree / "shop/order.py", "AP302") == fixed
    write(tree / "shop/handler.py", HANDLER.replace('log.error("cannot sync")', "pass"))
    expected = HANDLER.replace('log.error("cannot sync")', 'log.exception("account.pull failed in sync")')
    assert mend(tree / "shop/handler.py", "AP202") == expected
