"""The one walk over a tree: scope by scope with an explicit stack, so that no nesting is too deep for it.

The walk collects the scopes with their bindings, and the nodes of the types that somebody wants, each with its
scope, but for those behind a constant test, which never run. Rules run afterwards, when every binding of the file is
known. A node of a type that nobody wants costs no more than the look at its children; leaves (names, constants) that
nobody wants are not even looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from antipatterns.semantics.scope import (
    Binding,
    BindingKind,
    Scope,
    ScopeKind,
    Unpacked,
    move_declared_names,
    put_in_order,
)
from antipatterns.semantics.targets import names_bound

Match = tuple[ast.AST, Scope]
Nodes = dict[type, list[ast.AST]]
_Bind = Callable[["_Walk", Any], None]


class Walked(NamedTuple):
    """What a walk found: the module's scope (the others hang below it) and the wanted nodes, in no certain order.

    ``found``: these nodes by their scope and by their type.
    """

    module: Scope
    found: dict[Scope, Nodes]

    @property
    def matches(self) -> Iterator[Match]:
        """Each wanted node with its scope."""
        return ((node, scope) for scope, groups in self.found.items() for nodes in groups.values() for node in nodes)


def walk(tree: ast.Module, wanted: frozenset[type]) -> Walked:
    """Walk a module once; ``wanted`` holds ``ast`` classes (others in it are ignored)."""
    return _Walk(tree, wanted).run()


class _Step(NamedTuple):
    """What to do at a node of one type: what gives its fields, what it binds or opens, whether it is wanted."""

    values_of: Callable[[Any], Iterable[Any]]
    bind: _Bind | None
    wanted: bool


class _Walk:
    """The state of one walk: the scope at hand, the nodes still to see in it, and the scopes still to see."""

    def __init__(self, tree: ast.Module, wanted: frozenset[type]) -> None:
        self.module = self.scope = Scope(ScopeKind.MODULE, tree, None)
        self.steps = _plan(wanted)
        self.stack: list[Any] = []
        self.pending: list[tuple[Scope, list[Any]]] = [(self.module, list(tree.body))]
        self.found: dict[Scope, Nodes] = {self.module: {ast.Module: [tree]}} if ast.Module in wanted else {}
        self.dead: list[ast.stmt] = []

    def run(self) -> Walked:
        while self.pending:
            self.scope, self.stack = self.pending.pop()
            self.walk_scope()
            if self.scope.global_names or self.scope.nonlocal_names:
                move_declared_names(self.scope)
        for scope in self.found:
            put_in_order(scope)
        if self.dead:
            self.forget_dead()
        return Walked(self.module, self.found)

    def walk_scope(self) -> None:
        """See every node of one scope; scopes opened inside are left for later."""
        stack, steps = self.stack, self.steps
        found = self.found.setdefault(self.scope, {})
        pop, push = stack.pop, stack.append
        while stack:
            node = pop()
            step = steps.get(node.__class__)
            if step is None:
                continue
            values_of, bind, wanted = step
            if wanted:
                kind = node.__class__
                if kind in found:
                    found[kind].append(node)
                else:
                    found[kind] = [node]
            if bind is not None:
                bind(self, node)
            for value in values_of(node):
                if value.__class__ is list:
                    stack += value
                elif value.__class__ in steps:
                    push(value)

    def forget_dead(self) -> None:
        """Leave out the nodes in statements that never run; but ``if False: yield`` makes a generator."""
        dead = {node for statement in self.dead for node in ast.walk(statement)}
        for groups in self.found.values():
            for kind in groups.keys() - _MAKE_GENERATORS:
                groups[kind] = [node for node in groups[kind] if node not in dead]

    def add(self, name: str, kind: BindingKind, value: ast.AST | Unpacked | str | None, node: ast.AST) -> None:
        """Bind a name in the scope at hand."""
        self.scope.bindings.setdefault(name, []).append(Binding(kind, value, node))

    def open(self, kind: ScopeKind, node: ast.AST, parent: Scope, nodes: list[Any]) -> Scope:
        """Open a scope whose nodes are seen later, when all of the enclosing scope has been."""
        scope = Scope(kind, node, parent)
        self.pending.append((scope, nodes))
        return scope


def _bind_target(
    walk: _Walk, target: ast.expr, kind: BindingKind, value: ast.AST | Unpacked | None, node: ast.AST
) -> None:
    """Bind what stands left of ``=``, after ``for`` or behind ``as``."""
    for name, own_kind, own_value in names_bound(target, kind, value):
        walk.add(name, own_kind, own_value, node)


def _bind_assign(walk: _Walk, node: ast.Assign) -> None:
    for target in node.targets:
        if target.__class__ is ast.Name:  # most are
            walk.add(target.id, BindingKind.ASSIGNMENT, node.value, node)
        else:
            _bind_target(walk, target, BindingKind.ASSIGNMENT, node.value, node)


def _bind_augmented(walk: _Walk, node: ast.AugAssign) -> None:
    _bind_target(walk, node.target, BindingKind.OTHER, None, node)


def _bind_annotated(walk: _Walk, node: ast.AnnAssign) -> None:
    _bind_target(walk, node.target, BindingKind.ANNOTATION, node, node)


def _note_dead(walk: _Walk, node: ast.If) -> None:
    """``if False:``, and what stands behind ``if True:`` in ``else``."""
    if node.test.__class__ is ast.Constant:
        walk.dead += node.orelse if node.test.value else node.body


def _bind_for(walk: _Walk, node: ast.For | ast.AsyncFor) -> None:
    kind = BindingKind.ITERATION if isinstance(node, ast.For) else BindingKind.OTHER
    _bind_target(walk, node.target, kind, node.iter, node)


def _bind_with(walk: _Walk, node: ast.With | ast.AsyncWith) -> None:
    kind = BindingKind.CONTEXT if isinstance(node, ast.With) else BindingKind.OTHER
    for item in node.items:
        if item.optional_vars is not None:
            _bind_target(walk, item.optional_vars, kind, item, node)


def _bind_named_expression(walk: _Walk, node: ast.NamedExpr) -> None:
    """``:=`` in a comprehension binds in the scope around it (PEP 572)."""
    scope = walk.scope
    while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    scope.bindings.setdefault(node.target.id, []).append(Binding(BindingKind.ASSIGNMENT, node.value, node))
    if scope is not walk.scope:
        move_declared_names(scope)  # all of it but its comprehensions has been seen before


def _bind_import(walk: _Walk, node: ast.Import) -> None:
    for alias in node.names:
        root = alias.name.partition(".")[0]
        walk.module.imported_roots.add(root)
        if alias.asname is not None:
            walk.add(alias.asname, BindingKind.IMPORT, alias.name, node)
        else:
            walk.add(root, BindingKind.IMPORT, root, node)


def _bind_import_from(walk: _Walk, node: ast.ImportFrom) -> None:
    prefix = "." * node.level + (f"{node.module}." if node.module else "")
    if node.module and not node.level:
        walk.module.imported_roots.add(node.module.partition(".")[0])
    for alias in node.names:
        if alias.name == "*":
            walk.scope.star_imports.append((node.lineno, prefix.removesuffix(".") if node.module else prefix))
        else:
            walk.add(alias.asname or alias.name, BindingKind.IMPORT, prefix + alias.name, node)


def _bind_name_field(walk: _Walk, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
    if node.name is not None:
        walk.add(node.name, BindingKind.OTHER, None, node)


def _bind_rest(walk: _Walk, node: ast.MatchMapping) -> None:
    if node.rest is not None:
        walk.add(node.rest, BindingKind.OTHER, None, node)


def _declare_global(walk: _Walk, node: ast.Global) -> None:
    walk.scope.global_names.update(node.names)


def _declare_nonlocal(walk: _Walk, node: ast.Nonlocal) -> None:
    walk.scope.nonlocal_names.update(node.names)


def _bind_type_alias(walk: _Walk, node: Any) -> None:
    walk.add(node.name.id, BindingKind.OTHER, None, node)
    parameters = _open_type_parameters(walk, node)
    walk.pending.append((parameters, [node.value]))


def _open_type_parameters(walk: _Walk, node: Any) -> Scope:
    """The scope in which annotations and bases are evaluated: one of its own where PEP 695 parameters stand."""
    names = getattr(node, "type_params", None)
    if not names:
        return walk.scope
    scope = Scope(ScopeKind.TYPE_PARAMETERS, node, walk.scope)
    for parameter in names:
        scope.bindings[parameter.name] = [Binding(BindingKind.OTHER, None, parameter)]
    walk.pending.append((scope, [parameter for parameter in names if getattr(parameter, "bound", None)]))
    return scope


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if arguments.vararg is not None:
        named.append(arguments.vararg)
    if arguments.kwarg is not None:
        named.append(arguments.kwarg)
    return named


def _open_function(walk: _Walk, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    walk.add(node.name, BindingKind.FUNCTION, node, node)
    arguments, stack = node.args, walk.stack
    stack += node.decorator_list
    stack += arguments.defaults
    stack += arguments.kw_defaults
    outer = _open_type_parameters(walk, node)
    scope = Scope(ScopeKind.FUNCTION, node, outer)
    annotations: list[ast.expr | None] = [node.returns]
    bindings, parameter = scope.bindings, BindingKind.PARAMETER
    for arg in _all_arguments(arguments):
        bindings[arg.arg] = [Binding(parameter, arg, arg)]
        if arg.annotation is not None:
            annotations.append(arg.annotation)
    walk.pending.append((outer, annotations)) if outer is not walk.scope else stack.extend(annotations)
    walk.pending.append((scope, node.body.copy()))


def _open_lambda(walk: _Walk, node: ast.Lambda) -> None:
    walk.stack += node.args.defaults
    walk.stack += node.args.kw_defaults
    scope = walk.open(ScopeKind.LAMBDA, node, walk.scope, [node.body])
    _bind_parameters(scope, _all_arguments(node.args))


def _bind_parameters(scope: Scope, named: list[ast.arg]) -> None:
    for arg in named:
        scope.bindings[arg.arg] = [Binding(BindingKind.PARAMETER, arg, arg)]


def _open_class(walk: _Walk, node: ast.ClassDef) -> None:
    walk.add(node.name, BindingKind.CLASS, node, node)
    walk.stack += node.decorator_list
    outer = _open_type_parameters(walk, node)
    bases = [*node.bases, *(keyword.value for keyword in node.keywords)]
    walk.pending.append((outer, bases)) if outer is not walk.scope else walk.stack.extend(bases)
    walk.open(ScopeKind.CLASS, node, outer, list(node.body))


def _open_comprehension(walk: _Walk, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
    """The first iterable is evaluated outside, the rest in the comprehension's own scope."""
    first, *others = node.generators
    walk.stack.append(first.iter)
    nodes: list[Any] = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    nodes += first.ifs
    for generator in others:
        nodes += [generator.iter, *generator.ifs]
    outside = walk.scope
    walk.scope = walk.open(ScopeKind.COMPREHENSION, node, outside, nodes)
    for generator in node.generators:
        kind = BindingKind.OTHER if generator.is_async else BindingKind.ITERATION
        _bind_target(walk, generator.target, kind, generator.iter, generator)
    walk.scope = outside


