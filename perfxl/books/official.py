"""The official forms of templates/forms/: which there are, which fits a submission, blank ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from perfxl import resources
from perfxl.books import content
from perfxl.books.template.program import Item, Labels
from perfxl.books.template.render import Data, TemplateBook
from perfxl.books.template.slots import Formula, Slot
from perfxl.errors import ConfigError, UsageError
from perfxl.forms.model import DEPARTMENT, UNSTATED, Form
from perfxl.forms.records import FUND
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook

LIST = "forms.toml"
MOST_GOALS = 100
MOST_ROWS = 200
RATE = 'IF(COUNT({0},{1})=2,IF({0}>0,{1}/{0},""),"")'
SUM = 'IF(COUNT({0})=0,"",ROUND(SUM({0}),2))'
"""What a blank form computes by itself: nothing, until there is something to compute it from."""


@dataclass(frozen=True, eq=False)
class Official:
    """One official form.

    Attributes:
        id: its name on the command line.
        titles: what people call it, by language.
        path: of the workbook.
        kind: of the forms that it is for.
        policy: of those; empty: every policy.
        title: of a blank form, with {year} and {unit}.
        goals: whether it has annual goals; else it is one table.
        notes: printed below where there are no others; ``notes_policy`` names the policy that they are of, empty: any.
        blank: funds, levels, sections and budget_weight of a blank form.
    """

    id: str
    titles: Mapping[str, str]
    path: Path
    kind: str
    policy: str
    title: str
    goals: bool
    notes: tuple[str, ...]
    notes_policy: str
    blank: Mapping[str, Any]

    def book(self) -> TemplateBook:
        """The template, understood once."""
        return open_template(self.path)


def folder() -> Path:
    """Where the official forms stand."""
    return resources.templates() / "forms"


def folders() -> list[Path]:
    """The user's own forms, which come first, and the official ones."""
    own = resources.own_folder() / "forms"
    try:
        return [own, folder()] if (own / LIST).is_file() else [folder()]
    except OSError:
        return [folder()]


@cache
def names() -> Mapping[str, str]:
    """Other names that templates may use for the data."""
    found: Mapping[str, str] = resources.toml(folder() / "names.toml")["names"]
    return found


@cache
def forms() -> Mapping[str, Official]:
    """Every official form by its name.

    Raises:
        ConfigError: the list of them cannot be used.
    """
    return {name: form for place in folders() for name, form in _list_forms(place).items()}


def _list_forms(place: Path) -> dict[str, Official]:
    file = place / LIST
    try:
        return {
            name: Official(
                name, {"zh": entry["zh"], "en": entry.get("en", entry["zh"])}, place / entry["file"], entry["kind"],
                entry.get("policy", ""), entry["title"], entry.get("goals", False), tuple(entry.get("notes", ())),
                entry.get("notes_policy", ""), entry.get("blank", {}),
            )
            for name, entry in resources.toml(file).items()
        }  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigError("config-syntax", file=file.name, reason=str(error)) from error


def find_official(name: str) -> Official:
    """The official form of a name, in either language.

    Raises:
        UsageError: there is none; the error lists those that are.
    """
    for form in forms().values():
        if name in (form.id, form.path.stem, *form.titles.values()):
            return form
    raise UsageError("unknown-template", name=name, known=list(forms()))


def fitting(kind: str, policy: str) -> Official:
    """The form for a submission's kind and policy; the user's own before the official ones.

    A submission that does not state its kind goes into the form of a department, which has room for the most.
    """
    wanted = DEPARTMENT if kind == UNSTATED else kind
    of_kind = [form for form in forms().values() if form.kind == wanted]
    return next((form for form in of_kind if form.policy in ("", policy)), of_kind[0])


@cache
def _understood(path: Path, stamp: tuple[int, int]) -> TemplateBook:  # noqa: ARG001  # a file that changes is read again
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError("config-unreadable", file=path.name, reason=error) from error
    return TemplateBook(data, path.name, names())


def open_template(path: Path) -> TemplateBook:
    """A template workbook, understood once for as long as the file stays the same.

    Raises:
        UsageError: it is not there. ConfigError: it cannot be used (``template-…``).
    """
    try:
        entry = path.stat()
    except OSError as error:
        raise UsageError("file-unreadable", path=str(path), reason=error) from error
    return _understood(path, (entry.st_mtime_ns, entry.st_size))


