"""What is said of a row follows the policy that it was judged by."""

import dataclasses
from dataclasses import replace

import pytest

from perfxl import texts
from perfxl.books import result_sheet
from perfxl.exact import Fraction
from perfxl.forms import read
from perfxl.forms.model import Field
from perfxl.forms.words import vocabulary
from perfxl.rollups.roll import rollups
from perfxl.rules.audit import audit
from perfxl.rules.checks.scores import reasoning
from perfxl.rules.engine import money
from perfxl.rules.policies import policy
from tests.forms.builder import forms, grid, ministry_lines

ODD = dataclasses.replace(
    policy.load()["ministry"],
    tiers={
        "reached": (Fraction(9, 10), Fraction(1)), "partly": (Fraction(7, 10), Fraction(9, 10)),
        "missed": (Fraction(0), Fraction(7, 10)),
    },
    satisfaction_points=Fraction(15),
)  # fmt: skip


def of(actual, weight=20, score=20, target="有所提升"):
    rows = (("产出指标", "质量指标", "工作质量", target, actual, weight, score, ""),)
    (form,) = forms(ministry_lines(*rows))
    return form


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("actual", "why", "numbers", "others"),
    [
        ("有所提升", "repeated", ("90%", "100%"), ("80%",)),
        ("达成预期指标", "tier-reached", ("90%", "100%"), ("80%",)),
        ("部分达成", "tier-partly", ("70%", "90%"), ("60%", "80%")),
        ("未达成", "tier-missed", ("70%",), ("60%",)),
    ],
)
def test_the_tiers_in_a_sentence_are_the_policy_s(language, actual, why, numbers, others):
    done = audit(of(actual), ODD)
    row = next(row for row in done.facts.rows if row.indicator.name == "工作质量")

    said = texts.of(language).arithmetic(reasoning(row), *row.admissible)

    assert row.ratio.why == why
    assert all(one in said for one in numbers)
    assert not any(one in said for one in others)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_row_without_a_known_weight_has_its_tiers_too(language):
    # No weight is stated and none can be bounded: the share is known all the same.
    done = audit(of("部分达成", weight="", score=""), ODD)
    row = next(row for row in done.facts.rows if row.indicator.name == "工作质量")

    said = texts.of(language).arithmetic(reasoning(row), None, None)

    assert ("70%" in said, "90%" in said) == (True, True)


@pytest.mark.parametrize(("points", "said"), [(Fraction(15), "15 分"), (None, "请确认")])
def test_the_points_of_satisfaction_are_the_policy_s(points, said):
    (form,) = forms(ministry_lines(satisfaction=False))
    one = dataclasses.replace(ODD, satisfaction_points=points)

    found = [f for f in audit(form, one).findings if f.rule == "satisfaction"]

    assert [said in texts.of("zh").finding(f) for f in found] == [True]
    assert "10 分" not in texts.of("zh").finding(found[0])
    assert "None" not in texts.of("en").finding(found[0])


def test_the_result_tells_of_printed_tiers_and_of_years():
    note = "定性指标：100-80%、80-50%、50-0%"
    form = replace(
        of("部分达成"), notes=(Field(note, note, 40, 1),), year=Field(2018, "2018", 1, 1)
    )
    done = audit(form)

    for language in ("zh", "en"):
        said = result_sheet._why(done, texts.of(language))
        assert note in said
        assert "2018" in said
        assert "2020" in said


# ---------------------------------------------------------------- the user's own units of money
@pytest.fixture
def words(tmp_path):
    path = tmp_path / "词汇.toml"
    path.write_text('[money]\n"十万元" = 100000\n"兆元" = 1000000000000\n', "utf-8")
    return vocabulary.load(path)


def budget_of(amount, unit, words):
    """A form that states its budget in a unit, read with the user's words."""
    lines = ministry_lines(
        budget=(None, amount, amount, 10, "100%", 10), side=f"预算执行情况（{unit}）"
    )
    (form,) = read.forms([grid(lines)], "表.xlsx", words)
    return form


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ((20, "十万元"), (200, "万元"), True),
        ((200, "万元"), (20, "十万元"), True),
        ((20, "十万元"), (210, "万元"), False),
        ((20, "十万元"), (20, "万元"), False),
        ((2, "兆元"), (20000, "亿元"), True),
        ((20, "十万元"), (20, "十万元"), True),
    ],
)
def test_amounts_are_compared_in_the_user_s_own_units(words, mine, theirs, same):
    one, other = budget_of(*mine, words), budget_of(*theirs, words)

    assert one.money_unit.value == mine[1]
    assert money.same(one.funds[0].budget, other.funds[0].budget, one, other) is same
    finding, *_ = [
        *(f.message for f in audit(one, approved=[other]).findings if f.rule == "approved-budget"),
        None,
    ]
    assert (finding is None) is same


def test_a_unit_that_nobody_knows_proves_nothing(words):
    one, other = budget_of(20, "万元", words), budget_of(333, "万元", words)
    strange = replace(one, money_unit=Field("贯", "贯", 4, 1))

    assert money.same(strange.funds[0].budget, other.funds[0].budget, strange, other) is None


def test_a_roll_up_adds_amounts_in_the_user_s_own_units(words):
    one, other = (
        replace(budget_of(*stated, words), unit=Field(name, name, 2, 2))
        for name, stated in (("甲局", (20, "十万元")), ("乙局", (300, "万元")))
    )

    ((rolled,), _) = rollups([one, other])

    # 20 × 100,000 + 300 × 10,000 = 5,000,000: 50 of the larger unit.
    assert rolled.money_unit == "十万元"
    (total,) = [fund.budget.value for fund in rolled.funds][:1]
    assert total.lo == total.hi == 50
