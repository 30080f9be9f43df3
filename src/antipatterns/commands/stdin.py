"""The code that comes on stdin instead of in a file."""

from __future__ import annotations

import sys

from antipatterns.commands.status import CommandError

STDIN = "-"


def read_stdin() -> bytes:
    """All of stdin; raises CommandError when it is closed or cannot be read."""
    if sys.stdin is None:
        raise CommandError("cannot read stdin: it is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise CommandError(f"cannot read stdin: {error.strerror or error}") from error
