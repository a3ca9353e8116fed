"""The five units of docs/rollup.md: what perfxl writes is what the page works out by hand."""

import re
from decimal import Decimal

import openpyxl
import pytest

import perfxl as package
from tests.conftest import ROOT
from tests.face.run import OK, perfxl
from tests.forms.builder import ministry_lines, row, workbook

PAGE = ROOT / "docs" / "rollup.md"
PROJECT = "农村公路养护"
LEVEL1 = {"社会效益指标": "效益指标", "服务对象满意度指标": "满意度指标"}


def tables() -> list[list[list[str]]]:
    """Every table of the page: its rows of cells, head first."""
    found, lines = [], []
    for line in [*PAGE.read_text("utf-8").splitlines(), ""]:
        if line.startswith("|"):
            lines.append([cell.strip() for cell in line.strip("|").split("|")])
        elif lines:
            found.append([lines[0], *lines[2:]])
            lines = []
    return found


UNITS, INDICATORS, BY_HAND = tables()


def form_of(index: int) -> bytes:
    """The workbook of one unit."""
    name, money, budget, executed = UNITS[index][:4]
    spent = Decimal(executed) / Decimal(budget)
    rows = []
    for indicator, level2, weight, *cells in INDICATORS[1:]:
        if cells[index - 1]:
            target, actual, score = cells[index - 1].split("; ")
            level1 = LEVEL1.get(level2, "产出指标")
            rows.append(row(indicator, target, actual, int(weight), Decimal(score), None, level1, level2))  # fmt: skip
    total = sum(Decimal(one[6]) for one in rows) + 10 * spent
    return workbook(
        ministry_lines(
            *rows, budget=(None, Decimal(budget), Decimal(executed), 10, float(spent), 10 * spent),
            fill=False, unit=name, project=PROJECT, side=f"预算执行情况（{money}）", total=round(total, 2),
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The five workbooks, and what the command wrote from them."""
    folder = tmp_path_factory.mktemp("units")
    for index in range(1, len(UNITS)):
        (folder / f"{UNITS[index][0]}.xlsx").write_bytes(form_of(index))
    code, out, errors = perfxl("rollup", folder, "--project", PROJECT, "-o", folder / "汇总.xlsx")
    assert (code, errors) == (OK, ""), out
    assert "94.76" in out
    return folder


def test_the_rolled_up_form_says_what_the_page_works_out(folder):
    (form,) = package.read(folder / "汇总.xlsx")[0].forms
    by_name = {one.level3.value: one for one in form.indicators}
    fund = form.funds[0]

    for what, figure, _, result in BY_HAND[1:]:
        source = by_name.get(what, fund)
        place = form.claimed_total if what == "总分" else getattr(source, figure)
        if figure == "rate":
            assert place.value == Decimal(result.rstrip("%")) / 100
        elif figure in ("score", "budget", "executed"):
            assert place.value == Decimal(result), (what, figure)
        else:
            assert place.text == result, (what, figure)
    assert form.unread == ()


def test_the_sheet_of_sources_writes_the_same_arithmetic(folder):
    book = openpyxl.load_workbook(folder / "汇总.xlsx")
    words = {"budget": "预算数", "executed": "执行数", "rate": "执行率", "score": "得分", "target": "目标值",
             "actual": "实际完成值"}  # fmt: skip
    lines = [[cell.value for cell in line] for line in book["汇总过程"].iter_rows(min_row=4)]
    results = {(line[0], line[1]): line for line in lines if line[2] == "汇总"}

    for what, figure, by_hand, result in BY_HAND[1:]:
        line = results[what, words[figure]]
        said = re.sub(r"\s", "", line[11])
        # The units stand in the order of their files' names; the parts are the same.
        parts = re.findall(r"[0-9.]+×[0-9.]+", by_hand) if "÷" in by_hand else []
        assert line[10] == result, (what, figure)
        if "平均" in said and parts and figure != "score":
            assert sorted(parts) == sorted(re.findall(r"[0-9.]+×[0-9.]+", said)), (what, figure)


def test_every_source_is_a_cell_of_a_submitted_file(folder):
    book = openpyxl.load_workbook(folder / "汇总.xlsx")
    names = {unit[0] for unit in UNITS[1:]}
    seen = set()

    submitted = {path.name: openpyxl.load_workbook(path) for path in folder.glob("*.xlsx")}

    for line in book["汇总过程"].iter_rows(min_row=4, values_only=True):
        _, _, unit, file, sheet, cell, text, *_ = line
        if unit == "汇总":
            continue
        value = submitted[file][sheet][cell].value
        number = isinstance(value, int | float) and "%" not in text
        assert Decimal(str(value)) == Decimal(text) if number else value == text, (file, cell)
        seen.add(unit)
    assert seen == names


def test_the_absent_satisfaction_indicator_is_said_and_nothing_else_is_wrong(folder):
    rolled = package.rollup([path for path in folder.glob("*.xlsx") if "汇总" not in path.name])
    (one,) = rolled.rollups

    assert {told.code for told in one.differences} == {"satisfaction-absent", "words-actual", "level-actual"}  # fmt: skip
    assert one.clean
