"""Check many files: what earlier runs know still holds, and workers do the rest."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from antipatterns.cache.place import cache_folder
from antipatterns.commands.selection import describe_selection
from antipatterns.project.discover import discover_files
from antipatterns.workers import count_workers, map_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from antipatterns.cache.earlier import Earlier
    from antipatterns.cache.facts import FactsCache, FactsRow
    from antipatterns.commands.each_file import Alone
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.index.projects import Projects
    from antipatterns.outcome import Checked
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import SettingsResolver

_FILES_WORTH_A_BAR = 300


def warn(options: argparse.Namespace, message: str) -> None:
    """Say what a user should know of, if they want to hear it."""
    if not options.quiet:
        print(f"antipatterns: warning: {message}", file=sys.stderr)


def discover(options: argparse.Namespace, resolver: SettingsResolver) -> tuple[DiscoveredFile, ...]:
    """The files of a command's paths; raises DiscoveryError and SettingsError."""
    paths = options.paths or ["."]
    discovery = discover_files(paths, resolver)
    for problem in discovery.problems:
        warn(options, f"cannot read {problem.path}: {problem.reason}")
    if not discovery.files:
        warn(options, f"no Python files in {', '.join(paths)}")
    return discovery.files


class CheckedFiles:
    """The outcome for each file, and what knows more about all of them."""

    def __init__(self, outcomes: list[Checked], make_projects: Callable[[], Projects]) -> None:
        self.outcomes = outcomes
        self._make_projects = make_projects

    @cached_property
    def projects(self) -> Projects:
        """Made when somebody asks."""
        return self._make_projects()


def check_files(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver
) -> list[Checked]:
    """Each file by itself first; then, when the facts of all are known, what project rules have to say of each."""
    with checking(options, files, resolver) as checked:
        return checked.outcomes


@contextmanager
def checking(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver
) -> Iterator[CheckedFiles]:
    """The same, for who wants to ask more of the project afterwards."""
    if not files:
        yield CheckedFiles([], _no_projects)
        return
    run = _Run(options, files, resolver)
    try:
        run.recall()
        if None in run.whole:
            run.check_alone()
            run.ask_project()
        run.save()
        yield CheckedFiles([one for one in run.whole if one is not None], run.projects)
    finally:
        run.close()


def _no_projects() -> Projects:
    from antipatterns.index.projects import Projects

    return Projects()


class _Run:
    """The state of a run: of each file what is known by now. ``own``: without project rules; ``whole``: with them."""

    def __init__(
        self, options: argparse.Namespace, files: Sequence[DiscoveredFile], resolver: SettingsResolver
    ) -> None:
        self.files = files
        self.resolver = resolver
        self.own: list[Checked | None] = [None] * len(files)
        self.whole: list[Checked | None] = [None] * len(files)
        self._options = options
        self._facts: dict[str, ModuleFacts | bytes] = {}
        self._rows: list[FactsRow] = []
        self._complaints: set[str] = set()
        self._settings = resolver.settings_in(files[0].path.parent)
        self._earlier = self._open_earlier()

    def _open_earlier(self) -> Earlier | None:
        if cache_folder(self._settings) is None:
            return None
        from antipatterns.cache.opened import open_earlier  # who keeps nothing needs no database

        return open_earlier(self._settings, self.resolver, describe_selection(self._options), self._complain)

    def _complain(self, message: str) -> None:
        """Tell a user once that nothing is kept."""
        if not self._complaints:
            self._complaints.add(message)
            warn(self._options, message)

    def recall(self) -> None:
        """Take what earlier runs found and what still holds."""
        if self._earlier is not None:
            for index, (own, whole) in enumerate(self._earlier.recall(self.files)):
                self.own[index], self.whole[index] = own, whole

    def check_alone(self) -> None:
        """Check by itself every file of which nothing is known."""
        missing = [index for index, own in enumerate(self.own) if own is None]
        files = [self.files[index] for index in missing]
        from antipatterns.commands.each_file import Wish, check_alone

        workers = self._workers(files)
        wish = Wish(self.resolver, keeps=self._earlier is not None, sends=workers > 1)
        outcomes = map_files(check_alone, files, wish, workers)
        for index, alone in zip(missing, _with_progress(self._options, files, outcomes), strict=True):
            file, checked = self.files[index], alone.checked
            facts = alone.facts or checked.facts
            if facts is not None:
                self._facts[file.absolute] = facts
            if self._earlier is not None:
                row = self._earlier.keep_own(file, checked, alone.digest)
                self._rows += [row] if row is not None else []
            # Without anything large to send to other processes; that there are facts can still be seen.
            self.own[index] = checked if checked.facts is None else msgspec.structs.replace(checked, facts=b"")

    def ask_project(self) -> None:
        """Ask project rules about every file that wants it, and of which their answer is not known."""
        waiting: list[int] = []
        items: list[tuple[DiscoveredFile, Checked]] = []
        for index, own in enumerate(self.own):
            if own is None or self.whole[index] is not None:
                continue
            if not own.is_open:
                self._keep(index, own)
            else:
                waiting.append(index)
                items.append((self.files[index], own))
        from antipatterns.commands.each_file import Shared, ask_project

        shared = Shared(self.resolver, self.projects(), self._facts_cache)
        for index, answer in zip(waiting, map_files(ask_project, items, shared, self._workers(items)), strict=True):
            self._rows += answer.facts
            if self._earlier is not None and answer.consulted is not None:
                self._earlier.keep_consulted(answer.consulted)
            self._keep(index, answer.checked)

    def _keep(self, index: int, checked: Checked) -> None:
        self.whole[index] = checked
        if self._earlier is not None:
            self._earlier.keep_whole(self.files[index], checked)

    def projects(self) -> Projects:
        """Projects that know the facts of this run, and of earlier ones."""
        from antipatterns.index.projects import Projects

        return Projects(self._facts, *self._readers())

    def _readers(self) -> list[Callable[[str], ModuleFacts | None]]:
        return [] if self._facts_cache is None else [self._facts_cache.read]

    @cached_property
    def _facts_cache(self) -> FactsCache | None:
        if self._earlier is None:
            return None
        from antipatterns.cache.opened import open_facts

        return open_facts(self._settings, self._earlier.packages, self._complain)

    def save(self) -> None:
        """Keep what is new for later runs."""
        if self._earlier is None:
            return
        if self._rows and self._facts_cache is not None:
            self._facts_cache.write(self._rows)
        self._earlier.save()

    def close(self) -> None:
        """Let go of the files that were opened."""
        opened: FactsCache | None = self.__dict__.get("_facts_cache")
        if opened is not None:
            opened.keep_fresh()
            opened.close()

    def _workers(self, items: Sequence[object]) -> int:
        return count_workers(len(items), self._options.jobs)


def _with_progress(
    options: argparse.Namespace, files: Sequence[DiscoveredFile], outcomes: Iterator[Alone]
) -> Iterator[Alone]:
    if options.quiet or len(files) < _FILES_WORTH_A_BAR or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console  # slow to import, and only for people who wait
    from rich.progress import track

    first = next(outcomes)  # workers are forked by now: before the progress bar starts a thread
    yield first
    console = Console(stderr=True)
    yield from track(outcomes, "Checking", total=len(files), completed=1, console=console, transient=True)
