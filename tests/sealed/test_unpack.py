"""Archives: what is in them is read as files, and whatever is wrong with one member is that one's reason."""

import io
import os
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from perfxl import bounds
from perfxl.errors import PerfxlError
from perfxl.files.find import Source
from perfxl.sealed import tools, unpack
from perfxl.sealed.kinds import archive_kind
from perfxl.sealed.member_names import split_name
from perfxl.sealed.passwords import NONE, Passwords
from tests.folder.forms import form
from tests.grid import builders
from tests.sealed import makers
from tests.sealed.makers import aes_member, old_cipher, raw_zip, tar, unicode_path, zipped

FORM = form(1)
TOLD = Passwords(("不对", "密码甲"))


def taken(source, passwords=NONE):
    """What an archive gives, without the steps in which a member is held back."""
    return (given for given in unpack.members(source, passwords) if given is not None)


@pytest.fixture
def held(tmp_path):
    """What an archive holds: name → bytes, or the code of the reason why not."""

    def unpacked(data, name="材料.zip", passwords=NONE):
        path = tmp_path / "收到" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        given = taken(Source(path, name), passwords)
        return {
            source.name.removeprefix(f"{name}/"): getattr(content, "code", content)
            for source, content in given
        }

    return unpacked


# ---------------------------------------------------------------- what is one
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"a.xlsx": FORM}), "zip"),
        (zipped({"单位/[Content_Types].xml": b"x"}), "zip"),
        (
            zipped({"表.xlsx": FORM}, zipfile.ZIP_STORED),
            "zip",
        ),  # with the directory of the form inside
        (zipped({}), "zip"),
        (tar({"a.xlsx": FORM}), "tar.gz"),
        (tar({"a.xlsx": FORM}, packed=False), "tar"),
        (makers.rar({"a.xlsx": FORM}), "rar"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "7z"),
        (FORM, None),
        (FORM[: len(FORM) // 2], None),
        (b"PK\3\4 torn", None),
        (builders.docx("<w:p/>"), None),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), None),
        (zipped({"OFD.xml": b"x"}), None),
        (b"\xd0\xcf\x11\xe0" + bytes(600), None),
        (bytes(600), None),
        (b"", None),
    ],
)
def test_an_archive_is_known_by_its_content(data, kind):
    assert archive_kind(io.BytesIO(data)) == kind


