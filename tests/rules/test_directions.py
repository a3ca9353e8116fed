"""Which way a target points, by the evidence of the form; and what follows for ranges, paces, limits.

The table directions.csv was written from the meaning of each row by somebody who had not seen the code.
"""

import csv
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from perfxl.forms.values.quantity import parse
from perfxl.rules.engine.direction import Stated
from perfxl.rules.engine.heads import head
from perfxl.rules.engine.ratio import MET, judge, with_zeros
from perfxl.rules.policies import policy

MINISTRY, HUBEI = policy.get_policy("ministry"), policy.get_policy("hubei")
TABLE = Path(__file__).parent / "directions.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
LEFT_OPEN = 10
"""How many rows of the table are left to a person although their meaning is certain; aim: fewer."""


def ratio(target, actual, name="里程", level2="数量指标", rules=HUBEI, **stated):
    pair = with_zeros(parse(target), parse(actual), name, level2)
    return judge(*pair, name, level2, rules, Stated(**stated))


def of_row(row):
    return ratio(row["target"], row["actual"], row["name"], row["level2"])


def ends(found):
    return found.lo, found.hi


# ---------------------------------------------------------------- the table
@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: "-".join((row["name"], row["target"], row["actual"]))
)
def test_a_row_of_the_table_is_neither_accused_nor_cleared_against_its_meaning(row):
    found, meant = of_row(row), (Fraction(row["lo"]), Fraction(row["hi"]))

    if row["met"] != "no":
        assert not found.missed
    if row["met"] != "yes":
        assert not found.met
    encloses = found.lo <= meant[0] and meant[1] <= found.hi
    within = meant[0] <= found.lo and found.hi <= meant[1]
    # Where the table itself gives only outer bounds, anything between them is right.
    assert encloses or (within and row["comment"].startswith("outer"))


def test_few_rows_of_the_table_are_left_open():
    left = [row for row in ROWS if ends(of_row(row)) != (Fraction(row["lo"]), Fraction(row["hi"]))]

    assert len(ROWS) >= 400
    assert len([row for row in left if not row["comment"].startswith("outer")]) <= LEFT_OPEN


def test_the_table_covers_every_way():
    ways = Counter(row["way"] for row in ROWS)

    assert min(ways[way] for way in ("up", "down", "either", "range")) >= 20


