# Waits.
import os; import asyncio
ready=asyncio.Event();q : "asyncio.Queue[int]"=asyncio.Queue(1)
async def tabs(event:asyncio.Event):
	ready.clear();await event.wait()	# why
	if q:await q.join();return # refused: head of a block

	ä="日本";await q.put(1) ; b=2  
	return ä,b
async def gaps(reader: asyncio.StreamReader):
    # above

    # right above
    x = (await  # one
        # two
        reader.read(  # three
      4))  # four
        # behind
    y = await \
        reader.read(5)
    return x, y
async def strings():
    '''Doc
  string'''; await q.get(); print("""x # refused: a docstring
y""")
    print("""x
y""", await q.get())
@decorator(lambda x: {"a": 'b'})
# between decorators
async def one_line(): return 1, await q.get()   # refused: head of a block
async def twice():
    return await asyncio.open_connection(await q.get(), 1)
