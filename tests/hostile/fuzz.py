"""Mutations of good files of all formats: each ends in a clean result or a clean reason.

    python -m tests.hostile.fuzz --minutes 60 [--seed 1] [--keep FOLDER]

Checked of every mutant: no error that nobody thought of, time, memory; of its marked copy: openpyxl and
calamine open it where they open the mutant, perfxl reads the same values outside of what it wrote, and
the parts that no mark touches are the mutant's own, byte for byte.
"""

import argparse
import io
import random
import re
import struct
import subprocess
import sys
import time
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from unittest import mock

from perfxl.books import redrawn
from perfxl.errors import PerfxlError
from perfxl.files.find import Source
from perfxl.grid import load
from perfxl.jobs import limits, work
from perfxl.jobs.work import Result, Settings
from perfxl.ooxml.parts.archive import Archive

DRAWN: list[int] = []
"""Whether the copy at hand was drawn anew."""
_redraw = redrawn.redraw


def _noted(grids, **options):
    DRAWN.append(len(grids))
    return _redraw(grids, **options)


ROOT = Path(__file__).parent.parent.parent
SLOW = 20.0
FORMATS = ("*.xlsx", "*.xlsm", "*.xltx", "*.xlsb", "*.xls", "*.et", "*.ods", "*.docx")
# What a mark adds or changes; everything else of a copy is the submission's.
TOUCHED = re.compile(
    r"(?:\[Content_Types\]\.xml|.*\.rels|xl/(?:workbook|styles)\.xml|xl/worksheets/.*|xl/comments.*|xl/drawings/vml.*"
    r"|perfxl/.*|.*comments.*\.xml|.*\.vml)\Z",
    re.IGNORECASE,
)


def mutant(data: bytes, luck: random.Random) -> bytes:
    """A file with something wrong in it."""
    if data[:2] == b"PK" and luck.random() < 0.8:
        return zip_mutant(data, luck)
    return bytes_mutant(data, luck)


def bytes_mutant(data: bytes, luck: random.Random) -> bytes:
    """Bits, numbers, stretches and the end of a file."""
    out = bytearray(data)
    how = luck.randrange(5)
    if how == 0:
        del out[luck.randrange(len(out) + 1) :]
    for _ in range(luck.choice((1, 1, 2, 5, 20))):
        if len(out) < 16:
            break
        at = luck.randrange(len(out) - 8)
        if how == 1:
            out[at] ^= 1 << luck.randrange(8)
        elif how == 2:
            out[at : at + 4] = struct.pack(
                "<I",
                luck.choice((0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, len(out))),
            )
        elif how == 3:
            del out[at : at + luck.randrange(1, 64)]
        else:
            start = luck.randrange(len(out) - 8)
            out[at:at] = out[start : start + luck.randrange(1, 600)]
    return bytes(out)


