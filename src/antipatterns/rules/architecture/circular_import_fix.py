"""Move an import that closes a cycle, and that only annotations use, under ``if TYPE_CHECKING:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.fixer import Fixer, Outcome, Refusal
from antipatterns.fix.type_only_import import move_under_type_checking

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Import, cst.ImportFrom, always_unsafe=True)


@FIXER.register
def fix_circular_import(statement: cst.Import | cst.ImportFrom, place: Place) -> Outcome:
    """Move the whole statement, where that takes the module out of the cycle."""
    if place.finding.fix is None:
        return Refusal("what the module imports is used beyond annotations, or imported by several statements")
    if place.file.options(FIXER.rule).count_type_only:
        return Refusal("type-only imports count too")
    return move_under_type_checking(statement, place)
