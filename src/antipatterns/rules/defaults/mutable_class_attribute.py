"""Allow a mutable class attribute that does not say that all instances share it.

What it finds
-------------
A list, dict or set (written out, a comprehension, a constructor) assigned right in the body of a class, without
``ClassVar`` or ``Final``. Only in plain classes: those that nobody but Python looks into, which is so when each base is
known (``object``, ``ABC``, ``Generic``, ``Protocol``, exceptions and a few more of the standard library, or a plain
class of this file) and nothing decorates the class. In a dataclass, an attribute without an annotation counts, as it is
no field. Silent for names in capitals, which are constants, for dunders such as ``__slots__``, where the annotation
promises not to change it (``Sequence``, ``Mapping`` …), where a class of this file above says so, for attributes that a
method gives each instance anew (``self.items = []``), in a class inside a class (``Meta``, ``Config``: somebody reads
these), and in one that has no methods, which is a table and has no instances to speak of.

Why it is bad
-------------
It looks like the default of an attribute of each instance, but there is one, and ``self.items.append(x)`` adds to the
items of all. Where that is meant, ``ClassVar`` says so to readers and type checkers.

Bad
---
::

    class Basket:
        items = []

        def add(self, item):
            self.items.append(item)

Good
----
::

    from typing import ClassVar

    class Basket:
        known_units: ClassVar[list[str]] = ["kg", "l"]

        def __init__(self):
            self.items = []

Fix safety
----------
Safe: ``ClassVar[...]`` around the annotation, or as a new one with the type that shows; what the program does stays.
Whether it should do that, only you know: where each instance needs its own, write it in ``__init__`` instead.

Options
-------
- ``defer-to-ruff``: leaves to RUF012 what is written out or made by a usual constructor, but for dataclasses.

Source
------
python-coding, "No mutable defaults". Others have it as ruff RUF012.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.class_fields import field_library_of, is_plain_class
from antipatterns.semantics.mutability import is_plainly_mutable, is_read_only, makes_mutable, unquoted
from antipatterns.semantics.names import class_named, scope_of_definition
from antipatterns.semantics.scope import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP304", on=False, ruff=("RUF012",))

_UNCHANGING = (ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.JoinedStr, ast.Lambda, ast.BinOp)
_SAYS_SO = {"ClassVar", "Final"}
_MAX_BASES = 16


@RULE.visit(ast.ClassDef)
def find_mutable_class_attribute(node: ast.ClassDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each attribute in a class body that instances share and can change."""
    if scope.kind is ScopeKind.CLASS or file.path.endswith(".pyi"):
        return
    found = [item for item in node.body if isinstance(item, (ast.Assign, ast.AnnAssign)) and _may_count(item)]
    owner = scope_of_definition(scope, node) if found else None
    if owner is None or not any(child.kind is ScopeKind.FUNCTION for child in owner.children):
        return
    library = field_library_of(owner, file) if node.decorator_list else None
    is_dataclass = library is not None and library.name == "dataclasses"
    if not is_dataclass and not is_plain_class(owner):
        return
    for item in found:
        name = _name_of(item)
        value = item.value
        if name is None or value is None or not makes_mutable(value, owner) or _is_meant(name, owner):
            continue
        if isinstance(item, ast.AnnAssign) and (is_dataclass or _says_so(item.annotation, owner)):
            continue
        if isinstance(item, ast.Assign) and _is_declared_above(name, owner):
            continue
        message = f'all instances share "{name}"; annotate it with ClassVar, or set it in __init__ for each'
        ruff = RULE.ruff if is_plainly_mutable(value, owner) and not is_dataclass else ()
        yield RULE.finding(file, file.source.span_of(value), message, fix=Safety.SAFE, ruff=ruff)


def _may_count(item: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a statement gives a name a value that may be mutable, by its shape."""
    return item.value is not None and not isinstance(item.value, _UNCHANGING)


def _name_of(item: ast.Assign | ast.AnnAssign) -> str | None:
    targets = item.targets if isinstance(item, ast.Assign) else [item.target]
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else None


def _is_meant(name: str, owner: Scope) -> bool:
    """Whether a name says that it is a constant or for Python, or methods give each instance its own."""
    if name.startswith("__") or name.lstrip("_").isupper():
        return True
    return any(
        key.partition(".")[2] == name and any(not isinstance(binding.node, ast.AugAssign) for binding in bindings)
        for method in owner.children
        for key, bindings in method.bindings.items()
    )


def _is_declared_above(name: str, owner: Scope, most: int = _MAX_BASES) -> bool:
    """Whether a class of this file above one says of a name that it is shared: that holds for all below it."""
    node, outside = owner.node, owner.parent
    if not isinstance(node, ast.ClassDef) or outside is None or most <= 0:
        return False
    for base in node.bases:
        above = class_named(base.value if isinstance(base, ast.Subscript) else base, outside)
        if above is not None and isinstance(above.node, ast.ClassDef):
            declared = [
                item.annotation
                for item in above.node.body
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.target.id == name
            ]
            if any(_says_so(one, above) for one in declared):
                return True
            if not declared and _is_declared_above(name, above, most - 1):
                return True
    return False


def _says_so(annotation: ast.expr, scope: Scope) -> bool:
    """Whether an annotation says that it is shared, or promises not to change it."""
    kind = unquoted(annotation)
    kind = kind.value if isinstance(kind, ast.Subscript) else kind
    name = kind.attr if isinstance(kind, ast.Attribute) else kind.id if isinstance(kind, ast.Name) else ""
    return name in _SAYS_SO or is_read_only(annotation, scope)
