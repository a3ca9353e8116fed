"""Targets and actuals of the rolled-up form, and the completion ratio judged once from them.

Source: notes 2 and 3, "first the figures become one, then the score is computed". A unit whose numbers
cannot take part leaves the ratio open as far as its own ratio: whatever common measure and weight it
had, the ratio of the whole would lie between the others' and its own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.quantity import NUMBER, RANGE, Quantity
from perfxl.forms.text import same
from perfxl.forms.wording import about
from perfxl.rollups.combination import ADDED, APART, AVERAGED, LEVEL, SCORED, Combination
from perfxl.rollups.model import ERROR, NOTE, WARNING, Difference, Figure, Part, Source, tell
from perfxl.rollups.show import MOST_DECIMALS, number
from perfxl.rollups.sums import mean, total
from perfxl.rules.completion import BOTH, MET, ONE, PROPORTIONAL, ZERO, Ratio, compare
from perfxl.rules.facts import is_execution
from perfxl.rules.interval import Interval
from perfxl.rules.measures import Sizes
from perfxl.rules.policy import Policy

MOST_TEXTS = 6
AVERAGE_DECIMALS = 2
CLASHES = frozenset({"kinds", "units", "ways", "bounds-clash", "moneys", "scales", "no-weights"})
SIDES = ("target", "actual")


class Judged(NamedTuple):
    """An indicator's figures over all units, and its ratio."""

    target: Figure
    actual: Figure
    ratio: Ratio


def judge(one: Combination, policy: Policy) -> Judged:
    """The figures of an indicator, and the ratio that follows."""
    rows = [part.row for part in one.cluster.parts]
    sizes = _sizes(one)
    if sizes is None:
        ratio = _hull([row.ratio for row in rows])
        return Judged(_apart(one, "target"), _apart(one, "actual"), ratio)
    kind = one.numbers[0].part.row.target.kind
    bound = max(number.bound for number in one.numbers)
    # A figure of several units is worked out and no claim is judged by it: of two formulas that are both
    # practice it takes the first.
    inverse = PROPORTIONAL if policy.inverse == BOTH and len(rows) > 1 else ""
    ratio = compare(
        sizes, Quantity(kind, ""), Quantity(NUMBER, "", comparator=bound), one.way, policy,
        limit=one.limit, inverse=inverse,
    )  # fmt: skip
    if one.mode == AVERAGED and all(is_execution(row.indicator, policy) for row in rows):
        # Budget execution as an indicator may score its points times the rate.
        share = max(ZERO, min(ONE, sizes.actual / 100))
        ratio = ratio._replace(lo=min(ratio.lo, share), hi=max(ratio.hi, share))
    own = [part.row.ratio for part, _ in one.left]
    if own and kind == RANGE:
        # One unit below a range and one above it may be within it together.
        own.append(MET)
    return Judged(
        _combined(one, "target", sizes[:2], _comparator(one)),
        _combined(one, "actual", sizes[2:], bound),
        _hull([ratio, *own]),
    )


def _sizes(one: Combination) -> Sizes | None:
    """The units' numbers as one; None where they are not combined."""
    parts = [number.sizes for number in one.numbers]
    if one.mode == ADDED:
        return Sizes(*total(parts))
    found = mean(parts, one.weights) if one.mode == AVERAGED else None
    return None if found is None else Sizes(*found)


def _hull(ratios: Sequence[Ratio]) -> Ratio:
    """The least interval that holds all of some ratios."""
    if len(ratios) == 1:
        return ratios[0]
    lo, hi = min(one.lo for one in ratios), max(one.hi for one in ratios)
    equal = {(one.lo, one.hi) for one in ratios} == {(lo, hi)}
    open_ = any(one.open for one in ratios) or not equal
    below = all(one.below for one in ratios if one.hi == hi)
    bounded = any(one.bound for one in ratios)
    return Ratio(
        lo, hi, ratios[0].why if equal else "units", open=open_, below=below, bound=bounded
    )


def _comparator(one: Combination) -> str:
    """The comparator of all targets; where they differ but go the same way, that way's."""
    signs = {number.part.row.target.comparator for number in one.numbers}
    if len(signs) == 1:
        return signs.pop()
    return {"up": "≥", "down": "≤"}.get(one.way, "") if signs - {"", "="} else ""


