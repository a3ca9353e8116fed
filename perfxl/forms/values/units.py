"""Units of measure: their families, the multipliers before them, and per what they are counted.

The words stand in templates/quantities.toml. Source: scoring rules, section "Reading a value".
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import fold

LONGEST_UNKNOWN = 3
LONGEST_NOUN = 6
LONGEST_PER = 6
ONE = Decimal(1)
_HAN = re.compile(r"[一-龥]+")
_EITHER = re.compile(r"(?P<one>[^()/]+)\((?P<other>[^()/]+)\)")
_PER = re.compile(r"/|每")
_UNIT_BEHIND = re.compile(r"[(\[【](?P<unit>[^()\[\]【】0-9]{1,13})[)\]】]$")
LONGEST_BEHIND = 8


class Unit(NamedTuple):
    """A unit as it is written.

    Attributes:
        name: without the multiplier, what it is counted per included (次/年); "" for none.
        family: which units it converts to; "other" for one that perfxl does not know.
        factor: how many of the family's measure one unit is.
        scale: the multiplier before it: 10000 in 万人次.
        per: what it is counted per: 年 in 次/年, 村 in 个/村; "" for a plain number.
    """

    name: str
    family: str = "other"
    factor: Decimal = ONE
    scale: Decimal = ONE
    per: str = ""

    @property
    def known(self) -> bool:
        """Whether perfxl knows the unit, or there is none."""
        return self.family != "other"


NONE = Unit("", "")


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """The unit that a text is: 万人次 → (人次, count, 1, 10000); 元/人 → money per 人."""
    either = _EITHER.fullmatch(text)
    if either is not None:
        # 台(套): two measure words for one thing.
        first, second = unit_of(either["one"]), unit_of(either["other"])
        alike = first.family == second.family == "count" and second.scale == 1
        return first if alike and not (first.per or second.per) else Unit(text)
    name = text.strip("()")
    if not name:
        return NONE
    known = _known(name)
    if known is not None:
        return Unit(name, *known)
    cut = _PER.search(name)
    if cut is not None and cut.start():
        return _rate(name, cut)
    words = grammar()
    for word, size in words.multipliers:
        if name.startswith(word):
            rest = unit_of(name[len(word) :])
            return rest._replace(scale=size * rest.scale)
    for word in words.finished:
        if name == word:
            return NONE
        if name.endswith(word):
            return unit_of(name[: -len(word)])
    if name.startswith("个"):
        known = _known(name[1:])
        # 10个村: so many of them, whatever they are.
        return Unit(name[1:], *known) if known is not None else Unit(name, "count")
    return Unit(name)


def _known(name: str) -> tuple[str, Decimal] | None:
    units = grammar().units
    return units.get(name) or (units.get(name.casefold()) if len(name) > 1 else None)


def _rate(name: str, cut: re.Match[str]) -> Unit:
    """次/年, 元/人·月, 次每月: a unit and what it is counted per."""
    above = unit_of(name[: cut.start()])
    per = name[cut.end() :].strip("()").replace("/", "").replace("·", "").replace("每", "")
    figures = any(c.isdigit() for c in per) and _known(per) is None
    if not per or len(per) > LONGEST_PER or figures or above.per:
        return Unit(name)
    per = per[1:] if per.startswith("个") and len(per) > 1 else per
    whole = name[name.index(above.name) :] if above.name and above.name in name else name
    return above._replace(name=whole, per=_first_spelling(per))


_MEASURED = frozenset({"length", "area", "volume", "weight", "energy", "data"})


@lru_cache(maxsize=256)
def _first_spelling(per: str) -> str:
    """m3 and 立方米, 吨 and t: one spelling of what is counted per, for a measure of things."""
    known = _known(per)
    if known is None or known[0] not in _MEASURED:
        return per
    return next(name for name, unit in grammar().units.items() if unit == known)


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure that perfxl knows, a multiplier before it included."""
    return unit_of(fold(text)).family not in ("", "other")


def is_listed(text: str) -> bool:
    """Whether a text is a unit of the lists, word for word, a multiplier before it included."""
    if _known(text) is not None:
        return True
    return any(
        text.startswith(word) and _known(text[len(word) :]) is not None
        for word, _ in grammar().multipliers
    )


def may_be_unit(name: str) -> bool:
    """Whether an unknown word behind a number may be its measure word: 朵 may, 标准 and A级 may not."""
    bare = name.partition("/")[0]
    words = grammar()
    if bare in words.levels_of:
        return True
    if not _HAN.fullmatch(bare) or len(bare) > LONGEST_UNKNOWN:
        return False
    begun = len(bare) > 1 and bare.startswith((*words.counted, *words.levels_of))
    return not begun and not any(word in bare for word in words.no_unit)


def may_be_noun(name: str) -> bool:
    """Whether 个 and a word are so many of some things: 个村, 个安置点; 个未完成 is not."""
    noun = name.removeprefix("个")
    words = grammar()
    refused = any(word in noun for word in (*words.blurring, *words.doubtful))
    return bool(_HAN.fullmatch(noun)) and len(noun) <= LONGEST_NOUN and not refused


def unit_behind(name: str) -> tuple[str, str]:
    """A name and the unit in brackets behind it: 养护里程（公里） → (养护里程, 公里)."""
    folded = fold(name)
    match = _UNIT_BEHIND.search(folded)
    if match is None or not match.start():
        return folded, ""
    unit = unit_labelled(match["unit"])
    if not unit or len(unit) > LONGEST_BEHIND or not is_unit(unit):
        return folded, ""
    return folded[: match.start()], unit


def unit_labelled(text: str) -> str:
    """A text without what says that it is a unit: 单位:公里, 计量单位:公里 → 公里."""
    for word in grammar().measure_labels:
        if text.startswith(f"{word}:"):
            return text[len(word) + 1 :]
    return text