# ---------------------------------------------------------------- evidence, from the strongest down
@pytest.mark.parametrize(
    ("target", "actual", "name", "level2", "evidence", "share"),
    [
        # the size of a change is to be reached, whatever the name says
        ("降低5%", "降低6.2%", "能耗强度", "生态效益指标", "change", "1"),
        ("下降3%", "下降3.5%", "万元GDP能耗", "生态效益指标", "change", "1"),
        ("下降3%", "下降2.4%", "万元GDP能耗", "生态效益指标", "change", "0.8"),
        ("比上年减少3人", "减少4人", "事故死亡人数", "社会效益指标", "change", "1"),
        ("比上年减少4人", "减少3人", "事故死亡人数", "社会效益指标", "change", "0.75"),
        ("降低10%", "12%", "投诉率", "质量指标", "change", "1"),
        ("减少10万元", "12万元", "运行成本", "成本指标", "change", "1"),
        ("缩短10%", "12%", "平均响应时间", "时效指标", "change", "1"),
        ("节约20万元", "节约18万元", "运输费用", "成本指标", "change", "0.9"),
        # a change that went the other way: nothing of it was reached
        ("下降5%", "上升2%", "能耗", "生态效益指标", "change", "0"),
        ("增长5%", "下降5%", "旅游收入", "经济效益指标", "change", "0"),
        ("5%", "下降5%", "税收增长率", "经济效益指标", "name", "0"),
        ("下降5%", "-6%", "能耗", "生态效益指标", "change", "1"),
        # growth of what should be little is a limit
        ("增长5%", "增长4%", "投诉", "社会效益指标", "change", "1"),
        ("增长5%", "增长10%", "一般性事故数", "社会效益指标", "change", "0.5"),
        # where a change is to end is a limit, or an aim
        ("降至5天", "4天", "办理时间", "时效指标", "change", "1"),
        ("提高到95%", "90%", "某项", "质量指标", "change", "18/19"),
        # the head of the name
        ("5%", "6%", "三公经费压减率", "成本指标", "name", "1"),
        ("50%", "60%", "审批时限压缩比例", "时效指标", "name", "1"),
        ("50%", "40%", "审批时限压缩比例", "时效指标", "name", "0.8"),
        ("10%", "12%", "成本利润率", "经济效益指标", "name", "1"),
        ("50", "60", "故障排除次数", "数量指标", "name", "1"),
        ("4", "5", "事故警示教育次数", "数量指标", "name", "1"),
        ("4", "3", "事故警示教育次数", "数量指标", "name", "0.75"),
        ("3%", "0", "预算调整率", "质量指标", "name", "1"),
        ("5%", "3%", "贷款逾期率", "质量指标", "name", "1"),
        ("5%", "3%", "设施损坏率", "质量指标", "name", "1"),
        ("5%", "10%", "疫情漏报率", "质量指标", "name", "0.5"),
        ("1%", "0.5%", "院内感染率", "质量指标", "name", "1"),
        ("5次", "3次", "火灾次数", "社会效益指标", "name", "1"),
        ("35", "30", "PM2.5浓度", "生态效益指标", "name", "1"),
        ("60分贝", "55分贝", "施工噪音", "生态效益指标", "name", "1"),
        # a target of 0 is a ceiling
        ("0", "1", "预算追加次数", "数量指标", "zero", "0"),
        ("0", "0", "预算追加次数", "数量指标", "zero", "1"),
        ("0", "3", "网络中断次数", "质量指标", "zero", "0"),
        ("0起", "1起", "安全生产", "社会效益指标", "zero", "0"),
        ("0", "1", "安全生产", "社会效益指标", "zero", "0"),
        # a bare amount with a measure word under 数量指标
        ("300公里", "270公里", "某路", "数量指标", "amount", "0.9"),
        ("12场", "9场", "某会", "数量指标", "amount", "0.75"),
        # a cost under 成本指标
        ("3万元", "3.75万元", "印刷费", "成本指标", "level", "0.8"),
        # a comparator outranks everything
        ("≥5%", "6%", "投诉率", "质量指标", "comparator", "1"),
        ("≤5%", "4%", "覆盖率", "质量指标", "comparator", "1"),
        ("下降≥5%", "6%", "能耗", "生态效益指标", "comparator", "1"),
        ("±5%", "3%", "偏差率", "质量指标", "comparator", "1"),
        ("±5%", "-10%", "偏差率", "质量指标", "comparator", "0.5"),
    ],
)  # fmt: skip
def test_the_strongest_evidence_decides(target, actual, name, level2, evidence, share):
    found = ratio(target, actual, name, level2)

    assert ends(found) == (Fraction(share), Fraction(share))
    assert found.evidence == evidence


