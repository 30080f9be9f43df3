"""Check one file: run the rules that its settings enable over its one walk, suppress, fingerprint."""

from __future__ import annotations

import ast
import traceback
from collections import Counter
from enum import Enum, auto
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from antipatterns.configuration.table import SettingsError
from antipatterns.elsewhere import Elsewhere, Noted
from antipatterns.file import File
from antipatterns.index.file import ProjectFile
from antipatterns.outcome import ENGINE, Checked, Crash
from antipatterns.rule import PROJECT_FILE, Rule, asks_project, load_rules, rules_wanting
from antipatterns.semantics.scope import Scope, ScopeKind
from antipatterns.source import Source, SourceError, parse_source
from antipatterns.suppress import (
    Suppression,
    Suppressions,
    UnexplainedSuppression,
    UnusedSuppression,
)
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.elsewhere import Question, Topic
    from antipatterns.facts.model import ModuleFacts
    from antipatterns.finding import Finding
    from antipatterns.index.definitions import Module
    from antipatterns.index.project import Project
    from antipatterns.index.projects import Projects
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.rule import Where
    from antipatterns.settings import Settings, SettingsResolver
    from antipatterns.walk import Walked


class View(Enum):
    """How far a check looks."""

    FILE = auto()  # project rules are not asked; what other rules want to know of other files is looked up
    FACTS = auto()  # project rules are asked later: what they need of the file is kept, and what others want to know
    PROJECT = auto()


def check_file(file: DiscoveredFile, resolver: SettingsResolver, projects: Projects | None = None) -> Checked:
    """Read and check one file; one that cannot be read becomes a finding. Without ``projects``, project rules wait."""
    settings = resolver.settings_for(file.path)
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return check_unreadable(SourceError(file.display, f"cannot read: {error.strerror or error}"), b"", settings)
    return check_bytes(file.display, content, settings, projects, View.PROJECT if projects else View.FACTS)


def check_bytes(
    path: str, content: bytes, settings: Settings, projects: Projects | None = None, view: View = View.PROJECT
) -> Checked:
    """As ``check_content``, but a defect of this tool outside of all rules becomes a crash too, not the end.

    Raises SettingsError where the settings name an environment that is none.
    """
    try:
        return check_content(path, content, settings, projects, view)
    except SettingsError:
        raise
    except Exception:  # noqa: BLE001 - one file must not cost the findings of all others
        return crashed(path)


def crashed(path: str) -> Checked:
    """The outcome for a file at which this tool has failed with the error that is being handled."""
    return Checked((), (Crash(ENGINE, path, traceback.format_exc()),))


def check_content(
    path: str, content: bytes, settings: Settings, projects: Projects | None = None, view: View = View.PROJECT
) -> Checked:
    """Check the bytes of a file, whose path is written as reports show it; never raises for what they hold."""
    try:
        source = parse_source(path, content)
    except SourceError as error:
        return check_unreadable(error, content, settings)
    return check_source(source, settings, projects, view)


def check_unreadable(error: SourceError, content: bytes, settings: Settings) -> Checked:
    """The outcome for a file that cannot be read, decoded or parsed."""
    source = Source(error.path, _EMPTY, lines=content.decode("utf-8", "replace").splitlines(keepends=True))
    finders = _finders(rules_wanting(SourceError.__name__, settings.enabled))
    run = _Run(File(source, settings, Scope(ScopeKind.MODULE, source.tree, None)), finders)
    run.dispatch(error, run.file.module)
    return run.outcome()


