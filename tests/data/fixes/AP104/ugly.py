# Coroutines.
import asyncio; import os
async def save(*a,  b=1): await asyncio.sleep(0)
async def tabs(q):
	save()	# why
	if q:save(1);return
	ä="日本";save("ü") ; b=2
async def gaps(q):
    # above
    save(  # one
        # two
        q,  # three
        # four
    )  # five
    save \
        (q)
    # behind

async def strings(q):
    '''Doc
  string'''; save("""x
y""")
    for x in q: save(x)
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): save(f"{'a'}")   
