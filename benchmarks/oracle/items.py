"""Indicators: a target and an actual as departments write them, with the ratio that follows.

What is right is known here before anything is written: the numbers are drawn first, then the
spelling. Every maker takes the random source and the form's habits and gives an `Item`.
"""

import csv
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from oracle.model import Cell, held, plain

TABLE = Path(__file__).resolve().parents[2] / "tests" / "rules" / "directions.csv"
UNSEEN = Path(__file__).resolve().with_name("unseen.csv")
"""Names that stand in no table the rules were written beside."""
VALUES = Path(__file__).resolve().with_name("values.csv")
"""Targets and actuals in spellings of every kind; the way is never in doubt."""
LEVEL1 = {
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "成本指标": "产出指标",
    "经济效益指标": "效益指标",
    "社会效益指标": "效益指标",
    "生态效益指标": "效益指标",
    "可持续影响指标": "效益指标",
    "服务对象满意度指标": "满意度指标",
}
SERVED = "服务对象满意度指标"
ONE = Fraction(1)


class Item(NamedTuple):
    """One indicator as drawn: its words, its ratio, and whether the target is reached.

    `sign`, `number`, `measure` and `got` are there for forms that split the target over cells; an
    item without them is written as two texts.
    """

    level2: str
    name: str
    target: Cell
    actual: Cell
    low: Fraction
    high: Fraction
    met: bool
    sign: str = ""
    number: Fraction | None = None
    measure: str = ""
    got: Fraction | None = None
    text: bool = False
    far: bool = False
    """Whether the result is so far above the target that it may need its reason."""


class Measured(NamedTuple):
    """A kind of indicator with a number: its names, units and usual size."""

    level2: str
    sign: str
    measure: str
    names: Sequence[str]
    least: int
    most: int
    step: int


