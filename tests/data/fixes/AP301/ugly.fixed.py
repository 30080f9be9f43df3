def tabs(a=None):
	if a is None:
		a = []
	if a:
		return a
	return a+[1]
def multiline(a, values=None,
              more=None, last=None):
    if values is None:
        values = [['first', ['1', '2']],
                  ['second', ['3']]]
    if more is None:
        more = {
            "a": 1,  # one

            # two
            "b": 2,
        }
    if last is None:
        last = [
            1,
        ]
    return list(values) + list(more) + list(last)
def strings(values=None):
    if values is None:
        values = ["""one
two""", 'three'
                           'four']
    for value in values: print(value)
def continued(a, \
              b = None , \
              c\
              =\
              None):
    if b is None:
        b = [ ]
    if c is None:
        c = {}
    return len(b) \
        + len(c)
def parenthesized(a=None, b=None):
    if a is None:
        a = []
    if b is None:
        b = ( # comment
            {})
    return [*a, *b]
def ünïcode(é="é", ñ=None, à=None):
	if ñ is None:
		ñ = []
	if à is None:
		à = {"ü": "é"}
	return [é, *ñ, *à]
@decorator(lambda x: [x])
@other
# between decorators
def decorated(self, a=None): # here
    if a is None:
        a = []

    # a comment above

    a.append(1); a.append(2)

    return a  ;

class Crowded:

  "two blanks"

  def f(self,a=None,*,b:"list[str] | None"=None,c:dict[str,
      int] | None=None,)->None:
    if a is None:
      a = []
    if b is None:
      b = []
    if c is None:
      c = {}
    self.a,self.b,self.c=a,b,c
  if True:
      def g(self, a=None):
                    "deep"
                    if a is None:
                                  a = []
                    return [*a]
def nested_quotes(a: 'dict["str", int] | None' = None, b: "list['str'] | None" = None):
    if a is None:
        a = {}
    if b is None:
        b = []
    return [*a, *b]
def f(a=None):
	if a is None:
		a = [1]
	return a[0]
def hanging(a=None):
    if a is None:
        a = {
            '1': 100, '2': 70,

            '3': 53}
    return [*a]
