"""Which forms roll up together: those of one kind, one project and one year."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfxl.errors import UsageError
from perfxl.forms.model import DEPARTMENT, SELF, Field, Form
from perfxl.rollups.model import Difference, Source
from perfxl.rollups.words import name_key
from perfxl.rules.findings import Severity

NEAR = 0.7
"""Two names of which this share is the same are near."""
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
    year: int | None
    forms: list[Form] = field(default_factory=list)
    goal: str = ""
    differences: list[Difference] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many units take part."""
        return len(self.forms)


class Project(NamedTuple):
    """A project found in some forms: its name, the kind of form, and how many forms have it."""

    name: str
    kind: str
    forms: int


@dataclass
class Choice:
    """The groups of a call, and what was left out of all of them."""

    groups: list[Group]
    differences: list[Difference] = field(default_factory=list)


def unit_name(form: Form) -> str:
    """The unit of a form, else its file's name."""
    return str(form.unit.value or form.file)


def source(form: Form, *places: str) -> Source:
    """A form as the source of a difference, at the first of some fields that is there."""
    found = (getattr(form, name) for name in places)
    place = next((one for one in found if one.row), None)
    whole = Source(unit_name(form), form)
    return whole if place is None else whole._replace(place=place)


def projects(forms: Iterable[Form]) -> list[Project]:
    """Every project with the number of its forms, most first; of department forms, their goals."""
    found: dict[tuple[str, str], list[str]] = {}
    for form in forms:
        if form.nature != SELF:
            continue
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


def choose(forms: Sequence[Form], project: str | None) -> Choice:
    """The groups to roll up.

    Args:
        forms: of any kind, in any order.
        project: its name; None for all projects, and whole departments goal by goal.

    Raises:
        UsageError: no form is of that project; the error names the nearest.
    """
    forms = sorted(forms, key=lambda form: form.form)
    choice = Choice([])
    if project is None:
        _all(forms, choice)
    else:
        _of_project(forms, project, choice)
    choice.groups = [part for group in choice.groups for part in _by_year(group)]
    for group in choice.groups:
        _without_doubles(group)
    _tell_near(forms, project, choice)
    return choice


def _all(forms: Sequence[Form], choice: Choice) -> None:
    groups: dict[tuple[str, str], Group] = {}
    for form in forms:
        if form.kind == DEPARTMENT:
            groups.setdefault((form.kind, ""), Group(form.kind, "", None)).forms.append(form)
        elif form.project.value:
            name = str(form.project.value)
            group = groups.setdefault((form.kind, name_key(name)), Group(form.kind, name, None))
            group.forms.append(form)
        else:
            told = (source(form, "project", "title"),)
            choice.differences.append(Difference("no-project", Severity.ERROR, "", told))
    choice.groups = list(groups.values())


def _of_project(forms: Sequence[Form], project: str, choice: Choice) -> None:
    wanted = name_key(project)
    groups: dict[str, Group] = {}
    for form in forms:
        named = next((one for one in projects_of(form) if name_key(one.value) == wanted), None)
        if named is None or not wanted:
            continue
        name = str(named.value)
        group = groups.setdefault(form.kind, Group(form.kind, name, None))
        group.goal = name if form.kind == DEPARTMENT else ""
        group.forms.append(form)
    if not groups:
        known = [one.name for one in projects(forms) if one.name]
        alike = [name for name in known if near(name_key(name), wanted)]
        raise UsageError(
            "no-such-project", project=project, near=alike[:MOST_NAMED], known=known[:MOST_NAMED]
        )
    choice.groups = list(groups.values())


def _by_year(group: Group) -> list[Group]:
    """Two years of one project are two roll-ups; a form without a year joins the only one."""
    years = sorted({form.year.value for form in group.forms if form.year.value is not None})
    if len(years) <= 1:
        group.year = years[0] if years else None
        silent = [form for form in group.forms if years and form.year.value is None]
        if silent:
            told = tuple(source(form, "title") for form in silent)
            difference = Difference("year-unstated", Severity.NOTE, "", told, {"year": years[0]})
            group.differences.append(difference)
        return [group]
    parts = []
    for year in (*years, None):
        forms = [form for form in group.forms if form.year.value == year]
        if forms:
            parts.append(Group(group.kind, group.project, year, forms, group.goal))
    return parts


def _without_doubles(group: Group) -> None:
    """A form sent twice counts once; two different forms of one unit are for a person to sort out."""
    by_unit: dict[str, list[Form]] = {}
    for form in group.forms:
        by_unit.setdefault(name_key(form.unit.value) or form.form, []).append(form)
    for forms in by_unit.values():
        if len(forms) == 1:
            continue
        told = tuple(source(form, "unit", "title") for form in forms)
        same = all(_content(form) == _content(forms[0]) for form in forms)
        if same:
            group.differences.append(Difference("same-form-twice", Severity.NOTE, "", told))
        else:
            group.differences.append(Difference("unit-twice", Severity.ERROR, "", told))
        left = {form.form for form in (forms[1:] if same else forms)}
        group.forms = [form for form in group.forms if form.form not in left]


def _content(form: Form) -> tuple[object, ...]:
    """What a form says, wherever it stands."""
    return (
        *(tuple(one.text for one in row[2:] if isinstance(one, Field)) for row in form.indicators),
        *(tuple(one.value for one in fund[:7]) for fund in form.funds),
        *((goal.name.value, goal.weight.value, goal.score.value) for goal in form.goals),
    )


def _tell_near(forms: Sequence[Form], project: str | None, choice: Choice) -> None:
    """Projects of nearly the same name are not taken together, but told."""
    known: dict[str, list[Form]] = {}
    names: dict[str, str] = {}
    for form in forms:
        if form.kind != DEPARTMENT and form.project.value:
            key = name_key(form.project.value)
            known.setdefault(key, []).append(form)
            names.setdefault(key, str(form.project.value))
    wanted = None if project is None else name_key(project)
    keys = sorted(known)
    pairs = (
        [(wanted, key) for key in keys if key != wanted]
        if wanted is not None
        else [(one, other) for index, one in enumerate(keys) for other in keys[index + 1 :]]
    )
    for one, other in pairs:
        if near(one, other):
            told = tuple(source(form, "project", "title") for form in known[other])
            name = names.get(one, project or "")
            found = Difference("near-project", Severity.NOTE, name, told, {"other": names[other]})
            # Where it was rolled up itself, it is nothing that was left out.
            own = (
                group.differences
                for group in choice.groups
                if group.forms and group.kind != DEPARTMENT and name_key(group.project) == other
            )
            next(own, choice.differences).append(found)


def near(one: str, other: str) -> bool:
    """Whether two names are nearly the same: one holds the other, or most of it is."""
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR
