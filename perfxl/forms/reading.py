"""The reading of one form in the making: what each cell is, and what was found so far.

Recognisers only look at it. It changes in one place, `Reading.accept`.
"""

from perfxl.forms.claims import Claim, Contents, Position, RowContents, Subtotal, TableRow
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.locate import FARTHEST, Part
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, Field, Fund, Goal
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import fold
from perfxl.forms.words.vocabulary import Vocabulary


class Reading:
    """State of a reading; `assemble` makes a Form of it.

    Attributes:
        rows: the rows of the form in which a tile begins.
        roles: position of a tile → what it is.
        found: single fields by name.
        table: rows of the table of indicators.
        headers: every header of indicators; in_header: row → the header that it belongs to.
        columns: first row of a header → the names of its columns.
        header: the one that the rows below it stand under. goal: likewise.
        in_table: whether rows of indicators are expected.
        filled: the last row of the block that was read last.
        residue: positions of what a template left behind.
        disputed: positions that two blocks claimed with equal right.
    """

    def __init__(self, tiles: Tiles, part: Part, file: str, vocabulary: Vocabulary) -> None:
        self.tiles = tiles
        self.part = part
        self.file = file
        self.vocabulary = vocabulary
        farthest = min(part.bottom, part.last + FARTHEST)
        self.rows = [row for row in tiles.order if part.top <= row <= farthest]
        self.roles: dict[Position, Role] = {}
        self.found: dict[str, Field] = {}
        self.others: list[tuple[Field, Field]] = []
        self.notes: list[Field] = []
        self.funds: list[Fund] = []
        self.goals: list[Goal] = []
        self.table: list[TableRow] = []
        self.headers: list[Header] = []
        self.in_header: dict[int, Header] = {}
        self.columns: dict[int, frozenset[str]] = {}
        self.header: Header | None = None
        self.goal: int | None = None
        self.in_table = False
        self.filled = 0
        self.funds_headers: list[Header] = []
        self.section: Field | None = None
        self.subtotals: list[Subtotal] = []
        self.residue: list[Position] = []
        self.disputed: set[Position] = set()

    def is_taken(self, tile: Tile) -> bool:
        """Whether a block took the tile."""
        return (tile.top, tile.left) in self.roles

    def begin_header(self, header: Header) -> None:
        """Rows from here on stand under a header."""
        self.header = header
        self.columns[header.top] = frozenset(header.columns)
        self.in_table = True

    def leave_table(self) -> None:
        """The rows that follow are no indicators."""
        self.in_table = False

    def accept(self, claim: Claim | None, contents: Contents | RowContents) -> None:
        """Take in what a block holds."""
        take = self.roles.setdefault
        for place, role in contents.roles.items():
            take(place, role)
        if claim is not None and claim.last > self.filled:
            self.filled = claim.last
        if isinstance(contents, RowContents):
            self.table.append(contents.row)
            return
        self.funds_headers += contents.funds_headers
        self.others += contents.others
        self.notes += contents.notes
        self.funds += contents.funds
        self.goals += contents.goals
        self.subtotals += contents.subtotals
        self.residue += contents.residue
        for offer in contents.offered:
            self._offer(*offer)
        for name, field in contents.assigned.items():
            self._keep_beside(self.found.get(name), ABSENT, instead=field)
            self.found[name] = field
        self.section = contents.section or self.section
        self.goal = self.goal if contents.goal is None else contents.goal
        self.in_table = self.in_table if contents.in_table is None else contents.in_table

    def _offer(self, name: str, field: Field, label: Field) -> None:
        """Keep a field, or the one that was found before: of two places the better one."""
        known = self.found.get(name)
        if name == "claimed_total" and known is not None and self._disputes(field, known):
            # Two places state different totals with equal right: neither is judged by.
            self.disputed |= {known[2:4], field[2:4]}
            self.found[name] = known._replace(value=None, how=How.DISPUTED)
        elif known is None or self._outranks(field, known):
            self._keep_beside(known, ABSENT, instead=field)
            self.found[name] = field
        else:
            self._keep_beside(field, label, instead=known)

    def _disputes(self, field: Field, known: Field) -> bool:
        """Whether a total contradicts one that another cell states, before the table and its own total."""
        if known.how == How.DISPUTED:
            return field.value is not None
        both = None not in (field.value, known.value) and field.value != known.value
        stated = {How.LABEL, How.BEHIND}
        return both and field[2:4] != known[2:4] and {field.how, known.how} <= stated

    def _keep_beside(self, field: Field | None, label: Field, *, instead: Field) -> None:
        """Keep what gave way to another field, if it has a place of its own and says anything."""
        if field is not None and field.text and field[2:4] != instead[2:4]:
            self.others.append((label, field))

    def _outranks(self, field: Field, known: Field) -> bool:
        """Whether a field says more than one that was found before it."""
        nobody = self.vocabulary.nobody
        if known.value is not None and fold(field.text) in nobody:
            return False
        named = field.value is not None
        # A cell of its own is a better place than the middle of a line.
        own = known.how == How.BEHIND and field.how == How.LABEL and not self.table
        return (
            known.how in (How.TABLE, How.TITLE)
            or (named and (known.value is None or fold(known.text) in nobody))
            or (named and own)
        )
