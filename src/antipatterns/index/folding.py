"""A graph of imports in a size that people can read: modules folded into packages, around those that matter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import ImportKind
from antipatterns.index.file import ProjectFile
from antipatterns.project.layers import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from antipatterns.index.cycles import Cycle
    from antipatterns.index.definitions import Module
    from antipatterns.index.import_graph import Link, Links

Parts = tuple[str, ...]
MOST_LEGIBLE = 100
"""More nodes than this nobody can read in a picture."""
_LIBRARY = "library"  # in place of the root of what is installed
# The earliest that an import runs counts for all between the same two.
_ORDER = (
    ImportKind.RUN_TIME,
    ImportKind.CONDITIONAL,
    ImportKind.LAZY,
    ImportKind.DYNAMIC,
    ImportKind.TYPE_ONLY,
)


class View(NamedTuple):
    """What of a graph to show: the modules below ``focus`` (all if none) and their neighbours, imports of ``kinds``.

    ``depth``: how many parts of a module's name to show, below the focus; None for all, 0 for as many as are legible.
    """

    focus: tuple[Parts, ...] = ()
    depth: int | None = 0
    kinds: frozenset[ImportKind] = frozenset(_ORDER)


class Node(NamedTuple):
    """One module, a package with ``modules`` of them, or a library. ``cycles``: the numbers of those that touch it."""

    label: str
    modules: int
    cycles: tuple[int, ...]
    is_library: bool


class Arrow(NamedTuple):
    """The imports of one node by another, by labels; ``place``: of the worst of them, as path and line."""

    source: str
    target: str
    imports: int
    kind: ImportKind
    place: tuple[str, int]
    cycles: tuple[int, ...]
    codes: tuple[str, ...]


class Round(NamedTuple):
    """A cycle: its number, how many modules need each other, and the names on the shortest way round."""

    number: int
    tied: int
    way: tuple[str, ...]


class ImportGraph(NamedTuple):
    """What is shown, in order. ``modules``, ``imports``: how many there are in all."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    rounds: tuple[Round, ...]
    modules: int
    imports: int


class _Key(NamedTuple):
    """What is drawn as one node: a prefix of dotted names below a root."""

    root: str
    parts: Parts


def fold(modules: Sequence[Module], links: Links, view: View) -> ImportGraph:
    """The graph of some modules and their imports, as the view wants to see it."""
    shown = [link for link in links.links if link.kind in view.kinds and _is_near(link, view.focus)]
    names: dict[str, _Key] = {}
    for module in [*(one for one in modules if _is_inside(one, view.focus)), *_ends_of(shown)]:
        names.setdefault(module.path, _Key(module.root, module.parts or (module.import_path,)))
    numbers = _number(links.cycles, names, view.focus)
    depths = _Depths(list(names.values()), view.focus, view.depth)
    keys = {path: depths.folded(key) for path, key in names.items()}
    libraries = {link.target for link in shown if isinstance(link.target, str)}
    labels = _label([*keys.values(), *(_key_of_library(name) for name in libraries)])
    return ImportGraph(
        _nodes(keys, labels, links.cycles, numbers),
        _arrows(shown, keys, labels, numbers),
        tuple(_round(cycle, numbers[group]) for group, cycle in links.cycles.items() if group in numbers),
        len(names),
        _count(shown),
    )


def _is_inside(module: Module, focus: tuple[Parts, ...]) -> bool:
    return not focus or any(is_below(module.parts, part) for part in focus)


def _is_near(link: Link, focus: tuple[Parts, ...]) -> bool:
    return _is_inside(link.source, focus) or (not isinstance(link.target, str) and _is_inside(link.target, focus))


def _ends_of(links: Iterable[Link]) -> Iterable[Module]:
    for link in links:
        yield link.source
        if not isinstance(link.target, str):
            yield link.target


def _number(
    cycles: Mapping[frozenset[str], Cycle], names: Mapping[str, _Key], focus: tuple[Parts, ...]
) -> dict[frozenset[str], int]:
    """The numbers of the cycles that can be seen, that of the most modules first."""
    seen = [
        (group, cycle)
        for group, cycle in cycles.items()
        if not focus or any(path in names and _is_focused(names[path], focus) for path in group)
    ]
    ordered = sorted(seen, key=lambda item: (-item[1].tied, _way(item[1]), min(item[0])))
    return {group: number for number, (group, _) in enumerate(ordered, 1)}


def _is_focused(key: _Key, focus: tuple[Parts, ...]) -> bool:
    return any(is_below(key.parts, part) for part in focus)


