"""Put the statement under a time limit of so many seconds as the settings say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from antipatterns.blocking.sinks import framework_of
from antipatterns.finding import Safety
from antipatterns.fix.await_call import name_for
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.project.python_version import lowest_python
from antipatterns.rules.event_loop.await_without_timeout import RULE, Options

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Await, always_unsafe=True)

_TIMEOUT_SINCE = (3, 11)  # asyncio.timeout


@FIXER.register
def fix_await_without_timeout(node: cst.Await, place: Place) -> Outcome:
    """``async with asyncio.timeout(10):`` around the statement, or ``with`` and what else limits time elsewhere."""
    options: Options = place.file.options(RULE)
    if options.seconds is None:
        return Refusal("how long to wait is for the setting seconds to say")
    line = _statement_around(node, place)
    if line is None:
        return Refusal("it stands in the head of a block")
    if m.matches(line.body[0], m.Expr(m.SimpleString() | m.ConcatenatedString())):
        return Refusal("a docstring stands on its line")
    if m.findall(line, m.Yield()):
        return Refusal("the statement yields: what comes then would be under the time limit too")
    framework = framework_of(place.file)
    lowest = lowest_python(Path(place.file.path))
    if framework == "asyncio" and lowest is not None and lowest < _TIMEOUT_SINCE:
        return Refusal("asyncio.timeout() needs Python 3.11")
    limit = name_for(REMEDIES[framework]["timeout"], place, place.scope_of(node))
    if limit is None:
        return Refusal("the name of the asynchronous library means something else here")
    return Fix(line, _limited(line, f"{limit.code}({options.seconds:g})", framework), Safety.UNSAFE, limit.imports)


def _statement_around(node: cst.Await, place: Place) -> cst.SimpleStatementLine | None:
    """The line of simple statements that holds a node itself, and no block of its own."""
    for outer in place.ancestors(node):
        if isinstance(outer, cst.SimpleStatementLine):
            return outer
        if isinstance(outer, (cst.BaseCompoundStatement, cst.SimpleStatementSuite, cst.Lambda)):
            return None
    return None


def _limited(line: cst.SimpleStatementLine, limit: str, framework: str) -> cst.With:
    """The block around a line; the comments and empty lines above it stay there."""
    return cst.With(
        [cst.WithItem(cst.parse_expression(limit))],
        cst.IndentedBlock([line.with_changes(leading_lines=())]),
        asynchronous=cst.Asynchronous() if framework == "asyncio" else None,
        leading_lines=line.leading_lines,
    )
