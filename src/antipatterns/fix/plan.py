"""Mend one file: rounds of fixes that lie apart, each proved before the next, until nothing is left to do."""

from __future__ import annotations

import io
import tokenize
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
import msgspec

from antipatterns.check import check_source
from antipatterns.file import File
from antipatterns.finding import Finding, Safety
from antipatterns.fix.apply import Candidate, assemble, change_chunk, choose_apart
from antipatterns.fix.fixer import Refusal, load_fixer
from antipatterns.fix.locate import Chunk, LineRange, newline_of, range_holding, statement_ranges
from antipatterns.fix.place import Place
from antipatterns.fix.verify import find_objection
from antipatterns.rule import load_rules
from antipatterns.source import Source, SourceError, parse_source
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from antipatterns.settings import Settings


class Refused(msgspec.Struct, frozen=True):
    """A finding that stays, and why."""

    finding: Finding
    reason: str


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file: its new content (None: unchanged), and its findings by what became of them."""

    path: str
    content: bytes | None = None
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Refused, ...] = ()
    left: tuple[Finding, ...] = ()


class Wish(NamedTuple):
    """What the user wants fixed: codes, whether unsafe fixes too, and a say on each finding."""

    codes: frozenset[str]
    unsafe: bool = False
    accepts: Callable[[Finding], bool] = lambda _finding: True


def fix_content(path: str, content: bytes, settings: Settings, wish: Wish) -> FileResult:
    """Mend the bytes of a file as far as the wish goes; the findings of other rules are only watched."""
    try:
        source = parse_source(path, content)
    except SourceError:
        return FileResult(path)
    encoding = _encoding_of(content)
    if source.text.encode(encoding) != content:
        return FileResult(path)
    return _FileFixer(source, encoding, settings, wish).run()


def _encoding_of(content: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return encoding


class _FileFixer:
    """The state of mending one file."""

    def __init__(self, source: Source, encoding: str, settings: Settings, wish: Wish) -> None:
        self.source = source
        self.content = source.content
        self.encoding = encoding
        self.settings = settings
        self.wish = wish
        self.checked = check_source(source, settings)
        self.fixed: list[Finding] = []
        self.refused: dict[tuple[str, str], str] = {}

    def run(self) -> FileResult:
        """Go round after round; each round that changes something makes the findings fewer, so this ends."""
        before = self.content
        while candidates := self._candidates():
            if not self._apply(choose_apart(candidates)):
                break
        stays = self._wanted()
        refused = [Refused(finding, self.refused[_key(finding)]) for finding in stays if _key(finding) in self.refused]
        left = [finding for finding in stays if _key(finding) not in self.refused]
        return FileResult(
            self.source.path,
            self.content if self.content != before else None,
            tuple(self.fixed),
            tuple(refused),
            tuple(left),
        )

    def _wanted(self) -> list[Finding]:
        return [finding for finding in self.checked.findings if finding.code in self.wish.codes]

    def _candidates(self) -> list[Candidate]:
        """A fix for each wanted finding whose fixer has one; refusals are kept with their reasons."""
        found = []
        chunks = _Chunks(self.source)
        file: File | None = None
        for finding in self._wanted():
            rule = load_rules()[finding.code]
            fixer = load_fixer(rule)
            if fixer is None or _key(finding) in self.refused:
                continue
            file = file or File(self.source, self.settings, walk(self.source.tree, frozenset()).module)
            outcome = self._ask(finding, file, chunks)
            if isinstance(outcome, Refusal):
                self._refuse(finding, outcome.reason)
            elif outcome is not None and self.wish.accepts(finding):
                found.append(outcome)
        return found

    def _ask(self, finding: Finding, file: File, chunks: _Chunks) -> Candidate | Refusal | None:
        """The fixer's word on one finding; None for a fix that the user did not ask for."""
        fixer = load_fixer(load_rules()[finding.code])
        chunk = chunks.holding(finding.line)
        if fixer is None or fixer.function is None or chunk is None:
            return Refusal("libcst cannot parse this statement")
        nodes = chunk.nodes_at(finding, fixer.node_types)
        if not nodes:
            return Refusal("libcst sees something else at this place")
        outcome = fixer.function(nodes[0], Place(finding, file, chunk))
        if isinstance(outcome, Refusal):
            return outcome
        if outcome.safety is Safety.UNSAFE and not self.wish.unsafe:
            return None
        return Candidate(finding, chunk, outcome)

    def _refuse(self, finding: Finding, reason: str) -> None:
        self.refused[_key(finding)] = reason

    def _apply(self, candidates: Sequence[Candidate]) -> bool:
        """Make all fixes of a round or, if they do not stand the proof together, the first that does alone."""
        if self._objection_to(candidates) is None:
            return True
        for candidate in candidates:
            objection = self._objection_to([candidate])
            if objection is None:
                return True
            self._refuse(candidate.finding, objection)
        return False

    def _objection_to(self, candidates: Sequence[Candidate]) -> str | None:
        """Why these fixes cannot be made together; without an objection they are made."""
        by_chunk: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            by_chunk.setdefault(candidate.chunk.lines.first, []).append(candidate)
        changed = [change_chunk(group[0].chunk, [item.fix for item in group]) for group in by_chunk.values()]
        fixes = [candidate.fix for candidate in candidates]
        text = assemble(self.source, changed, fixes, newline_of(self.source))
        content = text.encode(self.encoding)
        fixed = [candidate.finding for candidate in candidates]
        objection = find_objection(self.source, content, self.settings, self.checked, fixed, changed)
        if objection is None:
            self.source = parse_source(self.source.path, content)
            self.content = content
            self.checked = check_source(self.source, self.settings)
            self.fixed += fixed
        return objection


def _key(finding: Finding) -> tuple[str, str]:
    return (finding.code, finding.fingerprint)


class _Chunks:
    """The parsed chunks of one version of a file, each made when first asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.ranges = statement_ranges(source)
        self.parsed: dict[LineRange, Chunk | None] = {}

    def holding(self, line: int) -> Chunk | None:
        """The chunk that a line lies in; None where libcst cannot parse it."""
        lines = range_holding(self.ranges, line)
        if lines is None:
            return None
        if lines not in self.parsed:
            try:
                self.parsed[lines] = Chunk(self.source, lines)
            except cst.ParserSyntaxError:
                self.parsed[lines] = None
        return self.parsed[lines]
