"""No cell is lost, however a form is drawn or damaged; and who only looks changes nothing."""

import random
from typing import NamedTuple

import pytest
from hypothesis import given, settings

import perfxl
from perfxl.forms import blocks, decide, read
from perfxl.forms.claims import LACKS_FUNDS
from perfxl.forms.words import vocabulary
from perfxl.grid.load import load
from tests.conftest import ROOT
from tests.damage import rows, words  # noqa: F401  # both register their kinds
from tests.damage.damage import KINDS
from tests.damage.sheet import sample as undamaged
from tests.forms.accounting import unaccounted
from tests.forms.builder import LEFT, UP, grid
from tests.forms.layouts import layouts

ORACLE_FORMS = 300
DRAWN_FORMS = 500
PATIENTS = (
    "project-ministry-1", "department-hubei-2", "scoring-1", "project-yunnan-2", "county-hubei-1",
    "department-hubei-1", "project-hubei-2",
)  # fmt: skip
"""Layouts to damage; of each kind the first three that it suits."""
TITLE = ("2023年度项目支出绩效自评表", LEFT, LEFT, LEFT, LEFT)
ROW = ("养护里程", "≥100公里", "90公里", 10)
HEADS = ("三级指标", "年度指标值", "实际完成值", "得分")


class Lost(NamedTuple):
    """A cell that was once lost: the least form that showed it."""

    name: str
    lines: list


ONCE_LOST = [
    Lost("subtotal of no section", [TITLE, HEADS, ("小计", None, 50, 48), ROW]),
    Lost(
        "a second subtotal of a section",
        [
            TITLE,
            ("一级指标", *HEADS),
            ("产出指标", *ROW),
            ("小计", None, None, None, 10),
            ("产出指标", *ROW),
            ("小计", None, None, None, 19),
        ],
    ),
    Lost(
        "a subtotal under a goal",
        [
            TITLE,
            ("年度绩效目标1：养护（40分）", *[LEFT] * 3, 10),
            ("一级指标", *HEADS),
            ("产出指标", *ROW),
            ("小计", None, None, None, 9),
        ],
    ),
    Lost(
        "a second total of a part",
        [
            TITLE,
            (*HEADS, "分值"),
            (*ROW, 10),
            ("总分", None, None, 95, 100),
            ("总分", None, None, 96, 90),
        ],
    ),
    Lost(
        "points of a section's row beside the table",
        [
            TITLE,
            ("绩效指标", "分值", *HEADS, "一级指标"),
            ("一、产出指标（50分）", *[None] * 6),
            (None, 10, *ROW, "产出指标"),
        ],
    ),
    Lost(
        "nothing as a level",
        [TITLE, ("一级指标", *HEADS), ("不适用", *ROW)],
    ),
    Lost(
        "points of funds that have a score and no other",
        [TITLE, ("项目资金（10分）", None, "得分", "调剂说明"), (UP, "年度资金总额", 5, None), HEADS, ROW],
    ),
    Lost(
        "a stroke as a target with the words of it where the unit would be",
        [TITLE, (*HEADS, "一级指标", "单位"), ("养护里程", "—", "90公里", 10, "产出指标", "一段文字")],
    ),
    Lost(
        "words as a weight below a level with points",
        [TITLE, (*HEADS, "分值", "一级指标"), (*ROW, "不适用", "产出指标（50分）")],
    ),
]  # fmt: skip


def lost(grids):
    """What breaks the promise on some sheets."""
    by_index = {one.index: one for one in grids}
    found = read.forms(grids, "表.xlsx", vocabulary.load())
    assert found
    return [said for form in found for said in unaccounted(form, by_index[form.sheet_index])]


def damages():
    """Every kind of damage; those by which a cell is lost are expected to fail."""
    for kind in KINDS.values():
        yield pytest.param(kind, id=kind.name)


@pytest.mark.parametrize("kind", list(damages()))
def test_no_cell_of_a_damaged_form_is_lost(kind):
    names = [name for name in PATIENTS if kind.suits(undamaged(name))][:3]
    said = {}
    for name in names:
        case = undamaged(name)
        kind.harm(case)
        said[name] = lost([sheet.grid(index) for index, sheet in enumerate(case.sheets)])

    assert len(names) >= 2
    assert not any(said.values()), said


