"""What holds for any units: order does not matter, sums add up, means lie between, one unit is itself."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.exact import Fraction as Exact
from perfxl.exact import rounded
from perfxl.rollups.result import result_form
from perfxl.rollups.roll import rollups
from perfxl.rollups.scores import constant, goal_score
from perfxl.rollups.sums import Entry, combined, weights
from perfxl.rules.engine.interval import Interval
from perfxl.rules.recompute import recompute
from tests.forms.builder import G, row
from tests.rollups.units import codes, department, line, rolled, unit

fractions = st.builds(Exact, st.integers(0, 999), st.integers(1, 60))
parts = st.lists(st.tuples(fractions, fractions, fractions, fractions), min_size=1, max_size=6)


def mean(entries):
    return combined(Entry("x", True, *entry) for entry in entries).get("x")


# ---------------------------------------------------------------- the arithmetic
@settings(max_examples=40)
@given(parts)
def test_a_sum_is_the_sum(entries):
    found = combined(Entry(("a", 1), False, *entry) for entry in entries)[("a", 1)]

    assert found == tuple(sum((entry[i] for entry in entries), Exact(0)) for i in (1, 2, 3))


@settings(max_examples=40)
@given(parts)
def test_a_mean_is_exact_and_lies_between(entries):
    found = mean(entries)
    whole = sum(
        (Fraction(entry[0].numerator, entry[0].denominator) for entry in entries), Fraction(0)
    )

    assert (found is None) == (whole == 0)
    for i in (1, 2, 3) if found else ():
        counted = [entry[i] for entry in entries if entry[0]]
        assert min(counted) <= found[i - 1] <= max(counted)
        assert found[i - 1] * whole == sum((entry[0] * entry[i] for entry in entries), Exact(0))


@settings(max_examples=40)
@given(parts, parts)
def test_rolling_up_in_two_steps_is_rolling_up_at_once(some, others):
    whole = sum((entry[0] for entry in some), Exact(0))
    first = mean(some)
    steps = [(whole, *first), *others] if first else others

    assert mean(steps) == mean([*some, *others])


@settings(max_examples=40)
@given(parts)
def test_lines_do_not_mix(entries):
    together = combined(
        Entry(index, averaged=index % 2 == 0, weight=entry[0] + 1, one=entry[1]) for index, entry in enumerate(entries)
    )  # fmt: skip

    assert {index: found[0] for index, found in together.items()} == {
        index: entry[1] for index, entry in enumerate(entries)
    }


def test_equal_parts_need_no_weights():
    assert weights([(None, (1,)), (Exact(3), (1,))]) == [1, 1]
    assert weights([(None, (1,)), (Exact(3), (2,))]) == [None, 3]
    assert weights([(Exact(0), (1,)), (None, (2,))]) == [None, None]


# ---------------------------------------------------------------- whole forms
HALF = Exact(1, 200)
"""A score is rounded to hundredths; what is left open is not."""
lengths = st.integers(1, 500)
rates = st.integers(50, 100)
units = st.lists(
    st.tuples(st.integers(0, 900), lengths, lengths, rates, rates, st.integers(0, 20)),
    min_size=1, max_size=5,
)  # fmt: skip


def forms_of(values):
    return [
        unit(
            f"第{index}站",
            row("养护里程", f"≥{target}公里", f"{actual}公里", 20, 20),
            row("覆盖率", f"≥{wanted}%", f"{reached}%", 20, 20),
            row("出行条件", "有所提升", "有所提升", 20, score),
            budget=budget,
        )
        for index, (budget, target, actual, wanted, reached, score) in enumerate(values)
    ]


@settings(max_examples=20)
@given(units, st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(values, random):
    forms = forms_of(values)
    shuffled = list(forms)
    random.shuffle(shuffled)

    one, other = rolled(*forms), rolled(*shuffled)

    assert result_form(one) == result_form(other)
    assert one.total == other.total
    assert one.differences == other.differences


@settings(max_examples=20)
@given(units)
def test_totals_add_up_and_scores_stay_within_their_weights(values):
    one = rolled(*forms_of(values))
    length = line(one, "养护里程")

    assert length.target.value.lo == sum(value[1] for value in values)
    assert length.actual.value.lo == sum(value[2] for value in values)
    share = min(Exact(1), length.actual.value.lo / length.target.value.lo)
    score = Exact(rounded(20 * share, 2))
    assert length.score.value == Interval(score, score)
    scores = [row_.score.value for row_ in one.rows]
    if all(score.lo == score.hi for score in scores):
        budget = one.funds[0].score.value.lo
        assert one.total.value.lo == sum(score.lo for score in scores) + budget
    for row_ in one.rows:
        assert 0 <= row_.score.value.lo <= row_.score.value.hi <= row_.weight.value.hi
    assert one.total.value.hi <= 100
    assert one.funds[0].budget.value.lo == sum(value[0] for value in values)


@settings(max_examples=20)
@given(units)
def test_the_score_of_rates_lies_between_those_of_the_units(values):
    one = line(rolled(*forms_of(values)), "覆盖率")
    own = [min(Exact(1), Exact(value[4], value[3])) for value in values]

    assert 20 * min(own) - HALF <= one.score.value.lo
    assert one.score.value.hi <= 20 * max(own) + HALF


@settings(max_examples=20)
@given(units.filter(lambda values: len(values) > 1), st.integers(1, 900))
def test_what_missing_funds_leave_open_holds_the_truth(values, funds):
    """Whatever the funds of a unit were that states none, the true score lies in the range given."""
    first, *others = values
    unknown, known = (
        forms_of([(None, *first[1:]), *others]),
        forms_of([(funds, *first[1:]), *others]),
    )

    opened, true = rolled(*unknown), rolled(*known)

    for wide, narrow in zip(opened.rows, true.rows, strict=True):
        assert wide.score.value.lo - HALF <= narrow.score.value.lo
        assert narrow.score.value.hi <= wide.score.value.hi + HALF
    assert opened.total.value.lo - 4 * HALF <= true.total.value.lo
    assert true.total.value.hi <= opened.total.value.hi + 4 * HALF


@settings(max_examples=15)
@given(units.map(lambda values: values[:1]))
def test_one_unit_rolled_up_is_itself(values):
    (form,) = forms_of(values)
    one = rolled(form)
    (member,) = one.members

    for before, after in zip(form.indicators, one.rows, strict=True):
        assert (after.target.text, after.actual.text) == (before.target.text, before.actual.text)
    scores = {score.of: score for score in recompute(member.facts)}
    for before, after in zip(member.facts.rows, one.rows, strict=True):
        assert after.score.value.lo == scores[f"indicator:{before.indicator.row}"].recomputed
    assert one.total.value.lo == one.total.value.hi == scores["total"].recomputed
    assert codes(one) in ([], ["overclaimed"])


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 20)), min_size=1, max_size=4))
def test_unstated_weights_leave_the_goal_as_open_as_an_audit_does(values):
    """Rows without weights: with one unit the roll-up knows just what an audit knows."""
    forms = [
        department(f"第{index}局", G(40, 20 + score, (("养护里程", "≥100", f"{actual}", 20), ("覆盖率", "≥90%", "95%", score)), "公路"))
        for index, (actual, score) in enumerate(values)
    ]  # fmt: skip
    one = rolled(*forms)
    goal = next(goal for goal in one.goals if goal.name == "公路")

    assert 0 <= goal.score.value.lo <= goal.score.value.hi <= 40
    if len(values) == 1:
        (member,) = one.members
        scores = {score.of: score for score in recompute(member.facts)}
        assert goal.score.value.lo == scores["goal:1"].recomputed


def test_a_goal_gives_left_over_points_to_the_worst_and_the_best_row():
    half = Exact(1, 2)
    rows = [
        constant(Interval(Exact(2), Exact(5)), Interval(Exact(2), Exact(2))),
        constant(Interval(Exact(3), Exact(6)), Interval(Exact(1), Exact(1)))._replace(share=Interval(half, half)),
    ]  # fmt: skip

    # Seven points: two are left over; they add nothing in the first row, one in the second.
    assert goal_score(rows, Interval(Exact(7), Exact(7))) == (Interval(Exact(3), Exact(4)), True)
    assert goal_score(rows, Interval(Exact(20), Exact(20)))[1] is False


def test_decimals_stay_exact():
    one = rolled(
        unit("甲站", row("投资", "≥0.1公里", "0.1公里", 20, 20)),
        unit("乙站", row("投资", "≥0.2公里", "0.2公里", 20, 20)),
    )

    assert line(one, "投资").target.text == "≥0.3公里"
    assert line(one, "投资").target.value.lo == Exact(Decimal("0.3"))


def test_nothing_rolls_up_to_nothing():
    assert rollups([]) == ([], [])
