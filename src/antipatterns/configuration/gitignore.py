"""Patterns as ``.gitignore`` writes them: what they say about one path, as git decides it.

Own code, because a walk that prunes folders must ask about an entry alone: pathspec answers for a path
together with all folders above it, so that ``foo/**`` takes in ``foo`` itself and ``!foo/`` every file below
it, where git does neither. Unlike in git, a ``?`` or a set is about one character, not one byte.
The grammar: https://git-scm.com/docs/gitignore#_pattern_format, and git's ``wildmatch.c``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_SPECIAL = frozenset("*?[\\")
_CLASS = r"\[:([^\]]*):\]"  # not compiled here: a start without patterns need not pay for it


class Pattern(NamedTuple):
    """One line: its glob, what a match means, and to what it applies."""

    glob: str
    negated: bool
    folders_only: bool
    whole_path: bool  # else the glob is about the last name of a path


class Patterns:
    """Patterns that stand in one folder, later ones before earlier ones."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.patterns = [pattern for pattern in map(parse_line, lines) if pattern is not None]
        self._for_files = _Matcher([one for one in enumerate(self.patterns) if not one[1].folders_only])
        self._for_folders = _Matcher(list(enumerate(self.patterns)))

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether a path is matched (True), let through by a ``!`` pattern (False), or not spoken of (None).

        ``path`` is relative to the patterns' folder, with slashes, without one at its end. Only the entry
        itself is looked at: that folders above it are not matched is for the caller to know.
        """
        index = (self._for_folders if is_folder else self._for_files).last_match(path)
        return None if index < 0 else not self.patterns[index].negated


class _Matcher:
    """The patterns for one kind of entry: literal names in a dict, globs in two regular expressions."""

    def __init__(self, patterns: list[tuple[int, Pattern]]) -> None:
        named = [one for one in patterns if not one[1].whole_path]
        self._names = {one.glob: index for index, one in named if _SPECIAL.isdisjoint(one.glob)}
        self._name_globs = _Globs([one for one in named if not _SPECIAL.isdisjoint(one[1].glob)])
        self._path_globs = _Globs([one for one in patterns if one[1].whole_path])
        self._known: dict[str, int] = {}  # thousands of entries have the same few names

    def last_match(self, path: str) -> int:
        """The index of the last pattern that matches, or -1."""
        name = path[path.rfind("/") + 1 :]
        by_name = self._known.get(name)
        if by_name is None:
            by_glob = self._name_globs.last_match(name) if self._name_globs.indexes else -1
            by_name = self._known[name] = max(self._names.get(name, -1), by_glob)
        return max(by_name, self._path_globs.last_match(path)) if self._path_globs.indexes else by_name


class _Globs:
    """Globs as one regular expression, last one first: its first alternative that matches counts."""

    def __init__(self, patterns: list[tuple[int, Pattern]]) -> None:
        regexes = [(index, translate(one.glob)) for index, one in reversed(patterns)]
        valid = [(index, regex) for index, regex in regexes if regex is not None]
        self.indexes = [index for index, _ in valid]
        self._regex = re.compile("|".join(f"({regex})" for _, regex in valid), re.DOTALL)

    def last_match(self, text: str) -> int:
        match = self._regex.fullmatch(text)
        return -1 if match is None else self.indexes[(match.lastindex or 1) - 1]


def read_lines(content: bytes) -> list[str]:
    """The lines of a ``.gitignore``: split at line feeds, without a byte order mark, any bytes allowed."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]


def parse_line(line: str) -> Pattern | None:
    """One line of a ``.gitignore``, or None for a comment and for a line that matches nothing."""
    if line.startswith("#"):
        return None
    glob = _without_trailing_spaces(line)
    negated = glob.startswith("!")
    glob = glob[negated:]
    folders_only = glob.endswith("/")
    glob = glob[: len(glob) - folders_only]
    if not glob:
        return None
    return Pattern(glob.removeprefix("/"), negated, folders_only, "/" in glob)


def translate(glob: str) -> str | None:
    """The regular expression (for ``fullmatch``, DOTALL) of a glob, or None where git never matches it."""
    parts: list[str] = []
    at = 0
    while at < len(glob):
        char = glob[at]
        part: str | None
        if char == "*":
            part, at = _translate_stars(glob, at)
        elif char == "[":
            part, at = _translate_bracket(glob, at)
        elif char == "\\":
            part, at = (re.escape(glob[at + 1]), at + 2) if at + 1 < len(glob) else (None, at)
        else:
            part, at = ("[^/]" if char == "?" else re.escape(char)), at + 1
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _without_trailing_spaces(line: str) -> str:
    """Without the spaces at the end, as far as no backslash keeps them."""
    end = len(line.rstrip(" "))
    backslashes = end - len(line[:end].rstrip("\\"))
    return line[: end + 1] if backslashes % 2 and end < len(line) else line[:end]


def _translate_stars(glob: str, at: int) -> tuple[str, int]:
    """The stars at this place: ``**`` between slashes or ends crosses folders, others stay in a name."""
    end = len(glob) - len(glob[at:].lstrip("*"))
    opens = at == 0 or glob[at - 1] == "/"
    if end - at >= 2 and opens:
        if end == len(glob):
            return ".*", end
        if glob[end] == "/":
            return "(?:.*/)?", end + 1
        if glob.startswith("\\/", end):
            return ".*", end
    return "[^/]*", end


def _translate_bracket(glob: str, at: int) -> tuple[str | None, int]:
    """The set of characters that begins here; None where it has no end or names an unknown class."""
    at += 1
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    members: list[str] = []
    first = True
    while first or glob[at : at + 1] != "]":
        first = False
        named = re.match(_CLASS, glob[at:])
        if named:
            if named[1] not in _CLASSES:
                return None, at
            members.append(_CLASSES[named[1]])
            at += named.end()
            continue
        low, at = _bracket_char(glob, at)
        high = low
        if glob[at : at + 1] == "-" and glob[at + 1 : at + 2] not in ("]", ""):
            high, at = _bracket_char(glob, at + 1)
        if low is None or high is None:
            return None, at
        # Of a range that runs backwards, git matches the first character.
        members.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))
    inside = "".join(members)
    if negated:
        return f"[^/{inside}]", at + 1
    return (f"(?!/)[{inside}]" if inside else r"(?!)"), at + 1


def _bracket_char(glob: str, at: int) -> tuple[str | None, int]:
    """One character of a set, with its backslash taken off; None behind the end."""
    if glob[at : at + 1] == "\\":
        at += 1
    return (glob[at], at + 1) if at < len(glob) else (None, at)
