"""Layouts that nobody has drawn yet: columns in any order, labels beside or over, strange things between.

`layouts()` is a strategy of lines as `builder.grid` takes them. No drawn form has to make sense; all that
is asked of its reading is that no cell is lost.
"""

from hypothesis import strategies as st

from tests.forms.builder import LEFT, UP, P

NEEDED = ("三级指标", "年度指标值", "实际完成值", "得分")
WANTED = ("一级指标", "二级指标", "分值", "偏差原因分析及改进措施")
STRANGE = (
    "抽查号",
    "经办处室意见",
    "佐证材料",
    "复核分",
    "指标解释",
    "权重系数",
    "单位",
    "备注栏",
    "（A）",
)
NUMBERS = ("分值", "得分", "复核分", "权重系数", "抽查号")
LEVELS = ("一级指标", "二级指标")
HEAD = (
    ("项目名称", "道路养护项目"), ("实施单位", "清河县公路站"), ("主管部门", "清河县交通局"),
    ("填报日期", "2024年3月5日"), ("联系电话", "027-0000"), ("年度", "2023"), ("自评总分", "95分"),
    ("评价等级", "优"), ("项目属性", "延续"), ("经办签批", "张某"), ("项目实施单位/负责人", "公路站/李某"),
)  # fmt: skip
TITLES = ("2023年度项目支出绩效自评表", "清河县部门整体绩效自评表", "绩效目标自评得分表")
ABOVE = ("附件2", "（2023年度）", "金额单位：万元", "公开07表", "（盖章）", "填报单位：清河县公路站   2023年度",
         "2023年度  金额单位：元", "表内请勿插行")  # fmt: skip
BETWEEN = (
    ("小计", None, 50, 48), ("一、产出指标（50分）",), ("以下为效益部分，由业务股室填写",), ("——",), ("此行留空",),
    (None, None, "接上页"), ("其中：", "支线养护", "≥5公里", "6公里"), (12, 13), ("年度绩效目标2：保障畅通（20分）", 18),
    ("未列指标", "见附件"), ("……", "……"), ("总分", 100, 95), (None, "合计", 90),
)  # fmt: skip
BELOW = (
    ("备注：得分保留两位小数。",), ("1.预算数取调整以后的数。",), ("改进措施", "加强管理。"), ("填报人", "王某", "联系电话", "8800"),
    ("存在问题及原因", "因多雨，进度较慢。", "另见附页"), ("总分", 100, 95, "优"), ("自评结论", "优"), ("自评总分：96分",),
    ("审核意见", "同意", "（公章）"), ("说明", "因多雨。"), ("项目支出绩效自评表（续）",), ("2023", "无标签的数", 7),
    ("情况较好，目标全部完成，资金使用规范，没有需要另外说明的事项。",),
)  # fmt: skip
AMOUNTS = ("年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "调剂说明")


def wide(text, width):
    """A text over the whole width."""
    return (text, *[LEFT] * (width - 1))


def padded(line, width):
    """A line made as wide as the form, and no wider."""
    return (*line, *[None] * width)[:width]


@st.composite
def heads(draw, width):
    """Labels beside their values, over them, or before them in one cell."""
    pairs = draw(st.lists(st.sampled_from(HEAD), max_size=5, unique=True))
    place = draw(st.sampled_from(["beside", "over", "behind"]))
    if not pairs:
        return []
    if place == "behind":
        return [wide("   ".join(f"{label}：{value}" for label, value in pairs), width)]
    if place == "over":
        return [padded(part, width) for part in zip(*pairs[:width], strict=True)]
    two = width >= 6 and draw(st.booleans())
    step = 2 if two else 1
    lines = [sum(pairs[at : at + step], ()) for at in range(0, len(pairs), step)]
    return [padded(line, width) for line in lines]


@st.composite
def funds(draw, width):
    """A table of funds with columns in any order, a line of pairs, or amounts in a text."""
    shape = draw(st.sampled_from(["none", "table", "pairs", "text", "side"]))
    if shape == "none":
        return []
    if shape == "pairs":
        return [padded(("预算数", 200, "执行数", 100, "执行率", P("0.5")), width)]
    if shape == "text":
        return [padded(("资金情况", "预算数：200万元；执行数：100万元"), width)]
    columns = draw(st.permutations(AMOUNTS))[: max(2, width - 2)]
    values = {
        "年初预算数": 200,
        "全年预算数": 200,
        "全年执行数": 100,
        "执行率": P("0.5"),
        "分值": 10,
        "得分": 5,
    }
    said = draw(st.sampled_from(["—", "见说明", None, 0]))
    rows = [
        ("年度资金总额", *(values.get(name) for name in columns)),
        ("其他资金", *[said] * len(columns)),
    ]
    rows = rows[: draw(st.integers(1, 2))]
    side = "项目资金（10分）" if shape == "side" else None
    lines = [(side, None, *columns), *((UP if side else None, *row) for row in rows)]
    return [padded(line, width) for line in lines]


@st.composite
def tables(draw, width, columns, left):
    """Header and rows; levels merged, repeated or given once; strange rows between."""
    side = (
        draw(st.sampled_from(["绩效指标", "绩效指标（90分）", "年度绩效目标1（90分）", None]))
        if left
        else None
    )
    given = draw(st.sampled_from(["merged", "repeated", "once"]))
    lines = [padded(((side,) if left else ()) + tuple(columns), width)]
    above = False
    for number in range(draw(st.integers(1, 6))):
        if draw(st.integers(0, 3)) == 0:
            lines.append(padded(draw(st.sampled_from(BETWEEN)), width))
            above = False
        cells = [_cell(name, number, given, above=above) for name in columns]
        if draw(st.integers(0, 4)) == 0:
            place = draw(st.integers(0, len(cells) - 1))
            cells[place] = draw(st.sampled_from(["不适用", "满分", "—", 7, "≥90%", None, "见附件"]))
        lines.append(
            padded(((UP if side and above else None,) if left else ()) + tuple(cells), width)
        )
        above = True
    return lines


def _cell(name, number, given, *, above):
    if name in LEVELS:
        again = {"merged": UP, "repeated": "产出指标", "once": None}[given]
        return again if above else ("产出指标（50分）" if name == "一级指标" else "数量指标")
    known = {"三级指标": f"养护里程之{number}", "年度指标值": "≥100公里", "实际完成值": "90公里"}
    if name in NUMBERS:
        return 10
    return known.get(name, f"文字{number}")


@st.composite
def layouts(draw):
    """A form as lines of cells."""
    more = draw(st.lists(st.sampled_from(WANTED), max_size=4, unique=True))
    strange = draw(st.lists(st.sampled_from(STRANGE), max_size=3, unique=True))
    columns = draw(st.permutations([*NEEDED, *more, *strange]))
    left = draw(st.booleans())
    width = len(columns) + left
    lines = [wide(draw(st.sampled_from(TITLES)), width)]
    for text in draw(st.lists(st.sampled_from(ABOVE), max_size=2)):
        lines.insert(draw(st.integers(0, len(lines))), wide(text, width))
    lines += draw(heads(width)) + draw(funds(width))
    if draw(st.booleans()):
        lines.append(padded(("年度总体目标", "完成道路养护任务"), width))
    lines += draw(tables(width, columns, left))
    lines += [padded(line, width) for line in draw(st.lists(st.sampled_from(BELOW), max_size=4))]
    return lines
