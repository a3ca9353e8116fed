"""A target below the number that the form's own overall goal names for it."""

import pytest

from tests.forms.builder import ministry, row

BELOW = ["E10"]


@pytest.mark.parametrize(
    ("name", "target", "goal", "found"),
    [
        # An ending that only says what is counted is no part of the name to look for.
        ("公益培训期数", "50期", "举办公益培训60期，丰富群众生活", BELOW),
        ("公益培训期数", "50", "举办公益培训60期。", BELOW),
        ("公益培训期数", "60期", "举办公益培训60期", []),
        ("公益培训", "≥50期", "举办公益培训60期", BELOW),
        ("举办公益培训期数", "50期", "举办公益培训60期", BELOW),
        ("培训期数", "50期", "全年举办公益培训60期", BELOW),
        ("干部培训人次", "400人次", "干部培训500人次", BELOW),
        ("下乡演出场次", "≥80场", "组织下乡演出100场以上", BELOW),
        ("新建公路里程", "25公里", "新建公路30公里，改善出行", BELOW),
        ("植树造林面积", "4000亩", "完成植树造林5000亩", BELOW),
        ("资助学生数量", "1800名", "资助学生2000名", BELOW),
        ("资助学生人数", "1800人", "资助学生2000人参加实践", BELOW),
        ("群众走访", "≥50户", "群众走访达到60户", BELOW),
        # Another thing, another unit, another time, a limit.
        ("公益培训期数", "50期", "举办公益培训讲师60名", []),
        ("公益培训期数", "50期", "举办技能培训60期", []),
        ("新建数量", "10个", "新建20个停车位", []),
        ("培训期数", "20期", "公益培训60期，技能培训20期", []),
        ("公益培训期数", "50期", "在上年公益培训60期的基础上", []),
        ("公益培训期数", "50期", "2021年举办公益培训60期", []),
        ("公益培训期数", "50期", "到2023年底，举办公益培训60期", BELOW),
        ("公益培训期数", "50期", "“十四五”期间举办公益培训60期", []),
        ("公益培训期数", "50期", "公益培训不超过60期", []),
        ("公益培训期数", "50期", "公益培训控制在60期以内", []),
        ("公益培训期数", "≤50期", "公益培训60期", []),
        ("公益培训期数", "60期", "公益培训60期，其中线上公益培训80期", []),
    ],
)  # fmt: skip
def test_a_target_below_what_the_goal_promises(name, target, goal, found):
    case = ministry(row(name, target, target.lstrip("≥≤"), 20, 20), goal=goal)

    assert [cell for _, cell in case.of("target-below-goal")] == found


def test_the_row_of_satisfaction_is_one_of_them():
    case = ministry(goal="群众满意度达到95%以上")

    assert [cell for _, cell in case.of("target-below-goal")] == ["E10"]
