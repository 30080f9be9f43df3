"""Which lines changed since a git revision."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class GitError(Exception):
    """git could not answer; the text is one line."""


def find_changed_lines(revision: str, folder: Path) -> Mapping[str, frozenset[int]]:
    """By absolute path: the lines of the work tree that are not in a revision; files that git does not track, whole."""
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    if revision.startswith("-"):
        raise GitError(f'"{revision}" is no revision')
    diff = _git(folder, "-c", "core.quotePath=false", "diff", "-U0", "--no-color", "--no-ext-diff", revision, "--")
    found: dict[str, set[int]] = {}
    current: set[int] = set()
    for line in diff.splitlines():
        if line.startswith("+++ "):
            current = found.setdefault(str(top / line[4:].rstrip("\t").removeprefix("b/")), set())
        elif match := _HUNK.match(line):
            first, count = int(match[1]), int(match[2] or 1)
            current.update(range(first, first + count))
    for path in _git(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0"):
        if path:
            found[str(top / path)] = set(range(1, _count_lines(top / path) + 1))
    return {path: frozenset(lines) for path, lines in found.items()}


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
