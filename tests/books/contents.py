"""Generated submissions: what a department could write on each official form, as a template's data."""

from decimal import Decimal

from hypothesis import strategies as st

from perfxl import resources
from perfxl.books import content
from perfxl.books.template.program import Item, Labels
from perfxl.forms.records import FUND
from tests.docs.test_texts import entries

LEVELS = {
    "产出指标": ["数量指标", "质量指标", "时效指标", "成本指标"],
    "效益指标": ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"],
    "满意度指标": ["服务对象满意度指标"],
}
# Any characters of Chinese, so that a name is no word of forms; and what people type among them.
_CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
_WORDS = tuple(
    word
    for _, word in entries(resources.toml(resources.templates() / "vocabulary.toml"))
    if isinstance(word, str) and len(word) > 1
)
names = st.text(_CHARACTERS, min_size=3, max_size=12).filter(
    lambda text: not any(word in text for word in _WORDS)
)
prose = st.lists(names, min_size=1, max_size=5).map("，".join)
_awkward = st.sampled_from(
    ["=1+1", "{{ 7 * 7 }}", "{% for x in y %}", "<b>粗</b>", "“引号”&", "+1@", "a\nb"]
)
points = (
    st.decimals(Decimal("0.01"), 100, places=2)
    .map(Decimal.normalize)
    .map(lambda value: Decimal(f"{value:f}"))
)
whole = st.integers(1, 60).map(Decimal)
money = st.decimals(Decimal("0.01"), Decimal(9_999_999), places=2)
rates = st.decimals(0, Decimal("1.5"), places=4)
years = st.integers(2015, 2035)
_number = st.one_of(st.integers(0, 99_999).map(str), st.decimals(0, 1000, places=2).map(str))
_sign = st.sampled_from(["", "≥", "≤", "＝", ">", "不低于", "≧ "])
_unit = st.sampled_from(["", "%", "项", "个月", "万元", "小时", "人次", "公里/年"])
targets = st.one_of(
    st.tuples(_sign, _number, _unit).map("".join),
    st.sampled_from(["有所提升", "1-3天", "2021年12月底前", "不超支", "专款专用", "100%", "≥95%"]),
    st.integers(0, 9999).map(Decimal),
)
actuals = st.one_of(targets, st.none(), names, _awkward)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


@st.composite
def rows(draw, number, *, most=12, weights, scores, reasons, brackets=False):
    """1 to 12 indicators of a block, in the order of their levels."""
    places = [(first, second) for first, seconds in LEVELS.items() for second in seconds]
    count = draw(st.integers(1, most))
    chosen = sorted(
        draw(st.lists(st.sampled_from(places), min_size=count, max_size=count)), key=places.index
    )
    found = []
    for level1, level2 in chosen:
        values = dict.fromkeys(content.ROW)
        values |= {"level1": level1, "level2": level2, "level3": draw(names), "target": draw(targets),
                   "actual": draw(actuals), "goal": number, "row": 0}  # fmt: skip
        if weights:
            values["weight"] = draw(whole)
        if scores:
            values["score"] = draw(maybe(points))
        if reasons:
            values["reason"] = draw(maybe(prose))
        found.append(Item("indicator", values))
    return found


@st.composite
def funds(draw, names_of, *, weight, columns):
    found = []
    for index, name in enumerate(names_of):
        values = dict.fromkeys(FUND) | {"name": name}
        for column in columns:
            values[column] = draw(
                maybe(rates if column == "rate" else points if column == "score" else money)
            )
        values["budget"] = draw(money)
        if not index:
            values["weight"] = weight
        elif "score" in columns:
            values["score"] = None
        found.append(Item("fund", values | {"total": not index, "part": bool(index)}))
    return found


def _assembled(head, fund_rows, goals):
    indicators = [row for goal in goals for row in goal["indicators"]]
    return content.data(head, fund_rows, goals, indicators, [], Labels("other", {}))


