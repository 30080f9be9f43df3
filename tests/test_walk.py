"""The walk and its scopes: against CPython's own ``symtable``, and by hand where rules rely on more."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesmith
import pytest
from examples import examples
from hypothesis import example, given

from antipatterns.semantics.scope import Binding, BindingKind, Scope, ScopeKind, Unpacked
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

STDLIB = Path(sysconfig.get_path("stdlib"))
FILES = [
    *("argparse", "ast", "asyncio/base_events", "collections/__init__", "contextlib", "dataclasses", "enum"),
    *("inspect", "logging/__init__", "tarfile", "typing", "unittest/mock"),
    *("test/test_scope", "test/test_named_expressions", "test/test_grammar", "test/test_syntax"),
    *("test/test_type_params", "test/test_listcomps", "test/test_patma", "test/test_comprehensions"),
]
needs_312 = pytest.mark.skipif(sys.version_info < (3, 12), reason="needs PEP 695")


def module_of(text: str) -> Scope:
    return walk(ast.parse(text), frozenset()).module


def all_scopes(scope: Scope) -> Iterator[Scope]:
    waiting = [scope]
    while waiting:
        scope = waiting.pop()
        yield scope
        waiting += scope.children


def scope_named(module: Scope, name: str) -> Scope:
    return next(scope for scope in all_scopes(module) if scope.kind in NAMED and scope.qualified_name == name)


NAMED = (ScopeKind.FUNCTION, ScopeKind.CLASS)


# --- Against symtable ---------------------------------------------------------------------------------------

Key = tuple[str, str, int]
NAMES_OF_NODES = {
    ast.Lambda: "lambda",
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}


# From 3.12 on, most comprehensions are inlined, and their names are those of the function around (PEP 709).
INLINED = {"listcomp", "setcomp", "dictcomp"} if sys.version_info >= (3, 12) else set()


def key_of_table(table: symtable.SymbolTable) -> Key | None:
    """What names a scope of CPython; None for those that only hold type parameters or annotations."""
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    if kind == "module":
        return ("module", "top", 0)
    if kind not in ("function", "class") or table.get_name() in INLINED:
        return None
    return (kind, table.get_name(), table.get_lineno())


def key_of_scope(scope: Scope) -> Key | None:
    """The same for one of ours."""
    node = scope.node
    if scope.kind is ScopeKind.MODULE:
        return ("module", "top", 0)
    if scope.kind is ScopeKind.TYPE_PARAMETERS:
        return None
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return ("class" if scope.kind is ScopeKind.CLASS else "function", node.name, node.lineno)
    return ("function", NAMES_OF_NODES[type(node)], node.lineno)  # type: ignore[index, attr-defined]


def all_tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from all_tables(child)


def find_disagreements(text: str) -> list[str]:
    """Where our scopes bind or look up other names than CPython's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        top = symtable.symtable(text, "a.py", "exec")
    theirs: dict[Key, list[symtable.SymbolTable]] = {}
    for table in all_tables(top):
        key = key_of_table(table)
        if key is not None:
            theirs.setdefault(key, []).append(table)
    ours: dict[Key, list[Scope]] = {}
    for scope in all_scopes(walk(tree, frozenset()).module):
        key = key_of_scope(scope)
        if key is not None and key[1] not in INLINED:
            ours.setdefault(key, []).append(scope)
    found = []
    our_count = Counter({key: len(scopes) for key, scopes in ours.items()})
    their_count = Counter({key: len(tables) for key, tables in theirs.items()})
    if our_count != their_count:
        found.append(f"scopes: only ours {our_count - their_count}, only theirs {their_count - our_count}")
    left_out = names_left_out(tree)
    for key in ours.keys() & theirs.keys():
        if len(ours[key]) == len(theirs[key]) == 1:
            found += compare(ours[key][0], theirs[key][0], left_out)
    return found


def compare(scope: Scope, table: symtable.SymbolTable, left_out: set[str]) -> list[str]:
    found = []
    for symbol in table.get_symbols():
        name = symbol.get_name()
        if name.startswith((".", "__")) or name in left_out or "__" in name:
            continue
        expected = "local" if symbol.is_local() else "free" if symbol.is_free() else "global"
        owner = scope.lookup(name)
        actual = "global" if owner is None or owner[0].kind is ScopeKind.MODULE else "free"
        if owner is not None and owner[0] is scope:
            actual = "local"
        if scope.kind is ScopeKind.MODULE:
            # Read only, or declared global where it is global anyway.
            expected = "local" if name in scope.bindings else expected
        if expected != actual:
            found.append(f"{scope!r}: {name} is {expected}, not {actual}")
    return found


