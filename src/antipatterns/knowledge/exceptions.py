"""What is known of exception classes."""

from typing import Final

# Their tracebacks are never shown: they end a program, a loop or a test, or who catches them prints the message alone.
WITHOUT_TRACEBACK: Final[frozenset[str]] = frozenset(
    [
        "argparse.ArgumentTypeError",
        "asyncio.CancelledError",
        "asyncio.exceptions.CancelledError",
        "builtins.GeneratorExit",
        "builtins.KeyboardInterrupt",
        "builtins.StopAsyncIteration",
        "builtins.StopIteration",
        "builtins.SystemExit",
        "celery.exceptions.Ignore",
        "celery.exceptions.Retry",
        "click.Abort",
        "click.exceptions.Abort",
        "click.exceptions.Exit",
        "typer.Abort",
        "typer.Exit",
        "unittest.SkipTest",
        "unittest.case.SkipTest",
    ]
)

# What a task is cancelled with; the call gives the class of whatever runs the loop.
CANCELLATIONS: Final[frozenset[str]] = frozenset(
    [
        "anyio.get_cancelled_exc_class",
        "asyncio.CancelledError",
        "asyncio.exceptions.CancelledError",
        "trio.Cancelled",
    ]
)

# The name and how to get the class from it, for each framework that `async_frameworks` knows.
CANCELLATION_OF: Final[dict[str, tuple[str, str]]] = {
    "anyio": ("anyio.get_cancelled_exc_class", "()"),
    "asyncio": ("asyncio.CancelledError", ""),
    "trio": ("trio.Cancelled", ""),
}

# By their last names: what importing a module that is not there raises.
MISSING_MODULE: Final[frozenset[str]] = frozenset({"ImportError", "ModuleNotFoundError"})

# They end the program, and nothing behind them runs.
ENDS: Final[frozenset[str]] = frozenset(["builtins.exit", "builtins.quit", "os._exit", "os.abort", "sys.exit"])

# Without arguments, they keep the exception that is being handled, to hand it to somebody else.
KEEPERS: Final[frozenset[str]] = frozenset(
    ["twisted.internet.defer.fail", "twisted.python.failure.Failure", "txaio.create_failure"]
)

# Their text speaks of the data that was given, not of the system.
ABOUT_DATA: Final[frozenset[str]] = frozenset(
    [
        "builtins.IndexError",
        "builtins.KeyError",
        "builtins.LookupError",
        "builtins.TypeError",
        "builtins.UnicodeDecodeError",
        "builtins.UnicodeEncodeError",
        "builtins.UnicodeError",
        "builtins.ValueError",
        "json.JSONDecodeError",
        "json.decoder.JSONDecodeError",
    ]
)

# Managers of tests whose block is expected to raise or to warn, by the last part of their names.
EXPECTING: Final[frozenset[str]] = frozenset(
    {"raises", "warns", "deprecated_call", "assertRaises", "assertRaisesRegex", "assertWarns", "assertWarnsRegex"}
)
