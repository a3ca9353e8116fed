"""What a resubmission changed, told in the form's own terms."""

import perfxl as package
from perfxl import texts
from perfxl.commands import watching
from perfxl.jobs import outcome
from perfxl.ledger import changes
from perfxl.rules.records import audit_record
from perfxl.screens.history import sentence
from tests.conftest import REFERENCE, ROOT
from tests.face.run import MISUSED, OK, UNREAD, perfxl
from tests.folder.forms import form
from tests.forms.builder import ministry_lines, row, workbook

ZH = texts.load_texts("zh")


def record(tmp_path, *rows, name="表.xlsx", **more):
    path = tmp_path / name
    path.write_bytes(workbook(ministry_lines(*rows, **more)))
    return audit_record(package.audit(path)[0].audits[0], ZH.statement)


def said(old, new):
    ((_, found),) = changes.between([old], [new])
    return [sentence(change, ZH) for change in found]


LENGTH = ("养护里程", "≥100公里", "90公里", 20)
PLEASED = ("满意度指标", "≥90%", "92%", 10)


def test_the_same_form_has_not_changed(tmp_path):
    one = record(tmp_path, row(*LENGTH, 18), row(*PLEASED, 8))

    assert said(one, one) == []


def test_a_higher_score_for_the_same_actual_value_is_told_so(tmp_path):
    old = record(tmp_path, row(*LENGTH, 18), row(*PLEASED, 8))
    new = record(tmp_path, row(*LENGTH, 18), row(*PLEASED, 10))

    found = said(old, new)

    assert any(text.startswith("满意度指标 得分 8 → 10，实际完成值未变") for text in found)
    assert not any("养护里程" in text for text in found)


def test_changed_actuals_and_targets_are_told_with_their_cells(tmp_path):
    old = record(tmp_path, row("养护里程", "≥100公里", "90公里", 20, 18))
    new = record(tmp_path, row("养护里程", "≥90公里", "90 公里", 20, 20))

    found = "\n".join(said(old, new))

    assert "养护里程 目标值 ≥100公里 → ≥90公里，实际完成值未变" in found
    assert "养护里程 得分 18 → 20，实际完成值未变" in found
    assert "复核总分" in found
    assert "养护里程 实际完成值" not in found  # a space more is no change


def test_rows_that_come_go_and_change_their_names(tmp_path):
    old = record(tmp_path, row("养护里程数量", "≥100公里", "90公里", 20, 18), row(*PLEASED, 8))
    new = record(
        tmp_path,
        row("养护里程总数量", "≥100公里", "90公里", 20, 18),
        row("事故次数", "≤3次", "2次", 10, 10),
    )

    found = said(old, new)

    assert "“养护里程数量”改名为“养护里程总数量”" in found
    assert "删去指标“满意度指标”（目标值 ≥90%，实际完成值 92%，得分 8）" in found
    assert "新增指标“事故次数”（目标值 ≤3次，实际完成值 2次，得分 10）" in found


def test_a_repeated_name_is_compared_in_its_order(tmp_path):
    old = record(tmp_path, row("次数", "≥1次", "1次", 10, 10), row("次数", "≥2次", "2次", 10, 10))
    new = record(tmp_path, row("次数", "≥1次", "1次", 10, 10), row("次数", "≥2次", "2次", 10, 9))

    assert [text.partition("（")[0] for text in said(old, new) if text.startswith("次数")] == [
        "次数 得分 10 → 9，实际完成值未变"
    ]


def test_a_form_that_comes_or_goes_is_told(tmp_path):
    one = record(tmp_path, row(*PLEASED, 8))
    reference = audit_record(package.audit(REFERENCE)[0].audits[0], ZH.statement)

    (gone, come) = changes.between([one], [reference])

    assert [change.what for change in (*gone[1], *come[1])] == ["removed", "added"]


