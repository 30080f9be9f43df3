"""How web frameworks are told that a function or a method answers requests."""

from typing import Final

HTTP_METHODS: Final[frozenset[str]] = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})

# Class of an application or router to the methods that make decorators of routes.
ROUTERS: Final[dict[str, frozenset[str]]] = {
    "starlette.routing.Router": frozenset({"route", "websocket_route"}),
    "fastapi.APIRouter": HTTP_METHODS | {"trace", "websocket", "api_route"},
    "fastapi.FastAPI": HTTP_METHODS | {"trace", "websocket", "api_route"},
    **dict.fromkeys(
        (
            *("flask.Flask", "flask.Blueprint", "quart.Quart", "quart.Blueprint", "sanic.Sanic", "sanic.Blueprint"),
            *("bottle.Bottle", "aiohttp.web.RouteTableDef", "ninja.NinjaAPI", "ninja.Router", "robyn.Robyn"),
            *("robyn.SubRouter", "blacksheep.Application", "chalice.Chalice"),
        ),
        HTTP_METHODS | {"route", "websocket"},
    ),
}

# Functions that are decorators of routes, or make them.
DECORATORS: Final[frozenset[str]] = frozenset(
    {
        *(f"litestar.{name}" for name in (*sorted(HTTP_METHODS), "route", "websocket")),
        *(f"bottle.{name}" for name in ("route", "get", "post", "put", "delete", "patch")),
        "rest_framework.decorators.api_view",
        "django.views.decorators.http.require_GET",
        "django.views.decorators.http.require_POST",
        "django.views.decorators.http.require_safe",
        "django.views.decorators.http.require_http_methods",
    }
)

# What stands as the default of a parameter for which the framework calls the first argument and gives the result.
INJECTORS: Final[frozenset[str]] = frozenset(
    {
        *("fastapi.Depends", "fastapi.Security", "fastapi.param_functions.Depends", "fastapi.param_functions.Security"),
        *("taskiq.TaskiqDepends", "taskiq_dependencies.Depends", "faststream.Depends", "fast_depends.Depends"),
    }
)

# Classes whose subclasses answer a request with the method of its name.
VIEWS: Final[frozenset[str]] = frozenset(
    {
        *("django.views.View", "django.views.generic.View", "django.views.generic.base.View"),
        *("rest_framework.views.APIView", "rest_framework.generics.GenericAPIView"),
        *("flask.views.MethodView", "quart.views.MethodView", "flask_restful.Resource", "flask_restx.Resource"),
        *("starlette.endpoints.HTTPEndpoint", "aiohttp.web.View", "tornado.web.RequestHandler"),
        "sanic.views.HTTPMethodView",
    }
)

# What asks a database as a part of answering a request: it turns what a path names into an object, or answers 404.
PARTS_OF_ROUTES: Final[frozenset[str]] = frozenset(
    f"django.shortcuts.{name}" for name in ("get_object_or_404", "get_list_or_404")
)

# The packages of all these.
FRAMEWORKS: Final[frozenset[str]] = frozenset(name.partition(".")[0] for name in (*ROUTERS, *DECORATORS, *VIEWS))
