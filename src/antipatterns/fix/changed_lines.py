"""Which lines changed since a git revision."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}

# The user's own settings for diffs must not matter.
_OPTIONS = (
    *("-U0", "--inter-hunk-context=0", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--no-relative"),
)


class GitError(Exception):
    """git could not answer; the text is one line."""


def find_changed_lines(revision: str, folder: Path) -> Mapping[str, frozenset[int]]:
    """By real absolute path: the lines, as git counts them, that are not in a revision; files it does not track, whole.

    Raises GitError outside of a repository and for what is no revision.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    if revision.startswith("-"):
        raise GitError(f'"{revision}" is no revision')
    diff = _git(folder, "-c", "core.quotePath=false", "diff", *_OPTIONS, revision, "--")
    found = {str(top / path): lines for path, lines in _read_diff(diff)}
    for path in _git(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0"):
        if path:
            found[str(top / path)] = frozenset(range(1, _count_lines(top / path) + 1))
    return found


def _read_diff(diff: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the path and the new lines of each file in a diff without context."""
    path, lines = "", set[int]()
    rest = iter(diff.split("\n"))
    for line in rest:
        if line.startswith("+++ "):
            if path:
                yield path, frozenset(lines)
            path, lines = _unquote(line[4:].removesuffix("\t")).removeprefix("b/"), set()
        elif match := _HUNK.match(line):
            gone, first, count = int(match[1] or 1), int(match[2]), int(match[3] or 1)
            lines.update(range(first, first + count))
            # What stands in the lines themselves may look like a header.
            left = gone + count
            while left:
                left -= not next(rest, "").startswith("\\")
    if path:
        yield path, frozenset(lines)


def _unquote(name: str) -> str:
    """A file name as it is: git puts one with quotes or control characters in quotes, escaped as in C."""
    if not name.startswith('"'):
        return name
    raw = name[1:-1].encode("utf-8", "surrogateescape")
    unescaped = _ESCAPE.sub(lambda match: bytes([_byte_of(match[1].decode())]), raw)
    return unescaped.decode("utf-8", "surrogateescape")


def _byte_of(escape: str) -> int:
    return int(escape, 8) if escape.isdigit() else ord(_ESCAPED.get(escape, escape))


def _count_lines(path: Path) -> int:
    try:
        return path.read_bytes().count(b"\n") + 1
    except OSError:
        return 0


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)  # noqa: S607
    except FileNotFoundError as error:
        raise GitError("--since needs git") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(f"git: {lines[0] if lines else 'failed'}") from error
    return done.stdout.decode(errors="surrogateescape")
