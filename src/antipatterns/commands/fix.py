"""``fix``: mend what can be mended, or show how, and say what became of every finding."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.commands.selection import make_resolver
from antipatterns.commands.status import EXIT_CLEAN, EXIT_FINDINGS, CommandError
from antipatterns.commands.stdin import STDIN, read_stdin
from antipatterns.fix.changed_lines import GitError, find_changed_lines
from antipatterns.fix.file import FixedFile, FixTask, fix_bytes, fix_file
from antipatterns.fix.write import remove_leftovers
from antipatterns.project.discover import DiscoveredFile, DiscoveryError, discover_files
from antipatterns.report.changes import format_changes_json, format_changes_text
from antipatterns.report.escape import escape_controls
from antipatterns.settings import SettingsError
from antipatterns.workers import count_workers, map_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.settings import SettingsResolver


def run_fix(options: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    resolver = make_resolver(options)
    _check_options(options)
    try:
        outcomes = _fix_stdin(options, resolver) if STDIN in options.paths else _fix_paths(options, resolver)
    except (SettingsError, DiscoveryError, GitError) as error:
        raise CommandError(str(error)) from error
    for outcome in outcomes:
        if outcome.skipped:
            _warn(f"{outcome.result.path} left alone: {outcome.skipped}")
    _print_report(options, outcomes)
    return _status(options, outcomes)


def _check_options(options: argparse.Namespace) -> None:
    """Raise CommandError for options that do not go together."""
    dry = options.diff or options.check
    if STDIN in options.paths:
        if options.paths != [STDIN]:
            raise CommandError("- (stdin) cannot be combined with other paths")
        if options.since or options.interactive:
            raise CommandError("--since and --interactive go with files, not with - (stdin)")
        if options.output_format == "json" and not dry:
            raise CommandError("with - (stdin), JSON needs --diff or --check: the code goes to stdout")
    elif options.stdin_filename:
        raise CommandError("--stdin-filename goes with - (stdin)")
    if options.interactive and dry:
        raise CommandError("--interactive goes neither with --diff nor with --check")


def _warn(message: str) -> None:
    print(f"antipatterns: warning: {escape_controls(message)}", file=sys.stderr)


def _status(options: argparse.Namespace, outcomes: Iterable[FixedFile]) -> int:
    """1 when findings remain, a file failed or, without writing, something would change; 0 when all is done."""
    if options.exit_zero:
        return EXIT_CLEAN
    for outcome in outcomes:
        result = outcome.result
        would_change = (options.diff or options.check) and result.content is not None
        if would_change or result.refused or result.left or outcome.failed:
            return EXIT_FINDINGS
    return EXIT_CLEAN


def _fix_paths(options: argparse.Namespace, resolver: SettingsResolver) -> list[FixedFile]:
    paths = options.paths or ["."]
    discovery = discover_files(paths, resolver)
    for problem in discovery.problems:
        _warn(f"cannot read {problem.path}: {problem.reason}")
    if not discovery.files:
        _warn(f"no Python files in {', '.join(paths)}")
    writes = not (options.diff or options.check)
    lines = find_changed_lines(options.since, Path.cwd()) if options.since else None
    task = FixTask(options.unsafe_fixes, writes, _real_roots(paths), lines)
    files = _without_doubles(discovery.files)
    if writes:
        for folder in sorted({Path(os.path.realpath(file.path)).parent for file in files}):
            remove_leftovers(folder)
    if options.interactive:
        return list(_fix_interactively(task, files, resolver))
    work = partial(fix_file, task)
    return list(map_files(work, files, resolver, count_workers(len(files), options.jobs)))


def _without_doubles(files: Sequence[DiscoveredFile]) -> list[DiscoveredFile]:
    """Each file once, by its own name where it has both that and links."""
    chosen: dict[str, DiscoveredFile] = {}
    for file in files:
        real = os.path.realpath(file.path)
        if real not in chosen or str(file.path) == real:
            chosen[real] = file
    return list(chosen.values())


def _real_roots(paths: Sequence[str]) -> tuple[str, ...]:
    """Where files may really be: below the working directory and the given paths."""
    return tuple(os.path.realpath(path) for path in (".", *paths))


def _fix_stdin(options: argparse.Namespace, resolver: SettingsResolver) -> list[FixedFile]:
    """Mend what comes on stdin; unless only a report is wanted, write it to stdout, whole, changed or not."""
    name = options.stdin_filename or STDIN
    content = read_stdin()
    task = FixTask(options.unsafe_fixes, write=False, roots=())
    outcome = fix_bytes(task, DiscoveredFile(name, name), content, resolver.settings_for(Path(name)))
    if not (options.diff or options.check):
        _write_bytes(content if outcome.result.content is None else outcome.result.content)
    return [outcome]


def _write_bytes(content: bytes) -> None:
    """Write to stdout as it is: no encoding, no other line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _print_report(options: argparse.Namespace, outcomes: Sequence[FixedFile]) -> None:
    if options.output_format == "json":
        sys.stdout.write(format_changes_json(outcomes))
        return
    dry = options.diff or options.check
    if options.diff:
        _write_bytes(b"".join(outcome.diff for outcome in outcomes))
    if not options.quiet:
        # A diff or code on stdout stays just that.
        stream = sys.stderr if options.diff or STDIN in options.paths else sys.stdout
        stream.write(format_changes_text(outcomes, applied=not dry))


class _Asker:
    """Asks on the terminal about each finding, until the user says "all" or "quit"."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self._ask = ask
        self._answers: dict[tuple[str, str, str], bool] = {}
        self.for_all: bool | None = None

    def __call__(self, finding: Finding) -> bool:
        key = (finding.path, finding.code, finding.fingerprint)
        if self.for_all is None and key not in self._answers:
            self._answers[key] = self._decide(finding)
        return self._answers.get(key, bool(self.for_all))

    def _decide(self, finding: Finding) -> bool:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        print(escape_controls(f"{place}: {finding.code} {finding.message}"), file=sys.stderr)
        while True:
            # stdout is for the report alone.
            print("Fix it? [y]es, [n]o, [a]ll, [q]uit: ", end="", file=sys.stderr, flush=True)
            try:
                answer = self._ask().strip().lower()[:1]
            except EOFError:
                print(file=sys.stderr)
                answer = "q"
            if answer in ("a", "q"):
                self.for_all = answer == "a"
            if answer in ("y", "n", "a", "q"):
                return answer in ("y", "a")


def _fix_interactively(
    task: FixTask, files: Sequence[DiscoveredFile], resolver: SettingsResolver
) -> Iterator[FixedFile]:
    asker = _Asker(input)
    for file in files:
        yield fix_file(task, file, resolver, asker)
