"""Makes programs that use names in every way, runs them, and cuts every possible block out of them."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import random
from types import FunctionType
from typing import TYPE_CHECKING, Any

from antipatterns.extraction.blocks import Block, BlockSearch, _Run
from antipatterns.extraction.cut import cut_out
from antipatterns.extraction.judge import Judge, Sets
from antipatterns.extraction.plan import Plan
from antipatterns.extraction.shape import shape_of
from antipatterns.semantics.lines_of_code import lines_of_code
from antipatterns.source import parse_source
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = "abcdxyz"


class Program:
    """A random function ``subject`` of one of four kinds: plain, generator, async, method."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.kind = self.random.choice(("plain", "plain", "generator", "async", "method"))
        self.tags = 0
        self.has_nonlocal = False

    def text(self) -> str:
        """The source: globals that log what happens, and the function."""
        head = {"async": "async def subject(a, b, *c)", "method": "    def subject(self, a, b, *c)"}
        indent = 1 if self.kind == "method" else 0
        lines = ["class Owner:"] if indent else []
        lines.append(f"{head.get(self.kind, 'def subject(a, b, *c)')}:")
        lines += [
            "    " * (indent + 1) + f"{name} = {number}"
            for number, name in enumerate(_NAMES[3:])
            if self.random.random() < 0.94
        ]
        lines += self.suite(indent + 1, 3, in_loop=False, size=self.random.randint(4, 8))
        if self.kind == "generator":
            lines.append("    " * (indent + 1) + "yield 9")
        return "\n".join(lines) + "\n"

    def suite(self, indent: int, depth: int, *, in_loop: bool, size: int | None = None) -> list[str]:
        """The lines of a block."""
        lines: list[str] = []
        for _ in range(size or self.random.choice((1, 1, 2, 2, 3))):
            lines += self.statement(depth, in_loop=in_loop)
        return ["    " * indent + line for line in lines]

    def statement(self, depth: int, *, in_loop: bool) -> list[str]:
        makers: list[Callable[..., list[str]]] = [self.simple] * (20 - 5 * depth)
        if depth > 0:
            makers += [self.branch, self.branch, self.loop, self.counted, self.attempt, self.attempt]
            makers += [self.within, self.choice, self.nested, self.nested]
        makers += [self.leave] * (depth < 3)
        return self.random.choice(makers)(depth, in_loop)

    def tag(self) -> int:
        self.tags += 1
        return self.tags

    def name(self) -> str:
        return self.random.choice(_NAMES)

    def value(self, depth: int = 2) -> str:
        """An expression."""
        kinds = [
            self.name,
            lambda: str(self.random.randint(0, 3)),
            lambda: f"see({self.tag()}, {self.value(depth - 1)}, {self.name()})",
            lambda: f"({self.name()} := {self.value(depth - 1)})",
            lambda: f"[{self.name()} for {self.name()} in span({self.name()})]",
            lambda: f"sum({self.name()} for {self.name()} in span({self.name()}))",
            lambda: f"keep(lambda: ({self.name()}, {self.name()}))",
            lambda: f"keep(({self.name()} for y in span(2)))",
            lambda: f"({self.value(depth - 1)} and {self.value(depth - 1)})",
            lambda: f"({self.value(depth - 1)} or {self.value(depth - 1)})",
            lambda: f"({self.value(depth - 1)} if test({self.tag()}) else {self.value(depth - 1)})",
            lambda: "len([1 for q in span(2) if (x := q)])",
            lambda: f"call({self.name()})",
            lambda: f"call(lambda {self.name()}={self.name()}: ({self.name()}, {self.name()}))",
            lambda: f"[call(lambda: {self.name()}) for {self.name()} in span({self.name()})]",
        ]
        if self.kind == "async":
            kinds += [lambda: f"(await later({self.tag()}, {self.name()}))"] * 3
        if self.kind == "generator":
            kinds += [lambda: f"(yield {self.name()})"]
        if self.kind == "method":
            kinds += [lambda: f"self.meet({self.value(depth - 1)})"] * 2
        return self.random.choice(kinds[:2] if depth <= 0 else kinds)()

    def simple(self, _depth: int, _in_loop: bool) -> list[str]:
        name, other = self.name(), self.name()
        return [
            self.random.choice(
                (
                    *[f"{name} = {self.value()}"] * 9,
                    f"{name} = {other} = {self.value()}",
                    f"{name}, {other} = see({self.tag()}, 1, 0), {self.value()}",
                    f"{name} += see({self.tag()}, 1, {other})",
                    f"see({self.tag()}, {name}, {other})",
                    f"{self.value()}",
                    f"del {name}",
                    f"{name}: int = {self.value()}",
                    f"{name}: int",
                    f"import math as {name}",
                    f"{name} = {self.value()}; {other} = {self.value()}",
                    f"assert see({self.tag()}, {name}, 0) is not test",
                    "pass",
                )
            )
        ]

    def leave(self, _depth: int, in_loop: bool) -> list[str]:
        ways = [f"raise OopsError({self.value()})", "raise"]
        ways += ["return"] * 2 if self.kind == "generator" else [f"return {self.value()}", "return"]
        if in_loop:
            ways += ["break", "continue"] * 3
        way = self.random.choice(ways)
        return [way] if self.random.random() < 0.1 else [f"if test({self.tag()}):", f"    {way}"]

    def condition(self) -> str:
        return self.random.choice(
            (f"test({self.tag()})", self.value(), f"test({self.tag()}) and ({self.name()} := {self.value()})")
        )

    def branch(self, depth: int, in_loop: bool) -> list[str]:
        lines = [f"if {self.condition()}:", *self.suite(1, depth - 1, in_loop=in_loop)]
        if self.random.random() < 0.3:
            lines += [f"elif {self.condition()}:", *self.suite(1, depth - 1, in_loop=in_loop)]
        if self.random.random() < 0.6:
            lines += ["else:", *self.suite(1, depth - 1, in_loop=in_loop)]
        return lines

    def loop(self, depth: int, in_loop: bool) -> list[str]:
        is_async = self.kind == "async" and self.random.random() < 0.4
        start = f"async for {self.name()} in slowly" if is_async else f"for {self.name()} in span"
        lines = [f"{start}({self.value(1)}):", *self.suite(1, depth - 1, in_loop=True)]
        if self.random.random() < 0.3:
            lines += ["else:", *self.suite(1, depth - 1, in_loop=in_loop)]
        return lines

    def counted(self, depth: int, in_loop: bool) -> list[str]:
        tag = self.tag()
        condition = self.random.choice((f"again({tag})", f"again({tag}) and {self.condition()}", "True"))
        lines = [f"while {condition}:"]
        if condition == "True":
            lines += [f"    if not again({tag}):", "        break"]
        lines += self.suite(1, depth - 1, in_loop=True)
        if self.random.random() < 0.3:
            lines += ["else:", *self.suite(1, depth - 1, in_loop=in_loop)]
        return lines

    def attempt(self, depth: int, in_loop: bool) -> list[str]:
        lines = ["try:", *self.suite(1, depth - 1, in_loop=in_loop)]
        handlers = self.random.randint(0, 2)
        for _ in range(handlers):
            caught = self.random.choice(("OopsError", "OopsError", "NameError", "TypeError", "Exception"))
            bound = f" as {self.name()}" if self.random.random() < 0.5 else ""
            lines += [f"except {caught}{bound}:", *self.suite(1, depth - 1, in_loop=in_loop)]
        if handlers and self.random.random() < 0.3:
            lines += ["else:", *self.suite(1, depth - 1, in_loop=in_loop)]
        if not handlers or self.random.random() < 0.3:
            lines += ["finally:", *self.suite(1, depth - 1, in_loop=in_loop)]
        return lines

    def within(self, depth: int, in_loop: bool) -> list[str]:
        manager = self.random.choice((f"entered({self.tag()})", "suppressing()"))
        bound = f" as {self.name()}" if self.random.random() < 0.5 else ""
        start = "async with also_" if self.kind == "async" and self.random.random() < 0.3 else "with "
        return [f"{start}{manager}{bound}:", *self.suite(1, depth - 1, in_loop=in_loop)]

    def choice(self, depth: int, in_loop: bool) -> list[str]:
        lines = [f"match {self.value()}:"]
        patterns = ["0", f"[{self.name()}, *{self.random.choice('pqr')}]", f"int({self.name()})", f"1 as {self.name()}"]
        for pattern in self.random.sample(patterns, self.random.randint(1, 3)):
            guard = f" if {self.condition()}" if self.random.random() < 0.3 else ""
            lines += [f"    case {pattern}{guard}:", *self.suite(2, depth - 1, in_loop=in_loop)]
        if self.random.random() < 0.5:
            lines += [f"    case {self.random.choice(('_', self.name()))}:", *self.suite(2, depth - 1, in_loop=in_loop)]
        return lines

    def nested(self, _depth: int, _in_loop: bool) -> list[str]:
        name, other, third = self.name(), self.name(), self.name()
        return self.random.choice(
            (
                [f"def {name}(d=see({self.tag()}, {other})):", f"    return ({third}, d)", f"keep({name})"],
                [f"def inner(x={other}):", f"    {third} = x", f"    return {third}, {name}", "keep(inner)"],
                ["def inner():", f"    nonlocal {name}", f"    {name} = {other}", "    return 1", "keep(inner)"]
                if self.binds_somewhere(name)
                else ["pass"],
                [f"class {name}:", f"    {other} = {third}", f"    z = lambda self: {third}", f"keep({name})"],
                [
                    *(f"class {name}:", f"    def go({other}=0): return ({third}, {name})"),
                    *(f"    {other} = [{name} for {name} in span({third})]", "    z = call(go)"),
                ],
                ["@called", f"def {name}({other}=0):", f"    return ({third}, {name})"],
                [f"@(lambda given: ({other}, given))", f"class {name}:", "    pass"],
                [
                    *("def inner():", f"    def {name}():", f"        nonlocal {third}", f"        {third} = {other}"),
                    *(f"    {name}()", f"    return ({third}, {other})", f"see({self.tag()}, 0, call(inner))"),
                ]
                if third in "abc"
                else ["def inner():", f"    yield {name}", f"    {third} = {other}", f"{other} = keep(inner())"],
                [
                    *("def inner():", f"    {name} = 1", "    class Inside:", f"        {other} = {third}"),
                    *(f"        q = lambda: ({name}, {other})", "    return Inside", f"{third} = call(inner).q"),
                ],
            )
        )

    def binds_somewhere(self, name: str) -> bool:
        return name in "abc"  # parameters: nonlocal always finds them


