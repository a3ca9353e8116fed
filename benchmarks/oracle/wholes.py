"""Single errors of a whole form: money, the budget's points, sums, weights, grades."""

import random
from collections.abc import Callable
from fractions import Fraction

from oracle.errors import EITHER, ENOUGH, ERROR, WARNING, Fault, Kind, _fill, _found, _settle, _sure
from oracle.generate import overspend, rate_cell
from oracle.model import Cell, Plan, grade, rounded


def _scored_budget(plan: Plan) -> bool:
    return plan.budget_points is not None and plan.funds[0].score is not None


def total_off(by: Fraction) -> Kind:
    """A total that is not the sum of its parts."""

    def place(rng: random.Random, plan: Plan) -> Fault | None:
        del rng
        if plan.total is None or plan.total + by > plan.full or plan.family == "carried":
            return None
        if abs(by) <= plan.slack():
            return None
        was = plan.grade
        plan.total += by
        if was is not None and grade(plan.total) != was:
            return None
        return _found(("total",), severities=ERROR)

    return place


def goal_off(by: Fraction) -> Kind:
    """A goal's score that is not the sum of its rows; the total goes with the goal."""

    def place(rng: random.Random, plan: Plan) -> Fault | None:
        if not plan.family.startswith("hubei") or plan.style.get("goal_label") != "row":
            return None
        index = rng.randrange(len(plan.sections))
        section = plan.sections[index]
        if not 0 <= section.score + by <= section.points or abs(by) <= plan.slack():
            return None
        section.score += by
        plan.retotal()
        return _found(("goal", index, "score"), severities=ERROR)

    return place


def rate_off(rng: random.Random, plan: Plan) -> Fault | None:
    """A stated rate that is not the executed amount divided by the budget."""
    total = plan.funds[0]
    if not total.budget or total.executed is None:
        return None
    rate = total.executed / total.budget
    off = rate - Fraction(rng.choice([2, 5]), 100)
    total.rate = rate_cell(rng, off, signed=not plan.style.get("hundred"))
    return _found(("fund", 0, "rate"), severities=ERROR)


def _rate(plan: Plan) -> Fraction | None:
    total = plan.funds[0]
    if not _scored_budget(plan) or not total.budget or total.executed is None:
        return None
    return total.executed / total.budget


def second_fund(rng: random.Random, plan: Plan) -> Fault | None:
    """Full points for a row of funds that is not the first and was not used up."""
    if plan.family != "two-funds":
        return None
    rows = [
        (number, fund)
        for number, fund in enumerate(plan.funds)
        if fund.score is not None and 10 - fund.score >= ENOUGH
    ]
    if not rows:
        return None
    number, fund = rng.choice(rows)
    fund.score = Fraction(10)
    _settle(plan)
    return _found(("fund", number, "score"), severities=ERROR)


def total_weight(rng: random.Random, plan: Plan) -> Fault | None:
    """Weights that sum to 100, stated as another sum."""
    if plan.family not in {"ministry", "yunnan", "sichuan", "beijing"}:
        return None
    plan.full = Fraction(rng.choice([95, 105]))
    return _found(("total weight",), severities=ERROR)


def goal_weights(rng: random.Random, plan: Plan) -> Fault | None:
    """Weights of a goal's rows that do not sum to its points; a row was left out of it."""
    if not plan.style.get("weight_column") or plan.style.get("equal"):
        return None
    section = max(plan.sections, key=lambda one: len(one.rows))
    index = plan.sections.index(section)
    row = next((one for one in section.rows if _sure(one) and (one.weight or 0) >= 4), None)
    if row is None:
        return None
    row.weight -= 2
    row.score = row.weight
    _settle(plan)
    del rng
    cells = [("goal", index, "label"), ("goal", index, "side")]
    cells += [("row", number, "weight") for number, _, its in plan.rows() if its is section]
    return _found(*cells, severities=ERROR)


def budget_full(rng: random.Random, plan: Plan) -> Fault | None:
    """Full points for a budget that was not used up."""
    del rng
    rate = _rate(plan)
    if (
        rate is None
        or plan.budget_points is None
        or plan.budget_points * (1 - rate) < Fraction(1, 5)
    ):
        return None
    plan.funds[0].score = plan.budget_points
    _settle(plan)
    return _found(("fund", 0, "score"), severities=ERROR)


def budget_rounded(rng: random.Random, plan: Plan) -> Fault | None:
    """Points for the budget rounded to whole ones: 86.2 % and 9."""
    del rng
    rate = _rate(plan)
    if rate is None or plan.budget_points is None:
        return None
    right = plan.budget_points * rate
    whole = rounded(right, 0)
    if abs(whole - right) < Fraction(1, 5):
        return None
    plan.funds[0].score = whole
    _settle(plan)
    return _found(("fund", 0, "score"))


def budget_above(rng: random.Random, plan: Plan) -> Fault | None:
    """More points for the budget than there are."""
    rate = _rate(plan)
    if rate is None or plan.budget_points is None:
        return None
    plan.funds[0].score = plan.budget_points + rng.choice([1, 2])
    _settle(plan)
    if plan.total is None or plan.total > 100:
        return None
    return _found(("fund", 0, "score"), severities=ERROR)


