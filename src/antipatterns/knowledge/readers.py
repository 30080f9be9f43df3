"""What looks at a list, dict or set, or copies it, and neither changes it nor keeps it."""

from typing import Final

from antipatterns.knowledge.consumers import CONSUMERS

# Functions and classes: of what they are given.
READERS: Final[frozenset[str]] = CONSUMERS | {
    *(f"builtins.{name}" for name in ("len", "str", "repr", "bool", "print", "format", "isinstance", "type", "id")),
    *(f"builtins.{name}" for name in ("enumerate", "reversed", "zip", "iter", "hash", "callable", "hasattr")),
    *("copy.copy", "copy.deepcopy", "json.dumps", "pprint.pformat", "pprint.pprint", "itertools.chain"),
    *("types.MappingProxyType", "collections.OrderedDict"),
}

# Methods of lists, dicts and sets that leave them as they are.
READING_METHODS: Final[frozenset[str]] = frozenset(
    {
        *("copy", "get", "keys", "values", "items", "index", "count", "union", "intersection", "difference"),
        *("symmetric_difference", "isdisjoint", "issubset", "issuperset"),
    }
)

# Methods of other containers and of texts that take over or look at the items of what they are given.
TAKING_METHODS: Final[frozenset[str]] = (READING_METHODS - {"get", "index", "count"}) | {"update", "extend", "join"}

# Classes of tables that copy what they are made from.
COPYING_TABLES: Final[frozenset[str]] = frozenset(
    {
        *("pandas.DataFrame", "pandas.DataFrame.from_dict", "polars.DataFrame", "polars.from_dict", "polars.LazyFrame"),
        *("pyarrow.table", "pyarrow.Table.from_pydict"),
    }
)
