"""Allow a service to build its own client of the infrastructure instead of being given it.

What it finds
-------------
An HTTP, database, cloud or API client, a pool or an engine that a class of the domain or a service builds in its own
body or methods. A service is a class whose name ends in one of ``class-suffixes``; one that is named for the
infrastructure (``S3Service``, ``DatabaseService``) is its adapter, and silent. Also silent where the client can be
given too: where an argument, or an attribute that was set before, goes before it (``client or Client()``,
``if client is None``), and in class methods and functions that make the object. Tests are left out.

Why it is bad
-------------
The class decides for all its users where the database is and how long to wait for it. A test of its rules needs
the real client or has to patch it, and each object opens connections of its own.

Bad
---
::

    import httpx

    class PriceService:
        def __init__(self):
            self.client = httpx.Client(base_url="https://prices.example")

Good
----
::

    import httpx

    class PriceService:
        def __init__(self, client: httpx.Client):
            self.client = client

Fix safety
----------
There is no fix: all who make the object have to pass the client then.

Options
-------
- ``class-suffixes`` (list, default ``Service UseCase Interactor``): the ends of the names of services.

In ``[tool.antipatterns]``, shared with the other rules about architecture:

- ``domain-modules`` (list of names or dotted patterns, default ``domain domains entities domain_model``).

Source
------
python-coding, "Use dependency injection throughout"; python-engineer, "hexagonal architecture".
"""

from __future__ import annotations

import ast
import itertools
import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.configuration.config_file import Names  # noqa: TC001 - msgspec reads it
from antipatterns.knowledge.clients import CLIENTS, TECHNOLOGIES
from antipatterns.rule import Rule
from antipatterns.semantics.clients import find_client
from antipatterns.semantics.scope import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    class_suffixes: Names = ("Service", "UseCase", "Interactor")


RULE = Rule(
    __name__,
    "AP407",
    on=False,
    words=tuple(sorted({name.partition(".")[0] for name in CLIENTS})),
    options=Options,
)


# ``AWSSyncService``: AWS, Sync, Service; ``S3Service``: S3, Service; ``OpenAIService``: Open, AI, Service.
_WORDS = re.compile(r"[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*")


@RULE.visit(ast.Call)
def find_client_built_inside(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a client that a service or a class of the domain builds itself."""
    owner = _class_around(scope)
    if owner is None or file.is_test:
        return
    name = find_client(call, file, scope)
    if name is None or not _must_be_given(owner, file) or _can_be_given(call, file, scope):
        return
    message = f"{owner.qualified_name} builds its own {CLIENTS[name]}, {name}(); let it be passed in"
    yield RULE.finding(file, file.source.span_of(call), message)


def _class_around(scope: Scope) -> Scope | None:
    """The class in whose body, or in an instance method of which, code of a scope stands."""
    if scope.kind is ScopeKind.CLASS:
        return scope
    function = scope.function
    node = function.node if function is not None else None
    if function is None or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    decorators = {ast.unparse(item).rpartition(".")[2] for item in node.decorator_list}
    return None if decorators & {"classmethod", "staticmethod"} else function.enclosing_class


def _must_be_given(owner: Scope, file: File) -> bool:
    name = getattr(owner.node, "name", "")
    if file.is_domain:
        return True
    return name.endswith(file.options(RULE).class_suffixes) and not _is_adapter(name)


def _is_adapter(name: str) -> bool:
    """Whether a class is named for the infrastructure that it stands for: one word of its name, or two together."""
    words = [word.lower() for word in _WORDS.findall(name)]
    pairs = [first + second for first, second in itertools.pairwise(words)]
    return not TECHNOLOGIES.isdisjoint([*words, *pairs])


def _can_be_given(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether what is built only stands in for what was not given."""
    parents = file.parents_in(scope.function or scope)
    node: ast.AST = call
    while node in parents:
        parent = parents[node]
        if isinstance(parent, (ast.BoolOp, ast.If, ast.IfExp)) and node is not getattr(parent, "test", None):
            return True
        node = parent
    return False