COUNTS = (
    Measured(
        "数量指标", "≥", "人次", ("业务培训", "健康讲座参加人数", "志愿服务人次"), 100, 3000, 10
    ),
    Measured("数量指标", "≥", "公里", ("公路养护里程", "新建绿道长度", "管网改造长度"), 20, 600, 5),
    Measured(
        "数量指标", "≥", "户", ("危房改造户数", "走访慰问困难家庭", "农村户厕改造"), 50, 2000, 10
    ),
    Measured("数量指标", "≥", "场", ("文艺演出", "招聘会", "政策宣讲"), 8, 60, 1),
    Measured("数量指标", "≥", "台", ("购置办公设备", "更新监测仪器", "安装充电桩"), 10, 300, 5),
    Measured("数量指标", "≥", "平方米", ("校舍维修面积", "道路划线面积"), 500, 20000, 100),
    Measured("数量指标", "≥", "份", ("发放宣传资料", "编印工作简报"), 100, 5000, 50),
    Measured("数量指标", "≥", "次", ("专项检查", "应急演练", "设备巡检"), 4, 48, 2),
    Measured("经济效益指标", "≥", "万元", ("带动社会投资", "新增税收", "旅游收入"), 50, 5000, 10),
    Measured("社会效益指标", "≥", "人", ("新增就业人数", "受益群众", "救助困难群众"), 50, 9000, 10),
    Measured(
        "社会效益指标", "≥", "件", ("挽回损失案件", "调解成功纠纷", "办结群众诉求"), 10, 400, 2
    ),
    Measured("生态效益指标", "≥", "亩", ("植树造林面积", "病虫害防治面积"), 50, 5000, 10),
    Measured("生态效益指标", "≥", "天", ("空气质量优良天数",), 200, 290, 5),
    Measured("可持续影响指标", "≥", "年", ("设施使用年限", "系统服务年限"), 3, 20, 1),
)
SHARES = (
    Measured(
        "质量指标", "≥", "%", ("验收合格率", "设备完好率", "培训合格率", "抽检合格率"), 80, 100, 1
    ),
    Measured("质量指标", "≥", "%", ("任务完成率", "系统正常运行率", "疫苗接种率"), 80, 100, 1),
    Measured("时效指标", "≥", "%", ("按时完成率", "资金拨付及时率", "按期办结率"), 80, 100, 1),
    Measured("社会效益指标", "≥", "%", ("政策知晓率", "义务教育巩固率", "案件办结率"), 70, 100, 1),
    Measured("生态效益指标", "≥", "%", ("污水处理率", "垃圾无害化处理率"), 70, 100, 1),
    Measured("可持续影响指标", "≥", "%", ("参保覆盖率", "管护制度覆盖率"), 70, 100, 1),
)
CEILINGS = (
    Measured("时效指标", "≤", "小时", ("故障响应时间", "抢修到场时间"), 2, 72, 2),
    Measured("时效指标", "≤", "天", ("平均办理时限", "补贴资金发放时间", "平均审理天数"), 5, 90, 5),
    Measured(
        "成本指标", "≤", "元", ("人均培训费用", "单次活动成本", "每亩改造成本"), 100, 9000, 50
    ),
    Measured("成本指标", "≤", "万元", ("项目总成本", "设备采购成本", "每公里养护成本"), 2, 400, 2),
    Measured("社会效益指标", "≤", "起", ("安全事故起数", "有效投诉起数"), 2, 20, 2),
    Measured("社会效益指标", "≤", "%", ("刑事案件发案率", "旅游投诉率", "学生辍学率"), 2, 10, 1),
    Measured("生态效益指标", "≤", "%", ("管网漏损率", "水质超标率"), 4, 20, 2),
)
PLEASED = Measured(
    SERVED,
    "≥",
    "%",
    ("服务对象满意度", "群众满意度", "参训人员满意度", "受益对象满意度"),
    80,
    98,
    1,
)
HEADS = (
    ("成本指标", ("三公经费压减率", "采购资金节约率", "成本降低率")),
    ("时效指标", ("审批时限压缩比例", "办理环节精简率")),
    ("社会效益指标", ("交通事故下降率", "案件积压消除率", "信访问题化解率")),
    ("生态效益指标", ("污染物减排率", "黑臭水体消除率")),
    ("经济效益指标", ("成本利润率", "投资收益率")),
)
CHANGES = (
    ("生态效益指标", "下降", ("万元GDP能耗", "碳排放强度", "化肥使用强度")),
    ("社会效益指标", "降低", ("旅游投诉率", "火灾发生率", "信访重复率")),
    ("成本指标", "减少", ("运行维护费用", "日常公用支出")),
    ("时效指标", "缩短", ("平均响应时间", "企业开办时间")),
    ("经济效益指标", "增长", ("农民收入", "合作社销售额", "接待游客收入")),
)
EFFECTS = (
    ("社会效益指标", "营商环境", "持续优化"),
    ("社会效益指标", "群众生活水平", "有所提升"),
    ("社会效益指标", "公共服务能力", "明显增强"),
    ("生态效益指标", "人居环境", "明显改善"),
    ("可持续影响指标", "长效管护机制", "建立健全"),
    ("可持续影响指标", "对行业发展的影响", "持续提升"),
    ("质量指标", "工程质量", "达标"),
    ("成本指标", "成本控制", "不超支"),
)


def spell_number(rng: random.Random, number: Fraction, measure: str) -> str:
    """A number with its unit, as people write it: 95%, ９５%, 1,200人, 0.79万元."""
    text = plain(number)
    draw = rng.random()
    if measure == "%":
        if draw < 0.1 and number.denominator == 1:
            return f"{text}.0%"
        return f"{text} %" if draw < 0.15 else f"{text}%"
    if measure == "元" and number >= 1000 and draw < 0.3:
        return f"{plain(number / 10000)}万元"
    if measure in {"人", "人次"} and number >= 10000 and draw < 0.5:
        return f"{plain(number / 10000)}万{measure}"
    if number >= 1000 and draw < 0.2 and number.denominator == 1:
        return f"{int(number):,}{measure}"
    if draw < 0.25:
        return f"{text} {measure}"
    return f"{text}{measure}"


def spell_target(rng: random.Random, sign: str, number: Fraction, measure: str) -> Cell:
    """A target with its comparator before, behind or in words; bare where the name tells enough."""
    text = spell_number(rng, number, measure)
    if sign == "≥":
        forms = ["≥{}", ">={}", "≧ {}", "不低于{}", "{}以上", "{}", "不少于{}", "＞＝{}", "≥ {}"]
    elif sign == "≤":
        forms = ["≤{}", "<={}", "不超过{}", "{}以内", "不高于{}", "≦{}", "{}以下", "控制在{}以内"]
    else:
        forms = ["={}", "{}", "═ {}", "＝{}"]
    chosen = rng.choice(forms)
    if chosen == "{}" and measure == "%" and rng.random() < 0.5:
        return Cell(held(number / 100), "0%" if number.denominator == 1 else "0.00%")
    return Cell(chosen.format(text))


