"""What project rules see of one file: its module, and the answers of the index about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from antipatterns.finding import Hop
from antipatterns.knowledge.methods import CONSTRUCTORS

if TYPE_CHECKING:
    from antipatterns.index.definitions import Module
    from antipatterns.index.project import BlockingCall, Project
    from antipatterns.settings import Settings


_LONGEST_CHAIN = 10


class ProjectFile:
    """A file under check in its project: the event that project rules visit."""

    def __init__(self, project: Project, module: Module) -> None:
        self.project = project
        self.module = module
        self._blocking: list[BlockingCall] | None = None

    def blocking_calls(self, settings: Settings) -> list[BlockingCall]:
        """The calls in loop code that block, at once or through functions."""
        if self._blocking is None:
            self._blocking = list(self.project.find_blocking_calls(self.module, settings))
        return self._blocking

    def describe(self, found: BlockingCall) -> str:
        """The chain of a finding on one line: ``helper() → open() [package/module.py:18]``."""
        if not found.hops:
            return f"{found.sink.name.removeprefix('builtins.')}()"
        names = [hop.callee for hop in found.hops[:-1]]
        steps = [self._short(name) for name in names]
        steps.append(found.sink.name.removeprefix("builtins."))
        last = found.hops[-1]
        calls = [f"{step}()" for step in steps]
        if len(calls) > _LONGEST_CHAIN:
            left_out = len(calls) - _LONGEST_CHAIN + 1
            calls[_LONGEST_CHAIN // 2 : -_LONGEST_CHAIN // 2 + 1] = [f"… {left_out} more …"]
        return " → ".join(calls) + f" [{last.module.import_path}:{last.line}]"

    @staticmethod
    def _short(name: str) -> str:
        """A function by its own name, a constructor by that of the class."""
        parts = name.split(".")
        if parts[-1] in (*CONSTRUCTORS, "__call__") and len(parts) > 1:
            return parts[-2]
        return parts[-1]

    def hops_of(self, found: BlockingCall) -> tuple[Hop, ...]:
        """Every call on the way, from the one in loop code to the one that blocks."""
        return tuple(Hop(self.shown_path(hop.module), hop.line, hop.function, hop.callee) for hop in found.hops)

    @classmethod
    def shown_path(cls, module: Module) -> str:
        """The path of a file of the project from the working directory; in a package, from where it is imported."""
        return cls.shown(module.path) if module.is_own else module.import_path

    @staticmethod
    def shown(path: str) -> str:
        """An absolute path from the working directory, if it lies below."""
        cwd = os.getcwd()  # noqa: PTH109 - as texts
        return (path[len(cwd) + 1 :] if path.startswith(cwd + os.sep) else path).replace(os.sep, "/")
