from twisted.logger import Logger
from twisted.python import log as old

log = Logger()


def f():
    try:
        g()
    except Exception:
        pass
