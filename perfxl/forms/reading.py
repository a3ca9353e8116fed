"""The reading of one form in the making: what was taken for what, and what was found so far."""

from perfxl.forms import fields, head, indicators
from perfxl.forms.headers import Header
from perfxl.forms.locate import FARTHEST, Part
from perfxl.forms.model import ABSENT, Field, Fund, Goal
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary


class Reading:
    """State of a reading; the modules of the blocks fill it, `assemble` makes a Form of it.

    Attributes:
        rows: the rows of the form in which a tile begins.
        taken: position of a tile → the field that took it.
        found: single fields by name.
        raws: rows of the table of indicators with the goal they stand under.
        in_header: row → the header that it belongs to.
        residue: positions of what a template left behind.
    """

    def __init__(self, tiles: Tiles, part: Part, file: str, vocabulary: Vocabulary) -> None:
        self.tiles = tiles
        self.part = part
        self.file = file
        self.vocabulary = vocabulary
        farthest = min(part.bottom, part.last + FARTHEST)
        self.rows = [row for row in tiles.order if part.top <= row <= farthest]
        self.taken: dict[tuple[int, int], str] = {}
        self.found: dict[str, Field] = {}
        self.others: list[tuple[Field, Field]] = []
        self.notes: list[Field] = []
        self.funds: list[Fund] = []
        self.goals: list[Goal] = []
        self.raws: list[tuple[int | None, indicators.Row]] = []
        self.headers: list[Header] = []
        self.section: Field | None = None
        self.subtotals: list[tuple[int, str, Field, Field]] = []
        self.in_header: dict[int, Header] = {}
        self.residue: set[tuple[int, int]] = set()

    def take(self, tile: Tile, field: str) -> None:
        """Note a tile as understood."""
        self.taken.setdefault((tile.top, tile.left), field)

    def is_taken(self, tile: Tile) -> bool:
        """Whether a field took the tile."""
        return (tile.top, tile.left) in self.taken

    def at_column(
        self, row: int, header: Header | None, name: str, label_tile: Tile, *, required: bool = True
    ) -> Field:
        """The number of a summary row (a goal's score, the total) in a column of the table."""
        line = [tile for tile in self.tiles.rows[row] if tile.left > label_tile.right]
        if header is not None and name in header.columns:
            left, right = header.columns[name]
            for col in range(left, right + 1):
                tile = self.tiles.at(row, col)
                own = tile is not None and (name == "score" or tile.left >= left)
                if tile is not None and head.is_grade(tile.text, self.vocabulary):
                    continue
                if own and tile is not None and tile is not label_tile and tile.top == row:
                    self.take(tile, name)
                    return fields.of_number(tile)
            if label_tile.right < left:
                others = [t for t in line if not self.is_taken(t)]
                numeric = [t for t in others if fields.of_number(t).value is not None]
                if (
                    name == "score"
                    and len(numeric) == 1
                    and fields.of_number(numeric[0]).value != 100
                ):
                    self.take(numeric[0], name)
                    return fields.of_number(numeric[0])
                return fields.empty(self.tiles, row, left)
        if not required:
            return ABSENT
        for tile in reversed(line):
            field = fields.of_number(tile)
            if field.value is not None:
                self.take(tile, name)
                return field
        if label_tile.right < self.tiles.right:
            return fields.empty(self.tiles, row, label_tile.right + 1)
        return ABSENT
