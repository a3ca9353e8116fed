"""Office files with a password: every cipher, and what a header must not ask for."""

import io
import logging
import os
import zipfile
from pathlib import Path

import pytest

from perfxl import bounds
from perfxl.errors import Locked, PerfxlError
from perfxl.files.find import Source
from perfxl.grid.load import load
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from perfxl.sealed import unlock
from perfxl.sealed.passwords import NONE, Passwords
from tests.folder.forms import form
from tests.grid import builders
from tests.grid.compound import compound
from tests.sealed.makers import VELVET, agile, standard, xls

XLS = (builders.DATA / "form.xls").read_bytes()
PASSWORD = "Slj#2024"  # noqa: S105
MADE = {
    "agile": lambda password: agile(form(1), password),
    "standard": lambda password: standard(form(1), password),
    "xls xor": lambda password: xls(XLS, password, "xor"),
    "xls rc4": lambda password: xls(XLS, password, "rc4"),
    "xls cryptoapi": lambda password: xls(XLS, password, "cryptoapi"),
}
KINDS = pytest.mark.parametrize("kind", MADE)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(unlock, "_fitted", [])


@KINDS
def test_what_excel_encrypts_without_a_password_is_opened_without_one(kind):
    opened = unlock.unlock(MADE[kind](VELVET), "表.xlsx", NONE)

    assert not opened.secret
    assert load(opened.data, "x").grids[0].cells


@KINDS
def test_the_password_that_was_told_opens_it(kind):
    opened = unlock.unlock(MADE[kind](PASSWORD), "表.xlsx", Passwords(("不对", "x", PASSWORD)))

    assert opened.secret
    assert load(opened.data, "x").grids[0].cells


@KINDS
def test_without_a_password_it_is_locked(kind):
    with pytest.raises(Locked) as caught:
        unlock.unlock(MADE[kind](PASSWORD), "表.xlsx", NONE)
    assert caught.value.code == "encrypted"


@KINDS
def test_where_no_password_fits_it_is_told_how_many_were_tried(kind):
    with pytest.raises(Locked) as caught:
        unlock.unlock(MADE[kind](PASSWORD), "表.xlsx", Passwords(("甲", "乙" * 20)))

    assert (caught.value.code, caught.value.arguments) == ("passwords-wrong", {"count": 2})


def test_a_chinese_password():
    assert unlock.unlock(
        agile(form(1), "县水利局二〇二四"), "x", Passwords(("县水利局二〇二四",))
    ).secret


def test_what_opened_one_file_is_tried_early_on_the_next():
    many = Passwords(tuple(f"密码{number}" for number in range(30)))
    unlock.unlock(agile(form(1), "密码29"), "x", many)
    tried = []
    real = unlock._fits

    def noted(file, password):
        tried.append(password)
        return real(file, password)

    unlock._fits, before = noted, unlock._fits
    try:
        unlock.unlock(agile(form(2), "密码29"), "y", many)
    finally:
        unlock._fits = before

    assert tried == [VELVET, "密码0", "密码29"]


# ---------------------------------------------------------------- hostile headers
def _with_header(change):
    """An encrypted workbook whose header says something else."""
    import olefile

    file = io.BytesIO(agile(form(1), PASSWORD))
    with olefile.OleFileIO(file) as container:
        info = container.openstream("EncryptionInfo").read()
        package = container.openstream("EncryptedPackage").read()
    changed = change(info)
    return compound(
        {
            "EncryptionInfo": changed + b" " * max(0, 4096 - len(changed)),
            "EncryptedPackage": package,
        }
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda info: info.replace(b'spinCount="1000"', b'spinCount="9999999"'),
            "encryption-costly",
        ),
        (
            lambda info: info.replace(b'spinCount="1000"', b"spinCount = '99999999999999999999'"),
            "encryption-costly",
        ),
        (
            lambda info: info.replace(
                b"<encryption ", b"<!DOCTYPE x [<!ENTITY a 'b'>]><encryption "
            ),
            "encryption-unknown",
        ),
        (lambda info: info + b" " * 70_000, "encryption-unknown"),
        (lambda info: info.replace(b'keyBits="256"', b'keyBits="99999"'), "passwords-wrong"),
        (lambda info: info.replace(b"SHA512", b"SHA999"), "passwords-wrong"),
        (lambda info: info[:200], "encryption-unknown"),
        (lambda info: bytes(64), "encryption-unknown"),  # noqa: ARG005
        (lambda info: b"\4\0\3\0" + info[4:], "encryption-unknown"),
    ],
)
def test_a_header_that_is_not_to_be_trusted(change, code):
    with pytest.raises(Locked) as caught:
        unlock.unlock(_with_header(change), "x", Passwords((PASSWORD,)))
    assert caught.value.code == code


