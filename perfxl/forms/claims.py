"""Claims: what a block of a form would take of a sheet, how surely, and what it then holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field, Fund, Goal
from perfxl.forms.roles import ROLES, Role

if TYPE_CHECKING:
    from perfxl.forms.reading import Reading

Position = tuple[int, int]


class Sureness(IntEnum):
    """How much speaks for a claim; of two claims to a cell the surer one holds."""

    PLACE = 1
    """Nothing but its place."""
    HINT = 2
    """A word that a label contains, or a place with values of the right kind."""
    WORD = 3
    """A contained word in the right place; a row with a name and another of its values."""
    LABEL = 4
    """A label word for word."""
    PROOF = 5
    """A label word for word with values of its kind where they belong; a name with points."""


class Place(IntEnum):
    """Where a block may stand."""

    ANYWHERE = 0
    IN_TABLE = 1
    """Below a header of indicators, while rows of indicators are expected."""
    OUTSIDE = 2


IN_HEADER, LACKS_FUNDS = 1 << 16, 1 << 17
"""Signs of a row besides those of its texts: it is one of a header; the form's funds, of which it has one table, are
not found yet."""


class Claim(NamedTuple):
    """What a recogniser would take.

    Attributes:
        by: name of the recogniser, see `perfxl.forms.blocks`.
        sureness: how much speaks for it.
        why: key of the sentence that tells what speaks for it (templates/texts, [claims]).
        tiles: what it would take.
        last: the last row of the block.
        rest: whether the cells of its row that it does not take may be labelled fields.
        found: what the recogniser needs to read the block.
    """

    by: str
    sureness: Sureness
    why: str
    tiles: tuple[Tile, ...]
    last: int = 0
    rest: bool = False
    found: Any = None


class TableRow:
    """One row of the table of indicators as it stands in its columns.

    Attributes:
        row: number of the row, from 1. goal: number of the goal it stands under.
        fields: column → value; columns that no rule needs among them.
        columns: the columns of its table, the same for tables that are one.
        merged: column of points → last row of the cell that it shares with rows below.
    """

    __slots__ = ("columns", "fields", "goal", "merged", "row")

    def __init__(
        self, row: int, goal: int | None, fields: dict[str, Field], columns: frozenset[str]
    ) -> None:
        self.row = row
        self.goal = goal
        self.fields = fields
        self.columns = columns
        self.merged: dict[str, int] = {}


class RowContents(NamedTuple):
    """What most rows hold: one row of the table, and nothing besides."""

    roles: dict[Position, Role]
    row: TableRow


# Of their parts in order, twice as fast as calling the classes, which hundreds of rows feel.
make_claim = partial(tuple.__new__, Claim)
make_row = partial(tuple.__new__, RowContents)


class Subtotal(NamedTuple):
    """小计: the score (and points) of the rows above it; ``label`` as it is compared."""

    row: int
    label: str
    score: Field
    weight: Field


@dataclass(slots=True)
class Contents:
    """What a block holds, read from the cells of its claim.

    Attributes:
        reading: what was read before.
        roles: position → role of each cell that it takes.
        offered: single fields as (name, value, label); of two offers the better one stays.
        assigned: single fields that are settled by this block, whatever was said before.
        goal: the goal that begins here. in_table: whether rows of indicators follow.
    """

    reading: "Reading"
    roles: dict[Position, Role] = field(default_factory=dict)
    offered: list[tuple[str, Field, Field]] = field(default_factory=list)
    assigned: dict[str, Field] = field(default_factory=dict)
    others: list[tuple[Field, Field]] = field(default_factory=list)
    notes: list[Field] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    funds_headers: list[Header] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    residue: list[Position] = field(default_factory=list)
    section: Field | None = None
    goal: int | None = None
    in_table: bool | None = None

    def take(self, tile: Tile, role: str) -> None:
        """Note what a tile is; the first word on a tile stands."""
        self.roles.setdefault((tile.top, tile.left), ROLES[role])

    def is_taken(self, tile: Tile) -> bool:
        """Whether this block, or one before it, took a tile."""
        place = (tile.top, tile.left)
        return place in self.roles or place in self.reading.roles


class Recogniser(NamedTuple):
    """A kind of block.

    Attributes:
        name: as in `Claim.by`.
        surest: no claim of it is surer than this.
        place: where it may stand: rows of the table, rows outside of it, or either.
        sign: bits without which a row, or a cell, is no such block: see `decide.signs_of`, `Vocabulary.signs`.
        recognise: what it would take of a row (of a tile, for blocks of single cells); changes nothing.
        read: what a claim of it holds; changes nothing.
    """

    name: str
    surest: Sureness
    recognise: Callable[..., Claim | None]
    read: Callable[["Reading", Claim], Contents | RowContents]
    place: Place = Place.ANYWHERE
    sign: int = 0
