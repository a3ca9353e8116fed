"""Every cell of a form accounted for: one role each, and unread what no field took."""

from collections.abc import Iterator

from perfxl.forms import indicators, locate
from perfxl.forms.claims import Position
from perfxl.forms.model import Field, Form, Unread
from perfxl.forms.reading import Reading
from perfxl.forms.roles import LABELS, Role
from perfxl.forms.tiles import Tile

UNKNOWN, RESIDUE, COVERED, UNREADABLE, DISPUTED = (
    "unknown", "residue", "covered", "unreadable", "disputed",
)  # fmt: skip
"""Why a cell is unread: no field took it; the template left it; a span hides it; a text stands where a
number should; two blocks claim it."""
NUMBERS = frozenset(
    {Role.INITIAL, Role.BUDGET, Role.EXECUTED, Role.RATE, Role.FUNDS, Role.BASIC_EXPENDITURE,
     Role.PROJECT_EXPENDITURE}
)  # fmt: skip


def cells(reading: Reading, form: Form) -> tuple[dict[Position, Role], tuple[Unread, ...]]:
    """Each tile's role, and every cell that no field took, hidden ones too."""
    roles = dict(reading.roles)
    _add_decoration(reading, roles)
    held = set(_amounts(form))
    unread = []
    for tile in reading.tiles.between(reading.part.top, reading.part.bottom):
        place = (tile.top, tile.left)
        why = _why_unread(reading, tile, roles, held)
        if why:
            roles[place] = Role.UNREAD
            unread.append(Unread(tile.top, tile.left, tile.text, why))
    for row, col in reading.tiles.pictures:
        if reading.part.top <= row <= reading.part.bottom:
            roles.setdefault((row, col), Role.PICTURE)
    for cell in reading.tiles.covered:
        if reading.part.top <= cell.row <= reading.part.bottom:
            roles[cell.row, cell.col] = Role.UNREAD
            unread.append(Unread(cell.row, cell.col, cell.text.strip(), COVERED))
    return roles, tuple(sorted(unread))


def _amounts(form: Form) -> Iterator[Position]:
    """Where the amounts stand that were understood."""
    yield form.basic_expenditure[2:4]
    yield form.project_expenditure[2:4]
    for fund in form.funds:
        for place in fund:
            if isinstance(place, Field) and place.value is not None:
                yield place[2:4]
        for _, place in fund.further:
            yield place[2:4]


def _why_unread(
    reading: Reading, tile: Tile, roles: dict[Position, Role], held: set[Position]
) -> str:
    place = (tile.top, tile.left)
    role = roles.get(place)
    if place in reading.disputed:
        return DISPUTED
    if role is None:
        return RESIDUE if place in reading.residue else UNKNOWN
    if role in NUMBERS and place not in held and not reading.vocabulary.is_blank(tile.text):
        return UNREADABLE
    return ""


def fields_of(form: Form) -> Iterator[Field]:
    """Every field of a form, the places without a value too."""
    for name in form.__slots__:
        value = getattr(form, name)
        if isinstance(value, Field):
            yield value
    for record in (*form.funds, *form.goals, *form.indicators):
        yield from (value for value in record if isinstance(value, Field))
    for pair in form.others:
        yield from pair
    further = [pairs.further for pairs in form.funds]
    further += [pairs.further for pairs in form.indicators]
    for pairs in further:
        for pair in pairs:
            yield from pair
    yield from form.notes


def is_label(role: str) -> bool:
    """Whether cells of a role say what others are, and hold no value themselves."""
    return role in LABELS


def _add_decoration(reading: Reading, roles: dict[Position, Role]) -> None:
    """Annex and document numbers, lines in brackets above the form, and strokes carry nothing."""
    first = reading.headers[0].top if reading.headers else reading.part.bottom
    for tile in reading.tiles.between(reading.part.top, reading.part.bottom):
        place = (tile.top, tile.left)
        if place in roles:
            continue
        beside = reading.tiles.at(tile.top, tile.left - 1)
        level = None if beside is None else roles.get((beside.top, beside.left))
        if reading.vocabulary.is_blank(tile.text):
            roles[place] = Role.BLANK
        elif beside is not None and beside.text == tile.text and level in indicators.LEVELS:
            # A name that an unrolled merge repeats sideways says nothing new.
            roles[place] = Role.DECORATION
        elif locate.is_annex(tile.text, reading.vocabulary) or (
            tile.top < first and locate.is_subtitle(tile, reading.tiles)
        ):
            roles[place] = Role.DECORATION
