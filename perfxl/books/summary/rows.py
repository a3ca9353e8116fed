"""The rows of the summary's long sheets, put together as text, form by form.

XlsxWriter takes cells one by one and looks at each from all sides; of a season's five million cells
that is most of the time. These rows hold numbers and texts only. They are the same wherever they
come to stand, so several processes can put them together at once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from perfxl.books import decision_cells
from perfxl.books.summary.entry import Entry, Lines, Rows
from perfxl.books.summary.links import location
from perfxl.exact import Fraction
from perfxl.forms.values.text import normalize
from perfxl.forms.words import vocabulary
from perfxl.ooxml.address import letters
from perfxl.ooxml.parts.geometry import lines_of
from perfxl.ooxml.parts.strings import cell_text
from perfxl.rules.findings import Severity
from perfxl.rules.records import VERDICTS
from perfxl.texts import Texts, money

ROW = "\x01"
"""It stands for a row's number until it has a place; XML cannot hold it."""
TEXT, POINTS, DIFFERENCE, MONEY, RATE, WHOLE, LINK, ERROR, WARNING, NOTE, FILE = (
    "\x02\x03\x04\x05\x06\x07\x0b\x0c\x0e\x0f\x10"
)
"""So does each of these for the look of a cell, until the workbook has it."""


class Column(NamedTuple):
    """A column of a long sheet: its width in characters, how its cells look, whether it is printed."""

    width: float
    look: str = TEXT
    printed: bool = True


LIST = {
    "number": Column(5, WHOLE),
    "unit": Column(23),
    "project": Column(17),
    "conclusion": Column(14, NOTE),
    "claimed": Column(8.5, POINTS),
    "recomputed": Column(8.5, POINTS),
    "difference": Column(8.5, POINTS),
    "proven": Column(10.5, POINTS),
    "errors": Column(7, WHOLE),
    "warnings": Column(7, WHOLE),
    "unread": Column(7.5, WHOLE),
    "before": Column(7, NOTE),
    "grade": Column(7, NOTE),
    "range": Column(16, NOTE),
    "kind": Column(12, NOTE),
    "year": Column(6.5, WHOLE),
    "file": Column(30, FILE),
}
"""The columns of the list of forms; their heads stand in the catalogue in the same order."""
DECIDED, KEY = 12, -1
"""Columns of the findings, from 0: where what is decided begins, and where the hidden key stands."""
COLUMNS: Mapping[str, Sequence[Column]] = {
    "overview": tuple(LIST.values()),
    "findings": (
        Column(16), Column(13), Column(8, NOTE), Column(16), Column(12), Column(17), Column(7, LINK),
        Column(9, POINTS), Column(12.5, POINTS), Column(11, DIFFERENCE), Column(46), Column(15),
        Column(11, NOTE, printed=False), Column(22, printed=False), Column(10, NOTE, printed=False),
        Column(12, NOTE, printed=False),
        Column(11, MONEY, printed=False), Column(13, MONEY, printed=False), Column(9, RATE, printed=False),
        Column(11, RATE, printed=False),
        Column(16, printed=False), Column(16, printed=False), Column(50, printed=False),
        Column(14, printed=False), Column(30, printed=False), Column(44, printed=False),
    ),
    "clues": (
        Column(18), Column(14), Column(22), Column(7, LINK), Column(90), Column(14, printed=False),
        Column(30, printed=False),
    ),
    "indicators": (
        Column(16), Column(12), Column(6, WHOLE), Column(10), Column(12), Column(20), Column(13), Column(13),
        Column(7, POINTS), Column(7, POINTS), Column(8, POINTS), Column(8, DIFFERENCE), Column(8, POINTS),
        Column(8, POINTS), Column(9), Column(26), Column(7), Column(30, printed=False),
    ),
}  # fmt: skip
"""The columns of the long sheets; what matters first stands first, one unit in each."""
LINKED = {
    name: letters(number)
    for name, columns in COLUMNS.items()
    for number, one in enumerate(columns, 1)
    if one.look in (LINK, FILE)
}
"""Sheet → the column that leads into the copy."""
UNLINKED = {LINK: NOTE, FILE: TEXT}
"""How a cell looks that would lead into the copy where there is none."""
SEVERITIES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.NOTE: NOTE}
# Points of a line and of the tallest row; how much of a column's width its text gets.
LINE, TALLEST, ROOM, SPARE = 13.5, 409.0, 0.88, 3.0


