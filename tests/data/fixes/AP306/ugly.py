# Keys.
import os; import re
a=dict.fromkeys("ab",[])	# why
if a:b=dict.fromkeys("ab",{}) ; c=1
ä="日本";d=dict . fromkeys ( ä , [ ] )
e = dict.fromkeys(  # refused: comment stands in it
    # two
    "ab",  # three
    # four
    []  # five
    # six
)  # seven
f = dict \
    .fromkeys("ab", [])
g = dict.fromkeys("ab", ["""x
y"""])   
def tabs(k):
	return(dict.fromkeys(k,[]))

@decorator(dict.fromkeys("ab", []))
# between decorators
def one_line(k): return f"{dict.fromkeys(k, [])}", [dict.fromkeys(x, {"a": 'b'}) for x in k]
