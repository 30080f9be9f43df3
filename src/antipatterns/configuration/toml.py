"""Read TOML files, with errors that name the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from antipatterns.configuration.table import Place, SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def read_content(file: Path, place: Place) -> bytes:
    """The bytes of a file; raises SettingsError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise place.error(f"cannot read: {error.strerror or error}") from error


def parse_toml(content: bytes, place: Place) -> dict[str, object]:
    """The tables in the content of a file; raises SettingsError where it is no TOML."""
    import tomllib  # a project without settings never needs it

    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{place.file}:{line}: invalid TOML: not UTF-8 at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        line = int(found[1]) if found else content.count(b"\n") + 1
        reason = str(error)[: found.start()] if found else str(error)
        raise SettingsError(f"{place.file}:{line}: invalid TOML: {reason}") from error
    except RecursionError as error:
        raise place.error("invalid TOML: nested too deeply") from error
