"""Every number that is printed of a form is one number: on the copy, in the list, in JSON, ledger and roll-up."""

import json
import sqlite3
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import openpyxl
import pytest

import perfxl
from perfxl.exact import round_half_up
from perfxl.rules.findings import Severity, Verdict
from tests.conftest import ROOT
from tests.face.run import perfxl as run
from tests.forms.builder import G, P, hubei_lines, ministry_lines, row, workbook

SUMS = (
    "indicator-score",
    "execution-score",
    "goal-sum",
    "total-sum",
    "score-range",
    "scores-exceed-points",
    "grade",
)
"""Rules of scores and sums: what no clean copy may break."""
TWO = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))
FORMS = {
    "总分少计": ministry_lines(row("里程", "≥100公里", "100公里", 20, 20), total=94),
    "循环小数": ministry_lines(*[row(f"里程{n}", "≥90公里", "80公里", 10, 8.89, "多雨。") for n in range(5)], total=90),
    "未达标": ministry_lines(row("里程", "≥90公里", "80公里", 40, 40), grade="优"),
    "逾期": ministry_lines(row("完工时间", "2023年10月底前", "2023年12月", 10, 10, "多雨。")),
    "分值过多": ministry_lines(row("里程", "≥100公里", "100公里", 100, 100), fill=False, total=105),
    "执行分值过多": ministry_lines(row("里程", "≥100公里", "100公里", 90, 90), fill=False, budget=(None, 200, 100, 100, P("0.5"), 50), total=140),
    "方向不明": ministry_lines(row("某某率", "5%", "3%", 20, 10)),
    "未填得分": ministry_lines(row("里程", "≥100公里", "90公里", 20, None), total=None),
    "没有完成值": ministry_lines(row("里程", "≥100公里", None, 20, 20)),
    "三等分": ministry_lines(*[row(f"里程{n}", "≥100公里", "100公里", 10 / 3, 10 / 3) for n in range(3)]),
    "目标得分": hubei_lines(G(8, 7, TWO)),
    "超过目标分值": hubei_lines(G(8, 9, (("项目数", "3项", "3项", 5), TWO[1]))),
    "目标未达标": hubei_lines(G(8, 8, (("项目数", "3项", "2项", 4), ("完成率", "100%", "90%", 4)))),
    "均分": hubei_lines(G(8, 8, tuple((f"完成率{n}", "100%", "100%", 2.67) for n in "甲乙丙"))),
    "负分": hubei_lines(G(8, 8, (("项目数", "3项", "3项", -1), ("完成率", "100%", "100%", 9)))),
}  # fmt: skip
SAMPLES = ("01-参考表", "project-ministry-1", "department-chongqing-1")


def two(value) -> str:
    """Points with two decimals, "" for none."""
    if value is None or value == "—":
        return ""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):f}".replace("-0.00", "0.00")


def points(value) -> str:
    return "" if value is None else two(round_half_up(value, 2))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs")
    for name, lines in FORMS.items():
        (folder / f"{name}.xlsx").write_bytes(workbook(lines))
    for name in SAMPLES:
        (folder / f"{name}.xlsx").write_bytes((ROOT / "samples" / f"{name}.xlsx").read_bytes())
    return folder


@pytest.fixture(scope="module")
def audits(folder):
    return {result.file.removesuffix(".xlsx"): result.audits[0] for result in perfxl.audit(folder)}


@pytest.fixture(scope="module")
def outputs(folder, tmp_path_factory):
    """One run of the program: its folder of results, and its screen."""
    out = tmp_path_factory.mktemp("results")
    code, screen, errors = run(
        "audit", folder, "-o", out, "--json", out / "all.json", environment={"COLUMNS": "300"}
    )
    assert code == 1, errors
    return out, screen


def headline(audited):
    """Claimed, recomputed, taken off, proven: the four numbers of a form."""
    total = audited.total
    return [*map(points, (total.claimed, total.recomputed, total.difference, audited.proven))]


NAMES = [*FORMS, *SAMPLES]


def table(sheet, first):
    """The rows of a sheet below the heads that begin so."""
    heads = None
    for line in sheet.iter_rows(values_only=True):
        if line[0] == first:
            heads = [str(head).replace("\n", "") for head in line]
        elif heads and line[0] is not None:
            yield dict(zip(heads, line, strict=True))


