"""Allow imports against the layers of the project.

What it finds
-------------
Imports that the settings forbid, at once or through modules that belong to no layer. The chain is in the message and
in the hops. Nothing is forbidden by default. For instance::

    [tool.antipatterns]
    extend-select = ["AP404"]

    [tool.antipatterns.layer-violation]
    layers = ["api", "services | jobs", "domain"]
    containers = ["shop"]
    independent = ["shop.services.orders | shop.services.billing"]
    forbidden = ["shop.api -> shop.jobs.internal"]
    allow = [{ from = "shop.domain.clock", to = "shop.services.time", reason = "moves with the next release" }]

Imports inside functions count, those under ``if TYPE_CHECKING:`` do not. Chains end at modules of other layers, which
answer for themselves, and do not lead into the packages around a module, as import-linter's do.

Why it is bad
-------------
A layer that imports the one above it cannot be understood, tested or replaced without it, and after some time each
change anywhere can break all.

Bad
---
With the settings above, ``from shop.api.routes import Order`` in ``shop/domain/order.py``: the domain is the lowest
layer and imports the highest. The same with ``shop/tools.py`` in between, which is in no layer.

Good
----
::

    # shop/services/orders.py
    from shop.domain.order import Order

    def create() -> Order:
        return Order()

    # shop/domain/order.py
    class Order: ...

Fix safety
----------
There is no fix: whether the code or the layers are wrong is for people to say.

Options
-------
- ``layers`` (list, default: none): names of modules or packages, the highest layer first. Each may import those below
  it. Several on one layer stand with ``|`` between them if they are independent of each other, else with ``:``.
- ``containers`` (list, default: none): the packages in each of which the layers stand; without them, layers have their
  full names.
- ``independent`` (list, default: none): groups ``"a | b | c"`` of modules that must not import each other.
- ``forbidden`` (list, default: none): pairs ``"a -> b"``: the first must not import the second.
- ``allow`` (list, default: none): tables of ``from``, ``to`` and ``reason``: imports, by and of modules with all below
  them, that are not judged.
- ``allow-indirect`` (bool, default false): judge only what a module imports itself, no chains.

Source
------
python-engineer, "clear dependency direction", "layered architecture"; enterprise-python, "layers". Others:
import-linter and tach, whose contracts these are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.finding import Hop
from antipatterns.index.file import ProjectFile
from antipatterns.project.layers import LayerOptions
from antipatterns.rule import Rule
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP404", on=False, words=("import",), options=LayerOptions)


@RULE.visit(ProjectFile)
def find_layer_violation(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each import that leads to where the layers forbid it."""
    options: LayerOptions = file.options(RULE)
    from antipatterns.index.chains import find_violations  # few projects name their layers

    for found in find_violations(project_file.module, project_file.project.imports, options):
        first = found.chain[0]
        chain = " → ".join([first.source.name, *[edge.target.name for edge in found.chain]])
        hops = tuple(
            Hop(project_file.shown_path(edge.source), edge.imported.place[0], f"import {edge.target.name}")
            for edge in found.chain
        )
        message = f"import against the layers: {chain}, but {found.reason}; pass in what is needed, or move it down"
        yield RULE.finding(file, Span(*first.imported.place), message, hops=hops)
