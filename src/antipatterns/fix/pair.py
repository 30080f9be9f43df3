"""Find the findings of a text again in its next version, when lines have moved and some findings are gone."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.finding import Finding


def pair_findings(
    old: Sequence[Finding], old_lines: Sequence[str], new: Sequence[Finding], new_lines: Sequence[str]
) -> Iterator[tuple[Finding, Finding | None]]:
    """Yield each new finding with the old one that it is, or None where that cannot be told.

    Fixes leave the order of what they do not touch; so as many findings as before are the same findings.
    """
    for code in dict.fromkeys(finding.code for finding in new):
        before = [finding for finding in old if finding.code == code]
        after = [finding for finding in new if finding.code == code]
        if len(before) == len(after):
            yield from zip(after, before, strict=True)
        else:
            yield from _pair_by_text(before, old_lines, after, new_lines)


def _pair_by_text(
    before: Sequence[Finding], old_lines: Sequence[str], after: Sequence[Finding], new_lines: Sequence[str]
) -> Iterator[tuple[Finding, Finding | None]]:
    """By the lines they stand on, in order."""
    old_texts = [(old_lines[finding.line - 1].strip(), finding.message) for finding in before]
    new_texts = [(new_lines[finding.line - 1].strip(), finding.message) for finding in after]
    found: dict[Finding, Finding] = {}
    for start, other, size in SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_matching_blocks():
        for index in range(size):
            found[after[other + index]] = before[start + index]
    for finding in after:
        yield finding, found.get(finding)
