"""The floor of the benchmark: read and ``ast.parse`` every Python file below a folder, nothing else."""

from __future__ import annotations

import ast
import contextlib
import gc
import sys
import warnings
from pathlib import Path

if "--no-gc" in sys.argv:
    gc.disable()
warnings.simplefilter("ignore")
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    with contextlib.suppress(SyntaxError, ValueError, OSError, RecursionError):
        ast.parse(path.read_bytes())
