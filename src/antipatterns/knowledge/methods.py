"""Which methods the language itself calls."""

from typing import Final

# Calling a class runs these.
CONSTRUCTORS: Final[tuple[str, ...]] = ("__new__", "__init__", "__post_init__")

# Calling these with an instance runs its method.
PROTOCOLS: Final[dict[str, str]] = {
    f"builtins.{name}": f"__{name}__"
    for name in ("len", "str", "repr", "bool", "int", "float", "bytes", "hash", "iter", "next", "abs", "round")
}
