"""The row of the total: 总分 | 100 | 95 | 优."""

from decimal import Decimal

from perfxl.forms.blocks import stated_total, summary
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields, head
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.words.vocabulary import IS_TOTAL, TOTAL, Vocabulary

NAME = "total_row"


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row that begins with a total's label, below the header of a table."""
    header = _header(reading)
    line = reading.tiles.rows[row]
    tile, begins = _label(line, reading.vocabulary)
    if tile is None or header is None or row < header.top:
        return None
    if tile.left > header.left + 1 and not begins:
        return None
    if stated_total.recognise(reading, tile) is not None:
        return None
    return Claim(NAME, Sureness.PROOF, "total", tuple(line), row, rest=True, found=tile)


def read(reading: Reading, claim: Claim) -> Contents:
    """Total, sum of weights, grade, and a second rater's total."""
    tile: Tile = claim.found
    header = _header(reading)
    contents = Contents(reading)
    contents.take(tile, Role.TOTAL)
    _put_total(contents, header, tile)
    for name, found in (("deduction", ""), ("review", "total_review")):
        field, place = summary.figure(contents, header, name, tile, required=False)
        if place is not None:
            contents.take(place, name)
        if found:
            contents.assigned[found] = field
    _put_weight(contents, header, tile)
    _put_rest(contents, tile)
    return contents


def _header(reading: Reading) -> Header | None:
    return reading.header or (reading.headers[-1] if reading.headers else None)


def _label(line: list[Tile], vocabulary: Vocabulary) -> tuple[Tile | None, bool]:
    """The label of a total if a row begins with one, and whether nothing but numbers stands before it."""
    first, begun = 0, line[:2]
    if isinstance(line[0].cell.value, Decimal):
        # In some tables the points stand to the left of the words.
        words = (at for at, tile in enumerate(line) if not isinstance(tile.cell.value, Decimal))
        first = next(words, 0)
        begun = line[: max(2, first + 1)]
    for tile in begun:
        if vocabulary.sums_found[tile.text] == TOTAL:
            return tile, line[first] is tile
    return None, False


def _put_total(contents: Contents, header: Header | None, tile: Tile) -> None:
    """The score, as the form's total or as its second one; a sum of a part is neither."""
    reading = contents.reading
    weight, place = summary.figure(contents, header, "weight", tile, required=False)
    partial = weight.value is not None and weight.value != fields.WHOLE
    if place is not None:
        contents.take(place, "weight")
    score, place = summary.figure(contents, header, "score", tile)
    if place is not None:
        contents.take(place, "score")
    known = reading.found.get("claimed_total")
    if known is not None and known.value is not None:
        if known.how == How.TABLE:
            contents.assigned["claimed_total"] = score
        elif not partial:
            contents.assigned["second_total"] = score
        return
    if partial:
        # A sum of the table alone; the form's total may follow with its own label.
        score = score._replace(how=How.TABLE)
    if not score.text:
        score = _shifted(contents, tile, score)
    contents.assigned["claimed_total"] = score


def _shifted(contents: Contents, label: Tile, score: Field) -> Field:
    """The score of a row whose cells do not stand under their headers: 总分 | 100 | 98.88."""
    line = contents.reading.tiles.rows[label.top]
    numbers = [
        tile
        for tile in line
        if tile.left > label.right and fields.of_number(tile).value is not None
    ]
    if len(numbers) != 2 or fields.of_number(numbers[0]).value != fields.WHOLE:
        return score
    contents.take(numbers[0], Role.TOTAL_WEIGHT)
    contents.take(numbers[1], Role.SCORE)
    contents.assigned["total_weight"] = fields.of_number(numbers[0])
    return fields.of_number(numbers[1])


def _put_weight(contents: Contents, header: Header | None, label: Tile) -> None:
    """The 100 that all weights sum to."""
    columns = header.columns if header is not None else {}
    if any(name.startswith("weight_") for name in columns):
        for tile in contents.reading.tiles.rows[label.top]:
            if not contents.is_taken(tile) and fields.of_number(tile).value == fields.WHOLE:
                contents.take(tile, Role.TOTAL_WEIGHT)
                contents.assigned["total_weight"] = fields.of_number(tile)
    if "weight" in columns and "total_weight" not in (contents.assigned | contents.reading.found):
        field, _ = summary.figure(contents, header, "weight", label, required=False)
        contents.assigned["total_weight"] = field


def _put_rest(contents: Contents, label: Tile) -> None:
    """The grade and the strokes beside the total."""
    reading = contents.reading
    for tile in reading.tiles.rows[label.top]:
        if contents.is_taken(tile):
            continue
        grade = head.grade_of(tile, How.COLUMN, reading.vocabulary)
        if grade is not None:
            contents.take(tile, Role.CLAIMED_GRADE)
            contents.offered.append(("claimed_grade", grade, fields.of_text(label, How.LABEL)))
        elif reading.vocabulary.is_blank(tile.text):
            contents.take(tile, Role.BLANK)
        elif tile.left > label.right and "total_weight" not in (contents.assigned | reading.found):
            worth = fields.of_number(tile)
            if worth.value == fields.WHOLE:
                contents.take(tile, Role.TOTAL_WEIGHT)
                contents.assigned["total_weight"] = worth


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, sign=IS_TOTAL)
