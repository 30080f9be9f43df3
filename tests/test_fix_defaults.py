"""The fixer of mutable defaults: goldens, annotations by the project's Python, and calls that give what they gave."""

from __future__ import annotations

import ast
import asyncio
import copy
import inspect
from typing import TYPE_CHECKING, Any

import pytest
from fix_goldens import fix, fix_text
from hypothesis import given
from hypothesis import strategies as st

from antipatterns.project.python_version import lowest_python

if TYPE_CHECKING:
    from pathlib import Path


# --- Safety -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "def f(a=[]):\n    return a\n",
        "def f(a=[]):\n    print(*a)\n    g(a)\n",
        "def f(a=[]):\n    for b in a:\n        g(a)\n",
        "def f(a: list = []):\n    g(a)\n",
        "def f(a=[]):\n    if a:\n        print(a[0])\n",
        "def f(a=[]):\n    if n:\n        f(a)\n",
        "def f(self, a=[]):\n    self.a = a\n",
    ],
)
def test_safe(text: str) -> None:
    fixed = fix_text(text, "AP301", unsafe=False)
    assert "a=None" in fixed or "a: list | None = None" in fixed


@pytest.mark.parametrize(
    "text",
    [
        "def f(a=[]):\n    g(a)\n",
        "def f(env={}):\n    return run('x', env=env)\n",
        "def f(a=[]):\n    return join((a, 1))\n",
        "def f(a=[]):\n    if a:\n        for b in a:\n            g(a)\n",
        "def f(a=['x']):\n    if a:\n        print(*a)\n",
        "def f(a=['x']):\n    return not a or len(a)\n",
    ],
)
def test_unsafe_where_none_may_be_passed_on_purpose(text: str) -> None:
    assert fix_text(text, "AP301", unsafe=False) == text
    assert fix_text(text, "AP301") != text


