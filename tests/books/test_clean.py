"""The clean copy: the submission's data in the official form, every score the recomputed one."""

import re
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment

from perfxl import texts
from perfxl.books import clean, content, official
from perfxl.books.template.render import TemplateBook
from perfxl.exact import Fraction, round_half_up
from perfxl.files.find import Source
from perfxl.forms.model import SELF
from perfxl.forms.records import INDICATOR
from perfxl.jobs import work
from perfxl.rules.audit import audit as audit_form
from perfxl.rules.findings import Severity
from tests.books.test_official import reading
from tests.books.workbooks import template, values
from tests.conftest import ROOT, SAMPLES
from tests.programs import validator_errors

ZH = texts.load_texts("zh")
FORMATS = sorted((ROOT / "samples").glob("format-*.[dohxe]*"))
FORMATS = [path for path in FORMATS if path.suffix not in (".json", ".doc")]


def cleaned(path, template_book=None):
    """(result of the audit, clean copies) of a file."""
    return work.clean_copies(Source(path, path.name), work.Settings(), template_book)


@pytest.mark.long
@pytest.mark.parametrize("path", [*SAMPLES, *FORMATS], ids=lambda path: path.name)
def test_every_score_is_the_recomputed_one_and_nothing_else_changes(path):
    result, copies = cleaned(path)
    if any(audit.form.nature != SELF for audit in result.audits):
        # What is no self-evaluation has no score to write anew.
        assert copies == []
        return
    [copy] = copies
    forms = reading(copy.data)

    assert len(forms) == len(result.audits)
    for audit, form in zip(result.audits, forms, strict=True):
        before, after = content.content(audit.form), content.content(form)
        scores = {score.of: score for score in audit.scores}
        assert len(before["indicators"]) == len(after["indicators"])
        for old, new in zip(before["indicators"], after["indicators"], strict=True):
            shown = [
                name
                for name in INDICATOR
                if (("indicator", name) in _used(audit)) and name != "score"
            ]
            if "reason" in shown and _reasons_below(audit):
                # The form of departments has one cell for the reasons of all rows.
                shown.remove("reason")
                assert (old["reason"] or "") in (after["deviation_reason"] or "")
            assert {name: new[name] for name in shown} == {name: old[name] for name in shown}
            expected = scores[f"indicator:{old['row']}"].recomputed
            if expected is not None and ("indicator", "score") in _used(audit):
                assert round_half_up(new["score"], 2) == round_half_up(expected, 2)
        total = scores["total"].recomputed
        if total is not None and ("form", "claimed_total") in _used(audit):
            assert round_half_up(after["claimed_total"], 2) == round_half_up(total, 2)


def _reasons_below(audit):
    """Whether the official form of an audit has no column for reasons, but one cell below the table."""
    form = official.fitting(audit.form.kind, audit.choice.policy.id)
    cells = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(form.path)
        for row in sheet
        for cell in row
    }
    return not any(text.strip() == "{{ row.reason }}" for text in cells)


def _used(audit):
    """What the official form of an audit has a place for: (thing, name)."""
    form = official.fitting(audit.form.kind, audit.choice.policy.id)
    text = "".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(form.path)
        for row in sheet
        for cell in row
    )
    rows = {("indicator", name) for name in re.findall(r"row\.(\w+)", text)}
    return rows | {("form", name) for name in re.findall(r"\{\{ (\w+)", text)}


def test_the_reference_form_s_scores():
    _, [copy] = cleaned(SAMPLES[0])
    [form] = reading(copy.data)

    # Goals 7 and 8 with the row in each that is too high, and the total.
    assert copy.changed == 5
    assert [goal.score.value for goal in form.goals] == [
        Decimal(one) for one in ("7", "8", "7", "8", "8", "8", "6.67", "6.8", "7", "10")
    ]
    assert form.claimed_total.value == Decimal("95.47")


