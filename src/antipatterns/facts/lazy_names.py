"""Collect the names that a module's own ``__getattr__`` imports when they are first asked for (PEP 562)."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Binding, BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN_PLACE = frozenset({"__name__", "__package__", "__spec__"})


def collect_lazy_names(tree: ast.Module) -> Iterator[tuple[str, Binding]]:
    """Each name with the import that it stands for: of literal tables, and of imports behind ``if name == "…"``."""
    function = next((one for one in tree.body if _is_getattr(one)), None)
    if not isinstance(function, ast.FunctionDef) or len(function.args.args) != 1:
        return
    nodes = [node for statement in function.body for node in _walk_but_raises(statement)]
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    dots = "." if any(map(_says_own_place, nodes)) else ""
    for statement in tree.body:
        for name, dotted in _names_in_table(statement, used):
            relative = dotted if dotted.startswith(".") else dots + dotted
            yield name, Binding(BindingKind.IMPORT, statement.lineno, relative)
    asked = function.args.args[0].arg
    for node in nodes:
        if isinstance(node, ast.If):
            for name in _names_asked_for(node.test, asked):
                for dotted in _imported_by(node.body, asked, name):
                    yield name, Binding(BindingKind.IMPORT, node.lineno, dotted)


def _is_getattr(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and statement.name == "__getattr__"


def _walk_but_raises(statement: ast.stmt) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.Raise):  # whose message tells the module's name
            yield node
            waiting += ast.iter_child_nodes(node)


def _says_own_place(node: ast.AST) -> bool:
    """Whether a call is told the name of the module or package, from which the modules of a table are then seen."""
    if not isinstance(node, ast.Call):
        return False
    given = (one for argument in (*node.args, *(item.value for item in node.keywords)) for one in ast.walk(argument))
    return any(isinstance(one, ast.Name) and one.id in _OWN_PLACE for one in given)


def _names_in_table(statement: ast.stmt, used: set[str]) -> Iterator[tuple[str, str]]:
    """The names that a literal dict maps to modules, each with what it stands for: its namesake there, as a rule."""
    if isinstance(statement, ast.Assign):
        targets: list[ast.expr] = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return
    if not isinstance(statement.value, ast.Dict) or not any(
        isinstance(one, ast.Name) and one.id in used for one in targets
    ):
        return
    for key, value in zip(statement.value.keys, statement.value.values, strict=True):
        name, told = _text(key), _texts(value)
        if name.isidentifier() and told:
            module, _, attribute = told[0].partition(":")
            dotted = f"{module}.{attribute or (told[1] if len(told) > 1 else name)}"
            if all(part.isidentifier() for part in dotted.lstrip(".").split(".")):
                yield name, dotted


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts(node: ast.expr) -> list[str]:
    """One text, or the two of a pair."""
    items = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
    texts = [_text(item) for item in items]
    return texts if len(texts) <= 2 and all(texts) else []


def _names_asked_for(test: ast.expr, asked: str) -> list[str]:
    """The names with which a test of the parameter holds: ``name == "a"``, ``name in ("a", "b")``."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return []
    if not isinstance(test.left, ast.Name) or test.left.id != asked:
        return []
    right = test.comparators[0]
    if isinstance(test.ops[0], ast.Eq):
        texts = [_text(right)]
    elif isinstance(test.ops[0], ast.In) and isinstance(right, (ast.Tuple, ast.List, ast.Set)):
        texts = [_text(item) for item in right.elts]
    else:
        return []
    return [text for text in texts if text.isidentifier()]


def _imported_by(body: list[ast.stmt], asked: str, name: str) -> Iterator[str]:
    """What a block imports and returns when it is asked for a name."""
    imported: dict[str, str] = {}
    for statement in body:
        if isinstance(statement, ast.ImportFrom):
            source = f"{'.' * statement.level}{statement.module}." if statement.module else "." * statement.level
            imported |= {alias.asname or alias.name: source + alias.name for alias in statement.names}
        elif isinstance(statement, ast.Return):
            given = _given_attribute(statement.value, asked)
            parts = [] if given is None else [name]
            value = given or statement.value
            while isinstance(value, ast.Attribute):
                parts.append(value.attr)
                value = value.value
            if isinstance(value, ast.Name) and value.id in imported:
                yield ".".join((imported[value.id], *reversed(parts)))


def _given_attribute(value: ast.expr | None, asked: str) -> ast.expr | None:
    """What ``getattr(something, name)`` takes the attribute from, of the name that is asked for."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name) or value.func.id != "getattr":
        return None
    is_asked = len(value.args) == 2 and isinstance(value.args[1], ast.Name) and value.args[1].id == asked
    return value.args[0] if is_asked else None
