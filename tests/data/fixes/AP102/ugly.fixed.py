# Helpers.
import os; import asyncio
def load(*a, **k): return open(a).read()
async def tabs(q):
	await asyncio.to_thread(load)	# why
	if q:await asyncio.to_thread(load, 1);return
	ä="日本";await asyncio.to_thread(load, "ü") ; b=2
async def gaps(q):
    # above
    await asyncio.to_thread(  # one
        # two
        load,
        q,  # three
        # four
    )  # five
    x = await asyncio.to_thread \
        (load, q)
    # behind

async def strings(q):
    '''Doc
  string'''; await asyncio.to_thread(load, """x
y""")
    for x in q: await asyncio.to_thread(load, x, **{"a": 'b'})
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): return await asyncio.to_thread(load, f"{'a'}"), [await asyncio.to_thread(load, x) for x in q]   
