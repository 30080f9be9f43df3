"""What makes or is a logger, and how its owner logs the exception that is being handled."""

from typing import Final

_EXCEPTION: Final = "{logger}.exception({message})"
_FAILURE: Final = "{logger}.failure({message})"

# Callables whose result, bound at the top of a module, is the module's logger.
LOGGER_FACTORIES: Final[dict[str, str]] = {
    "logging.getLogger": _EXCEPTION,
    "structlog.get_logger": _EXCEPTION,
    "structlog.getLogger": _EXCEPTION,
    "structlog.stdlib.get_logger": _EXCEPTION,
    "oslo_log.log.getLogger": _EXCEPTION,
    "celery.utils.log.get_logger": _EXCEPTION,
    "celery.utils.log.get_task_logger": _EXCEPTION,
    "kombu.log.get_logger": _EXCEPTION,
    "billiard.util.get_logger": _EXCEPTION,
    "multiprocessing.get_logger": _EXCEPTION,
    "picologging.getLogger": _EXCEPTION,
    "logbook.Logger": _EXCEPTION,
    "prefect.logging.get_logger": _EXCEPTION,
    "dagster.get_dagster_logger": _EXCEPTION,
    "transformers.utils.logging.get_logger": _EXCEPTION,
    "twisted.logger.Logger": _FAILURE,
}

# Objects that are loggers wherever they are imported.
LOGGERS: Final[dict[str, str]] = {
    "loguru.logger": _EXCEPTION,
    "absl.logging": _EXCEPTION,
    "asyncio.log.logger": _EXCEPTION,
    "tornado.log.app_log": _EXCEPTION,
    "tornado.log.gen_log": _EXCEPTION,
    "fastapi.logger.logger": _EXCEPTION,
    "sanic.log.logger": _EXCEPTION,
    "twisted.python.log": "{logger}.err(None, {message})",
}

# What modules call their loggers, the most usual first.
LOGGER_NAMES: Final[tuple[str, ...]] = ("logger", "log", "LOG", "LOGGER", "_logger", "_log", "_LOG", "_LOGGER")

# Modules and folders of this name hold the logging itself.
LOGGING_PLACES: Final[frozenset[str]] = frozenset({"log", "logs", "logger", "loggers", "logging", "_logging", "_log"})