@cache
def _opening(number: int, look: str) -> str:
    """How a cell of a column begins."""
    return f'<c r="{letters(number)}{ROW}" s="{look}"'


class _Place(NamedTuple):
    """A column as rows are put together: how its cells begin, what is there if nothing is, room for text."""

    opening: str
    blank: str
    room: float
    number: int
    changing: str

    @classmethod
    def for_column(cls, number: int, column: Column) -> "_Place":
        """The place of a column; beyond what is printed nothing stands in empty cells, not even a border."""
        opening = _opening(number, column.look)
        changing = column.look if column.look in (NOTE, LINK, FILE) else ""
        blank = f"{opening}/>" if column.printed else ""
        return cls(opening, blank, column.width * ROOM, number, changing)


_PLACES = {
    name: [_Place.for_column(number, one) for number, one in enumerate(columns, 1)]
    for name, columns in COLUMNS.items()
}
MYRIAD = 10_000
"""Amounts of money are listed in 万元."""
Record = Mapping[str, Any]
Cell = Fraction | Decimal | int | float | str | None


def looks_of(table: str) -> list[str]:
    """The signs of all looks that rows of a table may hold."""
    own = dict.fromkeys(one.look for one in COLUMNS[table])
    return (
        [*dict.fromkeys((*own, TEXT, *SEVERITIES.values()))]
        if NOTE in own or LINK in own
        else [*own]
    )


def form_rows(entry: Entry, record: Record, texts: Texts) -> Rows:
    """The rows of a form.

    Args:
        entry: the form.
        record: its audit, `perfxl.rules.records.audit_record`; one of an earlier perfxl lacks some values.
        texts: the user's language.
    """
    clues = [one for one in record["findings"] if _is_clue(one)]
    findings = [one for one in record["findings"] if not _is_clue(one)]
    problems = [problem_of(one, texts) for one in findings]
    money_unit = record.get("money_unit")
    unread = record.get("unread")
    found, clue_places = _places(entry, findings), _places(entry, clues)
    return Rows(
        Lines(
            [
                row_text(
                    "findings", _finding(entry, one, problem, money_unit, texts),
                    SEVERITIES.get(one["severity"], NOTE), linked=bool(place),
                )
                for one, problem, place in zip(findings, problems, found, strict=True)
            ],
            found,
        ),
        Lines([row_text("indicators", cells) for cells in _indicators(entry, record, texts)]),
        Counter(zip((one["severity"] for one in findings), problems, strict=True)),
        Lines(
            [
                row_text("clues", _clue(entry, one, texts), linked=bool(place))
                for one, place in zip(clues, clue_places, strict=True)
            ],
            clue_places,
        ),
        None if unread is None else len(unread),
    )  # fmt: skip


def lost(entry: Entry, reason: str, texts: Texts) -> Rows:
    """The rows of a form whose record cannot be read: one, that says so."""
    cells: list[Cell] = [None] * len(COLUMNS["findings"])
    cells[:3] = entry.unit, entry.short.project, texts.get(f"severity/{Severity.ERROR}")
    cells[10], cells[-2] = reason, entry.file
    return Rows(Lines([row_text("findings", cells, ERROR)]), Lines([]), Counter(), Lines([]))


def problem_of(finding: Record, texts: Texts) -> str:
    """The name of what is wrong; of a record without it, what the catalogue calls it by its rule."""
    named: str | None = finding.get("problem")
    if named:
        return named
    rule = finding["rule"]
    known = (key for key in (f"rules/{rule}/problem", f"rules/{rule}/title") if texts.has(key))
    return next((texts.get(key) for key in known), str(rule))


