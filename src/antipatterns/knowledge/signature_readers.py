"""Who reads the defaults of a function that it decorates or is given: there the default is part of the interface."""

from typing import Final

# Packages whose decorators and registering calls look at signatures.
SIGNATURE_READERS: Final[frozenset[str]] = frozenset(
    {
        # Web frameworks: query parameters, schemas.
        *(
            "fastapi",
            "starlette",
            "litestar",
            "starlite",
            "sanic",
            "ninja",
            "ninja_extra",
            "apiflask",
            "connexion",
            "hug",
        ),
        *(
            "robyn",
            "blacksheep",
            "faststream",
            "taskiq",
            "flask_openapi3",
            "strawberry",
            "ariadne",
            "reflex",
            "nicegui",
        ),
        # Command lines: options and their types.
        *(
            "typer",
            "click",
            "asyncclick",
            "rich_click",
            "cyclopts",
            "fire",
            "invoke",
            "fabric",
            "plac",
            "argh",
            "begin",
        ),
        *("defopt", "clize", "tyro", "jsonargparse", "duty"),
        # Validation.
        *("pydantic", "pydantic_ai", "validate_call", "msgspec", "attr", "attrs", "marshmallow_dataclass"),
        # Workflows: parameters of flows, tasks and assets.
        *(
            "prefect",
            "dagster",
            "airflow",
            "kfp",
            "flytekit",
            "zenml",
            "metaflow",
            "modal",
            "sacred",
            "gin",
            "hydra_zen",
        ),
        # Tools of language models, and chat commands.
        *(
            "mcp",
            "fastmcp",
            "langchain",
            "langchain_core",
            "langgraph",
            "llama_index",
            "smolagents",
            "crewai",
            "agents",
        ),
        *("discord", "disnake", "nextcord", "interactions"),
        # Compilers: a None changes the types.
        *(
            "numba",
            "torch",
            "tensorflow",
            "jax",
            "taichi",
            "cupy",
            "triton",
            "pythran",
            "gradio",
            "panel",
            "ipywidgets",
        ),
    }
)

# The last part of a decorator whose origin cannot be told, as in `@router.get("/")` with an imported router.
REGISTERING_NAMES: Final[frozenset[str]] = frozenset(
    {
        *(
            "get",
            "post",
            "put",
            "delete",
            "patch",
            "head",
            "options",
            "trace",
            "websocket",
            "route",
            "api_route",
        ),
        *("command", "group", "callback", "tool", "validate_call", "validate_arguments", "njit", "jit"),
    }
)

# Registering methods on objects whose origin cannot be told.
REGISTERING_METHODS: Final[frozenset[str]] = frozenset(
    {"add_api_route", "add_api_websocket_route", "add_route", "add_url_rule", "add_command", "add_tool"}
)

# Those of REGISTERING_NAMES that mean something else: `mock.patch`.
HARMLESS_PARTS: Final[frozenset[str]] = frozenset({"mock", "mocker", "pytest", "unittest"})

# Those whose markers make an argument one of a command, which a process runs once.
COMMAND_LINES: Final[frozenset[str]] = frozenset({"typer", "cyclopts"})