# ---------------------------------------------------------------- the program
def test_history_and_changed_over_two_submissions(tmp_path):
    path = tmp_path / "收到" / "自评表.xlsx"
    path.parent.mkdir()
    for wrong in (False, True):
        path.write_bytes(form(1, wrong=wrong))
        perfxl("audit", path.parent, "-o", tmp_path / "o")
    (tmp_path / "收到" / "坏.xlsx").write_bytes(b"nothing")
    perfxl("audit", path.parent, "-o", tmp_path / "o")

    code, out, _ = perfxl("history", "清河县", "-o", tmp_path / "o")
    assert code == OK
    lines = [line for line in out.splitlines() if "自评表.xlsx" in line]
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert "坏.xlsx" not in out
    assert "审核结论" in "".join(out.split())
    assert any(said in "".join(out.split()) for said in ("存在错误", "需补充说明", "未发现问题"))
    assert "坏.xlsx" in perfxl("history", "-o", tmp_path / "o")[1]
    assert "没有" in perfxl("history", "没有这个单位", "-o", tmp_path / "o")[1]

    code, out, _ = perfxl("changed", "1", "2", "-o", tmp_path / "o")
    assert code == OK
    assert "养护里程1 实际完成值 100公里 → 90公里" in out

    marked = next((tmp_path / "o").glob("*.xlsx"))
    assert "没有变化" in perfxl("changed", marked, path)[1]


def test_history_finds_the_one_ledger_near_by(tmp_path):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(form(1))
    perfxl("audit", path)

    assert "自评表.xlsx" in perfxl("history", cwd=tmp_path)[1]


def test_what_is_not_there_is_told(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    for arguments in (
        ("history",), ("history", "-o", "没有"), ("changed", "1", "2"), ("changed", "没有.xlsx", "x.xlsx"),
        ("changed", "x.xlsx", "x.xlsx"),
    ):  # fmt: skip
        code, _, errors = perfxl(*arguments, cwd=tmp_path)
        assert code in (MISUSED, UNREAD)
        assert "发生错误" in errors
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(form(1))
    perfxl("audit", path)

    assert "没有编号 99" in perfxl("changed", "1", "99", cwd=tmp_path)[2]


def test_what_was_judged_again_does_not_look_like_a_new_submission(tmp_path):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(form(1))
    perfxl("audit", path, "-o", tmp_path / "o")
    assert "备注" not in perfxl("history", "-o", tmp_path / "o")[1]
    perfxl("audit", path, "-o", tmp_path / "o", "--policy", "ministry")
    next((tmp_path / "o").glob("*-审核.xlsx")).unlink()
    perfxl("audit", path, "-o", tmp_path / "o", "--policy", "ministry")
    path.write_bytes(form(1, wrong=True))
    perfxl("audit", path, "-o", tmp_path / "o", "--policy", "ministry")

    lines = [
        line
        for line in perfxl("history", "-o", tmp_path / "o")[1].splitlines()
        if "自评表.xlsx" in line
    ]

    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
    assert ["按新规则重审" in line for line in lines] == [False, True, False, False]
    assert ["内容未变，重新审核" in line for line in lines] == [False, False, True, False]


def test_an_entry_that_could_not_be_read_is_not_compared(tmp_path):
    path = tmp_path / "收到" / "自评表.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"torn")
    perfxl("audit", path.parent, "-o", tmp_path / "o")
    path.write_bytes(form(1))

    code, out, errors = perfxl("changed", "1", path, "-o", tmp_path / "o")

    assert (code, out) == (MISUSED, "")
    assert "编号 1 的文件“自评表.xlsx”当时未能读取" in errors
    assert "这不是表格文件" in errors


def test_a_form_without_scores_is_called_so_everywhere(tmp_path):
    path = ROOT / "samples" / "transfer-1.xlsx"
    assert "不计分" in perfxl("audit", path, "-o", tmp_path)[1]

    out = perfxl("history", "-o", tmp_path)[1]

    assert "不计分" in out
    assert "未定" not in out
    done = outcome.outcome_of_result(package.audit(path)[0], ZH)
    assert "复核 不计分" in watching._line(ZH, "done", {"outcome": done})
