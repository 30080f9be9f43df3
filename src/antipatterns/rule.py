"""What a rule is, and the registry that finds every rule by walking ``rules/``."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from antipatterns import REPOSITORY
from antipatterns.finding import Finding, Hop, Safety, Severity
from antipatterns.precomputed import precomputed

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope
    from antipatterns.settings import Settings
    from antipatterns.source import Source, Span

Where = Callable[["Source", "Scope", "Settings"], bool]
Find = Callable[[Any, "File", "Scope"], Iterable[Finding]]
FindT = TypeVar("FindT", bound=Find)

PROJECT_FILE = "ProjectFile"
"""The name of the event that rules about the project want to see."""


class NoOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a rule that has none."""


class Rule:
    """One rule: its code, the types of things it wants to see, and the function that looks at them.

    Made at the top of the rule's own module from ``__name__``, from which its kebab-case name follows.
    ``on`` says whether it is in the default set. ``words``: the rule is asked only about files in which at
    least one of these ASCII words stands, or the last part of a dotted name that the settings have under
    ``words_setting``. ``where``: nor is it about files of which this says no, by their scopes.
    ``options``: a frozen msgspec struct with kebab-case field names, every field
    with a default; users set them in the table ``[tool.antipatterns.<rule-name>]``. ``asks_elsewhere``: what it finds
    may hang on other files, which it asks about. ``ruff``: the codes of ruff's rules that report some of what this one
    does, or all of it.
    """

    def __init__(  # noqa: PLR0913 - all that a rule says of itself, by name
        self,
        module: str,
        code: str,
        *,
        on: bool = True,
        words: tuple[str, ...] = (),
        words_setting: str = "",
        where: Where | None = None,
        options: type[msgspec.Struct] = NoOptions,
        severity: Severity = Severity.WARNING,
        asks_elsewhere: bool = False,
        ruff: tuple[str, ...] = (),
    ) -> None:
        self.module = module
        self.code = code
        self.on = on
        self.words = words
        self.words_setting = words_setting
        self.where = where
        self.options = options
        self.severity = severity
        self.asks_elsewhere = asks_elsewhere
        self.ruff = ruff
        self.finds: dict[type, Find] = {}

    @cached_property
    def name(self) -> str:
        """The kebab-case name, which completes the phrase "allow …"."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The names of the types of things that it wants to see."""
        return frozenset(kind.__name__ for kind in self.finds)

    def __repr__(self) -> str:
        return f"<rule {self.code} {self.name}>"

    def visit(self, *types: type) -> Callable[[FindT], FindT]:
        """Register a function for things of these types: ``ast`` node classes, or events of the run itself.

        It is called as ``find(thing, file, scope)`` and yields findings; for an event the scope is the module's.
        """

        def register(find: FindT) -> FindT:
            self.finds.update(dict.fromkeys(types, find))
            return find

        return register

    def finding(
        self,
        file: File,
        span: Span,
        message: str,
        *,
        hops: tuple[Hop, ...] = (),
        fix: Safety | None = None,
        about: str = "",
        ruff: tuple[str, ...] = (),
    ) -> Finding:
        """One finding of this rule in this file; ``fix`` counts only once the rule has a fixer.

        ``ruff``: those of the rule's codes of ruff that are sure to report the same at this place.
        """
        return Finding(
            path=file.path,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            code=self.code,
            name=self.name,
            message=message,
            page=self.page_path,
            severity=self.severity,
            hops=hops,
            fix=fix if self.fixable else None,
            about=about,
            ruff=ruff,
        )

    @cached_property
    def page(self) -> str:
        """The documentation: the docstring of the rule's module."""
        return (sys.modules[self.module].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first sentence of the page, on one line."""
        return re.sub(r"\s+", " ", self.page.partition("\n\n")[0])

    @property
    def demand(self) -> str:
        """The summary for who reads it alone: the page's heading, the name, makes "Allow …" what not to do."""
        return _demand(self.summary).replace("``", "`")

    @property
    def explanation(self) -> str:
        """The page for who reads it alone."""
        return _demand(self.page)

    @cached_property
    def page_path(self) -> str:
        """The path of the rule's file below the package, with slashes."""
        return "/".join(self.module.split(".")[1:]) + ".py"

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"{REPOSITORY}/blob/main/src/antipatterns/{self.page_path}"

    @cached_property
    def fixable(self) -> bool:
        """Whether a fixer stands beside the rule: derived from its file, which is never imported here."""
        file = sys.modules[self.module].__file__
        return file is not None and Path(file.removesuffix(".py") + "_fix.py").is_file()


def _demand(text: str) -> str:
    return re.sub(r"\AAllow ", "Do not allow ", text)


class ListedRule(Rule):
    """A rule of the registry: what stands at the top of its file is known, the file is loaded when more is asked."""

    def __init__(self, row: _Row) -> None:
        self.module, self.code, self.on = row.module, row.code, row.on
        self.words, self.words_setting, self.severity = tuple(row.words), row.words_setting, Severity(row.severity)
        self.wanted, self.fixable, self.asks_elsewhere = frozenset(row.wanted), row.fixable, row.asks_elsewhere
        self.ruff = tuple(row.ruff)

    @cached_property
    def _loaded(self) -> Rule:
        rule: Rule = importlib.import_module(self.module).RULE
        return rule

    @cached_property
    def where(self) -> Where | None:  # type: ignore[override]
        return self._loaded.where

    @cached_property
    def options(self) -> type[msgspec.Struct]:  # type: ignore[override]
        return self._loaded.options

    @cached_property
    def finds(self) -> dict[type, Find]:  # type: ignore[override]
        return self._loaded.finds

    @cached_property
    def page(self) -> str:
        return self._loaded.page


@cache
def load_rules() -> dict[str, Rule]:
    """Every rule by code, in the order of the codes."""
    return {row[0]: ListedRule(_Row(*row)) for row in precomputed("rules", ("rules", "rule.py"), _list_rules)}


@cache
def rules_wanting(event: str, enabled: frozenset[str]) -> tuple[str, ...]:
    """The codes of the enabled rules that want to see an event of the run, by the name of its class."""
    return tuple(code for code, rule in load_rules().items() if code in enabled and event in rule.wanted)


def asks_project(codes: Iterable[str]) -> bool:
    """Whether any of these rules looks beyond the file."""
    return bool(rules_wanting(PROJECT_FILE, frozenset(codes)))


def looks_elsewhere(codes: Iterable[str]) -> bool:
    """Whether what any of these rules finds in a file may hang on other files."""
    return asks_project(codes) or any(load_rules()[code].asks_elsewhere for code in codes)


class _Row(NamedTuple):
    """A rule as the list of them is kept."""

    code: str
    module: str
    on: bool
    words: Sequence[str]
    words_setting: str
    severity: str
    wanted: Sequence[str]
    fixable: bool
    asks_elsewhere: bool
    ruff: Sequence[str]


def _list_rules() -> list[_Row]:
    package = importlib.import_module("antipatterns.rules")
    names = (
        module.name
        for module in pkgutil.walk_packages(package.__path__, "antipatterns.rules.")
        if not module.ispkg and not module.name.endswith("_fix")
    )
    rules: list[Rule] = [importlib.import_module(name).RULE for name in names]
    return [
        _Row(
            *(rule.code, rule.module, rule.on, rule.words, rule.words_setting, rule.severity, sorted(rule.wanted)),
            fixable=rule.fixable,
            asks_elsewhere=rule.asks_elsewhere,
            ruff=rule.ruff,
        )
        for rule in sorted(rules, key=lambda rule: rule.code)
    ]
