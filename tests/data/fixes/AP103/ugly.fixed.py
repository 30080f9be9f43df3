# Tasks.
import asyncio; import os

_background_tasks: set[asyncio.Task[object]] = set()


async def tabs(q):
	task = asyncio.create_task(q.get())	# why
	_background_tasks.add(task)
	task.add_done_callback(_background_tasks.discard)
	if q:asyncio.create_task(q.put(1));return # refused: not a statement
	ä="日本";asyncio.create_task(q.get()) ; b=2 # refused: stand on its line
async def gaps(q):
    # above
    task = asyncio.create_task(  # one
        # two
        q.get()  # three
        # four
    )  # five
    _background_tasks.add(task)
    task.add_done_callback(_background_tasks.discard)
    task = asyncio\
        .create_task(q.get())
    _background_tasks.add(task)
    task.add_done_callback(_background_tasks.discard)
    # behind

async def strings(q):
    '''Doc
  string'''; asyncio.ensure_future(q.put( # refused: stand on its line
 1))
    task = asyncio.ensure_future(q.put("""x
y"""))
    _background_tasks.add(task)
    task.add_done_callback(_background_tasks.discard)
    for x in q: asyncio.create_task(x) # refused: not a statement
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def one_line(q): asyncio.create_task(q.get()) # refused: not a statement
class C:

	async def method(self, q):

		# a comment

		task = asyncio.create_task(q.get(f"{'a'}"))   
		_background_tasks.add(task)
		task.add_done_callback(_background_tasks.discard)

		return
