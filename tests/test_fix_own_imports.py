"""Where a new import goes when the project's own packages stand apart from those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from antipatterns.fix.fixer import Import
from antipatterns.fix.imports import TopOfModule
from antipatterns.source import parse_source

if TYPE_CHECKING:
    from pathlib import Path

APART = """import os

from attrs import (define)
from httpx import get

from shop import base
from shop.money import euro
"""
TOGETHER = "from attrs import (define)\nfrom shop import base\n"
OWN_ALONE = "import os\n\nfrom shop import base\n"


@pytest.mark.parametrize(
    ("text", "wanted", "line"),
    [
        (APART, Import("pydantic", "Field"), 5),
        (APART, Import("attrs", "field"), 4),
        (APART, Import("shop.settings", "TIMEOUT"), 8),
        (APART.replace("shop", "pallets"), Import("pydantic", "Field"), 8),
        (TOGETHER, Import("pydantic", "Field"), 2),
        (OWN_ALONE, Import("pydantic", "Field"), 3),
    ],
)
def test_line(tmp_path: Path, text: str, wanted: Import, line: int) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").touch()
    source = parse_source(str(package / "order.py"), text.encode())
    top = TopOfModule(source, "\n")
    top.add_imports([wanted])
    assert list(top.inserted) == [line]
