"""What is left of the marks in a copy that another program saved is found and taken off."""

import io

import pytest

from perfxl.ooxml import marks, strip
from perfxl.ooxml.edit import WorkbookEditor
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.ooxml.parts.package import Package
from tests.ooxml import builders
from tests.ooxml.helpers import book_of, editor_of, opened, values
from tests.ooxml.test_editing import VARIANTS, edited
from tests.programs import libreoffice, validator_errors


def by_openpyxl(data: bytes, _folder) -> bytes:
    out = io.BytesIO()
    opened(data).save(out)
    return out.getvalue()


def by_libreoffice(data: bytes, folder) -> bytes:
    path = folder / "copy.xlsx"
    path.write_bytes(data)
    target = folder / "again"
    target.mkdir()
    return libreoffice(path, "xlsx", target).read_bytes()


def marked() -> bytes:
    """A simple form with marks of all kinds, its sheet of results moved to the front."""
    editor = WorkbookEditor(book_of(builders.form()), author='财政"审核"')
    sheet = editor.sheet(0)
    sheet.fill(6, 1, "FFC7CE")
    sheet.fill(8, 7, "FFC7CE")
    sheet.write(2, 7, 5, fill="DDEBF7")
    sheet.write(6, 9, "多计", style_of=(6, 7))
    sheet.note(8, 7, "应得 1.80\n依据")
    sheet.link(8, 7, "审核结果", "A1")
    editor.add_sheet(NewSheet("审核结果", [[NewCell("结果", "title")]]))
    return editor.save()


@pytest.mark.parametrize("program", [by_openpyxl, by_libreoffice])
def test_marks_are_taken_off_a_copy_that_was_saved_again(program, tmp_path):
    again = program(marked(), tmp_path)
    book = book_of(again)
    assert not marks.is_marked(book.package)
    assert strip.has_marks(book)

    clean = strip.strip_marks(book)
    sheet = opened(clean).worksheets[0]
    assert values(clean) == values(builders.form())
    for address in ("A6", "G8", "G2"):
        assert sheet[address].fill.fill_type is None
        assert sheet[address].border.left.style == "thin"
    assert sheet["G8"].comment is None
    assert sheet["G8"].hyperlink is None
    assert not strip.has_marks(book_of(clean))
    path = tmp_path / "clean.xlsx"
    path.write_bytes(clean)
    before = tmp_path / "before.xlsx"
    before.write_bytes(again)
    assert validator_errors(path) <= validator_errors(before)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_everything_else_stays(variant):
    source = variant(builders.kitchen_sink())
    clean = strip.strip_marks(book_of(edited(source)))

    assert values(clean) == values(source)
    before, after = book_of(source), book_of(clean)
    assert after.names == before.names
    assert after.sheets == before.sheets
    notes = [
        {
            cell.coordinate: cell.comment.text
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        for sheet in (opened(builders.kitchen_sink()).worksheets[0], opened_notes(clean))
    ]
    assert notes[0] == notes[1]


def opened_notes(data: bytes):
    """The first sheet, by a reader that cannot read external links of the Strict variant."""
    plain = builders.parts(data)
    for name, content in plain.items():
        plain[name] = content.replace(
            builders.STRICT_MAIN.encode(), builders.MAIN.encode()
        ).replace(builders.STRICT_OFFICE.encode(), builders.OFFICE.encode())
    return opened(builders.packed(plain)).worksheets[0]


def test_names_follow_the_sheets_that_stay():
    data = marked()
    members = builders.parts(data)
    book = members["xl/workbook.xml"].decode()
    at = book.index("<sheets>") + 8
    first, second = book[at : book.index("</sheets>")].replace("/>", "/>|").split("|")[:2]
    book = book.replace(first + second, second + first).replace(
        'localSheetId="0"', 'localSheetId="x"'
    )
    book = book.replace('localSheetId="1"', 'localSheetId="0"').replace(
        'localSheetId="x"', 'localSheetId="1"'
    )
    book = book.replace("<workbookView ", '<workbookView activeTab="1" ')
    print_area = '<definedName name="_xlnm.Print_Area" localSheetId="1">自评表!$A$1</definedName>'
    book = book.replace("<definedNames>", "<definedNames>" + print_area)
    clean = strip.strip_marks(
        book_of(builders.packed({**members, "xl/workbook.xml": book.encode()}))
    )

    assert [(name.name, name.sheet) for name in book_of(clean).names] == [("_xlnm.Print_Area", 0)]
    assert b'activeTab="0"' in builders.parts(clean)["xl/workbook.xml"]
    assert opened(clean).sheetnames == ["自评表"]


def test_marking_again_defines_no_name_twice():
    editor = editor_of(marked())
    editor.sheet(0).fill(10, 7, "FFC7CE")
    names = [(name.name, name.sheet) for name in book_of(editor.save()).names]

    assert len(names) == len(set(names))


def test_a_file_without_marks_has_none():
    assert not strip.has_marks(book_of(builders.kitchen_sink()))


def test_very_many_cells_are_named_in_pieces():
    cells = [(row, 1) for row in range(1, 5000, 2)]
    names = strip.names_of_cells(strip.FILLED, 0, "表" * 31, cells, [])

    assert len(names) > 1
    assert all(len(name.refers_to) <= 8192 for name in names)


def test_the_unmarked_original_is_not_touched_by_names():
    data = marked()

    assert marks.restore_original(Package.open(data)) == builders.form()
