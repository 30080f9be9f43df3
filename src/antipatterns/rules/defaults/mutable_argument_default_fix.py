"""Make the default ``None``, and the value inside the function, where each call gets its own."""

from __future__ import annotations

import ast
import re
import tokenize
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.annotation import widen
from antipatterns.fix.default_value import keys_of, moved_value, objection_to_moving
from antipatterns.fix.fixer import Edit, Fix, Fixer, Import, Insertion, Outcome, Refusal
from antipatterns.fix.parameter import Function, Parameter, has_docstring, leading_guards
from antipatterns.fix.signature import reads_signature
from antipatterns.semantics.defaults import arguments_with_defaults
from antipatterns.semantics.mutability import is_empty
from antipatterns.semantics.names import scope_of_definition

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(
    __name__,
    *(cst.List, cst.Dict, cst.Set, cst.ListComp, cst.DictComp, cst.SetComp, cst.GeneratorExp),
    *(cst.Call, cst.Name, cst.NamedExpr),
)

_CACHE = re.compile(r"(^|_)(cache|memo)(s|d|ize|ized|_|$)|cache$", re.IGNORECASE)
_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore\b)")
_DEFAULTS = ("__defaults__", "__kwdefaults__", "func_defaults")


class _Site(NamedTuple):
    """One default in its function, as libcst and as ast see them; the scope is the one around the function."""

    place: Place
    default: cst.BaseExpression
    parameter: cst.Param
    definition: cst.FunctionDef
    function: Function
    argument: ast.arg
    value: ast.expr
    scope: Scope


@FIXER.register
def fix_mutable_argument_default(default: cst.BaseExpression, place: Place) -> Outcome:
    """``None`` in the signature, a guard below the docstring, and an annotation that admits ``None``."""
    site = _find_site(default, place)
    if isinstance(site, Refusal):
        return site
    parameter = Parameter(site.function, site.argument.arg)
    reason = _objection_to_signature(site) or _objection_to_value(site) or _objection_to_body(site, parameter)
    if reason is not None:
        return Refusal(reason)
    also: tuple[Edit, ...] = ()
    imports: tuple[Import, ...] = ()
    if site.parameter.annotation is not None and site.argument.annotation is not None:
        old = site.parameter.annotation.annotation
        widened = widen(old, site.argument.annotation, place, site.scope)
        if isinstance(widened, Refusal):
            return widened
        also, imports = (Edit(old, widened.annotation),), widened.imports
    fix = Fix(default, cst.Name("None"), _safety(site, parameter), imports=imports, also=also)
    return fix if _needs_no_guard(site, parameter) else _with_guard(fix, site)


def _find_site(default: cst.BaseExpression, place: Place) -> _Site | Refusal:
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
            return _Site(place, default, parameter, definition, function, argument, value, scope)
    return Refusal("libcst sees something else at this place")


def _objection_to_signature(site: _Site) -> str | None:
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


def _objection_to_value(site: _Site) -> str | None:
    inside = scope_of_definition(site.scope, site.function)
    return (
        "the function's scope is not known" if inside is None else objection_to_moving(site.value, site.scope, inside)
    )


def _objection_to_body(site: _Site, parameter: Parameter) -> str | None:
    """Why the body does not allow it: ``None`` means something there, or the sharing is meant."""
    if _existing_guard(site) is not None:
        return None
    if parameter.gives_none_a_meaning or _compares_with_none(site, parameter.attributes):
        return "the body already gives None a meaning"
    if parameter.docstring_speaks_of_none:
        return "the docstring already gives None a meaning"
    shares = "calls seem to share it on purpose"
    name = parameter.name
    if _CACHE.search(name) or (name.startswith("_") and parameter.is_changed) or parameter.is_memory:
        return shares
    if parameter.stored_keys & keys_of(site.value):
        return shares
    return "it calls itself and shares it with itself" if parameter.is_shared_by_recursion else None


def _compares_with_none(site: _Site, attributes: set[str]) -> bool:
    """Whether the file compares one of the attributes, in which the function keeps the value, with ``None``."""
    text = "|".join(attributes)
    return bool(attributes) and bool(re.search(rf"\.({text})\s+is\s+(not\s+)?None\b", site.place.file.source.text))


def _safety(site: _Site, parameter: Parameter) -> Safety:
    """Unsafe where ``None`` may be a good value today, for whatever the function hands it on to."""
    if site.argument.annotation is not None or _existing_guard(site) is not None:
        return Safety.SAFE
    if parameter.is_asked_for and not is_empty(site.value):
        return Safety.UNSAFE
    return Safety.UNSAFE if parameter.is_handed_on and not parameter.breaks_on_none else Safety.SAFE


def _existing_guard(site: _Site) -> ast.stmt | None:
    """The guard that the body has for the parameter already, if it makes the same value."""
    wanted = ast.dump(site.value)
    for statement, name, value in leading_guards(site.function.body):
        if name == site.argument.arg and ast.dump(value) == wanted:
            return statement
    return None


def _needs_no_guard(site: _Site, parameter: Parameter) -> bool:
    if _existing_guard(site) is not None:
        return True
    if "#" in site.place.chunk.module.code_for_node(site.default):  # its comments must not be lost
        return False
    return parameter.is_unused or (parameter.is_only_tested and is_empty(site.value))


def _with_guard(fix: Fix, site: _Site) -> Outcome:
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
    number = has_docstring(site.function.body) + _count_earlier_guards(site)
    first = body.body[0]
    if has_docstring(site.function.body) and isinstance(first, cst.SimpleStatementLine) and len(first.body) > 1:
        lines = _split_docstring(first.body, first.trailing_whitespace, guard)
        lines[0] = lines[0].with_changes(leading_lines=first.leading_lines)
        return fix._replace(also=(*fix.also, Edit(first, cst.FlattenSentinel(lines))))
    if number < len(body.body):
        return fix._replace(insertions=(Insertion(body.body[number], (guard,)),))
    return fix._replace(insertions=(Insertion(body.body[-1], (guard,), behind=True),))


def _count_earlier_guards(site: _Site) -> int:
    names = [argument.arg for argument, _ in arguments_with_defaults(site.function.args)]
    earlier = names[: names.index(site.argument.arg)]
    count = 0
    for statement, name, _ in leading_guards(site.function.body):
        if name not in earlier or not isinstance(statement, ast.If):
            break
        count += 1
    return count


def _guard(site: _Site, indent: str | None) -> cst.If:
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


def _indent_around(site: _Site) -> str | None:
    blocks = (node for node in site.place.ancestors(site.definition) if isinstance(node, cst.IndentedBlock))
    block = next(blocks, None)
    return None if block is None else block.indent
