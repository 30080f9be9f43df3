"""Allow modules to import each other in a circle, so that it depends on the order whether they can be imported.

What it finds
-------------
Modules of the project that import each other while they are imported themselves. All modules that need each other are
one finding, with the shortest way round, at the import that is cheapest to break: one that only annotations use, then
one that only a function uses. An import of ``a.b.c`` also runs the packages ``a`` and ``a.b`` above it, as in Python.

Not counted are imports inside functions, under ``if TYPE_CHECKING:`` and under ``if __name__ == "__main__":``. A
package that imports its own modules is no cycle by itself: only if one of them takes a name out of the package, other
than one that stands above all that the package imports, as ``__version__`` most often does. Stubs are not looked at.

Why it is bad
-------------
The module that is imported first gets one that is only half there: a new import elsewhere, or sorted imports, end in
``ImportError: cannot import name … from partially initialized module``. And none of them can be understood, tested or
moved without the others.

Bad
---
::

    # shop/order.py
    from shop.customer import Customer

    class Order:
        def __init__(self, customer: Customer):
            self.customer = customer

    # shop/customer.py
    from shop.order import Order

    class Customer:
        def order(self):
            return Order(self)

Good
----
::

    # shop/order.py
    from __future__ import annotations

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from shop.customer import Customer

    class Order:
        def __init__(self, customer: Customer):
            self.customer = customer

    # shop/customer.py
    from shop.order import Order

    class Customer:
        def order(self):
            return Order(self)

Fix safety
----------
Unsafe. Where one statement makes the cycle and only annotations use its names, it moves under ``if TYPE_CHECKING:``;
where only functions use them, into each of these functions (of nested ones, into the innermost that holds all uses),
below the docstring. Libraries may read annotations while the program runs, and an import in a function runs at its
first call. Refused where other modules of the project take a
name from here, where the file imports a library that reads annotations (pydantic, FastAPI, SQLAlchemy …) or evaluates
them, where a function runs while the module is imported, and where the import may be there for what it does. The others
are for people to break: the message says where that is cheapest, and how.

Options
-------
- ``count-lazy`` (bool, default false): count imports inside functions too.
- ``count-type-only`` (bool, default false): count imports under ``if TYPE_CHECKING:`` too.

Source
------
python-engineering, "No circular imports"; python-engineer, "clear dependency direction". Others: pylint R0401, which
names every way round and counts all imports alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.facts.model import ImportKind
from antipatterns.finding import Hop, Safety
from antipatterns.index.breaking import Use, cheapest_break
from antipatterns.index.file import ProjectFile
from antipatterns.rule import Rule
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.index.breaking import Break
    from antipatterns.index.cycles import Cycle
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    count_lazy: bool = False
    count_type_only: bool = False

    @property
    def kinds(self) -> frozenset[ImportKind]:
        """The kinds of imports that make a cycle."""
        lazy = {ImportKind.LAZY} if self.count_lazy else set()
        type_only = {ImportKind.TYPE_ONLY} if self.count_type_only else set()
        return frozenset({ImportKind.RUN_TIME} | lazy | type_only)


RULE = Rule(__name__, "AP403", words=("import",), options=Options)

_MOVABLE = (Use.ANNOTATIONS, Use.FUNCTION, Use.FUNCTIONS)


@RULE.visit(ProjectFile)
def find_circular_import(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding if the cycle that the file lies in is cheapest to break here."""
    module = project_file.module
    if module.path.endswith(".pyi"):
        return
    options: Options = file.options(RULE)
    cycle = project_file.project.cycles(options.kinds).cycle_of(module)
    if cycle is None or all(step[0].source.path != module.path for step in cycle.steps):
        return
    texts = project_file.project.modules.texts.setdefault(module.path, set())
    texts.update(step[0].source.path for step in cycle.steps)
    given = {module.path: file.source} if file.source.tree.body else {}
    index, weakest = cheapest_break(cycle, given, project_file.project.breaks)
    if weakest.edges[0].source.path != module.path:
        return
    steps = [*cycle.steps[index:], *cycle.steps[:index]]
    chain = " → ".join([module.name, *[step[0].target.name for step in steps]])
    hops = tuple(
        Hop(project_file.shown_path(step[0].source), step[0].imported.place[0], f"import {step[0].target.name}")
        for step in steps
    )
    message = f"circular import: {chain}{_describe_tied(cycle)}; {_advise(weakest)}"
    places = {edge.imported.place for edge in weakest.edges}
    fix = Safety.UNSAFE if weakest.use in _MOVABLE and len(places) == 1 else None
    yield RULE.finding(file, Span(*weakest.edges[0].imported.place), message, hops=hops, fix=fix)


def _describe_tied(cycle: Cycle) -> str:
    if cycle.tied == len(cycle.steps):
        return ""
    return f" ({cycle.tied} modules need each other, this is the shortest way round)"


def _advise(weakest: Break) -> str:
    names = ", ".join(f'"{name}"' for name in weakest.names[:3]) + (", …" if len(weakest.names) > 3 else "")
    if weakest.use is Use.ANNOTATIONS:
        return f"only annotations use {names}: import under TYPE_CHECKING"
    if weakest.use is Use.FUNCTION:
        return f"only {weakest.place}() uses {names}: import there, or move what both need into a module of its own"
    if weakest.use is Use.PASSED_ON:
        return f"import {names} from {weakest.place}, where it comes from"
    if weakest.use is Use.FUNCTIONS:
        return f"only functions use {names}: import in them, or move what both need into a module of its own"
    return "move what both need into a module of its own"
