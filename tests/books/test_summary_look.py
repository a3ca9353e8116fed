"""How the summary looks: what a person sees at a desk and on paper, held as structure."""

import io
import re
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from perfxl.books.summary import overview
from perfxl.books.summary import rows as summary_rows
from perfxl.books.summary.entry import Replaced
from perfxl.ooxml.parts.geometry import lines_of, units
from perfxl.rules.keys import Decisions
from tests.books.test_summary import (  # noqa: F401  # a fixture
    EN,
    ZH,
    audits,
    charts,
    entry,
    listed,
    records,
    written,
)
from tests.books.workbooks import opened

WIDEST = 196
"""Printed columns of so many characters: text of ten points is then printed at eight, nearly."""
SCREEN = 180
"""So many characters stand on a screen 1366 pixels wide."""
LIST_SHEETS = ("总览", "问题清单", "线索", "指标明细", "横向比较", "已被替换", "未能读取")


@pytest.fixture(scope="module")
def book(audits):  # noqa: F811
    entries = [entry(audit) for audit in audits]
    return opened(written(entries, replaced=[Replaced(entries[0], "新.xlsx")]))


@pytest.fixture(scope="module")
def english(audits):  # noqa: F811
    entries = [entry(audit, EN) for audit in audits]
    return opened(written(entries, catalogue=EN, replaced=[Replaced(entries[0], "新.xlsx")]))


def width(sheet, first, last=None) -> float:
    """The width of some columns, numbered from 1, in characters."""
    widths = {
        col: one.width
        for one in sheet.column_dimensions.values()
        for col in range(one.min, one.max + 1)
    }
    # The file holds five pixels more than the width that a person reads: those beside the text.
    return sum(widths[col] - 5 / 7 for col in range(first, (last or first) + 1))


def areas(sheet) -> dict:
    """First cell of each merged area → its last column."""
    return {area.start_cell.coordinate: area.max_col for area in sheet.merged_cells.ranges}


def cut_off(sheet) -> list[str]:
    """The cells whose text is not seen as a whole."""
    merged = areas(sheet)
    found = []
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str) or cell.data_type == "f" or cell.column >= 20:
                continue
            room = width(sheet, cell.column, merged.get(cell.coordinate, cell.column))
            size = cell.font.size / 10
            if not cell.alignment.wrap_text:
                if units(cell.value) * size > room:
                    found.append(cell.coordinate)
                continue
            height = sheet.row_dimensions[cell.row].height or 15
            needed = lines_of(cell.value, room) * 13
            if min(needed, 400) > height:
                found.append(cell.coordinate)
    return found


@pytest.mark.parametrize("language", ["book", "english"])
def test_no_text_is_cut(language, request):
    book = request.getfixturevalue(language)
    found = {sheet.title: cut_off(sheet) for sheet in book if not sheet._charts}

    cut = {name: cells for name, cells in found.items() if cells}
    assert cut == {}, [(name, cell, book[name][cell].value) for name in cut for cell in cut[name]]


@pytest.mark.parametrize("language", ["book", "english"])
def test_title_and_totals_stand_across_the_whole_list(language, request):
    sheet = request.getfixturevalue(language).worksheets[0]
    last = len(summary_rows.LIST)

    assert {name: areas(sheet).get(name) for name in ("A1", "A2", "A3", "A4")} == dict.fromkeys(
        ("A1", "A2", "A3", "A4"), last
    )


@pytest.mark.parametrize("name", LIST_SHEETS)
def test_lists_have_filters_heads_in_sight_and_on_every_page(book, name):
    sheet = book[name]
    head = overview.FIRST if name == "总览" else 1

    first = range_boundaries(sheet.auto_filter.ref)
    assert first[1] == head
    assert sheet.print_title_rows == f"${head}:${head}"
    assert re.sub(r"\D", "", sheet.freeze_panes or "") == str(head + 1)


def test_every_sheet_prints_on_a4_across_as_wide_as_the_page_and_numbered(book):
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (9, "landscape")
        assert setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text or "Page" in str(sheet.oddFooter.center.text)


