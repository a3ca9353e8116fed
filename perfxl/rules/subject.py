"""What of the form a finding speaks of: an indicator and its goal, a goal, a row of funds, a field, the total."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from perfxl.forms.model import Field, Form, Goal
from perfxl.forms.values.text import match_key
from perfxl.rules.engine.facts import Facts
from perfxl.rules.findings import Check, Kind, Score, Subject

WHOLE = Subject(Kind.FORM)
TOTAL = Subject(Kind.TOTAL, names=("total",))
SUM_OF_WEIGHTS = Subject(Kind.FIELD, names=("total_weight",))
OF_FORM = (
    "other-form", "blank-form", "unread-core:cells", "unread-core:disputed", "without-targets", "satisfaction",
    "hidden-value", "clue-full-marks", "approved-match", "approved-weight:scale",
)  # fmt: skip
"""Rules, or messages of rules, that speak of the whole form, wherever they point."""
OF_PLACE = {"total-sum": TOTAL, "grade": Subject(Kind.FIELD, names=("claimed_grade",))}
"""Rules that speak of one value, whatever else stands in its cell."""
OF_FORM_IF_MANY = ("uncomputed-formula:uncomputed",)
OF_WEIGHTS = ("weight-sum:total", "weight-sum:stated")
OF_COLUMN = ("unread-core:column", "inferred-column")
OF_FIELD = {"unread-core:lacking": "label", "unreadable-number:texts": "field"}
"""Rules that speak of a column by the field that it holds → where the field's code stands."""
OF_FUNDS = ("execution-reason",)
ABSENT_ROWS = ("approved-indicator:dropped", "approved-indicator:unread")
"""What the form does not have: named by the approved table."""
HEAD = (
    "title", "unit", "year", "department", "project", "money_unit", "basic_expenditure", "project_expenditure",
    "claimed_grade", "deviation_reason", "improvement", "overall_goal", "overall_result", "total_weight",
)  # fmt: skip
_POINTS = re.compile(r"\s*[(（【\[]\s*[0-9.]+\s*分?\s*[)）】\]]\s*|\s*[0-9.]+\s*分$|[:：\s]+$")


def goal_text(goal: Goal) -> str:
    """A goal as its form calls it, without its points: 年度绩效目标7：办公大楼租金费用."""
    name, label = (_without_points(str(one.value or "")) for one in (goal.name, goal.label))
    if not label or match_key(label) in match_key(name):
        return name
    if not name or match_key(name) in match_key(label):
        return label
    return f"{label}：{name}"


def _without_points(text: str) -> str:
    while (shorter := _POINTS.sub("", text)) != text:
        text = shorter
    return text


class Subjects:
    """The subjects of one form: by row, by goal, by cell."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        form = facts.form
        self._goals = {goal.goal: goal for goal in form.goals}
        self._several = sum(not goal.section for goal in form.goals) > 1
        names = Counter(match_key(row.name) for row in form.indicators)
        self._rows = {
            row.row: self._row(
                row.goal, row.name, told=self._several or names[match_key(row.name)] > 1
            )
            for row in form.indicators
        }
        self._cells: dict[tuple[int, int], Subject] = {}
        for place, subject in self._places(form):
            if place.row:
                self._cells.setdefault((place.row, place.col), subject)

    def _row(self, number: int | None, name: str, *, told: bool) -> Subject:
        goal = self._goals.get(number or 0)
        if goal is None:
            return Subject(Kind.INDICATOR, "", (name,) if name else ())
        text = goal_text(goal)
        called = (
            (_without_points(str(goal.name.value or "")) or text) if told and text != name else ""
        )
        return Subject(Kind.INDICATOR, text, (name,) if name else (), called)

    def of_goal(self, number: int | None) -> Subject | None:
        """The subject of a goal as a whole."""
        goal = self._goals.get(number or 0)
        if goal is None:
            return None
        return Subject(
            Kind.GOAL,
            goal_text(goal),
            (),
            _without_points(str(goal.name.value or "")) or goal_text(goal),
        )

    def _places(self, form: Form) -> Iterator[tuple[Field, Subject]]:
        yield form.claimed_total, TOTAL
        yield form.second_total, TOTAL
        for goal in form.goals:
            subject = self.of_goal(goal.goal) or WHOLE
            yield from (
                (place, subject) for place in (goal.label, goal.name, goal.weight, goal.score)
            )
        for fund in form.funds:
            name = str(fund.name.value or "")
            subject = Subject(Kind.FUND, names=(name,) if name else ())
            yield from ((place, subject) for place in fund if isinstance(place, Field))
        for row in form.indicators:
            subject = self._rows[row.row]
            yield from ((place, subject) for place in row if isinstance(place, Field))
        for name in HEAD:
            yield getattr(form, name), Subject(Kind.FIELD, names=(name,))

    def of_check(self, rule: str, check: Check) -> Subject:
        """The subject of what a rule found."""
        part = f"{rule}:{check.message}"
        found = self._by_rule(rule, part, check)
        if found is not None:
            return found
        if part in OF_FORM_IF_MANY and check.arguments["count"] > 1:
            return WHOLE
        if "lines" in check.arguments:
            return merge_subjects([self._rows[line] for line in check.arguments["lines"]])
        if check.row in self._rows and (check.goal is None or check.goal >= 0):
            return self._rows[check.row]
        if check.goal is not None and check.goal in self._goals:
            return self.of_goal(check.goal) or WHOLE
        return self._cells.get((check.place.row, check.place.col), WHOLE)

    def _by_rule(self, rule: str, part: str, check: Check) -> Subject | None:
        """The subject where the rule says it better than the place."""
        if rule in OF_FORM or part in OF_FORM:
            return WHOLE
        if rule in OF_PLACE:
            return OF_PLACE[rule]
        if part in OF_WEIGHTS:
            return SUM_OF_WEIGHTS
        if rule in OF_COLUMN or part in OF_COLUMN:
            label = str(check.arguments["label"])
            return Subject(Kind.COLUMN, names=(label,) if label else ())
        if part in OF_FIELD:
            code = check.field if OF_FIELD[part] == "field" else str(check.arguments["label"])
            return Subject(Kind.FIELD, names=(code,))
        if rule in OF_FUNDS:
            fund = self._facts.budget or self._facts.main_fund
            return self._cells.get(fund.name[2:4]) if fund is not None and fund.name.row else None
        if part in ABSENT_ROWS:
            beside = self._cells.get((check.place.row, check.place.col), WHOLE)
            called = beside.called if beside.kind is Kind.GOAL and self._several else ""
            return Subject(Kind.INDICATOR, beside.goal, (str(check.arguments["name"]),), called)
        if part == "approved-indicator:goal-dropped":
            return Subject(
                Kind.GOAL, str(check.arguments["name"]), (), str(check.arguments["name"])
            )
        return None

    def of_score(self, score: Score) -> Subject:
        """The subject of a sum that merely follows."""
        return TOTAL if score.kind == "total" else self.of_goal(score.goal) or WHOLE


def merge_subjects(subjects: Sequence[Subject]) -> Subject:
    """One subject of several: their names, and their goal where it is one; of goals alone their own names."""
    first = subjects[0]
    goals = {one.goal for one in subjects}
    names = dict.fromkeys(name for one in subjects for name in one.names or (one.goal,) if name)
    if len(goals) > 1:
        return Subject(first.kind, "", tuple(names))
    return first._replace(names=tuple(names) if any(one.names for one in subjects) else ())
