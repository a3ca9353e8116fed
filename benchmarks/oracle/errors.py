"""Single errors: each turns a consistent form into one with exactly one provable fault.

A kind is a function of the random source and a form of its own; it changes the form and gives where
the fault must be found and which severities count, or None where the form cannot show the kind.
What merely follows (a section's sum, the total) is brought into line, so that one cause is one fault.
"""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from oracle import items
from oracle.generate import BETTER, WHY, block
from oracle.model import Cell, Key, Plan, Row, Section, held, rounded
from oracle.slips import SLIPS, Slip

ENOUGH = Fraction(1, 5)
"""Points by which an error must be off, so that no habit of rounding explains it."""


class Fault(NamedTuple):
    """Where the error must be found, and as what."""

    cells: tuple[Key, ...]
    severities: frozenset[str]


ERROR = frozenset({"error"})
WARNING = frozenset({"warning"})
EITHER = frozenset({"error", "warning"})
Kind = Callable[[random.Random, Plan], Fault | None]


def _found(*cells: Key, severities: frozenset[str] = EITHER) -> Fault:
    return Fault(cells, severities)


def _settle(plan: Plan) -> None:
    plan.resum()
    plan.reason = block(plan)


def _pick(
    rng: random.Random, plan: Plan, wanted: Callable[[Row], bool]
) -> tuple[int, Row, Section] | None:
    some = [(number, row, section) for number, row, section in plan.rows() if wanted(row)]
    # Execution as an indicator has kinds of its own; a row without points belongs to the one above.
    some = [found for found in some if found[1].level1 != "预算执行" and found[1].stored is None]
    return rng.choice(some) if some else None


def _sure(row: Row) -> bool:
    """Met beyond every reading: the actual repeats the target or no ratio is open."""
    return row.met and row.low == row.high == 1 and not row.text and row.stored is None


def _score(row: Row) -> Fraction:
    return row.score or Fraction(0)


def _fill(plan: Plan, section: Section, but: Row) -> None:
    """Every other row of a section reached: where weights are unknown, nothing is left open."""
    for row in section.rows:
        if row is but or row.weight is None:
            continue
        if row.target.value is not None:
            # Where the name itself holds the target, the row stays as it is.
            row.actual = row.target
        row.met, row.reason, row.score = True, "", row.weight
        row.low, row.high = (row.low if row.text else Fraction(1)), Fraction(1)
    del plan


def _replace(row: Row, slip: Slip, *, split: bool) -> None:
    row.level2, row.name = slip.level2, slip.name
    if split:
        row.sign, number, row.unit, got = slip.split
        row.target, row.actual = Cell(number), Cell(got)
    else:
        row.target = slip.target if isinstance(slip.target, Cell) else Cell(slip.target)
        row.actual = slip.actual if isinstance(slip.actual, Cell) else Cell(slip.actual)
    row.met, row.text = False, False


def _is_split(plan: Plan) -> bool:
    return plan.family in {"yunnan", "sichuan", "chongqing"}


def slipped(kind: str) -> Kind:
    """A row of that kind that misses its target and claims full points."""
    cases = [slip for slip in SLIPS if slip.kind == kind]

    def place(rng: random.Random, plan: Plan) -> Fault | None:
        split = _is_split(plan)
        usable = [slip for slip in cases if not split or slip.split]
        if plan.kind == "transfer" or not usable or plan.style.get("equal"):
            return None
        slip = rng.choice(usable)
        level1 = items.LEVEL1[slip.level2]
        spare = (1 - slip.most) or ENOUGH
        found = _pick(
            rng, plan,
            lambda row: row.level1 == level1 and (row.weight or 0) * spare >= ENOUGH
            and row.weight is not None and row.weight >= 1
            and (row.level2 == slip.level2 or not plan.style.get("weight_in_level2")),
        )  # fmt: skip
        if found is None or any(row.name == slip.name for _, row, _ in plan.rows()):
            return None
        number, row, section = found
        _replace(row, slip, split=split)
        row.score, row.reason = row.weight, rng.choice(WHY)
        row.low = row.high = slip.most
        if plan.family == "chongqing":
            row.factor = Cell(held(rounded(slip.most * 100, 2)))
        if not plan.known:
            _fill(plan, section, row)
        _settle(plan)
        return _found(("row", number, "score"), severities=ERROR)

    place.__doc__ = f"A row that misses its target and claims full points: {kind}."
    return place


def deducted(rng: random.Random, plan: Plan) -> Fault | None:
    """Met, yet scored below its weight, and no reason given."""
    found = _pick(rng, plan, lambda row: _sure(row) and (row.weight or 0) >= 3)
    if found is None or not plan.known or plan.family == "chongqing":
        return None
    number, row, _ = found
    row.score, row.reason = _score(row) - 1, ""
    _settle(plan)
    return _found(("row", number, "score"), ("row", number, "reason"), ("reason",))


