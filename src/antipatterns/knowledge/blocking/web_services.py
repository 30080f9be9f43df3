"""Synchronous clients of services on the web: search, pages, videos, identity, tickets, tables."""

from typing import Final

_KUBERNETES: Final = {
    "CoreV1Api": "core_v1_api",
    "AppsV1Api": "apps_v1_api",
    "BatchV1Api": "batch_v1_api",
    "NetworkingV1Api": "networking_v1_api",
    "RbacAuthorizationV1Api": "rbac_authorization_v1_api",
    "CustomObjectsApi": "custom_objects_api",
    "StorageV1Api": "storage_v1_api",
    "CoordinationV1Api": "coordination_v1_api",
    "ApiextensionsV1Api": "apiextensions_v1_api",
    "VersionApi": "version_api",
}

# What narrows down a query to Supabase gives the query itself.
_NARROWING: Final = (
    *("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "is_", "in_", "contains", "contained_by", "overlaps"),
    *("match", "filter", "or_", "order", "limit", "range", "single", "maybe_single", "text_search", "select"),
)

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "wikipedia.page": ("http", "asyncio.to_thread"),
    "wikipedia.summary": ("http", "asyncio.to_thread"),
    "wikipedia.search": ("http", "asyncio.to_thread"),
    # These ask the authority for its endpoints.
    "msal.ConfidentialClientApplication": ("http", "asyncio.to_thread"),
    "msal.PublicClientApplication": ("http", "asyncio.to_thread"),
    "azure.identity.CertificateCredential": ("file", "azure.identity.aio"),
    "e2b_code_interpreter.Sandbox": ("http", "e2b_code_interpreter.AsyncSandbox"),
    # These sign in, or read a description.
    "jira.JIRA": ("http", "asyncio.to_thread"),
    "simple_salesforce.Salesforce": ("http", "asyncio.to_thread"),
    "zeep.Client": ("http", "zeep.AsyncClient"),
    "netmiko.ConnectHandler": ("socket", "asyncssh"),
    "kubernetes.config.load_kube_config": ("file", "kubernetes_asyncio"),
    "kubernetes.config.load_incluster_config": ("file", "kubernetes_asyncio"),
    "gspread.service_account": ("file", "gspread_asyncio"),
    "selenium.webdriver.Chrome": ("subprocess", "playwright.async_api"),
    "selenium.webdriver.Firefox": ("subprocess", "playwright.async_api"),
    "selenium.webdriver.Edge": ("subprocess", "playwright.async_api"),
    "selenium.webdriver.Remote": ("http", "playwright.async_api"),
    "datasets.load_dataset": ("file", "asyncio.to_thread"),
    "datasets.load_from_disk": ("file", "asyncio.to_thread"),
    "pypdf.PdfReader": ("file", "asyncio.to_thread"),
    "PyPDF2.PdfReader": ("file", "asyncio.to_thread"),
    "docx.Document": ("file", "asyncio.to_thread"),
    "pptx.Presentation": ("file", "asyncio.to_thread"),
    "pdfplumber.open": ("file", "asyncio.to_thread"),
    "fitz.open": ("file", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "tavily.TavilyClient": (
        ("http", "tavily.AsyncTavilyClient", "search extract crawl map qna_search get_search_context"),
    ),
    "ddgs.DDGS": (("http", "asyncio.to_thread", "text images news videos books"),),
    "duckduckgo_search.DDGS": (
        ("http", "asyncio.to_thread", "text images news videos chat answers suggestions maps translate"),
    ),
    "exa_py.Exa": (
        (
            "http",
            "exa_py.AsyncExa",
            "search search_and_contents find_similar find_similar_and_contents get_contents answer",
        ),
    ),
    "serpapi.GoogleSearch": (("http", "asyncio.to_thread", "get_dict get_dictionary get_json get_object"),),
    "firecrawl.FirecrawlApp": (
        (
            "http",
            "firecrawl.AsyncFirecrawlApp",
            "scrape_url crawl_url map_url search check_crawl_status extract scrape crawl map",
        ),
    ),
    "httplib2.Http": (("http", "httpx.AsyncClient or aiohttp", "request"),),
    "yt_dlp.YoutubeDL": (("http", "asyncio.to_thread", "extract_info download"),),
    "jwt.PyJWKClient": (
        (
            "http",
            "asyncio.to_thread",
            "fetch_data get_jwk_set get_signing_keys get_signing_key get_signing_key_from_jwt",
        ),
    ),
    "msal.ClientApplication": (
        (
            "http",
            "asyncio.to_thread",
            (
                "acquire_token_for_client acquire_token_by_authorization_code acquire_token_by_auth_code_flow "
                "acquire_token_by_refresh_token acquire_token_on_behalf_of acquire_token_by_username_password "
                "acquire_token_by_device_flow acquire_token_interactive initiate_device_flow"
            ),
        ),
    ),
    **{
        f"azure.identity.{name}Credential": (("http", "azure.identity.aio", "get_token get_token_info"),)
        for name in (
            *("DefaultAzure", "ClientSecret", "ManagedIdentity", "AzureCli", "ChainedToken", "Environment"),
            *("WorkloadIdentity", "Certificate", "InteractiveBrowser", "DeviceCode"),
        )
    },
    "azure.search.documents.SearchClient": (
        (
            "http",
            "azure.search.documents.aio",
            (
                "upload_documents merge_documents merge_or_upload_documents delete_documents index_documents "
                "get_document get_document_count autocomplete suggest"
            ),
        ),
    ),
    **{f"kubernetes.client.{name}": (("http", "kubernetes_asyncio", "*"),) for name in _KUBERNETES},
    "voyageai.Client": (("http", "voyageai.AsyncClient", "embed contextualized_embed rerank multimodal_embed"),),
    "e2b_code_interpreter.Sandbox": (("http", "e2b_code_interpreter.AsyncSandbox", "run_code create"),),
    "notion_client.Client": (("http", "notion_client.AsyncClient", "search request"),),
    "notion_client.Pages": (("http", "notion_client.AsyncClient", "create retrieve update"),),
    "notion_client.Databases": (("http", "notion_client.AsyncClient", "create retrieve update query list"),),
    "jira.JIRA": (("http", "asyncio.to_thread", "* -client_info -close -kill_session -server_url"),),
    "simple_salesforce.Salesforce": (
        ("http", "asyncio.to_thread", "describe search quick_search limits query query_more query_all restful"),
    ),
    "gspread.Client": (
        ("http", "gspread_asyncio", "open open_by_key open_by_url openall create copy del_spreadsheet"),
    ),
    "gspread.Spreadsheet": (("http", "gspread_asyncio", "worksheet worksheets add_worksheet get_worksheet"),),
    "gspread.Worksheet": (
        (
            "http",
            "gspread_asyncio",
            (
                "acell cell range get_values get_all_values get_all_records row_values col_values get batch_get "
                "update update_acell update_cell update_cells batch_update append_row append_rows insert_row "
                "insert_rows delete_rows clear find findall"
            ),
        ),
    ),
    "postgrest.SyncQuery": (("http", "supabase.acreate_client", "execute"),),
    "supabase.Auth": (
        (
            "http",
            "supabase.acreate_client",
            (
                "sign_in_with_password sign_up sign_out get_user refresh_session exchange_code_for_session "
                "verify_otp reset_password_for_email update_user"
            ),
        ),
    ),
    "supabase.Bucket": (
        ("http", "supabase.acreate_client", "upload update download remove list move copy create_signed_url"),
    ),
    "langfuse.Langfuse": (("http", "asyncio.to_thread", "flush shutdown auth_check get_prompt get_dataset"),),
    "web3.eth.Eth": (
        (
            "http",
            "web3.AsyncWeb3",
            (
                "get_balance get_block get_block_number get_transaction get_transaction_receipt get_logs get_code "
                "get_transaction_count get_storage_at wait_for_transaction_receipt send_transaction "
                "send_raw_transaction call estimate_gas fee_history"
            ),
        ),
    ),
    "meilisearch.Client": (
        (
            "http",
            "meilisearch_python_sdk.AsyncClient",
            (
                "create_index delete_index get_index get_indexes get_all_stats health is_healthy get_version "
                "get_key get_keys create_key update_key delete_key get_task get_tasks cancel_tasks delete_tasks "
                "wait_for_task multi_search swap_indexes create_dump create_snapshot get_raw_index get_raw_indexes"
            ),
        ),
    ),
    "meilisearch.Index": (
        (
            "http",
            "meilisearch_python_sdk.AsyncClient",
            (
                "search get_document get_documents add_documents update_documents delete_document "
                "delete_documents delete_all_documents get_settings update_settings reset_settings get_stats "
                "wait_for_task get_task get_tasks fetch_info delete update facet_search"
            ),
        ),
    ),
    "selenium.webdriver.WebDriver": (
        (
            "http",
            "playwright.async_api",
            "get quit find_element find_elements execute_script refresh back forward save_screenshot",
        ),
    ),
}

RETURNS: Final[dict[str, str]] = {
    "yt_dlp.YoutubeDL.__enter__": "yt_dlp.YoutubeDL",
    "ddgs.DDGS.__enter__": "ddgs.DDGS",
    "duckduckgo_search.DDGS.__enter__": "duckduckgo_search.DDGS",
    "e2b_code_interpreter.Sandbox.create": "e2b_code_interpreter.Sandbox",
    "gspread.service_account": "gspread.Client",
    "gspread.service_account_from_dict": "gspread.Client",
    "gspread.authorize": "gspread.Client",
    "gspread.Client.open": "gspread.Spreadsheet",
    "gspread.Client.open_by_key": "gspread.Spreadsheet",
    "gspread.Client.open_by_url": "gspread.Spreadsheet",
    "gspread.Client.create": "gspread.Spreadsheet",
    "gspread.Spreadsheet.worksheet": "gspread.Worksheet",
    "gspread.Spreadsheet.get_worksheet": "gspread.Worksheet",
    "gspread.Spreadsheet.add_worksheet": "gspread.Worksheet",
    "meilisearch.Client.index": "meilisearch.Index",
    "supabase.create_client": "supabase.Client",
    "supabase.Client.table": "postgrest.SyncRequestBuilder",
    "supabase.Client.from_": "postgrest.SyncRequestBuilder",
    "supabase.Client.rpc": "postgrest.SyncQuery",
    "supabase.Storage.from_": "supabase.Bucket",
    **{
        f"postgrest.SyncRequestBuilder.{name}": "postgrest.SyncQuery"
        for name in ("select", "insert", "upsert", "update", "delete")
    },
    **{f"postgrest.SyncQuery.{name}": "postgrest.SyncQuery" for name in _NARROWING},
    "meilisearch.Client.get_index": "meilisearch.Index",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "notion_client.Client.pages": "notion_client.Pages",
    "notion_client.Client.databases": "notion_client.Databases",
    "gspread.Spreadsheet.sheet1": "gspread.Worksheet",
    "web3.Web3.eth": "web3.eth.Eth",
    "postgrest.SyncQuery.not_": "postgrest.SyncQuery",
    "supabase.Client.auth": "supabase.Auth",
    "supabase.Client.storage": "supabase.Storage",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "msal.ConfidentialClientApplication": ("msal.ClientApplication",),
    "msal.PublicClientApplication": ("msal.ClientApplication",),
    "selenium.webdriver.Chrome": ("selenium.webdriver.WebDriver",),
    "selenium.webdriver.Firefox": ("selenium.webdriver.WebDriver",),
    "selenium.webdriver.Edge": ("selenium.webdriver.WebDriver",),
    "selenium.webdriver.Remote": ("selenium.webdriver.WebDriver",),
}

ALIASES: Final[dict[str, str]] = {
    "httplib2.core.Http": "httplib2.Http",
    **{
        f"kubernetes.client.{module}{name}": f"kubernetes.client.{name}"
        for name, file in _KUBERNETES.items()
        for module in ("api.", f"api.{file}.")
    },
    "tavily.tavily.TavilyClient": "tavily.TavilyClient",
    "ddgs.ddgs.DDGS": "ddgs.DDGS",
    "duckduckgo_search.duckduckgo_search.DDGS": "duckduckgo_search.DDGS",
    "exa_py.api.Exa": "exa_py.Exa",
    "firecrawl.Firecrawl": "firecrawl.FirecrawlApp",
    "firecrawl.firecrawl.FirecrawlApp": "firecrawl.FirecrawlApp",
    "firecrawl.client.Firecrawl": "firecrawl.FirecrawlApp",
    "firecrawl.client.FirecrawlApp": "firecrawl.FirecrawlApp",
    "yt_dlp.YoutubeDL.YoutubeDL": "yt_dlp.YoutubeDL",
    "jwt.jwks_client.PyJWKClient": "jwt.PyJWKClient",
    "msal.application.ClientApplication": "msal.ClientApplication",
    "msal.application.ConfidentialClientApplication": "msal.ConfidentialClientApplication",
    "msal.application.PublicClientApplication": "msal.PublicClientApplication",
    "voyageai.client.Client": "voyageai.Client",
    "notion_client.client.Client": "notion_client.Client",
    "notion_client.api_endpoints.PagesEndpoint": "notion_client.Pages",
    "notion_client.api_endpoints.DatabasesEndpoint": "notion_client.Databases",
    "jira.client.JIRA": "jira.JIRA",
    "simple_salesforce.api.Salesforce": "simple_salesforce.Salesforce",
    "gspread.client.Client": "gspread.Client",
    "gspread.spreadsheet.Spreadsheet": "gspread.Spreadsheet",
    "gspread.worksheet.Worksheet": "gspread.Worksheet",
    "web3.main.Web3": "web3.Web3",
    "supabase.SyncClient": "supabase.Client",
    "supabase.client.Client": "supabase.Client",
    "supabase.client.create_client": "supabase.create_client",
    "supabase._sync.client.SyncClient": "supabase.Client",
    "supabase._sync.client.create_client": "supabase.create_client",
    "langfuse.client.Langfuse": "langfuse.Langfuse",
    "langfuse._client.client.Langfuse": "langfuse.Langfuse",
    "meilisearch.client.Client": "meilisearch.Client",
    "meilisearch.index.Index": "meilisearch.Index",
    "selenium.webdriver.remote.webdriver.WebDriver": "selenium.webdriver.WebDriver",
    "selenium.webdriver.chrome.webdriver.WebDriver": "selenium.webdriver.Chrome",
    "selenium.webdriver.firefox.webdriver.WebDriver": "selenium.webdriver.Firefox",
    "selenium.webdriver.edge.webdriver.WebDriver": "selenium.webdriver.Edge",
    "zeep.client.Client": "zeep.Client",
    "kubernetes.config.kube_config.load_kube_config": "kubernetes.config.load_kube_config",
    "kubernetes.config.incluster_config.load_incluster_config": "kubernetes.config.load_incluster_config",
    "pymupdf.open": "fitz.open",
    "pypdf._reader.PdfReader": "pypdf.PdfReader",
    "docx.api.Document": "docx.Document",
    "pptx.api.Presentation": "pptx.Presentation",
}

# What they give then waits in a thread.
NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    f"kubernetes.client.{name}.*": ((-1, "async_req", True),) for name in _KUBERNETES
}

# Without an argument, a new document is made.
BLOCKING_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    "pypdf.PdfReader": (0, "stream"),
    "PyPDF2.PdfReader": (0, "stream"),
    "docx.Document": (0, "docx"),
    "pptx.Presentation": (0, "pptx"),
    "pdfplumber.open": (0, "path_or_fp"),
    "fitz.open": (0, "filename"),
}
