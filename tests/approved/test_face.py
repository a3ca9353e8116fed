"""`perfxl audit --approved` as an auditor meets it: the copy, the JSON, and what stops the run."""

from dataclasses import replace

import openpyxl
import pytest

import perfxl as package
from tests.approved.tables import lines, read
from tests.conftest import CONSISTENT, ROOT
from tests.face.run import MISUSED, OK, WRONG, perfxl, records
from tests.forms.builder import workbook

(FORM,) = package.read(CONSISTENT)[0].forms


@pytest.fixture
def folder(tmp_path):
    """A submission without fault and a folder for what was approved."""
    (tmp_path / "收到").mkdir()
    (tmp_path / "收到" / "自评表.xlsx").write_bytes(CONSISTENT.read_bytes())
    (tmp_path / "批复").mkdir()
    return tmp_path


def approve(folder, drawn=None, name="清单.xlsx"):
    path = folder / "批复" / name
    path.write_bytes(workbook(drawn or lines(FORM)))
    return path


def test_an_unchanged_set_ends_in_0(folder):
    approve(folder)

    code, _, _ = perfxl("audit", "收到", "--approved", "批复", cwd=folder)

    assert code == OK


def test_a_change_is_marked_in_the_copy_and_told_in_the_json(folder):
    (row,) = [one for one in FORM.indicators if one.target.cell == "E72"]
    drawn = [
        tuple(
            "≥120%" if line[6] == row.name and value == row.target.text else value for value in line
        )
        for line in lines(FORM)
    ]
    approve(folder, drawn)

    code, out, _ = perfxl(
        "audit", "收到", "--approved", folder / "批复", "-o", "结果", "--json", "-", cwd=folder
    )

    (form,) = records(out)[0]["forms"]
    (finding,) = [f for f in form["findings"] if f["rule"] == "approved-target"]
    cell = next(f"H{n}" for n, line in enumerate(drawn, 1) if line[7] == "≥120%")
    assert code == WRONG
    assert form["approved"] == "清单.xlsx#自评表!G2"
    assert (finding["cell"], finding["severity"]) == ("E72", "error")
    assert f"清单.xlsx 自评表!{cell}" in finding["message"]
    book = openpyxl.load_workbook(folder / "结果" / "自评表-审核.xlsx")
    sheet = book.worksheets[0]
    assert sheet["E72"].fill.start_color.rgb.endswith("FFC7CE")
    assert "≥120%" in sheet["E72"].comment.text
    head = [[cell.value for cell in line] for line in book["审核结果"].iter_rows(max_row=20)]
    assert any("批复表" in line and "清单.xlsx 自评表!G2" in line for line in head)


def test_the_steps_say_where_a_weight_comes_from(folder):
    rows = [one._replace(weight=one.score) if one.goal == 8 else one for one in FORM.indicators]
    worth = sum(one.score.value for one in rows if one.goal == 8)
    last = max(place for place, one in enumerate(rows) if one.goal == 8)
    more = next(goal.weight.value for goal in FORM.goals if goal.goal == 8) - worth
    weight = rows[last].weight
    rows[last] = rows[last]._replace(weight=weight._replace(value=weight.value + more))
    path = approve(folder, lines(replace(FORM, indicators=tuple(rows))))

    perfxl("audit", "收到", "--approved", path, "-o", "结果", cwd=folder)

    book = openpyxl.load_workbook(folder / "结果" / "自评表-审核.xlsx")
    sources = [line[6].value for line in book["重算过程"].iter_rows(min_row=2)]
    assert sum(str(source).startswith("批复表 清单.xlsx 自评表!I") for source in sources) == sum(
        one.goal == 8 for one in rows
    )


def test_from_python(folder):
    path = approve(folder, lines(FORM)[:-1])

    (result,) = package.audit(folder / "收到", approved=path)

    assert [f.message for f in result.audits[0].findings if f.rule == "approved-indicator"] == [
        "added"
    ]
    assert (
        package.audit(folder / "收到", approved=[path, path.parent])[0].audits[0].facts.approved.how
        == "found"
    )


