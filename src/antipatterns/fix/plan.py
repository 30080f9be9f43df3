"""Mend one file: rounds of fixes that lie apart, each proved before the next, until nothing is left to do."""

from __future__ import annotations

import io
import tokenize
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
import msgspec

from antipatterns.check import View, check_source, open_file
from antipatterns.finding import Finding, Safety
from antipatterns.fix.apply import Candidate, ConflictError, assemble, change_chunks, choose_apart
from antipatterns.fix.comments import names_in_noqa
from antipatterns.fix.fixer import Refusal, load_fixer
from antipatterns.fix.locate import Chunk, LineRange, method_ranges, newline_of, range_holding, statement_ranges
from antipatterns.fix.pair import pair_findings
from antipatterns.fix.place import Place
from antipatterns.fix.verify import Proved, prove
from antipatterns.index.file import ProjectFile
from antipatterns.index.projects import projects_of_run
from antipatterns.rule import load_rules
from antipatterns.source import Source, parse_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from antipatterns.file import File
    from antipatterns.fix.fixer import Fixer
    from antipatterns.index.projects import Projects
    from antipatterns.outcome import Checked
    from antipatterns.settings import Settings


class Refused(msgspec.Struct, frozen=True):
    """A finding that stays, and why."""

    finding: Finding
    reason: str


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file: its new content (None: unchanged), and its findings by what became of them.

    All findings stand where they stood in the content that was read, also those that are still there.
    """

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
    """Mend the bytes of a file as far as the wish goes; raises SourceError for those that cannot be parsed."""
    return fix_source(parse_source(path, content), settings, wish)


def fix_source(source: Source, settings: Settings, wish: Wish) -> FileResult:
    """Mend a parsed file as far as the wish goes; the findings of other rules are only watched."""
    found = _codes_beyond_the_file(source, settings, wish)
    view = View.PROJECT if found else View.FILE
    settings = msgspec.structs.replace(settings, enabled=settings.enabled - (_only_beyond_the_file() - found))
    checked = check_source(source, settings, projects_of_run(), view)
    wanted = [finding for finding in checked.findings if finding.code in wish.codes]
    if not wanted:
        return FileResult(source.path)
    encoding = _encoding_of(source.content)
    if source.text.encode(encoding, "replace") != source.content:
        reason = f"the file's encoding, {encoding}, would not give back the same bytes"
        return FileResult(source.path, refused=tuple(Refused(finding, reason) for finding in wanted))
    return _FileFixer(source, encoding, settings, wish, checked, view).run()


@cache
def _beyond_the_file() -> frozenset[str]:
    """The codes of the rules that look at the project."""
    return frozenset(code for code, rule in load_rules().items() if ProjectFile in rule.finds)


@cache
def _only_beyond_the_file() -> frozenset[str]:
    """The codes of the rules that look at nothing but the project."""
    return frozenset(code for code in _beyond_the_file() if len(load_rules()[code].finds) == 1)


def _codes_beyond_the_file(source: Source, settings: Settings, wish: Wish) -> frozenset[str]:
    """Which of the rules that look beyond the file have something there to mend.

    All their fixes are unsafe. Asked first, with all that this process knows of other files: to prove a change against
    the whole project takes far longer, and few files need it.
    """
    asked = frozenset(code for code in wish.codes & _beyond_the_file() if load_rules()[code].fixable)
    if not wish.unsafe or not asked & settings.enabled:
        return frozenset()
    alone = msgspec.structs.replace(settings, enabled=asked & settings.enabled)
    found = check_source(source, alone, _known_projects()).findings
    if all(finding.code in _only_beyond_the_file() for finding in found):
        return frozenset(finding.code for finding in found)
    in_file = {finding.order for finding in check_source(source, alone, _known_projects(), View.FILE).findings}
    return frozenset(finding.code for finding in found if finding.order not in in_file)


@cache
def _known_projects() -> Projects:
    return projects_of_run()


def _encoding_of(content: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return encoding


class _FileFixer:
    """The state of mending one file. ``origins``: each finding of the present text as it was in the first one."""

    def __init__(
        self, source: Source, encoding: str, settings: Settings, wish: Wish, checked: Checked, view: View
    ) -> None:
        self.source = source
        self.content = source.content
        self.encoding = encoding
        self.settings = settings
        self.wish = wish
        self.view = view
        self.checked = checked
        self.origins = {finding: finding for finding in self.checked.findings}
        self.fixed: list[Finding] = []
        self.refused: dict[Finding, str] = {}
        self.is_outdated = False  # whether something was refused before the text became what it is

    def run(self) -> FileResult:
        """Go round after round; each one makes the findings fewer or refuses one more, so this ends."""
        before = self.content
        while candidates := self._candidates() or self._candidates_again():
            self._apply(_moves_last(choose_apart(candidates)))
        stays = self._wanted()
        refused = [
            Refused(self.origins[finding], self.refused[finding]) for finding in stays if finding in self.refused
        ]
        return FileResult(
            self.source.path,
            self.content if self.content != before else None,
            _in_order(self.fixed),
            tuple(sorted(refused, key=lambda item: item.finding.order)),
            _in_order(self.origins[finding] for finding in stays if finding not in self.refused),
        )

    def _wanted(self) -> list[Finding]:
        return [finding for finding in self.checked.findings if finding.code in self.wish.codes]

    def _candidates(self) -> list[Candidate]:
        """A fix for each wanted finding whose fixer has one; refusals are kept with their reasons."""
        found = []
        chunks = _Chunks(self.source, [finding.line for finding in self._wanted()])
        file: File | None = None
        for finding in self._wanted():
            fixer = load_fixer(load_rules()[finding.code])
            if fixer is None or finding in self.refused or (fixer.always_unsafe and not self.wish.unsafe):
                continue
            file = file or open_file(self.source, self.settings, projects_of_run())
            outcome = _ask(fixer, finding, file, chunks)
            if isinstance(outcome, Refusal):
                self.refused[finding] = outcome.reason
            elif not self.wish.unsafe and (outcome.fix.safety is Safety.UNSAFE or self._is_silenced_in_ruff(finding)):
                continue
            elif self.wish.accepts(self.origins[finding]):
                found.append(outcome)
        return found

    def _is_silenced_in_ruff(self, finding: Finding) -> bool:
        """Whether a ``noqa`` silences the same finding of ruff: the author may want the code as it is."""
        codes = load_rules()[finding.code].ruff
        lines = {finding.line, finding.end_line}
        return bool(codes) and any(names_in_noqa(self.source.line_at(line), codes) for line in lines)

    def _candidates_again(self) -> list[Candidate]:
        """Those among the refused that have become possible; asked last, as asking costs more than all else."""
        if not self.is_outdated:
            return []
        self.refused, self.is_outdated = {}, False
        return self._candidates()

    def _apply(self, candidates: Sequence[Candidate]) -> None:
        """Make all these fixes or, if they do not stand the proof together, a part of them that does.

        A fix that does not stand it alone is refused; what is neither made nor refused waits for the next round.
        """
        objection = self._objection_to(candidates)
        if objection is None:
            return
        if len(candidates) == 1:
            self.refused[candidates[0].finding] = objection
            return
        known = len(self.refused)
        middle = len(candidates) // 2
        self._apply(candidates[:middle])
        if len(self.refused) == known + middle:  # all of the first half, and so nothing has changed
            self._apply(candidates[middle:])

    def _objection_to(self, candidates: Sequence[Candidate]) -> str | None:
        """Why these fixes cannot be made together; without an objection they are made."""
        fixes = [candidate.fix for candidate in candidates]
        try:
            changed = change_chunks(candidates)
            content = assemble(self.source, changed, fixes, newline_of(self.source)).encode(self.encoding)
        except UnicodeEncodeError as error:
            return f"the file's encoding, {self.encoding}, does not know {error.object[error.start]!r}"
        except ConflictError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - a defect of one fixer must not cost the other fixes
            return _describe_crash(error)
        fixed = [candidate.finding for candidate in candidates]
        outcome = prove(self.source, content, self.settings, self.checked, fixed, changed, self.view)
        if not isinstance(outcome, Proved):
            return outcome
        hidden = _hidden_by_moves(fixed, self.checked.findings, outcome.checked.findings)
        if hidden is not None:
            return f"{hidden} would stay, in a helper where it is harder to see"
        self._go_on_with(outcome, fixed)
        return None

    def _go_on_with(self, proved: Proved, fixed: Sequence[Finding]) -> None:
        """Take the new content; what was refused may be possible there."""
        before, old_lines = self.checked.findings, self.source.lines
        self.source, self.checked = proved
        self.content = self.source.content
        self.fixed += [self.origins[finding] for finding in fixed]
        gone = set(fixed)
        stayed = [finding for finding in before if finding not in gone]
        pairs = [*pair_findings(stayed, old_lines, self.checked.findings, self.source.lines)]
        self.origins = {new: self.origins[old] if old is not None else new for new, old in pairs}
        self.refused = {new: self.refused[old] for new, old in pairs if old in self.refused}
        self.is_outdated = bool(self.refused)


def _moves_code(finding: Finding) -> bool:
    fixer = load_fixer(load_rules()[finding.code])
    return fixer is not None and fixer.moves_code


def _moves_last(candidates: list[Candidate]) -> list[Candidate]:
    """Without those that move code, as long as others mend what runs on the event loop: it may be what they move."""
    if not any(_is_of_loop(candidate.finding) for candidate in candidates):
        return candidates
    return [candidate for candidate in candidates if not _moves_code(candidate.finding)]


def _hidden_by_moves(fixed: Sequence[Finding], before: Sequence[Finding], after: Sequence[Finding]) -> str | None:
    """What runs on the event loop and is found there no more, as it was moved to a function of its own."""
    if not any(map(_moves_code, fixed)):
        return None
    gone = Counter(finding.code for finding in before if _is_of_loop(finding))
    gone.subtract(finding.code for finding in after if _is_of_loop(finding))
    return next((code for code, number in gone.items() if number > 0), None)


def _is_of_loop(finding: Finding) -> bool:
    return finding.code.startswith("AP1")


def _ask(fixer: Fixer, finding: Finding, file: File, chunks: _Chunks) -> Candidate | Refusal:
    """The fixer's word on one finding."""
    chunk = chunks.holding(finding.line)
    if fixer.function is None or chunk is None:
        return Refusal("libcst cannot parse this statement as it stands")
    nodes = chunk.nodes_at(finding, fixer.node_types)
    if not nodes:
        return Refusal("libcst sees something else at this place")
    try:
        outcome = fixer.function(nodes[0], Place(finding, file, chunk, chunks.holding))
    except Exception as error:  # noqa: BLE001 - a defect of one fixer must not cost the other fixes
        return Refusal(_describe_crash(error))
    return outcome if isinstance(outcome, Refusal) else Candidate(finding, chunk, outcome)


