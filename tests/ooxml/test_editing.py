"""Edits: what changes, and that nothing else does."""

import re
from decimal import Decimal

import pytest

from perfxl.ooxml.address import Span
from perfxl.ooxml.edit import EditRefused
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.ooxml.sheetedit import ORDER
from tests.ooxml import builders
from tests.ooxml.builders import SHEET, parts
from tests.ooxml.helpers import book_of, changed_parts, editor_of, lost, opened, values
from tests.programs import validator_errors

VARIANTS = {
    "plain": lambda data: data,
    "strict": builders.strict,
    "prefixed": builders.prefixed,
}
RED, BLUE = "FFC7CE", "DDEBF7"


def edited(data: bytes) -> bytes:
    """All kinds of edits at once."""
    editor = editor_of(data)
    sheet = editor.sheet(0)
    sheet.fill(6, 1, RED)
    sheet.fill(8, 7, RED)
    sheet.fill(6, 9, RED)
    sheet.fill(40, 20, RED)
    sheet.write(2, 7, Decimal("1.80"), fill=BLUE, number_format="0.00")
    sheet.write(6, 15, "多计 0.20", style_of=(6, 7), wrap=True)
    sheet.write(31, 7, 12)
    sheet.write(32, 1, "=1+1")
    assert sheet.note(6, 7, "自评 2，应得 1.80\n依据 备注2")
    assert not sheet.note(7, 7, "讨论中")
    assert sheet.note(9, 7, "另一条 <&>")
    sheet.width(15, 30)
    sheet.width(3, 20)
    sheet.link(8, 7, "审核结果", "A1")
    editor.add_sheet(
        NewSheet(
            "审核结果",
            [
                [NewCell("审核结果", "title")],
                [NewCell("规则", "header"), NewCell("得分", "header")],
                [NewCell("R1", "link", ("自评表", "G6")), NewCell(Decimal("1.80"), "number")],
                [NewCell(None, "error"), None, NewCell("=1", "warning")],
            ],
            widths=[10, 20, 30.5],
            heights={1: 30},
            freeze=(2, 1),
            merges=[Span(1, 1, 1, 2)],
            landscape=True,
            print_title_rows=(2, 2),
            filter=Span(2, 1, 4, 2),
            tab_colour="C00000",
        )
    )
    return editor.save()


@pytest.fixture(scope="module", params=VARIANTS)
def pair(request):
    source = VARIANTS[request.param](builders.kitchen_sink())
    return source, edited(source)


def test_values_differ_exactly_by_the_edits(pair):
    source, marked = (values(data) for data in pair)
    added = {(2, 7): 1.8, (6, 15): "多计 0.20", (31, 7): 12.0, (32, 1): "=1+1"}

    assert marked["自评表"] == source["自评表"] | added
    assert marked["隐藏"] == source["隐藏"]
    assert list(marked) == [*source, "审核结果"]
    assert marked["审核结果"] == {
        (1, 1): "审核结果",
        (2, 1): "规则",
        (2, 2): "得分",
        (3, 1): "R1",
        (3, 2): 1.8,
        (4, 3): "=1",
    }


def test_only_the_parts_that_must_change_do(pair):
    source, marked = pair
    signature = {name for name in parts(source) if name.startswith("_xmlsignatures")}

    assert changed_parts(source, marked) - signature == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        SHEET,
    }
    assert signature.isdisjoint(parts(marked))


def test_nothing_is_lost_in_the_parts_that_change(pair):
    source, marked = pair
    before, after = parts(source), parts(marked)
    dropped = {}
    for name in changed_parts(source, marked):
        if name.endswith((".xml", ".rels")) and name in after:
            dropped[name] = {
                key: count
                for key, count in lost(before[name], after[name]).items()
                if key != ("xmlns", "x", builders.MAIN)
            }

    for name in ("[Content_Types].xml", "_rels/.rels"):
        values_gone = [key[2] for key in dropped.pop(name) if isinstance(key, tuple)]
        assert [text for text in values_gone if "signature" not in text and text != "rId92"] == []
    sheet = dropped.pop(SHEET)
    # Replaced: styles of the coloured cells, the size of the used area, the width that was set.
    assert {key[1] for key in sheet} <= {"s", "ref", "min", "max", "width"}
    assert sum(count for key, count in sheet.items() if key[1] == "s") <= 11
    assert dropped == {name: {} for name in dropped}


