"""The types of values that one file makes sure."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

from antipatterns.file import File
from antipatterns.semantics.scope import Scope
from antipatterns.settings import Settings
from antipatterns.source import parse_source
from antipatterns.walk import walk

if TYPE_CHECKING:
    from antipatterns.semantics.types import Type

HEAD = """
import pathlib, requests, typing, typing as t, unknown
from pathlib import Path
from typing import Annotated, Final, Optional, Union, List
from collections.abc import Iterable
"""
PATH, SESSION = "pathlib.Path", "requests.Session"


def file_of(text: str) -> tuple[File, list[tuple[ast.Call, Scope]]]:
    source = parse_source("a.py", text.encode())
    walked = walk(source.tree, frozenset([ast.Call]))
    calls = [(node, scope) for node, scope in walked.matches if isinstance(node, ast.Call)]
    return File(source, Settings(), walked.module), calls


def type_in(text: str) -> Type:
    """The type of what stands in ``use(…)``."""
    file, calls = file_of(HEAD + text)
    (found,) = [
        (call.args[0], scope) for call, scope in calls if isinstance(call.func, ast.Name) and call.func.id == "use"
    ]
    return file.types.type_of(*found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Constructors and known results.
        ("use(Path('x'))", PATH),
        ("use(pathlib.Path('x'))", PATH),
        ("use(Path('x') / 'y')", PATH),
        ("use(Path('x').parent)", PATH),
        ("use(Path('x').with_suffix('.y').resolve())", PATH),
        ("use(Path.home())", PATH),
        ("use(requests.Session())", SESSION),
        ("use(open('x'))", "io.TextIOWrapper"),
        ("use(Path('x').glob('*'))", "Iterator[pathlib.Path]"),
        ("use(Path('x') + 'y')", "builtins.str"),
        ("use('x' / Path('y'))", None),
        ("use(Path)", None),
        ("use(Path('x').name)", None),
        ("use(unknown.Path())", None),
        ("use('x')", "builtins.str"),
        # Expressions that hand on a value.
        ("use(x := Path('y'))", PATH),
        ("use(Path('x') if y else Path('z'))", PATH),
        ("use(Path('x') if y else z)", None),
        ("use(Path('x') or Path('y'))", PATH),
        ("use(x or Path('y'))", None),
        ("use(Path('x') if y else requests.Session())", None),
        # Names.
        ("x = Path('y')\nuse(x)", PATH),
        ("x = y = Path('z')\nuse(y)", PATH),
        ("x, y = 1, Path('z')\nuse(y)", PATH),
        ("x: Path = y\nuse(x)", PATH),
        ("x: Path\nuse(x)", PATH),
        ("x: unknown.T = Path('y')\nuse(x)", PATH),
        ("x = None\nx = Path('y')\nuse(x)", PATH),
        ("x = Path('y')\nx = z\nuse(x)", None),
        ("x = Path('y')\nx += z\nuse(x)", None),
        ("def f(x):\n    x = Path(x)\n    use(x)", PATH),
        ("def f(x: Path):\n    x = y\n    use(x)", None),
        ("def f(x: Path):\n    use(x)\n    x = y", PATH),
        ("def f(x: Path):\n    def g(): use(x)", PATH),
        ("def f(x: Path):\n    x = y\n    def g(): use(x)", None),
        ("def f(x: Path):\n    [use(x) for y in z]", PATH),
        ("def f(x: Path):\n    [use(x) for x in z]", None),
        ("def f(x: Path):\n    lambda: use(x)", PATH),
        ("def f(*x: Path): use(x)", "Iterator[pathlib.Path]"),
        ("def f(*x: Path):\n    for y in x: use(y)", PATH),
        ("def f(**x: Path): use(x)", None),
        ("def f(x: Path = None): use(x)", PATH),
        ("def f(x=Path('y')): use(x)", None),
        ("with requests.Session() as x: use(x)", SESSION),
        ("with open('y') as x: use(x)", "io.TextIOWrapper"),
        ("with unknown() as x: use(x)", None),
        ("async def f():\n    async with requests.Session() as x: use(x)", None),
        ("for x in Path('y').iterdir(): use(x)", PATH),
        ("[use(x) for x in Path('y').iterdir()]", PATH),
        ("for x in Path('y'): use(x)", None),
        ("async def f():\n    async for x in Path('y').iterdir(): use(x)", None),
        ("x = x\nuse(x)", None),
        ("x = y\ny = x\nuse(x)", None),
        # Functions of the file.
        ("def f() -> Path: ...\nuse(f())", PATH),
        ("def f() -> 'Path | None': ...\nuse(f())", PATH),
        ("async def f() -> Path: ...\nuse(f())", None),
        ("@unknown\ndef f() -> Path: ...\nuse(f())", None),
        ("def f(): return Path('x')\nuse(f())", None),
        ("def f() -> Path: yield\ndef f(): ...\nuse(f())", None),
        # Classes of the file.
        ("class A:\n    x: Path\nuse(A().x)", PATH),
        ("class A:\n    x = Path('y')\nuse(A().x)", PATH),
        ("class A:\n    def __init__(self): self.x = Path('y')\nuse(A().x)", PATH),
        ("class A:\n    def f(this, y: Path): this.x = y\n    def g(self): use(self.x)", PATH),
        ("class A:\n    def f(self): self.x: Path = y\n    def g(self): use(self.x)", PATH),
        ("class A:\n    x = None\n    def f(self): self.x = Path('y')\n    def g(self): use(self.x)", PATH),
        ("class A:\n    def f(self): self.x = Path('y')\n    def g(self): self.x = z; use(self.x)", None),
        ("class A:\n    @property\n    def x(self) -> Path: ...\nuse(A().x)", PATH),
        ("class A:\n    @functools.cached_property\n    def x(self) -> Path: ...\nuse(A().x)", PATH),
        ("class A:\n    def x(self) -> Path: ...\nuse(A().x)", None),
        ("class A:\n    x: Path\nclass B(A): pass\nuse(B().x)", PATH),
        ("class A:\n    x: Path\nclass B(A):\n    x = 1\nuse(B().x)", None),
        ("class A(unknown.B): pass\nuse(A().x)", None),
        ("class A: pass\nclass B:\n    x: Path\nclass C(A, B): pass\nuse(C().x)", PATH),
        ("class A:\n    x = 1\nclass B:\n    x: Path\nclass C(A, B): pass\nuse(C().x)", None),
        ("class A(A): pass\nuse(A().x)", None),
        ("class A:\n    x: Path\nA = 1\nuse(A().x)", None),
        ("class A:\n    @staticmethod\n    def f(self): use(self.x)\n    x: Path", None),
        ("class A:\n    x: Path\n    def f(self):\n        self = y\n        use(self.x)", None),
        ("class A:\n    x: Path\ndef f(a: A): use(a.x)", PATH),
        ("class A:\n    x: Path\ndef f(a: 'A | None'): use(a.x)", PATH),
        ("class A:\n    x: 'A'\n    y: Path\nuse(A().x.x.x.y)", PATH),
    ],
)
def test_types(text: str, expected: str | None) -> None:
    assert type_in(text) == expected


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("Path", PATH),
        ("pathlib.Path", PATH),
        ("'Path'", PATH),
        ("' pathlib.Path '", PATH),
        ("Path | None", PATH),
        ("None | Path", PATH),
        ("'Path | None'", PATH),
        ("'Path' | None", PATH),
        ("Optional[Path]", PATH),
        ("typing.Optional[Path]", PATH),
        ("t.Optional['Path']", PATH),
        ("Union[Path, None]", PATH),
        ("Union[None, Path, 'Path']", PATH),
        ("Annotated[Path, 1]", PATH),
        ("Annotated[Optional[Path], 1]", PATH),
        ("Final[Path]", PATH),
        ("list[Path]", "Iterator[pathlib.Path]"),
        ("List[Path]", "Iterator[pathlib.Path]"),
        ("Iterable[Path]", "Iterator[pathlib.Path]"),
        ("tuple[Path, ...]", "Iterator[pathlib.Path]"),
        ("'set[Path]'", "Iterator[pathlib.Path]"),
        ("Path | str", None),
        ("Union[Path, str]", None),
        ("Union[None]", None),
        ("None", None),
        ("dict[str, Path]", None),
        ("type[Path]", None),
        ("list[str]", "Iterator[builtins.str]"),
        ("unknown.T", None),
        ("'not an annotation'", None),
        ("'a\\0b'", None),
        ("1", None),
        ("Path()", None),
        ("''", None),
    ],
)
def test_annotations(annotation: str, expected: str | None) -> None:
    assert type_in(f"def f(x: {annotation}): use(x)") == expected


def test_types_of_own_classes_are_their_scopes() -> None:
    found = type_in("class A: y = 1\nuse(A())")
    assert isinstance(found, Scope)
    assert found.qualified_name == "A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open('x')", "builtins.open"),
        ("Path('x').read_text()", "pathlib.Path.read_text"),
        ("requests.get('x')", "requests.get"),
        ("class A(requests.Session): pass\nA().get()", "requests.Session.get"),
        ("class A(requests.Session): pass\nclass B(A): pass\nB().get()", "requests.Session.get"),
        ("class A(requests.Session):\n    def get(self): pass\nA().get()", None),
        ("class A:\n    def get(self): ...\nclass B(A, requests.Session): pass\nB().get()", None),
        ("class A: pass\nclass B(A, requests.Session): pass\nB().get()", "requests.Session.get"),
        ("class A(requests.Session):\n    get = 1\nclass B(A): pass\nB().get()", None),
        ("unknown()()", None),
        ("x.y()", None),
    ],
)
def test_callee(text: str, expected: str | None) -> None:
    file, calls = file_of(HEAD + text)
    call, scope = max(calls, key=lambda match: (match[0].lineno, match[0].end_col_offset or 0))
    assert file.types.callee(call.func, scope) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x0 = Path('y')\n" + "".join(f"x{n + 1} = x{n}\n" for n in range(300)) + "use(x300)",
        "use(Path('x')" + ".parent" * 150 + ")",
        "use(Path('x')" + " / 'y'" * 500 + ")",
        "use(" + "Path(" * 90 + ")" * 90 + ")",
        "".join(f"class A{n}(A{n + 1}): pass\n" for n in range(300)) + "use(A0().x)",
        "class A(B): pass\nclass B(A): pass\nuse(A().x)",
        "class A(B): pass\nclass B(A): pass\nuse(A().x())",
        "".join(f"class A{n}(A{n + 1}, A{n + 2}): pass\n" for n in range(60)) + "use(A0().x())",
    ],
)
def test_depth_and_circles_end(text: str) -> None:
    type_in(text)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs PEP 695")
def test_type_parameters() -> None:
    assert type_in("def f[T](x: Path, y: T): use(x)") == PATH
    assert type_in("class A:\n    def f[T](self): self.x = Path('y')\n    def g(self): use(self.x)") == PATH
    assert type_in("def f[Path](x: Path): use(x)") is None
    assert type_in("class A[T]:\n    x: Path\n    def f(self): use(self.x)") == PATH


ASYNC_HEAD = "import asyncio, asyncpg, httpx, aiosqlite\nfrom django.db import connection\n"
CLIENT, ASYNCPG = "httpx.AsyncClient", "asyncpg.Connection"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("async with httpx.AsyncClient() as x: use(x)", CLIENT),
        ("async with aiosqlite.connect('x') as x: use(x)", "aiosqlite.Connection"),
        ("use(await asyncio.create_subprocess_exec('x'))", "asyncio.subprocess.Process"),
        ("x = await asyncpg.connect('x'); use(x)", ASYNCPG),
        ("pool = await asyncpg.create_pool()\n    async with pool.acquire() as x: use(x)", ASYNCPG),
        ("pool = asyncpg.create_pool()\n    use(await pool.acquire())", ASYNCPG),
        ("async with asyncio.TaskGroup() as x: use(x)", "asyncio.TaskGroup"),
        ("x = connection.cursor(); use(x)", "django.db.backends.utils.CursorWrapper"),
        # What is awaited or entered is not what is not.
        ("x = asyncio.create_subprocess_exec('x'); use(x)", None),
        ("with asyncio.create_subprocess_exec('x') as x: use(x)", None),
        ("async with asyncio.Semaphore() as x: use(x)", None),
        ("async with unknown() as x: use(x)", None),
        ("use(await asyncio.sleep(1))", None),
        ("use(await httpx.AsyncClient())", None),
    ],
)
def test_awaited(text: str, expected: str | None) -> None:
    assert type_in(f"{ASYNC_HEAD}async def f():\n    {text}\n") == expected