def test_the_forms_of_an_archive_are_files_below_it(tmp_path):
    path = tmp_path / "材料.zip"
    path.write_bytes(zipped({"甲局/表.xlsx": FORM, "乙局/项目/表.xlsx": form(2)}))

    given = list(taken(Source(path, "县区/材料.zip", Path("县区"))))

    assert [one.name for one, _ in given] == [
        "县区/材料.zip/甲局/表.xlsx",
        "县区/材料.zip/乙局/项目/表.xlsx",
    ]
    assert [one.path for one, _ in given] == [
        path / "甲局" / "表.xlsx",
        path / "乙局" / "项目" / "表.xlsx",
    ]
    assert [one.below for one, _ in given] == [
        Path("县区/材料.zip/甲局"),
        Path("县区/材料.zip/乙局/项目"),
    ]
    assert [content for _, content in given] == [FORM, form(2)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_tar_file(held, packed):
    long = "很长的文件夹名" * 20 + "/表.xlsx"
    found = held(
        tar(
            {"./甲局/表.xlsx": FORM, long: form(2)},
            packed=packed,
            links={"乙局.xlsx": "甲局/表.xlsx"},
        ),
        "a.tgz",
    )

    assert found == {"甲局/表.xlsx": FORM, "乙局.xlsx": "member-link"} | {long: "member-path"}


def test_one_file_packed_by_gzip(held):
    import gzip

    assert held(gzip.compress(FORM), "自评表.xlsx.gz") == {"自评表.xlsx": FORM}


def test_an_archive_in_an_archive(held):
    inner = zipped({"丙局/表.xlsx": FORM})
    found = held(zipped({"甲/内.zip": inner, "乙/内.tgz": tar({"表.xlsx": form(2)})}))

    assert found == {"甲/内.zip/丙局/表.xlsx": FORM, "乙/内.tgz/表.xlsx": form(2)}


def test_archives_are_opened_three_deep(held):
    data = FORM
    for name in ("四.zip", "三.zip", "二.zip"):
        data = zipped({name: data, "旁.xlsx": FORM})

    assert held(data, "一.zip") == {
        "旁.xlsx": FORM, "二.zip/旁.xlsx": FORM, "二.zip/三.zip/旁.xlsx": FORM, "二.zip/三.zip/四.zip": FORM,
    }  # fmt: skip
    assert (
        held(zipped({"零.zip": data, "旁.xlsx": FORM}), "一.zip")["零.zip/二.zip/三.zip"]
        == "archive-deep"
    )


def test_what_a_folder_passes_over_is_passed_over_here_too(held):
    found = held(zipped({
        "表.xlsx": FORM, "~$表.xlsx": b"x", ".hidden.xlsx": FORM, "__MACOSX/._表.xlsx": b"x", "说明.txt": b"x",
        "Thumbs.db": b"x", "空/": b"",
    }))  # fmt: skip

    assert found == {"表.xlsx": FORM}


def test_what_perfxl_wrote_itself_is_no_submission(held, tmp_path):
    import perfxl

    (tmp_path / "表.xlsx").write_bytes(FORM)
    [result] = perfxl.audit(tmp_path / "表.xlsx", out=tmp_path / "结果")
    found = held(
        zipped(
            {"表.xlsx": FORM, "改名.xlsx": result.copy.read_bytes(), "结果/别人的.xlsx": form(2)}
        )
    )

    assert found == {"表.xlsx": FORM, "结果/别人的.xlsx": form(2)}


@pytest.mark.parametrize(
    "members", [{}, {"图.png": b"\x89PNG" + bytes(9), "说明.pdf": b"%PDF-1.7"}, {"夹/": b""}]
)
def test_an_archive_without_anything_that_could_be_a_form_is_one_line(held, members):
    assert held(zipped(members)) == {"材料.zip": "archive-empty"}


def test_what_is_no_form_beside_one_has_its_own_reason(held):
    found = held(zipped({"图.png": b"\x89PNG" + bytes(9), "表.xlsx": FORM, "b.pdf": b"%PDF-1.7"}))

    assert found == {"图.png": "not-a-workbook", "表.xlsx": FORM, "b.pdf": b"%PDF-1.7"}


# ---------------------------------------------------------------- names
GBK = "县水利局/自评表（２）.xlsx"


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ({"name": GBK.encode("gbk")}, GBK),
        ({"name": GBK.encode()}, GBK),
        ({"name": GBK.encode(), "flags": 0x800}, GBK),
        ({"name": "联通.xlsx".encode("gbk")}, "联通.xlsx"),  # is UTF-8, too, and says nothing in it
        ({"name": b"plain.xlsx"}, "plain.xlsx"),
        ({"name": "甲\\乙.xlsx".encode("gbk")}, "甲/乙.xlsx"),
        ({"name": b"a?.xlsx", "extra": unicode_path(b"a?.xlsx", "甲𠮷.xlsx")}, "甲𠮷.xlsx"),
        ({"name": b"a_.xlsx", "extra": unicode_path(b"other", "甲.xlsx")}, "a_.xlsx"),
        ({"name": GBK.encode("gbk"), "flags": 0x800}, GBK),  # says UTF-8, and is not
    ],
)
def test_names_are_decoded_as_they_were_written(held, member, name):
    assert held(raw_zip({"data": FORM} | member)) == {name: FORM}


def test_one_file_of_many_tells_the_encoding_of_all(held):
    names = ["联通.xlsx", "移动.xlsx"]

    assert (
        list(held(raw_zip(*({"name": one.encode("gbk"), "data": FORM} for one in names)))) == names
    )


