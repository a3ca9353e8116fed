"""What was spent: explained where the rules ask for it, the same in the funds and the indicators."""

from dataclasses import replace

import pytest

from perfxl import texts
from perfxl.exact import Fraction
from perfxl.rules.policies import policy
from perfxl.rules.policies.policy import Choice
from tests.forms.builder import (
    LEFT,
    UP,
    Case,
    P,
    audit,
    forms,
    hubei,
    ministry,
    ministry_lines,
    row,
)

ERROR, WARNING = "error", "warning"
MINISTRY = policy.load()["ministry"]
BLOCK = "偏差原因分析"
STEPS = tuple((Fraction(n, 100), Fraction(m, 10)) for n, m in ((95, 10), (90, 8), (60, 5), (0, 0)))


@pytest.fixture
def under(monkeypatch):
    """Audit everything under the Ministry's policy with some parameters changed."""

    def change(**parameters):
        chosen = Choice(replace(MINISTRY, **parameters), "named")
        monkeypatch.setattr(policy, "choose", lambda *_: chosen)

    return change


# ---------------------------------------------------------------- steps, zeros, rates above one
@pytest.mark.parametrize(
    ("executed", "score", "found"),
    [
        (95, 10, []),
        (94, 8, []),
        (94, "9.4", [(ERROR, "I5")]),
        (90, 8, []),
        (89, 5, []),
        (60, 5, []),
        (60, 6, [(ERROR, "I5")]),
        (59, 0, []),
        (59, 1, [(ERROR, "I5")]),
        (100, 8, [(WARNING, "I5")]),
        (120, 10, []),
    ],
)
def test_execution_may_be_scored_by_steps_of_the_rate(under, executed, score, found):
    under(execution_steps=STEPS)
    case = ministry(budget=(None, 100, executed, 10, f"{executed}%", score))

    assert case.of("execution-score") == found


def test_a_finding_by_steps_says_so(under):
    under(execution_steps=STEPS)
    case = ministry(budget=(None, 100, 94, 10, "94%", "9.4"))

    sentence = texts.load_texts("zh").finding(case.finding("execution-score"))
    assert "10×80%" in sentence
    assert "94.00%" in sentence


@pytest.mark.parametrize(
    ("zero_rate", "score", "found"),
    [(None, 10, []), (None, 0, []), (Fraction(1), 10, []), (Fraction(1), 0, [(WARNING, "I5")]),
     (Fraction(0), 10, [(ERROR, "I5")])],
)  # fmt: skip
def test_nothing_spent_of_no_budget_is_what_the_policy_says(under, zero_rate, score, found):
    under(zero_rate=zero_rate)
    case = ministry(budget=(0, 0, 0, 10, None, score))

    assert [each for each in case.of("execution-score") if each[0] != "note"] == found


def test_a_total_left_at_zero_over_rows_with_money_is_one_finding_and_no_rate(under):
    under(zero_rate=Fraction(1))
    case = ministry(
        budget=(0, 0, 0, 10, None, 9.5),
        parts=[("其中：当年财政拨款", 200, 200, 190), ("其他资金", 20, 20, 19)],
    )

    assert case.faults == [(ERROR, "funds-parts", "E5")]
    assert case.finding("funds-parts").lo == 220


def test_a_total_of_zeros_beside_a_stated_rate_and_no_budget_but_the_initial_is_one_finding():
    """Where 年初预算数 is the only budget, as in Beijing, the zeros under it are the total's."""
    lines = ministry_lines(
        budget=(0, None, 0, 10, "0%", 9.5), parts=[("其中：当年财政拨款", 200, None, 190)]
    )
    lines[3] = (
        "资金（万元）",
        None,
        None,
        "年初预算数",
        "备用",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    )
    (form,) = forms(lines)
    case = Case(lines, audit(form))

    assert [rule for _, rule, _ in case.faults] == ["funds-parts"]


@pytest.mark.parametrize(
    ("admitted", "rate", "found"),
    [(False, "120%", []), (False, "100%", []), (True, "120%", []), (True, "100%", [(ERROR, "H5")]),
     (False, "110%", [(ERROR, "H5")])],
)  # fmt: skip
def test_a_rate_above_one_is_written_as_it_is_or_capped(under, admitted, rate, found):
    under(rate_above_one=admitted)
    case = ministry(budget=(None, 100, 120, 10, rate, 10))

    assert case.of("execution-rate") == found


def test_money_spent_of_no_budget_has_no_rate(under):
    under(zero_rate=Fraction(1))
    case = ministry(budget=(0, 0, 5, 10, None, 10))

    assert [each.message for each in case.audit.findings if each.rule == "execution-score"] == [
        "no-rate"
    ]


