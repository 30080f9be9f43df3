"""Which of its rules ruff runs: selectors, and the chain of files that each add theirs to those of the one below.

https://docs.astral.sh/ruff/linter/#rule-selection and https://docs.astral.sh/ruff/settings/#extend
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.knowledge.ruff_rules import CATEGORIES, REDIRECTS, RUFF_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from antipatterns.knowledge.ruff_rules import Version

_ALL, _CATEGORY, _LINTER, _EXACT = 1, 2, 3, 100


class RuffSelection(msgspec.Struct, frozen=True):
    """The selectors of one file; ``select`` is None where it keeps what the file that it extends has selected."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class RuffMode(msgspec.Struct, frozen=True):
    """What decides about rules beside selectors: the version, preview mode, and how that takes prefixes."""

    version: Version
    preview: bool = False
    explicit_preview_rules: bool = False


def selected_codes(selections: Sequence[RuffSelection], mode: RuffMode) -> frozenset[str]:
    """Those of the rules that this tool knows of which ruff runs; the first selection is the lowest of the chain."""
    return frozenset(code for code in RUFF_RULES if _is_selected(code, selections, mode))


def means(selector: str, code: str) -> bool:
    """Whether a selector means a rule, however vaguely."""
    return _weight(selector, code) > 0


def _is_selected(code: str, selections: Iterable[RuffSelection], mode: RuffMode) -> bool:
    is_on = _is_default(code, mode)
    carried: tuple[str, ...] = ()
    for selection in selections:
        wanted = _heaviest((*(selection.select or ()), *selection.extend_select), code, mode)
        unwanted = _heaviest((*selection.ignore, *carried), code, mode)
        carried = ()
        if selection.select is not None:
            is_on = wanted > unwanted
            # What is ignored where nothing is selected, is ignored in the file above.
            carried = selection.ignore if not selection.select and not selection.extend_select else ()
        elif wanted or unwanted:
            is_on = wanted > unwanted
    return is_on


def _is_default(code: str, mode: RuffMode) -> bool:
    rule = RUFF_RULES[code]
    since = rule.default
    if since is None and mode.preview:
        since = rule.preview_default
    return since is not None and mode.version >= since


def _heaviest(selectors: Iterable[str], code: str, mode: RuffMode) -> int:
    """The weight of the most specific selector that means a rule; 0 where none does, or the rule cannot be selected."""
    heaviest = max((_weight(selector, code) for selector in selectors), default=0)
    if mode.version >= RUFF_RULES[code].stable:
        return heaviest
    return heaviest if mode.preview and (heaviest == _EXACT or not mode.explicit_preview_rules) else 0


def _weight(selector: str, code: str) -> int:
    """How specifically a selector means a rule: 0 not at all, 1 as one of all, more for each digit."""
    selector = REDIRECTS.get(selector, selector)
    if selector in (code, RUFF_RULES[code].name):
        return _EXACT
    if selector == "ALL":
        return _ALL
    if selector in CATEGORIES:
        return _CATEGORY if selector == RUFF_RULES[code].category else 0
    letters = code.rstrip("0123456789")
    digits = selector.removeprefix(letters)
    # "B" means B006 and not BLE001: the letters of a selector are those of a whole family.
    if selector.startswith(letters) and re.fullmatch("[0-9]*", digits) and code.startswith(selector):
        return _LINTER + len(digits)
    return 0
