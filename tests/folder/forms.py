"""Small forms that differ, made fast."""

import io
import zipfile
from functools import cache

from tests.face.run import GOOD
from tests.forms.builder import ministry_lines, row, workbook

MARK = "养护里程"


@cache
def _pattern(wrong: bool) -> list[tuple[zipfile.ZipInfo, bytes]]:
    lines = ministry_lines(row(MARK, "≥100公里", "90公里", 20, 20)) if wrong else GOOD
    with zipfile.ZipFile(io.BytesIO(workbook(lines))) as book:
        return [(member, book.read(member)) for member in book.infolist()]


def form(number: int, *, wrong: bool = False) -> bytes:
    """A form of its own for each number: right, or with one score claimed too high."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for member, content in _pattern(wrong):
            book.writestr(member, content.replace(MARK.encode(), f"{MARK}{number}".encode()))
    return out.getvalue()
