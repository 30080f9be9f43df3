"""What a fixer is: a function that gets a finding and its node and gives back a fix, or refuses with a reason.

A fixer stands beside its rule as ``<rule>_fix.py`` and never detects anything: the finding is the proof.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.rule import Rule, load_rules

if TYPE_CHECKING:
    from antipatterns.fix.locate import Chunk
    from antipatterns.fix.place import Place

Replacement = cst.CSTNode | cst.FlattenSentinel[Any] | cst.RemovalSentinel


class Import(NamedTuple):
    """A module-level import that a fix needs: ``import module``, or ``from module import name``."""

    module: str
    name: str | None = None


class Edit(NamedTuple):
    """Put ``replacement`` in the place of ``target``."""

    target: cst.CSTNode
    replacement: Replacement


class Insertion(NamedTuple):
    """Put new statements in front of one that stays, below the empty lines above it and above its comments.

    ``behind``: put them behind it. What several fixes insert at one statement stands in the order of the findings.
    """

    anchor: cst.CSTNode
    statements: tuple[cst.BaseStatement, ...]
    behind: bool = False


class Part(NamedTuple):
    """What a fix changes in another top-level statement than the one that holds the finding: ``chunk`` is the other."""

    chunk: Chunk
    edits: tuple[Edit, ...] = ()
    insertions: tuple[Insertion, ...] = ()


class Fix(NamedTuple):
    """Put ``replacement`` in the place of ``target``, a node of the top-level statement that holds the finding.

    ``also`` and ``insertions`` change further places of the same top-level statement, ``parts`` those of others; all is
    made, or nothing.
    """

    target: cst.CSTNode
    replacement: Replacement
    safety: Safety = Safety.SAFE
    imports: tuple[Import, ...] = ()
    module_statements: tuple[str, ...] = ()  # lines for below the imports, such as ``logger = …``
    type_only_imports: tuple[str, ...] = ()  # whole statements for the block under ``if TYPE_CHECKING:``
    also: tuple[Edit, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every replacement of the fix."""
        return (Edit(self.target, self.replacement), *self.also)


class Refusal(NamedTuple):
    """Why a finding is not mended: a phrase that completes "not fixed: …"."""

    reason: str


Outcome = Fix | Refusal
FixFunction = Callable[[Any, "Place"], Outcome]
FixT = TypeVar("FixT", bound=FixFunction)


class Fixer:
    """The fixer of one rule. ``node_types``: what stands at the finding's place.

    ``always_unsafe``: it has no safe fix, and so is not asked for one. ``moves_code``: to another function.
    """

    def __init__(
        self, module: str, *node_types: type[cst.CSTNode], always_unsafe: bool = False, moves_code: bool = False
    ) -> None:
        self.module = module
        self.rule_module = module.removesuffix("_fix")
        self.node_types = node_types
        self.always_unsafe = always_unsafe
        self.moves_code = moves_code
        self.function: FixFunction | None = None

    def register(self, function: FixT) -> FixT:
        """Name the function that fixes: ``fix(node, place)`` gives a Fix or a Refusal."""
        self.function = function
        return function

    @property
    def rule(self) -> Rule:
        """The rule beside this fixer."""
        return next(rule for rule in load_rules().values() if rule.module == self.rule_module)


@cache
def load_fixer(rule: Rule) -> Fixer | None:
    """The fixer beside a rule, or None."""
    if not rule.fixable:
        return None
    fixer: Fixer = importlib.import_module(f"{rule.module}_fix").FIXER
    return fixer