_BINDS: dict[type, _Bind] = {
    ast.Assign: _bind_assign,
    ast.AugAssign: _bind_augmented,
    ast.AnnAssign: _bind_annotated,
    ast.For: _bind_for,
    ast.AsyncFor: _bind_for,
    ast.With: _bind_with,
    ast.AsyncWith: _bind_with,
    ast.NamedExpr: _bind_named_expression,
    ast.Import: _bind_import,
    ast.ImportFrom: _bind_import_from,
    ast.ExceptHandler: _bind_name_field,
    ast.MatchAs: _bind_name_field,
    ast.MatchStar: _bind_name_field,
    ast.MatchMapping: _bind_rest,
    ast.Global: _declare_global,
    ast.Nonlocal: _declare_nonlocal,
    ast.If: _note_dead,
}
_OPENS: dict[type, _Bind] = {
    ast.FunctionDef: _open_function,
    ast.AsyncFunctionDef: _open_function,
    ast.Lambda: _open_lambda,
    ast.ClassDef: _open_class,
    ast.ListComp: _open_comprehension,
    ast.SetComp: _open_comprehension,
    ast.DictComp: _open_comprehension,
    ast.GeneratorExp: _open_comprehension,
}
if hasattr(ast, "TypeAlias"):
    _OPENS[ast.TypeAlias] = _bind_type_alias

