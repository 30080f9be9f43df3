"""Places where something may be kept, as text: names, attributes, items, and what calls look up or put there."""

from __future__ import annotations

import ast

from antipatterns.knowledge.readiness import LOOK_UP, PUT


def place_of(node: ast.expr) -> str:
    """The text of a name, of attributes, of an item, or of what looks one up: ``M.get(k)`` as ``M[k]``."""
    if isinstance(node, ast.NamedExpr):
        node = node.value
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = place_of(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    if isinstance(node, ast.Subscript):
        return f"{place_of(node.value)}[{ast.unparse(node.slice)}]"
    if isinstance(node, ast.Call) and is_method(node, LOOK_UP):
        return item_named(node)
    return attribute_named(node) if isinstance(node, ast.Call) and is_call_of(node, "getattr") else ""


def is_method(call: ast.Call, words: frozenset[str]) -> bool:
    """Whether a call is of a method that is named like this: ``get``, ``get_cache``, ``async_get``."""
    return isinstance(call.func, ast.Attribute) and not words.isdisjoint(call.func.attr.split("_"))


def item_named(call: ast.Call) -> str:
    """What a method of a mapping, or of what is like one, is about: its first argument, or ``key``."""
    key = call.args[0] if call.args else next((one.value for one in call.keywords if one.arg == "key"), None)
    owner = place_of(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return f"{owner}[{ast.unparse(key)}]" if owner and key is not None else ""


def attribute_named(call: ast.Call) -> str:
    """The attribute that ``getattr`` and its like are about."""
    if len(call.args) < 2:
        return ""
    owner, named = place_of(call.args[0]), call.args[1]
    if isinstance(named, ast.Constant) and isinstance(named.value, str):
        return f"{owner}.{named.value}"
    return f"{owner}[{ast.unparse(named)}]"  # as if objects were mappings


def is_call_of(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == name


def stores(block: list[ast.stmt], place: str) -> bool:
    """Whether a block puts something in a place, at any depth."""
    for node in (node for statement in block for node in ast.walk(statement)):
        if isinstance(node, ast.Assign) and any(place_of(target) == place for target in node.targets):
            return True
        if isinstance(node, ast.AnnAssign) and place_of(node.target) == place:
            return True
        if isinstance(node, ast.Call) and is_call_of(node, "setattr") and attribute_named(node) == place:
            return True
        if isinstance(node, ast.Call) and is_method(node, PUT) and item_named(node) == place:
            return True
    return False
