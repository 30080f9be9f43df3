"""Allow environment variables to be read all over the program instead of in its settings.

What it finds
-------------
``os.environ[…]``, ``os.environ.get``, ``… in os.environ``, ``os.getenv`` and ``decouple.config`` outside of the
modules that hold the settings: those with a word like ``settings``, ``config`` or ``env`` in the name of the file, or
in a folder of that name. Silent in classes and functions that are settings by their name, under ``if __name__ ==
"__main__"``, for variables of the system (``HOME``, ``PATH``, ``NO_COLOR`` …) and those whose names come from
elsewhere, where the whole environment is handed on, and where the same function sets what it has read, or where the
file does for what runs when it is imported. Tests, what serves them (``testing``) and scripts are left out.

Why it is bad
-------------
Nobody can tell what a program needs to be told without reading all of it. A missing or misspelt variable is found
when that line runs, not when the program starts, and each place invents its own default.

Bad
---
::

    # shop/mail.py
    import os

    def send(message, connect):
        connect(os.environ["SMTP_HOST"]).send(message)

Good
----
::

    # shop/settings.py
    import os
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Settings:
        smtp_host: str

    def load_settings() -> Settings:
        return Settings(smtp_host=os.environ["SMTP_HOST"])

Fix safety
----------
There is no fix: the value has to find its way from the settings to the place.

Options
-------
- ``settings-modules`` (list, default ``settings config configuration conf env environment``): the words that make a
  file or a folder one of settings.

Source
------
python-coding, "All configuration through environment variables", "Use dependency injection throughout".
"""

from __future__ import annotations

import ast
import os
import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.configuration.config_file import Names  # noqa: TC001 - msgspec reads it
from antipatterns.knowledge.environment import MAPPINGS, OF_THE_SYSTEM, READERS, SYSTEM_PREFIXES
from antipatterns.rule import Rule
from antipatterns.semantics.scope import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    settings_modules: Names = ("settings", "config", "configuration", "conf", "env", "environment")


RULE = Rule(__name__, "AP406", on=False, words=("environ", "getenv", "decouple"), options=Options)

_LAST_PARTS = {name.rpartition(".")[2] for name in READERS}


@RULE.visit(ast.Call)
def find_environment_call(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a function that reads a variable."""
    last = call.func.attr if isinstance(call.func, ast.Attribute) else "get"
    if last in _LAST_PARTS and file.resolve(call.func, scope) in READERS:
        yield from _judge(call, call.args[0] if call.args else None, file, scope)


@RULE.visit(ast.Subscript)
def find_environment_item(node: ast.Subscript, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for ``os.environ["NAME"]`` where its value is read."""
    if isinstance(node.ctx, ast.Load) and file.resolve(node.value, scope) in MAPPINGS:
        yield from _judge(node, node.slice, file, scope)


@RULE.visit(ast.Compare)
def find_environment_test(node: ast.Compare, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for ``"NAME" in os.environ``."""
    if isinstance(node.ops[0], (ast.In, ast.NotIn)) and file.resolve(node.comparators[0], scope) in MAPPINGS:
        yield from _judge(node, node.left, file, scope)


def _judge(node: ast.expr, variable: ast.expr | None, file: File, scope: Scope) -> Iterator[Finding]:
    name = _name_of(variable)
    if name is None or name in OF_THE_SYSTEM or name.startswith(SYSTEM_PREFIXES):
        return
    if file.serves_tests or file.is_script or _is_of_settings(file) or _is_in_settings(scope, file):
        return
    if _is_run_as_script(node, file) or _is_set_too(variable, scope, file):
        return
    message = f"environment variable {name} is read outside of the settings; read it there, once, and pass the value in"
    yield RULE.finding(file, file.source.span_of(node), message)


def _name_of(variable: ast.expr | None) -> str | None:
    """The variable's name, or that of the constant that holds it; a name that is found otherwise is somebody else's."""
    if isinstance(variable, ast.Constant) and isinstance(variable.value, (str, bytes)):
        return os.fsdecode(variable.value)
    last = variable.attr if isinstance(variable, ast.Attribute) else getattr(variable, "id", "")
    return last if last.isupper() else None


def _is_of_settings(file: File) -> bool:
    """Whether the name of a folder, or a word in that of the file, says that settings are kept here."""
    *folders, name = file.path_in_project.split("/")
    words = {*folders, *re.split(r"[_.\-]", name)}
    return not words.isdisjoint(file.options(RULE).settings_modules)


def _is_in_settings(scope: Scope, file: File) -> bool:
    """Whether a class or a function of settings stands around, by its name."""
    around: Scope | None = scope
    while around is not None:
        name = getattr(around.node, "name", "")
        if around.kind in (ScopeKind.CLASS, ScopeKind.FUNCTION):
            words = set(re.findall(r"[a-z]+", re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()))
            if not words.isdisjoint(file.options(RULE).settings_modules):
                return True
        around = around.parent
    return False


def _is_run_as_script(node: ast.expr, file: File) -> bool:
    """Whether it stands under ``if __name__ == "__main__"``."""
    return any(
        isinstance(statement, ast.If)
        and "__main__" in ast.unparse(statement.test)
        and statement.lineno <= node.lineno <= (statement.end_lineno or 0)
        for statement in file.source.tree.body
    )


def _is_set_too(variable: ast.expr | None, scope: Scope, file: File) -> bool:
    """Whether the same function, or the file, sets, removes or gives a default to the variable: it only borrows it."""
    if variable is None:
        return False
    wanted = ast.dump(variable)
    for node in ast.walk((scope.function or scope.module).node):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and ast.dump(node.slice) == wanted:
            if file.resolve(node.value, scope) in MAPPINGS:
                return True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            is_change = node.func.attr in ("pop", "setdefault", "putenv", "unsetenv")
            if is_change and ast.dump(node.args[0]) == wanted:
                return True
    return False
