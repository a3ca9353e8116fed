"""Targets and actuals of the rolled-up form, and the completion ratio judged once from them.

Source: notes 2 and 3, "first the figures become one, then the score is computed". A unit whose numbers
cannot take part leaves the ratio open as far as its own ratio: whatever common measure and weight it
had, the ratio of the whole would lie between the others' and its own.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values.quantity import NUMBER, RANGE, Quantity
from perfxl.forms.values.text import same
from perfxl.forms.values.wording import about
from perfxl.rollups.combination import ADDED, APART, AVERAGED, LEVEL, SCORED, Combination
from perfxl.rollups.model import ERROR, NOTE, WARNING, Difference, Figure, Part, tell
from perfxl.rollups.show import MOST_DECIMALS, number
from perfxl.rollups.sums import mean, total
from perfxl.rules.engine.completion import BOTH, MET, ONE, PROPORTIONAL, ZERO, Ratio, compare
from perfxl.rules.engine.facts import is_execution
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy

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
    sizes = _sizes(one)
    if sizes is None:
        ratio = _hull([part.row.ratio for part in one.cluster.parts])
        return Judged(_separate_figure(one, "target"), _separate_figure(one, "actual"), ratio)
    own = [part.row.ratio for part, _ in one.left]
    if own and one.numbers[0].part.row.target.kind == RANGE:
        # One unit below a range and one above it may be within it together.
        own.append(MET)
    return Judged(
        _combined_figure(one, "target", sizes[:2], _comparator(one)),
        _combined_figure(one, "actual", sizes[2:], _bound(one)),
        _hull([_ratio(one, sizes, policy), *own]),
    )


def _sizes(one: Combination) -> Sizes | None:
    """The units' numbers as one; None where they are not combined."""
    parts = [number.sizes for number in one.numbers]
    if one.mode == ADDED:
        return Sizes(*total(parts))
    found = mean(parts, [number.weight for number in one.numbers])
    return Sizes(*found) if one.mode == AVERAGED and found is not None else None


def _bound(one: Combination) -> str:
    return max(number.bound for number in one.numbers)


def _ratio(one: Combination, sizes: Sizes, policy: Policy) -> Ratio:
    """The ratio of the figures. No claim is judged by it: of two formulas that are both practice it takes the first."""
    rows = [part.row for part in one.cluster.parts]
    inverse = PROPORTIONAL if policy.inverse == BOTH and len(rows) > 1 else ""
    ratio = compare(
        sizes, Quantity(one.numbers[0].part.row.target.kind, ""),
        Quantity(NUMBER, "", comparator=_bound(one)), one.way, policy,
        limit=one.limit, inverse=inverse,
    )  # fmt: skip
    if one.mode == AVERAGED and all(is_execution(row.indicator, policy) for row in rows):
        # Budget execution as an indicator may score its points times the rate.
        share = max(ZERO, min(ONE, sizes.actual / 100))
        ratio = ratio._replace(lo=min(ratio.lo, share), hi=max(ratio.hi, share))
    return ratio


def _hull(ratios: Sequence[Ratio]) -> Ratio:
    """The least interval that holds all of some ratios."""
    if len(ratios) == 1:
        return ratios[0]
    los, his = {one.lo for one in ratios}, {one.hi for one in ratios}
    equal = len(los) == len(his) == 1
    return Ratio(
        min(los), max(his), ratios[0].why if equal else "units",
        open=any(one.open for one in ratios) or not equal,
        below=all(one.below for one in ratios if one.hi == max(his)),
        bound=any(one.bound for one in ratios),
    )  # fmt: skip


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
def _combined_figure(one: Combination, side: str, value: Sequence[Fraction], sign: str) -> Figure:
    """The units' numbers as one."""
    sources = {id(part): part.source(side, used=False, why=why) for part, why in one.left}
    for each in one.numbers:
        size = each.sizes.low if side == "target" else each.sizes.actual
        weight = each.part.member.funds if one.mode == AVERAGED else None
        sources[id(each.part)] = each.part.source(side, size / one.factor, weight=weight)
    shown = [end / one.factor for end in value]
    how = "single" if len(sources) == 1 else one.mode
    ordered = tuple(sources[id(part)] for part in one.cluster.parts)
    text = _common_text(one, side)
    text = f"{sign}{_show(shown, one.mode)}{one.unit}" if text is None else text
    return Figure(side, how, ordered, text, Interval(shown[0], shown[-1]))


