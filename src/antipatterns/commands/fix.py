"""``fix``: mend what can be mended, or show how, and say what became of every finding."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.commands.selection import make_resolver
from antipatterns.commands.status import EXIT_CLEAN, EXIT_FINDINGS, CommandError
from antipatterns.fix.changed_lines import GitError, find_changed_lines
from antipatterns.fix.file import FixedFile, FixTask, finish, fix_file, fixable_codes
from antipatterns.fix.plan import Wish, fix_content
from antipatterns.fix.write import remove_leftovers
from antipatterns.project.discover import DiscoveredFile, DiscoveryError, discover_files
from antipatterns.report.changes import format_changes_json, format_changes_text
from antipatterns.settings import SettingsError
from antipatterns.workers import count_workers, map_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from antipatterns.finding import Finding
    from antipatterns.settings import SettingsResolver

_STDIN = "-"


def run_fix(options: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    resolver = make_resolver(options)
    if options.interactive and (options.diff or options.check or _STDIN in options.paths):
        raise CommandError("--interactive goes with files, and neither with --diff nor with --check")
    try:
        if _STDIN in options.paths:
            return _fix_stdin(options, resolver)
        outcomes = _fix_paths(options, resolver)
    except (SettingsError, DiscoveryError, GitError) as error:
        raise CommandError(str(error)) from error
    for outcome in outcomes:
        if outcome.skipped:
            print(f"antipatterns: warning: {outcome.result.path} left alone: {outcome.skipped}", file=sys.stderr)
    _print_report(options, outcomes)
    return _status(options, outcomes)


def _status(options: argparse.Namespace, outcomes: Iterable[FixedFile]) -> int:
    """1 when findings remain or, without writing, when something would change; 0 when all is done."""
    if options.exit_zero:
        return EXIT_CLEAN
    for outcome in outcomes:
        result = outcome.result
        would_change = (options.diff or options.check) and result.content is not None
        if would_change or result.refused or result.left:
            return EXIT_FINDINGS
    return EXIT_CLEAN


def _fix_paths(options: argparse.Namespace, resolver: SettingsResolver) -> list[FixedFile]:
    paths = options.paths or ["."]
    discovery = discover_files(paths, resolver)
    if not discovery.files:
        print(f"antipatterns: warning: no Python files in {', '.join(paths)}", file=sys.stderr)
    writes = not (options.diff or options.check)
    lines = find_changed_lines(options.since, Path.cwd()) if options.since else None
    task = FixTask(options.unsafe_fixes, writes, _real_roots(paths), lines)
    if writes:
        for folder in sorted({file.path.parent for file in discovery.files}):
            remove_leftovers(folder)
    if options.interactive:
        return list(_fix_interactively(task, discovery.files, resolver))
    work = partial(fix_file, task)
    return list(map_files(work, discovery.files, resolver, count_workers(len(discovery.files), options.jobs)))


def _real_roots(paths: Sequence[str]) -> tuple[str, ...]:
    """Where files may really be: below the working directory and the given paths."""
    return tuple(os.path.realpath(path) for path in (".", *paths))


def _fix_stdin(options: argparse.Namespace, resolver: SettingsResolver) -> int:
    """Mend what comes on stdin and write it to stdout, whole, whether it changed or not."""
    if options.paths != [_STDIN]:
        raise CommandError("- (stdin) cannot be combined with other paths")
    if options.since:
        raise CommandError("--since goes with files, not with - (stdin)")
    name = options.stdin_filename or _STDIN
    content = sys.stdin.buffer.read()
    settings = resolver.settings_for(Path(name))
    result = fix_content(name, content, settings, Wish(fixable_codes(settings), options.unsafe_fixes))
    task = FixTask(options.unsafe_fixes, write=False, roots=())
    outcome = finish(task, DiscoveredFile(Path(name), name), content, result)
    if options.diff or options.check:
        sys.stdout.write(outcome.diff if options.diff else "")
    else:
        sys.stdout.buffer.write(content if result.content is None else result.content)
    return _status(options, [outcome])


def _print_report(options: argparse.Namespace, outcomes: Sequence[FixedFile]) -> None:
    if options.output_format == "json":
        sys.stdout.write(format_changes_json(outcomes))
        return
    if options.diff:
        sys.stdout.writelines(outcome.diff for outcome in outcomes)
    if not options.quiet:
        # A diff on stdout stays one that patch can read.
        stream = sys.stderr if options.diff else sys.stdout
        stream.write(format_changes_text(outcomes, applied=not (options.diff or options.check)))


class _Asker:
    """Asks on the terminal about each finding, until the user says "all" or "quit"."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        self._ask = ask
        self._answers: dict[tuple[str, str, str], bool] = {}
        self.for_all: bool | None = None

    def __call__(self, finding: Finding) -> bool:
        key = (finding.path, finding.code, finding.fingerprint)
        if self.for_all is None and key not in self._answers:
            self._answers[key] = self._decide(finding)
        return self._answers.get(key, bool(self.for_all))

    def _decide(self, finding: Finding) -> bool:
        question = f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}\n"
        while True:
            try:
                answer = self._ask(f"{question}Fix it? [y]es, [n]o, [a]ll, [q]uit: ").strip().lower()[:1]
            except EOFError:
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
