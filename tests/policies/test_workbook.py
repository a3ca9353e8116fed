"""A policy kept in a workbook: what is written is read back; what is wrong is told with sheet and cell."""

import dataclasses
import io
import re
import shutil
import subprocess
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfxl import texts
from perfxl.books.policy import layout, read, write
from perfxl.errors import ConfigError, UsageError
from perfxl.exact import Fraction
from perfxl.rules.policies import policy
from perfxl.rules.policies.parameters import BY_KEY, FUNDS, INVERSE, PARAMETERS, PRACTICE, SUBJECTS
from tests.conftest import REFERENCE

ZH = texts.load_texts("zh")
BUILT_IN = list(policy.editions())
UNSHARED = {"own", "based_on"}
"""What a workbook does not say: it is the user's own, and it is whole."""


def contents(one):
    return {f.name: getattr(one, f.name) for f in dataclasses.fields(one) if f.name not in UNSHARED}


def again(one, language="zh"):
    return read.read_bytes(write.write(one, texts.load_texts(language)), "评分办法.xlsx")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("one", BUILT_IN, ids=lambda one: one.id)
def test_a_built_in_policy_comes_back_as_it_was(one, language):
    assert contents(again(one, language)) == contents(one)


# ---------------------------------------------------------------- any policy
def decimals(low, high, places=6):
    scale = 10**places
    return st.integers(int(low * scale), int(high * scale)).map(lambda n: Fraction(n, scale))


