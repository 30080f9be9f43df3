import logging

try:
    start()
except Exception:  # refused: before log is made
    pass

log = logging.getLogger(__name__)
log_of_another = logging.getLogger("another")
