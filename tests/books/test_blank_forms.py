"""A blank official form computes by itself, warns of slips, and prints with no goal or text cut in two."""

import re

import openpyxl
import pytest

import perfxl
from perfxl.books import official
from perfxl.books.template.paging import breaks
from perfxl.ooxml.address import Span
from tests.programs import libreoffice, validator_errors

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
SHAPE = re.compile(
    r'=IF\(COUNT\(([A-Z]+\d+(:[A-Z]+\d+)?,?)+\)=(0,"",ROUND\(SUM\(([A-Z]+\d+(:[A-Z]+\d+)?,?)+\),2\)\)|'
    r'2,IF\([A-Z]+\d+>0,[A-Z]+\d+/[A-Z]+\d+,""\),""\))'
)
GOALS = ["department", "project-hubei"]


def blank(path, name, goals=3, rows=1, unit="某局"):
    """A blank official form, opened."""
    form = official.find_official(name)
    path.write_bytes(official.blank(form, goals=goals, rows=rows, year=2026, unit=unit))
    return openpyxl.load_workbook(path)


def labelled(sheet, text, col=None):
    """The cells that say something, from top to bottom."""
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "").startswith(text) and col in (None, cell.column)
    ]


def scored_rows(sheet):
    """The rows of indicators: those with a second level, or below one in its merged area."""
    levels = [f"{word}指标" for word in ("数量", "质量", "时效", "成本", "社会效益", "经济效益", "生态效益",
                                        "可持续影响", "服务对象满意度")]  # fmt: skip
    return [cell.row for text in levels for cell in labelled(sheet, text, 3)]


def fill_by_hand(sheet, name, score=2.25):
    """What a person types: money, names, targets and scores; nothing where a formula stands."""
    [fund] = labelled(
        sheet,
        {"project": "年度资金总额"}.get(name, official.find_official(name).blank["funds"][0]),
        2,
    )
    budget, executed, points = (5, 6, 9) if name == "project" else (4, 5, 7)
    sheet.cell(fund.row, budget, 320)
    sheet.cell(fund.row, executed, 256)
    sheet.cell(fund.row, points, 8 if name == "project" else 16)
    rows = scored_rows(sheet)
    for row in rows:
        sheet.cell(row, 4, f"指标{row}")
        sheet.cell(row, 5, "100%")
        sheet.cell(row, 6, "100%")
        sheet.cell(row, 8 if name == "project" else 7, score)
        if name == "project":
            sheet.cell(row, 7, score)
    return fund.row, rows


@pytest.mark.parametrize("name", ["department", "project-hubei", "project"])
def test_libreoffice_computes_rate_sums_and_total_of_a_form_filled_by_hand(name, tmp_path):
    book = blank(tmp_path / "手填.xlsx", name)
    fund, rows = fill_by_hand(book.active, name)
    book.save(tmp_path / "手填.xlsx")
    (tmp_path / "算").mkdir()

    done = libreoffice(tmp_path / "手填.xlsx", "xlsx", tmp_path / "算")

    sheet = openpyxl.load_workbook(done, data_only=True).active
    goals = 3 if name in GOALS else 1
    execution = 8 if name == "project" else 16
    assert sheet.cell(fund, 8 if name == "project" else 6).value == 0.8
    total = labelled(sheet, "总分")[0].row
    assert sheet.cell(total, 8 if name == "project" else 7).value == execution + 2.25 * len(rows)
    heads = labelled(sheet, "年度绩效目标")
    assert [sheet.cell(head.row, 7).value for head in heads] == [
        2.25 * len(rows) / goals for _ in heads
    ]
    assert len(heads) == (goals if name in GOALS else 0)
    [form] = perfxl.read(done)[0].forms
    assert form.claimed_total.value == execution + 2.25 * len(rows)
    assert [str(goal.score.value) for goal in form.goals if goal.score.row] == [
        str(sheet.cell(head.row, 7).value) for head in heads
    ]
    assert len(form.indicators) == len(rows)
    assert form.unread == ()


def test_libreoffice_computes_the_rates_of_a_transfer_payment(tmp_path):
    book = blank(tmp_path / "表.xlsx", "transfer")
    for cell, value in {"E7": 200, "F7": 150, "E8": "—", "F8": 1, "E9": 0, "F9": 0}.items():
        book.active[cell] = value
    book.save(tmp_path / "表.xlsx")
    (tmp_path / "算").mkdir()

    sheet = openpyxl.load_workbook(
        libreoffice(tmp_path / "表.xlsx", "xlsx", tmp_path / "算"), data_only=True
    ).active

    assert [sheet[cell].value or None for cell in ("G7", "G8", "G9")] == [0.75, None, None]


@pytest.mark.parametrize("name", official.forms())
def test_the_formulas_are_ours_alone_and_show_nothing_until_there_is_something(name, tmp_path):
    book = blank(tmp_path / "表.xlsx", name, goals=30, rows=3, unit="=1+1")
    formulas = [
        cell.value for row in book.active.iter_rows() for cell in row if cell.data_type == "f"
    ]

    assert formulas
    assert all(SHAPE.fullmatch(formula) for formula in formulas)
    values = openpyxl.load_workbook(tmp_path / "表.xlsx", data_only=True).active
    shown = {cell.coordinate: values[cell.coordinate].value for row in book.active.iter_rows()
             for cell in row if cell.data_type == "f"}  # fmt: skip
    assert not any(shown.values())


