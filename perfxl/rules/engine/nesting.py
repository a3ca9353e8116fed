"""Rows of money of which some are the sum of others: 财政拨款 7,400 over 一般公共预算 7,000 and 政府性基金 400.

A list of parts does not say how its rows hang together. A row may be the sum of the rows right below it, or
right above it, and those again of others. A total is proved wrong only if it is none of the sums that the
rows make in any of these ways.
Source: scoring rules, "Sums, caps, and what must be there".
"""

from collections.abc import Sequence
from functools import cache

from perfxl.exact import Fraction
from perfxl.rules.engine.ratio import ZERO

MOST_ROWS = 16
"""Longer lists are added up as they stand."""
MOST_SUMS = 64

Rows = tuple[int, ...]


def top_rows(amounts: Sequence[Fraction], whole: Fraction, slack: Fraction) -> Rows:
    """The rows whose sum is to be compared with a total: all of them, or those that the others break down.

    Args:
        amounts: of the parts, in the form's order.
        whole: the stated total.
        slack: what rounding may add up to.

    Returns:
        Places of the rows; of several ways to take them, the one whose sum comes nearest to the total.
    """
    everything = tuple(range(len(amounts)))
    if len(amounts) > MOST_ROWS:
        return everything

    @cache
    def ways(first: int, last: int) -> dict[Fraction, Rows]:
        """Sum → the top rows, for every way to take the rows from first up to last."""
        if first == last:
            return {ZERO: ()}
        found: dict[Fraction, Rows] = {}
        for end in range(first + 1, last + 1):
            for head in heads(first, end):
                for rest, rows in ways(end, last).items():
                    found.setdefault(amounts[head] + rest, (head, *rows))
            if len(found) > MOST_SUMS:
                break
        return found

    @cache
    def heads(first: int, end: int) -> tuple[int, ...]:
        """The row of a run that is the sum of its others: the first or the last one."""
        if end - first == 1:
            return (first,)
        if end - first == 2:
            # One row below another with the same amount breaks it down, if it is not nothing.
            same = abs(amounts[first] - amounts[first + 1]) <= slack and amounts[first] > 0
            return (first,) if same else ()
        return tuple(
            head
            for head, inner in ((first, (first + 1, end)), (end - 1, (first, end - 1)))
            if amounts[head] > 0
            and any(abs(amounts[head] - made) <= slack for made in ways(*inner))
        )

    sums = ways(0, len(amounts))
    return min(sums.items(), key=lambda way: (abs(way[0] - whole), -len(way[1])))[1]