@pytest.mark.parametrize("name", ["总览", "问题清单", "线索", "指标明细", "横向比较", "未能读取"])
def test_print_is_legible(book, name):
    sheet = book[name]
    area = sheet.print_area
    last = range_boundaries(area.partition("!")[2] if "!" in area else area)[2] if area else None

    assert width(sheet, 1, last or sheet.max_column) <= WIDEST


def test_what_a_finding_says_stands_on_the_first_screen(book):
    sheet = book["问题清单"]
    names = [cell.value for cell in sheet[1]]
    told = names.index("说明") + 1

    assert width(sheet, 1, told) <= SCREEN
    wanted = [
        "单位",
        "问题",
        "指标名称",
        "位置",
        "自评\n（分）",
        "应得\n（分）",
        "多计／少计\n（分）",
    ]
    assert all(names.index(name) < told for name in wanted)


@pytest.mark.parametrize("name", ["总览", "问题清单", "线索", "指标明细", "横向比较"])
def test_what_is_printed_has_borders(book, name):
    sheet = book[name]
    first = overview.FIRST + 1 if name == "总览" else 2
    printed = [one.printed for one in summary_rows.COLUMNS.get(
        {"总览": "overview", "问题清单": "findings", "线索": "clues", "指标明细": "indicators"}.get(name, ""), ()
    )] or [True] * sheet.max_column  # fmt: skip

    for row in sheet.iter_rows(min_row=first):
        for cell, shown in zip(row, printed, strict=True):
            assert not shown or cell.border.left.style == cell.border.bottom.style == "thin"


# ---------------------------------------------------------------- one unit in a column
POINTS = ("自评（分）", "应得（分）", "多计／少计（分）")
MONEY = ("填报金额（万元）", "应为金额（万元）")
RATES = ("填报比率", "应为比率")


def test_a_column_holds_one_unit(book):
    sheet = book["问题清单"]
    formats: dict[int, set] = {}
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, int | float):
                formats.setdefault(cell.column, set()).add(cell.number_format)

    assert all(len(known) == 1 for known in formats.values())
    for row in records(sheet):
        filled = [
            names
            for names in (POINTS, MONEY, RATES)
            if any(row[name] is not None for name in names)
        ]
        assert len(filled) <= 1


def test_money_is_in_one_unit_whatever_the_form_s_own_is(book):
    found = records(book["问题清单"])
    [yuan] = [row for row in found if row["文件"] == "transfer-2.xlsx" and row["填报金额（万元）"]]

    assert yuan["填报金额（万元）"] == 662
    assert yuan["应为金额（万元）"] == "不高于 650"


def test_money_of_an_unknown_unit_is_no_number_among_those_in_one(audits):  # noqa: F811
    [audit] = [one for one in audits if one.form.file == "transfer-2.xlsx"]
    one = entry(audit)
    one.key["money_unit"] = None
    found = records(opened(written([one]))["问题清单"])

    assert [row["填报金额（万元）"] for row in found if row["填报金额（万元）"]] == [
        "6,620,000（未注明金额单位）"
    ]


# ---------------------------------------------------------------- numbers that are one number
def test_the_same_number_stands_everywhere(book, audits):  # noqa: F811
    forms, found = listed(book["总览"]), records(book["问题清单"])
    problems = records(book["常见问题"], 2)
    sums, counted = problems[0], problems[1:]
    severities = Counter(row["程度"] for row in found)

    assert sum(row["错误（个）"] for row in forms) == severities["错误"] == sums["错误（个）"]
    assert sum(row["提醒（个）"] for row in forms) == severities["提醒"] == sums["提醒（个）"]
    assert sum(row["合计（个）"] for row in counted) == sums["合计（个）"]
    names = Counter(row["问题"] for row in found if row["程度"] != "备注")
    assert {row["问题"]: row["合计（个）"] for row in counted} == names
    assert sum(row["未识别（处）"] for row in forms) == sum(len(one.form.unread) for one in audits)


