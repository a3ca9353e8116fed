"""Files with one thing wrong in them: read as what they still are, or refused with a reason of theirs."""

import re
from collections import Counter
from pathlib import Path

import pytest

from perfxl import texts
from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from tests.hostile import broken, fuzz, heavy, traits

SETTINGS = Settings()
WORDS = {language: texts.load_texts(language) for language in ("zh", "en")}


@pytest.mark.parametrize("name", broken.KINDS)
def test_a_broken_file_is_read_or_refused_with_a_reason(name, monkeypatch):
    of, build = broken.KINDS[name]
    monkeypatch.setattr(fuzz.redrawn, "redraw", fuzz._noted)
    fuzz.DRAWN.clear()

    result, document = work.audit_file(Source(Path(of), of), SETTINGS, build())
    copy = None if document is None else work.marked_copy(result, document, SETTINGS)

    for error in (result.error, result.no_copy):
        if error is not None:
            assert error.code not in {"internal", "damaged-file", "too-slow"}
            said = WORDS["zh"].error(error)
            assert "{{" not in said
            assert "。" in said or "；" in said
            assert not re.search("[，。；：（）]", WORDS["en"].error(error))
    if document is not None:
        assert all(
            "root:" not in cell.text for grid in document.grids for cell in grid.cells.values()
        )
        assert copy is not None
        assert fuzz.own_faults(document, result, copy) == []


REFUSED = {
    # What would be another value than the file's, if it were read: never in silence.
    "xlsx with an index below the strings": "damaged-part",
    "xlsx with an index beyond the strings": "damaged-part",
    "xls with an index beyond the strings": "damaged-record",
    "xls with a string that does not end": "damaged-record",
    "xls with a format that does not end": "damaged-record",
    "xls with a sheet whose name is too long": "damaged-record",
    "xls with a column of 60000": "damaged-record",
    "xlsb with a short cell": "damaged-record",
    "xlsb with a row off the sheet": "damaged-record",
    "xlsb with a column off the sheet": "damaged-record",
    "xlsb with no strings": "missing-part",
    "xlsx sheet with a file from outside": "doctype",
    "ods content with a file from outside": "doctype",
    "docx document with a file from outside": "doctype",
    "xml2003 with a file from outside": "doctype",
    "xls with a password": "encrypted",
    "ods with a password": "encrypted-other",
    "mhtml with base64 that is none": "no-table",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_only_be_guessed_is_refused(name):
    of, build = broken.KINDS[name]

    result, _ = work.audit_file(Source(Path(of), of), SETTINGS, build())

    assert result.error is not None
    assert result.error.code == REFUSED[name]
    if result.error.code == "damaged-record":
        assert {"offset", "record"} & result.error.arguments.keys()


def test_there_are_kinds_of_every_format():
    kinds = Counter(name.split()[0] for name in broken.KINDS)
    costly = Counter(name.split("_")[0] for name in heavy.KINDS)

    for format_ in ("xlsx", "xls", "xlsb", "ods", "docx", "html", "mhtml", "xml2003"):
        assert kinds[format_] + costly[format_] >= 10, format_
    assert kinds["zip"] >= 20
    assert len(broken.KINDS) + len(heavy.KINDS) + len(traits.TRAITS) >= 450