def names_left_out(tree: ast.Module) -> set[str]:
    """Names that are deleted, or annotated in parentheses without a value: these are no bindings for us."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            names.add(node.id)
        elif isinstance(node, ast.AnnAssign) and not node.simple and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.comprehension) and INLINED:
            names.update(name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))
    return names


@pytest.mark.parametrize("name", FILES)
def test_scopes_agree_with_cpython(name: str) -> None:
    path = STDLIB / f"{name}.py"
    if not path.is_file():
        pytest.skip("not in this Python")
    assert find_disagreements(path.read_text(encoding="utf-8")) == []


@examples(30)
@example("class A:\n    x = 1\n    def f(self): return x\n    y = [x for _ in x]\n")
@example("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n        def h(): global x; x = 3\n")
@example("def f(a, /, b=1, *c, d, **e): return [a := b for b in c if (d := b)]\n")
@example("x = lambda y: (z := y, lambda: z)\n")
@example("match x:\n    case {'a': [b, *c], **d} | E(f=g) as h: pass\n")
@example("try: pass\nexcept E as e: import a.b, c.d as f\nfor (i, [*j]), k.l in m: pass\n")
@example("global q\nq = 1\ndef f():\n    global r\n    for r in []: pass\n")
@given(hypothesmith.from_grammar())
def test_scopes_of_any_program_agree_with_cpython(text: str) -> None:
    try:
        symtable.symtable(text, "a.py", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return
    assert find_disagreements(text) == []


def test_a_disagreement_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "def f():\n    def g(): return x\n    x = 1\nx = 2\n"
    assert find_disagreements(text) == []
    monkeypatch.setattr(Scope, "lookup", lambda self, name: (self.module, self.module.bindings.get(name, [])))
    assert len(find_disagreements(text)) >= 2


# --- What is bound and how ----------------------------------------------------------------------------------


def describe(bindings: list[Binding]) -> list[tuple[BindingKind, str | None]]:
    return [(binding.kind, _text_of(binding.value)) for binding in bindings]


def _text_of(value: ast.AST | Unpacked | str | None) -> str | None:
    if isinstance(value, Unpacked):
        return f"{ast.unparse(value.value)} [{value.position}]"
    return ast.unparse(value) if isinstance(value, ast.AST) else value


@pytest.mark.parametrize(
    ("text", "name", "kind", "value"),
    [
        ("import a", "a", BindingKind.IMPORT, "a"),
        ("import a.b.c", "a", BindingKind.IMPORT, "a"),
        ("import a.b.c as x", "x", BindingKind.IMPORT, "a.b.c"),
        ("from a.b import c", "c", BindingKind.IMPORT, "a.b.c"),
        ("from a import b as x", "x", BindingKind.IMPORT, "a.b"),
        ("from . import x", "x", BindingKind.IMPORT, ".x"),
        ("from ..a import x", "x", BindingKind.IMPORT, "..a.x"),
        ("x = 1", "x", BindingKind.ASSIGNMENT, "1"),
        ("y = x = 1", "x", BindingKind.ASSIGNMENT, "1"),
        ("x, y = 1, 2", "x", BindingKind.ASSIGNMENT, "1"),
        ("[y, (z, x)] = 1, (2, 3)", "x", BindingKind.ASSIGNMENT, "3"),
        ("x, y = f()", "x", BindingKind.OTHER, "f() [0]"),
        ("x, *y = 1, 2", "x", BindingKind.OTHER, None),
        ("*x, = 1,", "x", BindingKind.OTHER, None),
        ("x, y = 1, *z", "x", BindingKind.OTHER, None),
        ("x, y = 1, 2, 3", "x", BindingKind.OTHER, None),
        ("x += 1", "x", BindingKind.OTHER, None),
        ("x: int = 1", "x", BindingKind.ANNOTATION, "x: int = 1"),
        ("x: int", "x", BindingKind.ANNOTATION, "x: int"),
        ("for x in y: pass", "x", BindingKind.ITERATION, "y"),
        ("for z, x in y: pass", "x", BindingKind.OTHER, "y [1]"),
        ("with a as x: pass", "x", BindingKind.CONTEXT, "a as x"),
        ("with a as (x, y): pass", "x", BindingKind.OTHER, None),
        ("def x(): pass", "x", BindingKind.FUNCTION, "def x():\n    pass"),
        ("class x: pass", "x", BindingKind.CLASS, "class x:\n    pass"),
        ("(x := 1)", "x", BindingKind.ASSIGNMENT, "1"),
        ("[x := y for y in z]", "x", BindingKind.ASSIGNMENT, "y"),
        ("[[x := y for y in z] for _ in z]", "x", BindingKind.ASSIGNMENT, "y"),
        ("try: pass\nexcept E as x: pass", "x", BindingKind.OTHER, None),
        ("match a:\n    case x: pass", "x", BindingKind.OTHER, None),
        ("match a:\n    case [*x]: pass", "x", BindingKind.OTHER, None),
        ("match a:\n    case {**x}: pass", "x", BindingKind.OTHER, None),
        ("match a:\n    case 1 as x: pass", "x", BindingKind.OTHER, None),
        ("def f():\n    global x\n    x = 1", "x", BindingKind.ASSIGNMENT, "1"),
        ("def f():\n    global x\n    import x", "x", BindingKind.IMPORT, "x"),
        ("class A:\n    global x\n    x = 1", "x", BindingKind.ASSIGNMENT, "1"),
    ],
)
def test_bindings(text: str, name: str, kind: BindingKind, value: str | None) -> None:
    assert describe(module_of(text).bindings[name]) == [(kind, value)]


def test_asynchronous_bindings_have_no_known_value() -> None:
    module = module_of(
        "async def f():\n    async for x in y: pass\n    async with a as z: pass\n    [w async for w in v]\n"
    )
    function = scope_named(module, "f")
    for scope, name in ((function, "x"), (function, "z"), (function.children[0], "w")):
        assert [binding.kind for binding in scope.bindings[name]] == [BindingKind.OTHER]


def test_attributes_are_bound_in_their_scope() -> None:
    module = module_of(
        "class A:\n    def f(self):\n        self.x = self.y = 1\n        self.z.w = a[0] = 2\n        self.v: int\n"
    )
    bindings = scope_named(module, "A.f").bindings
    assert set(bindings) == {"self", "self.x", "self.y", "self.v", "self.z.w", "a[]"}
    assert describe(bindings["a[]"]) == [(BindingKind.ITEM, "2")]
    assert describe(bindings["self.x"]) == [(BindingKind.ASSIGNMENT, "1")]


def test_parameters_of_all_kinds() -> None:
    module = module_of("def f(a, /, b: int, *c, d=1, **e): pass\nlambda g, *h: 0\n")
    names = {name for scope in module.children for name in scope.bindings}
    assert names == {"a", "b", "c", "d", "e", "g", "h"}
    binding = scope_named(module, "f").bindings["b"][0]
    assert binding.kind is BindingKind.PARAMETER
    assert isinstance(binding.value, ast.arg)


def test_nonlocal_binds_in_the_function_around() -> None:
    module = module_of("x = 0\ndef f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n")
    assert describe(scope_named(module, "f").bindings["x"]) == [
        (BindingKind.ASSIGNMENT, "1"),
        (BindingKind.ASSIGNMENT, "2"),
    ]
    assert "x" not in scope_named(module, "f.g").bindings
    assert len(module.bindings["x"]) == 1


def test_star_imports_are_kept_apart() -> None:
    module = module_of("from a.b import *\nfrom . import *\nfrom ..c import *\n")
    assert module.star_imports == [(1, "a.b"), (2, "."), (3, "..c")]
    assert module.bindings == {}


def test_bindings_stand_in_the_order_of_the_source() -> None:
    text = """
