"""What people decide in copies and summaries comes into the ledger, and stands in every later copy."""

import time
from contextlib import closing
from datetime import date

import openpyxl
import pytest

from perfxl import texts
from perfxl.ledger import decisions
from perfxl.ledger.decisions import Choice, Decision
from perfxl.ledger.store import Ledger
from perfxl.runs.decisions import take_in
from tests.face.run import OK, UNREAD, WRONG, perfxl
from tests.forms.builder import ministry_lines, row, workbook
from tests.ooxml.builders import patched
from tests.programs import libreoffice, postgresql

CHINESE = texts.load_texts("zh")


def form(*rows):
    return workbook(ministry_lines(*rows))


LATE = row("养护里程", "≥100公里", "90公里", 20, 20)
SHORT = row("培训人次", "≥100人次", "80人次", 20, 20)


@pytest.fixture
def season(tmp_path):
    """A folder with one audited form that claims too much in two rows; (submission, results)."""
    inbox = tmp_path / "收到"
    inbox.mkdir()
    (inbox / "一.xlsx").write_bytes(form(LATE, SHORT))
    audit(inbox, tmp_path / "结果")
    return inbox, tmp_path / "结果"


def audit(inbox, results, *more):
    code, out, errors = perfxl("audit", inbox, "-o", results, *more)
    assert code == WRONG, out + errors
    return out


def decide(path, sheet="审核结果", **told):
    """Type into the row of a finding, as a person does: indicator → (choice, reason, person, date)."""
    book = openpyxl.load_workbook(path)
    cells = list(cells_of(book[sheet]))
    for name, values in told.items():
        row_of = next(row for row, found, *_ in cells if name in found)
        first = column_of(book[sheet], "处理意见")
        for offset, value in enumerate(values):
            book[sheet].cell(row_of, first + offset).value = value
    book.save(path)


def column_of(sheet, head):
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == head)


def cells_of(sheet):
    """(row, indicator, what was decided) of every finding on a sheet."""
    name, first = column_of(sheet, "指标名称"), column_of(sheet, "处理意见")
    for row_ in sheet.iter_rows():
        if any(str(cell.value or "").startswith("perfxl:") for cell in row_):
            number = row_[0].row
            told = [sheet.cell(number, first + offset).value for offset in range(4)]
            yield number, str(sheet.cell(number, name).value or ""), told


def decided(path, name, sheet="审核结果"):
    """What a workbook says of the finding of an indicator."""
    with closing(openpyxl.load_workbook(path)) as book:
        return next(told for _, found, told in cells_of(book[sheet]) if name in found)


def ledger_of(results):
    with closing(Ledger(None, results)) as book:
        found = decisions.read_history(book)
    return [one for history in found.values() for one in history]


def test_what_is_typed_into_a_copy_is_in_the_ledger_after_the_next_run(season):
    inbox, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳", "属实", "王某", date(2026, 12, 1)))

    out = audit(inbox, results)

    (one,) = ledger_of(results)
    assert "读入 1 项处理意见" in out
    assert one.told == (Choice.ACCEPTED, "属实", "王某", "2026-12-01")
    assert one.source == "一-审核.xlsx"
    assert one.place.startswith("审核结果!")


def test_it_is_taken_once_and_only_what_changes_is_added(season):
    inbox, results = season
    copy = results / "一-审核.xlsx"
    decide(copy, 养护里程=("采纳",))
    audit(inbox, results)
    audit(inbox, results)
    decide(copy, 培训人次=("待说明",))
    audit(inbox, results)
    decide(copy, 养护里程=("不采纳", "有批复"))
    audit(inbox, results)

    assert [(one.choice, one.reason) for one in ledger_of(results)] == [
        (Choice.ACCEPTED, ""),
        (Choice.REJECTED, "有批复"),
        (Choice.QUERIED, ""),
    ]


def test_a_copy_made_anew_carries_it_and_the_typed_one_stays(season):
    inbox, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳", "属实"))

    audit(inbox, results, "--again")

    assert decided(results / "一-审核-2.xlsx", "养护里程")[:2] == ["采纳", "属实"]
    assert decided(results / "一-审核.xlsx", "养护里程")[:2] == ["采纳", "属实"]


