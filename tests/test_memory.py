"""What a check leaves behind: the tree of a file goes with it, and does not wait for the garbage collector."""

from __future__ import annotations

import ast
import gc
from pathlib import Path

from antipatterns.check import View, check_bytes
from antipatterns.settings import SettingsResolver

TEXT = b"""
import logging
from shop import base


class Order(base.Model):
    lines: list = []

    async def total(self, rates, limit=None):
        with open(self.path) as file:
            found = [rates.of(line)[0].value for line in self.lines]
        try:
            return sum(found) + self.tax.rate
        except Exception:
            logging.error("no")
            return None
"""


def test_no_circle_holds_the_tree() -> None:
    """Of a file among many: trees that stay until somebody collects them cost as much as all rules together."""
    settings = SettingsResolver(isolated=True).settings_in(Path())
    check_bytes("a.py", TEXT, settings, None, View.FACTS)  # loads what is needed
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        check_bytes("a.py", TEXT, settings, None, View.FACTS)
        gc.collect()
        assert [found for found in gc.garbage if isinstance(found, ast.AST)] == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
