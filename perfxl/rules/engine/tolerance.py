"""How far a stated score may lie from what the rules give, and no further.

Source: scoring rules, "Tolerance". A score is rounded to the decimals at which it is written; a sum of
stated scores has no tolerance but that of parts that were rounded before they were written down.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.exact import Fraction, round_half_up
from perfxl.forms.model import Field
from perfxl.forms.values.text import normalize
from perfxl.rules.engine.interval import Interval
from perfxl.rules.policies.policy import Policy

_NUMBERS = (Decimal, int)
ZERO = Fraction(0)
NOISE = 9
"""Decimals of a score that a spreadsheet's floating-point number can mean."""
HUNDREDTH = Fraction(1, 100)
LEAST = HUNDREDTH / 2
"""Scores are kept at two decimals: what is less than half a hundredth is no difference at all."""


def settle(value: Fraction) -> Fraction:
    """A sum of floating-point numbers as what it means: 9.999999999999998 is 10."""
    return Fraction(round_half_up(value, 6)) if value.denominator > 10**6 else value


def stored_points(place: Field) -> Fraction | None:
    """A score or weight as its cell can mean it: 10.000000000000002 is 10."""
    if not isinstance(place.value, _NUMBERS):
        return None
    exact = Fraction(place.value)
    return Fraction(round_half_up(exact, NOISE)) if exact.denominator > 10**NOISE else exact


@lru_cache(maxsize=8192)
def decimals(text: str) -> int:
    """Digits behind the point of a number as it is written."""
    part = normalize(text).rstrip("%分元万").partition(".")[2]
    return len(part) if part.isdigit() else 0


@lru_cache(maxsize=8192)
def stored_decimals(value: Fraction) -> int:
    """Digits behind the point of a number as it is stored."""
    return decimals(f"{round_half_up(value, NOISE).normalize():f}")


def written_decimals(place: Field) -> int:
    """Digits behind the point at which a score is written or stored, whichever are fewer."""
    value = stored_points(place)
    return (
        decimals(place.text) if value is None else min(decimals(place.text), stored_decimals(value))
    )


def hides_decimals(place: Field) -> bool:
    """Whether a cell shows fewer decimals of its number than it stores."""
    value = stored_points(place)
    return value is not None and bool(place.text) and decimals(place.text) < stored_decimals(value)


def side_of(claim: Fraction, interval: Interval, place: Field, policy: Policy) -> int:
    """Where a claim stands: above its interval 1, below it -1, within it 0.

    Half a unit of the last decimal at which the score is written, at most the policy's tolerance; at
    two decimals, cutting off is admitted beside rounding.
    """
    value = interval.nearest(claim)
    if value == claim or not round_half_up(
        claim - Fraction(round_half_up(value, policy.decimals)), 2
    ):
        return 0
    digits = written_decimals(place)
    half = max(LEAST, min(policy.tolerance, Fraction(1, 2 * 10**digits)))
    if claim > value:
        return int(claim > value + half)
    cut_off = digits >= 2 and value - claim < HUNDREDTH  # hundredths have two
    return 0 if cut_off or claim >= value - half else -1


class Part(NamedTuple):
    """One stated number of a sum.

    Attributes:
        place: its cell.
        amount: what it holds.
        fraction: whether it stands for a true fraction, which was rounded to be written.
    """

    place: Field
    amount: Fraction
    fraction: bool


def sum_slack(parts: Iterable[Part], whole: Field, policy: Policy) -> Fraction:
    """How far a stated sum may be from the sum of its parts, each rounded before it was written.

    Half a unit of a part's last decimal where the part is a true fraction, where its cell shows fewer
    decimals than it stores, or where it is an equal share (2.67 of 8 for each of three).
    """
    listed = list(parts)
    slack = ZERO
    for part, noise in zip(listed, rounding_noise(listed), strict=True):
        hidden = hides_decimals(part.place)
        slack += min(policy.tolerance, _half(decimals(part.place.text))) if hidden else noise
    if hides_decimals(whole):
        slack += min(policy.tolerance, _half(decimals(whole.text)))
    return slack


def _half(digits: int) -> Fraction:
    return Fraction(1, 2 * 10**digits)


def equal_shares(amounts: Iterable[Fraction]) -> set[Fraction]:
    """The amounts that are equal shares of a rounder number: 3.33 three times, for 10."""
    return {
        amount
        for amount, count in Counter(amounts).items()
        if count > 1 and _rounded_share(amount, count)
    }


def _rounded_share(amount: Fraction, count: int) -> bool:
    digits = stored_decimals(amount)
    if not digits:
        return False
    whole = amount * count
    apart = abs(whole - Fraction(round_half_up(whole, digits - 1)))
    return 0 < apart <= count * _half(digits)


def rounding_noise(parts: Iterable[Part], points: Fraction | None = None) -> list[Fraction]:
    """How far each stated score may be from what was rounded to write it: a true fraction, an equal share.

    Args:
        parts: the scores.
        points: what they share, where that is known; then an equal share is told by itself.
    """
    listed = list(parts)
    shares = equal_shares([part.amount for part in listed])
    if points is not None:
        shares |= {part.amount for part in listed if _is_share(part, len(listed), points)}
    return [_rounding(part) if part.fraction or part.amount in shares else ZERO for part in listed]


def _is_share(part: Part, count: int, points: Fraction) -> bool:
    """Whether a score is one of so many equal shares of some points, rounded: 6.67 of 20 for three."""
    apart = abs(part.amount * count - points)
    return 0 < apart <= count * _rounding(part)


def _rounding(part: Part) -> Fraction:
    """Half a unit of the last decimal; a whole number shows no rounding."""
    digits = written_decimals(part.place)
    return _half(digits) if digits else ZERO


def share_slack(amounts: Iterable[Fraction]) -> Fraction:
    """How far amounts of which some are equal shares may be from the number that was shared."""
    listed = list(amounts)
    shares = equal_shares(listed)
    return sum((_half(stored_decimals(one)) for one in listed if one in shares), ZERO)
