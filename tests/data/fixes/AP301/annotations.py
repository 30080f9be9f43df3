from __future__ import annotations

import typing as t
from typing import Any, Dict, List, Optional, TypeVar, Union

T = TypeVar("T")
Maybe = Optional[List[int]]
Names = List[str]


def widened(
    a: list = [],
    b: list[int] = [],
    c: "list[int]" = [],
    d: 'Dict[str, "int"]' = {},
    e: t.List[int] = [],
    f: Union[List[int], Dict[int, int]] = [],
    g: List[int] | Dict[int, int] = [],
    h: Names = [],
    *,
    i:set[int]=set(),
):
    return a, b, c, d, e, f, g, h, i


def admits_none(
    a: Optional[list] = [],  # refused: annotation already gives None a meaning
    b: list | None = [],  # refused: annotation already gives None a meaning
    c: Union[list, None] = [],  # refused: annotation already gives None a meaning
    d: Any = [],  # refused: annotation already gives None a meaning
    e: object = [],  # refused: annotation already gives None a meaning
    f: T = [],  # refused: annotation already gives None a meaning
    g: Maybe = [],  # refused: annotation already gives None a meaning
    h: "Optional[list]" = [],  # refused: annotation already gives None a meaning
    i: t.Annotated[list, 1] = [],  # refused: annotation already gives None a meaning
    j: t.Optional["list"] = [],  # refused: annotation already gives None a meaning
):
    return a, b, c, d, e, f, g, h, i, j


def no_type(
    a: "a list of things" = [],  # refused: annotation is not plainly a type
    b: [int] = [],  # refused: annotation is not plainly a type
    c: print("x") = [],  # refused: annotation is not plainly a type
    d: "list" "[int]" = [],  # refused: annotation is not plainly a type
):
    return a, b, c, d
