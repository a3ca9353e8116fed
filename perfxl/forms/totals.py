"""Summary rows: the total with its grade, and the subtotals of sections."""

from decimal import Decimal

from perfxl.forms import fields, head, labelled
from perfxl.forms.headers import Header
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.text import label
from perfxl.forms.tiles import Tile
from perfxl.forms.vocabulary import SUBTOTAL, TOTAL, Vocabulary

WHOLE = 100
"""What all weights of a form sum to."""


def _label(line: list[Tile], vocabulary: Vocabulary) -> tuple[Tile | None, int]:
    """The label of a total if a row begins with one, and the place of the row's first words."""
    first, begun = 0, line[:2]
    if isinstance(line[0].cell.value, Decimal):
        # In some tables the points stand to the left of the words.
        words = (at for at, tile in enumerate(line) if not isinstance(tile.cell.value, Decimal))
        first = next(words, 0)
        begun = line[: max(2, first + 1)]
    sums = vocabulary.sums_found
    for tile in begun:
        if sums[tile.text] == TOTAL:
            return tile, first
    return None, first


def total(reading: Reading, row: int, header: Header | None) -> bool:
    """The row of the total: its weight, its score, and the grade beside it."""
    line = reading.tiles.rows[row]
    tile, first = _label(line, reading.vocabulary)
    header = header or (reading.headers[-1] if reading.headers else None)
    if tile is None or header is None or row < header.top:
        return False
    if tile.left > header.left + 1 and line[first] is not tile:
        return False
    if labelled.keep_total(reading, tile):
        labelled.pairs(reading, row)
        return True
    reading.take(tile, "total")
    weight = reading.at_column(row, header, "weight", tile, required=False)
    partial = weight.value is not None and weight.value != WHOLE
    known = reading.found.get("claimed_total")
    if known is not None and known.value is not None:
        again = reading.at_column(row, header, "score", tile)
        if known.how == "table":
            reading.found["claimed_total"] = again
        elif not partial:
            reading.found["second_total"] = again
    else:
        score = reading.at_column(row, header, "score", tile)
        if partial:
            # A sum of the table alone; the form's total may follow with its own label.
            score = score._replace(how="table")
        reading.found["claimed_total"] = (
            score if score.text else shifted_total(reading, line, tile, score)
        )
    reading.at_column(row, header, "deduction", tile, required=False)
    reading.found["total_review"] = reading.at_column(row, header, "review", tile, required=False)
    if any(name.startswith("weight_") for name in header.columns):
        for other in line:
            if (
                other is not tile
                and not reading.is_taken(other)
                and fields.of_number(other).value == 100
            ):
                reading.take(other, "total_weight")
                reading.found["total_weight"] = fields.of_number(other)
    if "weight" in header.columns and "total_weight" not in reading.found:
        reading.found["total_weight"] = reading.at_column(
            row, header, "weight", tile, required=False
        )
    for other in line:
        if reading.is_taken(other):
            continue
        grade = head.grade_of(other, "column", reading.vocabulary)
        if grade is not None:
            reading.take(other, "claimed_grade")
            reading.found.setdefault("claimed_grade", grade)
        elif reading.vocabulary.is_blank(other.text):
            reading.take(other, "blank")
        elif other.left > tile.right and "total_weight" not in reading.found:
            worth = fields.of_number(other)
            if worth.value == 100:
                reading.take(other, "total_weight")
                reading.found["total_weight"] = worth
    labelled.pairs(reading, row)
    return True


def shifted_total(reading: Reading, line: list[Tile], tile: Tile, score: Field) -> Field:
    """A total row whose cells do not stand under their headers: 总分 | 100 | 98.88."""
    numbers = [
        fields.of_number(other)
        for other in line
        if other.left > tile.right and fields.of_number(other).value is not None
    ]
    if len(numbers) != 2 or numbers[0].value != 100:
        return score
    for other in line:
        if other.left > tile.right and fields.of_number(other).value is not None:
            reading.take(other, "score" if other.left == numbers[1].col else "total_weight")
    reading.found["total_weight"] = numbers[0]
    return numbers[1]


def _among_values(tile: Tile, header: Header) -> bool:
    """Whether a tile stands where targets and results do, and so is no label of a row."""
    columns = header.columns
    return any(columns[name][0] <= tile.left for name in ("target", "actual") if name in columns)


def subtotal(reading: Reading, row: int, header: Header) -> bool:
    """小计: the score of the section above it."""
    sums = reading.vocabulary.sums_found
    for tile in reading.tiles.rows[row][:3]:
        if sums[tile.text] == SUBTOTAL:
            break
    else:
        return False
    if _among_values(tile, header):
        return False
    reading.take(tile, "subtotal")
    score = reading.at_column(row, header, "score", tile)
    weight = reading.at_column(row, header, "weight", tile, required=False)
    reading.subtotals.append((row, label(tile.text), score, weight))
    for other in reading.tiles.rows[row]:
        if reading.vocabulary.is_blank(other.text):
            reading.take(other, "blank")
    return True
