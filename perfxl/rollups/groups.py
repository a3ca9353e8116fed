"""Which forms roll up together: those of one kind, one project and one year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from operator import attrgetter
from typing import NamedTuple

from perfxl.errors import UsageError
from perfxl.forms.model import ABSENT, DEPARTMENT, SELF, Field, Form
from perfxl.rollups.model import ERROR, NOTE, Difference, Source, tell
from perfxl.rollups.words import name_key
from perfxl.rules.matching.matcher import exclude, group_by, is_similar

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


def named_goals(form: Form, project: str) -> list[int]:
    """The goals of a form that have the name of a project."""
    return [one.goal for one in form.goals if name_key(one.name.value) == name_key(project)]


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
    forms = sorted(forms, key=attrgetter("form"))
    named = [(form, _group_name(form, project)) for form in forms]
    groups = _by_name(named)
    if project is not None and not groups:
        raise _no_such_project(forms, project)
    found = [_without_doubles(part) for group in groups for part in _by_year(group)]
    nameless = [form for form, name in named if name is None and project is None]
    left = [tell("no-project", ERROR, "", [source(one, "project", "title")]) for one in nameless]
    return found, left + _tell_similar(forms, project, found)


def _by_name(named: Iterable[tuple[Form, str | None]]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for form, name in named:
        if name is not None:
            group = groups.setdefault((form.kind, name_key(name)), Group(form.kind, name))
            group.goal = name if form.kind == DEPARTMENT else ""
            group.forms.append(form)
    return list(groups.values())


def _no_such_project(forms: Sequence[Form], project: str) -> UsageError:
    known = [one.name for one in projects(forms) if one.name]
    near = [name for name in known if is_similar(name_key(name), name_key(project))]
    return UsageError(
        "no-such-project", project=project, near=near[:MOST_NAMED], known=known[:MOST_NAMED]
    )


def _group_name(form: Form, project: str | None) -> str | None:
    """The project that a form rolls up with, "" for a whole department; None where it does not at all."""
    if project is None:
        return "" if form.kind == DEPARTMENT else str(form.project.value or "") or None
    named = named_project(form, project) if name_key(project) else None
    return None if named is None else str(named.value)


def _by_year(group: Group) -> list[Group]:
    """Two years of one project are two roll-ups; a form without a year joins the only one."""
    silent = [form for form in group.forms if form.year.value is None]
    years = group_by(group.forms, lambda form: form.year.value)
    if len(years) > 1:
        parts: list[tuple[int | None, list[Form]]] = [*sorted(years.items()), (None, silent)]
        return [Group(group.kind, group.project, *part, group.goal) for part in parts if part[1]]
    group.year = next(iter(years), None)
    if years and silent:
        titles = [source(form, "title") for form in silent]
        group.differences.append(tell("year-unstated", NOTE, "", titles, year=group.year))
    return [group]


def _without_doubles(group: Group) -> Group:
    """A form sent twice counts once; two different forms of one unit are for a person to sort out."""
    for forms in group_by(
        group.forms, lambda form: name_key(form.unit.value) or form.form
    ).values():
        units = [source(form, "unit", "title") for form in forms]
        if len({_content(form) for form in forms}) > 1:
            group.differences.append(tell("unit-twice", ERROR, "", units))
            group.forms = exclude(group.forms, forms)
        elif len(forms) > 1:
            group.differences.append(tell("same-form-twice", NOTE, "", units))
            group.forms = exclude(group.forms, forms[1:])
    return group


def _content(form: Form) -> tuple[object, ...]:
    """What a form says, wherever it stands."""
    return (
        *(tuple(one.text for one in row[2:] if isinstance(one, Field)) for row in form.indicators),
        *(tuple(one.value for one in fund[:7]) for fund in form.funds),
        *((goal.name.value, goal.weight.value, goal.score.value) for goal in form.goals),
    )


def _tell_similar(
    forms: Sequence[Form], project: str | None, groups: Sequence[Group]
) -> list[Difference]:
    """Projects of nearly the same name are not taken together, but told: in the group of that name, else apart."""
    known = group_by(forms, lambda form: name_key(_group_name(form, None)))
    rolled = [group for group in groups if group.forms and group.kind != DEPARTMENT]
    own = {name_key(group.project): group.differences for group in reversed(rolled)}
    left: list[Difference] = []
    for one, other in _similar_pairs(sorted(known), project):
        name = str(known[one][0].project.value) if one in known else project or ""
        places = [source(form, "project", "title") for form in known[other]]
        told = tell("near-project", NOTE, name, places, other=str(known[other][0].project.value))
        own.get(other, left).append(told)
    return left


def _similar_pairs(keys: Sequence[str], project: str | None) -> list[tuple[str, str]]:
    wanted = name_key(project)
    beside = combinations(keys, 2) if project is None else product([wanted], {*keys} - {wanted})
    return sorted(pair for pair in beside if is_similar(*pair))
