import os


def f():
    if not os.fork():
        try:
            g()
        except Exception:  # refused: the module forks
            pass
