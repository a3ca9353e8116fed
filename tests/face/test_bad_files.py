"""Bad files and hostile texts: a reason for each, and the others are done."""

import io
import zipfile

import pytest

from tests.face.run import GOOD, UNREAD, perfxl, records
from tests.forms.builder import workbook
from tests.grid.compound import compound
from tests.ooxml.builders import parts, patched


def bad_files(folder):
    """Everything that a department sends instead of its form: name → content."""
    good = workbook(GOOD)
    words = [
        tuple("很多" if isinstance(v, int) and n in (4, 9) else v for v in line)
        for n, line in enumerate(GOOD)
    ]
    bomb = folder / "炸弹.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(good).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/big.bin", bytes(20_000_000))
        archive.writestr("xl/worksheets/sheet9.xml", bytes(20_000_000))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    files = {
        "空.xlsx": b"",
        "文字.xlsx": "这不是表格".encode(),
        "网页.xlsx": "<html><body>登录超时</body></html>".encode(),
        "半截.xlsx": good[: len(good) // 2],
        "图片.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "文档.xlsx": b"%PDF-1.7\n" + bytes(100),
        "压缩.xlsx": zipped({"a.txt": b"a"}),
        "旧格式.xlsx": ole + bytes(2000),
        "损坏.xlsx": patched(good, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}),
        "实体.xlsx": patched(
            good, {"xl/sharedStrings.xml": lambda old: b'<!DOCTYPE x [<!ENTITY a "b">]>' + old}
        ),
        "无表.xlsx": workbook([("采购清单", "数量"), ("纸", 5)]),
        "缺表.xlsx": patched(good, {"xl/worksheets/sheet1.xml": None}),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "好.xlsx").write_bytes(good)
    (folder / "文字得分.xlsx").write_bytes(workbook(words))
    return [*files, "炸弹.xlsx"]


def zipped(members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def run_on_bad_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("坏") / "收到"
    folder.mkdir()
    bad = bad_files(folder)
    code, out, errors = perfxl(
        "audit", folder, "-o", folder.with_name("结果"), "--json", folder.with_name("r.jsonl")
    )
    found = {r["file"]: r for r in records(folder.with_name("r.jsonl").read_text("utf-8"))}
    return code, out + errors, found, bad, folder.with_name("结果")


def test_bad_files_end_in_3_and_the_others_are_done(run_on_bad_files):
    code, screen, found, bad, results = run_on_bad_files

    assert code == UNREAD
    assert {name for name, record in found.items() if record["error"]} == set(bad)
    assert sorted(p.name for p in results.glob("*-审核*.xlsx")) == sorted(
        ["好-审核.xlsx", "文字得分-审核.xlsx"]
    )
    assert found["好.xlsx"]["forms"][0]["copy"]
    for name in bad:
        assert name in screen


def test_each_bad_file_has_a_code_and_a_chinese_reason(run_on_bad_files):
    _, _, found, bad, _ = run_on_bad_files

    for name in bad:
        error = found[name]["error"]
        assert list(error) == ["code", "message"]
        assert error["code"] not in ("", "internal"), name
        assert sum("\u4e00" <= c <= "\u9fff" for c in error["message"]) > 8, name
        assert "{" not in error["message"]
        assert found[name]["forms"] == []
    assert len({found[name]["error"]["message"] for name in bad}) >= 7


def test_a_form_whose_scores_are_words_is_read_and_says_so(run_on_bad_files):
    _, _, found, _, _ = run_on_bad_files

    record = found["文字得分.xlsx"]
    assert record["error"] is None
    told = {(f["rule"], f["cell"]) for f in record["forms"][0]["findings"]}
    assert ("unreadable-number", "E5") in told
    assert ("unreadable-number", "H10") in told


def test_an_encrypted_workbook_says_so(tmp_path):
    locked = compound({"EncryptionInfo": bytes(64), "EncryptedPackage": bytes(4096)})
    (tmp_path / "密.xlsx").write_bytes(locked)

    code, out, _ = perfxl("read", tmp_path / "密.xlsx", "--json")

    assert code == UNREAD
    assert records(out)[0]["error"]["code"] == "encrypted"
    assert "密码" in records(out)[0]["error"]["message"]


# ---------------------------------------------------------------- user text on the screen
NASTY = ["[bold red]甲[/]", "=1+1", "{{ 7*7 }}", "<b>乙</b>", "\u202e丙"]


def test_what_a_form_says_reaches_screen_and_json_as_it_is(tmp_path):
    for number, text in enumerate(NASTY):
        lines = list(GOOD)
        lines[2] = ("主管部门", None, "清河县交通局", lines[2][3], "实施单位", text, *lines[2][6:])
        (tmp_path / f"{number}.xlsx").write_bytes(workbook(lines))

    _, screen, _ = perfxl("read", tmp_path)
    _, out, _ = perfxl("read", tmp_path, "--json")

    for record, text in zip(records(out), NASTY, strict=True):
        assert record["forms"][0]["unit"] == text
        assert text.replace("\u202e", " ").strip() in screen
    assert not {"\x1b", "\u202e"} & set(screen)
