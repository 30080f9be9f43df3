"""Log the traceback too: ``.exception`` in the place of ``.error``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Call)


@FIXER.register
def fix_error_logged_without_traceback(call: cst.Call, _place: Place) -> Outcome:
    """``log.exception(…)`` with the arguments of ``log.error(…)``."""
    function = call.func
    if not isinstance(function, cst.Attribute) or function.attr.value != "error":
        return Refusal("libcst sees something else at this place")
    return Fix(function, function.with_changes(attr=cst.Name("exception")))
