"""Collect the facts of one file from its walk: one record for each unit, expressions as written."""

from __future__ import annotations

import ast
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from antipatterns.blocking.readiness import find_calls_that_never_wait, methods_that_ask
from antipatterns.facts.accesses import Accesses
from antipatterns.facts.bindings import Bindings, exported_names
from antipatterns.facts.expressions import Expressions
from antipatterns.facts.imports import collect_dynamic_imports, collect_imports
from antipatterns.facts.lazy_names import collect_lazy_names
from antipatterns.facts.model import (
    Binding,
    BindingKind,
    Body,
    Call,
    Expression,
    ModuleFacts,
    Place,
    Unit,
    UnitKind,
)
from antipatterns.facts.narrowings import collect_narrowings
from antipatterns.facts.operators import OPERATORS
from antipatterns.facts.settled import collect_settled
from antipatterns.facts.stand_ins import find_stand_ins, find_type_only
from antipatterns.knowledge.exceptions import EXPECTING
from antipatterns.knowledge.readiness import INSTEAD_OF_WAITING
from antipatterns.semantics.names import last_name
from antipatterns.semantics.scope import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from antipatterns.source import Source
    from antipatterns.walk import Nodes, Walked

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOOPS = (ast.For, ast.YieldFrom, *_COMPREHENSIONS)
_ASYNC_LOOPS = (ast.AsyncFor, *_COMPREHENSIONS)
_INSIDE_UNITS = frozenset(
    {
        *(ast.Attribute, ast.Call, ast.Await, ast.Expr, ast.Return, ast.Yield, ast.With, ast.AsyncWith, ast.AsyncFor),
        *(*OPERATORS, *_LOOPS, ast.MatchClass),
    }
)
_IMPORTS = (ast.Import, ast.ImportFrom)
WANTED: frozenset[type] = _INSIDE_UNITS.union(_IMPORTS)
"""The types of nodes that facts are made of, beside the bindings of the scopes."""

_UNITS = {
    ScopeKind.MODULE: UnitKind.MODULE,
    ScopeKind.CLASS: UnitKind.CLASS,
    ScopeKind.FUNCTION: UnitKind.FUNCTION,
    ScopeKind.LAMBDA: UnitKind.LAMBDA,
}
_NO_NODES: dict[type, list[ast.AST]] = {}
_NodeT = TypeVar("_NodeT", bound=ast.AST)


def collect_facts(source: Source, walked: Walked) -> ModuleFacts:
    """The facts of a file, from what ``walk`` found with (at least) the types of ``WANTED``."""
    module, nodes = walked
    collector = _Collector(source, module, nodes)
    imports: Any = [(node, scope) for scope, one in nodes.items() for kind in _IMPORTS for node in one.get(kind, ())]
    found = collect_imports(source.tree, imports, collector.place_of)
    if "importlib" in module.imported_roots:
        calls: Any = ((call, scope) for scope, one in nodes.items() for call in one.get(ast.Call, ()))
        found = tuple(sorted((*found, *collect_dynamic_imports(calls, collector.place_of)), key=lambda one: one.place))
    return ModuleFacts(collector.unit(module, _OUTSIDE), found, source.utf8)


_OUTSIDE = Expressions({}, {})