def are_same(texts: Sequence[str]) -> bool:
    """Whether several texts say the same."""
    return all(same(text, texts[0]) for text in texts)


# ---------------------------------------------------------------- figures with their sources
def _combined(one: Combination, side: str, value: Sequence[Fraction], sign: str) -> Figure:
    averaged = one.mode == AVERAGED
    sources = {id(part): part.source(side, used=False, why=why) for part, why in one.left}
    for each in one.numbers:
        size = each.sizes.low if side == "target" else each.sizes.actual
        weight = each.part.member.funds if averaged else None
        sources[id(each.part)] = each.part.source(side, size / one.factor, weight=weight)
    texts = [each.part.place(side).text for each in one.numbers]
    shown = [end / one.factor for end in value]
    # The mean of equal texts is that text as it was written; their sum is not.
    if are_same(texts) and (averaged or len(texts) == 1):
        text = texts[0]
    else:
        decimals = AVERAGE_DECIMALS if averaged else MOST_DECIMALS
        ends = "-".join(number(end, decimals) for end in dict.fromkeys(shown))
        text = f"{sign}{ends}{one.unit}"
    parts = one.cluster.parts
    how = "single" if len(parts) == 1 else one.mode
    ordered = tuple(sources[id(part)] for part in parts)
    return Figure(side, how, ordered, text, Interval(shown[0], shown[-1]))


def _apart(one: Combination, side: str) -> Figure:
    """The units' own texts beside each other, once where all say the same."""
    how = {SCORED: "words", LEVEL: "level"}.get(one.mode, "apart")
    sources = [part.source(side, used=one.mode != APART) for part in one.cluster.parts]
    texts = dict.fromkeys(" ".join(source.place.text.split()) for source in sources)
    listed = [text for text in texts if text]
    if len(sources) == 1:
        how = "single"
    elif listed and are_same(listed) and how != "apart":
        how = "same"
    listed = listed[:1] if are_same(listed) else listed
    more = "…" if len(listed) > MOST_TEXTS else ""
    return Figure(side, how, tuple(sources), "；".join(listed[:MOST_TEXTS]) + more)


# ---------------------------------------------------------------- what to tell
def differences(one: Combination) -> Iterator[Difference]:
    """Where the units disagree on an indicator, and what was done about it."""
    name, parts = one.cluster.name, one.cluster.parts
    if one.why in CLASHES:
        side = "actual" if one.why == "bounds-clash" else "target"
        yield tell(one.why, ERROR, name, _cells(parts, side))
    for why in dict.fromkeys(why for _, why in one.left):
        left = [part for part, each in one.left if each == why]
        cells = _cells(left, "target" if why == "no-target" else "actual")
        severity = NOTE if why == "no-funds" else WARNING
        yield tell(f"left-{why}", severity, name, cells, count=len(parts))
    yield from _of_numbers(one)
    if one.mode in (SCORED, LEVEL):
        code = "level" if one.mode == LEVEL else "words"
        for side, severity in (("target", WARNING), ("actual", NOTE)):
            if not are_same([part.place(side).text for part in parts]):
                yield tell(f"{code}-{side}", severity, name, _cells(parts, side))


def _of_numbers(one: Combination) -> Iterator[Difference]:
    """How the numbers that were combined are written differently."""
    name, parts = one.cluster.name, one.cluster.parts
    if len({each.part.row.target.comparator.replace("=", "") for each in one.numbers}) > 1:
        yield tell("comparators", NOTE, name, _cells(parts, "target"))
    bounds = [each.part for each in one.numbers if each.bound]
    if 0 < len(bounds) < len(parts):
        yield tell("bounds", NOTE, name, _cells(bounds, "actual"))
    for side in SIDES:
        rough = [each.part for each in one.numbers if about(each.part.place(side).text)]
        if rough:
            yield tell("rough", NOTE, name, _cells(rough, side))
    assumed = [each.part for each in one.numbers if each.assumed]
    if assumed:
        yield tell("unit-assumed", NOTE, name, _cells(assumed, "target"), unit=one.unit)
    if one.mixed:
        yield tell("measure-words", NOTE, name, _cells(parts, "target"), unit=one.unit)


def _cells(parts: Sequence[Part], side: str) -> list[Source]:
    return [part.source(side) for part in parts]