def overspent(rng: random.Random, plan: Plan) -> Fault | None:
    """More executed than budgeted, and nothing said of it, or something about another thing."""
    total = plan.funds[0]
    if not total.budget or plan.family in {"ningxia", "two-funds", "carried"}:
        return None
    part = overspend(rng, plan, 108)
    if _scored_budget(plan):
        total.score = plan.budget_points
    plan.style["overspent"] = rng.choice(["", "资金到位率偏低，已督促财政拨付"])
    if plan.family in {"sichuan", "ministry", "yunnan", "beijing", "transfer"}:
        plan.style["overspent"] = ""
    _settle(plan)
    if plan.total is not None and plan.total > plan.full:
        return None
    rows = [0] if part is None else [0, part]
    return _found(*(("fund", row, "executed") for row in rows), severities=WARNING)


def parts_off(rng: random.Random, plan: Plan) -> Fault | None:
    """Parts of the money that sum to another amount than their total."""
    parts = [(index, fund) for index, fund in enumerate(plan.funds) if index and fund.budget]
    if len(parts) < 2:
        return None
    index, fund = rng.choice(parts)
    fund.budget = fund.budget + rounded(fund.budget / 10, 2)
    fund.rate = rate_cell(rng, fund.executed / fund.budget)
    cells = [("fund", at, "budget") for at in range(len(plan.funds))]
    del index
    return _found(*cells, severities=ERROR)


def other_money(rng: random.Random, plan: Plan) -> Fault | None:
    """Executed in 元 under a budget in 万元; the rate was computed rightly."""
    del rng
    if plan.money != "万元" or len(plan.funds) > 1:
        return None
    total = plan.funds[0]
    total.executed *= 10000
    plan.basic = plan.projects = None
    return _found(("fund", 0, "executed"), ("fund", 0, "budget"), severities=ERROR)


def expenditure_off(rng: random.Random, plan: Plan) -> Fault | None:
    """Basic and project expenditure that do not sum to the total."""
    del rng
    if plan.basic is None or plan.projects is None:
        return None
    plan.projects += rounded(plan.projects / 10, 2)
    cells = (("basic",), ("projects",), ("fund", 0, "executed"), ("fund", 0, "budget"))
    return _found(*cells, severities=ERROR)


def money_in_words(rng: random.Random, plan: Plan) -> Fault | None:
    """A word where an amount belongs."""
    del rng
    if plan.funds[0].budget is None or plan.family == "chongqing":
        return None
    plan.funds[0].executed, plan.funds[0].dash = None, "见决算报表"
    return _found(("fund", 0, "executed"))


def weights_off(rng: random.Random, plan: Plan) -> Fault | None:
    """Weights and budget that sum to more than 100, stated as 100."""
    if plan.family not in {"ministry", "yunnan", "sichuan"} or plan.style.get("equal"):
        return None
    rows = [row for _, row, _ in plan.rows() if _sure(row)]
    if not rows or plan.total is None or plan.total > 98:
        return None
    row = rng.choice(rows)
    row.weight += 2
    row.score = row.weight
    plan.style["labels"] = False
    _settle(plan)
    cells = [("total weight",), *(("row", number, "weight") for number, _, _ in plan.rows())]
    return _found(*cells, severities=ERROR)


def rows_of_hundred(rng: random.Random, plan: Plan) -> Fault | None:
    """Rows of 100 points beside 10 for execution, stated as 100."""
    del rng
    if plan.family not in {"ministry", "yunnan"} or plan.style.get("equal"):
        return None
    section = plan.sections[0]
    if len(section.rows) < 2 or plan.total is None or plan.total > 89:
        return None
    row = next((row for row in section.rows if _sure(row)), None)
    if row is None or row.weight is None:
        return None
    row.weight += 10
    row.score = row.weight
    plan.style["labels"] = False
    _settle(plan)
    cells = [("total weight",), *(("row", number, "weight") for number, _, _ in plan.rows())]
    return _found(*cells, severities=ERROR)


def section_off(rng: random.Random, plan: Plan) -> Fault | None:
    """A section's label whose points its rows do not have, though all weights sum to 100."""
    if plan.family not in {"ministry", "ningxia"} or plan.style.get("equal"):
        return None
    if plan.family == "ministry" and not plan.style.get("labels"):
        return None
    at = rng.choice([1, 2] if plan.family == "ningxia" else [0, 1])
    section = plan.sections[at]
    section.label_points = section.points + rng.choice([-5, 5])
    cells = [("section", at, "label"), ("section", at, "label", "again")]
    cells += [("row", number, "weight") for number, _, its in plan.rows() if its is section]
    return _found(*cells, severities=ERROR)


def grade_off(rng: random.Random, plan: Plan) -> Fault | None:
    """A grade that the total does not have."""
    if plan.grade is None:
        return None
    plan.grade = rng.choice([name for name in "优良中" if name != plan.grade])
    return _found(("grade",))


