"""Small forms drawn for a test, so that the test reads as a case: rows in, findings out.

A form is drawn as lines of cells: text, a number (text ``"12"`` stays text, ``12`` is typed), ``P("0.95")``
for a number formatted as a percentage, None for an empty cell, ``LEFT`` and ``UP`` for a cell that is
merged with its neighbour. Lines become a Grid (fast) or a real workbook (for tests of files).
"""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter

from perfxl.forms import read
from perfxl.forms.model import Form
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import Span
from perfxl.rules.audit import Audit, audit

LEFT, UP = object(), object()
SHEET = "自评表"
OK = "目标已全部完成。"


class P(NamedTuple):
    """A number that Excel shows as a percentage."""

    value: str
    number_format: str = "0.0%"

    @property
    def text(self) -> str:
        digits = self.number_format.partition(".")[2].count("0")
        return f"{Decimal(self.value) * 100:.{digits}f}%"


class F(NamedTuple):
    """A formula with its cached result."""

    formula: str
    value: object


def spans(lines) -> list[Span]:
    """The merged areas of some lines."""
    found = {}
    for row, line in enumerate(lines, 1):
        for col, value in enumerate(line, 1):
            if value is LEFT or value is UP:
                top, left = row, col
                while lines[top - 1][left - 1] in (LEFT, UP):
                    if lines[top - 1][left - 1] is LEFT:
                        left -= 1
                    else:
                        top -= 1
                found[top, left] = (row, col)
    return [Span(*head, *tail) for head, tail in found.items()]


def grid(lines, name: str = SHEET, index: int = 0) -> Grid:
    """The lines as a sheet."""
    cells = {}
    for row, line in enumerate(lines, 1):
        for col, value in enumerate(line, 1):
            if value is None or value is LEFT or value is UP:
                continue
            cells[row, col] = _cell(row, col, value)
    return Grid(name, index, cells, tuple(spans(lines)))


def _cell(row: int, col: int, value) -> Cell:
    if isinstance(value, F):
        return _cell(row, col, value.value)._replace(formula=True)
    if isinstance(value, P):
        return Cell(row, col, Decimal(value.value), value.text, value.number_format)
    if isinstance(value, str):
        return Cell(row, col, value, value)
    number = Decimal(str(value))
    return Cell(row, col, number, str(value))


