"""What a rule about one file may ask of others: one narrow question about a name that the file imports."""

from __future__ import annotations

from enum import IntEnum

Question = tuple[int, str]
"""A topic and a name."""


class Topic(IntEnum):
    """What is asked about a name: dotted, with leading dots where relative, and ``()`` behind each part that is called.

    ``.log.make_logger()``, ``.base.Base().logger``.
    """

    VALUE = 0  # the canonical name of a thing of a library, with ``()`` behind it for an instance of such a class
    FIELDS = 1  # the base, known to ``knowledge.field_libraries``, from which a class inherits that it has fields
    CHANGES = 2  # the library that makes the fields of a class whose instances surely can change
    TAKER = 3  # the module that takes something of this name out of the file at hand; for fixes: it looks at all files


class Elsewhere:
    """Knows nothing of other files."""

    def ask(self, topic: Topic, name: str) -> str:
        """The answer; "" if nobody knows it for sure."""
        del topic, name
        return ""


class Noted(Elsewhere):
    """Notes the questions for when other files are known. Nothing is known until then."""

    def __init__(self) -> None:
        self.questions: dict[Question, None] = {}

    def ask(self, topic: Topic, name: str) -> str:
        """No answer yet."""
        self.questions[topic, name] = None
        return ""
