"""The summary workbook: every form on one list, the worst first, and everything found behind it."""

import io
import zipfile
from dataclasses import fields, replace
from fractions import Fraction
from urllib.parse import unquote, urlsplit

import pytest

from perfxl import texts
from perfxl.books.summary import figures, overview, sheets, workbook
from perfxl.books.summary import rows as summary_rows
from perfxl.books.summary.entry import CrossFormHint, Entry, SummaryInput
from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.rules import short
from perfxl.rules.findings import Severity
from perfxl.rules.records import audit_record
from tests.books.workbooks import opened
from tests.conftest import SAMPLES
from tests.programs import libreoffice, validator_errors

ZH, EN = texts.load_texts("zh"), texts.load_texts("en")
FAILED = [("=1+1.xls", "文件已损坏"), ("坏 & <表>.xlsx", "不是工作簿")]
SHORT = {item.name for item in fields(short.FormSummary)}
HINTS = [CrossFormHint("texts", "甲局、乙局 的偏差原因一字不差", ("甲.xlsx", "乙.xlsx"))]


def entry(audit, catalogue=ZH, **changes):
    stem = audit.form.file.rpartition(".")[0]
    told = replace(
        short.summarize(audit), **{name: changes.pop(name) for name in [*changes] if name in SHORT}
    )
    made = Entry(
        audit.form.file, f"审核结果/{stem}-审核.xlsx", audit.choice.policy.titles["zh"], told,
        audit_record(audit, catalogue.statement), before=told.claimed_grade or told.grade,
    )  # fmt: skip
    return made._replace(**changes)


@pytest.fixture(scope="module")
def audits():
    results = [work.audit_file(Source(path, path.name), work.Settings())[0] for path in SAMPLES]
    return [audit for result in results for audit in result.audits]


def written(entries, failed=FAILED, across=HINTS, catalogue=ZH, replaced=()) -> bytes:
    out = io.BytesIO()

    def rows(ordered):
        return (summary_rows.form_rows(one, one.key, catalogue) for one in ordered)

    told = SummaryInput(entries, replaced, failed, rows, lambda: across, ("优", "良", "中", "差"))
    workbook.write(out, told, catalogue)
    return out.getvalue()


@pytest.fixture(scope="module")
def made(audits):
    return written([entry(audit) for audit in audits])


def rows(sheet, first=2):
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def heads(sheet, row=1):
    """The heads of a sheet without their line breaks."""
    return ["".join(str(cell.value or "").split()) for cell in sheet[row]]


def records(sheet, row=1):
    """The rows below the heads, each by its heads."""
    names = heads(sheet, row)
    return [dict(zip(names, values, strict=True)) for values in rows(sheet, row + 1)]


def listed(sheet):
    """The list of forms."""
    return records(sheet, overview.FIRST)


def test_the_sheets(made):
    assert opened(made).sheetnames == [
        "总览",
        "图表",
        "常见问题",
        "问题清单",
        "线索",
        "指标明细",
        "横向比较",
        "未能读取",
        "说明",
    ]


ORDER = ["存在错误", "需补充说明", "空白表", "未发现问题", "非自评表"]


def test_the_list_has_every_form_what_must_be_looked_at_first_at_the_top(made, audits):
    sheet = opened(made)["总览"]
    forms = listed(sheet)

    assert [row["序号"] for row in forms] == list(range(1, len(audits) + 1))
    assert sorted(row["文件（点击打开副本）"] for row in forms) == sorted(
        audit.form.file for audit in audits
    )
    taken = [(row["核减（分）"] or 0) > 0 or bool(row["已证实多计（分）"]) for row in forms]
    assert taken == sorted(taken, reverse=True)
    off = [max(row["核减（分）"] or 0, 0) for row in forms]
    assert off == sorted(off, reverse=True)
    rest = [row["结论"] for row, one in zip(forms, taken, strict=True) if not one]
    places = [next(n for n, name in enumerate(ORDER) if one.startswith(name)) for one in rest]
    assert places == sorted(places)
    assert sheet["A2"].value.startswith(f"共 {len(audits)} 张表")
    by_file = {audit.form.file: audit for audit in audits}
    for row in forms:
        file = row["文件（点击打开副本）"]
        audit = by_file[file]
        if audit.total.claimed is not None and file != "project-hubei-2.xlsx":
            assert row["自评总分"] == pytest.approx(float(audit.total.claimed))
            assert row["错误（个）"] == audit.count(Severity.ERROR)


def test_copies_are_linked_relative_to_the_summary(made):
    sheet = opened(made)["总览"]
    last = sheet.max_column
    links = {
        row[last - 1].value: row[last - 1].hyperlink
        for row in sheet.iter_rows(min_row=overview.FIRST + 1)
    }

    assert unquote(links["01-参考表.xlsx"].target) == "审核结果/01-参考表-审核.xlsx"
    assert all(link is not None for link in links.values())


