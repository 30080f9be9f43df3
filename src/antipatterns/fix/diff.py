"""A unified diff as git makes it: ``difflib``'s takes lines that come often for noise, and says that they changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT = 3


def unified_diff(old: Sequence[bytes], new: Sequence[bytes], old_name: bytes, new_name: bytes) -> Iterator[bytes]:
    """The lines of the diff of two contents, given as lines with their ends; nothing where they are the same."""
    groups = list(_Matcher(old, new).get_grouped_opcodes(_CONTEXT)) if old != new else []
    if groups:
        yield b"--- %b\n" % old_name
        yield b"+++ %b\n" % new_name
    for group in groups:
        _, first_old, _, first_new, _ = group[0]
        _, _, last_old, _, last_new = group[-1]
        yield f"@@ -{_format_range(first_old, last_old)} +{_format_range(first_new, last_new)} @@\n".encode()
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                yield from (b" " + line for line in old[old_start:old_end])
            else:
                yield from (b"-" + line for line in old[old_start:old_end])
                yield from (b"+" + line for line in new[new_start:new_end])


def _format_range(start: int, stop: int) -> str:
    """Lines from 1, as POSIX has it: a length of one is left out, an empty range begins at the line before it."""
    length = stop - start
    return f"{start + 1}" if length == 1 else f"{start + (length > 0)},{length}"


class _Matcher(SequenceMatcher[bytes]):
    """Lines that both sides have once, in the same order, stand for each other; the rest is compared between them."""

    def __init__(self, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.old = old
        self.new = new

    def get_matching_blocks(self) -> list[Match]:
        old, new = self.old, self.new
        pairs: list[tuple[int, int]] = []
        start = (0, 0)
        for anchor in [*_anchors(old, new), (len(old), len(new))]:
            pairs += _pairs_between(old, new, start, anchor)
            pairs.append(anchor)
            start = (anchor[0] + 1, anchor[1] + 1)
        return [*_join(pairs[:-1]), Match(len(old), len(new), 0)]


def _anchors(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """The longest run of lines, unique on both sides, that stand in the same order on both."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {line: number for number, line in enumerate(new) if counts_new[line] == 1}
    pairs = [(number, places[line]) for number, line in enumerate(old) if counts_old[line] == 1 and line in places]
    # The longest increasing sequence, by patience sorting.
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        ends[pile : pile + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _pairs_between(
    old: Sequence[bytes], new: Sequence[bytes], start: tuple[int, int], end: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The lines that match in a gap."""
    (old_start, new_start), (old_end, new_end) = start, end
    if old_start == old_end or new_start == new_end:
        return
    matcher = SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], autojunk=False)
    for block in matcher.get_matching_blocks():
        yield from ((old_start + block.a + number, new_start + block.b + number) for number in range(block.size))


def _join(pairs: Sequence[tuple[int, int]]) -> Iterator[Match]:
    """Blocks of matching lines that follow each other on both sides."""
    numbered = enumerate(pairs)
    for _, run in groupby(numbered, key=lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        members = [pair for _, pair in run]
        yield Match(*members[0], len(members))
