"""Which calls build a client, a pool or an engine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.clients import CLIENTS

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_LAST_PARTS = {name.rpartition(".")[2] for name in CLIENTS}


def find_client(call: ast.Call, file: File, scope: Scope) -> str | None:
    """The canonical name of the client, engine or pool that a call builds."""
    if isinstance(call.func, ast.Attribute) and call.func.attr not in _LAST_PARTS:
        return None
    name = file.types.callee(call.func, scope)
    return next((spelling for spelling in libraries.spellings(name or "") if spelling in CLIENTS), None)