def test_every_finding_and_every_indicator_is_there(made, audits):
    book = opened(made)
    found = records(book["问题清单"])
    indicators = records(book["指标明细"])

    clues = records(book["线索"])

    assert len(found) + len(clues) == sum(len(audit.findings) for audit in audits)
    assert len(clues) == sum(finding.clue for audit in audits for finding in audit.findings) > 0
    named = {ZH.problem(finding) for audit in audits for finding in audit.findings if finding.clue}
    assert {row["线索"] for row in clues} == named
    assert len(indicators) == sum(len(audit.form.indicators) for audit in audits)
    [first] = [
        row for row in indicators
        if row["文件"] == "01-参考表.xlsx" and row["三级指标"] == "学习活动完成率"
    ]  # fmt: skip
    assert (first["目标值"], first["实际完成值"], first["分值"], first["得分"]) == (
        "≥100%",
        "≥90%",
        None,
        2,
    )
    assert (first["复核得分"], first["多计／少计"], first["结论"]) == (1.8, 0.2, "不符")
    [said] = [
        row for row in found
        if row["文件"] == "01-参考表.xlsx" and row["位置"] == "G72" and row["程度"] == "错误"
    ]  # fmt: skip
    assert "应得 1.80" in said["说明"]
    assert (said["指标名称"], said["自评（分）"], said["应得（分）"], said["多计／少计（分）"]) == (
        "学习活动完成率",
        2,
        1.8,
        0.2,
    )


def test_filters_colours_panes_and_print_setup(made):
    book = opened(made)
    sheet = book["总览"]

    assert sheet.freeze_panes == "C7"
    assert sheet.auto_filter.ref == f"A6:Q{sheet.max_row}"
    assert len(list(sheet.conditional_formatting)) >= 5
    for name in ("总览", "问题清单", "线索", "指标明细", "横向比较", "未能读取"):
        sheet = book[name]
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def charts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = sorted(name for name in package.namelist() if name.startswith("xl/charts/chart"))
        return [package.read(name).decode() for name in names]


def test_four_native_charts_show_the_figures(made):
    found = charts(made)

    assert len(found) == 4
    assert all("barChart" in one for one in found)
    titles = ["各单位核减", "审核前后的等级", "自评总分与复核总分相比", "类问题"]
    assert [sum(title in one for one in found) for title in titles] == [1, 1, 1, 1]


def test_the_classes_of_differences_meet_at_zero():
    five = Fraction(5, 100)
    found = figures.count_classes(
        [
            Fraction(0),
            five,
            -five,
            Fraction(51, 1000),
            Fraction(-51, 1000),
            Fraction(9),
            Fraction(-9),
        ]
    )

    assert found == [1, 0, 0, 1, 3, 1, 0, 0, 1]
    assert len(found) == len(ZH.list("summary/classes")) == len(EN.list("summary/classes"))


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "http://example.org",
        "file:///c:/x",
        "<b>&",
        "<r><t>x</t></r>",
        "a" * 40000,
        "x\x00y",
    ],
)
def test_what_a_form_says_is_only_ever_text(audits, text):
    one = entry(
        audits[0], unit=text, project=text, file=text, copy=f"{text[:20]}.xlsx", claimed_grade=text
    )
    book = opened(
        written([one], failed=[(text, text)], across=[CrossFormHint("texts", text, (text,))])
    )

    shown = [cell for name, first in (("总览", overview.FIRST + 1), ("未能读取", 2), ("横向比较", 2))
             for row in book[name].iter_rows(min_row=first) for cell in row
             if isinstance(cell.value, str) and cell.value[:1] == text[:1]]  # fmt: skip
    assert len(shown) >= 6
    assert all(cell.data_type != "f" for cell in shown)
    # The name of the file leads to its copy beside the summary, and nothing else leads anywhere.
    assert [cell.coordinate for cell in shown if cell.hyperlink] == ["Q7"]
    assert not urlsplit(book["总览"]["Q7"].hyperlink.target).scheme


def test_files_that_failed_and_hints_are_listed(made):
    book = opened(made)

    assert rows(book["未能读取"]) == [list(one) for one in FAILED]
    assert rows(book["横向比较"]) == [
        ["文字相同", "甲局、乙局 的偏差原因一字不差", "甲.xlsx、乙.xlsx"]
    ]


def test_without_hints_there_is_no_sheet_for_them_and_nothing_failed_is_said(audits):
    book = opened(written([entry(audits[0])], failed=[], across=[]))

    assert "横向比较" not in book.sheetnames
    assert rows(book["未能读取"])[0][0] == "（没有）"


def test_nothing_at_all_is_a_workbook_too():
    assert rows(opened(written([], failed=[], across=[]))["总览"], overview.FIRST + 1) == []


def test_a_list_too_long_for_a_sheet_goes_on_on_the_next(audits, monkeypatch):
    monkeypatch.setattr(sheets, "LAST_ROW", 50)
    book = opened(written([entry(audit) for audit in audits]))

    parts = [name for name in book.sheetnames if name.startswith("指标明细")]
    assert parts[:2] == ["指标明细", "指标明细 2"]
    assert sum(len(rows(book[name])) for name in parts) == sum(
        len(audit.form.indicators) for audit in audits
    )


def test_in_english(audits):
    book = opened(written([entry(audits[0], EN)], catalogue=EN))

    assert book.sheetnames[0] == "Overview"
    assert {row["verdict"] for row in records(book["Indicators"])} <= {
        "holds",
        "within the admissible range",
        "does not hold",
        "cannot be judged",
        None,
    }


def test_the_same_results_give_the_same_bytes(audits):
    entries = [entry(audit) for audit in audits[:3]]

    assert written(entries) == written(entries)


def test_microsoft_s_validator_and_libreoffice_take_it(made, tmp_path):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(made)

    assert validator_errors(path) == set()
    assert libreoffice(path, "pdf", tmp_path).stat().st_size > 20_000
