"""Check one file: run the rules that its settings enable over its one walk, suppress, fingerprint."""

from __future__ import annotations

import ast
import traceback
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from antipatterns.file import File
from antipatterns.rule import Rule, load_rules
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
    from antipatterns.finding import Finding
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import Settings, SettingsResolver


ENGINE = "the engine"
"""What stands for the code in a crash outside of all rules."""


class Crash(msgspec.Struct, frozen=True):
    """A defect of this tool that one rule met in one file: who, where, and the traceback as text."""

    code: str
    path: str
    traceback: str


class Checked(msgspec.Struct, frozen=True):
    """The outcome for one file: findings in the order of their places, and the crashes that cost some."""

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...] = ()


def check_file(file: DiscoveredFile, resolver: SettingsResolver) -> Checked:
    """Read and check one file; one that cannot be read becomes a finding."""
    settings = resolver.settings_for(file.path)
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return check_unreadable(SourceError(file.display, f"cannot read: {error.strerror or error}"), b"", settings)
    return check_bytes(file.display, content, settings)


def check_bytes(path: str, content: bytes, settings: Settings) -> Checked:
    """As ``check_content``, but a defect of this tool outside of all rules becomes a crash too, not the end."""
    try:
        return check_content(path, content, settings)
    except Exception:  # noqa: BLE001 - one file must not cost the findings of all others
        return Checked((), (Crash(ENGINE, path, traceback.format_exc()),))


def check_content(path: str, content: bytes, settings: Settings) -> Checked:
    """Check the bytes of a file, whose path is written as reports show it; never raises for what they hold."""
    try:
        source = parse_source(path, content)
    except SourceError as error:
        return check_unreadable(error, content, settings)
    return check_source(source, settings)


def check_unreadable(error: SourceError, content: bytes, settings: Settings) -> Checked:
    """The outcome for a file that cannot be read, decoded or parsed."""
    source = Source(error.path, _EMPTY, lines=content.decode("utf-8", "replace").splitlines(keepends=True))
    finders = _finders(tuple(code for code in load_rules() if code in settings.enabled))
    run = _Run(File(source, settings, Scope(ScopeKind.MODULE, source.tree, None)), finders)
    run.dispatch(error, run.file.module)
    return run.outcome()


def check_source(source: Source, settings: Settings, *, noqa: bool = True) -> Checked:
    """Check a parsed file. ``noqa=False``: its host suppresses lines itself, only own file-level comments count."""
    finders = _finders(_rules_asked(source, settings.enabled))
    walked = walk(source.tree, frozenset(finders))
    run = _Run(File(source, settings, walked.module), finders)
    for node, scope in walked.matches:
        run.dispatch(node, scope)
    if run.findings or UnusedSuppression in finders:
        run.suppress(noqa=noqa)
    outcome = run.outcome()
    run.file.release()
    return outcome


_Finders = dict[type, list[Rule]]
_EMPTY = ast.Module(body=[], type_ignores=[])


def _rules_asked(source: Source, enabled: frozenset[str]) -> tuple[str, ...]:
    """The codes of the enabled rules that can fire in a file at all, judged by the words that must stand in it."""
    return tuple(
        code
        for code, rule in load_rules().items()
        if code in enabled and (not rule.words or source.mentions(rule.words))
    )


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

    def __init__(self, file: File, finders: _Finders) -> None:
        self.file = file
        self.finders = finders
        self.findings: list[Finding] = []
        self.crashes: dict[str, Crash] = {}

    def dispatch(self, thing: Any, scope: Scope) -> None:
        """Ask every rule that wants things of this type; a rule that crashes costs only its own findings here."""
        for rule in self.finders.get(type(thing), ()):
            try:
                self.findings.extend(rule.finds[type(thing)](thing, self.file, scope))
            except Exception:  # noqa: BLE001 - a defect of one rule must not cost the findings of the others
                self.crashes.setdefault(rule.code, Crash(rule.code, self.file.path, traceback.format_exc()))

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
        return all(code in self.file.settings.enabled for code in meant)

    def outcome(self) -> Checked:
        """The findings in the order of their places, with fingerprints."""
        return Checked(_with_fingerprints(self.findings, self.file), tuple(self.crashes.values()))


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
