"""The conclusion of a form is the same wherever it is shown: screen, exit code, JSON, copy, summary, log."""

import openpyxl
import pytest

from tests.face.run import GOOD, OK, WRONG, perfxl, records
from tests.forms.builder import FIRST, LEFT, UP, ministry_lines, row, workbook

BLANK = [
    [
        None if number >= FIRST and col in (6, 8, 9) and cell not in (LEFT, UP) else cell
        for col, cell in enumerate(line, 1)
    ]
    for number, line in enumerate(
        ministry_lines(row("养护里程", "≥100公里", None, 20, None), budget=(None, 200, 100, 10, "50%", None)), 1
    )
]  # fmt: skip
RENAMED = [
    ["年末经第三方逐户核验的兑现口径" if cell == "实际完成值" else cell for cell in line]
    for line in GOOD
]
MONITORING = [
    ("2023年度项目支出绩效运行监控表", *[LEFT] * 6),
    ("项目名称", "道路养护项目", *[LEFT] * 5),
    ("一级指标", "二级指标", "三级指标", "年度指标值", "1-6月完成值", "分值", "得分"),
    ("产出指标", "数量指标", "养护里程", "≥100公里", "40公里", 50, 20),
    (UP, "质量指标", "合格率", "≥95%", "90%", 50, None),
]
BAD = ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 20, "多雨"))
ODD = ministry_lines(row("培训人数", "≤100人", "100人", 20, 20))
SAID = {
    "blank": "空白表",
    "incomplete": "未能完整识别",
    "other": "非自评表",
    "errors": "存在错误",
    "clean": "未发现问题",
}
FORMS = {"blank": BLANK, "incomplete": RENAMED, "other": MONITORING, "errors": BAD, "clean": GOOD}


def spread(tmp_path, names):
    folder = tmp_path / "收到"
    folder.mkdir()
    for name in names:
        (folder / f"{name}.xlsx").write_bytes(workbook(FORMS[name]))
    return folder


def texts_of(path, sheet):
    return [
        str(cell)
        for line in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
        for cell in line
        if cell is not None
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_the_same_everywhere(name, tmp_path):
    folder, out = spread(tmp_path, [name]), tmp_path / "结果"
    code, screen, _ = perfxl("audit", folder, "-o", out, "--json", tmp_path / "r.jsonl")
    (record,) = records((tmp_path / "r.jsonl").read_text("utf-8"))

    assert code == (OK if name == "clean" else WRONG)
    assert record["forms"][0]["conclusion"] == name
    # A table on the screen breaks its cells.
    assert SAID[name][:4] in screen
    told = texts_of(out / f"{name}-审核.xlsx", "审核结果")
    assert any(text.startswith(SAID[name]) for text in told)


def test_a_folder_counts_each_conclusion(tmp_path):
    folder, out = spread(tmp_path, FORMS), tmp_path / "结果"
    _, screen, _ = perfxl("audit", folder, "-o", out)
    overview = openpyxl.load_workbook(out / "汇总.xlsx")["总览"]

    for said in (
        "1 张未发现问题",
        "1 张有问题",
        "1 张未能完整识别",
        "1 张是空白表",
        "1 张不是自评表",
    ):
        assert said in screen
    assert {line[3] for line in overview.iter_rows(min_row=7, values_only=True)} == {*SAID.values()}
    for said in ("1 张存在错误", "1 张未能完整识别", "1 张是空白表", "1 张不是自评表"):
        assert said in overview["A2"].value


def test_nothing_is_filled_into_a_form_that_is_not_judged(tmp_path):
    folder, out = spread(tmp_path, ["blank", "other"]), tmp_path / "结果"
    perfxl("audit", folder, "-o", out)

    for name in ("blank", "other"):
        before = openpyxl.load_workbook(folder / f"{name}.xlsx").worksheets[0]
        after = openpyxl.load_workbook(out / f"{name}-审核.xlsx").worksheets[0]
        assert list(after.values) == list(before.values)


def test_clues_have_a_section_of_their_own(tmp_path):
    folder, out = tmp_path / "收到", tmp_path / "结果"
    folder.mkdir()
    for name in "甲乙":
        (folder / f"{name}.xlsx").write_bytes(workbook(ODD))
    code, _, _ = perfxl("audit", folder, "-o", out, "--json", tmp_path / "r.jsonl")
    first, _ = records((tmp_path / "r.jsonl").read_text("utf-8"))
    clues = [one for one in first["forms"][0]["findings"] if one["clue"]]

    assert code == OK
    assert {one["severity"] for one in clues} == {"note"}
    assert "clue-direction" in {one["rule"] for one in clues}
    told = texts_of(out / "甲-审核.xlsx", "审核结果")
    at = told.index("线索（供人工核对，不作为问题）")
    assert "没有发现错误或提醒。" in told[:at]
    assert any("请核对方向是否写反" in text for text in told[at:])
    assert told.count("线索") == len(clues)
    assert any("请核对方向是否写反" in text for text in texts_of(out / "汇总.xlsx", "线索"))
    assert not any("请核对方向是否写反" in text for text in texts_of(out / "汇总.xlsx", "问题清单"))


def test_every_cell_of_a_gap_told_in_one_line_is_coloured(tmp_path):
    rows = [row(f"养护里程{n}", "≥100公里", None, 4, 4) for n in range(6)]
    path, out = tmp_path / "表.xlsx", tmp_path / "结果"
    path.write_bytes(workbook(ministry_lines(*rows)))
    perfxl("audit", path, "-o", out)
    sheet = openpyxl.load_workbook(out / "表-审核.xlsx").worksheets[0]

    for line in range(FIRST, FIRST + 6):
        assert sheet[f"F{line}"].fill.start_color.rgb == "FFFFC7CE"
        assert "未填写实际完成值" in sheet[f"F{line}"].comment.text