@pytest.mark.parametrize(
    "name",
    [
        "../表.xlsx", "甲/../../表.xlsx", "甲\\..\\表.xlsx", "/etc/表.xlsx", "\\\\server\\表.xlsx", "C:\\表.xlsx", "c:表.xlsx",
        "甲\0.xlsx", "CON.xlsx", "甲/nul", "com1.xlsx", "LPT9", "..", ". ", "长" * 100 + ".xlsx", "深/" * 30 + "表.xlsx",
        " .. /表.xlsx",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_and_the_others_are_done(held, name):
    found = held(
        raw_zip(
            {"name": name.encode(), "data": FORM}, {"name": "表2.xlsx".encode(), "data": form(2)}
        )
    )

    assert [*found.values()] == ["member-path", form(2)]


def test_signs_that_windows_takes_for_something_else_are_replaced():
    assert split_name('甲:乙/a"b|c?.xlsx') == ("甲_乙", "a_b_c_.xlsx")


@pytest.mark.parametrize(
    ("one", "two"), [("表.xlsx", "表.xlsx"), ("A.xlsx", "a.XLSX"), ("é.xlsx", "e\u0301.xlsx")]
)
def test_of_two_of_one_name_the_first_counts(held, tmp_path, one, two):
    path = tmp_path / "a.zip"
    path.write_bytes(
        raw_zip(
            {"name": one.encode(), "data": FORM, "flags": 0x800},
            {"name": two.encode(), "data": form(2), "flags": 0x800},
        )
    )

    given = list(taken(Source(path, "a.zip")))

    assert [getattr(content, "code", content) for _, content in given] == [FORM, "member-twice"]
    assert len({source.path for source, _ in given}) == 2


def test_a_link_is_no_file(held):
    found = held(
        raw_zip(
            {"name": b"a.xlsx", "data": b"/etc/passwd", "made_by": 3 << 8, "mode": 0o120777},
            {"name": b"b.xlsx", "data": FORM},
        )
    )

    assert found == {"a.xlsx": "member-link", "b.xlsx": FORM}


# ---------------------------------------------------------------- damage
def test_a_damaged_member_costs_only_itself(held):
    whole = bytearray(zipped({"a.xlsx": FORM, "b.xlsx": form(2)}, zipfile.ZIP_STORED))
    whole[200] ^= 0xFF

    assert held(bytes(whole)) == {"a.xlsx": "member-damaged", "b.xlsx": form(2)}


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ({"crc": 1}, "member-damaged"),
        ({"size": 10}, "member-damaged"),
        ({"size": 10**6}, "member-damaged"),
        ({"size": 100 << 20}, "member-large"),
        ({"packed": b"\xff" * 30}, "member-damaged"),
        ({"method": 9}, "member-packing"),
        ({"method": 14, "packed": b"\x09\x14\x05\0\x5d\xff\xff\xff\xff"}, "member-packing"),
        ({"flags": 0x41}, "member-cipher"),
        ({"at": 10**6}, "member-damaged"),
        ({"at": 3}, "member-bomb"),
    ],
)
def test_an_odd_member_costs_only_itself(held, odd, code):
    passwords = TOLD if odd.get("flags") else NONE
    found = held(
        raw_zip({"name": b"b.xlsx", "data": form(2)}, {"name": b"a.xlsx", "data": FORM} | odd),
        passwords=passwords,
    )

    assert found == {"b.xlsx": form(2), "a.xlsx": code}


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_an_archive_that_is_cut_off_is_damaged(held, cut):
    data = zipped({"a.xlsx": FORM, "b.xlsx": form(2)}, zipfile.ZIP_STORED)

    assert archive_kind(io.BytesIO(data[: int(len(data) * cut)])) == "zip"
    assert held(data[: int(len(data) * cut)]) == {"材料.zip": "archive-damaged"}


