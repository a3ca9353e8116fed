"""A form and a finding are known again wherever they stand."""

from perfxl.exact import Fraction
from perfxl.rules.findings import Finding, Kind, Severity, Subject, Verdict
from perfxl.rules.keys import finding_keys, form_key


def finding(rule="score-too-high", row=5, names=("培训期数",), goal="目标1", called="", parts=()):
    return Finding(
        rule, Severity.ERROR, Verdict.FAILS, "表", row, 3, "score", Fraction(5), None, None, "", "", {},
        subject=Subject(Kind.INDICATOR, goal, names, called), parts=parts,
    )  # fmt: skip


def test_a_key_does_not_depend_on_the_cell():
    assert finding_keys([finding(row=5)]) == finding_keys([finding(row=9)])


def test_width_and_punctuation_of_a_name_do_not_matter():
    assert finding_keys([finding(names=("培训期数（期）",))]) == finding_keys(
        [finding(names=("培训期数(期)",))]
    )


def test_other_rows_and_rules_have_other_keys():
    keys = finding_keys([finding(), finding(rule="weights-fit"), finding(names=("参训人数",))])

    assert len(set(keys)) == 3
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)


def test_a_goal_counts_only_where_the_name_is_not_enough():
    assert finding_keys([finding(goal="目标1")]) == finding_keys([finding(goal="目标2")])
    assert finding_keys([finding(called="目标1")]) != finding_keys([finding(called="目标2")])


def test_rows_of_one_name_are_counted():
    first, second = finding_keys([finding(row=5), finding(row=6)])

    assert first != second
    assert finding_keys([finding(row=6)]) == [first]


def test_what_is_told_of_many_rows_stays_while_some_are_mended():
    parts = tuple(finding(row=row, names=(name,)) for row, name in enumerate("甲乙丙"))
    before = finding(names=tuple("甲乙丙"), parts=parts)
    after = finding(names=tuple("甲乙"), parts=parts[:2])

    assert finding_keys([before]) == finding_keys([after])


def test_a_form_is_whose_it_is_and_of_what_else_where_it_lies():
    told = form_key("某市教育局", "校车补助", "project", 2025, "收到/一.xlsx#表!A1")

    assert told == form_key("某市 教育局", "校车补助", "project", 2025, "收到/二.xlsx#表!A1")
    assert told != form_key("某市教育局", "校车补助", "project", 2026, "收到/一.xlsx#表!A1")
    # a unit has many projects: without the project's name the file tells them apart
    assert form_key("某市教育局", "", "project", 2025, "一") != form_key(
        "某市教育局", "", "project", 2025, "二"
    )
    assert form_key("某市教育局", "", "department", 2025, "一") == form_key(
        "某市教育局", "", "department", 2025, "二"
    )
