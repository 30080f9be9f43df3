"""Doc."""

from __future__ import annotations

def f():
    try:
        g()
    except Exception:
        pass