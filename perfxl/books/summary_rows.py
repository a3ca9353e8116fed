"""The rows of the summary's long sheets, put together as text, form by form.

XlsxWriter takes cells one by one and looks at each from all sides; of a season's five million cells
that is most of the time. These rows hold numbers and texts only. They are the same wherever they
come to stand, so several processes can put them together at once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from perfxl.books.summary_entry import Entry, Rows
from perfxl.exact import Fraction
from perfxl.ooxml.address import letters
from perfxl.ooxml.parts.geometry import lines_of
from perfxl.ooxml.parts.strings import cell_text
from perfxl.rules.findings import Severity
from perfxl.rules.records import VERDICTS
from perfxl.texts import Texts

ROW, STYLE = "\x01", "\x02"
"""They stand for a row's number and its cells' format until it has a place; XML cannot hold them."""
WIDTHS: Mapping[str, Sequence[float]] = {
    "clues": (28, 30, 30, 16, 8, 100),
    "findings": (28, 30, 8, 24, 16, 8, 10, 9, 9, 80, 40),
    "indicators": (28, 30, 6, 13, 16, 26, 14, 16, 8, 8, 8, 8, 9, 8, 10, 40, 8),
}
# Points of a line and of the tallest row; how much of a column's width its text gets.
LINE, TALLEST, ROOM = 15.0, 409.0, 0.9
_COLUMNS = {
    name: [(letters(number), width * ROOM) for number, width in enumerate(widths, 1)]
    for name, widths in WIDTHS.items()
}
Record = Mapping[str, Any]
Cell = Fraction | Decimal | int | float | str | None


def form_rows(entry: Entry, record: Record, texts: Texts) -> Rows:
    """The rows of a form.

    Args:
        entry: the form.
        record: its audit, `perfxl.rules.records.audit_record`.
        texts: the user's language.
    """
    clues = [one for one in record["findings"] if _is_clue(one)]
    findings = [one for one in record["findings"] if not _is_clue(one)]
    return Rows(
        [row("findings", _finding(entry, one, texts)) for one in findings],
        [row("indicators", cells) for cells in _indicators(entry, record, texts)],
        Counter((one["severity"], one["rule"]) for one in findings),
        [row("clues", _clue(entry, one, texts)) for one in clues],
    )


def lost(entry: Entry, reason: str, texts: Texts) -> Rows:
    """The rows of a form whose record cannot be read: one, that says so."""
    severity = Severity.ERROR
    cells: list[Cell] = [
        entry.unit,
        entry.file,
        texts.get(f"severity/{severity}"),
        *[None] * 6,
        reason,
        None,
    ]
    return Rows([row("findings", cells)], [], Counter(), [])


def _is_clue(finding: Record) -> bool:
    """Whether it stands among the clues; one that the policy made a warning is a finding."""
    return bool(finding.get("clue")) and finding["severity"] == Severity.NOTE


def _clue(entry: Entry, finding: Record, texts: Texts) -> list[Cell]:
    title = texts.get(f"rules/{finding['rule']}/title")
    return [entry.unit, entry.file, title, finding["sheet"], finding["cell"], finding["message"]]


def _finding(entry: Entry, finding: Record, texts: Texts) -> list[Cell]:
    title = f"rules/{finding['rule']}/title"
    return [
        entry.unit, entry.file, texts.get(f"severity/{finding['severity']}"),
        texts.get(title) if texts.has(title) else finding["rule"], finding["sheet"], finding["cell"],
        finding["claimed"], finding["lo"], finding["hi"], finding["message"],
        texts.join("joined", (cause["message"] for cause in finding["causes"])),
    ]  # fmt: skip


def _indicators(entry: Entry, record: Record, texts: Texts) -> Iterator[list[Cell]]:
    """The tidy frame of indicators with the admissible columns."""
    scores = {
        score["cell"]: score for score in record["scores"] if score["of"].startswith("indicator:")
    }
    for row in record["indicators"]:
        score = scores.get(row["score_cell"], {}) if row["score_cell"] else {}
        yield [
            entry.unit, entry.file, row["goal"], row["level1"], row["level2"], row["level3"],
            row["target"], row["actual"], row["weight"], row["score"], score.get("lo"), score.get("hi"),
            score.get("recomputed"), score.get("difference"),
            _verdict(score.get("verdict"), texts), row["reason"], row["score_cell"],
        ]  # fmt: skip


def _verdict(word: str | None, texts: Texts) -> str | None:
    """A record's verdict in the user's language."""
    return None if word is None else texts.get(f"verdict/{VERDICTS[word]}")


def row(table: str, cells: Sequence[Cell]) -> str:
    """A row as text: numbers to four decimals, every text as nothing but text.

    Args:
        table: one of `WIDTHS`.
        cells: one for each column; None and "" leave a place empty.
    """
    parts = []
    lines = 1
    for cell, (name, room) in zip(cells, _COLUMNS[table], strict=True):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            # A text no wider than its cell stands in one line: nearly all of them.
            if 2 * len(cell) > room:
                lines = max(lines, lines_of(cell, room))
            parts.append(_text(name, cell))
        else:
            value = cell if isinstance(cell, int) else round(float(cell), 4)
            parts.append(f'<c r="{name}{ROW}" s="{STYLE}"><v>{value}</v></c>')
    height = f' ht="{min(TALLEST, lines * LINE)}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{ROW}"{height}>{"".join(parts)}</row>'


@lru_cache(4096)
def _text(name: str, text: str) -> str:
    """A cell with a text; a form's names and handling words stand in many of its rows."""
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return (
        f'<c r="{name}{ROW}" s="{STYLE}" t="inlineStr"><is><t{kept}>{cell_text(text)}</t></is></c>'
    )
