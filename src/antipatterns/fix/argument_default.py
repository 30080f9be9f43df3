"""Move a default into the body of its function: ``None`` in the signature, a guard below the docstring."""

from __future__ import annotations

import ast
import re
import tokenize
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst
import libcst.matchers as m

from antipatterns.fix.annotation import widen
from antipatterns.fix.default_value import moved_value
from antipatterns.fix.fixer import Edit, Fix, Import, Insertion, Outcome, Refusal
from antipatterns.fix.parameter import Function, Parameter, has_docstring, leading_guards
from antipatterns.fix.signature import reads_signature
from antipatterns.semantics.defaults import arguments_with_defaults

if TYPE_CHECKING:
    from antipatterns.finding import Safety
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore\b)")
_DECLARATIONS = m.SimpleStatementLine([m.Global() | m.Nonlocal()])
_DEFAULTS = ("__defaults__", "__kwdefaults__", "func_defaults")


class Site(NamedTuple):
    """One default in its function, as libcst and as ast see them; the scope is the one around the function."""

    place: Place
    default: cst.BaseExpression
    parameter: cst.Param
    definition: cst.FunctionDef
    function: Function
    argument: ast.arg
    value: ast.expr
    scope: Scope


def find_site(default: cst.BaseExpression, place: Place) -> Site | Refusal:
    """The function and parameter whose default stands at a place."""
    parameter = place.chunk.parents.get(default)
    if not isinstance(parameter, cst.Param) or parameter.default is not default:
        return Refusal("libcst sees something else at this place")
    around = (node for node in place.ancestors(default) if isinstance(node, (cst.FunctionDef, cst.Lambda)))
    definition = next(around, None)
    if not isinstance(definition, cst.FunctionDef):
        return Refusal("a lambda has no room for a guard")
    function = place.ast_node(definition, ast.stmt)
    pairs = [] if function is None else arguments_with_defaults(function.args)
    for argument, value in pairs:
        if argument.arg == parameter.name.value:
            scope = place.scope_of(definition)
            return Site(place, default, parameter, definition, function, argument, value, scope)
    return Refusal("libcst sees something else at this place")


def objection_to_signature(site: Site) -> str | None:
    """Why the signature has to stay: somebody reads it, or a comment holds its types."""
    file, function = site.place.file, site.function
    if reads_signature(function, file, site.scope):
        return "the framework that is given the function may read its defaults"
    if any(name in file.source.text for name in _DEFAULTS):
        return "the file reads or sets the defaults of functions"
    below = (
        function.body[1].lineno if has_docstring(function.body) and len(function.body) > 1 else function.body[0].lineno
    )
    for token in file.source.tokens:
        is_near = function.lineno <= token.start[0] <= below
        if is_near and token.type == tokenize.COMMENT and _TYPE_COMMENT.match(token.string):
            return "the type stands in a comment"
    return None


def objection_to_none(site: Site, parameter: Parameter) -> str | None:
    """Why ``None`` cannot stand for the default: it means something in the body, or to who reads the docstring."""
    if parameter.gives_none_a_meaning or _compares_with_none(site, parameter.attributes):
        return "the body already gives None a meaning"
    if parameter.docstring_speaks_of_none:
        return "the docstring already gives None a meaning"
    return None


def _compares_with_none(site: Site, attributes: set[str]) -> bool:
    """Whether the file compares one of the attributes, in which the function keeps the value, with ``None``."""
    text = "|".join(attributes)
    return bool(attributes) and bool(re.search(rf"\.({text})\s+is\s+(not\s+)?None\b", site.place.file.source.text))


def existing_guard(site: Site) -> ast.stmt | None:
    """The guard that the body has for the parameter already, if it makes the same value."""
    wanted = ast.dump(site.value)
    for statement, name, value in leading_guards(site.function.body):
        if name == site.argument.arg and ast.dump(value) == wanted:
            return statement
    return None


