"""What a form's own printed notes say of how it is scored: the tiers of qualitative indicators.

分别按照该指标分值的100-80%（含80%）、80-50%（含50%）、50-0%合理确定分值. What the form prints comes before what its
points let one suppose; a scale that is not exactly three tiers from 100 % down to 0 is left alone.
"""

import re
from functools import cache, lru_cache

from perfxl.exact import Fraction
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import fold

Tier = tuple[Fraction, Fraction]
Tiers = tuple[Tier, Tier, Tier]

_BRACKETS = re.compile(r"[()\[\]【】〔〕]")
WHOLE = Fraction(1)


@cache
def _aside() -> re.Pattern[str]:
    """Whether a bound belongs to its tier: （含80%）, 不含."""
    words = grammar()
    said = "|".join(map(re.escape, sorted(words.inclusive + words.exclusive, key=len)[::-1]))
    return re.compile(rf"\((?:{said})?[0-9]{{0,3}}%?\)|(?:{said})(?:[0-9]{{1,3}}%?)?")


@cache
def _range() -> re.Pattern[str]:
    """A tier: 100-80%, 80%至50%, 80%以上."""
    words = grammar()
    between = rf"(?:(?:{words.between})+|,)"
    above, below = (
        "|".join(re.escape(word) for word, sign in words.after if sign == meant) for meant in "≥≤"
    )
    share = r"(?<![0-9.%])(?P<{}>[0-9]{{1,3}})"
    return re.compile(
        rf"{share.format('one')}(?P<share>%?){between}(?P<other>[0-9]{{1,3}})%"
        rf"|{share.format('first')}%{between}(?P<second>[0-9]{{1,3}})(?![0-9.%])"
        rf"|{share.format('least')}%(?:{above})"
        rf"|{share.format('most')}%(?:{below})"
    )


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
    text = _BRACKETS.sub("", _aside().sub("", text))
    found = [_tier(match) for match in _range().finditer(text)]
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
