"""Which rows are one row: by key, by their order, by similar names; one matcher for all who pair rows."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.rules.matching.matcher import (
    SIMILAR_IN_PLACE,
    cluster_rows,
    exclude,
    group_by,
    is_similar,
    keep_unambiguous,
    merge_orders,
    pair_in_order,
    pair_unique,
    similarity,
    suggest,
)
from tests.conftest import ROOT


def first(row):
    """Rows are texts whose first character is their key."""
    return row[:1]


lines = st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=5), max_size=4)


# ---------------------------------------------------------------- by key
def test_rows_without_a_key_are_in_no_group():
    assert group_by(["甲1", "", "乙1", "甲2"], first) == {"甲": ["甲1", "甲2"], "乙": ["乙1"]}


def test_a_key_that_stands_twice_pairs_nothing_by_itself():
    assert pair_unique(["甲1", "乙1", "乙2"], ["乙3", "甲2"], first) == [("甲1", "甲2")]


def test_the_nth_row_of_a_key_goes_with_the_nth():
    assert pair_in_order(["甲1", "甲2", "甲3"], ["甲4", "甲5"], first) == [
        ("甲1", "甲4"),
        ("甲2", "甲5"),
    ]
    assert pair_in_order(["甲1"], ["甲4"], first, unless=lambda *_: True) == []


def test_clusters_hold_the_rows_of_any_number_of_forms():
    found = cluster_rows([["甲1", "甲2", "乙1"], [], ["乙2", "甲3"]], first)

    assert found == {
        ("甲", 0): [(0, "甲1"), (2, "甲3")],
        ("甲", 1): [(0, "甲2")],
        ("乙", 0): [(0, "乙1"), (2, "乙2")],
    }


def test_a_new_key_stands_behind_the_one_that_it_follows_in_its_own_form():
    assert merge_orders(["甲乙丁", "乙丙", "戊甲"]) == ["戊", "甲", "乙", "丙", "丁"]


@given(lines)
def test_no_row_is_lost_and_none_is_doubled(sides):
    found = cluster_rows(sides, lambda row: row)

    assert sorted((side, row) for rows in found.values() for side, row in rows) == sorted(
        (side, row) for side, rows in enumerate(sides) for row in rows
    )
    for rows in found.values():
        assert len({side for side, _ in rows}) == len(rows)  # of each form one at most


@given(lines)
def test_two_forms_are_paired_as_any_number_is_clustered(sides):
    mine, theirs = [*sides, [], []][:2]
    clustered = cluster_rows([mine, theirs], lambda row: row).values()

    assert sorted(pair_in_order(mine, theirs, lambda row: row)) == sorted(
        (rows[0][1], rows[1][1]) for rows in clustered if len(rows) == 2
    )


# ---------------------------------------------------------------- by name
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("培训人数", "培训人次", True),  # three of four characters
        ("公路养护里程", "公路养护质量", False),  # four of six
        ("培训人数", "本年度计划完成的培训人数", True),  # one holds the other
        ("人数", "培训人数", False),  # but a part of two characters says nothing
        ("", "培训人数", False),
        ("", "", False),
    ],
)
def test_names_are_similar_by_what_they_share(one, other, expected):
    assert is_similar(one, other, shortest=4) is expected
    assert is_similar(other, one, shortest=4) is expected


@given(st.text("甲乙丙丁", max_size=6), st.text("甲乙丙丁", max_size=6))
def test_similarity_is_a_share(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1


def test_long_names_are_compared_like_short_ones():
    """difflib takes characters that are frequent in 200 for noise, unless it is told not to."""
    text = "甲乙" * 150

    assert similarity(text, f"{text}丙") > 0.99


def test_suggestions_are_the_most_similar_first():
    assert suggest("柳河公路局", ["松林站", "柳河公路站", "柳河公路分局"]) == [
        "柳河公路分局",
        "柳河公路站",
    ]
    assert suggest("柳河公路局", ["柳河公路站", "柳河公路分局"], 1) == ["柳河公路分局"]
    assert suggest("甲", ["乙"], least=SIMILAR_IN_PLACE) == []


# ---------------------------------------------------------------- what is left
def test_equal_rows_are_two_rows_still():
    one, other = ["甲"], ["甲"]

    assert exclude([one, other], [one]) == [other]
    assert exclude([one, other], [one])[0] is other


def test_only_a_row_with_one_possibility_is_paired():
    one, two, three, four = ["1"], ["2"], ["3"], ["4"]

    assert keep_unambiguous([(one, two), (three, two), (four, four)]) == []
    assert keep_unambiguous([(one, two), (three, four)]) == [(one, two), (three, four)]


def test_texts_are_compared_in_one_place():
    """One similarity with one set of limits: what may be one name is asked nowhere else."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "perfxl").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "difflib" in (getattr(node, "module", ""), *(alias.name for alias in node.names))
    }

    assert found == {"perfxl/rules/matching/matcher.py"}
