"""``check``: discover files, check them, report, and say it all in the exit status."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from antipatterns import REPOSITORY
from antipatterns.check import Checked, Crash, check_bytes, check_file, check_project
from antipatterns.commands.selection import make_resolver
from antipatterns.commands.status import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS, CommandError
from antipatterns.commands.stdin import STDIN, read_stdin
from antipatterns.index.projects import Projects
from antipatterns.project.discover import DiscoveredFile, DiscoveryError, discover_files
from antipatterns.project.environment import UnknownEnvironmentError
from antipatterns.report import Report, format_findings
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsError
from antipatterns.source import decode, split_lines
from antipatterns.workers import count_workers, map_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.settings import SettingsResolver

_FILES_WORTH_A_BAR = 300


class _Results(NamedTuple):
    """What came of a run: findings in order, crashes, how many files, and the text of what came on stdin."""

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...]
    files: int
    texts: dict[str, Sequence[str]]


def run_check(options: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    if options.statistics and options.output_format != "text":
        raise CommandError("--statistics goes with --output-format text")
    resolver = make_resolver(options)
    try:
        results = _check_stdin(options, resolver) if STDIN in options.paths else _check_paths(options, resolver)
    except (SettingsError, DiscoveryError, UnknownEnvironmentError) as error:
        raise CommandError(str(error)) from error
    _report_crashes(results.crashes)
    _print_report(options, results)
    if results.crashes:
        return EXIT_ERROR
    return EXIT_FINDINGS if results.findings and not options.exit_zero else EXIT_CLEAN


def _check_stdin(options: argparse.Namespace, resolver: SettingsResolver) -> _Results:
    if options.paths != [STDIN]:
        raise CommandError("- (stdin) cannot be combined with other paths")
    content = read_stdin()
    name = options.stdin_filename or STDIN
    checked = check_bytes(name, content, resolver.settings_for(Path(name)), Projects())
    return _Results(checked.findings, checked.crashes, 1, {name: split_lines(_decode(content))})


def _decode(content: bytes) -> str:
    try:
        return decode(content)
    except (SyntaxError, LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _check_paths(options: argparse.Namespace, resolver: SettingsResolver) -> _Results:
    if options.stdin_filename:
        raise CommandError("--stdin-filename goes with - (stdin)")
    paths = options.paths or ["."]
    discovery = discover_files(paths, resolver)
    for problem in discovery.problems:
        _warn(options, f"cannot read {problem.path}: {problem.reason}")
    if not discovery.files:
        _warn(options, f"no Python files in {', '.join(paths)}")
    checked = _check_files(options, discovery.files, resolver)
    findings = sorted((finding for one in checked for finding in one.findings), key=lambda finding: finding.order)
    crashes = tuple(crash for one in checked for crash in one.crashes)
    return _Results(tuple(findings), crashes, len(discovery.files), {})


def _check_files(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver
) -> list[Checked]:
    """Each file by itself first; then, when the facts of all are known, what project rules have to say of each."""
    checked = list(_with_progress(options, files, resolver))
    facts = {
        str(file.path.absolute()): one.facts for file, one in zip(files, checked, strict=True) if one.facts is not None
    }
    if not facts:
        return checked
    waiting = [(file, _without_facts(one)) for file, one in zip(files, checked, strict=True)]
    shared = (resolver, Projects(facts))
    return list(map_files(_check_project, waiting, shared, count_workers(len(files), options.jobs)))


def _without_facts(checked: Checked) -> Checked:
    """The same, with nothing large to send to other processes; that there are facts can still be seen."""
    return checked if checked.facts is None else msgspec.structs.replace(checked, facts=b"")


def _check_project(item: tuple[DiscoveredFile, Checked], shared: tuple[SettingsResolver, Projects]) -> Checked:
    return check_project(*item, *shared)


def _with_progress(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver
) -> Iterator[Checked]:
    outcomes = map_files(check_file, files, resolver, count_workers(len(files), options.jobs))
    if options.quiet or len(files) < _FILES_WORTH_A_BAR or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console  # slow to import, and only for people who wait
    from rich.progress import track

    first = next(outcomes)  # workers are forked by now: before the progress bar starts a thread
    yield first
    console = Console(stderr=True)
    yield from track(outcomes, "Checking", total=len(files), completed=1, console=console, transient=True)


def _report_crashes(crashes: Iterable[Crash]) -> None:
    """Say once for each rule that it crashed, where, and what to do about it."""
    by_rule: dict[str, list[Crash]] = {}
    for crash in crashes:
        by_rule.setdefault(crash.code, []).append(crash)
    for code, group in by_rule.items():
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        print(
            f"antipatterns: internal error in {code} on {group[0].path}{more}; its findings there are missing. "
            f"Please report this at {REPOSITORY}/issues with the traceback:\n{group[0].traceback}",
            file=sys.stderr,
        )


def _print_report(options: argparse.Namespace, results: _Results) -> None:
    is_text = options.output_format == "text"
    on_terminal = options.output_file is None and sys.stdout.isatty()
    show_source = on_terminal if options.show_source is None else options.show_source
    report = Report(
        findings=results.findings,
        rules=tuple(load_rules().values()),
        files=results.files,
        root=str(Path.cwd()),
        colour=is_text and options.output_file is None and _wants_colour(),
        show_source=is_text and show_source,
        texts=results.texts,
    )
    text = _format(options, report)
    if options.output_file is None:
        if not is_text and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # programs expect no other
        sys.stdout.write(text)
    else:
        _write(Path(options.output_file), text)
    if is_text and not options.quiet:
        from antipatterns.report.text import format_summary  # other formats need none of it

        sys.stdout.write(format_summary(report))


def _format(options: argparse.Namespace, report: Report) -> str:
    if not options.statistics:
        return format_findings(options.output_format, report)
    from antipatterns.report.text import format_statistics

    return format_statistics(report)


def _wants_colour() -> bool:
    """Whether stdout should have colours: NO_COLOR and FORCE_COLOR decide, else a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"cannot write {file}: {error.strerror or error}") from error


def _warn(options: argparse.Namespace, message: str) -> None:
    if not options.quiet:
        print(f"antipatterns: warning: {message}", file=sys.stderr)
