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
