"""What other programs put into binary workbooks."""

import struct
from decimal import Decimal

import pytest

from perfxl.errors import Locked, NotAWorkbook
from perfxl.grid.formats import biff
from perfxl.grid.load import load
from tests.grid.compound import BOF8, EOF, cell, compound, record, wide, workbook

FORMULA_END = b"\0" * 6 + b"\0\0"


def _cells(shared: bytes, cells: bytes, **options):
    (grid,) = load(workbook(shared, cells, **options), "x.xls").grids
    return {place: found.value for place, found in grid.cells.items()}, grid


def test_every_record_that_holds_a_value():
    cells = (
        record(0x204, cell(0, 0, wide("标签")))
        + record(0x203, cell(0, 1, struct.pack("<d", 0.1)))
        + record(0x27E, cell(0, 2, struct.pack("<I", 1234 << 2 | 2)))
        + record(0x27E, cell(0, 3, struct.pack("<i", -12345 << 2 | 3)))
        + record(0xBD, struct.pack("<HHHiHiH", 1, 0, 0, 7 << 2 | 2, 0, 9 << 2 | 2, 1))
        + record(0x205, cell(2, 0, b"\1\0"))
        + record(0x205, cell(2, 1, b"\x2a\1"))
        + record(0x06, cell(3, 0, b"\0\0\0\0\0\0\xff\xff" + FORMULA_END))
        + record(0x207, wide("结果"))
        + record(0x06, cell(3, 1, b"\1\0\1\0\0\0\xff\xff" + FORMULA_END))
        + record(0x06, cell(3, 2, b"\2\0\x17\0\0\0\xff\xff" + FORMULA_END))
        + record(0x06, cell(3, 3, struct.pack("<d", 2.5) + FORMULA_END))
    )
    values, grid = _cells(b"", cells)

    assert values == {
        (1, 1): "标签",
        (1, 2): Decimal("0.1"),
        (1, 3): Decimal(1234),
        (1, 4): Decimal("-123.45"),
        (2, 1): Decimal(7),
        (2, 2): Decimal(9),
        (3, 1): True,
        (3, 2): "#N/A",
        (4, 1): "结果",
        (4, 2): True,
        (4, 3): "#REF!",
        (4, 4): Decimal("2.5"),
    }
    assert all(grid.cells[4, col].formula for col in range(1, 5))
    assert not grid.cells[1, 1].formula


def test_shared_strings_cut_by_blocks():
    text = "很长的指标名称" * 3
    raw = text.encode("utf-16-le")
    first = struct.pack("<II", 3, 3) + struct.pack("<HB", len(text), 1) + raw[:10]
    second = b"\1" + raw[10:] + struct.pack("<HBH", 3, 8, 2) + b"abc" + b"\0" * 4
    third = b"\0\0\0\0" + struct.pack("<HB", 2, 0) + b"xy"
    shared = record(biff.SST, first) + record(biff.CONTINUE, second) + record(biff.CONTINUE, third)
    cells = b"".join(record(0xFD, cell(i, 0, struct.pack("<I", i))) for i in range(3))

    values, _ = _cells(shared, cells)

    assert list(values.values()) == [text, "abc", "xy"]


def test_a_surrogate_pair_cut_by_blocks():
    raw = "𠮷".encode("utf-16-le")

    strings = biff.shared_strings([struct.pack("<IIHB", 1, 1, 2, 1) + raw[:2], b"\1" + raw[2:]])

    assert strings == ["𠮷"]


def test_excel_95_speaks_the_code_page():
    shared = record(biff.CODEPAGE, struct.pack("<H", 936))
    text = "绩效".encode("gbk")
    cells = record(0x204, cell(0, 0, struct.pack("<H", len(text)) + text))

    values, grid = _cells(shared, cells, version=5)

    assert values == {(1, 1): "绩效"}
    assert grid.name == "表"


def test_formats_dates_hidden_rows_and_merges():
    shared = (
        record(biff.DATE1904, b"\1\0")
        + record(biff.FORMAT, struct.pack("<H", 164) + wide('0.0"%"'))
        + b"".join(record(biff.XF, struct.pack("<HH", 0, n) + b"\0" * 16) for n in (0, 10, 14, 164))
    )
    cells = (
        record(0x208, struct.pack("<HHHHHHHH", 0, 0, 4, 400, 0, 0, 0x20, 0))
        + record(0x7D, struct.pack("<HHHHHH", 3, 3, 10 * 256, 0, 1, 0))
        + b"".join(
            record(0x203, cell(1, i, struct.pack("<d", value), style=i))
            for i, value in enumerate([1, 0.953, 43099, 95])
        )
        + record(0x204, cell(0, 0, wide("藏")))
        + record(0xE5, struct.pack("<HHHHHHHHH", 2, 1, 2, 0, 0, 5, 5, 1, 1))
    )
    _, grid = _cells(shared, cells)

    assert [grid.cells[2, col].text for col in range(1, 5)] == [
        "1",
        "95.30%",
        "2021/12/31",
        "95.0%",
    ]
    assert [place for place, found in grid.cells.items() if found.hidden] == [(2, 4), (1, 1)]
    assert [span.a1 for span in grid.spans] == ["A2:A3"]
    assert (grid.widths, grid.heights) == ({4: 10}, {1: 20})


def test_a_password_is_told_as_such():
    with pytest.raises(Locked, match="encrypted"):
        load(workbook(record(biff.FILEPASS, b"\0" * 6), b""), "x")


def test_charts_inside_a_sheet_are_passed_over():
    chart = BOF8 + record(0x204, cell(0, 0, wide("图"))) + EOF
    values, _ = _cells(b"", chart + record(0x204, cell(0, 1, wide("表"))))

    assert values == {(1, 2): "表"}


@pytest.mark.parametrize(
    "cells",
    [
        record(0xFD, cell(0, 0, struct.pack("<I", 5))),  # no such string
        struct.pack("<HH", 0x204, 60_000),  # runs past the end
        record(0x203, b"\0"),
        BOF8 * 2,
    ],
)
def test_damage_is_told(cells):
    with pytest.raises(NotAWorkbook, match="damaged"):
        load(workbook(b"", cells), "x")


def test_a_letter_with_a_sheet_in_it_is_a_letter():
    data = compound({"WordDocument": b"\xec\xa5"}, nested={"Workbook": BOF8 + EOF})

    from perfxl.grid.sniff import kind_of

    assert kind_of(data) == "doc"


def test_a_far_cell_costs_nothing():
    values, grid = _cells(b"", record(0x204, cell(65_535, 255, wide("远"))))

    assert values == {(65_536, 256): "远"}
    assert grid.at(65_536, 256).text == "远"
