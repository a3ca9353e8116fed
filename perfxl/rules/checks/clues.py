"""Clues: what auditors' manuals tell a person to look into. None of them proves anything.

Each says what is seen and asks for a look; where another reading is as likely, the clue is silent.
Words stand in templates/policies/words.toml, section [clues].
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from perfxl.exact import Fraction
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.values.text import fold, spelling
from perfxl.rules.checks.displayed import Displayed, unlike
from perfxl.rules.engine.facts import STATED, Facts, Row, is_execution, whole_points
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import clue

LEAST_NAME = 3
"""A shorter name (其他) says nothing about what it is of."""
LEAST_ROWS = 5
"""Of fewer rows it means nothing that all have full points."""
GAP, UNSPENT = Fraction(5, 100), Fraction(20, 100)
"""The budget system's own test: outputs ahead of execution by more, or more of the budget unspent."""
SEEN = Fraction(5, 1000)
"""So much of a number, hidden by its format, is worth a look even where no target turns on it."""
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_DATE = re.compile(r"(?P<y>20[0-9]{2})年(?:(?:1[0-2]|0?[1-9])月)(?:[0-3]?[0-9]日)?")
_SENTENCE, _CLAUSE = re.compile(r"[。;!\n]"), re.compile(r"[。;,、!]")
BEHIND = 8
"""So many characters behind a date the word of completion stands."""


def _name(row: Row) -> str:
    """An indicator's name without what stands in brackets."""
    return _bare(row.indicator.name)


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    return _BRACKETS.sub("", fold(name))


def _level(row: Row, level: str) -> str:
    return fold(str(getattr(row.indicator, level).value or ""))


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _found(row: Row, field: str, message: str, **more: object) -> Check:
    """A clue in a row, at one of its cells."""
    place = getattr(row.indicator, field)
    arguments = {
        "name": row.indicator.name, "target": row.indicator.target.text,
        "actual": row.indicator.actual.text, "level": str(row.indicator.level2.value or ""), **more,
    }  # fmt: skip
    return Check(
        Verdict.CANNOT_JUDGE, place, field, Severity.NOTE, message, claimed=place.text or None,
        arguments=arguments, goal=row.indicator.goal, row=row.indicator.row,
    )  # fmt: skip


# ---------------------------------------------------------------- where an indicator stands
@clue
def clue_shared_name(facts: Facts) -> Iterator[Check]:
    """One indicator is not both an output and an effect."""
    outputs, effects = (facts.policy.words[f"clue_{name}"] for name in ("outputs", "effects"))
    sections = {goal.goal for goal in facts.form.goals if goal.section}
    seen: dict[tuple[object, str], tuple[str, Row]] = {}
    for row in facts.rows:
        level1, name = _level(row, "level1"), spelling(row.indicator.name)
        side = "outputs" if _holds(level1, outputs) else "effects"
        if len(name) < LEAST_NAME or not _holds(level1, (*outputs, *effects)):
            yield NOT_APPLICABLE
            continue
        goal = None if row.indicator.goal in sections else row.indicator.goal
        first_side, first = seen.setdefault((goal, name), (side, row))
        if first_side == side:
            yield HOLDS
        else:
            yield _found(row, "level3", "both", cell=first.indicator.level3.cell)


@clue
def clue_direction(facts: Facts) -> Iterator[Check]:
    """What is to be produced has a least target, and what it costs has a most one."""
    words = facts.policy.words
    for row in facts.rows:
        name, level2, sign = _name(row), _level(row, "level2"), row.target.comparator
        if row.target.kind != NUMBER or not sign or row.target.low == 0:
            yield NOT_APPLICABLE
        elif (
            sign in ("≤", "<")
            and level2 in words["clue_quantity_levels"]
            and _holds(name, words["clue_produced"])
            and not _holds(name, words["clue_limited"])
        ):
            yield _found(row, "target", "quantity")
        elif (
            sign in ("≥", ">")
            and {level2, _level(row, "level1")} & set(words["clue_cost_levels"])
            and _without_tails(name, words["clue_cost_tails"]).endswith(words["clue_cost_heads"])
            and not _holds(name, words["clue_spared"])
            and row.target.family != "ratio"
        ):
            yield _found(row, "target", "cost")
        else:
            yield HOLDS


@clue
def clue_misplaced(facts: Facts) -> Iterator[Check]:
    """An indicator belongs to its second level: 资金支付率 counts nothing that was produced."""
    places, kinds = _places(facts.policy.words["clue_misplaced"])
    endings = tuple(places)
    for row in facts.rows:
        name, level2 = _name(row), _level(row, "level2")
        if not level2 or not name.endswith(endings):
            yield HOLDS if level2 else NOT_APPLICABLE
        elif sum(kind in level2 for kind in kinds) != 1:
            # A level that names two kinds (质量和时效指标) fits both, and a strange one fits anything.
            yield NOT_APPLICABLE
        elif any(name.endswith(end) and _holds(level2, levels) for end, levels in places.items()):
            yield _found(row, "level3", "level")
        else:
            yield HOLDS


