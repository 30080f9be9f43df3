"""Run the command line as ``python -m antipatterns``."""

import sys

from antipatterns.cli import main

if __name__ == "__main__":
    sys.exit(main())
