"""What consistent forms are made of: rows, points, money and reasons, as a careful department writes them.

Numbers are drawn first and spelled afterwards. `families.py` puts the parts together.
"""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from oracle import items
from oracle.items import Item
from oracle.model import Cell, Fund, Plan, Row, Section, cut_text, held, plain, rounded
from oracle.spellings import SPELLINGS

PLACES = ("清溪县", "白河县", "沙洲区", "远安市", "云岭区", "澜水县", "怀川市", "松陵市")
OFFICES = (
    "水利局",
    "民政局",
    "教育局",
    "农业农村局",
    "文化和旅游局",
    "卫生健康局",
    "财政局",
    "档案馆",
)
PROJECTS = ("基层设施运行", "公共服务提升", "人才队伍建设", "信息系统维护", "产业发展扶持",
            "基本公共卫生", "农村人居环境整治", "文化惠民工程", "安全生产监管", "就业促进")  # fmt: skip
WHY = ("受疫情影响，部分工作推迟，已加快推进", "因选址调整，进度晚于计划，下年完成", "市场价格上涨，已重新测算",
       "天气原因导致施工延误，已调整工期")  # fmt: skip
BETTER = "工作推进好于预期，年初目标设定偏低，今后合理设定"
_TABLED: list[Item] = []


def _table() -> list[Item]:
    if not _TABLED:
        _TABLED.extend(items.tabled())
    return _TABLED


def split_points(rng: random.Random, whole: Fraction, parts: int) -> list[Fraction]:
    """Points in whole numbers, sometimes halves, none below one."""
    unit = 2 if rng.random() < 0.25 or whole.denominator == 2 else 1
    total = int(whole * unit)
    while total < parts:
        unit *= 2
        total = int(whole * unit)
    cuts = sorted(rng.sample(range(1, total), parts - 1))
    ends = [0, *cuts, total]
    return [Fraction(after - before, unit) for before, after in pairwise(ends)]


def draw_item(
    rng: random.Random, plan: Plan, used: set[str], level1: str, *, met: bool, split: bool
) -> Item:
    """An indicator of one level 1 whose name the form does not have yet."""
    for _ in range(200):
        if level1 == "满意度指标":
            item = items.pleased(rng, plan.inverse, met=met)
        elif not split and rng.random() < 0.5:
            item = rng.choice(rng.choice((_table(), _table(), SPELLINGS)))
        else:
            makers = (*items.NUMBERS, items.effect) if split else items.MAKERS
            item = rng.choice(makers)(rng, plan.inverse, met=met)
        if items.LEVEL1[item.level2] == level1 and item.name not in used and item.met == met:
            used.add(item.name)
            return item
    item = items.pleased(rng, plan.inverse, met=met)
    number = len(used) + 1
    used.add(f"{item.name}{number}")
    levels = {"产出指标": "质量指标", "效益指标": "社会效益指标"}
    return item._replace(level2=levels.get(level1, items.SERVED), name=f"第{number}类{item.name}")


def as_row(rng: random.Random, item: Item, *, split: bool) -> Row:
    """An item as a row; where the form splits targets, in three cells."""
    target, actual, sign, unit = item.target, item.actual, "", ""
    if split:
        if item.number is None:
            sign, unit = "定性", rng.choice(["-", "/", ""])
        else:
            sign = rng.choice({"≥": ["≥", "≧", ">="], "≤": ["≤", "≦", "<="]}.get(item.sign, ["="]))
            unit = item.measure
            target = Cell(held(item.number))
            bare = rng.random() < 0.5
            actual = Cell(held(item.got)) if bare else Cell(f"{plain(item.got)}{unit}")
    return Row(
        items.LEVEL1[item.level2], item.level2, item.name, target, actual, item.low, item.high,
        item.met, sign=sign, unit=unit, text=item.text,
    )  # fmt: skip


def far_above(item: Item) -> bool:
    """Whether a result may need a reason for being far above its target."""
    if item.far:
        return True
    return bool(
        item.sign == "≥" and item.number and item.got and item.got > item.number * Fraction(5, 4)
    )


def score_row(rng: random.Random, plan: Plan, row: Row, weight: Fraction) -> None:
    """Points by the rules: the weight times the ratio; a text's share is the department's choice."""
    row.weight = weight
    row.share = row.high
    if row.text:
        row.share = rng.choice([row.high, row.high, (row.low + row.high) / 2])
    elif row.low != row.high and not row.met:
        row.share = rng.choice([row.low, row.high]) if row.high < 1 else Fraction(1, 2)
    elif row.low != row.high and plan.family in {"ministry", "yunnan"} and rng.random() < 0.3:
        row.share = row.low
    # Never above the weight: 6.25 kept with one decimal is not 6.3.
    row.score = min(plan.keep(weight * row.share), weight)


