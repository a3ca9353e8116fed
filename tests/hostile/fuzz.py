"""Mutations of good files of all formats: each ends in a clean result or a clean reason.

    python -m tests.hostile.fuzz --minutes 60 [--seed 1] [--keep FOLDER]

Checked of every mutant: no error that nobody thought of, time, memory; of its marked copy: openpyxl and
calamine open it where they open the mutant, perfxl reads the same values outside of what it wrote, and
the parts that no mark touches are the mutant's own, byte for byte.
"""

import argparse
import io
import json
import random
import re
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from perfxl.books import redrawn
from perfxl.errors import PerfxlError
from perfxl.files.find import Source
from perfxl.grid import load
from perfxl.grid.document import Document
from perfxl.grid.model import Cell
from perfxl.jobs import limits, work
from perfxl.jobs.work import Result, Settings
from perfxl.ooxml.parts.archive import Archive
from perfxl.ooxml.parts.workbook import Workbook
from tests.hostile.mutants import mutant

DRAWN: list[int] = []
"""Whether the copy at hand was drawn anew."""
_redraw = redrawn.redraw


def _noted(grids, **options):
    DRAWN.append(len(grids))
    return _redraw(grids, **options)


ROOT = Path(__file__).parent.parent.parent
SLOW = 20.0
FORMATS = ("*.xlsx", "*.xlsm", "*.xltx", "*.xlsb", "*.xls", "*.et", "*.ods", "*.docx")
# What a mark adds or changes beside the workbook, its styles, and the sheets with forms and their notes.
TOUCHED = re.compile(r"(?:\[Content_Types\]\.xml|.*\.rels|perfxl/.*)\Z", re.IGNORECASE)


def faults(data: bytes, name: str, settings: Settings) -> list[str]:
    """What is wrong with how perfxl takes a file: nothing, if all is well."""
    source = Source(Path(name), name)
    DRAWN.clear()
    started, before = time.process_time(), limits.memory() or 0
    found: list[str] = []
    try:
        result, document = work.audit_file(source, settings, data)
        copy = None if document is None else work.marked_copy(result, document, settings)
    except BaseException as error:  # noqa: BLE001  # that is what is looked for
        return [f"raised {type(error).__name__}: {error}"[:160]]
    taken = time.process_time() - started
    if taken > SLOW or (result.error is not None and result.error.code == "too-slow"):
        found.append(f"slow: {taken:.1f} s")
    if (limits.memory() or 0) - before > 500 << 20:
        found.append("memory")
    found += [
        f"{error.code}: {error.arguments.get('detail')}"
        for error in (result.error, result.no_copy)
        if error is not None and error.code in {"internal", "damaged-file"}
    ]
    if document is not None and copy is not None:
        found += copy_faults(data, copy, document, settings, result)
    return found


def copy_faults(
    data: bytes, copy: bytes, document: Document, settings: Settings, result: Result
) -> list[str]:
    """What is wrong with a marked copy."""
    found = [*reader_faults(data, copy, drawn=bool(DRAWN)), *own_faults(document, result, copy)]
    source = Source(Path(result.file), result.file)
    again, document_of_copy = work.read_file(source, settings, copy)
    if document_of_copy is None or len(again.forms) != len(result.forms):
        found.append("perfxl reads the copy as something else")
    return found


def reader_faults(data: bytes, copy: bytes, *, drawn: bool) -> list[str]:
    """What openpyxl and calamine find otherwise in a copy than in its file."""
    found = []
    for reader, function in {"openpyxl": by_openpyxl, "calamine": by_calamine}.items():
        before, after = _read(function, data), _read(function, copy)
        # A reader that found no sheet at all, as openpyxl where names differ in case, did not open it.
        if after is None and (before or drawn):
            found.append(f"{reader} does not open the copy")
        elif before and after and not drawn:
            places = changed(before, after)
            found += [f"{reader} finds another value at {place}" for place in places[:1]]
    return found


def own_faults(document: Document, result: Result, copy: bytes) -> list[str]:
    """What perfxl itself finds otherwise in a copy than in its file, and the parts that changed."""
    drawn = bool(DRAWN)
    try:
        other = load.load(copy, f"{result.file}.xlsx" if drawn else result.file)
    except PerfxlError as error:
        return [f"perfxl does not open the copy: {error}"]
    found = []
    for grid, marked in zip(document.grids, other.grids, strict=False):
        for place, cell in grid.cells.items():
            there = marked.cells.get(place)
            same = there is not None and (there.value, there.text) == (cell.value, cell.text)
            if not same and not (drawn and there is not None and _same_drawn(cell, there)):
                now = there and there.text[:20]
                found.append(f"value changed at {cell.address}: {cell.text[:20]!r} {now!r}")
                break
    if not drawn and document.book is not None:
        found += [f"part changed: {part}" for part in changed_parts(document.book, result, copy)]
    return found


