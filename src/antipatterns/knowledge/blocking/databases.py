"""Synchronous drivers of databases, caches and search engines."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "psycopg2.connect": ("database", "asyncpg or psycopg.AsyncConnection"),
    "psycopg.connect": ("database", "psycopg.AsyncConnection.connect"),
    "pymysql.connect": ("database", "aiomysql or asyncmy"),
    "pymysql.Connection": ("database", "aiomysql or asyncmy"),
    "MySQLdb.connect": ("database", "aiomysql or asyncmy"),
    "mysql.connector.connect": ("database", "mysql.connector.aio.connect"),
    "oracledb.connect": ("database", "oracledb.connect_async"),
    "cx_Oracle.connect": ("database", "oracledb.connect_async"),
    "pyodbc.connect": ("database", "aioodbc"),
    "pymssql.connect": ("database", "asyncio.to_thread"),
    "duckdb.connect": ("database", "asyncio.to_thread"),
    "duckdb.execute": ("database", "asyncio.to_thread"),
    "snowflake.connector.connect": ("database", "asyncio.to_thread"),
    "clickhouse_connect.get_client": ("database", "clickhouse_connect.get_async_client"),
    "clickhouse_connect.create_client": ("database", "clickhouse_connect.get_async_client"),
    "elasticsearch.helpers.bulk": ("database", "elasticsearch.helpers.async_bulk"),
    "elasticsearch.helpers.streaming_bulk": ("database", "elasticsearch.helpers.async_bulk"),
    "elasticsearch.helpers.parallel_bulk": ("database", "elasticsearch.helpers.async_bulk"),
    "elasticsearch.helpers.scan": ("database", "elasticsearch.helpers.async_scan"),
    "elasticsearch.helpers.reindex": ("database", "elasticsearch.helpers.async_reindex"),
    "opensearchpy.helpers.bulk": ("database", "opensearchpy.helpers.async_bulk"),
    "opensearchpy.helpers.streaming_bulk": ("database", "opensearchpy.helpers.async_bulk"),
    "opensearchpy.helpers.parallel_bulk": ("database", "opensearchpy.helpers.async_bulk"),
    "opensearchpy.helpers.scan": ("database", "opensearchpy.helpers.async_scan"),
    "psycopg2.extras.execute_values": ("database", "asyncpg or psycopg.AsyncConnection"),
    "psycopg2.extras.execute_batch": ("database", "asyncpg or psycopg.AsyncConnection"),
    "psycopg2.pool.SimpleConnectionPool": ("database", "asyncpg or psycopg.AsyncConnection"),
    "psycopg2.pool.ThreadedConnectionPool": ("database", "asyncpg or psycopg.AsyncConnection"),
    "cassandra.concurrent.execute_concurrent": ("database", "asyncio.to_thread"),
    "cassandra.concurrent.execute_concurrent_with_args": ("database", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    # A client-side cursor holds its rows after `execute`: fetching from it is no I/O (psycopg2, psycopg,
    # pymysql, MySQLdb).
    "psycopg2.extensions.connection": (
        ("database", "asyncpg or psycopg.AsyncConnection", "commit rollback reset cancel"),
    ),
    "psycopg2.extensions.cursor": (
        (
            "database",
            "asyncpg or psycopg.AsyncConnection",
            "execute executemany callproc copy_from copy_to copy_expert",
        ),
    ),
    "psycopg2.pool.AbstractConnectionPool": (("database", "asyncpg or psycopg.AsyncConnection", "getconn"),),
    "psycopg.Connection": (("database", "psycopg.AsyncConnection", "connect execute commit rollback notifies wait"),),
    "psycopg.Cursor": (("database", "psycopg.AsyncCursor", "execute executemany stream"),),
    "psycopg.ServerCursor": (
        ("database", "psycopg.AsyncServerCursor", "execute executemany fetchone fetchmany fetchall __iter__"),
    ),
    "psycopg_pool.ConnectionPool": (("database", "psycopg_pool.AsyncConnectionPool", "connection getconn wait check"),),
    "pymysql.Connection": (
        (
            "database",
            "aiomysql or asyncmy",
            "connect commit rollback begin ping query select_db show_warnings kill",
        ),
    ),
    "pymysql.cursors.Cursor": (("database", "aiomysql or asyncmy", "execute executemany callproc"),),
    "pymysql.cursors.SSCursor": (
        (
            "database",
            "aiomysql or asyncmy",
            "fetchone fetchmany fetchall fetchall_unbuffered read_next __iter__",
        ),
    ),
    "MySQLdb.connections.Connection": (("database", "aiomysql or asyncmy", "commit rollback ping query begin"),),
    "MySQLdb.cursors.BaseCursor": (("database", "aiomysql or asyncmy", "execute executemany callproc"),),
    "mysql.connector.abstracts.MySQLConnectionAbstract": (
        (
            "database",
            "mysql.connector.aio",
            "connect reconnect ping commit rollback start_transaction reset_session cmd_query",
        ),
    ),
    "mysql.connector.abstracts.MySQLCursorAbstract": (
        (
            "database",
            "mysql.connector.aio",
            "execute executemany callproc fetchone fetchmany fetchall __iter__",
        ),
    ),
    "mysql.connector.pooling.MySQLConnectionPool": (
        ("database", "mysql.connector.aio", "get_connection add_connection"),
    ),
    "oracledb.Connection": (("database", "oracledb.connect_async", "commit rollback ping"),),
    "oracledb.Cursor": (
        (
            "database",
            "oracledb.connect_async",
            "execute executemany callproc callfunc fetchone fetchmany fetchall __iter__",
        ),
    ),
    "oracledb.ConnectionPool": (("database", "oracledb.connect_async", "acquire"),),
    "cx_Oracle.Connection": (("database", "oracledb.connect_async", "commit rollback ping"),),
    "cx_Oracle.Cursor": (
        (
            "database",
            "oracledb.connect_async",
            "execute executemany callproc callfunc fetchone fetchmany fetchall __iter__",
        ),
    ),
    "pyodbc.Connection": (("database", "aioodbc", "execute commit rollback"),),
    "pyodbc.Cursor": (
        (
            "database",
            "aioodbc",
            ("execute executemany fetchone fetchmany fetchall fetchval commit rollback tables columns __iter__"),
        ),
    ),
    "pymssql.Connection": (("database", "asyncio.to_thread", "commit rollback"),),
    "pymssql.Cursor": (
        (
            "database",
            "asyncio.to_thread",
            "execute executemany callproc fetchone fetchmany fetchall __iter__",
        ),
    ),
    "snowflake.connector.SnowflakeConnection": (
        ("database", "asyncio.to_thread", "execute_string execute_stream commit rollback"),
    ),
    "snowflake.connector.cursor.SnowflakeCursor": (
        (
            "database",
            "asyncio.to_thread",
            "execute executemany fetchone fetchmany fetchall fetch_pandas_all __iter__",
        ),
    ),
    "duckdb.DuckDBPyConnection": (
        (
            "database",
            "asyncio.to_thread",
            (
                "execute executemany commit rollback checkpoint fetchone fetchmany fetchall "
                "fetchdf fetch_df df fetchnumpy install_extension load_extension read_csv "
                "read_json read_parquet"
            ),
        ),
    ),
    "duckdb.DuckDBPyRelation": (
        (
            "database",
            "asyncio.to_thread",
            ("execute fetchone fetchmany fetchall df to_df arrow write_csv write_parquet to_csv to_parquet show"),
        ),
    ),
    # The constructor connects in the background, and `find` builds a cursor: neither blocks, iterating the
    # cursor does.
    "pymongo.MongoClient": (
        (
            "database",
            "pymongo.AsyncMongoClient or motor",
            "server_info list_databases list_database_names drop_database bulk_write watch",
        ),
    ),
    "pymongo.database.Database": (
        (
            "database",
            "pymongo.AsyncMongoClient or motor",
            (
                "command cursor_command aggregate create_collection list_collections "
                "list_collection_names drop_collection validate_collection dereference watch"
            ),
        ),
    ),
    "pymongo.collection.Collection": (
        (
            "database",
            "pymongo.AsyncMongoClient or motor",
            (
                "insert_one insert_many replace_one update_one update_many delete_one delete_many "
                "find_one find_one_and_delete find_one_and_replace find_one_and_update "
                "count_documents estimated_document_count distinct aggregate aggregate_raw_batches "
                "bulk_write create_index create_indexes drop_index drop_indexes list_indexes "
                "index_information list_search_indexes create_search_index create_search_indexes "
                "update_search_index drop_search_index options drop rename watch insert save "
                "update remove count find_and_modify ensure_index group map_reduce"
            ),
        ),
    ),
    "pymongo.cursor.Cursor": (
        (
            "database",
            "pymongo.AsyncMongoClient or motor",
            "next explain distinct count to_list __iter__ __next__ __getitem__",
        ),
    ),
    "pymongo.command_cursor.CommandCursor": (
        ("database", "pymongo.AsyncMongoClient or motor", "next try_next to_list __iter__ __next__"),
    ),
    "pymongo.client_session.ClientSession": (
        (
            "database",
            "pymongo.AsyncMongoClient or motor",
            "commit_transaction abort_transaction with_transaction",
        ),
    ),
    "gridfs.GridFS": (
        (
            "database",
            "gridfs.AsyncGridFS",
            "put get get_version get_last_version delete list find_one exists",
        ),
    ),
    "gridfs.GridFSBucket": (
        (
            "database",
            "gridfs.AsyncGridFSBucket",
            (
                "upload_from_stream upload_from_stream_with_id download_to_stream "
                "download_to_stream_by_name open_download_stream delete rename"
            ),
        ),
    ),
    "cassandra.cluster.Cluster": (("database", "asyncio.to_thread", "connect shutdown refresh_schema_metadata"),),
    "cassandra.cluster.Session": (
        (
            "database",
            "asyncio.to_thread",
            ("execute execute_graph execute_concurrent execute_concurrent_with_args prepare set_keyspace"),
        ),
    ),
    "cassandra.cluster.ResponseFuture": (("database", "add_callback", "result"),),
    "neo4j.Driver": (
        (
            "database",
            "neo4j.AsyncGraphDatabase",
            ("execute_query verify_connectivity verify_authentication get_server_info supports_multi_db"),
        ),
    ),
    "neo4j.Session": (
        (
            "database",
            "neo4j.AsyncGraphDatabase",
            ("run execute_read execute_write read_transaction write_transaction begin_transaction"),
        ),
    ),
    "neo4j.Transaction": (("database", "neo4j.AsyncGraphDatabase", "run commit rollback"),),
    "neo4j.Result": (
        (
            "database",
            "neo4j.AsyncGraphDatabase",
            "single data values value fetch consume graph to_df to_eager_result peek __iter__",
        ),
    ),
    "clickhouse_connect.driver.client.Client": (
        (
            "database",
            "clickhouse_connect.get_async_client",
            (
                "query query_df query_np query_arrow raw_query raw_insert command insert insert_df "
                "insert_arrow query_rows_stream query_row_block_stream query_column_block_stream "
                "query_df_stream ping"
            ),
        ),
    ),
    "clickhouse_driver.Client": (
        ("database", "asynch", "execute execute_with_progress execute_iter query_dataframe insert_dataframe"),
    ),
    # Every command is a round trip; what only builds an object (a pipeline, a lock, a subscription, a
    # module's commands) is not.
    "redis.Redis": (
        (
            "database",
            "redis.asyncio",
            (
                "* -close -pipeline -pubsub -lock -register_script -from_url -from_pool "
                "-get_encoder -get_connection_kwargs -get_retry -set_retry -set_response_callback "
                "-load_external_module -monitor -client -keyspace_notifications -get_cache "
                "-himport_prepare -himport_discard -himport_discard_all -json -ts -ft -bf -cf -cms "
                "-topk -tdigest -graph -vset"
            ),
        ),
    ),
    "redis.RedisCluster": (
        (
            "database",
            "redis.asyncio.RedisCluster",
            (
                "* -close -pipeline -pubsub -lock -register_script -from_url -get_encoder "
                "-get_connection_kwargs -set_retry -set_response_callback -load_external_module "
                "-monitor -on_connect -get_redis_connection -get_node -get_primaries -get_replicas "
                "-get_random_node -get_random_primary_or_all_nodes -get_nodes -get_node_from_key "
                "-get_default_node -get_nodes_from_slot -get_special_nodes "
                "-get_random_primary_node -set_default_node -keyslot -determine_slot "
                "-disconnect_connection_pools -keyspace_notifications -himport_prepare "
                "-himport_discard -himport_discard_all -json -ts -ft -bf -cf -cms -topk -tdigest "
                "-graph -vset"
            ),
        ),
    ),
    # Commands on a pipeline wait for `execute`.
    "redis.client.Pipeline": (("database", "redis.asyncio", "execute watch immediate_execute_command load_scripts"),),
    # `get_message` returns at once by default.
    "redis.client.PubSub": (
        (
            "database",
            "redis.asyncio",
            "subscribe unsubscribe psubscribe punsubscribe ssubscribe sunsubscribe listen ping",
        ),
    ),
    "redis.client.Monitor": (("database", "redis.asyncio", "listen next_command"),),
    "redis.lock.Lock": (
        ("database", "redis.asyncio.lock.Lock", "acquire release extend reacquire owned locked __enter__"),
    ),
    "redis.sentinel.Sentinel": (
        ("database", "redis.asyncio.sentinel.Sentinel", "discover_master discover_slaves discover_replicas"),
    ),
    "pymemcache.client.base.Client": (
        (
            "database",
            "aiomcache",
            (
                "get gets get_many gets_many get_multi set set_many set_multi add replace append "
                "prepend cas delete delete_many delete_multi incr decr touch stats version "
                "flush_all raw_command"
            ),
        ),
    ),
    "elasticsearch.Elasticsearch": (("database", "elasticsearch.AsyncElasticsearch", "* -options -close"),),
    "opensearchpy.OpenSearch": (("database", "opensearchpy.AsyncOpenSearch", "* -close"),),
    "elasticsearch.client.IndicesClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.indices.IndicesClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.CatClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.cat.CatClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.ClusterClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.cluster.ClusterClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.IngestClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.ingest.IngestClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.NodesClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.nodes.NodesClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.SnapshotClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.snapshot.SnapshotClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "elasticsearch.client.TasksClient": (("database", "elasticsearch.AsyncElasticsearch", "*"),),
    "opensearchpy.client.tasks.TasksClient": (("database", "opensearchpy.AsyncOpenSearch", "*"),),
    "qdrant_client.QdrantClient": (
        (
            "database",
            "qdrant_client.AsyncQdrantClient",
            (
                "query_points query_batch_points query_points_groups search search_batch "
                "search_groups recommend discover scroll count facet upsert update_vectors "
                "delete_vectors retrieve delete set_payload overwrite_payload delete_payload "
                "clear_payload batch_update_points update_collection_aliases "
                "get_collection_aliases get_aliases get_collections get_collection "
                "collection_exists create_collection recreate_collection update_collection "
                "delete_collection upload_points upload_collection create_payload_index "
                "delete_payload_index list_snapshots create_snapshot delete_snapshot"
            ),
        ),
    ),
    "influxdb_client.QueryApi": (
        (
            "database",
            "influxdb_client.client.influxdb_client_async",
            "query query_raw query_csv query_stream query_data_frame query_data_frame_stream",
        ),
    ),
}

RETURNS: Final[dict[str, str]] = {
    "psycopg2.connect": "psycopg2.extensions.connection",
    "psycopg2.pool.AbstractConnectionPool.getconn": "psycopg2.extensions.connection",
    "psycopg2.extensions.connection.cursor": "psycopg2.extensions.cursor",
    # A context manager counts as what `with` gives.
    "psycopg.connect": "psycopg.Connection",
    "psycopg.Connection.connect": "psycopg.Connection",
    "psycopg_pool.ConnectionPool.connection": "psycopg.Connection",
    "psycopg_pool.ConnectionPool.getconn": "psycopg.Connection",
    "psycopg.Connection.cursor": "psycopg.Cursor",
    "psycopg.Connection.execute": "psycopg.Cursor",
    "psycopg.Cursor.execute": "psycopg.Cursor",
    "pymysql.connect": "pymysql.Connection",
    "pymysql.Connection.cursor": "pymysql.cursors.Cursor",
    "MySQLdb.connect": "MySQLdb.connections.Connection",
    "MySQLdb.connections.Connection.cursor": "MySQLdb.cursors.BaseCursor",
    "mysql.connector.connect": "mysql.connector.abstracts.MySQLConnectionAbstract",
    "mysql.connector.pooling.MySQLConnectionPool.get_connection": ("mysql.connector.abstracts.MySQLConnectionAbstract"),
    "mysql.connector.abstracts.MySQLConnectionAbstract.cursor": ("mysql.connector.abstracts.MySQLCursorAbstract"),
    "oracledb.connect": "oracledb.Connection",
    "oracledb.ConnectionPool.acquire": "oracledb.Connection",
    "oracledb.Connection.cursor": "oracledb.Cursor",
    "oracledb.Cursor.execute": "oracledb.Cursor",
    "oracledb.create_pool": "oracledb.ConnectionPool",
    "cx_Oracle.connect": "cx_Oracle.Connection",
    "cx_Oracle.Connection.cursor": "cx_Oracle.Cursor",
    "pyodbc.connect": "pyodbc.Connection",
    "pyodbc.Connection.cursor": "pyodbc.Cursor",
    "pyodbc.Connection.execute": "pyodbc.Cursor",
    "pyodbc.Cursor.execute": "pyodbc.Cursor",
    "pymssql.connect": "pymssql.Connection",
    "pymssql.Connection.cursor": "pymssql.Cursor",
    "snowflake.connector.connect": "snowflake.connector.SnowflakeConnection",
    "snowflake.connector.SnowflakeConnection.cursor": "snowflake.connector.cursor.SnowflakeCursor",
    "snowflake.connector.cursor.SnowflakeCursor.execute": "snowflake.connector.cursor.SnowflakeCursor",
    "duckdb.connect": "duckdb.DuckDBPyConnection",
    "duckdb.execute": "duckdb.DuckDBPyConnection",
    "duckdb.DuckDBPyConnection.execute": "duckdb.DuckDBPyConnection",
    "duckdb.DuckDBPyConnection.executemany": "duckdb.DuckDBPyConnection",
    "duckdb.DuckDBPyConnection.cursor": "duckdb.DuckDBPyConnection",
    "duckdb.DuckDBPyConnection.begin": "duckdb.DuckDBPyConnection",
    "duckdb.sql": "duckdb.DuckDBPyRelation",
    "duckdb.query": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyConnection.sql": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyConnection.query": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyConnection.table": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyConnection.view": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyConnection.from_df": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyRelation.filter": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyRelation.limit": "duckdb.DuckDBPyRelation",
    "duckdb.DuckDBPyRelation.order": "duckdb.DuckDBPyRelation",
    "pymongo.MongoClient.get_database": "pymongo.database.Database",
    "pymongo.MongoClient.get_default_database": "pymongo.database.Database",
    "pymongo.MongoClient.__getitem__": "pymongo.database.Database",
    "pymongo.MongoClient.__getattr__": "pymongo.database.Database",
    "pymongo.database.Database.with_options": "pymongo.database.Database",
    "pymongo.database.Database.get_collection": "pymongo.collection.Collection",
    "pymongo.database.Database.create_collection": "pymongo.collection.Collection",
    "pymongo.database.Database.__getitem__": "pymongo.collection.Collection",
    "pymongo.database.Database.__getattr__": "pymongo.collection.Collection",
    "pymongo.collection.Collection.with_options": "pymongo.collection.Collection",
    "pymongo.collection.Collection.__getitem__": "pymongo.collection.Collection",
    "pymongo.collection.Collection.__getattr__": "pymongo.collection.Collection",
    "pymongo.collection.Collection.find": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.sort": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.limit": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.skip": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.batch_size": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.hint": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.max_time_ms": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.comment": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.collation": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.allow_disk_use": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.where": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.min": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.max": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.clone": "pymongo.cursor.Cursor",
    "pymongo.cursor.Cursor.rewind": "pymongo.cursor.Cursor",
    "pymongo.collection.Collection.aggregate": "pymongo.command_cursor.CommandCursor",
    "pymongo.database.Database.aggregate": "pymongo.command_cursor.CommandCursor",
    "pymongo.collection.Collection.list_indexes": "pymongo.command_cursor.CommandCursor",
    "pymongo.MongoClient.list_databases": "pymongo.command_cursor.CommandCursor",
    "pymongo.database.Database.list_collections": "pymongo.command_cursor.CommandCursor",
    "pymongo.MongoClient.start_session": "pymongo.client_session.ClientSession",
    "cassandra.cluster.Cluster.connect": "cassandra.cluster.Session",
    "cassandra.cluster.Session.execute_async": "cassandra.cluster.ResponseFuture",
    "neo4j.GraphDatabase.driver": "neo4j.Driver",
    "neo4j.Driver.session": "neo4j.Session",
    "neo4j.Session.begin_transaction": "neo4j.Transaction",
    "neo4j.Session.run": "neo4j.Result",
    "neo4j.Transaction.run": "neo4j.Result",
    "clickhouse_connect.get_client": "clickhouse_connect.driver.client.Client",
    "clickhouse_connect.create_client": "clickhouse_connect.driver.client.Client",
    "clickhouse_driver.Client.from_url": "clickhouse_driver.Client",
    "redis.from_url": "redis.Redis",
    "redis.Redis.from_url": "redis.Redis",
    "redis.Redis.from_pool": "redis.Redis",
    "redis.sentinel.Sentinel.master_for": "redis.Redis",
    "redis.sentinel.Sentinel.slave_for": "redis.Redis",
    "redis.sentinel.Sentinel.replica_for": "redis.Redis",
    "redis.Redis.pipeline": "redis.client.Pipeline",
    "redis.RedisCluster.pipeline": "redis.client.Pipeline",
    "redis.Redis.pubsub": "redis.client.PubSub",
    "redis.RedisCluster.pubsub": "redis.client.PubSub",
    "redis.Redis.monitor": "redis.client.Monitor",
    "redis.Redis.lock": "redis.lock.Lock",
    "redis.RedisCluster.lock": "redis.lock.Lock",
    "redis.RedisCluster.from_url": "redis.RedisCluster",
    "elasticsearch.Elasticsearch.options": "elasticsearch.Elasticsearch",
    "influxdb_client.InfluxDBClient.query_api": "influxdb_client.QueryApi",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "elasticsearch.Elasticsearch.indices": "elasticsearch.client.IndicesClient",
    "opensearchpy.OpenSearch.indices": "opensearchpy.client.indices.IndicesClient",
    "elasticsearch.Elasticsearch.cat": "elasticsearch.client.CatClient",
    "opensearchpy.OpenSearch.cat": "opensearchpy.client.cat.CatClient",
    "elasticsearch.Elasticsearch.cluster": "elasticsearch.client.ClusterClient",
    "opensearchpy.OpenSearch.cluster": "opensearchpy.client.cluster.ClusterClient",
    "elasticsearch.Elasticsearch.ingest": "elasticsearch.client.IngestClient",
    "opensearchpy.OpenSearch.ingest": "opensearchpy.client.ingest.IngestClient",
    "elasticsearch.Elasticsearch.nodes": "elasticsearch.client.NodesClient",
    "opensearchpy.OpenSearch.nodes": "opensearchpy.client.nodes.NodesClient",
    "elasticsearch.Elasticsearch.snapshot": "elasticsearch.client.SnapshotClient",
    "opensearchpy.OpenSearch.snapshot": "opensearchpy.client.snapshot.SnapshotClient",
    "elasticsearch.Elasticsearch.tasks": "elasticsearch.client.TasksClient",
    "opensearchpy.OpenSearch.tasks": "opensearchpy.client.tasks.TasksClient",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "psycopg2.extras.DictConnection": ("psycopg2.extensions.connection",),
    "psycopg2.extras.RealDictConnection": ("psycopg2.extensions.connection",),
    "psycopg2.extras.NamedTupleConnection": ("psycopg2.extensions.connection",),
    "psycopg2.extras.DictCursor": ("psycopg2.extensions.cursor",),
    "psycopg2.extras.RealDictCursor": ("psycopg2.extensions.cursor",),
    "psycopg2.extras.NamedTupleCursor": ("psycopg2.extensions.cursor",),
    "psycopg2.pool.SimpleConnectionPool": ("psycopg2.pool.AbstractConnectionPool",),
    "psycopg2.pool.ThreadedConnectionPool": ("psycopg2.pool.AbstractConnectionPool",),
    "psycopg.ClientCursor": ("psycopg.Cursor",),
    "psycopg.RawCursor": ("psycopg.Cursor",),
    "psycopg_pool.NullConnectionPool": ("psycopg_pool.ConnectionPool",),
    "pymysql.cursors.DictCursor": ("pymysql.cursors.Cursor",),
    "pymysql.cursors.SSCursor": ("pymysql.cursors.Cursor",),
    "pymysql.cursors.SSDictCursor": ("pymysql.cursors.SSCursor",),
    "MySQLdb.cursors.Cursor": ("MySQLdb.cursors.BaseCursor",),
    "MySQLdb.cursors.DictCursor": ("MySQLdb.cursors.BaseCursor",),
    "MySQLdb.cursors.SSCursor": ("MySQLdb.cursors.BaseCursor",),
    "MySQLdb.cursors.SSDictCursor": ("MySQLdb.cursors.BaseCursor",),
    "mysql.connector.connection.MySQLConnection": ("mysql.connector.abstracts.MySQLConnectionAbstract",),
    "mysql.connector.connection_cext.CMySQLConnection": (("mysql.connector.abstracts.MySQLConnectionAbstract",)),
    "mysql.connector.pooling.PooledMySQLConnection": ("mysql.connector.abstracts.MySQLConnectionAbstract",),
    "mysql.connector.cursor.MySQLCursor": ("mysql.connector.abstracts.MySQLCursorAbstract",),
    "mysql.connector.cursor_cext.CMySQLCursor": ("mysql.connector.abstracts.MySQLCursorAbstract",),
    "pymemcache.client.base.PooledClient": ("pymemcache.client.base.Client",),
    "pymemcache.client.hash.HashClient": ("pymemcache.client.base.Client",),
    "pymemcache.client.retrying.RetryingClient": ("pymemcache.client.base.Client",),
    "neo4j.BoltDriver": ("neo4j.Driver",),
    "neo4j.Neo4jDriver": ("neo4j.Driver",),
    "neo4j.ManagedTransaction": ("neo4j.Transaction",),
    "clickhouse_connect.driver.httpclient.HttpClient": ("clickhouse_connect.driver.client.Client",),
}

ALIASES: Final[dict[str, str]] = {
    "psycopg2._psycopg.connection": "psycopg2.extensions.connection",
    "psycopg2._psycopg.cursor": "psycopg2.extensions.cursor",
    "psycopg.connection": "psycopg",
    "psycopg.cursor": "psycopg",
    "psycopg.server_cursor": "psycopg",
    "psycopg.client_cursor": "psycopg",
    "psycopg_pool.pool": "psycopg_pool",
    "psycopg_pool.null_pool": "psycopg_pool",
    "pymysql.Connect": "pymysql.connect",
    "pymysql.connections.Connection": "pymysql.Connection",
    "MySQLdb.Connect": "MySQLdb.connect",
    "MySQLdb.Connection": "MySQLdb.connect",
    "mysql.connector.Connect": "mysql.connector.connect",
    "mysql.connector.pooling.connect": "mysql.connector.connect",
    "mysql.connector.MySQLConnection": "mysql.connector.connection.MySQLConnection",
    "oracledb.connection": "oracledb",
    "oracledb.cursor": "oracledb",
    "oracledb.pool": "oracledb",
    "pymongo.mongo_client.MongoClient": "pymongo.MongoClient",
    "pymongo.synchronous.mongo_client.MongoClient": "pymongo.MongoClient",
    "pymongo.synchronous.database.Database": "pymongo.database.Database",
    "pymongo.synchronous.collection.Collection": "pymongo.collection.Collection",
    "pymongo.synchronous.cursor.Cursor": "pymongo.cursor.Cursor",
    "pymongo.synchronous.command_cursor.CommandCursor": "pymongo.command_cursor.CommandCursor",
    "pymongo.synchronous.client_session.ClientSession": "pymongo.client_session.ClientSession",
    "gridfs.synchronous.grid_file.GridFS": "gridfs.GridFS",
    "gridfs.synchronous.grid_file.GridFSBucket": "gridfs.GridFSBucket",
    "neo4j._sync.driver": "neo4j",
    "neo4j._sync.work": "neo4j",
    "neo4j._sync.work.session": "neo4j",
    "neo4j._sync.work.transaction": "neo4j",
    "neo4j._sync.work.result": "neo4j",
    "clickhouse_connect.driver.Client": "clickhouse_connect.driver.client.Client",
    "clickhouse_connect.driver.create_client": "clickhouse_connect.get_client",
    "clickhouse_driver.client.Client": "clickhouse_driver.Client",
    "redis.client.Redis": "redis.Redis",
    "redis.StrictRedis": "redis.Redis",
    "redis.client.StrictRedis": "redis.Redis",
    "redis.utils.from_url": "redis.from_url",
    "redis.cluster.RedisCluster": "redis.RedisCluster",
    "redis.Sentinel": "redis.sentinel.Sentinel",
    "pymemcache.Client": "pymemcache.client.base.Client",
    "pymemcache.client.Client": "pymemcache.client.base.Client",
    "pymemcache.PooledClient": "pymemcache.client.base.PooledClient",
    "pymemcache.client.PooledClient": "pymemcache.client.base.PooledClient",
    "pymemcache.HashClient": "pymemcache.client.hash.HashClient",
    "pymemcache.client.HashClient": "pymemcache.client.hash.HashClient",
    "elasticsearch.client.Elasticsearch": "elasticsearch.Elasticsearch",
    "elasticsearch._sync.client.Elasticsearch": "elasticsearch.Elasticsearch",
    "elasticsearch._sync.client.indices.IndicesClient": "elasticsearch.client.IndicesClient",
    "elasticsearch._sync.client.IndicesClient": "elasticsearch.client.IndicesClient",
    "elasticsearch._sync.client.cat.CatClient": "elasticsearch.client.CatClient",
    "elasticsearch._sync.client.CatClient": "elasticsearch.client.CatClient",
    "elasticsearch._sync.client.cluster.ClusterClient": "elasticsearch.client.ClusterClient",
    "elasticsearch._sync.client.ClusterClient": "elasticsearch.client.ClusterClient",
    "elasticsearch._sync.client.ingest.IngestClient": "elasticsearch.client.IngestClient",
    "elasticsearch._sync.client.IngestClient": "elasticsearch.client.IngestClient",
    "elasticsearch._sync.client.nodes.NodesClient": "elasticsearch.client.NodesClient",
    "elasticsearch._sync.client.NodesClient": "elasticsearch.client.NodesClient",
    "elasticsearch._sync.client.snapshot.SnapshotClient": "elasticsearch.client.SnapshotClient",
    "elasticsearch._sync.client.SnapshotClient": "elasticsearch.client.SnapshotClient",
    "elasticsearch._sync.client.tasks.TasksClient": "elasticsearch.client.TasksClient",
    "elasticsearch._sync.client.TasksClient": "elasticsearch.client.TasksClient",
    "elasticsearch.helpers.actions": "elasticsearch.helpers",
    "opensearchpy.client.OpenSearch": "opensearchpy.OpenSearch",
    "opensearchpy.helpers.actions": "opensearchpy.helpers",
    "qdrant_client.qdrant_client.QdrantClient": "qdrant_client.QdrantClient",
    "influxdb_client.client.query_api.QueryApi": "influxdb_client.QueryApi",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "duckdb.connect": ((0, "database", ":memory:"),),
}

BLOCKING_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    # Without a file the database is in memory.
    "duckdb.connect": (0, "database"),
}
