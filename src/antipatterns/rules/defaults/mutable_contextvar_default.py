"""Allow a mutable default for a `ContextVar`, which all contexts then share.

What it finds
-------------
``ContextVar("name", default=[])``, where the default is a list, dict or set (written out, a comprehension, a
constructor), or an instance of a class of this file that can change. Silent where the file gets the value of the
variable only to look at it or to copy it: ``{**context.get(), "key": value}``, ``for name in names.get()``.

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
from antipatterns.semantics.names import is_imported, last_name
from antipatterns.semantics.reading import is_only_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Parents = Mapping[ast.AST, ast.AST]

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
    is_mutable = makes_mutable(default, scope) and not (_is_flat(default) and _is_only_read(call, file))
    if is_mutable or makes_changing_instance(default, scope, file):
        message = "all contexts share this default; leave it out or use None, and set a new value in each context"
        is_seen = is_imported(function, scope) and is_plainly_mutable(default, scope)
        ruff = RULE.ruff if is_seen else ()
        yield RULE.finding(file, file.source.span_of(default), message, ruff=ruff)


def _is_flat(default: ast.expr) -> bool:
    """Whether nothing in a container can be changed, as far as it is written down: copies of it share what is in it."""
    if isinstance(default, ast.Call):
        return not default.args and not default.keywords
    parts = ast.iter_child_nodes(default)
    return all(isinstance(part, (ast.Constant, ast.Name, ast.Attribute, ast.expr_context)) for part in parts)


def _is_only_read(variable: ast.Call, file: File) -> bool:
    """Whether the file gets the values of a variable, and only to read them. What other files do is not looked at."""
    parents = file.parents_in(file.module)
    statement = parents[variable]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    name = last_name(targets[0]) if len(targets) == 1 and isinstance(targets[0], (ast.Name, ast.Attribute)) else ""
    uses = [node for node in parents if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) == name]
    calls = [_method_called(use, parents) for use in uses if isinstance(use.ctx, ast.Load)]
    return any(method == "get" for method, _ in calls) and all(
        method in ("set", "reset") or (method == "get" and (call.args or is_only_read(call, file.module, parents)))
        for method, call in calls  # what ``get`` is given comes before the default
    )


def _method_called(variable: ast.Name | ast.Attribute, parents: Parents) -> tuple[str, ast.Call]:
    """The method of a variable that is called where it is used, and the call; no name where it is used otherwise."""
    method = parents[variable]
    call = parents.get(method)
    if isinstance(method, ast.Attribute) and isinstance(call, ast.Call) and call.func is method:
        return method.attr, call
    return "", _NO_CALL


_NO_CALL = ast.Call(ast.Name(""), [], [])