class OopsError(Exception):
    """What programs raise."""


class World:
    """What programs see: everything they do is logged; ``choices`` decides what tests say."""

    def __init__(self, choices: int) -> None:
        self.random = random.Random(choices)
        self.log: list[str] = []
        self.kept: list[Any] = []
        self.counts: dict[int, int] = {}

    def namespace(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in ("see", "test", "again", "span", "keep", "later", "slowly")},
            **{name: getattr(self, name) for name in ("entered", "also_entered", "suppressing", "also_suppressing")},
            **{name: getattr(self, name) for name in ("call", "called")},
            "OopsError": OopsError,
        }

    def see(self, tag: int, *values: Any) -> Any:
        self.log.append(f"{tag}: {[show(value) for value in values]}")
        if self.random.random() < 0.03:
            raise OopsError(tag)
        return values[0]

    def test(self, tag: int) -> bool:
        answer = self.random.random() < 0.5
        self.log.append(f"{tag}? {answer}")
        return answer

    def again(self, tag: int) -> bool:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        return self.counts[tag] < 4 and sum(self.counts.values()) < 60

    def span(self, size: Any) -> Iterator[int]:
        return iter(range(size % 3 if isinstance(size, int) else 2))

    def keep(self, value: Any) -> int:
        self.kept.append(value)
        return 2

    def call(self, value: Any) -> Any:
        """What a function gives; other values as they are."""
        return value() if isinstance(value, FunctionType) else value

    def called(self, function: Callable[[], Any]) -> Callable[[], Any]:
        """A decorator that calls at once what it decorates."""
        with contextlib.suppress(NameError):
            self.log.append(f"called {show(function())}")
        return function

    async def later(self, tag: int, value: Any) -> Any:
        await asyncio.sleep(0)
        return self.see(tag, value)

    async def slowly(self, size: Any) -> Any:
        for number in self.span(size):
            yield number

    @contextlib.contextmanager
    def entered(self, tag: int) -> Iterator[int]:
        self.log.append(f"{tag} in")
        try:
            yield 3
        finally:
            self.log.append(f"{tag} out")

    @contextlib.contextmanager
    def suppressing(self) -> Iterator[int]:
        with contextlib.suppress(OopsError):
            yield 4

    @contextlib.asynccontextmanager
    async def also_entered(self, tag: int) -> Any:
        with self.entered(tag) as value:
            yield value

    @contextlib.asynccontextmanager
    async def also_suppressing(self) -> Any:
        with self.suppressing() as value:
            yield value


