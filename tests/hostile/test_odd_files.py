"""What lies in an inbox and is no file: pipes, devices, links in a circle, names that are no text."""

import os
import socket
from pathlib import Path

import pytest

from tests.conftest import CONSISTENT
from tests.face.run import UNREAD, perfxl, records
from tests.folder.system import posix

pytestmark = posix


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "收到"
    place.mkdir()
    (place / "好.xlsx").write_bytes(CONSISTENT.read_bytes())
    os.mkfifo(place / "管道.xlsx")
    (place / "设备.xlsx").symlink_to("/dev/zero")
    (place / "环.xlsx").symlink_to("环.xlsx")
    (place / "断.xlsx").symlink_to("没有")
    (place / "圈").symlink_to(place)
    (place / "夹.xlsx").mkdir()
    (place / "一行\n两行\u202e.xlsx").write_bytes(b"x")
    (place / os.fsdecode(b"\xff\xfe.xlsx")).write_bytes(b"x")
    with (place / "稀.xlsx").open("wb") as file:
        file.truncate(5 << 30)
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(place)  # the name of a socket may not be long
        try:
            made.bind("套.xlsx")
        finally:
            os.chdir(here)
    return place


def test_what_is_no_file_is_told_and_the_others_are_done(folder, tmp_path):
    code, screen, errors = perfxl("audit", folder, "-o", tmp_path / "果", "--json", tmp_path / "r")

    found = {line["file"]: line["error"] for line in records((tmp_path / "r").read_text("utf-8"))}
    assert code == UNREAD
    assert errors == ""
    assert found.pop("好.xlsx") is None
    assert found.pop("稀.xlsx")["code"] == "file-over-limit"
    assert {error["code"] for error in found.values()} == {"not-a-workbook"}
    assert len(found) == 2
    assert "环.xlsx" in screen
    assert "\u202e" not in screen
    assert (tmp_path / "果" / "好-审核.xlsx").is_file()


@pytest.mark.parametrize("name", ["管道.xlsx", "设备.xlsx", "套.xlsx"])
@pytest.mark.parametrize("command", ["audit", "read", "inspect"])
def test_a_pipe_or_a_device_that_is_named_is_not_waited_for(command, name, folder, tmp_path):
    more = ("-o", tmp_path / "果") if command == "audit" else ()

    code, screen, errors = perfxl(command, folder / name, *more)

    assert code == UNREAD
    assert errors == ""
    assert "管道、设备" in screen or "打不开" in screen
