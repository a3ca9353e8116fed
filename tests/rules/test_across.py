"""Hints that only a set of forms shows."""

import pytest

from perfxl import texts
from perfxl.rules import across
from perfxl.rules.engine import measures
from perfxl.rules.matching.ownwords import comparable_text

TEXTS = texts.of("zh")

WORDS = "受连续降雨影响，两处河段的清淤工程推迟到次年春季实施，款项未能支付。"
SCORES = [9.5, 10, 8.25, 10, 7.5, 10, 10, 9]


def record(unit, *, scores=SCORES, weights=None, actual=None, target="≥95%", **more):
    """The record of a form with one row for each score."""
    weights = weights or [10] * len(scores)
    rows = [
        {"target": target, "actual": actual(number) if actual else f"{90 + number}%", "score": score,
         "weight": weight, "reason": None}
        for number, (score, weight) in enumerate(zip(scores, weights, strict=True))
    ]  # fmt: skip
    return {"form": f"{unit}.xlsx#表!A1", "unit": unit, "project": None, "deviation_reason": None, "kind": "department",
            "department": None, "year": 2023, "improvement": None, "indicators": rows} | more  # fmt: skip


def found(*records, contents=None):
    """The hints of some forms, each in a file of its unit's name; of its own name where a unit has two."""
    files = {}
    for one in records:
        name = one.get("file") or f"{one['unit']}.xlsx"
        files[name] = one
    contents = contents or {file: [file] for file in files}
    return across.hints([across.traits(one, file) for file, one in files.items()], contents)


def hints(*records, contents=None):
    return [(hint.kind, hint.units) for hint in found(*records, contents=contents)]


def told(hint):
    return TEXTS.get(f"across/{hint.kind}", units=hint.units, **hint.arguments)


def test_forms_that_differ_give_no_hint():
    assert hints(record("甲局"), record("乙局", scores=[9, 10, 8.25, 10, 7.5, 10, 10, 9])) == []


def test_the_same_words_in_two_units():
    assert hints(
        record("甲局", deviation_reason=WORDS),
        record("乙局", deviation_reason=f" {WORDS}\n", scores=[9.1] * 8),
    ) == [("texts", ("甲局", "乙局"))]


@pytest.mark.parametrize("text", ["无", "加强预算管理。", None, "1.继续加强管理。"])
def test_short_phrases_are_no_hint(text):
    assert (
        hints(record("甲局", improvement=text), record("乙局", improvement=text, scores=[9.1] * 8))
        == []
    )


# Departments all over the country write these by heart, in these words and in others like them.
BY_HEART = [
    "进一步加强预算绩效管理，提高财政资金使用效益。",
    "不存在偏差较大或目标未完成的情况，今后将继续加强预算绩效管理，提高资金使用效益。",
    "偏差原因：年初预算编制不够精准，部分项目执行进度较慢。改进措施：加快预算执行进度，提高资金使用效率。",
    "1.进一步完善预算绩效管理制度，强化绩效意识；2.加强业务培训，提高业务人员能力水平；3.加强沟通协调。",
    "受新冠疫情影响，部分工作未能按计划开展，导致预算执行率偏低。下一步将加快项目推进，及时支付资金。",
    "根据《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）要求，进一步健全预算绩效管理机制。",
    "绩效自评结果将作为下一年度预算编制和安排的重要依据，并按要求进行公开，接受社会监督。",
    "请逐条说明未完成绩效目标或指标的原因及拟采取的改进措施。",
    "由于项目跨年度实施，合同约定分期付款，尾款待验收合格后支付，因此资金未全部支付完毕。",
    "因政府采购节约资金，执行率未达到100%。下一步将更加精准测算项目预算，提高预算编制水平。",
    "个别绩效指标设置过于笼统，难以量化，下一步将加强与财政部门的沟通，完善绩效指标体系。",
    "我单位将进一步加强绩效目标管理，科学合理设置绩效指标，使绩效指标更加细化、量化，便于考核和评价。",
    "公务用车运行维护费严格控制，较预算有所下降，主要原因是严格落实中央八项规定精神。",
]
OWN = [
    WORDS,
    "因前期招标文件修改两次，中标单位进场时间推迟至9月，外墙保温未按合同节点完成验收。",
    "原定6月举办的全市职工羽毛球赛因体育馆漏水维修取消，改为11月在滨江公园举行健步走活动。",
    "两台除雪车的发动机在进口环节被海关抽检，到货比合同晚了四个月，故本年只支付了定金。",
    "老旧小区加装电梯因一楼住户反对，建设街12号和14号两个单元未能开工，已列入2025年计划。",
]


