"""Mend one file on the disk, or only say what would change."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.fix.diff import unified_diff
from antipatterns.fix.plan import FileResult, Wish, fix_source
from antipatterns.fix.write import WriteError, write_atomically
from antipatterns.rule import load_rules
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from antipatterns.finding import Finding
    from antipatterns.project.discover import DiscoveredFile
    from antipatterns.settings import Settings, SettingsResolver
    from antipatterns.source import Source


class FixTask(msgspec.Struct, frozen=True):
    """How to mend files: with unsafe fixes or not, writing or not, and, by real path, only on some lines.

    ``roots``: the real folders that a link may lead to a file in. ``lines`` count as git does.
    """

    unsafe: bool
    write: bool
    roots: tuple[str, ...]
    lines: Mapping[str, frozenset[int]] | None = None


class FixedFile(msgspec.Struct, frozen=True):
    """The outcome for one file: what became of its findings, the diff of its change, and why it was left alone.

    ``failed``: it was left alone because it could not be read, parsed or written.
    """

    result: FileResult
    diff: bytes = b""
    skipped: str = ""
    failed: bool = False


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
        return _fail(file.display, f"cannot read: {error.strerror or error}")
    return fix_bytes(task, file, content, settings, ask)


def fix_bytes(
    task: FixTask,
    file: DiscoveredFile,
    content: bytes,
    settings: Settings,
    ask: Callable[[Finding], bool] | None = None,
) -> FixedFile:
    """As ``fix_file``, for content that has been read."""
    try:
        source = parse_source(file.display, content)
        wish = Wish(fixable_codes(settings), task.unsafe, _filter(task, file.path, source, ask))
        result = fix_source(source, settings, wish)
    except SourceError as error:
        return _fail(file.display, error.reason)
    except Exception as error:  # noqa: BLE001 - one file must not cost the fixes of all others
        return _fail(file.display, f"antipatterns failed, please report it: {type(error).__name__}: {error}")
    return _finish(task, file, content, result)


def _fail(path: str, reason: str) -> FixedFile:
    return FixedFile(FileResult(path), skipped=reason, failed=True)


def _finish(task: FixTask, file: DiscoveredFile, content: bytes, result: FileResult) -> FixedFile:
    """Write the new content, or make the diff of it."""
    if result.content is None:
        return FixedFile(result)
    if not task.write:
        return FixedFile(result, diff=format_diff(file.display, content, result.content))
    try:
        write_atomically(file.path, content, result.content)
    except WriteError as error:
        left = sorted((*result.left, *result.fixed), key=lambda finding: finding.order)
        unchanged = FileResult(file.display, left=tuple(left), refused=result.refused)
        return FixedFile(unchanged, skipped=f"cannot write: {error}", failed=True)
    return FixedFile(result)


def _is_inside(path: Path, roots: tuple[str, ...]) -> bool:
    real = os.path.realpath(path)
    return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _filter(
    task: FixTask, path: Path, source: Source, ask: Callable[[Finding], bool] | None
) -> Callable[[Finding], bool]:
    """Whether to fix a finding: it touches one of the lines in question, and whoever is asked agrees."""
    lines = None if task.lines is None else task.lines.get(os.path.realpath(path), frozenset())

    def accepts(finding: Finding) -> bool:
        if lines is not None:
            first, last = (_line_of_git(source, line) for line in (finding.line, finding.end_line))
            if lines.isdisjoint(range(first, last + 1)):
                return False
        return ask is None or ask(finding)

    return accepts


def _line_of_git(source: Source, line: int) -> int:
    """The number that git gives to a line: to git, a lone carriage return ends none."""
    if b"\r" not in source.content:
        return line
    return 1 + sum(text.endswith("\n") for text in source.lines[: line - 1])


def format_diff(path: str, old: bytes, new: bytes) -> bytes:
    """A unified diff of two contents of a file in its own encoding, which ``patch`` and ``git apply`` take."""
    lines = unified_diff(
        _split_at_newlines(old),
        _split_at_newlines(new),
        _quote_name(f"a/{path.lstrip('/')}"),
        _quote_name(f"b/{path.lstrip('/')}"),
    )
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def _split_at_newlines(content: bytes) -> list[bytes]:
    """The lines as ``patch`` sees them."""
    return re.findall(rb"[^\n]*\n|[^\n]+", content)


def _quote_name(name: str) -> bytes:
    """A file name as git writes it into a diff: in quotes, escaped as in C, where it would not be clear."""
    raw = os.fsencode(name)
    if not re.search(rb'[\x00-\x1f"\\\x7f]', raw):
        return raw + (b"\t" if b" " in raw else b"")
    escaped = re.sub(rb'[\x00-\x1f"\\\x7f]', lambda match: b"\\%03o" % match[0][0], raw)
    return b'"' + escaped + b'"'
