"""Keep the task in a set until it is done."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.fixer import Fix, Fixer, Import, Insertion, Outcome, Refusal
from antipatterns.project.python_version import lowest_python
from antipatterns.semantics.scope import BindingKind, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.Call)

_TASK_NAMES = ("task", "background_task", "new_task", "started_task")
_SET_NAMES = ("_background_tasks", "_running_tasks", "_kept_tasks")

# The same finding of ruff.
_SILENCED_ELSEWHERE = re.compile(r"#\s*noqa:[^#]*\bRUF006\b", re.IGNORECASE)

_GENERIC_SINCE = (3, 9)  # an annotation of a module's variable is evaluated


class _Set(NamedTuple):
    """How to write the set that keeps tasks, and what the module needs for it."""

    code: str
    imports: tuple[Import, ...] = ()
    module_statements: tuple[str, ...] = ()


@FIXER.register
def fix_dangling_task(call: cst.Call, place: Place) -> Outcome:
    """Three statements for one: name the task, add it to the set, let a callback take it out."""
    statement = place.chunk.parents.get(call)
    line = next((node for node in place.ancestors(call) if isinstance(node, cst.SimpleStatementLine)), None)
    if not isinstance(statement, (cst.Expr, cst.Assign, cst.AnnAssign)) or line is None or statement not in line.body:
        return Refusal("the call is not a statement of its own")
    if len(line.body) != 1:
        return Refusal("other statements stand on its line")
    if _SILENCED_ELSEWHERE.search(place.file.source.line_at(place.finding.end_line)):
        return Refusal("it is dropped on purpose: RUF006 is silenced here")
    scope = place.scope_of(call)
    if scope.kind is not ScopeKind.FUNCTION:
        return Refusal("it does not stand in a function")
    name = _name_of(statement, scope)
    if name is None:
        return Refusal("no usual name is free for the task")
    kept = _known_set(scope, place) or _new_set(place)
    if kept is None:
        return Refusal("no usual name is free for a set of tasks")
    following = [
        cst.parse_statement(f"{kept.code}.add({name})"),
        cst.parse_statement(f"{name}.add_done_callback({kept.code}.discard)"),
    ]
    assert all(isinstance(item, cst.SimpleStatementLine) for item in following)
    return Fix(
        statement,
        _with_name(statement, call, name),
        Safety.SAFE,
        kept.imports,
        kept.module_statements,
        insertions=(Insertion(line, tuple(following), behind=True),),
    )


def _with_name(statement: cst.BaseSmallStatement, call: cst.Call, name: str) -> cst.BaseSmallStatement:
    """The statement that gives the task a name which is going to be read."""
    if isinstance(statement, cst.Expr):
        return cst.Assign([cst.AssignTarget(cst.Name(name))], call, semicolon=statement.semicolon)
    if isinstance(statement, cst.Assign):
        return statement.with_changes(targets=[statement.targets[0].with_changes(target=cst.Name(name))])
    return statement.with_changes(target=cst.Name(name))


def _name_of(statement: cst.BaseSmallStatement, scope: Scope) -> str | None:
    """The name that the task has already, or a new one."""
    if isinstance(statement, (cst.Assign, cst.AnnAssign)):
        target = statement.targets[0].target if isinstance(statement, cst.Assign) else statement.target
        if isinstance(target, cst.Name) and target.value.strip("_"):
            return target.value
    return next((name for name in _TASK_NAMES if _can_be_task(name, scope)), None)


def _can_be_task(name: str, scope: Scope) -> bool:
    """Whether a name is free in a function and those in it, or stands there for nothing but tasks kept like this."""
    if name in scope.bindings:
        return _is_only_kept(name, scope)
    return scope.lookup(name) is None and not any(
        name in (getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "name", None))
        for node in ast.walk(scope.node)
    )


def _is_only_kept(name: str, scope: Scope) -> bool:
    """Whether every reading of a local name adds it to a set, or gives it the callback that takes it out."""
    nodes = list(ast.walk(scope.node))
    reads = {id(node) for node in nodes if isinstance(node, ast.Name) and node.id == name and _is_read(node)}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "add" and len(node.args) == 1:
                reads.discard(id(node.args[0]))
            elif node.func.attr == "add_done_callback":
                reads.discard(id(node.func.value))
    return not reads and all(binding.kind is BindingKind.ASSIGNMENT for binding in scope.bindings[name])


def _is_read(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Store)


def _known_set(scope: Scope, place: Place) -> _Set | None:
    """The set of this module, or of this method's instance, out of which callbacks take tasks already."""
    receivers = list(_receivers_of_discard(place))
    own = _receiver_of(scope)
    for receiver in receivers:
        if isinstance(receiver, ast.Attribute) and own is not None and _is_set_of_instance(receiver.attr, scope):
            return _Set(f"{own}.{receiver.attr}")
    module = place.file.module
    for receiver in receivers:
        if isinstance(receiver, ast.Name) and _is_set_of(receiver.id, module):
            found = scope.lookup(receiver.id)
            if found is not None and found[0] is module:
                return _Set(receiver.id)
    return None


def _receivers_of_discard(place: Place) -> Iterator[ast.expr]:
    """``x`` of each ``….add_done_callback(x.discard)`` in the file."""
    if not place.file.source.mentions(("add_done_callback",)):
        return
    for node in ast.walk(place.file.source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 1:
            callback = node.args[0]
            if node.func.attr != "add_done_callback":
                continue
            if isinstance(callback, ast.Attribute) and callback.attr == "discard":
                yield callback.value


def _is_set_of(name: str, owner: Scope) -> bool:
    """Whether a name is bound once in a scope, to a new empty set."""
    bindings = owner.bindings.get(name, [])
    return len(bindings) == 1 and _makes_set(bindings[0].value)


def _makes_set(value: object) -> bool:
    made = value.value if isinstance(value, ast.AnnAssign) else value
    return isinstance(made, ast.Call) and not made.args and ast.unparse(made.func) == "set"


def _receiver_of(scope: Scope) -> str | None:
    """The name of the instance in the method that a scope is."""
    node = scope.node
    if scope.enclosing_class is None or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if node.decorator_list or not node.args.args:
        return None
    return node.args.args[0].arg


def _is_set_of_instance(attribute: str, scope: Scope) -> bool:
    """Whether the class of a method makes a set of this name for each instance in ``__init__``."""
    owner = scope.enclosing_class
    for method in owner.children if owner is not None else ():
        if getattr(method.node, "name", "") == "__init__":
            first = _receiver_of(method)
            return first is not None and _is_set_of(f"{first}.{attribute}", method)
    return False


def _new_set(place: Place) -> _Set | None:
    """A set below the imports of the module."""
    name = next((name for name in _SET_NAMES if _is_free_everywhere(name, place)), None)
    if name is None:
        return None
    lowest = lowest_python(Path(place.file.path))
    task = place.name_for("asyncio.Task", place.file.module)
    is_importable = task is not None or place.is_free("asyncio", place.file.module)
    if not is_importable or (lowest is not None and lowest < _GENERIC_SINCE):
        return _Set(name, module_statements=(f"{name} = set()",))
    imports = () if task is not None else (Import("asyncio"),)
    return _Set(name, imports, (f"{name}: set[{task or 'asyncio.Task'}[object]] = set()",))


def _is_free_everywhere(name: str, place: Place) -> bool:
    """Whether a name stands nowhere in the file: as it begins with an underscore, no other module imports it."""
    return re.search(rf"\b{name}\b", place.file.source.text) is None
