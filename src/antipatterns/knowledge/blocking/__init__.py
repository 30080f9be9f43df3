"""Which callables block the thread they run in, by field; a reader merges the constants of all modules here.

Every dotted name is canonical: the shortest documented public path. A module has those of these constants
that it needs.

- `CALLABLES`: function, or class whose constructor blocks, to (category, remedy). Remedies say
  `asyncio.to_thread` and `asyncio.sleep` literally, so that `async_frameworks` can put another
  framework's words in their place.
- `METHODS`: class to (category, remedy, "names") groups. The name `*` is every public method, `-name`
  takes one back. A loop over an object is `__iter__`, `next()` is `__next__`, `with` is `__enter__`.
- `RETURNS`: callable, or `Class.method`, to what calling it gives: a class, or a generic over classes. A
  method that makes a context manager has what `with` gives. `Class.__getattr__` stands for every unknown
  attribute.
- `AWAITED`: coroutine function, or `Class.method`, to the class of what awaiting its result gives; what `async with`
  binds is that of `Class.__aenter__`.
- `ATTRIBUTES`: `Class.attribute`, or a variable of a module, to its class.
- `BASES`: class to its known bases, from which methods, returns and attributes are inherited.
- `ALIASES`: another spelling, a dotted prefix (the longest wins), to the canonical one.
- `NON_BLOCKING_ARGUMENTS`: callable (`Class.*`: all methods) to (position without self or -1, keyword, value):
  any one of them makes the call harmless. The value is a literal, or a string that holds the dotted name of a constant.
- `BLOCKING_ARGUMENTS`: callable to (position, keyword) of the argument without which, or with `None` or
  an in-memory stream (`io.BytesIO`, `io.StringIO`) in it, the call does no I/O.
- `BLOCKING_WITH`: coroutine function to (position, keyword, literal) of the argument with which alone it blocks.
- `TYPE_ARGUMENTS`: class to (position, keyword) of the constructor's argument naming the class that its
  instances make.
- `ASYNC_TWINS`: classes that inherit from a blocking one and yet are asynchronous: none of their methods
  counts.
"""