def test_passwords_are_tried_for_so_long_and_no_longer(monkeypatch):
    monkeypatch.setattr(bounds, "TRYING", 0.05)
    with pytest.raises(Locked) as caught:
        unlock.unlock(
            agile(form(1), PASSWORD, 20_000), "x", Passwords(tuple(map(str, range(1000))))
        )

    assert caught.value.code == "passwords-too-slow"
    assert 0 < caught.value.arguments["tried"] < 1000


def test_the_library_tells_the_password_to_no_log(caplog):
    locked = standard(form(1), PASSWORD)
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    logging.getLogger("msoffcrypto").setLevel(logging.DEBUG)
    unlock.unlock(locked, "x", Passwords((PASSWORD,)))

    assert PASSWORD not in caplog.text


def test_the_library_adds_no_handler_to_the_callers_log(monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    unlock.unlock(xls(XLS, PASSWORD, "rc4"), "x", Passwords((PASSWORD,)))

    assert logging.getLogger().handlers == []


def test_where_the_library_is_missing_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "msoffcrypto", None)
    with pytest.raises(PerfxlError) as caught:
        unlock.unlock(agile(form(1), VELVET), "x", NONE)
    assert caught.value.code == "no-decryption"


# ---------------------------------------------------------------- in the way of a file
def result(data, **more):
    return work.audit_file(Source(Path("表.xlsx"), "表.xlsx"), Settings(**more), data)[0]


@KINDS
def test_a_file_is_read_without_its_encryption(kind):
    told = Passwords((PASSWORD,))

    assert result(MADE[kind](VELVET)).error is None
    assert not result(MADE[kind](VELVET)).secret
    assert result(MADE[kind](PASSWORD), passwords=told).secret
    assert result(MADE[kind](PASSWORD)).error.code == "encrypted"


def test_a_word_document_with_a_password():
    opened = unlock.unlock(
        agile(builders.docx(f"<w:p><!--{os.urandom(6000).hex()}--></w:p>"), PASSWORD),
        "表.docx",
        Passwords((PASSWORD,)),
    )

    assert load(opened.data, "表.docx").format == "docx"


def test_a_letter_of_the_old_kind_says_that_it_has_a_password():
    # Bit 8 of the flags in its head.
    locked = compound({"WordDocument": b"\xec\xa5" + bytes(8) + b"\0\1" + bytes(100)})

    assert result(locked).error.code == "encrypted"


@pytest.mark.parametrize(
    "head", [b"b\x14#e\0\0\0\0E-SafeNet\0\0\0LOCK\0\0", b"%TSD-Header-###%" + bytes(20)]
)
def test_what_a_security_program_wrapped_is_named(head):
    error = result(head + bytes(range(256)) * 10).error

    assert error.code == "wrapped"


def test_an_open_document_with_a_password_is_told_apart():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", "<m><manifest:encryption-data xmlns:manifest='x'/></m>"
        )
        archive.writestr("content.xml", b"\x99" * 50)

    assert result(out.getvalue(), passwords=Passwords(("x",))).error.code == "encrypted-other"
