"""Fields written behind their labels within one cell: 单位名称：某局    填报日期：…."""

from perfxl.forms.blocks import stated_total
from perfxl.forms.blocks.offer import offer
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields, head
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.words.vocabulary import HAS_COLON

NAME = "inline_field"


def recognise(reading: Reading, tile: Tile) -> Claim | None:
    """A cell with one label or several, at least one of them with a value behind it."""
    if not isinstance(tile.cell.value, str):
        return None
    behind = list(fields.inline(tile, reading.vocabulary))
    if not behind:
        return None
    filled = any(field.value is not None for _, field in behind)
    if not filled and reading.vocabulary.fields.match(tile.text) is not None:
        return None  # 单位名称： with the name in the next cell
    return Claim(
        NAME,
        Sureness.LABEL,
        "inline" if filled else "inline-blank",
        (tile,),
        found=(tile, behind),
    )


def read(reading: Reading, claim: Claim) -> Contents:
    """Each value behind its label; a total that stands among them, too."""
    tile, behind = claim.found
    contents = Contents(reading)
    contents.take(tile, behind[0][0])
    total = stated_total.find_total(reading, tile)
    if total is not None:
        contents.offered += stated_total.offers(total)
    for name, field in behind:
        offer(contents, name, head.coerce_value(name, _without_year(name, field)), tile)
    return contents


def _without_year(name: str, field: Field) -> Field:
    """A value without the year that stands apart behind it."""
    if name not in ("unit", "department", "project") or not field.text:
        return field
    bare = head.without_year(field.text)
    return field if bare == field.text else field._replace(value=bare, text=bare)


BLOCK = Recogniser(NAME, Sureness.LABEL, recognise, read, sign=HAS_COLON)