def blank(form: Official, goals: int, rows: int, year: int | None, unit: str | None) -> bytes:
    """A blank official form.

    Args:
        form: which.
        goals: how many annual goals, where the form has such.
        rows: how many rows of each second level.
        year: for the title and the head; a place to fill in without it.
        unit: likewise.

    Raises:
        UsageError: more goals or rows than a form can have.
    """
    if not 1 <= goals <= MOST_GOALS:
        raise UsageError("template-count", count=goals, most=MOST_GOALS)
    if not 1 <= rows <= MOST_ROWS:
        raise UsageError("template-count", count=rows, most=MOST_ROWS)
    head: dict[str, Any] = dict.fromkeys(content.FORM)
    title = form.title.format(year=year or "　　　　", unit=unit or "　　　　")
    head |= {"title": title, "year": year, "unit": unit, "money_unit": "万元", "kind": form.kind,
             "total_weight": 100, "budget_weight": form.blank.get("budget_weight")}  # fmt: skip
    names = form.blank.get("funds", ())
    funds = [
        _fund(name, index, form.blank.get("budget_weight")) for index, name in enumerate(names)
    ]
    blocks = [_block(form, number if form.goals else None, rows)
              for number in range(1, goals + 1 if form.goals else 2)]  # fmt: skip
    indicators = [row for block in blocks for row in block["indicators"]]
    parts = blocks if form.goals else indicators
    head["claimed_total"] = Formula(SUM, [[one["score"] for one in (*funds[:1], *parts)]])
    values = content.data(head, funds, blocks, indicators, form.notes, Labels("other", {}))
    return form.book().render(Data(None, values))


def try_template(book: TemplateBook) -> tuple[bytes, int]:
    """A template filled with an example of every field, and how many rows came of it.

    Raises:
        ConfigError: the template asks for what no form has, or fails (``template-…``).
    """
    words = dict.fromkeys(content.FORM, "示例")
    head = {**words, "year": 2024, "claimed_total": 95, "total_weight": 100, "kind": "project",
            "basic_expenditure": 100, "project_expenditure": 200, "budget_weight": 10,
            "file": "示例.xlsx", "sheet": "示例"}  # fmt: skip
    fund = Item("fund", {**dict.fromkeys(FUND, 100), "name": "年度资金总额", "rate": Decimal("0.95"),
                         "total": True, "part": False})  # fmt: skip
    rows = [
        Item("indicator", {**dict.fromkeys(content.ROW, "示例"), "level1": level1, "level2": level2,
                           "weight": 10, "score": 9, "goal": 1, "row": 0})
        for level1, level2 in (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
        for _ in range(2)
    ]  # fmt: skip
    values = {"number": 1, "name": "示例", "label": "年度绩效目标1", "weight": 60, "score": 54}
    goals = [content.goal_item({**values, "number": number}, rows, {}) for number in (1, 2)]
    data = content.data(head, [fund, fund], goals, rows * 2, ["备注：示例"], Labels("other", {}))
    made = book.render(Data(None, data))
    scan = Workbook(Package.open(made)).scan(0)
    return made, len(scan.rows)


def _fund(name: str, index: int, weight: Any) -> Item:
    """A blank row of funds; the first is the total, whose points are those of the execution."""
    budget, executed = Slot(), Slot()
    return Item("fund", {
        **dict.fromkeys(FUND), "name": name, "budget": budget, "executed": executed,
        "rate": Formula(RATE, [[budget], [executed]]), "score": None if index else Slot(),
        "weight": None if index else weight, "total": not index, "part": bool(index),
    })  # fmt: skip


def _block(form: Official, number: int | None, rows: int) -> Item:
    sections = {
        index: {"weight": form.blank.get("sections", {}).get(level1), "score": None}
        for index, (level1, _) in enumerate(form.blank.get("levels", ()))
    }
    lines = [
        Item("indicator", {**dict.fromkeys(content.ROW), "level1": level1, "level2": level2,
                           "goal": index, "row": 0, "score": Slot()})
        for index, (level1, seconds) in enumerate(form.blank.get("levels", ()))
        for level2 in seconds
        for _ in range(rows)
    ]  # fmt: skip
    score = None if number is None else Formula(SUM, [[line["score"] for line in lines]])
    values = {"number": number, "name": None, "label": None, "weight": None, "score": score}
    return content.goal_item(values, lines, sections)


def fill_in_printed(
    form: Official, source: Form, values: Mapping[str, Any], policy: str
) -> Mapping[str, Any]:
    """The data of a submission with what the official form prints where the submission has none.

    Notes say how a form is scored, so those of another policy than the submission's are not printed.
    """
    more: dict[str, Any] = {}
    if not values["notes"] and form.notes_policy in ("", policy):
        more["notes"] = list(form.notes)
    if values["title"] is None:
        year, unit = source.year.value or "", source.project.value or source.unit.value or ""
        more["title"] = form.title.format(year=year, unit=unit)
    return {**values, **more}
