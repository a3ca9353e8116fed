"""Archives and passwords in runs with a ledger: what was done is not done again, and results mirror the archive."""

import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from perfxl import texts
from perfxl.files import find
from perfxl.jobs.work import Settings
from perfxl.ledger import history
from perfxl.ledger.store import NAME, Ledger
from perfxl.runs import batch, run, summary_data
from perfxl.runs.watch import Times, Watch
from perfxl.sealed import unlock, unpack
from perfxl.sealed.passwords import Passwords
from tests.folder.forms import form
from tests.folder.system import wait_for
from tests.programs import postgresql
from tests.sealed.makers import VELVET, aes_member, agile, raw_zip, zipped

TOLD = Passwords(("密码甲",))


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

    def done(*paths, jobs=1, again=False, out=None, **settings):
        folder = out or tmp_path / "结果"
        sources = find.find(paths or [tmp_path / "收到"], folder).sources
        with batch.open_batch(
            len(sources), Settings(**settings), folder, ledger, jobs, again=again
        ) as opened:
            return {one.file: one for one in opened.run(sources)}

    return done


def write(path, data):
    """A submission of some age, so that its times prove something."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    old = time.time() - 1000
    os.utime(path, (old, old))
    return path


@pytest.fixture
def settled(monkeypatch):
    """Files need no two seconds to come to rest."""
    monkeypatch.setattr("perfxl.files.intake.FRESH", 0)


@pytest.fixture
def unpacked(monkeypatch, settled):
    """The archives that were unpacked, in their order."""
    seen = []
    real = unpack.members

    def noted(source, passwords):
        seen.append(source.name)
        return real(source, passwords)

    monkeypatch.setattr(unpack, "members", noted)
    return seen


MEMBERS = {
    "甲局/表.xlsx": form(1),
    "乙局/表.xlsx": form(2, wrong=True),
    "内.zip": zipped({"丙.xlsx": form(3)}),
}
NAMES = ["材料.zip/甲局/表.xlsx", "材料.zip/乙局/表.xlsx", "材料.zip/内.zip/丙.xlsx"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_results_mirror_the_archive(audit, tmp_path, jobs):
    write(tmp_path / "收到" / "县区" / "材料.zip", zipped(MEMBERS))
    write(tmp_path / "收到" / "丁.xlsx", form(4))

    found = audit(jobs=jobs)

    assert list(found) == ["丁.xlsx", *(f"县区/{name}" for name in NAMES)]
    assert {path.relative_to(tmp_path / "结果").as_posix() for path in (tmp_path / "结果").rglob("*.xlsx")} == {
        "丁-审核.xlsx", "县区/材料.zip/甲局/表-审核.xlsx", "县区/材料.zip/乙局/表-审核.xlsx",
        "县区/材料.zip/内.zip/丙-审核.xlsx",
    }  # fmt: skip
    for name, done in found.items():
        assert done.code is None, name
        assert done.copy.is_file()


def test_a_form_in_an_archive_is_judged_as_one_in_a_folder(audit, tmp_path):
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    write(tmp_path / "散" / "表.xlsx", form(2, wrong=True))

    packed = audit()["材料.zip/乙局/表.xlsx"]
    plain = audit(tmp_path / "散", out=tmp_path / "二")["表.xlsx"]

    assert packed.forms[0].summary == plain.forms[0].summary


def test_an_unchanged_archive_is_not_unpacked_again(audit, tmp_path, unpacked):
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    first, second = audit(), audit()

    assert unpacked == ["材料.zip"]
    assert list(first) == list(second) == NAMES
    assert not any(done.kept for done in first.values())
    assert all(done.kept for done in second.values())
    assert [done.copy for done in second.values()] == [done.copy for done in first.values()]


def test_of_a_changed_archive_only_what_changed_is_audited(audit, tmp_path):
    path = write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    audit()
    del path
    write(
        tmp_path / "收到" / "材料.zip",
        zipped({**MEMBERS, "甲局/表.xlsx": form(9), "新.xlsx": form(8)}),
    )

    assert {name: done.kept for name, done in audit().items()} == {
        NAMES[0]: False, NAMES[1]: True, NAMES[2]: True, "材料.zip/新.xlsx": False,
    }  # fmt: skip


def test_a_copy_that_was_lost_is_made_again(audit, tmp_path, unpacked):
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    copy = audit()[NAMES[0]].copy
    copy.unlink()

    assert {name: done.kept for name, done in audit().items()} == dict(
        zip(NAMES, (False, True, True), strict=True)
    )
    assert copy.is_file()
    assert unpacked == ["材料.zip"] * 2


def test_what_is_wrong_with_a_member_is_kept_too(audit, tmp_path, unpacked):
    write(
        tmp_path / "收到" / "材料.zip",
        zipped({"../表.xlsx": form(1), "坏.xlsx": b"PK\3\4 torn", "好.xlsx": form(2)}),
    )
    first, second = audit(), audit()

    assert unpacked == ["材料.zip"]
    assert {name: done.code for name, done in first.items()} == {
        "材料.zip/../表.xlsx": "member-path", "材料.zip/坏.xlsx": "damaged-zip", "材料.zip/好.xlsx": None,
    }  # fmt: skip
    assert {name: (done.code, done.kept) for name, done in second.items()} == {
        name: (done.code, True) for name, done in first.items()
    }


@pytest.mark.parametrize(
    "data", [zipped({"图.png": b"\x89PNG" + bytes(9)}), zipped({"a.xlsx": form(1)})[:3000] + b"x"]
)
def test_an_archive_that_gives_nothing_is_one_line_and_kept(audit, tmp_path, unpacked, data):
    write(tmp_path / "收到" / "材料.zip", data)
    write(tmp_path / "收到" / "甲.xlsx", form(1))
    first, second = audit(), audit()

    assert first["材料.zip"].code in ("archive-empty", "archive-damaged")
    assert (second["材料.zip"].code, second["材料.zip"].kept) == (first["材料.zip"].code, True)


def test_a_run_that_was_stopped_goes_on_where_it_was(audit, tmp_path, ledger):
    path = write(tmp_path / "收到" / "材料.zip", zipped({f"{n}.xlsx": form(n) for n in range(5)}))
    sources = find.find([path]).sources
    with (
        batch.open_batch(1, Settings(), tmp_path / "结果", ledger, 1) as opened,
        closing(opened.run(sources)) as outcomes,
    ):
        next(outcomes), next(outcomes)

    kept = [done.kept for done in audit().values()]

    assert len(kept) == 5
    assert kept[:2] == [True, True]
    assert not kept[-1]


def test_the_same_form_in_an_archive_and_beside_it_is_done_once(audit, tmp_path):
    write(tmp_path / "收到" / "甲.xlsx", form(1))
    write(tmp_path / "收到" / "材料.zip", zipped({"甲.xlsx": form(1), "乙.xlsx": form(1)}))

    found = audit()

    assert {name: done.same_as for name, done in found.items()} == {
        "材料.zip/甲.xlsx": None, "材料.zip/乙.xlsx": "材料.zip/甲.xlsx", "甲.xlsx": "材料.zip/甲.xlsx",
    }  # fmt: skip
    assert len({done.copy for done in found.values()}) == 3


def test_where_results_lie_beside_the_archive_nothing_is_in_its_way(audit, tmp_path):
    path = write(tmp_path / "材料.zip", zipped(MEMBERS))

    found = audit(path, out=tmp_path)

    assert found[NAMES[0]].copy == tmp_path / "材料.zip-审核" / "甲局" / "表-审核.xlsx"
    assert path.read_bytes() == zipped(MEMBERS)
    assert all(done.kept for done in audit(path, out=tmp_path).values())


def test_one_failing_member_fails_alone(audit, tmp_path, monkeypatch):
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    real = batch.intake.digest

    def broken(data):
        if data == MEMBERS["乙局/表.xlsx"]:
            raise RuntimeError("x")
        return real(data)

    monkeypatch.setattr(batch.intake, "digest", broken)

    assert {name: done.code for name, done in audit().items()} == dict(
        zip(NAMES, (None, "internal", None), strict=True)
    )


def test_an_archive_beyond_the_size_of_a_form_is_unpacked_all_the_same(
    audit, tmp_path, monkeypatch
):
    monkeypatch.setattr("perfxl.files.intake.LARGEST", 10_000)
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))

    assert list(audit()) == NAMES


# ---------------------------------------------------------------- what the ledger tells
def test_the_summary_and_the_history_know_members_and_not_archives(audit, tmp_path, ledger):
    path = write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    audit()

    def season():
        with closing(Ledger(ledger, tmp_path / "结果")) as book:
            read = summary_data.read(book, tmp_path / "结果", "zh")
            return (
                {(one.file, one.gone) for one in read.entries},
                read.failed,
                [one.name for one in history.events(book)],
            )

    assert season() == ({(name, False) for name in NAMES}, [], NAMES)

    write(path, zipped({name: data for name, data in MEMBERS.items() if name != "甲局/表.xlsx"}))
    audit()
    assert (NAMES[0], True) in season()[0]
    assert {file for file, gone in season()[0] if not gone} == set(NAMES[1:])

    path.unlink()
    assert all(gone for _, gone in season()[0])


# ---------------------------------------------------------------- passwords
def test_a_file_that_opens_this_time_is_audited(audit, tmp_path, settled):
    write(tmp_path / "收到" / "甲.xlsx", agile(form(1), "密码甲"))
    write(tmp_path / "收到" / "乙.zip", raw_zip(aes_member(b"b.xlsx", form(2), "密码甲".encode())))

    assert [done.code for done in audit().values()] == ["member-locked", "encrypted"]
    assert [done.code for done in audit(passwords=Passwords(("错",))).values()] == [
        "member-password",
        "passwords-wrong",
    ]
    opened = audit(passwords=TOLD)
    assert [(done.code, done.kept, len(done.forms)) for done in opened.values()] == [
        (None, False, 1)
    ] * 2
    # The result stands, also where nobody tells the password again.
    assert [(done.code, done.kept, len(done.forms)) for done in audit().values()] == [
        (None, True, 1)
    ] * 2


def test_no_copy_without_a_password_unless_it_is_asked_for(audit, tmp_path, settled):
    write(tmp_path / "收到" / "甲.xlsx", agile(form(1), "密码甲"))
    write(tmp_path / "收到" / "乙.zip", raw_zip(aes_member(b"b.xlsx", form(2), "密码甲".encode())))
    write(tmp_path / "收到" / "丙.xlsx", agile(form(3), VELVET))

    found = audit(passwords=TOLD)
    assert {name: (done.copy is None, "--decrypted-copies" in (done.no_copy or "")) for name, done in found.items()} == {
        "丙.xlsx": (False, False), "乙.zip/b.xlsx": (True, True), "甲.xlsx": (True, True),
    }  # fmt: skip
    assert [path.name for path in (tmp_path / "结果").rglob("*.xlsx")] == ["丙-审核.xlsx"]

    found = audit(passwords=TOLD, decrypted_copies=True)
    assert all(done.copy is not None for done in found.values())
    assert [done.kept for done in found.values()] == [True, False, False]
    assert all(done.kept for done in audit().values())


def test_the_same_file_without_its_archives_password_has_its_copy(audit, tmp_path):
    path = write(
        tmp_path / "收到" / "甲.zip", raw_zip(aes_member(b"b.xlsx", form(2), "密码甲".encode()))
    )
    assert audit(passwords=TOLD)["甲.zip/b.xlsx"].copy is None

    write(tmp_path / "收到" / "乙.xlsx", form(2))
    assert audit(passwords=TOLD)["乙.xlsx"].copy is not None
    write(path, zipped({"b.xlsx": form(2)}))
    assert audit(passwords=TOLD)["甲.zip/b.xlsx"].copy is not None


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_password_is_found_nowhere_in_the_results(audit, tmp_path, jobs, ledger, monkeypatch):
    if ledger is not None:
        pytest.skip("the file shows it")
    monkeypatch.setattr(unlock, "_fitted", [])
    for number in range(4):
        write(tmp_path / "收到" / f"{number}.xlsx", agile(form(number), "机密口令7Q"))
    write(
        tmp_path / "收到" / "乙.zip", raw_zip(aes_member(b"b.xlsx", form(8), "机密口令7Q".encode()))
    )
    told = Passwords(("机密口令7Q",), (("0", "另一口令8Z"),))

    found = audit(passwords=told, jobs=jobs)

    assert all(done.code is None for done in found.values())
    assert not any(word in repr(found) for word in ("机密口令7Q", "另一口令8Z"))
    for path in (tmp_path / "结果").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for word in ("机密口令7Q", "另一口令8Z"):
            for encoding in ("utf-8", "utf-16-le", "gbk"):
                assert word.encode(encoding) not in data, path
    with closing(sqlite3.connect(tmp_path / "结果" / NAME)) as book:
        assert not any("口令" in line for line in book.iterdump())


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
def test_workers_get_passwords_through_the_pipe_alone(audit, tmp_path, processes, ledger):
    if ledger is not None:
        pytest.skip("once is enough")
    for number in range(3):
        write(tmp_path / "收到" / f"{number}.xlsx", agile(form(number), "机密口令7Q"))
    seen = []
    sources = find.find([tmp_path / "收到"]).sources
    settings = Settings(passwords=Passwords(("机密口令7Q",)))
    with batch.open_batch(3, settings, tmp_path / "结果", None, 2) as opened:
        for _ in opened.run(sources):
            seen += [
                Path(f"/proc/{one.process.pid}/{what}").read_bytes()
                for one in processes if one.process.poll() is None
                for what in ("environ", "cmdline")
            ]  # fmt: skip

    assert seen
    assert not any("机密口令7Q".encode() in one for one in seen)


# ---------------------------------------------------------------- without a ledger
def test_reading_auditing_and_rolling_up_take_archives_too(tmp_path):
    import perfxl

    path = write(tmp_path / "材料.zip", zipped(MEMBERS))
    (tmp_path / "密码.txt").write_text("密码甲", "utf-8")
    locked = write(tmp_path / "锁.xlsx", agile(form(7), "密码甲"))
    secret = tmp_path / "密码.txt"

    assert [one.file for one in perfxl.read(path)] == NAMES
    audited = perfxl.audit([path, locked], out=tmp_path / "结果", jobs=2, passwords=secret)
    assert [one.file for one in audited] == [*NAMES, "锁.xlsx"]
    assert [one.copy is not None for one in audited] == [True, True, True, False]
    assert audited[-1].no_copy.code == "copy-decrypted"
    assert audited[-1].audits
    again = perfxl.audit(locked, out=tmp_path / "结果", passwords=secret, decrypted_copies=True)
    assert again[0].copy.is_file()
    assert len(perfxl.rollup([path, locked], passwords=secret).forms) == 4
    filled = perfxl.fill([path, locked], out=tmp_path / "清稿", passwords=secret)
    assert [one.copy is not None for one in filled] == [True, True, True, False]
    assert (tmp_path / "清稿" / "材料.zip" / "甲局" / "表-清稿.xlsx").is_file()
    with pytest.raises(perfxl.errors.UsageError, match="archive-one-output"):
        perfxl.fill(path, out=tmp_path / "一.xlsx")


@pytest.mark.parametrize("password", [VELVET, "密码甲"])
def test_approved_targets_with_a_password_are_opened_too(tmp_path, password):
    import perfxl

    (tmp_path / "密码.txt").write_text("密码甲", "utf-8")
    form_path, approved = write(tmp_path / "表.xlsx", form(1)), tmp_path / "批复.xlsx"
    approved.write_bytes(form(1, wrong=True))
    plain = perfxl.audit(form_path, approved=approved)[0].audits[0].findings
    approved.write_bytes(agile(form(1, wrong=True), password))

    found = perfxl.audit(form_path, approved=approved, passwords=tmp_path / "密码.txt")

    assert found[0].audits[0].findings == plain
    if password != VELVET:
        with pytest.raises(perfxl.errors.UsageError, match="approved-unreadable"):
            perfxl.audit(form_path, approved=approved)


def test_a_member_that_takes_too_long_ends_its_archive_and_nothing_else(tmp_path, monkeypatch):
    path = write(tmp_path / "材料.zip", zipped(MEMBERS))
    monkeypatch.setattr("perfxl.bounds.UNPACKING", 0.2)
    real = unpack.members

    def slow(source, passwords):
        yield from list(real(source, passwords))[:1]
        while True:
            pass

    monkeypatch.setattr(unpack, "members", slow)
    sources = find.find([path]).sources

    found = [
        (one.name, getattr(content, "code", None))
        for one, content in run.unpacked(sources, Settings())
    ]

    assert found == [(NAMES[0], None), ("材料.zip", "too-slow")]


# ---------------------------------------------------------------- watching
@pytest.fixture
def watching(tmp_path):
    """A watch of 收到 in a thread; what it said."""
    started = []

    def start(**settings):
        said = []
        (tmp_path / "收到").mkdir(exist_ok=True)
        watch = Watch(
            tmp_path / "收到", tmp_path / "结果", Settings(**settings), lambda key, **values: said.append((key, values)),
            times=Times(every=0.05, quiet=0.1, pause=0.1), jobs=1,
        )  # fmt: skip
        thread = threading.Thread(target=watch.run, daemon=True)
        thread.start()
        started.append((watch, thread))
        return said

    yield start
    for watch, thread in started:
        watch.stop()
        thread.join(20)


def done(said):
    return [values["outcome"].file for key, values in said if key == "done"]


def test_an_archive_that_is_dropped_is_audited_once(watching, tmp_path):
    said = watching()
    write(tmp_path / "收到" / "材料.zip", zipped(MEMBERS))
    wait_for(lambda: len(done(said)) == 3)
    time.sleep(0.5)

    assert done(said) == NAMES
    assert (tmp_path / "结果" / "材料.zip" / "内.zip" / "丙-审核.xlsx").is_file()

    (tmp_path / "结果" / "材料.zip" / "内.zip" / "丙-审核.xlsx").unlink()
    wait_for((tmp_path / "结果" / "材料.zip" / "内.zip" / "丙-审核.xlsx").is_file)


def test_reasons_of_members_stand_beside_their_results_and_go_with_them(watching, tmp_path):
    said = watching()
    path = write(
        tmp_path / "收到" / "材料.zip", zipped({"甲/坏.xlsx": b"PK\3\4 torn", "好.xlsx": form(1)})
    )
    reason = tmp_path / "结果" / "材料.zip" / "甲" / "坏.xlsx-原因.txt"
    wait_for(reason.is_file)
    wait_for(lambda: len(done(said)) == 2)
    assert "坏.xlsx" in reason.read_text("utf-8-sig")

    write(path, zipped({"好.xlsx": form(2)}))
    wait_for(lambda: not reason.exists())

    write(path, b"PK\3\4" + bytes(26) + b"x")
    wait_for((tmp_path / "结果" / "材料.zip-原因.txt").is_file)
    path.unlink()
    wait_for(lambda: not (tmp_path / "结果" / "材料.zip-原因.txt").exists())


# ---------------------------------------------------------------- words
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_words(language):
    import ast
    import re

    from tests.conftest import ROOT

    catalogue = texts.load_texts(language)
    codes = set()
    for path in (ROOT / "perfxl" / "sealed").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(
                r"(archive|member|passwords|encrypt\w+|copy)-[a-z-]+", str(node.value)
            ):
                codes.add(node.value)

    assert len(codes) > 25
    assert [code for code in codes if not catalogue.has(f"errors/{code}")] == []
