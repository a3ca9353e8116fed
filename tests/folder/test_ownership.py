"""Whose a workbook is: what perfxl wrote is no submission, wherever it lies and whatever it is called by now."""

import shutil
import warnings
import zipfile

import openpyxl
import pytest

import perfxl as package
from perfxl.errors import TooLarge, UsageError
from perfxl.files import find, ownership
from perfxl.files.inbox import Inbox
from perfxl.files.ownership import Kind, Own, State
from tests.conftest import ROOT
from tests.face.run import MISUSED, perfxl
from tests.folder.forms import form
from tests.programs import libreoffice

pytestmark = pytest.mark.long

SUBMITTED = ("01-参考表.xlsx", "project-ministry-1.xlsx", "format-docx.docx", "format-ods.ods")
MADE = {
    "参考-审核.xlsx": Kind.MARKED, "文档-审核.xlsx": Kind.MARKED, "涂色.xlsx": Kind.PAINTED, "清稿.xlsx": Kind.CLEAN,
    "汇总表.xlsx": Kind.ROLLUP, "汇总.xlsx": Kind.SUMMARY, "办法.xlsx": Kind.POLICY,
}  # fmt: skip
FORMS = [name for name, kind in MADE.items() if kind not in (Kind.SUMMARY, Kind.POLICY)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One of each kind of workbook that perfxl writes, under names of a person's."""
    folder = tmp_path_factory.mktemp("ours")
    inbox, work = folder / "收", folder / "出"
    inbox.mkdir()
    for name in SUBMITTED:
        shutil.copy(ROOT / "samples" / name, inbox)
    perfxl("audit", inbox, "-o", work)
    perfxl("fill", inbox / "project-ministry-1.xlsx", "-o", work / "清稿.xlsx")
    perfxl("inspect", inbox / "01-参考表.xlsx", "--xlsx", work / "涂色.xlsx")
    perfxl("rollup", inbox / "project-ministry-1.xlsx", "--all", "-o", work / "汇总表.xlsx")
    perfxl("policy", "new", "-o", work / "办法.xlsx")
    names = {
        "01-参考表-审核.xlsx": "参考-审核.xlsx",
        "format-docx.docx-审核.xlsx": "文档-审核.xlsx",
        "汇总.xlsx": "汇总.xlsx",
    }
    kept = folder / "都是"
    kept.mkdir()
    for path in work.glob("*.xlsx"):
        name = names.get(path.name, path.name)
        if name in MADE:
            shutil.copy(path, kept / name)
    assert {path.name for path in kept.iterdir()} == set(MADE)
    return kept


@pytest.fixture(scope="module")
def saved(made, tmp_path_factory):
    """The same, opened and saved in LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    for path in made.iterdir():
        libreoffice(path, "xlsx", folder)
    return folder


def is_number(value):
    return str(value or "").replace(".", "", 1).isdigit()


def corrected(path, target):
    """A copy of ours in which somebody typed another number into the form."""
    with warnings.catch_warnings(action="ignore"):  # a redrawn copy has no default style
        book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    numbers = (cell for row in sheet.iter_rows(max_col=9) for cell in row if is_number(cell.value))
    cell = next(numbers)
    cell.value = float(cell.value) + 1
    book.save(target)
    return target


@pytest.mark.parametrize("name", MADE)
def test_what_perfxl_wrote_is_known_and_is_no_submission(made, name):
    own = ownership.recognise(made / name)

    # A policy workbook is there to be edited: none is ever written over.
    expected = State.SAVED if MADE[name] is Kind.POLICY else State.WHOLE
    assert own == Own(MADE[name], expected)
    assert not own.is_submission


@pytest.mark.parametrize("name", MADE)
def test_so_is_what_a_person_saved_in_libreoffice(saved, name):
    own = ownership.recognise(saved / name)

    assert own is not None
    assert own.kind is MADE[name]
    assert not own.is_submission


@pytest.mark.parametrize("name", FORMS)
def test_a_copy_in_which_the_form_was_corrected_is_a_submission(made, saved, name, tmp_path):
    for folder in (made, saved):
        own = ownership.recognise(corrected(folder / name, tmp_path / name))

        assert own == Own(MADE[name], State.CHANGED)
        assert own.is_submission


def test_a_number_that_became_a_percentage_is_a_correction(made, tmp_path):
    book = openpyxl.load_workbook(made / "参考-审核.xlsx")
    sheet = book.worksheets[0]
    cell = next(one for row in sheet.iter_rows(max_col=9) for one in row if is_number(one.value))
    cell.number_format = "0%"
    book.save(tmp_path / "改.xlsx")

    assert ownership.recognise(tmp_path / "改.xlsx") == Own(Kind.MARKED, State.CHANGED)


def test_a_correction_in_a_marked_copy_is_read_and_the_marks_are_not(made, tmp_path):
    before = package.read(made / "参考-审核.xlsx")[0].forms[0]
    path = corrected(made / "参考-审核.xlsx", tmp_path / "改.xlsx")

    [result] = package.audit(tmp_path)

    assert result.forms[0].basic_expenditure.value == before.basic_expenditure.value + 1
    assert [row.score.text for row in result.forms[0].indicators] == [
        row.score.text for row in before.indicators
    ]
    assert result.file == path.name


@pytest.mark.parametrize("name", ["汇总.xlsx", "甲-审核.xlsx", "各单位汇总.xlsx", "甲-清稿.xlsx"])
def test_a_submission_is_one_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_bytes(form(1))
    (tmp_path / "甲.xlsx").write_bytes(form(2))

    assert ownership.recognise(tmp_path / name) is None
    assert {source.name for source in find.find([tmp_path]).sources} == {name, "甲.xlsx"}


@pytest.mark.parametrize("kind", ["department", "project", "project-hubei", "transfer"])
def test_a_blank_form_and_an_anonymous_copy_are_nobody_s_copies(tmp_path, kind):
    perfxl("template", "new", kind, "-o", tmp_path / "空.xlsx")
    perfxl("anonymise", ROOT / "samples" / "project-ministry-1.xlsx", "-o", tmp_path / "匿.xlsx")

    assert len(find.find([tmp_path]).sources) == 2
    assert not ownership.is_untouched(tmp_path / "空.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04torn", b"\xd0\xcf\x11\xe0"])
def test_what_cannot_be_read_is_left_to_the_reader(tmp_path, content):
    (tmp_path / "坏.xlsx").write_bytes(content)

    assert ownership.recognise(tmp_path / "坏.xlsx") is None


def test_a_sign_in_a_file_that_is_none_of_ours_hides_nothing(tmp_path):
    path = tmp_path / "冒名.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("perfxl/original/manifest.part", "{}")
        book.writestr("docProps/custom.xml", 'name="perfxl-digest"')

    assert ownership.recognise(path) is None
    assert len(find.find([tmp_path]).sources) == 1


# ---------------------------------------------------------------- folders
def test_results_may_go_into_the_inbox_itself(made, tmp_path):
    inbox = tmp_path / "收"
    inbox.mkdir()
    for name in SUBMITTED:
        shutil.copy(ROOT / "samples" / name, inbox)
    for name in [*FORMS, "汇总.xlsx"]:
        shutil.copy(made / name, inbox)

    seen = []
    for _ in range(3):
        _, out, _ = perfxl("audit", inbox, "-o", inbox)
        assert f"共 {len(SUBMITTED)} 个文件" in out
        assert "跳过 perfxl 写出的" in out
        seen.append({path.name for path in inbox.iterdir()})

    assert seen[0] == seen[1] == seen[2]


def test_a_correction_sent_back_in_the_marked_copy_of_the_inbox_is_audited_and_kept(tmp_path):
    inbox = tmp_path / "收"
    inbox.mkdir()
    (inbox / "甲.xlsx").write_bytes(form(1, wrong=True))
    perfxl("audit", inbox, "-o", inbox)
    sent = corrected(inbox / "甲-审核.xlsx", inbox / "甲-审核.xlsx")
    content = sent.read_bytes()

    _, out, _ = perfxl("audit", inbox, "-o", inbox)

    assert "共 2 个文件" in out
    assert "按重新报送处理：甲-审核.xlsx" in out.replace("\n", "")
    assert sent.read_bytes() == content
    assert (inbox / "甲-审核-2.xlsx").is_file()


def test_what_somebody_put_into_the_results_is_not_audited_and_is_named(tmp_path):
    inbox, results = tmp_path / "收", tmp_path / "收" / "出"
    inbox.mkdir()
    (inbox / "甲.xlsx").write_bytes(form(1))
    perfxl("audit", inbox, "-o", results)
    _, out, _ = perfxl("audit", inbox, "-o", results)
    assert "不是 perfxl 写出的" not in out

    (results / "放错了.xlsx").write_bytes(form(2))
    corrected(results / "甲-审核.xlsx", results / "甲改.xlsx")
    (results / "笔记.txt").write_text("记")
    for more in (results, tmp_path / "另"):
        _, out, _ = perfxl("audit", inbox, "-o", more)
        said = out.replace("\n", "")
        assert "共 1 个文件" in said
        assert "有 2 个文件不是 perfxl 写出的" in said
        assert "放错了.xlsx" in said
        assert "甲改.xlsx" in said
        assert "笔记" not in said


def test_a_folder_of_nothing_but_our_copies_says_so_and_one_that_is_named_is_read(made, tmp_path):
    for name in [*FORMS, "汇总.xlsx"]:
        shutil.copy(made / name, tmp_path)
    code, out, _ = perfxl("audit", tmp_path, "-o", tmp_path / "无")

    assert code == MISUSED
    assert f"{len(FORMS) + 1} 个文件" in out
    [result] = package.audit(made / "参考-审核.xlsx")
    assert result.error is None
    assert (
        result.forms[0].name == package.read(ROOT / "samples" / "01-参考表.xlsx")[0].forms[0].name
    )


def test_a_rolled_up_form_is_never_added_to_others_even_when_it_was_changed(made, tmp_path):
    (tmp_path / "甲.xlsx").write_bytes(form(1))
    shutil.copy(made / "汇总表.xlsx", tmp_path / "原样.xlsx")
    corrected(made / "汇总表.xlsx", tmp_path / "改过.xlsx")

    rolled = package.rollup(tmp_path)

    assert {source.name for source in rolled.own} == {"原样.xlsx", "改过.xlsx"}
    assert [result.file for result in rolled.results] == ["甲.xlsx"]


def test_an_inbox_leaves_ours_alone_and_names_strays_once(made, tmp_path):
    inbox = tmp_path / "收"
    results = inbox / "出"
    results.mkdir(parents=True)
    shutil.copy(made / "参考-审核.xlsx", inbox)
    (inbox / "甲.xlsx").write_bytes(form(1))
    (results / "放错了.xlsx").write_bytes(form(2))
    watched = Inbox(inbox, results, 0.0)

    first, second = watched.look(), watched.look()

    assert [source.name for source in first.ready] == ["甲.xlsx"]
    assert first.own == 1
    assert [path.name for path in first.strays] == ["放错了.xlsx"]
    assert second.strays == ()


def test_a_summary_or_a_policy_under_a_person_s_name_is_refused_with_the_reason(made, tmp_path):
    shutil.copy(made / "汇总.xlsx", tmp_path / "总表.xlsx")
    shutil.copy(made / "办法.xlsx", tmp_path)

    results = {result.file: result.error.code for result in package.read(tmp_path)}

    assert results == {"总表.xlsx": "own-summary", "办法.xlsx": "own-policy"}


# ---------------------------------------------------------------- writing over
def test_only_what_nobody_saved_is_written_over(made, saved, tmp_path):
    untouched = {name for name in MADE if ownership.is_untouched(made / name)}
    assert untouched == MADE.keys() - {"办法.xlsx"}
    changed = corrected(made / "清稿.xlsx", tmp_path / "清稿.xlsx")
    assert not ownership.is_untouched(changed)
    assert not ownership.is_untouched(saved / "参考-审核.xlsx")
    with pytest.raises(UsageError, match="file-exists"):
        ownership.refuse_overwrite_foreign(changed)


def test_a_painted_copy_is_not_put_over_a_submission(tmp_path):
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.xlsx").write_bytes(form(1))
    before = (tmp_path / "乙.xlsx").read_bytes()

    code, out, err = perfxl("inspect", tmp_path / "甲.xlsx", "--xlsx", tmp_path / "乙.xlsx")

    assert code == MISUSED
    assert (tmp_path / "乙.xlsx").read_bytes() == before
    assert "乙.xlsx" in out + err


def test_a_summary_larger_than_any_form_is_ours_all_the_same(made, tmp_path, monkeypatch):
    path = tmp_path / "总表.xlsx"
    shutil.copy(made / "汇总.xlsx", path)

    def refuse(_):
        raise TooLarge("unpacks-too-large")

    monkeypatch.setattr(ownership.Package, "open", refuse)
    assert ownership.is_untouched(path)
    assert not ownership.recognise(path).is_submission
