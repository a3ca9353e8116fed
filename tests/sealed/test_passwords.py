"""The list of passwords: how it is written, and that nobody sees it."""

import pickle

import pytest

from perfxl.errors import UsageError
from perfxl.jobs import rulebook
from perfxl.jobs.work import Settings
from perfxl.sealed import passwords
from perfxl.sealed.passwords import Passwords


@pytest.fixture
def listed(tmp_path):
    def read(content, encoding="utf-8"):
        path = tmp_path / "密码.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return passwords.read(path)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_password_a_line_however_the_editor_saved_them(listed, encoding):
    found = listed("水利局2024\r\n\r\n# 以下为县区\r\n  abc 123  \r\n", encoding)

    assert list(found.for_file("x.xlsx")) == ["水利局2024", "abc 123"]


@pytest.mark.parametrize("separator", ["=>", "\t", "=", " = ", "＝"])
def test_the_password_of_a_unit_is_tried_first_where_its_name_stands(listed, separator):
    found = listed(f"共用密码\n县水利局{separator}slj\n县 教育局{separator}jyj\n")

    assert list(found.for_file("收到/县教育局/自评表.xlsx"))[:2] == ["jyj", "共用密码"]
    assert next(found.for_file("自评表（县水利局）.xlsx")) == "slj"
    assert set(found.for_file("别的.xlsx")) >= {"共用密码", "slj", "jyj"}


def test_a_password_may_hold_the_sign_that_parts_it_from_a_name(listed):
    assert list(listed("a=b\n").for_file("x.xlsx")) == ["a=b", "b"]


def test_a_name_is_found_however_it_is_written(listed):
    assert next(listed("Ａ 局=>1\n其他=>2\n").for_file("a局.xlsx")) == "1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "passwords-empty"),
        (b"\r\n# nothing\r\n", "passwords-empty"),
        (b"PK\3\4\0\0", "passwords-no-text"),
        (b"\xff\xfe\x00", "passwords-no-text"),
        (b"a" * ((1 << 20) + 1), "passwords-no-text"),
        (b"a\n" * 10_001, "passwords-many"),
    ],
)
def test_a_list_that_is_none_is_refused(listed, content, code):
    with pytest.raises(UsageError, match=code):
        listed(content)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="passwords-unreadable"):
        passwords.read(tmp_path / "无.txt")
    with pytest.raises(UsageError, match="passwords-unreadable"):
        passwords.read(tmp_path)


def test_nothing_shows_them(listed):
    settings = Settings(passwords=listed("甲局=>秘密一\n秘密二\n"))

    assert "秘密" not in f"{settings!r} {settings.passwords} {settings.passwords!r}"
    assert pickle.loads(pickle.dumps(settings)).passwords == settings.passwords  # to a worker  # noqa: S301


def test_no_digest_is_made_of_them():
    # A digest in a ledger could be tried out at leisure.
    plain = rulebook.compute_rulebook(Settings())
    told = rulebook.compute_rulebook(Settings(passwords=Passwords(("x",)), decrypted_copies=True))

    assert plain == told
