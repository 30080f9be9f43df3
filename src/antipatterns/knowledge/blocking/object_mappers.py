"""Synchronous object-relational mappers: SQLAlchemy, SQLModel, Django, peewee and mongoengine."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "django.shortcuts.get_object_or_404": (("database", "the method's a-prefixed twin or asgiref.sync.sync_to_async")),
    "django.shortcuts.get_list_or_404": (("database", "the method's a-prefixed twin or asgiref.sync.sync_to_async")),
    "django.contrib.auth.authenticate": (("database", "the method's a-prefixed twin or asgiref.sync.sync_to_async")),
    "django.contrib.auth.login": ("database", "the method's a-prefixed twin or asgiref.sync.sync_to_async"),
    "django.core.mail.send_mail": ("socket", "asgiref.sync.sync_to_async"),
    "django.core.mail.send_mass_mail": ("socket", "asgiref.sync.sync_to_async"),
    "django.core.mail.mail_admins": ("socket", "asgiref.sync.sync_to_async"),
    "django.core.mail.mail_managers": ("socket", "asgiref.sync.sync_to_async"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    # `add`, `delete`, `expire` and `expunge` only mark objects; the rows of an executed statement are
    # buffered.
    "sqlalchemy.orm.Session": (
        (
            "database",
            "sqlalchemy.ext.asyncio.AsyncSession",
            (
                "execute scalar scalars commit rollback flush refresh get get_one merge connection "
                "bulk_save_objects bulk_insert_mappings bulk_update_mappings"
            ),
        ),
    ),
    # Filtering and joining build the statement; only these send it.
    "sqlalchemy.orm.Query": (
        (
            "database",
            "sqlalchemy.ext.asyncio.AsyncSession",
            "all first one one_or_none scalar get count delete update value __iter__",
        ),
    ),
    "sqlalchemy.Engine": (
        (
            "database",
            "sqlalchemy.ext.asyncio.create_async_engine",
            "connect begin raw_connection execute scalar",
        ),
    ),
    "sqlalchemy.Connection": (
        (
            "database",
            "sqlalchemy.ext.asyncio.create_async_engine",
            "execute scalar scalars exec_driver_sql commit rollback",
        ),
    ),
    "sqlalchemy.MetaData": (("database", "AsyncConnection.run_sync", "create_all drop_all reflect"),),
    "sqlalchemy.Inspector": (
        (
            "database",
            "AsyncConnection.run_sync",
            (
                "get_table_names get_view_names get_schema_names get_columns get_indexes "
                "get_foreign_keys get_pk_constraint get_unique_constraints get_check_constraints "
                "has_table reflect_table"
            ),
        ),
    ),
    "sqlmodel.Session": (("database", "sqlmodel.ext.asyncio.session.AsyncSession", "exec"),),
    # `filter`, `exclude`, `order_by` and the like stay lazy until one of these, or a loop, evaluates them.
    "django.db.models.QuerySet": (
        (
            "database",
            "the method's a-prefixed twin or asgiref.sync.sync_to_async",
            (
                "get first last earliest latest count exists contains create get_or_create "
                "update_or_create bulk_create bulk_update update delete aggregate in_bulk iterator "
                "explain __iter__ __len__ __bool__ __contains__"
            ),
        ),
    ),
    "django.db.models.Model": (
        (
            "database",
            "the method's a-prefixed twin or asgiref.sync.sync_to_async",
            "save save_base delete refresh_from_db",
        ),
    ),
    "django.db.backends.base.base.BaseDatabaseWrapper": (
        (
            "database",
            "asgiref.sync.sync_to_async",
            ("cursor connect ensure_connection commit rollback savepoint savepoint_commit savepoint_rollback"),
        ),
    ),
    "django.db.backends.utils.CursorWrapper": (
        (
            "database",
            "asgiref.sync.sync_to_async",
            "execute executemany callproc fetchone fetchmany fetchall __iter__",
        ),
    ),
    "django.core.mail.EmailMessage": (("socket", "asgiref.sync.sync_to_async", "send"),),
    "peewee.Database": (
        (
            "database",
            "peewee-async",
            ("connect execute execute_sql commit rollback begin create_tables drop_tables table_exists get_tables"),
        ),
    ),
    "peewee.Model": (
        (
            "database",
            "peewee-async",
            (
                "create get get_or_none get_by_id set_by_id delete_by_id get_or_create save "
                "delete_instance bulk_create bulk_update create_table drop_table truncate_table "
                "table_exists"
            ),
        ),
    ),
    "peewee.BaseQuery": (("database", "peewee-async", "execute iterator __iter__ __len__"),),
    "peewee.SelectBase": (("database", "peewee-async", "get first scalar count exists peek"),),
    "mongoengine.Document": (
        ("database", "beanie or motor", "save delete reload update modify drop_collection ensure_indexes"),
    ),
    "mongoengine.QuerySet": (
        (
            "database",
            "beanie or motor",
            (
                "get first count create insert update update_one upsert_one modify delete sum "
                "average distinct aggregate __iter__ __len__"
            ),
        ),
    ),
}

RETURNS: Final[dict[str, str]] = {
    "sqlalchemy.create_engine": "sqlalchemy.Engine",
    "sqlalchemy.engine_from_config": "sqlalchemy.Engine",
    "sqlmodel.create_engine": "sqlalchemy.Engine",
    "sqlalchemy.Engine.execution_options": "sqlalchemy.Engine",
    # A context manager counts as what `with` gives: `begin` yields the connection, or the session.
    "sqlalchemy.Engine.connect": "sqlalchemy.Connection",
    "sqlalchemy.Engine.begin": "sqlalchemy.Connection",
    "sqlalchemy.orm.Session.connection": "sqlalchemy.Connection",
    "sqlalchemy.Connection.execution_options": "sqlalchemy.Connection",
    "sqlalchemy.orm.sessionmaker.__call__": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.sessionmaker.begin": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.scoped_session.__call__": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.object_session": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.Session.query": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.filter": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.filter_by": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.where": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.order_by": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.group_by": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.having": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.join": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.outerjoin": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.select_from": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.distinct": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.limit": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.offset": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.options": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.with_for_update": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.with_entities": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.add_columns": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.add_column": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.populate_existing": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.execution_options": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.params": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.union": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.union_all": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.intersect": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.except_": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.yield_per": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.enable_eagerloads": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.correlate": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.slice": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.autoflush": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.reset_joinpoint": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.from_statement": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Query.with_session": "sqlalchemy.orm.Query",
    "sqlalchemy.Inspector.from_engine": "sqlalchemy.Inspector",
    "django.db.models.QuerySet.all": "django.db.models.QuerySet",
    "django.db.models.QuerySet.filter": "django.db.models.QuerySet",
    "django.db.models.QuerySet.exclude": "django.db.models.QuerySet",
    "django.db.models.QuerySet.none": "django.db.models.QuerySet",
    "django.db.models.QuerySet.order_by": "django.db.models.QuerySet",
    "django.db.models.QuerySet.reverse": "django.db.models.QuerySet",
    "django.db.models.QuerySet.distinct": "django.db.models.QuerySet",
    "django.db.models.QuerySet.annotate": "django.db.models.QuerySet",
    "django.db.models.QuerySet.alias": "django.db.models.QuerySet",
    "django.db.models.QuerySet.values": "django.db.models.QuerySet",
    "django.db.models.QuerySet.values_list": "django.db.models.QuerySet",
    "django.db.models.QuerySet.dates": "django.db.models.QuerySet",
    "django.db.models.QuerySet.datetimes": "django.db.models.QuerySet",
    "django.db.models.QuerySet.union": "django.db.models.QuerySet",
    "django.db.models.QuerySet.intersection": "django.db.models.QuerySet",
    "django.db.models.QuerySet.difference": "django.db.models.QuerySet",
    "django.db.models.QuerySet.select_related": "django.db.models.QuerySet",
    "django.db.models.QuerySet.prefetch_related": "django.db.models.QuerySet",
    "django.db.models.QuerySet.select_for_update": "django.db.models.QuerySet",
    "django.db.models.QuerySet.defer": "django.db.models.QuerySet",
    "django.db.models.QuerySet.only": "django.db.models.QuerySet",
    "django.db.models.QuerySet.using": "django.db.models.QuerySet",
    "django.db.models.QuerySet.extra": "django.db.models.QuerySet",
    "django.db.models.QuerySet.complex_filter": "django.db.models.QuerySet",
    "django.db.models.Manager.get_queryset": "django.db.models.QuerySet",
    "django.db.backends.base.base.BaseDatabaseWrapper.cursor": "django.db.backends.utils.CursorWrapper",
    "peewee.Model.select": "peewee.ModelSelect",
    "peewee.Model.filter": "peewee.ModelSelect",
    "peewee.ModelSelect.where": "peewee.ModelSelect",
    "peewee.ModelSelect.order_by": "peewee.ModelSelect",
    "peewee.ModelSelect.limit": "peewee.ModelSelect",
    "peewee.ModelSelect.offset": "peewee.ModelSelect",
    "peewee.ModelSelect.join": "peewee.ModelSelect",
    "peewee.ModelSelect.group_by": "peewee.ModelSelect",
    "peewee.ModelSelect.having": "peewee.ModelSelect",
    "peewee.ModelSelect.distinct": "peewee.ModelSelect",
    "peewee.ModelSelect.switch": "peewee.ModelSelect",
    "peewee.ModelSelect.dicts": "peewee.ModelSelect",
    "peewee.ModelSelect.tuples": "peewee.ModelSelect",
    "peewee.ModelSelect.namedtuples": "peewee.ModelSelect",
    "peewee.ModelSelect.objects": "peewee.ModelSelect",
    "peewee.Model.insert": "peewee.BaseQuery",
    "peewee.Model.insert_many": "peewee.BaseQuery",
    "peewee.Model.update": "peewee.BaseQuery",
    "peewee.Model.delete": "peewee.BaseQuery",
    "peewee.Model.replace": "peewee.BaseQuery",
    "peewee.Model.replace_many": "peewee.BaseQuery",
    "peewee.Model.raw": "peewee.BaseQuery",
    "peewee.BaseQuery.where": "peewee.BaseQuery",
    "peewee.BaseQuery.on_conflict": "peewee.BaseQuery",
    "peewee.BaseQuery.returning": "peewee.BaseQuery",
    "mongoengine.QuerySet.__call__": "mongoengine.QuerySet",
    "mongoengine.QuerySet.filter": "mongoengine.QuerySet",
    "mongoengine.QuerySet.order_by": "mongoengine.QuerySet",
    "mongoengine.QuerySet.limit": "mongoengine.QuerySet",
    "mongoengine.QuerySet.skip": "mongoengine.QuerySet",
    "mongoengine.QuerySet.only": "mongoengine.QuerySet",
    "mongoengine.QuerySet.exclude": "mongoengine.QuerySet",
}

# What a query of a model gives is one of its objects; whatever the model, these methods are those of all.
AWAITED: Final[dict[str, str]] = {
    **{
        f"django.db.models.QuerySet.{name}": "django.db.models.Model"
        for name in ("aget", "acreate", "aearliest", "alatest", "afirst", "alast")
    },
    **{
        f"django.db.models.QuerySet.{name}": "tuple[django.db.models.Model, object]"
        for name in ("aget_or_create", "aupdate_or_create")
    },
}

ATTRIBUTES: Final[dict[str, str]] = {
    "django.db.models.Model.objects": "django.db.models.Manager",
    # A variable of a module is an attribute too.
    "django.db.connection": "django.db.backends.base.base.BaseDatabaseWrapper",
    "mongoengine.Document.objects": "mongoengine.QuerySet",
    "flask_sqlalchemy.SQLAlchemy.session": "sqlalchemy.orm.scoped_session",
    "flask_sqlalchemy.SQLAlchemy.engine": "sqlalchemy.Engine",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    # scoped_session hands every method on to the session of this thread.
    "sqlalchemy.orm.scoped_session": ("sqlalchemy.orm.Session",),
    "sqlmodel.Session": ("sqlalchemy.orm.Session",),
    "flask_sqlalchemy.session.Session": ("sqlalchemy.orm.Session",),
    # A manager has its queryset's methods.
    "django.db.models.Manager": ("django.db.models.QuerySet",),
    "peewee.SelectBase": ("peewee.BaseQuery",),
    "peewee.ModelSelect": ("peewee.SelectBase",),
    "peewee.Select": ("peewee.SelectBase",),
    "peewee.SqliteDatabase": ("peewee.Database",),
    "peewee.PostgresqlDatabase": ("peewee.Database",),
    "peewee.MySQLDatabase": ("peewee.Database",),
    "playhouse.pool.PooledPostgresqlDatabase": ("peewee.Database",),
    "playhouse.pool.PooledMySQLDatabase": ("peewee.Database",),
    "playhouse.sqlite_ext.SqliteExtDatabase": ("peewee.Database",),
    "playhouse.postgres_ext.PostgresqlExtDatabase": ("peewee.Database",),
    "mongoengine.DynamicDocument": ("mongoengine.Document",),
    "django.core.mail.EmailMultiAlternatives": ("django.core.mail.EmailMessage",),
}

ALIASES: Final[dict[str, str]] = {
    "sqlalchemy.orm.session.Session": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.session.sessionmaker": "sqlalchemy.orm.sessionmaker",
    "sqlalchemy.orm.session.object_session": "sqlalchemy.orm.object_session",
    "sqlalchemy.orm.query.Query": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.scoping.scoped_session": "sqlalchemy.orm.scoped_session",
    "sqlalchemy.engine.create_engine": "sqlalchemy.create_engine",
    "sqlalchemy.engine.create.create_engine": "sqlalchemy.create_engine",
    "sqlalchemy.engine.engine_from_config": "sqlalchemy.engine_from_config",
    "sqlalchemy.engine.create.engine_from_config": "sqlalchemy.engine_from_config",
    "sqlalchemy.engine.Engine": "sqlalchemy.Engine",
    "sqlalchemy.engine.base.Engine": "sqlalchemy.Engine",
    "sqlalchemy.future.Engine": "sqlalchemy.Engine",
    "sqlalchemy.engine.Connection": "sqlalchemy.Connection",
    "sqlalchemy.engine.base.Connection": "sqlalchemy.Connection",
    "sqlalchemy.future.Connection": "sqlalchemy.Connection",
    "sqlalchemy.schema.MetaData": "sqlalchemy.MetaData",
    "sqlalchemy.sql.schema.MetaData": "sqlalchemy.MetaData",
    "sqlalchemy.engine.Inspector": "sqlalchemy.Inspector",
    "sqlalchemy.engine.reflection.Inspector": "sqlalchemy.Inspector",
    "sqlalchemy.inspection.Inspector": "sqlalchemy.Inspector",
    "sqlmodel.orm.session.Session": "sqlmodel.Session",
    "django.db.models.query.QuerySet": "django.db.models.QuerySet",
    "django.db.models.manager.Manager": "django.db.models.Manager",
    "django.db.models.manager.BaseManager": "django.db.models.Manager",
    "django.db.models.base.Model": "django.db.models.Model",
    "django.core.mail.message.EmailMessage": "django.core.mail.EmailMessage",
    "django.core.mail.message.EmailMultiAlternatives": "django.core.mail.EmailMultiAlternatives",
}

TYPE_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    # `sessionmaker(engine, class_=AsyncSession)` makes async sessions: its calls give that class, else what
    # RETURNS says.
    "sqlalchemy.orm.sessionmaker": (1, "class_"),
}