SHARES = decimals(0, 1)
WORD = st.text(st.sampled_from("甲乙丙丁AB12%+=-/（）'\"、"), min_size=1, max_size=6).map(
    layout.normalize
)
TEXT = (
    st.text(st.sampled_from("甲乙 =+-@〔〕《》“”、/12Ab'\""), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


def falling(values, least=0):
    return st.lists(values, min_size=least, max_size=6, unique=True).map(
        lambda found: sorted(found, reverse=True)
    )


@st.composite
def policies(draw):
    ends = sorted(draw(st.lists(SHARES, min_size=4, max_size=4)))
    rates = draw(falling(SHARES))
    shares = sorted(draw(st.lists(SHARES, min_size=len(rates), max_size=len(rates))), reverse=True)
    totals = draw(falling(decimals(0, 100, 2)))
    first = draw(st.one_of(st.just(0), st.integers(1990, 2050)))
    data = {
        "id": draw(st.sampled_from(["办法", "a-1", "2024", "评分.办法"])),
        "zh": draw(TEXT), "source": draw(TEXT), "province": draw(st.one_of(st.just(""), TEXT)),
        "select": {
            "notes": draw(st.lists(WORD, max_size=3)),
            "budget_points": [str(n) for n in draw(st.lists(st.integers(1, 40), max_size=3))],
        },
        "budget": {
            "points": draw(decimals(1, 100)), "steps": [list(step) for step in zip(rates, shares, strict=True)],
            "rate_above_one": draw(st.booleans()), "clause": draw(st.one_of(st.just(""), TEXT)),
            "reason_length": draw(st.integers(0, 500)),
        },
        "weights": {"total": draw(decimals(1, 200))},
        "quantitative": {
            "inverse": draw(st.sampled_from(INVERSE)), "far_above_included": draw(st.booleans()),
        },
        "qualitative": {
            "reached": ends[2:], "partly": ends[1:3], "missed": ends[:2], "clause": draw(TEXT),
        },
        "satisfaction": {"required": draw(st.booleans())},
        "grade": {"steps": [[total, f"{place}级"] for place, total in enumerate(totals)]},
        "rounding": {"tolerance": draw(decimals(0, 1)), "decimals": draw(st.integers(0, 6))},
        "rollup": {"weight": draw(st.sampled_from(FUNDS))},
        "sources": {"budget.points": draw(st.one_of(st.just(PRACTICE), TEXT)), "weights.total": draw(TEXT)},
        "words": {"sums": draw(st.lists(WORD, max_size=4))},
    }  # fmt: skip
    if first:
        data["valid_from"] = first
        data["valid_to"] = draw(st.integers(first, 2100))
    if draw(st.booleans()):
        data["en"] = draw(TEXT)
    for key, values in (
        ("budget.zero_rate", SHARES), ("budget.reason_rate", SHARES), ("quantitative.far_above", decimals(1, 5)),
        ("satisfaction.points", decimals(1, 30)),
    ):  # fmt: skip
        if draw(st.booleans()):
            section, _, name = key.partition(".")
            data[section][name] = draw(values)
    return policy.of_file(data, "x.toml")


@given(policies())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_policy_comes_back_as_it_was(one):
    assert contents(again(one)) == contents(one)


def test_a_number_that_no_cell_can_hold_exactly_stays_exact():
    exact = Fraction(123456789012345678901, 10**21)
    one = dataclasses.replace(BUILT_IN[0], tolerance=exact)

    assert again(one).tolerance == exact


def test_text_is_data():
    title = '=HYPERLINK("http://x")'
    one = dataclasses.replace(BUILT_IN[0], source=title, titles={"zh": "+1", "en": "@x"})

    book = load_workbook(io.BytesIO(write.write(one, ZH)))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]

    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert (again(one).source, again(one).titles) == (title, {"zh": "+1", "en": "@x"})


def test_every_parameter_stands_in_it_with_meaning_and_drop_downs():
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    sheet = book["参数"]
    said = [[cell.value for cell in row[1:5]] for row in sheet.iter_rows(min_row=4)]

    names = [layout.label(one, ZH) for one in PARAMETERS]
    assert len({label for label, *_ in said}) == len(said)
    for name in names:
        assert any(label.startswith(name) for label, *_ in said), name
    assert all(meaning for _, _, meaning, _ in said)
    lists = {v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert '"是,否"' in lists
    assert any("两种算法都认可" in one for one in lists)
    assert book.sheetnames == ["说明", "参数", "预算执行档次", "等级", "依据条款", "词表"]
    for one in book:
        assert one.page_setup.paperSize == 9
        assert one.sheet_properties.pageSetUpPr.fitToPage


# ---------------------------------------------------------------- what people do to it
def edited(*edits, of="ministry"):
    """The bytes of a workbook after some edits: (sheet, what the row's cell says, column, value)."""
    book = load_workbook(io.BytesIO(write.write(policy.load()[of], ZH)))
    for sheet, name, column, value in edits:
        row = next(
            cell.row
            for line in book[sheet].iter_rows()
            for cell in line[:2]
            if str(cell.value) == name
        )
        book[sheet][f"{column}{row}"].value = value
        if isinstance(value, bool):
            book[sheet][f"{column}{row}"].data_type = "b"
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(sheet, name, column):
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    row = next(
        cell.row for line in book[sheet].iter_rows() for cell in line[:2] if str(cell.value) == name
    )
    return f"{column}{row}"


@pytest.mark.parametrize(
    ("name", "value", "field", "read_as"),
    [
        ("预算执行分值", "２０", "budget_points", 20),
        ("预算执行分值", "15.5", "budget_points", Fraction(31, 2)),
        ("单项得分容差", 0.1, "tolerance", Fraction(1, 10)),
        ("单项得分容差", 0.1 + 0.2, "tolerance", Fraction(3, 10)),
        ("低于此执行率须说明原因", "80％", "reason_rate", Fraction(4, 5)),
        ("低于此执行率须说明原因", 0.573, "reason_rate", Fraction(573, 1000)),
        ("完成比例达到多少须说明", "", "far_above", None),
        ("完成比例达到多少须说明", 1.5, "far_above", Fraction(3, 2)),
        ("认可超过100%的执行率", True, "rate_above_one", True),
        ("认可超过100%的执行率", "否", "rate_above_one", False),
        ("超过上限时的算法", "按偏离（1－超出部分÷目标值）", "inverse", "linear"),
        ("超过上限时的算法", "linear", "inverse", "linear"),
        ("备注用语", " 某财绩 、“甲、乙”", "select_notes", ("某财绩", "甲、乙")),
        ("预算执行分值为", 15, "select_points", (15,)),
        ("预算执行分值为", "10、15", "select_points", (10, 15)),
        ("代号", 2024, "id", "2024"),
        ("起用年度", "2024", "valid_from", 2024),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(name, value, field, read_as):
    one = read.read_bytes(edited(("参数", name, "C", value)), "评分办法.xlsx")

    assert getattr(one, field) == read_as


WRONG = [
    # (sheet, row, column, what is written, what is said)
    ("参数", "预算执行分值", "C", "十分", "“十分”不是数字"),
    ("参数", "预算执行分值", "C", None, "未填写"),
    ("参数", "预算执行分值", "C", 0, "不是合适的分值"),
    ("参数", "预算执行分值", "C", -5, "不是合适的分值"),
    ("参数", "预算执行分值", "C", 1e300, "不是数字"),
    ("参数", "预算执行分值", "C", "=10+10", "公式"),
    ("参数", "预算执行分值", "C", "#REF!", "错误值 #REF!"),
    ("参数", "预算执行分值", "C", date(2024, 1, 10), "日期"),
    ("参数", "预算执行分值", "C", True, "不是数字"),
    ("参数", "低于此执行率须说明原因", "C", 90, "不在 0% 至 100% 之间"),
    ("参数", "完成比例达到多少须说明", "C", "30%", "应不低于 100%"),
    ("参数", "须设满意度指标", "C", "要", "既不是“是”也不是“否”"),
    ("参数", "超过上限时的算法", "C", "随意", "不在可选的内容之中"),
    ("参数", "得分保留小数位数", "C", 2.5, "整数"),
    ("参数", "原因至少字数", "C", -1, "整数"),
    ("参数", "起用年度", "C", 20, "不是年度"),
    ("参数", "截止年度", "C", 2000, "早于起用年度 2020"),
    ("参数", "代号", "C", "我 的", "不能用"),
    ("参数", "名称", "C", None, "未填写"),
    ("参数", "名称", "C", "长" * 500, "太长"),
    ("参数", "定性指标达成预期：最低比例", "C", None, "未填写"),
    ("参数", "定性指标部分达成：最高比例", "C", 0.95, "由高到低"),
    ("参数", "定性指标部分达成：最低比例", "C", 0.9, "最低比例 90% 高于最高比例 80%"),
    ("参数", "预算执行分值", "B", "预算执行得分值", "是不是“预算执行分值”"),
    ("参数", "分值合计", "B", "预算执行分值", "重复出现"),
    ("参数", "分值合计", "B", None, "未注明是哪一项"),
    ("参数", "等级", "C", 90, "工作表“等级”"),
    ("预算执行档次", "最低执行率", "A4", 0.8, "两格要么都填"),  # told at the one that is blank
    ("等级", "优", "A", 70, "应小于上一档"),
    ("等级", "良", "A", "良", "不是数字"),
    ("等级", "良", "C", "优秀", "重复出现"),
    ("等级", "良", "B", None, "未注明是哪一项"),
    ("依据条款", "预算执行", "A", "预算的执行", "这一项。"),
    ("依据条款", "预算执行", "B", "=A1", "公式"),
    ("词表", "no_reason", "A", "no_reasons", "这一项。"),
    ("词表", "no_reason", "A", None, "未注明是哪一项"),
    ("词表", "less_is_better", "A", "（续）", "这一项。"),
    ("词表", "no_reason", "C", "=A1", "公式"),
]


@pytest.mark.parametrize(("sheet", "name", "column", "value", "said"), WRONG)
def test_a_wrong_cell_is_told_in_one_sentence_with_sheet_and_cell(sheet, name, column, value, said):
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    if len(column) > 1:
        cell = column
    else:
        row = next(
            c.row for line in book[sheet].iter_rows() for c in line[:2] if str(c.value) == name
        )
        cell = f"{column}{row}"
    book[sheet][cell].value = value
    if value == "#REF!":
        book[sheet][cell].data_type = "e"

    with pytest.raises(ConfigError) as error:
        read.read_bytes(saved(book), "评分办法.xlsx")
    text = ZH.error(error.value)

    assert said in text
    assert text.startswith(f"评分办法工作簿 评分办法.xlsx 工作表“{sheet}”的 ")
    told = str(error.value.arguments["cell"])
    # Of two cells that contradict each other either may be named; a blank name is told at its row's content.
    assert told == cell or said in (
        "两格要么都填",
        "最低比例 90% 高于最高比例 80%",
        "未注明是哪一项",
        "应小于上一档",
        "重复出现",
    )
    assert not re.search(r"Fraction|Decimal|None|True|\[|  ", text)
    assert "\n" not in text
    assert texts.load_texts("en").error(error.value)


def test_a_wrong_order_is_told_at_the_step_that_breaks_it():
    with pytest.raises(ConfigError) as error:
        read.read_bytes(edited(("等级", "优", "A", 70)), "x.xlsx")

    # 优 from 70 on is above 良 from 80 on: the second of the two is where it shows.
    assert error.value.arguments["cell"] == cell_of("等级", "良", "A")


@pytest.mark.parametrize("sheet", ["参数", "预算执行档次", "等级", "依据条款", "词表"])
def test_a_missing_sheet_and_a_missing_column_are_named(sheet):
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    head = book[sheet]["B3"].value
    book[sheet]["B3"].value = "别的"
    with pytest.raises(ConfigError) as error:
        read.read_bytes(saved(book), "x.xlsx")
    assert (error.value.code, error.value.arguments["column"]) == ("policy-no-column", head)

    book.remove(book[sheet])
    with pytest.raises(ConfigError) as error:
        read.read_bytes(saved(book), "x.xlsx")
    assert (error.value.code, error.value.arguments["sheet"]) == ("policy-no-sheet", sheet)


def test_a_missing_row_is_named():
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    row = int(cell_of("参数", "单项得分容差", "B")[1:])
    for cells in list(book["参数"].merged_cells.ranges):
        book["参数"].unmerge_cells(str(cells))
    book["参数"].delete_rows(row)

    with pytest.raises(ConfigError) as error:
        read.read_bytes(saved(book), "x.xlsx")

    assert (error.value.code, error.value.arguments["name"]) == ("policy-no-row", "单项得分容差")


def test_rows_may_be_moved_and_remarks_stand_beside():
    book = load_workbook(io.BytesIO(write.write(policy.load()["ministry"], ZH)))
    for sheet in book:
        for cells in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(cells))
        sheet.insert_rows(1, 2)
        sheet["K7"].value = "=NOW()"
    book.create_sheet("我的笔记")["A1"].value = "随便写"

    assert contents(read.read_bytes(saved(book), "x.xlsx")) == contents(policy.load()["ministry"])


def test_a_blank_list_of_words_is_the_built_in_one_and_an_empty_one_can_be_said():
    blank = read.read_bytes(edited(("词表", "no_reason", "C", None)), "x.xlsx")
    empty = read.read_bytes(edited(("词表", "no_reason", "C", "（无）")), "x.xlsx")

    assert blank.words["no_reason"] == policy.load()["ministry"].words["no_reason"]
    assert empty.words["no_reason"] == ()


def test_a_long_list_takes_several_rows_that_can_be_read():
    words = tuple(f"第{n}个词" for n in range(900))
    one = dataclasses.replace(BUILT_IN[0], words={**BUILT_IN[0].words, "sums": words})

    sheet = load_workbook(io.BytesIO(write.write(one, ZH)))["词表"]

    assert max(len(str(row[2].value)) for row in sheet.iter_rows(min_row=4)) < 1000
    assert max(sheet.row_dimensions[row].height for row in range(4, sheet.max_row)) < 400
    assert again(one).words["sums"] == words


def test_a_blank_source_takes_the_clause():
    one = read.read_bytes(edited(("参数", "分值合计", "E", None)), "x.xlsx")

    assert one.sources["weights.total"] == one.clause("weights")


def test_a_grade_is_known_by_its_own_name():
    one = read.read_bytes(edited(("等级", "优", "B", "A级"), ("等级", "A级", "C", None)), "x.xlsx")

    assert one.grade_words["A级"] == "A级"
    assert one.grades[0] == (90, "A级")


@pytest.mark.parametrize(
    "data",
    [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
)
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(ConfigError) as error:
        read.read_bytes(data, "x.xlsx")

    assert error.value.code == "policy-unreadable"
    assert ZH.error(error.value)


def test_a_form_is_no_policy():
    with pytest.raises(ConfigError) as error:
        read.read(REFERENCE)

    assert error.value.code == "policy-no-sheet"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError):
        read.read(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_parameter_list_and_subject_has_its_words(language):
    catalogue = texts.load_texts(language)
    for key in BY_KEY:
        assert catalogue.has(f"policy/labels/{key.replace('.', '_')}"), key
        assert catalogue.has(f"policy/meanings/{key.replace('.', '_')}"), key
    for subject in SUBJECTS:
        assert catalogue.has(f"policy/sections/{subject}"), subject
    for name in policy.load()["ministry"].words:
        assert catalogue.has(f"policy_words/{name}"), name


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_another_program_saved_comes_back(tmp_path):
    one = policy.load()["ministry"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "办法.xlsx").write_bytes(write.write(one, ZH))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "in" / "办法.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    assert contents(read.read(tmp_path / "out" / "办法.xlsx")) == contents(one)
