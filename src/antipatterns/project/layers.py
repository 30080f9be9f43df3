"""What a project's settings forbid its modules to import: layers, independent parts, forbidden pairs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

import msgspec

_NAME = r"[^\W\d]\w*(\.[^\W\d]\w*)*"
_GROUP = rf"^{_NAME}( ?\| ?{_NAME})*$"
_ROW = rf"^{_NAME}(( ?\| ?{_NAME})*|( ?: ?{_NAME})*)$"
Row = Annotated[str, msgspec.Meta(pattern=_ROW, description='dotted names with " | " or " : " between them')]
Group = Annotated[str, msgspec.Meta(pattern=_GROUP, description='dotted names with " | " between them')]
Pair = Annotated[str, msgspec.Meta(pattern=rf"^{_NAME} ?-> ?{_NAME}$", description='"module -> module"')]
Dotted = Annotated[str, msgspec.Meta(pattern=rf"^{_NAME}$", description="dotted name")]
Parts = tuple[str, ...]


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from", "target": "to"}):
    """An import that breaks a rule on purpose: of a module or package, by another, and why."""

    source: Dotted
    target: Dotted
    reason: Annotated[str, msgspec.Meta(min_length=1)]


AllowedTable = Annotated[Allowed, msgspec.Meta(description="table of from, to and reason")]


class LayerOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The layers as they are set."""

    layers: tuple[Row, ...] = ()
    containers: tuple[Dotted, ...] = ()
    independent: tuple[Group, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    allow: tuple[AllowedTable, ...] = ()
    allow_indirect: bool = False


class Ban(NamedTuple):
    """What a module must not reach: any module in one of the ``targets``, each with why not.

    Chains end at what lies in ``bounds``: modules there answer for themselves.
    """

    targets: dict[Parts, str]
    bounds: tuple[Parts, ...]

    def reason_against(self, parts: Parts) -> str | None:
        """Why a module must not be reached, or None."""
        return next((reason for target, reason in self.targets.items() if is_below(parts, target)), None)

    def is_bound(self, parts: Parts) -> bool:
        """Whether chains end at a module."""
        return any(is_below(parts, bound) for bound in self.bounds)


def is_below(parts: Parts, package: Parts) -> bool:
    """Whether a module is the other one, or inside it."""
    return parts[: len(package)] == package


def is_allowed(source: Parts, target: Parts, options: LayerOptions) -> bool:
    """Whether an import is allowed whatever the layers say."""
    return any(is_below(source, _split(one.source)) and is_below(target, _split(one.target)) for one in options.allow)


def find_bans(parts: Parts, options: LayerOptions) -> list[Ban]:
    """What the settings forbid to a module."""
    return [ban for owner, ban in _compile(options) if is_below(parts, owner)]


@lru_cache(maxsize=64)
def _compile(options: LayerOptions) -> tuple[tuple[Parts, Ban], ...]:
    """Each ban, with the module or package that it holds for."""
    found: list[tuple[Parts, Ban]] = []
    for container in options.containers or ("",):
        found += _layer_bans(options.layers, _split(container))
    for group in options.independent:
        members = [_split(name) for name in _names_in(group)]
        for member in members:
            reason = f"{'.'.join(member)} is independent of"
            others = {other: f"{reason} {'.'.join(other)}" for other in members if other != member}
            found.append((member, Ban(others, tuple(members))))
    for pair in options.forbidden:
        source, target = (_split(name.strip()) for name in pair.split("->"))
        reason = f"{'.'.join(source)} must not import {'.'.join(target)}"
        found.append((source, Ban({target: reason}, (source,))))
    return tuple(found)


def _layer_bans(rows: tuple[str, ...], container: Parts) -> list[tuple[Parts, Ban]]:
    names = [_names_in(row) for row in rows]
    bounds = tuple((*container, *_split(name)) for row in names for name in row)
    found = []
    for index, row in enumerate(names):
        for name in row:
            above = {other: f'"{name}" stands below "{other}"' for upper in names[:index] for other in upper}
            if "|" in rows[index]:
                above |= {other: f'"{name}" and "{other}" are independent' for other in row if other != name}
            targets = {(*container, *_split(other)): reason for other, reason in above.items()}
            found.append(((*container, *_split(name)), Ban(targets, bounds)))
    return found


def _names_in(group: str) -> list[str]:
    return re.split(r" ?[|:] ?", group)


def _split(dotted: str) -> Parts:
    return tuple(dotted.split(".")) if dotted else ()
