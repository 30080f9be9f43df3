"""``check``: discover files, check them, report, and say it all in the exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antipatterns import REPOSITORY
from antipatterns.commands.files import check_files, discover
from antipatterns.commands.output import write_output
from antipatterns.commands.selection import make_resolver
from antipatterns.commands.status import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS, CommandError
from antipatterns.commands.stdin import STDIN, read_stdin
from antipatterns.project.discover import DiscoveryError
from antipatterns.report import Report, format_findings
from antipatterns.rule import load_rules
from antipatterns.settings import SettingsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from antipatterns.finding import Finding
    from antipatterns.outcome import Crash
    from antipatterns.settings import SettingsResolver


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
    if options.group_by and (options.output_format != "text" or options.statistics):
        raise CommandError("--group-by goes with --output-format text, and not with --statistics")
    resolver = make_resolver(options)
    try:
        results = _check_stdin(options, resolver) if STDIN in options.paths else _check_paths(options, resolver)
    except (SettingsError, DiscoveryError) as error:
        raise CommandError(str(error)) from error
    _report_crashes(results.crashes)
    _print_report(options, results)
    if results.crashes:
        return EXIT_ERROR
    return EXIT_FINDINGS if results.findings and not options.exit_zero else EXIT_CLEAN


def _check_stdin(options: argparse.Namespace, resolver: SettingsResolver) -> _Results:
    if options.paths != [STDIN]:
        raise CommandError("- (stdin) cannot be combined with other paths")
    from antipatterns.check import check_bytes  # where all files are known from earlier runs nobody checks any
    from antipatterns.index.projects import Projects
    from antipatterns.source import split_lines

    content = read_stdin()
    name = options.stdin_filename or STDIN
    checked = check_bytes(name, content, resolver.settings_for(Path(name)), Projects())
    return _Results(checked.findings, checked.crashes, 1, {name: split_lines(_decode(content))})


def _decode(content: bytes) -> str:
    from antipatterns.source import decode

    try:
        return decode(content)
    except (SyntaxError, LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _check_paths(options: argparse.Namespace, resolver: SettingsResolver) -> _Results:
    if options.stdin_filename:
        raise CommandError("--stdin-filename goes with - (stdin)")
    files = discover(options, resolver)
    checked = check_files(options, files, resolver)
    findings = sorted((finding for one in checked for finding in one.findings), key=lambda finding: finding.order)
    crashes = tuple(crash for one in checked for crash in one.crashes)
    return _Results(tuple(findings), crashes, len(files), {})


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
    write_output(options, text)
    if is_text and not options.quiet:
        from antipatterns.report.text import format_summary  # other formats need none of it

        sys.stdout.write(format_summary(report))


def _format(options: argparse.Namespace, report: Report) -> str:
    if options.group_by:
        from antipatterns.report.sinks import format_by_sink

        return format_by_sink(report)
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
