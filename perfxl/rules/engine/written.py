"""Rates as they are written: 95.0% for 0.95002, 0.95 under a head that says %, 98% over a stored 0.9787."""

from decimal import Decimal

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.forms.values.quantity import NUMBER, Quantity
from perfxl.forms.values.text import normalize, parse_number
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.tolerance import decimals


def written_size(quantity: Quantity) -> str:
    """A quantity as arithmetic shows it: number and unit without its comparator; a text as it is."""
    if quantity.kind != NUMBER:
        return quantity.text
    return f"{quantity.low.normalize():f}{quantity.unit}"


def readings(place: Field) -> list[tuple[Fraction, Fraction]]:
    """What a written rate may mean: (rate as a fraction of one, half a unit of its last digit).

    What is shown counts beside what is stored. A bare number is a fraction or a percentage.
    """
    value = exact(place)
    if value is None:
        return []
    text = normalize(place.text)
    percent = "%" in text
    digits = decimals(text)
    shown = parse_number(text.rstrip("%"))
    written = [] if shown is None else [Fraction(shown)]
    if percent:
        half = Fraction(1, 200 * 10**digits)
        return [(value, half), *((size / 100, half) for size in written)]
    stored = [Fraction(place.raw)] if isinstance(place.raw, Decimal) else []
    half = Fraction(1, 2 * 10**digits)
    # A whole 1 is all of it, to the percent.
    fine = half if digits else Fraction(1, 200)
    return [
        reading
        for size in {*stored, *written} or {value}
        for reading in ((size, fine), (size / 100, half / 100))
    ]


def is_written(rate: Fraction, place: Field) -> bool:
    """Whether a rate is what a cell says, at the precision at which it is written."""
    return any(abs(stated - rate) <= half for stated, half in readings(place))


def amounts(place: Field) -> list[Fraction]:
    """What an amount may be: as it is stored, and as it is shown where that is a number."""
    value, shown = exact(place), parse_number(place.text)
    return [Fraction(one) for one in (value, shown) if one is not None]
