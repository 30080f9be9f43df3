"""Allow ``suppress(Exception)``, which drops every error of a block without a trace.

What it finds
-------------
``contextlib.suppress`` with ``Exception`` or ``BaseException`` among its arguments, also inside a tuple, wherever the
context manager is used: in ``with``, as a decorator, in an ``ExitStack``. A comment does not excuse it unless
``allow-commented`` says so. Silent around nothing but ``future.result()`` or ``await future``, which only says that
somebody has seen the error of a future.

Why it is bad
-------------
It is ``except Exception: pass`` in other words: it drops a misspelt attribute, a full disk and a changed API along
with the one error that was meant, and what stands behind the failing line in the block is silently left out.

Bad
---
::

    from contextlib import suppress

    with suppress(Exception):
        cache.delete(key)

Good
----
::

    from contextlib import suppress

    with suppress(ConnectionError):
        cache.delete(key)

Fix safety
----------
None: only the author knows which errors were meant.

Options
-------
- ``allow-commented`` (bool, default false): a comment at the end of the call's line, or on the line above, explains it.

Source
------
python-coding, "Never use try/except: pass or default fallbacks that mask errors".
No other linter has it.
"""

from __future__ import annotations

import ast
import tokenize
from typing import TYPE_CHECKING

import msgspec

from antipatterns.rule import Rule
from antipatterns.semantics.exceptions import is_broad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    allow_commented: bool = False


RULE = Rule(__name__, "AP204", words=("suppress",), options=Options)


@RULE.visit(ast.Call)
def find_broad_suppress(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a call of ``suppress`` that names everything."""
    if not call.args or file.resolve(call.func, scope) != "contextlib.suppress":
        return
    broad = next((item for item in call.args if is_broad(item, file, scope)), None)
    if broad is None or (file.options(RULE).allow_commented and _has_comment(call, file)):
        return
    if _only_retrieves(call, file, scope):
        return
    message = f"suppress({ast.unparse(broad)}) drops every error without a trace; name what is expected, or log it"
    yield RULE.finding(file, file.source.span_of(call), message)


def _has_comment(call: ast.Call, file: File) -> bool:
    """Whether a comment ends one of the lines of a call, or stands on the one above it."""
    lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
    above = file.source.line_at(call.lineno - 1).lstrip()
    return above.startswith("#") or any(
        token.type == tokenize.COMMENT and token.start[0] in lines for token in file.source.tokens
    )


def _only_retrieves(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a block under ``suppress`` holds nothing but the look at a future that is there already."""
    parents = file.parents_in(scope)
    block = parents.get(parents.get(call, call))
    return isinstance(block, (ast.With, ast.AsyncWith)) and all(map(_retrieves, block.body))


def _retrieves(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(value, ast.Await):
        return isinstance(value.value, (ast.Name, ast.Attribute))
    if not isinstance(value, ast.Call) or value.args or value.keywords:
        return False
    return isinstance(value.func, ast.Attribute) and value.func.attr in ("exception", "result")
