"""What is no filled self-evaluation is part of no roll-up, and has no clean copy; both say so."""

import pytest

from tests.face.run import perfxl
from tests.forms.builder import FIRST, LEFT, UP, ministry_lines, row, workbook

GOOD = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))


def titled(title):
    return [(title, *[LEFT] * 8), *GOOD[1:]]


def without(*columns):
    """The form without the values of some columns, as before anybody filled it in."""
    lines = ministry_lines(
        row("养护里程", "≥100公里", "100公里", 20, 20), budget=(None, 200, 100, 10, "50%", None),
        unit="黄坡县公路站",
    )  # fmt: skip
    return [
        [
            None if number >= FIRST and col in columns and cell not in (LEFT, UP) else cell
            for col, cell in enumerate(line, 1)
        ]
        for number, line in enumerate(lines, 1)
    ]


MONITORING = titled("2023年度项目支出绩效运行监控表")
TARGETS = [
    [None if col > 6 and cell not in (LEFT, UP) else cell for col, cell in enumerate(line, 1)]
    for line in [
        ("2023年度项目支出绩效目标申报表", *[LEFT] * 8),
        *without(6, 8, 9)[1:],
    ]
]
BLANK = without(6, 8, 9)
OTHERS = {"监控表": MONITORING, "目标表": TARGETS, "空白表": BLANK}


def folder(tmp_path, forms):
    place = tmp_path / "收到"
    place.mkdir()
    for name, lines in forms.items():
        (place / f"{name}.xlsx").write_bytes(workbook(lines))
    return place


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_left_out_of_a_roll_up_and_told(name, tmp_path):
    place = folder(tmp_path, {"甲": GOOD, name: OTHERS[name]})
    out = tmp_path / "汇总.xlsx"
    code, screen, _ = perfxl("rollup", place, "--project", "道路养护项目", "-o", out)

    assert out.exists()
    assert code == 1
    flat = "".join(screen.split())
    assert name[:2] in flat
    assert "未计入汇总" in flat


@pytest.mark.parametrize("name", OTHERS)
def test_of_nothing_else_there_is_no_roll_up(name, tmp_path):
    place = folder(tmp_path, {name: OTHERS[name]})
    out = tmp_path / "汇总.xlsx"
    code, screen, _ = perfxl("rollup", place, "--all", "-o", out)

    assert not out.exists()
    assert code == 1
    assert "未计入汇总" in "".join(screen.split())


@pytest.mark.parametrize("name", OTHERS)
def test_it_has_no_clean_copy(name, tmp_path):
    place = folder(tmp_path, {"甲": GOOD, name: OTHERS[name]})
    out = tmp_path / "规范"
    code, screen, errors = perfxl("fill", place, "-o", out)

    assert [path.name for path in out.glob("*.xlsx")] == ["甲-清稿.xlsx"]
    assert code != 0
    flat = "".join((screen + errors).split())
    assert "没有生成" in flat
    assert name[:2] in flat
