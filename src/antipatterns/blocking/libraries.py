"""Questions to ``knowledge/``: is this callable known to block, what type does that call return."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from antipatterns.knowledge.loggers import LOGGER_ALIASES, LOGGER_BASES, LOGGER_RETURNS

_CLASS_NAME = r"[\w.]+"


class Sink(NamedTuple):
    """A callable that blocks: its canonical dotted name, its category, and what to use in its place."""

    name: str
    category: str
    remedy: str


class _Methods(NamedTuple):
    category: str
    remedy: str
    names: frozenset[str]
    all_but: frozenset[str] | None  # set where the table says "*", every public method but these


class _Knowledge(NamedTuple):
    callables: dict[str, tuple[str, str]]
    methods: dict[str, tuple[_Methods, ...]]
    returns: dict[str, str]
    awaited: dict[str, str]
    attributes: dict[str, str]
    bases: dict[str, tuple[str, ...]]
    aliases: dict[str, str]
    non_blocking_arguments: dict[str, tuple[tuple[int, str, object], ...]]
    blocking_arguments: dict[str, tuple[int, str]]
    blocking_with: dict[str, tuple[int, str, object]]
    type_arguments: dict[str, tuple[int, str]]
    async_twins: frozenset[str]
    classes: frozenset[str]


@cache
def _load() -> _Knowledge:
    package = importlib.import_module("antipatterns.knowledge.blocking")
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(package.__path__, "antipatterns.knowledge.blocking.")
    ]

    def merge(constant: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for module in modules:
            merged.update(getattr(module, constant, {}))
        return merged

    methods = {name: tuple(_parse_methods(*row) for row in rows) for name, rows in merge("METHODS").items()}
    attributes, bases, returns = merge("ATTRIBUTES"), merge("BASES"), merge("RETURNS")
    bases.update(LOGGER_BASES)
    returns.update(LOGGER_RETURNS)
    owners = (name.rpartition(".")[0] for name in (*attributes, *returns))
    classes = frozenset((*methods, *bases, *attributes.values(), *(owner for owner in owners if _is_class(owner))))
    return _Knowledge(
        callables=merge("CALLABLES"),
        methods=methods,
        returns=returns,
        awaited=merge("AWAITED"),
        attributes=attributes,
        bases=bases,
        aliases=merge("ALIASES") | LOGGER_ALIASES,
        non_blocking_arguments=merge("NON_BLOCKING_ARGUMENTS"),
        blocking_arguments=merge("BLOCKING_ARGUMENTS"),
        blocking_with=merge("BLOCKING_WITH"),
        type_arguments=merge("TYPE_ARGUMENTS"),
        async_twins=frozenset().union(*(getattr(module, "ASYNC_TWINS", ()) for module in modules)),
        classes=classes,
    )


def _is_class(dotted: str) -> bool:
    """Whether the owner of a table's ``Owner.method`` key is a class rather than a module, by PEP 8's spelling."""
    return dotted.rpartition(".")[2][:1].isupper()


def _parse_methods(category: str, remedy: str, text: str) -> _Methods:
    names = text.split()
    if "*" in names:
        excluded = frozenset(name.removeprefix("-") for name in names if name.startswith("-"))
        return _Methods(category, remedy, frozenset(names), excluded)
    return _Methods(category, remedy, frozenset(names), None)


# The same few thousand names are asked for in every file.
_remembered = lru_cache(maxsize=1 << 15)


@_remembered
def canonical(dotted: str) -> str:
    """The spelling under which the tables know a dotted name: aliases of modules and classes replaced."""
    aliases = _load().aliases
    for _ in range(4):
        prefix, rest = dotted, ""
        while prefix:
            if prefix in aliases:
                dotted = aliases[prefix] + rest
                break
            prefix, _dot, last = prefix.rpartition(".")
            rest = f".{last}{rest}"
        else:
            return dotted
    return dotted


@_remembered
def find_sink(dotted: str) -> Sink | None:
    """What the tables know of a canonical callable, ``module.function`` or ``module.Class.method``."""
    knowledge = _load()
    entry = knowledge.callables.get(dotted)
    if entry is not None:
        return Sink(dotted, *entry)
    owner, _, method = dotted.rpartition(".")
    for name in lineage(owner):
        if f"{name}.{method}" in knowledge.callables:
            return Sink(f"{name}.{method}", *knowledge.callables[f"{name}.{method}"])
        for row in knowledge.methods.get(name, ()):
            if method in row.names or (
                row.all_but is not None and method not in row.all_but and not method.startswith("_")
            ):
                return Sink(f"{name}.{method}", row.category, row.remedy)
    return None


def list_sinks() -> list[Sink]:
    """Every callable that the tables name, in order; the class alone where nearly all its methods block."""
    knowledge = _load()
    found = [Sink(name, *entry) for name, entry in knowledge.callables.items()]
    for owner, rows in knowledge.methods.items():
        for row in rows:
            names = [owner] if row.all_but is not None else [f"{owner}.{name}" for name in row.names]
            found += [Sink(name, row.category, row.remedy) for name in names]
    return sorted(found)


@cache
def roots_with(name: str) -> frozenset[str]:
    """The top-level packages that have a blocking function or method whose last part is ``name``."""
    by_name, wildcards = _roots_by_name()
    return by_name.get(name, frozenset()) | wildcards


@cache
def _roots_by_name() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Top-level packages by the last parts of the callables in them that block, and those where any method may."""
    knowledge = _load()
    found: dict[str, set[str]] = {}
    wildcards = set()
    for dotted in knowledge.callables:
        found.setdefault(dotted.rpartition(".")[2], set()).add(_root(dotted))
    for owner, rows in knowledge.methods.items():
        for row in rows:
            for name in row.names:
                found.setdefault(name, set()).add(_root(owner))
            if row.all_but is not None:
                wildcards.add(_root(owner))
    return {name: frozenset(roots) for name, roots in found.items()}, frozenset(wildcards)


