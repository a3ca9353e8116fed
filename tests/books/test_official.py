"""Official forms: what is filled in is what is read out again; blank ones are blank."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfxl.books import content, official
from perfxl.books.template.render import Data
from perfxl.errors import UsageError
from perfxl.forms import read
from perfxl.forms.records import FUND, HEAD, INDICATOR
from perfxl.forms.words import vocabulary
from perfxl.grid import load
from tests.books.contents import FORMS
from tests.books.workbooks import opened
from tests.conftest import ROOT
from tests.programs import libreoffice, validator_errors

GOAL = ("number", "name", "weight", "score")
SECTION = ("name", "weight", "score")


def reading(data: bytes):
    """The forms that perfxl reads in a workbook."""
    return read.forms(load.load(data, "表.xlsx").grids, "表.xlsx", vocabulary.load())


def draw_official(folder):
    """The official forms drawn anew."""
    script = ROOT / "samples" / "official.py"
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True)
    return folder


def essence(data):
    """The data of a form as comparable records, every value by its name."""
    return {
        "form": {
            name: data["form"][name] for name in (*HEAD, "overall_goal", "overall_result", "kind")
        },
        "funds": [{name: fund[name] for name in FUND} for fund in data["funds"]],
        "goals": [{name: goal[name] for name in GOAL} for goal in data["goals"]],
        "sections": [
            {name: one[name] for name in SECTION}
            for goal in data["goals"]
            for one in goal["level1"]
        ],
        "indicators": [{name: row[name] for name in INDICATOR} for row in data["indicators"]],
    }


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(data=st.data())
def test_reading_a_filled_form_gives_back_the_data(name, data):
    given_data = data.draw(FORMS[name])

    forms = reading(official.named(name).book().render(Data(None, given_data)))

    assert len(forms) == 1
    assert essence(content.content(forms[0])) == essence(given_data)
    assert forms[0].unread == ()


@pytest.mark.parametrize("name", official.forms())
def test_a_blank_form_says_nothing_and_reads_as_nothing(name):
    form = official.named(name)
    [blank] = reading(official.blank(form, goals=10, rows=2, year=2026, unit="某局"))

    assert blank.kind == form.kind
    assert blank.year.value == 2026
    assert blank.indicators == ()
    assert blank.unread == ()
    assert len(blank.goals) == (10 if form.goals else 0)
    assert not any(
        goal.score.text or goal.weight.text.strip() for goal in blank.goals if goal.score.row == 0
    )
    assert len(blank.notes) == len(form.notes)


@pytest.mark.parametrize("name", official.forms())
def test_a_blank_form_has_choices_print_setup_and_a_row_for_every_indicator(name):
    form = official.named(name)
    sheet = opened(official.blank(form, goals=3, rows=4, year=None, unit=None)).active

    rows = 4 * sum(len(seconds) for _, seconds in form.blank["levels"]) * (3 if form.goals else 1)
    columns = [
        cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value == "三级指标"
    ]
    offered = [one for one in sheet.data_validations.dataValidation if "数量指标" in one.formula1]
    assert sum(area.size["rows"] for one in offered for area in one.sqref.ranges) == rows
    assert len(columns) == (3 if form.goals else 1)
    assert sheet.print_title_rows
    assert sheet.print_area.endswith(f"${sheet.max_row}")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert "{" not in "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("count", [0, -1, 101])
def test_a_count_beyond_reason_is_refused(count):
    with pytest.raises(UsageError):
        official.blank(official.named("department"), goals=count, rows=1, year=None, unit=None)


def test_a_form_goes_by_each_of_its_names():
    assert {official.named(name).id for name in ("transfer", "转移支付绩效自评表")} == {"transfer"}
    with pytest.raises(UsageError) as caught:
        official.named("部门")
    assert caught.value.arguments["known"] == list(official.forms())


def test_the_drawing_of_the_forms_is_what_stands_in_the_folder(tmp_path):
    drawn = draw_official(tmp_path)

    assert {path.name: path.read_bytes() for path in sorted(drawn.glob("*.xlsx"))} == {
        path.name: path.read_bytes() for path in sorted(official.folder().glob("*.xlsx"))
    }


@pytest.mark.parametrize("name", official.forms())
def test_microsoft_s_validator_finds_no_error_in_a_form(name, tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(official.blank(official.named(name), goals=2, rows=1, year=2026, unit="某局"))

    assert validator_errors(path) == set()


def test_libreoffice_prints_a_form(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        official.blank(official.named("department"), goals=10, rows=1, year=2026, unit="某局")
    )

    assert libreoffice(path, "pdf", tmp_path).stat().st_size > 10_000