def no_folder(folder):
    return folder / "没有"


def nothing_in_it(folder):
    return folder / "批复"


def broken(folder):
    path = folder / "批复" / "坏的.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    return path.parent


def without_a_table(folder):
    approve(folder)
    return approve(folder, [("填表说明",)], "说明.xlsx").parent


def twice(folder):
    drawn = lines(FORM)
    return approve(folder, [*drawn, drawn[-1]])


def words(folder):
    head, first, *rest = lines(FORM)
    return approve(folder, [head, (*first[:8], "待定", first[9]), *rest])


def a_column_less(folder):
    return approve(folder, [(line[1], *line[7:9]) for line in lines(FORM)])


def the_submission(folder):
    return folder / "收到" / "自评表.xlsx"


@pytest.mark.long
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (no_folder, ["没有", "路径"]), (nothing_in_it, ["批复", "--approved"]),
        (broken, ["坏的.xlsx", "无法读取", "审核没有开始"]), (without_a_table, ["说明.xlsx", "单位名称", "目标值"]),
        (twice, ["清单.xlsx", "自评表", "G63、G64", "重复"]), (words, ["清单.xlsx", "I2", "待定", "分值"]),
        (a_column_less, ["清单.xlsx", "A1", "指标名称"]), (the_submission, ["自评表.xlsx", "送审", "--approved"]),
    ],
)  # fmt: skip
def test_an_approved_file_that_cannot_be_used_stops_the_run(folder, given, told):
    code, out, errors = perfxl(
        "audit", "收到", "--approved", given(folder), "-o", "结果", cwd=folder
    )

    assert (code, out) == (MISUSED, "")
    assert not (folder / "结果").exists()
    for word in told:
        assert word in errors
    english = perfxl("audit", "收到", "--approved", given(folder), "--lang", "en", cwd=folder)
    assert english[0] == MISUSED
    assert english[2].count("\n") == 1


def test_the_example_of_the_page_can_be_read():
    page = (ROOT / "docs" / "approved.md").read_text("utf-8")
    head, _, *rest = [line for line in page.splitlines() if line.startswith("| ")][:4]
    drawn = [
        tuple(cell.strip() or None for cell in line.split("|")[1:-1]) for line in (head, *rest)
    ]

    (table,) = read(drawn)

    assert (table.unit.value, table.project.value, table.goals[0].goal) == (
        "清河县公路站",
        "道路养护",
        1,
    )
    assert (table.funds[0].budget.value, table.money_unit.value) == (200, "万元")
    assert [(row.level2.value, row.name, row.weight.value) for row in table.indicators] == [
        ("数量指标", "养护里程", 20), ("质量指标", "验收合格率", 30),
    ]  # fmt: skip


def test_forms_without_an_approved_table_are_named_on_the_screen(folder):
    other = [
        tuple("别的局" if value == FORM.unit.value else value for value in line)
        for line in lines(FORM)
    ]
    approve(folder, other)

    code, out, _ = perfxl("audit", "收到", "--approved", "批复", cwd=folder)

    assert code == OK
    (told,) = [line for line in out.splitlines() if "没有与批复核对" in line]
    assert "1 张表" in told
    assert str(FORM.unit.value) in told


def test_a_compared_form_is_not_named(folder):
    approve(folder)

    _, out, _ = perfxl("audit", "收到", "--approved", "批复", cwd=folder)

    assert "没有与批复核对" not in out


def test_a_copy_of_a_submission_is_not_what_was_approved(folder):
    (folder / "批复" / "另一个名字.xlsx").write_bytes(CONSISTENT.read_bytes())

    code, _, error = perfxl("audit", "收到", "--approved", "批复", cwd=folder)

    assert code == MISUSED
    assert "内容完全相同" in error
    assert "自评表.xlsx" in error
