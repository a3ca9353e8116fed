"""Passwords and archives on the command line, in both languages."""

import json
import os
import time

import pytest

from tests.face.run import MISUSED, OK, UNREAD, perfxl, records
from tests.folder.forms import form
from tests.sealed.makers import VELVET, aes_member, agile, raw_zip, zipped


@pytest.fixture
def inbox(tmp_path):
    """收到 with a locked workbook, one that Excel locks by itself, and an archive; and the list of passwords."""
    folder = tmp_path / "收到"
    folder.mkdir()
    (folder / "教育局.xlsx").write_bytes(agile(form(1), "jyj#2024"))
    (folder / "水利局.xlsx").write_bytes(agile(form(2), VELVET))
    archive = raw_zip(
        {"name": "甲县/自评表.xlsx".encode("gbk"), "data": form(3)},
        aes_member("乙县/自评表.xlsx".encode("gbk"), form(4), b"yx"),
        {"name": b"../x.xlsx", "data": form(5)},
    )
    (folder / "县区.zip").write_bytes(archive)
    (tmp_path / "密码.txt").write_bytes("教育局=>jyj#2024\r\nyx\r\n".encode("gbk"))
    return folder


NAMES = {
    "教育局.xlsx",
    "水利局.xlsx",
    "县区.zip/甲县/自评表.xlsx",
    "县区.zip/乙县/自评表.xlsx",
    "县区.zip/../x.xlsx",
}


def codes(path):
    found = records(path.read_text("utf-8"))
    return {one["file"]: (one["error"] or {}).get("code") for one in found}


def test_an_audit_with_and_without_the_passwords(inbox, tmp_path):
    code, out, _ = perfxl("audit", inbox, "-o", tmp_path / "结果", "--json", tmp_path / "1.json")
    assert code == UNREAD
    assert "密码清单" in out
    assert codes(tmp_path / "1.json") == dict.fromkeys(NAMES) | {
        "教育局.xlsx": "encrypted", "县区.zip/乙县/自评表.xlsx": "member-locked", "县区.zip/../x.xlsx": "member-path",
    }  # fmt: skip

    more = ("--passwords", tmp_path / "密码.txt")
    code, out, _ = perfxl(
        "audit", inbox, "-o", tmp_path / "结果", "--json", tmp_path / "2.json", *more
    )
    assert code == UNREAD
    assert codes(tmp_path / "2.json") == dict.fromkeys(NAMES) | {
        "县区.zip/../x.xlsx": "member-path"
    }
    assert "--decrypted-copies" in out
    copies = {
        path.relative_to(tmp_path / "结果").as_posix()
        for path in (tmp_path / "结果").rglob("*-审核.xlsx")
    }
    assert copies == {"水利局-审核.xlsx", "县区.zip/甲县/自评表-审核.xlsx"}
    assert (tmp_path / "结果" / "汇总.xlsx").is_file()

    perfxl("audit", inbox, "-o", tmp_path / "结果", *more, "--decrypted-copies", "--lang", "en")
    copies = {
        path.relative_to(tmp_path / "结果").as_posix()
        for path in (tmp_path / "结果").rglob("*-审核.xlsx")
    }
    assert copies == {
        "水利局-审核.xlsx",
        "教育局-审核.xlsx",
        "县区.zip/甲县/自评表-审核.xlsx",
        "县区.zip/乙县/自评表-审核.xlsx",
    }
    assert "jyj#2024" not in "".join(
        json.dumps(one) for one in records((tmp_path / "2.json").read_text("utf-8"))
    )


def test_one_archive_alone_has_a_summary_of_its_forms(tmp_path):
    (tmp_path / "材料.zip").write_bytes(zipped({"甲.xlsx": form(1), "乙.xlsx": form(2)}))

    code, out, _ = perfxl("audit", tmp_path / "材料.zip")

    assert code == OK
    assert (tmp_path / "审核结果" / "材料.zip" / "甲-审核.xlsx").is_file()
    assert (tmp_path / "审核结果" / "汇总.xlsx").is_file()
    assert "共 2 个文件" in out