def zip_mutant(data: bytes, luck: random.Random) -> bytes:
    """Members lost, twice, swapped, or mutated inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(luck.choice((1, 1, 1, 2, 4))):
        at = luck.randrange(len(members))
        name, content = members[at]
        how = luck.randrange(12)
        if how == 0:
            del members[at]
            if not members:
                return b"PK\3\4"
        elif how == 1:
            members.append(
                (luck.choice((name, name.upper(), "/" + name, name.replace("/", "\\"))), content)
            )
        elif how == 2:
            other = luck.randrange(len(members))
            members[at], members[other] = (name, members[other][1]), (members[other][0], content)
        elif content[:1] == b"<" or b"<?xml" in content[:60]:
            members[at] = name, xml_mutant(content, luck)
        else:
            members[at] = name, bytes_mutant(content, luck)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"<>]*)"')
_WORDS = (b"0", b"-1", b"1", b"4294967296", b"99999999999999999999", b"", b"A1", b"XFD1048576", b"ZZZ0", b"nan", b"1e308",
          b"\xe5\x85\xa8", b"&amp;", b"true", b"rId1", b"../x", b"s", b"str", b"inlineStr", b"e", b"d", b"b", b"n")  # fmt: skip


def xml_mutant(content: bytes, luck: random.Random) -> bytes:
    """Tags taken away, twice or elsewhere; attributes and texts of another kind."""
    if luck.random() < 0.1:
        return bytes_mutant(content, luck)
    for _ in range(luck.choice((1, 1, 2, 6))):
        tags = [match.span() for match in _TAG.finditer(content)]
        if not tags:
            break
        start, end = luck.choice(tags)
        how = luck.randrange(6)
        if how == 0:
            content = content[:start] + content[end:]
        elif how == 1:
            content = content[:end] + content[start:end] + content[end:]
        elif how == 2:
            other, beyond = luck.choice(tags)
            content = content[:start] + content[other:beyond] + content[end:]
        elif how == 3:
            values = [match.span(1) for match in _VALUE.finditer(content)]
            if values:
                start, end = luck.choice(values)
                content = content[:start] + luck.choice(_WORDS) + content[end:]
        elif how == 4:
            values = [
                content[a:b] for a, b in (match.span(1) for match in _VALUE.finditer(content))
            ]
            spans = [match.span(1) for match in _VALUE.finditer(content)]
            if values:
                start, end = luck.choice(spans)
                content = content[:start] + luck.choice(values) + content[end:]
        else:
            piece = content[start : luck.choice(tags)[1]]
            if len(piece) < 4000:
                content = content[:end] + piece + content[end:]
    return content


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
    if document is not None and document.format in {"xlsx", "xlsm", "xltx"} and copy is not None:
        found += copy_faults(data, copy, name, settings, result)
    return found


def copy_faults(
    data: bytes, copy: bytes, name: str, settings: Settings, result: Result
) -> list[str]:
    """What is wrong with a marked copy."""
    found = []
    for opener, function in {"openpyxl": _by_openpyxl, "calamine": _by_calamine}.items():
        if _opens(function, data) and not _opens(function, copy):
            found.append(f"{opener} does not open the copy")
    mine = load.load(data, name)
    try:
        other = load.load(copy, name)
    except PerfxlError as error:
        return [*found, f"perfxl does not open the copy: {error}"]
    drawn = "redrawn" if DRAWN else ""
    for grid, marked in zip(mine.grids, other.grids, strict=False):
        for place, cell in grid.cells.items():
            there = marked.cells.get(place)
            if there is None or (there.value, there.text) != (cell.value, cell.text):
                if drawn and there is not None and str(there.value) == str(cell.value):
                    continue
                if drawn and there is not None and there.text == cell.text:
                    continue
                now = there and there.text[:20]
                found.append(f"{drawn} value changed at {cell.address}: {cell.text[:20]!r} {now!r}")
                break
    if not drawn:
        old, new = Archive.open(data), Archive.open(copy)
        for member in old.members:
            there = new.find(member.name)
            if not TOUCHED.match(member.name) and (
                there is None or old.raw(member) != new.raw(there)
            ):
                found.append(f"part changed: {member.name}")
    again, document = work.read_file(Source(Path(name), name), settings, copy)
    if document is None or len(again.forms) != len(result.forms):
        found.append("perfxl reads the copy as something else")
    return found


def _by_openpyxl(content: bytes) -> None:
    import openpyxl

    openpyxl.load_workbook(io.BytesIO(content))


def _by_calamine(content: bytes) -> None:
    # In a process of its own, for it ends the process on numbers that are too large for it.
    script = (
        "import io, sys; from python_calamine import CalamineWorkbook; "
        "CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0).to_python()"
    )
    subprocess.run([sys.executable, "-c", script], input=content, check=True, capture_output=True)


def _opens(function, content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            function(content)
    except Exception:  # noqa: BLE001  # whatever that reader says
        return False
    return True


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
