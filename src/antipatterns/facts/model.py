"""The records of facts: units (module, class, function, lambda), what they bind, what they call, as written.

An expression is written down as

- a ``str``: the dotted path of a name and its attributes, ``self.client.get``;
- an ``int``: a call, by its index among the calls of the same unit;
- one of the records below, or None for all that nobody follows.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import msgspec

FORMAT = 25
"""The number of this shape: facts of another one are made anew."""


class Member(msgspec.Struct, array_like=True, tag=0, gc=False, frozen=True):
    """``value.path`` of a value that is not a plain name; the path may have several parts."""

    value: Expression
    path: str


class Item(msgspec.Struct, array_like=True, tag=1, gc=False, frozen=True):
    """``value[index]``; no items stand for a slice."""

    value: Expression
    index: Expression


class Either(msgspec.Struct, array_like=True, tag=2, gc=False, frozen=True):
    """One of several: ``a or b``, ``a if c else b``, and ``A | B``.

    ``test``: the dotted path that must be true for the first of two, or not None if ``is_none``; with "not " before it,
    must not.
    """

    options: tuple[Expression, ...]
    test: str = ""
    is_none: bool = False


class Text(msgspec.Struct, array_like=True, tag=3, gc=False, frozen=True):
    """A string; long and formatted ones without their text."""

    value: str


class Literal(msgspec.Struct, array_like=True, tag=4, gc=False, frozen=True):
    """``None``, a truth value, a number or the empty string."""

    value: bool | int | float | str | None


class Items(msgspec.Struct, array_like=True, tag=5, gc=False, frozen=True):
    """A list, tuple or set, or what a comprehension gives."""

    items: tuple[Expression, ...]


class Lambda(msgspec.Struct, array_like=True, tag=6, gc=False, frozen=True):
    """A lambda, by its index among the children of the unit."""

    child: int


class Awaited(msgspec.Struct, array_like=True, tag=7, gc=False, frozen=True):
    """``await value``."""

    value: Expression


class Operation(msgspec.Struct, array_like=True, tag=8, gc=False, frozen=True):
    """``left / right``, ``left + right`` or ``left % right``."""

    operator: str
    left: Expression
    right: Expression


class Pairs(msgspec.Struct, array_like=True, tag=9, gc=False, frozen=True):
    """A dict, or what a comprehension gives: keys with their values."""

    pairs: tuple[tuple[Expression, Expression], ...]


Expression: TypeAlias = (
    str | int | Member | Item | Either | Text | Literal | Items | Lambda | Awaited | Operation | Pairs | None
)

Place: TypeAlias = tuple[int, int, int, int]
"""Line, character column, end line, end column; counted from 1, the end column exclusive."""


class Call(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """A call. ``awaited``: at once, or by what it is given to. ``asked``: code around it asks whether it must wait.

    ``within`` is the index of the call among whose arguments this one stands, or -1.
    """

    function: Expression
    arguments: tuple[Expression, ...]
    keywords: dict[str, Expression]
    place: Place
    awaited: bool = False
    asked: bool = False
    within: int = -1
    dropped: bool = False  # a statement of its own


class BindingKind(IntEnum):
    """How a name got its value, as ``semantics.scope.BindingKind``."""

    IMPORT = 0  # value: dotted path as text, with leading dots where relative
    PARAMETER = 1  # annotation; value: the default
    ASSIGNMENT = 2  # value; annotation, if any
    ITERATION = 3  # value: the iterable
    CONTEXT = 4  # value: the manager
    FUNCTION = 5  # child
    CLASS = 6  # child
    OTHER = 7  # annotation: the class of what a pattern captures
    ITEM = 8  # value: what is put into the container of this name, which ends in "[]"
    AUGMENTED = 9  # by ``+=`` and the like, from what it was
    ASYNC_ITERATION = 10  # value: the iterable of ``async for``
    ASYNC_CONTEXT = 11  # value: the manager of ``async with``


class Binding(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One place where a name is bound. ``child``: of a definition; of an iteration, the part of each element."""

    kind: BindingKind
    line: int
    value: Expression = None
    annotation: Expression = None
    child: int = -1


NOTHING = Literal(None)
"""``None``, as it is written."""

EMPTY = (Items(()), Pairs(()))
"""An empty list or tuple, an empty dict."""

OFF = (*EMPTY, NOTHING, Literal(value=False), Literal(""))
"""What an option is left at that nobody wants."""

KEYWORDS = Pairs(())
"""The value of the binding of ``**kwargs``."""


