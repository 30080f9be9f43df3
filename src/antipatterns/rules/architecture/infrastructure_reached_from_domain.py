"""Allow a domain module to import infrastructure through other modules of the project.

What it finds
-------------
In a domain module, an import of a module of the project that is neither domain nor infrastructure itself, but imports
infrastructure, or leads to it through further modules. The message and the hops carry the whole chain. What is domain
and what is infrastructure is as for ``infrastructure-import-in-domain`` (AP401), which reports direct imports.

Imports inside functions count, those under ``if TYPE_CHECKING:`` do not, nor does a library that the program does
without: one that a function imports in a ``try`` which goes on after an ``ImportError``. Only what is asked for is
followed: ``from shop.tools import money`` leads to the module ``shop.tools.money``, and not into the package above it,
nor do chains lead into the packages around a module. Chains through another domain module are reported there, and so
is not repeated what the module imports itself.

Why it is bad
-------------
A helper between the domain and the database only hides the dependency: the rules of the business still cannot be
loaded, tested or moved without the library.

Bad
---
::

    # shop/domain/order.py
    from shop.rates import rate

    def price_in(currency, amount):
        return amount * rate(currency)

    # shop/rates.py
    import requests

    def rate(currency):
        return requests.get(f"https://rates.example/{currency}", timeout=5).json()

Good
----
::

    # shop/domain/order.py
    from typing import Protocol

    class Rates(Protocol):
        def rate(self, currency: str) -> float: ...

    def price_in(currency, amount, rates: Rates):
        return amount * rates.rate(currency)

    # shop/rates.py
    import requests

    class HttpRates:
        def rate(self, currency):
            return requests.get(f"https://rates.example/{currency}", timeout=5).json()

Fix safety
----------
There is no fix: which interface the domain needs is for people to say.

Options
-------
In ``[tool.antipatterns]``, shared with the other rules about architecture:

- ``domain-modules`` (list of names or dotted patterns, default ``domain domains entities domain_model``).
- ``infrastructure-modules`` (list of names, default ``infrastructure infra adapters persistence api routes web``): the
  project's own infrastructure packages.
- ``infrastructure-packages`` (list of dotted names): further libraries that are infrastructure.

Source
------
python-coding, "Domain layer has zero infrastructure dependencies", "No infrastructure in domain"; python-engineer,
"hexagonal architecture". Others have it, configured by hand, as the forbidden contract of import-linter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.finding import Hop
from antipatterns.index.file import ProjectFile
from antipatterns.rule import Rule
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP402", words=("import",))

_ADVICE = "let the domain declare a Protocol and pass the implementation in"


@RULE.visit(ProjectFile)
def find_reached_infrastructure(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each import of a domain module behind which there is infrastructure."""
    if not file.is_domain:
        return
    module = project_file.module
    from antipatterns.index.infrastructure import find_reached  # few projects have a domain

    for found in find_reached(module, project_file.project.imports, file.settings):
        chain = " → ".join([module.name, *[step.name for step in found.steps]])
        hops = tuple(
            Hop(project_file.shown_path(step.module), step.place[0], f"import {step.name}") for step in found.steps
        )
        what = f"{found.infrastructure.module} ({found.infrastructure.kind})"
        message = f"domain module reaches {what}: {chain}; {_ADVICE}"
        yield RULE.finding(file, Span(*found.steps[0].place), message, hops=hops)
