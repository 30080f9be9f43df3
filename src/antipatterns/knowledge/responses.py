"""What makes an HTTP response, or an exception that becomes one, and who registers the functions that answer."""

from typing import Final, NamedTuple


class Answer(NamedTuple):
    """Where a callable is given the status (position or -1, keyword), and the status without one."""

    position: int
    keyword: str
    status: int


def _named(package: str, names: str, answer: Answer) -> dict[str, Answer]:
    return {f"{package}.{name}": answer for name in names.split()}


_BODY_THEN_STATUS = Answer(1, "status_code", 200)
_STARLETTE = "Response HTMLResponse PlainTextResponse JSONResponse ORJSONResponse UJSONResponse"
_WERKZEUG = {
    400: "BadRequest",
    404: "NotFound",
    409: "Conflict",
    422: "UnprocessableEntity",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}
_AIOHTTP = {
    400: "HTTPBadRequest",
    404: "HTTPNotFound",
    409: "HTTPConflict",
    422: "HTTPUnprocessableEntity",
    500: "HTTPInternalServerError",
    502: "HTTPBadGateway",
    503: "HTTPServiceUnavailable",
    504: "HTTPGatewayTimeout",
}
_DJANGO = {400: "HttpResponseBadRequest", 404: "HttpResponseNotFound", 500: "HttpResponseServerError"}

RESPONSES: Final[dict[str, Answer]] = {
    **_named("fastapi", "HTTPException exceptions.HTTPException", Answer(0, "status_code", 500)),
    **_named("starlette", "exceptions.HTTPException", Answer(0, "status_code", 500)),
    **_named("fastapi", "Response", _BODY_THEN_STATUS),
    **_named("fastapi.responses", _STARLETTE, _BODY_THEN_STATUS),
    **_named("starlette.responses", _STARLETTE, _BODY_THEN_STATUS),
    **_named("litestar", "Response", Answer(-1, "status_code", 200)),
    **_named("litestar.exceptions", "HTTPException InternalServerException", Answer(-1, "status_code", 500)),
    **_named("flask", "Response make_response", Answer(1, "status", 200)),
    **_named("flask", "jsonify", Answer(-1, "", 200)),
    **_named("flask", "abort", Answer(0, "code", 500)),
    **_named("quart", "Response make_response", Answer(1, "status", 200)),
    **_named("quart", "jsonify", Answer(-1, "", 200)),
    **_named("quart", "abort", Answer(0, "code", 500)),
    **_named("werkzeug", "Response wrappers.Response", Answer(1, "status", 200)),
    **_named("werkzeug.exceptions", "abort", Answer(0, "status", 500)),
    **{f"werkzeug.exceptions.{name}": Answer(-1, "", status) for status, name in _WERKZEUG.items()},
    **_named("django.http", "HttpResponse JsonResponse response.HttpResponse", Answer(-1, "status", 200)),
    **_named("django.http", "response.JsonResponse", Answer(-1, "status", 200)),
    **{f"django.http.{name}": Answer(-1, "", status) for status, name in _DJANGO.items()},
    **{f"django.http.response.{name}": Answer(-1, "", status) for status, name in _DJANGO.items()},
    **_named("rest_framework.response", "Response", Answer(1, "status", 200)),
    **_named("rest_framework.exceptions", "APIException", Answer(-1, "", 500)),
    **_named("ninja.errors", "HttpError", Answer(0, "status_code", 500)),
    **_named("aiohttp.web", "Response json_response", Answer(-1, "status", 200)),
    **{f"aiohttp.web.{name}": Answer(-1, "", status) for status, name in _AIOHTTP.items()},
    **_named("sanic", "html json text response.html response.json response.text", Answer(1, "status", 200)),
    **_named("sanic.exceptions", "SanicException ServerError", Answer(1, "status_code", 500)),
    **_named("falcon", "HTTPInternalServerError", Answer(-1, "", 500)),
    **_named("bottle", "HTTPResponse", Answer(1, "status", 200)),
    **_named("bottle", "HTTPError abort", Answer(0, "status", 500)),
    **_named("azure.functions", "HttpResponse", Answer(1, "status_code", 200)),
}

# Of these an instance registers functions with decorators: what they return is sent.
APPLICATIONS: Final[frozenset[str]] = frozenset(
    ["fastapi.FastAPI", "fastapi.APIRouter", "flask.Flask", "flask.Blueprint", "quart.Quart", "quart.Blueprint"]
)
ROUTES: Final[frozenset[str]] = frozenset(["delete", "get", "head", "options", "patch", "post", "put", "route"])
# The function that they register is given the exception last.
ERROR_HANDLERS: Final[frozenset[str]] = frozenset(["errorhandler", "exception_handler"])

FRAMEWORKS: Final[frozenset[str]] = frozenset(name.partition(".")[0] for name in (*RESPONSES, *APPLICATIONS))
