#!/usr/bin/env python
# The licence.

def f(logger):
    try:
        g()
    except Exception:
        pass