def check_source(
    source: Source,
    settings: Settings,
    projects: Projects | None = None,
    view: View = View.PROJECT,
    *,
    noqa: bool = True,
) -> Checked:
    """Check a parsed file. ``noqa=False``: its host suppresses lines itself, only own file-level comments count.

    ``projects``: what is known of other files already, where the view goes beyond this one.
    """
    codes = _rules_asked(source, settings)
    wanted = frozenset(_finders(codes))
    walked = walk(source.tree, wanted | _wanted_by_facts() if ProjectFile in wanted else wanted)
    finders = _finders(_rules_at_place(codes, source, walked.module, settings))
    wants_facts = view is not View.FILE and ProjectFile in finders
    place = _Place(source, settings, walked if wants_facts else None, projects)
    noted = Noted() if view is View.FACTS else None
    run = _Run(File(source, settings, walked.module, noted or _Asked(place)), finders, view)
    for scope, nodes in walked.found.items():
        for kind, group in nodes.items():
            for node in group if kind in finders else ():  # the others are for the facts
                run.dispatch(node, scope)
    facts = run.look_at_project(place) if wants_facts else None
    if run.findings or UnusedSuppression in finders:
        run.suppress(noqa=noqa)
        run.leave_to_ruff()
    outcome = run.outcome()
    run.file.release()
    if facts is None and not (noted and noted.questions):
        return outcome
    return msgspec.structs.replace(outcome, facts=facts, questions=tuple(noted.questions) if noted else ())


def check_project(file: DiscoveredFile, before: Checked, resolver: SettingsResolver, projects: Projects) -> Checked:
    """Ask the project rules about a file that has been checked: the outcome of both together.

    Most files have nothing to say here. One that has is checked once more, as a whole; so is one that wants to know
    of other files what can be told.
    """
    if not before.is_open:
        return before
    settings = resolver.settings_for(file.absolute)
    source = Source(file.display, _EMPTY)
    run = _Run(
        File(source, settings, Scope(ScopeKind.MODULE, source.tree, None)),
        _finders(rules_wanting(PROJECT_FILE, settings.enabled)),
    )
    project = projects.project_for(settings)
    module = project.modules.module_at(file.path.absolute())
    has_answer = False
    if module is not None:
        if before.facts is not None:
            run.dispatch(ProjectFile(project, module), run.file.module)
        has_answer = _has_answer(project, module, before.questions)
    if run.findings or run.crashes or before.has_suppressions or has_answer:
        return check_file(file, resolver, projects)
    return msgspec.structs.replace(before, facts=None, questions=())


def _has_answer(project: Project, module: Module, questions: Iterable[Question]) -> bool:
    """Whether any of these questions has an answer: without one, all stays as it was found."""
    if not questions:
        return False
    from antipatterns.index.questions import answer  # most files have no questions

    return any(answer(project, module, topic, name) for topic, name in questions)


class _Place:
    """Where a file under check stands in its project: what it says for others is collected when somebody asks."""

    def __init__(
        self, source: Source, settings: Settings, walked: Walked | None = None, projects: Projects | None = None
    ) -> None:
        self._source = source
        self._settings = settings
        self._walked = walked
        self._projects = projects

    @cached_property
    def facts(self) -> ModuleFacts:
        """What the file says. ``walked``: what a walk has found that looked for all that facts are made of."""
        from antipatterns.facts.collect import collect_facts

        walked = self._walked or walk(self._source.tree, _wanted_by_facts())
        return collect_facts(self._source, walked)

    @cached_property
    def project_and_module(self) -> tuple[Project, Module]:
        """The project, and the file's module in it, of what is under check and not on the disk."""
        from antipatterns.index.projects import Projects  # who asks nothing of other files needs none

        project, path = (self._projects or Projects()).project_for(self._settings), Path(self._source.path).absolute()
        known = project.modules.known_at(path, self._source.utf8)
        return project, known or project.modules.add(path, self.facts)


class _Asked(Elsewhere):
    """Answers at once what rules ask of other files than the one at a place."""

    def __init__(self, place: _Place) -> None:
        self._place = place
        self._known: dict[Question, str] = {}

    def ask(self, topic: Topic, name: str) -> str:
        """The answer; "" if nobody knows it for sure."""
        if (topic, name) not in self._known:
            from antipatterns.index.questions import answer  # most files have no questions

            self._known[topic, name] = answer(*self._place.project_and_module, topic, name)
        return self._known[topic, name]


