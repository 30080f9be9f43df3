"""Synchronous HTTP, RPC and web-scraping clients."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "requests.get": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.post": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.put": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.patch": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.delete": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.head": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.options": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.request": ("http", "httpx.AsyncClient or aiohttp"),
    # Names that ruff lists (ASYNC210) though the libraries have no such function: harmless, kept for
    # parity.
    "requests.connect": ("http", "httpx.AsyncClient or aiohttp"),
    "requests.trace": ("http", "httpx.AsyncClient or aiohttp"),
    "httpx.connect": ("http", "httpx.AsyncClient or aiohttp"),
    "httpx.trace": ("http", "httpx.AsyncClient or aiohttp"),
    "httpx.get": ("http", "httpx.AsyncClient"),
    "httpx.post": ("http", "httpx.AsyncClient"),
    "httpx.put": ("http", "httpx.AsyncClient"),
    "httpx.patch": ("http", "httpx.AsyncClient"),
    "httpx.delete": ("http", "httpx.AsyncClient"),
    "httpx.head": ("http", "httpx.AsyncClient"),
    "httpx.options": ("http", "httpx.AsyncClient"),
    "httpx.request": ("http", "httpx.AsyncClient"),
    "httpx.stream": ("http", "httpx.AsyncClient"),
    "httpx2.get": ("http", "httpx2.AsyncClient"),
    "httpx2.post": ("http", "httpx2.AsyncClient"),
    "httpx2.put": ("http", "httpx2.AsyncClient"),
    "httpx2.patch": ("http", "httpx2.AsyncClient"),
    "httpx2.delete": ("http", "httpx2.AsyncClient"),
    "httpx2.head": ("http", "httpx2.AsyncClient"),
    "httpx2.options": ("http", "httpx2.AsyncClient"),
    "httpx2.request": ("http", "httpx2.AsyncClient"),
    "httpx2.stream": ("http", "httpx2.AsyncClient"),
    "urllib3.request": ("http", "httpx.AsyncClient or aiohttp"),
    "httpcore.request": ("http", "httpcore.AsyncConnectionPool"),
    "httpcore.stream": ("http", "httpcore.AsyncConnectionPool"),
    "curl_cffi.requests.get": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.post": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.put": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.patch": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.delete": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.head": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.options": ("http", "curl_cffi.requests.AsyncSession"),
    "curl_cffi.requests.request": ("http", "curl_cffi.requests.AsyncSession"),
    "wget.download": ("http", "httpx.AsyncClient or aiohttp"),
    "yfinance.download": ("http", "asyncio.to_thread"),
    "googleapiclient.discovery.build": ("http", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "requests.Session": (
        ("http", "httpx.AsyncClient or aiohttp", "get post put patch delete head options request send"),
    ),
    "requests.adapters.HTTPAdapter": (("http", "httpx.AsyncClient or aiohttp", "send"),),
    # The other accessors read a body that `get` has already fetched, unless it was asked to stream.
    "requests.Response": (("http", "httpx.AsyncClient or aiohttp", "iter_content iter_lines"),),
    "httpx.Client": (
        ("http", "httpx.AsyncClient", "get post put patch delete head options request send stream close"),
    ),
    "httpx2.Client": (
        (
            "http",
            "httpx2.AsyncClient",
            "get post put patch delete head options request send stream sse query close",
        ),
    ),
    "httpcore.ConnectionPool": (("http", "httpcore.AsyncConnectionPool", "request stream handle_request"),),
    "urllib3.request.RequestMethods": (
        ("http", "httpx.AsyncClient or aiohttp", "request request_encode_url request_encode_body urlopen"),
    ),
    "urllib3.BaseHTTPResponse": (
        ("http", "httpx.AsyncClient or aiohttp", "read read1 readinto stream read_chunked json drain_conn"),
    ),
    "requests_oauthlib.OAuth2Session": (("http", "authlib's AsyncOAuth2Client", "fetch_token refresh_token"),),
    "curl_cffi.requests.Session": (
        ("http", "curl_cffi.requests.AsyncSession", "get post put patch delete head options request"),
    ),
    "googleapiclient.http.HttpRequest": (("http", "asyncio.to_thread", "execute next_chunk"),),
    "yfinance.Ticker": (("http", "asyncio.to_thread", "history"),),
}

RETURNS: Final[dict[str, str]] = {
    "requests.session": "requests.Session",
    "requests.get": "requests.Response",
    "requests.post": "requests.Response",
    "requests.put": "requests.Response",
    "requests.patch": "requests.Response",
    "requests.delete": "requests.Response",
    "requests.head": "requests.Response",
    "requests.options": "requests.Response",
    "requests.request": "requests.Response",
    "requests.Session.get": "requests.Response",
    "requests.Session.post": "requests.Response",
    "requests.Session.put": "requests.Response",
    "requests.Session.patch": "requests.Response",
    "requests.Session.delete": "requests.Response",
    "requests.Session.head": "requests.Response",
    "requests.Session.options": "requests.Response",
    "requests.Session.request": "requests.Response",
    "requests.Session.send": "requests.Response",
    "requests.adapters.HTTPAdapter.send": "requests.Response",
    "urllib3.request": "urllib3.BaseHTTPResponse",
    "urllib3.request.RequestMethods.request": "urllib3.BaseHTTPResponse",
    "urllib3.request.RequestMethods.urlopen": "urllib3.BaseHTTPResponse",
    "urllib3.request.RequestMethods.request_encode_url": "urllib3.BaseHTTPResponse",
    "urllib3.request.RequestMethods.request_encode_body": "urllib3.BaseHTTPResponse",
    "urllib3.connection_from_url": "urllib3.HTTPConnectionPool",
    "urllib3.PoolManager.connection_from_host": "urllib3.HTTPConnectionPool",
    "urllib3.PoolManager.connection_from_url": "urllib3.HTTPConnectionPool",
    "urllib3.proxy_from_url": "urllib3.ProxyManager",
    "cloudscraper.create_scraper": "cloudscraper.CloudScraper",
    "cloudscraper.session": "cloudscraper.CloudScraper",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "urllib3.PoolManager": ("urllib3.request.RequestMethods",),
    "urllib3.HTTPConnectionPool": ("urllib3.request.RequestMethods",),
    "urllib3.ProxyManager": ("urllib3.PoolManager",),
    "urllib3.HTTPSConnectionPool": ("urllib3.HTTPConnectionPool",),
    "urllib3.HTTPResponse": ("urllib3.BaseHTTPResponse",),
    "requests_oauthlib.OAuth1Session": ("requests.Session",),
    "requests_oauthlib.OAuth2Session": ("requests.Session",),
    "requests_cache.CachedSession": ("requests.Session",),
    "requests_html.HTMLSession": ("requests.Session",),
    "cloudscraper.CloudScraper": ("requests.Session",),
    "requests_toolbelt.sessions.BaseUrlSession": ("requests.Session",),
    "httpcore.HTTPProxy": ("httpcore.ConnectionPool",),
    "httpcore.SOCKSProxy": ("httpcore.ConnectionPool",),
}

ALIASES: Final[dict[str, str]] = {
    "requests.api": "requests",
    "requests.sessions": "requests",
    "pip._vendor.requests": "requests",
    "requests.models.Response": "requests.Response",
    "httpx._client": "httpx",
    "httpx._api": "httpx",
    "httpx2._client": "httpx2",
    "httpx2._api": "httpx2",
    "urllib3._request_methods.RequestMethods": "urllib3.request.RequestMethods",
    "urllib3.connectionpool": "urllib3",
    "urllib3.poolmanager": "urllib3",
    "urllib3.response": "urllib3",
    "httpcore._api": "httpcore",
    "httpcore._sync.connection_pool.ConnectionPool": "httpcore.ConnectionPool",
    "httpcore._sync.ConnectionPool": "httpcore.ConnectionPool",
    "curl_cffi.requests.session": "curl_cffi.requests",
    "curl_cffi.get": "curl_cffi.requests.get",
    "curl_cffi.post": "curl_cffi.requests.post",
    "curl_cffi.put": "curl_cffi.requests.put",
    "curl_cffi.patch": "curl_cffi.requests.patch",
    "curl_cffi.delete": "curl_cffi.requests.delete",
    "curl_cffi.head": "curl_cffi.requests.head",
    "curl_cffi.options": "curl_cffi.requests.options",
    "curl_cffi.request": "curl_cffi.requests.request",
    "curl_cffi.Session": "curl_cffi.requests.Session",
    "requests_cache.session.CachedSession": "requests_cache.CachedSession",
}

ASYNC_TWINS: Final[frozenset[str]] = frozenset(
    {
        # Inherit from requests.Session and return futures or coroutines.
        "requests_futures.sessions.FuturesSession",
        "requests_html.AsyncHTMLSession",
    }
)
