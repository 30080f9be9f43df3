# Causes.
import sys; from errors import ConfigError
def tabs(t):
	try:return int(t)
	except ValueError as e:raise ConfigError(t) from e	# why
	except  (  TypeError,KeyError  ) as e:	# two
		ä="日本";raise ConfigError(ä) from e ; b=2
def gaps(t):
    try:
        return int(t)
    except \
            ValueError as e:
        # above
        raise ConfigError(  # one
            # two
            t  # three
            # four
        ) from e  # five
        # behind
    except TypeError  as  e :  # comment
        raise \
            ConfigError from e
    except (  # one
        KeyError,  # two
        # three
    ) as e:  # four
        if t: raise (ConfigError  # five
        ) from e
        raise ConfigError("""x
y""") from e   

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(t):
    '''Doc
  string'''
    for x in t:
      try: int(x)
      except* ValueError as e: raise ConfigError(f"{'a'}") from e;
      finally: pass
