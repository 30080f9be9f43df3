"""Allow a ``# noqa: AP…`` comment that silences nothing.

What it finds
-------------
Codes of this tool in a ``# noqa`` comment that silence no finding: the code is wrong, the defect is gone, or the
comment stands on the wrong line. Codes of other tools, and a bare ``# noqa``, are left to others; codes of rules
that are off in this run are not judged. With ``require-suppression-reason = true`` also comments that name codes
of this tool and give no reason after ``--``, ``:`` or in parentheses. Command line only: flake8 does its own ``noqa``.

Why it is bad
-------------
The comment says that something is wrong here when nothing is, and it will hide the next real finding.

Bad
---
::

    total = sum(prices)  # noqa: AP201

Good
----
::

    total = sum(prices)

Fix safety
----------
Safe: the codes go, or the whole ``noqa`` if none is left, or the whole comment if that says nothing more. A missing
reason is for a person to write.

Options
-------
``require-suppression-reason`` in ``[tool.antipatterns]`` (bool, default false); it turns this rule on.

Source
------
python-coding, "No type: ignore without justification", of which this is the general form.
Others have it as ruff RUF100.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.suppress import UnexplainedSuppression, UnusedSuppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

_UNUSED = "noqa for {} silences nothing; remove it"

RULE = Rule(__name__, "AP002", on=False, words=("noqa", "NOQA", "NoQA", "NoQa", "Noqa"))


@RULE.visit(UnusedSuppression)
def find_unused_suppression(event: UnusedSuppression, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for the codes of a comment that silence nothing."""
    yield RULE.finding(file, event.suppression.span, _UNUSED.format(", ".join(event.codes)), fix=Safety.SAFE)


@RULE.visit(UnexplainedSuppression)
def find_unexplained_suppression(event: UnexplainedSuppression, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a comment that does not say why."""
    message = f"noqa for {', '.join(event.suppression.codes)} gives no reason; write one after --"
    yield RULE.finding(file, event.suppression.span, message)


def unused_codes(finding: Finding) -> frozenset[str]:
    """The codes that a finding calls unused; none for a finding about a missing reason."""
    before, behind = _UNUSED.split("{}")
    message = finding.message
    if not message.startswith(before) or not message.endswith(behind):
        return frozenset()
    return frozenset(message.removeprefix(before).removesuffix(behind).split(", "))
