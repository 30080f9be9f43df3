"""Allow `dict.fromkeys` with a mutable value, which all the keys then share.

What it finds
-------------
``dict.fromkeys(keys, [])``, ``OrderedDict.fromkeys`` and ``defaultdict.fromkeys`` too, where the value is a list, dict
or set (written out, a comprehension, a constructor), or an instance of a class of this file that can change. A name is
silent: sharing what has a name is seen where it is written. So is a dict that is only compared with another, in an
assertion too, or that a table such as pandas' copies, and one that a loop over the same keys fills with other values.

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
_LEAVES = (ast.Break, ast.Continue, ast.Return, ast.Try)


@RULE.visit(ast.Call)
def find_shared_fromkeys_value(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a value that the keys share and that can change."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "fromkeys" and len(call.args) == 2):
        return
    keys, value = call.args
    if isinstance(keys, ast.Starred) or file.resolve(call.func, scope) not in _FROMKEYS:
        return
    is_mutable = makes_mutable(value, scope) or makes_changing_instance(value, scope, file)
    if is_mutable and not _is_harmless(call, file, scope):
        message = f"all keys share the one {_format_value(value)}; make it for each with {{key: ... for key in keys}}"
        is_seen = file.resolve(call.func, scope) == "builtins.dict.fromkeys" and is_plainly_mutable(value, scope)
        ruff = RULE.ruff if is_seen else ()
        yield RULE.finding(file, file.source.span_of(call), message, fix=Safety.SAFE, ruff=ruff)


def _is_harmless(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether the dict is only compared or copied, or all its values are put in the place of the shared one."""
    parents = file.parents_in(scope.module)
    parent = parents[call]
    if isinstance(parent, ast.Call) and parent.func is not call:
        is_assertion = last_name(parent.func).startswith("assert")
        return is_assertion or file.resolve(parent.func, scope) in COPYING_TABLES
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        loop = _statement_after(parent, parents[parent])
        return isinstance(loop, ast.For) and _fills(loop, parent.targets[0], call.args[0])
    return isinstance(parent, ast.Compare)


def _statement_after(statement: ast.stmt, block: ast.AST) -> ast.stmt | None:
    for _, statements in ast.iter_fields(block):
        if isinstance(statements, list) and statement in statements[:-1]:
            following: ast.stmt = statements[statements.index(statement) + 1]
            return following
    return None


def _fills(loop: ast.For, name: ast.expr, keys: ast.expr) -> bool:
    """Whether a loop over some keys does nothing else with a dict than set the value of each, always."""
    if not isinstance(name, ast.Name) or ast.unparse(loop.iter) != ast.unparse(keys):
        return False
    nodes = list(ast.walk(loop))
    uses = [node for node in nodes if isinstance(node, ast.Name) and node.id == name.id]
    item = f"{name.id}[{ast.unparse(loop.target)}]"
    is_set = any(isinstance(one, ast.Assign) and [ast.unparse(to) for to in one.targets] == [item] for one in loop.body)
    return is_set and len(uses) == 1 and not any(isinstance(node, _LEAVES) for node in nodes)


def _format_value(value: ast.expr) -> str:
    """The value as it is written, where that is short."""
    text = ast.unparse(value)
    return text if len(text) <= 30 else "mutable value"
