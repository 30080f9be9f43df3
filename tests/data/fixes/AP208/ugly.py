# Logs.
import logging; import sys
log=logging.getLogger( __name__ )
def tabs(t):
	try:return int(t)
	except Exception as e:log.error("ü %s",e)	# why
	except:
		ä="日本";log.error(ä) ; b=2
def gaps(t):
    try:
        return int(t)
    except Exception as error \
            :
        # above
        log.error(  # one
            # two
            "lost: %s",  # three
            error,  # four
            # five
        )  # six
        log \
            .error("lost %s: %r", t, error)
    except BaseException as error:
        log.error("""x
y %s""", error)   

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(t):
    '''Doc
  string'''
    for x in t:
      try: int(x)
      except Exception as e: log.error(f"{'a'}"); continue
      finally: pass