def _common_text(one: Combination, side: str) -> str | None:
    """The text that all units write: it is their mean as well, but not their sum."""
    texts = [each.part.place(side).text for each in one.numbers]
    kept = are_same(texts) and (one.mode == AVERAGED or len(texts) == 1)
    return texts[0] if kept else None


def _show(ends: Sequence[Fraction], mode: str) -> str:
    decimals = AVERAGE_DECIMALS if mode == AVERAGED else MOST_DECIMALS
    return "-".join(number(end, decimals) for end in dict.fromkeys(ends))


def _separate_figure(one: Combination, side: str) -> Figure:
    """The units' own texts beside each other, once where all say the same."""
    sources = [part.source(side, used=one.mode != APART) for part in one.cluster.parts]
    texts = [text for source in sources if (text := " ".join(source.place.text.split()))]
    same = bool(texts) and are_same(texts)
    how = {SCORED: "words", LEVEL: "level"}.get(one.mode, "apart")
    if len(sources) == 1:
        how = "single"
    elif same and how != "apart":
        how = "same"
    listed = texts[:1] if same else list(dict.fromkeys(texts))
    more = "…" if len(listed) > MOST_TEXTS else ""
    return Figure(side, how, tuple(sources), "；".join(listed[:MOST_TEXTS]) + more)


# ---------------------------------------------------------------- what to tell
def differences(one: Combination) -> Iterator[Difference]:
    """Where the units disagree on an indicator, and what was done about it."""
    parts = one.cluster.parts
    if one.why in CLASHES:
        yield _tell(one.why, ERROR, one, parts, "actual" if one.why == "bounds-clash" else "target")
    left: dict[str, list[Part]] = {}
    for part, why in one.left:
        left.setdefault(why, []).append(part)
    for why, some in left.items():
        severity = {"no-funds": NOTE}.get(why, WARNING)
        side = {"no-target": "target"}.get(why, "actual")
        yield _tell(f"left-{why}", severity, one, some, side, count=len(parts))
    yield from _unlike_numbers(one)
    code = {SCORED: "words", LEVEL: "level"}.get(one.mode)
    for side, severity in (("target", WARNING), ("actual", NOTE)) if code else ():
        if not are_same([part.place(side).text for part in parts]):
            yield _tell(f"{code}-{side}", severity, one, parts, side)


def _unlike_numbers(one: Combination) -> Iterator[Difference]:
    """How the numbers that were combined are written differently."""
    parts = one.cluster.parts
    signs = {each.part.row.target.comparator.replace("=", "") for each in one.numbers}
    if len(signs) > 1:
        yield _tell("comparators", NOTE, one, parts, "target")
    bounds = [each.part for each in one.numbers if each.bound]
    if 0 < len(bounds) < len(parts):
        yield _tell("bounds", NOTE, one, bounds, "actual")
    for side in SIDES:
        rough = [each.part for each in one.numbers if about(each.part.place(side).text)]
        if rough:
            yield _tell("rough", NOTE, one, rough, side)
    yield from _unlike_units(one)


def _unlike_units(one: Combination) -> Iterator[Difference]:
    assumed = [each.part for each in one.numbers if each.assumed]
    if assumed:
        yield _tell("unit-assumed", NOTE, one, assumed, "target", unit=one.unit)
    if one.mixed:
        yield _tell("measure-words", NOTE, one, one.cluster.parts, "target", unit=one.unit)


def _tell(
    code: str, severity: Severity, one: Combination, parts: Sequence[Part], side: str, **more: Any
) -> Difference:
    cells = [part.source(side) for part in parts]
    return tell(code, severity, one.cluster.name, cells, **more)