def show(value: Any, depth: int = 3) -> str:
    """A value as it may be logged: the same in every run, and not too long."""
    if isinstance(value, (int, str, type(None))):
        return repr(value)
    if isinstance(value, (list, tuple)) and depth:
        return f"{type(value).__name__}{[show(item, depth - 1) for item in value[:9]]}"
    if isinstance(value, UnboundLocalError):  # a name that nothing binds; a bare annotation may be what makes it local
        return "NameError"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}"
    return type(value).__name__


def run(text: str, kind: str, choices: int) -> list[str]:
    """Everything that a program does, with what came of it and of the functions that it kept."""
    world = World(choices)
    world.random.random()
    namespace = world.namespace()
    exec(compile(text, "program", "exec"), namespace)
    try:
        world.log.append(f"result {show(_call(namespace, world, kind))}")
    except Exception as error:
        world.log.append(f"error {show(error)} {show(error.__cause__)} {show(error.__context__)}")
    for kept in world.kept[:20]:
        with contextlib.suppress(TypeError):
            try:
                outcome = list(kept) if hasattr(kept, "__next__") else kept()
                world.log.append(f"kept {show(outcome)}")
            except Exception as error:
                world.log.append(f"kept error {show(error)}")
    return world.log


def _call(namespace: dict[str, Any], world: World, kind: str) -> Any:
    arguments = (1, [2], 0)
    if kind == "async":
        return asyncio.run(namespace["subject"](*arguments))
    if kind == "method":
        owner = namespace["Owner"]
        owner.meet = lambda _self, value: world.see(0, value)
        return owner().subject(*arguments)
    if kind == "generator":
        produced = []
        for item in namespace["subject"](*arguments):
            produced.append(show(item))
            if len(produced) > 40:
                break
        return produced
    return namespace["subject"](*arguments)


