"""Rows that break another row down (其中…) are scored with that row, and are no gap."""

import pytest

from tests.forms.builder import FIRST, G, hubei, ministry, row

PARTS = ("其中：县道", "乡道", "村道")


def broken_down(*names, weight=20, score=20, **more):
    """A form whose first row has the points, with rows below it that have none."""
    return ministry(
        row("养护里程", "≥300公里", "300公里", weight, score),
        *(row(name, "≥100公里", "100公里", None, None) for name in names),
        **more,
    )


@pytest.mark.parametrize("names", [("其中：县道",), PARTS, ("县道里程", "乡道里程", "村道里程")])
def test_rows_without_points_under_a_scored_row_miss_no_score(names):
    case = broken_down(*names)

    assert case.faults == []
    assert case.of("total-sum") == []
    assert case.audit.total.recomputed == 95


def test_a_wrong_total_is_found_beside_rows_without_points():
    case = broken_down(*PARTS, total=96)

    assert [rule for _, rule, _ in case.faults] == ["total-sum"]


def test_a_row_whose_points_are_missing_is_no_part():
    """Weights that leave room for it say that it has points of its own."""
    case = ministry(
        row("养护里程", "≥300公里", "300公里", 20, 20),
        row("桥梁座数", "≥10座", "10座", None, None),
        row("群众满意度", "≥90%", "95%", 60, 60, None, "满意度指标", "服务对象满意度指标"),
        fill=False,
    )

    assert ("warning", f"H{FIRST + 1}") in case.of("missing-score")


def test_a_row_with_points_and_no_score_is_no_part():
    case = ministry(
        row("养护里程", "≥300公里", "300公里", 20, 20),
        row("其中：县道", "≥9公里", "9公里", 5, None),
    )

    assert case.of("missing-score") == [("warning", f"H{FIRST + 1}")]


def test_a_first_row_without_points_breaks_nothing_down():
    case = ministry(row("其中：县道", "≥9公里", "9公里", None, None))

    assert case.of("missing-score") == [("warning", f"H{FIRST}")]


def test_a_part_that_falls_short_asks_no_reason_of_its_own():
    case = ministry(
        row("养护里程", "≥300公里", "300公里", 20, 20),
        row("其中：县道", "≥100公里", "90公里", None, None),
    )

    assert case.faults == []


def test_a_goal_without_stated_weights_has_parts_by_their_names():
    rows = (("养护里程", "≥300公里", "300公里", 40), ("其中：县道", "≥100公里", "100公里", None))
    case = hubei(G(40, 40, rows))

    assert case.faults == []


def test_every_row_is_listed_with_its_score_or_none():
    case = broken_down(*PARTS)

    listed = [score.of for score in case.audit.scores if score.kind == "indicator"]
    assert listed == [f"indicator:{each.row}" for each in case.form.indicators]


def test_weights_of_equal_shares_leave_no_points_either():
    """10/3 written 3.33 three times: the hundredth left is no row's points."""
    rows = [row(name, "≥9公里", "9公里", 3.33, 3.33) for name in ("县道", "乡道", "村道")]
    case = ministry(
        *rows, row("桥梁", "≥9座", "9座", None, None),
        row("群众满意度", "≥90%", "95%", 80, 80, None, "满意度指标", "服务对象满意度指标"), fill=False,
        total=94.99,
    )  # fmt: skip

    assert case.of("missing-score") == []


@pytest.mark.parametrize(("points", "found"), [(20, []), (30, [("warning", f"H{FIRST + 1}")])])
def test_a_section_whose_points_are_all_given_has_none_left(points, found):
    """The form as a whole does not make 100; the section's own points decide."""
    case = ministry(
        row("养护里程", "≥300公里", "300公里", 20, 20), row("桥梁座数", "≥9座", "9座", None, None),
        fill=False, weight_of_levels={"产出指标": f"产出指标（{points}分）"},
    )  # fmt: skip

    assert case.of("missing-score") == found
