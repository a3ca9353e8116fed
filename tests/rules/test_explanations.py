"""Where a form explains itself, and what is no explanation."""

import pytest

from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.rules.audit import audit
from perfxl.rules.checks import prose
from perfxl.rules.policies import policy
from tests.forms.builder import FIRST, LEFT, UP, Case, forms, grid, ministry, ministry_lines, row

MINISTRY = policy.load()["ministry"]
OVER = (None, 100, 120, 10, "120%", 10)
SHORT = row("养护里程", "≥100公里", "90公里", 20, 18)
BLOCK = "偏差原因分析"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("多雨", True),
        ("年中追加资金。", True),
        ("数量指标无偏差；养护里程因多雨未完成", True),
        ("无偏差，但因多雨推迟", True),
        ("目标已完成，资金因验收推迟未支付", True),
        ("未全部完成，多雨", True),
        ("项目未能按期完成", True),
        ("问题较多，人手不足", True),
        ("无法按期施工导致偏差", True),
        ("", False),
        ("——", False),
        ("无", False),
        ("未发现偏差", False),
        ("未发现偏差。", False),
        ("经自评，未发现明显偏差。", False),
        ("不存在问题", False),
        ("没有发现偏差", False),
        ("存在问题：无", False),
        ("无目标偏差，今后继续加强管理", False),
        ("各项绩效目标已全部完成。", False),
        ("各项指标均完成，无偏差。", False),
        ("本年度预算执行正常", False),
    ],
)
def test_a_denial_is_no_reason(text, says):
    assert prose.says_something(text, MINISTRY) is says


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年中追加资金。", []),
        ("支出超出年初安排，系补发以前年度工资", []),
        ("人员经费政策性增加，预算不足", []),
        ("使用了上年结转资金", []),
        ("养护里程未达标；本年超支20万元", []),
        ("预算编制不够精准", []),
        ("养护里程因多雨未达标", ["F5"]),
        ("资金到位率未达到目标，上级资金拨付较晚", ["F5"]),
        ("未发现偏差", ["F5"]),
        ("预算执行无偏差", ["F5"]),
        ("无", ["F5"]),
    ],
)
def test_the_block_of_reasons_explains_overspending_where_it_speaks_of_it(text, found):
    rows = [row("养护里程", "≥100公里", "100公里", 20, 20)]
    case = ministry(*rows, budget=OVER, reasons=[(BLOCK, text)])

    assert [cell for _, cell in case.of("overspent")] == found


@pytest.mark.parametrize(
    ("label", "text", "found"),
    [
        ("情况说明", "年中追加资金20万元。", []),
        ("其他需要说明的问题", "年中追加资金20万元。", []),
        ("预算执行情况说明", "补发以前年度工资，支出增加", []),
        ("其他说明", "无", ["F5"]),
        ("单位职能", "负责预算执行监督", ["F5"]),
    ],
)
def test_overspending_may_be_explained_in_another_block(label, text, found):
    case = ministry(budget=OVER, reasons=[(label, text)])

    assert [cell for _, cell in case.of("overspent")] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("年中经市政府批准追加资金20万元，已办理预算调整手续，相应支出全部在年内完成。", []),
        ("备注：预算数为调整后财政资金总额（包括上年结余结转），执行数为实际支出数。", ["F5"]),
        ("备注：执行数超过预算数的，需说明原因。", ["F5"]),
        ("注：超支部分不得分。", ["F5"]),
    ],
)
def test_overspending_may_be_explained_below_the_table(line, found):
    lines = [*ministry_lines(budget=OVER), (line, *[LEFT] * 8)]
    (form,) = forms(lines)

    assert [cell for _, cell in Case(lines, audit(form)).of("overspent")] == found


def test_overspending_may_be_explained_in_a_row():
    told = row("养护成本", "≤120万元", "110万元", 10, 10, "年中追加资金", "产出指标", "成本指标")
    silent = row("养护成本", "≤120万元", "110万元", 10, 10, "节约用料", "产出指标", "成本指标")

    assert ministry(told, budget=OVER).of("overspent") == []
    assert ministry(silent, budget=OVER).of("overspent") == [("warning", "F5")]