def test_of_a_tar_file_that_is_cut_off_the_first_files_are_there(held):
    data = tar({"a.xlsx": FORM, "b.xlsx": form(2)}, packed=False)

    assert held(data[: len(FORM) + 3000], "a.tar") == {
        "a.xlsx": FORM,
        "b.xlsx": "member-damaged",
        "a.tar": "archive-cut",
    }
    assert held(data[: -(-len(FORM) // 512) * 512 + 512], "a.tar") == {
        "a.xlsx": FORM,
        "a.tar": "archive-cut",
    }


def test_one_part_of_a_split_archive_says_so(held):
    data = bytearray(zipped({"a.xlsx": FORM}))
    data[-18] = 1  # the number of this disk

    assert held(bytes(data)) == {"材料.zip": "archive-split"}


def test_every_cut_and_every_changed_byte_ends_with_a_reason(held):
    data = raw_zip(
        {"name": b"a.xlsx", "data": FORM[:300], "method": 0}, {"name": b"b.xlsx", "data": b"%PDF"}
    )
    codes = set()
    for place in range(0, len(data), 3):
        for changed in (
            data[:place],
            data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :],
        ):
            found = held(changed) if archive_kind(io.BytesIO(changed)) else {}
            codes |= {code for code in found.values() if isinstance(code, str)}

    assert "internal" not in codes
    assert "archive-damaged" in codes


# ---------------------------------------------------------------- bombs
def test_a_bomb_is_not_unpacked(held):
    found = held(
        raw_zip({"name": b"a.xlsx", "data": bytes(32 << 20)}, {"name": b"b.xlsx", "data": FORM})
    )

    assert found == {"a.xlsx": "member-bomb", "b.xlsx": FORM}


def test_members_that_share_their_bytes_are_a_bomb(held):
    found = held(
        raw_zip(
            {"name": b"a.xlsx", "data": FORM},
            {"name": b"b.xlsx", "data": FORM, "packed": b"", "at": 0},
        )
    )

    assert found["a.xlsx"] == FORM
    assert found["b.xlsx"] == "member-bomb"


def test_more_members_than_anybody_submits(held, monkeypatch):
    data = raw_zip(*({"name": b"%d" % number} for number in range(10_001)))

    assert held(data) == {"材料.zip": "archive-many"}


def test_members_are_counted_over_all_archives_inside(held, monkeypatch):
    monkeypatch.setattr(bounds, "ARCHIVE_MEMBERS", 20)
    inner = zipped({f"{number}.xlsx": FORM for number in range(8)})
    found = held(zipped({"一.zip": inner, "二.zip": inner, "三.zip": inner}))

    assert found["材料.zip"] == "archive-many"
    assert len(found) == 17  # what came before stands


def test_so_much_is_unpacked_and_no_more(held, monkeypatch):
    monkeypatch.setattr(bounds, "ARCHIVE_BYTES", 3 * len(FORM))
    found = held(zipped({f"{number}.xlsx": FORM for number in range(8)}))

    assert [*found.values()] == [FORM, FORM, FORM, "archive-large"]


def test_a_long_name_in_a_tar_file_is_not_taken_into_memory(held):
    head = bytearray(tar({"x": b""}, packed=False)[:512])
    head[156:157] = b"L"
    head[124:136] = b"%011o\0" % (1 << 30)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = (
        packer.compress(bytes(head))
        + b"".join(packer.compress(bytes(1 << 20)) for _ in range(80))
        + packer.flush()
    )

    tracemalloc.start()
    try:
        found = held(data, "a.tgz")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert found == {"a.tgz": "archive-damaged"}
    assert peak < 80 << 20


def test_one_member_at_a_time_is_in_memory(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2 << 20))

    tracemalloc.start()
    try:
        sizes = [len(content) for _, content in taken(Source(path, "a.zip"))]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert sizes == [8 + (2 << 20)] * 20
    assert peak < 14 << 20  # its packed bytes, what it holds, and the one before it


def test_the_reasons_of_members_do_not_hold_their_bytes(tmp_path):
    path = tmp_path / "a.zip"
    data = os.urandom(1 << 20)
    pictures = [
        {"name": b"%d.png" % one, "data": b"\x89PNG" + data, "method": 0} for one in range(20)
    ]
    damaged = [{"name": b"%d.xlsx" % one, "data": data, "crc": 1, "method": 0} for one in range(40)]
    path.write_bytes(raw_zip(*pictures, *damaged))

    tracemalloc.start()
    try:
        found = [content for _, content in taken(Source(path, "a.zip"))]
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert len(found) == 60
    assert kept < 8 << 20


# ---------------------------------------------------------------- passwords
def _old(name, password, data=FORM):
    return {"name": name, "data": data, "packed": old_cipher(data, password), "flags": 1}


@pytest.mark.parametrize("way", ["utf-8", "gbk"])
def test_members_with_a_password(held, way):
    data = raw_zip(
        _old(b"a.xlsx", "密码甲".encode(way)),
        aes_member(b"b.xlsx", form(2), "密码甲".encode(way)),
        {"name": b"c.xlsx", "data": form(3)},
    )

    assert held(data, passwords=TOLD) == {"a.xlsx": FORM, "b.xlsx": form(2), "c.xlsx": form(3)}
    assert held(data) == {"a.xlsx": "member-locked", "b.xlsx": "member-locked", "c.xlsx": form(3)}
    wrong = held(data, passwords=Passwords(("x", "y")))
    assert wrong == {"a.xlsx": "member-password", "b.xlsx": "member-password", "c.xlsx": form(3)}