def spell_actual(rng: random.Random, number: Fraction, measure: str) -> Cell:
    """An actual as text, as a percent cell, or as a bare number."""
    draw = rng.random()
    if measure == "%" and draw < 0.3:
        return Cell(held(number / 100), "0.00%")
    if draw < 0.1 and measure not in {"%", "元"}:
        return Cell(held(number))
    return Cell(spell_number(rng, number, measure))


def ratio(sign: str, target: Fraction, got: Fraction, inverse: str) -> tuple[Fraction, Fraction]:
    """The completion ratio's ends, by the rules in words: at most 1, a ceiling by its inverse."""
    if sign != "≤":
        whole = min(ONE, got / target) if target else ONE
        return max(whole, Fraction(0)), max(whole, Fraction(0))
    if got <= target:
        return ONE, ONE
    if not target:
        return Fraction(0), Fraction(0)
    inverted = target / got
    if inverse == "ratio":
        return inverted, inverted
    return max(Fraction(0), ONE - (got - target) / target), inverted


def measured(
    rng: random.Random, kind: Measured, inverse: str, *, met: bool, name: str | None = None
) -> Item:
    """An indicator with a number, reached or not, never so far above that it needs its reason."""
    number = Fraction(rng.randrange(kind.least, kind.most + 1, kind.step))
    whole = kind.measure == "%" and kind.sign == "≥"
    fine = Fraction(1, 10) if kind.measure in {"%", "公里", "万元"} else ONE
    better = rng.choice([0, 0, 0, 2, 5, 10, 20])
    worse = rng.choice([3, 5, 10, 15, 20, 25])
    percent = 100 + (better if met else -worse) * (1 if kind.sign == "≥" else -1)
    got = _grain(number * percent / 100, fine)
    if whole:
        got = min(got, Fraction(100))
    reached = got >= number if kind.sign == "≥" else got <= number
    if reached != met:  # the grain of small numbers
        step = max(fine, ONE) if not met else Fraction(0)
        got = number - step if kind.sign == "≥" else number + step
    low, high = ratio(kind.sign, number, got, inverse)
    return Item(
        kind.level2, name or rng.choice(kind.names),
        spell_target(rng, kind.sign, number, kind.measure), spell_actual(rng, got, kind.measure),
        low, high, met, kind.sign, number, kind.measure, got,
    )  # fmt: skip


def _grain(number: Fraction, fine: Fraction) -> Fraction:
    return Fraction(round(number / fine)) * fine


