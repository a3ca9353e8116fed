"""Rules of what was approved: targets and indicators against the approved table.

They apply where the auditor supplies approved tables. A near match is a guess, so what follows from
one is never more than a warning.
"""

from collections.abc import Iterator

from perfxl.forms.indicators import join_target
from perfxl.forms.model import ABSENT, Field, Form, Goal, Indicator
from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import BLANK, DATE, Quantity
from perfxl.forms.values.text import match_key, normalize
from perfxl.rules.engine import change, ratio
from perfxl.rules.engine.facts import Facts, in_year, quantity_of
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.matching.counterpart import FOUND, NONE, Counterpart, where
from perfxl.rules.matching.pairing import MOVED, NEAR, Pair
from perfxl.rules.registry import rule


def found_for(facts: Facts) -> Counterpart | None:
    """The approved table of a form, where there is exactly one."""
    agreed = facts.approved
    return agreed if agreed is not None and agreed.how == FOUND else None


def _of_form(form: Form) -> Field:
    """Where something is said of a form as a whole: its title, else its first cell."""
    return form.title if form.title.row else Field(None, "", form.area.top, form.area.left)


def _named(row: Indicator) -> Field:
    return next((f for f in (row.level3, row.level2, row.level1) if f.row), ABSENT)


def label_of(goal: Goal) -> str:
    """How a goal is called: its label and its name, which a renumbered label does not tell."""
    stated, name = str(goal.label.value or ""), str(goal.name.value or "")
    if not stated or not name or match_key(name) in match_key(stated):
        return stated or name
    return f"{stated}（{name}）"


def near_name(pair: Pair) -> str:
    """The approved name of a near match, "" of a sure one."""
    return pair.theirs.name if pair.how == NEAR else ""


def at_most(severity: Severity, pair: Pair) -> Severity:
    """What follows from a near match, which is a guess, is no error."""
    return Severity.WARNING if pair.how == NEAR and severity is Severity.ERROR else severity


# ---------------------------------------------------------------- which table
@rule("note", "approved")
def approved_match(facts: Facts) -> Iterator[Check]:
    """A form is compared with the one approved table of its unit, project and year."""
    agreed = facts.approved
    if agreed is None:
        yield NOT_APPLICABLE
    elif agreed.how == FOUND:
        yield HOLDS
    else:
        yield Check(
            Verdict.CANNOT_JUDGE, _of_form(facts.form), "unit", Severity.NOTE, agreed.how,
            claimed=facts.form.name,
            arguments={
                "unit": str(facts.form.unit.value or ""),
                "project": str(facts.form.project.value or ""),
                "tables": [where(table) for table in agreed.others],
                "like": str(agreed.others[0].unit.value or "") if agreed.how == NONE and agreed.others else "",
            },
        )  # fmt: skip


# ---------------------------------------------------------------- targets
SEVERITY = {
    change.LOWERED: Severity.ERROR,
    change.REVERSED: Severity.ERROR,
    change.CHANGED: Severity.WARNING,
    change.MISSING: Severity.WARNING,
    change.RAISED: Severity.NOTE,
    change.SIGN: Severity.NOTE,
    change.UNITS: Severity.NOTE,
}


@rule("error, warning, note", "approved")
def approved_target(facts: Facts) -> Iterator[Check]:
    """A target is the approved one; a lower one favours the department."""
    agreed = found_for(facts)
    if agreed is None:
        yield NOT_APPLICABLE
        return
    for pair in agreed.pairing.pairs:
        place, how = _describe_change(pair, agreed, facts)
        if how == "":
            yield NOT_APPLICABLE
        elif how == change.SAME:
            yield HOLDS
        else:
            severity = SEVERITY[how]
            if how == change.REVERSED and _loses(pair, agreed, facts):
                severity = Severity.WARNING
            yield Check(
                Verdict.CANNOT_JUDGE if how == change.UNITS else Verdict.FAILS,
                place, "target", at_most(severity, pair), how,
                claimed=place.text or None,
                arguments={
                    "name": pair.mine.name, "target": place.text, "was": pair.theirs.target.text,
                    "there": agreed.where(pair.theirs.target), "near": near_name(pair),
                },
                goal=pair.mine.goal, row=pair.mine.row,
            )  # fmt: skip


def _describe_change(pair: Pair, agreed: Counterpart, facts: Facts) -> tuple[Field, str]:
    """The target that was compared, and what became of the approved one.

    A form that adjusted its targets openly states the initial one as well: that one was approved,
    unless the approved table is itself of adjusted targets.
    """
    mine, theirs = pair.mine, pair.theirs
    year = facts.form.year.value
    approved_year = year if agreed.table is None else agreed.table.year.value or year
    approved = _quantity(theirs.target, theirs, approved_year)
    if approved.kind == BLANK or not mine.target.row:
        return mine.target, ""
    places = [mine.target]
    initial = mine.target_initial
    adjusted = theirs.target_initial.text and theirs.target_initial.row
    if initial.text and not adjusted and initial.cell != mine.target.cell:
        places.insert(0, join_target(initial, mine.sign, mine.measure))
    found = [
        (place, _change(approved, _quantity(place, mine, year), pair, facts)) for place in places
    ]
    return next((one for one in found if one[1] == change.SAME), found[0])