def _is_clue(finding: Record) -> bool:
    """Whether it stands among the clues; one that the policy made a warning is a finding."""
    return bool(finding.get("clue")) and finding["severity"] == Severity.NOTE


def _places(entry: Entry, findings: Sequence[Record]) -> list[str]:
    """Where findings lead to in the copy."""
    if entry.copy is None:
        return [""] * len(findings)
    return [location(one["sheet"], one["cell"]) if one["cell"] else "" for one in findings]


def _clue(entry: Entry, finding: Record, texts: Texts) -> list[Cell]:
    return [
        entry.unit, entry.short.project, problem_of(finding, texts), finding["cell"], finding["message"],
        finding["sheet"], entry.file,
    ]  # fmt: skip


def _finding(
    entry: Entry, finding: Record, problem: str, money_unit: str | None, texts: Texts
) -> list[Cell]:
    """What was found: whose, what, where, by how much, in words, on which ground; what was decided."""
    decided, key = _decided(entry, finding, texts)
    return [
        entry.unit, entry.short.project, texts.get(f"severity/{finding['severity']}"), problem,
        finding.get("goal_name"), finding.get("name"), finding["cell"],
        *_amounts(finding, "points"), _difference(finding), _words(finding, texts), finding["clause"],
        *decided, *_money(finding, money_unit, texts), *_amounts(finding, "rate"), *_contents(finding),
        finding.get("quotation"), finding["sheet"], entry.file, key,
    ]  # fmt: skip


def _decided(entry: Entry, finding: Record, texts: Texts) -> tuple[Sequence[str], str]:
    """What was decided of a finding, as it stands in its four cells, and the finding's key."""
    key = finding.get("key")
    if entry.decisions is None or not key or finding["severity"] == Severity.NOTE:
        return ("",) * len(decision_cells.FIELDS), ""
    choice, *others = entry.decisions.told.get(key, ("",) * len(decision_cells.FIELDS))
    word = texts.get(f"decisions/{choice}") if choice else ""
    return (word, *others), decision_cells.key_text(entry.decisions.form, key)


def _unit(finding: Record) -> str:
    """What its numbers are counted in; a record of an earlier perfxl says it by the field."""
    known = finding.get("difference_unit")
    return str(known) if known else "points" if finding["field"] in ("score", "weight") else "none"


def _claimed(finding: Record) -> Cell:
    claimed: Cell = finding["claimed"]
    return claimed


def _due(finding: Record) -> Cell:
    """What would be right: a number, or the range in words."""
    lo, hi = finding["lo"], finding["hi"]
    if lo == hi:
        number: Cell = lo
        return number
    text: str | None = finding.get("due")
    return text


def _amounts(finding: Record, unit: str) -> tuple[Cell, Cell]:
    """Claim and due of findings in this unit; of others nothing."""
    if _unit(finding) != unit or isinstance(finding["claimed"], str):
        return None, None
    return _claimed(finding), _due(finding)


def _difference(finding: Record) -> Cell:
    difference: Cell = finding.get("difference")
    return difference if _unit(finding) == "points" else None


def _money(finding: Record, unit: str | None, texts: Texts) -> tuple[Cell, Cell]:
    """Amounts in 万元, whatever the form's own unit is; where it states none, as they stand there."""
    if _unit(finding) != "money" or isinstance(finding["claimed"], str):
        return None, None
    worth = vocabulary.load().money.get(normalize(unit or "").strip("()"))
    claimed, lo, hi = (
        None if number is None else _exact(number) * Decimal(worth or MYRIAD) / MYRIAD
        for number in (finding["claimed"], finding["lo"], finding["hi"])
    )
    due = _due_money(lo, hi, texts)
    if worth is not None:
        return claimed, due
    return _unitless(claimed, texts), _unitless(due, texts)


