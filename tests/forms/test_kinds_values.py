"""Kinds of cells: results under a table, points merged over rows, strokes for reasons, units, pictures."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, Case, F, forms, ministry_lines, row

TITLE = "2023年度项目支出绩效自评表"
HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def table(*rows, heads=HEADS, below=()):
    """The form with nothing but a table, and lines below it."""
    lines = [(TITLE, *[LEFT] * (len(heads) - 1)), heads, *rows, *below]
    (form,) = forms(lines)
    return form


ROWS = (
    ("产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60, None),
    (UP, "质量指标", "合格率", "≥95%", "96%", 40, 40, None),
)
TOTAL = ("总分", *[LEFT] * 4, 100, 100, None)


@pytest.mark.parametrize(
    "line",
    [
        ("评价结果", "优", "得分", "10分", None, None, None, None),
        ("评价结果", "优", "得分", "10分", "等级", "优", None, None),
        ("自评结论", "优", "自评得分", 100, None, None, None, None),
        ("评价等级", "优", LEFT, "综合得分", "100分", LEFT, LEFT, LEFT),
        ("自评等级", "优", "分值", "100分", "得分", "100分", None, None),
        ("评定结果", "良好", "最终得分", "96分", None, None, None, None),
        ("考核结果", "优秀", "考核得分", "100", None, None, None, None),
        ("评价结果（优、良、中、差）", "优", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
        ("结果等级", "优", "评价得分", "100分", LEFT, LEFT, LEFT, LEFT),
    ],
)
@pytest.mark.parametrize("total", [True, False])
def test_results_below_the_table_are_no_indicators(line, total):
    form = table(*ROWS, below=(TOTAL, line) if total else (line,))

    assert [one.level3.value for one in form.indicators] == ["培训人数", "合格率"]
    if total:
        assert form.claimed_total.value == 100


@pytest.mark.parametrize("name", ["评价结果应用率", "考核结果优秀率", "自评结论采纳数"])
def test_an_indicator_may_be_about_results(name):
    form = table(*ROWS[:1], (UP, "质量指标", name, "≥95%", "96%", 40, 40, None), below=(TOTAL,))

    assert [one.level3.value for one in form.indicators] == ["培训人数", name]


@pytest.mark.parametrize(
    "nothing", [(None, None), ("/", "/"), ("—", "—"), ("无", "无"), ("不涉及", "不涉及")]
)
@pytest.mark.parametrize("last", [True, False])
def test_points_merged_over_optional_rows_are_not_divided(nothing, last):
    real = ("效益指标", "社会效益指标", "群众投诉率", "≤5%", "3%", 40, 40, None)
    optional = [
        (UP if last or at else "效益指标", name, what, *nothing, UP, None, None)
        for at, (name, what) in enumerate(
            [("经济效益指标", "带动增收额"), ("生态效益指标", "减排量")]
        )
    ]
    if last:
        rows = [real, *optional]
    else:
        optional[0] = (*optional[0][:5], 40, 40, None)
        optional[1] = (*optional[1][:5], UP, UP, None)
        rows = [*optional, (UP, "社会效益指标", "群众投诉率", "≤5%", "3%", UP, UP, None)]
    if last:
        rows = [rows[0], *((*one[:5], UP, UP, None) for one in rows[1:])]
    form = table(
        ("产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60, None), *rows, below=(TOTAL,)
    )
    (real_row,) = [one for one in form.indicators if one.level3.value == "群众投诉率"]

    assert real_row.weight.value == 40
    assert [f.rule for f in audit(form).findings if f.severity == "error"] == []


def test_points_merged_over_rows_that_all_claim_something_are_for_all():
    form = table(
        ("产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60, None),
        (UP, "质量指标", "合格率", "≥95%", "96%", UP, UP, None),
        ("效益指标", "社会效益", "投诉率", "≤5%", "3%", 40, 40, None),
        below=(TOTAL,),
    )

    assert [one.weight.value for one in form.indicators] == [30, 30, 40]


NO_REASONS = [0, "0", "—", "/", "-", "无", "无。", "无偏差", "0分", "无偏差。", "不涉及", "——", "\\", "0.00", "N/A", "暂无", "没有"]  # fmt: skip


@pytest.mark.parametrize("said", NO_REASONS)
def test_a_stroke_is_no_reason(said):
    """A row that misses its target says why, or it does not."""
    missed = row("合格率", "≥95%", "60%", 50, 30, said)
    unsaid = row("合格率", "≥95%", "60%", 50, 30, None)

    def codes(one):
        (form,) = forms(ministry_lines(one))
        return [(f.rule, f.cell) for f in audit(form).findings if f.severity != "note"]

    assert codes(missed) == codes(unsaid)


def test_a_nought_is_no_reason_of_a_row_that_holds():
    (form,) = forms(ministry_lines(row("合格率", "≥95%", "96%", 50, 50, 0)))
    (plain,) = forms(ministry_lines(row("合格率", "≥95%", "96%", 50, 50, None)))

    assert [f.rule for f in audit(form).findings] == [f.rule for f in audit(plain).findings]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("100（百分比）", "100"),
        ("≥95(百分比)", "≥95"),
        ("95%（百分比）", "95%"),
        ("≥95（%）", "≥95"),
        ("≥12（个）", "≥12"),
    ],
)
def test_a_unit_in_brackets_behind_a_value_is_read_as_one(value, shown):
    del shown
    form = table(
        ("产出指标", "数量指标", "完成数", value, value.lstrip("≥"), 60, 60, None),
        ROWS[1],
        below=(TOTAL,),
    )

    assert [f.rule for f in audit(form).findings if f.severity != "note"] == []
    rows = [f for f in audit(form).findings if f.cell and f.cell.startswith(("D3", "E3", "G3"))]
    assert rows == []


THREE = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
    "实际完成值",
    "分值",
    "得分",
)


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (("≥", "95%", "%"), "≥95%"),
        (("≥", "≥95%", "%"), "≥95%"),
        (("≥", 95, "%"), "≥95%"),
        (("≥", "95", "%"), "≥95%"),
        (("≥", "95%", "百分比"), "≥95%"),
        (("＝", "100%", "％"), "＝100%"),
        (("≥", "12次", "次"), "≥12次"),
        (("≥", "12 次", "次"), "≥12 次"),
        (("≥", "50万元", "万元"), "≥50万元"),
        (("定性", "有所提升", "无"), "有所提升"),
        (("≥", "90％", "百分比（%）"), "≥90％"),
    ],
)
def test_a_target_in_three_cells_may_say_its_unit_already(cells, target):
    form = table(
        ("产出指标", "数量指标", "完成数", *cells, "100%", 100, 100),
        heads=THREE,
    )

    assert form.indicators[0].target.value == target


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (("≥", "12次/年", "次"), "≥12次/年"),
        (("≥", "12次", "次/年"), "≥12次"),
        (("≤", "30天", "天（日）"), "≤30天"),
        (("≤", 30, "天（日）"), "≤30天"),
        (("≥", 95, "%（百分比）"), "≥95%"),
        (("≥", 95, "%(百分比)"), "≥95%"),
        (("≥", 95, "百分比（%）"), "≥95%"),
    ],
)
def test_a_unit_is_said_once(cells, target):
    form = table(
        ("产出指标", "数量指标", "完成数", *cells, "100%", 100, 100),
        heads=THREE,
    )

    assert form.indicators[0].target.value == target


@pytest.mark.parametrize(
    ("written", "read"),
    [("95%（百分比）", "95%"), ("≥95%(百分比)", "≥95%"), ("95 %（百分比）", "95 %")],
)
def test_a_remark_on_the_unit_is_no_part_of_a_value(written, read):
    form = table(
        ("产出指标", "数量指标", "完成率", written, written.lstrip("≥"), 60, 60, None),
        ROWS[1],
        below=(TOTAL,),
    )

    assert form.indicators[0].target.value == read
    assert form.indicators[0].actual.value == read.lstrip("≥")


PICTURE = '=DISPIMG("ID_8F1E2A3B4C5D6E7F",1)'


@pytest.mark.parametrize(
    "text", [PICTURE, '=_xlfn.DISPIMG("ID_8F1E",1)', 'DISPIMG("ID_8F1E2A",1)', PICTURE.lower()]
)
def test_a_picture_in_the_column_of_reasons_is_no_text(text):
    missed = row("合格率", "≥95%", "60%", 50, 30, text)
    (form,) = forms(ministry_lines(missed))
    case = Case([], audit(form))

    assert all("DISPIMG" not in str(f.claimed or "").upper() for f in case.audit.findings)
    assert "DISPIMG" not in str(form.indicators[0].reason.value or "").upper()
    assert all("DISPIMG" not in item.text.upper() for item in form.unread)
    assert case.of("missing-reason") == []


def test_a_picture_for_the_actual_value_is_left_to_a_person():
    shown = row("合格率", "≥95%", PICTURE, 50, 50)
    (form,) = forms(ministry_lines(shown))
    case = audit(form)

    assert "DISPIMG" not in str(form.indicators[0].actual.value or "").upper()
    assert [f.rule for f in case.findings if f.severity == "error"] == []


def test_a_picture_with_its_cached_result_is_a_picture():
    shown = row("合格率", "≥95%", "96%", 50, 50, F('DISPIMG("ID_8F",1)', PICTURE))
    (form,) = forms(ministry_lines(shown))

    assert "DISPIMG" not in str(form.indicators[0].reason.value or "").upper()