def f(a, b=lambda a: a): a = 1; (a, b) = 2, 3
if x:
    def f(): global x; x = 2
else:
    f = 1
f = 2; f = 3
x = [f := 4, (f := 5 for y in (f := 6,))]
def g():
    n = 1
    def h():
        nonlocal n
        n = 2
    n = 3
"""
    module = module_of(text)
    for scope in all_scopes(module):
        for name, bindings in scope.bindings.items():
            nodes = [one.node for one in bindings if isinstance(one.node, (ast.stmt, ast.expr, ast.arg))]
            places = [(node.lineno, node.col_offset) for node in nodes]
            assert places == sorted(places), name
    assert [one.node.lineno for one in module.bindings["f"]] == [2, 4, 6, 7, 7, 8, 8, 8]  # type: ignore[attr-defined]
    assert [one.node.lineno for one in module.bindings["x"]] == [4, 8]  # type: ignore[attr-defined]


def test_a_parameter_that_is_declared_too_stays_a_parameter() -> None:
    """No program, but ast.parse accepts it."""
    module = module_of("def f(a):\n    global a\n    a = 1\n")
    assert [one.kind for one in module.children[0].bindings["a"]] == [BindingKind.PARAMETER, BindingKind.ASSIGNMENT]
    assert "a" not in module.bindings


# --- Which scope a node stands in ---------------------------------------------------------------------------


def scopes_of_names(text: str) -> dict[str, Scope]:
    walked = walk(ast.parse(text), frozenset([ast.Name]))
    return {node.id: scope for node, scope in walked.matches if isinstance(node, ast.Name)}


def test_nodes_stand_in_the_scope_that_evaluates_them() -> None:
    found = scopes_of_names(
        """