def _change(approved: Quantity, stated: Quantity, pair: Pair, facts: Facts) -> str:
    """What became of a target; a bare number may be meant in the other side's 计量单位."""
    level2 = str(pair.mine.level2.value or "")
    approved = quantity.with_unit(approved, quantity.unit_behind(pair.theirs.name)[1])
    stated = quantity.with_unit(stated, quantity.unit_behind(pair.mine.name)[1])
    sides = {(approved, stated)}
    if not approved.unit:
        sides.add((quantity.with_unit(approved, pair.mine.measure.text), stated))
    elif not stated.unit:
        sides.add((approved, quantity.with_unit(stated, pair.theirs.measure.text)))
    found = {change.change(*two, pair.mine.name, level2, facts.policy) for two in sides}
    if change.SAME in found or len(found) == 1:
        return change.SAME if change.SAME in found else found.pop()
    return change.UNITS


def _loses(pair: Pair, agreed: Counterpart, facts: Facts) -> bool:
    """Whether a target that was turned round is reached less than the approved one."""
    row = next(row for row in facts.rows if row.indicator is pair.mine)
    year = None if agreed.table is None else agreed.table.year.value
    approved = ratio.judge(
        _quantity(pair.theirs.target, pair.theirs, year or facts.form.year.value), row.actual,
        pair.mine.name, str(pair.mine.level2.value or ""), facts.policy,
    )  # fmt: skip
    return bool(row.ratio.hi < approved.lo)


def _quantity(place: Field, row: Indicator, year: int | None) -> Quantity:
    found = quantity_of(place, row)
    return in_year(found, year) if found.kind == DATE else found


# ---------------------------------------------------------------- indicators
@rule("error, warning, note", "approved")
def approved_indicator(facts: Facts) -> Iterator[Check]:
    """The indicators are the approved ones: none dropped, added, renamed or moved."""
    agreed = found_for(facts)
    if agreed is None:
        yield NOT_APPLICABLE
        return
    paired, form = agreed.pairing, facts.form
    for pair in paired.pairs:
        if pair.how not in (NEAR, MOVED):
            yield HOLDS
            continue
        place = _named(pair.mine)
        yield Check(
            Verdict.FAILS, place, "level3", Severity.WARNING,
            "renamed" if pair.how == NEAR else "moved", claimed=pair.mine.name,
            arguments={
                "name": pair.mine.name, "was": pair.theirs.name,
                "there": agreed.where(_named(pair.theirs)),
            },
            goal=pair.mine.goal, row=pair.mine.row,
        )  # fmt: skip
    for row in paired.dropped:
        if _is_execution(row, facts):
            # Budget execution is scored by rule; one table lists it, the other does not.
            yield NOT_APPLICABLE
            continue
        unread = _unread(row, form)
        yield Check(
            Verdict.FAILS if unread is None else Verdict.CANNOT_JUDGE,
            _missing_at(row, agreed, form) if unread is None else unread, "level3",
            Severity.ERROR if unread is None else Severity.NOTE,
            "dropped" if unread is None else "unread",
            arguments={
                "name": row.name, "was": row.target.text, "there": agreed.where(_named(row)),
            },
        )  # fmt: skip
    for goal in paired.goals_dropped:
        rows = [] if agreed.table is None else agreed.table.of_goal(goal.goal)
        yield Check(
            Verdict.FAILS, _of_form(form), "goal", Severity.ERROR, "goal-dropped",
            arguments={
                "name": label_of(goal), "count": len(rows),
                "there": agreed.where(goal.label if goal.label.row else goal.name),
            },
        )  # fmt: skip
    for row in paired.added:
        if _is_execution(row, facts):
            yield NOT_APPLICABLE
            continue
        yield Check(
            Verdict.FAILS, _named(row), "level3", Severity.WARNING, "added", claimed=row.name,
            arguments={"name": row.name, "there": beside(row.goal, agreed)},
            goal=row.goal, row=row.row,
        )  # fmt: skip
    for goal in paired.goals_added:
        yield Check(
            Verdict.FAILS, goal.label if goal.label.row else goal.name, "goal", Severity.WARNING,
            "goal-added", claimed=label_of(goal),
            arguments={
                "name": label_of(goal), "count": len(form.of_goal(goal.goal)),
                "there": "" if agreed.table is None else where(agreed.table),
            },
            goal=goal.goal,
        )  # fmt: skip
    for row, several in paired.unclear:
        yield Check(
            Verdict.CANNOT_JUDGE, _named(several[0]), "level3", Severity.NOTE, "unclear",
            claimed=several[0].name,
            arguments={
                "was": row.name, "there": agreed.where(_named(row)),
                "names": [one.name for one in several],
                "cells": [_named(one).cell for one in several],
            },
            goal=several[0].goal, row=several[0].row,
        )  # fmt: skip


def beside(goal: int | None, agreed: Counterpart) -> str:
    """Where a goal's indicators were approved: at its label, else where the table begins."""
    for pair in agreed.pairing.goals:
        if pair.mine.goal == goal and pair.theirs.label.row:
            return agreed.where(pair.theirs.label)
    return "" if agreed.table is None else where(agreed.table)


def _is_execution(row: Indicator, facts: Facts) -> bool:
    return normalize(row.name) in facts.policy.words["execution"]


def _unread(row: Indicator, form: Form) -> Field | None:
    """A cell that was not understood but holds the name: then nothing proves that it was dropped."""
    name = match_key(row.name)
    for item in form.unread:
        if name and name in match_key(item.text):
            return Field(None, item.text, item.row, item.col)
    return None


def _missing_at(row: Indicator, agreed: Counterpart, form: Form) -> Field:
    """Where a dropped indicator belongs: at its goal's label, its section's, else the title."""
    for pair in agreed.pairing.goals:
        if pair.theirs.goal == row.goal and pair.mine.label.row:
            return pair.mine.label
    level = match_key(str(row.level1.value or ""))
    for goal in form.goals:
        if goal.section and level and match_key(str(goal.name.value or "")) == level:
            return goal.label
    return _of_form(form)
