"""Rows and columns of tables as other provinces draw them: sums, deductions, half years, ticked grades."""

import io
import re
import zipfile

import pytest

from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.forms.words.vocabulary import load
from perfxl.jobs.work import document
from perfxl.rules.audit import audit
from tests.forms.builder import HEADS, LEFT, F, P, forms, ministry_lines, row, workbook

COVERAGE = row("养护里程", "≥100公里", "100公里", 50, 50)


def with_rows(*more, total="总分"):
    """A ministry form with further rows under its table, before the total."""
    lines = ministry_lines(COVERAGE)
    lines[-1] = (total, *lines[-1][1:])
    return [*lines[:-1], *more, lines[-1]]


@pytest.mark.parametrize("label", ["满意度小计", "满意度指标小计", "小计", "满意度指标合计"])
def test_a_subtotal_is_no_indicator_and_states_its_sections_points(label):
    lines = with_rows((None, label, LEFT, LEFT, LEFT, LEFT, 10, 10, None))
    last = next(line for line in lines if line[3] == "群众满意度")
    lines.remove(last)
    lines.insert(len(lines) - 2, (None, *last[1:]))
    (form,) = forms(lines)

    assert "小计" not in str([one.name for one in form.indicators])
    assert len(form.indicators) == 3
    assert form.goals[-1].score.value == form.goals[-1].weight.value == 10
    assert form.claimed_total.value == 95
    assert [f for f in audit(form).findings if f.severity != "note"] == []


def test_two_subtotals_of_one_section_are_not_taken_for_its_own():
    lines = ministry_lines(COVERAGE, row("验收合格率", "100%", "100%", 20, 20))
    at = next(index for index, line in enumerate(lines) if line[3] == "养护里程")
    (first, second), rest = lines[at : at + 2], lines[at + 2 :]
    second = (None, "产出指标", *second[2:])
    rest[0] = (None, *rest[0][1:])
    subtotal = (None, "产出指标", "数量小计", LEFT, LEFT, LEFT, 50, 50, None)
    other = (None, "产出指标", "质量小计", LEFT, LEFT, LEFT, 20, 20, None)
    (form,) = forms([*lines[:at], first, subtotal, second, other, *rest])

    assert form.goals[0].score.value is None
    assert len(form.indicators) == 4


@pytest.mark.parametrize("label", ["绩效指标得分合计", "指标合计得分"])
def test_a_sum_of_the_table_alone_is_no_section(label):
    (form,) = forms(with_rows((None, label, LEFT, LEFT, LEFT, LEFT, 90, 90, None)))

    assert form.goals[-1].score.value is None
    assert form.claimed_total.value == 95
    assert [f for f in audit(form).findings if f.severity == "error"] == []


def test_a_subtotal_that_names_another_section_is_not_taken_for_this_one():
    (form,) = forms(with_rows((None, "产出指标小计", LEFT, LEFT, LEFT, LEFT, 50, 50, None)))

    assert form.goals[-1].score.value is None


AMOUNTS = (
    "年初预算：500万元",
    "调整后预算：480万元",
    "实际支出：456万元",
    "执行率：95%",
    "得分：9.5分",
)


@pytest.mark.parametrize("apart", [True, False])
def test_amounts_behind_their_labels_are_funds(apart):
    lines = ministry_lines(COVERAGE)
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    line = (*AMOUNTS, *[None] * 4) if apart else ("；".join(AMOUNTS), *[LEFT] * 8)
    (form,) = forms([*lines[:at], line, *lines[at + 2 :]])
    (fund,) = form.funds

    assert (fund.initial.value, fund.budget.value, fund.executed.value) == (500, 480, 456)
    assert (fund.rate.text, fund.score.text) == ("95%", "9.5")
    assert form.unread == ()


def test_a_total_is_open_where_the_points_of_the_budget_were_not_found():
    lines = ministry_lines(COVERAGE)
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    (form,) = forms([*lines[:at], *lines[at + 2 :]])
    judged = audit(form)

    assert judged.facts.total.lo is None
    assert [f.rule for f in judged.findings if f.severity != "note"] == []


@pytest.mark.parametrize("label", ["绩效自评综合得分", "自评总得分", "项目绩效自评总分", "总 分"])
def test_the_total_is_found_by_its_words(label):
    (form,) = forms(with_rows(total=label))

    assert form.claimed_total.value == 95
    assert len(form.indicators) == 3


@pytest.mark.parametrize("text", ["整治村庄得分", "群众满意度得分", "总分公司数量", "合计里程"])
def test_an_indicator_is_no_sum(text):
    assert not load().is_sum(text)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("□优  ☑良  □中  □差", "良"),
        ("□优 □良 ■中 □差", "中"),
        ("优□ 良☑ 中□ 差□", "良"),
        ("优（√）  良（ ）  中（ ）", "优"),
        ("☑优（90分以上） □良（80-90分）", "优"),
    ],
)
def test_a_ticked_box_states_the_grade(text, grade):
    lines = [*ministry_lines(COVERAGE), ("自评等级", text, *[LEFT] * 7)]
    (form,) = forms(lines)

    assert form.claimed_grade.value == grade
    found = [f.rule for f in audit(form).findings if f.rule == "grade"]
    assert found == ([] if grade == "优" else ["grade"])


