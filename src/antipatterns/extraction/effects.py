"""What expressions and nested definitions do with the names of the function around them, as sets of bits.

Every name of a function gets a bit. Reads inside lambdas, nested functions and generators that may run later are
kept apart as *captures*: they see what the name is bound to then, not now.
"""

from __future__ import annotations

import ast
from typing import Any

from antipatterns.extraction.nested import free_names
from antipatterns.extraction.sets import ALL, Effect, Names, Trait

_FRAME_NAMES = frozenset(
    ("_getframe", "currentframe", "extract_stack", "print_stack", "format_stack", "getouterframes")
)
_LOCALS_NAMES = frozenset(("locals", "vars", "dir", "eval", "exec"))
_EAGER = frozenset(
    [
        "all",
        "any",
        "dict",
        "frozenset",
        "list",
        "max",
        "min",
        "set",
        "sorted",
        "sum",
        "tuple",
        "join",
        "extend",
        "update",
    ]
)
_LEAVES = frozenset(
    [
        "arg",
        "attr",
        "conversion",
        "ctx",
        "id",
        "is_async",
        "kind",
        "kwd_attrs",
        "name",
        "names",
        "op",
        "ops",
        "rest",
        "str",
        "type_comment",
    ]
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


# What dies, deletes its file or is forgotten by the event loop as soon as nothing holds it any more: it must not
# be held by a name that ends with a helper instead of with the function.
_HELD = frozenset(
    [
        "TemporaryDirectory",
        "NamedTemporaryFile",
        "SpooledTemporaryFile",
        "TemporaryFile",
        "create_task",
        "ensure_future",
        "finalize",
        "proxy",
        "ref",
        "WeakMethod",
        "create_string_buffer",
        "create_unicode_buffer",
        "CFUNCTYPE",
        "WINFUNCTYPE",
    ]
)


def makes_held(value: ast.expr | None) -> bool:
    """Whether an expression makes something that must be held on to."""
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call):
        return False
    function = value.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in _HELD


def effect_of(names: Names, *nodes: ast.AST | None) -> Effect:
    """The effect of expressions (or nested definitions) that are evaluated one after the other."""
    return _Scan(names).run(nodes)


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each type of node that may hold names."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = self[kind] = tuple(field for field in kind._fields if field not in _LEAVES)
        return fields


_FIELDS = _Fields()


