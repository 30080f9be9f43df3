"""Doc."""
__all__ = ["f"]
import logging as std
try:
    import json
    HAS_JSON = True
except ImportError:
    HAS_JSON = False
__version__ = "1"

logger = std.getLogger(__name__)

logging = None
def f():
    try:
        g()
    except Exception:
        logger.exception("g failed in f")
