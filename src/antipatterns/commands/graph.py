"""``graph``: print the imports of a project, or the calls on the event loop that lead to what blocks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from antipatterns.commands.files import checking, discover, warn
from antipatterns.commands.output import write_output
from antipatterns.commands.selection import make_resolver
from antipatterns.commands.status import EXIT_CLEAN, EXIT_ERROR, CommandError
from antipatterns.configuration.table import format_suggestion
from antipatterns.index.call_chains import (
    Looked,
    Wanted,
    chains_of_findings,
    direct_chains,
    find_wanted,
    names_of_sinks,
)
from antipatterns.index.folding import View, fold
from antipatterns.index.import_graph import Asked, collect_links
from antipatterns.outcome import ENGINE
from antipatterns.project.discover import DiscoveryError
from antipatterns.project.layers import is_below
from antipatterns.project.module_name import module_name_of
from antipatterns.report import dot, graph_text, mermaid
from antipatterns.report.drawing import KINDS, draw_calls, draw_imports
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsError
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from antipatterns.commands.files import CheckedFiles
    from antipatterns.facts.model import ImportKind
    from antipatterns.finding import Finding
    from antipatterns.index.call_chains import Chain
    from antipatterns.index.folding import ImportGraph
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.report.drawing import Drawing
    from antipatterns.settings import SettingsResolver

_ABOUT_IMPORTS = ["AP401", "AP402", "AP404"]
_ABOUT_CYCLES = "AP403"
_AT_ONCE, _BEHIND = "AP101", "AP102"
_PICTURES: dict[str, Callable[[Drawing], str]] = {"dot": dot.format_drawing, "mermaid": mermaid.format_drawing}


def run_graph(options: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    if options.calls is not None and (options.depth != 0 or options.kinds):
        raise CommandError("--depth and --kinds go with --imports")
    try:
        return _show_imports(options) if options.calls is None else _show_calls(options)
    except (SettingsError, DiscoveryError) as error:
        raise CommandError(str(error)) from error


def _show_imports(options: argparse.Namespace) -> int:
    kinds = _kinds_of(options.kinds)
    options.select = [_ABOUT_IMPORTS]
    resolver = make_resolver(options)
    files = discover(options, resolver)
    with checking(options, files, resolver) as checked:
        findings = [finding for one in checked.outcomes for finding in one.findings if finding.code in _ABOUT_IMPORTS]
        asked = list(_modules_of(options, files, resolver, checked))
        modules = [one.module for one in asked]
        focus = _find_focus(options, [one.parts for one in modules])
        graph = fold(modules, collect_links(asked, findings), View(focus, options.depth, kinds))
    violations = [finding for finding in findings if not focus or _is_in(finding, files, focus)]
    text = graph_text.format_imports(graph, violations)
    _print(options, text, draw_imports(graph), graph_text.format_imports_summary(graph, violations))
    _warn_of_folding(options, graph)
    return _end(checked)


def _kinds_of(names: list[str] | None) -> frozenset[ImportKind]:
    by_name = {name: kind for kind, name in KINDS.items()}
    for name in names or ():
        if name not in by_name:
            near = format_suggestion(name, by_name)
            raise CommandError(f'no kind of imports "{name}"{near or ": there are " + ", ".join(by_name)}')
    return frozenset(by_name[name] for name in names or by_name)


def _modules_of(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver, checked: CheckedFiles
) -> Iterator[Asked]:
    """The modules of the files; a stub only says again what its module is."""
    rule = load_rules()[_ABOUT_CYCLES]
    left_out = []
    for file in files:
        if file.path.suffix == ".pyi":
            continue
        settings = resolver.settings_for(file.path)
        project = checked.projects.project_for(settings)
        module = project.modules.module_at(file.path)
        if module is None:
            left_out.append(file.display)
        else:
            yield Asked(module, settings, project.imports, project.cycles(settings.options_of(rule).kinds))
    if left_out:
        more = f" and {len(left_out) - 1} more" if len(left_out) > 1 else ""
        warn(options, f"left out {left_out[0]}{more}: cannot be read or parsed")


def _find_focus(options: argparse.Namespace, modules: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    names = [name for group in options.module or () for name in group]
    focus = tuple(tuple(name.split(".")) for name in names)
    for part in focus:
        if not any(is_below(module, part) for module in modules):
            known = sorted({".".join(module[:depth]) for module in modules for depth in range(1, len(module) + 1)})
            name = ".".join(part)
            raise CommandError(f'no module "{name}" in the files{format_suggestion(name, known)}')
    return focus


def _is_in(finding: Finding, files: Iterable[DiscoveredFile], focus: tuple[tuple[str, ...], ...]) -> bool:
    path = next(file.path for file in files if file.display == finding.path)
    return any(is_below(module_name_of(path).parts, part) for part in focus)


def _warn_of_folding(options: argparse.Namespace, graph: ImportGraph) -> None:
    packages = sum(not node.is_library for node in graph.nodes)
    if options.depth == 0 and packages < graph.modules:
        folded = f"{graph.modules} modules are folded into {packages} packages"
        warn(options, f"{folded}: --depth says how deep (a number, or all), --module what to look at")


def _show_calls(options: argparse.Namespace) -> int:
    resolver = make_resolver(options)
    files = discover(options, resolver)
    blocking = {name for file in files for name in resolver.settings_for(file.path).blocking}
    wanted = find_wanted(options.calls, blocking)
    if wanted is None:
        near = format_suggestion(options.calls, sorted(names_of_sinks(blocking)))
        raise CommandError(f'nothing that blocks is called "{options.calls}"{near}')
    options.select = [[_AT_ONCE, _BEHIND]]
    options.blocking_categories = wanted.categories
    resolver = make_resolver(options)
    focus = _find_focus(options, [module_name_of(file.path).parts for file in files] if options.module else [])
    with checking(options, files, resolver) as checked:
        chains = [
            chain
            for file, one in zip(files, checked.outcomes, strict=True)
            if not focus or any(is_below(module_name_of(file.path).parts, part) for part in focus)
            for chain in _chains_in(file, one.findings, resolver, checked, wanted)
        ]
    chains.sort(key=lambda chain: (chain.sink, chain.steps[::-1], chain.column))
    summary = graph_text.format_calls_summary(chains, options.calls)
    _print(options, graph_text.format_calls(chains), draw_calls(chains), summary)
    return _end(checked)


def _chains_in(
    file: DiscoveredFile,
    findings: Sequence[Finding],
    resolver: SettingsResolver,
    checked: CheckedFiles,
    wanted: Wanted,
) -> Iterator[Chain]:
    yield from chains_of_findings((finding for finding in findings if finding.code == _BEHIND), wanted)
    direct = [finding for finding in findings if finding.code == _AT_ONCE]
    if not direct:
        return
    settings = resolver.settings_for(file.path)
    project = checked.projects.project_for(settings)
    try:
        source = parse_source(file.display, file.path.read_bytes())
    except (OSError, SourceError):
        return  # it has changed since
    yield from direct_chains(direct, Looked(source, settings, project, project.modules.module_at(file.path)), wanted)


def _print(options: argparse.Namespace, text: str, drawing: Drawing, summary: str) -> None:
    if options.output_format == "text":
        write_output(options, text)
        if not options.quiet:
            sys.stdout.write(summary)
        return
    if options.output_format == "mermaid" and len(drawing.lines) > mermaid.MOST_LINES:
        warn(options, f"{len(drawing.lines)} lines: Mermaid draws {mermaid.MOST_LINES} unless maxEdges is set higher")
    write_output(options, _PICTURES[options.output_format](drawing))


def _end(checked: CheckedFiles) -> int:
    """A graph with violations in it is no failure; a defect of this tool is."""
    crashes = [crash for one in checked.outcomes for crash in one.crashes]
    for crash in crashes:
        where = crash.path if crash.code == ENGINE else f"{crash.code} on {crash.path}"
        print(f"antipatterns: internal error in {where}:\n{crash.traceback}", file=sys.stderr)
    return EXIT_ERROR if crashes else EXIT_CLEAN