def _head(**given):
    return dict.fromkeys(content.FORM) | {"kind": None, "money_unit": "万元"} | given


@st.composite
def hubei(draw, kind):
    """A department's or a project's form of Hubei: goals with points, no weights, or in brackets."""
    year, name = draw(years), draw(names)
    weights = draw(st.booleans())
    goals = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        lines = draw(rows(number, weights=weights, scores=True, reasons=False))
        values = {"number": number, "name": draw(names), "label": None, "weight": draw(whole),
                  "score": draw(maybe(points))}  # fmt: skip
        goals.append(content.goal_item(values, lines, {}))
    label = {"department": "部门整体支出总额", "project": "年度财政资金总额"}[kind]
    money_rows = draw(
        funds([label], weight=Decimal(20), columns=("budget", "executed", "rate", "score"))
    )
    head = _head(
        kind=kind, year=year, budget_weight=Decimal(20), claimed_total=draw(maybe(points)),
        title=f"{year}年度{name}{'部门整体' if kind == 'department' else '项目'}绩效自评表",
        deviation_reason=draw(maybe(prose)), improvement=draw(maybe(prose)), unit=draw(names),
    )  # fmt: skip
    if kind == "department":
        head |= {"basic_expenditure": draw(maybe(money)), "project_expenditure": draw(maybe(money))}
    else:
        head |= {"project": name, "department": draw(maybe(names))}
    return _assembled(head, money_rows, goals)


@st.composite
def ministry(draw):
    """The Ministry's project form: sections with points, every row with its own."""
    year = draw(years)
    lines = draw(rows(1, most=12 * 12 // 4, weights=True, scores=True, reasons=True))
    order = list(dict.fromkeys(row["level1"] for row in lines))
    for row in lines:
        row["goal"] = order.index(row["level1"]) + 1
    sections = {
        number: {"weight": draw(maybe(whole)), "score": None} for number in range(1, len(order) + 1)
    }
    values = dict.fromkeys(("number", "name", "label", "weight", "score"))
    parts = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"][
        : draw(st.integers(1, 4))
    ]
    money_rows = draw(
        funds(parts, weight=Decimal(10), columns=("initial", "executed", "rate", "score"))
    )
    head = _head(
        kind="project", year=year, title="项目支出绩效自评表", project=draw(names), unit=draw(names),
        department=draw(maybe(names)), claimed_total=draw(maybe(points)), total_weight=Decimal(100),
        claimed_grade=draw(st.sampled_from([None, "优", "良", "中", "差"])), overall_goal=draw(maybe(prose)),
        overall_result=draw(maybe(prose)), deviation_reason=draw(maybe(prose)),
        improvement=draw(maybe(prose)), budget_weight=Decimal(10),
    )  # fmt: skip
    return _assembled(head, money_rows, [content.goal_item(values, lines, sections)])


@st.composite
def transfer(draw):
    """A transfer payment: targets, results and reasons, no scores."""
    lines = draw(rows(1, most=36, weights=False, scores=False, reasons=True))
    order = list(dict.fromkeys(row["level1"] for row in lines))
    for row in lines:
        row["goal"] = order.index(row["level1"]) + 1
    values = dict.fromkeys(("number", "name", "label", "weight", "score"))
    parts = ["年度资金总额", "其中：中央补助", "地方资金"][: draw(st.integers(1, 3))]
    head = _head(
        kind="transfer", year=draw(years), title="转移支付区域（项目）绩效目标自评表", project=draw(names),
        unit=draw(names), department=draw(maybe(names)), overall_goal=draw(maybe(prose)),
        overall_result=draw(maybe(prose)), budget_weight=None,
    )  # fmt: skip
    money_rows = draw(funds(parts, weight=None, columns=("executed", "rate")))
    return _assembled(head, money_rows, [content.goal_item(values, lines, {})])


FORMS = {
    "department": hubei("department"),
    "project-hubei": hubei("project"),
    "project": ministry(),
    "transfer": transfer(),
}
