"""How a command ends: its exit statuses, and the error that a user can mend."""

from __future__ import annotations

EXIT_CLEAN, EXIT_FINDINGS, EXIT_ERROR, EXIT_INTERRUPTED = 0, 1, 2, 130


class CommandError(Exception):
    """Something that the user can mend: one line for stderr, and exit status 2."""
