"""The words in which quantities are written, and Chinese numerals.

From templates/quantities.toml; what forms say besides (blanks, money, 计量单位) from templates/vocabulary.toml.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.forms.values.text import normalize

MOST_DIGITS = 6
"""A number of things in words or digits is no longer than this: no form has a million goals."""


class Grammar(NamedTuple):
    """The words of quantities, ready to be compared; longer ones first."""

    blanks: frozenset[str]
    measure_labels: tuple[str, ...]

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    units: dict[str, tuple[str, Decimal]]
    multipliers: tuple[tuple[str, Decimal], ...]
    digits: dict[str, int]
    tens: dict[str, int]
    myriads: dict[str, int]
    hundreds: frozenset[str]
    numerals: re.Pattern[str]
    counted: tuple[str, ...]
    shares: tuple[str, ...]
    between: str
    plus_minus: re.Pattern[str]
    joined: tuple[str, ...]
    rough_before: tuple[str, ...]
    halves: tuple[str, ...]
    lead: tuple[str, ...]
    over_last_year: str
    heads: tuple[str, ...]
    events: tuple[str, ...]
    only: tuple[str, ...]
    rough: tuple[str, ...]
    averages: tuple[str, ...]
    average: str
    base_year: re.Pattern[str]
    figure: str
    tail: tuple[str, ...]
    tail_rough: tuple[str, ...]
    more: tuple[str, ...]
    beyond: re.Pattern[str]
    levels_of: tuple[str, ...]
    inclusive: tuple[str, ...]
    exclusive: tuple[str, ...]
    no_unit: tuple[str, ...]
    verbs: tuple[str, ...]
    date_lead: tuple[str, ...]
    next_year: tuple[str, ...]
    every: re.Pattern[str]
    year_ends: tuple[str, ...]
    within: tuple[str, ...]
    date_tail: re.Pattern[str]
    whole_year: tuple[str, ...]
    calendar: frozenset[str]
    year_end: tuple[str, ...]
    date_names: tuple[str, ...]
    refused: tuple[str, ...]
    blurring: tuple[str, ...]
    zero: frozenset[str]
    none: tuple[str, ...]
    not_none: tuple[str, ...]
    generic: tuple[str, ...]
    finished: tuple[str, ...]
    per: tuple[str, ...]
    unit_remarks: tuple[str, ...]
    denials: tuple[str, ...]
    fluff: tuple[str, ...]
    undone: frozenset[str]
    spellings: tuple[tuple[str, str], ...]
    hedges: tuple[str, ...]
    inner: tuple[str, ...]
    wholes: frozenset[str]
    denied: tuple[str, ...]
    scales: tuple[dict[str, int], ...]
    rank_lead: tuple[str, ...]
    rank_telling: tuple[str, ...]
    rank: re.Pattern[str]
    rank_first: tuple[str, ...]
    rank_units: tuple[str, ...]
    rank_within: tuple[str, ...]
    paces: tuple[tuple[str, tuple[int, int]], ...]
    years: tuple[str, ...]
    counters: tuple[str, ...]
    kinds: tuple[str, ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    levels: tuple[str, ...]
    about: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    level_endings: tuple[str, ...]
    points_before: tuple[str, ...]
    missed: tuple[str, ...]
    partly: tuple[str, ...]
    objects: tuple[str, ...]
    effects: tuple[str, ...]
    reached: tuple[str, ...]
    done_begins: tuple[str, ...]
    done_verbs: tuple[str, ...]
    wholly: tuple[str, ...]
    scale: re.Pattern[str]
    scale_marks: re.Pattern[str]
    doubtful: tuple[str, ...]


def _longest_first(*lists: Iterable[str]) -> tuple[str, ...]:
    words = {normalize(word) for some in lists for word in some}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _pairs(table: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = [(normalize(word), sign) for sign, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _one_of(*lists: Iterable[str]) -> str:
    return "|".join(map(re.escape, _longest_first(*lists)))


def _units(data: dict[str, Any], forms: dict[str, Any]) -> dict[str, tuple[str, Decimal]]:
    """Every unit with its family and its factor; those of money, and its currency, as forms have them."""
    money = dict(forms["money"])
    yuan = next(iter(money))
    for currency in forms["currency"]["is"]:
        money |= {f"{yuan}{currency}": money[yuan], currency: money[yuan]}
    return {
        normalize(unit): (family, Decimal(factor))
        for family, table in {**data["units"], "money": money}.items()
        for unit, factor in table.items()
    }


def _numbers(data: dict[str, Any], forms: dict[str, Any]) -> dict[str, Any]:
    """Numbers, their signs and units, and what stands for none."""
    units = _units(data, forms)
    multipliers = {normalize(word): Decimal(size) for word, size in data["multipliers"].items()}
    characters = "".join([*data["digits"], *data["tens"], *data["myriads"]])
    return {
        "blanks": frozenset(map(normalize, forms["blank"]["is"])),
        "measure_labels": _longest_first(forms["columns"]["measure"]["is"]),
        "before": _pairs(data["comparators"]["before"]),
        "after": _pairs(data["comparators"]["after"]),
        "units": units,
        "multipliers": tuple(sorted(multipliers.items(), key=lambda pair: -len(pair[0]))),
        "digits": data["digits"],
        "tens": data["tens"],
        "myriads": data["myriads"],
        "hundreds": frozenset(word for word, size in data["tens"].items() if size > 10)
        | data["myriads"].keys(),
        "numerals": re.compile(f"[{characters}]+(?:点[{''.join(data['digits'])}]+)?"),
        "counted": _longest_first(units),
        "shares": _longest_first(data["numerals"]["shares"]),
        "between": _one_of(data["ranges"]["between"]),
        "plus_minus": re.compile(_one_of(data["ranges"]["plus_minus"])),
        "joined": _longest_first(data["ranges"]["joined"]),
        "rough_before": _longest_first(data["numerals"]["rough_before"]),
        "halves": _longest_first(data["numerals"]["halves"]),
    }


def _around(data: dict[str, Any]) -> dict[str, Any]:
    """What stands before a number and behind it."""
    lead, tail, turns = data["lead"], data["tail"], data["turns"]
    return {
        "lead": _longest_first(
            lead["neutral"], lead["verbs"], lead["context"], turns["rising"], turns["falling"]
        ),
        "over_last_year": lead["context"][0],
        "heads": _longest_first(lead["heads"]),
        "events": _longest_first(lead["events"]),
        "only": _longest_first(lead["only"]),
        "rough": _longest_first(lead["rough"]),
        "averages": _longest_first(lead["averages"]),
        "average": lead["average"],
        "base_year": re.compile(rf"(?:{_one_of(lead['bases'])})(?P<year>(?:19|20)[0-9]{{2}})年度?"),
        "figure": _one_of(data["figures"]["before"]),
        "tail": _longest_first(tail["neutral"], data["trailing"]["done"]),
        "tail_rough": _longest_first(tail["rough"]),
        "beyond": re.compile(f"({_one_of(data['multipliers'])}|)(?:{_one_of(tail['more'])})"),
        "levels_of": _longest_first(tail["level_units"]),
        "more": _longest_first(tail["more"]),
        "inclusive": _longest_first(tail["inclusive"]),
        "exclusive": _longest_first(tail["exclusive"]),
        "no_unit": _longest_first(tail["no_unit"]),
        "verbs": _longest_first(lead["verbs"], lead["neutral"]),
    }


def _dates(dates: dict[str, Any]) -> dict[str, Any]:
    """What stands around dates."""
    return {
        "date_lead": _longest_first(dates["lead"]),
        "next_year": _longest_first(dates["next_year"]),
        "every": re.compile(f"^(?:{_one_of(dates['every'])})(?=[0-9])"),
        "year_ends": _longest_first(dates["ends"]),
        "within": _longest_first(dates["within"]),
        "date_tail": re.compile(
            f"(?P<before>{_one_of(dates['before'])})?份?(?P<done>{_one_of(dates['done'])})?"
        ),
        "calendar": frozenset(map(normalize, dates["units"])),
        "whole_year": _longest_first(dates["whole_year"]),
        "year_end": _longest_first(dates["year_end"]),
        "date_names": _longest_first(dates["names"]),
    }


def _counted(data: dict[str, Any]) -> dict[str, Any]:
    """Places, and what is counted for each of something, or goes up or down."""
    ranks, turns = data["ranks"], data["turns"]
    paces = {normalize(word): (least, most) for word, (least, most) in data["paces"].items()}
    return {
        "rank_lead": _longest_first(ranks["lead"]),
        "rank_telling": _longest_first(ranks["telling"]),
        "rank": re.compile(rf"(?P<how>{_one_of(ranks['first'], ranks['place'])})(?P<rest>.+)$"),
        "rank_first": _longest_first(ranks["first"]),
        "rank_units": tuple(map(normalize, ranks["units"])),
        "rank_within": _longest_first(ranks["within"]),
        "paces": tuple(sorted(paces.items(), key=lambda pair: -len(pair[0]))),
        "years": _longest_first(word for word, (_, most) in paces.items() if most == 1),
        "counters": _longest_first(data["each"]["counters"]),
        "kinds": _longest_first(data["each"]["kinds"]),
        "rising": _longest_first(turns["rising"]),
        "falling": _longest_first(turns["falling"]),
        "levels": _longest_first(turns["levels"]),
        "about": _longest_first(turns["about"]),
        "points_before": _longest_first(data["points"]["before"]),
        "level_endings": _longest_first(data["rollup"]["endings"]),
        "alike": tuple(frozenset(map(normalize, words)) for words in data["rollup"]["alike"]),
    }


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """What texts say: that something is not so, that all of it is, how far it was reached."""
    trailing, denials, results = data["trailing"], data["denials"], data["results"]
    return {
        "refused": _longest_first(data["refused"]["lead"]),
        "blurring": _longest_first(data["refused"]["anywhere"]),
        "none": _longest_first(trailing["none"]),
        "not_none": _longest_first(trailing["not_none"]),
        "generic": _longest_first(trailing["generic"]),
        "zero": frozenset(map(normalize, trailing["zero"])),
        "finished": _longest_first(trailing["done"]),
        "per": _longest_first(trailing["per"]),
        "unit_remarks": _longest_first(data["unit_remarks"]["is"]),
        "denials": _longest_first(denials["is"]),
        "inner": _longest_first(denials["inner"]),
        "hedges": _longest_first(denials["hedges"]),
        "fluff": _longest_first(denials["fluff"]),
        "undone": frozenset(denials["undone"]),
        "spellings": tuple((one, other) for one, other in denials["spellings"]),
        "wholes": frozenset(map(normalize, data["wholes"]["is"])),
        "denied": _longest_first(data["wholes"]["denied"]),
        "scales": tuple(
            {normalize(word): place for place, words in enumerate(scale["steps"]) for word in words}
            for scale in data["scales"]
        ),
        "missed": _longest_first(results["missed"]),
        "partly": _longest_first(results["partly"]),
        "objects": _longest_first(results["objects"]),
        "effects": _longest_first(results["effects"]),
        "reached": _longest_first(results["reached"]),
        "done_begins": _longest_first(results["begins"]),
        "done_verbs": _longest_first(results["verbs"]),
        "wholly": _longest_first(results["wholly"]),
        "scale": re.compile(data["stated_scale"]["pattern"]),
        "scale_marks": re.compile(_one_of(data["stated_scale"]["marks"])),
        "doubtful": _longest_first(results["doubtful"]),
    }


@cache
def grammar() -> Grammar:
    """The grammar, read once."""
    data, forms = resources.words("quantities"), resources.words("vocabulary")
    return Grammar(
        **_numbers(data, forms),
        **_around(data),
        **_dates(data["dates"]),
        **_counted(data),
        **_said(data),
    )


def chinese_number(text: str) -> Decimal | None:
    """Chinese numerals: 十二 → 12, 三万五千 → 35000, 九点五 → 9.5, 二〇二〇 → 2020.

    Returns:
        None for what is no number (万 in 万元) or only a rough one (两三, 三五十).
    """
    words = grammar()
    whole, _, part = text.partition("点")
    if any(character in words.tens or character in words.myriads for character in whole):
        value = _in_places(whole)
    else:
        value = _in_digits(whole)
    if value is None or not part:
        return value
    return value + Decimal("0." + "".join(str(words.digits[c]) for c in part))


def _in_digits(text: str) -> Decimal | None:
    """二〇二三 digit by digit; two digits side by side, 两三 or 五六, are a guess and no number."""
    digits = "".join(str(grammar().digits[character]) for character in text)
    zeros = any(grammar().digits[character] == 0 for character in text)
    guessed = len(digits) in (2, 3) and not zeros
    return Decimal(digits) if digits and not guessed else None


def _in_places(text: str) -> Decimal | None:
    words = grammar()
    total = section = digit = 0
    before = ""
    for character in text:
        if character in words.digits:
            if before and before in words.digits and words.digits[before] != 0:
                return None
            digit = words.digits[character]
        elif character in words.tens:
            section += (digit or 1) * words.tens[character]
            digit = 0
        else:
            if not total + section + digit:
                return None  # 万元 is a unit, no number
            total = (total + section + digit) * words.myriads[character]
            section = digit = 0
            if total >= 10**16:
                return None
        before = character
    if digit and len(text) > 1 and text[-2] in words.hundreds:
        return None  # 一百五 is 150, and written by nobody who counts
    return Decimal(total + section + digit)


def cardinal(text: str) -> int | None:
    """A number of things in digits or Chinese numerals: 12, 十二; None for anything else."""
    if len(text) > MOST_DIGITS:
        return None
    if text.isdecimal():
        return int(text)
    value = chinese_number(text) if grammar().numerals.fullmatch(text) else None
    return None if value is None else int(value)