@pytest.mark.parametrize("text", ["□优 □良 □中 □差", "☑优 ☑良 □中 □差"])
def test_no_grade_is_guessed_where_not_one_box_is_ticked(text):
    (form,) = forms([*ministry_lines(COVERAGE), ("自评等级", text, *[LEFT] * 7)])

    assert form.claimed_grade.value is None


@pytest.mark.parametrize("label", ["1-6月完成值", "上半年完成情况", "9月底完成值"])
def test_the_years_value_counts_and_not_that_of_half_the_year(label):
    lines = [
        ("2023年度项目支出绩效自评表", *[LEFT] * 8),
        ("一级指标", "二级指标", "三级指标", "年度指标值", label, "全年完成值", "分值", "得分", "偏差原因"),
        ("产出指标", "质量指标", "保洁合格率", "≥95%", "80%", "96%", 100, 100, None),
    ]  # fmt: skip
    (form,) = forms(lines)

    assert form.indicators[0].actual.text == "96%"
    assert form.unread == ()

    lines = [tuple(cell for at, cell in enumerate(line) if at != 5) for line in lines]
    (form,) = forms(lines)

    assert form.indicators[0].actual.text == "80%"


def test_points_taken_off_are_not_the_reason_for_it():
    lines = [
        ("2023年度项目支出绩效自评表", *[LEFT] * 8),
        (*HEADS[:5], "标准分", "扣分", "得分", "扣分原因"),
        ("产出指标", "质量指标", "保洁合格率", "≥90%", "81%", 100, 10, 90, "人手不足"),
        ("总分", LEFT, LEFT, LEFT, LEFT, 100, 10, 90, None),
    ]
    (form,) = forms(lines)

    assert form.indicators[0].reason.text == "人手不足"
    assert form.unread == ()


@pytest.mark.parametrize("side", ["资金执行情况（万元）", "预算资金（万元）", "资金执行（万元）"])
def test_a_head_beside_the_funds_is_no_column_of_amounts(side):
    lines = ministry_lines(COVERAGE, side=side)
    at = next(index for index, line in enumerate(lines) if line[0] == side)
    lines[at] = (
        side,
        LEFT,
        "资金来源",
        "年初预算数",
        "调整后预算",
        "实际支出",
        "标准分",
        "执行率",
        "得分",
    )
    lines[at + 1] = (None, None, "资金总额", 200, 200, 100, 10, P("0.5"), 5)
    (form,) = forms(lines)
    (fund,) = form.funds

    assert (fund.budget.value, fund.executed.value, fund.weight.value) == (200, 100, 10)
    assert fund.name.value == "资金总额"


def test_a_line_of_the_head_below_funds_in_one_line_keeps_its_values():
    lines = [
        ("2023年度项目支出绩效自评表", *[LEFT] * 7),
        ("年初预算数：", 365, "调整预算数：", 360, "实际执行数：", 352.8, "预算执行率：", "98%"),
        ("自评分", 100, LEFT, LEFT, "绩效等级", "优秀", LEFT, LEFT),
        HEADS,
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", 100, 100, None),
    ]
    (form,) = forms(lines)

    assert (form.claimed_total.value, form.claimed_grade.value) == (100, "优秀")
    assert form.funds[0].executed.text == "352.8"


@pytest.mark.parametrize(("cached", "silent"), [(None, True), ("", False)])
def test_a_formula_without_a_result_is_no_empty_cell(tmp_path, cached, silent):
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 50, 50))
    at = next(index for index, line in enumerate(lines) if line[3] == "养护里程")
    lines[at] = (*lines[at][:5], F("=1*100", "占位"), 50, F("=G10", "占位"), None)
    data = workbook(lines)
    path = tmp_path / "表.xlsx"
    path.write_bytes(_results(data, cached))
    forms_ = read.forms(document(path, path.name).grids, path.name, vocabulary.load())
    found = audit(forms_[0]).findings

    accused = {f.rule for f in found if f.severity != "note"}
    assert ("missing-actual" in accused) is not silent
    assert ("uncomputed-formula" in {f.rule for f in found}) is silent


def _results(data: bytes, cached) -> bytes:
    """The workbook with other results stored for its formulas: none at all, or the empty text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            body = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                body = re.sub(
                    rb"(</f>)<v>[^<]*</v>", rb"\1" + (b"" if cached is None else b"<v></v>"), body
                )
                if cached is None:
                    body = re.sub(rb'(<c [^>]*?) t="str"(>\s*<f>)', rb"\1\2", body)
            new.writestr(item, body)
    return out.getvalue()
