"""Allow `dict.fromkeys` with a mutable value, which all the keys then share.

What it finds
-------------
``dict.fromkeys(keys, [])``, ``OrderedDict.fromkeys`` and ``defaultdict.fromkeys`` too, where the value is a list, dict
or set (written out, a comprehension, a constructor), or an instance of a class of this file that can change. A name is
silent: sharing what has a name is seen where it is written. So is a dict that is only compared with another, in an
assertion too, or that a table such as pandas' copies, and one that has its values replaced (``groups[name] = …``) and
none changed in place, as far as the function sees, or the file, where the dict is not local.

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
from antipatterns.knowledge.readers import COPYING_TABLES
from antipatterns.rule import Rule
from antipatterns.semantics.class_fields import makes_changing_instance
from antipatterns.semantics.mutability import is_plainly_mutable, makes_mutable
from antipatterns.semantics.names import last_name
from antipatterns.semantics.replacing import has_replaced_values

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
_NONE = ast.Constant(None)


@RULE.visit(ast.Call)
def find_shared_fromkeys_value(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a value that the keys share and that can change."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "fromkeys" and call.args):
        return
    keys, *values = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "value")]
    value = values[0] if len(values) == 1 else _NONE
    if isinstance(keys, ast.Starred) or file.resolve(call.func, scope) not in _FROMKEYS:
        return
    is_mutable = makes_mutable(value, scope) or makes_changing_instance(value, scope, file)
    if is_mutable and not _is_harmless(call, file, scope):
        message = f"all keys share the one {_format_value(value)}; make it for each with {{key: ... for key in keys}}"
        is_seen = file.resolve(call.func, scope) == "builtins.dict.fromkeys" and is_plainly_mutable(value, scope)
        ruff = RULE.ruff if is_seen else ()
        yield RULE.finding(file, file.source.span_of(call), message, fix=Safety.SAFE, ruff=ruff)


def _is_harmless(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether the dict is only compared or copied, or others are put in the place of the shared value."""
    parents = file.parents_in(scope.module)
    parent = parents[call]
    if isinstance(parent, ast.Call) and parent.func is not call:
        is_assertion = last_name(parent.func).startswith("assert")
        return is_assertion or file.resolve(parent.func, scope) in COPYING_TABLES
    if isinstance(parent, ast.Assign):
        return has_replaced_values(parent, scope, parents)
    return isinstance(parent, ast.Compare)


def _format_value(value: ast.expr) -> str:
    """The value as it is written, where that is short."""
    text = ast.unparse(value)
    return text if len(text) <= 30 else "mutable value"
