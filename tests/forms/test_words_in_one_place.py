"""One list for one meaning: what one part of perfxl takes for nothing, money or a range, the others do."""

from decimal import Decimal

import pytest

from perfxl import resources
from perfxl.exact import Fraction
from perfxl.forms.layout import head, locate
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import BLANK, NUMBER, RANGE, TEXT
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell
from perfxl.rules.checks import prose
from perfxl.rules.checks.displayed import read_displayed
from perfxl.rules.engine import measures
from perfxl.rules.matching import ownwords
from perfxl.rules.policies import printed
from perfxl.rules.policies.policy import load

TIERS = tuple(
    (Fraction(low, 100), Fraction(high, 100)) for low, high in ((80, 100), (50, 80), (0, 50))
)
BLANKS = resources.words("vocabulary")["blank"]


def tile(text: str) -> Tile:
    return Tile(1, 1, 1, 1, text, Cell(1, 1, text, text))


@pytest.fixture
def own(tmp_path):
    def read(text: str):
        path = tmp_path / "词汇.toml"
        path.write_text(text, "utf-8")
        return vocabulary.load(path)

    return read


# ---------------------------------------------------------------- nothing
@pytest.mark.parametrize("text", BLANKS["is"])
def test_what_stands_for_nothing_in_a_cell_stands_for_nothing_as_a_value(text):
    assert vocabulary.load().is_blank(text)
    assert quantity.parse(text).kind == BLANK


@pytest.mark.parametrize("text", BLANKS["answers"])
def test_an_answer_is_nothing_in_the_place_of_a_number_and_no_blank_value(text):
    assert vocabulary.load().is_blank(text)
    assert quantity.parse(text).kind == TEXT


# ---------------------------------------------------------------- money
@pytest.mark.parametrize("unit", ["元", "百元", "千元", "万元", "百万元", "千万元", "亿元"])
@pytest.mark.parametrize(
    "line", ["单位：{}", "金额单位：人民币{}", "计量单位：{}", "项目资金（{}）"]
)
def test_every_unit_of_money_may_be_a_form_s_and_a_value_s(unit, line):
    words = vocabulary.load()

    assert head.money_unit(tile(line.format(unit)), words).value == unit
    assert quantity.parse(f"3{unit}").size == 3 * words.money[unit]


def test_a_multiplier_is_money_where_money_is_meant_and_states_none():
    words = vocabulary.load()

    assert (words.money["万"], words.money["亿"]) == (10**4, 10**8)
    assert head.money_unit(tile("单位：万"), words).value is None


@pytest.mark.parametrize("text", ["5万元人民币", "5万人民币"])
def test_a_currency_behind_an_amount_changes_nothing(text):
    value = quantity.parse(text)

    assert (value.family, value.size) == ("money", 50000)


def test_a_user_s_currency_and_label_of_money_are_read(own):
    words = own('[currency]\nis = ["澳门币"]\n[fields.money_unit]\nis = ["币值"]\n')

    assert head.money_unit(tile("币值：澳门币千元"), words).value == "千元"


# ---------------------------------------------------------------- ranges and spans of time
@pytest.mark.parametrize("sign", resources.words("quantities")["ranges"]["between"])
def test_every_sign_of_a_range_makes_one(sign):
    value = quantity.parse(f"3{sign}5天")

    assert (value.kind, value.low, value.high) == (RANGE, 3, 5)


@pytest.mark.parametrize("between", ["-", "−", "至", "~"])
def test_printed_tiers_know_the_same_signs(between):
    note = f"定性指标按100%{between}80%（包含80%）、80%{between}50%、50%{between}0%计分"

    assert printed.tiers(note, ("定性",)) == TIERS


@pytest.mark.parametrize("text", ["每月1次", "每半年1次", "1次/学期", "每星期2次", "1次/旬"])
def test_whatever_comes_again_within_a_year_has_a_pace(text):
    assert measures.pace(quantity.parse(text))


@pytest.mark.parametrize("text", ["每年1次", "1次/年度", "3次"])
def test_a_year_is_no_pace(text):
    assert measures.pace(quantity.parse(text)) == ""


@pytest.mark.parametrize("text", ["前30%以内", "前30%之内", "前3名之内", "前3位以内"])
def test_places_from_the_first_on(text):
    value = quantity.parse(text)

    assert (value.kind, value.comparator) == (NUMBER, "≤")


def test_a_bound_said_again_in_brackets_belongs_to_it():
    assert quantity.parse("95%以上（包含95%）").low == Decimal(95)


@pytest.mark.parametrize(
    ("shown", "stored"), [("1.2万", 12000), ("3百万", 3000000), ("5千万", 50000000)]
)
def test_a_shown_multiplier_is_read_as_a_written_one(shown, stored):
    readings = read_displayed(Field(None, shown, 1, 1, raw=Decimal(stored)))

    assert readings is not None
    assert readings.shown == stored


@pytest.mark.parametrize("text", [*BLANKS["is"], "无。", "不涉及", "N/A。"])
def test_what_stands_for_nothing_is_no_reason(text):
    assert not prose.says_something(text, load()["ministry"])


@pytest.mark.parametrize("text", ["100字以内", "限200字", "不少于100字", "（不超过100字）"])
def test_how_long_a_reason_is_to_be_is_no_reason(text):
    assert not prose.says_something(text, load()["ministry"])


@pytest.mark.parametrize(
    "name", ["办公楼租金", "办公楼租金专项经费", "办公楼租金项目工作经费", "办公楼租金费用"]
)
def test_a_text_may_leave_out_what_stands_behind_a_project_s_name(name):
    assert ownwords.without_tail(name) == "办公楼租金"


# ---------------------------------------------------------------- lines of a form
@pytest.mark.parametrize("text", ["单位：万元", "资金单位：元", "附录3", "（2023年度）"])
def test_a_line_above_a_form_is_known(text):
    assert locate.is_preface(tile(text), vocabulary.load())


def test_a_user_s_words_begin_and_go_on_a_form(own):
    words = own('[title]\nannex = ["别表"]\ncontinued = ["承上表"]\n')

    assert locate.is_annex("别表2：", words)
    assert locate.is_continued("（承上表）", words)
    assert not locate.is_continued("（承上表）", vocabulary.load())


@pytest.mark.parametrize("line", ["填报单位：某局 2022年度 编制日期：1月", "2022年度 货币单位：元"])
def test_a_year_apart_from_its_line_is_read(line):
    assert head.year_beside(tile(line), vocabulary.load()) == 2022


@pytest.mark.parametrize(
    "text", ["自评总分：95分，优", "自评总分：95分，自评等级：优", "总分为95分（评价等次：优）"]
)
def test_a_grade_behind_the_total_has_any_of_its_labels(text):
    match = vocabulary.load().total_stated.match(text.translate(str.maketrans("：，（）", ":,()")))

    assert match is not None
    assert (match["number"], match["grade"]) == ("95", "优")


@pytest.mark.parametrize("key", ["lines", "block", "figures", "adjusted"])
def test_a_user_s_words_of_headers_are_known_for_every_table(own, key):
    words = own(f'[headers]\n{key} = ["新词"]\n')

    for group in (words.columns, words.funds, words.plain):
        assert "新词" in getattr(group.headers, key)
