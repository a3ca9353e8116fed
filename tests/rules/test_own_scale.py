"""A row with a scoring standard of its own is not measured by a rule that the form does not follow."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, Case, forms, ministry_lines, row


def form_with(standard, score, reason="部分企业退出"):
    """A ministry form with a column 评分标准 before the score; its first row missed the target by a tenth."""
    lines = ministry_lines(row("参展企业", "≥80家", "72家", 20, score, reason), total=0)
    wide = []
    for line in lines:
        if line[1] == "一级指标":
            wide.append((*line[:7], "评分标准", *line[7:]))
        elif line[3] == "参展企业":
            wide.append((*line[:7], standard, *line[7:]))
        elif line[0] == "总分":
            wide.append((*line[:6], LEFT, *line[6:7], *line[7:]))
        else:
            wide.append((*line[:7], None, *line[7:]))
    (form,) = forms(wide)
    assert form.indicators[0].score.value == score
    return Case(wide, audit(form))


@pytest.mark.parametrize(
    "standard", ["每少1家扣1分，扣完为止", "未完成不得分", "完成得满分，否则不得分"]
)
@pytest.mark.parametrize("score", [0, 12, 19])
def test_a_scale_of_the_forms_own_is_left_to_a_person(standard, score):
    case = form_with(standard, score)

    assert case.of("indicator-score") == []


@pytest.mark.parametrize("standard", ["每少1家扣1分，扣完为止", "未完成不得分"])
def test_whatever_the_scale_a_missed_target_does_not_earn_all_points(standard):
    case = form_with(standard, 20, reason=None)

    assert [severity for severity, _ in case.of("indicator-score")] == ["error"]
    assert len(case.of("missing-reason")) == 1


def test_a_scale_may_give_all_points_to_a_part_of_the_target():
    assert form_with("90%以上得满分，60%-90%得10分", 20).of("indicator-score") == []


@pytest.mark.parametrize(
    "standard", ["按比例得分", "完成得满分，未完成按完成比例扣分", "完成率×20分"]
)
@pytest.mark.parametrize(("score", "found"), [(18, []), (20, ["error"]), (12, ["warning"])])
def test_a_standard_in_proportion_is_the_rule_itself(standard, score, found):
    case = form_with(standard, score)

    assert [severity for severity, _ in case.of("indicator-score")] == found


@pytest.mark.parametrize(("score", "found"), [(0, []), (18, []), (20, ["error"])])
def test_a_cut_off_gives_the_proportion_or_nothing(score, found):
    case = form_with("按比例得分，低于60%不得分", score)

    assert [severity for severity, _ in case.of("indicator-score")] == found
