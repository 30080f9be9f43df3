"""Allow a class that does several jobs at once, whose methods have nothing to do with each other.

What it finds
-------------
A class with at least 10 methods that fall into groups of at least 3 which share nothing: no attribute of the instance
is used in two of the groups, and no method of one calls a method of another. Constructors, ``__repr__``, ``__eq__``
and the like do not join groups, as they touch everything; nor do methods that use nothing of their instance, nor
properties and what only gets or sets an attribute. Methods that the language calls by their names (``__add__``) are of
no group: they can stand nowhere else. Silent where something unknown could join the groups: a base class that is not
known to hold no state, a decorated class, a method that hands ``self`` to something else or looks attributes up by
name, a call of a method that subclasses are to write; and in test classes. The message names the groups.

Why it is bad
-------------
Each of the jobs can be understood, tested and changed only with the others in view, and whoever needs one gets all.

Bad
---
::

    class Shop:
        def __init__(self, db, mailer):
            self.db = db
            self.mailer = mailer

        def load(self, key):
            return self.db.load(key)

        def save(self, order):
            self.db.save(order)

        def delete(self, key):
            self.db.delete(key)

        def count(self):
            return self.db.count()

        def find(self, name):
            return self.db.find(name)

        def welcome(self, user):
            self.mailer.send(user, "welcome")

        def remind(self, user):
            self.mailer.send(user, "remember")

        def thank(self, user):
            self.mailer.send(user, "thanks")

        def apologize(self, user):
            self.mailer.send(user, "sorry")

        def cancel(self, user):
            self.mailer.send(user, "cancelled")

Good
----
::

    class Orders:
        def __init__(self, db):
            self.db = db

        def load(self, key):
            return self.db.load(key)

        def save(self, order):
            self.db.save(order)

    class Letters:
        def __init__(self, mailer):
            self.mailer = mailer

        def welcome(self, user):
            self.mailer.send(user, "welcome")

Fix safety
----------
There is no fix: the names of the new classes, and who is to get which, are yours to choose.

Options
-------
- ``min-methods`` (int, default 10): the fewest methods, without constructors and the like, that a class must have.

Source
------
python-coding, "No god objects", "One responsibility per file". Others have pylint R0904, which counts public methods.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import msgspec

from antipatterns.rule import Rule
from antipatterns.semantics.method_groups import describe_groups, groups_of_methods
from antipatterns.semantics.names import scope_of_definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    min_methods: Annotated[int, msgspec.Meta(ge=1)] = 10


RULE = Rule(__name__, "AP504", on=False, options=Options)


@RULE.visit(ast.ClassDef)
def find_god_class(node: ast.ClassDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a class with many methods in groups that share nothing."""
    options: Options = file.options(RULE)
    methods = [item for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))]
    if len(methods) < options.min_methods or file.is_test:
        return
    owner = scope_of_definition(scope, node)
    groups = [] if owner is None else groups_of_methods(owner)
    count = sum(len(group.methods) for group in groups)
    if len(groups) > 1 and count >= options.min_methods:
        message = (
            f'class "{node.name}" does {len(groups)} jobs that share nothing: {describe_groups(groups)}; '
            "make a class of each"
        )
        yield RULE.finding(file, file.source.span_of_name(node), message)