def explain(rng: random.Random, plan: Plan, row: Row, *, far: bool) -> None:
    """A reason where the rules ask for one: missed, below its weight, far above its target."""
    below = plan.known and row.score is not None and row.weight is not None
    if row.met and far:
        row.reason = BETTER
    elif not row.met or (below and row.score < row.weight):  # type: ignore[operator]
        row.reason = rng.choice(WHY)


LEVEL2_ORDER = {name: number for number, name in enumerate(items.LEVEL1)}


def fill_section(
    rng: random.Random, plan: Plan, section: Section, counts: dict[str, int], used: set[str],
    *, split: bool = False,
) -> None:  # fmt: skip
    """Rows for a section, by level 1, in the official order of level 2."""
    drawn: list[tuple[Row, bool]] = []
    for level1, count in counts.items():
        some = [
            draw_item(rng, plan, used, level1, met=rng.random() < 0.75, split=split)
            for _ in range(count)
        ]
        some.sort(key=lambda item: LEVEL2_ORDER[item.level2])
        drawn += [(as_row(rng, item, split=split), far_above(item)) for item in some]
    number = len(drawn)
    weights = split_points(rng, section.points, number)
    if plan.style.get("weight_in_level2"):
        weights = _shared_points(rng, section.points, [row.level2 for row, _ in drawn])
    elif plan.style.get("equal"):
        weights = [section.points / number] * number
        if plan.style["equal"] == "rounded":
            weights = [rounded(weight, 2) for weight in weights]
    for (row, far), weight in zip(drawn, weights, strict=True):
        section.rows.append(row)
        if plan.kind != "transfer":
            score_row(rng, plan, row, weight)
        explain(rng, plan, row, far=far)
    if plan.family in {"ministry", "beijing", "two-funds"} and rng.random() < 0.06:
        break_down(plan, section, rng.randrange(number))


def _shared_points(rng: random.Random, whole: Fraction, names: Sequence[str]) -> list[Fraction]:
    """Points that the rows of one level 2 share equally, in quarters at least."""
    groups = [len(list(group)) for _, group in groupby(names)]
    for _ in range(500):
        shares = [
            points / size
            for points, size in zip(split_points(rng, whole, len(groups)), groups, strict=True)
        ]
        if all((4 * share).denominator == 1 for share in shares):
            break
    return [share for share, size in zip(shares, groups, strict=True) for _ in range(size)]


def break_down(plan: Plan, section: Section, above: int) -> None:
    """A row without points that belongs to the one above it."""
    whole = section.rows[above]
    part = Row(
        whole.level1, whole.level2, "其中：第一批", Cell("≥20批次"), Cell("20批次"), Fraction(1),
        Fraction(1), met=True, stored=Cell(None),
    )  # fmt: skip
    section.rows.insert(above + 1, part)
    plan.traits.append("a row that breaks down another")


def money_rows(
    rng: random.Random, plan: Plan, names: Sequence[str], *, gaps: bool = True
) -> list[Fund]:
    """A total and its parts, executed at most as budgeted; some parts may hold nothing."""
    scale = 10000 if plan.money == "元" else 1
    parts = []
    for name in names[1:]:
        if gaps and parts and rng.random() < 0.35:
            nothing = rng.choice([Fraction(0), None])
            parts.append(
                Fund(name, nothing, nothing, nothing, dash=rng.choice(["—", "/", "-", ""]))
            )
            continue
        budget = Fraction(rng.randrange(2000, 200000), 100)
        share = Fraction(rng.choice([100, 100, 99, 98, 96, 95, 93, 91]), 100)
        executed = budget if share == 1 else rounded(budget * share, 2) + Fraction(7, 100)
        executed = min(executed, budget)
        initial = budget if rng.random() < 0.5 else rounded(budget * Fraction(9, 10), 2)
        parts.append(Fund(name, initial * scale, budget * scale, executed * scale))
    total = Fund(names[0], Fraction(0), Fraction(0), Fraction(0))
    for name in ("initial", "budget", "executed"):
        amount = sum((getattr(part, name) or Fraction(0) for part in parts), Fraction(0))
        if not parts:
            amount = Fraction(rng.randrange(5000, 900000), 100) * scale
        setattr(total, name, amount)
    if not parts:
        share = Fraction(rng.choice([100, 99, 97, 95, 92, 86, 74, 61]), 100)
        total.budget, total.executed = total.initial, rounded(total.initial * share, 2)
    for fund in [total, *parts]:
        if fund.budget:
            fund.rate = rate_cell(
                rng, fund.executed / fund.budget, signed=not plan.style.get("hundred")
            )
        elif fund.dash:
            fund.rate = Cell(fund.dash)
    return [total, *parts]