def test_the_points_taken_off_add_up(book):
    sheet = book["总览"]
    forms = listed(sheet)
    differences = [
        Decimal(str(row["核减（分）"])) for row in forms if row["核减（分）"] is not None
    ]
    off = sum(one for one in differences if one > 0)
    up = -sum(one for one in differences if one < 0)
    proven = sum(Decimal(str(row["已证实多计（分）"] or 0)) for row in forms)

    counts = [sum(one > 0 for one in differences), sum(one < 0 for one in differences)]
    assert sheet["A3"].value.startswith(
        f"核减 {off:.2f} 分（{counts[0]} 张），核增 {up:.2f} 分（{counts[1]} 张）；逐项已证实多计 {proven:.2f} 分"
    )
    columns = [cell.value for cell in book["图表"][1]]
    place = columns.index("核减（分）")
    shown = [row[place] for row in book["图表"].iter_rows(min_row=2, values_only=True)]
    assert sum(Decimal(str(one)) for one in shown if one) == off
    before, after = columns.index("自评等级"), columns.index("复核等级")
    grades = [
        (row[before] or 0, row[after] or 0)
        for row in book["图表"].iter_rows(min_row=2, values_only=True)
    ]
    assert sum(one for one, _ in grades) == sum(other for _, other in grades) > 0
    classes = columns.index("张数")
    counted = [row[classes] for row in book["图表"].iter_rows(min_row=2, values_only=True)]
    assert sum(filter(None, counted)) == len(differences)


def test_sums_stand_above_the_list_and_follow_the_filter(audits):  # noqa: F811
    data = written([entry(audit) for audit in audits])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    forms = listed(opened(data)["总览"])

    found = dict(
        re.findall(r'<c r="([A-Z]+)5"[^>]*><f>SUBTOTAL\(109,[^<]*</f><v>([^<]*)</v>', sheet)
    )
    heads = {
        "G": "核减（分）",
        "H": "已证实多计（分）",
        "I": "错误（个）",
        "J": "提醒（个）",
        "K": "未识别（处）",
    }
    assert found.keys() == heads.keys()
    for letter, head in heads.items():
        assert float(found[letter]) == pytest.approx(sum(row[head] or 0 for row in forms))


# ---------------------------------------------------------------- any number of forms
@pytest.mark.parametrize("count", [1, 5, 60])
def test_charts_show_what_can_be_read(audits, count):  # noqa: F811
    wrong = next(one for one in audits if (one.total.difference or 0) > 0)
    entries = [entry(wrong, unit=f"单位{number}", file=f"{number}.xlsx") for number in range(count)]
    found = charts(written(entries))
    [units_chart] = [one for one in found if "各单位核减" in one]

    bars = re.search(r"\$(\d+)(?::\$\w+\$(\d+))?</c:f>", units_chart)
    assert int(bars[2] or bars[1]) - int(bars[1]) + 1 == min(count, 20)
    assert ("图中未列的 40 个单位" in units_chart) == (count == 60)


def test_where_nothing_is_to_be_drawn_a_sentence_says_so(audits):  # noqa: F811
    clean = next(one for one in audits if one.clean and one.total.difference == 0)
    book = opened(written([entry(clean)]))

    assert book["图表"]["A1"].value == "没有需要核减的自评表。"
    assert ZH.get("summary/chart_units", off=None, units=0, rest=None) == book["图表"]["A1"].value


def test_the_hidden_key_of_a_finding_makes_no_row_higher(audits):  # noqa: F811
    plain = [entry(audit) for audit in audits]
    decided = [one._replace(decisions=Decisions("f" * 16, {})) for one in plain]

    with_keys, without = (opened(written(entries))["问题清单"] for entries in (decided, plain))

    key = with_keys.max_column
    assert str(with_keys.cell(2, key).value).startswith("perfxl:")
    assert with_keys.column_dimensions[get_column_letter(key)].hidden
    rows = range(1, with_keys.max_row + 1)
    assert [with_keys.row_dimensions[row].height for row in rows] == [
        without.row_dimensions[row].height for row in rows
    ]
