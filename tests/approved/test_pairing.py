"""Which indicator is which: spelling does not count, likeness is said, order does not matter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfxl
from perfxl.forms.values.text import spelling
from perfxl.rules.matching.pairing import alike, pairing
from tests.approved.tables import listed, swapped, without
from tests.conftest import REFERENCE
from tests.forms.builder import G, forms, hubei_lines, ministry_lines, row

(REFERENCE_FORM,) = perfxl.read(REFERENCE)[0].forms


def ministry(*rows, **more):
    (form,) = forms(ministry_lines(*rows, **more))
    return form


def hubei(*goals, **more):
    (form,) = forms(hubei_lines(*goals, **more))
    return form


def names(rows):
    return [one.name for one in rows]


def paired(form, table):
    return {(one.mine.name, one.theirs.name): one.how for one in pairing(form, table).pairs}


def test_spelling_keeps_what_tells_numbers_apart():
    assert spelling("群众 满意度（%）") == spelling("群众满意度%")
    assert spelling("ＰＭ２.５浓度") == spelling("pm2.5 浓度")
    assert spelling("新建1.5公里") != spelling("新建15公里")
    assert spelling("1-3级") != spelling("13级")
    assert spelling("，。") == "，。".translate(str.maketrans("，", ","))


@given(st.randoms(use_true_random=False), st.sampled_from([" ", "\n", "　", "、", "（）", "-"]))
def test_order_and_punctuation_do_not_matter(random, noise):
    rows = list(REFERENCE_FORM.indicators)
    random.shuffle(rows)
    spelled = [
        one._replace(level3=one.level3._replace(value=one.name[:1] + noise + one.name[1:]))
        for one in rows
    ]

    found = pairing(REFERENCE_FORM, replace(REFERENCE_FORM, indicators=tuple(spelled)))

    assert [(p.mine.row, p.how) for p in found.pairs] == [
        (one.row, "same") for one in REFERENCE_FORM.indicators
    ]
    assert all(p.mine.row == p.theirs.row for p in found.pairs)
    assert found.dropped == found.added == found.unclear == ()


def test_a_name_that_is_alike_is_a_near_match():
    form = ministry(row("培训人次", "≥100", "120", 20, 20))
    table = ministry(row("培训人数", "≥100", "120", 20, 20))

    assert paired(form, table)["培训人次", "培训人数"] == "near"


def test_the_number_of_a_list_is_no_part_of_a_name():
    form = ministry(
        row("指标1：培训人数", "≥100", "120", 20, 20), row("（2）、课时", "≥9", "9", 20, 20)
    )
    table = ministry(row("培训人数", "≥100", "120", 20, 20), row("2.课时", "≥9", "9", 20, 20))

    assert set(paired(form, table).values()) == {"same"}


def test_two_names_that_only_share_a_few_words_are_two():
    form = ministry(row("培训教材数量", "≥100", "120", 20, 20))
    table = ministry(row("道路养护里程", "≥50", "60", 20, 20))
    found = pairing(form, table)

    assert (names(found.dropped), names(found.added)) == (["道路养护里程"], ["培训教材数量"])


def test_where_several_are_alike_none_is_chosen():
    rows = [row(name, "≥100", "120", 10, 10) for name in ("年度培训人次", "本年培训人次")]
    form = ministry(*rows)
    table = ministry(row("年内培训人次", "≥100", "120", 20, 20))
    found = pairing(form, table)

    ((one, several),) = found.unclear
    assert (one.name, names(several)) == ("年内培训人次", ["年度培训人次", "本年培训人次"])
    assert found.dropped == found.added == ()


def test_the_target_tells_two_like_names_apart():
    form = ministry(
        row("年度培训人次", "≥100", "120", 10, 10), row("本年培训场次", "≥7", "8", 10, 10)
    )
    table = ministry(
        row("年内培训人次", "≥100", "120", 10, 10), row("年内培训场次", "≥7", "8", 10, 10)
    )

    near = {pair: how for pair, how in paired(form, table).items() if how == "near"}

    assert near == {
        ("年度培训人次", "年内培训人次"): "near",
        ("本年培训场次", "年内培训场次"): "near",
    }


def test_one_name_twice_is_told_apart_by_its_level():
    rows = [
        row("满意度", "≥90%", "95%", 5, 5, None, "满意度指标", "服务对象满意度指标"),
        row("满意度", "≥80%", "95%", 5, 5, None, "效益指标", "社会效益指标"),
    ]
    form, table = ministry(*rows, satisfaction=False), ministry(*rows[::-1], satisfaction=False)

    for pair in pairing(form, table).pairs:
        assert pair.mine.target.text == pair.theirs.target.text


def test_a_row_printed_twice_is_neither_added_nor_dropped():
    once, twice = (ministry(*[row("合格率", "≥90%", "95%", 10, 10)] * count) for count in (1, 2))

    for form, table in ((once, twice), (twice, once)):
        found = pairing(form, table)
        assert found.dropped == found.added == ()


GOALS = (
    G(30, 30, (("里程", "≥9公里", "9公里", 10), ("合格率", "≥95%", "96%", 20)), "养护"),
    G(20, 20, (("人数", "≥9人", "9人", 10), ("满意率", "≥95%", "96%", 10)), "培训"),
)


def test_goals_go_by_name_whatever_their_order():
    form, table = hubei(*GOALS), hubei(*GOALS[::-1])
    found = pairing(form, table)

    assert {(g.mine.name.value, g.theirs.name.value) for g in found.goals} == {
        ("养护", "养护"), ("培训", "培训"), ("日常", "日常"),
    }  # fmt: skip
    assert {pair.how for pair in found.pairs} == {"same"}


def test_a_goal_of_another_name_but_the_same_number_needs_a_common_indicator():
    renamed = hubei(GOALS[0]._replace(project="道路"), GOALS[1])
    replaced = hubei(G(30, 30, (("植树", "≥9棵", "9棵", 30),), "绿化"), GOALS[1])
    table = hubei(*GOALS)

    assert len(pairing(renamed, table).goals) == 3
    found = pairing(replaced, table)
    assert [goal.name.value for goal in found.goals_dropped] == ["养护"]
    assert [goal.name.value for goal in found.goals_added] == ["绿化"]
    assert found.dropped == found.added == ()


def test_an_indicator_of_another_goal_was_moved():
    form = hubei(
        GOALS[0]._replace(rows=GOALS[0].rows[:1]),
        GOALS[1]._replace(rows=(*GOALS[1].rows, GOALS[0].rows[1])),
    )
    found = pairing(form, hubei(*GOALS))

    assert [(p.mine.name, p.how) for p in found.pairs if p.how != "same"] == [("合格率", "moved")]
    assert found.dropped == found.added == ()


def test_a_list_without_goals_is_paired_by_names_alone():
    heads = ("单位名称", "三级指标", "目标值")
    form = hubei(*GOALS)
    (table,) = listed(form, heads=heads)

    found = pairing(form, table)

    assert len(found.pairs) == len(form.indicators)
    assert found.goals == ()


@given(st.integers(0, len(REFERENCE_FORM.indicators) - 1))
def test_whatever_row_is_taken_out_is_the_one_that_is_missing(place):
    gone = REFERENCE_FORM.indicators[place]

    found = pairing(without(REFERENCE_FORM, place), REFERENCE_FORM)

    assert found.dropped == (gone,)
    assert found.added == found.unclear == ()


@given(st.integers(0, len(REFERENCE_FORM.indicators) - 1), st.text("甲乙丙丁戊己庚辛", min_size=3))
def test_a_row_of_quite_another_name_is_added_and_the_old_one_dropped(place, name):
    form = swapped(REFERENCE_FORM, place, level3=name, target="≥7枚")

    found = pairing(form, REFERENCE_FORM)

    assert found.dropped == (REFERENCE_FORM.indicators[place],)
    assert names(found.added) == [spelling(name)]


@pytest.mark.parametrize(
    ("mine", "approved", "in_place", "elsewhere"),
    [
        # Seven of ten characters in common make a name alike; of fewer, level and target must be the same.
        ("山路新桥涵洞工程长度", "山路新桥涵洞工程安排", True, True),
        ("山路新桥涵洞工建成时", "山路新桥涵洞工安排上", True, True), ("山路新桥涵洞建成时数", "山路新桥涵洞安排上下", False, False),
        ("山路新桥涵洞建成时", "山路新桥涵洞安排上下", True, False),
        # A name of four characters within a longer one is alike, of three it is not.
        ("培训人次", "全县新型职业农民培训人次统计情况", True, True), ("培训数", "全县新型职业农民培训数统计情况", False, False),
    ],
)  # fmt: skip
def test_how_much_of_two_names_is_one_name(mine, approved, in_place, elsewhere):
    one, other, changed = (
        ministry(row(name, target, "120", 20, 20)).indicators[0]
        for name, target in ((mine, "≥100"), (approved, "≥100"), (approved, "≥90"))
    )

    assert alike(one, other) is in_place
    assert alike(one, changed) is elsewhere


@pytest.mark.parametrize(("shared", "pairs"), [(2, {(1, 2), (2, 1)}), (1, set())])
def test_two_indicators_in_common_make_two_goals_one_whatever_their_names_and_numbers(
    shared, pairs
):
    road, school = (goal.rows[:shared] for goal in GOALS)
    form = hubei(G(40, 40, road, "道路"), G(40, 40, school, "干部"))
    table = hubei(G(40, 40, school, "教育"), G(40, 40, road, "交通"))

    assert {(one.mine.goal, one.theirs.goal) for one in pairing(form, table).goals} == pairs
