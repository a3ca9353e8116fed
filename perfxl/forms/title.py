"""What stands over the whole form: its title, its year, its unit of money."""

from perfxl.forms.claims import Contents
from perfxl.forms.layout import fields, head
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import fold, label


def read(reading: Reading) -> Contents:
    """Title, year and unit of money; a second title that says something else is kept beside the first."""
    contents = Contents(reading)
    _put_titles(contents)
    first = reading.headers[0].top if reading.headers else reading.part.bottom
    lone = head.lone_year(reading.tiles, reading.part.top, first, reading.vocabulary)
    if lone is not None:
        tile, year = lone
        if not any(True for _ in fields.inline(tile, reading.vocabulary)):
            # Of a line that names the unit, too, the year is not all.
            contents.take(tile, Role.YEAR)
        found = Field(year, tile.text, tile.top, tile.left, How.LABEL)
        if "year" in contents.assigned:
            contents.others.append((ABSENT, found))
        else:
            contents.assigned["year"] = found
    _put_money_unit(contents)
    return contents


def _put_titles(contents: Contents) -> None:
    part = contents.reading.part
    title = part.title
    if title is not None:
        contents.take(title, Role.TITLE)
        contents.assigned["title"] = fields.of_text(title, How.TITLE)
        year = head.year_of(title.text)
        if year is not None:
            found = Field(year, title.text, title.top, title.left, How.TITLE)
            contents.assigned["year"] = found
    for tile in part.titles:
        if title is not None and tile is not title and fold(tile.text) != fold(title.text):
            contents.take(tile, Role.OTHER)
            contents.others.append((ABSENT, fields.of_text(tile, How.TITLE)))
        contents.take(tile, Role.TITLE)


def _put_money_unit(contents: Contents) -> None:
    """The first cell that states a unit of money; one that says nothing else is taken."""
    reading = contents.reading
    for tile in reading.tiles.between(reading.part.top, reading.part.bottom):
        stated = head.money_unit(tile, reading.vocabulary)
        if stated.value is None:
            continue
        contents.assigned["money_unit"] = stated
        words = reading.vocabulary.money_labels
        if label(tile.text) in ("", *words) or fold(tile.text).startswith(
            tuple(f"{word}:" for word in words)
        ):
            contents.take(tile, Role.MONEY_UNIT)
        return
