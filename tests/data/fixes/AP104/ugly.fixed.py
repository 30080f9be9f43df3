# Coroutines.
import asyncio; import os
async def save(*a,  b=1): await asyncio.sleep(0)
async def tabs(q):
	await save()	# why
	if q:await save(1);return
	ä="日本";await save("ü") ; b=2
async def gaps(q):
    # above
    await save(  # one
        # two
        q,  # three
        # four
    )  # five
    await save \
        (q)
    # behind

async def strings(q):
    '''Doc
  string'''; await save("""x
y""")
    for x in q: await save(x)
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): await save(f"{'a'}")   
