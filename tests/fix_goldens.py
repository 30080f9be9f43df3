"""Runs the goldens of the fixers: beside ``data/fixes/AP301/x.py`` stands what ``fix`` makes of it, ``x.fixed.py``.

A comment ``# refused: part of the reason`` stands on the line of each finding that stays, as in ``x.fixed.py`` it
stays itself. ``pytest --update-fixtures`` rewrites the ``.fixed.py`` files.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.fix.plan import Wish, fix_content
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import split_lines

if TYPE_CHECKING:
    from antipatterns.fix.plan import FileResult

FOLDER = Path(__file__).parent / "data" / "fixes"

_REFUSED = re.compile(r"# refused: (.*)")
_SELECTED = {"extend-select": ["AP002", "AP304"], "ignore": ["AP501"]}
_SETTINGS = SettingsResolver(isolated=True, overrides=Overrides(_SELECTED))
_TYPE_ONLY = {"allow-type-only": True}


def find_goldens(code: str) -> list[Path]:
    """The files to fix, in a fixed order."""
    return sorted(path for path in (FOLDER / code).glob("*.py") if not path.name.endswith(".fixed.py"))


def fix(content: bytes, *codes: str, path: Path = Path("made_up.py"), unsafe: bool = True) -> FileResult:
    """The outcome for one file of that content."""
    return fix_content(str(path), content, _SETTINGS.settings_for(path), Wish(frozenset(codes), unsafe))


def fix_text(text: str, *codes: str, path: Path = Path("made_up.py"), unsafe: bool = True) -> str:
    """The text that comes of a text."""
    result = fix(text.encode(), *codes, path=path, unsafe=unsafe)
    return (result.content or text.encode()).decode()


def fix_golden(path: Path, content: bytes) -> FileResult:
    """The outcome for the content of a golden, with its folder's rule on, under a path that the rule looks at."""
    code = path.parent.name
    select = {"extend-select": [code], "ignore": sorted({"AP501"} - {code})}
    options = {**select, "infrastructure-import-in-domain": _TYPE_ONLY, "await-without-timeout": {"seconds": 10}}
    settings = SettingsResolver(isolated=True, overrides=Overrides(options)).settings_for(path)
    place = Path("domain" if code == "AP401" else "") / path.name
    return fix_content(str(place), content, settings, Wish(frozenset({code}), unsafe=True))


def check_golden(path: Path, *, update: bool) -> None:
    """Fix a file and compare with its golden; a second run must change nothing."""
    content = path.read_bytes()
    result = fix_golden(path, content)
    fixed = content if result.content is None else result.content
    golden = path.with_suffix(".fixed.py")
    if update:
        golden.write_bytes(fixed)
    assert fixed.decode("utf-8", "replace") == golden.read_bytes().decode("utf-8", "replace")
    assert fixed == golden.read_bytes()
    assert result.left == ()
    reasons = {refused.finding.line: refused.reason for refused in result.refused}
    lines = split_lines(content.decode("utf-8", "replace"))
    expected = {number: match[1] for number, line in enumerate(lines, 1) if (match := _REFUSED.search(line))}
    assert reasons.keys() == expected.keys(), reasons
    assert all(expected[number].strip() in reason for number, reason in reasons.items()), reasons
    assert fix_golden(path, fixed).content is None
