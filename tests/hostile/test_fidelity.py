"""More than one opinion on every copy: perfxl, openpyxl, calamine, Microsoft's validator, LibreOffice.

Asked of every sample of every format and of every trait of `traits.py`. What is checked of one is checked of
all: the copy is edited in place, drawn anew or refused as planned; all values and all parts that no mark
touches are the file's; nothing is lost in the parts that change; and whoever opened the file opens the copy.
"""

import csv
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from perfxl import texts
from perfxl.books import redrawn
from perfxl.files.find import Source
from perfxl.grid.document import Document
from perfxl.jobs import work
from perfxl.jobs.work import Result, Settings
from perfxl.rules.findings import Severity
from tests import programs
from tests.books.test_marked import _marks_of_a_cell
from tests.hostile import fuzz
from tests.hostile.traits import FORM, IN_PLACE, REDRAWN, TRAITS, Trait
from tests.ooxml.builders import parts
from tests.ooxml.helpers import lost

_EDITABLE = {".xlsx", ".xlsm", ".xltx"}
FILES = TRAITS | {
    path.name: Trait(path.read_bytes, IN_PLACE if path.suffix in _EDITABLE else REDRAWN, path.name)
    for path in fuzz.samples()
}
MARKED = [name for name, file in FILES.items() if file.outcome in {IN_PLACE, REDRAWN}]
EDITED = [name for name, file in FILES.items() if file.outcome == IN_PLACE]
SETTINGS = Settings()


class Copy(NamedTuple):
    data: bytes
    result: Result
    document: Document | None
    copy: bytes | None
    drawn: bool


@cache
def copy_of(name: str) -> Copy:
    """What becomes of a file; made once for all opinions."""
    data = FILES[name].build()
    source = Source(Path(FILES[name].name), FILES[name].name)
    fuzz.DRAWN.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redrawn, "redraw", fuzz._noted)
        result, document = work.audit_file(source, SETTINGS, data)
        copy = None if document is None else work.marked_copy(result, document, SETTINGS)
    return Copy(data, result, document, copy, bool(fuzz.DRAWN))


@pytest.fixture(params=MARKED)
def made(request):
    found = copy_of(request.param)
    fuzz.DRAWN[:] = [1] * found.drawn
    yield found
    fuzz.DRAWN.clear()


@pytest.mark.parametrize("name", FILES)
def test_a_copy_is_edited_in_place_drawn_anew_or_refused_as_planned(name):
    found = copy_of(name)

    if found.result.error is not None:
        assert found.result.error.code == FILES[name].outcome
        assert "{{" not in texts.load_texts("zh").error(found.result.error)
    else:
        assert (REDRAWN if found.drawn else IN_PLACE) == FILES[name].outcome
        assert found.copy is not None
        assert found.result.forms


@pytest.mark.parametrize("name", [name for name in TRAITS if name in MARKED])
def test_a_trait_changes_no_judgement(name):
    if name == "formulas never computed":  # nobody knows what stands in H10
        return
    expected, _ = work.audit_file(Source(Path("表.xlsx"), "表.xlsx"), SETTINGS, FORM)

    assert _at_the_claim(copy_of(name).result) >= _at_the_claim(expected) != set()


def _at_the_claim(result: Result) -> set[tuple[str, Severity]]:
    """What is found at the score that claims too much."""
    return {(f.rule, f.severity) for f in result.audits[0].findings if f.cell == "H10"}


def test_perfxl_finds_every_value_and_every_other_part_as_it_was(made):
    assert fuzz.own_faults(made.document, made.result, made.copy) == []


@pytest.mark.parametrize("name", EDITED)
def test_nothing_is_lost_in_the_parts_that_change(name):
    found = copy_of(name)
    before, after = parts(found.data), parts(found.copy)
    book = found.document.book

    for part in {book.part, *(sheet.part for sheet in book.sheets), book.styles_part} - {None}:
        old = before.get(part) or next(
            content
            for one, content in before.items()
            if one.replace("\\", "/").lstrip("/").casefold() == part.casefold()
        )
        gone = {key: n for key, n in lost(old, after[part]).items() if not _may_go(key)}
        assert gone == {}, part


def _may_go(key) -> bool:
    """What an edit may have otherwise: a cell's style, a run of columns; or how a name is spelled."""
    if _marks_of_a_cell(key) or not isinstance(key, tuple):
        return not isinstance(key, str)
    tag, attribute, _ = key
    local = str(tag).rpartition("}")[2]
    # A copy opens on its sheet of results, and on no other beside it.
    opening = {("sheetView", "tabSelected"), ("workbookView", "activeTab")}
    return (
        tag == "xmlns" or local == "calcPr" or attribute == "count" or (local, attribute) in opening
    )


@pytest.mark.long
def test_openpyxl_and_calamine_find_every_value_as_it_was(made):
    assert fuzz.reader_faults(made.data, made.copy, drawn=made.drawn) == []


@pytest.mark.long
def test_microsofts_validator_finds_no_new_error(made, tmp_path):
    copy, source = tmp_path / "copy.xlsx", tmp_path / "source.xlsx"
    copy.write_bytes(made.copy)

    found = programs.validator_errors(copy)

    if found:  # a file may have errors of its own; only then is it asked about, it takes long
        source.write_bytes(made.data)
        found -= programs.validator_errors(source)
    assert found == set()


@pytest.mark.long
def test_libreoffice_finds_every_value_as_it_was(tmp_path):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        programs._missing("LibreOffice")
    for number, name in enumerate(EDITED):
        suffix = Path(FILES[name].name).suffix
        (tmp_path / f"{number}-before{suffix}").write_bytes(copy_of(name).data)
        (tmp_path / f"{number}-after{suffix}").write_bytes(copy_of(name).copy)
    # One process for many, for starting the program is what takes its time; where it gives up on one of
    # them, those behind it are asked about again.
    waiting = sorted(tmp_path.glob("*-*"))
    for most in (60, 1):
        for start in range(0, len(waiting), most):
            _to_csv(program, tmp_path, waiting[start : start + most])
        waiting = [path for path in waiting if not path.with_suffix(".csv").is_file()]

    def shown(path: Path) -> list[list[str]] | None:
        if not path.is_file():
            return None
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    wrong = {}
    for number, name in enumerate(EDITED):
        before = shown(tmp_path / f"{number}-before.csv")
        after = shown(tmp_path / f"{number}-after.csv")
        if before is not None:
            wrong[name] = "not opened" if after is None else _changed(before, after)
    assert {name: found for name, found in wrong.items() if found} == {}
    assert len(wrong) > len(EDITED) * 0.9


def _to_csv(program: str, folder: Path, files: list[Path]) -> None:
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(folder), *map(str, files)],
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip


def _changed(before: list[list[str]], after: list[list[str]]) -> list[tuple[int, int]]:
    """Where something stood and now stands something else."""
    return [
        (row, col)
        for row, line in enumerate(before)
        for col, value in enumerate(line)
        if value and after[row][col] != value
    ]