def funds_with_reasons(reason, label="原因"):
    """A form of Sichuan: the table of funds has a column of reasons."""
    lines = ministry_lines(budget=OVER)
    width = len(lines[3])
    head = (
        "预算执行情况（万元）",
        None,
        None,
        "调整后预算数",
        "预算执行数",
        "预算执行率",
        "权重",
        "得分",
        label,
    )
    lines[3] = head
    lines[4] = (UP, "总额", LEFT, 100, 120, "120%", 10, 10, reason)
    assert len(head) == width
    (form,) = read.forms([grid(lines)], "表.xlsx", vocabulary.load())
    return Case(lines, audit(form))


@pytest.mark.parametrize("label", ["原因", "备注", "说明", "偏差原因分析及改进措施"])
@pytest.mark.parametrize(("reason", "found"), [("人员增加", []), (None, ["E5"]), ("无", ["E5"])])
def test_overspending_is_explained_beside_the_funds(label, reason, found):
    case = funds_with_reasons(reason, label)

    assert case.form.funds[0].reason.cell == "I5"
    assert [cell for _, cell in case.of("overspent")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("多雨。", []),
        ("养护里程因多雨未达到目标。", []),
        ("资金未到位，导致工程延期。", []),
        ("资金拨付滞后，项目未能完成。", []),
        ("预算执行率偏低，因政府采购节约。", [f"I{FIRST}"]),
        ("年中追加预算。", [f"I{FIRST}"]),
        ("预算执行率未达到目标，结余资金已上缴。", [f"I{FIRST}"]),
        ("预算执行率偏低，因采购节约。养护里程因多雨未完成。", []),
        ("未发现偏差。", [f"I{FIRST}"]),
    ],
)
def test_reasons_that_speak_only_of_the_budget_explain_no_row(text, found):
    case = ministry(SHORT, reasons=[(BLOCK, text)])

    assert [cell for _, cell in case.of("missing-reason")] == found


def test_a_line_below_the_table_that_names_the_row_explains_it():
    told = "养护里程没有达到目标，主要是汛期降雨偏多，有效施工天数减少，剩余里程将在下一年度完成。"
    lines = [*ministry_lines(SHORT), (told, *[LEFT] * 8)]
    (form,) = forms(lines)

    assert Case(lines, audit(form)).of("missing-reason") == []


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("说明：因多雨，工期推迟。", []),
        ("说明：预算执行：部分合同款按进度支付，结转下年。", ["silent"]),
        ("说明：定量指标完成值达到指标值的，得满分；未完成的按比例计算得分。", []),
    ],
)
def test_remarks_below_a_table_without_reasons_are_the_place_for_them(remark, found):
    """A printed instruction is none: who is not asked for reasons owes none."""
    lines = [line[:8] for line in ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 18))]
    head = next(line for line in lines if "三级指标" in line)
    assert "偏差原因分析及改进措施" not in head
    lines.append((remark, *[LEFT] * 7))
    (form,) = forms(lines)
    case = Case(lines, audit(form))

    assert [f.message for f in case.audit.findings if f.rule == "missing-reason"] == found


# ---------------------------------------------------------------- printed instructions
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("预算执行率未达到90%需说明原因（100字以内）", False),
        ("预算执行率未达到90%的，需说明原因", False),
        ("（执行率低于90%的请说明原因）", False),
        ("如未完成，请说明原因，并提出改进措施", False),
        ("请填写", False),
        ("未完成的在此栏填写原因", False),
        ("简要说明未完成原因及拟采取的措施（不少于100字）", False),
        ("原因：\n改进措施：", False),
        ("1.偏差原因：2.改进措施：", False),
        ("原因：无；措施：无", False),
        ("预算执行率未达到90%需说明原因（100字以内）：因采购结余", True),
        ("（请说明原因）多雨", True),
        ("请说明原因：设备到货晚", True),
        ("原因：多雨。措施：加强管理。", True),
        ("已向主管部门说明原因，详见附件", True),
        ("指标填写偏差，应填写100误填10", True),
        ("因系统填报要求变化，统计口径调整", True),
        ("说明书翻译不及时", True),
    ],
)
def test_an_instruction_printed_in_the_cell_is_no_reason(text, says):
    assert prose.says_something(text, MINISTRY) is says


