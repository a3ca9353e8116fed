"""Clues: each seen where it is, silent where another reading is as likely, and never a fault."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl import texts
from perfxl.errors import ConfigError
from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell
from perfxl.resources import toml
from perfxl.rules.audit import audit
from perfxl.rules.checks.displayed import read_displayed
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.policies import policy
from perfxl.rules.policies.parameters import CLUES
from perfxl.rules.registry import RULES
from tests.conftest import ROOT
from tests.forms.builder import FIRST, Case, G, P, forms, grid, hubei, ministry, ministry_lines, row

GOOD = row("养护里程", "≥100公里", "100公里", 20, 20)
OUTPUT, EFFECT, PLEASED = "产出指标", "效益指标", "满意度指标"
TARGET, ACTUAL, SCORE, REASON = (f"{col}{FIRST}" for col in "EFHI")


def clues(case):
    return [(finding.rule, finding.cell) for finding in case.audit.findings if finding.clue]


def of(case, rule):
    return [cell for code, cell in clues(case) if code == f"clue-{rule}"]


def one(*values, level1=OUTPUT, level2="数量指标", weight=20, reason=None, **more):
    name, target, actual = values
    return ministry(row(name, target, actual, weight, weight, reason, level1, level2), **more)


# ---------------------------------------------------------------- where an indicator stands
def test_an_indicator_under_outputs_and_under_effects():
    case = ministry(
        GOOD, row("养护里程", "≥100公里", "100公里", 10, 10, None, EFFECT, "社会效益指标")
    )

    assert of(case, "shared-name") == [f"D{FIRST + 1}"]
    assert case.finding("clue-shared-name").arguments["cell"] == f"D{FIRST}"


@pytest.mark.parametrize(
    "second",
    [
        row("养护里程完好率", "≥90%", "95%", 10, 10, None, EFFECT, "社会效益指标"),
        row("养护里程", "≥100公里", "100公里", 10, 10),
        row("养护里程", "≥100公里", "100公里", 10, 10, None, PLEASED, "满意度指标"),
    ],
)
def test_two_indicators_that_are_not_one(second):
    assert of(ministry(GOOD, second), "shared-name") == []


def test_the_same_name_in_two_goals_is_of_two_projects():
    first = G(40, 40, (("项目数量", "3项", "3项", 40),), "甲项目")
    second = G(40, 40, (("项目数量", "3项", "3项", 40),), "乙项目")

    assert of(hubei(first, second), "shared-name") == []


@pytest.mark.parametrize(
    ("name", "target", "actual", "level2", "cell"),
    [
        ("培训人数", "≤100人", "100人", "数量指标", TARGET),
        ("新建公厕数量", "≤10座", "9座", "数量指标", TARGET),
        ("养护里程", "不超过100公里", "90公里", "数量指标", TARGET),
        ("项目总成本", "≥100万元", "100万元", "成本指标", TARGET),
        ("单位造价", "≥3000元", "3000元", "成本指标", TARGET),
        # what is to be kept low, or within a limit
        ("培训超支次数", "≤2次", "1次", "数量指标", None),
        ("公务用车保有量", "≤5辆", "5辆", "数量指标", None),
        ("安全事故起数", "≤2起", "0起", "数量指标", None),
        ("采购差错次数", "≤2次", "0次", "数量指标", None),
        ("接待批次", "≤20批", "18批", "数量指标", None),
        ("服务投诉件数", "≤3件", "1件", "数量指标", None),
        ("培训人数", "≥100人", "100人", "数量指标", None),
        ("培训人数", "100人", "100人", "数量指标", None),
        ("培训时长", "≤3天", "3天", "时效指标", None),
        # a cost that is paid out to somebody, or a saving
        ("成本节约额", "≥10万元", "12万元", "成本指标", None),
        ("补助标准", "≥500元", "500元", "成本指标", None),
        ("成本降低率", "≥5%", "6%", "成本指标", None),
        ("人均补助经费", "≥500元", "500元", "成本指标", None),
        ("项目总成本", "≤100万元", "100万元", "成本指标", None),
        ("带动社会投入", "≥100万元", "100万元", "经济效益指标", None),
    ],
)
def test_a_target_whose_direction_is_odd(name, target, actual, level2, cell):
    assert of(one(name, target, actual, level2=level2), "direction") == ([cell] if cell else [])


@pytest.mark.parametrize(
    ("name", "level2", "found"),
    [
        ("资金支付率", "数量指标", True),
        ("工程验收合格率", "数量指标", True),
        ("任务完成及时率", "质量指标", True),
        ("群众满意度", "社会效益指标", True),
        ("培训人次", "质量指标", True),
        ("工程验收合格率", "质量指标", False),
        ("任务完成及时率", "时效指标", False),
        ("资金支付率", "预算执行", False),
        ("群众满意度", "服务对象满意度指标", False),
        ("工程验收合格率", "质量和数量指标", False),
        ("工程验收合格率", "产出质量", False),
        ("资金支付率", "项目管理", False),
        ("受益人次", "社会效益指标", False),
        ("任务完成率", "数量指标", False),
        ("覆盖率", "数量指标", False),
        ("设备购置成本", "成本指标", False),
    ],
)
def test_an_indicator_out_of_place(name, level2, found):
    assert bool(of(one(name, "≥90", "95", level2=level2), "misplaced")) is found


# ---------------------------------------------------------------- satisfaction
@pytest.mark.parametrize(
    ("name", "target", "actual", "message"),
    [
        ("群众满意度", "满意", "满意", "text"),
        ("群众满意度", "≥90%", "满意", "text"),
        ("服务对象满意度", "≥90%", "群众反映良好", "text"),
        ("群众满意度", "≥90%", "未收到投诉", "complaints"),
        ("群众满意度", "≥90%", "全年无投诉", "complaints"),
        ("群众满意度", "≥90%", "95%", None),
        ("群众满意度", "≥90分", "92.5分", None),
        ("群众满意度", "≥90%", None, None),
        ("群众满意度", "≥90%", "满意度达到95%以上", None),
        # the indicator counts complaints, and says how many
        ("投诉次数", "0次", "未收到投诉", None),
        ("有效投诉", "无", "无投诉", None),
    ],
)
def test_satisfaction_without_a_survey(name, target, actual, message):
    case = one(name, target, actual, level1=PLEASED, level2="服务对象满意度指标", weight=10)
    found = [f for f in case.audit.findings if f.rule == "clue-satisfaction"]

    assert [f.message for f in found] == ([message] if message else [])
    assert [f.cell for f in found] == ([ACTUAL] if message else [])


def test_a_word_elsewhere_is_no_satisfaction():
    assert of(one("群众出行", "有所提升", "有所提升"), "satisfaction") == []


# ---------------------------------------------------------------- scores and execution
FULL = (None, 100, 100, 10, "100%", 10)


def test_every_score_full():
    rows = [row(f"养护里程{n}", "≥100公里", "100公里", 15, 15) for n in range(4)]

    assert of(ministry(*rows, budget=FULL), "full-marks") == [f"H{FIRST + 6}"]
    # one row short of its weight, execution short of its points, a form of few rows
    short = row("养护桥梁", "≥10座", "9座", 15, 13.5, "多雨")
    assert of(ministry(*rows[:3], short, budget=FULL), "full-marks") == []
    assert of(ministry(*rows), "full-marks") == []
    assert of(ministry(rows[0], budget=FULL), "full-marks") == []


@pytest.mark.parametrize(
    ("budget", "message"),
    [
        # (1 − 0.5) ÷ 1 = 50 %; 6 % and 5 %; all spent
        ((None, 200, 100, 10, P("0.5"), 5), "behind"),
        ((None, 100, 94, 10, "94%", 9.4), "behind"),
        ((None, 100, 95, 10, "95%", 9.5), None),
        (FULL, None),
        ((None, 100, 120, 10, "120%", 10), None),
        # one in 元, one in 万元: no rate at all
        ((None, 100, 900000, 10, "90%", 9), None),
        ((None, 0, 0, 10, "0%", 0), None),
    ],
)
def test_execution_behind_the_outputs(budget, message):
    case = ministry(GOOD, budget=budget)
    found = [f for f in case.audit.findings if f.rule == "clue-execution"]

    assert [f.message for f in found] == ([message] if message else [])


@pytest.mark.parametrize(("score", "message"), [(45, "unspent"), (70, None), (74, "behind")])
def test_outputs_that_stay_behind_as_execution_does_are_no_clue(score, message):
    """Rows of 90 points: 45 + 0, and 79.9 % or 80 % of the budget spent."""
    rows = row("养护里程", "≥90公里", f"{score}公里", 90, score, "多雨")
    rate = "0.79" if message == "unspent" else "0.8" if message is None else "0.75"
    executed = Decimal(rate) * 100
    case = ministry(
        rows, budget=(None, 100, executed, 10, P(rate), Decimal(rate) * 10), satisfaction=False
    )

    found = [f.message for f in case.audit.findings if f.rule == "clue-execution"]
    assert found == ([message] if message else [])


# ---------------------------------------------------------------- what cells show
def shown(row_, col, value, text, lines=None, number_format="0"):
    """The audit of a form with one cell that shows a text of its own."""
    sheet = grid(lines or ministry_lines(GOOD))
    sheet.cells[row_, col] = Cell(row_, col, Decimal(value), text, number_format)
    (form,) = read.forms([sheet], "表.xlsx", vocabulary.load())
    return Case(lines, audit(form))


@pytest.mark.parametrize(
    ("col", "value", "text", "found"),
    [
        (8, "13", "11.27", True),  # a literal in the format
        (8, "19.96", "20", True),
        (8, "20", "20", False),
        (8, "20", "20.00", False),
        (8, "19.996", "20.00", False),  # two decimals are what scores are kept at
        (8, "20", "20分", False),
        (6, "99.96", "100公里", True),  # met only as shown
        (6, "100.04", "100公里", False),  # met either way
        (6, "100", "100公里", False),
        (6, "1000000", "100万公里", False),
        (6, "104.6", "104公里", True),  # half a percent and more
        (6, "150", "100公里", True),
    ],
)
def test_a_cell_that_shows_another_number_than_it_stores(col, value, text, found):
    case = shown(FIRST, col, value, text)

    assert bool(of(case, "shown-value")) is found


def test_a_rate_rounded_for_the_eye_is_ordinary():
    rounded = shown(5, 8, "0.50004", "50%")
    assert of(rounded, "shown-value") == []
    assert of(shown(5, 8, "0.5", "95%"), "shown-value") == ["H5"]


def test_a_total_that_hides_its_decimals_is_told_with_what_is_stored():
    total = (FIRST + 3, 8)
    case = shown(*total, "89.96", "90", ministry_lines(GOOD))
    finding = case.finding("total-sum")

    assert of(case, "shown-value") == [f"H{FIRST + 3}"]
    for language, word in (("zh", "实际存储 89.96"), ("en", "stores 89.96")):
        assert word in texts.of(language).finding(finding)


def test_a_finding_of_a_row_tells_what_its_actual_value_holds():
    case = shown(FIRST, 6, "99.96", "100公里")
    told = [f for f in case.audit.findings if f.line == FIRST and not f.clue]

    assert told
    for finding in told:
        assert "F10 显示“100公里”，实际存储 99.96" in texts.of("zh").finding(finding)
    others = [f for f in case.audit.findings if f.line not in (FIRST, 0)]
    assert all("实际存储" not in texts.of("zh").finding(f) for f in others)


@pytest.mark.parametrize(
    ("value", "text", "other", "rounded"),
    [
        ("0.9502", "95%", "0.95", True),
        ("0.95", "95.0%", "0.95", True),
        ("12345", "1.2万", "12000", True),
        ("-5", "(5)", "-5", True),
        ("-5", "-5", "-5", True),
        ("1234.5", "1,234.50", "1234.5", True),
        ("13", "11.27", "11.27", False),
        ("5", "50%", "0.5", False),
    ],
)
def test_what_a_cell_shows_is_read_as_people_read_it(value, text, other, rounded):
    case = shown(FIRST, 8, value, text)
    found = read_displayed(case.form.indicators[0].score)

    assert (found.shown, found.rounded) == (Decimal(other), rounded)


@pytest.mark.parametrize(("col", "value"), [(8, "20"), (6, "90"), (8, "0.4")])
def test_a_number_that_its_format_hides_is_read_and_told(col, value):
    case = shown(FIRST, col, value, "", number_format=";;;")
    row_ = case.form.indicators[0]

    assert {row_.score.value, row_.actual.raw} & {Decimal(value)}
    assert not {"missing-score", "missing-actual"} & {f.rule for f in case.audit.findings}
    (found,) = [f for f in case.audit.findings if f.rule == "clue-shown-value"]
    assert "无显示内容" in texts.of("zh").finding(found)


def test_a_hidden_zero_is_a_blank():
    assert shown(FIRST, 8, "0", "").form.indicators[0].score.value is None


@pytest.mark.parametrize("text", ["—", "", "1E+05", "1/2", "10-20"])
def test_a_text_that_shows_no_single_number_shows_nothing_else(text):
    case = shown(FIRST, 6, "0", text)

    assert of(case, "shown-value") == []


# ---------------------------------------------------------------- reasons and dates
@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("因连续降雨，实际完成85公里。", True),
        ("实际仅完成80公里，其余明年完成", True),
        ("年初目标值为120公里，因多雨未完成。", True),
        ("因连续降雨，实际完成90公里。", False),
        ("目标为100公里，实际完成90公里，少10公里", False),
        ("上半年实际完成40公里，下半年实际完成50公里", False),
        ("其中国道实际完成60公里，省道受雨影响", False),
        ("截至11月实际完成85公里", False),
        ("年中目标调整，目标值为95公里", False),
        ("因雨停工12天", False),
        ("实际完成85%的工程量", False),
        ("实际完成60公里国道、实际完成30公里省道", False),
        ("多雨", False),
        (None, False),
    ],
)
def test_a_reason_that_contradicts_its_row(reason, found):
    case = ministry(row("养护里程", "≥100公里", "90公里", 20, 18, reason))

    assert of(case, "reason-figure") == ([REASON] if found else [])


def test_the_block_of_reasons_is_compared_where_it_names_one_row():
    rows = (
        row("养护里程", "≥100公里", "90公里", 20, 18),
        row("养护桥梁", "≥10座", "9座", 20, 18),
    )
    lines = {"reasons": [("偏差原因分析", "养护里程实际完成85公里；养护桥梁实际完成9座。")]}

    assert len(of(ministry(*rows, **lines), "reason-figure")) == 1
    both = {"reasons": [("偏差原因分析", "养护里程和养护桥梁实际完成85公里")]}
    assert of(ministry(*rows, **both), "reason-figure") == []


@pytest.mark.parametrize(
    ("target", "actual", "found"),
    [
        ("2023年12月底前", "2024年3月", True),
        ("2023年12月底前", "2024年3月15日完成竣工验收", True),
        ("按期完成", "2024年1月完工", True),
        ("2023年12月底前", "2023年12月", False),
        ("2023年10月底前", "10月", False),
        # promised for a later year: a project of several years
        ("2024年6月底前", "2024年5月", False),
        ("完成编制", "完成2024年部门预算编制", False),
        ("完成编制", "印发2024-2026年规划", False),
        ("≥2024人", "2024人", False),
    ],
)
def test_completion_after_the_year(target, actual, found):
    case = one("竣工时间", target, actual, level2="时效指标")

    assert of(case, "late-completion") == ([ACTUAL] if found else [])


def test_a_form_without_a_year_has_no_period():
    assert of(one("竣工时间", "2023年12月底前", "2024年3月", year=None), "late-completion") == []


# ---------------------------------------------------------------- what a clue is
def odd(**more):
    return one("培训人数", "≤100人", "100人", **more)


def test_a_clue_is_a_note_and_changes_nothing_else():
    case = odd()

    assert case.audit.conclusion is Conclusion.CLEAN
    assert case.faults == []
    assert {str(f.severity) for f in case.audit.findings if f.clue} == {"note"}
    known = policy.load()["ministry"]
    assert not known.clue_severity


def test_a_policy_raises_a_clue_to_a_warning_and_no_further(tmp_path):
    source = (ROOT / "templates" / "policies" / "ministry.toml").read_text("utf-8")
    raised = source.replace('id = "ministry"', 'id = "own"', 1)
    (tmp_path / "own.toml").write_text(
        raised + '\n[clue_severity]\ndirection = "warning"\n', "utf-8"
    )
    (form,) = forms(odd().lines)
    case = Case(None, audit(form, "own", tmp_path))

    assert ("warning", "clue-direction", TARGET) in case.faults
    assert case.audit.conclusion is Conclusion.WARNINGS

    for number, wrong in enumerate(('direction = "error"', 'no-such-clue = "warning"')):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "own.toml").write_text(f"{raised}\n[clue_severity]\n{wrong}\n", "utf-8")
        with pytest.raises(ConfigError) as error:
            policy.load(folder)
        assert "clue_severity" in str(error.value.arguments["key"])


def test_the_clues_of_the_rules_are_all_there():
    assert {rule.code for rule in RULES if rule.code.startswith("clue-")} == {
        "clue-shared-name", "clue-direction", "clue-misplaced", "clue-satisfaction", "clue-full-marks",
        "clue-execution", "clue-shown-value", "clue-reason-figure", "clue-late-completion",
    } == {f"clue-{name}" for name in CLUES}  # fmt: skip


def test_words_of_clues_are_data():
    words = toml(ROOT / "templates" / "policies" / "words.toml")["clues"]
    known = policy.load()["ministry"].words

    assert {f"clue_{name}" for name in words if name != "clause"} <= known.keys()


def test_the_same_clue_in_many_rows_is_one_line():
    rows = [row(f"{name}合格率", "≥90%", "95%", 5, 5) for name in ("甲", "乙", "丙", "丁", "戊")]
    case = ministry(*rows)
    (found,) = [f for f in case.audit.findings if f.rule == "clue-misplaced"]

    assert len(found.places) == 5
    assert "5 项指标" in texts.of("zh").finding(found)


def test_a_form_that_is_not_judged_has_no_clues():
    form = replace(odd().form, nature="targets")

    assert [f.rule for f in audit(form).findings] == ["other-form"]