def test_an_unedited_part_of_the_sheet_is_the_same_byte_for_byte():
    source = builders.kitchen_sink()
    editor = editor_of(source)
    editor.sheet(0).fill(8, 7, RED)
    before, after = parts(source)[SHEET], parts(editor.save())[SHEET]
    at = before.index(b'<c r="G8"')

    assert after[:at] == before[:at]
    assert before.endswith(after[after.index(b"</c>", at) :])


def test_every_cell_under_a_coloured_area_is_coloured(pair):
    _, marked = pair
    places = book_of(marked).scan(0).places

    assert len({places[row, 1][2] for row in range(6, 11)}) == 1
    assert places[6, 1][2] != places[11, 1][2]


@pytest.mark.parametrize("variant", ["plain", "prefixed"])
def test_openpyxl_opens_it_and_sees_the_marks(variant):
    # Not Strict: openpyxl does not read the external links of that variant.
    book = opened(edited(VARIANTS[variant](builders.kitchen_sink())))
    sheet = book["自评表"]

    for address in ("A6", "G8", "I6", "T40"):
        assert sheet[address].fill.fgColor.rgb == "FF" + RED, address
    assert sheet["A11"].fill.fill_type is None
    assert sheet["G2"].fill.fgColor.rgb == "FF" + BLUE
    assert sheet["G2"].number_format == "0.00"
    assert sheet["G2"].border.left.style == "thin"
    assert sheet["O6"].border.left.style == "thin"
    assert sheet["O6"].alignment.wrap_text
    assert sheet["G8"].number_format == "0.00"
    assert sheet["A32"].data_type == "s"
    assert sheet.column_dimensions["O"].width == 30
    assert sheet.column_dimensions["C"].width == 20
    assert sheet["G8"].hyperlink.location == "'审核结果'!A1"
    assert sheet["B3"].hyperlink.target == "https://example.org/a?b=1&c=2"
    assert sheet.protection.sheet
    result = book["审核结果"]
    assert result.freeze_panes == "B3"
    assert result.print_title_rows == "$2:$2"
    assert result.auto_filter.ref == "A2:B4"
    assert result["A3"].hyperlink.location == "'自评表'!G6"
    assert result["C4"].data_type == "s"


def test_formula_results_stay():
    source = builders.kitchen_sink()
    kept = {c[:2]: c for c in book_of(source).scan(0).cells if c.formula}
    after = {c[:2]: c for c in book_of(edited(source)).scan(0).cells if c.formula}

    assert {place: cell[3:] for place, cell in after.items()} == {
        place: cell[3:] for place, cell in kept.items()
    }


def test_the_validator_finds_nothing_new(pair, tmp_path):
    found = []
    for name, data in zip(("source", "marked"), pair, strict=True):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        found.append(validator_errors(path))

    assert found[1] <= found[0]


def test_the_same_edits_give_the_same_bytes(pair):
    source, marked = pair

    assert edited(source) == marked


def test_saving_twice_gives_the_same_bytes():
    editor = editor_of(builders.form())
    editor.sheet(0).note(6, 7, "一")
    editor.sheet(0).fill(6, 7, RED)
    editor.add_sheet(NewSheet("结果", [[NewCell("a", "good")]]))

    assert editor.save() == editor.save()


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ((6, 9), "formula-cell"),
        ((7, 1), "covered-cell"),
        ((6, 7), "cell-not-blank"),
    ],
)
def test_writing_where_something_stands_is_refused(place, code):
    sheet = editor_of(builders.kitchen_sink()).sheet(0)

    with pytest.raises(EditRefused) as caught:
        sheet.write(*place, 1)
    assert caught.value.code == code


