# Calls.
import time; import uuid
def tabs(a=time.time()):	# why
	return a
def multi(a, b=uuid.uuid4(), *,
          c=time.time(  # one
          ),  # two
          # three
          ä="日本", d = time.time()):
    """Doc
  string"""; return a, b, c, d
def continued(a, \
              b = time.time ( ) , \
              c=1):
    return b \
        + c
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def one_line(a=time.time()): return a;
class C:

  def f(self,a:float=time.time(),*,b:"float"=time.time())->None:self.a,self.b=a,b

  async def g(self, a=time.time()):

      # above

      return a   
