"""A fix that changes several statements of a file: all or none, every other byte as it was, the same program."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.settings import Overrides, SettingsResolver

if TYPE_CHECKING:
    from pathlib import Path

ORDER = '''# coding: utf-8
"""Orders."""
import os
from shop.customer import Customer, find  # who orders

__version__ = "1"


def owner(number):
    """Tell who."""
    return find(number)


class Order:
    number = 1 ;  text = "ä"

    def customer(self):
    \treturn Customer(self.number),   Customer

    def other(self):  return self.number


print("imported", os.sep)
'''
CUSTOMER = """import sys

import shop.order

ORDERS = vars(sys.modules["shop.order"])


class Customer:
    def __init__(self, number):
        self.number = number


def find(number):
    return [Customer(number).number, ORDERS["Order"].number]
"""
RUN = "import shop.order as o; print(o.owner(3), o.Order().customer()[0].number, o.Order().other(), o.__version__)"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.antipatterns]\n")
    (tmp_path / "shop/__init__.py").write_text("")
    (tmp_path / "shop/order.py").write_text(ORDER, encoding="utf-8")
    (tmp_path / "shop/customer.py").write_text(CUSTOMER)
    return tmp_path


def fix(path: Path, *codes: str) -> FileResult:
    codes = codes or ("AP403",)
    settings = SettingsResolver(isolated=True, overrides=Overrides({"select": list(codes)})).settings_for(path)
    return fix_content(str(path), path.read_bytes(), settings, Wish(frozenset(codes), unsafe=True))


def run(tree: Path, program: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-c", program], cwd=tree, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("is_complete", [True, False])
def test_all_else_stays_as_it_was(tree: Path, newline: str, is_complete: bool) -> None:
    path = tree / "shop/order.py"
    text = ORDER if is_complete else ORDER.rstrip("\n")
    path.write_bytes(text.replace("\n", newline).encode())
    expected = (
        text.replace("from shop.customer import Customer, find  # who orders\n", "")
        .replace('who."""\n', 'who."""\n    from shop.customer import find  # who orders\n\n')
        .replace("    \treturn C", "    \tfrom shop.customer import Customer\n\n    \treturn C")
    )
    result = fix(path)
    assert result.content is not None
    assert result.content.decode() == expected.replace("\n", newline)


@pytest.mark.parametrize("comment", ["  # noqa: E402", "  # noqa: E402, F401", "  # noqa: F401"])
def test_nothing_tells_of_an_import_at_the_bottom(tree: Path, comment: str) -> None:
    """paramiko 5.1.0 and websockets 17.4 end modules with imports that linters want at the top."""
    path = tree / "shop/order.py"
    statement = "from shop.customer import Customer, find"
    text = ORDER.replace(f"{statement}  # who orders\n", "")
    path.write_text(f"{text}\n\n{statement}{comment}\n", encoding="utf-8")
    comment = comment.replace(" E402,", "").replace("  # noqa: E402", "")
    expected = text.replace('who."""\n', f'who."""\n    from shop.customer import find{comment}\n\n').replace(
        "    \treturn C", "    \tfrom shop.customer import Customer\n\n    \treturn C"
    )
    assert (fix(path).content or b"").decode() == expected


def test_program_does_the_same_and_can_be_imported_from_either_end(tree: Path) -> None:
    path = tree / "shop/order.py"
    result = fix(path)
    assert result.content is not None
    before = run(tree, RUN)
    assert before[0] == 0
    path.write_bytes(result.content)
    assert run(tree, RUN) == run(tree, f"import shop.customer; {RUN}") == before
    assert fix(path) == FileResult(str(path))


def test_nothing_changes_where_one_of_the_statements_cannot(tree: Path) -> None:
    path = tree / "shop/order.py"
    path.write_text(ORDER.replace("return self.number", "return find(self.number)"), encoding="utf-8")
    result = fix(path)
    assert result.content is None
    assert [item.reason for item in result.refused] == [
        "other() has no body of its own lines, or libcst cannot parse it"
    ]


def test_fixes_of_the_same_statements_are_made_one_after_the_other(tree: Path) -> None:
    path = tree / "shop/order.py"
    text = ORDER.replace("def owner(number):", "def owner(number, seen=[]):")
    path.write_text(text, encoding="utf-8")
    content = (fix(path, "AP301", "AP403").content or b"").decode()
    assert "seen=None" in content
    assert "    from shop.customer import find  # who orders\n" in content


@pytest.mark.parametrize(
    "other",
    [
        "from shop.order import Customer\n",
        "from shop.order import *\n\nprint(Customer)\n",
        "from shop import order\n\nprint(order.Customer)\n",
        "from unittest.mock import patch\n\npatch('shop.order.find')\n",
    ],
)
def test_names_that_others_take_from_the_module_stay(tree: Path, other: str) -> None:
    (tree / "tests.py").write_text(other)
    result = fix(tree / "shop/order.py")
    assert result.content is None
    assert "tests" in result.refused[0].reason