@cache
def _places(entries: tuple[str, ...]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Ending of a name → second levels under which it is out of place; and the kinds of levels."""
    parts = [entry.split("|") for entry in entries]
    places = {end: tuple(levels) for end, *levels in parts}
    return places, frozenset(
        _without_tails(one, grammar().level_endings) for levels in places.values() for one in levels
    )


def _without_tails(name: str, tails: Iterable[str]) -> str:
    """A name without endings that say nothing: 采购费用总额 as 采购费用."""
    for tail in tails:
        name = name.removesuffix(tail)
    return name


# ---------------------------------------------------------------- satisfaction
@clue
def clue_satisfaction(facts: Facts) -> Iterator[Check]:
    """Satisfaction is measured by asking people; a word, or that nobody complained, measures nothing."""
    words = facts.policy.words
    for row in facts.rows:
        levels = [_level(row, level) for level in ("level1", "level2")]
        name, actual = _name(row), fold(row.indicator.actual.text)
        about = any(_holds(text, words["satisfaction"]) for text in (*levels, name))
        if not about or _holds(name, words["clue_complaint_names"]):
            yield NOT_APPLICABLE
        elif _holds(actual, words["clue_complaints"]):
            yield _found(row, "actual", "complaints")
        elif row.actual.kind == TEXT and not any(c.isdigit() for c in actual):
            yield _found(row, "actual", "text")
        else:
            yield HOLDS


# ---------------------------------------------------------------- scores and execution
@clue
def clue_full_marks(facts: Facts) -> Iterator[Check]:
    """A form on which every score is full leaves nothing to improve."""
    form, total = facts.form, exact(facts.form.claimed_total)
    weights = [(row.claim, row.weight) for row in facts.rows if row.how == STATED]
    goals = [(goal.claim, goal.weight) for goal in facts.blocks if goal.claim is not None]
    budget = []
    if facts.budget is not None:
        budget = [(exact(facts.budget.score), facts.budget_weight)]
    if len(facts.rows) < LEAST_ROWS or total is None:
        yield NOT_APPLICABLE
    elif total == facts.policy.total_weight and all(
        worth is None or claim == worth for claim, worth in (*weights, *goals, *budget)
    ):
        yield Check(
            Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE,
            "full" if budget else "rows",
            claimed=total, arguments={"count": len(facts.rows)},
        )  # fmt: skip
    else:
        yield HOLDS


@clue
def clue_execution(facts: Facts) -> Iterator[Check]:
    """What was spent and what was achieved keep step; the budget system compares the two itself."""
    fund = facts.main_fund
    if fund is None or facts.rate is None or facts.scale is not None or facts.rate < 0:
        yield NOT_APPLICABLE
        return
    done, spent = _share_of_rows(facts), min(ONE, facts.rate)
    place = next(one for one in (fund.rate, fund.executed, fund.score, fund.name) if one.row)
    arguments = {"rate": facts.rate, "done": done, "unspent": ONE - spent}
    if done is not None and done > 0 and (done - spent) / done > GAP:
        gap = {**arguments, "gap": (done - spent) / done}
        yield Check(
            Verdict.CANNOT_JUDGE, place, "rate", Severity.NOTE, "behind", arguments=gap,
        )  # fmt: skip
    elif ONE - spent > UNSPENT:
        yield Check(
            Verdict.CANNOT_JUDGE, place, "rate", Severity.NOTE, "unspent", arguments=arguments,
        )  # fmt: skip
    else:
        yield HOLDS


def _share_of_rows(facts: Facts) -> Fraction | None:
    """Claimed points of all indicators as a share of theirs; None where they are not all known."""
    scored = [row for block in facts.blocks for row in block.rows]
    rows = [row for row in scored if not is_execution(row.indicator, facts.policy)]
    claims = [row.claim for row in rows if row.claim is not None]
    points = _points_of(rows, facts, apart=len(rows) < len(scored))
    if not points or len(claims) < len(rows):
        return None
    share = sum(claims, ZERO) / points
    # More than all points is no share of them: the points were misunderstood, or the claims are wrong.
    return share if share <= ONE else None


def _points_of(rows: list[Row], facts: Facts, *, apart: bool) -> Fraction | None:
    """The points of rows: their own, else those of the goals, else what execution leaves of the form's.

    Args:
        rows: the rows.
        facts: of their form.
        apart: whether rows of execution stand among them, whose points the goals hold as well.
    """
    known = [row.weight for row in rows if row.weight is not None]
    if len(known) == len(rows):
        return sum(known, ZERO)
    whole = None if apart else whole_points(facts.blocks)
    if whole is None and not apart and facts.budget_weight is not None:
        whole = facts.policy.total_weight - facts.budget_weight
    return whole


# ---------------------------------------------------------------- cells and texts
@clue
def clue_shown_value(facts: Facts) -> Iterator[Check]:
    """A cell shows the number that it stores."""
    rows = {row.indicator.row: row for row in facts.rows}
    found = [cell for cell in unlike(facts.form) if _worth_a_look(cell, rows.get(cell.row))]
    if not found:
        yield HOLDS
    for cell in found:
        row = rows.get(cell.row)
        yield Check(
            Verdict.CANNOT_JUDGE, cell.place, cell.name, Severity.NOTE, "differs",
            claimed=cell.place.text,
            arguments={
                "name": "" if row is None else row.indicator.name, "shown": cell.place.text,
                "stored": cell.stored,
            },
            goal=cell.goal, row=cell.row,
        )  # fmt: skip


def _worth_a_look(cell: Displayed, row: Row | None) -> bool:
    """Another number, points beyond two decimals, or a value that meets its target only as shown."""
    if not cell.rounded:
        return True
    if cell.name in ("score", "weight", "total", "total_weight"):
        return True
    if row is None or cell.name not in ("target", "actual") or cell.stored == 0:
        return False
    if abs(cell.shown / cell.stored - 1) >= SEEN:
        return True
    mine, other = (row.actual, row.target) if cell.name == "actual" else (row.target, row.actual)
    if mine.kind != NUMBER or other.kind != NUMBER or mine.family != other.family:
        return False
    shown = mine.size * cell.shown / cell.stored
    # Reached at least, or at most: whichever way the target points.
    ceiling = row.target.comparator in ("≤", "<")
    above = (mine.size >= other.size) != (shown >= other.size)
    below = (mine.size <= other.size) != (shown <= other.size)
    return below if ceiling == (cell.name == "actual") else above


@clue
def clue_reason_figure(facts: Facts) -> Iterator[Check]:
    """A figure that a reason gives for what was reached or promised is the figure of the row."""
    block = facts.form.deviation_reason
    sentences = [one for one in _SENTENCE.split(fold(block.text)) if one]
    names = Counter(_name(row) for row in facts.rows) if sentences else Counter()
    for row in facts.rows:
        texts = [(row.indicator.reason, fold(row.indicator.reason.text))]
        texts += [(block, one) for one in sentences if _is_on(one, _name(row), names)]
        said = [
            (place, field, figure)
            for place, text in texts
            if text
            for field, words in (("actual", "clue_reached"), ("target", "clue_promised"))
            for figure in _contradicting(text, row, field, facts.policy.words[words], facts)
        ]
        if said:
            place, field, figure = said[0]
            check = _found(row, "reason", field, figure=figure)
            yield check._replace(place=place, claimed=figure)
        else:
            yield HOLDS if any(text for _, text in texts) else NOT_APPLICABLE


def _is_on(sentence: str, name: str, names: Counter[str]) -> bool:
    """Whether a sentence of the form's block names this indicator, and no other one."""
    if len(name) < LEAST_NAME or name not in sentence or names[name] > 1:
        return False
    return not any(other and other != name and other in sentence for other in names)


def _contradicting(
    text: str, row: Row, field: str, words: tuple[str, ...], facts: Facts
) -> list[str]:
    """Figures of a text that stand for a value of the row and are another number in its own unit."""
    value = getattr(row, field)
    if not any(map(str.isdigit, text)):
        return []
    if value.kind != NUMBER or not value.unit or value.comparator not in ("", "=", "≥"):
        return []
    unit = re.escape(value.unit)
    lead = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    links = "|".join(map(re.escape, facts.policy.words["clue_links"]))
    pattern = re.compile(rf"(?:{lead})(?:{links})?([0-9]+(?:\.[0-9]+)?)({unit})(?![/每])")
    known = {row.target.low, row.actual.low, abs(row.target.low - row.actual.low)}
    clauses = _CLAUSE.split(text)
    with_figures = [number for number, clause in enumerate(clauses) if pattern.search(clause)]
    before = clauses[: with_figures[-1] + 1] if with_figures else []
    if any(_holds(clause, facts.policy.words["clue_elsewhere"]) for clause in before):
        # A part, another time, an adjusted plan: that the figure differs means nothing.
        return []
    figures = [(match[0], match[1]) for match in map(pattern.search, before) if match]
    numbers = [type(value.low)(number) for _, number in figures]
    if not numbers or any(number in known for number in numbers) or sum(numbers) in known:
        return []
    return [figures[0][0]]


@clue
def clue_late_completion(facts: Facts) -> Iterator[Check]:
    """What a form reports was completed within its year."""
    year = facts.form.year.value
    for row in facts.rows:
        promised = _years(row.target, row.indicator.target.text, facts)
        reached = _years(row.actual, row.indicator.actual.text, facts)
        if not isinstance(year, int) or not reached:
            yield NOT_APPLICABLE
        elif max(reached) > year and max(promised, default=0) <= year:
            yield _found(row, "actual", "after", year=year)
        else:
            yield HOLDS


def _years(value: Quantity, text: str, facts: Facts) -> list[int]:
    """Years of dates of completion that a value names: as a date, or before a word of completion."""
    if value.kind == DATE:
        year = value.day[0]
        return [] if year is None else [year]
    if value.kind in (NUMBER, RANGE):
        return []
    folded = fold(text)
    return [
        int(match["y"])
        for match in _DATE.finditer(folded)
        if _holds(folded[match.end() : match.end() + BEHIND], facts.policy.words["clue_completed"])
    ]
