# A comment.

class A:
	def f(self, a=None, b=None):
		"""Doc.
		More.
		"""

		if a is None:
			a = []
		if b is None:
			b = {
			1: 2,
			}
		return [*a, *b]

def g(a=None):
	if a is None:
		a = []
	return [*a]