"""Which methods the language itself calls."""

from typing import Final

# Calling a class runs these.
CONSTRUCTORS: Final[tuple[str, ...]] = ("__new__", "__init__", "__post_init__")