@cache
def reachable_roots(imported: frozenset[str]) -> frozenset[str]:
    """The top-level packages whose classes a file can meet that imports these: their own and what their calls give."""
    edges = _edges()
    found, waiting = set(), ["builtins", *imported]
    while waiting:
        root = waiting.pop()
        if root not in found:
            found.add(root)
            waiting += edges.get(root, ())
    return frozenset(found)


@cache
def _edges() -> dict[str, frozenset[str]]:
    """From the top-level package of a callable, attribute, alias or class to that of its result, target or base."""
    knowledge = _load()
    found: dict[str, set[str]] = {}
    for table in (knowledge.returns, knowledge.attributes, knowledge.aliases):
        for name, target in table.items():
            found.setdefault(_root(name), set()).update(map(_root, re.findall(_CLASS_NAME, target)))
    for name, bases in knowledge.bases.items():
        found.setdefault(_root(name), set()).update(map(_root, bases))
    return {root: frozenset(targets) for root, targets in found.items()}


def _root(dotted: str) -> str:
    return dotted.partition(".")[0]


def is_known_class(dotted: str) -> bool:
    """Whether the tables know this canonical name as a class."""
    return dotted in _load().classes


@_remembered
def result_type(dotted: str) -> str | None:
    """The type of what calling a canonical name gives: a known class, ``Iterator[…]`` of one, or None."""
    knowledge = _load()
    if dotted in knowledge.returns:
        return knowledge.returns[dotted]
    if dotted in knowledge.classes:
        return dotted
    owner, _, method = dotted.rpartition(".")
    for name in lineage(owner):
        if f"{name}.{method}" in knowledge.returns:
            return knowledge.returns[f"{name}.{method}"]
    return None


def awaited_type(dotted: str) -> str | None:
    """The type of what awaiting the result of a canonical name gives: a known class or None."""
    awaited = _load().awaited
    return next((awaited[spelling] for spelling in spellings(dotted) if spelling in awaited), None)


@_remembered
def attribute_type(owner: str, attribute: str) -> str | None:
    """The type of an attribute of an instance of a known class; what ``__getattr__`` gives is no method."""
    attributes, returns = _load().attributes, _load().returns
    for name in lineage(owner):
        if f"{name}.{attribute}" in attributes:
            return attributes[f"{name}.{attribute}"]
        if f"{name}.__getattr__" in returns and not attribute.startswith("_"):
            method = f"{owner}.{attribute}"
            is_method = result_type(method) is not None or find_sink(method) is not None
            return None if is_method else returns[f"{name}.__getattr__"]
    return None


def variable_type(dotted: str) -> str | None:
    """The type of a variable of a known module, such as ``django.db.connection``."""
    return _load().attributes.get(dotted)


def type_argument(dotted: str) -> tuple[int, str] | None:
    """Where a class's constructor is given the class that its instances make: position, keyword."""
    return _load().type_arguments.get(dotted)


def blocking_argument(dotted: str) -> tuple[int, str] | None:
    """The argument (position, keyword) without which, or with an in-memory stream in it, a callable does no I/O."""
    return _load().blocking_arguments.get(dotted)


def blocking_with(dotted: str) -> tuple[int, str, object] | None:
    """The argument (position, keyword, literal) with which alone a callable, though one awaits it, blocks."""
    return _load().blocking_with.get(dotted)


def non_blocking_arguments(dotted: str) -> tuple[tuple[int, str, object], ...]:
    """The arguments with which a blocking callable returns at once: position, keyword, literal (``...``: not None)."""
    known = _load().non_blocking_arguments
    return known.get(dotted) or known.get(f"{dotted.rpartition('.')[0]}.*", ())


def spellings(dotted: str) -> list[str]:
    """A canonical callable as its class and each known base of that would be named; itself where it is no method."""
    owner, _, method = dotted.rpartition(".")
    return [f"{base}.{method}" for base in lineage(owner)] or [dotted]


def is_async_twin(dotted: str) -> bool:
    """Whether a class inherits from a blocking one and yet is asynchronous."""
    return dotted in _load().async_twins


@_remembered
def lineage(owner: str) -> tuple[str, ...]:
    """A known class and its known bases, nearest first; none for a class that is the async twin of its bases."""
    bases, twins = _load().bases, _load().async_twins
    if owner in twins:
        return ()
    found, waiting = [], [owner]
    while waiting:
        name = waiting.pop(0)
        if name and name not in found:
            found.append(name)
            waiting += bases.get(name, ())
    return tuple(found)


@_remembered
def is_known(dotted: str) -> bool:
    """Whether the tables say anything of a canonical name: that it blocks, is a class, or what it gives."""
    return (
        find_sink(dotted) is not None
        or is_known_class(dotted)
        or result_type(dotted) is not None
        or is_maker(dotted)
        or variable_type(dotted) is not None
    )


def is_maker(dotted: str) -> bool:
    """Whether the tables know what calling the objects gives that a canonical name makes: ``sessionmaker()()``."""
    return result_type(f"{dotted}.__call__") is not None
