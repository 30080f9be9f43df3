"""Base classes that do nothing with what a class body holds, and add nothing that makes instances change."""

import builtins
from typing import Final

PLAIN_BASES: Final[frozenset[str]] = frozenset(
    {
        "builtins.object",
        "abc.ABC",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Protocol",
        "threading.Thread",
        "contextlib.AbstractContextManager",
        "contextlib.AbstractAsyncContextManager",
        "contextlib.ContextDecorator",
        "logging.Handler",
        "logging.Filter",
        "logging.Formatter",
        *(
            f"builtins.{name}"
            for name, value in vars(builtins).items()
            if isinstance(value, type) and issubclass(value, BaseException)
        ),
    }
)

# Metaclasses that only ask for abstract methods.
PLAIN_METACLASSES: Final[frozenset[str]] = frozenset({"abc.ABCMeta", "builtins.type"})
