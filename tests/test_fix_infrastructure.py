"""AP401's fixer: imports that only annotations use go under ``if TYPE_CHECKING:``."""

from __future__ import annotations

from pathlib import Path

import pytest

from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.settings import Overrides, SettingsResolver


def fix(text: str, *, unsafe: bool = True, **options: bool) -> FileResult:
    table = {"select": ["AP401"], "infrastructure-import-in-domain": {"allow-type-only": True} | options}
    settings = SettingsResolver(isolated=True, overrides=Overrides(table)).settings_in(Path())
    return fix_content("shop/domain/a.py", text.encode(), settings, Wish(frozenset({"AP401"}), unsafe))


def fixed(text: str) -> str:
    result = fix(text)
    assert not result.refused, result.refused[0].reason
    assert result.content is not None
    return result.content.decode()


FUTURE = "from __future__ import annotations\n\n"
USE = "\n\ndef f(x: requests.Session): ...\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import requests\n", "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import requests\n"),
        (
            "import os\n\nimport requests  # why\n",
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import requests  # why\n",
        ),
        (
            "from typing import Any\n\nimport requests\n\nfrom . import x\n",
            "from typing import TYPE_CHECKING, Any\n\nfrom . import x\n\nif TYPE_CHECKING:\n    import requests\n",
        ),
        (
            "from typing import TYPE_CHECKING\n\nimport requests\n\nif TYPE_CHECKING:\n    import zlib\n",
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import zlib\n\n    import requests\n",
        ),
        (
            "import typing\n\nimport requests\n",
            "import typing\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import requests\n",
        ),
        (
            "import typing\n\nimport requests\n\nif typing.TYPE_CHECKING:\n    import redis\n",
            "import typing\n\nif typing.TYPE_CHECKING:\n    import redis\n    import requests\n",
        ),
    ],
)
def test_moves(before: str, after: str) -> None:
    assert fixed(FUTURE + before + USE) == FUTURE + after + USE


def test_several_lines_move_together() -> None:
    text = "from requests import (\n    Session,  # one\n\n    Response as R,\n)\n"
    assert fixed(f"{FUTURE}{text}\n\ndef f(x: Session) -> R: ...\n") == (
        f"{FUTURE}from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
        "    from requests import (\n        Session,  # one\n\n        Response as R,\n    )\n"
        "\n\ndef f(x: Session) -> R: ...\n"
    )


def test_several_imports_move_together() -> None:
    text = f"{FUTURE}import redis\nimport requests\nfrom httpx import Client\n{USE}\n\ny: redis.Redis\nz: Client\n"
    assert fixed(text) == (
        f"{FUTURE}from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import redis\n    import requests\n"
        f"    from httpx import Client\n{USE}\n\ny: redis.Redis\nz: Client\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{FUTURE}import requests\n\nx = requests\n", "its names are not used in annotations alone"),
        (f"{FUTURE}import requests\n", "its names are not used in annotations alone"),
        (f"{FUTURE}import requests\n__all__ = ['requests']{USE}", "its names are not used in annotations alone"),
        (f"import requests{USE}", "annotations are evaluated here"),
        (f"{FUTURE}from requests import *\n", "it imports everything"),
        (f"{FUTURE}import requests; x = 1{USE}", "other statements stand on its line"),
        (f"{FUTURE}if x:\n    import requests{USE}", "it is not an import of its own at the top of the module"),
        (f"{FUTURE}try:\n    import requests\nfinally: x{USE}", "it is not an import of its own at the top"),
        (f"{FUTURE}import pydantic\nimport requests{USE}", "pydantic reads annotations while the program runs"),
        (f"{FUTURE}TYPE_CHECKING = 0\nimport requests{USE}", "the name TYPE_CHECKING means something else here"),
        (
            f"{FUTURE}import typing\nimport requests{USE}typing.get_type_hints(f)\n",
            "the module reads annotations while the program runs",
        ),
        (
            f"{FUTURE}import requests\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: requests.A\n",
            "its names are not used in annotations alone",
        ),
    ],
)
def test_refusals(text: str, reason: str) -> None:
    result = fix(text)
    assert result.content is None
    assert [item.reason.startswith(reason) for item in result.refused] == [True]


def test_not_where_type_only_imports_count_too() -> None:
    (refused,) = fix(f"{FUTURE}import requests\n{USE}", **{"allow-type-only": False}).refused
    assert refused.reason == "type-only imports count too; set allow-type-only to allow them"


def test_it_is_unsafe() -> None:
    assert fix(f"{FUTURE}import requests\n{USE}", unsafe=False).content is None
    assert len(fix(f"{FUTURE}import requests\n{USE}", unsafe=False).left) == 1


def test_quoted_annotations_need_no_future() -> None:
    assert fixed('import requests\n\n\ndef f(x: "requests.Session"): ...\n') == (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import requests\n"
        '\n\ndef f(x: "requests.Session"): ...\n'
    )


def test_the_module_still_runs() -> None:
    text = fixed(f"{FUTURE}import typing\nimport requests as not_there{USE.replace('requests', 'not_there')}")
    names: dict[str, object] = {}
    exec(compile(text, "program", "exec"), names)
    assert callable(names["f"])
    assert "not_there" not in names
