"""What a run found, as text: the formats by name, and the one value that all of them are made from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from antipatterns.finding import Finding
    from antipatterns.rule import Rule

FORMATS = ("text", "json", "sarif", "github", "gitlab")
"""The names of the formats; each is a module of this package with a function ``format_findings``."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the formats get to see.

    ``findings`` come sorted by ``Finding.order``. ``rules`` are those which ran, ``files`` is how many files
    they ran over. ``root``: the absolute path of the directory that the relative paths start from, or "".
    ``colour`` and ``show_source`` (lines of the file around each finding) matter to the text format alone.
    ``texts`` holds the lines of files that must not be read from the disk (stdin), by path.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = ()
    files: int = 0
    root: str = ""
    colour: bool = False
    show_source: bool = False
    texts: Mapping[str, Sequence[str]] = msgspec.field(default_factory=dict)


def format_findings(format_name: str, report: Report) -> str:
    """The findings in one of ``FORMATS``, the last line ended too; raises ValueError for any other name."""
    if format_name not in FORMATS:
        raise ValueError(f"no format {format_name!r}: there are {', '.join(FORMATS)}")
    text: str = import_module(f"antipatterns.report.{format_name}").format_findings(report)
    return text
