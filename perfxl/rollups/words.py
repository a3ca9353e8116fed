"""What of the words of quantities decides a roll-up, from templates/quantities.toml."""

from functools import cache
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.exact import Fraction
from perfxl.forms.model import Form
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import normalize, strip_punctuation


class Words(NamedTuple):
    """The section [rollup] of the words of quantities, ready to be compared.

    Attributes:
        added, averaged: families of units; a family in neither holds levels.
        endings: endings of levels' names that say nothing.
        results: reached, partly, missed → the words of the rolled-up form.
    """

    added: frozenset[str]
    averaged: frozenset[str]
    endings: tuple[str, ...]
    results: dict[str, str]


@cache
def rollup_words() -> Words:
    """The words, read once."""
    data: dict[str, Any] = resources.toml(resources.templates() / "quantities.toml")["rollup"]
    endings = tuple(normalize(word) for word in data["endings"])
    return Words(frozenset(data["added"]), frozenset(data["averaged"]), endings, data["results"])


def name_key(name: object) -> str:
    """A name as names are matched: NFKC, without white space and punctuation."""
    return strip_punctuation(str(name or ""))


def level_key(name: object) -> str:
    """A level's name likewise, without an ending that says nothing."""
    key = name_key(name)
    ending = next((one for one in rollup_words().endings if key.endswith(one) and key != one), "")
    return key.removesuffix(ending)


def counted_thing(unit: str) -> str:
    """One measure word for all of one thing: 人, 名 and 位 are one."""
    return next((min(words) for words in grammar().alike if unit in words), unit)


def money_factor(form: Form) -> Fraction | None:
    """How many 元 a form's unit of money is, the user's own units among them; None where it states none."""
    unit = normalize(str(form.money_unit.value or ""))
    own = dict(form.money_units)
    family, factor = ("money", own[unit]) if unit in own else grammar().units.get(unit, ("", None))
    return Fraction(factor) if family == "money" and factor is not None else None
