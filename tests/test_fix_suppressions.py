"""The fixer of needless ``noqa`` comments: exactly the needless codes go, and what else the comment says stays."""

from __future__ import annotations

import pytest
from fix_goldens import fix, fix_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1  # noqa: AP201", "a = 1"),
        ("a = 1  # noqa: AP201,AP202", "a = 1"),
        ("a = 1\t#noqa:AP201,E501", "a = 1\t#noqa:E501"),
        ("a = 1  # noqa: E501, AP201, W291 -- why", "a = 1  # noqa: E501, W291 -- why"),
        ("a = 1  # noqa: E501 AP201 (why)", "a = 1  # noqa: E501 (why)"),
        ("a = 1  # type: ignore  # noqa: AP201", "a = 1  # type: ignore"),
        ("a = 1  # noqa: AP201  # type: ignore[x]", "a = 1  # type: ignore[x]"),
        ("a = 1  # why # noqa: AP201 # and why", "a = 1  # why  # and why"),
        ("a = 1  # noqa: AP201 see issue #12", "a = 1"),
        ("a = 1;  # noqa: AP201", "a = 1;"),
        ("# noqa: AP201\na = 1", "a = 1"),
        ("a = 1\n\n  # noqa: AP201", "a = 1\n"),
        ("a = 1  # noqa", "a = 1  # noqa"),
        ("a = '# noqa: AP201'", "a = '# noqa: AP201'"),
        ("try:\n    a\nexcept:  # noqa: AP201, AP301\n    b", "try:\n    a\nexcept:  # noqa: AP201\n    b"),
    ],
)
def test_what_is_left(before: str, after: str) -> None:
    for end in ("", "\n"):
        fixed = fix_text(before + end, "AP002")
        assert fixed.rstrip("\n") == after.rstrip("\n")
        assert fixed.count("\n") <= (before + end).count("\n")
        assert fix_text(fixed, "AP002") == fixed


def test_a_missing_reason_is_for_a_person() -> None:
    content = b"try:\n    a\nexcept:  # noqa: AP201\n    b\n"
    assert fix(content, "AP002").content is None
