"""Draws the forms of a blind measurement, each with what a careful person reads out of it.

    python tests/blind/build.py

The readings come from the data that the forms are drawn from, written before any reader saw them.
"""

from layouts_ab import cards, hospitals
from layouts_cde import ppps, villages, zones
from singles import ALL

if __name__ == "__main__":
    for draw in (cards, hospitals, zones, ppps, villages, *ALL):
        draw()
