"""Which bindings a use of a local name can see."""

from __future__ import annotations

import ast

import pytest

from antipatterns.semantics.reaching import reaching_bindings
from antipatterns.semantics.scope import ScopeKind
from antipatterns.walk import walk


def reaching(body: str) -> set[str]:
    """The values, as written, that ``x`` may have where ``use(x)`` stands in the body of a function."""
    text = "def f(x):\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    tree = ast.parse(text)
    walked = walk(tree, frozenset([ast.Call]))
    function = next(scope for scope in walked.module.children if scope.kind is ScopeKind.FUNCTION)
    parents = {child: node for node in ast.walk(function.node) for child in ast.iter_child_nodes(node)}
    calls = [node for node, _ in walked.matches if isinstance(node, ast.Call)]
    (use,) = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "use")
    found = reaching_bindings(function.bindings["x"], use, parents)
    return {ast.unparse(binding.value) if isinstance(binding.value, ast.AST) else "?" for binding in found}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("use(x)", "x"),
        # Straight on.
        ("x = 1\nuse(x)", "1"),
        ("x = 1\nx = 2\nuse(x)", "2"),
        ("use(x)\nx = 1", "x"),
        ("x = 1\nuse(x)\nx = 2", "1"),
        ("x = use(x)", "x"),
        ("x = 1; x = 2; use(x); x = 3", "2"),
        ("x = 1\nx: int = 2\nuse(x)", "x: int = 2"),
        # Branches.
        ("if a:\n    x = 1\nuse(x)", "x 1"),
        ("x = 1\nif a:\n    x = 2\nuse(x)", "1 2"),
        ("if a:\n    x = 1\n    use(x)", "1"),
        ("x = 1\nif a:\n    use(x)\n    x = 2", "1"),
        ("x = 1\nif a:\n    x = 2\n    x = 3\n    use(x)", "3"),
        ("if a:\n    x = 1\nx = 2\nuse(x)", "2"),
        ("while a:\n    x = 1\nx = 2\nuse(x)", "2"),
        ("try:\n    x = 1\nexcept E:\n    x = 2\nuse(x)", "x 1 2"),
        ("try:\n    x = 1\nfinally:\n    use(x)", "x 1"),
        ("match a:\n    case 1: x = 1\n    case _: x = 2\nuse(x)", "x 1 2"),
        # Loops.
        ("for a in b:\n    x = 1\n    use(x)", "1"),
        ("for a in b:\n    use(x)\n    x = 1", "x 1"),
        ("x = 1\nwhile a:\n    use(x)\n    x = 2\nx = 3", "1 2"),
        ("for a in b:\n    x = 1\n    for c in d:\n        use(x)\n        x = 2\n    x = 3", "1 2"),
        ("for a in b:\n    for c in d:\n        x = 1\n    use(x)", "x 1"),
        ("for x in b:\n    use(x)", "b"),
        ("x = 1\nfor x in b:\n    use(x)\n    x = 2", "b"),
        ("for x in b:\n    pass\nuse(x)", "x b"),
        ("while use(x):\n    x = 1", "x 1"),
        ("for a in use(x):\n    x = 1", "x"),
        ("while a:\n    x = 1\nelse:\n    use(x)", "x 1"),
        # With.
        ("with a as x:\n    use(x)", "a as x"),
        ("with a as x:\n    pass\nuse(x)", "a as x"),
        ("with a:\n    x = 1\nuse(x)", "x 1"),
        # Walrus: it may have been skipped.
        ("a and (x := 1)\nuse(x)", "x 1"),
    ],
)
def test_reaching(body: str, expected: str) -> None:
    parts = expected.replace("a as x", "a_as_x").replace("x: int = 2", "x:int=2").split()
    assert reaching(body) == {part.replace("_", " ").replace("x:int=2", "x: int = 2") for part in parts}