@decorator
def f(a: annotation = default, *b: star, c: keyword = keyword_default, **d: double) -> result:
    inside
    [element for x in first if condition for y in second]
    {key: value for x in dict_first}
    lambda e=lambda_default: lambda_body
@class_decorator
class A(base, metaclass=meta, **keywords):
    class_body
"""
    )
    outside = "decorator annotation default star keyword keyword_default double result"
    outside += " class_decorator base meta keywords"
    assert {name for name, scope in found.items() if scope.kind is ScopeKind.MODULE} == set(outside.split())
    assert {name for name, scope in found.items() if scope.kind is ScopeKind.CLASS} == {"class_body"}
    assert {name for name, scope in found.items() if scope.kind is ScopeKind.LAMBDA} == {"lambda_body"}
    comprehension = {"element", "condition", "second", "key", "value"}
    assert {name for name, scope in found.items() if scope.kind is ScopeKind.COMPREHENSION} >= comprehension
    function = {name for name, scope in found.items() if scope.kind is ScopeKind.FUNCTION}
    assert {"inside", "first", "dict_first", "lambda_default"} <= function


def test_every_wanted_node_is_matched_once() -> None:
    for name in ("ast.py", "asyncio/base_events.py"):
        tree = ast.parse((STDLIB / name).read_text(encoding="utf-8"))
        kinds = [
            ast.Call,
            ast.Name,
            ast.Constant,
            ast.arg,
            ast.ExceptHandler,
            ast.keyword,
            ast.alias,
            ast.Starred,
        ]
        kinds += [ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp, ast.Module]
        for kind in kinds:
            expected = {node for node in ast.walk(tree) if isinstance(node, kind)}
            if kind in UNREACHED:
                continue
            matches = [node for node, _ in walk(tree, frozenset([kind])).matches]
            loads = {node for node in expected if not isinstance(getattr(node, "ctx", None), ast.Store)}
            assert loads <= set(matches) <= expected, kind
            assert len(matches) == len(set(matches)), kind


# Nodes that the walk knows by way of their parents: parameters, and keywords of classes, imported names.
UNREACHED = {ast.arg, ast.keyword, ast.alias}


def test_wanting_other_things_changes_nothing() -> None:
    text = "def f(): return [g(x) for x in y]\n"
    wanted = walk(ast.parse(text), frozenset([ast.Call, int, str]))
    assert [type(node) for node, _ in wanted.matches] == [ast.Call]
    assert list(walk(ast.parse(text), frozenset()).matches) == []


def test_what_never_runs_is_left_out() -> None:
    text = """\
if True:
    a()
elif x:
    b()
else:
    c()
def f():
    if 0:
        yield d(e())
    if y:
        g()
    if False:
        import h
        def i(): j()
"""
    walked = walk(ast.parse(text), frozenset([ast.Call, ast.Yield, ast.Import, ast.FunctionDef]))
    called = {node.func.id for node, _ in walked.matches if isinstance(node, ast.Call)}
    assert called == {"a", "g"}
    rest = [node for node, _ in walked.matches if not isinstance(node, ast.Call)]
    assert sorted(type(node).__name__ for node in rest) == ["FunctionDef", "Yield"]
    (function,) = [scope for scope in all_scopes(walked.module) if isinstance(scope.node, ast.FunctionDef)][:1]
    assert set(function.bindings) == {"h", "i"}, "what it would bind is bound all the same"


# --- What a scope says about itself -------------------------------------------------------------------------


def test_runs_on_loop() -> None:
    found = scopes_of_names(
        """
module
async def f():
    direct
    [comprehension for x in y]
    lambda: in_lambda
    def g(): nested
    class A: in_class
    async def h(): nested_async
