"""Allow `dict.fromkeys` with a mutable value, which all the keys then share.

What it finds
-------------
``dict.fromkeys(keys, [])``, ``OrderedDict.fromkeys`` and ``defaultdict.fromkeys`` too, where the value is a list, dict
or set (written out, a comprehension, a constructor), or an instance of a class of this file that can change. A name is
silent: sharing what has a name is seen where it is written; and so is a dict that is only compared with another.

Why it is bad
-------------
The value is made once. What is added to it under one key is there under every other.

Bad
---
::

    groups = dict.fromkeys(names, [])
    groups["a"].append(1)

Good
----
::

    groups = {name: [] for name in names}
    groups["a"].append(1)

Fix safety
----------
Safe: a comprehension over the same keys, which makes the value for each. Refused where making the value more than once
could do something else than making it once, for a generator, and for other classes than ``dict``.

Options
-------
- ``defer-to-ruff``: leaves to RUF024 what is written out or made by a usual constructor, for ``dict.fromkeys`` itself.

Source
------
python-coding, "No mutable defaults". Others have it as ruff RUF024.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.class_fields import makes_changing_instance
from antipatterns.semantics.mutability import is_plainly_mutable, makes_mutable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP306", words=("fromkeys",), asks_elsewhere=True, ruff=("RUF024",))

_FROMKEYS = {
    "builtins.dict.fromkeys",
    "collections.OrderedDict.fromkeys",
    "collections.defaultdict.fromkeys",
}


@RULE.visit(ast.Call)
def find_shared_fromkeys_value(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a value that the keys share and that can change."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "fromkeys" and len(call.args) == 2):
        return
    keys, value = call.args
    if isinstance(keys, ast.Starred) or file.resolve(call.func, scope) not in _FROMKEYS:
        return
    is_mutable = makes_mutable(value, scope) or makes_changing_instance(value, scope, file)
    if is_mutable and not isinstance(file.parents_in(scope.module).get(call), ast.Compare):
        message = f"all keys share the one {_format_value(value)}; make it for each with {{key: ... for key in keys}}"
        is_seen = file.resolve(call.func, scope) == "builtins.dict.fromkeys" and is_plainly_mutable(value, scope)
        ruff = RULE.ruff if is_seen else ()
        yield RULE.finding(file, file.source.span_of(call), message, fix=Safety.SAFE, ruff=ruff)


def _format_value(value: ast.expr) -> str:
    """The value as it is written, where that is short."""
    text = ast.unparse(value)
    return text if len(text) <= 30 else "mutable value"