def replace_default(site: Site, safety: Safety, *, needs_guard: bool) -> Outcome:
    """``None`` in the signature, an annotation that admits it and, if wanted, the guard."""
    also: tuple[Edit, ...] = ()
    imports: tuple[Import, ...] = ()
    if site.parameter.annotation is not None and site.argument.annotation is not None:
        old = site.parameter.annotation.annotation
        widened = widen(old, site.argument.annotation, site.place, site.scope)
        if isinstance(widened, Refusal):
            return widened
        also, imports = (Edit(old, widened.annotation),), widened.imports
    fix = Fix(site.default, cst.Name("None"), safety, imports=imports, also=also)
    return _with_guard(fix, site) if needs_guard else fix


def _with_guard(fix: Fix, site: Site) -> Outcome:
    """Put the guard in the order of the parameters: below the guards of earlier ones."""
    body = site.definition.body
    indent = body.indent if isinstance(body, cst.IndentedBlock) else _indent_around(site)
    if "\f" in (site.place.chunk.module.default_indent if indent is None else indent):
        return Refusal("the indentation holds a form feed")
    guard = _guard(site, indent)
    if isinstance(body, cst.SimpleStatementSuite):
        lines = _split_docstring(body.body, body.trailing_whitespace, guard)
        return fix._replace(also=(*fix.also, Edit(body, cst.IndentedBlock(lines, indent=indent))))
    assert isinstance(body, cst.IndentedBlock)
    number = int(has_docstring(site.function.body))
    while number < len(body.body) and m.matches(body.body[number], _DECLARATIONS):
        number += 1
    number += _count_earlier_guards(site)
    first = body.body[0]
    if has_docstring(site.function.body) and isinstance(first, cst.SimpleStatementLine) and len(first.body) > 1:
        lines = _split_docstring(first.body, first.trailing_whitespace, guard)
        lines[0] = lines[0].with_changes(leading_lines=first.leading_lines)
        return fix._replace(also=(*fix.also, Edit(first, cst.FlattenSentinel(lines))))
    if number < len(body.body):
        return fix._replace(insertions=(Insertion(body.body[number], (guard,)),))
    return fix._replace(insertions=(Insertion(body.body[-1], (guard,), behind=True),))


def _count_earlier_guards(site: Site) -> int:
    names = [argument.arg for argument, _ in arguments_with_defaults(site.function.args)]
    earlier = names[: names.index(site.argument.arg)]
    count = 0
    for statement, name, _ in leading_guards(site.function.body):
        if name not in earlier or not isinstance(statement, ast.If):
            break
        count += 1
    return count


def _guard(site: Site, indent: str | None) -> cst.If:
    name = site.argument.arg
    value = moved_value(site.default, site.place, site.definition, name)
    assignment = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    test = cst.Comparison(cst.Name(name), [cst.ComparisonTarget(cst.Is(), cst.Name("None"))])
    return cst.If(test, cst.IndentedBlock([cst.SimpleStatementLine([assignment])], indent=indent))


def _split_docstring(statements: object, trailing: cst.TrailingWhitespace, guard: cst.If) -> list[cst.BaseStatement]:
    """Lines for statements that stood on one: the docstring if there is one, the guard, the rest."""
    small = list(statements)  # type: ignore[call-overload]
    first = small[0]
    lines: list[cst.BaseStatement] = [guard]
    if isinstance(first, cst.Expr) and isinstance(first.value, (cst.SimpleString, cst.ConcatenatedString)):
        docstring = first.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
        if len(small) == 1:
            return [cst.SimpleStatementLine([docstring], trailing_whitespace=trailing), guard]
        lines.insert(0, cst.SimpleStatementLine([docstring]))
        small = small[1:]
    return [*lines, cst.SimpleStatementLine(small, trailing_whitespace=trailing)]


def _indent_around(site: Site) -> str | None:
    blocks = (node for node in site.place.ancestors(site.definition) if isinstance(node, cst.IndentedBlock))
    block = next(blocks, None)
    return None if block is None else block.indent