def s(): sync
"""
    )
    on_loop = {name for name, scope in found.items() if scope.runs_on_loop}
    assert on_loop - {"x", "y"} == {"direct", "comprehension", "nested_async"}


def test_qualified_names() -> None:
    module = module_of(
        "class A:\n    def f(self):\n        class B:\n            async def g(self): lambda: [x for x in y]\n"
    )
    names = [scope.qualified_name for scope in all_scopes(module) if scope.kind in NAMED]
    assert sorted(names) == ["A", "A.f", "A.f.B", "A.f.B.g"]
    inner = [scope for scope in all_scopes(module) if scope.kind is ScopeKind.COMPREHENSION]
    assert inner[0].qualified_name == "A.f.B.g"
    assert module.qualified_name == ""


def test_enclosing_class() -> None:
    module = module_of("class A:\n    def f(self):\n        def g(): pass\ndef h(): pass\n")
    assert scope_named(module, "A.f").enclosing_class is scope_named(module, "A")
    assert scope_named(module, "A.f.g").enclosing_class is None
    assert scope_named(module, "h").enclosing_class is None


def test_class_names_are_seen_only_in_the_class_body() -> None:
    found = scopes_of_names(
        """
x = 1
class A:
    x = 2
    direct
    def f(self): method
    [comprehension for _ in first]
    lambda: in_lambda
    class B: nested
"""
    )

    def owner(name: str) -> ScopeKind:
        looked_up = found[name].lookup("x")
        assert looked_up is not None
        return looked_up[0].kind

    assert owner("direct") is ScopeKind.CLASS
    assert owner("first") is ScopeKind.CLASS
    for name in ("method", "comprehension", "in_lambda", "nested"):
        assert owner(name) is ScopeKind.MODULE


@needs_312
def test_type_parameters() -> None:
    module = module_of(
        "class A[T: bound](Base[T]):\n    def f[U](self, x: U) -> T: return U\n    type B[V] = tuple[T, V]\n"
        "type C = int\n"
    )
    method = scope_named(module, "A.f")
    assert method.enclosing_class is scope_named(module, "A")
    assert method.qualified_name == "A.f"
    for name in ("T", "U"):
        looked_up = method.lookup(name)
        assert looked_up is not None
        assert looked_up[0].kind is ScopeKind.TYPE_PARAMETERS
    assert module.lookup("T") is None
    assert set(module.bindings) == {"A", "C"}
    assert set(scope_named(module, "A").bindings) == {"f", "B"}


@needs_312
def test_class_names_are_seen_through_type_parameters() -> None:
    text = "x = 0\nclass A:\n    x = 1\n    def f[T](self, a: seen) -> T: inside\n    class B[T](base): body\n"
    found = scopes_of_names(text)
    owners = {name: found[name].lookup("x")[0].kind for name in ("seen", "base", "inside", "body")}  # type: ignore[index]
    assert owners == {
        "seen": ScopeKind.CLASS,
        "base": ScopeKind.CLASS,
        "inside": ScopeKind.MODULE,
        "body": ScopeKind.MODULE,
    }


# --- Depth --------------------------------------------------------------------------------------------------


NONE = ast.arguments([], [], None, [], [], None, [])
NAME = ast.Name("x", ast.Load())
LAYERS = {
    "binary": lambda inner: ast.BinOp(inner, ast.Add(), NAME),
    "attributes": lambda inner: ast.Attribute(inner, "a", ast.Load()),
    "calls": lambda inner: ast.Call(inner, [], []),
    "nested calls": lambda inner: ast.Call(NAME, [inner], []),
    "lambdas": lambda inner: ast.Lambda(NONE, inner),
    "comprehensions": lambda inner: ast.ListComp(inner, [ast.comprehension(NAME, NAME, [], 0)]),
}


@pytest.mark.parametrize("kind", LAYERS)
def test_no_nesting_is_too_deep(kind: str) -> None:
    # Made by hand: deeper than parsers follow, and far deeper than the limit of recursion.
    expression: ast.expr = ast.Name("innermost", ast.Load())
    for _ in range(5000):
        expression = LAYERS[kind](expression)
    walked = walk(ast.Module([ast.Expr(expression)], []), frozenset([ast.Name]))
    assert "innermost" in {node.id for node, _ in walked.matches if isinstance(node, ast.Name)}


def test_nested_functions_as_deep_as_the_parser_allows() -> None:
    text = "".join("    " * level + f"def f{level}():\n" for level in range(95)) + "    " * 95 + "innermost"
    found = scopes_of_names(text)["innermost"]
    assert found.qualified_name == ".".join(f"f{level}" for level in range(95))
    assert found.lookup("f0") is not None
