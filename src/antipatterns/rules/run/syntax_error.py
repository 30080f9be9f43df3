"""Allow a file that cannot be read, decoded or parsed, and that no rule can look at.

What it finds
-------------
A file that the running Python cannot read, decode or parse, with the reason and its place. The run goes on with
the other files. Under flake8 this is E999, which flake8 reports itself. Silent for the templates of cookiecutter and
its like, where the name of the file or of a folder holds ``{{``.

Why it is bad
-------------
Nothing in such a file is checked, and importing it fails.

Bad
---
A function whose header lacks its colon.

Good
----
::

    def total(prices):
        return sum(prices)

Fix safety
----------
There is no fix.

Options
-------
None.

Source
------
https://docs.python.org/3/reference/lexical_analysis.html. Others have it as flake8 E999 and pycodestyle E902.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.finding import Severity
from antipatterns.rule import Rule
from antipatterns.source import SourceError, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP001", severity=Severity.ERROR)

# In the names of files and folders that cookiecutter, copier and their like fill in.
_PLACEHOLDER = "{{"


@RULE.visit(SourceError)
def find_syntax_error(error: SourceError, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield the one finding for a file that nobody can look into, but for one that a program is made of."""
    if _PLACEHOLDER in file.path:
        return
    yield RULE.finding(file, Span(error.line, error.column, error.line, error.column), error.reason)