def test_a_resubmission_carries_it_where_the_finding_persists(season):
    inbox, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳",), 培训人次=("待说明",))
    (inbox / "一.xlsx").unlink()
    other = row("巡查次数", "≥5次", "5次", 10, 10)
    (inbox / "重报.xlsx").write_bytes(
        form(other, LATE, row("培训人次", "≥100人次", "80人次", 20, 16))
    )

    audit(inbox, results)

    assert decided(results / "重报-审核.xlsx", "养护里程")[0] == "采纳"
    with closing(openpyxl.load_workbook(results / "重报-审核.xlsx")) as book:
        assert not any(told[0] == "待说明" for *_, told in cells_of(book["审核结果"]))


def test_another_form_gets_none_of_it(season):
    inbox, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳",))
    lines = [
        [cell if cell != "清河县公路站" else "白水县公路站" for cell in line]
        for line in ministry_lines(LATE, SHORT)
    ]
    (inbox / "二.xlsx").write_bytes(workbook(lines))

    audit(inbox, results)

    assert decided(results / "二-审核.xlsx", "养护里程")[0] is None


def test_the_summary_has_it_and_takes_it(season):
    inbox, results = season
    (inbox / "三.xlsx").write_bytes(form(row("巡查次数", "≥5次", "5次", 10, 10)))
    decide(results / "一-审核.xlsx", 养护里程=("采纳",))
    audit(inbox, results)
    assert decided(results / "汇总.xlsx", "养护里程", "问题清单")[0] == "采纳"

    decide(
        results / "汇总.xlsx", "问题清单", 培训人次=("不采纳", "已补充", "李某", "2026年12月5日")
    )
    audit(inbox, results)

    (one,) = [one for one in ledger_of(results) if one.choice is Choice.REJECTED]
    assert one.told == (Choice.REJECTED, "已补充", "李某", "2026-12-05")
    assert one.source == "汇总.xlsx"
    assert decided(results / "汇总-2.xlsx", "培训人次", "问题清单")[0] == "不采纳"


def test_the_command_for_the_summary_takes_them_too(season, tmp_path):
    _, results = season
    decide(results / "一-审核.xlsx", 养护里程=("待说明",))

    code, out, _ = perfxl("summary", results, "-o", tmp_path / "汇总.xlsx")

    assert code == OK
    assert "读入 1 项处理意见" in out
    assert decided(tmp_path / "汇总.xlsx", "养护里程", "问题清单")[0] == "待说明"


def test_libreoffice_saves_a_copy_and_nothing_is_lost(season, tmp_path):
    inbox, results = season
    copy = results / "一-审核.xlsx"
    decide(copy, 养护里程=("采纳", "属实"))
    saved = libreoffice(copy, "xlsx", tmp_path / "保存")
    saved.replace(copy)

    audit(inbox, results)

    assert [one.told[:2] for one in ledger_of(results)] == [(Choice.ACCEPTED, "属实")]


def test_the_command_lists_them_and_tells_what_it_could_not_take(season):
    _, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳", "属实", "王某"), 培训人次=("同意",))

    code, out, _ = perfxl("decisions", results)

    assert code == UNREAD
    assert "采纳" in out
    assert "王某" in out
    assert "一-审核.xlsx" in out
    assert "“同意”无法识别" in out
    assert "尚未处理" in out
    assert perfxl("decisions", results)[0] == UNREAD  # until it is mended


def test_with_nothing_decided_the_command_says_so(season):
    code, out, _ = perfxl("decisions", season[1])

    assert code == OK
    assert "已处理 0 项" in out


def test_two_workbooks_that_disagree_are_told_and_the_later_date_holds(season):
    inbox, results = season
    decide(results / "一-审核.xlsx", 养护里程=("采纳", "", "王某", "2026-12-03"))
    audit(inbox, results, "--again")
    decide(results / "一-审核-2.xlsx", 养护里程=("不采纳", "", "李某", "2026-12-01"))

    _, out, _ = perfxl("decisions", results)

    assert "处理意见不一致" in out
    with closing(Ledger(None, results)) as book:
        histories = decisions.read_history(book).values()
    held = [decisions.standing(history) for history in histories]
    assert [one.person for one in held if one] == ["王某"]
    assert sorted(one.person for one in ledger_of(results)) == ["李某", "王某"]


def test_nobody_opens_what_nobody_touched(season, monkeypatch):
    inbox, results = season
    audit(inbox, results)
    with closing(Ledger(None, results)) as book:
        first = take_in(book, results, CHINESE)
        time.sleep(2.2)  # from then on its stamp proves something
        take_in(book, results, CHINESE)
        monkeypatch.setattr("perfxl.files.intake.take", None)
        assert take_in(book, results, CHINESE).opened == first.opened == 0


