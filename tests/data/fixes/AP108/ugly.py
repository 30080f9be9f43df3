# Loops.
import asyncio; import os
async def save(*a,  b=1): await asyncio.sleep(0)
async def tabs(q):
	asyncio.run(save())	# why
	if q:asyncio.run(save(1));return
	ä="日本";asyncio.run(save("ü")) ; b=2
async def gaps(q):
    # above
    asyncio.run(  # refused: comment would be lost
        # two
        save(q)  # three
        # four
    )  # five
    x = asyncio \
        .run(save(q))
    # behind

async def strings(q):
    '''Doc
  string'''; asyncio.run(save("""x
y"""))
    for x in q: asyncio.run(save(x))
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): return asyncio.run(save(f"{'a'}"))   