@pytest.mark.parametrize(
    ("name", "level2"),
    [
        ("某率", "质量指标"), ("某某指数", "效益指标"), ("生师比", "质量指标"), ("医保药占比", "质量指标"), ("人口自然增长率", "社会效益指标"),
        ("人员流动率", "质量指标"), ("公用经费控制率", "质量指标"), ("采购天数", "时效指标"), ("办件时长", "时效指标"), ("补助标准", "成本指标"),
        ("受灾群众", "数量指标"), ("投诉处理数", "数量指标"), ("降低投诉率", "质量指标"), ("耕地减少率", "生态效益指标"), ("零就业家庭", "社会效益指标"),
        ("政府采购比例", "质量指标"),
    ],
)  # fmt: skip
def test_where_nothing_speaks_both_ways_are_admissible_and_nobody_is_accused(name, level2):
    less, more = ratio("10", "8", name, level2), ratio("10", "12", name, level2)

    assert (less.way, less.evidence) == ("either", "")
    assert ends(less) == (Fraction(4, 5), 1)
    assert ends(more) == (Fraction(5, 6), 1)
    assert less.open
    assert more.open
    assert ends(ratio("10", "10", name, level2)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        # what stands before the head is not what is counted
        ("安全生产事故起数", "down"), ("事故应急演练次数", "up"), ("违规资金整改率", "up"), ("群众对投诉处理的满意度", "up"), ("学生近视防控率", "up"),
        # endings that say how something is counted
        ("火灾发生情况", "down"), ("优良天数比例", "up"), ("重污染天数", "down"), ("不合格产品率", "down"),
        # denials
        ("合格率", "up"), ("不合格率", "down"), ("未完成率", "down"), ("无事故率", "up"), ("非正常死亡人数", "down"),
        # what went wrong
        ("漏检率", "down"), ("误诊率", "down"), ("超期未结案件数", "down"), ("逾期还款率", "down"), ("违规使用次数", "down"), ("逾期数", "down"),
        # work for those, or against that, which a name goes on to name
        ("资助贫困学生人数", "up"), ("挽回经济损失金额", "up"), ("带动社会投资", "up"),
        ("服务投诉次数", "down"), ("培训费用", "either"), ("治理成本", "down"), ("抗菌药物使用率", "either"), ("纠错及时率", "up"), ("漏登记人数", "down"),
        ("隐性债务新增额", "down"), ("尘肺病新增例数", "either"), ("城镇新增就业人数", "up"), ("系统故障修复率", "up"), ("违法建设面积", "down"),
        ("研判风险点数", "down"), ("失业人员", "either"), ("追回欠薪金额", "up"), ("采购金额", "either"),
        # durations
        ("投诉办理时限", "down"), ("事故处理时间", "down"), ("停电时长", "down"), ("培训天数", "up"), ("供水时间", "up"),
        # changes
        ("事故下降率", "up"), ("成本节约率", "up"), ("支出增长率", "either"), ("投诉增长率", "down"), ("税收增长率", "up"), ("收入下降率", "either"), ("腾退用房节约租金", "up"), ("节约成本", "up"),
        # figures and marks behind the head
        ("项目完成率100%", "up"), ("任务完成率（%）", "up"), ("完成率甲", "up"), ("PM2.5浓度", "down"), ("指标1：投诉率", "down"),
    ],
)  # fmt: skip
def test_the_head_of_a_name_stands_last(name, way):
    assert head(name, HUBEI).way == way


@pytest.mark.parametrize(
    ("stated", "way", "evidence"),
    [
        ({"sign": "正向"}, "up", "column"), ({"sign": "反向指标"}, "down", "column"), ({"sign": "逆向"}, "down", "column"),
        ({"sign": "不高于"}, "down", "column"), ({"sign": "≥"}, "up", "column"), ({"sign": "定量"}, "either", ""),
        ({"standard": "每超过1个百分点扣1分，扣完为止"}, "down", "standard"), ({"standard": "每低于1个百分点扣1分"}, "up", "standard"),
        ({"standard": "10%以上得满分"}, "up", "standard"), ({"standard": "控制在10%以内得满分"}, "down", "standard"),
        ({"standard": "得分=实际完成值/目标值×分值"}, "up", "standard"), ({"standard": "得分=目标值/实际完成值×分值"}, "down", "standard"),
        ({"standard": "完成得满分，否则不得分"}, "either", ""),
        ({"standard": "高于10%扣1分，低于5%扣1分"}, "either", ""),
        ({"sign": "反向", "standard": "每低于1个百分点扣1分"}, "down", "column"),
    ],
)  # fmt: skip
def test_what_a_row_states_of_its_direction_outranks_its_name(stated, way, evidence):
    for name in ("某率", "合格率", "投诉率") if evidence else ("某率",):
        found = ratio("10%", "12%", name, "质量指标", **stated)

        assert (found.way, found.evidence) == (way, evidence)


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        # a level beside a change
        ("95%", "下降5%", "合格率"), ("≥95%", "提高3%", "合格率"), ("下降5%", "降至90%", "能耗"), ("降至5天", "缩短3天", "办理时间"),
        ("下降5%", "95%", "能耗"), ("损坏3处", "减少4处", "损坏处数"),
    ],
)  # fmt: skip
def test_a_level_beside_a_change_proves_nothing(target, actual, name):
    found = ratio(target, actual, name, "质量指标")

    assert ends(found) == (0, 1)
    assert not found.missed
    assert found.over is None


def test_a_word_that_no_list_knows_leaves_the_direction_open():
    found = ratio("较上年趋降8%", "较上年趋降10%", "扬尘浓度", "生态效益指标")

    assert (found.way, found.missed) == ("either", False)