def test_other_commands_open_them_too(inbox, tmp_path):
    more = ("--passwords", tmp_path / "密码.txt")

    _, out, _ = perfxl("read", inbox, "--json", *more)
    assert {one["file"] for one in records(out) if one["error"] is None} == NAMES - {
        "县区.zip/../x.xlsx"
    }
    code, out, _ = perfxl("inspect", inbox / "县区.zip", "--html", tmp_path / "x.html", *more)
    assert code == UNREAD
    assert {path.name for path in tmp_path.glob("x*.html")} == {"x-县区.zip-甲县-自评表.xlsx.html"}
    perfxl(
        "inspect", inbox / "县区.zip", "--html", tmp_path / "x.html", *more, "--decrypted-copies"
    )
    assert len({*tmp_path.glob("x*.html")}) == 2
    perfxl("fill", inbox, "-o", tmp_path / "清稿", *more)
    assert {path.name for path in (tmp_path / "清稿").rglob("*.xlsx")} == {
        "水利局-清稿.xlsx",
        "自评表-清稿.xlsx",
    }
    _, out, _ = perfxl("rollup", inbox, "--all", "-o", tmp_path / "汇总表.xlsx", *more)
    assert "教育局" not in out.partition("未能读取的文件")[2]
    code, _, _ = perfxl("anonymise", inbox / "教育局.xlsx", "-o", tmp_path / "匿名.xlsx", *more)
    assert code == OK


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, ("打不开", "cannot be opened")),
        (b"", ("没有密码", "no password")),
        (b"PK\3\4\0", ("不是文本", "no text file")),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_in_a_sentence(
    inbox, tmp_path, language, content, word
):
    path = tmp_path / "清单.txt"
    if content is not None:
        path.write_bytes(content)

    for command in ("audit", "read", "inspect", "fill", "rollup"):
        code, _, errors = perfxl(command, inbox, "--passwords", path, "--lang", language)
        assert code == MISUSED
        assert word[language == "en"] in errors
        assert str(path) in errors


def test_the_list_itself_is_no_submission_wherever_it_lies(inbox, tmp_path):
    path = inbox / "密码清单"
    path.write_text("yx", "utf-8")

    _, out, _ = perfxl("read", inbox, "--json", "--passwords", path)

    assert "密码清单" not in {one["file"] for one in records(out)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_security_program_wrapped_is_named_with_what_to_ask_for(tmp_path, language):
    (tmp_path / "表.xlsx").write_bytes(
        b"b\x14#e\0\0\0\0E-SafeNet\0\0\0LOCK\0\0" + bytes(range(256)) * 20
    )

    _, out, _ = perfxl("read", tmp_path / "表.xlsx", "--json", "--lang", language)

    [record] = records(out)
    assert record["error"]["code"] == "wrapped"
    assert "亿赛通" in record["error"]["message"]
    assert ("申请解密" if language == "zh" else "decrypted") in record["error"]["message"]


def test_a_watch_opens_them_too(inbox, tmp_path):
    from tests.folder.system import Started, wait_for

    old = time.time() - 100
    for path in inbox.iterdir():
        os.utime(path, (old, old))
    watch = Started(
        "watch",
        inbox,
        "-o",
        tmp_path / "结果",
        "--every",
        "0.2",
        "--quiet",
        "0.1",
        "--passwords",
        tmp_path / "密码.txt",
    )
    try:
        wait_for(lambda: len([*(tmp_path / "结果").rglob("*-审核.xlsx")]) == 2, 60)
        wait_for(lambda: [*(tmp_path / "结果" / "县区.zip").glob("*-原因.txt")], 60)
    finally:
        watch.process.terminate()
        watch.end()
    log = (tmp_path / "结果" / "监看日志.log").read_text("utf-8")
    assert "县区.zip/乙县/自评表.xlsx" in log
    assert "jyj#2024" not in log
