"""Sets of a function's names, kept as bits, and what code does with them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = -1  # the set of all names: what is certain at a place that is never reached


class Trait(IntEnum):
    """What a statement does beside reading and binding names."""

    YIELDS = 1
    AWAITS = 2
    RETURNS = 4
    BREAKS = 8  # out of a loop that is not part of the statement
    CONTINUES = 16
    DECLARES = 32  # global, nonlocal
    SEES_FRAME = 64  # the code asks about the stack, or counts frames
    SEES_LOCALS = 128
    USES_CLASS = 256  # super(), __class__
    RERAISES = 512  # a bare raise of an exception caught outside
    UNKNOWN = 1024  # syntax that this analysis does not know
    DEFINES = 2048  # a nested function or class
    GIVES = 4096  # returns something else than None


class Names:
    """The bits of the names of one function, in the order in which they were first seen."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = {}

    def bit(self, name: str) -> int:
        """The set that holds just this name."""
        found = self.bits.get(name)
        if found is None:
            found = self.bits[name] = 1 << len(self.bits)
        return found

    def set_of(self, names: Iterable[str]) -> int:
        """The set of some names."""
        found = 0
        for name in names:
            found |= self.bit(name)
        return found

    def in_set(self, chosen: int) -> tuple[str, ...]:
        """The names of a set, in order."""
        return tuple(name for name, bit in self.bits.items() if bit & chosen)


class Effect:
    """What code does with names, all of them sets.

    ``uses``: read while perhaps not yet bound by this code itself. ``binds``: bound or deleted somewhere. ``certain``:
    bound whenever the code ends normally, ``when_true`` and ``when_false``: whenever it is so as a condition.
    """

    __slots__ = (
        "binds",
        "captures",
        "certain",
        "deletes",
        "held",
        "imports",
        "rebinds",
        "traits",
        "uses",
        "when_false",
        "when_true",
    )

    def __init__(self) -> None:
        self.uses = self.binds = self.certain = self.when_true = self.when_false = 0
        self.deletes = self.captures = 0
        self.held = self.imports = 0  # bound to what must live on, bound by an import
        self.rebinds = 0  # bound by a nested function that says nonlocal
        self.traits = 0

    def then(self, other: Effect) -> None:
        """Let other code run after this one."""
        self.uses |= other.uses & ~self.certain
        self.binds |= other.binds
        if self.certain != ALL:
            self.certain = (self.certain & ~other.deletes) | other.certain
        self.deletes |= other.deletes
        self.captures |= other.captures
        self.rebinds |= other.rebinds
        self.held |= other.held
        self.imports |= other.imports
        self.traits |= other.traits