@pytest.mark.parametrize(
    ("budget", "executed", "found"),
    [
        (100, 249999, []),
        (100, 250000, [(ERROR, "F5")]),
        (100, 1500000, [(ERROR, "F5")]),
        (100, 1500001, []),
        (1000000, 24, []),
        (1000000, 25, [(ERROR, "F5")]),
        (1000000, 150, [(ERROR, "F5")]),
        (1000000, 151, []),
    ],
)
def test_amounts_ten_thousand_times_apart_stand_in_two_units(budget, executed, found):
    case = ministry(budget=(None, budget, executed, 10, None, 5))

    assert case.of("money-units") == found
    if found:
        assert case.audit.facts.executions[0].interval == (0, 10)


@pytest.mark.parametrize(
    ("policy_name", "executed", "block", "found"),
    [
        ("sichuan", 89, "无", ["silent"]),
        ("sichuan", 89, "预算执行率低，因采购结余", []),
        ("sichuan", 90, "无", []),
        ("ministry", 89, "无", []),
    ],
)
def test_the_built_in_policies_ask_as_their_forms_do(policy_name, executed, block, found):
    case = ministry(
        budget=(None, 100, executed, 10, f"{executed}%", executed / 10), reasons=[(BLOCK, block)],
        policy=policy_name,
    )  # fmt: skip

    assert [f.message for f in case.audit.findings if f.rule == "execution-reason"] == found


# ---------------------------------------------------------------- a reason for little execution
def sichuan(rate, reason, *reasons):
    """A form with a column of reasons beside its funds."""
    lines = ministry_lines(budget=(None, 100, rate, 10, f"{rate}%", rate / 10), reasons=reasons)
    lines[3] = (
        "预算执行情况（万元）",
        None,
        None,
        "调整后预算数",
        "预算执行数",
        "权重",
        "预算执行率",
        "得分",
        "原因",
    )
    lines[4] = (UP, "总额", LEFT, 100, rate, 10, f"{rate}%", rate / 10, reason)
    (form,) = forms(lines)
    return Case(lines, audit(form))


TOLD = "因采购结余未支付"


@pytest.mark.parametrize(
    ("rate", "reason", "found"),
    [
        (90, None, []),
        (89, None, ["I5"]),
        (89, "无", ["I5"]),
        (89, TOLD, ["I5"]),
        (89, TOLD * 12 + "因采购", ["I5"]),
        (89, TOLD * 12 + "因采购结", []),
    ],
)
def test_a_rate_below_the_policys_asks_for_a_reason_of_some_length(under, rate, reason, found):
    under(reason_rate=Fraction(9, 10), reason_length=100)
    case = sichuan(rate, reason)

    assert [cell for _, cell in case.of("execution-reason")] == found


def test_a_block_of_reasons_on_the_budget_is_that_reason(under):
    under(reason_rate=Fraction(9, 10), reason_length=5)
    silent = ministry(budget=(None, 100, 80, 10, "80%", 8), reasons=[(BLOCK, "无")])
    told = ministry(
        budget=(None, 100, 80, 10, "80%", 8), reasons=[(BLOCK, "预算执行率低，因采购结余")]
    )
    other = ministry(
        budget=(None, 100, 80, 10, "80%", 8), reasons=[(BLOCK, "群众满意度调查开展较晚")]
    )

    assert told.of("execution-reason") == []
    assert [severity for severity, _ in silent.of("execution-reason")] == [WARNING]
    assert [f.message for f in other.audit.findings if f.rule == "execution-reason"] == ["silent"]


def test_policies_that_are_silent_ask_for_no_reason():
    assert ministry(budget=(None, 100, 10, 10, "10%", 1)).of("execution-reason") == []


# ---------------------------------------------------------------- the indicator and the funds
@pytest.mark.parametrize(
    ("actual", "found"),
    [
        ("100%", [(ERROR, "F10")]),
        ("≥95%", [(ERROR, "F10")]),
        (P("1", "0%"), [(ERROR, "F10")]),
        ("90.1%", [(ERROR, "F10")]),
        ("90.06%", [(ERROR, "F10")]),
        ("85%", [(WARNING, "F10")]),
        ("90.04%", []),
        ("90.0%", []),
        ("90%", []),
        ("0.9004", []),
        ("90", []),
        ("≥90%", []),
        ("已完成", []),
    ],
)
@pytest.mark.parametrize("weight", [10, None])
def test_an_indicator_of_execution_says_what_the_funds_say(actual, found, weight):
    """180.08 of 200 are 90.04 %, whether or not the funds have points of their own."""
    score = None if weight is None else 9
    case = ministry(
        row("预算执行率", "≥80%", actual, 10, 10),
        budget=(None, 200, "180.08", weight, "90.04%", score),
    )

    assert case.of("execution-indicator") == found


@pytest.mark.parametrize(
    "name", ["养护工程预算执行率", "三公经费预算执行率", "资金支付率", "养护完成率"]
)
def test_an_indicator_of_another_rate_is_not_held_against_the_funds(name):
    case = ministry(row(name, "≥80%", "100%", 10, 10), budget=(None, 200, 180, 10, "90%", 9))

    assert case.faults == []


