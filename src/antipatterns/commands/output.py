"""Where the text that a command makes goes: to stdout, or into a file."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.commands.status import CommandError

if TYPE_CHECKING:
    import argparse


def write_output(options: argparse.Namespace, text: str) -> None:
    """Write a report of ``--output-format`` to ``--output-file``; raises CommandError where that cannot be written."""
    if options.output_file is None:
        if options.output_format != "text" and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # programs expect no other
        sys.stdout.write(text)
        return
    file = Path(options.output_file)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"cannot write {file}: {error.strerror or error}") from error