def _same_drawn(cell: Cell, there: Cell) -> bool:
    """What is drawn anew shows the same; a date or a truth value is drawn as its text."""
    return str(there.value) == str(cell.value) or there.text == cell.text


def changed_parts(book: Workbook, result: Result, copy: bytes) -> list[str]:
    """The parts of a file that its copy lacks or has otherwise, though no mark touches them."""
    package = book.package
    marked = {book.sheets[form.sheet_index].part for form in result.forms}
    marked |= {
        relation.target
        for part in marked
        for relation in package.relations(part)
        if relation.kind in {"comments", "vmlDrawing"}
    }
    marked |= {book.part, book.styles_part or ""}
    sheets = {sheet.part for sheet in book.sheets}
    old, new = book.package.archive, Archive.open(copy)
    found = []
    for member in old.members:
        there = new.find(member.name)
        if book.signed and member.name.startswith("_xmlsignatures/"):  # an edit makes it invalid
            continue
        if TOUCHED.match(member.name) or member.name in marked:
            continue
        same = there is not None and old.raw(member) == new.raw(there)
        if not same and not (
            there is not None
            and member.name in sheets
            and _deselected(package.read(member.name)) == _deselected(new.read(there))
        ):
            found.append(member.name)
    return found


def _deselected(data: bytes) -> bytes:
    """A sheet as it is where no copy opens on it."""
    return re.sub(rb"\stabSelected=([\"'])[^\"']*\1", b"", data)


Values = list[dict[str, str]]
"""The values of every sheet by their place, as another reader shows them."""


def changed(before: Values, after: Values) -> list[str]:
    """Where a value of the file is another one in its copy."""
    return [
        f"{number}:{place}"
        for number, (one, other) in enumerate(zip(before, after, strict=False))
        for place, value in one.items()
        if other.get(place) != value
    ]


def by_openpyxl(content: bytes) -> Values:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        {
            cell.coordinate: _shown(cell.value)
            for cell in sheet._cells.values()
            if cell.value is not None
        }
        if hasattr(sheet, "_cells")
        else {}
        for sheet in book._sheets
    ]


def _shown(value: object) -> str:
    """A value as text; a formula over an area by what it computes."""
    return f"{getattr(value, 'ref', '')} {getattr(value, 'text', repr(value))}"


def by_calamine(content: bytes) -> Values:
    # In a process of its own, for it ends the process on numbers that are too large for it.
    script = (
        "import io, json, sys; from python_calamine import CalamineWorkbook\n"
        "book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))\n"
        "print(json.dumps([{f'{r},{c}': repr(value) for r, line in"
        " enumerate(book.get_sheet_by_index(i).to_python(skip_empty_area=False)) for c, value in enumerate(line)"
        " if value != ''} for i in range(len(book.sheet_names))]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=content, check=True, capture_output=True
    )
    return json.loads(done.stdout)


def _read(function: Callable[[bytes], Values], content: bytes) -> Values | None:
    """What another reader finds; None where it does not open the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(content)
    except Exception:  # noqa: BLE001  # whatever that reader says
        return None


def samples() -> list[Path]:
    return [path for pattern in FORMATS for path in sorted((ROOT / "samples").glob(pattern))]


def run(
    seconds: float, seed: int, keep: Path | None = None, most: int | None = None
) -> Counter[str]:
    """Mutate for some time; what was found, and how often."""
    with mock.patch.object(redrawn, "redraw", _noted):
        return _run(seconds, seed, keep, most)


def _run(seconds: float, seed: int, keep: Path | None, most: int | None) -> Counter[str]:
    settings = Settings()
    settings.vocabulary()
    names = samples()
    contents = {path: path.read_bytes() for path in names}
    ends = time.monotonic() + seconds
    found: Counter[str] = Counter()
    number = seed
    while time.monotonic() < ends and (most is None or number - seed < most):
        luck = random.Random(number)  # noqa: S311  # mutations, not secrets
        path = luck.choice(names)
        data = mutant(contents[path], luck)
        for fault in faults(data, path.name, settings):
            if not found[fault]:
                print(f"seed {number} {path.name}: {fault}", flush=True)  # noqa: T201  # the report
                if keep is not None:
                    (keep / f"{number}-{path.name}").write_bytes(data)
            found[fault] += 1
        number += 1
    print(  # noqa: T201  # likewise
        f"{number - seed} mutants from seed {seed}, {sum(found.values())} faults", file=sys.stderr
    )
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    return int(bool(run(asked.minutes * 60, asked.seed, asked.keep)))


if __name__ == "__main__":
    sys.exit(main())
