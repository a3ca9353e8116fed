"""Links from the summary into the copies: from wherever it is, to files of any name, to the very cell."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from perfxl.books.summary.links import address, is_linkable, location
from tests.conftest import ROOT
from tests.face.run import perfxl
from tests.programs import libreoffice

pytestmark = pytest.mark.long

NAMES = (
    "江州市 财政局（本级）#1.xlsx", "完成率100%.xlsx", "a%20b.xlsx", "甲 & 乙;丙=丁+'戊'.xlsx", "[1]{2}~!@$^.xlsx",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("往来 #2")
    inbox = folder / "收到 50%"
    inbox.mkdir()
    for number, name in enumerate(NAMES):
        source = openpyxl.load_workbook(ROOT / "samples" / "01-参考表.xlsx")
        source.active["Z99"] = number
        source.active.title = ("表 1", "it's", "A&B", "自评#表", "100%")[number]
        source.save(inbox / name)
    perfxl("audit", inbox, "-o", folder / "结果")
    return folder / "结果"


def linked(path):
    """(shown text, target, place) of each link of 问题清单 and of the list."""
    book = openpyxl.load_workbook(path)
    for name in ("问题清单", "总览"):
        for row in book[name].iter_rows():
            for cell in row:
                if cell.hyperlink:
                    yield cell.value, cell.hyperlink.target, cell.hyperlink.location


def assert_leads(base: Path, target: str, place: str | None, shown: str) -> None:
    """A link leads to a copy that is there, and to the cell that it shows."""
    assert not urlsplit(target).scheme
    assert not {*target} & {*' #?"<>\\'}
    copy = base / unquote(target)
    assert copy.is_file()
    if place is not None:
        sheet, _, cell = place.rpartition("!")
        name = sheet[1:-1].replace("''", "'")
        assert cell == shown
        assert name in openpyxl.load_workbook(copy).sheetnames


@pytest.mark.parametrize("where", ["汇总.xlsx", "../别处/深 处/年终.xlsx"])
def test_links_lead_to_the_cells_of_the_copies(results, where):
    path = (results / where).resolve()
    if not path.exists():
        assert perfxl("summary", results, "-o", path)[0] == 0
    links = [*linked(path)]

    assert len({target for _, target, _ in links}) == len(NAMES)
    assert sum(place is not None for _, _, place in links) > len(NAMES)
    for shown, target, place in links:
        assert_leads(path.parent, target, place, shown)


def test_libreoffice_follows_them(results, tmp_path):
    flat = libreoffice(results / "汇总.xlsx", "fods", tmp_path)
    links = [
        value
        for element in ET.parse(flat).iter()
        for key, value in element.attrib.items()
        if key.endswith("}href") and "审核" in unquote(value)
    ]

    assert len({urlsplit(link).path for link in links}) == len(NAMES)
    places = [urlsplit(link) for link in links if "#" in link]
    assert len(places) > len(NAMES)
    for link in links:
        parts = urlsplit(link)
        written = unquote(parts.path)
        # LibreOffice writes it as seen from the file that it has made.
        copy = Path(written) if parts.scheme == "file" else tmp_path / written
        assert copy.resolve().is_file(), link


def test_many_links_share_what_they_lead_to(results):
    with zipfile.ZipFile(results / "汇总.xlsx") as package:
        names = [name for name in package.namelist() if re.search(r"sheet\d+\.xml\.rels$", name)]
        counts = [package.read(name).decode().count("/hyperlink") for name in names]

    assert max(counts) == len(NAMES)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("副本/甲 乙#1.xlsx", "副本/甲%20乙%231.xlsx"),
        ("100%.xlsx", "100%25.xlsx"),
        ("http://x.xlsx", "http%3A//x.xlsx"),
        (r"C:\结果\a b.xlsx", "file:///C:/结果/a%20b.xlsx"),
        (r"\\server\结果\a#.xlsx", "file://server/结果/a%23.xlsx"),
    ],
)
def test_addresses(path, told):
    assert address(path) == told


def test_a_quote_in_a_sheet_s_name_is_doubled():
    assert location("it's", "G7") == "'it''s'!G7"


@pytest.mark.parametrize("path", ["a" * 2100, "\ud800.xlsx"])
def test_what_no_link_can_hold_is_no_link(path):
    assert not is_linkable(path)