class _Collector:
    """Makes the units of one file."""

    def __init__(self, source: Source, module: Scope, nodes: dict[Scope, Nodes]) -> None:
        # No method: what holds one in turn would hold the tree until the garbage collector comes.
        self.place_of: Callable[[ast.expr | ast.stmt], Place] = partial(_place_in, source)
        self._nodes = nodes
        may_set = source.mentions(("setter",))
        attributes = (node for one in nodes.values() for node in one.get(ast.Attribute, ())) if may_set else ()
        self._accesses = Accesses(module, attributes, self.place_of)
        self._asked = {
            (ast.unparse(call.func.value), call.func.attr)  # type: ignore[attr-defined]
            for one in nodes.values()
            for call in one.get(ast.Call, ())
            if call.func.__class__ is ast.Attribute and call.func.attr in _ASKING  # type: ignore[attr-defined]
        }
        may_be_told = source.mentions((INSTEAD_OF_WAITING,))
        self._never_wait = frozenset(find_calls_that_never_wait(source.tree)) if may_be_told else frozenset()

    def unit(self, scope: Scope, around: Expressions) -> Unit:
        """The unit that a scope opens; ``around`` writes expressions as seen in the unit that it stands in."""
        children: list[Scope] = []
        own: list[Scope] = []
        _split(scope, own, children)
        if len(children) > 1:
            children.sort(key=_position_of_scope)
        nodes = self._nodes.get(scope, _NO_NODES) if len(own) == 1 else _together(own, self._nodes)
        calls: list[ast.Call] = _in_order(nodes.get(ast.Call, ()))  # type: ignore[arg-type]
        indexes = {child.node: index for index, child in enumerate(children)}
        call_indexes: dict[ast.AST, int] = {call: index for index, call in enumerate(calls)}
        inside = Expressions(call_indexes, indexes)
        node: Any = scope.node
        is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        bindings = self._bindings(own, indexes, inside, around)
        body = Body(
            self._calls(calls, nodes, inside),
            bindings,
            self._returned(scope, nodes, inside),
            tuple(self._entered(nodes.get(ast.With, ()), inside)),
            tuple(self._iterated(_iterables, _all(nodes, _LOOPS), inside)),
            tuple([module for _, module in scope.star_imports]),
            self._accesses.collect(scope, nodes.get(ast.Attribute, ()), _all(nodes, OPERATORS), call_indexes),  # type: ignore[arg-type]
            collect_narrowings(node, inside.write) if is_function and _asks_for_classes(calls, nodes) else (),
            collect_settled(node, calls, bindings, _bound_below(children)) if is_function else (),
            tuple(self._entered(nodes.get(ast.AsyncWith, ()), inside)),
            tuple(self._iterated(_async_iterables, _all(nodes, _ASYNC_LOOPS), inside)),
            find_stand_ins(node, bindings),
            find_type_only(node, bindings),
        )
        inner = tuple([self.unit(child, inside) for child in children])
        return self._make(scope, body, inner, around, ast.Yield in nodes or ast.YieldFrom in nodes)

    def _make(
        self, scope: Scope, body: Body, children: tuple[Unit, ...], around: Expressions, is_generator: bool
    ) -> Unit:
        node = scope.node
        if isinstance(node, ast.ClassDef):
            metaclasses = [one.value for one in node.keywords if one.arg == "metaclass"]
            return Unit(
                kind=UnitKind.CLASS,
                name=node.name,
                place=_place_of_name(node),
                body=body,
                children=children,
                decorators=tuple([around.write(item) for item in node.decorator_list]),
                bases=tuple([around.write(base) for base in node.bases]),
                metaclass=around.write(metaclasses[0]) if metaclasses else None,
            )
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return Unit(
                kind=UnitKind.FUNCTION,
                name=node.name,
                place=_place_of_name(node),
                body=body,
                children=children,
                parameters=_parameters(node.args),
                decorators=tuple([around.write(item) for item in node.decorator_list]),
                returns=around.write_annotation(node.returns),
                is_async=isinstance(node, ast.AsyncFunctionDef),
                is_generator=is_generator,
            )
        if isinstance(node, ast.Lambda):
            return Unit(UnitKind.LAMBDA, "<lambda>", self.place_of(node), body, children, _parameters(node.args))
        return Unit(UnitKind.MODULE, "", (1, 1, 1, 1), body, children)

    def _calls(self, calls: list[ast.Call], nodes: Nodes, inside: Expressions) -> tuple[Call, ...]:
        if not calls:
            return ()
        awaited = {node.value for node in nodes.get(ast.Await, ())}  # type: ignore[attr-defined]
        dropped = {node.value for node in nodes.get(ast.Expr, ())}  # type: ignore[attr-defined]
        dropped -= set(_expected_to_fail(nodes.get(ast.With, ())))
        within: dict[ast.AST, int] = {}
        for index, call in enumerate(calls):
            for argument in (*call.args, *[keyword.value for keyword in call.keywords]):
                if argument.__class__ is ast.Call:
                    within[argument] = index
        return tuple(
            [self._call(call, inside, call in awaited, within.get(call, -1), call in dropped) for call in calls]
        )

    def _call(self, call: ast.Call, inside: Expressions, is_awaited: bool, within: int, is_dropped: bool) -> Call:
        write = inside.write
        return Call(
            write(call.func),
            tuple([write(argument) for argument in call.args]),
            self._keywords(call, inside),
            self.place_of(call),
            is_awaited,
            self._is_asked(call),
            within,
            is_dropped,
        )

    @staticmethod
    def _keywords(call: ast.Call, inside: Expressions) -> dict[str, Expression]:
        """The arguments by keyword; ``*`` and ``**`` stand for unpacked ones, with what is unpacked if it is one."""
        found: dict[str, Expression] = {keyword.arg or "**": inside.write(keyword.value) for keyword in call.keywords}
        starred = [argument.value for argument in call.args if isinstance(argument, ast.Starred)]
        if starred:
            found["*"] = inside.write(starred[0]) if len(starred) == 1 else None
        return found

    def _is_asked(self, call: ast.Call) -> bool:
        """Whether something in the file asks of the same receiver, by its text, what one asks so as not to wait."""
        function = call.func
        if call in self._never_wait:
            return True
        if not self._asked or not isinstance(function, ast.Attribute) or function.attr not in _ASKED:
            return False
        receiver = ast.unparse(function.value)
        return any((receiver, method) in self._asked for method in _ASKED[function.attr])

    def _bindings(
        self, own: list[Scope], children: dict[ast.AST, int], inside: Expressions, around: Expressions
    ) -> dict[str, tuple[Binding, ...]]:
        writer = Bindings(own[0], children, inside, around)
        found = {name: tuple([writer.write(one) for one in bindings]) for name, bindings in own[0].bindings.items()}
        around_it = own[0].parent
        if around_it is not None and around_it.kind is ScopeKind.TYPE_PARAMETERS:
            for name in sorted(around_it.bindings.keys() - found.keys()):
                found[name] = (Binding(BindingKind.OTHER, 1),)
        if "__all__" in found and own[0].kind is ScopeKind.MODULE:
            found["__all__"] = tuple(exported_names(own[0].bindings["__all__"])) or found["__all__"]
        if "__getattr__" in found and own[0].kind is ScopeKind.MODULE:
            for name, binding in collect_lazy_names(own[0].node):  # type: ignore[arg-type]
                found.setdefault(name, (binding,))
        for scope in own[1:]:  # of comprehensions
            for name, bindings in scope.bindings.items():
                found[name] = (*found.get(name, ()), *[writer.write(one) for one in bindings])
        return found

    def _returned(self, scope: Scope, nodes: Nodes, inside: Expressions) -> tuple[Expression, ...]:
        """What a function may return, or what a generator yields."""
        if isinstance(scope.node, ast.Lambda):
            return (inside.write(scope.node.body),)
        returned: list[Any] = _all(nodes, (ast.Yield,)) or _all(nodes, (ast.Return,))
        values = [node.value for node in returned if node.value is not None]
        return tuple([inside.write(value) for value in values])

    def _entered(self, blocks: Iterable[ast.AST], inside: Expressions) -> Iterator[tuple[Expression, Place]]:
        for node in blocks:
            for item in node.items:  # type: ignore[attr-defined]
                manager = inside.write(item.context_expr)
                if manager is not None:
                    yield manager, self.place_of(item.context_expr)

    def _iterated(
        self, iterables: Callable[[ast.AST], list[ast.expr]], loops: Iterable[ast.AST], inside: Expressions
    ) -> Iterator[tuple[Expression, Place]]:
        for iterable in (iterable for loop in loops for iterable in iterables(loop)):
            value = inside.write(iterable)
            if value is not None:
                yield value, self.place_of(iterable)


