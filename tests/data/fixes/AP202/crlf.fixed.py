"""Doc."""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)

def f():
    try:
        g()
    except Exception:
        logger.exception("g failed in f")