def test_writing_into_an_array_formula_is_refused():
    data = builders.sheet_with(
        '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"/></row>'
    )

    with pytest.raises(EditRefused, match="formula-cell"):
        editor_of(data).sheet(0).write(2, 1, 5)


def test_a_chart_sheet_cannot_be_edited():
    data = builders.patched(
        builders.form(6),
        {
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(
                b"relationships/worksheet", b"relationships/chartsheet"
            )
        },
    )
    editor = editor_of(data)

    assert editor.book.scan(0).cells == []
    with pytest.raises(EditRefused, match="not-a-worksheet"):
        editor.sheet(0)


PLACES = {
    "empty table": ("", [(1, 1), (3, 2), (3, 1)]),
    "closed row": ('<row r="2" s="1" customFormat="1"/>', [(2, 5), (2, 3), (1, 1), (3, 1)]),
    "between": (
        '<row r="2" spans="2:4"><c r="B2"/><c r="D2"/></row><row r="5"><c r="C5"/></row>',
        [(2, 1), (2, 3), (2, 5), (4, 1), (5, 9), (6, 1), (1, 2)],
    ),
    "without addresses": (
        '<row><c><v>1</v></c><c/></row>\n <row r="4"><c/></row>',
        [(1, 2), (1, 4), (4, 1), (2, 1), (9, 9)],
    ),
}


