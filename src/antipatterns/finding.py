"""What a run says: small frozen values that every other part may import and that import nothing."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from antipatterns import REPOSITORY


class Safety(StrEnum):
    """Whether applying a fix can change what a correct caller sees."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Severity(StrEnum):
    """How a report should show a finding; it never changes the exit status."""

    ERROR = "error"
    WARNING = "warning"


class Hop(msgspec.Struct, frozen=True):
    """One step of the way from a finding to its cause: a place in a file and the function that stands there.

    ``callee``: the dotted name of what is called there, where the step is a call.
    """

    path: str
    line: int
    function: str
    callee: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One anti-pattern at one place.

    Lines and columns count from 1, columns in characters (not bytes); the end column is the first one
    behind the place. ``path`` is written as reports show it. ``page`` is the path of the rule's file below
    the package, whose docstring explains the rule. ``fix`` says whether ``fix`` can mend the place.
    ``about``: the dotted name of what it is about, where the rule's fixer needs to know.
    ``ruff``: the codes of ruff's rules each of which reports the same at this place.
    ``fingerprint`` stays the same when lines move; it is empty until the whole file has been checked.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    message: str
    page: str
    severity: Severity = Severity.WARNING
    hops: tuple[Hop, ...] = ()
    fix: Safety | None = None
    about: str = ""
    ruff: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def url(self) -> str:
        """The address of the rule's page: its source file, whose docstring is the page."""
        return f"{REPOSITORY}/blob/main/src/antipatterns/{self.page}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key of every report: path, position, code."""
        return (self.path, self.line, self.column, self.code, self.message)
