# Waits.
import os; import asyncio
ready=asyncio.Event();q : "asyncio.Queue[int]"=asyncio.Queue(1)
async def tabs(event:asyncio.Event):
	async with asyncio.timeout(10):
		ready.clear();await event.wait()	# why
	if q:await q.join();return # refused: head of a block

	ä="日本";await q.put(1) ; b=2  
	return ä,b
async def gaps(reader: asyncio.StreamReader):
    # above

    # right above
    async with asyncio.timeout(10):
        x = (await  # one
            # two
            reader.read(  # three
          4))  # four
        # behind
    async with asyncio.timeout(10):
        y = await \
        reader.read(5)
    return x, y
async def strings():
    '''Doc
  string'''; await q.get(); print("""x # refused: a docstring
y""")
    async with asyncio.timeout(10):
        print("""x
y""", await q.get())
@decorator(lambda x: {"a": 'b'})
# between decorators
async def one_line(): return 1, await q.get()   # refused: head of a block
async def twice():
    async with asyncio.timeout(10):
        return await asyncio.open_connection(await q.get(), 1)
