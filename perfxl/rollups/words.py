"""What of the words of quantities decides a roll-up, from templates/quantities.toml."""

from functools import cache
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.exact import Fraction
from perfxl.forms.model import Form
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import fold, words


class Words(NamedTuple):
    """The section [rollup] of the words of quantities, ready to be compared.

    Attributes:
        added, averaged: families of units; a family in neither holds levels.
        alike: measure word → the first spelling of the same thing.
        endings: endings of levels' names that say nothing.
        results: reached, partly, missed → the words of the rolled-up form.
    """

    added: frozenset[str]
    averaged: frozenset[str]
    alike: dict[str, str]
    endings: tuple[str, ...]
    results: dict[str, str]


@cache
def rollup_words() -> Words:
    """The words, read once."""
    data: dict[str, Any] = resources.toml(resources.templates() / "quantities.toml")["rollup"]
    return Words(
        frozenset(data["added"]),
        frozenset(data["averaged"]),
        {fold(word): fold(row[0]) for row in data["alike"] for word in row},
        tuple(fold(word) for word in data["endings"]),
        data["results"],
    )


def name_key(name: object) -> str:
    """A name as names are matched: NFKC, without white space and punctuation."""
    return words(str(name or ""))


def level_key(name: object) -> str:
    """A level's name likewise, without an ending that says nothing."""
    key = name_key(name)
    for ending in rollup_words().endings:
        if key.endswith(ending) and key != ending:
            return key.removesuffix(ending)
    return key


def money_factor(form: Form) -> Fraction | None:
    """How many 元 a form's unit of money is, the user's own units among them; None where it states none."""
    unit = fold(str(form.money_unit.value or ""))
    own = dict(form.money_units)
    if unit in own:
        return Fraction(own[unit])
    family, factor = grammar().units.get(unit, ("", None))
    return Fraction(factor) if family == "money" and factor is not None else None
