"""The fixer of mutable defaults of fields: what it writes runs, and each instance has its own value."""

from __future__ import annotations

from typing import Any

import pytest
from fix_goldens import fix, fix_text

HEADS = {
    "dataclass": "from dataclasses import dataclass\n\n@dataclass\nclass A:\n",
    "module": "import dataclasses\n\n@dataclasses.dataclass(frozen=True)\nclass A:\n",
    "msgspec": "import msgspec\n\nclass A(msgspec.Struct):\n",
}
IMPORTS = "import collections\n"
VALUES = [
    "[1, 2]",
    "{'a': [1]}",
    "{1}",
    "collections.deque()",
    "collections.defaultdict(list)",
    "[n for n in range(3)]",
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("value", VALUES)
def test_each_instance_has_its_own(head: str, value: str) -> None:
    text = fix_text(f"{IMPORTS}{head}    x: object = {value}\n", "AP302", unsafe=False)
    names: dict[str, Any] = {}
    exec(text, names)
    one, other = names["A"](), names["A"]()
    assert one.x == other.x == eval(value, names)
    assert one.x is not other.x


def test_the_value_is_found_in_the_class_as_before() -> None:
    text = fix_text(f"{HEADS['dataclass']}    list: list = []\n    x: object = []\n", "AP302")
    names: dict[str, Any] = {}
    exec(text, names)
    assert (names["A"]().list, names["A"]().x) == ([], [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("from typing import NamedTuple\n\nclass A(NamedTuple):\n    x: list = []\n", "has no factories"),
        (f"N = [1]\n{HEADS['dataclass']}    x: list = N\n", "may be shared on purpose"),
        (f"N = 1\n{HEADS['dataclass']}    x: list = [N]\n", "N may have another value later"),
        ("field = 1\n" + HEADS["dataclass"] + "    x: list = []\n", "the name field means something else"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    result = fix(text.encode(), "AP302")
    assert result.content is None
    assert [reason in item.reason for item in result.refused] == [True]


def test_a_json_schema_stays_but_for_unsafe_fixes() -> None:
    text = "from pydantic import BaseModel, Field\n\nclass A(BaseModel):\n    x: list = []\n"
    assert fix_text(text, "AP302", unsafe=False) == text
    assert "x: list = Field(default_factory=list)\n" in fix_text(text, "AP302")