def test_an_open_score_is_shown_as_its_range():
    result, [copy] = cleaned(SAMPLES[3])
    [form] = reading(copy.data)
    open_ = [
        s
        for s in result.audits[0].scores
        if s.recomputed is None and s.place.row and s.kind == "indicator"
    ]
    shown = [row.score.text for row in form.indicators if "-" in row.score.text]

    assert open_
    assert shown == [ZH.range(score.lo, score.hi) for score in open_]
    assert copy.open >= len(open_)


def test_the_last_sheet_explains_every_difference_and_lists_what_has_no_place():
    path = ROOT / "samples" / "department-chongqing-1.xlsx"
    result, [copy] = cleaned(path)
    told = values(copy.data, "填写说明")
    cells = {row[0] for row in told}

    changed = [
        s for s in result.audits[0].scores if s.difference and abs(s.difference) > Fraction(1, 100)
    ]
    assert changed
    assert {score.place.cell for score in changed} <= cells
    assert {
        "B8",
        "H8",
        "B6",
    } <= cells  # goal, result and the initial budget have no place in the form
    assert copy.unplaced > 10


def test_what_was_not_understood_is_listed():
    result, [copy] = cleaned(ROOT / "samples" / "transfer-2.xlsx")
    told = values(copy.data, "填写说明")

    assert result.audits[0].form.unread
    assert [[row[0], row[2]] for row in told if row[1] == "未识别的单元格"] == [
        [item.cell, item.text] for item in result.audits[0].form.unread
    ]


def test_several_forms_of_a_file_are_sheets_of_one_workbook():
    result, [copy] = cleaned(ROOT / "samples" / "project-hubei-2.xlsx")

    assert [form.sheet for form in reading(copy.data)] == [
        audit.form.name for audit in result.audits
    ]


def test_a_template_of_one_s_own():
    rows = [
        ["{{ 单位名称 }}", "{{ 总分 }}"],
        ["{% for 行 in 各指标 %}"],
        ["{{ 行.三级指标 }}", "{{ 行.得分 }}"],
        ["{% endfor %}"],
    ]
    book = TemplateBook(template(rows), "自用.xlsx", official.names())
    result, [copy] = cleaned(SAMPLES[1], book)

    made = values(copy.data, "表")
    form = result.audits[0].form
    assert made[0] == [form.unit.value, float(result.audits[0].total.recomputed)]
    assert [row[0] for row in made[1:]] == [row.level3.value for row in form.indicators]
    assert copy.unplaced > len(form.indicators)


def test_the_same_submission_gives_the_same_bytes():
    assert cleaned(SAMPLES[0])[1] == cleaned(SAMPLES[0])[1]


def test_in_english():
    [copy] = clean.clean(cleaned(SAMPLES[0])[0].audits, texts.load_texts("en"), "form.xlsx")

    assert any(
        "recomputed" in str(row) or "differ" in str(row)
        for row in values(copy.data, "How it was filled")
    )


@pytest.mark.parametrize("path", SAMPLES[:1] + SAMPLES[-3:], ids=lambda path: path.name)
def test_microsoft_s_validator_finds_no_error(path, tmp_path):
    target = tmp_path / "清稿.xlsx"
    target.write_bytes(cleaned(path)[1][0].data)

    assert validator_errors(target) == set()


def own(rows, **options):
    return TemplateBook(template(rows, **options), "自用.xlsx", official.names())


def test_rows_that_a_template_leaves_out_are_listed():
    rows = [
        ["{{ unit }}"],
        ["{% for 行 in 各指标 if 行.二级指标 == '数量指标' %}"],
        ["{{ 行.三级指标 }}"],
        ["{% endfor %}"],
    ]
    result, [copy] = cleaned(SAMPLES[1], own(rows))
    form = result.audits[0].form
    told = {row[0] for row in values(copy.data, "填写说明")}

    dropped = [row for row in form.indicators if row.level2.value != "数量指标"]
    assert dropped
    assert {row.level3.cell for row in dropped} <= told
    kept = [row.level3.cell for row in form.indicators if row.level2.value == "数量指标"]
    assert not told & set(kept)