def no_reason(rng: random.Random, plan: Plan) -> Fault | None:
    """Missed, scored rightly, and no reason given anywhere."""
    missed = [
        found
        for found in plan.rows()
        if not found[1].met and found[1].high < 1 and found[1].level1 != "预算执行"
    ]
    if not missed:
        return None
    number, row, _ = rng.choice(missed)
    if _in_block(plan) and len(missed) > 1:
        return None
    row.reason = ""
    plan.reason = block(plan)
    if _in_block(plan):
        plan.reason = rng.choice(["无", ""])
        return _found(("reason",), ("row", number, "score"), severities=WARNING)
    return _found(("row", number, "reason"), severities=WARNING)


def _in_block(plan: Plan) -> bool:
    return plan.family.startswith("hubei") or plan.family == "chongqing"


def empty_reason(rng: random.Random, plan: Plan) -> Fault | None:
    """Missed, and the reason given says that there is none."""
    fault = no_reason(rng, plan)
    if fault is None:
        return None
    said = rng.choice(["无", "未发现偏差", "无偏差"])
    if _in_block(plan):
        plan.reason = said
        return fault
    number = fault.cells[0][1]
    next(row for at, row, _ in plan.rows() if at == number).reason = said
    return fault


def other_reason(rng: random.Random, plan: Plan) -> Fault | None:
    """Missed, and the block of reasons speaks only of the budget."""
    fault = no_reason(rng, plan) if _in_block(plan) else None
    if fault is not None:
        plan.reason = "预算执行：部分合同款按进度支付，结转下年。"
    return fault


def above_weight(rng: random.Random, plan: Plan) -> Fault | None:
    """A score above its weight."""
    found = _pick(rng, plan, _sure)
    if found is None or not plan.known or plan.style.get("weight_in_level2"):
        # A level's points need not be shared equally.
        return None
    number, row, _ = found
    row.score = _score(row) + 1
    _settle(plan)
    return _found(("row", number, "score"), severities=ERROR)


def below_zero(rng: random.Random, plan: Plan) -> Fault | None:
    """A negative score."""
    found = _pick(rng, plan, _sure)
    if found is None or plan.kind == "transfer":
        return None
    number, row, _ = found
    row.score, row.reason = Fraction(-1), rng.choice(WHY)
    _settle(plan)
    return _found(("row", number, "score"))


def too_low(rng: random.Random, plan: Plan) -> Fault | None:
    """Missed by little and scored far below what is admissible, with a reason."""
    found = _pick(rng, plan, lambda row: not row.met and not row.text and row.low >= Fraction(4, 5))
    if found is None or not plan.known or (found[1].weight or 0) < 3 or plan.family == "chongqing":
        return None
    number, row, _ = found
    row.score = plan.keep(row.weight * Fraction(3, 10))
    _settle(plan)
    return _found(("row", number, "score"))


def words_for_points(rng: random.Random, plan: Plan) -> Fault | None:
    """A word where the score belongs; the sums do without it."""
    found = _pick(rng, plan, _sure)
    if found is None or not plan.known:
        return None
    number, row, _ = found
    row.stored, row.score = Cell(rng.choice(["优秀", "满分", "见附件"])), Fraction(0)
    _settle(plan)
    return _found(("row", number, "score"))


def no_score(rng: random.Random, plan: Plan) -> Fault | None:
    """Target and actual but no score; the sums do without it."""
    found = _pick(rng, plan, _sure)
    if found is None or not plan.known:
        return None
    number, row, _ = found
    row.stored, row.score = Cell(None), Fraction(0)
    _settle(plan)
    return _found(("row", number, "score"))


def no_actual(rng: random.Random, plan: Plan) -> Fault | None:
    """A score without anything reached."""
    found = _pick(rng, plan, _sure)
    if found is None or plan.kind == "transfer":
        return None
    number, row, _ = found
    row.actual = Cell(rng.choice([None, "—", "/"]))
    if plan.family == "chongqing":
        row.factor = Cell(100)
    return _found(("row", number, "actual"))


def no_target(rng: random.Random, plan: Plan) -> Fault | None:
    """A score without anything to be reached."""
    found = _pick(rng, plan, _sure)
    if found is None or plan.kind == "transfer":
        return None
    number, row, _ = found
    row.target, row.sign, row.unit = Cell(None), "", ""
    return _found(("row", number, "target"), ("row", number, "adjusted"))


