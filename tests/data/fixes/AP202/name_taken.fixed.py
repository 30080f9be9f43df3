#!/usr/bin/env python
# The licence.

import logging

log = logging.getLogger(__name__)

def f(logger):
    try:
        g()
    except Exception:
        log.exception("g failed in f")
