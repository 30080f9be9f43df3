"""The libraries that make fields of what a class body holds: how a class joins them, and what they do with defaults."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple


class Treatment(Enum):
    """What becomes of a mutable default."""

    SHARED = auto()  # by all instances, silently
    REFUSED = auto()  # by an error when the class is made
    COPIED = auto()  # for each instance, silently


class FieldLibrary(NamedTuple):
    """One library: its name in messages, what it does, and the call that describes a field.

    ``field``: the dotted name of that call, "" where there is none. ``factory``: its keyword for a default made anew.
    ``takes_annotated``: whether ``x: T = value`` makes a field; ``only_calls_if_bare``: not where the class has a field
    call without an annotation. ``takes_bare_calls``: such a call makes a field. ``is_inherited``: whether subclasses
    have fields too. ``copies_empty``: an empty builtin container is a good default, which is copied.
    """

    name: str
    treatment: Treatment
    field: str
    factory: str = "default_factory"
    takes_annotated: bool = True
    only_calls_if_bare: bool = False
    takes_bare_calls: bool = False
    is_inherited: bool = False
    copies_empty: bool = False


_DATACLASSES: Final = FieldLibrary("dataclasses", Treatment.REFUSED, "dataclasses.field")
_ATTR_DATACLASS: Final = FieldLibrary("attrs", Treatment.SHARED, "attr.ib", "factory", takes_bare_calls=True)
_OLD_ATTRS: Final = _ATTR_DATACLASS._replace(takes_annotated=False)
_ATTR: Final = _ATTR_DATACLASS._replace(field="attr.field", only_calls_if_bare=True)
_ATTRS: Final = _ATTR._replace(field="attrs.field")
_PYDANTIC: Final = FieldLibrary("pydantic", Treatment.COPIED, "pydantic.Field", is_inherited=True)
_PYDANTIC_V1: Final = _PYDANTIC._replace(field="pydantic.v1.Field")
_SQLMODEL: Final = FieldLibrary("SQLModel", Treatment.COPIED, "sqlmodel.Field", is_inherited=True)
_MSGSPEC: Final = FieldLibrary("msgspec", Treatment.SHARED, "msgspec.field", is_inherited=True, copies_empty=True)
_NAMED_TUPLE: Final = FieldLibrary("NamedTuple", Treatment.SHARED, "")

# Class decorators, bare or called.
BY_DECORATOR: Final[dict[str, FieldLibrary]] = {
    "dataclasses.dataclass": _DATACLASSES,
    "pydantic.dataclasses.dataclass": _DATACLASSES,
    "pydantic.v1.dataclasses.dataclass": _DATACLASSES,
    **dict.fromkeys(("attr.s", "attr.attrs", "attr.attributes"), _OLD_ATTRS),
    "attr.dataclass": _ATTR_DATACLASS,
    **dict.fromkeys(("attr.define", "attr.mutable", "attr.frozen"), _ATTR),
    **dict.fromkeys(("attrs.define", "attrs.mutable", "attrs.frozen"), _ATTRS),
}

# Base classes.
BY_BASE: Final[dict[str, FieldLibrary]] = {
    **dict.fromkeys(
        (
            "pydantic.BaseModel",
            "pydantic.main.BaseModel",
            "pydantic.BaseSettings",
            "pydantic.env_settings.BaseSettings",
            "pydantic.generics.GenericModel",
            "pydantic_settings.BaseSettings",
            "pydantic_settings.main.BaseSettings",
        ),
        _PYDANTIC,
    ),
    **dict.fromkeys(
        (
            "pydantic.v1.BaseModel",
            "pydantic.v1.main.BaseModel",
            "pydantic.v1.BaseSettings",
            "pydantic.v1.generics.GenericModel",
        ),
        _PYDANTIC_V1,
    ),
    **dict.fromkeys(("sqlmodel.SQLModel", "sqlmodel.main.SQLModel"), _SQLMODEL),
    "msgspec.Struct": _MSGSPEC,
    "typing.NamedTuple": _NAMED_TUPLE,
    "typing_extensions.NamedTuple": _NAMED_TUPLE,
}

# Calls that describe a field, and whether their first positional argument is the default.
FIELD_CALLS: Final[dict[str, bool]] = {
    "dataclasses.field": False,
    **dict.fromkeys(("attr.ib", "attr.attrib", "attr.attr"), True),
    **dict.fromkeys(("attr.field", "attrs.field"), False),
    **dict.fromkeys(("pydantic.Field", "pydantic.fields.Field", "pydantic.v1.Field", "pydantic.v1.fields.Field"), True),
    **dict.fromkeys(("sqlmodel.Field", "sqlmodel.main.Field"), True),
    "msgspec.field": False,
}

# The keywords of these calls for a function that makes the default anew.
FACTORIES: Final[tuple[str, ...]] = ("default_factory", "factory")

# Their keywords for another name by which the field is given.
ALIASES: Final[tuple[str, ...]] = ("alias", "validation_alias")

# The keyword of each of these libraries' decorators or classes that keeps instances from changing.
FROZEN: Final = "frozen"
FROZEN_DECORATORS: Final[frozenset[str]] = frozenset({"attr.frozen", "attrs.frozen"})

# Names in a class body that configure the library and make no field.
NO_FIELDS: Final[frozenset[str]] = frozenset({"model_config"})
