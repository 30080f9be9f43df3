try:
	a()
except Exception:
	b()
else:
	try: a()
	except Exception:c()