# Errors.
import os; import logging
logger=logging.getLogger( __name__ )
def tabs(t):
	try:return int(t)
	except Exception:pass	# nosec
	try:return float(t)
	except  (  BaseException  ):	# two
		...;pass
	ä="日本"
def gaps(t):
    try:
        t.load("ü")
    except \
            Exception:  # one
        # type: two

        pass  # pragma: three
        # ruff: four

    # five
    for x in t:
        try: x.load("""x
y""")
        except Exception: continue
        else: log(x);

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(t):
    '''Doc
  string'''
    try:
      try: int(t)
      except: return
      finally: pass
    except Exception:

        # mypy: above

        return None   
