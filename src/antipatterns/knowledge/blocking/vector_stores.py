"""Synchronous clients of vector stores, and of what remembers things for agents."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    # These connect, or open the files.
    "chromadb.HttpClient": ("http", "chromadb.AsyncHttpClient"),
    "chromadb.CloudClient": ("http", "chromadb.AsyncHttpClient"),
    "chromadb.PersistentClient": ("database", "asyncio.to_thread"),
    "weaviate.connect_to_local": ("http", "weaviate.use_async_with_local"),
    "weaviate.connect_to_weaviate_cloud": ("http", "weaviate.use_async_with_weaviate_cloud"),
    "weaviate.connect_to_wcs": ("http", "weaviate.use_async_with_weaviate_cloud"),
    "weaviate.connect_to_custom": ("http", "weaviate.use_async_with_custom"),
    "weaviate.connect_to_embedded": ("subprocess", "weaviate.use_async_with_embedded"),
    "weaviate.Client": ("http", "weaviate.use_async_with_custom"),
    "pymilvus.MilvusClient": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.Collection": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.connections.connect": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.utility.has_collection": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.utility.list_collections": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.utility.drop_collection": ("database", "pymilvus.AsyncMilvusClient"),
    "pymilvus.utility.rename_collection": ("database", "pymilvus.AsyncMilvusClient"),
    "mem0.MemoryClient": ("http", "mem0.AsyncMemoryClient"),
    "mem0.Memory": ("database", "mem0.AsyncMemory"),
    "mem0.Memory.from_config": ("database", "mem0.AsyncMemory"),
    "faiss.read_index": ("file", "asyncio.to_thread"),
    "faiss.write_index": ("file", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "chromadb.ClientAPI": (
        (
            "database",
            "chromadb.AsyncHttpClient",
            (
                "create_collection get_collection get_or_create_collection delete_collection list_collections "
                "count_collections heartbeat reset get_version"
            ),
        ),
    ),
    "chromadb.Collection": (
        ("database", "chromadb.AsyncHttpClient", "add query get upsert update delete count peek modify"),
    ),
    "pinecone.Pinecone": (
        (
            "http",
            "pinecone.PineconeAsyncio",
            (
                "list_indexes describe_index create_index create_index_for_model delete_index configure_index "
                "has_index list_collections create_collection describe_collection delete_collection"
            ),
        ),
    ),
    "pinecone.Index": (
        (
            "http",
            "pinecone.IndexAsyncio",
            (
                "query query_namespaces upsert upsert_records upsert_from_dataframe fetch delete update search "
                "search_records list_paginated describe_index_stats start_import describe_import cancel_import"
            ),
        ),
    ),
    "weaviate.WeaviateClient": (
        ("http", "weaviate.WeaviateAsyncClient", "connect is_ready is_live get_meta graphql_raw_query"),
    ),
    "weaviate.collections.Collections": (
        (
            "http",
            "weaviate.WeaviateAsyncClient",
            "create create_from_dict create_from_config delete delete_all exists list_all export_config",
        ),
    ),
    "weaviate.collections.Query": (
        (
            "http",
            "weaviate.WeaviateAsyncClient",
            (
                "near_text near_vector near_object near_image near_media bm25 hybrid fetch_objects "
                "fetch_object_by_id fetch_objects_by_ids"
            ),
        ),
    ),
    "weaviate.collections.Data": (
        (
            "http",
            "weaviate.WeaviateAsyncClient",
            (
                "insert insert_many replace update exists delete_by_id delete_many reference_add "
                "reference_add_many reference_delete reference_replace"
            ),
        ),
    ),
    "weaviate.collections.Collection": (("http", "weaviate.WeaviateAsyncClient", "exists shards"),),
    "pymilvus.MilvusClient": (
        (
            "database",
            "pymilvus.AsyncMilvusClient",
            (
                "search query get insert upsert delete hybrid_search flush compact create_collection "
                "drop_collection has_collection list_collections describe_collection rename_collection "
                "get_collection_stats load_collection release_collection get_load_state create_index drop_index "
                "list_indexes describe_index create_partition drop_partition has_partition list_partitions"
            ),
        ),
    ),
    "pymilvus.Collection": (
        (
            "database",
            "pymilvus.AsyncMilvusClient",
            (
                "search query insert upsert delete hybrid_search flush load release drop create_index drop_index "
                "create_partition drop_partition has_partition"
            ),
        ),
    ),
    "mem0.MemoryClient": (
        (
            "http",
            "mem0.AsyncMemoryClient",
            (
                "add search get get_all update delete delete_all history users delete_users reset batch_update "
                "batch_delete feedback"
            ),
        ),
    ),
    "mem0.Memory": (("http", "mem0.AsyncMemory", "add search get get_all update delete delete_all history reset"),),
}

RETURNS: Final[dict[str, str]] = {
    "chromadb.HttpClient": "chromadb.ClientAPI",
    "chromadb.CloudClient": "chromadb.ClientAPI",
    "chromadb.PersistentClient": "chromadb.ClientAPI",
    "chromadb.ClientAPI.create_collection": "chromadb.Collection",
    "chromadb.ClientAPI.get_collection": "chromadb.Collection",
    "chromadb.ClientAPI.get_or_create_collection": "chromadb.Collection",
    "pinecone.Pinecone.Index": "pinecone.Index",
    "weaviate.connect_to_local": "weaviate.WeaviateClient",
    "weaviate.connect_to_weaviate_cloud": "weaviate.WeaviateClient",
    "weaviate.connect_to_wcs": "weaviate.WeaviateClient",
    "weaviate.connect_to_custom": "weaviate.WeaviateClient",
    "weaviate.connect_to_embedded": "weaviate.WeaviateClient",
    "weaviate.collections.Collections.get": "weaviate.collections.Collection",
    "weaviate.collections.Collections.use": "weaviate.collections.Collection",
    "weaviate.collections.Collections.create": "weaviate.collections.Collection",
    "weaviate.collections.Collection.with_tenant": "weaviate.collections.Collection",
    "mem0.Memory.from_config": "mem0.Memory",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "weaviate.WeaviateClient.collections": "weaviate.collections.Collections",
    "weaviate.collections.Collection.query": "weaviate.collections.Query",
    "weaviate.collections.Collection.data": "weaviate.collections.Data",
}

ALIASES: Final[dict[str, str]] = {
    "chromadb.api.ClientAPI": "chromadb.ClientAPI",
    "chromadb.api.models.Collection.Collection": "chromadb.Collection",
    "pinecone.pinecone.Pinecone": "pinecone.Pinecone",
    "pinecone.control.pinecone.Pinecone": "pinecone.Pinecone",
    "pinecone.data.index.Index": "pinecone.Index",
    "pinecone.db_data.index.Index": "pinecone.Index",
    "weaviate.client.WeaviateClient": "weaviate.WeaviateClient",
    "pymilvus.milvus_client.milvus_client.MilvusClient": "pymilvus.MilvusClient",
    "pymilvus.milvus_client.MilvusClient": "pymilvus.MilvusClient",
    "pymilvus.orm.collection.Collection": "pymilvus.Collection",
    "pymilvus.orm.utility": "pymilvus.utility",
    "mem0.client.main.MemoryClient": "mem0.MemoryClient",
    "mem0.memory.main.Memory": "mem0.Memory",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    f"pinecone.Index.{name}": ((-1, "async_req", True),)
    for name in ("query", "upsert", "fetch", "delete", "update", "describe_index_stats")
}
