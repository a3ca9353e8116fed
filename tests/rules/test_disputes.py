"""What two readings of a form dispute is open: it is told, and nobody is accused by it."""

import dataclasses

import pytest

from perfxl import texts
from perfxl.forms.model import Unread
from perfxl.forms.roles import How
from perfxl.rules.audit import audit
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.findings import Severity, Verdict
from tests.forms.builder import FIRST, G, hubei, ministry, row

WRONG = row("养护里程", "≥105公里", "90公里", 20, 20, "多雨停工。")


def disputed(place):
    return place._replace(value=None, how=How.DISPUTED)


def with_row(form, **changed):
    first = form.indicators[0]
    fields = {name: disputed(getattr(first, name)) for name in changed}
    return dataclasses.replace(form, indicators=(first._replace(**fields), *form.indicators[1:]))


def accused(case):
    return [(f.rule, f.cell) for f in case.findings if f.severity is not Severity.NOTE]


@pytest.mark.parametrize("field", ["weight", "score", "target", "actual"])
def test_a_row_of_which_something_is_disputed_accuses_nobody(field):
    form = ministry(WRONG).audit.form
    case = audit(with_row(form, **{field: True}))

    assert accused(case) == []
    assert case.conclusion is Conclusion.INCOMPLETE
    assert [f.message for f in case.findings if f.rule == "unread-core"] == ["disputed"]
    assert not [s for s in case.scores if s.verdict is Verdict.FAILS]


def test_a_disputed_total_is_no_wrong_one():
    form = ministry(row("养护里程", "≥100公里", "100公里", 20, 20), total=96).audit.form
    case = audit(dataclasses.replace(form, claimed_total=disputed(form.claimed_total)))

    assert accused(case) == []
    assert case.conclusion is Conclusion.INCOMPLETE


def test_a_wrong_row_stays_wrong_beside_a_disputed_total():
    form = ministry(WRONG).audit.form
    case = audit(dataclasses.replace(form, claimed_total=disputed(form.claimed_total)))

    assert accused(case) == [("indicator-score", f"H{FIRST}")]


def test_a_disputed_goal_takes_its_sums_with_it():
    rows = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 3))
    form = hubei(G(8, 5, rows)).audit.form
    case = audit(dataclasses.replace(form, unread=(Unread(10, 2, "年度绩效目标2", "disputed"),)))

    assert ("goal-sum", "G7") in accused(audit(form))
    assert accused(case) == []
    assert case.conclusion is Conclusion.INCOMPLETE


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_told_in_a_sentence_of_its_own(language):
    form = ministry(WRONG).audit.form
    case = audit(with_row(form, weight=True))
    (found,) = [f for f in case.findings if f.rule == "unread-core"]

    said = texts.load_texts(language).finding(found)
    assert f"G{FIRST}" in said
    assert ("两种识别结果" if language == "zh" else "two readings") in said
