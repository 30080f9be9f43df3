"""Move the default of an argument into the body: only where it means the same there, later, each time."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING, Any

import libcst as cst

from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

# Their calls give the same value at any time.
_PURE = frozenset(
    [
        *(
            "list",
            "dict",
            "set",
            "bytearray",
            "tuple",
            "frozenset",
            "range",
            "str",
            "int",
            "float",
            "bool",
            "bytes",
        ),
        *("complex", "zip", "enumerate", "sorted", "reversed", "len", "object"),
    ]
)
_PURE_MODULES = ("collections.", "typing.", "typing_extensions.")
_PLAIN = (
    *(
        ast.Constant,
        ast.List,
        ast.Dict,
        ast.Set,
        ast.Tuple,
        ast.Starred,
        ast.Name,
        ast.Attribute,
        ast.Call,
        ast.keyword,
    ),
    *(
        ast.UnaryOp,
        ast.BinOp,
        ast.Subscript,
        ast.Compare,
        ast.BoolOp,
        ast.IfExp,
        ast.JoinedStr,
        ast.FormattedValue,
    ),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Slice, ast.Lambda),
    *(ast.arguments, ast.arg, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)
_LASTING = {BindingKind.IMPORT, BindingKind.FUNCTION, BindingKind.CLASS, BindingKind.ASSIGNMENT, BindingKind.ANNOTATION}
_STRINGS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
_BRACKET_AT_END = re.compile(r"[\[({]\s*(#.*)?$")
_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def objection_to_moving(value: ast.expr, outside: Scope, inside: Scope) -> str | None:
    """Why a default cannot be made inside the function; the scopes are those around and of the function."""
    if isinstance(value, ast.Name):
        return f"every function that uses {value.id} shares it; a guard would share it too"
    if isinstance(value, ast.GeneratorExp):
        return "a generator can be used only once"
    if not all(isinstance(part, _PLAIN) for part in ast.walk(value)):
        return "the default does more than make a value"
    for part in _free_parts(value):
        if not _means_the_same(part, outside, inside):
            return f"{ast.unparse(part)} may have another value later"
    return None


def objection_to_later_call(value: ast.expr, outside: Scope, inside: Scope) -> str | None:
    """Why a default cannot be computed at each call: its names must be bound once, and be the same in the function."""
    if not all(isinstance(part, _PLAIN) for part in ast.walk(value)):
        return "the default does more than make a value"
    for part in _free_parts(value):
        name = next(node.id for node in ast.walk(part) if isinstance(node, ast.Name))
        found, later = outside.lookup(name), inside.lookup(name)
        is_same = found is None or (found == later and len(found[1]) == 1 and found[1][0].kind in _LASTING)
        if not is_same or (found is None and later is not None):
            return f"{name} may be something else later"
    return None


def _free_parts(value: ast.expr) -> list[ast.expr]:
    """The names that come from outside of an expression, with the attributes behind them."""
    bound = {part.arg for part in ast.walk(value) if isinstance(part, ast.arg)}
    bound |= {part.id for part in ast.walk(value) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
    found: list[ast.expr] = []
    waiting: list[ast.AST] = [value]
    while waiting:
        part = waiting.pop()
        root: ast.AST = part
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and isinstance(part, ast.expr):
            if root.id not in bound:
                found.append(part)
        else:
            waiting += ast.iter_child_nodes(part)
    return found


def _means_the_same(part: ast.expr, outside: Scope, inside: Scope) -> bool:
    """Whether a name is one of the builtins or container classes, in the function as outside of it."""
    dotted = resolve_name(part, outside)
    if dotted is None or resolve_name(part, inside) != dotted:
        return False
    module, _, name = dotted.rpartition(".")
    return (module == "builtins" and name in _PURE) or dotted.startswith(_PURE_MODULES)


def keys_of(value: ast.expr) -> set[str]:
    """The constant keys (as source) that a display gives values to: of a dict its own, of a list the positions."""
    if isinstance(value, ast.Dict):
        return {ast.unparse(key) for key in value.keys if key is not None}
    return {str(number) for number in range(len(value.elts))} if isinstance(value, ast.List) else set()


def moved_value(
    default: cst.BaseExpression, place: Place, definition: cst.FunctionDef, name: str
) -> cst.BaseExpression:
    """The default as it looks in the guard of a parameter: no needless parentheses, further lines indented anew."""
    default = _without_parentheses(default)
    module = place.chunk.module
    # Here, and in what is parsed below, libcst leaves out the indentation of the block around.
    lines = _LINE_END.split(module.code_for_node(default))
    if len(lines) == 1 or _holds_string_over_lines("".join(lines)):
        return default
    around = len(_margin(place.file.source.line_at(place.line_of(definition))))
    if not _BRACKET_AT_END.search(lines[0]):  # the further lines stand below what follows the bracket
        old, new = " " * (place.finding.column - 1 - around), " " * len(f"{name} = ")
    elif lines[-1].strip()[:1] in ("]", "}", ")"):
        old, new = _margin(lines[-1]), ""
    else:
        old, new = _margin(lines[1]), module.default_indent
    shifted = [new + line.removeprefix(old) if line.strip() else line for line in lines[1:]]
    moved = cst.parse_expression("".join([lines[0], *shifted]), module.config_for_parsing)
    without: cst.BaseExpression = moved.visit(_WithoutTrailingBlanks())  # type: ignore[assignment]
    return without


def moved_right(value: cst.BaseExpression, place: Place, by: int) -> cst.BaseExpression:
    """A value in front of which some columns are added: further lines that stand below its first bracket move along."""
    module = place.chunk.module
    lines = _LINE_END.split(module.code_for_node(value))
    if len(lines) == 1 or _BRACKET_AT_END.search(lines[0]) or _holds_string_over_lines("".join(lines)):
        return value
    shifted = [" " * by + line if line.strip() else line for line in lines[1:]]
    moved = cst.parse_expression("".join([lines[0], *shifted]), module.config_for_parsing)
    without: cst.BaseExpression = moved.visit(_WithoutTrailingBlanks())  # type: ignore[assignment]
    return without


class _WithoutTrailingBlanks(cst.CSTTransformer):
    def on_leave(self, original_node: cst.CSTNode, updated_node: Any) -> Any:
        is_empty_line = isinstance(original_node, cst.EmptyLine) and original_node.comment is None
        return updated_node.with_changes(indent=False) if is_empty_line else updated_node


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _without_parentheses(default: cst.BaseExpression) -> cst.BaseExpression:
    simple = all(isinstance(side.whitespace_after, cst.SimpleWhitespace) for side in default.lpar)
    simple = simple and all(isinstance(side.whitespace_before, cst.SimpleWhitespace) for side in default.rpar)
    return default.with_changes(lpar=[], rpar=[]) if simple and default.lpar else default


def _holds_string_over_lines(text: str) -> bool:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(f"({text})").readline))
    except (tokenize.TokenError, SyntaxError):
        return True
    return any(token.type in _STRINGS and token.start[0] != token.end[0] for token in tokens)
