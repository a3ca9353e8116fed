"""The list of units that should have submitted, whatever file an office keeps it in."""

import openpyxl
import pytest

from perfxl.errors import UsageError
from perfxl.files.unit_list import read_units
from perfxl.rules.across import is_likely_same, missing_units

UNITS = ("江州市教育局", "江州市水利局", "江州市第十中学")


def workbook(path, *sheets, merges=()):
    """A workbook of sheets, each (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for area in merges:
            sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_file_has_a_unit_in_each_line(tmp_path, encoding, end):
    path = tmp_path / "名单.txt"
    path.write_bytes(end.join(["# 2026 年", *UNITS, "", " "]).encode(encoding))

    assert read_units(path).names == UNITS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_csv_has_them_under_their_head_or_in_the_first_column_of_texts(tmp_path, encoding, sign):
    rows = [["序号", "联系人", "单位名称"], *([str(n), "张三", u] for n, u in enumerate(UNITS, 1))]
    path = tmp_path / "名单.csv"
    path.write_bytes("\n".join(sign.join(row) for row in rows).encode(encoding))
    assert read_units(path).names == UNITS

    path.write_bytes("\n".join(f"{n}{sign}{u}" for n, u in enumerate(UNITS, 1)).encode(encoding))
    assert read_units(path).names == UNITS


def test_a_workbook_with_title_numbering_heads_blank_rows_and_a_sum(tmp_path):
    rows = [
        ["2026年部门整体绩效自评应报单位名单"],
        [None],
        ["序号", "单位名称（全称）", "联系人", "电话"],
        [1, UNITS[0], "张三", "0717-1234567"],
        [2, f" {UNITS[1]} ", "李四", 13800000000],
        [None],
        ["序号", "单位名称（全称）", "联系人", "电话"],
        [3, f"3、{UNITS[2]}", "王五", None],
        [4, UNITS[0], "重复", None],
        ["合计", "合计", None, 3],
        ["注：以上单位请于月底前报送。"],
    ]
    path = workbook(tmp_path / "名单.xlsx", ("Sheet1", rows), merges=["A1:D1", "A11:D11"])
    listed = read_units(path)

    assert listed.names == UNITS
    [column] = listed.columns
    assert (column.sheet, column.column, column.head) == ("Sheet1", "B", "单位名称（全称）")


def test_the_surest_head_wins(tmp_path):
    rows = [["主管部门", "项目名称", "项目单位"], ["江州市教育局", "营养改善计划", UNITS[2]]]

    assert read_units(workbook(tmp_path / "a.xlsx", ("表", rows))).names == (UNITS[2],)


def test_lists_side_by_side_are_one_list(tmp_path):
    rows = [["序号", "单位", "序号", "单位"], [1, UNITS[0], 3, UNITS[2]], [2, UNITS[1], None, None]]
    listed = read_units(workbook(tmp_path / "a.xlsx", ("表", rows)))

    assert set(listed.names) == {*UNITS}
    assert [one.column for one in listed.columns] == ["B", "D"]


def test_without_heads_the_only_column_of_texts_is_taken(tmp_path):
    rows = [["应报单位名单"], *([n, unit, 27.5] for n, unit in enumerate(UNITS, 1))]
    listed = read_units(workbook(tmp_path / "a.xlsx", ("表", rows)))

    assert listed.names == UNITS
    assert listed.columns[0].head == ""


def test_columns_headed_as_something_else_are_not_taken(tmp_path):
    rows = [["编号", "报送方", "联系人"], *([n, unit, "张三"] for n, unit in enumerate(UNITS, 1))]

    assert read_units(workbook(tmp_path / "a.xlsx", ("表", rows))).names == UNITS


def test_two_columns_of_texts_without_heads_are_not_guessed_at(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("表一", [[unit, "张三丰"] for unit in UNITS]))
    with pytest.raises(UsageError) as told:
        read_units(path)

    assert told.value.code == "expected-columns"
    assert told.value.arguments["sheet"] == "表一"
    assert [one["column"] for one in told.value.arguments["columns"]] == ["A", "B"]


def test_several_sheets_are_read_and_those_without_names_told(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ("市直", [["单位名称"], [UNITS[0]], [UNITS[1]]]),
        ("学校", [["单位名称"], [UNITS[2]]]),
        ("填报说明", [["请各单位按时报送"], ["联系电话 1234567"]]),
    )
    listed = read_units(path)

    assert listed.names == UNITS
    assert [(one.sheet, one.names) for one in listed.columns] == [("市直", 2), ("学校", 1)]
    assert listed.unused == ("填报说明",)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.txt", b"\n \n# \n", "expected-empty"),
        ("数.csv", b"1,2\n3,4\n", "expected-empty"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "expected-unreadable"),
        ("坏.xlsx", b"PK\3\4" + bytes(50), "expected-unreadable"),
    ],
)
def test_what_holds_no_list_is_told(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError) as told:
        read_units(path)

    assert told.value.code == code


# ---------------------------------------------------------------- names that are near
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江州市教育局", "教育局"),
        ("江州市教育局", "江州市教育局(本级)"),
        ("江州市教育局", "教育局(本级)"),
        ("教育局机关", "江州市教育局"),
        ("江南省江州市教育局", "江州市教育局"),
        ("江州市教育局", "市教育局(本级)"),
    ],
)
def test_names_that_are_likely_one_unit_s(one, other):
    assert is_likely_same(one, other)
    assert is_likely_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江州市第一中学", "江州市第十一中学"),
        ("江州市教育局", "江州市体育局"),
        ("江州市水利局", "江州市水利局灌溉站"),
        ("江州市职业教育局", "教育局"),
        ("中学", "江州市中学"),
    ],
)
def test_names_of_different_units_are_not(one, other):
    assert not is_likely_same(one, other)


def test_who_is_likely_there_is_missing_all_the_same():
    [hint] = missing_units(["江州市教育局", "江州市水利局"], ["教育局（本级）", "江州市水利局"])

    assert hint.units == ("江州市教育局",)
    assert hint.arguments["likely"] == ["教育局（本级）"]
