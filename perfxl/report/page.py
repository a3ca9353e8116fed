"""The painted grid as one HTML page that needs nothing else: no script, no request to anywhere."""

import re
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from perfxl import resources
from perfxl.forms.model import Form
from perfxl.forms.painting import COLOURS, AnnotatedCell, annotate, missing, table
from perfxl.grid.model import Grid
from perfxl.ooxml.address import Span, letters
from perfxl.texts import Texts

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def render(name: str, forms: Sequence[tuple[Form, Grid]], texts: Texts) -> str:
    """The page of a file's forms; every text of the submission is escaped."""
    environment = Environment(
        loader=FileSystemLoader(resources.templates() / "report"),
        autoescape=True, finalize=_without_steering, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    sheets = []
    for form, grid in forms:
        cells = annotate(form, grid)
        area = _shown(form.area, cells)
        sheets.append(
            {
                "form": form,
                "kind": texts.get(f"kind/{form.kind}"),
                "columns": [letters(col) for col in range(area.left, area.right + 1)],
                "rows": [
                    (number, [_cell(cell, area, texts) for cell in line])
                    for number, line in enumerate(table(cells, area), start=area.top)
                ],
                "missing": [texts.get(f"fields/{field}") for field in missing(form)],
            }
        )
    legend = [(texts.get(f"groups/{group}"), colour) for group, colour in COLOURS.items()]
    words = {
        key: texts.get(f"inspect/{key}")
        for key in ("title", "legend", "unread", "unread_none", "missing", "hint")
    }
    return environment.get_template("inspect.html").render(
        name=name, sheets=sheets, legend=legend, words=words, language=texts.language
    )


def _without_steering(value: Any) -> Any:
    """A text without signs that no page may hold, or that turn the direction in which it is read."""
    return _STEERING.sub(" ", value) if isinstance(value, str) else value


def _shown(area: Span, cells: Sequence[AnnotatedCell]) -> Span:
    right = max((min(cell.area.right, area.right) for cell in cells), default=area.right)
    return area._replace(right=right)


def _cell(cell: AnnotatedCell | None, area: Span, texts: Texts) -> dict[str, object]:
    if cell is None:
        return {"text": "", "colour": "", "rows": 1, "columns": 1, "tip": ""}
    return {
        "text": cell.text,
        "colour": COLOURS[cell.group],
        "rows": min(cell.area.bottom, area.bottom) - cell.area.top + 1,
        "columns": min(cell.area.right, area.right) - cell.area.left + 1,
        "tip": texts.field(cell.field, cell.how),
    }