@pytest.mark.parametrize("text", BY_HEART)
def test_what_everybody_writes_is_no_hint(text):
    assert comparable_text("improvement", text, ["云湖区教育局"]) is None
    assert comparable_text("improvement", f"{text}{text}\n{BY_HEART[0]}", []) is None


@pytest.mark.parametrize("text", OWN)
def test_words_of_ones_own_are_compared_whatever_stands_beside_them(text):
    assert comparable_text("deviation_reason", text, [])
    assert comparable_text("deviation_reason", BY_HEART[0] + text, []).text == BY_HEART[0] + text


COPIED = "{}所属的两台除雪车在进口环节被海关抽检，到货比合同晚了四个月，故本年只支付了定金"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COPIED.format("云湖区教育局"), COPIED.format("民政局")),
        (COPIED.format("江州市云湖区教育局"), COPIED.format("我局")),
        (COPIED.format("我单位"), COPIED.format("本单位")),
        (COPIED.format("") + "。", COPIED.format("")),
        (COPIED.format("").replace("，", ","), COPIED.format("").replace("，", " ；")),
    ],
)
def test_a_copied_text_with_names_or_punctuation_exchanged(one, other):
    (hint,) = found(
        record("江州市云湖区教育局", deviation_reason=one),
        record("江州市云湖区民政局", deviation_reason=other, scores=[9.1] * 8),
    )

    assert (hint.kind, len(hint.units)) == ("texts", 2)
    assert "除单位（项目）名称和标点外完全相同" in told(hint)


def test_a_copied_text_may_name_the_project():
    texts = [
        f"{name}的两台除雪车在进口环节被海关抽检，到货比合同晚了四个月，故只付了定金"
        for name in ("城区除雪", "农村公路养护")
    ]
    names = ["2023年城区除雪项目", "2023年农村公路养护项目经费"]
    forms = [
        record(unit, project=name, improvement=text, scores=[score] * 8)
        for unit, name, text, score in zip(("甲局", "乙局"), names, texts, (9.1, 9.2), strict=True)
    ]

    assert hints(*forms) == [("texts", ("甲局", "乙局"))]


def test_a_text_that_was_copied_with_the_other_unit_s_name_in_it_is_found():
    text = COPIED.format("云湖区教育局")
    (hint,) = found(
        record("云湖区教育局", improvement=text),
        record("云湖区民政局", improvement=text, scores=[9.1] * 8),
    )

    assert "一字不差" in told(hint)


def test_the_quotation_is_what_was_written():
    text = WORDS.replace("影响，", "影响，\n")
    (hint,) = found(
        record("甲局", improvement=text), record("乙局", improvement=text, scores=[9.1] * 8)
    )

    assert told(hint).endswith(
        "一字不差：“受连续降雨影响， 两处河段的清淤工程推迟到次年春季实施，款项未能支付。”"
    )


def test_one_unit_spelled_in_two_ways_is_one():
    assert (
        hints(
            record("甲局（本级）", improvement=WORDS),
            record("甲局(本级) ", improvement=WORDS, scores=[9.1] * 8, year=2022),
        )
        == []
    )


def test_the_same_words_twice_in_one_unit_are_no_hint():
    one = record("甲局", deviation_reason=WORDS, improvement=WORDS)

    assert hints(one) == []


def test_the_same_scores_row_by_row():
    assert hints(record("甲局"), record("乙局")) == [("scores", ("甲局", "乙局"))]


@pytest.mark.parametrize(
    "scores", [[10] * 8, [10, 5, 10, 8, 10, 10, 9, 10], [9.5, 10, 9.5, 10] * 2, SCORES[:7]]
)
def test_scores_that_may_be_the_same_by_chance_are_no_hint(scores):
    weights = [20] * len(scores)

    assert (
        hints(
            record("甲局", scores=scores, weights=weights),
            record("乙局", scores=scores, weights=weights),
        )
        == []
    )


def test_every_actual_value_is_its_target():
    assert hints(record("甲局", actual=lambda _: "≥ 95％")) == [("actuals", ("甲局",))]
    assert hints(record("甲局", actual=lambda n: "≥95%" if n else "96%")) == []


