"""Which files hold tests, by pytest's and unittest's conventions for their paths."""

from __future__ import annotations

_FOLDERS = frozenset({"tests", "test"})


def is_test_path(path: str) -> bool:
    """Whether a file, or all in a folder, is a test, by its path in the project, with slashes."""
    *folders, name = path.split("/")
    stem = name.partition(".")[0]
    return (
        not _FOLDERS.isdisjoint(folders)
        or name in _FOLDERS
        or stem == "conftest"
        or stem.startswith("test_")
        or stem.endswith("_test")
    )