def test_an_indicator_may_state_the_rate_of_one_of_the_sources_or_of_the_initial_budget():
    parts = [("其中：当年财政拨款", 160, 160, 160), ("其他资金", 40, 40, 20)]
    source = ministry(
        row("预算执行率", "≥80%", "100%", 10, 10), budget=(200, 200, 180, 10, "90%", 9), parts=parts
    )
    initial = ministry(
        row("预算执行率", "≥80%", "120%", 10, 10), budget=(150, 200, 180, 10, "90%", 9)
    )
    rest = [("其中：当年财政拨款", 160, 160, 140), ("其他资金", 40, 40, 40)]
    other = ministry(
        row("预算执行率", "≥80%", "100%", 10, 10), budget=(200, 200, 180, 10, "90%", 9), parts=rest
    )

    assert [severity for severity, _ in other.of("execution-indicator")] == [ERROR]
    assert source.of("execution-indicator") == []
    assert initial.of("execution-indicator") == []


# ---------------------------------------------------------------- one cause, one finding
@pytest.mark.parametrize(
    "budget",
    [
        (None, 200, 200, 10, "100%", 12),
        (None, 200, 190, 10, "95%", 12),
        (None, 200, 200, 10, "100%", 15),
        (None, None, None, 10, None, 12),
        (None, 200, 200, 10, "100%", -1),
    ],
)
def test_a_score_of_execution_outside_its_points_is_one_finding(budget):
    case = ministry(budget=budget)

    assert [cell for _, _, cell in case.faults] == ["I5"]


@pytest.mark.parametrize(
    "case",
    [
        ministry(budget=(200, 200, 1900000, 10, "95%", 9.5)),
        ministry(budget=(200, 200, 1900000, 10, None, 9.5)),
        ministry(budget=(None, 200, 1900000, 10, "950000%", 10)),
        ministry(
            budget=(200, 200, 1900000, 10, "95%", 9.5),
            parts=[("其中：当年财政拨款", 200, 200, 1900000)],
        ),
        hubei(budget=(100, 950000, "95.0%", 19)),
    ],
)
def test_an_executed_amount_in_another_unit_is_one_finding(case):
    assert [rule for _, rule, _ in case.faults] == ["money-units"]


@pytest.mark.parametrize(
    ("executed", "found"), [("0.30000000000000004", []), ("0.3001", [(WARNING, "F5")])]
)
def test_the_noise_of_floats_is_no_overspending(executed, found):
    class Shown(P):
        text = "0.3"

    cell = Shown(executed) if not found else float(executed)
    assert ministry(budget=(None, 0.3, cell, None, None, None)).of("overspent") == found


@pytest.mark.parametrize(
    ("reason", "block", "found"),
    [
        (None, "无", ["silent"]),
        ("采购结余", "无", []),
        (None, "预算执行率低，因采购结余。", []),
        (None, "多雨。", []),
    ],
)
def test_an_indicator_of_execution_that_falls_short_has_its_reason(reason, block, found):
    """The row's own, or what the form says of its funds; a block of a single project is of all rows."""
    case = ministry(
        row("预算执行率", "≥95%", "90%", 10, 9, reason), budget=(None, 200, 180, None, "90%", None),
        reasons=[(BLOCK, block)],
    )  # fmt: skip

    assert [f.message for f in case.audit.findings if f.rule == "missing-reason"] == found


@pytest.mark.parametrize(
    "name",
    ["预算执行率（%）", "预算执行率100%", "1.预算执行率", "★预算执行率", "部门整体支出预算执行率", "部门预算执行率"],
)  # fmt: skip
@pytest.mark.parametrize("fund", [(100, 100), (None, None), (10, "9.26")])
def test_whatever_an_indicator_of_execution_is_called_it_is_held_against_the_funds(name, fund):
    """92.56 of 100 is not 100 %, whether the row of funds states the form's total, nothing or its own points."""
    weight, score = fund
    case = ministry(
        row(name, "100%", "100%", 10, 10), budget=(100, 100, "92.56", weight, "92.56%", score),
        fill=False, total=10 if fund != (100, 100) else 100,
    )  # fmt: skip

    assert (ERROR, "execution-indicator", "F10") in case.faults


@pytest.mark.parametrize(
    ("rate", "found"),
    [("0.01%", []), ("0.0103%", []), ("0.02%", ["execution-rate"]), ("102.56%", ["money-units"])],
)
def test_a_tiny_rate_is_right_as_it_is_written(rate, found):
    """100 of 975,000 are 0.010256 %."""
    case = ministry(budget=(None, 975000, 100, 10, rate, 0 if rate[0] == "0" else 10))

    assert [rule for _, rule, _ in case.faults] == found
