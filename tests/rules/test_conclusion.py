"""What an audit comes to: a clean bill only for what was understood, and each gap one line."""

import json

import pytest

from perfxl import texts
from perfxl.forms import read
from perfxl.forms.model import MONITORING, SELF, TARGETS
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell
from perfxl.rules import short
from perfxl.rules.audit import audit
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.records import audit_record
from tests.forms.builder import (
    FIRST,
    LEFT,
    UP,
    Case,
    F,
    G,
    P,
    forms,
    grid,
    hubei_lines,
    ministry,
    ministry_lines,
    row,
)

GOOD = row("养护里程", "≥100公里", "100公里", 20, 20)
BAD = row("养护里程", "≥100公里", "90公里", 20, 20, "多雨")
TWO = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))


def judged(lines) -> Case:
    (form,) = forms(lines)
    return Case(lines, audit(form))


def heads(lines, old, new):
    return [[new if cell == old else cell for cell in line] for line in lines]


def emptied(lines, columns, first=FIRST):
    """A form of the ministry whose rows have nothing in some columns, the total among them."""
    kept = []
    for number, line in enumerate(lines, 1):
        inside = number >= first
        kept.append(
            [
                None if inside and col in columns and cell not in (LEFT, UP) else cell
                for col, cell in enumerate(line, 1)
            ]
        )
    return kept


def blank(**more):
    lines = ministry_lines(GOOD, BAD, budget=(None, 200, 100, 10, P("0.5"), None), **more)
    return emptied(lines, (6, 8, 9))


def rules(case):
    return [finding.rule for finding in case.audit.findings]


# ---------------------------------------------------------------- one value
@pytest.mark.parametrize(
    ("case", "conclusion"),
    [
        (lambda: ministry(GOOD), Conclusion.CLEAN),
        (lambda: ministry(row("群众出行", "有所提升", "群众反映良好", 20, 20)), Conclusion.CLEAN),
        (lambda: ministry(row("养护里程", "≥100公里", "90公里", 20, 18)), Conclusion.WARNINGS),
        (lambda: ministry(BAD), Conclusion.ERRORS),
        (lambda: judged(blank()), Conclusion.BLANK),
        (lambda: judged(heads(ministry_lines(GOOD), "实际完成值", "年末经第三方逐户核验的兑现口径")), Conclusion.INCOMPLETE),
        # what was proven does not make the rest understood
        (lambda: judged(heads(ministry_lines(GOOD, total=50), "实际完成值", "年末经第三方逐户核验的兑现口径")), Conclusion.INCOMPLETE),
    ],
)  # fmt: skip
def test_the_conclusion_is_one_value(case, conclusion):
    case = case()

    assert case.audit.conclusion is conclusion
    assert short.summarize(case.audit).conclusion is conclusion
    assert case.audit.clean == short.summarize(case.audit).clean == (conclusion is Conclusion.CLEAN)
    assert audit_record(case.audit, texts.load_texts("zh").statement)["conclusion"] == str(
        conclusion
    )
    for language in ("zh", "en"):
        assert texts.load_texts(language).get(f"conclusion/{conclusion}")


def test_a_form_in_short_that_an_earlier_perfxl_wrote_can_be_read():
    told = json.loads(short.summarize(ministry(GOOD).audit).to_text())
    for name in ("conclusion", "clues"):
        del told[name]

    def read_again(**change):
        return short.FormSummary.from_text(
            json.dumps({**told, "unjudged": False, **change})
        ).conclusion

    assert read_again() is Conclusion.CLEAN
    assert read_again(warnings=2) is Conclusion.WARNINGS
    assert read_again(errors=1, warnings=2) is Conclusion.ERRORS
    assert read_again(unjudged=True) is Conclusion.INCOMPLETE


def test_a_form_in_short_is_the_same_when_read_again():
    told = short.summarize(judged(blank()).audit)

    assert short.FormSummary.from_text(told.to_text()) == told


# ---------------------------------------------------------------- blank
@pytest.mark.parametrize(
    "lines",
    [
        blank(),
        # nothing but the head
        blank()[:9],
        # the 0 of a formula over blank cells claims nothing
        [*heads(blank(), "总分", "总分")[:-1], ("总分", LEFT, LEFT, LEFT, LEFT, LEFT, 100, F("SUM(H10:H13)", 0), None)],
        # strokes are no values
        [[("—" if cell == "≥90%" else cell) for cell in line] for line in blank()],
        hubei_lines(G(8, None, tuple((name, target, None, None) for name, target, *_ in TWO)),
                    G(72, None, (("完成率", "≥95%", None, None),)), fill=False,
                    budget=(100, 95, "95.0%", None), total="", reasons=""),
    ],
)  # fmt: skip
def test_a_form_without_actual_values_and_scores_was_not_submitted(lines):
    case = judged(lines)

    assert case.audit.conclusion is Conclusion.BLANK
    assert [str(finding.severity) for finding in case.audit.findings] == ["error"]
    assert rules(case) == ["blank-form"]
    # and nothing is filled in for the department
    assert all(score.recomputed is None for score in case.audit.scores)


