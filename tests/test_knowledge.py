"""Checks the knowledge tables against the peers' lists, the standard library and each other."""

import importlib
import inspect
import json
import multiprocessing.queues
import pkgutil
import re
import select
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from antipatterns.knowledge import async_frameworks, blocking, infrastructure, offloaders, standard_classes

CATEGORIES = frozenset(
    [
        "sleep",
        "http",
        "socket",
        "dns",
        "database",
        "subprocess",
        "file",
        "stat",
        "input",
        "lock",
        "cpu",
        "import",
        "tls",
    ]
)
TABLES = (
    "CALLABLES",
    "METHODS",
    "RETURNS",
    "ATTRIBUTES",
    "BASES",
    "ALIASES",
    "NON_BLOCKING_ARGUMENTS",
    "BLOCKING_ARGUMENTS",
    "TYPE_ARGUMENTS",
)
UNION = json.loads((Path(__file__).parent / "data" / "blocking_union.json").read_text("utf-8"))
PSEUDO = {"urllib3.*.request(METHOD)": "urllib3.PoolManager.request"}
CONTAINERS = frozenset(["Iterator", "Sequence", "list", "tuple", "str", "object"])
# What only another version or platform of Python has.
ELSEWHERE = frozenset(
    [
        "compression.zstd.compress",
        "compression.zstd.decompress",
        "os.path.isjunction",
        "os.path.isdevdrive",
        "os.lchmod",
        "os.chflags",
        "os.lchflags",
        "os.startfile",
        "pathlib.Path.walk",
        "pathlib.Path.is_junction",
        "pathlib.Path.copy",
        "pathlib.Path.copy_into",
        "pathlib.Path.move",
        "pathlib.Path.move_into",
        "pathlib.Path.with_segments",
        "pathlib.Path.from_uri",
        "pathlib.Path.link_to",
        "select.devpoll",
        "select.devpoll.poll",
        "select.kqueue",
        "select.kqueue.control",
        "selectors.DevpollSelector",
        "selectors.KqueueSelector",
        "concurrent.futures.InterpreterPoolExecutor",
        "imaplib.IMAP4.idle",
        "asyncio.ProactorEventLoop",
        "ssl.wrap_socket",
        "importlib.resources.abc.Traversable.is_dir",
        "importlib.resources.read_text",
        "importlib.resources.read_binary",
        "importlib.resources.open_text",
        "importlib.resources.open_binary",
        "importlib.resources.contents",
    ]
)
REMOVED = frozenset(["crypt", "telnetlib", "nntplib"])


LOCKS = ("Lock", "RLock", "Condition", "Semaphore")
# Factories, and classes whose methods are attributes of their instances.
MADE: dict[str, object] = {
    **{f"threading.{name}": getattr(threading, name)() for name in LOCKS},
    **{f"multiprocessing.{name}": getattr(multiprocessing, name)() for name in LOCKS},
    "multiprocessing.Event": type(multiprocessing.Event()),
    "multiprocessing.Barrier": type(multiprocessing.Barrier(1)),
    "multiprocessing.Queue": multiprocessing.queues.Queue,
    "multiprocessing.JoinableQueue": multiprocessing.queues.JoinableQueue,
    "multiprocessing.SimpleQueue": multiprocessing.queues.SimpleQueue,
    "select.poll": select.poll() if hasattr(select, "poll") else None,
}


def data_modules() -> list[ModuleType]:
    names = [info.name for info in pkgutil.iter_modules(blocking.__path__)]
    return [importlib.import_module(f"{blocking.__name__}.{name}") for name in names]


