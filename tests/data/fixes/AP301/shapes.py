"""Every kind of parameter, body and default."""

from collections import OrderedDict, defaultdict, deque


def plain(item, basket=[]):
    basket.append(item)
    return basket


def below_the_docstring(item, basket={}):
    """Put the item into the basket.

    And more.
    """
    basket[item] = 1
    return basket


def below_an_empty_line(item, basket=set()):
    """Put the item into the basket."""

    # Its comment stays with the statement.
    basket.add(item)
    return basket


def only_a_docstring(basket=[]):
    """Nothing looks at it."""


def nothing_looks_at_it(basket=[1]):
    raise NotImplementedError


def only_asked(items=[]):
    return dict(items or [("a", 1)])


def in_order(a, b=[], /, c=dict(), *, d, e={1}, **others):
    return a, b, c, d, e, others


def one_line(a=[], b={}): return a, b  # both


def one_line_with_docstring(a=[]): "The docstring."; a.append(1); return a


def docstring_with_more_behind(a=[]):
    """The docstring."""; a.append(1)
    return a  # it


async def coroutine(a=deque()):
    a.append(1)


async def asynchronous_generator(a=bytearray()):
    for one in a:
        yield one


def generator(a=OrderedDict()):
    yield from a


class Thing:
    def __init__(self, parts=[], names=defaultdict(list)):
        self.parts = parts
        self.names = names

    @classmethod
    def make(cls, parts=[i for i in range(3)]):
        return cls(list(parts))

    @staticmethod
    @property
    def odd(
        parts=[],  # the parts
        # between
        names=[],
    ):  # behind
        # first
        return len(parts) + len(names)

    class Inner:
        def inner(self, values=list("abc")):
            def innermost(more=[]):
                more.extend(values)
                return more

            return innermost


def definition_first(values=[]):
    def inner():
        return list(values)

    return inner


def global_first(values=[]):
    global total
    total = sum(values)


def half_done(values=[]):
    if values is None:
        values = []
    return values


def guarded_below(a=[], b=None, c=[]):
    """Doc."""
    if b is None:
        b = 1
    return list(a), b, list(c)


def deletes(values=[]):
    first = values[0]
    del values
    return first
