"""Numbers of the rolled-up form as it shows them."""

from collections.abc import Sequence

from perfxl.exact import Fraction, rounded
from perfxl.rules.engine.interval import Interval

MOST_DECIMALS = 6


def number(value: Fraction, decimals: int = MOST_DECIMALS) -> str:
    """A number as short as it is, with so many decimals at most."""
    text = f"{rounded(value, decimals):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def points(value: Interval) -> str:
    """A score: one number, or a range; nothing where it is not bounded."""
    if value.lo is None or value.hi is None:
        return ""
    lo, hi = f"{rounded(value.lo, 2):.2f}", f"{rounded(value.hi, 2):.2f}"
    return lo if lo == hi else f"{lo}-{hi}"


def prose(parts: Sequence[tuple[str, str]]) -> str:
    """What several units wrote, each behind its name; said once where all wrote the same."""
    said = [(name, text) for name, text in parts if text]
    if len(parts) == 1 or (len(said) == len(parts) and len({text for _, text in said}) == 1):
        return said[0][1] if said else ""
    return "\n".join(f"{name}：{text}" for name, text in said)
