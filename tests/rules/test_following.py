"""A form that follows the rules has no fault; a score raised beyond them always has one."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.forms.builder import (
    FIRST,
    G,
    P,
    hubei,
    ministry,
    row,
)

ERROR, WARNING, NOTE = "error", "warning", "note"


def cents(value: Fraction) -> Decimal:
    """Rounded half away from zero to two decimals, as a clerk rounds."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@st.composite
def followed(draw, points: int):
    """Rows (name, target, actual, weight, score) whose weights sum to the points, scored by the rule."""
    count = draw(st.integers(1, 6))
    cuts = sorted(
        draw(
            st.lists(
                st.integers(1, points * 2 - 1), min_size=count - 1, max_size=count - 1, unique=True
            )
        )
    )
    weights = [Decimal(b - a) / 2 for a, b in zip([0, *cuts], [*cuts, points * 2], strict=True)]
    rows = []
    for number, weight in enumerate(weights):
        kind = draw(st.sampled_from(("reach", "limit", "text", "met", "percent")))
        a, b = draw(st.integers(10, 500)), draw(st.integers(10, 500))
        share = Fraction(1)
        if kind == "reach":
            target, actual, share = f"≥{a}次", f"{min(a, b)}次", Fraction(min(a, b), a)
        elif kind == "limit":
            target, actual, share = f"≤{a}天", f"{max(a, b)}天", Fraction(a, max(a, b))
        elif kind == "percent":
            a, b = a % 90 + 10, b % 90 + 10
            target, actual, share = f"≥{a}%", f"{min(a, b)}%", Fraction(min(a, b), a)
        elif kind == "text":
            target = actual = "有所提升"
            share = Fraction(draw(st.integers(80, 100)), 100)
        else:
            target, actual = "12个月", "1年"
        rows.append(
            (
                f"指标{chr(0x4E00 + number)}号",
                target,
                actual,
                weight,
                cents(Fraction(weight) * share),
            )
        )
    return rows


@given(followed(90), st.integers(1, 400))
def test_a_project_form_that_follows_the_rules_has_no_fault(rows, executed):
    budget = (
        None,
        400,
        executed,
        10,
        P(str(Decimal(executed) / 400), "0.00%"),
        cents(Fraction(executed, 40)),
    )
    case = ministry(*(row(*each, "受客观因素影响。") for each in rows), budget=budget, fill=False)

    assert case.faults == []


@given(followed(90), st.data())
def test_a_score_raised_by_more_than_the_slack_is_an_error(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    name, target, actual, weight, score = rows[index]
    most = weight if target == "有所提升" else score
    raised = most + data.draw(st.decimals("0.06", "5", places=2))
    rows[index] = (name, target, actual, weight, raised)
    case = ministry(*(row(*each, "受客观因素影响。") for each in rows), fill=False)

    assert (ERROR, f"H{FIRST + index}") in [(severity, cell) for severity, _, cell in case.faults]


@given(st.lists(followed(8), min_size=1, max_size=5))
def test_a_department_form_that_follows_the_rules_has_no_fault(goals):
    drawn = []
    for number, rows in enumerate(goals):
        scores = [each[4] for each in rows]
        drawn.append(
            G(
                8,
                sum(scores),
                tuple((*each[:3], each[4]) for each in rows),
                f"专项{chr(0x7532 + number)}",
            )
        )
    reasons = "，".join(f"{goal.project}受客观因素影响" for goal in drawn)
    case = hubei(*drawn, reasons=reasons)

    assert case.faults == []


@given(followed(8), st.data())
def test_a_goal_that_claims_more_than_its_points_is_an_error(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    scores = [each[4] for each in rows]
    scores[index] += 8 - sum(scores) + data.draw(st.decimals("0.06", "3", places=2))
    goal = G(
        8, sum(scores), tuple((*each[:3], score) for each, score in zip(rows, scores, strict=True))
    )
    case = hubei(goal, reasons="专项受客观因素影响")

    assert any(severity == ERROR for severity, _, _ in case.faults)
