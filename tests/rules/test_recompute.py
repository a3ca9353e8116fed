"""The recomputed score: rows make goals, goals make the total, in every output the same number."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfxl
from perfxl import texts
from perfxl.exact import Fraction, rounded
from perfxl.forms import read
from perfxl.forms.model import SELF
from perfxl.forms.words import vocabulary
from perfxl.grid.load import load
from perfxl.rollups.roll import rollups
from perfxl.rules.audit import audit
from perfxl.rules.findings import Severity, Verdict
from tests.conftest import ROOT
from tests.damage.damage import KINDS
from tests.damage.sheet import sample
from tests.damage.test_matrix import MATRIX
from tests.forms.builder import FIRST, G, P, forms, hubei, ministry, row

SAMPLES = sorted(
    path for path in (ROOT / "samples").iterdir() if path.suffix not in (".json", ".py", ".md", ".doc")
)  # fmt: skip
LEAVES = ("indicator", "budget")


def exact(text) -> Fraction:
    return Fraction(Decimal(str(text)))


def scores(case):
    return {score.of: score for score in case.audit.scores}


def check(audited) -> None:
    """What holds for the scores of any form."""
    found = {score.of: score for score in audited.scores}
    counted = {one.of for one in audited.facts.counted}
    parts = [score for of, score in found.items() if of in counted]
    for block in audited.facts.blocks:
        rows = [found[f"indicator:{row.indicator.row}"] for row in block.rows]
        if block.goal is None:
            parts += rows
            continue
        goal = found[f"goal:{block.goal.goal}"]
        parts.append(goal)
        if rows and all(row.recomputed is not None for row in rows):
            assert goal.recomputed == sum(row.recomputed for row in rows)
    total = found["total"]
    if parts and all(part.recomputed is not None for part in parts):
        summed = sum(part.recomputed for part in parts)
        unlisted = any(f.message == "unlisted" for f in audited.findings)
        assert total.recomputed == min(summed, 100) or unlisted
    reported = {
        (one.row, one.col) for finding in audited.findings for one in (finding, *finding.causes)
        if finding.severity is not Severity.NOTE
    } | {(score.place.row, score.place.col) for score in found.values()
         if any(f.line == score.place.row and f.severity is not Severity.NOTE for f in audited.findings)}  # fmt: skip
    for score in found.values():
        if score.recomputed is not None and score.kind in LEAVES:
            assert score.recomputed == exact(rounded(score.recomputed, 2))
        if score.verdict is Verdict.FAILS:
            assert score.difference is not None
            assert rounded(score.difference, 2) != 0
            assert (score.place.row, score.place.col) in reported, score
    assert audited.proven == sum(
        score.difference for of, score in found.items()
        if score.kind in LEAVES and score.verdict is Verdict.FAILS and score.difference > 0
        and not (score.kind == "budget" and of not in counted)
    )  # fmt: skip


# ---------------------------------------------------------------- by hand
def test_a_row_is_its_claim_moved_into_its_interval():
    case = ministry(row("养护里程", "≥105公里", "90公里", 20, 20, "多雨停工。"))

    score = scores(case)[f"indicator:{FIRST}"]
    # 20 × 90 ÷ 105 = 17.142857…
    assert (score.recomputed, score.difference) == (exact("17.14"), exact("2.86"))
    assert scores(case)["total"].recomputed == exact("92.14")
    assert scores(case)["total"].difference == exact("2.86")


def test_a_claim_within_a_tier_stands():
    case = ministry(row("群众出行", "有所提升", "有所提升", 20, "17.5", "稍有差距。"), total=92.5)

    assert scores(case)[f"indicator:{FIRST}"].recomputed == exact("17.5")
    assert scores(case)["total"].difference == 0


def test_a_goal_is_the_sum_of_its_rows_and_not_its_claim_moved():
    rows = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 3))
    case = hubei(G(8, 5, rows))

    # The rows make 7; that the goal says 5 is one error, that a point is missing another question.
    assert scores(case)["goal:1"].recomputed == 7
    assert scores(case)["total"].recomputed == 19 + 7 + 72


def test_a_stated_total_that_is_not_the_sum_is_off_by_the_difference():
    case = ministry(row("养护里程", "≥100公里", "100公里", 20, 20), total="95.15",
                    budget=(None, 200, 105.6, 10, "52.8%", 5.28))  # fmt: skip

    total = scores(case)["total"]
    assert (total.recomputed, total.difference) == (exact("95.28"), exact("-0.13"))
    assert ("error", f"H{FIRST + 3}") in case.of("total-sum")


def test_a_total_is_never_above_the_full_marks():
    case = ministry(row("养护里程", "≥100公里", "100公里", 100, 100), fill=False, total=108,
                    budget=(None, 100, 80, 10, P("0.8"), 8))  # fmt: skip

    total = scores(case)["total"]
    assert (total.recomputed, total.difference, total.verdict) == (100, 8, Verdict.FAILS)
    # Rows of 100 beside 10 of execution, stated as 100: the weights have one reading.
    assert case.of("weight-sum") == [("error", f"G{FIRST + 1}")]


@pytest.mark.parametrize(
    ("weights", "label", "fails"),
    [
        (("3.33", "3.33", "3.33"), 10, False),
        (("2.67", "2.67", "2.67"), 8, False),
        (("3.33", "3.33", "3.34"), 10, False),
        (("3.3", "3.3", "3.3"), 10, False),
        (("16.67", "16.67", "16.67"), 50, False),
        ((10 / 3, 10 / 3, 10 / 3), 10, False),
        (("3.32", "3.32", "3.32"), 10, True),
        (("3.5", "3.5", "3.5"), 10, True),
        (("3.33", "3.33", "3.33"), "9.9", True),
    ],
)
def test_equal_shares_are_official_practice(weights, label, fails):
    rows = [row(f"里程{n}", "≥100公里", "100公里", w, w) for n, w in enumerate(weights)]
    case = ministry(*rows, weight_of_levels={"产出指标": f"产出指标（{label}分）"})

    cells = [cell for _, cell in case.of("weight-sum")]
    assert (f"B{FIRST}" in cells) is fails


def test_equal_shares_of_a_goal_without_weights():
    rows = tuple((f"完成率{n}", "100%", "100%", "2.67") for n in "甲乙丙")

    assert hubei(G(8, 8, rows)).faults == []
    assert hubei(G(8, "8.01", rows)).of("score-range") != []


def test_rows_that_rounding_takes_above_their_goal_are_settled():
    rows = tuple((f"完成率{n}", "100%", "100%", 20 / 3) for n in "甲乙丙")
    case = hubei(G(20, 20, rows))

    found = [scores(case)[f"indicator:{9 + n}"].recomputed for n in range(3)]
    assert sorted(map(str, found)) == ["333/50", "667/100", "667/100"]
    assert scores(case)["goal:1"].recomputed == 20
    assert case.faults == []


def test_noise_of_floating_point_is_no_point_too_many():
    case = ministry(row("养护里程", "≥100公里", "100公里", 20, 20.0000000000001))

    assert case.faults == []


def test_a_missed_date_admits_anything_but_the_whole():
    case = ministry(row("完工时间", "2023年10月底前", "2023年12月", 10, 10, "多雨停工。"))

    score = scores(case)[f"indicator:{FIRST}"]
    assert (score.verdict, score.recomputed) == (Verdict.FAILS, exact("9.99"))


def test_claims_above_the_points_of_a_goal_leave_its_rows_open():
    rows = (("项目数", "3项", "3项", 5), ("完成率", "100%", "100%", 5))
    case = hubei(G(8, 8, rows))

    # One of the two is above its weight; which, the form does not show.
    assert [scores(case)[f"indicator:{line}"].recomputed for line in (9, 10)] == [None, None]
    assert scores(case)["goal:1"].recomputed == 8
    check(case.audit)


def test_a_wrong_total_says_too_much_or_too_little():
    much = ministry(row("养护里程", "≥100公里", "100公里", 20, 20), total=96)
    little = ministry(row("养护里程", "≥100公里", "100公里", 20, 20), total=94)
    chinese = texts.of("zh")

    assert "多计 1" in chinese.finding(much.finding("total-sum"))
    assert "少计 1" in chinese.finding(little.finding("total-sum"))


def test_a_total_that_was_worked_out_from_the_rows_is_no_second_fault():
    rows = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))
    case = hubei(G(8, 6, rows), total=19 + 8 + 72)

    assert case.faults == [("error", "goal-sum", "G7")]


# ---------------------------------------------------------------- of every form
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_scores_of_a_sample_add_up(path):
    for result in perfxl.audit(path):
        for audited in result.audits:
            check(audited)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_one_form_rolled_up_is_that_form(path):
    for result in perfxl.audit(path):
        for audited in result.audits:
            if audited.form.nature != SELF:
                # What is no self-evaluation claims nothing, and is part of no roll-up.
                assert rollups([audited.form])[0] == []
                continue
            (one,), _ = rollups([audited.form])
            total = audited.total
            if total.recomputed is not None:
                assert one.total.value.point == total.recomputed
            found = {score.of: score.recomputed for score in audited.scores}
            # A row that breaks another one down (其中…) is scored with it, and rolled up with it.
            scored = [row.indicator for row in audited.facts.rows if row.whole is None]
            for before, after in zip(scored, one.rows, strict=True):
                assert after.level3 == before.name
                known = found[f"indicator:{before.row}"]
                assert known is None or after.score.value.point == known


@pytest.mark.parametrize(("name", "damage"), MATRIX[:: max(1, len(MATRIX) // 80)])
def test_the_scores_of_a_damaged_form_add_up(name, damage):
    case = sample(name)
    KINDS[damage].harm(case)
    for form in read.forms(load(case.book(), "表.xlsx").grids, "表.xlsx", vocabulary.load()):
        check(audit(form))


values = st.tuples(st.integers(1, 300), st.integers(0, 330), st.integers(0, 2400))


@settings(max_examples=60)
@given(st.lists(values, min_size=1, max_size=6), st.integers(0, 10000), st.integers(0, 400))
def test_the_scores_of_any_project_form_add_up(rows, total, spent):
    lines = [
        row(f"里程{n}", f"≥{target}公里", f"{actual}公里", 10, score / 100, "多雨停工。")
        for n, (target, actual, score) in enumerate(rows)
    ]
    case = ministry(*lines, total=total / 100, budget=(None, 200, spent, 10, None, 5))

    check(case.audit)


@settings(max_examples=60)
@given(
    st.lists(values, min_size=1, max_size=6),
    st.integers(1, 80),
    st.integers(0, 9000),
    st.integers(0, 10000),
)
def test_the_scores_of_any_department_form_add_up(rows, points, goal, total):
    lines = tuple(
        (f"里程{n}", f"≥{target}公里", f"{actual}公里", score / 100)
        for n, (target, actual, score) in enumerate(rows)
    )
    case = hubei(G(points, goal / 100, lines), total=total / 100)

    check(case.audit)
    assert forms(case.lines)


@pytest.mark.parametrize(
    ("weights", "kept"),
    [
        # Rounding alone takes a section of 10 above its points: the hundredth goes where rounding raised most.
        (("3.999", "3.496", "2.505"), ("4", "3.5", "2.5")), (("5.005", "4.995"), ("5", "5")), (("2.505", "3.496", "3.999"), ("2.5", "3.5", "4")),
        # Points that were too many before they were rounded stay too many.
        (("5.02", "5"), ("5.02", "5")), (("3.33", "3.33", "3.34"), ("3.33", "3.33", "3.34")), (("3.334", "3.333", "3.333"), ("3.33", "3.33", "3.33")),
        (("1.115", "1.115", "1.115", "6.655"), ("1.11", "1.11", "1.12", "6.66")),
    ],
)  # fmt: skip
def test_rounded_rows_never_make_more_than_their_section(weights, kept):
    rows = [row(f"第{index}段里程", "9公里", "9公里", Decimal(worth), Decimal(worth)) for index, worth in enumerate(weights, 1)]  # fmt: skip
    case = ministry(*rows, weight_of_levels={"产出指标": "产出指标（10分）"})
    found = scores(case)

    recomputed = [found[f"indicator:{FIRST + index}"].recomputed for index in range(len(rows))]
    assert recomputed == [exact(one) for one in kept]
    for index, one in enumerate(weights):
        score = found[f"indicator:{FIRST + index}"]
        assert score.difference == exact(one) - score.recomputed
