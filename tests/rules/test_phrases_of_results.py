"""What is said of a qualitative target in the words of the official notes, whatever they call the target."""

import pytest

from tests.forms.builder import FIRST, ministry, row

SCORE = f"H{FIRST}"


@pytest.mark.parametrize(
    ("said", "good", "too_much"),
    [
        ("达成预期目标", 16, None),
        ("达成年度指标", 20, None),
        ("已实现年度绩效目标", 18, None),
        ("部分达成预期目标", 12, 17),
        ("部分达成年度指标并具有一定效果", 16, 17),
        ("部分实现预期目标", 13, 20),
        ("未达成年度指标且效果较差", 12, 13),
        ("未能实现预期目标", 0, 13),
    ],
)
def test_each_is_its_tier(said, good, too_much):
    def scored(score):
        return ministry(row("制度健全性", "健全管理制度", said, 20, score, "人手不足"))

    assert scored(good).faults == []
    if too_much is not None:
        assert scored(too_much).of("indicator-score") == [("error", SCORE)]


@pytest.mark.parametrize("said", ["基本达成预期目标", "力争达成年度目标", "达成年度目标的一半"])
def test_what_says_neither_is_left_to_a_person(said):
    case = ministry(row("制度健全性", "健全管理制度", said, 20, 20))

    assert case.of("for-a-person") == [("note", f"F{FIRST}")]
