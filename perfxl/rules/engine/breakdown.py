"""Rows that break another row down (其中…): part of the row that has the points, and scored with it.

Source: scoring rules, "A row without weight and score, under one that has both and that it breaks down
(其中…), is part of that one".
"""

from collections.abc import Mapping

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form, Indicator
from perfxl.forms.values.text import fold
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.policies.policy import Policy

ROUNDING = Fraction(1, 10)
"""Less than any row's points: weights of equal shares (3.33 three times) sum to a little less than the whole."""


def parts(form: Form, policy: Policy) -> Mapping[int, int]:
    """Row of an indicator without points → row of the indicator above that it breaks down."""
    given = _goals_without_rest(form, policy)
    found: dict[int, int] = {}
    scored: Indicator | None = None
    for row in form.indicators:
        if scored is not None and scored.goal != row.goal:
            scored = None
        if not _is_pointless(row):
            scored = row if exact(row.score) is not None else None
        elif scored is not None and (
            _names_part(row, policy) or (row.goal in given and exact(scored.weight) is not None)
        ):
            found[row.row] = scored.row
    return found


def _is_pointless(row: Indicator) -> bool:
    """Whether a row states neither points nor a score, and no formula that may yet give them."""
    return all(
        exact(place) is None and not place.uncomputed and not _says(place)
        for place in (row.weight, row.score)
    )


def _says(place: Field) -> bool:
    return any(character.isalnum() for character in fold(place.text))


def _names_part(row: Indicator, policy: Policy) -> bool:
    names = (str(level.value or "") for level in (row.level3, row.level2))
    return any(fold(name).startswith(policy.words["break_downs"]) for name in names)


def _goals_without_rest(form: Form, policy: Policy) -> set[int | None]:
    """Goals whose stated weights take all their points: what states none has none left."""
    weights: dict[int | None, list[Fraction]] = {}
    for row in form.indicators:
        weight = exact(row.weight)
        if weight is not None:
            weights.setdefault(row.goal, []).append(weight)
    whole = sum((weight for each in weights.values() for weight in each), ZERO)
    funds = sum((exact(fund.weight) or ZERO for fund in form.funds if fund.total), ZERO)
    if any(abs(policy.total_weight - one) < ROUNDING for one in (whole, whole + funds)):
        return {row.goal for row in form.indicators}
    return {
        goal.goal
        for goal in form.goals
        if exact(goal.weight) is not None
        and abs(sum(weights.get(goal.goal, ()), ZERO) - (exact(goal.weight) or ZERO)) < ROUNDING
    }  # fmt: skip
