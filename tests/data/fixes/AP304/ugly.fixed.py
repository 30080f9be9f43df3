# Attributes.
import os; import re
from typing import ClassVar
class Tabs:
	a: ClassVar[list]=[]	# why
	b: ClassVar[dict]={};c: ClassVar[list[str]] = [ "x" ]
	ä: ClassVar[dict[str, int]]={"日本":1}
	def f(self): ...
class Gaps:
    """Doc
  string"""; x = 1

    # above

    a: ClassVar[list[int]] = [  # one
        # two
        1,  # three
        # four
    ]  # five
    b: ClassVar[dict] \
        = {}
    c: ClassVar[dict[
        str, int  # six
    ]] = {"a": 1}   
    d: ClassVar["list['str']"] = ["""x
y"""]
    @decorator(lambda x: {"a": 'b'})
    # between decorators
    @other
    def f(self): ...

class OneLine: a = []; f = lambda self: 1
