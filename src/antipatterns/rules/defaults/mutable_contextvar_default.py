"""Allow a mutable default for a `ContextVar`, which all contexts then share.

What it finds
-------------
``ContextVar("name", default=[])``, where the default is a list, dict or set (written out, a comprehension, a
constructor), or an instance of a class of this file that can change.

Why it is bad
-------------
A context variable is there to keep tasks and requests apart. The default is one object: what one task adds to it,
without setting the variable first, every other task finds there.

Bad
---
::

    from contextvars import ContextVar

    warnings = ContextVar("warnings", default=[])

Good
----
::

    from contextvars import ContextVar

    warnings: ContextVar[list | None] = ContextVar("warnings", default=None)

    def add_warning(text):
        warnings.set([*(warnings.get() or []), text])

Fix safety
----------
There is no fix: every place that reads the variable has to give it a value of its own.

Options
-------
- ``defer-to-ruff``: leaves to B039 what is written out or made by a usual constructor.

Source
------
python-coding, "No mutable defaults". Others have it as flake8-bugbear B039.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.rule import Rule
from antipatterns.semantics.class_fields import makes_changing_instance
from antipatterns.semantics.mutability import is_plainly_mutable, makes_mutable
from antipatterns.semantics.names import is_imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP305", words=("ContextVar",), asks_elsewhere=True, ruff=("B039",))


@RULE.visit(ast.Call)
def find_mutable_contextvar_default(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a default that all contexts share and can change."""
    default = next((keyword.value for keyword in call.keywords if keyword.arg == "default"), None)
    if default is None or isinstance(default, ast.Constant):
        return
    function = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    if file.resolve(function, scope) != "contextvars.ContextVar":
        return
    if makes_mutable(default, scope) or makes_changing_instance(default, scope, file):
        message = "all contexts share this default; leave it out or use None, and set a new value in each context"
        is_seen = is_imported(function, scope) and is_plainly_mutable(default, scope)
        ruff = RULE.ruff if is_seen else ()
        yield RULE.finding(file, file.source.span_of(default), message, ruff=ruff)