def cut_somewhere(text: str, seed: int, most: int) -> Iterator[tuple[str, Block]]:
    """The program with a block cut out, for up to so many blocks of those that can be."""
    source = parse_source("program.py", text.encode())
    walked = walk(source.tree, frozenset((ast.FunctionDef, ast.AsyncFunctionDef)))
    function, scope = next((node, scope) for node, scope in walked.matches if getattr(node, "name", "") == "subject")
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    shape = shape_of(function, scope)
    judge = Judge(function, frozenset(), shape.receiver)
    if judge.objection or shape.objection or judge.receiver & judge.flow.body.total.binds:
        return
    search = BlockSearch(source, judge, lines_of_code(source, function), shape.receiver)
    runs = [
        (suite, first, last)
        for suite in judge.flow.suites
        for first in range(len(suite.steps))
        for last in range(first, len(suite.steps))
    ]
    random.Random(seed).shuffle(runs)
    for suite, first, last in runs:
        sets = judge.judge(suite, first, last)
        places = search.layout.places_of(suite.steps, only_paragraphs=False)
        possible = places[first].can_begin and places[last].can_end
        if isinstance(sets, Sets) and possible:
            block = search.make_block(_Run(suite, first, last, 1, 0), sets, 1)
            cut = cut_out(source, function, Plan((block,), shape, None))
            lines = [*source.lines[: cut.first_line - 1], *cut.lines, *source.lines[cut.last_line :]]
            yield "".join(lines), block
            most -= 1
            if not most:
                return
