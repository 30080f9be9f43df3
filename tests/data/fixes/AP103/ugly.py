# Tasks.
import asyncio; import os
async def tabs(q):
	asyncio.create_task(q.get())	# why
	if q:asyncio.create_task(q.put(1));return # refused: not a statement
	ä="日本";asyncio.create_task(q.get()) ; b=2 # refused: stand on its line
async def gaps(q):
    # above
    asyncio.create_task(  # one
        # two
        q.get()  # three
        # four
    )  # five
    asyncio\
        .create_task(q.get())
    # behind

async def strings(q):
    '''Doc
  string'''; asyncio.ensure_future(q.put( # refused: stand on its line
 1))
    asyncio.ensure_future(q.put("""x
y"""))
    for x in q: asyncio.create_task(x) # refused: not a statement
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): asyncio.create_task(q.get()) # refused: not a statement
class C:

	async def method(self, q):

		# a comment

		asyncio.create_task(q.get(f"{'a'}"))   

		return
