"""Which calls ask a database or another service something, as opposed to preparing, fetching or closing."""

from typing import Final

# Categories of `blocking` that leave the program for data.
CATEGORIES: Final[dict[str, str]] = {"http": "HTTP request", "database": "query"}

# Methods in these categories that ask nothing: they prepare, fetch what was asked for, end, or take many at once.
NOT_QUERIES: Final[frozenset[str]] = frozenset(
    {
        *("connect", "connection", "raw_connection", "getconn", "ensure_connection", "cursor", "begin", "close"),
        *(
            "commit",
            "rollback",
            "flush",
            "reset",
            "cancel",
            "ping",
            "savepoint",
            "savepoint_commit",
            "savepoint_rollback",
        ),
        *("fetchone", "fetchmany", "fetchall", "fetch", "iterator", "__iter__", "__next__", "__enter__", "__exit__"),
        *("__len__", "__bool__", "__contains__", "iter_content", "iter_lines", "read", "read1", "readinto", "stream"),
        *("executemany", "executescript", "execute_batch", "execute_values", "bulk_create", "bulk_update"),
        *("bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "insert_many", "update_many"),
        *("create_all", "drop_all", "create_tables", "drop_tables", "shutdown", "subscribe", "publish", "send"),
        *("delete_index", "create_index", "delete_collection", "create_collection", "drop_collection"),
        *("json", "drain_conn", "read_chunked", "build", "next_chunk", "publish_message", "listen", "get_message"),
    }
)

# Classes that manage what holds the data, or runs the programs: each of their calls is a piece of work.
ADMINISTRATIVE: Final[frozenset[str]] = frozenset(
    {
        *("elasticsearch.client.IndicesClient", "elasticsearch.client.ClusterClient"),
        *("opensearchpy.client.indices.IndicesClient", "opensearchpy.client.cluster.ClusterClient"),
        *(f"docker.models.{name}" for name in ("containers.ContainerCollection", "containers.Container")),
        *(f"docker.models.{name}" for name in ("images.ImageCollection", "images.Image")),
        *(f"docker.models.{name}" for name in ("networks.NetworkCollection", "volumes.VolumeCollection")),
    }
)

# Beginnings of the names of methods whose first argument is a statement, and of statements about rows.
STATEMENT_TAKERS: Final[tuple[str, ...]] = ("execute", "exec", "scalar", "fetch", "query", "stream")
OTHER_STATEMENT_TAKERS: Final[frozenset[str]] = frozenset({"run"})  # in another language than SQL
DATA_STATEMENTS: Final[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH", "UPSERT")

# Functions and methods that make a statement about the table that they are given first.
TABLE_TAKERS: Final[frozenset[str]] = frozenset({"select_from", "select", "insert", "update", "delete"})

_HTTP = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request", "stream"})
_SESSION = frozenset({"execute", "scalar", "scalars", "get", "get_one", "refresh", "merge", "stream", "stream_scalars"})
_ASYNCPG = frozenset({"execute", "fetch", "fetchrow", "fetchval"})

# Asynchronous class to what its querying methods do, and their names.
ASYNC_QUERIES: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "httpx.AsyncClient": ("HTTP request", _HTTP),
    "aiohttp.ClientSession": ("HTTP request", _HTTP),
    "sqlalchemy.ext.asyncio.AsyncSession": ("query", _SESSION),
    "sqlalchemy.ext.asyncio.AsyncConnection": (
        "query",
        frozenset({"execute", "scalar", "scalars", "exec_driver_sql", "stream"}),
    ),
    "sqlmodel.ext.asyncio.session.AsyncSession": ("query", frozenset({"exec"})),
    "asyncpg.Connection": ("query", _ASYNCPG),
    "asyncpg.Pool": ("query", _ASYNCPG),
    "databases.Database": ("query", frozenset({"execute", "fetch_all", "fetch_one", "fetch_val"})),
    "redis.asyncio.Redis": (
        "query",
        frozenset({"get", "set", "hget", "hgetall", "hset", "exists", "delete", "incr", "decr", "expire", "smembers"}),
    ),
    "aiosqlite.Connection": ("query", frozenset({"execute", "execute_fetchall", "execute_insert"})),
    "psycopg.AsyncConnection": ("query", frozenset({"execute"})),
    "psycopg.AsyncCursor": ("query", frozenset({"execute"})),
    "motor.motor_asyncio.AsyncIOMotorCollection": (
        "query",
        frozenset(
            {
                *("find_one", "insert_one", "update_one", "replace_one", "delete_one", "count_documents", "distinct"),
                *("find_one_and_update", "find_one_and_delete", "find_one_and_replace"),
            }
        ),
    ),
}
