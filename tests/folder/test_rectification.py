"""What became of findings from one submission to the next."""

from perfxl.ledger.rectification import State, compare_findings
from tests.face.run import OK, perfxl
from tests.forms.builder import ministry_lines, row, workbook


def finding(key, difference=None, severity="error", cells=("C5",)):
    return {
        "key": key, "rule": "rule", "cell": "C5", "field": "score", "severity": severity,
        "difference": difference, "cells": list(cells),
    }  # fmt: skip


def states(old, new):
    return [(one.state, one.finding["key"]) for one in compare_findings(old, new)]


def test_what_is_found_no_more_is_mended_and_what_was_not_there_is_new():
    assert states([finding("a"), finding("b")], [finding("b"), finding("c")]) == [
        (State.MENDED, "a"),
        (State.NOT_MENDED, "b"),
        (State.NEW, "c"),
    ]


def test_less_is_mended_in_part_and_more_is_not():
    assert states([finding("a", 1.6)], [finding("a", 0.2)]) == [(State.PARTLY, "a")]
    assert states([finding("a", -1.6)], [finding("a", -0.2)]) == [(State.PARTLY, "a")]
    assert states([finding("a", 0.2)], [finding("a", 1.6)]) == [(State.NOT_MENDED, "a")]
    assert states([finding("a", 0.2)], [finding("a", 0.2)]) == [(State.NOT_MENDED, "a")]


def test_a_fault_that_became_a_question_is_mended_in_part():
    assert states([finding("a", 1)], [finding("a", severity="warning")]) == [(State.PARTLY, "a")]
    assert states([finding("a", severity="warning")], [finding("a", 1)]) == [
        (State.NOT_MENDED, "a")
    ]


def test_fewer_cells_of_one_gap_are_mended_in_part():
    many, few = finding("a", cells=("C5", "C6", "C7")), finding("a", cells=("C7",))

    assert states([many], [few]) == [(State.PARTLY, "a")]


def test_notes_are_for_the_auditor_and_no_findings_of_the_department():
    assert states([finding("a", severity="note")], [finding("b", severity="note")]) == []


def test_findings_of_older_ledgers_have_no_key_and_are_known_by_their_cell():
    old, new = finding(None), finding("a")
    del old["key"]

    assert states([old], [{**new, "key": None}]) == [(State.NOT_MENDED, None)]


def told(tmp_path, language):
    """What `perfxl changed` says of a form that was submitted again."""
    claims = (("一.xlsx", 20, 20, "95%"), ("二.xlsx", 19, 16, "80%"))
    for name, length, people, pleased in claims:
        rows = [
            row("养护里程", "≥100公里", "90公里", 20, length),
            row("培训人次", "≥100人次", "80人次", 20, people),
            row("满意度", "≥90%", pleased, 10, 10),
        ]
        (tmp_path / name).write_bytes(workbook(ministry_lines(*rows)))
    code, out, errors = perfxl(
        "changed", tmp_path / "一.xlsx", tmp_path / "二.xlsx", "--lang", language,
        environment={"COLUMNS": "200"},
    )  # fmt: skip
    assert (code, errors) == (OK, "")
    return out


def test_the_command_speaks_of_findings_first_and_of_cells_then(tmp_path):
    out = told(tmp_path, "zh")

    assert "整改情况：" in out
    assert "已整改：“培训人次”指标得分多计" in out
    assert "部分整改：“养护里程”指标得分多计（多计 2.00 分 → 多计 1.00 分" in out
    assert "新增：“满意度”指标得分多计" in out
    assert out.index("整改情况") < out.index("得分 20 → 16")


def test_it_does_so_in_english(tmp_path):
    out = told(tmp_path, "en")

    assert "Rectification: " in out
    assert 'mended in part: "养护里程"' in out
    assert "2.00 points too many → 1.00 too many" in out
