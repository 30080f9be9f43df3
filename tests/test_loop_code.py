"""Which files may hold code that runs on the loop: all others are not looked at by the rules about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from antipatterns.blocking.loop_code import may_hold_loop_code
from antipatterns.settings import Overrides, SettingsResolver
from antipatterns.source import parse_source
from antipatterns.walk import walk


def asks(text: str) -> bool:
    source = parse_source("m.py", text.encode())
    settings = SettingsResolver(isolated=True, overrides=Overrides({"loop-decorators": ["shop.loops.on_loop"]}))
    module = walk(source.tree, frozenset()).module
    return may_hold_loop_code(source, module, settings.settings_for(Path("m.py")))


@pytest.mark.parametrize(
    "text",
    [
        "async def f(): ...",
        "class C:\n    async def f(self): ...",
        "def f():\n    async def g(): ...",
        "def f[T](x: T):\n    async def g(): ..." if hasattr(__import__("ast"), "TypeAlias") else "async def f(): ...",
        "from homeassistant.core import callback\n@callback\ndef f(): ...",
        "from homeassistant.core import callback as on_loop\n@on_loop\ndef f(): ...",
        "from homeassistant import core\n@core.callback\ndef f(): ...",
        "from .core import *\n@callback\ndef f(): ...",
        "from shop.loops import on_loop as soon\n@soon\ndef f(): ...",
        "import shop\n@shop.loops.on_loop()\ndef f(): ...",
        "class C(Base):\n    def data_received(self, data): ...",
        "class C(Base[int]):\n    @property\n    def state(self): ...",
        "def f(loop):\n    loop.call_soon(g)",
        "def f(task):\n    task.add_done_callback(g)",
        "from sanic import Sanic\n@app.get('/')\ndef f(request): ...",
        "from litestar import get\n@get('/', sync_to_thread=False)\ndef f(): ...",
        "from mcp.server.fastmcp import FastMCP\n@server.tool()\ndef f(): ...",
        "from textual.app import App\nclass C(App):\n    def on_mount(self): ...",
    ],
)
def test_files_that_may(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def f(callback): callback()",
        "import asyncio\nasyncio.run(f())",
        "from other import later\n@later\ndef f(): ...",
        "@app.route('/')\ndef state(): ...",
        "class C:\n    def data_received(self, data): ...",
        "class Handler(Base):\n    def close(self): ...",
        "def asynchronous(): 'async def in a text'",
    ],
)
def test_files_that_surely_do_not(text: str) -> None:
    assert not asks(text)


def test_what_a_stub_holds_never_runs() -> None:
    source = parse_source("m.pyi", b"async def f(): ...")
    settings = SettingsResolver(isolated=True).settings_for(Path("m.pyi"))
    assert not may_hold_loop_code(source, walk(source.tree, frozenset()).module, settings)
