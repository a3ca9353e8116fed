"""What became of an approved target: lowered, raised, or changed in another way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.forms.values import quantity
from perfxl.rules.engine import change
from perfxl.rules.policies import policy

POLICY = policy.get_policy("ministry")


def became(approved: str, stated: str, name="完成数量", level2="数量指标") -> str:
    return change.change(quantity.parse(approved), quantity.parse(stated), name, level2, POLICY)


@pytest.mark.parametrize(
    ("approved", "stated", "how"),
    [
        # counted per less time: fewer in a year
        ("每月1次", "每季度1次", "lowered"), ("每周2次", "每月2次", "lowered"), ("≥1次/月", "≥1次/季度", "lowered"),
        ("每季度不少于1次", "每年不少于1次", "lowered"), ("1次/周", "1次/月", "lowered"), ("每季度1次", "每月1次", "raised"),
        ("每季度1次", "每年4次", "same"), ("1次/月", "每月1次", "same"), ("每月发放1次", "每月1次", "same"), ("5次/年", "5次", "same"),
        ("每周1次", "每月4次", "units"), ("每月1次", "1次", "units"), ("每月15日前", "每季度15日前", "changed"),
        ("1000元/月", "1000元/年", "changed"), ("100元/人/月", "100元/人/年", "changed"), ("100元/人", "100元/月", "units"),
        # the words turn the meaning
        ("增长5%", "下降5%", "changed"), ("较上年增长5%", "较上年下降5%", "changed"), ("增长5%", "增长3%", "lowered"),
        ("培训3次", "检查3次", "sign"), ("覆盖率95%", "95%", "same"), ("≥95%", "95%左右", "sign"), ("95%左右", "95%左右", "same"),
        # other things of the same number
        ("≥100户", "≥100人", "units"), ("100人", "100人次", "units"), ("10台", "10套", "units"), ("10期", "10场", "units"),
        ("3人", "3名", "same"), ("3个", "3项", "same"), ("≥20盏", "≥20座", "units"),
        # below zero, of none, durations
        ("≥5%", "≥-5%", "lowered"), ("≥-2%", "≥-5%", "lowered"), ("下降5%", "-5%", "units"),
        ("0起", "1起", "lowered"), ("0次", "1次", "raised"), ("3个工作日", "5个工作日", "changed"), ("≤3个工作日", "≤5个工作日", "lowered"),
        ("≤3个工作日", "≤3天", "units"),
    ],
)  # fmt: skip
def test_periods_directions_and_measures_are_part_of_a_target(approved, stated, how):
    assert became(approved, stated) == how


def test_a_duration_is_a_limit_or_work_if_its_name_says_so():
    assert became("3个工作日", "5个工作日", name="办理时限") == "lowered"
    assert became("5个工作日", "3个工作日", name="办理时限") == "raised"
    assert became("3天", "2天", name="培训天数") == "lowered"
    # The size of a decrease is to be reached, whatever the name says.
    assert became("下降5%", "下降3%", name="单位能耗") == "lowered"
    assert became("0次", "1次", name="网络中断次数") == "lowered"


@pytest.mark.parametrize(
    ("approved", "stated", "how"),
    [
        # the same, however it is written
        ("≥95%", "≥95%", "same"), ("≥95%", "＞＝９５％", "same"), ("95%以上", "不低于95%", "same"),
        ("≥95%", "95%", "same"), ("3项", "3", "same"), ("12个月", "12", "same"), ("0.79万元", "7900元", "same"),
        ("1年", "12个月", "same"), ("≤48小时", "≤2天", "same"), ("有所提升", "有所 提升。", "same"),
        ("2021年12月底前", "2021年12月31日前", "same"), ("6月底前", "6月30日前", "same"), ("1-3天", "1～3天", "same"),
        # lowered: less of what is to be reached, more of what is not to be exceeded, later, wider
        ("≥95%", "≥90%", "lowered"), ("100%", "98%", "lowered"), ("3项", "2", "lowered"),
        ("≤48小时", "≤72小时", "lowered"), ("≤2天", "≤72小时", "lowered"), ("≤0.9‰", "≤1‰", "lowered"),
        ("2021年6月底前", "2021年12月底前", "lowered"), ("1-3天", "1-5天", "lowered"), ("≥1万元", "≥9000元", "lowered"),
        # raised
        ("≥90%", "≥95%", "raised"), ("≤72小时", "≤48小时", "raised"), ("1-5天", "2-4天", "raised"),
        ("2021年12月底前", "2021年6月底前", "raised"),
        # the comparator
        ("≥95%", "≤95%", "reversed"), ("≤8%", "≥10%", "reversed"), ("8%", "≤8%", "sign"), ("8%", "≤10%", "changed"), ("≤8%", "8%", "sign"), (">95%", "≥95%", "sign"),
        # another target
        ("有所提升", "显著提升", "changed"), ("全部完成", "≥90%", "changed"), ("1-3天", "3天", "changed"),
        ("1-3天", "2-5天", "changed"), ("三级", "二级", "changed"), ("2021年12月底前", "有所提升", "changed"),
        ("≥95%", "", "missing"), ("≥95%", "/", "missing"),
        # not to be compared
        ("≥10场", "≥500人次", "units"), ("≥95%", "≥20公里", "units"), ("3级", "2级", "units"),
        ("≥50000", "≥5", "units"), ("每月1次", "12次", "units"), ("2021年6月底前", "12月底前", "units"),
    ],
)  # fmt: skip
def test_a_target_beside_the_approved_one(approved, stated, how):
    assert became(approved, stated) == how


def test_a_bare_number_goes_by_the_name():
    assert became("5", "8", name="信访件数") == "lowered"
    assert became("8", "5", name="信访件数") == "raised"
    assert became("5", "8", name="单期成本", level2="成本指标") == "lowered"
    assert became("5", "8", name="采购单价") == "changed"
    assert became("≤5万元", "5万元", name="单期费用") == "sign"


NUMBERS = st.integers(1, 10**6).map(str) | st.decimals(1, 10**4, places=2).map(str)
SIGNS = st.sampled_from(["≥", "≤", ">", "<", "", "="])
UNITS = st.sampled_from(["%", "项", "天", "万元", "公里", ""])
OPPOSITE = {"lowered": "raised", "raised": "lowered", "missing": None}


@given(NUMBERS, NUMBERS, SIGNS, UNITS)
def test_what_is_lowered_one_way_is_raised_the_other(one, other, sign, unit):
    there, back = (
        became(f"{sign}{a}{unit}", f"{sign}{b}{unit}") for a, b in ((one, other), (other, one))
    )

    assert back == OPPOSITE.get(there, there)
    assert there != "reversed"


@given(NUMBERS, SIGNS, UNITS)
def test_a_target_is_the_same_as_itself_with_spaces_and_wide_characters(size, sign, unit):
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")

    assert became(f"{sign}{size}{unit}", f" {sign} {size.translate(wide)} {unit}") == "same"


@given(NUMBERS, NUMBERS, SIGNS, SIGNS, UNITS)
def test_lowered_means_that_some_number_passes_now_that_did_not(one, other, sign, new, unit):
    how = became(f"{sign}{one}{unit}", f"{new}{other}{unit}")

    if how == "lowered":
        was, now = (quantity.parse(f"{text}{unit}").low for text in (one, other))
        assert now > was if sign in ("≤", "<") else now < was
