"""Name what a bare ``except`` catches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.control_flow import always_raises
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.ExceptHandler)


@FIXER.register
def fix_bare_except(handler: cst.ExceptHandler, place: Place) -> Outcome:
    """``except Exception:``, or ``except BaseException:`` where every path raises and so nothing is swallowed."""
    node = place.ast_node(handler)
    if node is None or handler.type is not None:
        return Refusal("the handler has changed")
    name = "BaseException" if always_raises(node.body) else "Exception"
    if place.scope_of(handler).lookup(name) is not None:
        return Refusal(f"{name} is not the builtin here")
    named = handler.with_changes(type=cst.Name(name), whitespace_after_except=cst.SimpleWhitespace(" "))
    return Fix(handler, named)
