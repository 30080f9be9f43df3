# Handlers.
import asyncio; import logging
async def tabs(q):
	try:await q.get()
	except BaseException:pass  # refused: what follows it may clean up
	try:
		await q.get()
	except  (  asyncio.CancelledError  ):	# why
		ä.x="日本";log(ä) ; b.x=2
		raise
async def gaps(q):
    try:
        await q.get()
    except asyncio.CancelledError:
        raise
    # above
    except \
            BaseException:  # one
        # two
        logging.error(1)  # three
        # four

    # five
    else: pass
    try:
        await q.get()
    except asyncio.CancelledError: log(1);log("""x
y"""); raise
    while q:
        try:
            await q.get()

        # above

        except asyncio.CancelledError:

            # a comment

            log(f"{'a'}")

            raise   

        # behind


@decorator(lambda x: {"a": 'b'})
# between decorators
@other
async def nested(q):
    '''Doc
  string'''
    try:
      try: await q.get()
      except asyncio.CancelledError: raise
      except: logging.error(1)
      finally: log(2)
    except asyncio.CancelledError: raise
    except BaseException as e: logging.error(e)
