"""Which expressions are loggers."""

from __future__ import annotations

import ast

import pytest

from antipatterns.file import File
from antipatterns.semantics.loggers import has_traceback, is_logger, way_to_log
from antipatterns.settings import Settings
from antipatterns.source import parse_source
from antipatterns.walk import walk

HEAD = """
import logging, structlog, unknown
import logging as l
from logging import getLogger, Logger
from loguru import logger as guru
from twisted.logger import Logger as Twisted
from celery.utils.log import get_task_logger
from .log import log as imported
LOG = logging.getLogger(__name__)
"""


def way_in(text: str) -> str | None:
    """How the argument of ``use(…)`` logs."""
    source = parse_source("a.py", (HEAD + text).encode())
    walked = walk(source.tree, frozenset([ast.Call]))
    file = File(source, Settings(), walked.module)
    (asked,) = [
        (node.args[0], file, scope)
        for node, scope in walked.matches
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "use"
    ]
    assert is_logger(*asked) == (way_to_log(*asked) is not None)
    return way_to_log(*asked)


@pytest.mark.parametrize(
    "text",
    [
        "use(logging)",
        "use(l)",
        "use(LOG)",
        "def f():\n use(LOG)",
        "use(logging.getLogger())",
        "use(LOG.getChild('x'))",
        "use(get_task_logger('x'))",
        "use(structlog.get_logger())",
        "use(structlog.get_logger().bind(a=1))",
        "use(guru)",
        "use(guru.bind(a=1))",
        "def f(log: Logger):\n use(log)",
        "def f(log: 'logging.Logger | None' = None):\n use(log)",
        "def f(log: structlog.stdlib.BoundLogger):\n use(log)",
        "def f(log: logging.LoggerAdapter[Logger]):\n use(log)",
        "class A:\n log = getLogger('x')\n def f(self):\n  use(self.log)",
        "class A:\n def __init__(self):\n  self.log = getLogger('x')\n def f(self):\n  use(self.log)",
        "class A:\n log: Logger\nclass B(A):\n def f(self):\n  use(self.log)",
    ],
)
def test_loggers(text: str) -> None:
    assert way_in(text) == "{logger}.exception({message})"


def test_loggers_of_another_kind() -> None:
    assert way_in("use(Twisted())") == "{logger}.failure({message})"


@pytest.mark.parametrize(
    "text",
    [
        "use(unknown)",
        "use(imported)",
        "use(unknown.logger)",
        "use(logging.handlers)",
        "def f(logging):\n use(logging)",
        "def f(LOG):\n use(LOG)",
        "LOG = unknown()\nuse(LOG)",
        "def f(log: unknown.Logger):\n use(log)",
        "class A:\n def f(self):\n  use(self.log)",
    ],
)
def test_no_loggers(text: str) -> None:
    assert way_in(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("log('x')", False),
        ("log('x', exc_info=True)", True),
        ("log('x', exc_info=error)", True),
        ("log('x', exc_info=False)", False),
        ("log('x', exc_info=None)", False),
        ("log('x', exc_info=0)", False),
        ("log('x', **options)", True),
        ("log('x', stack_info=True)", False),
    ],
)
def test_tracebacks(text: str, expected: bool) -> None:
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    assert has_traceback(call) == expected