def too_many_points(rng: random.Random, plan: Plan) -> Fault | None:
    """Rows that claim more points than their goal has; no weight is stated."""
    return _unknown(rng, plan, Fraction(2))


def points_kept_back(rng: random.Random, plan: Plan) -> Fault | None:
    """A goal below its points though no row is short of its target."""
    return _unknown(rng, plan, Fraction(-2))


def _unknown(rng: random.Random, plan: Plan, by: Fraction) -> Fault | None:
    if plan.known or plan.kind == "transfer" or plan.style.get("equal"):
        return None
    index = rng.randrange(len(plan.sections))
    section = plan.sections[index]
    row = next((row for row in section.rows if _sure(row) and (row.weight or 0) >= 4), None)
    if row is None or any(one.text for one in section.rows) or section.points < 10:
        return None
    _fill(plan, section, row)
    row.reason = ""
    if row.target.value is not None:
        row.actual = row.target
    row.score = (row.weight or Fraction(0)) + by
    _settle(plan)
    if plan.total is not None and plan.total > 100:
        return None
    cells = [("goal", index, "score"), ("goal", index, "label"), ("goal", index, "side")]
    if by > 0 or plan.style.get("goal_label") != "row":
        cells += [("row", number, "score") for number, _, its in plan.rows() if its is section]
    return _found(*cells, severities=ERROR if by > 0 else EITHER)


def execution_claim(rng: random.Random, plan: Plan) -> Fault | None:
    """An indicator of execution that claims 100 % beside funds of less."""
    del rng
    total = plan.funds[0]
    if plan.family not in {"ningxia", "carried"} or not total.budget or total.executed is None:
        return None
    if total.executed / total.budget > Fraction(97, 100):
        return None
    row = plan.sections[0].rows[0]
    row.actual, row.score, row.reason = Cell(1, "0.00%"), Fraction(10), ""
    _settle(plan)
    return _found(("row", 0, "actual"), ("row", 0, "score"), severities=ERROR)


def blank(rng: random.Random, plan: Plan) -> Fault | None:
    """A form on which nothing was filled in."""
    del rng
    if plan.kind == "transfer":
        return None
    for fund in plan.funds:
        fund.initial = fund.budget = fund.executed = fund.score = None
        fund.rate, fund.dash = Cell(None), None
    for section in plan.sections:
        section.score = None
        for row in section.rows:
            row.actual, row.stored, row.reason, row.factor = Cell(None), Cell(None), "", Cell(None)
    plan.total, plan.grade = None, None
    plan.basic = plan.projects = None
    plan.reason = plan.achieved = ""
    return Fault((), ERROR)


def renamed(rng: random.Random, plan: Plan) -> Fault | None:
    """A column that the audit needs, under a word that nobody uses: one line at its head.

    No fault of the department's, so a note is enough; the conclusion says that the form was not understood.
    """
    if plan.family != "ministry":
        return None
    plan.style["renamed"] = {"actual": rng.choice(["年末达成数", "到年底的状况"])}
    return _found(("head", "actual"), severities=EITHER | {"note"})


def zero_total(rng: random.Random, plan: Plan) -> Fault | None:
    """The funds' total all zero while rows under it hold the money."""
    del rng
    if len(plan.funds) < 2 or plan.family == "ningxia":
        return None
    total = plan.funds[0]
    total.initial = total.budget = total.executed = Fraction(0)
    total.rate = Cell(0, "0.00%")
    cells = [("fund", 0, role) for role in ("initial", "budget", "executed", "rate", "score")]
    return _found(*cells)


def _only(kind: Callable[[random.Random, Plan], Fault | None], families: set[str]) -> Kind:
    def place(rng: random.Random, plan: Plan) -> Fault | None:
        return kind(rng, plan) if plan.family in families else None

    return place


WHOLES: dict[str, Kind] = {
    "total too high": total_off(Fraction(1)),
    "total too low": total_off(Fraction(-1)),
    "total off by 0.13": total_off(Fraction(-13, 100)),
    "goal's score too high": goal_off(Fraction(1, 2)),
    "goal's score too low": goal_off(Fraction(-1)),
    "wrong execution rate": rate_off,
    "execution: full points": budget_full,
    "execution: second row of funds": second_fund,
    "execution: rounded to whole points": budget_rounded,
    "execution: above its points": budget_above,
    "executed above budget, unexplained": overspent,
    "parts of the money": parts_off,
    "executed in another money unit": other_money,
    "basic and project expenditure": expenditure_off,
    "word for an amount": money_in_words,
    "weights above 100": weights_off,
    "total weight misstated": total_weight,
    "weights of a goal": goal_weights,
    "rows of 100 beside execution": rows_of_hundred,
    "section label against its rows": section_off,
    "wrong grade": grade_off,
    "rows above their goal's points": too_many_points,
    "points kept back, nothing missed": points_kept_back,
    "execution indicator against the funds": execution_claim,
    "funds' total all zero": zero_total,
    "column under an unknown word": renamed,
    "blank form": blank,
}
