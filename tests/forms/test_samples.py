"""The samples are read as a careful person reads them, and no cell is lost."""

import pytest

import perfxl
from perfxl.forms import read
from perfxl.forms.records import form_record
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell
from perfxl.jobs.work import document
from tests.conftest import expected_reading
from tests.forms.accounting import unaccounted
from tests.forms.builder import forms, grid, ministry, ministry_lines, row


def readings(path):
    (result,) = perfxl.read(path)
    assert result.error is None
    return result.forms


def test_a_sample_reads_as_its_expected_reading(sample):
    expected = expected_reading(sample)["forms"]

    found = [form_record(form) for form in readings(sample)]

    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        for key in theirs.keys() - {"form"}:
            assert ours[key] == theirs[key], key
        assert ours.keys() == theirs.keys() | {"form", "others", "notes", "cells"}


def test_every_cell_of_a_form_has_one_role_and_is_kept_or_unread(sample):
    grids = {grid.index: grid for grid in document(sample, sample.name).grids}
    for form in readings(sample):
        assert unaccounted(form, grids[form.sheet_index]) == []


def test_a_forms_name_is_unique_and_stable(sample):
    names = [form.form for form in readings(sample)]

    assert len(set(names)) == len(names)
    assert names == [form.form for form in readings(sample)]
    for form in readings(sample):
        assert form.form.startswith(sample.name)
        assert form.sheet in form.form


@pytest.mark.parametrize(
    "side", ["预算执行情况（万元）", "项目资金（万元）", "项目资金\n（万元）", "项目资金", "资金"]
)
@pytest.mark.parametrize("parts", [0, 1, 2, 3])
def test_funds_are_read_whatever_stands_at_their_side(side, parts):
    rows = [
        ("其中：当年财政拨款", 150, 150, 80),
        ("上年结转资金", 50, 50, 20),
        ("其他资金", 0, 0, 0),
    ][:parts]
    form = ministry(row("养护里程", "≥100公里", "100公里", 20, 20), side=side, parts=rows).form

    assert len(form.funds) == 1 + parts
    assert (form.funds[0].budget.value, form.funds[0].executed.value) == (200, 100)
    assert form.funds[0].total


@pytest.mark.parametrize("top", [0, 1, 7])
@pytest.mark.parametrize("left", [0, 2])
def test_a_form_is_found_wherever_it_stands(top, left):
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    width = len(lines[0]) + left
    moved = [(None,) * width] * top + [(None,) * left + tuple(line) for line in lines]

    (here,), (there,) = forms(lines), forms(moved)

    assert form_of(here, 0, 0) == form_of(there, top, left)


def form_of(form, top, left):
    """What a form says, with its cells as if it stood in the corner."""

    def field(value):
        return (value.value, value.row and value.row - top, value.col and value.col - left)

    return (
        [[field(value) for value in fund[:7]] for fund in form.funds],
        [[field(value) for value in goal[1:5]] for goal in form.goals],
        [[field(value) for value in item[2:10]] for item in form.indicators],
        [
            field(getattr(form, name))
            for name in ("unit", "project", "department", "claimed_total", "year")
        ],
    )


def test_several_forms_on_one_sheet_and_on_several_are_several_forms():
    one = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    two = ministry_lines(row("养护桥梁", "≥10座", "10座", 20, 20))
    found = forms([*one, (None,), *two], one, [("填报说明",), ("请如实填写。",)])

    assert [form.indicators[0].name for form in found] == ["养护里程", "养护桥梁", "养护里程"]
    assert [form.sheet_index for form in found] == [0, 0, 1]
    assert len({form.form for form in found}) == 3


def test_a_value_hidden_under_a_merged_cell_is_listed():
    sheet = grid(ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20)))
    sheet.cells[1, 3] = Cell(1, 3, "看不见", "看不见")
    (form,) = read.forms([sheet], "表.xlsx", vocabulary.load())

    assert [(item.cell, item.text, item.why) for item in form.unread] == [
        ("C1", "看不见", "covered")
    ]


def test_a_text_in_place_of_a_score_is_no_number_and_stays_to_be_seen():
    form = ministry(row("养护里程", "≥100公里", "100公里", 20, "满分"), total=85).form
    score = form.indicators[0].score

    assert (score.value, score.text, score.cell) == (None, "满分", "H10")
