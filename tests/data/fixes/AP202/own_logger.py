from logging import getLogger as get

"""Not a docstring."""
LOG: object = get('own')


def f():
	try: g('x', 'y')
	except Exception: pass
