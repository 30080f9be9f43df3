"""Every kind of parameter, body and default."""

from collections import OrderedDict, defaultdict, deque


def plain(item, basket=None):
    if basket is None:
        basket = []
    basket.append(item)
    return basket


def below_the_docstring(item, basket=None):
    """Put the item into the basket.

    And more.
    """
    if basket is None:
        basket = {}
    basket[item] = 1
    return basket


def below_an_empty_line(item, basket=None):
    """Put the item into the basket."""

    if basket is None:
        basket = set()
    # Its comment stays with the statement.
    basket.add(item)
    return basket


def only_a_docstring(basket=None):
    """Nothing looks at it."""


def nothing_looks_at_it(basket=None):
    raise NotImplementedError


def only_asked(items=None):
    return dict(items or [("a", 1)])


def in_order(a, b=None, /, c=None, *, d, e=None, **others):
    if b is None:
        b = []
    if c is None:
        c = dict()
    if e is None:
        e = {1}
    return a, b, c, d, e, others


def one_line(a=None, b=None):
    if a is None:
        a = []
    if b is None:
        b = {}
    return a, b  # both


def one_line_with_docstring(a=None):
    "The docstring."
    if a is None:
        a = []
    a.append(1); return a


def docstring_with_more_behind(a=None):
    """The docstring."""
    if a is None:
        a = []
    a.append(1)
    return a  # it


async def coroutine(a=None):
    if a is None:
        a = deque()
    a.append(1)


async def asynchronous_generator(a=None):
    if a is None:
        a = bytearray()
    for one in a:
        yield one


def generator(a=None):
    if a is None:
        a = OrderedDict()
    yield from a


class Thing:
    def __init__(self, parts=None, names=None):
        if parts is None:
            parts = []
        if names is None:
            names = defaultdict(list)
        self.parts = parts
        self.names = names

    @classmethod
    def make(cls, parts=None):
        if parts is None:
            parts = [i for i in range(3)]
        return cls(list(parts))

    @staticmethod
    @property
    def odd(
        parts=None,  # the parts
        # between
        names=None,
    ):  # behind
        if parts is None:
            parts = []
        if names is None:
            names = []
        # first
        return len(parts) + len(names)

    class Inner:
        def inner(self, values=None):
            if values is None:
                values = list("abc")

            def innermost(more=None):
                if more is None:
                    more = []
                more.extend(values)
                return more

            return innermost


def definition_first(values=None):
    if values is None:
        values = []

    def inner():
        return list(values)

    return inner


def global_first(values=None):
    global total
    if values is None:
        values = []
    total = sum(values)


def half_done(values=None):
    if values is None:
        values = []
    return values


def guarded_below(a=None, b=None, c=None):
    """Doc."""
    if a is None:
        a = []
    if b is None:
        b = 1
    if c is None:
        c = []
    return list(a), b, list(c)


def deletes(values=None):
    if values is None:
        values = []
    first = values[0]
    del values
    return first
