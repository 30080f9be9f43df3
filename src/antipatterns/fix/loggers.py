"""How the code at a place can log: with the logger that its module has, or with a new one."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.fix.fixer import Import, Refusal
from antipatterns.fix.imports import line_for_statement
from antipatterns.knowledge.loggers import AS_EXCEPTION, LEVELS, LOGGER_FACTORIES, LOGGER_NAMES, LOGGING_MODULES
from antipatterns.semantics.loggers import way_to_log
from antipatterns.semantics.names import without_placeholders
from antipatterns.semantics.scope import Binding, BindingKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

# The instance may have no attributes yet where they run.
_MAKERS = frozenset({"__init__", "__new__", "__post_init__"})
_NEW_NAMES = ("logger", "log", "_logger")


class Logger(NamedTuple):
    """A name for the logger, the call that logs the exception in hand, and what must be added for it to the module."""

    name: str
    call: str  # with the places {logger} and {message}
    imports: tuple[Import, ...] = ()
    module_statements: tuple[str, ...] = ()

    def format_call(self, message: str) -> str:
        """The source of the call; ``message``: a string as source."""
        return self.call.format(logger=self.name, message=message)


def find_logger(place: Place, scope: Scope, line: int) -> Logger | Refusal:
    """The logger for code in a scope that stands on a line, or why there is none."""
    module = place.file.module
    of_instance = _logger_of_instance(place, scope)
    if of_instance is not None:
        return of_instance
    for name in sorted(module.bindings, key=_by_usage):
        bindings = without_placeholders(module.bindings[name])
        call = _call_of(name, bindings, place) or _call_as_elsewhere(name, bindings, place)
        if call is None:
            if _is_name_of_logger(name) and any(_may_be_logger(binding, place) for binding in bindings):
                return Refusal(f"{name} may be a logger, but this file does not show of what kind")
        elif scope.lookup(name) != (module, module.bindings[name]):
            return Refusal(f"the logger {name} is hidden by another {name} here")
        elif scope.function is None and bindings[0].node.lineno >= line:  # type: ignore[attr-defined]
            return Refusal(f"this runs before {name} is made")
        else:
            return Logger(name, call)
    return _make_logger(place, scope, line)


def _by_usage(name: str) -> tuple[int, str]:
    return (LOGGER_NAMES.index(name) if name in LOGGER_NAMES else len(LOGGER_NAMES), name)


def _call_of(name: str, bindings: list[Binding], place: Place) -> str | None:
    """How the logger that a module-level name stands for logs; None if it is no logger that is known."""
    binding = bindings[0]
    if len(bindings) != 1 or binding.node not in place.file.source.tree.body:
        return None
    if binding.kind is BindingKind.IMPORT:
        is_module = binding.value in LOGGING_MODULES
        return None if is_module else way_to_log(ast.Name(name), place.file, place.file.module)
    value = binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
    if not isinstance(value, ast.Call) or "." in name:
        return None
    call = LOGGER_FACTORIES.get(place.file.resolve(value.func, place.file.module) or "")
    return call if name in LOGGER_NAMES or _is_for_this_module(value) else None


def _call_as_elsewhere(name: str, bindings: list[Binding], place: Place) -> str | None:
    """How a logger that comes from another file logs, when this file calls its ``exception`` with a text."""
    if not _is_name_of_logger(name) or len(bindings) != 1 or bindings[0].kind is not BindingKind.IMPORT:
        return None
    is_called = any(
        _logs_exception(node) and isinstance(node.func.value, ast.Name) and node.func.value.id == name  # type: ignore[attr-defined]
        for node in ast.walk(place.file.source.tree)
    )
    return AS_EXCEPTION if is_called else None


def _logs_exception(node: ast.AST) -> bool:
    """Whether a node is a call of a method ``exception`` with a text."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "exception"
        and isinstance(node.args[0] if node.args else None, (ast.Constant, ast.JoinedStr))
    )


