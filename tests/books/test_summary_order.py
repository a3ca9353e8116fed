"""The order of names and of forms: as people count, and what must be looked at first at the top."""

import random
from fractions import Fraction

import pytest

from perfxl.books.summary.order import natural_key, rank_entries
from perfxl.rules.conclusion import Conclusion
from tests.books.test_summary import audits, entry  # noqa: F401  # a fixture


@pytest.mark.parametrize(
    "ordered",
    [
        ("单位1", "单位2", "单位10", "单位21"),
        ("单位２", "单位１０"),
        ("第一中学", "第二中学", "第九中学", "第十中学", "第十一中学", "第二十中学", "第一百零一中学"),
        ("江州市二中", "江州市十中", "江州市十二中"),
        ("附件（一）", "附件（二）", "附件（十）"),
        ("2-9.xlsx", "2-10.xlsx", "10-1.xlsx"),
        ("表", "表1", "表1.5", "表2"),
        ("安江县", "江州市", "远安市"),
        ("a2", "A10"),
        ("单位007", "单位8"),
    ],
)  # fmt: skip
def test_names_go_as_people_count(ordered):
    mixed = [*ordered]
    random.Random(1).shuffle(mixed)  # noqa: S311

    assert tuple(sorted(mixed, key=natural_key)) == ordered


@pytest.mark.parametrize("name", ["", "１" * 5000, "九江市", "第第第", "\ud800", "²³①", "第中"])
def test_any_name_has_a_place(name):
    assert sorted([name, "单位2", "1"], key=natural_key)


def form(audits, name, **changes):  # noqa: F811
    plain = {"difference": Fraction(0), "proven": Fraction(0), "errors": 0, "warnings": 0}
    return entry(audits[0], unit=name, file=f"{name}.xlsx", **(plain | changes))


def test_what_must_be_looked_at_first_stands_first(audits):  # noqa: F811
    wanted = [
        form(audits, "多的", difference=Fraction(7), conclusion=Conclusion.ERRORS),
        form(audits, "少些", difference=Fraction(2), proven=Fraction(9), conclusion=Conclusion.ERRORS),
        form(audits, "没读全而多", difference=Fraction(1), conclusion=Conclusion.INCOMPLETE),
        form(audits, "证实", proven=Fraction(3), difference=Fraction(-2), conclusion=Conclusion.ERRORS),
        form(audits, "没读全", conclusion=Conclusion.INCOMPLETE),
        form(audits, "少计", difference=Fraction(-5), errors=3, conclusion=Conclusion.ERRORS),
        form(audits, "提醒", warnings=1, conclusion=Conclusion.WARNINGS),
        form(audits, "空白", conclusion=Conclusion.BLANK),
        form(audits, "单位2", conclusion=Conclusion.CLEAN),
        form(audits, "单位10", conclusion=Conclusion.CLEAN),
        form(audits, "监控", conclusion=Conclusion.OTHER),
    ]  # fmt: skip
    mixed = [*wanted]
    random.Random(2).shuffle(mixed)  # noqa: S311

    assert [one.unit for one in rank_entries(mixed)] == [one.unit for one in wanted]
