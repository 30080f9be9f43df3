"""What a comment says besides its ``noqa``, and how to take codes out of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.fix.fixer import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODES = r"[A-Za-z]+[0-9]+(?:[,\s]+[A-Za-z]+[0-9]+)*"
_NOQA = re.compile(
    rf"(?P<intro>#\s*noqa(?::\s?)?)(?P<codes>(?<=[:\s]){_CODES})?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_NEXT_COMMENT = re.compile(r"\s(#\s*[A-Za-z].*)", re.DOTALL)
_DIRECTIVE = re.compile(r"\b(?:pragma|pylint|type|isort|fmt|yapf|mypy|pyright|ruff|nosec)\b\s*:|\bnosec\b")


class _Parts(NamedTuple):
    """A comment with a ``noqa``: what stands before it, the word with its colon, codes, its reason, what follows."""

    before: str
    intro: str
    codes: str
    reason: str
    behind: str


def _split(comment: str, start: int) -> _Parts | None:
    match = _NOQA.match(comment, start)
    if match is None:
        return None
    rest = match["rest"]
    following = _NEXT_COMMENT.search(rest)
    cut = len(rest) if following is None else following.start()
    behind = "" if following is None else following[1]
    return _Parts(comment[:start].rstrip(), match["intro"], match["codes"] or "", rest[:cut], behind)


def find_noqa(comment: str) -> int | None:
    """Where the first ``noqa`` of a comment begins."""
    match = re.search(r"#\s*noqa\b", comment, re.IGNORECASE)
    return None if match is None else match.start()


def names_in_noqa(line: str, codes: Iterable[str]) -> bool:
    """Whether a comment of a line silences one of some codes by its name."""
    start = find_noqa(line)
    parts = None if start is None else _split(line, start)
    return parts is not None and not set(codes).isdisjoint(re.split(r"[,\s]+", parts.codes.upper()))


def without_noqa(comment: str) -> str:
    """What a comment says besides ``noqa``, "" for nothing."""
    start = find_noqa(comment)
    parts = None if start is None else _split(comment, start)
    if parts is None:
        return comment.rstrip()
    return "  ".join(text for text in (parts.before, parts.behind.rstrip()) if text)


def speaks_to_readers(comment: str) -> bool:
    """Whether a comment says something to people, and not only to tools."""
    return bool(without_noqa(comment).strip("# ")) and not _DIRECTIVE.search(comment)


def without_codes(comment: str, start: int, unused: frozenset[str]) -> str | Refusal:
    """The comment when some codes (in capitals) go from the ``noqa`` that begins at ``start``; "" for none left."""
    parts = _split(comment, start)
    if parts is None or not parts.codes:
        return Refusal("the comment does not look like a noqa")
    if not any(code.upper() not in unused for code in re.split(r"[,\s]+", parts.codes)):
        if _DIRECTIVE.search(parts.reason):
            return Refusal("the comment says something else too")
        return "  ".join(text for text in (parts.before, parts.behind) if text)
    return comment[:start] + parts.intro + _remove_codes(parts.codes, unused) + comment[_end_of_codes(comment, start) :]


def _remove_codes(codes: str, unused: frozenset[str]) -> str:
    """The codes that are left, each with the separator that stood before it; the first with none."""
    found = re.findall(r"([,\s]*)([A-Za-z]+[0-9]+)", codes)
    kept = [(separator, code) for separator, code in found if code.upper() not in unused]
    return "".join(code if number == 0 else separator + code for number, (separator, code) in enumerate(kept))


def _end_of_codes(comment: str, start: int) -> int:
    match = _NOQA.match(comment, start)
    assert match is not None
    return match.end("codes")
