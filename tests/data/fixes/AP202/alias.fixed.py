"""Doc."""
__all__ = ["f"]
import logging as std
try:
    import json
    HAS_JSON = True
except ImportError:
    HAS_JSON = False

logger = std.getLogger(__name__)

__version__ = "1"
logging = None
def f():
    try:
        g()
    except Exception:
        logger.exception("g failed in f")
