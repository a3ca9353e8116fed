"""Letters to departments: what stands in them, and that nothing of a department steers them."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document

from perfxl import resources, texts
from perfxl.books.letter.content import (
    LetterForm,
    Wishes,
    chinese_number,
    letter_values,
    official_date,
)
from perfxl.books.letter.document import LetterTemplate, is_untouched
from perfxl.errors import ConfigError
from perfxl.exact import Fraction
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.registry import RULES
from perfxl.rules.short import FormSummary
from tests.programs import libreoffice

CHINESE, ENGLISH = texts.load_texts("zh"), texts.load_texts("en")
DAY = date(2026, 11, 29)


def summary(**more):
    values = {
        "place": "表!A1", "name": "某局", "unit": "某局", "project": "公路养护", "year": 2025, "kind": "project",
        "policy": "ministry", "claimed": Fraction(95), "lo": Fraction(93), "hi": Fraction(93),
        "recomputed": Fraction(93), "difference": Fraction(2), "proven": Fraction(2), "scored": True,
        "claimed_grade": "优", "grade": "优", "errors": 1, "warnings": 0, "notes": 0,
        "conclusion": Conclusion.ERRORS,
    }  # fmt: skip
    return FormSummary(**values | more)


def finding(key="k1", severity="error", **more):
    return {
        "key": key, "severity": severity, "rule": "indicator-score", "cell": "G63", "goal_name": None,
        "name": "培训期数", "field_name": "得分", "claimed_text": "13", "due": "11.27", "difference": 1.73,
        "difference_unit": "points", "problem": "指标得分多计", "message": "“培训期数”自评 13 分，应得 11.27 分，多计 1.73 分",
        "clause": "备注2", "quotation": None,
    } | more  # fmt: skip


def values(*findings, choices=None, undecided="mark", deadline=None, language=CHINESE, **more):
    form = LetterForm(
        summary(**more),
        {"findings": list(findings)},
        choices or {},
        "一.xlsx",
        "一-审核.xlsx",
        "某办法",
    )
    return letter_values("某局", [form], Wishes(deadline, DAY, "", undecided), language)


def told(data):
    """All texts of a document, those of its tables too."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def template(language="zh"):
    return LetterTemplate(resources.templates() / "letters" / f"opinion.{language}.docx")


def test_a_letter_tells_claim_due_difference_and_what_to_do():
    text = told(template().fill(values(finding(), deadline=date(2026, 12, 31))))

    assert "某局：" in text
    assert "二〇二六年十二月三十一日前" in text
    assert "二〇二六年十一月二十九日" in text
    for cell in ("培训期数（G63）", "13", "11.27", "多 1.73", "95.00", "93.00", "2.00"):
        assert cell in text
    assert CHINESE.get("advice/indicator-score") in text
    assert "附件：1. 一-审核.xlsx" in text
    assert "{" not in text


def test_what_was_not_accepted_is_left_out_and_notes_never_come_in():
    found = [finding("k1"), finding("k2", name="参训人数"), finding("k3", "note", name="满意度")]

    (form,) = values(*found, choices={"k1": "rejected", "k2": "accepted"})["forms"]

    assert [(one["name"], one["mark"]) for one in form["findings"]] == [("参训人数", "")]


@pytest.mark.parametrize(
    ("undecided", "marks"), [("mark", ["", "※"]), ("tell", ["", ""]), ("omit", [""])]
)
def test_what_nobody_decided_of_is_marked_told_or_left_out(undecided, marks):
    (form,) = values(finding("k1"), finding("k2"), choices={"k1": "accepted"}, undecided=undecided)[
        "forms"
    ]

    assert [one["mark"] for one in form["findings"]] == marks


def test_a_record_of_an_earlier_perfxl_makes_a_letter_too():
    old = {
        name: value
        for name, value in finding().items()
        if name in ("severity", "rule", "cell", "message", "clause")
    }

    text = told(template().fill(values(old)))

    assert "G63" in text
    assert "自评 13 分，应得 11.27 分" in text


def test_without_findings_a_letter_has_no_objection():
    text = told(template().fill(values()))

    assert "无异议" in text
    assert "整改要求" not in text


@pytest.mark.parametrize(
    "said", ["{{ 7*7 }}", "{% for a in b %}", "<w:p/>", "a&b\x07\x0c\ud800", "=1+1"]
)
def test_what_a_department_wrote_is_nothing_but_text(said):
    text = told(template().fill(values(finding(name=said), project=said)))

    assert said.translate({7: "\ufffd", 12: "\ufffd", 0xD800: "\ufffd"}) in text


def test_the_same_content_gives_the_same_bytes_and_an_edited_letter_is_known(tmp_path):
    data = template().fill(values(finding()))
    path = tmp_path / "意见书.docx"
    path.write_bytes(data)
    assert template().fill(values(finding())) == data
    assert is_untouched(path)

    libreoffice(path, "docx", tmp_path / "保存")
    assert not is_untouched(tmp_path / "保存" / "意见书.docx")
    path.write_bytes(b"no document")
    assert not is_untouched(path)


def edited(tmp_path, old, new):
    """The template as somebody changed it in Word."""
    path = tmp_path / "模板.docx"
    source = resources.templates() / "letters" / "opinion.zh.docx"
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(path, "w") as made:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            made.writestr(name, content)
    return LetterTemplate(path)


def test_an_unknown_tag_is_told_with_its_paragraph(tmp_path):
    with pytest.raises(ConfigError) as caught:
        edited(tmp_path, "{{ unit }}：", "{{ unti }}同志：").fill(values(finding()))

    sentence = CHINESE.error(caught.value)
    assert "“unti”" in sentence
    assert "{{ unti }}同志：" in sentence
    assert "模板.docx" in sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ date }}", "{{ date "),
        ("{{ date }}", "{{ ''.__class__.__mro__ }}"),
        ("{%p endfor %}", ""),
    ],
)
def test_a_wrong_tag_is_told_and_nothing_is_run(tmp_path, old, new):
    with pytest.raises(ConfigError) as caught:
        edited(tmp_path, old, new).fill(values(finding()))

    assert caught.value.code in ("letter-syntax", "letter-tag")
    assert "模板.docx" in CHINESE.error(caught.value)


def test_a_template_that_is_none_is_told(tmp_path):
    path = tmp_path / "模板.docx"
    path.write_text("text", "utf-8")

    for wrong in (path, tmp_path / "没有.docx"):
        with pytest.raises(ConfigError) as caught:
            LetterTemplate(wrong)
        assert wrong.name in CHINESE.error(caught.value)


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (31, "三十一"), (100, "100")],
)
def test_numbers_are_written_as_letters_write_them(number, word):
    assert chinese_number(number) == word


def test_dates_are_written_in_each_language():
    assert official_date(date(2026, 10, 20), CHINESE) == "二〇二六年十月二十日"
    assert official_date(date(2026, 12, 1), ENGLISH) == "1 December 2026"


def test_every_rule_says_what_is_to_be_done():
    for rule in (*[rule.code for rule in RULES], "follows"):
        for language in (CHINESE, ENGLISH):
            assert language.get(f"advice/{rule}")


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_libreoffice_prints_a_letter(tmp_path, language):
    words = texts.load_texts(language)
    path = tmp_path / "意见书.docx"
    path.write_bytes(
        template(language).fill(values(*[finding(f"k{n}") for n in range(20)], language=words))
    )

    pdf = libreoffice(path, "pdf", tmp_path)

    assert pdf.stat().st_size > 10_000