def test_what_has_no_place_does_not_depend_on_the_file_before():
    book = own(
        [
            ["{% for 行 in 各指标 if 行.二级指标 == '数量指标' %}"],
            ["{{ 行.三级指标 }}"],
            ["{% endfor %}"],
        ]
    )
    alone = cleaned(SAMPLES[1], book)[1][0].unplaced
    cleaned(SAMPLES[0], book)

    assert cleaned(SAMPLES[1], book)[1][0].unplaced == alone


def test_notes_without_a_place_are_listed():
    result, [copy] = cleaned(SAMPLES[0], own([["{{ unit }}"]]))
    told = {row[0] for row in values(copy.data, "填写说明")}

    assert {note.cell for note in result.audits[0].form.notes} <= told


def test_forms_that_cannot_share_a_workbook_get_one_each():
    def decorate(sheet):
        sheet["A1"].comment = Comment("说明", "财政局")

    _, copies = cleaned(
        ROOT / "samples" / "project-hubei-2.xlsx", own([["{{ unit }}"]], change=decorate)
    )

    assert [values(copy.data, "表")[0][0] for copy in copies] == [
        "远安市第三中学",
        "远安市学生营养办公室",
    ]


def test_points_that_a_level_shares_stay_with_the_level():
    _, [copy] = cleaned(ROOT / "samples" / "department-hubei-2.xlsx")
    [before] = work.read_file(
        Source(ROOT / "samples" / "department-hubei-2.xlsx", "x"), work.Settings()
    )[0].forms
    [after] = reading(copy.data)

    assert [(row.weight.value, row.weight.how) for row in after.indicators] == [
        (row.weight.value, row.weight.how) for row in before.indicators
    ]


def test_a_grade_and_a_rate_that_were_changed_are_told():
    for name, word in (("project-yunnan-2.xlsx", "等级"), ("project-ministry-1.xlsx", "执行率")):
        _, [copy] = cleaned(ROOT / "samples" / name)

        assert word in {row[1] for row in values(copy.data, "填写说明")}, name


def test_sheets_without_a_form_are_named(tmp_path):
    path = tmp_path / "表.xlsx"
    book = openpyxl.load_workbook(SAMPLES[1])
    book.create_sheet("补充材料").append(["另附说明"])
    book.save(path)
    _, [copy] = cleaned(path)

    assert any("补充材料" in str(row[0]) for row in values(copy.data, "填写说明"))


def test_no_unit_of_money_is_made_up(tmp_path):
    path = tmp_path / "表.xlsx"
    book = openpyxl.load_workbook(SAMPLES[1])
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "万元" in cell.value:
                cell.value = cell.value.replace("（万元）", "")
    book.save(path)
    _, [copy] = cleaned(path)

    assert not any(
        "万元" in str(cell) for row in values(copy.data, "部门整体绩效自评表") for cell in row
    )


SCORES = {"indicator-score", "score-range", "scores-exceed-points", "coefficient", "execution-score",
          "execution-rate", "goal-sum", "total-sum", "weight-sum", "grade"}  # fmt: skip
"""Rules of scores and sums: whatever a form claimed, its clean copy follows them."""


@pytest.mark.parametrize("path", [*SAMPLES, *FORMATS], ids=lambda path: path.name)
def test_a_clean_copy_passes_its_own_audit(path):
    result, copies = cleaned(path)

    assert len(copies) == all(audit.form.nature == SELF for audit in result.audits)
    for form in [form for copy in copies for form in reading(copy.data)]:
        found = audit_form(form).findings
        faults = [f for f in found if f.rule in SCORES and f.severity is not Severity.NOTE]
        assert faults == []
