"""Move an import that only annotations use under ``if TYPE_CHECKING:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.fixer import Fixer, Outcome, Refusal
from antipatterns.fix.type_only_import import move_under_type_checking

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Import, cst.ImportFrom)


@FIXER.register
def fix_infrastructure_import(statement: cst.Import | cst.ImportFrom, place: Place) -> Outcome:
    """Move the whole statement, where nothing needs its names while the program runs."""
    outcome = move_under_type_checking(statement, place)
    if not isinstance(outcome, Refusal) and not place.file.options(FIXER.rule).allow_type_only:
        return Refusal("type-only imports count too; set allow-type-only to allow them")
    return outcome
