"""What came of checking a file: small frozen values, which are kept and sent from process to process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from antipatterns.elsewhere import Question
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.finding import Finding

ENGINE = "the engine"
"""What stands for the code in a crash outside of all rules."""


class Crash(msgspec.Struct, frozen=True):
    """A defect of this tool that one rule met in one file: who, where, and the traceback as text."""

    code: str
    path: str
    traceback: str


class Checked(msgspec.Struct, frozen=True):
    """The outcome for one file: findings in the order of their places, and the crashes that cost some.

    ``facts``: what the file says for the project, where project rules are still to be asked about it; encoded where it
    goes to other processes or the disk, and b"" where it is known elsewhere.
    ``has_suppressions``: whether comments in it may silence, needlessly or not, what these are going to say.
    ``questions``: what other rules want to know of other files; as if nothing were known of them, they found this.
    """

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...] = ()
    facts: ModuleFacts | bytes | None = None
    has_suppressions: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether other files may have a say."""
        return self.facts is not None or bool(self.questions)
