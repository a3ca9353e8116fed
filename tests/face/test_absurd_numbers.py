"""A number that no form can mean, in one file, is an unreadable cell of that file and no more.

A score of 1E308, or a number of 400 digits, once ended the whole run with nothing for anybody.
"""

import json

import pytest

from tests.face.run import GOOD, WRONG, perfxl, records
from tests.forms.builder import G, hubei_lines, ministry_lines, row, workbook
from tests.ooxml.builders import patched

DIGITS = "9" * 400
ABSURD = (1e308, -1e308, 1e300, 1e15, 5e-324, 1e-300, DIGITS, "-" + DIGITS, "0." + DIGITS, DIGITS + "%",
          "9" * 5000, "٣" * 5000, "1e400", "NaN", "inf")  # fmt: skip
SCORE, WEIGHT, TARGET, ACTUAL, BUDGET, RATE = "H10", "G10", "E10", "F10", "E5", "H5"


def with_cell(name: str, value) -> list:
    """A form without fault but for one cell."""
    lines = [list(line) for line in GOOD]
    lines[int(name[1:]) - 1][ord(name[0]) - ord("A")] = value
    return lines


def with_stored(stored: bytes) -> bytes:
    """The same with a number in the file that spreadsheets themselves never write."""
    marked = workbook(with_cell(SCORE, 424242))
    return patched(
        marked,
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b"<v>424242</v>", b"<v>%b</v>" % stored
            )
        },
    )


def files():
    for cell in (SCORE, WEIGHT, TARGET, ACTUAL, BUDGET, RATE, "F5", "G5", "I5", "H13"):
        for number, value in enumerate(ABSURD):
            yield f"{cell}-{number}.xlsx", workbook(with_cell(cell, value))
    for number, stored in enumerate(
        (b"1e400", b"-1e400", b"1e999999999", b"NaN", b"INF", b"9" * 5000)
    ):
        yield f"stored-{number}.xlsx", with_stored(stored)
    for number, value in enumerate(("≥" + DIGITS, f"{DIGITS}万亿元", f"1-{DIGITS}天", f"{DIGITS}年12月底前",
                                    "一" * 400, "万" * 400, "亿" + "万" * 60, f"每月{DIGITS}次", f"前{DIGITS}名",
                                    f"±{DIGITS}", f"1±{DIGITS}", f"不低于百分之{'九' * 400}")):  # fmt: skip
        yield (
            f"written-{number}.xlsx",
            workbook(
                ministry_lines(
                    row("养护里程", value, value, 20, 20), row("里程", "≥1", value, 5, 5)
                )
            ),
        )
    yield "title.xlsx", workbook(ministry_lines(year=DIGITS))
    yield (
        "goal.xlsx",
        workbook(
            hubei_lines(
                G(DIGITS, 8, (("里程", "≥1", "1", 8),)),
                G(1e308, 1e308, (("次数", "≥1", "1", 1e308),)),
            )
        ),
    )
    yield (
        "named.xlsx",
        workbook(
            ministry_lines(
                row(f"里程（{DIGITS}分）", "≥1", "1", 20, 20),
                row(f"完成率{DIGITS}%", None, "1", 5, 5),
            )
        ),
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("数") / "收到"
    folder.mkdir()
    names = []
    for name, content in files():
        (folder / name).write_bytes(content)
        names.append(name)
    (folder / "好.xlsx").write_bytes(workbook(GOOD))
    out = folder.with_name("结果")
    code, screen, errors = perfxl("audit", folder, "-o", out, "--json", folder.with_name("r.jsonl"))
    lines = folder.with_name("r.jsonl").read_text("utf-8")
    return code, screen + errors, {r["file"]: r for r in records(lines)}, names, out


def test_one_absurd_number_does_not_end_the_run(run):
    code, _, found, names, out = run

    assert code == WRONG
    assert set(found) == {*names, "好.xlsx"}
    assert [name for name in found if found[name]["error"]] == []
    assert (out / "汇总.xlsx").is_file()
    faults = [f for f in found["好.xlsx"]["forms"][0]["findings"] if f["severity"] != "note"]
    assert faults == []


def test_the_machine_output_holds_no_number_that_others_cannot_read(run):
    _, _, found, _, _ = run

    text = json.dumps(list(found.values()))
    assert "Infinity" not in text
    assert "NaN" not in json.dumps([one["forms"][0]["scores"] for one in found.values()])


@pytest.mark.parametrize("cell", [SCORE, WEIGHT, BUDGET, "F5", "I5"])
def test_the_number_is_reported_as_unreadable_at_its_cell(run, cell):
    _, _, found, _, _ = run

    for number in range(len(ABSURD)):
        record = found[f"{cell}-{number}.xlsx"]["forms"][0]
        assert ("unreadable-number", cell) in {(f["rule"], f["cell"]) for f in record["findings"]}


@pytest.mark.parametrize("number", range(6))
def test_a_stored_number_beyond_all_is_no_empty_cell(run, number):
    _, _, found, _, _ = run

    record = found[f"stored-{number}.xlsx"]["forms"][0]
    assert ("unreadable-number", SCORE) in {(f["rule"], f["cell"]) for f in record["findings"]}
