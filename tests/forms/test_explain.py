"""Why a cell is what it is: the claim that holds, and those that gave way."""

import pytest

import perfxl
from perfxl import resources, texts
from perfxl.forms import blocks
from perfxl.forms.explain import explain
from perfxl.forms.roles import Role
from perfxl.forms.words import vocabulary
from perfxl.grid.load import load_file
from tests.conftest import REFERENCE, ROOT
from tests.face.run import perfxl as command
from tests.forms.builder import LEFT, forms, ministry_lines


def explained(path, cell):
    (form, *_) = perfxl.read(path)[0].forms
    grid = load_file(path).grids[form.sheet_index]
    return explain(form, grid, cell, vocabulary.load())


@pytest.mark.parametrize(
    ("cell", "role", "by"),
    [
        ((9, 4), Role.HEADER, "header"),
        ((10, 7), Role.SCORE, "indicator_row"),
        ((90, 6), Role.TOTAL, "total_row"),
        ((8, 1), Role.GOAL, "goal_row"),
        ((94, 1), Role.NOTE, "note"),
    ],
)
def test_the_holder_of_a_cell_is_told(cell, role, by):
    found = explained(REFERENCE, cell)

    assert (found.role, found.held.by) == (role, by)


def test_those_that_gave_way_are_told_the_surest_first():
    found = explained(REFERENCE, (9, 4))

    assert [claim.by for claim in found.others] == ["indicator_row"]
    assert found.held.sureness > found.others[0].sureness


def test_titles_are_found_before_all_blocks():
    found = explained(REFERENCE, (2, 1))

    assert (found.role, found.held, found.others) == (Role.TITLE, None, ())


def test_a_blank_cell_has_no_explanation():
    assert explained(REFERENCE, (3, 8)) is None


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_block_role_and_sureness_has_its_words(language):
    catalogue = texts.of(language)

    lost = [name for name in blocks.BY_NAME if not catalogue.has(f"blocks/{name}")]
    lost += [role for role in Role if not catalogue.has(f"fields/{role.replace(' ', '_')}")]
    lost += [n for n in range(1, 6) if not catalogue.has(f"sureness/{n}")]

    assert lost == []


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_reason_of_a_claim_has_its_words(language):
    catalogue = texts.of(language)
    said = set()
    for path in sorted((ROOT / "samples").glob("*.xlsx")):
        for form in perfxl.read(path)[0].forms:
            grid = load_file(path).grids[form.sheet_index]
            for place in list(form.roles)[::7]:
                found = explain(form, grid, place, vocabulary.load())
                if found is not None:
                    said |= {one.why for one in (found.held, *found.others) if one is not None}

    assert len(said) > 10
    assert [why for why in said if not catalogue.has(f"claims/{why}")] == []


@pytest.mark.parametrize(("second", "value"), [(97, None), (95, 95)])
def test_two_totals_in_the_head_are_disputed_where_they_differ(second, value):
    lines = [line for line in ministry_lines() if line[0] != "总分"]
    width = len(lines[0])
    lines.insert(1, ("自评总分：95", *[LEFT] * 3, f"综合得分：{second}", *[LEFT] * (width - 5)))

    (form,) = forms(lines)

    assert form.claimed_total.value == value
    assert [item.why for item in form.unread] == ([] if value else ["disputed", "disputed"])


@pytest.mark.parametrize("asked", ["D9", "d9", "$D$9", "Sheet1!D9"])
def test_the_command_explains_a_cell(asked):
    sheet = perfxl.read(REFERENCE)[0].forms[0].sheet

    code, out, _ = command("inspect", REFERENCE, "--explain", asked.replace("Sheet1", sheet))

    assert code == 0
    assert "认定为指标表表头" in out
    assert "也可能是指标行" in out


@pytest.mark.parametrize(
    ("asked", "said"),
    [("H3", "没有内容"), ("A900", "不在任何一张表"), ("第九行", "不是单元格地址")],
)
def test_what_cannot_be_explained_is_said(asked, said):
    _, out, _ = command("inspect", REFERENCE, "--explain", asked)

    assert said in "".join(out.split())
