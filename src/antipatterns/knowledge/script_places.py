"""Where programs stand that people run by hand, as opposed to what other code imports."""

from typing import Final

# Folders in the path of a file.
SCRIPT_FOLDERS: Final[frozenset[str]] = frozenset(
    [
        *("scripts", "script", "bin", "examples", "example", "samples", "docs", "docs_src", "benchmarks", "benchmark"),
        *("migrations", "alembic", "notebooks", "tools", "management", "cli"),
    ]
)

# Names of files, without their endings.
SCRIPT_NAMES: Final[frozenset[str]] = frozenset(["__main__", "manage", "setup", "noxfile", "fabfile", "tasks", "cli"])
