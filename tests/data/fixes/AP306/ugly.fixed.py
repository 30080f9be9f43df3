# Keys.
import os; import re
a={key: [] for key in "ab"}	# why
if a:b={key: {} for key in "ab"} ; c=1
ä="日本";d={key: [ ] for key in ä}
e = dict.fromkeys(  # refused: comment stands in it
    # two
    "ab",  # three
    # four
    []  # five
    # six
)  # seven
f = {key: [] for key in "ab"}
g = {key: ["""x
y"""] for key in "ab"}   
def tabs(k):
	return({key: [] for key in k})

@decorator({key: [] for key in "ab"})
# between decorators
def one_line(k): return f"{({key: [] for key in k})}", [{key: {"a": 'b'} for key in x} for x in k]
