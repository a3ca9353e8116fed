"""What was read against what should have been: the differences in words, and values out of nowhere."""

import re
import unicodedata
from decimal import Decimal

from perfxl.forms.model import Field, Form
from perfxl.forms.records import FUND, GOAL, HEAD, INDICATOR, form_record
from perfxl.grid.model import Grid
from perfxl.ooxml.address import position
from tests.damage.sheet import Case

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def plain(text: str) -> str:
    """A text without white space and full-width characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def differences(found: list[Form], case: Case) -> list[str]:
    """Each difference as `place field: read, not expected`; an empty list is the aim."""
    ours = [form_record(form) for form in found]
    if len(ours) != len(case.forms):
        where = [form.form for form in found]
        return [f"{len(ours)} forms, not {len(case.forms)}: {where}"]
    said: list[str] = []
    for number, (our, their) in enumerate(zip(ours, case.forms, strict=True)):
        said += [f"form {number} {line}" for line in _form(our, their, case)]
    return said


def _form(our: dict, their: dict, case: Case) -> list[str]:
    said = _record("head", our, their, ("sheet", "kind", *HEAD), case, their["sheet"])
    for name, columns in (
        ("funds", FUND),
        ("goals", ("goal", *GOAL)),
        ("indicators", ("goal", *INDICATOR)),
    ):
        if len(our[name]) != len(their[name]):
            said.append(f"{name}: {len(our[name])} rows, not {len(their[name])}")
            continue
        for index, (one, two) in enumerate(zip(our[name], their[name], strict=True)):
            said += _record(f"{name}[{index}]", one, two, columns, case, their["sheet"])
    junk = {pos for sheet, pos in case.junk if sheet == their["sheet"]}
    listed = {item["cell"] for item in our["unread"] if position(item["cell"]) not in junk}
    wanted = {item["cell"] for item in their["unread"] if position(item["cell"]) not in junk}
    said += [
        f"unread {cell}, a cell that was understood before" for cell in sorted(listed - wanted)
    ]
    said += [f"{cell} is not listed as unread" for cell in sorted(wanted - listed)]
    return said


def _record(
    place: str, our: dict, their: dict, names: tuple[str, ...], case: Case, sheet: str
) -> list[str]:
    said = []
    for name in names:
        if name not in their:  # the damage leaves it open
            continue
        one, two = our[name], their[name]
        if name == "label" and one is not None and two is not None:
            one, two = plain(one), plain(two)
        if one != two:
            said.append(f"{place} {name}: {one!r}, not {two!r}")
        key = f"{name}_cell"
        if key in their and our[key] != their[key] and not _same(our[key], their[key], case, sheet):
            said.append(f"{place} {key}: {our[key]}, not {their[key]}")
    return said


def _same(our: str | None, their: str | None, case: Case, sheet: str) -> bool:
    if our is None or their is None:
        return False
    return position(our) in case.same.get((sheet, position(their)), ())


# ---------------------------------------------------------------- values out of nowhere
def invented(form: Form, grid: Grid) -> list[str]:
    """Every value that no cell of the sheet states."""
    fields = [(name, getattr(form, name)) for name in HEAD]
    for rows, names in ((form.funds, FUND), (form.goals, GOAL), (form.indicators, INDICATOR)):
        for index, row in enumerate(rows):
            fields += [
                (f"{type(row).__name__}[{index}].{name}", getattr(row, name)) for name in names
            ]
    return [
        f"{name} = {field.value!r} at {field.cell} ({field.how})"
        for name, field in fields
        if field.value is not None and not _stated(field, grid)
    ]


def _stated(field: Field, grid: Grid) -> bool:
    """Whether a value stands in its cell; what a form splits over cells, in the cells around."""
    cell = grid.at(field.row, field.col) if field.row else None
    if cell is None:
        return False
    if isinstance(field.value, (Decimal, int)):
        numbers = [Decimal(text) for text in _NUMBER.findall(plain(cell.text).replace(",", ""))]
        if isinstance(cell.value, Decimal):
            numbers.append(abs(cell.value))
        value = abs(Decimal(field.value))
        if value in numbers or value * 100 in numbers:
            return True
        shared = [number / value for number in numbers] if value else []
        return field.how == "shared" and any(abs(n - round(n)) < Decimal("0.01") for n in shared)
    wanted = plain(str(field.value))
    if wanted in plain(cell.text):
        return True
    around = [other for other in grid.cells.values() if other.row == field.row]
    around += [other for other in grid.cells.values() if other.col == field.col]
    return all(any(letter in plain(other.text) for other in around) for letter in wanted) and (
        field.how in ("joined", "column") and any(plain(other.text) in wanted for other in around)
    )
