"""Tell which tests say that a caller left a parameter out, or that an error was raised in a ``with`` statement."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Test
from antipatterns.knowledge.methods import EXITS
from antipatterns.semantics.defaults import arguments_with_defaults
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_ERROR = "an error"
_SAME = (ast.Is, ast.Eq)
_SAME_OR_IN = (*_SAME, ast.In)


def defaults_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, str]:
    """The parameters of a function, each with the name of what stands for nothing given, or "".

    What ``__exit__`` is told of an error has no default, but is None as a rule.
    """
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    found = dict.fromkeys([one.arg for one in (*positional, *arguments.kwonlyargs)], "")
    if function.name in EXITS:
        return found | dict.fromkeys([one.arg for one in positional[1:]], _ERROR)
    for one, default in arguments_with_defaults(arguments):
        if isinstance(default, (ast.Name, ast.Attribute)):
            found[one.arg] = ast.unparse(default)
    return found


def find_omissions(
    test: ast.Compare | ast.Call, defaults: Mapping[str, str], *, holds: bool
) -> Iterator[tuple[str, None, Test, bool]]:
    """What must be so of a parameter, as in a guard, if a test of what was given for it comes out like this."""
    if isinstance(test, ast.Call):
        asked, is_told = test.args[0] if test.args else None, holds and last_name(test.func) in _ASK_FOR_CLASS
    else:
        asked, is_told = test.left, isinstance(test.ops[0], _SAME_OR_IN) is holds
    default = defaults.get(asked.id, "") if isinstance(asked, ast.Name) else ""
    if not isinstance(asked, ast.Name) or not default:
        return
    if default == _ERROR:
        if is_told:
            yield (asked.id, None, Test.IS_TRUE, True)
    elif isinstance(test, ast.Call):
        if is_told and len(test.args) == 2 and last_name(test.args[1])[:1].isupper():
            yield (asked.id, None, Test.PARTICULAR, True)
    elif len(test.ops) == 1 and ast.unparse(test.comparators[0]) == default:
        yield (asked.id, None, Test.OMITTED, isinstance(test.ops[0], _SAME) is holds)


def find_classes_asked(call: ast.Call, path: str, *, holds: bool) -> Iterator[tuple[str, str, Test, bool]]:
    """What ``isinstance`` says of what a dotted path holds, as in a guard."""
    classes = _classes_in(call.args[1]) if path else []
    if classes:
        yield (path, "|".join(classes), Test.IS_INSTANCE, holds)


def _classes_in(node: ast.expr) -> list[str]:
    """The dotted names of one class or of several; none where one is anything else."""
    parts: list[ast.expr] = [node]
    if isinstance(node, ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_classes_in(node.left), *_classes_in(node.right)]
    is_plain = all(isinstance(one, (ast.Name, ast.Attribute)) for one in parts)
    return [ast.unparse(one) for one in parts] if is_plain else []


_ASK_FOR_CLASS = frozenset({"isinstance", "issubclass"})
