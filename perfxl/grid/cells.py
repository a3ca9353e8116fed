"""From what a file stores to a Cell: the same steps for every format with typed values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial

from perfxl.bounds import (
    LONGEST_TEXT,
    MOST_AREA,
    MOST_CELLS,
    MOST_MEASURES,
    MOST_SHEETS,
    MOST_SIGNS,
    MOST_SPANS,
    MOST_TOTAL,
)
from perfxl.errors import TooLarge
from perfxl.grid.dates import moment, serial
from perfxl.grid.format_renderer import Format, compile_format, exact
from perfxl.grid.model import Cell, Grid, type_of_values
from perfxl.ooxml.address import Span

# A form has a few hundred cells, an annex of many forms a few thousand.
SHIFT_1904 = 1462

# Twice as fast as calling the class, which for 500 cells is felt.
make_cell = partial(tuple.__new__, Cell)


def blank(text: str) -> bool:
    """Whether a text has nothing to read in it."""
    return not text or text.isspace()


def typed_number(raw: str, look: Format, shift: int = 0) -> tuple[type_of_values, str]:
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
    look = compile_format(code)
    if not look.parts:
        look = compile_format("h:mm:ss" if isinstance(when, time) else "yyyy/m/d")
    if look.parts == "date" and isinstance(when, datetime) and when.time() == time():
        when = when.date()
    return when, look.number(serial(when))


def refuse_more(cells: int) -> None:
    """Raise TooLarge where a sheet has more cells than any form needs."""
    if cells > MOST_CELLS:
        raise TooLarge("too-many-cells", limit=MOST_CELLS)


def bounded(sheets: Iterable[Grid]) -> tuple[Grid, ...]:
    """The sheets of a file one by one, as long as all of them together are of the size of forms.

    Raises:
        TooLarge: more cells, covered area, measures or text than any file of forms has.
    """
    found: list[Grid] = []
    cells = area = measures = signs = 0
    for sheet in sheets:
        found.append(sheet)
        cells += len(sheet.cells)
        area += covered(sheet.spans, sheet.cells)
        measures += len(sheet.widths) + len(sheet.heights)
        texts = [len(cell.text) for cell in sheet.cells.values()]
        signs += sum(texts)
        if cells > MOST_TOTAL:
            raise TooLarge("too-many-cells", limit=MOST_TOTAL)
        if area > MOST_AREA:
            raise TooLarge("too-much-merged", area=area, limit=MOST_AREA)
        if measures > MOST_MEASURES:
            raise TooLarge("too-many-cells", limit=MOST_MEASURES)
        if len(found) > MOST_SHEETS:
            raise TooLarge("too-many-sheets", limit=MOST_SHEETS)
        if signs > MOST_SIGNS or max(texts, default=0) > LONGEST_TEXT:
            raise TooLarge("too-much-text", limit=LONGEST_TEXT)
    return tuple(found)


def refuse_spans(count: int) -> None:
    """Raise TooLarge where a sheet has more merged areas than any form has."""
    if count > MOST_SPANS:
        raise TooLarge("too-many-spans", count=count, limit=MOST_SPANS)


def check_spans(spans: list[Span], cells: dict[tuple[int, int], Cell]) -> tuple[Span, ...]:
    """The spans, where what they cover inside the used area can be walked over in good time.

    A span that reaches to the end of the sheet is common and harmless; one that does so over a
    used area of the same size is an attack.

    Raises:
        TooLarge: too many spans, or too much area.
    """
    refuse_spans(len(spans))
    area = covered(spans, cells)
    if area > MOST_AREA:
        raise TooLarge("too-much-merged", area=area, limit=MOST_AREA)
    return tuple(spans)


def covered(spans: Sequence[Span], cells: dict[tuple[int, int], Cell]) -> int:
    """How many positions inside the used area the spans cover."""
    if not spans:
        return 0
    bottom = max((row for row, _ in cells), default=0)
    right = max((col for _, col in cells), default=0)
    bottom = max(bottom, *(span.top for span in spans), 0)
    right = max(right, *(span.left for span in spans), 0)
    return sum(
        (min(s.bottom, bottom) - s.top + 1) * (min(s.right, right) - s.left + 1) for s in spans
    )
