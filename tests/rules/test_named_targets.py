"""Targets that stand in the indicator's name, and names with stars and ordinals before them."""

import pytest

from perfxl import texts
from perfxl.forms.values.text import match_key, strip_punctuation
from tests.forms.builder import ministry, row

FIRST = "E10"


def test_a_figure_in_the_name_is_the_target_of_an_empty_cell_and_is_said():
    case = ministry(row("养护任务完成率100%", None, "90%", 20, 20, "经费未到位"))

    assert case.of("missing-target") == []
    assert case.of("target-in-name") == [("note", FIRST)]
    assert case.of("indicator-score") == [("error", "H10")]
    said = texts.load_texts("zh").sentence(case.finding("indicator-score"))
    assert "20×90%÷100%" in said
    assert "100%" in texts.load_texts("zh").sentence(case.finding("target-in-name"))


def test_a_met_figure_in_the_name_is_no_fault():
    case = ministry(row("税收收入达到5亿元", None, "5.2亿元", 20, 20))

    assert case.faults == []


def test_a_target_in_its_cell_outranks_the_name_s():
    case = ministry(row("养护任务完成率100%", "≥90%", "95%", 20, 20))

    assert case.faults == []
    assert case.of("target-in-name") == []


@pytest.mark.parametrize(
    "name", ["5G基站数", "2023年培训期数", "PM2.5浓度", "养护里程", "3岁以下儿童入托数"]
)
def test_a_name_that_ends_in_no_figure_leaves_its_target_missing(name):
    case = ministry(row(name, None, "5", 20, 20))

    assert case.of("missing-target") == [("warning", FIRST)]
    assert case.of("target-in-name") == []


@pytest.mark.parametrize(
    "name", ["★培训人数", "☆ 培训人数", "①培训人数", "1.培训人数", "1、培训人数", "（1）培训人数", "(一)培训人数", "一、培训人数",
             "※培训人数", "培训人数★", "⑴培训人数", "＊培训人数"],
)  # fmt: skip
def test_stars_and_ordinals_before_a_name_are_no_part_of_it(name):
    assert strip_punctuation(name) == strip_punctuation("培训人数")
    assert match_key(name) == match_key("培训人数")


@pytest.mark.parametrize("name", ["1.5米以下苗木", "3个100工程", "一次通过率", "12345热线"])
def test_a_number_that_belongs_to_a_name_stays(name):
    assert strip_punctuation(name)[0] == name[0]
    assert match_key(name)[0] == name[0]
