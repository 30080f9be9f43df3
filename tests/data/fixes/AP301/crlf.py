# A comment.

class A:
	def f(self, a=[], b={
		1: 2,
		}):
		"""Doc.
		More.
		"""

		return [*a, *b]

def g(a=[]): return [*a]