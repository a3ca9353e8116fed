"""What a form's own printed notes say of how it is scored: the tiers of qualitative indicators.

分别按照该指标分值的100-80%（含80%）、80-50%（含50%）、50-0%合理确定分值. What the form prints comes before what its
points let one suppose; a scale that is not exactly three tiers from 100 % down to 0 is left alone.
"""

import re
from functools import lru_cache

from perfxl.exact import Fraction
from perfxl.forms.text import fold

Tier = tuple[Fraction, Fraction]
Tiers = tuple[Tier, Tier, Tier]

_ASIDE = re.compile(r"\((?:不?含|不?包含|不?包括)?[0-9]{0,3}%?\)|[不]?含(?:[0-9]{1,3}%?)?")
_BRACKETS = re.compile(r"[()\[\]【】〔〕]")
_RANGE = re.compile(
    r"(?<![0-9.%])(?P<one>[0-9]{1,3})(?P<share>%?)(?:-|~|～|—+|–|－|−|至|到|,)(?P<other>[0-9]{1,3})%"
    r"|(?<![0-9.%])(?P<first>[0-9]{1,3})%(?:-|~|～|—+|–|－|−|至|到)(?P<second>[0-9]{1,3})(?![0-9.%])"
    r"|(?<![0-9.%])(?P<least>[0-9]{1,3})%(?:及|或)?以上"
    r"|(?<![0-9.%])(?P<most>[0-9]{1,3})%(?:及|或)?以下"
)
WHOLE = Fraction(1)


@lru_cache(maxsize=1024)
def tiers(note: str, subjects: tuple[str, ...]) -> Tiers | None:
    """The shares of the weight for reached, partly and missed, where a note prints them.

    Args:
        note: a printed note.
        subjects: words of which the note must have one to speak of qualitative indicators.
    """
    text = fold(note)
    if not any(word in text for word in subjects):
        return None
    text = _BRACKETS.sub("", _ASIDE.sub("", text))
    found = [_tier(match) for match in _RANGE.finditer(text)]
    for order in (found, found[::-1]):
        if _is_scale(order):
            return order[0], order[1], order[2]
    return None


def _tier(match: re.Match[str]) -> Tier:
    ends = [int(end) for end in match.group("one", "other", "first", "second") if end is not None]
    if match["least"] is not None:
        ends = [int(match["least"]), 100]
    elif match["most"] is not None:
        ends = [0, int(match["most"])]
    low, high = sorted(ends)
    return Fraction(low, 100), Fraction(high, 100)


def _is_scale(found: list[Tier]) -> bool:
    """Whether ranges are three tiers, each beginning where the one before ends, from 1 down to 0."""
    if len(found) != 3:
        return False
    reached, partly, missed = found
    return (
        reached[1] == WHOLE
        and missed[0] == 0
        and reached[0] == partly[1]
        and partly[0] == missed[1]
        and reached[0] > partly[0] > 0
    )
