# Fields.
import attr; from dataclasses import dataclass
@dataclass
class Tabs:
	a:list=[]	# why
	b:dict={};c : set = set ( )
	ä:"list['str']"=["日本"]
@decorator(lambda x: {"a": 'b'})
# between decorators
@dataclass
class Gaps:
    """Doc
  string"""; x: int = 1

    # above

    a: list = [  # one
        # two
        1,  # three
        # four
    ]  # five
    b: dict \
        = {}
    c: dict[
        str, int  # six
    ] = {"a": 1}   

@dataclass
class OneLine: a: list = []; b: dict = {"k": """x
y"""}
@attr.s
class Attrs:
    a = attr.ib(  # one
        default=[],  # two
        repr=False)
