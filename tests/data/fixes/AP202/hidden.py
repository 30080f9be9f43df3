import logging

log = logging.getLogger(__name__)


def f(log):
    try:
        g()
    except Exception:  # refused: log is hidden by another log
        pass
