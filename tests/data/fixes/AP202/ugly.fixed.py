# Errors.
import os; import logging
logger=logging.getLogger( __name__ )
def tabs(t):
	try:return int(t)
	except Exception:
		logger.exception("Ignored an error in tabs")	# nosec
	try:return float(t)
	except  (  BaseException  ):	# two
		logger.exception("Ignored an error in tabs")
	ä="日本"
def gaps(t):
    try:
        t.load("ü")
    except \
            Exception:  # one
        # type: two

        logger.exception("t.load failed in gaps")  # pragma: three
        # ruff: four

    # five
    for x in t:
        try: x.load("""x
y""")
        except Exception:
            logger.exception("x.load failed in gaps")
            continue
        else: log(x);

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(t):
    '''Doc
  string'''
    try:
      try: int(t)
      except:
        logger.exception("Ignored an error in nested")
        return
      finally: pass
    except Exception:

        # mypy: above

        logger.exception("Ignored an error in nested")
        return None   
