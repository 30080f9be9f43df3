"""Which rules are on: selectors (codes, prefixes, names, ``ALL``) and the layers in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.configuration.table import Place, format_suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from antipatterns.rule import Rule

ALL = "ALL"
# A file that no rule could look at must not pass for clean because other rules were selected: only ignoring it helps.
_KEPT = frozenset({"AP001"})
_EXACT = 100  # heavier than any prefix, whose weight is its length


class Selection(msgspec.Struct, frozen=True):
    """The selectors of one layer; ``select`` is None where the layer keeps the selection below it."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()


class Choice(msgspec.Struct, frozen=True):
    """What one layer says: ``on`` and ``off`` by name, and whether all that it does not name goes off."""

    on: frozenset[str]
    off: frozenset[str]
    replaces: bool

    def apply(self, enabled: frozenset[str]) -> frozenset[str]:
        """The enabled codes after this layer."""
        return ((enabled & _KEPT if self.replaces else enabled) - self.off) | self.on


def choose(selection: Selection, rules: Mapping[str, Rule]) -> Choice:
    """What a layer says about each rule: the most specific selector wins, on a tie to ignore.

    A code or a name is more specific than a prefix, a longer prefix than a shorter one, ``ALL`` the least.
    """
    wanted = _weigh(((selection.select or ()), selection.extend_select), rules)
    unwanted = _weigh((selection.ignore, selection.extend_ignore), rules)
    on = frozenset(code for code, weight in wanted.items() if weight > unwanted.get(code, 0))
    return Choice(on, frozenset(unwanted) - on, selection.select is not None)


def check_selectors(selectors: Iterable[str], rules: Mapping[str, Rule], place: Place) -> None:
    """Raise SettingsError for the first selector that selects no rule, with the nearest one that does."""
    names = {rule.name for rule in rules.values()}
    for selector in selectors:
        if not any(_weight(selector, rule) for rule in rules.values()) and selector != ALL:
            near = format_suggestion(selector, [*rules, *names, ALL])
            raise place.error(f'unknown rule "{selector}"{near}')


def _weigh(groups: Iterable[Iterable[str]], rules: Mapping[str, Rule]) -> dict[str, int]:
    """The weight of the most specific selector of each rule that is selected at all."""
    weights: dict[str, int] = {}
    for selector in (selector for group in groups for selector in group):
        for code, rule in rules.items():
            if weight := _weight(selector, rule):
                weights[code] = max(weight, weights.get(code, 0))
    return weights


def _weight(selector: str, rule: Rule) -> int:
    """How specifically a selector means a rule: 0 not at all, 1 as one of all, else more for more letters."""
    if selector in (rule.code, rule.name):
        return _EXACT
    if selector == ALL:
        return 1
    return 1 + len(selector) if selector and rule.code.startswith(selector) else 0