def test_the_list_and_the_ledger_say_the_headline(audits, outputs):
    out, screen = outputs
    overview = openpyxl.load_workbook(out / "汇总.xlsx")["总览"]
    listed = {
        each["文件（点击打开副本）"].removesuffix(".xlsx"): [
            two(each[head]) for head in ("自评总分", "复核总分", "核减（分）", "已证实多计（分）")
        ]
        for each in table(overview, "序号")
    }
    kept = sqlite3.connect(out / "审核台账.sqlite").execute(
        "select claimed, recomputed, difference, proven from perfxl_forms"
    )
    expected = {name: headline(one) for name, one in audits.items()}

    assert set(expected) == set(NAMES)
    assert {name: [*line[:3], line[3] or "0.00"] for name, line in listed.items()} == expected
    assert sorted([*map(two, line)] for line in kept) == sorted(expected.values())
    assert "核减" in screen
    assert "已证实多计" in screen
    assert all(number in screen for line in expected.values() for number in line[:3])


@pytest.mark.parametrize("name", NAMES)
def test_json_says_the_numbers_of_the_audit(audits, outputs, name):
    lines = (outputs[0] / "all.json").read_text("utf-8").splitlines()
    (form,) = [
        one
        for line in lines
        for one in json.loads(line)["forms"]
        if one["form"].startswith(f"{name}.xlsx#")
    ]
    audited = audits[name]
    said = {one["of"]: one for one in form["scores"]}

    assert [two(form["recomputed_total"]["recomputed"]), two(form["proven"])] == headline(audited)[
        1::2
    ]
    for score in audited.scores:
        told = said[score.of]
        assert [two(told[key]) for key in ("claimed", "recomputed", "difference")] == [
            *map(points, (score.claimed, score.recomputed, score.difference))
        ]


@pytest.mark.parametrize("name", NAMES)
def test_the_marked_copy_says_them_on_its_sheets(audits, outputs, name):
    book = openpyxl.load_workbook(outputs[0] / f"{name}-审核.xlsx")
    audited = audits[name]
    lines = [*book["审核结果"].iter_rows(values_only=True, max_row=6)]
    said = {
        label: value
        for line in lines
        for label, value in pairwise(cell for cell in line if cell is not None)
        if label in ("自评总分", "复核总分", "已证实多计")
    }
    large = " ".join(str(line[0]) for line in lines)
    claimed, recomputed, off, proven = headline(audited)

    assert said["自评总分"] == (claimed or "—")
    assert said["复核总分"].partition("（")[0] == recomputed
    assert said["已证实多计"] == (proven if audited.proven else "—")
    if off:
        word = "核增" if off.startswith("-") else "核减"
        shown = off.lstrip("-") if float(off) else "0"
        assert f"{word} {shown} 分" in large
    steps = {each["位置"]: each for each in table(book["重算过程"], "位置")}
    for score in audited.scores:
        if score.place.cell:
            told = steps[score.place.cell]
            assert [two(told["复核得分"]), two(told["差额"])] == [
                points(score.recomputed), points(score.difference),
            ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_hold_has_a_difference_and_a_finding(audits, name):
    audited = audits[name]
    said = {
        one.cell for finding in audited.findings if finding.severity is not Severity.NOTE
        for one in (finding, *finding.causes)
    }  # fmt: skip
    lines = {finding.line for finding in audited.findings if finding.severity is not Severity.NOTE}

    for score in audited.scores:
        if score.verdict is Verdict.FAILS:
            assert points(score.difference) not in ("", "0.00")
            assert score.place.cell in said or score.place.row in lines


def test_a_clean_copy_holds_the_recomputed_total_and_breaks_no_rule_of_sums(
    folder, audits, tmp_path
):
    assert all(result.copy for result in perfxl.fill(folder, out=tmp_path))
    copies = {path.stem: path for path in tmp_path.rglob("*.xlsx")}
    for name, audited in audits.items():
        (path,) = [path for stem, path in copies.items() if stem.startswith(name)]
        (again,) = perfxl.audit(path)
        total = again.audits[0].total
        assert points(total.claimed) == points(audited.total.recomputed), name
        assert [
            finding.rule for finding in again.audits[0].findings
            if finding.severity is not Severity.NOTE and finding.rule in SUMS
        ] == [], name  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_roll_up_of_one_form_is_that_form(folder, audits, name):
    (one,) = perfxl.rollup(folder / f"{name}.xlsx").rollups

    assert one.total.value.point == audits[name].total.recomputed