@pytest.mark.parametrize(
    "lines",
    [
        # one actual value, one score, one score of the funds: somebody has begun
        [[("100公里" if (n, c) == (FIRST, 6) else cell) for c, cell in enumerate(line, 1)]
         for n, line in enumerate(blank(), 1)],
        [[(20 if (n, c) == (FIRST, 8) else cell) for c, cell in enumerate(line, 1)]
         for n, line in enumerate(blank(), 1)],
        emptied(ministry_lines(GOOD, BAD), (6, 8, 9)),
    ],
)  # fmt: skip
def test_a_form_that_somebody_has_begun_is_not_blank(lines):
    case = judged(lines)

    assert "blank-form" not in rules(case)
    assert case.audit.conclusion is not Conclusion.CLEAN


# ---------------------------------------------------------------- not understood
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("实际完成值", "年末经第三方逐户核验的兑现口径"),
        ("年度指标值", "下达到各乡镇的任务量大小口径数"),
        ("得分", "评判所获"),
        ("分值", "在全部指标当中所占的比重数值为"),
    ],
)
def test_a_column_under_an_unknown_word_is_one_line(old, new):
    lines = ministry_lines(*[row(f"养护里程{n}", "≥100公里", "100公里", 4, 4) for n in range(12)])
    head = FIRST - 2
    lines = [
        [new if number == head + 1 and cell == old else cell for cell in line]
        for number, line in enumerate(lines, 1)
    ]
    case = judged(lines)
    (line,) = [finding for finding in case.audit.findings if finding.rule == "unread-core"]

    assert case.audit.conclusion is Conclusion.INCOMPLETE
    assert line.arguments["label"] == new
    assert line.arguments["count"] >= 12
    assert rules(case).count("for-a-person") == 0
    assert len(case.audit.findings) <= 6


def test_the_renamed_column_is_told_at_its_label():
    case = judged(heads(ministry_lines(GOOD), "实际完成值", "年末经第三方逐户核验的兑现口径"))

    assert case.of("unread-core") == [("note", f"F{FIRST - 1}")]
    assert "年末经第三方逐户核验的兑现口径" in texts.load_texts("zh").finding(
        case.finding("unread-core")
    )


def test_a_form_without_a_column_of_actual_values_is_one_line():
    lines = [
        [cell for col, cell in enumerate(line) if col != 5] for line in ministry_lines(GOOD, BAD)[FIRST - 2 :]
    ]  # fmt: skip
    case = judged([("2023年度项目支出绩效自评表", *[LEFT] * 7), *lines])

    assert case.audit.conclusion is Conclusion.INCOMPLETE
    assert [f.message for f in case.audit.findings if f.rule == "unread-core"] == ["lacking"]


def placed(row_, col, text, lines=None):
    """The audit of a form with something in a cell that was empty."""
    sheet = grid(lines or ministry_lines(GOOD, BAD))
    assert (row_, col) not in sheet.cells
    sheet.cells[row_, col] = Cell(row_, col, text, text)
    (form,) = read.forms([sheet], "表.xlsx", vocabulary.load())
    return Case(lines, audit(form))


def test_a_remark_beside_the_table_leaves_the_conclusion_as_it_is():
    case = placed(FIRST, 12, "已核对", ministry_lines(GOOD))

    assert [item.text for item in case.form.unread] == ["已核对"]
    assert case.audit.conclusion is Conclusion.CLEAN


def test_a_column_of_words_beside_all_that_is_needed_changes_nothing():
    lines = [
        (*line, {FIRST - 1: "责任处室"}.get(number, "养护处" if number in (FIRST, FIRST + 1) else None))
        for number, line in enumerate(ministry_lines(GOOD), 1)
    ]  # fmt: skip
    case = judged(lines)

    assert "责任处室" in {item.text for item in case.form.unread} or not case.form.unread
    assert case.audit.conclusion is Conclusion.CLEAN


def test_a_column_of_figures_that_nobody_knows_may_be_what_scores_depend_on():
    lines = [
        (*line, {FIRST - 1: "奇异栏目"}.get(number, "12" if FIRST <= number < FIRST + 3 else None))
        for number, line in enumerate(ministry_lines(GOOD), 1)
    ]  # fmt: skip

    assert judged(lines).audit.conclusion is Conclusion.INCOMPLETE


@pytest.mark.parametrize("text", ["……", "指标2", "指标3：", "…"])
def test_rows_that_a_template_left_are_no_gap(text):
    left = (text, None, None, None, None)
    lines = ministry_lines(GOOD)
    at = FIRST + 1
    lines.insert(at, (UP, None, None, *left, None))
    lines[at] = (UP, "效益指标", "社会效益指标", text, None, None, None, None, None)
    case = judged(lines)

    assert case.audit.conclusion is Conclusion.CLEAN
    assert "unread-core" not in rules(case)


