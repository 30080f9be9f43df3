"""Synchronous clients of cloud providers: AWS, Google Cloud and Azure."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    # Creating a client loads the service's description, megabytes of JSON, from disk.
    "boto3.client": ("file", "aioboto3 or asyncio.to_thread"),
    "boto3.resource": ("file", "aioboto3 or asyncio.to_thread"),
    "firebase_admin.messaging.send": ("http", "asyncio.to_thread"),
    "firebase_admin.messaging.send_each": ("http", "asyncio.to_thread"),
    "firebase_admin.messaging.send_each_for_multicast": ("http", "asyncio.to_thread"),
    "firebase_admin.messaging.send_multicast": ("http", "asyncio.to_thread"),
    "firebase_admin.messaging.send_all": ("http", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "boto3.session.Session": (("file", "aioboto3 or asyncio.to_thread", "client resource get_credentials"),),
    "botocore.session.Session": (("file", "aioboto3 or asyncio.to_thread", "create_client get_credentials"),),
    "botocore.client.BaseClient": (
        (
            "http",
            "aioboto3 or asyncio.to_thread",
            ("* -close -can_paginate -get_paginator -get_waiter -generate_presigned_url -generate_presigned_post"),
        ),
    ),
    "botocore.paginate.PageIterator": (("http", "aioboto3 or asyncio.to_thread", "build_full_result search __iter__"),),
    "botocore.waiter.Waiter": (("http", "aioboto3 or asyncio.to_thread", "wait"),),
    "botocore.response.StreamingBody": (
        ("http", "aioboto3 or asyncio.to_thread", "read iter_chunks iter_lines __iter__"),
    ),
    # One class stands for all resources (table, bucket, object, queue, topic): boto3 makes theirs up at run
    # time.
    "boto3.resources.base.ServiceResource": (
        (
            "http",
            "aioboto3 or asyncio.to_thread",
            (
                "load reload put_item get_item query scan update_item delete_item create_table "
                "upload_file upload_fileobj download_file download_fileobj put_object "
                "delete_objects create_bucket send_message send_messages receive_messages "
                "get_queue_by_name create_queue publish create_topic wait_until_exists "
                "wait_until_not_exists"
            ),
        ),
    ),
    # What the clients of all services call in the end.
    "google.api_core.gapic_v1.method._GapicCallable": (("http", "the asynchronous client", "__call__"),),
    "google.auth.credentials.Credentials": (("http", "asyncio.to_thread", "refresh"),),
    "google.cloud.storage.Client": (
        (
            "http",
            "asyncio.to_thread",
            (
                "get_bucket lookup_bucket create_bucket list_blobs list_buckets "
                "download_blob_to_file get_service_account_email create_hmac_key"
            ),
        ),
    ),
    "google.cloud.storage.Bucket": (
        (
            "http",
            "asyncio.to_thread",
            (
                "exists create update reload patch get_blob list_blobs delete delete_blob "
                "delete_blobs copy_blob rename_blob move_blob get_iam_policy set_iam_policy "
                "make_public make_private"
            ),
        ),
    ),
    "google.cloud.storage.Blob": (
        (
            "http",
            "asyncio.to_thread",
            (
                "exists reload patch update delete download_to_file download_to_filename "
                "download_as_bytes download_as_string download_as_text upload_from_file "
                "upload_from_filename upload_from_string create_resumable_upload_session compose "
                "rewrite update_storage_class make_public make_private"
            ),
        ),
    ),
    "google.cloud.bigquery.Client": (
        (
            "http",
            "asyncio.to_thread",
            (
                "query query_and_wait get_table get_dataset get_job create_table create_dataset "
                "delete_table delete_dataset update_table list_tables list_datasets list_rows "
                "list_jobs insert_rows insert_rows_json load_table_from_uri load_table_from_file "
                "load_table_from_dataframe load_table_from_json"
            ),
        ),
    ),
    "google.cloud.bigquery.QueryJob": (
        ("http", "asyncio.to_thread", "result to_dataframe to_arrow exception __iter__"),
    ),
    "google.cloud.firestore.Client": (("http", "google.cloud.firestore.AsyncClient", "get_all collections"),),
    "google.cloud.firestore.DocumentReference": (
        ("http", "google.cloud.firestore.AsyncClient", "get set update delete create collections"),
    ),
    "google.cloud.firestore.Query": (("http", "google.cloud.firestore.AsyncClient", "get stream"),),
    "google.cloud.firestore.CollectionReference": (
        ("http", "google.cloud.firestore.AsyncClient", "add list_documents"),
    ),
    "google.cloud.firestore.WriteBatch": (("http", "google.cloud.firestore.AsyncClient", "commit"),),
    "azure.storage.blob.BlobServiceClient": (
        (
            "http",
            "azure.storage.blob.aio",
            (
                "create_container delete_container undelete_container get_account_information "
                "get_service_properties set_service_properties get_service_stats "
                "get_user_delegation_key"
            ),
        ),
    ),
    "azure.storage.blob.ContainerClient": (
        (
            "http",
            "azure.storage.blob.aio",
            (
                "create_container delete_container exists get_container_properties "
                "set_container_metadata upload_blob download_blob delete_blob delete_blobs "
                "get_container_access_policy set_container_access_policy acquire_lease"
            ),
        ),
    ),
    "azure.storage.blob.BlobClient": (
        (
            "http",
            "azure.storage.blob.aio",
            (
                "upload_blob download_blob delete_blob undelete_blob exists get_blob_properties "
                "set_http_headers set_blob_metadata create_snapshot start_copy_from_url abort_copy "
                "acquire_lease stage_block stage_block_from_url commit_block_list get_block_list "
                "append_block create_append_blob create_page_blob upload_page set_blob_tags "
                "get_blob_tags query_blob upload_blob_from_url"
            ),
        ),
    ),
    "azure.storage.blob.StorageStreamDownloader": (
        (
            "http",
            "azure.storage.blob.aio",
            "read readall readinto chunks content_as_text content_as_bytes download_to_stream",
        ),
    ),
    "minio.Minio": (
        (
            "http",
            "miniopy_async or asyncio.to_thread",
            (
                "list_buckets bucket_exists make_bucket remove_bucket put_object get_object "
                "fput_object fget_object stat_object copy_object compose_object remove_object "
                "remove_objects list_objects get_bucket_policy set_bucket_policy "
                "delete_bucket_policy select_object_content"
            ),
        ),
    ),
}

RETURNS: Final[dict[str, str]] = {
    "google.api_core.gapic_v1.method.wrap_method": "google.api_core.gapic_v1.method._GapicCallable",
    "boto3.resources.base.ServiceResource.Table": "boto3.resources.base.ServiceResource",
    "boto3.resources.base.ServiceResource.Bucket": "boto3.resources.base.ServiceResource",
    "boto3.resources.base.ServiceResource.Object": "boto3.resources.base.ServiceResource",
    "boto3.resources.base.ServiceResource.Queue": "boto3.resources.base.ServiceResource",
    "boto3.resources.base.ServiceResource.Topic": "boto3.resources.base.ServiceResource",
    "boto3.client": "botocore.client.BaseClient",
    "boto3.session.Session.client": "botocore.client.BaseClient",
    "botocore.session.Session.create_client": "botocore.client.BaseClient",
    "boto3.resource": "boto3.resources.base.ServiceResource",
    "boto3.session.Session.resource": "boto3.resources.base.ServiceResource",
    "botocore.session.get_session": "botocore.session.Session",
    "botocore.client.BaseClient.get_paginator": "botocore.paginate.Paginator",
    "botocore.paginate.Paginator.paginate": "botocore.paginate.PageIterator",
    "botocore.client.BaseClient.get_waiter": "botocore.waiter.Waiter",
    "google.cloud.storage.Client.bucket": "google.cloud.storage.Bucket",
    "google.cloud.storage.Client.get_bucket": "google.cloud.storage.Bucket",
    "google.cloud.storage.Client.create_bucket": "google.cloud.storage.Bucket",
    "google.cloud.storage.Client.lookup_bucket": "google.cloud.storage.Bucket",
    "google.cloud.storage.Bucket.blob": "google.cloud.storage.Blob",
    "google.cloud.storage.Bucket.get_blob": "google.cloud.storage.Blob",
    "google.cloud.storage.Bucket.copy_blob": "google.cloud.storage.Blob",
    "google.cloud.storage.Bucket.rename_blob": "google.cloud.storage.Blob",
    "google.cloud.storage.Client.list_blobs": "Iterator[google.cloud.storage.Blob]",
    "google.cloud.storage.Bucket.list_blobs": "Iterator[google.cloud.storage.Blob]",
    "google.cloud.bigquery.Client.query": "google.cloud.bigquery.QueryJob",
    "google.cloud.firestore.Client.collection": "google.cloud.firestore.CollectionReference",
    "google.cloud.firestore.DocumentReference.collection": "google.cloud.firestore.CollectionReference",
    "google.cloud.firestore.Client.document": "google.cloud.firestore.DocumentReference",
    "google.cloud.firestore.CollectionReference.document": "google.cloud.firestore.DocumentReference",
    "google.cloud.firestore.Client.collection_group": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.where": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.order_by": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.limit": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.limit_to_last": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.offset": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.select": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.start_at": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.start_after": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.end_at": "google.cloud.firestore.Query",
    "google.cloud.firestore.Query.end_before": "google.cloud.firestore.Query",
    "google.cloud.firestore.Client.batch": "google.cloud.firestore.WriteBatch",
    "azure.storage.blob.BlobServiceClient.get_container_client": "azure.storage.blob.ContainerClient",
    "azure.storage.blob.BlobServiceClient.create_container": "azure.storage.blob.ContainerClient",
    "azure.storage.blob.ContainerClient.from_connection_string": "azure.storage.blob.ContainerClient",
    "azure.storage.blob.ContainerClient.from_container_url": "azure.storage.blob.ContainerClient",
    "azure.storage.blob.BlobServiceClient.get_blob_client": "azure.storage.blob.BlobClient",
    "azure.storage.blob.ContainerClient.get_blob_client": "azure.storage.blob.BlobClient",
    "azure.storage.blob.ContainerClient.upload_blob": "azure.storage.blob.BlobClient",
    "azure.storage.blob.BlobClient.from_connection_string": "azure.storage.blob.BlobClient",
    "azure.storage.blob.BlobClient.from_blob_url": "azure.storage.blob.BlobClient",
    "azure.storage.blob.BlobServiceClient.from_connection_string": "azure.storage.blob.BlobServiceClient",
    "azure.storage.blob.BlobClient.download_blob": "azure.storage.blob.StorageStreamDownloader",
    "azure.storage.blob.ContainerClient.download_blob": "azure.storage.blob.StorageStreamDownloader",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "google.cloud.firestore.CollectionReference": ("google.cloud.firestore.Query",),
}

ALIASES: Final[dict[str, str]] = {
    "boto3.Session": "boto3.session.Session",
    "google.cloud.storage.client.Client": "google.cloud.storage.Client",
    "google.cloud.storage.bucket.Bucket": "google.cloud.storage.Bucket",
    "google.cloud.storage.blob.Blob": "google.cloud.storage.Blob",
    "google.cloud.bigquery.client.Client": "google.cloud.bigquery.Client",
    "google.cloud.bigquery.job.QueryJob": "google.cloud.bigquery.QueryJob",
    "google.cloud.bigquery.job.query.QueryJob": "google.cloud.bigquery.QueryJob",
    "google.cloud.firestore_v1": "google.cloud.firestore",
    "google.cloud.firestore_v1.client.Client": "google.cloud.firestore.Client",
    "google.cloud.firestore_v1.document.DocumentReference": "google.cloud.firestore.DocumentReference",
    "google.cloud.firestore_v1.collection.CollectionReference": "google.cloud.firestore.CollectionReference",
    "google.cloud.firestore_v1.query.Query": "google.cloud.firestore.Query",
    "google.cloud.firestore_v1.batch.WriteBatch": "google.cloud.firestore.WriteBatch",
    "azure.storage.blob._blob_service_client.BlobServiceClient": "azure.storage.blob.BlobServiceClient",
    "azure.storage.blob._container_client.ContainerClient": "azure.storage.blob.ContainerClient",
    "azure.storage.blob._blob_client.BlobClient": "azure.storage.blob.BlobClient",
    "azure.storage.blob._download.StorageStreamDownloader": "azure.storage.blob.StorageStreamDownloader",
    "minio.api.Minio": "minio.Minio",
}

ASYNC_TWINS: Final[frozenset[str]] = frozenset(
    {
        # Inherit from botocore's classes and return coroutines.
        "aiobotocore.client.AioBaseClient",
        "aiobotocore.session.AioSession",
        "aiobotocore.paginate.AioPageIterator",
        "aiobotocore.paginate.AioPaginator",
        "aiobotocore.waiter.AIOWaiter",
        "aioboto3.session.Session",
        "aioboto3.resources.base.AIOBoto3ServiceResource",
    }
)
