"""Whatever two cells say, the reading ends in a ratio within [0, 1], and never in an exception."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import parse, read
from perfxl.rules.engine.ratio import judge, with_zeros
from perfxl.rules.policies import policy

RULES = policy.get_policy("ministry")
PIECES = (
    *"0123456789.,%‰-~—至到±≥≤><=()（）/·× ", "年", "月", "日", "号", "季度", "半", "一", "两", "三", "十", "百", "千", "万", "亿",
    "零", "〇", "几", "数", "余", "多", "个", "项", "次", "人", "元", "万元", "天", "个工作日", "小时", "㎡", "亩", "公里", "m2", "kg",
    "不低于", "不超过", "以上", "以内", "以下", "达到", "完成", "未", "没有", "不", "仅", "约", "左右", "每", "每月", "每村", "人均",
    "增长", "下降", "至", "比上年", "前", "后", "底", "底前", "末", "中旬", "上半年", "第", "名", "位", "全部", "全覆盖", "优", "良",
    "无", "零", "发生", "投诉", "培训", "2023", "2024", "12", "31", "含", "之间", "百分之", "分之", "成", "率", "有所", "提升", "标准",
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=30
)
NAMES = st.sampled_from(
    (
        "",
        "里程",
        "培训人数",
        "群众满意度",
        "完成时间",
        "收入增长率",
        "人均补助额",
        "完成率100%",
        "投诉次数",
    )
)


@given(WRITTEN, WRITTEN, NAMES, st.sampled_from(("", "数量指标", "时效指标", "成本指标")))
def test_any_two_values_have_a_ratio(target, actual, name, level2):
    sides = with_zeros(parse(target), parse(actual), name, level2)
    found = judge(*sides, name, level2, RULES)

    assert 0 <= found.lo <= found.hi <= 1


@given(WRITTEN, NAMES)
def test_a_value_beside_itself_is_never_missed(written, name):
    one = parse(written)
    found = judge(*with_zeros(one, one, name, ""), name, "", RULES)

    if one.kind != quantity.BLANK and "<" not in one.comparator and ">" not in one.comparator:
        assert not found.missed


@given(WRITTEN)
def test_any_name_may_hold_a_figure_or_none(name):
    found = quantity.in_name(name)

    assert found is None or found.source == quantity.IN_NAME


@given(WRITTEN, st.decimals(allow_nan=False, allow_infinity=False))
def test_a_typed_number_beyond_all_measure_is_a_text(shown, value):
    found = read(value, shown)

    assert found.kind != quantity.NUMBER or abs(found.low) < Decimal(10) ** 18