def head(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """A bare percentage whose name ends in what is to be reached: 三公经费压减率 5%."""
    del inverse
    level2, names = rng.choice(HEADS)
    number = Fraction(rng.randrange(5, 31))
    got = number + rng.choice([0, 1, Fraction(1, 2)]) if met else number - rng.choice([1, 2, 3])
    low, high = ratio("≥", number, got, "ratio")
    return Item(
        level2, rng.choice(names), Cell(f"{plain(number)}%"), Cell(f"{plain(got)}%"), low, high, met,
        "≥", number, "%", got,
    )  # fmt: skip


def change(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """A change whose size is to be reached: 下降3% and 下降3.5%."""
    del inverse
    level2, word, names = rng.choice(CHANGES)
    number = Fraction(rng.randrange(3, 21))
    got = number + rng.choice([0, 1, Fraction(1, 2)]) if met else number - rng.choice([1, 2])
    low, high = ratio("≥", number, got, "ratio")
    again = word if rng.random() < 0.8 or not met else ""
    before = rng.choice(["", "", "同比", "比上年"])
    return Item(
        level2, rng.choice(names), Cell(f"{before}{word}{plain(number)}%"),
        Cell(f"{again}{plain(got)}%"), low, high, met,
    )  # fmt: skip


def zero(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """Nothing of the kind may happen."""
    del inverse
    names = ("安全事故", "网络中断次数", "资金违规使用", "数据泄露事件", "重大责任事故")
    target = rng.choice([Cell(0), Cell("0"), Cell("0起"), Cell("0次"), Cell("≤0起")])
    got = Cell(0) if met and rng.random() < 0.5 else Cell("0起" if met else "2起")
    if str(target.value).endswith("次"):
        got = Cell("0次" if met else "2次")
    end = ONE if met else Fraction(0)
    return Item(
        rng.choice(["质量指标", "社会效益指标"]), rng.choice(names), target, got, end, end, met
    )


def dated(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """To be done before a date; the full score is not admissible where it was later."""
    del inverse
    month = rng.randrange(4, 12)
    done = month - rng.choice([0, 0, 1, 2]) if met else month + 1
    target = rng.choice([f"{month}月底前", f"{month}月底之前", f"{month}月底前完成"])
    actual = rng.choice([f"{done}月", f"{done}月底", f"{done}月完成"])
    name = rng.choice(("资金下达时间", "工程竣工时间", "报告提交时间", "系统上线时间"))
    low = ONE if met else Fraction(0)
    return Item("时效指标", name, Cell(target), Cell(actual), low, ONE, met)


def effect(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """A text, and its repetition or a word of how far it was reached."""
    del inverse
    level2, name, text = rng.choice(EFFECTS)
    if met:
        said = rng.choice([text, text, "达成预期指标", "已完成"])
        return Item(level2, name, Cell(text), Cell(said), Fraction(4, 5), ONE, met=True, text=True)
    low, high = Fraction(3, 5), Fraction(4, 5)
    return Item(level2, name, Cell(text), Cell("部分达成预期指标"), low, high, met=False, text=True)


def between(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """A range: inside it is full, below it a share of its lower end."""
    del inverse
    low = Fraction(rng.randrange(4, 9))
    high = low + rng.choice([1, 2, 3])
    got = low + rng.choice([0, 1]) if met else low - 1
    join = rng.choice(["-", "—", "~", "至"])
    end = min(ONE, got / low)
    name = rng.choice(("专题会议", "现场督导", "业务交流活动"))
    return Item("数量指标", name, Cell(f"{low}{join}{high}次"), Cell(f"{got}次"), end, end, met)


def bounded(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """An actual that repeats the comparator: its worst case counts."""
    item = measured(rng, rng.choice(SHARES), inverse, met=met)
    target, got = Cell(f"≥{plain(item.number)}%"), Cell(f"≥{plain(item.got)}%")
    return item._replace(target=target, actual=got, sign="")


def _counted(rng: random.Random, inverse: str, *, met: bool) -> Item:
    return measured(rng, rng.choice(COUNTS), inverse, met=met)


def _shared(rng: random.Random, inverse: str, *, met: bool) -> Item:
    return measured(rng, rng.choice(SHARES), inverse, met=met)


def _limited(rng: random.Random, inverse: str, *, met: bool) -> Item:
    return measured(rng, rng.choice(CEILINGS), inverse, met=met)


def pleased(rng: random.Random, inverse: str, *, met: bool) -> Item:
    """How content those are who are served."""
    return measured(rng, PLEASED, inverse, met=met)


Maker = Callable[..., Item]
NUMBERS: tuple[Maker, ...] = (_counted, _shared, _limited)
"""Makers of items that may be split over cells."""
MAKERS: tuple[Maker, ...] = (
    _counted, _counted, _shared, _shared, _limited, _limited, head, change, zero, dated, effect,
    effect, between, bounded,
)  # fmt: skip


def read_table(path: Path) -> list[dict[str, str]]:
    """The lines of a table of directions, by column."""
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def tabled() -> list[Item]:
    """The rows of the tables of directions that prove a share of the points, as items.

    Rows whose bounds are outer bounds of a missed target prove no share and stay out. `open` rows
    may claim full points, for nothing contradicts them.
    """
    found = []
    for table in (TABLE, UNSEEN, VALUES):
        for line in read_table(table):
            if line["comment"].startswith("outer:") or line["level2"] not in LEVEL1:
                continue
            low, high = Fraction(line["lo"]), Fraction(line["hi"])
            met, text = line["met"] != "no", line["way"] == "text"
            cells = Cell(line["target"]), Cell(line["actual"])
            found.append(
                Item(
                    line["level2"], line["name"], *cells, low, high, met, text=text,
                    far=line["target"] != line["actual"],
                )
            )  # fmt: skip
    return found
