def tabs(a=[]):
	if a:
		return a
	return a+[1]
def multiline(a, values=[['first', ['1', '2']],
                         ['second', ['3']]],
              more={
                  "a": 1,  # one

                  # two
                  "b": 2,
              }, last=[
        1,
    ]):
    return list(values) + list(more) + list(last)
def strings(values=["""one
two""", 'three'
                   'four']):
    for value in values: print(value)
def continued(a, \
              b = [ ] , \
              c\
              =\
              {}):
    return len(b) \
        + len(c)
def parenthesized(a=([]), b=( # comment
    {})):
    return [*a, *b]
def ünïcode(é="é", ñ=[], à={"ü": "é"}): return [é, *ñ, *à]
@decorator(lambda x: [x])
@other
# between decorators
def decorated(self, a=[]): # here

    # a comment above

    a.append(1); a.append(2)

    return a  ;

class Crowded:

  "two blanks"

  def f(self,a=[],*,b:"list[str]"=[],c:dict[str,
      int]={},)->None:self.a,self.b,self.c=a,b,c
  if True:
      def g(self, a=[]):
                    "deep"
                    return [*a]
def nested_quotes(a: 'dict["str", int]' = {}, b: "list['str']" = []):
    return [*a, *b]
def f(a=[1]): return a[0]
def hanging(a={
        '1': 100, '2': 70,

        '3': 53}): return [*a]