class _Scan:
    """One look at some expressions; in no certain order unless something is bound in their midst."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.effect = Effect()
        self.stack: list[Any] = []
        self.has_walrus = False

    def run(self, nodes: tuple[ast.AST | None, ...]) -> Effect:
        self.stack += nodes
        self.drain()
        effect = self.effect
        if self.has_walrus:
            ordered = _Ordered(self.names)
            for node in nodes:
                ordered.certain, ordered.truth = ordered.follow(node)
            effect.uses = ordered.uses
            effect.certain |= ordered.certain
            effect.when_true, effect.when_false = (mask | effect.certain for mask in ordered.truth)
        else:
            effect.when_true = effect.when_false = effect.certain
        return effect

    def drain(self) -> None:
        """See every node that waits."""
        stack, names, effect = self.stack, self.names, self.effect
        fields, special = _FIELDS, _SPECIAL.get
        while stack:
            node = stack.pop()
            kind = node.__class__
            if kind is ast.Name:
                self.see_name(node, names.bit(node.id), effect)
            elif kind is ast.Attribute:
                stack.append(node.value)
            elif kind is not ast.Constant and node is not None:
                see = special(kind)
                if see is not None and not see(self, node):
                    continue
                for field in fields[kind]:
                    value = getattr(node, field)
                    if value.__class__ is list:
                        stack += value
                    else:
                        stack.append(value)

    def see_name(self, node: ast.Name, bit: int, effect: Effect) -> None:
        kind = node.ctx.__class__
        if kind is ast.Load:
            effect.uses |= bit
            if node.id == "__class__":
                effect.traits |= Trait.USES_CLASS
        elif kind is ast.Store:
            effect.binds |= bit
            effect.certain |= bit
        else:
            effect.uses |= bit
            effect.binds |= bit
            effect.deletes |= bit

    def see_call(self, node: ast.Call) -> bool:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        effect = self.effect
        if name in _FRAME_NAMES or (node.keywords and any(word.arg == "stacklevel" for word in node.keywords)):
            effect.traits |= Trait.SEES_FRAME
        elif isinstance(function, ast.Name) and not (name in ("vars", "dir") and node.args):
            if name in _LOCALS_NAMES:
                effect.traits |= Trait.SEES_LOCALS
            elif name == "super" and not node.args:
                effect.traits |= Trait.USES_CLASS
        elif name == "stack" and isinstance(function, ast.Attribute) and _is_name(function.value, "inspect"):
            effect.traits |= Trait.SEES_FRAME
        if name in _EAGER and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            self.stack += [function, *node.keywords]
            self.enter_comprehension(node.args[0], is_lazy=False)
            return False
        return True

    def see_comprehension(self, node: Any) -> bool:
        self.enter_comprehension(node, is_lazy=isinstance(node, ast.GeneratorExp))
        return False

    def enter_comprehension(self, node: Any, *, is_lazy: bool) -> None:
        """The first iterable is evaluated here; the rest reads around its own targets, a lazy one some time later."""
        inner = effect_of(self.names, *_parts_of_comprehension(node))
        self.effect.traits |= inner.traits
        if any(generator.is_async for generator in node.generators):
            self.effect.traits |= Trait.AWAITS
        targets = effect_of(self.names, *(generator.target for generator in node.generators)).binds
        free = inner.uses & ~targets
        walrus = _bound_by_walrus(self.names, node)
        self.has_walrus = self.has_walrus or bool(walrus)
        self.effect.binds |= walrus
        self.effect.uses |= free
        self.effect.captures |= (inner.captures & ~targets) | (free | walrus if is_lazy else 0)
        self.stack.append(node.generators[0].iter)

    def see_walrus(self, node: ast.NamedExpr) -> bool:
        self.has_walrus = True
        bit = self.names.bit(node.target.id)
        self.effect.binds |= bit
        self.effect.held |= bit if makes_held(node.value) else 0
        self.stack.append(node.value)
        return False

    def see_scope(self, node: Any) -> bool:
        """A nested function or class: its header is evaluated here, its body captures."""
        effect, names = self.effect, self.names
        found = free_names(node)
        captured = names.set_of(sorted(found.read))
        effect.captures |= captured
        # The body of a class, and whatever a decorator calls, runs before the name is bound: it sees the old one.
        is_deferred = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.decorator_list
        effect.uses |= captured & ~names.bit(node.name) if is_deferred else captured
        effect.rebinds |= names.set_of(sorted(found.rebound))
        if found.uses_class:
            effect.traits |= Trait.USES_CLASS
        if found.uses_locals:
            effect.traits |= Trait.SEES_LOCALS
        self.stack += found.header
        if not isinstance(node, ast.Lambda):
            bit = names.bit(node.name)
            effect.binds |= bit
            effect.certain |= bit
        return False

    def see_yield(self, _node: ast.AST) -> bool:
        self.effect.traits |= Trait.YIELDS
        return True

    def see_await(self, _node: ast.AST) -> bool:
        self.effect.traits |= Trait.AWAITS
        return True

    def see_unknown(self, _node: ast.AST) -> bool:
        self.effect.traits |= Trait.UNKNOWN
        return True


_SPECIAL: dict[type, Any] = {
    ast.Call: _Scan.see_call,
    ast.NamedExpr: _Scan.see_walrus,
    ast.Yield: _Scan.see_yield,
    ast.YieldFrom: _Scan.see_yield,
    ast.Await: _Scan.see_await,
    **dict.fromkeys(_COMPREHENSIONS, _Scan.see_comprehension),
    **dict.fromkeys(_SCOPES, _Scan.see_scope),
}
if hasattr(ast, "TypeAlias"):
    _SPECIAL[ast.TypeAlias] = _Scan.see_unknown


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _parts_of_comprehension(node: Any) -> list[ast.expr]:
    """All that is evaluated inside, in order: not the first iterable, not the targets."""
    first, *others = node.generators
    parts = list(first.ifs)
    for generator in others:
        parts += [generator.iter, *generator.ifs]
    return [*parts, node.key, node.value] if isinstance(node, ast.DictComp) else [*parts, node.elt]


def _bound_by_walrus(names: Names, node: ast.AST) -> int:
    """What ``:=`` inside a comprehension binds around it (PEP 572)."""
    return names.set_of(inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr))


class _Ordered:
    """Follows an expression that binds names in the order of its evaluation: used where ``:=`` stands in it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.uses = 0
        self.certain = 0
        self.truth = (0, 0)

    def follow(self, node: ast.AST | None) -> tuple[int, tuple[int, int]]:
        """What is certain after an expression: anyhow, and when it is (true, false). What it reads goes to ``uses``."""
        before = self.certain
        if node is not None:
            truth = self.branch(node)
            before = truth[0] & truth[1]
            return before, truth
        return before, (before, before)

    def branch(self, node: ast.AST) -> tuple[int, int]:
        """As ``follow`` for a node that is there."""
        if isinstance(node, ast.BoolOp):
            return self.branch_of_operators(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            true, false = self.branch(node.operand)
            return false, true
        if isinstance(node, ast.IfExp):
            return self.branch_of_ternary(node)
        if isinstance(node, ast.NamedExpr):
            self.certain = self.follow(node.value)[0] | self.names.bit(node.target.id)
        elif isinstance(node, (*_COMPREHENSIONS, *_SCOPES)):
            self.uses |= effect_of_part(self.names, node) & ~self.certain
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                self.uses |= self.names.bit(node.id) & ~self.certain
        else:
            for child in _children_in_order(node):
                self.certain = self.follow(child)[0]
        return self.certain, self.certain

    def branch_of_ternary(self, node: ast.IfExp) -> tuple[int, int]:
        """Each branch starts with what its side of the condition makes certain."""
        start = self.branch(node.test)
        ends = []
        for self.certain, branch in zip(start, (node.body, node.orelse), strict=True):
            true, false = self.branch(branch)
            ends.append(true & false)
        self.certain = ends[0] & ends[1]
        return self.certain, self.certain

    def branch_of_operators(self, node: ast.BoolOp) -> tuple[int, int]:
        """``and`` goes on only while true, ``or`` only while false; what was bound on the way is certain there."""
        goes_on_when = 0 if isinstance(node.op, ast.And) else 1
        stopped = ALL
        for operand in node.values:
            outcomes = self.branch(operand)
            self.certain = outcomes[goes_on_when]
            stopped &= outcomes[1 - goes_on_when]
        ends = (self.certain, stopped) if goes_on_when == 0 else (stopped, self.certain)
        self.certain = ends[0] & ends[1]
        return ends


def _children_in_order(node: ast.AST) -> list[ast.AST | None]:
    """The children as they are evaluated: fields in order, but for dictionaries."""
    if isinstance(node, ast.Dict):
        return [part for pair in zip(node.keys, node.values, strict=True) for part in pair]
    return list(ast.iter_child_nodes(node))


def effect_of_part(names: Names, node: ast.AST) -> int:
    """What a comprehension or nested scope reads, whatever it binds on the way."""
    scan = _Scan(names)
    scan.stack.append(node)
    scan.drain()
    return scan.effect.uses
