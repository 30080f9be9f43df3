"""Where programs stand that people run by hand, as opposed to what other code imports."""

from typing import Final

# Folders in the path of a file.
SCRIPT_FOLDERS: Final[frozenset[str]] = frozenset(
    [
        *("scripts", "script", "bin", "examples", "example", "samples", "docs", "docs_src", "benchmarks", "benchmark"),
        *("migrations", "db_migrations", "alembic", "notebooks", "tools", "management", "cli"),
    ]
)

# Names of files, without their endings.
SCRIPT_NAMES: Final[frozenset[str]] = frozenset(["__main__", "manage", "setup", "noxfile", "fabfile", "tasks", "cli"])

# Names of folders, and of files without their endings, that hold what tests import.
TEST_SUPPORT: Final[frozenset[str]] = frozenset(["testing", "unittest_utils", "pytest_plugin", "pytest_plugins"])