def _unitless(amount: Decimal | str | None, texts: Texts) -> Cell:
    """An amount whose unit nobody knows: no number among those that are in 万元."""
    if amount is None:
        return None
    shown = amount if isinstance(amount, str) else money(Fraction(amount))
    return texts.get("summary/no_money_unit", amount=shown)


def _exact(number: float) -> Decimal:
    """A number of a record."""
    return Decimal(str(number))


def _due_money(lo: Decimal | None, hi: Decimal | None, texts: Texts) -> Decimal | str | None:
    """What would be right: an amount, or the range in words."""
    if lo == hi:
        return lo
    least = None if lo is None or (lo == 0 and hi is not None and hi > 0) else money(Fraction(lo))
    most = None if hi is None else money(Fraction(hi))
    return texts.get("common/due", lo=least, hi=most, below=False)


def _contents(finding: Record) -> tuple[Cell, Cell]:
    """Claim and due that are neither points nor money nor rates: as written."""
    if _unit(finding) in ("points", "money", "rate") and not isinstance(finding["claimed"], str):
        return None, None
    text = finding.get("claimed_text")
    return text if text is not None else _claimed(finding), finding.get("due")


def _words(finding: Record, texts: Texts) -> str:
    """The sentence, and what follows from it below."""
    said: str = finding.get("text") or finding["message"]
    follows = texts.join("joined", (cause["message"] for cause in finding["causes"]))
    return texts.get("summary/follows", text=said, follows=follows) if follows else said


def _indicators(entry: Entry, record: Record, texts: Texts) -> Iterator[list[Cell]]:
    """The tidy frame of indicators with the admissible columns."""
    scores = {
        score["cell"]: score for score in record["scores"] if score["of"].startswith("indicator:")
    }
    for row in record["indicators"]:
        score = scores.get(row["score_cell"], {}) if row["score_cell"] else {}
        yield [
            entry.unit, entry.short.project, row["goal"], row["level1"], row["level2"], row["level3"],
            row["target"], row["actual"], row["weight"], row["score"], score.get("recomputed"),
            score.get("difference"), score.get("lo"), score.get("hi"), _verdict(score, texts),
            row["reason"], row["score_cell"], entry.file,
        ]  # fmt: skip


def _verdict(score: Record, texts: Texts) -> str | None:
    """A score's verdict in the user's language."""
    if "verdict" not in score:
        return None
    return texts.verdict(VERDICTS[score["verdict"]], exact=score["lo"] == score["hi"])


def row_text(
    table: str, cells: Sequence[Cell], severity: str = NOTE, *, linked: bool = False
) -> str:
    """A row as text: numbers to four decimals, every text as nothing but text, a border everywhere.

    Args:
        table: one of `COLUMNS`.
        cells: one for each column; None and "" leave a place empty.
        severity: how the cell of the severity looks.
        linked: whether it leads into the copy.
    """
    parts = []
    lines = 1
    for cell, (opening, blank, room, number, changing) in zip(cells, _PLACES[table], strict=True):
        if cell is None or cell == "":
            parts.append(blank)
            continue
        if changing:
            look = severity if changing == NOTE else changing if linked else UNLINKED[changing]
            opening = _opening(number, look)  # noqa: PLW2901
        if isinstance(cell, str):
            text, needed = _text(opening, room, cell)
            parts.append(text)
            lines = max(lines, needed)
        else:
            value = cell if isinstance(cell, int) else round(float(cell), 4)
            parts.append(f"{opening}><v>{value}</v></c>")
    height = f' ht="{min(TALLEST, lines * LINE + SPARE)}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{ROW}"{height}>{"".join(parts)}</row>'


@lru_cache(8192)
def _text(opening: str, room: float, text: str) -> tuple[str, int]:
    """A cell with a text, and its lines; a form's names and handling words stand in many of its rows."""
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    # A text no wider than its cell stands in one line: nearly all of them.
    lines = lines_of(text, room) if 2 * len(text) > room or "\n" in text else 1
    return f'{opening} t="inlineStr"><is><t{kept}>{cell_text(text)}</t></is></c>', lines