def open_file(source: Source, settings: Settings, projects: Projects) -> File:
    """A file for others to ask about what rules ask about."""
    walked = walk(source.tree, frozenset())
    return File(source, settings, walked.module, _Asked(_Place(source, settings, projects=projects)))


@cache
def _wanted_by_facts() -> frozenset[type]:
    from antipatterns.facts.collect import WANTED  # who asks no project rule needs none of it

    return WANTED


_Finders = dict[type, list[Rule]]
_EMPTY = ast.Module(body=[], type_ignores=[])


def _rules_asked(source: Source, settings: Settings) -> tuple[str, ...]:
    """The codes of the enabled rules that can fire in a file at all, judged by the words that must stand in it."""
    codes, words = _by_words(settings.enabled, tuple([(key, getattr(settings, key)) for key in _word_settings()]))
    stand = [not some or source.mentions(some) for some in words]
    return tuple([code for code, index in codes if stand[index]])


@cache
def _word_settings() -> tuple[str, ...]:
    """The keys of the settings that bring rules further words."""
    return tuple(sorted({rule.words_setting for rule in load_rules().values()} - {""}))


@cache
def _by_words(
    enabled: frozenset[str], added: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[list[tuple[str, int]], list[tuple[str, ...]]]:
    """The enabled rules in order, each with the index of its words among those that there are."""
    further = {key: tuple(name.rpartition(".")[2] for name in names) for key, names in added}
    words: dict[tuple[str, ...], int] = {}
    codes = [
        (code, words.setdefault(rule.words + further.get(rule.words_setting, ()), len(words)))
        for code, rule in load_rules().items()
        if code in enabled
    ]
    return codes, list(words)


def _rules_at_place(codes: tuple[str, ...], source: Source, module: Scope, settings: Settings) -> tuple[str, ...]:
    """Those of the rules that can fire in a file by its scopes."""
    out = [group for where, group in _by_place(codes) if not where(source, module, settings)]
    return tuple(code for code in codes if not any(code in group for group in out)) if out else codes


@cache
def _by_place(codes: tuple[str, ...]) -> list[tuple[Where, set[str]]]:
    """What is asked of the scopes of a file, with the rules that want it so."""
    groups: dict[Where, set[str]] = {}
    for code in codes:
        where = load_rules()[code].where
        if where is not None:
            groups.setdefault(where, set()).add(code)
    return list(groups.items())


@cache
def _finders(codes: tuple[str, ...]) -> _Finders:
    """The rules to ask about each type of thing."""
    finders: _Finders = {}
    for code in codes:
        rule = load_rules()[code]
        for kind in rule.finds:
            finders.setdefault(kind, []).append(rule)
    return finders


class _Run:
    """The state of checking one file: what was found so far, and what crashed."""

    def __init__(self, file: File, finders: _Finders, view: View = View.PROJECT) -> None:
        self.file = file
        self.view = view
        self.finders = finders
        self.findings: list[Finding] = []
        self.crashes: dict[str, Crash] = {}
        self.has_waiting_suppressions = False

    def dispatch(self, thing: Any, scope: Scope) -> None:
        """Ask every rule that wants things of this type; a rule that crashes costs only its own findings here."""
        for rule in self.finders.get(type(thing), ()):
            try:
                for finding in rule.finds[type(thing)](thing, self.file, scope):
                    self.findings.append(finding)
                    self.file.reported.add((finding.code, finding.line, finding.column))
            except Exception:  # noqa: BLE001 - a defect of one rule must not cost the findings of the others
                self.crashes.setdefault(rule.code, Crash(rule.code, self.file.path, traceback.format_exc()))

    def look_at_project(self, place: _Place) -> ModuleFacts | None:
        """Ask the project rules at once, or give the facts for them to be asked when all files are known."""
        if self.view is View.FACTS:
            return place.facts
        self.dispatch(ProjectFile(*place.project_and_module), self.file.module)
        return None

    def suppress(self, *, noqa: bool) -> None:
        """Drop what comments silence; then let rules see the comments that silenced nothing."""
        suppressions = Suppressions(self.file.source)
        self.findings = [
            finding for finding in self.findings if not suppressions.silences_file(finding.code, own_only=not noqa)
        ]
        if not noqa:
            return
        used: set[tuple[Suppression, str]] = set()
        self.findings = [finding for finding in self.findings if not _is_silenced(finding, suppressions, used)]
        if UnusedSuppression in self.finders:
            self._look_at_suppressions(suppressions, used)

    def leave_to_ruff(self) -> None:
        """Drop what ruff reports too, by the settings; comments that silence it have their use there."""
        codes = self.file.settings.ruff
        if codes and self.file.source.is_utf8:  # ruff reads nothing else
            self.findings = [finding for finding in self.findings if codes.isdisjoint(finding.ruff)]

    def _look_at_suppressions(self, suppressions: Suppressions, used: set[tuple[Suppression, str]]) -> None:
        before = len(self.findings)
        for comment in suppressions.comments:
            own = tuple(code for code in comment.codes if code.upper().startswith("AP"))
            unused = tuple(code for code in own if (comment, code) not in used and self._is_judged(code))
            if unused:
                self.dispatch(UnusedSuppression(comment, unused), self.file.module)
            if own and not comment.has_reason and self.file.settings.require_suppression_reason:
                self.dispatch(UnexplainedSuppression(comment), self.file.module)
        about_comments = self.findings[before:]
        self.findings[before:] = [
            finding for finding in about_comments if not _is_silenced_by_name(finding, suppressions)
        ]

    def _is_judged(self, prefix: str) -> bool:
        """Whether this run can tell that a code is unused: all rules that it may mean are on, or there are none."""
        meant = [code for code in load_rules() if code.startswith(prefix.upper())]
        if self.view is not View.PROJECT and asks_project(meant):
            self.has_waiting_suppressions = True
            return False
        return all(code in self.file.settings.enabled for code in meant)

    def outcome(self) -> Checked:
        """The findings in the order of their places, with fingerprints."""
        return Checked(
            _with_fingerprints(self.findings, self.file),
            tuple(self.crashes.values()),
            has_suppressions=self.has_waiting_suppressions,
        )


def _is_silenced(finding: Finding, suppressions: Suppressions, used: set[tuple[Suppression, str]]) -> bool:
    comments = [comment for comment in suppressions.on_lines_of(finding) if comment.silences(finding.code)]
    for comment in comments:
        used.update((comment, code) for code in comment.codes if finding.code.startswith(code))
    return bool(comments)


def _is_silenced_by_name(finding: Finding, suppressions: Suppressions) -> bool:
    """A finding about a comment is not silenced by a bare ``noqa`` or by the very codes it complains of."""
    return suppressions.silences_file(finding.code) or any(
        finding.code in comment.codes for comment in suppressions.on_lines_of(finding)
    )


def _with_fingerprints(findings: list[Finding], file: File) -> tuple[Finding, ...]:
    """Sort by place, drop doubles, and name each finding by what stands there, not by where it stands."""
    if not findings:
        return ()
    from hashlib import blake2b  # takes milliseconds, because of OpenSSL

    ordered = sorted(dict.fromkeys(findings), key=lambda finding: finding.order)
    place = file.path_in_project
    seen: Counter[str] = Counter()
    named = []
    for finding in ordered:
        text = file.source.line_at(finding.line).strip()
        key = "\0".join((finding.code, place, text))
        seen[key] += 1
        digest = blake2b(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass"), digest_size=16)
        named.append(msgspec.structs.replace(finding, fingerprint=digest.hexdigest()))
    return tuple(named)
