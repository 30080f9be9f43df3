"""Asynchronous clients and drivers, which do not block: known here so that a value's type tells them from others."""

from typing import Final

RETURNS: Final[dict[str, str]] = {
    "sqlalchemy.ext.asyncio.create_async_engine": "sqlalchemy.ext.asyncio.AsyncEngine",
    "sqlalchemy.ext.asyncio.AsyncEngine.connect": "sqlalchemy.ext.asyncio.AsyncConnection",
    "sqlalchemy.ext.asyncio.AsyncEngine.begin": "sqlalchemy.ext.asyncio.AsyncConnection",
    "sqlalchemy.ext.asyncio.async_sessionmaker.__call__": "sqlalchemy.ext.asyncio.AsyncSession",
    "sqlalchemy.ext.asyncio.async_sessionmaker.begin": "sqlalchemy.ext.asyncio.AsyncSession",
    "asyncpg.create_pool": "asyncpg.Pool",
    "asyncpg.Pool.acquire": "asyncpg.pool.PoolAcquireContext",
    "redis.asyncio.from_url": "redis.asyncio.Redis",
    "redis.asyncio.Redis.from_url": "redis.asyncio.Redis",
    "aiosqlite.connect": "aiosqlite.Connection",
    "psycopg.AsyncConnection.cursor": "psycopg.AsyncCursor",
    "motor.motor_asyncio.AsyncIOMotorClient.__getattr__": "motor.motor_asyncio.AsyncIOMotorDatabase",
    "motor.motor_asyncio.AsyncIOMotorDatabase.__getattr__": "motor.motor_asyncio.AsyncIOMotorCollection",
}

AWAITED: Final[dict[str, str]] = {
    **{
        f"{name}.__aenter__": name
        for name in (
            "httpx.AsyncClient",
            "aiohttp.ClientSession",
            "sqlalchemy.ext.asyncio.AsyncSession",
            "sqlalchemy.ext.asyncio.AsyncConnection",
            "sqlmodel.ext.asyncio.session.AsyncSession",
            "asyncpg.Pool",
            "databases.Database",
            "redis.asyncio.Redis",
            "aiosqlite.Connection",
            "psycopg.AsyncConnection",
            "psycopg.AsyncCursor",
            "psycopg_pool.AsyncConnectionPool",
        )
    },
    "asyncpg.connect": "asyncpg.Connection",
    "asyncpg.create_pool": "asyncpg.Pool",
    "asyncpg.Pool.acquire": "asyncpg.Connection",
    "asyncpg.pool.PoolAcquireContext.__aenter__": "asyncpg.Connection",
    "aiosqlite.connect": "aiosqlite.Connection",
    "psycopg.AsyncConnection.connect": "psycopg.AsyncConnection",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "httpx.AsyncClient": (),
    "aiohttp.ClientSession": (),
    "sqlalchemy.ext.asyncio.async_sessionmaker": (),
    "sqlalchemy.ext.asyncio.AsyncEngine": (),
    "sqlalchemy.ext.asyncio.AsyncConnection": (),
    "sqlalchemy.ext.asyncio.AsyncSession": (),
    "sqlmodel.ext.asyncio.session.AsyncSession": ("sqlalchemy.ext.asyncio.AsyncSession",),
    "asyncpg.Connection": (),
    "asyncpg.Pool": (),
    "asyncpg.pool.PoolAcquireContext": (),
    "databases.Database": (),
    "redis.asyncio.Redis": (),
    "aiosqlite.Connection": (),
    "psycopg.AsyncConnection": (),
    "psycopg.AsyncCursor": (),
    "psycopg_pool.AsyncConnectionPool": (),
    "motor.motor_asyncio.AsyncIOMotorClient": (),
    "motor.motor_asyncio.AsyncIOMotorDatabase": (),
    "motor.motor_asyncio.AsyncIOMotorCollection": (),
}

ALIASES: Final[dict[str, str]] = {
    "aiohttp.client.ClientSession": "aiohttp.ClientSession",
    "sqlalchemy.ext.asyncio.engine": "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.asyncio.session": "sqlalchemy.ext.asyncio",
    "asyncpg.pool.Pool": "asyncpg.Pool",
    "asyncpg.pool.create_pool": "asyncpg.create_pool",
    "asyncpg.connection": "asyncpg",
    "redis.asyncio.client.Redis": "redis.asyncio.Redis",
    "redis.asyncio.StrictRedis": "redis.asyncio.Redis",
}
