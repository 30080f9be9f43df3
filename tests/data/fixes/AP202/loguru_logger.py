from loguru import logger as log


def f():
    try:
        g()
    except Exception:
        pass
