"""Units' forms for tests of the roll-up, drawn on grids."""

from decimal import Decimal

from perfxl.forms import read
from perfxl.forms.model import Form
from perfxl.forms.words import vocabulary
from perfxl.rollups.model import Rollup
from perfxl.rollups.roll import rollups
from tests.forms.builder import G, grid, hubei_lines, ministry_lines

PROJECT = "农村公路养护"


def form(lines, file: str) -> Form:
    """The form of some lines."""
    (found,) = read.forms([grid(lines)], file, vocabulary.load())
    return found


def unit(name: str, *rows, budget=100, executed=None, fill=True, **more) -> Form:
    """A ministry form of one unit; the rest of its points goes to rows without fault."""
    executed = budget if executed is None else executed
    share = (
        Decimal(executed) / Decimal(budget) if isinstance(budget, int) and budget else Decimal(0)
    )
    funds = (None, budget, executed, 10, f"{share * 100:.2f}%", 10 * share)
    lines = ministry_lines(
        *rows, budget=funds, unit=name, fill=fill, **{"project": PROJECT, **more}
    )
    return form(lines, f"{name or '无名'}.xlsx")


def department(name: str, *goals: G, budget=100, executed=None, **more) -> Form:
    """A department form of Hubei."""
    executed = budget if executed is None else executed
    share = Decimal(executed) / Decimal(budget)
    funds = (budget, executed, f"{share * 100:.2f}%", 20 * share)
    return form(hubei_lines(*goals, budget=funds, unit=name, **more), f"{name}.xlsx")


def rolled(*forms: Form, project: str | None = None) -> Rollup:
    """The one roll-up of some forms."""
    (found,), _ = rollups(forms, project)
    return found


def line(rollup: Rollup, name: str):
    """The one row of a name."""
    (found,) = [row for row in rollup.rows if row.level3 == name]
    return found


def codes(rollup: Rollup, *, notes: bool = False) -> list[str]:
    """The codes of its differences, without notes unless asked for."""
    return [one.code for one in rollup.differences if notes or one.severity != "note"]


def cells(rollup: Rollup, code: str) -> list[tuple[str, str, str | None]]:
    """Where a difference points: file, sheet and cell."""
    (found,) = [one for one in rollup.differences if one.code == code]
    return [(one.form.file, one.form.sheet, one.place.cell) for one in found.sources]
