"""What is done for each item of something, and whether the number of its items is seen to be bounded."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.knowledge.tasks import BATCH_WORDS
from antipatterns.semantics.names import definition_of, resolve_name
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


class Repeated(NamedTuple):
    """A call that is made for each item of an iterable; ``target``: what stands for the item, where it has a name."""

    call: ast.Call
    iterable: ast.expr
    target: ast.expr | None


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Constant)
_KEEP_THE_NUMBER = {
    f"builtins.{name}" for name in ("enumerate", "reversed", "sorted", "list", "tuple", "set", "zip", "iter")
}
_DICT_VIEWS = frozenset({"items", "keys", "values"})


def repeated_by_comprehension(node: ast.expr) -> Repeated | None:
    """The call that a comprehension makes for each item, the first of its iterables, and what stands for any item."""
    if not isinstance(node, _COMPREHENSIONS):
        return None
    made = node.value if isinstance(node, ast.DictComp) else node.elt
    items = ast.Tuple([generator.target for generator in node.generators], ast.Store())
    return Repeated(made, node.generators[0].iter, items) if isinstance(made, ast.Call) else None


def has_seen_bound(iterable: ast.expr, file: File, scope: Scope) -> bool:
    """Whether the number of items is written down, or somebody has cut it: literals, constants, ranges, batches.

    Errs towards a bound: a name in capitals is taken for a constant.
    """
    if isinstance(iterable, ast.Subscript):
        return isinstance(iterable.slice, ast.Slice) or _is_cut(iterable)
    if isinstance(iterable, ast.Call):
        return _is_bounded_call(iterable, file, scope)
    if isinstance(iterable, _DISPLAYS):
        return not any(isinstance(item, ast.Starred) for item in getattr(iterable, "elts", ()))
    if isinstance(iterable, ast.BinOp):
        return has_seen_bound(iterable.left, file, scope) and has_seen_bound(iterable.right, file, scope)
    if isinstance(iterable, (ast.Name, ast.Attribute)):
        return _is_cut(iterable) or _is_constant(iterable) or _is_bounded_name(iterable, file, scope)
    return False


def _is_bounded_call(call: ast.Call, file: File, scope: Scope) -> bool:
    dotted = resolve_name(call.func, scope)
    if dotted == "builtins.range" or _is_cut(call.func):
        return True
    if any(isinstance(item, ast.Starred) for item in call.args):
        return True  # zip(*[iter(items)] * 100) and the like make groups
    if dotted in _KEEP_THE_NUMBER:
        return bool(call.args) and any(has_seen_bound(item, file, scope) for item in call.args)
    if isinstance(call.func, ast.Attribute) and call.func.attr in _DICT_VIEWS and not call.args:
        return has_seen_bound(call.func.value, file, scope)
    return False


def _is_cut(expression: ast.expr) -> bool:
    text = ast.unparse(expression).lower()
    return any(word in text for word in BATCH_WORDS)


def _is_constant(name: ast.Name | ast.Attribute) -> bool:
    last = name.id if isinstance(name, ast.Name) else name.attr
    return last.isupper()


def _is_bounded_name(name: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a name is bound once, to something bounded, or is a class of the file: an enumeration."""
    if not isinstance(name, ast.Name):
        return False
    definition = definition_of(name, scope)
    if definition is not None:
        return definition[1].kind is BindingKind.CLASS
    found = scope.lookup(name.id)
    if found is None or len(found[1]) != 1 or _grows(name.id, found[0]):
        return False
    binding = found[1][0]
    if binding.kind is BindingKind.PARAMETER:
        return binding.node is getattr(getattr(found[0].node, "args", None), "vararg", None)
    value = binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
    if binding.kind is BindingKind.ITERATION and isinstance(value, ast.expr):
        return _is_cut(value.func if isinstance(value, ast.Call) else value)
    is_assigned = binding.kind in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION)
    return is_assigned and isinstance(value, ast.expr) and has_seen_bound(value, file, found[0])


def _grows(name: str, owner: Scope) -> bool:
    """Whether something is called on a list or dict of this name, such as ``append``, or one of its items set."""
    return any(
        isinstance(node, (ast.Attribute, ast.Subscript))
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        and (isinstance(node.ctx, ast.Store) or getattr(node, "attr", "") in _GROWERS)
        for node in ast.walk(owner.node)
    )


_GROWERS = frozenset({"append", "add", "extend", "insert", "update", "setdefault"})


class Round(NamedTuple):
    """The loop on a line that gives a call its item; ``names``: those of the item, and of what the loop made of it."""

    line: int
    names: set[str]


def find_loop_with_item(call: ast.Call, file: File, scope: Scope) -> Round | None:
    """The innermost loop around a call that gives it an item of something without a bound, if any.

    Loops that look for the first item that will do are left out.
    """
    owner = scope.function or scope
    parents = file.parents_in(owner)
    node: ast.AST = call
    while node in parents:
        parent = parents[node]
        if isinstance(parent, (ast.For, ast.AsyncFor)) and node in parent.body and not _leaves_early(parent):
            names = _names_of_item(parent.target, parent.body)
            if names & names_in(call) and not has_seen_bound(parent.iter, file, scope):
                return Round(parent.lineno, names)
        elif isinstance(parent, _COMPREHENSIONS) and not isinstance(node, ast.comprehension):
            names = {name for item in parent.generators for name in names_in(item.target)}
            if names & names_in(call) and not any(has_seen_bound(item.iter, file, scope) for item in parent.generators):
                return Round(parent.lineno, names)
        node = parent
    return None


def _leaves_early(loop: ast.For | ast.AsyncFor) -> bool:
    """Whether a loop ends where one item did what was wanted."""
    waiting: list[ast.AST] = list(loop.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Break, ast.Return)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting += ast.iter_child_nodes(node)
    return False


def _names_of_item(target: ast.expr, body: list[ast.stmt]) -> set[str]:
    """The names of an item, and those that the loop's body makes of it."""
    names = names_in(target)
    assignments = [node for statement in body for node in ast.walk(statement) if isinstance(node, ast.Assign)]
    for node in assignments * 2:
        if names & names_in(node.value):
            names |= {name for item in node.targets if not isinstance(item, ast.Attribute) for name in names_in(item)}
    return names


def names_in(node: ast.AST) -> set[str]:
    """The names that stand below a node."""
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
