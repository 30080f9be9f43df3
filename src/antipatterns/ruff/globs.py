"""Patterns of paths as ruff writes them: those of the Rust crate ``globset``, where ``*`` crosses folders.

The grammar: https://docs.rs/globset/latest/globset/#syntax. A pattern is held against the name of an entry and,
joined with the folder of the file that it stands in, against the whole path.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Glob(NamedTuple):
    """One pattern of a file in ``folder``, an absolute path with slashes."""

    pattern: str
    folder: str


class Globs:
    """Patterns of which any may match; raises ValueError for what is no pattern."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        globs = list(globs)
        self._alone = _compile(translate(glob.pattern) for glob in globs)
        self._bare = _compile(translate(glob.pattern) for glob in globs if "/" not in glob.pattern)
        self._joined = _compile(map(_translate_joined, globs))

    def matches(self, path: str) -> bool:
        """Whether one matches the name in an absolute path with slashes or, joined with its folder, the whole path."""
        return _matches(self._alone, path[path.rfind("/") + 1 :]) or _matches(self._joined, path)

    def excludes(self, path: str) -> bool:
        """The same as ``exclude`` means it: what has no slash is held against the whole path too."""
        return _matches(self._bare, path[path.rfind("/") + 1 :]) or self.includes(path)

    def includes(self, path: str) -> bool:
        """The same as ``include`` means it: the name alone does not count."""
        return _matches(self._bare, path) or _matches(self._joined, path)


def _matches(regex: re.Pattern[str], text: str) -> bool:
    return regex.fullmatch(text) is not None


def _translate_joined(glob: Glob) -> str:
    """The regular expression of a pattern joined with its folder, whose letters mean only themselves."""
    if posixpath.isabs(glob.pattern):
        return translate(posixpath.normpath(glob.pattern))
    folder, rest = glob.folder, posixpath.normpath(glob.pattern)
    while rest == ".." or rest.startswith("../"):
        folder, rest = posixpath.dirname(folder), rest[3:]
    return re.escape(folder) if rest in ("", ".") else re.escape(folder.rstrip("/") + "/") + translate(rest)


def _compile(regexes: Iterable[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{regex})" for regex in regexes) or r"(?!)", re.DOTALL)
    except re.error as error:
        raise ValueError(str(error)) from error


def translate(glob: str) -> str:
    """The regular expression (for ``fullmatch``, DOTALL) of a glob; raises ValueError for what is none."""
    parts: list[str] = []
    at = depth = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*":
            part, at = _translate_stars(glob, at - 1)
        elif char == "[":
            part, at = _translate_class(glob, at)
        elif char == "\\":
            if at == len(glob):
                raise ValueError("nothing behind the backslash")
            part, at = re.escape(glob[at]), at + 1
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth < 0:
                raise ValueError("} without {")
            part = "(?:" if char == "{" else ")"
        else:
            part = "." if char == "?" else "|" if char == "," and depth else re.escape(char)
        parts.append(part)
    if depth:
        raise ValueError("{ without }")
    return "".join(parts)


def _translate_stars(glob: str, at: int) -> tuple[str, int]:
    """The stars at this place: ``**`` is special only where it is a whole part of the path."""
    end = len(glob) - len(glob[at:].lstrip("*"))
    opens = at == 0 or glob[at - 1] in "/{,"
    if end - at == 2 and opens and glob.startswith("/", end):
        return "(?:.*/)?", end + 1
    return ".*", end


def _translate_class(glob: str, at: int) -> tuple[str, int]:
    """The set of characters whose bracket stands in front of this place."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    end = glob.find("]", at + 1)
    if end < 0:
        raise ValueError("[ without ]")
    members = re.sub(r"[\\\[\]^&~|]", r"\\\g<0>", glob[at:end])
    return f"[{'^' * negated}{members}]", end + 1
