"""What the body of a function does with one of its parameters, read from the syntax tree."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from itertools import dropwhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef

_SEES_ALL_NAMES = frozenset({"locals", "vars", "eval", "exec", "dir"})
_LOOKS_UP = frozenset({"get", "keys", "values", "items", "copy", "index", "count"})
_CHANGES = frozenset(
    {
        *(
            "append",
            "extend",
            "insert",
            "remove",
            "pop",
            "popitem",
            "clear",
            "sort",
            "reverse",
            "add",
            "discard",
            "update",
        ),
        *("setdefault", "appendleft", "extendleft", "popleft", "rotate", "difference_update", "intersection_update"),
        *("symmetric_difference_update", "subtract", "move_to_end"),
    }
)
# Builtins that do not take None.
_NEED_A_VALUE = frozenset(
    {
        *(
            "len",
            "list",
            "tuple",
            "set",
            "frozenset",
            "sorted",
            "reversed",
            "iter",
            "enumerate",
            "sum",
            "min",
            "max",
            "any",
            "all",
        ),
        *("zip", "map", "filter"),
    }
)
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

# Where a docstring goes on to something else: an empty line, a field, the next parameter.
_NEXT_ENTRY = re.compile(r"\n[ \t]*\n|\n[ \t]*[@:]|\n[ \t]*\w+[ \t]*(?:\([^)\n]*\))?[ \t]*:")


class Parameter:
    """One parameter of one function."""

    def __init__(self, function: Function, name: str) -> None:
        self.function = function
        self.name = name

    @cached_property
    def _parents(self) -> dict[ast.AST, ast.AST]:
        return {
            child: node
            for statement in self.function.body
            for node in ast.walk(statement)
            for child in ast.iter_child_nodes(node)
        }

    @cached_property
    def uses(self) -> list[ast.Name]:
        """Every place in the body that writes the name, nested functions included."""
        return [node for node in self._nodes() if isinstance(node, ast.Name) and node.id == self.name]

    def _nodes(self) -> Iterator[ast.AST]:
        for statement in self.function.body:
            yield from ast.walk(statement)

    @cached_property
    def is_unused(self) -> bool:
        """Whether nothing in the body can see the value."""
        return not self.uses and not any(
            isinstance(node, ast.Name) and node.id in _SEES_ALL_NAMES for node in self._nodes()
        )

    @cached_property
    def is_only_tested(self) -> bool:
        """Whether all that the body asks is whether the value is empty: ``x or other``, ``if x:``."""
        return bool(self.uses) and all(self._is_tested(use) for use in self.uses)

    def _is_tested(self, use: ast.Name) -> bool:
        parent = self._parents.get(use)
        if isinstance(parent, ast.BoolOp):
            return isinstance(parent.op, ast.Or) and use is not parent.values[-1]
        if isinstance(parent, (ast.If, ast.While, ast.IfExp)):
            return parent.test is use
        return isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)

    @cached_property
    def gives_none_a_meaning(self) -> bool:
        """Whether the body compares the parameter with ``None``, matches it, or sets it to ``None``."""
        return any(self._meets_none(node) for node in self._nodes())

    def _meets_none(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            return any(self._is_self(side) for side in sides) and any(_names_none(side) for side in sides)
        if isinstance(node, ast.Match):
            return self._is_self(node.subject) and any(isinstance(part, ast.MatchSingleton) for part in ast.walk(node))
        if isinstance(node, ast.Assign):
            return any(self._is_self(target) for target in node.targets) and _may_be_none(node.value)
        if isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
            return self._is_self(node.target) and node.value is not None and _may_be_none(node.value)
        return False

    def _is_self(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == self.name

    @cached_property
    def is_changed(self) -> bool:
        """Whether the body changes the value that it was given, as far as its own statements say."""
        return any(self._changes(use) for use in self.uses)

    def _changes(self, use: ast.Name) -> bool:
        parent = self._parents.get(use)
        if isinstance(parent, ast.Subscript) and parent.value is use:
            return isinstance(parent.ctx, (ast.Store, ast.Del))
        if isinstance(parent, ast.Attribute):
            return parent.attr in _CHANGES
        return isinstance(parent, ast.AugAssign) and parent.target is use

    @cached_property
    def stored_keys(self) -> set[str]:
        """The constant keys (as source) under which the body stores in it, as in ``state[0] += 1``."""
        found = set()
        for use in self.uses:
            parent = self._parents.get(use)
            if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store):
                found.add(ast.unparse(parent.slice))
        return found

    @cached_property
    def breaks_on_none(self) -> bool:
        """Whether the body, unless it asks first, uses the value in a way in which ``None`` would raise."""
        return any(self._needs_a_value(use) and not self._is_asked_before(use) for use in self.uses)

    @cached_property
    def is_asked_for(self) -> bool:
        """Whether the body asks anywhere whether the value is true."""
        return any(self._is_tested(use) or self._is_in_test(use) for use in self.uses)

    @cached_property
    def is_handed_on(self) -> bool:
        """Whether the value goes as it is into the call of something else, which may know what ``None`` means."""
        return any(
            call is not None and not self._is_own_call(call) and not self._needs_a_value(use)
            for use in self.uses
            for call in [self._call_around(use)]
        )

    def _call_around(self, use: ast.AST) -> ast.Call | None:
        """The call that gets the value, on its own or in a display."""
        parent = self._parents.get(use)
        while isinstance(parent, (ast.keyword, ast.Tuple, ast.List, ast.Set, ast.Dict)):
            parent = self._parents.get(parent)
        return parent if isinstance(parent, ast.Call) else None

    def _needs_a_value(self, use: ast.Name) -> bool:
        parent = self._parents.get(use)
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
            return parent.iter is use
        if isinstance(parent, (ast.Attribute, ast.Subscript)):
            return parent.value is use
        if isinstance(parent, ast.keyword):
            return parent.arg is None
        if isinstance(parent, ast.Compare):
            return parent.left is not use and all(isinstance(op, (ast.In, ast.NotIn)) for op in parent.ops)
        if isinstance(parent, ast.Call):
            return isinstance(parent.func, ast.Name) and parent.func.id in _NEED_A_VALUE
        return isinstance(parent, (ast.Starred, ast.BinOp, ast.AugAssign))

    def _is_in_test(self, use: ast.AST) -> bool:
        """Whether a use is an operand of ``and`` or ``not`` in a condition."""
        parent = self._parents.get(use)
        while isinstance(parent, (ast.BoolOp, ast.UnaryOp)):
            use, parent = parent, self._parents.get(parent)
        return isinstance(parent, (ast.If, ast.While, ast.IfExp)) and parent.test is use

    def _is_asked_before(self, use: ast.AST) -> bool:
        """Whether a condition around a use speaks of the parameter."""
        child, parent = use, self._parents.get(use)
        while parent is not None:
            conditions: list[ast.expr] = []
            if isinstance(parent, (ast.If, ast.While, ast.IfExp)) and child is not parent.test:
                conditions = [parent.test]
            elif isinstance(parent, ast.BoolOp) and isinstance(child, ast.expr):
                conditions = parent.values[: parent.values.index(child)]
            if any(self._is_self(part) for condition in conditions for part in ast.walk(condition)):
                return True
            child, parent = parent, self._parents.get(parent)
        return False

    @cached_property
    def docstring_speaks_of_none(self) -> bool:
        """Whether the docstring's words about the parameter say ``None``."""
        text = ast.get_docstring(self.function) or ""
        for match in re.finditer(rf"\b{re.escape(self.name)}\b", text):
            about = _NEXT_ENTRY.split(text[match.end() :], maxsplit=1)[0]
            if re.search(r"\bNone\b", about):
                return True
        return False

    @cached_property
    def attributes(self) -> set[str]:
        """The attributes in which the body keeps the value as it is, as in ``self.items = items``."""
        found: set[str] = set()
        for use in self.uses:
            parent = self._parents.get(use)
            if isinstance(parent, ast.Assign) and parent.value is use:
                found.update(target.attr for target in parent.targets if isinstance(target, ast.Attribute))
        return found

    @cached_property
    def is_memory(self) -> bool:
        """Whether the body only stores in it and looks up what is stored, and not within one loop.

        What one call stores can then serve only another call: the sharing is meant.
        """
        return (
            self.is_changed
            and any(not self._changes(use) for use in self.uses)
            and all(self._changes(use) or self._looks_up(use) for use in self.uses)
            and not any(self._is_in_loop(use) for use in self.uses)
        )

    def _looks_up(self, use: ast.Name) -> bool:
        parent = self._parents.get(use)
        if isinstance(parent, ast.Subscript):
            return parent.value is use
        if isinstance(parent, ast.Attribute):
            return parent.attr in _LOOKS_UP
        if isinstance(parent, ast.Call):
            return ast.unparse(parent.func) == "len"
        return isinstance(parent, ast.Compare) and all(isinstance(op, (ast.In, ast.NotIn)) for op in parent.ops)

    def _is_in_loop(self, use: ast.AST) -> bool:
        node: ast.AST | None = use
        while node is not None:
            if isinstance(node, _LOOPS):
                return True
            node = self._parents.get(node)
        return False

    @cached_property
    def is_shared_by_recursion(self) -> bool:
        """Whether the function changes it and calls itself without passing it on."""
        if not self.is_changed:
            return False
        calls = [node for node in self._nodes() if isinstance(node, ast.Call) and self._is_own_call(node)]
        return any(not any(self._is_self(part) for part in ast.walk(call)) for call in calls)

    def _is_own_call(self, call: ast.Call) -> bool:
        called = call.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        return name == self.function.name


