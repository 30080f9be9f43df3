"""Which files and folders are looked at, and which are passed by, unless a project says otherwise."""

from typing import Final

# https://docs.astral.sh/ruff/settings/#exclude
RUFF_EXCLUDES: Final = (
    *(".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints"),
    *(".mypy_cache", ".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache"),
    *(".svn", ".tox", ".venv", ".vscode", "__pypackages__", "_build", "buck-out"),
    *("dist", "node_modules", "site-packages", "venv"),
)

# https://docs.astral.sh/ruff/settings/#include
RUFF_INCLUDES: Final = ("*.py", "*.pyi", "*.pyw")

# Byte code and what this tool and setuptools write are no sources either.
DEFAULT_EXCLUDES: Final = tuple(sorted((*RUFF_EXCLUDES, ".antipatterns_cache", "__pycache__", "build")))
