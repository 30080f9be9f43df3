"""Applications and routers of web frameworks, which do not block: known here so that their decorators are."""

from typing import Final

BASES: Final[dict[str, tuple[str, ...]]] = {
    "starlette.routing.Router": (),
    "starlette.applications.Starlette": ("starlette.routing.Router",),
    "fastapi.APIRouter": ("starlette.routing.Router",),
    "fastapi.FastAPI": ("starlette.applications.Starlette",),
    "flask.Flask": (),
    "flask.Blueprint": (),
    "quart.Quart": (),
    "quart.Blueprint": (),
    "sanic.Sanic": (),
    "sanic.Blueprint": (),
    "socketio.AsyncServer": (),
    "socketio.AsyncClient": (),
    "bottle.Bottle": (),
    "aiohttp.web.RouteTableDef": (),
    "ninja.NinjaAPI": (),
    "ninja.Router": (),
    "robyn.Robyn": (),
    "robyn.SubRouter": (),
    "blacksheep.Application": (),
    "chalice.Chalice": (),
}

ALIASES: Final[dict[str, str]] = {
    "fastapi.routing.APIRouter": "fastapi.APIRouter",
    "fastapi.applications.FastAPI": "fastapi.FastAPI",
    "flask.app.Flask": "flask.Flask",
    "flask.blueprints.Blueprint": "flask.Blueprint",
}