# --- Annotations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "lowest"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.8"', (3, 8)),
        ("pyproject.toml", '[project]\nrequires-python = ">= 3.11, <4, !=3.12.1"', (3, 11)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.9"', (3, 9)),
        ("pyproject.toml", "[project]\nrequires-python = 3", None),
        ("pyproject.toml", "project = 3", None),
        ("pyproject.toml", "[project", None),
        ("setup.cfg", "[options]\npython_requires = >=3.7", (3, 7)),
        ("setup.py", 'setup(python_requires="~=3.12.1")', (3, 12)),
    ],
)
def test_lowest_python(name: str, text: str, lowest: tuple[int, int] | None, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert lowest_python(tmp_path / "package" / "module.py") == lowest


BODY = "\n\ndef f(a: list[int] = [], b: 'dict' = {}):\n    return a, b\n"
GUARDS = "    if a is None:\n        a = []\n    if b is None:\n        b = {}\n    return a, b\n"


@pytest.mark.parametrize(
    ("head", "new_head", "optional"),
    [
        ("from typing import Optional", "from typing import Optional", "Optional"),
        ("from typing import Any, Tuple", "from typing import Any, Optional, Tuple", "Optional"),
        ("import typing as t", "import typing as t", "t.Optional"),
        ("import os", "import os\nfrom typing import Optional", "Optional"),
        (
            "from typing import (\n    Any,\n    Tuple,\n)",
            "from typing import (\n    Any,\n    Optional,\n    Tuple,\n)",
            "Optional",
        ),
    ],
)
def test_optional_for_an_older_python(head: str, new_head: str, optional: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.9"\n', encoding="utf-8")
    header = f"\n\ndef f(a: {optional}[list[int]] = None, b: '{optional}[dict]' = None):\n"
    assert fix_text(head + BODY, "AP301", path=tmp_path / "x.py") == new_head + header + GUARDS


def test_operator_where_annotations_are_postponed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.9"\n', encoding="utf-8")
    text = f"from __future__ import annotations{BODY}"
    assert "a: list[int] | None = None, b: 'dict | None' = None" in fix_text(text, "AP301", path=tmp_path / "x.py")


def test_refused_where_optional_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.9"\n', encoding="utf-8")
    result = fix(f"Optional = 1{BODY}".encode(), "AP301", path=tmp_path / "x.py")
    assert [refused.reason for refused in result.refused] == ["the name Optional means something else here"] * 2


@pytest.mark.parametrize("name", ["a.pyi"])
def test_stubs_keep_their_shape(name: str, tmp_path: Path) -> None:
    assert fix(b"def f(a=[]): ...\n", "AP301", path=tmp_path / name).content is None


@pytest.mark.parametrize(
    ("python", "kind"), [(">=3.9", "ClassVar[list[str]]"), (">=3.8", "ClassVar[list]"), (">=2.7", None)]
)
def test_class_attributes_for_an_older_python(python: str, kind: str | None, tmp_path: Path) -> None:
    """A subscript of a builtin is evaluated when the class is made, and an annotation is an error before 3.6."""
    (tmp_path / "pyproject.toml").write_text(f'[project]\nrequires-python = "{python}"\n', encoding="utf-8")
    text = "class A:\n    x = ['a']\n\n    def f(self): ...\n"
    result = fix(text.encode(), "AP304", path=tmp_path / "x.py")
    assert (result.content is None) is (kind is None)
    assert kind is None or f"x: {kind} = ['a']" in (result.content or b"").decode()


# --- Programs -----------------------------------------------------------------------------------------------

DEFAULTS = [
    *("[]", "{}", "set()", "[1, 2]", "{'a': [1]}", "{1, 2}", "dict(a=1)", "list('ab')", "[i * 2 for i in range(3)]"),
    *(
        "(\n        [])",
        "[\n        1,  # one\n        2,\n    ]",
        "{\n\t'a': 1}",
        '["""a\nb"""]',
        "bytearray(b'é')"[:0] + "[()]",
    ),
]
USES = [
    *(
        "result = list({0})",
        "result = [*{0}]",
        "result = {0}",
        "{0}.__len__(); result = {0}",
        "result = ({0} or 'nothing')",
    ),
    *("result = len({0})", "result = str({0})", "def inner():\n{1}{1}return {0}\n{1}result = inner()"),
    "result = [x for x in {0}]",
]
DOCSTRINGS = ["", "", '"""Doc."""\n', "'''Doc.\n\nMore.\n'''\n\n", "# comment\n", '"""Doc."""; x = 1\n']


@st.composite
def functions(draw: st.DrawFn) -> str:
    """A function with mutable defaults that returns what its body makes of its arguments."""
    indent = draw(st.sampled_from(["\t", "  ", "    "]))
    names = ["a", "b", "ç"][: draw(st.integers(1, 3))]
    defaults = [draw(st.sampled_from(DEFAULTS)) for _ in names]
    parameters = [
        f"{name}{draw(st.sampled_from(['=', ' = ']))}{value}" for name, value in zip(names, defaults, strict=True)
    ]
    if draw(st.booleans()):
        parameters.insert(draw(st.integers(0, len(parameters))), "*")
        if parameters[-1] == "*":
            parameters.append("z=None")
    kind = draw(st.sampled_from(["def", "def", "async def"]))
    joint = draw(st.sampled_from([", ", ",", ",\n        ", ",  # comment\n        "]))
    header = f"{kind} run({joint.join(parameters)}):"
    if draw(st.booleans()):
        return f"{header} return ({', '.join(names)},)  # comment\n"
    docstring = draw(st.sampled_from(DOCSTRINGS))
    lines = [f"{indent}{docstring}" if docstring else ""]
    uses = [draw(st.sampled_from(USES)).format(name, indent) for name in names]
    lines += [f"{indent}{use}\n{indent}made_{name} = result\n" for name, use in zip(names, uses, strict=True)]
    made = ", ".join(f"made_{name}" for name in names)
    return f"{header}\n{''.join(lines)}{indent}return ({made},)\n"


def run(text: str, arguments: dict[str, Any]) -> str:
    """What the function of a program gives for arguments, as text."""
    names: dict[str, Any] = {}
    exec(compile(text, "program", "exec"), names)
    result = names["run"](**copy.deepcopy(arguments))
    return repr(asyncio.run(result) if inspect.iscoroutine(result) else result)


def parameters_of(text: str) -> list[str]:
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs) if argument.arg != "z"]


@given(functions(), st.lists(st.sampled_from([[], [7], {"k": 1}, {3}, ()]), min_size=3, max_size=3))
def test_calls_give_what_they_gave(text: str, values: list[Any]) -> None:
    result = fix(text.encode(), "AP301")
    assert (result.refused, result.left) == ((), ())
    assert result.content is not None
    fixed = result.content.decode()
    assert run(fixed, {}) == run(text, {})
    given_values = dict(zip(parameters_of(text), values, strict=False))
    assert run(fixed, given_values) == run(text, given_values)
    assert text.count("#") == fixed.count("#")
    assert fix(result.content, "AP301").content is None


@given(functions())
def test_defaults_are_shared_no_more(text: str) -> None:
    fixed = fix_text(text, "AP301")
    names: dict[str, Any] = {}
    exec(compile(fixed, "program", "exec"), names)
    defaults = inspect.signature(names["run"]).parameters.values()
    assert all(parameter.default is None for parameter in defaults)


def test_what_one_call_adds_the_next_does_not_find() -> None:
    fixed = fix_text("def run(item, basket=[]):\n    basket.append(item)\n    return basket\n", "AP301")
    names: dict[str, Any] = {}
    exec(fixed, names)
    assert (names["run"](1), names["run"](2), names["run"](3, [0])) == ([1], [2], [0, 3])
