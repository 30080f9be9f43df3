# Fields.
import attr; from dataclasses import dataclass
from dataclasses import field
@dataclass
class Tabs:
	a:list=field(default_factory=list)	# why
	b:dict=field(default_factory=dict);c : set = field(default_factory=set)
	ä:"list['str']"=field(default_factory=lambda: ["日本"])
@decorator(lambda x: {"a": 'b'})
# between decorators
@dataclass
class Gaps:
    """Doc
  string"""; x: int = 1

    # above

    a: list = field(default_factory=lambda: [  # one
        # two
        1,  # three
        # four
    ])  # five
    b: dict \
        = field(default_factory=dict)
    c: dict[
        str, int  # six
    ] = field(default_factory=lambda: {"a": 1})   

@dataclass
class OneLine: a: list = field(default_factory=list); b: dict = field(default_factory=lambda: {"k": """x
y"""})
@attr.s
class Attrs:
    a = attr.ib(  # one
        factory=list,  # two
        repr=False)
