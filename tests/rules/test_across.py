"""Hints that only a set of forms shows."""

import pytest

from perfxl.rules import across

WORDS = "受连续降雨影响，两处河段的清淤工程推迟到次年春季实施，款项未能支付。"
SCORES = [9.5, 10, 8.25, 10, 7.5, 10, 10, 9]


def record(unit, *, scores=SCORES, weights=None, actual=None, target="≥95%", **more):
    """The record of a form with one row for each score."""
    weights = weights or [10] * len(scores)
    rows = [
        {"target": target, "actual": actual(number) if actual else f"{90 + number}%", "score": score,
         "weight": weight, "reason": None}
        for number, (score, weight) in enumerate(zip(scores, weights, strict=True))
    ]  # fmt: skip
    return {"form": f"{unit}.xlsx#表!A1", "unit": unit, "project": None, "deviation_reason": None,
            "improvement": None, "indicators": rows} | more  # fmt: skip


def hints(*records, contents=None):
    files = {f"{one['unit']}.xlsx": one for one in records}
    contents = contents or {file: [file] for file in files}
    found = across.hints([across.traits(one, file) for file, one in files.items()], contents)
    return [(hint.kind, hint.units) for hint in found]


def test_forms_that_differ_give_no_hint():
    assert hints(record("甲局"), record("乙局", scores=[9, 10, 8.25, 10, 7.5, 10, 10, 9])) == []


def test_the_same_words_in_two_units():
    assert hints(
        record("甲局", deviation_reason=WORDS),
        record("乙局", deviation_reason=f" {WORDS}\n", scores=[9.1] * 8),
    ) == [("texts", ("甲局", "乙局"))]


@pytest.mark.parametrize("text", ["无", "加强预算管理。", None, "1.继续加强管理。"])
def test_short_phrases_are_no_hint(text):
    assert (
        hints(record("甲局", improvement=text), record("乙局", improvement=text, scores=[9.1] * 8))
        == []
    )


def test_the_same_words_twice_in_one_unit_are_no_hint():
    one = record("甲局", deviation_reason=WORDS, improvement=WORDS)

    assert hints(one) == []


def test_the_same_scores_row_by_row():
    assert hints(record("甲局"), record("乙局")) == [("scores", ("甲局", "乙局"))]


@pytest.mark.parametrize(
    "scores", [[10] * 8, [10, 5, 10, 8, 10, 10, 9, 10], [9.5, 10, 9.5, 10] * 2, SCORES[:7]]
)
def test_scores_that_may_be_the_same_by_chance_are_no_hint(scores):
    weights = [20] * len(scores)

    assert (
        hints(
            record("甲局", scores=scores, weights=weights),
            record("乙局", scores=scores, weights=weights),
        )
        == []
    )


def test_every_actual_value_is_its_target():
    assert hints(record("甲局", actual=lambda _: "≥ 95％")) == [("actuals", ("甲局",))]
    assert hints(record("甲局", actual=lambda n: "≥95%" if n else "96%")) == []


def test_full_marks_everywhere():
    assert hints(record("甲局", scores=[10] * 6)) == [("full", ("甲局",))]
    assert hints(record("甲局", scores=[10] * 4)) == []
    assert hints(record("甲局", scores=[10] * 6, weights=[10] * 5 + [11])) == []


def test_one_file_by_two_units_is_told_once():
    same = {"甲局.xlsx": ["甲局.xlsx", "乙局.xlsx"], "乙局.xlsx": ["甲局.xlsx", "乙局.xlsx"]}

    assert hints(record("甲局"), record("乙局"), contents=same) == [("file", ("甲局", "乙局"))]


def test_units_of_a_list_that_have_no_form():
    found = across.missing(
        ["甲局", " 乙 局 ", "", "丙镇人民政府", "丁局"], ["甲局", "乙局", "丙镇政府"]
    )

    assert [(hint.arguments["unit"], hint.arguments["near"]) for hint in found] == [
        ("丙镇人民政府", ["丙镇政府"]), ("丁局", [])]  # fmt: skip
