"""Run the command line as ``python -m antipatterns``."""

import os
import sys


def _forget_working_folder() -> None:
    """Take the working folder off the path, where ``-m`` puts it: nothing of the project that is checked may run."""
    if not sys.flags.safe_path and sys.path[:1] in ([""], [os.getcwd()]):  # noqa: PTH109 - pathlib may be the project's
        del sys.path[0]


if __name__ == "__main__":
    _forget_working_folder()
    from antipatterns.cli import run

    sys.exit(run())