def rate_cell(rng: random.Random, rate: Fraction, *, signed: bool = True) -> Cell:
    """A rate as a formula would store it, as a rounded number, or as text."""
    percent = rate * 100
    if not signed:
        return Cell(held(rounded(percent, 2)))
    draw = rng.random()
    if draw < 0.4:
        return Cell(held(rate), "0.00%")
    if draw < 0.6:
        return Cell(held(rounded(rate, 4)), "0.00%")
    if draw < 0.7:
        return Cell(held(rounded(rate, 3)), "0.0%")
    if draw < 0.85:
        places = 1 if rng.random() < 0.3 else 2
        return Cell(f"{cut_text(rounded(percent, places), places)}%")
    return Cell(f"{plain(rounded(percent, 2))}%")


def score_budget(plan: Plan) -> None:
    """Budget execution: the points times the rate of the total."""
    total = plan.funds[0]
    if plan.budget_points is None or not total.budget or plan.family == "two-funds":
        return
    total.weight = Cell(held(plan.budget_points))
    total.score = plan.keep(plan.budget_points * min(Fraction(1), total.executed / total.budget))


def base(rng: random.Random, family: str, kind: str, **more: Any) -> Plan:
    """A plan with names, year and habits, and nothing in it yet."""
    place, project = rng.choice(PLACES), rng.choice(PROJECTS)
    office = place + rng.choice(OFFICES)
    year = rng.randrange(2020, 2025)
    rounding = rng.choices(["half2", "cut2", "half1", "fraction"], [60, 12, 13, 15])[0]
    settings: dict[str, Any] = {
        "inverse": "span", "budget_points": Fraction(10), "known": True, "money": "万元",
    } | more  # fmt: skip
    plan = Plan(
        family=family, kind=kind, title="", year=year, unit=office, department=office,
        project=project, funds=[], sections=[], rounding=rounding, **settings,
    )  # fmt: skip
    plan.planned = f"完成{project}各项任务，持续提高保障水平。"
    plan.achieved = f"{project}各项任务按计划推进，保障水平持续提高。"
    plan.style["total_text"] = rng.random() < 0.1
    plan.traits.append(f"rounding {rounding}")
    if rounding == "fraction" and rng.random() < 0.5:
        plan.style["sum2"] = True
        plan.traits.append("sum of fractions rounded")
    if rng.random() < 0.08:
        plan.style["equal"] = "rounded" if rounding == "half2" else "exact"
        plan.traits.append(f"equal weights {plan.style['equal']}")
    if rng.random() < 0.15:
        plan.style["residue"] = True
    if rng.random() < 0.15:
        plan.style["review"] = True
    for habit in ("instructions", "broken"):
        plan.style[habit] = rng.random() < 0.1
    if rng.random() < 0.1:
        plan.style["page_break"] = rng.randrange(1, 6)
    return plan


OVERSPENT = "年中追加人员经费，执行数超过年初预算"


def overspend(rng: random.Random, plan: Plan, percent: int) -> int | None:
    """Execute more than the budget; give the row of funds that took it, where there are several."""
    total = plan.funds[0]
    total.executed = rounded(total.budget * Fraction(percent, 100), 2)
    part = next((fund for fund in plan.funds[1:] if fund.budget), None)
    if part is not None:
        others = [fund.executed or Fraction(0) for fund in plan.funds[1:] if fund is not part]
        part.executed = total.executed - sum(others, Fraction(0))
    if plan.basic is not None:
        plan.projects = total.executed - plan.basic
    for fund in plan.funds:
        if fund.budget:
            rate = fund.executed / fund.budget
            fund.rate = rate_cell(rng, rate, signed=not plan.style.get("hundred"))
    return None if part is None else plan.funds.index(part)


def finish(rng: random.Random, plan: Plan) -> Plan:
    """Sums and the block of reasons; sometimes more spent than budgeted, and explained."""
    explained = plan.family.startswith(("hubei", "chongqing", "sichuan"))
    if explained and plan.funds[0].budget and rng.random() < 0.06:
        overspend(rng, plan, 104)
        plan.style["overspent"] = OVERSPENT
        plan.traits.append("overspent, explained")
    score_budget(plan)
    plan.resum()
    plan.reason = block(plan)
    return plan


def block(plan: Plan) -> str:
    """The block of reasons, naming every row that needs one."""
    told = [f"{section.name}：{row.name}，{row.reason}。" if section.name else f"{row.name}，{row.reason}。"
            for _, row, section in plan.rows() if row.reason]  # fmt: skip
    total = plan.funds[0]
    if total.budget and total.executed is not None and total.executed < total.budget:
        told.insert(0, "预算执行：部分合同款按进度支付，结转下年。")
    if plan.style.get("overspent"):
        told.insert(0, f"预算执行：{plan.style['overspent']}。")
    return "".join(told) or "无"
