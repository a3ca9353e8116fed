"""Every cell of a form accounted for: one role each, and unread what no field took."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from perfxl.forms import indicators
from perfxl.forms.claims import Position
from perfxl.forms.layout import fields, locate
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Form, Unread
from perfxl.forms.reading import Reading
from perfxl.forms.roles import LABELS, How, Role
from perfxl.forms.values.points import parse_points

UNKNOWN, RESIDUE, COVERED, UNREADABLE, DISPUTED = (
    "unknown", "residue", "covered", "unreadable", "disputed",
)  # fmt: skip
"""Why a cell is unread: no field took it; the template left it; a span hides it; a text stands where a
number should; two blocks claim it."""
HEADS = frozenset({Role.HEADER, Role.FUNDS_HEADER, Role.TOTAL, Role.SUBTOTAL})
"""Labels whose points repeat what stands in their column or row."""
NUMBERS = frozenset(
    {Role.INITIAL, Role.BUDGET, Role.EXECUTED, Role.RATE, Role.FUNDS, Role.BASIC_EXPENDITURE,
     Role.PROJECT_EXPENDITURE}
)  # fmt: skip
IN_DOUBT = NUMBERS | {None}
"""Roles of which it is no proof that a field holds the cell."""


def account(reading: Reading, form: Form, tiles: Iterable[Tile]) -> Form:
    """The form with the role of each tile, every cell that no field took, every text that none holds yet."""
    roles = dict(reading.roles)
    amounts, held = set(_amounts(form)), _held(form)
    settled = held - reading.disputed
    unread: list[Unread] = []
    others: list[tuple[Field, Field]] = []
    for tile in tiles:
        place = tile[:2]
        if place in settled and roles.get(place) not in IN_DOUBT:
            continue
        role = roles.get(place) or _decoration(reading, tile)
        why = _why_unread(reading, tile, role, amounts)
        if why:
            roles[place] = Role.UNREAD
            unread.append(Unread(*place, tile.text, why))
        elif role is not None and place not in held:
            roles[place], kept = _kept(reading, tile, role, roles)
            others += kept
    unread += _unseen(reading, roles)
    return replace(form, roles=roles, unread=tuple(sorted(unread)), others=(*form.others, *others))


def _unseen(reading: Reading, roles: dict[Position, Role]) -> Iterator[Unread]:
    """Cells that are no tiles: pictures, repeated texts of unrolled spans, texts hidden under spans."""
    part = reading.part
    for row, col in reading.tiles.pictures:
        if part.top <= row <= part.bottom:
            roles.setdefault((row, col), Role.PICTURE)
    for cell in reading.tiles.repeated:
        if part.top <= cell.row <= part.bottom:
            blank = reading.vocabulary.is_blank(cell.text)
            roles.setdefault((cell.row, cell.col), Role.BLANK if blank else Role.DECORATION)
    for cell in reading.tiles.covered:
        if part.top <= cell.row <= part.bottom:
            roles[cell.row, cell.col] = Role.UNREAD
            yield Unread(cell.row, cell.col, cell.text.strip(), COVERED)


def _kept(
    reading: Reading, tile: Tile, role: Role, roles: dict[Position, Role]
) -> tuple[Role, list[tuple[Field, Field]]]:
    """The role of a cell that no field holds, and what it says that must not be lost."""
    if role in LABELS:
        worth = parse_points(tile.text) if role not in HEADS else None
        if worth is None:
            return role, []
        value = Field(worth, tile.text, tile.top, tile.left, How.LABEL)
        return role, [(fields.of_text(tile, How.LABEL), value)]
    if reading.vocabulary.is_blank(tile.text):
        return Role.BLANK, []
    above = reading.tiles.at(tile.top - 1, tile.left)
    same = above is not None and roles.get((above.top, above.left)) == role
    if role in indicators.LEVELS and same and parse_points(tile.text) is None:
        # 指标 below 产出: the first half holds the name of both.
        return Role.DECORATION, []
    return role, [(ABSENT, fields.of_text(tile, How.LABEL))]


def _held(form: Form) -> set[Position]:
    """Where the fields of a form stand."""
    held = {field[2:4] for row in form.indicators for field in row[2:-1] if field is not ABSENT}
    return held.union([field[2:4] for field in fields_of(form, rows=False)])


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


def _why_unread(reading: Reading, tile: Tile, role: Role | None, held: set[Position]) -> str:
    place = tile[:2]
    if role is None:
        return RESIDUE if place in reading.residue else UNKNOWN
    if role in NUMBERS and place not in held and not reading.vocabulary.is_blank(tile.text):
        return UNREADABLE
    return DISPUTED if place in reading.disputed else ""


def fields_of(form: Form, *, rows: bool = True) -> Iterator[Field]:
    """Every field of a form, the places without a value too; of its indicators only what is further, if asked."""
    for name in form.__slots__:
        value = getattr(form, name)
        if isinstance(value, Field):
            yield value
    for record in (*form.funds, *form.goals, *(form.indicators if rows else ())):
        yield from (value for value in record if isinstance(value, Field))
    for pair in form.others:
        yield from pair
    further = [pairs.further for pairs in form.funds]
    further += [pairs.further for pairs in form.indicators]
    for pairs in further:
        for pair in pairs:
            yield from pair
    yield from form.notes


def _decoration(reading: Reading, tile: Tile) -> Role | None:
    """Annex and document numbers, lines in brackets above the form, and strokes carry nothing."""
    if reading.vocabulary.is_blank(tile.text):
        return Role.BLANK
    beside = reading.tiles.at(tile.top, tile.left - 1)
    if beside is not None and beside.text == tile.text and _is_level(reading, beside):
        # A name that an unrolled merge repeats sideways says nothing new.
        return Role.DECORATION
    first = reading.headers[0].top if reading.headers else reading.part.bottom
    above = tile.top < first and locate.is_subtitle(tile, reading.tiles)
    return Role.DECORATION if above or locate.is_annex(tile.text, reading.vocabulary) else None


def _is_level(reading: Reading, tile: Tile) -> bool:
    return reading.roles.get(tile[:2]) in indicators.LEVELS
