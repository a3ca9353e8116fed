"""The rule of promises: a target beside the number that the form's own overall goal names for it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import NUMBER, Quantity
from perfxl.forms.values.text import normalize
from perfxl.rules.checks.values import about
from perfxl.rules.engine.facts import Facts, ScoredRow
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.policies.policy import Policy
from perfxl.rules.registry import rule

TELLING = 3
"""A name this long stands in a goal only where it is meant; a shorter one must stand right before its number."""
SHORTEST = 2
_NUMBER = r"([0-9][0-9,.]*)([^0-9,。;、,;:.\s()]{1,6})"
_LONGEST_UNIT = 4
_SENTENCE = re.compile(r"[^。;!?\n]*")
_YEAR = re.compile(r"(20[0-9]{2})年")


class Named(NamedTuple):
    """What of an indicator's name to look for in a goal, and the measure word that its ending names."""

    name: str
    measure: str


@rule("warning", "consistency")
def target_below_goal(facts: Facts) -> Iterator[Check]:
    """A target is not below the number that the form's own overall goal names for it."""
    # An adjusted target was lowered openly; the first goal no longer promises anything.
    adjusted = any(row.indicator.target_initial.row for row in facts.rows)
    text = "" if adjusted else normalize(facts.form.overall_goal.text)
    for row in facts.rows:
        if not text or row.target.kind != NUMBER or row.target.comparator in ("≤", "<"):
            yield NOT_APPLICABLE
            continue
        promised = _find_promise(text, row, facts)
        if promised is None:
            yield NOT_APPLICABLE
        elif Fraction(promised.size) > Fraction(row.target.size):
            yield Check(
                Verdict.FAILS, row.indicator.target, "target", Severity.WARNING, "below",
                claimed=row.indicator.target.text,
                arguments={**about(row), "promised": promised.text, "cell": facts.form.overall_goal.cell},
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip
        else:
            yield HOLDS


def _find_promise(text: str, row: ScoredRow, facts: Facts) -> Quantity | None:
    """The number of this year that stands behind an indicator's name in the goal, in the target's own unit."""
    for named in _names(normalize(str(row.indicator.level3.value or "")), facts.policy):
        gap = "[^0-9,。;、,;:]{0,6}?" if len(named.name) >= TELLING else ""
        found = [
            _number(match, whole=not gap)
            for match in re.finditer(re.escape(named.name) + f"{gap}{_NUMBER}", text)
            if _is_promise(match, text, facts)
        ]
        numbers = [one for one in found if _is_comparable(one, row.target, named)]
        if numbers and len(found) == 1:
            return numbers[0]
        if numbers and len(named.name) >= TELLING:
            # 公益培训60期，其中线上公益培训20期: the first names the whole.
            return numbers[0]
    return None


def _names(name: str, policy: Policy) -> Iterator[Named]:
    """The name as it is, and without an ending that only says what is counted: 公益培训|期数."""
    if len(name) >= TELLING:
        yield Named(name, "")
    for tail in sorted(policy.words["amount_names"], key=len, reverse=True):
        if name.endswith(tail) and len(name) - len(tail) >= SHORTEST:
            yield Named(name.removesuffix(tail), tail.removesuffix("数"))
            return


def _number(match: re.Match[str], *, whole: bool) -> Quantity:
    """The number and its unit, with whatever of the words behind them belongs to it.

    Args:
        match: digits, and the words behind them up to the next mark.
        whole: whether nothing else may follow: 新建20个停车位 counts what the name does not say.
    """
    digits, words = match[1].rstrip(",."), match[2]
    lengths = [len(words)] if whole else range(min(len(words), _LONGEST_UNIT), 0, -1)
    read = [quantity.parse(digits + words[:length]) for length in lengths]
    return next((one for one in read if one.kind == NUMBER and one.unit), read[-1])


def _is_promise(match: re.Match[str], text: str, facts: Facts) -> bool:
    """Whether a number is promised for this year: no limit, and of no other time."""
    between = match[0][: match.start(1) - match.start()]
    if quantity.parse(f"{_behind_name(between)}{match[1]}{match[2]}").comparator in ("≤", "<"):
        return False
    start = max((text.rfind(mark, 0, match.start()) for mark in "。;!?"), default=-1) + 1
    before = text[start : match.end()]
    year = facts.form.year.value
    years = {int(found) for found in _YEAR.findall(before)}
    if years and year is not None and year not in years:
        return False
    return not any(word in before for word in facts.policy.words["other_times"])


def _behind_name(between: str) -> str:
    """The words of comparison before a number: 不超过, 控制在."""
    return next(
        (between[-n:] for n in (4, 3, 2) if quantity.parse(f"{between[-n:]}1个").kind == NUMBER), ""
    )


def _is_comparable(promised: Quantity, target: Quantity, named: Named) -> bool:
    if promised.kind != NUMBER or promised.family in ("", "other"):
        return False
    if promised.unit == target.unit and promised.family == target.family:
        return True
    # 50 beside 公益培训期数 is 50期.
    return target.unit == "" and named.measure != "" and promised.unit == named.measure
