"""Which libraries read annotations while the program runs, so that a name in one must be importable then."""

from typing import Final

# Import roots. In a file that imports one of them, no annotation can be told to be for type checkers alone.
READERS: Final[frozenset[str]] = frozenset(
    {
        "adaptix",
        "beartype",
        "blacksheep",
        "cattr",
        "cattrs",
        "cyclopts",
        "dacite",
        "dataclasses_json",
        "dependency_injector",
        "desert",
        "dishka",
        "fastapi",
        "injector",
        "lagom",
        "litestar",
        "marshmallow_dataclass",
        "mashumaro",
        "msgspec",
        "odmantic",
        "ormar",
        "punq",
        "pydantic",
        "pydantic_settings",
        "sqlalchemy",
        "sqlmodel",
        "strawberry",
        "typeguard",
        "typer",
        "wireup",
    }
)

# Callables that read annotations of whatever they are given.
READING_CALLS: Final[frozenset[str]] = frozenset(
    {
        "typing.get_type_hints",
        "typing_extensions.get_type_hints",
        "inspect.get_annotations",
        "inspect.signature",
    }
)
