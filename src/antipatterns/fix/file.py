"""Mend one file on the disk, or only say what would change."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING

import msgspec

from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.fix.write import WriteError, write_atomically
from antipatterns.rule import load_rules
from antipatterns.source import SourceError, decode, parse_source, split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from antipatterns.finding import Finding
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import Settings, SettingsResolver


class FixTask(msgspec.Struct, frozen=True):
    """How to mend files: with unsafe fixes or not, writing or not, and, by absolute path, only on some lines.

    ``roots``: the real folders that a link may lead to a file in.
    """

    unsafe: bool
    write: bool
    roots: tuple[str, ...]
    lines: Mapping[str, frozenset[int]] | None = None


class FixedFile(msgspec.Struct, frozen=True):
    """The outcome for one file: what became of its findings, the diff of its change, and why it was skipped."""

    result: FileResult
    diff: str = ""
    skipped: str = ""


def fixable_codes(settings: Settings) -> frozenset[str]:
    """The enabled rules that have a fixer."""
    return frozenset(code for code, rule in load_rules().items() if rule.fixable and code in settings.enabled)


def fix_file(
    task: FixTask,
    file: DiscoveredFile,
    resolver: SettingsResolver,
    ask: Callable[[Finding], bool] | None = None,
) -> FixedFile:
    """Mend one file as the task says; a file that cannot be read, parsed or written is left as it is, and named.

    ``ask`` has a say on each finding that is about to be fixed.
    """
    settings = resolver.settings_for(file.path)
    if not _is_inside(file.path, task.roots):
        return FixedFile(FileResult(file.display), skipped="it is a link out of the tree")
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return FixedFile(FileResult(file.display), skipped=f"cannot read: {error.strerror or error}")
    try:
        parse_source(file.display, content)
    except SourceError as error:
        return FixedFile(FileResult(file.display), skipped=error.reason)
    wish = Wish(fixable_codes(settings), task.unsafe, _filter(task, file.path, ask))
    result = fix_content(file.display, content, settings, wish)
    return finish(task, file, content, result)


def finish(task: FixTask, file: DiscoveredFile, content: bytes, result: FileResult) -> FixedFile:
    """Write the new content, or make the diff of it."""
    if result.content is None:
        return FixedFile(result)
    if not task.write:
        return FixedFile(result, diff=format_diff(file.display, content, result.content))
    try:
        write_atomically(file.path, content, result.content)
    except WriteError as error:
        unchanged = FileResult(file.display, left=(*result.left, *result.fixed), refused=result.refused)
        return FixedFile(unchanged, skipped=f"cannot write: {error}")
    return FixedFile(result)


def _is_inside(path: Path, roots: tuple[str, ...]) -> bool:
    real = os.path.realpath(path)
    return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _filter(task: FixTask, path: Path, ask: Callable[[Finding], bool] | None) -> Callable[[Finding], bool]:
    """Whether to fix a finding: it touches one of the lines in question, and whoever is asked agrees."""
    lines = None if task.lines is None else task.lines.get(str(path), frozenset())

    def accepts(finding: Finding) -> bool:
        touched = range(finding.line, finding.end_line + 1)
        return (lines is None or not lines.isdisjoint(touched)) and (ask is None or ask(finding))

    return accepts


def format_diff(path: str, old: bytes, new: bytes) -> str:
    """A unified diff of two contents of a file, which ``patch`` and ``git apply`` take."""
    lines = difflib.unified_diff(
        split_lines(decode(old)), split_lines(decode(new)), f"a/{path}", f"b/{path}", lineterm="\n"
    )
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
