"""What was approved of a form: which table belongs to it, and what of it is which row of the form.

A table belongs to a form of the same unit, and of the same project and year where both state them.
Exactly one has to; where none does, or several do, that is said and nothing is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfxl.exact import Fraction
from perfxl.forms.approved.lists import ANY_KIND
from perfxl.forms.model import DEPARTMENT, Field, Form, Goal, Indicator
from perfxl.forms.values.text import match_key
from perfxl.rules.matching.matcher import SIMILAR_IN_PLACE, similarity
from perfxl.rules.matching.pairing import SAME, Pairing, pairing

FOUND, NONE, OTHER, SEVERAL, STRANGE = "found", "none", "other", "several", "strange"
MOST_TOLD = 3


@dataclass(frozen=True)
class Counterpart:
    """A form's approved table.

    Attributes:
        how: found; none, other (the unit's tables are of other projects or years), several, or
            strange (found, but without one common indicator).
        table: the approved table, where one was found.
        others: the tables that are told where none was found for certain.
        pairing: row by row; empty where none was found.
        weights: row of the form → approved weight that may stand for the unstated one.
        unused: goal → (sum of the approved weights, points that the form states for it), where
            approved weights could not be used.
    """

    how: str
    table: Form | None = None
    others: tuple[Form, ...] = ()
    pairing: Pairing = field(default_factory=Pairing)
    weights: Mapping[int, Field] = field(default_factory=dict)
    unused: tuple[tuple[Goal, Fraction, Fraction], ...] = ()

    def where(self, place: Field) -> str:
        """A cell of the approved table with its file and sheet."""
        return "" if self.table is None else where(self.table, place)


def where(table: Form, place: Field | None = None) -> str:
    """A place in an approved table, for a person: file, sheet and cell."""
    cell = table.form.rpartition("!")[2] if place is None else place.cell or ""
    return f"{table.file} {table.sheet}!{cell}"


def counterpart(form: Form, tables: Sequence[Form], total: Fraction) -> Counterpart | None:
    """The approved table of a form; None where the auditor gave no tables at all.

    Args:
        form: the submitted form.
        tables: all approved tables.
        total: what all weights of a form sum to.
    """
    if not tables:
        return None
    found = _candidates(form, tables)
    if not found:
        own = [table for table in tables if _match_key(table.unit) == _match_key(form.unit) != ""]
        if own:
            return Counterpart(OTHER, others=tuple(own[:MOST_TOLD]))
        return Counterpart(NONE, others=_like(form, tables))
    if len(found) > 1:
        return Counterpart(SEVERAL, others=tuple(found))
    table = found[0]
    paired = pairing(form, table)
    if not paired.pairs:
        return Counterpart(STRANGE, others=(table,))
    weights, unused = approved_weights(form, paired, total)
    return Counterpart(FOUND, table, pairing=paired, weights=weights, unused=unused)


# ---------------------------------------------------------------- which table
def _match_key(place: Field) -> str:
    return match_key(str(place.value or ""))


def _belongs(form: Form, table: Form) -> bool:
    """Same unit, and same project and year where both state them."""
    unit, project = (
        (_match_key(form.unit), _match_key(table.unit)),
        (_match_key(form.project), _match_key(table.project)),
    )
    if form.year.value and table.year.value and form.year.value != table.year.value:
        return False
    if all(unit) and unit[0] != unit[1]:
        return False
    if all(project):
        return project[0] == project[1]
    if not all(unit):
        return False
    # A project's table is not the whole department's, and the other way round.
    return not project[1] and table.kind in (ANY_KIND, form.kind)


def _candidates(form: Form, tables: Sequence[Form]) -> list[Form]:
    found = [table for table in tables if _belongs(form, table)]
    named = [table for table in found if table.project.value]
    if form.project.value and named:
        found = named
    return found or _by_projects(form, tables)


def _by_projects(form: Form, tables: Sequence[Form]) -> list[Form]:
    """A department's list by project, whose form has the projects for its goals, as one table."""
    if form.kind != DEPARTMENT or form.project.value:
        return []
    names = {_match_key(goal.name) for goal in form.goals if not goal.section} - {""}
    sheets: dict[tuple[str, int], list[Form]] = {}
    for table in tables:
        if (
            table.kind == ANY_KIND
            and _match_key(table.unit) == _match_key(form.unit) != ""
            and form.year.value in (None, table.year.value or form.year.value)
        ):
            sheets.setdefault((table.file, table.sheet_index), []).append(table)
    return [
        _join_parts(parts)
        for parts in sheets.values()
        if names & {_match_key(part.project) for part in parts}
    ]


def _join_parts(parts: list[Form]) -> Form:
    goals: list[Goal] = []
    rows: list[Indicator] = []
    numbers = [part.goals[0].goal if len(part.goals) == 1 else 0 for part in parts]
    if len(set(numbers)) < len(numbers):
        numbers = [-place for place in range(1, len(parts) + 1)]
    for number, part in zip(numbers, parts, strict=True):
        weight = part.goals[0].weight if len(part.goals) == 1 else Field(None)
        goals.append(Goal(number, name=part.project, label=part.project, weight=weight))
        rows += [row._replace(goal=number) for row in part.indicators]
    return replace(
        parts[0], project=Field(None), funds=(), goals=tuple(goals), indicators=tuple(rows)
    )


def _like(form: Form, tables: Sequence[Form]) -> tuple[Form, ...]:
    """The table whose unit's name is most like the form's, where one is like it at all."""
    unit = _match_key(form.unit)
    shares = [
        (similarity(unit, _match_key(table.unit)), place) for place, table in enumerate(tables)
    ]
    share, place = max(shares, key=lambda pair: (pair[0], -pair[1]))
    return (tables[place],) if unit and share >= SIMILAR_IN_PLACE else ()


# ---------------------------------------------------------------- weights
def approved_weights(
    form: Form, paired: Pairing, total: Fraction
) -> tuple[Mapping[int, Field], tuple[tuple[Goal, Fraction, Fraction], ...]]:
    """Approved weights for rows whose form states none.

    Source: scoring rules, "Weight w of an indicator", 2. They are used for a goal only if they and
    the weights that are stated sum to the points which the form states for it, and for a form
    without such points only if all weights together make the whole; else they are of no use, for
    they are then weights of something else.

    Returns:
        Row of the form → its approved weight; and the goals whose weights do not sum.
    """
    approved = {
        pair.mine.row: pair.theirs.weight
        for pair in paired.pairs
        if pair.how == SAME and _number(pair.theirs.weight) is not None
    }
    if not approved:
        return {}, ()
    used: dict[int, Field] = {}
    unused: list[tuple[Goal, Fraction, Fraction]] = []
    open_ended: dict[int, Field] = {}
    whole: Fraction | None = Fraction(0)
    goals = [*form.goals, None]
    for goal in goals:
        rows = form.of_goal(None if goal is None else goal.goal)
        silent = [row for row in rows if not _states(row)]
        given = {row.row: approved[row.row] for row in silent if row.row in approved}
        parts = [
            _number(row.weight) if _states(row) else _number(given.get(row.row)) for row in rows
        ]
        known = [part for part in parts if part is not None]
        summed = sum(known, Fraction(0)) if len(known) == len(parts) else None
        points = None if goal is None else _number(goal.weight)
        whole = None if whole is None or summed is None else whole + summed
        if not given:
            continue
        if points is None or goal is None:
            open_ended.update(given)
        elif _fits(rows, parts, points):
            used.update(given)
        else:
            unused.append((goal, sum(known, Fraction(0)), points))
    budget = [_number(fund.weight) or Fraction(0) for fund in form.funds if fund.total]
    if open_ended and whole is not None and whole in (total, total - sum(budget, Fraction(0))):
        used.update(open_ended)
    return used, tuple(unused)


def _fits(rows: Sequence[Indicator], parts: list[Fraction | None], points: Fraction) -> bool:
    """Whether weights are those of a goal: they sum to its points, and to those of its levels."""
    known = [part for part in parts if part is not None]
    summed = sum(known, Fraction(0))
    if any(part < 0 for part in known):
        return False
    if summed != points if len(known) == len(parts) else summed >= points:
        return False
    levels: dict[tuple[int, int], list[tuple[Fraction | None, Decimal]]] = {}
    for row, part in zip(rows, parts, strict=True):
        if row.weight.how == "shared":
            levels.setdefault((row.weight.row, row.weight.col), []).append((part, row.weight.value))
    for shared in levels.values():
        stated = sum((Fraction(each) for _, each in shared), Fraction(0))
        given = [part for part, _ in shared if part is not None]
        if len(given) < len(shared) or abs(sum(given, Fraction(0)) - stated) > Fraction(1, 10**6):
            return False
    return True


def _states(row: Indicator) -> bool:
    """Whether a form says anything of a row's own weight, be it a number or not."""
    return bool(row.weight.text) and row.weight.how != "shared"


def _number(place: Field | None) -> Fraction | None:
    if place is None or not isinstance(place.value, Decimal | int) or place.how == "shared":
        return None
    return Fraction(place.value)
