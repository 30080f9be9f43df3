"""The table of rules in README.md, made from the pages: ``python tests/readme_table.py`` rewrites it.

With ``--check`` nothing is written, and the exit status is 1 if the table is not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from antipatterns.rule import Rule, load_rules

README = Path(__file__).parent.parent / "README.md"
COMMAND = "python tests/readme_table.py"

_BEGIN, _END = "<!-- rules: begin -->\n", "<!-- rules: end -->"


def format_table() -> str:
    """The table in Markdown, a row for each rule."""
    rows = [_format_row(rule) for rule in load_rules().values()]
    return "\n".join(["| code | name | default | fix | what not to do |", "|---|---|---|---|---|", *rows, ""])


def replace_table(text: str) -> str:
    """The text of a README with a fresh table between its markers; raises ValueError where there are none."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{README.name} needs the two lines {_BEGIN.strip()} and {_END}")
    return "".join((before, begin, format_table(), end, after))


def is_fresh() -> bool:
    """Whether the table in the README is what the pages say."""
    text = README.read_text(encoding="utf-8")
    return text == replace_table(text)


def main(arguments: list[str]) -> int:
    """Rewrite the table, or only check it; return the exit status."""
    if "--check" in arguments:
        return 0 if is_fresh() else 1
    README.write_text(replace_table(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


def _format_row(rule: Rule) -> str:
    cells = (
        f"[{rule.code}](src/antipatterns/{rule.page_path})",
        f"`{rule.name}`",
        "on" if rule.on else "off",
        "yes" if rule.fixable else "",
        rule.summary.replace("``", "`").replace("|", "\\|"),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