def test_a_zip_file_as_another_program_encrypts_it(held, tmp_path):
    seven = tools.seven_zip() or pytest.skip("no 7z")
    import subprocess

    (tmp_path / "表.xlsx").write_bytes(FORM)
    for way in ("ZipCrypto", "AES256"):
        subprocess.run(
            [seven, "a", f"-mem={way}", "-pAb#12", f"{way}.zip", "表.xlsx"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

        assert held((tmp_path / f"{way}.zip").read_bytes(), passwords=Passwords(("Ab#12",))) == {
            "表.xlsx": FORM
        }


def test_the_old_cipher_costs_little_where_the_password_is_wrong(held):
    # One wrong password of 256 passes the only check that its head allows.
    data = raw_zip(
        _old(b"a.xlsx", "密码甲".encode(), os.urandom(300_000)), {"name": b"c.xlsx", "data": FORM}
    )
    many = Passwords(tuple(f"错{number}" for number in range(1500)))
    started = time.thread_time()

    assert held(data, passwords=many) == {"a.xlsx": "member-password", "c.xlsx": FORM}
    assert time.thread_time() - started < 5


def test_passwords_are_tried_on_a_member_for_so_long_and_the_others_are_done(held, monkeypatch):
    monkeypatch.setattr(bounds, "MEMBER_SECONDS", 0.05)
    data = raw_zip(aes_member(b"a.xlsx", FORM, b"x"), {"name": b"c.xlsx", "data": FORM})

    found = held(data, passwords=Passwords(tuple(f"{number}" for number in range(5000))))

    assert found == {"a.xlsx": "member-slow", "c.xlsx": FORM}


def test_what_had_a_password_is_marked_so(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip(aes_member(b"b.xlsx", FORM, b"x"), {"name": b"c.xlsx", "data": FORM}))

    given = taken(Source(path, "a.zip"), Passwords(("x",)))

    assert [source.secret for source, _ in given] == [True, False]


# ---------------------------------------------------------------- other programs
@pytest.fixture(params=["7z", "bsdtar"])
def program(request, monkeypatch):
    """One of the two programs alone."""
    other, own = ("bsdtar", "seven_zip") if request.param == "7z" else ("seven_zip", "bsdtar")
    monkeypatch.setattr(tools, other, lambda: None)
    if getattr(tools, own)() is None:
        pytest.skip(f"no {request.param}")
    return request.param


@pytest.fixture
def seven(tmp_path):
    """Makes a .7z."""
    program = tools.seven_zip() or pytest.skip("no 7z")

    def make(members, *options):
        import subprocess

        folder = tmp_path / "打包"
        for name, data in members.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        subprocess.run(
            [program, "a", *options, tmp_path / "x.7z", "."],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        return (tmp_path / "x.7z").read_bytes()

    return make


FILES = {"甲局/表.xlsx": FORM, "乙局/表 2.xlsx": form(2)}


def test_a_7z_archive(held, seven, program):
    assert held(seven(FILES | {"空.xlsx": b""}), "材料.7z") == FILES | {"空.xlsx": "empty-file"}


def test_a_rar_archive(held, program):
    found = held(makers.rar({"a/b.xlsx": FORM, "c.xlsx": form(2)}), "材料.rar")

    assert found == {"a/b.xlsx": FORM, "c.xlsx": form(2)}


def test_in_a_zip_file(held, seven, program):
    assert held(zipped({"内.7z": seven(FILES), "丙.xlsx": FORM})) == {
        f"内.7z/{name}": data for name, data in FILES.items()
    } | {"丙.xlsx": FORM}


@pytest.mark.parametrize("names_too", ["off", "on"])
def test_a_7z_archive_with_a_password(held, seven, monkeypatch, names_too):
    data = seven({"甲局/表.xlsx": FORM}, "-p密码甲", f"-mhe={names_too}")

    assert held(data, "材料.7z", TOLD) == {"甲局/表.xlsx": FORM}
    locked = (
        {"材料.7z": "archive-locked"} if names_too == "on" else {"甲局/表.xlsx": "member-locked"}
    )
    assert held(data, "材料.7z") == locked
    wrong = (
        {"材料.7z": "archive-password"}
        if names_too == "on"
        else {"甲局/表.xlsx": "member-password"}
    )
    assert held(data, "材料.7z", Passwords(("x",))) == wrong
    monkeypatch.setattr(tools, "seven_zip", lambda: None)
    assert held(data, "材料.7z", TOLD) == {"材料.7z": "archive-unopened"}


def test_no_password_is_an_argument_of_a_program(held, seven, monkeypatch):
    data, commands = seven({"表.xlsx": FORM}, "-p密码甲"), []
    real = tools.subprocess.Popen

    def noted(command, **more):
        commands.append((command, more["env"]))
        return real(command, **more)

    monkeypatch.setattr(tools.subprocess, "Popen", noted)
    assert held(data, "材料.7z", TOLD) == {"表.xlsx": FORM}

    assert commands
    assert "密码甲" not in repr(commands)


def test_a_damaged_archive_gives_what_can_be_had(held, seven, program):
    data = bytearray(seven({"a.xlsx": FORM, "b.xlsx": form(2)}, "-mx=0"))
    data[len(data) // 4] ^= 0xFF
    found = held(bytes(data), "材料.7z")

    if program == "7z":
        assert found == {"a.xlsx": "member-damaged", "b.xlsx": form(2)}
    assert all(isinstance(content, str) or content in (FORM, form(2)) for content in found.values())


@pytest.mark.parametrize("data", [b"7z\xbc\xaf\x27\x1c" + bytes(60), b"Rar!\x1a\7\1\0" + bytes(60)])
def test_what_no_program_can_read_is_damaged(held, data, program):
    assert [*held(data, "a.7z")] == ["a.7z"]


def test_without_a_program_it_is_said_which_to_install(held, monkeypatch):
    monkeypatch.setattr(tools, "seven_zip", lambda: None)
    monkeypatch.setattr(tools, "bsdtar", lambda: None)

    assert held(makers.rar({"a.xlsx": FORM}), "a.rar") == {"a.rar": "archive-program"}


def test_a_program_is_not_ended_for_the_time_that_forms_take(tmp_path, seven, monkeypatch):
    monkeypatch.setattr(bounds, "PROGRAM_SECONDS", 2.0)
    path = tmp_path / "材料.7z"
    # More than a pipe holds, so that the program has to wait for us.
    path.write_bytes(seven({f"{number}.xlsx": FORM + os.urandom(100_000) for number in range(9)}))

    found = []
    for _, content in taken(Source(path, path.name)):
        time.sleep(0.4)
        found.append(len(content))

    assert found == [len(FORM) + 100_000] * 9


def test_a_program_that_hangs_is_ended(held, tmp_path, monkeypatch):
    script = tmp_path / "7z"
    script.write_text("#!/bin/sh\nexec sleep 100\n")
    script.chmod(0o755)
    monkeypatch.setattr(bounds, "PROGRAM_SECONDS", 0.3)
    monkeypatch.setattr(tools, "seven_zip", lambda: str(script))
    monkeypatch.setattr(tools, "bsdtar", lambda: None)

    assert held(makers.rar({"a.xlsx": FORM}), "a.rar") == {"a.rar": "archive-slow"}


# ---------------------------------------------------------------- the file on the disk
def test_an_archive_that_changes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.xlsx": FORM, "b.xlsx": form(2)}, zipfile.ZIP_STORED))
    given = taken(Source(path, "a.zip"))
    next(given)
    with path.open("ab") as file:
        file.write(b"more")

    assert [getattr(content, "code", "") for _, content in given] == ["", "file-changing"]


def test_an_archive_that_is_not_there_is_told(tmp_path):
    [(_, error)] = taken(Source(tmp_path / "无.zip", "无.zip"))

    assert isinstance(error, PerfxlError)
    assert error.code == "file-unreadable"
    assert not unpack.is_archive(tmp_path / "无.zip")


def test_one_member_can_be_taken_again(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.xlsx": FORM, "内.zip": zipped({"b.xlsx": form(2)})}))
    sources = [source for source, _ in taken(Source(path, "a.zip"))]

    assert [unpack.fetch(source, NONE) for source in sources] == [FORM, form(2)]
    path.write_bytes(zipped({"c.xlsx": FORM}))
    with pytest.raises(PerfxlError):
        unpack.fetch(sources[0], NONE)


def test_a_large_file_of_64_bit_sizes(held):
    name = b"a.xlsx"
    plain = raw_zip({"name": name, "data": FORM, "method": 0})
    end = struct.pack(
        "<4sQ2H2L4Q",
        b"PK\6\6",
        44,
        45,
        45,
        0,
        0,
        1,
        1,
        46 + len(name),
        len(plain) - 22 - 46 - len(name),
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(plain) - 22, 1)
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)

    assert held(plain[:-22] + end + locator + tail) == {"a.xlsx": FORM}
