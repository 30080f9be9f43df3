# Helpers.
import os; import asyncio
def load(*a, **k): return open(a).read()
async def tabs(q):
	load()	# why
	if q:load(1);return
	ä="日本";load("ü") ; b=2
async def gaps(q):
    # above
    load(  # one
        # two
        q,  # three
        # four
    )  # five
    x = load \
        (q)
    # behind

async def strings(q):
    '''Doc
  string'''; load("""x
y""")
    for x in q: load(x, **{"a": 'b'})
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): return load(f"{'a'}"), [load(x) for x in q]   