def guarded_name(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    """The parameter and the value of ``if x is None: x = value`` or ``x = x or value``."""
    if isinstance(statement, ast.If) and len(statement.body) == 1 and not statement.orelse:
        name, value = _assigned(statement.body[0])
        return (name, value) if value is not None and _asks_for_none(statement.test, name) else None
    name, value = _assigned(statement)
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or) and len(value.values) == 2:
        first, second = value.values
        return (name, second) if isinstance(first, ast.Name) and first.id == name else None
    return None


def leading_guards(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, str, ast.expr]]:
    """The guards at the head of a body, below its docstring and declarations: statement, parameter, value."""
    for statement in dropwhile(is_declaration, body[has_docstring(body) :]):
        guarded = guarded_name(statement)
        if guarded is None:
            return
        yield statement, *guarded


def is_declaration(statement: ast.stmt) -> bool:
    """Whether a statement says ``global`` or ``nonlocal``, which stands above all that is done."""
    return isinstance(statement, (ast.Global, ast.Nonlocal))


def has_docstring(body: Sequence[ast.stmt]) -> bool:
    """Whether a body begins with a docstring."""
    first = body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    return "", None


def _asks_for_none(test: ast.expr, name: str) -> bool:
    return ast.unparse(test) in (f"{name} is None", f"not {name}", f"{name} == None")


def _names_none(side: ast.expr) -> bool:
    """Whether one side of a comparison is ``None``, or a display with ``None`` in it."""
    items = side.elts if isinstance(side, (ast.Tuple, ast.List, ast.Set)) else [side]
    return any(isinstance(item, ast.Constant) and item.value is None for item in items)


def _may_be_none(value: ast.expr) -> bool:
    if isinstance(value, ast.IfExp):
        return _may_be_none(value.body) or _may_be_none(value.orelse)
    if isinstance(value, ast.BoolOp):
        return any(_may_be_none(item) for item in value.values)
    return isinstance(value, ast.Constant) and value.value is None
