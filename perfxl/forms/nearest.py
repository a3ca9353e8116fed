"""What a workbook without a form comes nearest to: the kind, the labels found, those missing."""

from collections.abc import Iterable

from perfxl.forms.layout import head
from perfxl.forms.layout.tiles import Tiles
from perfxl.forms.values.text import label
from perfxl.forms.words.vocabulary import Vocabulary

CORE = ("level3", "target", "actual", "score")
"""The columns that make a table of indicators."""
FEWEST_FOUND, MOST_FOUND = 3, 12
"""One known word makes no likeness."""

SAME = {"level4": "level3", "detail": "level3", "score_own": "score"}
"""Columns that stand for another one where a table lacks that."""


def diagnose_no_form(sheets: Iterable[Tiles], vocabulary: Vocabulary) -> dict[str, object]:
    """Arguments of the error that says why a workbook is no form.

    Returns:
        kind: department, project or transfer, "" where not one label is known.
        found: labels as written that are known. missing: columns that no label names.
    """
    found: dict[str, str] = {}
    columns: set[str] = set()
    title = ""
    for tiles in sheets:
        for row in tiles.order:
            for tile in tiles.rows[row]:
                if len(tile.text) > 40:
                    continue
                if not title and vocabulary.title.search(label(tile.text)):
                    title = tile.text
                column = vocabulary.columns.exact(tile.text)
                name = (
                    column
                    or vocabulary.fields.exact(tile.text)
                    or vocabulary.funds.exact(tile.text)
                )
                if name is None or name == "other":
                    continue
                found.setdefault(name, label(tile.text))
                if column is not None:
                    columns.add(SAME.get(column, column))
    alike = len(found) >= FEWEST_FOUND
    return {
        "kind": head.kind_of(title, vocabulary, {}) if alike else "",
        "found": list(found.values())[:MOST_FOUND] if alike else [],
        "missing": [name for name in CORE if name not in columns],
    }
