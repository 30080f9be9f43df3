import importlib
import signal
import sys

from project import logger

try:
    import fast
except Exception:  # refused: import that may fail
    pass


class Thing:
    def __del__(self):
        try:
            self.close()
        except Exception:  # refused: __del__ runs when
            pass

    def stop(self, number, frame):
        try:
            self.close()
        except Exception:  # refused: stop handles signals
            pass

    def find(self):
        try:
            importlib.import_module("x")
        except Exception:  # refused: import that may fail
            pass

    def log(self):
        try:
            logger.info("x")
        except Exception:  # refused: guards the logging
            pass

    def write(self):
        try:
            sys.stderr.write("x")
        except Exception:  # refused: guards the streams
            pass

    def unknown(self):
        try:
            self.close()
        except Exception:  # refused: logger may be a logger
            pass


signal.signal(signal.SIGTERM, Thing().stop)
