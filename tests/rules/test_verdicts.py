"""One cause is one finding, and no rule is silent about a form."""

import pytest

import perfxl
from perfxl.rules import registry
from perfxl.rules.findings import Verdict
from tests.forms.builder import (
    FIRST,
    G,
    P,
    hubei,
    ministry,
    row,
)

ERROR, WARNING, NOTE = "error", "warning", "note"
GOOD = row("养护里程", "≥100公里", "100公里", 20, 20)
SCORE, ACTUAL = f"H{FIRST}", f"F{FIRST}"
TWO = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))


@pytest.mark.parametrize(
    ("case", "fault", "follow"),
    [
        # an amount in 元 under a budget in 万元: neither rate nor score nor overspending on top
        (lambda: ministry(GOOD, budget=(None, 200, 1000000, 10, "50%", 5)), (ERROR, "money-units", "F5"),
         {"execution-rate", "execution-score"}),
        # a wrong row: its goal and the total only follow
        (lambda: ministry(row("养护里程", "≥100公里", "90公里", 20, 20, "多雨")), (ERROR, "indicator-score", SCORE),
         {"follows"}),
        # no actual: no ratio, no reason, no sum on top
        (lambda: ministry(row("养护里程", "≥100公里", None, 20, 20)), (ERROR, "missing-actual", ACTUAL),
         {"indicator-score", "follows"}),
        # points deducted without a reason are one question
        (lambda: ministry(row("养护里程", "≥100公里", "100公里", 20, 15)), (WARNING, "indicator-score", SCORE),
         {"missing-reason", "follows"}),
        # a row above its weight
        (lambda: ministry(row("养护里程", "≥100公里", "100公里", 20, 22)), (ERROR, "score-range", SCORE),
         {"follows"}),
        # units that cannot be compared
        (lambda: ministry(row("养护里程", "≥100公里", "100小时", 20, 20)), (WARNING, "units-differ", ACTUAL), set()),
        # a share above 100 % is not far above its target on top
        (lambda: ministry(row("养护合格率", "≥50%", "102%", 20, 20)), (ERROR, "impossible-rate", ACTUAL),
         {"far-above-target"}),
        # a goal's wrong sum, the total of what is claimed
        (lambda: hubei(G(8, 7, TWO)), (ERROR, "goal-sum", "G7"), None),
        # scores above the goal's points
        (lambda: hubei(G(7, 8, TWO)), (ERROR, "scores-exceed-points", "G7"), None),
        # a wrong rate and points that were worked out from it
        (lambda: ministry(GOOD, budget=(None, 200, 100, 10, "60%", 6)), (ERROR, "execution-rate", "H5"),
         {"execution-score", "follows"}),
        # a wrong grade of a wrong total
        (lambda: ministry(GOOD, total=85, grade="优"), (ERROR, "total-sum", f"H{FIRST + 3}"), None),
    ],
)  # fmt: skip
def test_one_cause_is_one_finding(case, fault, follow):
    case = case()

    assert case.faults == [fault]
    if follow is not None:
        (finding,) = [f for f in case.audit.findings if str(f.severity) != NOTE]
        assert {cause.rule for cause in finding.causes} == follow


def test_two_causes_are_two_findings():
    case = ministry(
        row("养护里程", "≥100公里", "90公里", 20, 20, "多雨"),
        row("养护桥梁", "≥10座", "9座", 20, 20, "多雨"),
    )

    assert case.faults == [
        (ERROR, "indicator-score", f"H{FIRST}"),
        (ERROR, "indicator-score", f"H{FIRST + 1}"),
    ]


def test_errors_come_first_then_warnings_then_notes():
    case = hubei(
        G(8, 7, (("项目数", "3项", "3项", 3), TWO[1])),
        G(8, 7, TWO),
    )
    order = [str(f.severity) for f in case.audit.findings]

    assert order == sorted(order, key=[ERROR, WARNING, NOTE].index)


# ---------------------------------------------------------------- silence is never a pass
def test_every_rule_gives_a_verdict_on_every_form(sample):
    for found in perfxl.audit(sample)[0].audits:
        judged = {code for code, _ in found.verdicts}

        assert {rule.code for rule in registry.RULES} - judged == set()


@pytest.mark.parametrize(
    "rule",
    ["indicator-score", "missing-actual", "missing-target", "missing-reason", "far-above-target", "units-differ",
     "for-a-person", "impossible-rate", "repeated-indicator", "coefficient", "target-below-goal"],
)  # fmt: skip
def test_a_rule_about_rows_gives_every_row_a_verdict(rule):
    case = ministry(
        GOOD,
        row("群众出行", "有所提升", "群众反映良好", 10, 9),
        row("养护天数", None, "300天", 5, 5),
        row("完工时间", "2023年10月底前", "2023年12月", 5, 5, "多雨"),
        row("养护合格率", "≥90%", None, 5, 5),
    )

    assert sum(case.counts(rule).values()) == len(case.form.indicators)


def test_every_score_stands_beside_its_interval():
    case = hubei(G(8, 8, TWO))

    assert [score.of for score in case.audit.scores] == [
        "budget", "goal:1", "indicator:9", "indicator:10", "goal:2", "indicator:13", "total",
    ]  # fmt: skip
    assert all(score.verdict is Verdict.HOLDS for score in case.audit.scores)


@pytest.mark.parametrize(
    ("options", "value"),
    [({"total": None}, 94), ({"budget": (None, 200, 100, 10, P("0.5"), None), "total": 95}, 95)],
)
def test_a_blank_score_is_recomputed_where_it_is_determined(options, value):
    case = ministry(
        row("养护里程", "≥100公里", "90公里", 20, None, "多雨"), **{"total": value, **options}
    )
    score = next(s for s in case.audit.scores if s.place.cell == SCORE)

    assert (score.claimed, score.recomputed) == (None, 18)
