#!/usr/bin/env python
import os
import a  # noqa: E501 -- the reason stays
import b  # noqa:E501 (see #12)
c = 1  # pragma: no cover
d = 1  # pragma: no cover
e = 1  # because
f = 1  # noqa: AP201 pylint: disable=x  # refused: says something else too
g = [  # noqa: E501
    1,

    # keep
    "é", "# noqa: AP201"]  # ü
def h():
    pass  # foo

    # noqa
def i(x=[]):  # noqa: AP301
    return x;
if x: \
    y
class A:
    """# noqa: AP201"""
