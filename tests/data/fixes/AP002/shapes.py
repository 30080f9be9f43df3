#!/usr/bin/env python  # noqa: AP201
# noqa: AP301 -- the whole line goes
import os  # noqa: AP201
import a  # noqa: AP201,E501 -- the reason stays
import b  # noqa:E501, AP201 AP301 (see #12)
c = 1  # pragma: no cover  # noqa: AP201 because
d = 1  # noqa: AP201  # pragma: no cover
e = 1  # noqa: ap201 # because
f = 1  # noqa: AP201 pylint: disable=x  # refused: says something else too
g = [  # noqa: AP301, E501,AP201
    1,   # noqa:AP201,ap202   

    # noqa: AP301
    # keep # noqa: AP301
    "é", "# noqa: AP201"]  # ü # noqa: AP201
def h():
    # noqa: AP301
    pass  # foo # noqa: AP301
    # noqa: AP301

    # noqa
def i(x=[]):  # noqa: AP301,AP201
    return x;  # noqa: AP202
if x: \
    y  # noqa: AP201
class A:	# noqa: AP2
    """# noqa: AP201"""
    # noqa: AP201