from loguru import logger as log


def f():
    try:
        g()
    except Exception:
        log.exception("g failed in f")
