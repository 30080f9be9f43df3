try:
	a()
except:
	b()
else:
	try: a()
	except:c()