@pytest.mark.parametrize(
    ("target", "actual"),
    [("85%", "85.0%"), ("3天", "3 天"), ("≥95%", "95%"), ("95％", "95"), ("1万元", "10000元"), ("有效提升", "有效提升。"),
     ("完成率≥95%", "95%"), ("1-3天", "1~3天"), ("1200公里", "1,200公里"), ("2021年12月底前", "2021年12月底")],
)  # fmt: skip
def test_figures_written_differently_are_equal(target, actual):
    assert measures.same_figure(target, actual)


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥95%", "96%"), ("≥95%", ">95%"), ("1-3天", "3天"), ("有效提升", "有所提升"), ("3天", "3小时"), ("10场", "10万场"),
     ("提升", "10%"), ("2021年12月底前", "2021年11月")],
)  # fmt: skip
def test_figures_that_differ(target, actual):
    assert not measures.same_figure(target, actual)


def test_rows_of_dashes_are_no_targets_that_were_met():
    assert hints(record("甲局", target="—", actual=lambda _: "—")) == []


def test_full_marks_everywhere():
    assert hints(record("甲局", scores=[10] * 6)) == [("full", ("甲局",))]
    assert hints(record("甲局", scores=[10] * 4)) == []
    assert hints(record("甲局", scores=[10] * 6, weights=[10] * 5 + [11])) == []


def test_one_file_by_two_units_is_told_once():
    same = {"甲局.xlsx": ["甲局.xlsx", "乙局.xlsx"], "乙局.xlsx": ["甲局.xlsx", "乙局.xlsx"]}

    assert hints(record("甲局"), record("乙局"), contents=same) == [("file", ("甲局", "乙局"))]


def test_a_unit_s_two_forms_of_one_project_and_year():
    def twice(first, second, contents=None):
        one, other = (
            {"file": f"{n}.xlsx", "scores": [9 + n / 10] * 8} | more
            for n, more in ((1, first), (2, second))
        )
        forms = [record("甲局", scores=form.pop("scores"), **form) for form in (one, other)]
        return [told(hint) for hint in found(*forms, contents=contents) if hint.kind == "twice"]

    assert twice({}, {}) == [
        "甲局 有 2 份内容不同的部门整体自评表，可能是重复报送或修改后重报，请确认以哪一份为准"
    ]
    project = {"kind": "project", "project": "公路养护"}
    assert twice(project, project | {"project": " 公路养护"})[0].startswith(
        "甲局 有 2 份内容不同的项目支出自评表（公路养护）"
    )
    assert twice(project, project | {"project": "桥梁养护"}) == []
    assert twice(project, {}) == []
    assert twice({"year": 2022}, {}) == []
    same = ["1.xlsx", "2.xlsx"]
    assert twice({}, {}, {"1.xlsx": same, "2.xlsx": same}) == []
    # A project without a name may be another one.
    rows = [
        [{"level3": name, "target": "1", "actual": "1", "score": 1, "weight": 1, "reason": None}]
        for name in "甲乙"
    ]
    assert (
        twice(
            {"kind": "project", "indicators": rows[0]}, {"kind": "project", "indicators": rows[1]}
        )
        == []
    )
    nameless = across.traits(record("", kind="project", project="公路养护"), "3.xlsx")
    assert across.hints([nameless, nameless._replace(file="4.xlsx")], {}) == []


def test_several_forms_in_one_file_are_no_second_submission():
    forms = [across.traits(record("甲局", scores=[score] * 8), "甲局.xlsx") for score in (9.1, 9.2)]

    assert across.hints(forms, {}) == []


def test_near_names_are_those_that_the_list_lacks():
    found = across.missing(["城东镇", "城西镇", "城南镇人民政府"], ["城西镇", "城南镇政府"])

    assert [(hint.units, hint.arguments["near"]) for hint in found] == [
        (("城东镇",), []), (("城南镇人民政府",), ["城南镇政府"])]  # fmt: skip


def test_units_of_a_list_that_have_no_form():
    found = across.missing(
        ["甲局", " 乙 局 ", "", "丙镇人民政府", "丁局"], ["甲局", "乙局", "丙镇政府"]
    )

    assert [(hint.arguments["unit"], hint.arguments["near"]) for hint in found] == [
        ("丙镇人民政府", ["丙镇政府"]), ("丁局", [])]  # fmt: skip
