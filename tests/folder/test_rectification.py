"""What became of findings from one submission to the next."""

from perfxl.ledger.rectification import State, compare_findings


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
