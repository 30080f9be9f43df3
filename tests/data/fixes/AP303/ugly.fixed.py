# Calls.
import time; import uuid
def tabs(a=None):	# why
	if a is None:
		a = time.time()
	return a
def multi(a, b=None, *,
          c=None,  # two
          # three
          ä="日本", d = None):
    """Doc
  string"""
    if b is None:
        b = uuid.uuid4()
    if c is None:
        c = time.time(  # one
        )
    if d is None:
        d = time.time()
    return a, b, c, d
def continued(a, \
              b = None , \
              c=1):
    if b is None:
        b = time.time ( )
    return b \
        + c
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def one_line(a=None):
	if a is None:
		a = time.time()
	return a;
class C:

  def f(self,a:float | None=None,*,b:"float | None"=None)->None:
    if a is None:
      a = time.time()
    if b is None:
      b = time.time()
    self.a,self.b=a,b

  async def g(self, a=None):
      if a is None:
          a = time.time()

      # above

      return a   
