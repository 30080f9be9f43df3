import collections
import datetime

import click
import typer
from fastapi import APIRouter, Depends

from project import router, unknown

SHARED = []
app = typer.Typer()
api = APIRouter()
LIMIT = 10


def asks(a=[]):  # refused: body already gives None a meaning
    return 1 if a is None else len(a)


def compares(a=[]):  # refused: body already gives None a meaning
    return a in (None, [])


def matches(a=[]):  # refused: body already gives None a meaning
    match a:
        case None:
            return 0
    return len(a)


def sets(a=[]):  # refused: body already gives None a meaning
    if len(a) > 3:
        a = None
    return a


class Keeps:
    def __init__(self, a=[]):  # refused: body already gives None a meaning
        self.a = a

    def has(self):
        return self.a is not None


def documented(a=[]):  # refused: docstring already gives None a meaning
    """Doc.

    :param a: the things, or
        None for all of them
    """
    return a


cached = lambda a, results=[]: results.append(a)  # refused: lambda has no room


def remember(key, cache={}):  # refused: share it on purpose
    if key not in cache:
        cache[key] = key * 2
    return cache[key]


def remember_under_another_name(key, known={}):  # refused: share it on purpose
    if key in known:
        return known[key]
    value = known[key] = key * 2
    return value


def once(message, _seen=set()):  # refused: share it on purpose
    for part in message.split():
        if part not in _seen:
            _seen.add(part)
            print(part)


def count(state=[0]):  # refused: share it on purpose
    state[0] += 1
    return state[0]


def walk(node, path, seen=set()):  # refused: shares it with itself
    for child in node.children:
        if child not in seen:
            seen.add(child)
            walk(child, path)


def shared(a=SHARED):  # refused: SHARED shares it
    a.append(1)


def once_only(a=(i for i in range(3))):  # refused: generator can be used only once
    return list(a)


def named(a=(b := [])):  # refused: does more than make a value
    return len(a)


def later(a=[datetime.datetime.now()]):  # refused: datetime.datetime.now may have another value
    return len(a)


def constant(a=[LIMIT]):  # refused: LIMIT may have another value
    return len(a)


def hides(list, a=list()):  # refused: list may have another value
    return len(a)


def call(a=collections.deque(SHARED)):  # refused: SHARED may have another value
    return len(a)


@app.command()
def main(names: list[str] = []):  # refused: framework
    print(*names)


@click.command()
def clicked(names=[]):  # refused: framework
    print(*names)


@api.get("/")
def route(names: list[str] = []):  # refused: framework
    return len(names)


@router.post("/")
def imported_route(names: list[str] = []):  # refused: framework
    return len(names)


def filters(names: list[str] = []):  # refused: framework
    return len(names)


@api.get("/x")
def uses(names=Depends(filters)):
    return names


@unknown
def decorated(names=[]):
    return len(names)


def typed(
    names=[],  # type: list[str]  # refused: type stands in a comment
):
    return len(names)


def typed_as_a_whole(names=[]):  # refused: type stands in a comment
    # type: (list[str]) -> int
    return len(names)
