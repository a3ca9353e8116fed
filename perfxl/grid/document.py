"""A submitted file, read: its sheets as Grids, whatever kind of file it was."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfxl.grid.model import Grid

if TYPE_CHECKING:
    from perfxl.ooxml.parts.workbook import Workbook


@dataclass(frozen=True, eq=False)
class Document:
    """A file's content.

    Attributes:
        name: the file's name as given by the caller.
        format: what the content is, by its bytes: xlsx, xlsm, xltx, xltm, xlsb, xls, ods, docx,
            html, mhtml, xml2003, or one of the old formats that another program converted
            (doc, wps, rtf, …).
        grids: the sheets in order; of a document without sheets, the tables as one grid or more.
        book: the package of a file that can be edited in place, else None.
    """

    name: str
    format: str
    grids: tuple[Grid, ...]
    book: "Workbook | None" = None