def _describe_crash(error: Exception) -> str:
    reason = " ".join(str(error).split())
    return f"the fixer failed, please report it: {type(error).__name__}: {reason}"


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.order))


class _Chunks:
    """The parsed chunks of one version of a file, each made when first asked for.

    Of a class it takes the methods alone, where all the lines that will be asked for lie in methods.
    """

    def __init__(self, source: Source, asked: Iterable[int]) -> None:
        self.source = source
        self.ranges = statement_ranges(source)
        self.methods: list[LineRange] = []
        asked_in = defaultdict[LineRange | None, list[int]](list)
        for line in asked:
            asked_in[range_holding(self.ranges, line)].append(line)
        for lines in filter(None, asked_in):
            methods = method_ranges(source, lines)
            if all(range_holding(methods, line) for line in asked_in[lines]):
                self.methods += methods
        self.methods.sort()
        self.parsed: dict[LineRange, Chunk | None] = {}

    def holding(self, line: int) -> Chunk | None:
        """The chunk that a line lies in; None where libcst cannot parse it, or would not give back the same text."""
        # Between the statements there are only comments, each a chunk of its own.
        method = range_holding(self.methods, line)
        lines = method or range_holding(self.ranges, line) or LineRange(line, line)
        if lines not in self.parsed:
            try:
                chunk = Chunk(self.source, lines, is_method=method is not None)
            except cst.ParserSyntaxError:
                self.parsed[lines] = None
            else:
                # It moves the form feeds of an indentation.
                self.parsed[lines] = chunk if chunk.code == chunk.text else None
        return self.parsed[lines]