def merge(table: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for module in data_modules():
        merged |= getattr(module, table, {})
    return merged


CALLABLES, METHODS, RETURNS, ATTRIBUTES, BASES, ALIASES = map(merge, TABLES[:6])
TWINS = frozenset[str]().union(*(getattr(module, "ASYNC_TWINS", ()) for module in data_modules()))


def canonical(name: str) -> str:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        target = ALIASES.get(".".join(parts[:length]))
        if target is not None:
            return ".".join([target, *parts[length:]])
    return name


def find_methods(owner: str) -> Iterator[str]:
    """Yield the blocking methods of a class and of its bases, `*` where all of them are."""
    for _category, _remedy, names in METHODS.get(owner, ()):
        yield from names.split()
    for base in BASES.get(owner, ()):
        yield from find_methods(base)


def is_covered(name: str) -> bool:
    name = canonical(PSEUDO.get(name, name))
    owner, _, method = name.rpartition(".")
    if method == "*":
        return any(find_methods(owner))
    if method.endswith("*"):
        return any(known.startswith(name[:-1]) for known in CALLABLES)
    methods = frozenset(find_methods(owner))
    return name in CALLABLES or method in methods or ("*" in methods and f"-{method}" not in methods)


def find_types() -> Iterator[str]:
    for table in (RETURNS, ATTRIBUTES, merge("AWAITED")):
        for value in table.values():
            yield from (name for name in re.findall(r"[\w.]*\w", value) if name not in CONTAINERS)
    for bases in BASES.values():
        yield from bases


def dotted_names() -> set[str]:
    names = set(CALLABLES) | set(RETURNS) | set(ATTRIBUTES) | set(BASES) | set(METHODS) | set(merge("AWAITED"))
    for owner in METHODS:
        names |= {f"{owner}.{name}" for name in find_methods(owner) if name[0] not in "*-"}
    for table in TABLES[6:]:
        names |= set(merge(table))
    return names | {name for name in offloaders.OFFLOADERS if not name.startswith("multiprocessing.pool")}


def of_standard_library(names: set[str]) -> list[str]:
    roots = sys.stdlib_module_names
    known = {name for name in names if name.partition(".")[0] in roots}
    return sorted(name for name in known if name not in ELSEWHERE and name.partition(".")[0] not in REMOVED)


def lookup(name: str) -> object:
    """Return what a dotted name of the standard library means; a factory counts as what it makes."""
    parts = name.split(".")
    length = next(length for length in range(len(parts), 0, -1) if is_module(".".join(parts[:length])))
    found: object = importlib.import_module(".".join(parts[:length]))
    for position, part in enumerate(parts[length:], length + 1):
        prefix = ".".join(parts[:position])
        found = MADE[prefix] if prefix in MADE else getattr(found, part)
    return found


def is_module(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


@pytest.mark.parametrize("name", UNION)
def test_union_of_peers_is_covered(name: str) -> None:
    assert is_covered(name)


def test_categories_are_valid_and_remedies_are_given() -> None:
    entries = [*CALLABLES.values(), *(group[:2] for groups in METHODS.values() for group in groups)]
    assert {category for category, _ in entries} == CATEGORIES
    assert all(remedy for _, remedy in entries)


def test_method_groups_name_each_method_once() -> None:
    for owner, groups in METHODS.items():
        names = [name for _, _, listed in groups for name in listed.split()]
        assert names, owner
        assert len(names) == len(set(names)), owner
        assert all(re.fullmatch(r"\*|-?\w+", name) for name in names), owner


@pytest.mark.parametrize("table", TABLES)
def test_modules_share_no_key(table: str) -> None:
    keys = [key for module in data_modules() for key in getattr(module, table, {})]
    assert sorted(keys) == sorted(set(keys))


def test_types_that_are_named_are_known() -> None:
    known = set(METHODS) | set(BASES) | set(CALLABLES) | set(standard_classes.BASES)
    keys = [*RETURNS, *ATTRIBUTES, *offloaders.OFFLOADERS]
    known |= {key.rpartition(".")[0] for key in keys}
    assert sorted(set(find_types()) - known) == []


def test_aliases_end_at_canonical_names() -> None:
    assert [target for target in ALIASES.values() if canonical(target) != target] == []
    names = dotted_names() | set(find_types())
    assert [name for name in sorted(names) if canonical(name) != name and name not in offloaders.OFFLOADERS] == []


def test_argument_tables_are_about_known_calls() -> None:
    for table in ("NON_BLOCKING_ARGUMENTS", "BLOCKING_ARGUMENTS"):
        assert [name for name in merge(table) if not is_covered(name)] == []
    assert set(merge("TYPE_ARGUMENTS")) <= {key.rpartition(".")[0] for key in RETURNS}


def test_no_async_class_blocks() -> None:
    twin = re.compile(r"\.(aio|asyncio|ext\.asyncio|_async|asynchronous)\.|\.(Async|AIO|Aio)[A-Z]\w*")
    # Known bare of methods, or as such a one's subclass, a class tells types apart, and does no harm.
    listed = {*CALLABLES, *METHODS, *(name for name in BASES if any(find_methods(name)))}
    outside = [name for name in sorted(listed) if not name.startswith("asyncio.")]
    assert [name for name in outside if twin.search(f".{name}") and not name.endswith(".AsyncResult")] == []
    assert not TWINS & listed
    for name in (
        "redis.asyncio.Redis",
        "httpx.AsyncClient",
        "psycopg.AsyncConnection",
        "pymongo.AsyncMongoClient",
    ):
        assert not any(find_methods(canonical(name)))


@pytest.mark.parametrize("owner", ["django.db.models.QuerySet", "django.db.models.Model", "queue.Queue"])
def test_no_async_or_non_blocking_method_is_listed(owner: str) -> None:
    assert not {"aget", "asave", "acreate", "get_nowait", "put_nowait", "put", "filter"} & set(find_methods(owner))


@pytest.mark.parametrize("name", of_standard_library(dotted_names()))
def test_name_of_the_standard_library_exists(name: str) -> None:
    parent, _, last = name.rpartition(".")
    if last in {"__getattr__", "__call__"} or parent.startswith("sys.stdin"):
        return
    if name in ATTRIBUTES and parent == "subprocess.Popen":
        return
    assert lookup(name) is not None


@pytest.mark.parametrize("name", of_standard_library(set(merge("NON_BLOCKING_ARGUMENTS"))))
def test_positions_of_arguments_fit_the_standard_library(name: str) -> None:
    try:
        parameters = list(inspect.signature(lookup(name)).parameters)  # type: ignore[arg-type]
    except (ValueError, LookupError):
        pytest.skip("written in C, without a signature")
    shift = parameters[:1] == ["self"]
    for position, keyword, _value in merge("NON_BLOCKING_ARGUMENTS")[name]:
        if keyword in parameters:
            assert parameters.index(keyword) == position + shift


def test_text_streams_keep_what_does_no_io_silent() -> None:
    assert not {"close", "fileno", "isatty", "readable", "seekable", "writable"} & set(find_methods("io.TextIOWrapper"))
    assert "io.BytesIO" not in METHODS


def test_offloaders_have_a_place_for_the_function() -> None:
    assert all(position >= 0 and keyword.isidentifier() for position, keyword in offloaders.OFFLOADERS.values())
    assert not set(offloaders.OFFLOADERS) & set(CALLABLES)


def test_infrastructure_leaves_pure_packages_alone() -> None:
    packages = infrastructure.PACKAGES
    assert not {
        "pydantic",
        "attrs",
        "typing",
        "numpy",
        "pandas",
        "asyncio",
        "logging",
        "json",
        "os",
        "http",
    } & set(packages)
    assert all(any(pure.startswith(f"{root}.") for root in packages) for pure in infrastructure.PURE)


def test_frameworks_spell_the_same_needs() -> None:
    needs = [set(words) for words in async_frameworks.REMEDIES.values()]
    assert all(left == right for left, right in pairwise(needs))