def test_a_damaged_copy_is_told_and_costs_nobody_else(season):
    inbox, results = season
    (results / "坏.xlsx").write_bytes(b"PK\x03\x04 no zip")
    decide(results / "一-审核.xlsx", 养护里程=("采纳",))

    out = audit(inbox, results)

    assert "坏.xlsx" in out
    assert len(ledger_of(results)) == 1


def test_a_copy_with_macros_is_read_as_any_other(season):
    inbox, results = season
    (inbox / "宏.xlsm").write_bytes(
        patched(
            form(row("巡查次数", "≥5次", "4次", 10, 10)),
            {"[Content_Types].xml": lambda old: old.replace(
                b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
            ).replace(b"openxmlformats-officedocument.ms-excel", b"ms-excel")},
        )
    )  # fmt: skip
    audit(inbox, results)
    decide(results / "宏-审核.xlsm", 巡查次数=("采纳",))

    audit(inbox, results)

    assert [one.source for one in ledger_of(results)] == ["宏-审核.xlsm"]


def test_a_decision_of_another_folders_form_is_told_and_not_taken(season, tmp_path):
    inbox, results = season
    other = tmp_path / "别处"
    other.mkdir()
    lines = ministry_lines(LATE, unit="白水县公路站")
    (other / "二.xlsx").write_bytes(workbook(lines))
    audit(other, tmp_path / "别处结果")
    decide(tmp_path / "别处结果" / "二-审核.xlsx", 养护里程=("采纳",))
    (tmp_path / "别处结果" / "二-审核.xlsx").replace(results / "二-审核.xlsx")

    out = audit(inbox, results)

    assert "不在本结果文件夹的审核台账中" in out
    assert ledger_of(results) == []


class TestHistory:
    """What holds, of several decisions of one finding."""

    def of(self, *told):
        return [
            Decision("f", "k", choice, decided_on=day, source=source)
            for choice, day, source in told
        ]

    def test_the_later_date_holds_and_without_dates_what_came_last(self):
        dated = self.of(
            (Choice.ACCEPTED, "2026-12-03", "甲"), (Choice.REJECTED, "2026-12-01", "乙")
        )
        undated = self.of((Choice.ACCEPTED, "", "甲"), (Choice.REJECTED, "", "乙"))

        assert decisions.standing(dated).source == "甲"
        assert decisions.standing(undated).source == "乙"

    def test_what_is_no_date_is_no_later_one(self):
        history = self.of((Choice.ACCEPTED, "2026-12-03", "甲"), (Choice.REJECTED, "下周", "乙"))

        assert decisions.standing(history).source == "甲"

    def test_who_clears_his_cells_takes_only_his_own_word_back(self):
        history = self.of(
            (Choice.ACCEPTED, "", "甲"), (Choice.REJECTED, "", "乙"), (Choice.NONE, "", "乙")
        )

        assert decisions.standing(history).source == "甲"
        assert (
            decisions.standing(self.of((Choice.ACCEPTED, "", "甲"), (Choice.NONE, "", "甲")))
            is None
        )

    def test_agreement_is_no_disagreement(self):
        agreed = self.of((Choice.ACCEPTED, "", "甲"), (Choice.ACCEPTED, "2026-12-01", "乙"))
        apart = self.of((Choice.ACCEPTED, "", "甲"), (Choice.QUERIED, "2026-12-01", "乙"))

        assert decisions.disagreeing(agreed) == []
        assert [one.source for one in decisions.disagreeing(apart)] == ["乙", "甲"]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_both_databases_keep_them(database, tmp_path):
    def check(url):
        with closing(Ledger(url, tmp_path)) as book:
            one = Decision(
                "f" * 16,
                "k" * 16,
                Choice.QUERIED,
                "理由\0",
                "王\ud800",
                "2026-12-01",
                "甲.xlsx",
                "审核结果!K8",
            )
            assert decisions.add(book, [one], []) == 1
            assert decisions.add(book, [one], []) == 0
            ((kept,),) = decisions.read_history(book).values()
        assert kept.choice is Choice.QUERIED
        assert kept.reason == "理由"
        assert kept.decided_on == "2026-12-01"

    if database == "sqlite":
        check(f"sqlite:///{tmp_path / '台账.sqlite'}")
    else:
        with postgresql() as url:
            check(url)
