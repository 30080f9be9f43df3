"""Which exceptions a handler catches, by resolved names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_BROAD = {"builtins.Exception", "builtins.BaseException"}


def is_broad(caught: ast.expr | None, file: File, scope: Scope) -> bool:
    """Whether a handler catches everything: no type, ``Exception``, ``BaseException``, or a tuple with one of these."""
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(is_broad(item, file, scope) for item in caught.elts)
    return file.resolve(caught, scope) in _BROAD
