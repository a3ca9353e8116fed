"""Rows that miss their target and claim full points all the same: one kind of wording each.

Each case is the kind, level 2, name, target, actual, and the most of the weight that is admissible;
where a form splits the target over cells, the last four are comparator, number, unit and result.
"""

from fractions import Fraction
from typing import NamedTuple

from oracle.model import Cell

Split = tuple[str, int | float, str, str | int | float]


class Slip(NamedTuple):
    """A row whose full claim is provably wrong."""

    kind: str
    level2: str
    name: str
    target: str | Cell
    actual: str | Cell
    most: Fraction
    split: Split | None = None


QUANTITY, QUALITY, TIME, COST = "数量指标", "质量指标", "时效指标", "成本指标"
MONEY, SOCIAL, NATURE = "经济效益指标", "社会效益指标", "生态效益指标"
LASTING, PLEASED = "可持续影响指标", "服务对象满意度指标"


def _f(numerator: float, denominator: float = 1) -> Fraction:
    return Fraction(str(numerator)) / Fraction(str(denominator))


SLIPS = (
    Slip("missed, ≥", QUALITY, "验收合格率", "≥95%", "80%", _f(80, 95), ("≥", 95, "%", "80%")),
    Slip("missed, ≥", SOCIAL, "政策知晓率", "≧ 90 %", Cell(0.72, "0.00%"), _f(72, 90), ("≥", 90, "%", 72)),
    Slip("missed, percent cells", TIME, "按时完成率", Cell(1, "0%"), Cell(0.7274, "0.00%"), _f(0.7274),
         ("=", 100, "%", "72.74%")),
    Slip("missed, comparator in words", QUALITY, "设备完好率", "不低于95%", "76%", _f(76, 95)),
    Slip("missed, comparator in words", QUANTITY, "走访慰问困难家庭", "不少于500户", "350户", _f(350, 500)),
    Slip("missed, comparator behind", QUALITY, "系统正常运行率", "95%以上（含95%）", "80%", _f(80, 95)),
    Slip("missed, comparator behind", QUALITY, "抽检合格率", "95%（含）以上", "76%", _f(76, 95)),
    Slip("missed, bare amount", QUANTITY, "公路养护里程", "300公里", "240公里", _f(240, 300)),
    Slip("missed, bare amount", QUANTITY, "文艺演出", "二十场", "12场", _f(12, 20)),
    Slip("missed ceiling, ≤", TIME, "故障响应时间", "≤4小时", "6小时", _f(4, 6), ("≤", 4, "小时", "6小时")),
    Slip("missed ceiling, ≤", SOCIAL, "有效投诉起数", "不超过4起", "8起", _f(4, 8), ("≤", 4, "起", 8)),
    Slip("missed cost", COST, "单次活动成本", "≤500元", "800元", _f(500, 800), ("≤", 500, "元", 800)),
    Slip("missed cost", COST, "设备采购成本", "20万元", "32万元", _f(20, 32)),
    Slip("missed ceiling by its name", SOCIAL, "交通事故起数", "20起", "32起", _f(20, 32)),
    Slip("missed ceiling by its name", QUALITY, "系统故障率", "4%", "8%", _f(1, 2)),
    Slip("missed change", NATURE, "万元GDP能耗", "下降5%", "下降3%", _f(3, 5)),
    Slip("missed change", TIME, "企业开办时间", "缩短50%", "缩短30%", _f(3, 5)),
    Slip("missed change", COST, "日常公用支出", "比上年减少10万元", "减少6万元", _f(6, 10)),
    Slip("opposite change", MONEY, "农民收入", "增长5%", "下降5%", _f(0)),
    Slip("opposite change", NATURE, "碳排放强度", "下降4%", "上升2%", _f(0)),
    Slip("missed, head of the name", COST, "三公经费压减率", "10%", "6%", _f(6, 10)),
    Slip("missed, head of the name", SOCIAL, "交通事故下降率", "10%", "5%", _f(5, 10)),
    Slip("missed, head of the name", QUANTITY, "事故警示教育次数", "10次", "6次", _f(6, 10)),
    Slip("zero target", QUALITY, "网络中断次数", "0", "3", _f(0), ("≤", 0, "次", 3)),
    Slip("zero target", SOCIAL, "安全事故", "零起", "2起", _f(0)),
    Slip("zero target", SOCIAL, "有效投诉", "无投诉", "3件", _f(0)),
    Slip("missed date", TIME, "工程竣工时间", "6月底前", "9月", _f(1)),
    Slip("missed date", TIME, "资金下达时间", "5月底之前", "7月底", _f(1)),
    Slip("denied", QUALITY, "工程质量", "达标", "未达标", _f(1, 2)),
    Slip("denied", QUALITY, "档案归集任务", "全部完成", "未完成", _f(3, 5)),
    Slip("partly reached", SOCIAL, "营商环境", "持续优化", "部分达成预期指标", _f(4, 5)),
    Slip("below a range", QUANTITY, "专题会议", "5-6次", "3次", _f(3, 5)),
    Slip("below a range", QUALITY, "综合利用率", "80%—90%之间", "60%", _f(60, 80)),
    Slip("slower pace", QUANTITY, "巡查频次", "每月1次", "每季度1次", _f(1, 3)),
    Slip("says that it missed", QUANTITY, "培训人数", "≥100人", "不到100人", _f(1)),
    Slip("says that it missed", QUALITY, "疫苗接种率", "≥95%", "未达到95%", _f(1)),
    Slip("only so many", QUANTITY, "受训干部", "≥100人", "仅80人", _f(80, 100)),
    Slip("other unit of one dimension", COST, "每亩改造成本", "≤8000元", "1.2万元", _f(8, 12)),
    Slip("other unit of one dimension", QUANTITY, "服务群众人次", "≥1.2万人次", "9000人次", _f(9, 12)),
    Slip("other unit of one dimension", TIME, "抢修到场时间", "≤2小时", "180分钟", _f(2, 3)),
    Slip("number in words", TIME, "办结时限", "≤一周", "20天", _f(7, 20)),
    Slip("number in words", TIME, "建设工期", "不超过半年", "10个月", _f(6, 10)),
    Slip("number in words", QUALITY, "疫苗接种覆盖率", "全覆盖", "85%", _f(85, 100)),
    Slip("lower place", QUALITY, "考核等次", "优", "良", _f(1)),
    Slip("lower place", QUALITY, "全省综合排名", "前3名", "第5名", _f(1)),
    Slip("satisfaction missed", PLEASED, "服务对象满意度", "≥95%", "76%", _f(76, 95), ("≥", 95, "%", 76)),
    Slip("satisfaction not surveyed", PLEASED, "群众满意度", "≥90%", "未开展满意度调查", _f(1)),
    Slip("actual is a bound below", QUALITY, "任务完成率", "≥100%", "≥80%", _f(8, 10)),
)  # fmt: skip
