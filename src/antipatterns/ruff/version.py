"""Which version of ruff looks at a project: other versions run other rules by default."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antipatterns.knowledge.ruff_rules import Version

_PINNED = r"\s*(?:===?)?\s*v?(\d+(?:\.\d+)*)(?:\.\*)?\s*"
_LOWER_BOUND = r"\s*(?:>=?|~=)\s*v?(\d+(?:\.\d+)*)\s*"


def ruff_version(required: str) -> Version:
    """What ``required-version`` pins, else the version that is installed beside this tool if it is one of those meant.

    Where nothing is known it is the lowest that is allowed: it runs the fewest rules by default, and what ruff may
    not say is better said twice than never.
    """
    pinned = re.fullmatch(_PINNED, required)
    if pinned:
        return _split(pinned[1])
    bounds = [re.fullmatch(_LOWER_BOUND, item) for item in required.split(",")]
    lowest = max((_split(found[1]) for found in bounds if found), default=(0,))
    return max(lowest, _installed())


@cache
def _installed() -> Version:
    from importlib.metadata import PackageNotFoundError, version  # slow, and only asked for where the setting is on

    try:
        return _split(version("ruff"))
    except PackageNotFoundError:
        return (0,)


def _split(text: str) -> Version:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