class _Depths:
    """How many parts of names to show: a number for all, None for all parts, 0 for as many as are legible.

    Then each top-level package (each of the focus) is shown as deep as fits, all of it to the same depth.
    """

    def __init__(self, keys: Sequence[_Key], focus: tuple[Parts, ...], depth: int | None) -> None:
        self._focus = focus
        self._depth = depth
        self._legible: dict[_Key, int] = {}
        if depth == 0:
            self._depth = None
            if len(keys) > MOST_LEGIBLE:
                self._depth = 1
                self._go_deeper(keys)

    def _go_deeper(self, keys: Sequence[_Key]) -> None:
        """Show more of one top after the other, as long as it fits."""
        tops: dict[_Key, int] = {}
        for key in keys:
            tops[self._top(key)] = max(tops.get(self._top(key), 0), len(key.parts))
        waiting = sorted(tops)
        depth = 1
        while waiting:
            depth += 1
            waiting = [top for top in waiting if depth <= tops[top]]
            for top in list(waiting):
                self._legible[top] = depth
                if len({self.folded(key) for key in keys}) > MOST_LEGIBLE:
                    self._legible[top] = depth - 1
                    waiting.remove(top)

    def _top(self, key: _Key) -> _Key:
        inside = [part for part in self._focus if is_below(key.parts, part)]
        return _Key(key.root, max(inside, key=len) if inside else key.parts[:1])

    def folded(self, key: _Key) -> _Key:
        """What stands for a module; outside of the focus a package that does not hold any of it."""
        if self._depth is None:
            return key
        top = self._top(key)
        if self._focus and top.parts not in self._focus:
            return _Key(key.root, key.parts[: max(_common(key.parts, part) for part in self._focus) + 1])
        above = len(top.parts) if self._focus else 0
        return _Key(key.root, key.parts[: above + self._legible.get(top, self._depth)])


def _common(parts: Parts, other: Parts) -> int:
    pairs = zip(parts, other, strict=False)
    return next((index for index, (one, two) in enumerate(pairs) if one != two), min(len(parts), len(other)))


def _key_of_library(name: str) -> _Key:
    return _Key(_LIBRARY, tuple(name.split(".")))


def _label(keys: Iterable[_Key]) -> dict[_Key, str]:
    """The dotted name of each node, with its root where two have the same one."""
    keys = set(keys)
    counts = Counter(key.parts for key in keys)
    return {key: ".".join(key.parts) + (f" ({_shown(key)})" if counts[key.parts] > 1 else "") for key in keys}


def _shown(key: _Key) -> str:
    return key.root if key.root == _LIBRARY else ProjectFile.shown(key.root)


def _nodes(
    keys: Mapping[str, _Key],
    labels: Mapping[_Key, str],
    cycles: Iterable[frozenset[str]],
    numbers: Mapping[frozenset[str], int],
) -> tuple[Node, ...]:
    counts = Counter(keys.values())
    touching: dict[_Key, set[int]] = {}
    for group in cycles:
        for path in group & keys.keys() if group in numbers else ():
            touching.setdefault(keys[path], set()).add(numbers[group])
    nodes = [
        Node(label, counts[key], tuple(sorted(touching.get(key, ()))), key.root == _LIBRARY)
        for key, label in labels.items()
    ]
    return tuple(sorted(nodes))


def _arrows(
    links: Iterable[Link],
    keys: Mapping[str, _Key],
    labels: Mapping[_Key, str],
    numbers: Mapping[frozenset[str], int],
) -> tuple[Arrow, ...]:
    between: dict[tuple[_Key, _Key], list[Link]] = {}
    for link in links:
        target = _key_of_library(link.target) if isinstance(link.target, str) else keys[link.target.path]
        if keys[link.source.path] != target:
            between.setdefault((keys[link.source.path], target), []).append(link)
    arrows = []
    for (source, target), group in between.items():
        first = min(group, key=_precedence)
        cycles = {numbers[link.group] for link in group if link.group in numbers}
        codes = frozenset().union(*(link.codes for link in group))
        place = (ProjectFile.shown_path(first.source), first.line)
        ends = labels[source], labels[target]
        arrows.append(Arrow(*ends, _count(group), first.kind, place, tuple(sorted(cycles)), tuple(sorted(codes))))
    return tuple(sorted(arrows))


def _count(links: Sequence[Link]) -> int:
    """How many statements import something, each counted for each module."""
    targets = (link.target if isinstance(link.target, str) else link.target.path for link in links)
    return len({(link.source.path, link.line, target) for link, target in zip(links, targets, strict=True)})


def _precedence(link: Link) -> tuple[bool, bool, int, str, int]:
    """What is reported first, then what closes a cycle, then what runs first."""
    return (not link.codes, not link.group, _ORDER.index(link.kind), link.source.path, link.line)


def _way(cycle: Cycle) -> tuple[str, ...]:
    """The names of the modules on the way round, the first again at the end."""
    return (cycle.steps[0][0].source.name, *(step[0].target.name for step in cycle.steps))


def _round(cycle: Cycle, number: int) -> Round:
    return Round(number, cycle.tied, _way(cycle))
