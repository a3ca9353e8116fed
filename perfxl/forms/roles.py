"""What a cell of a form is, and how a value was found: the codes that travel with every reading."""

from enum import StrEnum


class Role(StrEnum):
    """What a cell is. Each non-empty cell of a form has exactly one; `UNREAD` where nobody knows."""

    # Words of the form itself, which say what stands beside or below them.
    TITLE = "title"
    HEADER = "header"
    FUNDS_HEADER = "funds header"
    SIDE_LABEL = "side label"
    STRUCTURE = "structure"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    BLANK = "blank"
    DECORATION = "decoration"
    PICTURE = "picture"
    # The head, and whatever stands beside a label of its own.
    UNIT = "unit"
    YEAR = "year"
    DEPARTMENT = "department"
    LOCAL_DEPARTMENT = "local_department"
    BUDGET_DEPARTMENT = "budget_department"
    PROJECT = "project"
    MONEY_UNIT = "money_unit"
    CLAIMED_TOTAL = "claimed_total"
    CLAIMED_GRADE = "claimed_grade"
    TOTAL_WEIGHT = "total_weight"
    DEVIATION_REASON = "deviation_reason"
    IMPROVEMENT = "improvement"
    OVERALL_GOAL = "overall_goal"
    ADJUSTED_GOAL = "adjusted_goal"
    OVERALL_RESULT = "overall_result"
    OTHER = "other"
    NOTE = "note"
    # Funds.
    BASIC_EXPENDITURE = "basic_expenditure"
    PROJECT_EXPENDITURE = "project_expenditure"
    FUNDS_LABEL = "funds_label"
    FUND_NAME = "fund name"
    FUNDS = "funds"
    INITIAL = "initial"
    BUDGET = "budget"
    EXECUTED = "executed"
    RATE = "rate"
    # Goals and indicators.
    GOAL = "goal"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    LEVEL3 = "level3"
    TARGET = "target"
    TARGET_INITIAL = "target_initial"
    SIGN = "property"
    MEASURE = "measure"
    ACTUAL = "actual"
    COEFFICIENT = "coefficient"
    COMPLETION = "completion"
    WEIGHT = "weight"
    SCORE = "score"
    DEDUCTION = "deduction"
    REVIEW = "review"
    REASON = "reason"
    COMMENT = "comment"
    FURTHER = "further"
    UNREAD = "unread"


LABELS = frozenset(
    {Role.HEADER, Role.FUNDS_HEADER, Role.SIDE_LABEL, Role.STRUCTURE, Role.SUBTOTAL, Role.TOTAL,
     Role.BLANK, Role.DECORATION, Role.PICTURE}
)  # fmt: skip
"""Cells that say what others are, and hold no value of their own."""


class _Roles(dict[str, Role]):
    def __missing__(self, name: str) -> Role:
        self[name] = role = self.get(name.rstrip("0123456789"), Role.FURTHER)
        return role


ROLES = _Roles((str(role), role) for role in Role)
"""Name → role; of columns, too: those that no rule needs are `FURTHER`, whoever named them."""


class How(StrEnum):
    """How a value was found."""

    COLUMN = "column"
    """Under its header."""
    LABEL = "label"
    """Beside or below its label, or points within one."""
    BEHIND = "behind"
    """Behind its label in the same cell."""
    SPAN = "span"
    """In a merged cell above or beside."""
    REPEATED = "repeated"
    """The cell is blank; the value stands above."""
    TITLE = "title"
    JOINED = "joined"
    """Split over several cells."""
    SHARED = "shared"
    """A share of points that several rows have together."""
    MERGED = "merged"
    """One score for several rows."""
    TABLE = "table"
    """The sum below a table that may be only a part of the form."""
    TOLD = "told"
    """From a column in which a row tells of itself."""
    DISPUTED = "disputed"
    """Two blocks of the form claim the cell with equal right; nobody is judged by it."""