@settings(max_examples=DRAWN_FORMS)
@given(layouts())
def test_no_cell_of_a_layout_that_nobody_has_seen_is_lost(lines):
    assert lost([grid(lines)]) == []


@pytest.mark.parametrize("case", ONCE_LOST, ids=lambda case: case.name)
def test_no_cell_of_these_forms_is_lost(case):
    assert lost([grid(case.lines)]) == []


def test_no_cell_of_a_form_of_any_family_is_lost(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from oracle import layouts as published  # stands among the benchmarks
    from oracle.families import FAMILIES

    names, said = list(FAMILIES), {}
    for number in range(ORACLE_FORMS):
        name = names[number % len(names)]
        plan = FAMILIES[name](random.Random(number))  # noqa: S311  # repeatable, no secret
        book, _ = published.draw(plan)
        broken = lost(load(book, "表.xlsx").grids)
        if broken:
            said[name, number] = broken

    assert said == {}


def state(reading):
    """All that a reading holds; what it looks at (tiles, words) keeps no results of its own."""
    held = {}
    for name, value in vars(reading).items():
        if name not in ("tiles", "part", "vocabulary"):
            held[name] = value.copy() if isinstance(value, dict | list | set) else value
    held["table"] = [
        (id(row), row.row, row.goal, row.columns, dict(row.fields), dict(row.merged))
        for row in reading.table
    ]
    return held


def asked(reading, row):
    """Every recogniser that may be asked at a row, with what it is asked about."""
    tiles = reading.tiles.rows[row]
    known = blocks.ROWS_IN_TABLE if reading.in_table else blocks.ROWS_OUTSIDE
    yield from ((block, row) for block in (blocks.BESIDE, *known))
    yield from ((block, tile) for block in blocks.CELLS for tile in tiles)


def test_who_recognises_a_block_changes_nothing_and_answers_the_same_again(sample, monkeypatch):
    real, changed, wavering, claimed = decide.claims, [], [], set()

    def watched(reading, row):
        before = state(reading)
        for block, place in asked(reading, row):
            first, second = (block.recognise(reading, place) for _ in range(2))
            claimed.add(first and first.by)
            if first != second:
                wavering.append((block.name, row))
        if state(reading) != before:
            changed.append(row)
        return real(reading, row)

    monkeypatch.setattr(decide, "claims", watched)
    (result,) = perfxl.read(sample)

    assert result.error is None
    assert {"header", "indicator_row"} <= claimed
    assert (changed, wavering) == ([], [])


def unsigned(reading, row):
    """Blocks that claim a row, or a cell of it, that has not the signs which they say they need."""
    signs, of_text = decide.signs_of(reading, row), reading.vocabulary.signs
    for block, place in asked(reading, row):
        has = signs if isinstance(place, int) else of_text[place.text]
        # A form's funds are read once, wherever others like them may stand.
        needed = block.sign & ~LACKS_FUNDS
        if has & needed != needed and block.recognise(reading, place) is not None:
            yield block.name, place


def test_nothing_is_claimed_by_a_block_whose_signs_are_missing(sample, monkeypatch):
    real, found = decide.claims, []

    def watched(reading, row):
        found.extend(unsigned(reading, row))
        return real(reading, row)

    monkeypatch.setattr(decide, "claims", watched)
    perfxl.read(sample)

    assert found == []


def test_who_reads_a_block_changes_nothing_either(sample, monkeypatch):
    accept, changed = read.Reading.accept, []
    seen = {}

    def claims(reading, row):
        for claim in real(reading, row):
            seen[id(reading)] = state(reading)
            yield claim

    def accepted(reading, claim, contents):
        before = seen.get(id(reading))
        if claim is not None and before is not None and before != state(reading):
            changed.append((claim.by, claim.tiles[0].top))
        accept(reading, claim, contents)

    real = decide.claims
    monkeypatch.setattr(decide, "claims", claims)
    monkeypatch.setattr(read.Reading, "accept", accepted)
    perfxl.read(sample)

    assert seen
    assert changed == []
