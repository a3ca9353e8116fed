"""What a form says is data, wherever it goes: screen, JSON, CSV, workbooks, ledger, page.

Every text of every form here holds a sign of its own and something that would act if it were taken for
more than text: a formula, HTML, a template, signs that steer a screen or turn the direction of writing.
"""

import csv
import io
import warnings

import openpyxl
import pytest
from lxml import html

from perfxl import export, texts
from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from perfxl.rules.records import audit_record
from tests.face.run import OK, WRONG, perfxl, records
from tests.folder.system import posix
from tests.forms.builder import ministry_lines, row, workbook
from tests.hostile.heavy import SHEET
from tests.ooxml.builders import patched

pytestmark = pytest.mark.long

SIGN = "毒"
TEXTS = (
    '=cmd|"/c 毒"!A0', '=HYPERLINK("http://127.0.0.1/毒","点我")', "+毒", "-毒+1", "@SUM(毒)", "\t=毒", "'=毒", "＝毒",
    "<script>alert('毒')</script>", '<img src=x onerror="alert(1)">毒', "</td></table>毒<iframe src=file:///etc/passwd>",
    "&lt;b&gt;毒&amp;amp;", "]]>毒<![CDATA[", "{{ 7*7 }}毒", "{% for x in 毒 %}", "[bold red]毒[/]", "毒%s%n{0}", "${jndi:毒}",
    "毒'; DROP TABLE seen; --", "../../../毒", "C:\\毒\\..\\x", "\x1b[2J\x1b]0;毒\x07", "\u202e毒\u2066x\u2069", "毒\r\n=1+1",
    "毒\u200b\ufeff", "毒" * 500, "a\u0301毒\U0001f600", "毒_x0000__xD800_", "\x7f\x9b31m毒",
)  # fmt: skip
STEERING = {
    *map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)),
} - {"\n"}  # fmt: skip


def form(text: str) -> bytes:
    """A form that says a text everywhere, and claims too much for one indicator."""
    lines = ministry_lines(
        row(f"{text}里程", "≥100公里", "90公里", 20, 20, f"因为{text}"),
        row(text, text, text, 10, 10, text),
        unit=text, project=f"{text}项目", goal=text, result=text, reasons=(("偏差原因", text),),
    )  # fmt: skip
    title = "".join(c for c in text if c not in "[]:*?/\\'" and c >= " ")[:20]
    data = workbook(lines, names=[title or "表"])
    # A note of the department's own says it too.
    return patched(data, {SHEET: lambda xml: xml})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder of such forms, audited with all that the program writes."""
    place = tmp_path_factory.mktemp("毒")
    folder, out = place / "收到", place / "果"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number:02}.xlsx").write_bytes(form(text))
    screens = {}

    def run(name, *arguments):
        code, screen, errors = perfxl(*arguments)
        assert code in (OK, WRONG), (name, code, errors, screen[-300:])
        screens[name] = screen + errors

    run("audit", "audit", folder, "-o", out, "--json", place / "r.jsonl")
    run("read", "read", folder)
    run("summary", "summary", out, "-o", place / "汇总.xlsx")
    run("rollup", "rollup", folder, "--all", "-o", place / "合.xlsx")
    run("history", "history", "-o", out)
    run("inspect", "inspect", folder, "--html", place / "页.html", "--xlsx", place / "涂.xlsx")
    run("fill", "fill", folder / "00.xlsx", "-o", place / "清.xlsx")
    run("english", "audit", folder, "-o", place / "en", "--lang", "en")
    return place, screens


def test_no_screen_is_steered(made):
    _, screens = made

    for name, screen in screens.items():
        assert not STEERING & set(screen), name
    assert SIGN in screens["audit"]


def test_json_says_what_the_form_says(made):
    place, _ = made

    said = [line["forms"][0]["unit"] for line in records((place / "r.jsonl").read_text("utf-8"))]

    assert len(said) == len(TEXTS)
    assert all(SIGN in unit or "_x" in unit for unit in said)


def test_no_workbook_computes_what_a_form_says(made):
    place, _ = made
    books = sorted(place.rglob("*.xlsx"))
    seen = 0

    for path in books:
        if path.parent.name == "收到":
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for line in sheet.iter_rows():
                for cell in line:
                    text = str(cell.value or "")
                    seen += SIGN in text
                    if cell.data_type == "f":
                        assert SIGN not in text, (path.name, sheet.title, cell.coordinate)
                    assert "49毒" not in text
                    link = cell.hyperlink
                    assert link is None or SIGN not in str(link.target or ""), path.name
    assert seen > 1000
    assert len(books) > 2 * len(TEXTS)


def test_no_page_runs_what_a_form_says(made):
    place, _ = made
    pages = list(place.rglob("*.html"))
    assert pages

    for page in pages:
        content = page.read_text("utf-8")
        tree = html.fromstring(content)
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in {
                "script",
                "iframe",
                "img",
                "object",
                "embed",
            } or SIGN not in (element.text_content())
            assert element.tag != "iframe"
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert not (name in {"href", "src"} and SIGN in value)
        assert SIGN in content
        assert not (STEERING - {"\t"}) & set(content)


def test_no_csv_computes_what_a_form_says(tmp_path):
    items = []
    for number, text in enumerate(TEXTS):
        source = Source(tmp_path / f"{number}.xlsx", f"{number}.xlsx")
        result, _ = work.audit_file(source, Settings(), form(text))
        items += [
            (source.name, audit_record(audit, texts.load_texts("zh").statement))
            for audit in result.audits
        ]

    found = [path for path in export.write(items, tmp_path) if path.suffix == ".csv"]

    for path in found:
        for line in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            for value in line:
                assert not (SIGN in value and value.startswith(tuple("=+-@\t\r"))), (
                    path.name,
                    value,
                )


@posix
def test_a_ledger_holds_it_and_finds_it_again(made):
    place, screens = made

    assert screens["history"].count(SIGN) >= len(TEXTS) - 3
    code, screen, _ = perfxl("history", "DROP TABLE", "-o", place / "果")
    assert code == OK
    assert "18.xlsx" in screen
