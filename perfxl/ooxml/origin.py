"""What perfxl wrote says so in hidden names, which every office program keeps: what it is, what its form held.

A file that a person opened and saved is another file byte for byte. Whether its form was changed tells a
digest of the form's cells, taken as other programs write them back: numbers to twelve digits, texts
without white space.
"""

import hashlib
from collections.abc import Iterable, Sequence

from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.workbook import DefinedName, Workbook

PREFIX = "_perfxl_"
"""How every hidden name of ours begins."""
SHEET_MARK = PREFIX + "sheet"
"""A hidden name on each sheet that perfxl added."""
KIND, CELLS = PREFIX + "kind", PREFIX + "cells"
MARKED, PAINTED, CLEAN, ROLLUP = "marked", "painted", "clean", "rollup"
"""What perfxl makes of forms."""
_SAME = 12
"""Significant digits that every program gives back."""


def names_of_origin(
    kind: str, forms: Iterable[SheetScan], formats: Sequence[str], taken: Iterable[DefinedName]
) -> list[DefinedName]:
    """The hidden names that say what a workbook is and what its form's sheets held.

    Args:
        kind: `MARKED`, `PAINTED`, `CLEAN` or `ROLLUP`.
        forms: the sheets that are not perfxl's own, in order, as they are without its marks.
        formats: the number format of every cell style.
        taken: names that the workbook has.
    """
    known = {name.name for name in taken if name.sheet is None}
    values = {KIND: kind, CELLS: cells_digest(forms, formats)}
    return [
        DefinedName(name, None, f'"{value}"', hidden=True)
        for name, value in values.items()
        if name not in known
    ]  # fmt: skip


def read_origin(book: Workbook, name: str) -> str:
    """What a hidden name of ours says; "" where the workbook has none."""
    found = (known.refers_to for known in book.names if known.name == name and known.sheet is None)
    return next(found, "").strip().strip('"')


def own_sheets(book: Workbook) -> set[int]:
    """The indexes of the sheets that perfxl added."""
    return {n.sheet for n in book.names if n.name == SHEET_MARK and n.sheet is not None}


def cells_digest(forms: Iterable[SheetScan], formats: Sequence[str]) -> str:
    """A digest of what some sheets hold, the same however an office program writes it.

    A number that is shown as a percentage is another one than the same number without.
    """
    found = hashlib.blake2b(digest_size=20)
    shares = {style for style, code in enumerate(formats) if "%" in code}
    for number, scan in enumerate(forms):
        held = []
        for row, col, style, kind, raw, _ in scan.cells:
            value = _plain(raw) + "%" * (style in shares) if kind == "n" else "".join(raw.split())
            if value:
                held.append(f"{number} {row} {col} {value}\n")
        found.update("".join(sorted(held)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _plain(raw: str) -> str:
    try:
        return f"{float(raw):.{_SAME}g}"
    except ValueError:
        return raw.strip()
