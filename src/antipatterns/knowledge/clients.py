"""Clients, pools and engines that hold connections: made once, they serve all calls."""

from typing import Final

# Canonical name of a class or factory to what it makes.
CLIENTS: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            *("httpx.Client", "httpx.AsyncClient", "httpx2.Client", "httpx2.AsyncClient"),
            *("requests.Session", "requests.session", "requests_oauthlib.OAuth2Session", "aiohttp.ClientSession"),
            *("urllib3.PoolManager", "curl_cffi.requests.Session", "curl_cffi.requests.AsyncSession"),
            *("cloudscraper.create_scraper", "httpcore.ConnectionPool", "httpcore.AsyncConnectionPool"),
        ),
        "HTTP client",
    ),
    **dict.fromkeys(
        (
            *("sqlalchemy.create_engine", "sqlalchemy.engine_from_config", "sqlmodel.create_engine"),
            "sqlalchemy.ext.asyncio.create_async_engine",
        ),
        "database engine",
    ),
    **dict.fromkeys(
        (
            *("asyncpg.create_pool", "asyncpg.connect", "aiomysql.create_pool", "aiomysql.connect"),
            *("psycopg2.connect", "psycopg.connect", "psycopg.AsyncConnection.connect", "psycopg_pool.ConnectionPool"),
            *("psycopg_pool.AsyncConnectionPool", "pymysql.connect", "MySQLdb.connect", "mysql.connector.connect"),
            *("pymongo.MongoClient", "pymongo.AsyncMongoClient", "motor.motor_asyncio.AsyncIOMotorClient"),
            *("redis.Redis", "redis.from_url", "redis.Redis.from_url", "redis.RedisCluster"),
            *("redis.asyncio.Redis", "redis.asyncio.from_url", "redis.asyncio.Redis.from_url"),
            *("elasticsearch.Elasticsearch", "elasticsearch.AsyncElasticsearch"),
            *("opensearchpy.OpenSearch", "opensearchpy.AsyncOpenSearch"),
            *("neo4j.GraphDatabase.driver", "neo4j.AsyncGraphDatabase.driver", "cassandra.cluster.Cluster"),
            *("qdrant_client.QdrantClient", "qdrant_client.AsyncQdrantClient", "clickhouse_connect.get_client"),
        ),
        "database client",
    ),
    **dict.fromkeys(
        (
            *("boto3.client", "boto3.resource", "boto3.session.Session.client", "boto3.session.Session.resource"),
            *("google.cloud.storage.Client", "google.cloud.bigquery.Client", "google.cloud.firestore.Client"),
            *("google.cloud.firestore.AsyncClient", "google.cloud.pubsub_v1.PublisherClient"),
            *("azure.storage.blob.BlobServiceClient", "azure.storage.blob.aio.BlobServiceClient"),
            *("azure.cosmos.CosmosClient", "azure.cosmos.aio.CosmosClient", "minio.Minio"),
        ),
        "cloud client",
    ),
    **dict.fromkeys(
        (
            *("openai.OpenAI", "openai.AsyncOpenAI", "openai.AzureOpenAI", "openai.AsyncAzureOpenAI"),
            *("anthropic.Anthropic", "anthropic.AsyncAnthropic", "groq.Groq", "groq.AsyncGroq"),
            *("cohere.Client", "cohere.AsyncClient", "ollama.Client", "ollama.AsyncClient", "mistralai.Mistral"),
        ),
        "API client",
    ),
    **dict.fromkeys(
        (
            *("kafka.KafkaProducer", "confluent_kafka.Producer", "aiokafka.AIOKafkaProducer"),
            *("pika.BlockingConnection", "aio_pika.connect", "aio_pika.connect_robust", "grpc.insecure_channel"),
            *("grpc.secure_channel", "grpc.aio.insecure_channel", "grpc.aio.secure_channel"),
        ),
        "connection",
    ),
}

# Words in the name of a class that say which infrastructure it stands for: an adapter, whatever else it is called.
TECHNOLOGIES: Final[frozenset[str]] = frozenset(
    {
        *("adapter", "connector", "gateway", "http", "repository"),
        *("database", "db", "sql", "postgres", "postgresql", "mysql", "maria", "sqlite", "redis", "valkey", "mongo"),
        *("mongodb", "elastic", "elasticsearch", "opensearch", "neo4j", "cassandra", "qdrant", "clickhouse", "milvus"),
        *("aws", "s3", "gcs", "gcp", "azure", "blob", "dynamo", "dynamodb", "sqs", "sns", "ses", "bedrock", "minio"),
        *("firestore", "firebase", "bigquery", "pubsub", "cosmos", "kafka", "rabbit", "rabbitmq", "amqp", "grpc"),
        *("openai", "gpt", "anthropic", "claude", "groq", "cohere", "ollama", "mistral"),
    }
)

# Parts of the names of functions, and of their decorators, that run once: at the start, or for what is kept.
RUN_ONCE: Final[tuple[str, ...]] = (
    *("main", "lifespan", "startup", "on_event", "setup", "fixture", "cache", "contextmanager", "command", "migrat"),
)

# Arguments of clients that bring the connections: what is given here outlives the client.
CONNECTION_ARGUMENTS: Final[frozenset[str]] = frozenset(
    {"connector", "transport", "connection_pool", "pool", "poolmanager"}
)