def test_work_about_what_should_be_few_is_left_open_where_works_are_counted():
    assert ratio("20", "25", "研判风险点数", "数量指标").way == "either"
    assert ratio("20", "25", "研判风险点数", "社会效益指标").way == "down"
    assert ratio("20", "25", "安全事故次数", "数量指标").way == "down"


# ---------------------------------------------------------------- ranges, paces, limits
@pytest.mark.parametrize(
    ("target", "actual", "share"), [("=0次", "1次", 0), ("=0次", "0次", 1), ("＝0", "3", 0)]
)
def test_nothing_above_an_explicit_zero_holds_whatever_is_counted(target, actual, share):
    assert ends(ratio(target, actual, "免费开放天数")) == (share, share)


@pytest.mark.parametrize(
    ("target", "actual", "name", "level2", "lo", "hi"),
    [
        ("2-3次", "4次", "会议", "数量指标", "0.75", "1"), ("2-3次", "1次", "会议", "数量指标", "0.5", "0.5"),
        ("2-3天", "4天", "验收", "时效指标", "0.75", "0.75"), ("2-3万元", "4万元", "某物", "成本指标", "0.75", "0.75"),
        ("18-24℃", "32℃", "室温", "质量指标", "0.75", "0.75"), ("18-24℃", "9℃", "室温", "质量指标", "0.5", "0.5"),
        ("2-4%", "5%", "投诉率", "质量指标", "0.8", "0.8"), ("2-4%", "1%", "投诉率", "质量指标", "0.5", "1"),
        ("2-4天", "5天", "培训天数", "数量指标", "0.8", "1"),
    ],
)  # fmt: skip
def test_a_count_above_its_range_is_not_punished_and_a_limit_is(
    target, actual, name, level2, lo, hi
):
    found = ratio(target, actual, name, level2)

    assert ends(found) == (Fraction(lo), Fraction(hi))
    assert not found.open


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("每村1个", "8个"),
        ("1次/月", "15次"),
        ("每户2棵", "500棵"),
        ("500元/人", "60000元"),
        ("3次", "每月3.5次"),
    ],
)
def test_one_for_each_of_something_beside_a_total_is_open(target, actual):
    found = ratio(target, actual, "某事")

    assert ends(found) == (0, 1)
    assert found.open
    assert found.over is None


@pytest.mark.parametrize(
    ("target", "actual", "name", "share"),
    [
        ("每村1个", "20个", "20个村文化广场建设", "1"), ("每村1个", "8个", "20个村文化广场建设", "0.4"),
        ("每村1个", "每村1个", "文化广场建设", "1"), ("每村2个", "每村1个", "文化广场建设", "0.5"), ("≥2次/年", "3次", "检查次数", "1"),
        ("每月1次", "每季度1次", "巡查次数", "1/3"), ("每季度1次", "每月1次", "巡查次数", "1"),
    ],
)  # fmt: skip
def test_as_many_as_there_are_is_proven_where_the_row_says_how_many(target, actual, name, share):
    found = ratio(target, actual, name)

    assert ends(found) == (Fraction(share), Fraction(share))


def test_a_limit_of_the_ministry_may_be_scored_by_either_formula():
    found = ratio("≤100天", "120天", "工期", "时效指标", MINISTRY)

    # Of 15 points: 12, or 12.50.
    assert (15 * found.lo, 15 * found.hi) == (12, Fraction("12.5"))
    assert not found.open


# ---------------------------------------------------------------- far above the target
@pytest.mark.parametrize("actual", ["300场", "500场"])
def test_a_target_set_too_low_may_earn_less_under_the_ministry_s_rule(actual):
    found = ratio("100场", actual, "培训场次", "数量指标", MINISTRY)

    assert (ends(found), found.least, found.reducible) == ((1, 1), 0, True)
    assert found.met
    assert ratio("100场", actual, "培训场次").reducible is False


@pytest.mark.parametrize(("actual", "reducible"), [("130场", False), ("131场", True)])
def test_far_above_is_more_than_the_policy_says(actual, reducible):
    assert ratio("100场", actual, "培训场次", "数量指标", MINISTRY).reducible is reducible


def test_a_policy_may_have_words_of_its_own():
    words = {**HUBEI.words, "less_is_better": ("某率",)}

    assert ratio("10%", "8%", "某率", "质量指标", replace(HUBEI, words=words)) == MET._replace(
        why="within", way="down", evidence="name"
    )
