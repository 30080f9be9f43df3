"""The ways from loop code to what blocks, as findings report them: from the first call to the last."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.blocking import libraries
from antipatterns.blocking.sinks import find_sink_of_call
from antipatterns.configuration.config_file import CATEGORIES
from antipatterns.file import File
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.index.definitions import Module
    from antipatterns.index.project import Project
    from antipatterns.settings import Settings
    from antipatterns.source import Source


class Wanted(NamedTuple):
    """Callables that block: those of a category, else those with a dotted name or below it.

    ``categories``: all that they belong to.
    """

    name: str
    is_category: bool
    categories: tuple[str, ...]

    def holds(self, callee: str) -> bool:
        """Whether a callable is one of them, by its canonical name."""
        if self.is_category:
            sink = libraries.find_sink(callee)
            return sink is not None and sink.category == self.name
        return callee == self.name or callee.startswith(f"{self.name}.")


class Step(NamedTuple):
    """One call of a chain: where it stands, and in which function."""

    path: str
    line: int
    function: str


class Chain(NamedTuple):
    """The calls that lead from loop code to a callable that blocks; ``code`` and ``column`` are the finding's."""

    sink: str
    steps: tuple[Step, ...]
    code: str
    column: int


def find_wanted(text: str, blocking: Iterable[str]) -> Wanted | None:
    """What a user means: a category, a callable that blocks, or all below a name; ``blocking``: the settings' own."""
    if text in CATEGORIES:
        return Wanted(text, is_category=True, categories=(text,))
    for spelling in (text, f"builtins.{text}"):
        sink = libraries.find_sink(libraries.canonical(spelling))
        if sink is not None:
            return Wanted(sink.name, is_category=False, categories=(sink.category,))
    for name in dict.fromkeys((text, libraries.canonical(text))):
        wanted = Wanted(name, is_category=False, categories=())
        categories = {sink.category for sink in libraries.list_sinks() if wanted.holds(sink.name)}
        if categories or any(wanted.holds(own) for own in blocking):
            return wanted._replace(categories=tuple(sorted(categories)))
    return None


def names_of_sinks(blocking: Iterable[str]) -> list[str]:
    """Everything that ``find_wanted`` understands, but for names of packages."""
    known = [sink.name.removeprefix("builtins.") for sink in libraries.list_sinks()]
    return [*CATEGORIES, *known, *blocking]


def chains_of_findings(findings: Iterable[Finding], wanted: Wanted) -> Iterator[Chain]:
    """The chains of the findings that have one."""
    for finding in findings:
        if finding.hops and wanted.holds(finding.hops[-1].callee):
            steps = tuple(Step(hop.path, hop.line, hop.function) for hop in finding.hops)
            yield Chain(finding.hops[-1].callee, steps, finding.code, finding.column)


class Looked(NamedTuple):
    """A file in which calls that block at once were found, and what is known of it."""

    source: Source
    settings: Settings
    project: Project
    module: Module | None


def direct_chains(findings: Sequence[Finding], looked: Looked, wanted: Wanted) -> Iterator[Chain]:
    """The calls of a file that block at once: asked again what they call, as their findings only say it in words."""
    found = _by_project(looked) | _by_file(looked)
    for finding in findings:
        called = found.get((finding.line, finding.column))
        if called is not None and wanted.holds(called[0]):
            step = Step(finding.path, finding.line, called[1])
            yield Chain(called[0], (step,), finding.code, finding.column)


_Called = dict[tuple[int, int], tuple[str, str]]
"""By line and column of a call: what it calls, and the function that it stands in."""


def _by_file(looked: Looked) -> _Called:
    walked = walk(looked.source.tree, frozenset({ast.Call}))
    file = File(looked.source, looked.settings, walked.module)
    found = {}
    for node, scope in walked.matches:
        sink = find_sink_of_call(node, file, scope) if isinstance(node, ast.Call) and scope.runs_on_loop else None
        if sink is not None and isinstance(node, ast.Call):
            span = looked.source.span_of(node)
            found[span.line, span.column] = (sink.name, scope.function.qualified_name if scope.function else "")
    return found


def _by_project(looked: Looked) -> _Called:
    if looked.module is None:
        return {}
    return {
        one.place[:2]: (one.sink.name, one.root.qualified_name)
        for one in looked.project.find_blocking_calls(looked.module, looked.settings)
        if not one.hops
    }
