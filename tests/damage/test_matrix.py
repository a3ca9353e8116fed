"""A damaged form reads as the undamaged one."""

import random

import pytest

from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.grid.load import load
from tests.damage import rows, stacked, words  # noqa: F401  # rows and words register their kinds
from tests.damage.compare import differences
from tests.damage.damage import KINDS
from tests.damage.sheet import Case, sample

FIRST = ("01-参考表", "03-列明分值", "department-hubei-1", "department-hubei-2", "department-chongqing-1", "project-hubei-1",
         "project-ministry-1", "project-ministry-2", "project-yunnan-1", "project-yunnan-2", "transfer-1")  # fmt: skip
LATER = ("transfer-2", "project-sichuan-1", "project-sichuan-2", "project-hebei-1", "project-hebei-2", "project-ningxia-1",
         "project-ningxia-2", "project-beijing-1", "project-beijing-2", "department-hunan-1", "department-hunan-2",
         "county-hubei-1", "county-hubei-2", "scoring-1", "scoring-2", "monitoring-1", "monitoring-2", "bond-1",
         "township-1")  # fmt: skip
NAMES = FIRST + LATER
MATRIX = [
    (name, kind.name) for kind in KINDS.values() for name in NAMES if kind.suits(sample(name))
]
PAIRS = [
    ("project-ministry-1", "project-yunnan-1"),
    ("department-hubei-2", "project-hubei-1"),
    ("transfer-1", "department-chongqing-1"),
    ("project-ministry-1", "project-ministry-1"),
]
COMBINATIONS = 120
# What is mended alone is not yet mended together.
TOGETHER = [
    ("department-hunan-2", ("row_numbers_left", "side_labels_broken_over_rows")),
    ("project-hubei-1", ("row_numbers_left", "all_unmerged")),
    ("03-列明分值", ("title_and_header_again", "row_numbers_left", "all_unmerged")),
    ("01-参考表", ("row_numbers_left", "second_header_deleted")),
    ("project-hebei-1", ("all_unmerged", "level3_over_two_columns")),
    ("township-1", ("level1_broken_over_two_rows", "row_numbers_left")),
]
# These say what a cell is to be after the damage, and so cannot follow another of their own.
ALONE = {"nothing", "scores_in_words", "money_in_an_annex"}


def test_every_kind_is_tried_on_four_forms_at_least():
    assert all(sum(kind == name for _, kind in MATRIX) >= 4 for name in KINDS)


def check(case: Case) -> None:
    grids = load(case.book(), "表.xlsx").grids
    found = read.forms(grids, "表.xlsx", vocabulary.load())

    said = differences(found, case)

    assert not said, "\n".join(said)


@pytest.mark.parametrize(("name", "damage"), MATRIX, ids=lambda part: part)
def test_a_damaged_form_reads_as_the_undamaged(name, damage):
    case = sample(name)
    KINDS[damage].harm(case)

    check(case)


@pytest.mark.parametrize(("name", "damages"), TOGETHER, ids=str)
def test_damages_that_hide_each_other(name, damages):
    case = sample(name)
    for damage in damages:
        KINDS[damage].harm(case)

    check(case)


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("titles", [True, False], ids=["titled", "untitled"])
@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_forms_one_below_the_other_are_read_each_for_itself(pair, titles, gap):
    upper, lower = (stacked.alone(name) for name in pair)
    if not titles:
        stacked.untitle(lower)

    check(stacked.below(upper, lower, gap))


def test_four_forms_on_one_sheet():
    whole = stacked.alone("project-ministry-1")
    for name in ("project-yunnan-1", "project-hubei-1", "department-hubei-2"):
        whole = stacked.below(whole, stacked.alone(name), 2)

    check(whole)


@pytest.mark.parametrize(
    "names", [FIRST[:4], FIRST[4:7], FIRST[7:], LATER[:6], LATER[6:12], LATER[12:]]
)
def test_forms_on_several_sheets(names):
    check(stacked.beside_sheets([stacked.alone(name) for name in names]))


@pytest.mark.parametrize("guide", [False, True], ids=["prose", "guide"])
@pytest.mark.parametrize("name", NAMES)
def test_a_form_behind_instructions(name, guide):
    check(stacked.behind_instructions(stacked.alone(name), guide=guide))


@pytest.mark.parametrize("names", [FIRST, LATER], ids=["first", "later"])
@pytest.mark.parametrize("seed", range(COMBINATIONS))
def test_three_damages_at_once(seed, names):
    chance = random.Random(seed)  # noqa: S311  # any three will do
    name = names[seed % len(names)]
    case = sample(name)
    kinds = [kind for kind in KINDS.values() if kind.name not in ALONE]
    done = []
    # Where blocks part can be told only while spans stand.
    for kind in sorted(chance.sample(kinds, 3), key=lambda kind: "blocks" not in kind.name):
        if kind.suits(case):
            kind.harm(case)
            done.append(kind.name)

    try:
        check(case)
    except AssertionError as error:
        raise AssertionError(f"{name}: {' + '.join(done)}\n{error}") from None
