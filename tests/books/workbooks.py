"""Template workbooks drawn for tests, and what comes out of them."""

import io
import zipfile

import openpyxl

from perfxl.books.template.program import Item, Labels
from perfxl.books.template.render import Data, TemplateBook

ALIASES = {"单位名称": "unit", "目标": "goals", "名称": "name", "得分": "score"}


def template(rows, *, merges=(), change=None, title="表"):
    """The bytes of a workbook with some rows; ``change`` gets the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for col, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, col).value = value
    for area in merges:
        sheet.merge_cells(area)
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def understood(rows, **options) -> TemplateBook:
    return TemplateBook(template(rows, **options), "模板.xlsx", ALIASES)


def filled(rows, data, **options) -> bytes:
    return understood(rows, **options).render(Data(None, data))


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def values(data: bytes, sheet=None):
    book = opened(data)
    return [
        list(row) for row in (book[sheet] if sheet else book.active).iter_rows(values_only=True)
    ]


def goal(name="项目", *, rows=2, score=8, **more):
    indicators = [
        Item("indicator", {"level3": f"{name}{n}", "score": n}) for n in range(1, rows + 1)
    ]
    return Item("goal", {"name": name, "score": score, "indicators": indicators, **more})


def others(**values):
    return Labels("other", values)


def rewritten(data: bytes, part: str, changes) -> bytes:
    """A package with texts of one part exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                for before, after in changes.items():
                    assert before.encode() in content
                    content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return out.getvalue()
