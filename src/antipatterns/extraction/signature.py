"""The type hints of a helper's parameters and result, as far as the function's own hints tell them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.extraction.flow import arguments_of

if TYPE_CHECKING:
    from antipatterns.extraction.blocks import Block
    from antipatterns.extraction.flow import Function
    from antipatterns.source import Source


class Hints:
    """What is known of the types in one function.

    Hints of its parameters are evaluated where the helper's will be, so they can be copied; those of other names are
    not evaluated at all, and are copied only where the module says that none are.
    """

    def __init__(self, source: Source, function: Function) -> None:
        self.source = source
        self.function = function
        self.is_lazy = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "__future__"
            and any(alias.name == "annotations" for alias in node.names)
            for node in source.tree.body
        )
        self.unknown = {parameter.name for parameter in getattr(function, "type_params", ())}
        self.by_name = self._of_locals() | self._of_parameters() if self.is_lazy else self._of_parameters()

    def parameter(self, name: str) -> str:
        """``name`` or ``name: hint``."""
        return f"{name}: {self.by_name[name]}" if name in self.by_name else name

    def result(self, block: Block) -> str:
        """`` -> hint`` or "" for what a block returns."""
        arguments = arguments_of(self.function)
        if block.ends_function:
            is_generator = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(self.function))
            text = self._text(self.function.returns) if not is_generator else None
            return f" -> {text}" if text else ""
        if not block.returns:
            return " -> None" if self.function.returns or any(argument.annotation for argument in arguments) else ""
        known = [self.by_name[name] for name in block.returns if name in self.by_name]
        if len(known) < len(block.returns) or (len(known) > 1 and not self.is_lazy):
            return ""
        return f" -> {known[0]}" if len(known) == 1 else f" -> tuple[{', '.join(known)}]"

    def _of_parameters(self) -> dict[str, str]:
        found = {}
        arguments = self.function.args
        implicit = _optional_by_default(arguments)
        rebound = {
            node.id
            for node in ast.walk(self.function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for argument in arguments_of(self.function):
            text = self._text(argument.annotation)
            if text is None:
                continue
            is_optional = "None" in text or "Optional" in text
            # A hint without the None of the default is not right; one with it no longer is, once None is replaced.
            if argument.arg in (rebound if is_optional else implicit):
                continue
            if argument in (arguments.vararg, arguments.kwarg):
                if not self.is_lazy or text.startswith("*"):
                    continue
                text = f"tuple[{text}, ...]" if argument is arguments.vararg else f"dict[str, {text}]"
            found[argument.arg] = text
        return found

    def _of_locals(self) -> dict[str, str]:
        found = {}
        for node in ast.walk(self.function):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                text = self._text(node.annotation)
                if text is not None and "Final" not in text:
                    found[node.target.id] = text
        return found

    def _text(self, hint: ast.expr | None) -> str | None:
        """A hint as it is written; None for one over several lines, with a call, or of a type parameter."""
        if hint is None or hint.end_lineno != hint.lineno or hint.end_col_offset is None:
            return None
        for node in ast.walk(hint):
            if isinstance(node, (ast.Call, ast.NamedExpr)) or (isinstance(node, ast.Name) and node.id in self.unknown):
                return None
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and self.unknown:
                return None
        line = self.source.line_at(hint.lineno)
        start = self.source.column_at(hint.lineno, hint.col_offset)
        return line[start - 1 : self.source.column_at(hint.lineno, hint.end_col_offset) - 1]


def _optional_by_default(arguments: ast.arguments) -> set[str]:
    """Parameters whose default is None: their hints may lack it."""
    named = [*arguments.posonlyargs, *arguments.args]
    pairs = list(zip(reversed(named), reversed(arguments.defaults), strict=False))
    pairs += [
        (argument, default)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is not None
    ]
    return {argument.arg for argument, default in pairs if isinstance(default, ast.Constant) and default.value is None}
