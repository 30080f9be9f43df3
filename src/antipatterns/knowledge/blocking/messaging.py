"""Synchronous clients of message brokers, task queues and sensor networks."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    # The constructors connect, to learn the broker's version.
    "kafka.KafkaConsumer": ("socket", "aiokafka"),
    "kafka.KafkaProducer": ("socket", "aiokafka"),
    "kafka.KafkaAdminClient": ("socket", "aiokafka"),
    "pika.BlockingConnection": ("socket", "aio_pika"),
    "paho.mqtt.publish.single": ("socket", "aiomqtt"),
    "paho.mqtt.publish.multiple": ("socket", "aiomqtt"),
    "paho.mqtt.subscribe.simple": ("socket", "aiomqtt"),
    "paho.mqtt.subscribe.callback": ("socket", "aiomqtt"),
    "zmq.proxy": ("socket", "zmq.asyncio"),
    "zmq.device": ("socket", "zmq.asyncio"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "kafka.KafkaConsumer": (
        (
            "socket",
            "aiokafka",
            (
                "poll commit committed position topics partitions_for_topic beginning_offsets "
                "end_offsets offsets_for_times close __iter__ __next__"
            ),
        ),
    ),
    # `send` puts the record into a buffer and returns a future; waiting for that future blocks.
    "kafka.KafkaProducer": (("socket", "aiokafka", "flush close partitions_for"),),
    "kafka.producer.future.FutureRecordMetadata": (("socket", "aiokafka", "get"),),
    "kafka.KafkaAdminClient": (
        (
            "socket",
            "aiokafka",
            (
                "create_topics delete_topics list_topics describe_topics describe_cluster "
                "create_partitions describe_configs alter_configs list_consumer_groups "
                "list_consumer_group_offsets"
            ),
        ),
    ),
    # `commit` is asynchronous by default, `produce` always.
    "confluent_kafka.Consumer": (
        (
            "socket",
            "confluent_kafka.aio or asyncio.to_thread",
            ("poll consume committed position list_topics get_watermark_offsets offsets_for_times close"),
        ),
    ),
    "confluent_kafka.Producer": (
        (
            "socket",
            "confluent_kafka.aio or asyncio.to_thread",
            "flush poll list_topics init_transactions commit_transaction abort_transaction",
        ),
    ),
    "confluent_kafka.admin.AdminClient": (("socket", "confluent_kafka.aio or asyncio.to_thread", "list_topics poll"),),
    "pika.BlockingConnection": (("socket", "aio_pika", "channel process_data_events sleep close"),),
    "pika.adapters.blocking_connection.BlockingChannel": (
        (
            "socket",
            "aio_pika",
            (
                "basic_publish basic_get basic_consume basic_cancel basic_qos basic_recover "
                "start_consuming consume cancel confirm_delivery queue_declare queue_delete "
                "queue_purge queue_bind queue_unbind exchange_declare exchange_delete "
                "exchange_bind exchange_unbind tx_select tx_commit tx_rollback close"
            ),
        ),
    ),
    "stomp.Connection": (("socket", "asyncio.to_thread", "connect disconnect send subscribe"),),
    # Sending only waits once the peer's queue is full.
    "zmq.Socket": (("socket", "zmq.asyncio", "recv recv_multipart recv_string recv_json recv_pyobj recv_serialized"),),
    "zmq.Poller": (("socket", "zmq.asyncio", "poll"),),
    # `publish` and `subscribe` hand over to the network loop.
    "paho.mqtt.client.Client": (("socket", "aiomqtt", "connect connect_srv reconnect loop_forever loop_stop"),),
    "paho.mqtt.client.MQTTMessageInfo": (("socket", "aiomqtt", "wait_for_publish"),),
    "celery.result.AsyncResult": (("socket", "asyncio.to_thread", "get wait join"),),
    "celery.result.ResultSet": (("socket", "asyncio.to_thread", "get join join_native"),),
    "celery.Task": (("socket", "asyncio.to_thread", "delay apply_async"),),
    "celery.Celery": (("socket", "asyncio.to_thread", "send_task"),),
    "rq.Queue": (("socket", "asyncio.to_thread", "enqueue enqueue_call enqueue_in enqueue_at enqueue_many fetch_job"),),
    "kombu.Connection": (("socket", "aio_pika", "connect drain_events ensure_connection"),),
    "kombu.simple.SimpleQueue": (("socket", "aio_pika", "get put"),),
}

RETURNS: Final[dict[str, str]] = {
    "kafka.KafkaProducer.send": "kafka.producer.future.FutureRecordMetadata",
    "pika.BlockingConnection.channel": "pika.adapters.blocking_connection.BlockingChannel",
    "zmq.Context.socket": "zmq.Socket",
    "zmq.Context.instance": "zmq.Context",
    "paho.mqtt.client.Client.publish": "paho.mqtt.client.MQTTMessageInfo",
    "celery.Task.delay": "celery.result.AsyncResult",
    "celery.Task.apply_async": "celery.result.AsyncResult",
    "celery.Celery.send_task": "celery.result.AsyncResult",
    "kombu.Connection.SimpleQueue": "kombu.simple.SimpleQueue",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "confluent_kafka.DeserializingConsumer": ("confluent_kafka.Consumer",),
    "confluent_kafka.SerializingProducer": ("confluent_kafka.Producer",),
    "stomp.Connection10": ("stomp.Connection",),
    "stomp.Connection12": ("stomp.Connection",),
    "stomp.WSConnection": ("stomp.Connection",),
    "celery.result.GroupResult": ("celery.result.ResultSet",),
}

ALIASES: Final[dict[str, str]] = {
    "kafka.consumer.KafkaConsumer": "kafka.KafkaConsumer",
    "kafka.consumer.group.KafkaConsumer": "kafka.KafkaConsumer",
    "kafka.producer.KafkaProducer": "kafka.KafkaProducer",
    "kafka.producer.kafka.KafkaProducer": "kafka.KafkaProducer",
    "kafka.admin.KafkaAdminClient": "kafka.KafkaAdminClient",
    "kafka.admin.client.KafkaAdminClient": "kafka.KafkaAdminClient",
    "confluent_kafka.cimpl": "confluent_kafka",
    "confluent_kafka.deserializing_consumer": "confluent_kafka",
    "confluent_kafka.serializing_producer": "confluent_kafka",
    "pika.adapters.BlockingConnection": "pika.BlockingConnection",
    "pika.adapters.blocking_connection.BlockingConnection": "pika.BlockingConnection",
    "stomp.Connection11": "stomp.Connection",
    "stomp.connect.StompConnection11": "stomp.Connection",
    "zmq.sugar.Socket": "zmq.Socket",
    "zmq.sugar.socket.Socket": "zmq.Socket",
    "zmq.sugar.Context": "zmq.Context",
    "zmq.sugar.context.Context": "zmq.Context",
    "zmq.sugar.Poller": "zmq.Poller",
    "zmq.sugar.poll.Poller": "zmq.Poller",
    "celery.app.task.Task": "celery.Task",
    "celery.app.base.Celery": "celery.Celery",
    "celery.app.Celery": "celery.Celery",
    "rq.queue.Queue": "rq.Queue",
    "kombu.connection.Connection": "kombu.Connection",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "confluent_kafka.Consumer.poll": ((0, "timeout", 0),),
    "confluent_kafka.Producer.poll": ((0, "timeout", 0),),
    "confluent_kafka.Producer.flush": ((0, "timeout", 0),),
    "confluent_kafka.admin.AdminClient.poll": ((0, "timeout", 0),),
    "confluent_kafka.Consumer.consume": ((1, "timeout", 0),),
    "pika.BlockingConnection.process_data_events": ((0, "time_limit", 0),),
    "zmq.Socket.recv": ((0, "flags", "zmq.NOBLOCK"), (0, "flags", "zmq.DONTWAIT")),
    "zmq.Socket.recv_multipart": ((0, "flags", "zmq.NOBLOCK"), (0, "flags", "zmq.DONTWAIT")),
    "zmq.Socket.recv_string": ((0, "flags", "zmq.NOBLOCK"), (0, "flags", "zmq.DONTWAIT")),
    "zmq.Socket.recv_json": ((0, "flags", "zmq.NOBLOCK"), (0, "flags", "zmq.DONTWAIT")),
    "zmq.Socket.recv_pyobj": ((0, "flags", "zmq.NOBLOCK"), (0, "flags", "zmq.DONTWAIT")),
    "zmq.Poller.poll": ((0, "timeout", 0),),
}

ASYNC_TWINS: Final[frozenset[str]] = frozenset(
    {
        # Inherit from the synchronous classes and return futures.
        "zmq.asyncio.Context",
        "zmq.asyncio.Socket",
        "zmq.asyncio.Poller",
        "zmq.green.Context",
        "zmq.green.Socket",
    }
)
