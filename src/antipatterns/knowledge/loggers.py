"""What makes or is a logger, and how its owner logs the exception that is being handled."""

from typing import Final

AS_EXCEPTION: Final = "{logger}.exception({message})"
_FAILURE: Final = "{logger}.failure({message})"

# Callables whose result, bound at the top of a module, is the module's logger.
LOGGER_FACTORIES: Final[dict[str, str]] = {
    "logging.getLogger": AS_EXCEPTION,
    "structlog.get_logger": AS_EXCEPTION,
    "structlog.getLogger": AS_EXCEPTION,
    "structlog.stdlib.get_logger": AS_EXCEPTION,
    "oslo_log.log.getLogger": AS_EXCEPTION,
    "celery.utils.log.get_logger": AS_EXCEPTION,
    "celery.utils.log.get_task_logger": AS_EXCEPTION,
    "kombu.log.get_logger": AS_EXCEPTION,
    "billiard.util.get_logger": AS_EXCEPTION,
    "multiprocessing.get_logger": AS_EXCEPTION,
    "picologging.getLogger": AS_EXCEPTION,
    "logbook.Logger": AS_EXCEPTION,
    "prefect.logging.get_logger": AS_EXCEPTION,
    "dagster.get_dagster_logger": AS_EXCEPTION,
    "transformers.utils.logging.get_logger": AS_EXCEPTION,
    "twisted.logger.Logger": _FAILURE,
}

# Objects that are loggers wherever they are imported.
LOGGERS: Final[dict[str, str]] = {
    "loguru.logger": AS_EXCEPTION,
    "absl.logging": AS_EXCEPTION,
    "asyncio.log.logger": AS_EXCEPTION,
    "tornado.log.app_log": AS_EXCEPTION,
    "tornado.log.gen_log": AS_EXCEPTION,
    "fastapi.logger.logger": AS_EXCEPTION,
    "sanic.log.logger": AS_EXCEPTION,
    "twisted.python.log": "{logger}.err(None, {message})",
}

# Modules whose functions log as the methods of a logger do.
LOGGING_MODULES: Final[dict[str, str]] = {"logging": AS_EXCEPTION, "picologging": AS_EXCEPTION}

# Classes of loggers.
LOGGER_CLASSES: Final[dict[str, str]] = {
    "logging.Logger": AS_EXCEPTION,
    "logging.LoggerAdapter": AS_EXCEPTION,
    "structlog.BoundLogger": AS_EXCEPTION,
    "loguru.Logger": AS_EXCEPTION,
    "logbook.Logger": AS_EXCEPTION,
    "twisted.logger.Logger": _FAILURE,
}

# For `semantics.types`: what makes an instance of which class, other names of the classes, and what they inherit.
LOGGER_RETURNS: Final[dict[str, str]] = {
    **dict.fromkeys(LOGGER_FACTORIES, "logging.Logger"),
    "logging.Logger.getChild": "logging.Logger",
    "logbook.Logger": "logbook.Logger",
    "loguru.logger.bind": "loguru.Logger",
    "loguru.Logger.bind": "loguru.Logger",
    "structlog.BoundLogger.bind": "structlog.BoundLogger",
    "structlog.BoundLogger.new": "structlog.BoundLogger",
    "structlog.BoundLogger.unbind": "structlog.BoundLogger",
    "structlog.getLogger": "structlog.BoundLogger",
    "structlog.get_logger": "structlog.BoundLogger",
    "structlog.stdlib.get_logger": "structlog.BoundLogger",
    "structlog.wrap_logger": "structlog.BoundLogger",
    "twisted.logger.Logger": "twisted.logger.Logger",
}
LOGGER_ALIASES: Final[dict[str, str]] = {
    "absl.logging.ABSLLogger": "logging.Logger",
    "celery.utils.log.ProcessAwareLogger": "logging.Logger",
    "structlog.stdlib.BoundLogger": "structlog.BoundLogger",
    "structlog.stdlib.AsyncBoundLogger": "structlog.AsyncBoundLogger",
    "structlog.typing.BindableLogger": "structlog.BoundLogger",
    "structlog.typing.FilteringBoundLogger": "structlog.BoundLogger",
    "structlog.types.BindableLogger": "structlog.BoundLogger",
    "structlog.types.FilteringBoundLogger": "structlog.BoundLogger",
}
LOGGER_BASES: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(LOGGER_CLASSES, ())

# The methods that log one message, by the name of the level.
LEVELS: Final[frozenset[str]] = frozenset(
    ["debug", "info", "warning", "warn", "error", "critical", "fatal", "trace", "success", "notice", "msg", "log"]
)

# What modules call their loggers, the most usual first.
LOGGER_NAMES: Final[tuple[str, ...]] = ("logger", "log", "LOG", "LOGGER", "_logger", "_log", "_LOG", "_LOGGER")

# Modules and folders of this name hold the logging itself.
LOGGING_PLACES: Final[frozenset[str]] = frozenset({"log", "logs", "logger", "loggers", "logging", "_logging", "_log"})

# Words of comments that say why a traceback must not be logged.
KEPT_OUT: Final[frozenset[str]] = frozenset(
    {"secret", "secrets", "sensitive", "credential", "credentials", "password", "passwords", "traceback", "tracebacks"}
)
