"""A static-analysis plugin set that finds documented Python anti-patterns and mends them."""

__version__ = "0.1.0"

REPOSITORY = "https://github.com/antipatterns/antipatterns"
"""Where the pages of the rules and the issue tracker live."""
