"""Whatever label is replaced by an unknown word: what scores depend on is still read, or the form is not called whole."""

from dataclasses import replace

import pytest

from perfxl.errors import NoForm
from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.grid.load import load_file
from perfxl.rules.audit import audit
from perfxl.rules.conclusion import Conclusion
from tests.conftest import ROOT

STRANGE = "某某奇事"
NAMES = ("03-列明分值", "department-hubei-1", "department-chongqing-1", "project-hubei-1", "project-ministry-1",
         "project-ministry-2", "project-yunnan-1", "project-yunnan-2", "transfer-1")  # fmt: skip
LABELS = ("header", "funds header", "structure", "goal")


def scored(form):
    """What the scores of a form depend on; the initial budget only where no other is stated."""
    return (
        [(row.target.text, row.actual.text, row.weight.value, row.score.value) for row in form.indicators],
        [(fund.budget.value, fund.executed.value, fund.rate.value, fund.weight.value, fund.score.value)
         for fund in form.funds if fund.total],
        form.claimed_total.value,
        [(goal.weight.value, goal.score.value) for goal in form.goals if not goal.section],
    )  # fmt: skip


def first_form(grid):
    return read.forms([grid], "表.xlsx", vocabulary.load())[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_label_that_nobody_knows_costs_the_clean_bill_or_nothing(name):
    path = ROOT / "samples" / f"{name}.xlsx"
    grids = load_file(path, path.name).grids
    form = read.forms(grids, path.name, vocabulary.load())[0]
    grid = next(grid for grid in grids if grid.index == form.sheet_index)
    form = first_form(grid)
    whole = scored(form)
    tried = 0
    for (row, col), field in form.roles.items():
        if field not in LABELS and "total" not in field:
            continue
        if not isinstance(grid.cells[row, col].value, str):
            continue
        changed = grid.cells[row, col]._replace(value=STRANGE, text=STRANGE)
        try:
            found = first_form(replace(grid, cells={**grid.cells, (row, col): changed}))
        except NoForm:
            continue  # told as such
        tried += 1
        if scored(found) != whole:
            assert audit(found).conclusion is Conclusion.INCOMPLETE, grid.cells[row, col].address

    assert tried > 10
