"""Move an import that closes a cycle under ``if TYPE_CHECKING:``, or into the functions that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.fix.lazy_import import move_into_functions
from antipatterns.fix.type_only_import import move_under_type_checking

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Import, cst.ImportFrom, always_unsafe=True)


@FIXER.register
def fix_circular_import(statement: cst.Import | cst.ImportFrom, place: Place) -> Outcome:
    """Move the whole statement, where that takes the module out of the cycle."""
    if place.finding.fix is None:
        return Refusal("what the module imports is used while it is imported, or imported by several statements")
    options = place.file.options(FIXER.rule)
    if options.count_type_only:
        return Refusal("type-only imports count too")
    in_annotations = move_under_type_checking(statement, place)
    if isinstance(in_annotations, Fix):
        return in_annotations
    in_functions = Refusal("lazy imports count too") if options.count_lazy else move_into_functions(statement, place)
    is_for_annotations = "annotation" in place.finding.message
    return in_annotations if is_for_annotations and isinstance(in_functions, Refusal) else in_functions
