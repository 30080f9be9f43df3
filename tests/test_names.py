"""Which imported or built-in thing a name stands for."""

from __future__ import annotations

import ast
import sys

import pytest

from antipatterns.semantics.names import definition_of, resolve_name, scope_of_definition
from antipatterns.semantics.scope import BindingKind, ScopeKind
from antipatterns.walk import walk


def resolve_last_call(text: str) -> str | None:
    """What the function of the last call in a text stands for."""
    tree = ast.parse(text)
    calls = [(node, scope) for node, scope in walk(tree, frozenset([ast.Call])).matches if isinstance(node, ast.Call)]
    call, scope = max(calls, key=lambda match: (match[0].lineno, match[0].col_offset))
    return resolve_name(call.func, scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open()", "builtins.open"),
        ("import builtins\nbuiltins.open()", "builtins.open"),
        ("import a\na()", "a"),
        ("import a\na.b.c()", "a.b.c"),
        ("import a.b\na.b.c()", "a.b.c"),
        ("import a.b\nimport a.c\na.c.d()", "a.c.d"),
        ("import a.b as x\nx.c()", "a.b.c"),
        ("from a import b\nb()", "a.b"),
        ("from a import b as x\nx.y()", "a.b.y"),
        ("from . import x\nx()", ".x"),
        ("from .a import x\nx.y()", ".a.x.y"),
        ("from ... import x\nx()", "...x"),
        # Aliases.
        ("import a\nx = a.b\nx()", "a.b"),
        ("import a\nx = a\ny = x.b\ny.c()", "a.b.c"),
        ("x = open\nx()", "builtins.open"),
        ("import a\nx, y = a.b, a.c\ny()", "a.c"),
        ("import a\ndef f():\n    x = a.b\n    x()", "a.b"),
        ("import a\n(x := a.b)\nx()", "a.b"),
        # Seen from inner scopes.
        ("import a\ndef f():\n    def g(): a.b()", "a.b"),
        ("def f():\n    import a\n    def g(): return [a.b() for _ in x]", "a.b"),
        ("import a\nclass A:\n    def f(self): a.b()", "a.b"),
        ("class A:\n    import a\n    a.b()", "a.b"),
        ("def f():\n    global a\n    import a\ndef g(): a.b()", "a.b"),
        # One meaning in several places.
        ("try:\n    import a\nexcept ImportError:\n    a = None\na.b()", "a.b"),
        ("a = None\ndef f():\n    global a\n    import a\n    a.b()", "a.b"),
        ("if x:\n    import a\nelse:\n    import a\na.b()", "a.b"),
        ("from a import b\nb()\nfrom a import b", "a.b"),
        # Known in spite of a star import.
        ("from x import *\nimport a\na.b()", "a.b"),
        # Not known.
        ("unknown()", None),
        ("x().y()", None),
        ("x[0]()", None),
        ("(lambda: 0)()", None),
        ("from x import *\nopen()", None),
        ("def f():\n    from x import *  # the compiler's matter\n    open()", None),
        ("def open(): pass\nopen()", None),
        ("class open: pass\nopen()", None),
        ("open = 1\nopen()", None),
        ("open: int\nopen()", None),
        ("for open in x: open()", None),
        ("with x as open: open()", None),
        ("def f(open): open()", None),
        ("def f(*open): open()", None),
        ("lambda open: open()", None),
        ("[open() for open in x]", None),
        ("[y := open() for y, open in x]", None),
        ("try: pass\nexcept E as open: open()", None),
        ("match x:\n    case [open]: open()", None),
        ("open += 1\nopen()", None),
        ("import a\nimport b as a\na.c()", None),
        ("import a\na = x\na.b()", None),
        ("import a\ndef f(a):\n    def g(): a.b()", None),
        ("import a\ndef f():\n    a.b()\n    a = 1", None),
        ("class A:\n    import a\n    def f(self): a.b()", None),
        ("try:\n    import a\nexcept ImportError:\n    import b as a\na.c()", None),
        ("x = x\nx()", None),
        ("x = y\ny = x\nx()", None),
        ("x = None\nx()", None),
        ("self.open()", None),
    ],
)
def test_resolve_name(text: str, expected: str | None) -> None:
    assert resolve_last_call(text) == expected


def test_long_chains_of_aliases_end() -> None:
    chain = "import a\nx0 = a\n" + "".join(f"x{n + 1} = x{n}\n" for n in range(500))
    assert resolve_last_call(chain + "x3()") == "a"
    assert resolve_last_call(chain + "x500()") is None


def test_long_attributes() -> None:
    expression: ast.expr = ast.Name("a", ast.Load())
    for _ in range(5000):
        expression = ast.Attribute(expression, "b", ast.Load())
    module = walk(ast.parse("import a"), frozenset()).module
    resolved = resolve_name(expression, module)
    assert resolved == "a" + ".b" * 5000


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs PEP 695")
def test_type_parameters_shadow() -> None:
    assert resolve_last_call("def f[open](): open()") is None
    assert resolve_last_call("class A[T]:\n    def f(self): open()") == "builtins.open"


def definition_kind(text: str) -> BindingKind | None:
    module = walk(ast.parse(text), frozenset()).module
    found = definition_of(ast.Name("x", ast.Load()), module)
    return found[1].kind if found else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("def x(): pass", BindingKind.FUNCTION),
        ("class x: pass", BindingKind.CLASS),
        ("def x(): pass\ndef x(): pass", None),
        ("if y:\n    class x: pass\nelse:\n    x = None", None),
        ("import x", None),
        ("", None),
    ],
)
def test_definition_of(text: str, kind: BindingKind | None) -> None:
    assert definition_kind(text) is kind


def test_definition_of_anything_but_a_name() -> None:
    module = walk(ast.parse("class x: pass"), frozenset()).module
    assert definition_of(ast.parse("x.y", mode="eval").body, module) is None


@pytest.mark.parametrize("header", ["class A", "class A[T]"])
def test_scope_of_definition(header: str) -> None:
    if "[" in header and sys.version_info < (3, 12):
        pytest.skip("needs PEP 695")
    tree = ast.parse(f"{header}: x = 1\nclass B: pass\n")
    module = walk(tree, frozenset()).module
    found = scope_of_definition(module, tree.body[0])
    assert found is not None
    assert found.kind is ScopeKind.CLASS
    assert set(found.bindings) == {"x"}
    assert scope_of_definition(found, tree.body[1]) is None