def test_a_formula_that_nobody_has_computed_is_not_understood():
    sheet = grid(ministry_lines(GOOD))
    del sheet.cells[FIRST, 8]
    sheet.uncomputed = frozenset({(FIRST, 8)})
    (form,) = read.forms([sheet], "表.xlsx", vocabulary.load())

    assert audit(form).conclusion is Conclusion.INCOMPLETE


def test_funds_whose_amounts_stand_under_an_unknown_word():
    lines = heads(ministry_lines(GOOD), "全年执行数", "实花")
    case = judged(lines)

    assert case.audit.conclusion is Conclusion.INCOMPLETE


# ---------------------------------------------------------------- the same gap in many rows
def many(count, **change):
    rows = [row(f"养护里程{n}", "≥100公里", "100公里", 4, 4) for n in range(count)]
    names = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    return [
        tuple(change.get(name, value) for name, value in zip(names, each, strict=True))
        for each in rows
    ]


@pytest.mark.parametrize(
    ("change", "rule", "severity"),
    [
        ({"actual": None}, "missing-actual", "error"),
        ({"actual": None, "score": 0}, "missing-actual", "warning"),
        ({"target": None}, "missing-target", "warning"),
        ({"score": None}, "missing-score", "warning"),
    ],
)
def test_the_same_gap_in_many_rows_is_one_line_that_has_every_cell(change, rule, severity):
    case = ministry(*many(6, **change))
    (found,) = [finding for finding in case.audit.findings if finding.rule == rule]

    assert str(found.severity) == severity
    assert len(found.places) == found.arguments["count"] == 6
    for language in ("zh", "en"):
        assert "6" in texts.load_texts(language).finding(found)
    record = audit_record(case.audit, texts.load_texts("zh").statement)
    (line,) = [one for one in record["findings"] if one["rule"] == rule]
    assert len(line["cells"]) == 6
    assert line["cells"][0] == line["cell"]


def test_a_gap_in_a_few_rows_is_told_of_each():
    case = ministry(*many(3, actual=None))

    assert len(case.of("missing-actual")) == 3


# ---------------------------------------------------------------- what is no self-evaluation
def monitoring(title="2023年度项目支出绩效运行监控表", actual="1-6月完成值"):
    heads_ = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        actual,
        "全年预计完成情况",
        "完成目标可能性",
    )
    return [
        (title, *[LEFT] * 6),
        ("项目名称", "道路养护项目", *[LEFT] * 5),
        heads_,
        ("产出指标", "数量指标", "养护里程", "≥100公里", "40公里", "100公里", "确定能"),
        (UP, "质量指标", "合格率", "≥95%", "90%", "96%", "有可能"),
    ]


def targets(title="2023年度项目支出绩效目标申报表", *more):
    return [
        (title, *[LEFT] * 3),
        ("项目名称", "道路养护项目", *[LEFT] * 2),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "养护里程", "≥100公里"),
        (UP, "质量指标", "合格率", "≥95%"),
    ]


@pytest.mark.parametrize(
    ("lines", "nature"),
    [
        (monitoring(), MONITORING),
        (monitoring("项目绩效目标执行监控表（2023年1-6月）"), MONITORING),
        (monitoring("财政支出项目绩效监控情况表", "实际完成值"), MONITORING),
        (targets(), TARGETS),
        (targets("项目绩效目标批复表"), TARGETS),
        (targets("（2023年度）项目绩效目标表"), TARGETS),
    ],
)
def test_other_forms_are_named_and_not_judged(lines, nature):
    case = judged(lines)

    assert case.form.nature == nature
    assert case.audit.conclusion is Conclusion.OTHER
    assert rules(case) == ["other-form"]
    assert case.faults == []
    assert case.finding("other-form").message == nature
    assert all(score.recomputed is None for score in case.audit.scores)


@pytest.mark.parametrize(
    ("lines", "nature"),
    [
        (monitoring("道路养护项目情况"), MONITORING),
        (targets("道路养护项目"), TARGETS),
        (heads(targets("道路养护项目"), "二级指标", "任务落实"), SELF),
    ],
)
def test_without_a_title_the_columns_tell(lines, nature):
    (form,) = read.forms([grid(lines, "Sheet1")], "表.xlsx", vocabulary.load())

    assert form.nature == nature


@pytest.mark.parametrize(
    "title",
    [
        "2023年度城市视频监控项目支出绩效自评表",
        "视频监控建设项目绩效评价表",
        "转移支付区域绩效目标自评表",
        "财政预算支出项目绩效目标自评表",
        "部门预算项目支出绩效目标完成情况表",
        "2023年度项目支出绩效目标申报表",  # copied from the year before, and filled in all the same
    ],
)
def test_a_self_evaluation_stays_one_whatever_its_title_speaks_of(title):
    lines = ministry_lines(BAD)
    case = judged([(title, *[LEFT] * 8), *lines[1:]])

    assert case.form.nature == SELF
    assert case.audit.conclusion is Conclusion.ERRORS