@pytest.mark.parametrize("place", ["row", "block", "funds"])
@pytest.mark.parametrize(
    ("text", "lacking"), [("如有偏差请说明原因", True), ("如有偏差请说明原因：设备到货晚，工程进度滞后，预算执行率低", False)]
)  # fmt: skip
def test_nor_is_it_in_any_cell_of_any_form(place, text, lacking):
    low = (None, 100, 80, 10, "80%", 8)
    missed = row("养护里程", "≥100公里", "90公里", 20, 18, text if place == "row" else "多雨")
    reasons = [(BLOCK, text if place == "block" else "无")]
    lines = ministry_lines(missed, budget=low, reasons=reasons)
    if place == "funds":
        lines[3] = (
            *lines[3][:3],
            "调整后预算数",
            "预算执行数",
            "预算执行率",
            "权重",
            "得分",
            "原因",
        )
        lines[4] = (UP, "总额", LEFT, 100, 80, "80%", 10, 8, text)
    elif place == "block":
        lines = [tuple(None if cell == "多雨" else cell for cell in line) for line in lines]
    (form,) = forms(lines)
    case = Case(lines, audit(form, "sichuan"))
    found = {rule for _, rule, _ in case.faults}

    if place == "row":
        assert ("missing-reason" in found) is lacking
    elif place == "block":
        assert ({"missing-reason", "execution-reason"} & found == set()) is not lacking
    else:
        assert ("execution-reason" in found) is lacking


# ---------------------------------------------------------------- too little money, too much spent
@pytest.mark.parametrize(
    "label", [BLOCK, "存在问题", "情况说明", "说明", "改进措施", "其他需要说明的问题"]
)
def test_money_that_came_in_late_explains_no_overspending(label):
    late = ministry(budget=OVER, reasons=[(label, "资金到位率偏低")])
    told = ministry(budget=OVER, reasons=[(label, "资金到位率偏低；年中追加资金20万元")])

    assert [cell for _, cell in late.of("overspent")] == ["F5"]
    assert told.of("overspent") == []


def test_beside_the_funds_neither_but_it_explains_that_less_was_spent():
    assert [cell for _, cell in funds_with_reasons("资金到位率偏低").of("overspent")] == ["E5"]
    lines = ministry_lines(
        budget=(None, 100, 80, 10, "80%", 8), reasons=[(BLOCK, "资金到位率偏低")]
    )
    (form,) = forms(lines)

    assert Case(lines, audit(form, "sichuan")).of("execution-reason") == []


@pytest.mark.parametrize("heading", ["说明", "情况说明", "说明："])
@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("工期因多雨推迟。", []),
        ("预算执行率偏低，部分合同款结转下年。", ["silent"]),
        ("无", ["silent"]),
        (None, []),
    ],
)
def test_a_remark_in_the_cell_beside_its_heading_is_read(heading, remark, found):
    lines = [line[:8] for line in ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 18))]
    lines.append((heading, remark, *[LEFT] * 6))
    (form,) = forms(lines)
    case = Case(lines, audit(form))

    assert [f.message for f in case.audit.findings if f.rule == "missing-reason"] == found
    assert remark is None or all(item.text != remark for item in form.unread)


@pytest.mark.parametrize(
    "text",
    [
        "偏差率在合理范围内", "不涉及", "无此情况", "完成良好", "绩效目标全部达成", "目标均已实现，不存在偏差", "项目已完成，效果良好",
    ],
)  # fmt: skip
def test_praise_is_no_reason_for_a_missed_row(text):
    missed = ("养护里程", "≥100公里", "90公里", 20, 18)

    assert [cell for _, cell in ministry(row(*missed, text)).of("missing-reason")] == [f"I{FIRST}"]
    assert not prose.says_something(text, MINISTRY)


@pytest.mark.parametrize(
    "text",
    ["经费不足。", "资金不足，部分里程未养护。", "财政资金未及时下达。", "受资金影响工程量减少"],
)
def test_too_little_money_is_a_reason_of_the_rows(text):
    assert ministry(SHORT, reasons=[(BLOCK, text)]).of("missing-reason") == []


@pytest.mark.parametrize(
    "text", ["使用上年结转20万元", "单位自筹资金补足", "支出超出年初预算", "补发上年奖金"]
)
def test_where_more_money_came_from_explains_overspending_anywhere(text):
    told = row("养护成本", "≤120万元", "110万元", 10, 10, text, "产出指标", "成本指标")

    assert ministry(told, budget=OVER).of("overspent") == []
