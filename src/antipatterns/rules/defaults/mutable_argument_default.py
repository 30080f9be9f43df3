"""Allow a mutable default for an argument, which all calls then share.

What it finds
-------------
A default that is a list, dict or set: written out, a comprehension, a generator, a constructor (``list dict
set bytearray`` and those of ``collections``), or a constant of the module that holds one and that the function
changes, stores or returns: one that is only read, as in ``def check(version, known=VERSIONS)``, is silent.
Keyword-only arguments and lambdas count. Silent where the annotation promises not to change it (``Sequence``,
``Mapping``, ``Iterable``, ``Literal``, ``tuple`` …) or hands it to a framework that copies the default
(``Annotated[list[str], Query()]``); in stubs, overloads and abstract methods: the implementation is what runs.

Why it is bad
-------------
The default is made once, when the function is defined. What one call appends, every later call finds there.

Bad
---
::

    def add(item, basket=[]):
        basket.append(item)
        return basket

Good
----
::

    def add(item, basket=None):
        if basket is None:
            basket = []
        basket.append(item)
        return basket

Fix safety
----------
Safe: ``None`` as the default, and below the docstring ``if x is None:`` with the old one; the annotation becomes
``T | None`` (``Optional[T]`` for an older Python). No such ``if`` where the body never looks at the argument, or only
asks whether it is true. Unsafe for an argument without an annotation that the body hands on to another function, or,
where its default is not empty, asks about: there a caller may pass ``None`` on purpose. Refused where ``None`` means
something already, where the sharing looks meant (a cache, a counter, recursion), where a framework reads the
signature, for a default that may have another value later, for shared constants, in a lambda.

Options
-------
- ``defer-to-ruff``: leaves to B006 what is written out or made by a usual constructor; not constants, generators and
  what lambdas take.

Source
------
python-coding, "No mutable defaults". Others have it as flake8-bugbear B006.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.defaults import arguments_with_defaults, is_only_declared
from antipatterns.semantics.mutability import is_mutable, is_plainly_mutable, is_read_only
from antipatterns.semantics.usage import changes_or_lets_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

RULE = Rule(__name__, "AP301", ruff=("B006",))

_NEVER_FIXED = (ast.Name, ast.GeneratorExp, ast.NamedExpr)
_CONSTANT_MESSAGE = 'default of argument "{}" is {} itself, which all calls share; use None and copy it inside'


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
def find_mutable_argument_default(function: Function, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each default that calls share and can change."""
    if not function.args.defaults and not function.args.kw_defaults:
        return
    for argument, default in arguments_with_defaults(function.args):
        if (
            is_mutable(default, scope)
            and not is_read_only(argument.annotation, scope)
            and not is_only_declared(function, file.path, scope)
        ):
            message = (
                f'mutable default of argument "{argument.arg}" is shared by all calls; use None and make it inside'
            )
            if isinstance(default, ast.Name):
                message = _CONSTANT_MESSAGE.format(argument.arg, default.id)
            if not isinstance(default, ast.Name) or changes_or_lets_out(function, argument.arg):
                fix = None if isinstance(default, _NEVER_FIXED) or isinstance(function, ast.Lambda) else Safety.SAFE
                is_seen = is_plainly_mutable(default, scope) and not isinstance(function, ast.Lambda)
                ruff = RULE.ruff if is_seen else ()
                yield RULE.finding(file, file.source.span_of(default), message, fix=fix, ruff=ruff)
