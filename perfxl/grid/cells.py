"""From what a file stores to a Cell: the same steps for every format with typed values."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import partial

from perfxl.errors import TooLarge
from perfxl.grid.dates import moment, serial
from perfxl.grid.model import Cell, type_of_values
from perfxl.grid.shown import Format, compiled, exact
from perfxl.ooxml.address import Span

# A form has a few hundred cells, an annex of many forms a few thousand.
MOST_CELLS = 200_000
MOST_SPANS = 20_000
MOST_AREA = 1_000_000
SHIFT_1904 = 1462

# Twice as fast as calling the class, which for 500 cells is felt.
make_cell = partial(tuple.__new__, Cell)


def blank(text: str) -> bool:
    """Whether a text has nothing to read in it."""
    return not text or text.isspace()


def typed(raw: str, look: Format, shift: int = 0) -> tuple[type_of_values, str]:
    """Value and text of a stored number, a date where the format shows one.

    Args:
        raw: the number as the file spells it; what is no number is a text.
        look: the compiled number format.
        shift: 1462 for a file whose days are counted from 1904.
    """
    number = exact(raw)
    if number is None:
        return raw, raw
    return of_number(number, look, shift)


def of_number(number: Decimal, look: Format, shift: int = 0) -> tuple[type_of_values, str]:
    """As `typed`, for a number at hand."""
    text = (look.number_1904 if shift else look.number)(number)
    if look.parts:
        when = moment(number, look.parts, shift)
        if when is not None:
            return when, text
    return number, text


def truth(raw: str) -> tuple[bool, str]:
    """Value and text of a stored truth value: 1, true, TRUE, or anything else."""
    value = raw.strip().lower() in {"1", "true"}
    return value, "TRUE" if value else "FALSE"


def iso_moment(text: str) -> date | datetime | time | None:
    """``2021-12-31``, ``2021-12-31T08:30:00``, ``08:30:00`` to its date or time, else None."""
    for kind in (date, datetime, time):
        try:
            when = kind.fromisoformat(text.strip())
        except ValueError:
            continue
        if isinstance(when, datetime | time) and when.tzinfo is not None:
            return when.replace(tzinfo=None)
        return when
    return None


def of_moment(when: date | datetime | time, code: str) -> tuple[type_of_values, str]:
    """Value and text of a date stored as such: midnight under a format without hours is a day."""
    look = compiled(code)
    if not look.parts:
        look = compiled("h:mm:ss" if isinstance(when, time) else "yyyy/m/d")
    if look.parts == "date" and isinstance(when, datetime) and when.time() == time():
        when = when.date()
    return when, look.number(serial(when))


def refuse_more(cells: int) -> None:
    """Raise TooLarge where a sheet has more cells than any form needs."""
    if cells > MOST_CELLS:
        raise TooLarge("too-many-cells", limit=MOST_CELLS)


def sane(spans: list[Span], cells: dict[tuple[int, int], Cell]) -> tuple[Span, ...]:
    """The spans, where what they cover inside the used area can be walked over in good time.

    A span that reaches to the end of the sheet is common and harmless; one that does so over a
    used area of the same size is an attack.

    Raises:
        TooLarge: too many spans, or too much area.
    """
    bottom = max((row for row, _ in cells), default=0)
    right = max((col for _, col in cells), default=0)
    bottom = max(bottom, *(span.top for span in spans), 0)
    right = max(right, *(span.left for span in spans), 0)
    area = sum(
        (min(s.bottom, bottom) - s.top + 1) * (min(s.right, right) - s.left + 1) for s in spans
    )
    if len(spans) > MOST_SPANS:
        raise TooLarge("too-many-spans", count=len(spans), limit=MOST_SPANS)
    if area > MOST_AREA:
        raise TooLarge("too-much-merged", area=area, limit=MOST_AREA)
    return tuple(spans)
