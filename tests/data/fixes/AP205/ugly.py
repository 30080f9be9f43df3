# Causes.
import sys; from errors import ConfigError
def tabs(t):
	try:return int(t)
	except ValueError:raise ConfigError(t)	# why
	except  (  TypeError,KeyError  ):	# two
		ä="日本";raise ConfigError(ä) ; b=2
def gaps(t):
    try:
        return int(t)
    except \
            ValueError:
        # above
        raise ConfigError(  # one
            # two
            t  # three
            # four
        )  # five
        # behind
    except TypeError  as  e :  # comment
        raise \
            ConfigError
    except (  # one
        KeyError,  # two
        # three
    ):  # four
        if t: raise (ConfigError  # five
        )
        raise ConfigError("""x
y""")   

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(t):
    '''Doc
  string'''
    for x in t:
      try: int(x)
      except* ValueError: raise ConfigError(f"{'a'}");
      finally: pass