class Access(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """The first place in a unit where a dotted path is read, but for calls of it, or set.

    ``method``: instead, where syntax runs this special method of what the path holds: ``path[key]``, ``key in path``.
    ``owner``: the call, by its index, to whose result the path belongs, or -1.
    """

    path: str
    place: Place
    stored: bool = False
    method: str = ""
    owner: int = -1


class ImportKind(IntEnum):
    """When an import runs."""

    RUN_TIME = 0
    TYPE_ONLY = 1
    LAZY = 2  # inside a function, or only in the script
    CONDITIONAL = 3  # under a condition that nobody knows
    DYNAMIC = 4  # ``import_module`` of a literal


IN_STATEMENTS = frozenset({ImportKind.RUN_TIME, ImportKind.LAZY, ImportKind.CONDITIONAL})
"""The kinds of imports that a statement does at some time."""


class Import(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One imported thing: ``from <level dots><module> import <name>``, or ``import <module>`` where name is "".

    ``is_optional``: it stands in a ``try`` that goes on where there is no such module.
    """

    level: int
    module: str
    name: str
    alias: str
    kind: ImportKind
    place: Place
    is_optional: bool = False


class Test(IntEnum):
    """What a guard asks of a parameter, or of an attribute of anything."""

    IS_TRUE = 0  # ``value``: "for", where a loop asks
    EQUALS = 1  # ``value``
    STARTS_WITH = 2  # ``value``
    RARELY = 3  # nothing that anybody could know: the lines ordinarily do not run
    IS_PATH = 4  # ``isinstance`` of texts, bytes and paths
    PARTICULAR = 5  # that it is one of many: a certain text, constant or class
    OFF_LOOP = 6  # that no event loop runs
    LOADED = 7  # that a module has been imported
    OMITTED = 8  # that a parameter is the very object that stands for nothing given
    IS_INSTANCE = 9  # of one of the classes in ``value``, with "|" between them
    KEPT = 10  # that a memory of the whole program is empty
    ON_ERROR = 11  # that an error was raised
    KEPT_BY_OBJECT = 12  # that the attribute ``value`` of the object is empty, which is filled here
    ANY_OF = 13  # one of ``ways``
    HAS_ATTRIBUTE = 14  # of the name ``value``
    IS_ASYNC = 15  # that it is a coroutine function
    RUNS_ELSE = 16  # nothing: a RuntimeError that is raised in the lines has a way out
    KEPT_BY_KEY = 17  # that a table of the whole program lacks a key, which is put there here
    UNTOLD = 18  # something else, of which nobody can know whether it is so


class Guard(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """Lines of a function that run only if a test of what a dotted path holds comes out as ``expected``.

    ``ways``: instead, of ``a or b`` and the like, for each way in which the test may hold, all that must be so.
    ``asked``: the line of the test, if the function comes to it once; 0 in a loop.
    """

    first: int
    last: int
    path: str
    value: bool | int | str | None
    test: Test
    expected: bool
    ways: tuple[tuple[Guard, ...], ...] = ()
    asked: int = 0


class Narrowing(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """Lines of a function that run only if what a dotted path holds is an instance of a class, or of one of several."""

    first: int
    last: int
    path: str
    kind: Expression


class Settled(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """Lines of a function in which a name surely holds what one of its bindings gave it, by its index."""

    first: int
    last: int
    name: str
    binding: int


class UnitKind(IntEnum):
    """What a unit is."""

    MODULE = 0
    CLASS = 1
    FUNCTION = 2
    LAMBDA = 3


class Body(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """What stands in a unit itself, without its children."""

    calls: tuple[Call, ...]
    bindings: dict[str, tuple[Binding, ...]]
    returned: tuple[Expression, ...] = ()
    entered: tuple[tuple[Expression, Place], ...] = ()  # ``with``
    iterated: tuple[tuple[Expression, Place], ...] = ()  # ``for``, ``yield from``, comprehensions
    star_imports: tuple[str, ...] = ()
    accesses: tuple[Access, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    settled: tuple[Settled, ...] = ()
    entered_async: tuple[tuple[Expression, Place], ...] = ()  # ``async with``
    iterated_async: tuple[tuple[Expression, Place], ...] = ()  # ``async for``, also in comprehensions
    stand_ins: tuple[tuple[int, int], ...] = ()  # lines that bind names where an import of them fails
    type_only: tuple[tuple[int, int], ...] = ()  # of a module: lines that bind names which others bind at run time


class Unit(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """A module, class, function or lambda.

    ``place``: lines of the definition, but the column of where it begins, as nobody shows where it ends.

    Decorators, bases, ``metaclass``, ``returns`` and what its bindings of parameters say are written down as seen in
    the unit around.
    """

    kind: UnitKind
    name: str
    place: Place
    body: Body
    children: tuple[Unit, ...] = ()
    parameters: tuple[str, ...] = ()
    decorators: tuple[Expression, ...] = ()
    bases: tuple[Expression, ...] = ()
    returns: Expression = None
    is_async: bool = False
    is_generator: bool = False
    metaclass: Expression = None


class ModuleFacts(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """All facts of one file. ``text``: in UTF-8, for what is worked out of it only where somebody asks."""

    unit: Unit
    imports: tuple[Import, ...]
    text: bytes = b""