_MAKE_GENERATORS = frozenset({ast.Yield, ast.YieldFrom})

# Fields that hold no nodes, or only leaves that say nothing of their own.
_PLAIN_FIELDS = frozenset(
    (
        *("arg", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module", "name"),
        *("names", "op", "ops", "rest", "simple", "type_comment", "type_ignores"),
    )
)
_LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.mod, ast.type_ignore)


def _node_types() -> list[type[ast.AST]]:
    found: list[type[ast.AST]] = []
    groups = ast.AST.__subclasses__()
    while groups:
        group = groups.pop()
        found.append(group)
        groups += group.__subclasses__()
    # Abstract groups have no fields and subclasses; old aliases (ast.Num …) are never made by the parser.
    return [kind for kind in found if kind.__module__ in ("ast", "_ast") and not issubclass(kind, _LEAVES)]


@cache
def _plan(wanted: frozenset[type]) -> dict[type, _Step]:
    """The step of every node type that the walk has business with, for one set of wanted types."""
    steps = {}
    for kind in _node_types():
        opens = _OPENS.get(kind)
        fields = () if opens else tuple(field for field in kind._fields if field not in _PLAIN_FIELDS)
        if kind is ast.Constant:
            fields = ()
        step = _Step(_getter_of(fields), opens or _BINDS.get(kind), kind in wanted)
        if fields or step.bind or step.wanted:
            steps[kind] = step
    return steps


def _getter_of(fields: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    """What gives the values of some fields of a node, in one call for all of them."""
    if not fields:
        return lambda _node: ()
    # One field alone would come without a tuple around it: its class comes along, which is nothing to go into.
    return attrgetter(*fields) if len(fields) > 1 else attrgetter(*fields, "__class__")