def workbook(*sheets, names=None) -> bytes:
    """Sheets of lines as a real .xlsx file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                   "strings_to_urls": False}) as book:  # fmt: skip
        border = book.add_format({"border": 1, "text_wrap": True})
        for number, lines in enumerate(sheets):
            sheet = book.add_worksheet((names or [SHEET, "表2", "表3", "表4"])[number])
            for area in spans(lines):
                sheet.merge_range(
                    area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "", border
                )
            for row, line in enumerate(lines):
                for col, value in enumerate(line):
                    _write(book, sheet, border, (row, col), value)
    return out.getvalue()


def _write(book, sheet, border, at, value) -> None:
    if value is LEFT or value is UP:
        return
    if isinstance(value, F):
        sheet.write_formula(*at, value.formula, border, value.value)
    elif isinstance(value, P):
        style = book.add_format({"border": 1, "num_format": value.number_format})
        sheet.write_number(*at, float(value.value), style)
    elif value is None:
        sheet.write_blank(*at, None, border)
    elif isinstance(value, str):
        sheet.write_string(*at, value, border)
    else:
        sheet.write_number(*at, float(value), border)


def forms(*sheets) -> list[Form]:
    """The forms read from sheets of lines."""
    grids = [grid(lines, f"{SHEET}{number or ''}", number) for number, lines in enumerate(sheets)]
    return read.forms(grids, "表.xlsx", vocabulary.load())


# ---------------------------------------------------------------- the ministry's project form
HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
FIRST = 10
"""Row of the first indicator of a ministry form; its columns are B to I."""


@dataclass
class Case:
    """An audited form and short names for what a test asks of it."""

    lines: list
    audit: Audit

    @property
    def form(self) -> Form:
        return self.audit.form

    @property
    def faults(self):
        """Errors and warnings as (severity, rule, cell)."""
        return [
            (str(f.severity), f.rule, f.cell) for f in self.audit.findings if f.severity != "note"
        ]

    def of(self, rule: str):
        """The findings of one rule as (severity, cell)."""
        return [(str(f.severity), f.cell) for f in self.audit.findings if f.rule == rule]

    def finding(self, rule: str):
        """The one finding of a rule."""
        (found,) = [f for f in self.audit.findings if f.rule == rule]
        return found

    def counts(self, rule: str) -> dict[str, int]:
        """How many subjects got which verdict."""
        return {v.name: n for (code, v), n in self.audit.verdicts.items() if code == rule}


def row(name, target, actual, weight, score, reason=None, level1="产出指标", level2="数量指标"):
    """One indicator of a ministry form."""
    return (level1, level2, name, target, actual, weight, score, reason)


def number(value) -> Decimal:
    """The number of a cell; 0 for a text or nothing."""
    if isinstance(value, P | F):
        value = value.value
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else Decimal(0)


def ministry_lines(  # the parts of a form, all with a default
    *rows, budget=(None, 200, 100, 10, P("0.5"), 5), parts=(), total=None, grade=None, total_weight=100,
    fill=True, satisfaction=True, goal="", result="", reasons=(), weight_of_levels=None,
    side="预算执行情况（万元）", unit="清河县公路站", project="道路养护项目", year=2023,
):  # fmt: skip
    """A ministry form: the rows given, and rows without fault that make up the rest of the points.

    ``budget`` is (initial, budget, executed, weight, rate, score) of the total row, ``parts`` are further
    rows (name, initial, budget, executed). The total is what the rows claim unless it is given.
    """
    rows = [tuple(each) for each in rows]
    budget_weight, budget_score = number(budget[3]), number(budget[5])
    if fill:
        left = 100 - budget_weight - sum((number(each[5]) for each in rows), Decimal(0))
        if satisfaction and left >= 1:
            worth = min(left, Decimal(10))
            rows.append(
                row(
                    "群众满意度",
                    "≥90%",
                    "95%",
                    worth,
                    worth,
                    None,
                    "满意度指标",
                    "服务对象满意度指标",
                )
            )
            left -= worth
        if left > 0:
            rows.append(
                row("其他工作完成率", "≥90%", "96%", left, left, None, "效益指标", "社会效益指标")
            )
    if total is None:
        total = budget_score + sum((number(each[6]) for each in rows), Decimal(0))
    lines = [
        (f"{year or ''}{'年度' if year else ''}项目支出绩效自评表", *[LEFT] * 8),
        ("项目名称", None, project, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
        ("主管部门", None, "清河县交通局", LEFT, "实施单位", unit, LEFT, LEFT, LEFT),
        (side, None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (
            UP,
            "年度资金总额",
            LEFT,
            budget[0],
            budget[1],
            budget[2],
            budget[3],
            budget[4],
            budget[5],
        ),
        *[(UP, name, LEFT, *amounts, "—", None, "—") for name, *amounts in parts],
        ("年度总体目标", "预期目标", LEFT, LEFT, LEFT, "实际完成情况", LEFT, LEFT, LEFT),
        (UP, goal or "完成道路养护任务", LEFT, LEFT, LEFT, result or "已完成", LEFT, LEFT, LEFT),
    ]
    while len(lines) < FIRST - 2:
        lines.append((None,) * 9)
    lines.append(("绩效指标", *HEADS))
    labels = weight_of_levels or {}
    last = None
    for each in rows:
        first = labels.get(each[0], each[0])
        lines.append((UP, UP if each[0] == last else first, *each[1:]))
        last = each[0]
    lines.append(("总分", LEFT, LEFT, LEFT, LEFT, LEFT, total_weight, total, grade))
    lines += [(name, text, *[LEFT] * 7) for name, text in reasons]
    return lines


def ministry(*rows, policy=None, **more) -> Case:
    """The audit of a ministry form."""
    lines = ministry_lines(*rows, **more)
    (form,) = forms(lines)
    return Case(lines, audit(form, policy))


# ---------------------------------------------------------------- the department form of Hubei
class G(NamedTuple):
    """A goal of a Hubei form: points, claimed score, project, rows (name, target, actual, score)."""

    points: object
    score: object
    rows: tuple
    project: str = "专项"


HUBEI_HEADS = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
HUBEI_FIRST = 9
"""Row of the first indicator of the first goal; scores stand in column G."""


def hubei_lines(  # the parts of a form, all with a default
    *goals, budget=(100, 95, "95.0%", 19), total=None, reasons="", basic=30, project=65, fill=True,
    unit="清河县公路站", year=2023,
):  # fmt: skip
    """A department form of Hubei: the goals given, and one without fault for the rest of the points.

    Each goal takes three lines more than its rows: its label, the header, and nothing else.
    """
    goals = list(goals)
    left = 80 - sum((number(goal.points) for goal in goals), Decimal(0))
    if fill and left > 0:
        goals.append(G(left, left, (("日常保障完成率", "≥95%", "98%", left),), "日常"))
    if total is None:
        total = number(budget[3]) + sum((number(goal.score) for goal in goals), Decimal(0))
    lines = [
        (f"{year}年度{unit}部门整体绩效自评表", *[LEFT] * 6),
        ("单位名称", unit, *[LEFT] * 5),
        ("基本支出总额", basic, LEFT, "项目支出总额", LEFT, project, LEFT),
        (
            "预算执行情况（万元）（20分）",
            None,
            None,
            "预算数（A）",
            "执行数（B）",
            "执行率（B/A）",
            "得分（20分*执行率）",
        ),
        (UP, "部门整体支出总额", LEFT, budget[0], budget[1], budget[2], budget[3]),
        (None,) * 7,
    ]
    for index, goal in enumerate(goals, 1):
        lines.append((f"年度绩效目标{index}：（{goal.points}分）", *[LEFT] * 5, goal.score))
        lines.append((f"{goal.project}年度绩效指标", *HUBEI_HEADS))
        lines += [
            (UP, "产出指标" if number == 0 else UP, "数量指标" if number == 0 else UP, *each)
            for number, each in enumerate(goal.rows)
        ]
    lines.append(("总分", *[LEFT] * 5, total))
    lines.append(("偏差大或目标未完成原因分析", reasons, *[LEFT] * 5))
    lines.append(("改进措施", "加强管理。", *[LEFT] * 5))
    return lines


def hubei(*goals, policy=None, **more) -> Case:
    """The audit of a Hubei department form."""
    lines = hubei_lines(*goals, **more)
    (form,) = forms(lines)
    return Case(lines, audit(form, policy))
