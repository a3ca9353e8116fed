"""Which forms roll up together: those of one kind, one project and one year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from perfxl.errors import UsageError
from perfxl.forms.model import ABSENT, DEPARTMENT, SELF, Field, Form
from perfxl.rollups.model import ERROR, NOTE, Difference, Source, tell
from perfxl.rollups.words import name_key
from perfxl.rules.matching import grouped, is_similar

MOST_NAMED = 12


@dataclass
class Group:
    """Forms that roll up together.

    Attributes:
        project: its name as the first form writes it; "" for whole departments.
        goal: the name of the one goal of department forms that takes part, else "".
    """

    kind: str
    project: str
    year: int | None = None
    forms: list[Form] = field(default_factory=list)
    goal: str = ""
    differences: list[Difference] = field(default_factory=list)


class Project(NamedTuple):
    """A project found in some forms: its name, the kind of form, and how many forms have it."""

    name: str
    kind: str
    forms: int


def unit_name(form: Form) -> str:
    """The unit of a form, else its file's name."""
    return str(form.unit.value or form.file)


def source(form: Form, *places: str) -> Source:
    """A form as the source of a difference, at the first of some fields that is there."""
    found = (getattr(form, name) for name in places)
    return Source(unit_name(form), form, next((one for one in found if one.row), ABSENT))


def projects(forms: Iterable[Form]) -> list[Project]:
    """Every project with the number of its forms, most first; of department forms, their goals."""
    found: dict[tuple[str, str], list[str]] = {}
    for form in forms:
        if form.nature == SELF:
            names = {name_key(name.value): str(name.value or "") for name in projects_of(form)}
            for key, name in names.items():
                found.setdefault((form.kind, key), []).append(name)
    listed = [Project(min(names), kind, len(names)) for (kind, _), names in found.items()]
    return sorted(listed, key=lambda one: (-one.forms, one.kind, one.name))


def projects_of(form: Form) -> list[Field]:
    """The project of a form; of a department form, the projects that its goals are named after."""
    if form.kind != DEPARTMENT:
        return [form.project]
    return [goal.name for goal in form.goals if goal.name.value and not goal.section]


def named_project(form: Form, project: str) -> Field | None:
    """Where a form has a project of that name."""
    wanted = name_key(project)
    return next((one for one in projects_of(form) if name_key(one.value) == wanted), None)


def choose(forms: Sequence[Form], project: str | None) -> tuple[list[Group], list[Difference]]:
    """The groups to roll up, and what was left out of all of them.

    Args:
        forms: of any kind, in any order.
        project: its name; None for all projects, and whole departments goal by goal.

    Raises:
        UsageError: no form is of that project; the error names the nearest.
    """
    forms = sorted(forms, key=lambda form: form.form)
    groups: dict[tuple[str, str], Group] = {}
    left = []
    for form in forms:
        name = _group_name(form, project)
        if name or (form.kind == DEPARTMENT and project is None):
            group = groups.setdefault((form.kind, name_key(name)), Group(form.kind, name))
            group.goal = name if form.kind == DEPARTMENT else ""
            group.forms.append(form)
        elif project is None:
            left.append(tell("no-project", ERROR, "", [source(form, "project", "title")]))
    if project is not None and not groups:
        known = [one.name for one in projects(forms) if one.name]
        near = [name for name in known if is_similar(name_key(name), name_key(project))]
        raise UsageError(
            "no-such-project", project=project, near=near[:MOST_NAMED], known=known[:MOST_NAMED]
        )
    found = [part for group in groups.values() for part in _by_year(group)]
    for group in found:
        _drop_doubles(group)
    left += _similar_projects(forms, project, found)
    return found, left


def _group_name(form: Form, project: str | None) -> str:
    """The project that a form rolls up with; "" for none, and for a whole department."""
    if project is not None:
        named = named_project(form, project) if name_key(project) else None
        return "" if named is None else str(named.value)
    return "" if form.kind == DEPARTMENT else str(form.project.value or "")


def _by_year(group: Group) -> list[Group]:
    """Two years of one project are two roll-ups; a form without a year joins the only one."""
    years = sorted({form.year.value for form in group.forms if form.year.value is not None})
    silent = [form for form in group.forms if form.year.value is None]
    if len(years) > 1:
        parts = [(year, [one for one in group.forms if one.year.value == year]) for year in years]
        parts += [(None, silent)] if silent else []
        return [Group(group.kind, group.project, *part, group.goal) for part in parts]
    if years:
        group.year = years[0]
        if silent:
            titles = [source(form, "title") for form in silent]
            group.differences.append(tell("year-unstated", NOTE, "", titles, year=years[0]))
    return [group]


def _drop_doubles(group: Group) -> None:
    """A form sent twice counts once; two different forms of one unit are for a person to sort out."""
    for forms in grouped(group.forms, lambda form: name_key(form.unit.value) or form.form).values():
        if len(forms) == 1:
            continue
        units = [source(form, "unit", "title") for form in forms]
        same = all(_content(form) == _content(forms[0]) for form in forms)
        group.differences.append(
            tell("same-form-twice", NOTE, "", units)
            if same
            else tell("unit-twice", ERROR, "", units)
        )
        left = {form.form for form in (forms[1:] if same else forms)}
        group.forms = [form for form in group.forms if form.form not in left]


def _content(form: Form) -> tuple[object, ...]:
    """What a form says, wherever it stands."""
    return (
        *(tuple(one.text for one in row[2:] if isinstance(one, Field)) for row in form.indicators),
        *(tuple(one.value for one in fund[:7]) for fund in form.funds),
        *((goal.name.value, goal.weight.value, goal.score.value) for goal in form.goals),
    )


def _similar_projects(
    forms: Sequence[Form], project: str | None, groups: Sequence[Group]
) -> Iterator[Difference]:
    """Projects of nearly the same name are not taken together, but told: by the group of that name, else at all."""
    named = [form for form in forms if form.kind != DEPARTMENT and form.project.value]
    known = grouped(named, lambda form: name_key(form.project.value))
    names = {key: str(some[0].project.value) for key, some in known.items()}
    firsts = sorted(known) if project is None else [name_key(project)]
    for one, other in product(firsts, sorted(known)):
        told = project is None and one > other  # the other way round
        if told or one == other or not is_similar(one, other):
            continue
        places = [source(form, "project", "title") for form in known[other]]
        found = tell(
            "near-project", NOTE, names.get(one, project or ""), places, other=names[other]
        )
        rolled = (one for one in groups if one.forms and one.kind != DEPARTMENT)
        own = next((one for one in rolled if name_key(one.project) == other), None)
        if own is None:
            yield found
        else:
            own.differences.append(found)
