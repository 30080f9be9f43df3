import structlog

_log = structlog.get_logger()


def f():
    try:
        g()
    except Exception:
        pass
