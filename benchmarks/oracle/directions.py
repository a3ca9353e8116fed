"""The table of directions, asked through forms: each row with a stated weight, so that its interval is its ratio."""

import tempfile
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from oracle import items, layouts
from oracle.model import Cell, Fund, Plan, Row, Section

PER_FORM = 4
WEIGHT = Fraction(20)
"""So much that 99.5 % for 99.9 % is more than any rounding."""


@dataclass
class Agreement:
    """How perfxl reads the table: as it stands, more open than it stands, or otherwise."""

    rows: int = 0
    agreed: int = 0
    left_open: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)
    """Rows that are reached, or not provably missed, and whose full claim is an error all the same."""
    let_pass: list[str] = field(default_factory=list)
    """Rows that are provably missed and whose full claim is no error."""


def _form(lines: list[dict[str, str]]) -> Plan:
    rows = [
        Row(items.LEVEL1[line["level2"]], line["level2"], line["name"], Cell(line["target"]),
            Cell(line["actual"]), Fraction(0), Fraction(1), met=True, weight=WEIGHT, score=WEIGHT)
        for line in lines
    ]  # fmt: skip
    fund = Fund(
        "部门整体支出总额",
        None,
        Fraction(100),
        Fraction(100),
        Cell(1, "0.00%"),
        Cell(20),
        Fraction(20),
    )
    section = Section("业务工作", WEIGHT * len(lines), rows)
    plan = Plan(
        "hubei-department", "department", "ratio", "2022年度清溪县档案馆部门整体绩效自评表", 2022, "清溪县档案馆",
        "清溪县档案馆", "业务工作", "万元", [fund], [section], Fraction(20), known=True,
        basic=Fraction(40), projects=Fraction(60), style={"weight_column": True, "goal_label": "row"},
    )  # fmt: skip
    plan.resum()
    return plan


def compare(table: Path = items.TABLE) -> Agreement:
    """Ask perfxl for the ratio of every row of the table and compare."""
    import perfxl  # noqa: PLC0415 - what is measured

    lines = items.read_table(table)
    found = Agreement(rows=len(lines))
    with tempfile.TemporaryDirectory() as folder:
        groups = {}
        for start in range(0, len(lines), PER_FORM):
            group = lines[start : start + PER_FORM]
            data, places = layouts.draw(_form(group))
            path = Path(folder) / f"{start:04}.xlsx"
            path.write_bytes(data)
            groups[path.name] = (group, places)
        for result in perfxl.audit(folder, policy="hubei"):
            group, places = groups[result.file]
            by_cell = {_cell(one): one for one in result.audits[0].scores} if result.audits else {}
            wrong = {
                one.cell
                for audit in result.audits
                for one in audit.findings
                if one.severity.value == "error"
            }
            for number, line in enumerate(group):
                cell = places["row", number, "score"]
                _judge(found, line, by_cell.get(cell))
                _convict(found, line, accused=cell in wrong)
    return found


def _cell(score: Any) -> str | None:
    if score.place is None:
        return None
    return f"{get_column_letter(score.place.col)}{score.place.row}"


def _convict(found: Agreement, line: dict[str, str], *, accused: bool) -> None:
    """Every row claims its full weight: wrong where the target is missed, and only there."""
    missed = line["met"] == "no"
    if accused != missed:
        told = (
            f"{line['level2']} {line['name']}: {line['target']} → {line['actual']} at full points"
        )
        (found.accused if accused else found.let_pass).append(told)


def _judge(found: Agreement, line: dict[str, str], score: object) -> None:
    what = f"{line['level2']} {line['name']}: {line['target']} → {line['actual']}"
    low, high = getattr(score, "lo", None), getattr(score, "hi", None)
    if low is None or high is None:
        found.unread.append(what)
        return
    ends = Fraction(low) / WEIGHT, Fraction(high) / WEIGHT
    right = Fraction(line["lo"]), Fraction(line["hi"])
    told = (
        f"{what}: {ends[0]}..{ends[1]}, table {right[0]}..{right[1]} ({line['way']}, {line['met']})"
    )
    outer = line["comment"].startswith("outer:") and right[0] <= ends[0] and ends[1] <= right[1]
    if ends == right or outer:
        found.agreed += 1
    elif ends[0] <= right[0] and right[1] <= ends[1]:
        found.left_open.append(told)
    else:
        found.against.append(told)