def test_a_form_that_no_program_has_computed_is_not_judged_by_what_is_missing(tmp_path):
    book = blank(tmp_path / "表.xlsx", "project")
    fill_by_hand(book.active, "project", 10)
    book.save(tmp_path / "表.xlsx")

    [result] = perfxl.audit(tmp_path / "表.xlsx")

    assert result.forms[0].claimed_total.uncomputed
    assert "uncomputed-formula" in {finding.rule for finding in result.audits[0].findings}
    assert "total" not in {finding.rule for finding in result.audits[0].findings}


@pytest.mark.parametrize("name", ["department", "project-hubei", "project"])
def test_every_place_for_a_score_warns_of_one_that_cannot_be(name, tmp_path):
    sheet = blank(tmp_path / "表.xlsx", name, rows=2).active
    rules = [one for one in sheet.data_validations.dataValidation if one.errorTitle == "得分"]
    places = {cell for one in rules for area in one.sqref.ranges for cell in area.cells}
    col = 8 if name == "project" else 7

    assert {(row, col) for row in scored_rows(sheet)} <= places
    assert all(one.errorStyle == "warning" and one.error for one in rules)
    row = min(scored_rows(sheet))
    [own] = [one for one in rules if any((row, col) in [*area.cells] for area in one.sqref.ranges)]
    first = f"{'H' if name == 'project' else 'G'}{row}"
    assert f"{first}>=0" in own.formula1
    assert ("<=G" if name == "project" else "<=100") in own.formula1


@pytest.mark.parametrize(("weights", "red"), [(9, False), (8, True), (None, False)])
def test_weights_that_do_not_come_to_the_total_turn_it_red(weights, red, tmp_path):
    book = blank(tmp_path / "表.xlsx", "project")
    sheet = book.active
    fill_by_hand(sheet, "project")
    rows = scored_rows(sheet)
    for row in rows:
        sheet.cell(row, 7, 10 if weights is not None else None)
        if weights is None:
            sheet.cell(row, 7).value = None
    sheet.cell(rows[0], 7).value = None if weights is None else weights + 1
    ((area, [rule]),) = [(one.sqref, one.rules) for one in sheet.conditional_formatting]
    sheet["M1"] = "=" + rule.formula[0]
    book.save(tmp_path / "表.xlsx")
    (tmp_path / "算").mkdir()

    done = openpyxl.load_workbook(
        libreoffice(tmp_path / "表.xlsx", "xlsx", tmp_path / "算"), data_only=True
    ).active

    assert str(area) == f"G{labelled(sheet, '总分')[0].row}"
    assert done["M1"].value is red


@pytest.mark.parametrize("name", GOALS)
def test_pages_end_between_goals(name, tmp_path):
    sheet = blank(tmp_path / "表.xlsx", name, goals=10, rows=1).active
    heads = {head.row for head in labelled(sheet, "年度绩效目标")}

    ends = [one.id for one in sheet.row_breaks.brk]

    assert ends
    assert {end + 1 for end in ends} <= heads
    pages = libreoffice(tmp_path / "表.xlsx", "pdf", tmp_path).read_bytes()
    assert len(PAGE.findall(pages)) == len(ends) + 1


@pytest.mark.parametrize("name", ["project", "transfer"])
def test_no_label_of_a_group_that_fits_on_a_page_is_cut(name, tmp_path):
    sheet = blank(tmp_path / "表.xlsx", name, rows=5).active
    ends = [one.id for one in sheet.row_breaks.brk]

    assert ends
    for area in sheet.merged_cells.ranges:
        if area.min_col == 3:
            assert not any(area.min_row <= end < area.max_row for end in ends)


@pytest.mark.parametrize("name", official.forms())
def test_the_validator_finds_no_error_in_a_form_of_several_pages(name, tmp_path):
    blank(tmp_path / "表.xlsx", name, goals=10, rows=3)

    assert validator_errors(tmp_path / "表.xlsx") == set()


# ---------------------------------------------------------------- where pages end
def test_what_fits_on_a_page_has_no_end_of_ours():
    assert breaks([20.0] * 10, [()] * 10, [Span(2, 1, 10, 1)], 200.0, 0.0) == []


def test_a_goal_is_moved_to_the_next_page_whole():
    paths = [(), *[((1, 1),)] * 4, *[((1, 2),)] * 4, *[((1, 3),)] * 4]
    goals = [Span(2, 1, 5, 1), Span(6, 1, 9, 1), Span(10, 1, 13, 1)]

    assert breaks([20.0] * 13, paths, goals, 200.0, 20.0) == [9]


def test_what_is_longer_than_a_page_is_cut_where_it_must_be_and_its_head_stays_with_it():
    paths = [()] * 3 + [((1, 1), (2, n)) for n in range(30)]

    ends = breaks([20.0] * 33, paths, [Span(3, 1, 33, 1)], 200.0, 20.0)

    assert ends
    assert 3 not in ends
    assert all(b - a <= 10 for a, b in zip([0, *ends], [*ends, 33], strict=True))


def test_a_row_taller_than_a_page_ends_the_search_all_the_same():
    assert breaks([20.0, 900.0, 20.0], [()] * 3, [Span(1, 1, 3, 1)], 200.0, 0.0) == [1, 2]