def _logger_of_instance(place: Place, scope: Scope) -> Logger | Refusal | None:
    """The logger that the methods of a class keep in their instance; None where they log with none."""
    method = scope.function
    while method is not None and method.enclosing_class is None:
        method = method.parent and method.parent.function
    node = None if method is None else method.node
    owner = None if method is None else method.enclosing_class
    if owner is None or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or not node.args.args:
        return None
    instance = node.args.args[0].arg
    calls = [call for call in ast.walk(owner.node) if isinstance(call, ast.Call) and _is_call_of(call, instance)]
    if not calls or node.name in _MAKERS or node.decorator_list:
        return None
    logger = calls[0].func.value  # type: ignore[attr-defined]
    name = ast.unparse(logger)
    call = way_to_log(logger, place.file, scope)
    if call is None and any(_logs_exception(call) and ast.unparse(call.func.value) == name for call in calls):  # type: ignore[attr-defined]
        call = AS_EXCEPTION
    return Logger(name, call) if call else Refusal(f"{name} may be a logger, but this file does not show of what kind")


def _is_call_of(call: ast.Call, instance: str) -> bool:
    """Whether a call is one of a method of a logger in an attribute of the instance."""
    logger = call.func.value if isinstance(call.func, ast.Attribute) else None
    return (
        isinstance(logger, ast.Attribute)
        and isinstance(logger.value, ast.Name)
        and logger.value.id == instance
        and _is_name_of_logger(logger.attr)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in (*LEVELS, "exception")
    )


def _is_name_of_logger(name: str) -> bool:
    """Whether a module-level name is one for loggers; with capitals it is more likely a class."""
    return name in LOGGER_NAMES or (name.islower() and name.endswith("logger"))


def _is_for_this_module(made: ast.Call) -> bool:
    """Whether a logger is not one of a certain other name."""
    return not any(isinstance(argument, ast.Constant) for argument in made.args)


def _may_be_logger(binding: Binding, place: Place) -> bool:
    """Whether a value comes from elsewhere, by an import or a call, but not from the standard library."""
    if binding.kind is BindingKind.IMPORT:
        return str(binding.value).partition(".")[0] not in sys.stdlib_module_names
    value = binding.value.value if isinstance(binding.value, ast.AnnAssign) else binding.value
    if not isinstance(value, (ast.Call, ast.Attribute, ast.Name)):
        return False
    made = value.func if isinstance(value, ast.Call) else value
    dotted = place.file.resolve(made, place.file.module) or ""
    return dotted in LOGGER_FACTORIES or dotted.partition(".")[0] not in sys.stdlib_module_names


def _make_logger(place: Place, scope: Scope, line: int) -> Logger | Refusal:
    """A new logger below the imports of the module."""
    name = next((name for name in _NEW_NAMES if not _is_written(name, place)), None)
    if name is None:
        return Refusal("no usual name is free for a logger")
    module = place.file.module
    factory = place.name_for("logging.getLogger", module)
    imports: tuple[Import, ...] = ()
    if factory is None:
        if place.file.resolve(ast.Name("logging"), module) != "logging" and not place.is_free("logging", module):
            return Refusal("the name logging means something else here")
        factory, imports = "logging.getLogger", (Import("logging"),)
    statement = f"{name} = {factory}(__name__)"
    if scope.function is None and line_for_statement(place.file.source, statement) > line:
        return Refusal("this runs before a logger can be made")
    return Logger(name, LOGGER_FACTORIES["logging.getLogger"], imports, (statement,))


def _is_written(name: str, place: Place) -> bool:
    """Whether a name stands anywhere in the file, so that a module-level one could be mistaken for it."""
    return place.file.source.mentions((name,)) and any(
        name in (getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "name", None))
        or (isinstance(node, ast.alias) and name in (node.asname, node.name.partition(".")[0]))
        or (isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names)
        for node in ast.walk(place.file.source.tree)
    )
