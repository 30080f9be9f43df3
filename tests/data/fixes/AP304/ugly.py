# Attributes.
import os; import re
class Tabs:
	a=[]	# why
	b={};c = [ "x" ]
	ä={"日本":1}
	def f(self): ...
class Gaps:
    """Doc
  string"""; x = 1

    # above

    a = [  # one
        # two
        1,  # three
        # four
    ]  # five
    b \
        = {}
    c: dict[
        str, int  # six
    ] = {"a": 1}   
    d: "list['str']" = ["""x
y"""]
    @decorator(lambda x: {"a": 'b'})
    # between decorators
    @other
    def f(self): ...

class OneLine: a = []; f = lambda self: 1
