"""Allow a domain module to import infrastructure, so that the business rules hang on a library.

What it finds
-------------
An import of an infrastructure library (HTTP clients and frameworks, ORMs, drivers, brokers, cloud SDKs,
``socket``, ``subprocess``, ``sqlite3`` …) or of the project's own infrastructure packages, anywhere in a domain
module. A domain module is one with a part called ``domain``, ``domains``, ``entities`` or ``domain_model`` in its
path. Unless ``domain-modules`` is set, a lone file ``domain.py`` counts only where a layer stands beside it
(``infrastructure``, ``use_cases`` …; of names that many packages have, such as ``services`` and ``api``, two), as many
a ``domain.py`` is about DNS, and many an ``entities.py`` about those of a framework; and what lies in infrastructure
(``persistence/entities``, ``routes/domain.py``) is none. Imports of the module's own domain package are never
reported, nor are those of its tests.

Why it is bad
-------------
The domain can then be tested only with the database or the network at hand, and a new driver changes the rules
of the business.

Bad
---
::

    # shop/domain/order.py
    import requests

    def price_in(currency, amount):
        return amount * requests.get(f"https://rates.example/{currency}", timeout=5).json()

Good
----
::

    # shop/domain/order.py
    from typing import Protocol

    class Rates(Protocol):
        def rate(self, currency: str) -> float: ...

    def price_in(currency, amount, rates: Rates):
        return amount * rates.rate(currency)

Fix safety
----------
Where ``allow-type-only`` is set, an import that only annotations use moves under ``if TYPE_CHECKING:``. Unsafe: other
modules may import the name from here, and libraries may read the annotations while the program runs. Refused where
the file imports such a library (pydantic, FastAPI, SQLAlchemy …), where annotations are evaluated, and for names that
are used anywhere else. There is no fix for the others: which interface the domain needs is for people to say.

Options
-------
- ``allow-type-only`` (bool, default false): allow imports under ``if TYPE_CHECKING:``.

In ``[tool.antipatterns]``, shared with the other rules about architecture:

- ``domain-modules`` (list of names or dotted patterns, default ``domain domains entities domain_model``).
- ``infrastructure-modules`` (list of names, default ``infrastructure infra adapters persistence api routes web``): the
  project's own infrastructure packages.
- ``infrastructure-packages`` (list of dotted names): further libraries that are infrastructure.

Source
------
python-coding, "Domain layer has zero infrastructure dependencies", "No infrastructure in domain"; python-engineer,
"hexagonal architecture". Others have it, configured by hand, as ruff TID251 and import-linter.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import msgspec

from antipatterns.finding import Safety
from antipatterns.project.infrastructure import Import, find_infrastructure
from antipatterns.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    allow_type_only: bool = False


RULE = Rule(__name__, "AP401", options=Options)

_ADVICE = "let the domain declare a Protocol and pass the implementation in"


@RULE.visit(ast.Import, ast.ImportFrom)
def find_infrastructure_import(node: ast.Import | ast.ImportFrom, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each infrastructure module that an import statement of a domain module names."""
    if not file.is_domain:
        return
    if file.options(RULE).allow_type_only and file.is_type_only(node, scope):
        return
    reported = set()
    for imported in _imports_of(node):
        found = find_infrastructure(imported, file.module_name, file.settings)
        if found is not None and found.module not in reported:
            reported.add(found.module)
            message = f"domain module imports {found.module} ({found.kind}); {_ADVICE}"
            yield RULE.finding(file, file.source.span_of(node), message, fix=Safety.UNSAFE)


def _imports_of(node: ast.Import | ast.ImportFrom) -> list[Import]:
    if isinstance(node, ast.Import):
        return [Import(0, alias.name, None) for alias in node.names]
    return [Import(node.level, node.module, alias.name) for alias in node.names]