def _place_in(source: Source, node: ast.expr | ast.stmt) -> Place:
    """Where a node stands, in characters."""
    end_line, end_offset = node.end_lineno or node.lineno, node.end_col_offset or 0
    if source.is_ascii:
        return (node.lineno, node.col_offset + 1, end_line, end_offset + 1)
    column_at = source.column_at
    return (node.lineno, column_at(node.lineno, node.col_offset), end_line, column_at(end_line, end_offset))


def _place_of_name(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Place:
    """Hops show lines only."""
    return (node.lineno, node.col_offset + 1, node.end_lineno or node.lineno, node.col_offset + 1)


_ASKED = methods_that_ask()
_ASKING = frozenset().union(*_ASKED.values())


def _split(scope: Scope, own: list[Scope], children: list[Scope]) -> None:
    """The scopes that belong to a unit itself (comprehensions do), and those of the units directly inside it."""
    own.append(scope)
    for child in scope.children:
        if child.kind in _UNITS:
            children.append(child)
        elif child.kind is ScopeKind.COMPREHENSION:
            _split(child, own, children)
        else:  # type parameters: the unit behind them stands here
            children += child.children


def _together(scopes: list[Scope], nodes: dict[Scope, Nodes]) -> Nodes:
    """The nodes of several scopes by their types."""
    found: Nodes = {}
    for scope in scopes:
        for kind, group in nodes.get(scope, _NO_NODES).items():
            found.setdefault(kind, []).extend(group)
    return found


def _expected_to_fail(blocks: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """The statements of ``with pytest.raises(…):`` and the like: what they give is not asked for."""
    for block in blocks:
        managers = [item.context_expr for item in block.items]  # type: ignore[attr-defined]
        if any(isinstance(one, ast.Call) and last_name(one.func) in EXPECTING for one in managers):
            yield from (one.value for one in block.body if isinstance(one, ast.Expr))  # type: ignore[attr-defined]


def _all(nodes: Nodes, kinds: Collection[type]) -> list[Any]:
    if nodes.keys().isdisjoint(kinds):
        return []
    return [node for kind in kinds for node in nodes.get(kind, ())]


def _asks_for_classes(calls: list[ast.Call], nodes: Nodes) -> bool:
    return ast.MatchClass in nodes or any(
        call.func.__class__ is ast.Name and call.func.id == "isinstance" for call in calls
    )


def _bound_below(children: list[Scope]) -> frozenset[str]:
    """The names that functions inside a unit bind for it, which may happen whenever they are called."""
    return frozenset(name for child in children for name in (*child.nonlocal_names, *_bound_below(child.children)))


_START, _END = attrgetter("lineno", "col_offset"), attrgetter("end_lineno", "end_col_offset")


def _in_order(nodes: Iterable[_NodeT]) -> list[_NodeT]:
    """Nodes in the order of their beginnings; of those that begin at one place, the longest first."""
    found = sorted(nodes, key=_END, reverse=True)
    found.sort(key=_START)
    return found


def _position_of_scope(scope: Scope) -> tuple[int, int, int, int]:
    node: Any = scope.node
    return (node.lineno, node.col_offset, -node.end_lineno, -node.end_col_offset)


def _parameters(arguments: ast.arguments) -> tuple[str, ...]:
    named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return tuple([argument.arg for argument in named])


def _iterables(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.For):
        return [node.iter]
    if isinstance(node, ast.YieldFrom):
        return [node.value]
    return [generator.iter for generator in node.generators if not generator.is_async]  # type: ignore[attr-defined]


def _async_iterables(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.AsyncFor):
        return [node.iter]
    return [generator.iter for generator in node.generators if generator.is_async]  # type: ignore[attr-defined]
