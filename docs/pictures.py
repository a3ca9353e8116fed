"""Draws the pictures of a marked copy for the documentation: ``python docs/pictures.py``.

It marks a sample, has LibreOffice print a part of the form and the sheet of results, and cuts off the
white around them. Needs soffice and pdftoppm.
"""

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "01-参考表.xlsx"
IMAGES = ROOT / "docs" / "images"
PART = "A61:J76"
"""Goals 7 to 9 with the columns beside them."""
RESOLUTION = 120
EDGE = 8


def draw_pictures(folder: Path) -> None:
    """Draw both pictures, with a folder for what is made on the way."""
    subprocess.run(
        [sys.executable, "-m", "perfxl", "audit", str(SAMPLE), "-o", str(folder / "copies")],
        cwd=ROOT, check=False, capture_output=True,  # what it finds is its exit code
    )  # fmt: skip
    copy = next((folder / "copies").glob("*-审核.xlsx"))
    for name, title, part in (("marked-copy", None, PART), ("audit-result", "审核结果", None)):
        pdf = _printed(copy, title, part, folder / f"{name}.xlsx")
        subprocess.run(
            ["pdftoppm", "-r", str(RESOLUTION), "-singlefile", str(pdf), str(folder / name)], check=True
        )  # fmt: skip
        png = _png(*_cropped((folder / f"{name}.ppm").read_bytes()))
        (IMAGES / f"{name}.png").write_bytes(png)


def _printed(copy: Path, title: str | None, part: str | None, path: Path) -> Path:
    """One sheet of a workbook, or a part of it, on one page of a PDF."""
    book = openpyxl.load_workbook(copy)
    wanted = book[title] if title else book.worksheets[0]
    for sheet in book.worksheets:
        if sheet is not wanted:
            book.remove(sheet)  # a hidden one with a print area is printed all the same
    if part:
        wanted.print_area = part
        wanted.page_setup.orientation = "landscape"
        wanted.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
            fitToPage=True
        )
        wanted.print_title_rows = None
    wanted.oddFooter.center.text = None
    book.save(path)
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    return path.with_suffix(".pdf")


def _cropped(ppm: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and lines of a picture (P6) without the white around it."""
    _, size, _, pixels = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = [pixels[n * width * 3 : (n + 1) * width * 3] for n in range(height)]
    drawn = [n for n, line in enumerate(lines) if line.count(b"\xff") < len(line)]
    top, bottom = max(drawn[0] - EDGE, 0), min(drawn[-1] + EDGE, height)
    lefts = [len(line) - len(line.lstrip(b"\xff")) for line in lines[top:bottom]]
    rights = [len(line.rstrip(b"\xff")) for line in lines[top:bottom]]
    left = max(min(lefts) // 3 - EDGE, 0)
    right = min(max(rights) // 3 + EDGE, width)
    return right - left, bottom - top, [line[left * 3 : right * 3] for line in lines[top:bottom]]


def _png(width: int, height: int, lines: list[bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        draw_pictures(Path(scratch))
