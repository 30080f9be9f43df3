"""Run the command line as ``python -m antipatterns``."""

import sys

from antipatterns.cli import run

if __name__ == "__main__":
    sys.exit(run())
