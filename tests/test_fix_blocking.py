"""AP101's fixer: what it writes, when it refuses, and that files are read and written as before."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from antipatterns.fix.plan import FileResult, Wish, fix_content
from antipatterns.settings import Overrides, SettingsResolver

SETTINGS = SettingsResolver(
    isolated=True,
    overrides=Overrides(
        {"select": ["AP101"], "blocking-categories": ["sleep", "file", "stat", "subprocess", "http", "database"]}
    ),
).settings_in(Path())
HEAD = "import asyncio\nimport os\nimport time\n"


def fix(text: str, *, unsafe: bool = True) -> FileResult:
    return fix_content("a.py", text.encode(), SETTINGS, Wish(frozenset({"AP101"}), unsafe))


def fixed(text: str, *, unsafe: bool = True) -> str:
    result = fix(text, unsafe=unsafe)
    reasons = [one.reason for one in result.refused if not one.reason.startswith("a loop")]  # what is no call at all
    assert not reasons
    assert not result.left
    assert result.content is not None
    return result.content.decode()


def body(*statements: str, head: str = HEAD, signature: str = "async def f(x: str):") -> str:
    return head + "\n\n" + signature + "\n" + "".join(f"    {line}\n" for line in statements)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("time.sleep(1)", "await asyncio.sleep(1)"),
        ("time.sleep(*x)", "await asyncio.sleep(*x)"),
        ("await time.sleep(1)", "await asyncio.sleep(1)"),
        ("await (time.sleep(1))", "await (asyncio.sleep(1))"),
        ("(time).sleep(1)", "await asyncio.sleep(1)"),
        ("os.system(x)", "await asyncio.to_thread(os.system, x)"),
        ("os.system(command=x)", "await asyncio.to_thread(os.system, command=x)"),
        ("os.system(*x, **x)", "await asyncio.to_thread(os.system, *x, **x)"),
        ("os.system(os.path.join(x, 'y'),)", "await asyncio.to_thread(os.system, os.path.join(x, 'y'),)"),
        ("os.system(i for i in x)", "await asyncio.to_thread(os.system, (i for i in x))"),
        ("os.system(y := x)", "await asyncio.to_thread(os.system, y := x)"),
        ("os.getcwd()", "await asyncio.to_thread(os.getcwd)"),
        ("open(x).readlines()", "await asyncio.to_thread(lambda: open(x).readlines())"),
        (
            "y = open(x, 'rb').readline().decode()",
            "y = (await asyncio.to_thread(lambda: open(x, 'rb').readline())).decode()",
        ),
        ("open(x).name", "(await asyncio.to_thread(open, x)).name"),
        ("os.stat(x)[0]", "(await asyncio.to_thread(os.stat, x))[0]"),
        ("os.stat(x)()", "(await asyncio.to_thread(os.stat, x))()"),
        ("y = x if os.stat(x)else x", "y = x if (await asyncio.to_thread(os.stat, x))else x"),
        ("return[os.stat(i)for i in x]", "return[(await asyncio.to_thread(os.stat, i))for i in x]"),
        ("y = -os.stat(x) ** 2", "y = -await asyncio.to_thread(os.stat, x) ** 2"),
    ],
)
def test_rewrites(before: str, after: str) -> None:
    assert fixed(body(before)).endswith(f"\n    {after}\n")


@pytest.mark.parametrize(
    ("marker", "thread"), [("anyio", "anyio.to_thread.run_sync"), ("asyncio", "asyncio.to_thread")]
)
def test_the_markers_of_tests_name_the_framework(marker: str, thread: str) -> None:
    """httpx 0.28.1: tests that run on trio too, as pytest.mark.anyio says, got asyncio.to_thread."""
    text = f"import os\nimport pytest\n\n\n@pytest.mark.{marker}\nasync def test_f(x):\n    os.system(x)\n"
    assert f"    await {thread}(os.system, x)\n" in fixed(text)


@pytest.mark.parametrize(
    ("package", "thread"), [("anyio", "anyio.to_thread.run_sync"), ("anyio_extras", "asyncio.to_thread")]
)
def test_the_files_of_a_framework_use_its_own(package: str, thread: str, tmp_path: Path) -> None:
    """anyio 4.7.0: functions of its core, which also run on trio, got asyncio.to_thread."""
    folder = tmp_path / "src" / package / "_core"
    folder.mkdir(parents=True)
    for path in (folder, folder.parent):
        (path / "__init__.py").touch()
    text = "import os\n\nfrom ._eventloop import sleep\n\n\nasync def f(x):\n    os.system(x)\n"
    result = fix_content(str(folder / "_sockets.py"), text.encode(), SETTINGS, Wish(frozenset({"AP101"}), unsafe=True))
    assert result.content is not None
    assert f"    await {thread}(os.system, x)\n" in result.content.decode()


@pytest.mark.parametrize(
    ("imports", "added", "sleep", "thread"),
    [
        ("import asyncio\n", "", "asyncio.sleep(1)", "asyncio.to_thread(os.system, x)"),
        ("import asyncio as aio\n", "", "aio.sleep(1)", "aio.to_thread(os.system, x)"),
        ("from asyncio import sleep, to_thread\n", "", "sleep(1)", "to_thread(os.system, x)"),
        ("from asyncio import sleep as nap\n", "import asyncio\n", "nap(1)", "asyncio.to_thread(os.system, x)"),
        ("import anyio\n", "", "anyio.sleep(1)", "anyio.to_thread.run_sync(os.system, x)"),
        ("import anyio as io\n", "", "io.sleep(1)", "io.to_thread.run_sync(os.system, x)"),
        ("from anyio import to_thread, sleep\n", "", "sleep(1)", "to_thread.run_sync(os.system, x)"),
        ("from anyio.to_thread import run_sync\n", "import anyio\n", "anyio.sleep(1)", "run_sync(os.system, x)"),
        ("import trio\n", "", "trio.sleep(1)", "trio.to_thread.run_sync(os.system, x)"),
        ("import trio.testing\n", "", "trio.sleep(1)", "trio.to_thread.run_sync(os.system, x)"),
    ],
)
def test_words_of_the_file(imports: str, added: str, sleep: str, thread: str) -> None:
    head = f"{imports}import os\nimport time\n"
    new = fixed(body("time.sleep(1)", "os.system(x)", head=head))
    assert new.endswith(f"    await {sleep}\n    await {thread}\n")
    lines = new.partition("async def")[0].split("\n")
    assert sorted(filter(None, lines)) == sorted((head + added).splitlines())


def test_frameworks_without_keyword_arguments_get_a_partial() -> None:
    head = "import os\nimport trio\n"
    assert fixed(body("os.system(command=x)", "os.mkdir(x, **{})", head=head)) == body(
        "await trio.to_thread.run_sync(functools.partial(os.system, command=x))",
        "await trio.to_thread.run_sync(functools.partial(os.mkdir, x, **{}))",
        head="import functools\n" + head,
    )


def test_local_imports_are_used_behind_them() -> None:
    assert fixed(body("import asyncio", "time.sleep(1)", head="import time\n")).endswith(
        "    import asyncio\n    await asyncio.sleep(1)\n"
    )
    (refused,) = fix(body("time.sleep(1)", "import asyncio", head="import time\n")).refused
    assert refused.reason == "the name of the asynchronous library means something else here"


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (["return (os.stat(i) for i in x)"], "await would make an asynchronous generator"),
        (["return sum(i for i in x if os.stat(i))"], "await would make an asynchronous generator"),
        (["return (i for i in x for j in os.listdir(i))"], "await would make an asynchronous generator"),
        (["await asyncio.to_thread(print, os.stat(x))"], "it is an argument of asyncio.to_thread()"),
        (["asyncio = 1", "time.sleep(1)"], "the name of the asynchronous library means something else here"),
        (["time.sleep(secs=1)"], "time.sleep takes no keyword arguments"),
        (["import sqlite3", "sqlite3.connect(x)"], "sqlite3.connect() belongs to the thread it is used in"),
        (["import threading", "with threading.Lock():", "    time.sleep(1)"], "a lock of another thread is held"),
        (["with self._lock:", "    os.system(x)"], "a lock of another thread is held"),
        (["with x.get_lock():", "    os.system(x)"], "a lock of another thread is held"),
        (["(", "time  # why", ".sleep(1))"], "a comment would be lost"),
        (["class A:", "    y: os.stat(x) = 1"], ""),
    ],
)
def test_refusals(statements: list[str], reason: str) -> None:
    text = body(*statements)
    result = fix(text)
    assert (result.content is None) or not reason
    assert [item.reason.startswith(reason) for item in result.refused] == ([True] if reason else [])


def test_first_iterable_of_a_generator_is_evaluated_at_once() -> None:
    assert fixed(body("return sum(i for i in os.listdir(x))")).endswith(
        "    return sum(i for i in await asyncio.to_thread(os.listdir, x))\n"
    )


@pytest.mark.parametrize("name", ["block", "clock", "x.blocker", "asyncio.timeout(1)"])
def test_what_only_looks_like_a_lock_is_none(name: str) -> None:
    assert not fix(body(f"with {name}:", "    os.system(x)")).refused


def test_sleep_is_safe_but_not_inside_of_with() -> None:
    text = body("time.sleep(1)", "with x:", "    time.sleep(2)", "async with x:", "    time.sleep(3)")
    result = fix(text, unsafe=False)
    assert [finding.line for finding in result.fixed] == [7, 11]
    assert [finding.line for finding in result.left] == [9]
    assert fixed(text).count("await asyncio.sleep(") == 3


@pytest.mark.parametrize(
    "statements",
    [
        ["def g():", "    time.sleep(1)"],
        ["lambda: time.sleep(1)"],
        ["class A:", "    time.sleep(1)"],
        ["await asyncio.to_thread(time.sleep, 1)"],
        ["await asyncio.to_thread(lambda: open(x).read())"],
    ],
)
def test_what_does_not_run_on_the_loop_stays(statements: list[str]) -> None:
    assert fix(body(*statements)) == FileResult("a.py")


def test_shadowed_names_are_not_the_library() -> None:
    assert fix(body("time.sleep(1)", signature="async def f(x, time):")) == FileResult("a.py")
    assert fix(body("sleep(1)", head="from time import sleep\nfrom x import sleep\n")) == FileResult("a.py")


def test_tests_go_into_no_thread() -> None:
    """uvicorn 0.34.0 and anyio 4.7.0: no author wants ``await to_thread(Config, …)`` all over the tests."""
    wish = Wish(frozenset({"AP101", "AP102"}), unsafe=True)
    settings = SettingsResolver(isolated=True).settings_in(Path())
    text = body("os.system(x)", "helper()", "time.sleep(1)") + "\n\ndef helper():\n    os.system('x')\n"
    result = fix_content("tests/test_a.py", text.encode(), settings, wish)
    assert {refused.reason for refused in result.refused} == {"a test holds up nobody but itself"}
    assert [(fixed.code, fixed.line) for fixed in result.fixed] == [("AP101", 9)]


def test_a_comment_that_names_the_call_keeps_it() -> None:
    """aiohttp 3.11.11, tests/test_client_functional.py."""
    (refused,) = fix(body("# time.sleep is a harder case than asyncio.sleep", "# here", "time.sleep(1)")).refused
    assert refused.reason == "the comment above speaks of it: perhaps it blocks on purpose"
    assert "await asyncio.sleep(1)" in fixed(body("# time.sleep", "x = 1", "# wait", "time.sleep(1)"))


# --- Blocks around files, run for real -----------------------------------------------------------------------

BLOCKS = {
    "read": ("with open(x) as file:\n    return file.read()", "return await asyncio.to_thread(Path(x).read_text)"),
    "read bytes": (
        "with open(x, 'rb') as file:\n    data = file.read()\nreturn data",
        "data = await asyncio.to_thread(Path(x).read_bytes)\nreturn data",
    ),
    "encoding": (
        "with open(x, mode='r', encoding='latin-1', errors='strict') as file:\n    return file.read()",
        "return await asyncio.to_thread(Path(x).read_text, encoding='latin-1', errors='strict')",
    ),
    "write": (
        "with open(x, 'w') as file:\n    file.write('ä')",
        "await asyncio.to_thread(Path(x).write_text, 'ä')",
    ),
    "write bytes": (
        "with open(x, 'wb') as file:\n    file.write(b'new')",
        "await asyncio.to_thread(Path(x).write_bytes, b'new')",
    ),
    "annotated": (
        "with open(x) as file:\n    data: str = file.read()\nreturn data",
        "data: str = await asyncio.to_thread(Path(x).read_text)\nreturn data",
    ),
    "path": (
        "y = Path(x)\nwith y.open() as file:\n    return file.read()",
        "y = Path(x)\nreturn await asyncio.to_thread(y.read_text)",
    ),
    "one of several": (
        "with open(x) as file:\n    a = file.read()\nwith open(x, 'rb') as file:\n    return a, file.readline()",
        (
            "a = await asyncio.to_thread(Path(x).read_text)\nwith await asyncio.to_thread(open, x, 'rb') as file:\n"
            "    return a, await asyncio.to_thread(file.readline)"
        ),
    ),
    "comments": (
        "with open(x) as file:  # head\n    # above\n    data = file.read()  # behind\nreturn data",
        "# head\n# above\ndata = await asyncio.to_thread(Path(x).read_text)  # behind\nreturn data",
    ),
    "comment in the header": (
        "with open(  # here\n    x\n) as file:\n    return file.read()",
        (
            "with await asyncio.to_thread(  # here\n    open,\n    x\n) as file:\n"
            "    return await asyncio.to_thread(file.read)"
        ),
    ),
    "used behind": (
        "with open(x) as file:\n    data = file.read()\nreturn data, file.closed",
        (
            "with await asyncio.to_thread(open, x) as file:\n    data = await asyncio.to_thread(file.read)\n"
            "return data, file.closed"
        ),
    ),
    "two at once": (
        "with open(x) as a, open(x, 'rb') as b:\n    return a.read(), b.read()",
        (
            "with await asyncio.to_thread(open, x) as a, await asyncio.to_thread(open, x, 'rb') as b:\n"
            "    return await asyncio.to_thread(a.read), await asyncio.to_thread(b.read)"
        ),
    ),
    "append": (
        "with open(x, 'a') as file:\n    file.write('more')",
        "with await asyncio.to_thread(open, x, 'a') as file:\n    await asyncio.to_thread(file.write, 'more')",
    ),
    "newlines": (
        "with open(x, newline='') as file:\n    return file.read()",
        "with await asyncio.to_thread(open, x, newline='') as file:\n    return await asyncio.to_thread(file.read)",
    ),
    "a part": (
        "with open(x) as file:\n    return file.read(3)",
        "with await asyncio.to_thread(open, x) as file:\n    return await asyncio.to_thread(file.read, 3)",
    ),
    "one line": (
        "with open(x) as file: return file.read()",
        "with await asyncio.to_thread(open, x) as file: return await asyncio.to_thread(file.read)",
    ),
    "loop": (
        "with open(x) as file:\n    return [line for line in file]",
        "with await asyncio.to_thread(open, x) as file:\n    return [line for line in file]",
    ),
    "read in an expression": (
        "with open(x, 'rb') as file:\n    return len(file.read()), 1",
        "return len(await asyncio.to_thread(Path(x).read_bytes)), 1",
    ),
    "read with something behind it": (
        "with open(x) as file:\n    return file.read().strip()[0]",
        "return (await asyncio.to_thread(Path(x).read_text)).strip()[0]",
    ),
    "read for an assertion": (
        "with open(x, 'rb') as file:\n    assert x != (file.read()[:2])",
        "assert x != ((await asyncio.to_thread(Path(x).read_bytes))[:2])",
    ),
    "read later": (
        "with open(x) as file:\n    return (lambda: file.read())()",
        "with await asyncio.to_thread(open, x) as file:\n    return (lambda: file.read())()",
    ),
    "read perhaps": (
        "with open(x) as file:\n    return x and file.read()",
        "with await asyncio.to_thread(open, x) as file:\n    return x and await asyncio.to_thread(file.read)",
    ),
    "read in a text": (
        "with open(x) as file:\n    return f'{file.read()}'",
        "with await asyncio.to_thread(open, x) as file:\n    return f'{await asyncio.to_thread(file.read)}'",
    ),
    "read and added": (
        "with open(x) as file:\n    x += file.read()\nreturn x",
        "with await asyncio.to_thread(open, x) as file:\n    x += await asyncio.to_thread(file.read)\nreturn x",
    ),
    "written and counted": (
        "with open(x, 'w') as file:\n    return file.write('text')",
        "with await asyncio.to_thread(open, x, 'w') as file:\n    return await asyncio.to_thread(file.write, 'text')",
    ),
    "chain": ("return open(x).read()", "return await asyncio.to_thread(Path(x).read_text)"),
    "chain of writing": (
        "return open(x, 'w').write('text')",
        "return await asyncio.to_thread(Path(x).write_text, 'text')",
    ),
    "long chain": (
        "return open(x, 'rb').read().decode('latin-1').upper()",
        "return (await asyncio.to_thread(Path(x).read_bytes)).decode('latin-1').upper()",
    ),
    "chain of lines": (
        "return open(x).readlines()[0]",
        "return (await asyncio.to_thread(lambda: open(x).readlines()))[0]",
    ),
    "nested": (
        "return len(open(open(x).readline() and x).read())",
        (
            "return len(await asyncio.to_thread((await asyncio.to_thread(open, "
            "await asyncio.to_thread(lambda: open(x).readline()) and x)).read))"
        ),
    ),
}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("before", "after"), BLOCKS.values(), ids=BLOCKS)
def test_blocks_of_files(before: str, after: str, tmp_path: Path) -> None:
    head = "import asyncio\nfrom pathlib import Path\n"
    text = body(*before.split("\n"), head=head)
    new = fixed(text)
    assert new == body(*after.split("\n"), head=head)
    assert outcome(text, tmp_path) == outcome(new, tmp_path)


def outcome(text: str, folder: Path) -> Any:
    names: dict[str, Any] = {}
    exec(compile(text, "program", "exec"), names)
    path = folder / "file"
    path.write_bytes(b"\xc3\xa4b\r\nc\n")
    return asyncio.run(names["f"](str(path))), path.read_bytes()


def test_paths_need_to_be_known() -> None:
    """What ``Path`` does not take: a descriptor, bytes."""
    new = fixed(body("with open(x) as file:", "    return file.read()", signature="async def f(x):"))
    assert "Path" not in new
    assert "with await asyncio.to_thread(open, x) as file:" in new
    for path in ("path", "file_path", "self.filename", "CACHE_PATH", "parts['fname']"):
        lines = f"with open({path}) as file:", "    return file.read()"
        assert f"Path({path}).read_text" in fixed(body(*lines, signature="async def f(parts, path, file_path):"))
    for other in ("profile", "pathology", "paths[0]", "parts['fd']", "get_path()"):
        lines = f"with open({other}) as file:", "    return file.read()"
        assert "Path(" not in fixed(body(*lines, signature="async def f(parts, paths, profile):"))


def test_path_is_imported_where_it_is_not() -> None:
    new = fixed("import asyncio\n\n\nasync def f():\n    return open('x').read()\n")
    assert new.startswith("import asyncio\nfrom pathlib import Path\n\n\n")
    taken = fixed("import asyncio\nPath = 1\n\n\nasync def f():\n    return open('x').read()\n")
    assert "lambda: open('x').read()" in taken
