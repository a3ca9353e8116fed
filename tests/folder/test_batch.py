"""Runs with a ledger: what was done is not done again, and every file has one result."""

import json
import os
import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest

from perfxl.files import find, place
from perfxl.files.find import Source
from perfxl.jobs import rulebook
from perfxl.jobs.outcome import unpack_record
from perfxl.jobs.work import Settings
from perfxl.ledger.store import NAME, Ledger
from perfxl.runs import batch
from tests.conftest import REFERENCE
from tests.face.run import OK, UNREAD, WRONG, perfxl, records
from tests.folder.forms import form
from tests.programs import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request):
    """None for the file in the folder of results, or the URL of an empty database."""
    if request.param == "sqlite":
        yield None
    else:
        with postgresql() as url:
            yield url


@pytest.fixture
def audit(tmp_path, ledger):
    """Runs a batch into 结果; gives the outcomes by name."""

    def run(*paths, settings=None, jobs=1, again=False, records=False, out=None):
        folder = out or tmp_path / "结果"
        sources = find.find(paths, folder).sources
        with batch.open_batch(
            len(sources), settings or Settings(), folder, ledger, jobs, again=again, records=records
        ) as opened:
            return {done.file: done for done in opened.run(sources)}

    return run


def write(path, data):
    """A submission of some age, so that its times prove something."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    old = time.time() - 1000
    os.utime(path, (old, old))
    return path


def copies(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")
    }


@pytest.fixture
def settled(monkeypatch):
    """Files need no two seconds to come to rest."""
    monkeypatch.setattr("perfxl.files.intake.FRESH", 0)


# ---------------------------------------------------------------- not again
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_did_not_change_is_not_done_again(audit, inbox, tmp_path, jobs):
    folder = inbox(5)
    first = audit(folder, jobs=jobs)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "结果").rglob("*.xlsx")}

    second = audit(folder, jobs=jobs)

    assert not any(done.kept for done in first.values())
    assert all(done.kept for done in second.values())
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [[f.summary for f in done.forms] for done in first.values()] == [
        [f.summary for f in done.forms] for done in second.values()
    ]
    assert [done.copy for done in first.values()] == [done.copy for done in second.values()]


def test_unchanged_files_are_not_even_read(audit, inbox, settled, monkeypatch):
    folder = inbox(3)
    audit(folder)
    monkeypatch.setattr("perfxl.files.intake.take", None)

    assert all(done.kept for done in audit(folder).values())


def test_records_come_back_from_the_ledger(audit, inbox, tmp_path):
    folder = inbox(2)
    first = audit(folder)
    second = audit(folder, records=True)

    assert [[f.text() for f in done.forms] for done in first.values()] == [
        [f.text() for f in done.forms] for done in second.values()
    ]


def test_the_ledger_knows_the_present_state_of_every_file(audit, inbox, tmp_path, ledger):
    folder = inbox(4)
    audit(folder)
    path = folder / "0科" / "单位0001.xlsx"
    path.write_bytes(form(1, wrong=True))
    (folder / "坏.xlsx").write_bytes(b"torn")
    audit(folder)

    with closing(Ledger(ledger, tmp_path / "结果")) as book:
        current = {Path(one.path).relative_to(folder).as_posix(): one for one in book.current()}
        result = current["0科/单位0001.xlsx"].result
        records = [unpack_record(text) for text in book.records([result])[result]]

    assert len(current) == 5
    assert current["坏.xlsx"].outcome.code == "not-a-workbook"
    assert [
        one.outcome.forms[0].summary.errors for name, one in current.items() if name != "坏.xlsx"
    ] == [0, 1, 0, 0]
    assert records[0]["indicators"][0]["level3"] == "养护里程1"
    assert records[0]["findings"][0]["rule"] == "indicator-score"


def test_a_changed_file_is_done_again_and_its_copy_replaced(audit, inbox, tmp_path):
    folder = inbox(3)
    first = audit(folder)
    path = folder / "0科" / "单位0001.xlsx"
    path.write_bytes(form(1, wrong=True))

    second = audit(folder)

    assert [done.kept for done in second.values()] == [True, False, True]
    done = second[str(Path("0科", "单位0001.xlsx"))]
    assert done.forms[0].summary.errors == 1
    assert done.copy == first[done.file].copy
    assert len(copies(tmp_path / "结果")) == 3


def test_times_are_compared_for_equality_only(audit, inbox, settled):
    folder = inbox(2)
    audit(folder)
    path = folder / "0科" / "单位0001.xlsx"
    path.write_bytes(form(1, wrong=True))
    back = time.time() - 10**8
    os.utime(path, (back, back))  # a clock that jumped back, or a file restored from an old copy

    assert [done.kept for done in audit(folder).values()] == [True, False]


def test_a_touched_file_with_the_same_content_stands(audit, inbox, settled):
    folder = inbox(1)
    audit(folder)
    (path,) = folder.rglob("*.xlsx")
    os.utime(path, (0, 0))

    assert [done.kept for done in audit(folder).values()] == [True]


def test_a_file_of_the_same_size_and_time_but_too_young_is_read(audit, inbox):
    folder = inbox(1)
    audit(folder)
    (path,) = folder.rglob("*.xlsx")
    stat = path.stat()
    path.write_bytes(form(0, wrong=True).ljust(stat.st_size, b"\0")[: stat.st_size])
    os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))

    assert [done.kept for done in audit(folder).values()] == [False]


def test_other_rules_do_everything_again(audit, inbox, tmp_path):
    folder = inbox(2)
    words = tmp_path / "词汇.toml"
    words.write_text('[columns.actual]\nis = ["年末达成数"]\n', "utf-8")
    audit(folder)

    for settings in (Settings(policy="hubei"), Settings(language="en"), Settings(words=(words,))):
        assert not any(done.kept for done in audit(folder, settings=settings).values())
        assert all(done.kept for done in audit(folder, settings=settings).values())

    words.write_text('[columns.actual]\nis = ["年末完成数"]\n', "utf-8")
    assert not any(done.kept for done in audit(folder, settings=settings).values())


def test_a_copy_that_is_gone_is_made_again(audit, inbox, tmp_path):
    folder = inbox(2)
    first = audit(folder)
    before = copies(tmp_path / "结果")
    for done in first.values():
        done.copy.unlink()

    again = audit(folder)

    assert not any(done.kept and done.same_as for done in again.values())
    assert copies(tmp_path / "结果") == before


def test_again_means_again(audit, inbox):
    folder = inbox(2)
    audit(folder)

    assert not any(done.kept for done in audit(folder, again=True).values())


def test_a_file_that_could_not_be_read_is_remembered_with_its_reason(audit, tmp_path):
    write(tmp_path / "收到" / "坏.xlsx", b"PK\x03\x04 torn")

    first, second = (audit(tmp_path / "收到")["坏.xlsx"] for _ in range(2))

    assert (first.kept, second.kept) == (False, True)
    assert first.reason == second.reason
    assert first.code == "damaged-zip"


def test_a_reason_that_may_pass_is_tried_again(audit, inbox, monkeypatch):
    folder = inbox(1)
    monkeypatch.setattr("perfxl.files.intake.LARGEST", -1)
    assert [done.code for done in audit(folder).values()] == ["file-over-limit"]
    monkeypatch.undo()

    assert [done.code for done in audit(folder).values()] == [None]


# ---------------------------------------------------------------- same content
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_content_under_two_names_is_done_once_and_said(audit, tmp_path, jobs):
    folder = tmp_path / "收到"
    for name in ("甲.xlsx", "乙/丙.xlsx", "丁.xlsx"):
        write(folder / name, form(1))
    write(folder / "坏一.xlsx", b"nothing")
    write(folder / "坏二.xlsx", b"nothing")
    write(folder / "别.xlsx", form(2))

    done = audit(folder, jobs=jobs, records=True)

    first = [one for one in done.values() if one.code is None and not one.same_as]
    same = [one for one in done.values() if one.same_as and one.code is None]
    assert len(done) == 6
    assert (len(first), len(same)) == (2, 2)
    assert {one.same_as for one in same} <= {one.file for one in first}
    assert {one.same_as for one in done.values() if one.code} == {None, "坏一.xlsx"}
    found = copies(tmp_path / "结果")
    assert set(found) == {"甲-审核.xlsx", "乙/丙-审核.xlsx", "丁-审核.xlsx", "别-审核.xlsx"}
    assert len(set(found.values())) == 2
    for one in same:
        assert json.loads(one.forms[0].text())["form"].startswith(f"{one.file}#")


def test_a_moved_file_takes_its_result_along(audit, inbox, tmp_path):
    folder = inbox(1)
    audit(folder)
    (path,) = folder.rglob("*.xlsx")
    path.rename(path.with_name("新名.xlsx"))

    (done,) = audit(folder).values()

    assert done.kept
    assert done.same_as is None
    assert done.copy == tmp_path / "结果" / "0科" / "新名-审核.xlsx"
    assert done.copy.is_file()


def test_a_moved_inbox_keeps_the_names_of_its_copies(audit, inbox, tmp_path):
    folder = inbox(3)
    audit(folder)
    before = copies(tmp_path / "结果")
    folder.rename(tmp_path / "别处")

    done = audit(tmp_path / "别处")

    assert all(one.kept for one in done.values())
    assert copies(tmp_path / "结果") == before


def test_a_content_that_comes_back_gets_its_own_result_again(audit, tmp_path):
    path = write(tmp_path / "收到" / "甲.xlsx", form(1))
    audit(tmp_path / "收到")
    original = copies(tmp_path / "结果")
    write(path, form(1, wrong=True))
    audit(tmp_path / "收到")
    write(path, form(1))

    audit(tmp_path / "收到")

    assert copies(tmp_path / "结果") == original


def test_a_copy_of_another_content_is_never_given_out(audit, tmp_path):
    one = write(tmp_path / "收到" / "甲.xlsx", form(1))
    write(tmp_path / "收到" / "乙.xlsx", form(1))
    audit(tmp_path / "收到")
    write(one, form(1, wrong=True))
    write(tmp_path / "收到" / "丙.xlsx", form(1))

    done = audit(tmp_path / "收到")

    assert done["甲.xlsx"].forms[0].summary.errors == 1
    assert done["丙.xlsx"].forms[0].summary.errors == 0
    found = copies(tmp_path / "结果")
    assert found["丙-审核.xlsx"] == found["乙-审核.xlsx"] != found["甲-审核.xlsx"]


# ---------------------------------------------------------------- names
def test_files_of_one_name_from_two_runs_do_not_meet(audit, tmp_path):
    one = write(tmp_path / "一" / "自评表.xlsx", form(1))
    other = write(tmp_path / "二" / "自评表.xlsx", form(2))

    first, second = audit(one)["自评表.xlsx"], audit(other)["自评表.xlsx"]

    assert [first.copy.name, second.copy.name] == ["自评表-审核.xlsx", "自评表-审核-2.xlsx"]
    assert audit(one)["自评表.xlsx"].kept
    assert audit(other)["自评表.xlsx"].kept


def test_a_copy_that_somebody_saved_since_is_left_alone(audit, tmp_path):
    path = write(tmp_path / "收到" / "甲.xlsx", form(1))
    audit(tmp_path / "收到")
    edited = tmp_path / "结果" / "甲-审核.xlsx"
    edited.write_bytes(form(77))  # as saved by another program: without perfxl's record
    write(path, form(2))

    (done,) = audit(tmp_path / "收到").values()

    assert edited.read_bytes() == form(77)
    assert done.copy.name == "甲-审核-2.xlsx"


def test_names_that_differ_by_case_only_have_copies_that_differ_by_more(tmp_path):
    assert place.key("甲A-审核.XLSX") == place.key("甲a-审核.xlsx")
    names = place.names(Source(tmp_path / "a.xls", "a.xls"))
    assert [next(names).name for _ in range(3)] == [
        "a.xls-审核.xlsx",
        "a.xls-审核-2.xlsx",
        "a.xls-审核-3.xlsx",
    ]


def test_the_results_can_be_moved_as_a_whole(audit, inbox, tmp_path, ledger):
    if ledger is not None:
        pytest.skip("a ledger elsewhere knows its folders by their paths")
    folder = inbox(2)
    audit(folder)
    (tmp_path / "结果").rename(tmp_path / "搬走")

    assert all(done.kept for done in audit(folder, out=tmp_path / "搬走").values())


def test_several_folders_share_a_ledger(audit, inbox, tmp_path, ledger):
    if ledger is None:
        pytest.skip("a ledger of its own")
    folder = inbox(2)

    audit(folder)
    other = audit(folder, out=tmp_path / "另一处")

    assert not any(done.kept for done in other.values())
    assert copies(tmp_path / "另一处") == copies(tmp_path / "结果")
    assert all(done.kept for done in audit(folder).values())


# ---------------------------------------------------------------- rules as a digest
def test_the_digest_of_the_rules_follows_their_content_and_not_their_place(tmp_path):
    one, two = tmp_path / "一.toml", tmp_path / "二.toml"
    one.write_text("[columns]\n", "utf-8")
    shutil.copy(one, two)
    digest = rulebook.compute_rulebook(Settings(words=(one,))).digest

    assert rulebook.compute_rulebook(Settings(words=(two,))).digest == digest
    assert rulebook.compute_rulebook(Settings()).digest != digest
    assert rulebook.compute_rulebook(Settings(words=(tmp_path / "没有.toml",))).digest != digest
    two.write_text("[funds]\n", "utf-8")
    assert rulebook.compute_rulebook(Settings(words=(two,))).digest != digest


# ---------------------------------------------------------------- the program
def test_the_program_says_what_it_did_not_do_again(inbox, tmp_path):
    folder = inbox(2)
    write(folder / "重复.xlsx", form(0))
    first = perfxl("audit", folder, "-o", tmp_path / "o", "--json", tmp_path / "1.jsonl")
    second = perfxl("audit", folder, "-o", tmp_path / "o", "--json", tmp_path / "2.jsonl")

    assert (first[0], second[0]) == (OK, OK)
    assert "内容完全相同" in first[1]
    assert "没有变化" not in first[1]
    assert "没有变化" in second[1]
    assert (tmp_path / "1.jsonl").read_text("utf-8") == (tmp_path / "2.jsonl").read_text("utf-8")
    assert len(records((tmp_path / "2.jsonl").read_text("utf-8"))) == 3


def test_a_second_perfxl_waits_its_turn_and_then_says_so(inbox, tmp_path, monkeypatch):
    from perfxl.errors import UsageError
    from perfxl.files import lock

    with (
        lock.alone(tmp_path / "o"),
        pytest.raises(UsageError, match="folder-busy"),
        lock.alone(tmp_path / "o", 0.2),
    ):
        pass
    with lock.alone(tmp_path / "o", 0.2):
        pass


def test_what_killed_runs_left_half_written_is_swept(audit, inbox, tmp_path):
    left = tmp_path / "结果" / "0科" / ".perfxl-123-abc.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")

    audit(inbox(1))

    assert not left.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://a:geheim@b/c", "写法不对"), ("postgresql://127.0.0.1:1/x", "连不上"), ("://", "写法不对"),
        ("postgresql://u:geheim@127.0.0.1:1/x", "连不上"), ("没有/这里/台账.sqlite", "无法打开"),
    ],
)  # fmt: skip
def test_a_ledger_that_cannot_be_used_is_told_in_a_sentence(given, said, inbox, tmp_path):
    code, out, errors = perfxl(
        "audit", inbox(1), "-o", tmp_path / "o", "--ledger", given, cwd=tmp_path
    )

    assert code not in (OK, WRONG, UNREAD)
    assert said in errors
    assert "geheim" not in out + errors


def test_a_file_that_is_no_ledger_is_left_alone(inbox, tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / NAME).write_bytes(b"this is not a database, whatever its name says" * 40)

    code, _, errors = perfxl("audit", inbox(1), "-o", tmp_path / "o")

    assert code not in (OK, WRONG, UNREAD)
    assert "移到别处" in errors
    assert (tmp_path / "o" / NAME).read_bytes().startswith(b"this is not")


def test_the_reference_form_is_in_the_ledger_with_its_scores_and_findings(audit, tmp_path, ledger):
    from sqlalchemy import select

    from perfxl.ledger.schema import findings, forms

    audit(REFERENCE)

    with closing(Ledger(ledger, tmp_path / "结果")) as book, book.engine.connect() as connection:
        form = connection.execute(select(forms)).one()
        found = connection.execute(select(findings)).all()
    assert (form.unit, form.claimed, form.kind) == (
        "江州市云湖区机关事务服务中心",
        95.0,
        "department",
    )
    assert form.lo == pytest.approx(92.395, abs=0.001)
    assert len(found) == form.errors + form.warnings + form.notes
    assert "依据" in found[0].message
