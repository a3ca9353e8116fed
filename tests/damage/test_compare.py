"""The matrix is worth what its comparison sees."""

import pytest

from perfxl.forms import read
from perfxl.forms.model import Field
from perfxl.forms.words import vocabulary
from tests.damage.compare import differences, invented
from tests.damage.damage import KINDS
from tests.damage.sheet import sample


@pytest.fixture
def found():
    """A sample, its Grid and its reading."""
    case = sample("project-ministry-1")
    grid = case.sheets[0].grid()
    return case, grid, read.forms([grid], "表.xlsx", vocabulary.load())


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [("funds", "budget", 1), ("indicators", "target", "≥1天"), ("indicators", "score_cell", "A1")],
)
def test_a_wrong_value_or_cell_is_a_difference(found, place, key, value):
    case, _, forms = found
    case.forms[0][place][0][key] = value

    assert len(differences(forms, case)) == 1


def test_a_cell_no_longer_understood_is_a_difference(found):
    case, _, forms = found
    case.forms[0]["unread"].append({"cell": "B5", "text": "?"})

    assert differences(forms, case) == ["form 0 B5 is not listed as unread"]


def test_a_value_that_no_cell_states_is_invented(found):
    _, grid, (form,) = found
    row = form.indicators[0]
    wrong = [row._replace(actual=Field("313天", "313天", row.row, 6)), *form.indicators[1:]]
    object.__setattr__(form, "indicators", tuple(wrong))

    assert invented(form, grid) == ["Indicator[0].actual = '313天' at F13 (column)"]


def test_a_damage_moves_the_expected_cells_along():
    case = sample("project-ministry-1")
    KINDS["shifted"].harm(case)

    assert case.forms[0]["title_cell"] == "C4"
    assert case.forms[0]["indicators"][0]["score_cell"] == "J16"
    assert case.sheets[0].text((16, 10)) == "15"