def impossible(rng: random.Random, plan: Plan) -> Fault | None:
    """A share of a whole above all of it."""
    wholes = ("合格率", "覆盖率", "满意度", "知晓率", "完好率")
    found = _pick(rng, plan, lambda row: _sure(row) and row.name.endswith(wholes))
    if found is None:
        return None
    number, row, _ = found
    row.actual = Cell(108) if _is_split(plan) else Cell("108%")
    row.reason = BETTER
    plan.reason = block(plan)
    return _found(("row", number, "actual"))


def far_above(rng: random.Random, plan: Plan) -> Fault | None:
    """Twice and more of the target, and nothing said of it; the Ministry's policy asks."""
    found = _pick(rng, plan, lambda row: _sure(row) and row.level2 == "数量指标")
    if found is None or plan.family not in {"ministry", "yunnan"}:
        return None
    number, row, _ = found
    row.name, row.reason = "购置办公设备", ""
    split = _is_split(plan)
    row.target, row.actual = (Cell(100), Cell(260)) if split else (Cell("≥100台"), Cell("260台"))
    row.sign, row.unit = ("≥", "台") if split else ("", "")
    return _found(("row", number, "actual"), ("row", number, "reason"), severities=WARNING)


def units_differ(rng: random.Random, plan: Plan) -> Fault | None:
    """A length to be reached, and people counted."""
    found = _pick(rng, plan, lambda row: _sure(row) and row.level2 == "数量指标")
    if found is None:
        return None
    number, row, _ = found
    split = _is_split(plan)
    row.name, row.sign, row.unit = "道路养护", "≥" if split else "", "公里" if split else ""
    row.target, row.actual = Cell(300) if split else Cell("≥300公里"), Cell("320人")
    return _found(("row", number, "actual"), ("row", number, "target"), severities=WARNING)


def repeated(rng: random.Random, plan: Plan) -> Fault | None:
    """One indicator twice in a section; a note."""
    section = rng.choice(plan.sections)
    rows = [row for row in section.rows if _sure(row) and row.level1 != "预算执行"]
    if len(rows) < 2:
        return None
    first, second = rows[0], rows[1]
    second.name, second.target, second.actual = first.name, first.target, first.actual
    second.sign, second.unit, second.reason = first.sign, first.unit, first.reason
    plan.reason = block(plan)
    number = next(at for at, row, _ in plan.rows() if row is second)
    return _found(("row", number, "level3"), severities=frozenset({"note", "warning"}))


def coefficient(rng: random.Random, plan: Plan) -> Fault | None:
    """A coefficient that is not the ratio, beside a right score."""
    found = _pick(rng, plan, lambda row: not row.met and not row.text and row.low == row.high)
    if found is None or plan.family != "chongqing":
        return None
    number, row, _ = found
    row.factor = Cell(held(rounded(row.high * 100 - 8, 2)))
    return _found(("row", number, "factor"))


def below_overall(rng: random.Random, plan: Plan) -> Fault | None:
    """A target below the number that the form's own overall goal names for it."""
    if plan.family not in {"ministry", "yunnan", "ningxia", "transfer"}:
        return None
    found = _pick(rng, plan, lambda row: _sure(row) and row.level2 == "数量指标")
    if found is None:
        return None
    number, row, _ = found
    split = _is_split(plan)
    row.name, row.reason = rng.choice(["公益培训期数", "公益培训", "举办公益培训"]), ""
    row.sign, row.unit = ("≥", "期") if split else ("", "")
    row.target, row.actual = (Cell(40), Cell(40)) if split else (Cell("≥40期"), Cell("40期"))
    plan.planned = "举办公益培训60期，持续提高保障水平。"
    return _found(("row", number, "target"))


ROWS: dict[str, Kind] = {
    **{
        f"full points: {kind}": slipped(kind) for kind in dict.fromkeys(slip.kind for slip in SLIPS)
    },
    "met, points deducted, no reason": deducted,
    "missed, no reason": no_reason,
    "missed, reason says none": empty_reason,
    "missed, reason about the budget only": other_reason,
    "score above its weight": above_weight,
    "negative score": below_zero,
    "score far too low": too_low,
    "word for a score": words_for_points,
    "no score": no_score,
    "no actual": no_actual,
    "no target": no_target,
    "rate above 100 %": impossible,
    "far above target, unexplained": far_above,
    "units that cannot be compared": units_differ,
    "repeated indicator (note)": repeated,
    "wrong coefficient": coefficient,
    "target below the overall goal": below_overall,
}


def every() -> Iterator[tuple[str, Kind]]:
    """All kinds by name: rows first, then whole forms."""
    from oracle.wholes import WHOLES  # noqa: PLC0415 - it builds on this module

    yield from ROWS.items()
    yield from WHOLES.items()
