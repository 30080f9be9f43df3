"""The method resolution order of classes that are read, as Python computes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.index.definitions import Definition

UNKNOWN = "?"
"""Stands in an order for a base that nobody can tell: what is not found before it may be anything."""


def merge(orders: Sequence[Sequence[Definition | str]]) -> list[Definition | str]:
    """The C3 merge of the orders of the bases and the list of bases; what has no order, as it comes.

    See https://docs.python.org/3/howto/mro.html.
    """
    waiting = [list(order) for order in orders if order]
    if len(waiting) == 2 and waiting[1] == waiting[0][:1]:  # a single base
        return waiting[0]
    merged: list[Definition | str] = []
    while waiting:
        head = next((order[0] for order in waiting if not _is_in_a_tail(order[0], waiting)), waiting[0][0])
        merged.append(head)
        waiting = [rest for order in waiting if (rest := [item for item in order if item != head])]
    return merged


def _is_in_a_tail(item: Definition | str, orders: Sequence[Sequence[Definition | str]]) -> bool:
    return any(item in order[1:] for order in orders)