@pytest.mark.parametrize(("content", "places"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("wrong", [str, lambda text: text.replace('"', "'")])
def test_cells_are_made_in_their_order(content, places, wrong):
    data = builders.sheet_with(wrong(content), head='<dimension ref="A1"/>')
    editor = editor_of(data)
    for row, col in places:
        editor.sheet(0).write(row, col, row * 100 + col)
    marked = editor.save()
    scan = book_of(marked).scan(0)
    order = list(scan.places)

    assert order == sorted(order)
    assert list(scan.rows) == sorted(scan.rows)
    assert {(c.row, c.col): int(c.value) for c in scan.cells} == {
        (c.row, c.col): int(c.value) for c in book_of(data).scan(0).cells
    } | {(row, col): row * 100 + col for row, col in places}
    opened(marked)


def test_an_absent_cell_takes_the_style_of_its_row_or_column():
    data = builders.sheet_with(
        '<row r="1" s="2" customFormat="1"><c r="A1" s="1"/></row><row r="2" s="2"/>',
        head='<cols><col min="3" max="5" width="9" style="3"/></cols>',
    )
    cells = editor_of(data).sheet(0).cells

    assert [cells.style_at(*p) for p in ((1, 1), (1, 4), (2, 4), (9, 3), (9, 9))] == [1, 2, 3, 3, 0]


def test_columns_are_split_where_a_width_is_set():
    data = builders.sheet_with(
        '<row r="1"><c r="A1"/></row>',
        head='<cols><col min="2" max="9" width="7" style="1" customWidth="1" hidden="1"/></cols>',
    )
    editor = editor_of(data)
    for col in (2, 5, 12):
        editor.sheet(0).width(col, 33)
    runs = book_of(editor.save()).scan(0).columns

    assert [run[:4] for run in runs] == [
        (2, 2, 33.0, True),
        (3, 4, 7.0, True),
        (5, 5, 33.0, True),
        (6, 9, 7.0, True),
        (12, 12, 33.0, False),
    ]
    assert [run.style for run in runs] == [1, 1, 1, 1, 0]


def test_a_print_area_is_set_only_where_there_is_none():
    area = Span(1, 1, 30, 7)
    plain, full = editor_of(builders.form()), editor_of(builders.kitchen_sink())

    assert plain.sheet(0).print_area(area)
    assert not plain.sheet(0).print_area(area)
    assert not full.sheet(0).print_area(area)
    assert opened(plain.save()).worksheets[0].print_area == "'自评表'!$A$1:$G$30"


def test_calculation_on_load_only_when_asked():
    for data in (builders.form(), builders.kitchen_sink()):
        editor = editor_of(data)
        quiet = editor.save()
        editor.calculate_on_load()

        assert b"fullCalcOnLoad" in parts(editor.save())["xl/workbook.xml"]
        assert parts(quiet)["xl/workbook.xml"] == parts(data)["xl/workbook.xml"]


def test_a_style_keeps_all_else():
    xf = (
        b'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1">'
        b'<alignment shrinkToFit="1" indent="2"/><protection locked="0"/></xf>'
    )
    data = builders.patched(
        builders.sheet_with('<row r="1"><c r="A1" s="1"/></row>'),
        {
            "xl/styles.xml": lambda old: old.replace(
                old[old.index(b"<cellXfs") : old.index(b"</cellXfs>")],
                b'<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' + xf,
            )
        },
    )
    editor = editor_of(data)
    editor.sheet(0).fill(1, 1, RED)
    editor.sheet(0).write(1, 2, "x", style_of=(1, 1), wrap=True)
    styles = parts(editor.save())["xl/styles.xml"]

    filled = xf.replace(b'fillId="0"', b'fillId="2"').replace(
        b'quotePrefix="1"', b'quotePrefix="1" applyFill="1"'
    )
    assert filled in styles
    assert b'<alignment indent="2" wrapText="1"/><protection locked="0"/>' in styles
    assert b'<cellXfs count="4">' in styles


def test_a_workbook_without_styles_gets_them():
    def without_styles(old: bytes) -> bytes:
        start = old.index(b"<Relationship Id", old.index(b"theme1.xml"))
        end = old.index(b"/>", old.index(b'"styles.xml"')) + 2
        return old[:start] + old[end:]

    data = builders.patched(
        builders.sheet_with('<row r="1"><c r="A1"><v>1</v></c></row>'),
        {
            "xl/styles.xml": None,
            "xl/_rels/workbook.xml.rels": without_styles,
            "[Content_Types].xml": lambda old: re.sub(
                rb'<Override PartName="/xl/styles.xml"[^>]*>', b"", old
            ),
        },
    )
    editor = editor_of(data)
    editor.sheet(0).fill(1, 1, RED)

    assert opened(editor.save()).worksheets[0]["A1"].fill.fgColor.rgb == "FF" + RED


TAILS = [
    "<drawing/>",
    "<pageMargins/>",
    "<legacyDrawingHF/>",
    "<oleObjects/>",
    '<mc:AlternateContent xmlns:mc="m"><mc:Choice><controls/></mc:Choice></mc:AlternateContent>',
    "<tableParts/>",
    "<extLst><ext><extLst/></ext></extLst>",
]


@pytest.mark.parametrize("tail", [*TAILS, "".join(TAILS), ""])
def test_new_elements_stand_where_the_schema_has_them(tail):
    ordered = "".join(sorted((tail,), key=len))
    if tail == "".join(TAILS):
        ordered = "".join([TAILS[1], TAILS[0], *TAILS[2:]])
    editor = editor_of(builders.sheet_with("", tail=ordered))
    sheet = editor.sheet(0)
    sheet.note(1, 1, "一")
    sheet.width(2, 9)
    sheet.link(1, 1, "a'b", "A1")
    book = book_of(editor.save())
    names = [part.name for part in book.scan(0).parts]
    ranks = [ORDER.index(b"controls" if b":" in name else name) for name in names]

    assert ranks == sorted(ranks)
    assert {b"cols", b"hyperlinks", b"legacyDrawing"} <= set(names)
    assert b"'a''b'!A1" in book.scan(0).data


@pytest.mark.parametrize(
    ("kind", "macros"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", True),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", False),
    ],
)
def test_a_workbook_with_macros_or_a_template_stays_one(kind, macros):
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    source = builders.patched(
        builders.form(),
        {
            "[Content_Types].xml": lambda old: old.replace(plain, kind.encode()),
            "xl/vbaProject.bin": b"\xcc\x61macro",
        },
    )
    editor = editor_of(source)
    editor.sheet(0).note(6, 7, "一")
    new = editor.save()

    assert editor.book.macros is macros
    assert book_of(new).macros is macros
    assert kind.encode() in parts(new)["[Content_Types].xml"]
    assert "xl/vbaProject.bin" not in changed_parts(source, new)
