"""Draw the official forms of templates/forms/: workbooks with tags in their cells.

    python samples/official.py [FOLDER]

The same run gives the same bytes. A form may also be changed with Excel or WPS alone; then this
script no longer says what it is, and its function goes.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from drawing import MADE, Page
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # as above

FOLDER = Path(__file__).parent.parent / "templates" / "forms"
TAG = {"font_name": "Consolas", "font_size": 8, "font_color": "#7F7F7F"}
LEVEL2 = [
    "数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标", "生态效益指标",
    "可持续影响指标", "服务对象满意度指标",
]  # fmt: skip
GRADES = ["优", "良", "中", "差"]
POINTS = "{% if x.weight is not none %}（{{ x.weight }}分）{% endif %}"
GOAL_POINTS = "（{% if goal.weight is not none %}{{ goal.weight }}{% else %}　　{% endif %}分）"
MONEY = "{% if money_unit %}（{{ money_unit }}）{% endif %}"
BUDGET = "{% if budget_weight is not none %}（{{ budget_weight }}分*执行率）{% endif %}"
BEYOND = {"error_title": "得分", "error_message": "得分应为 0 至 100 之间的数。"}
BEYOND_WEIGHT = {"error_title": "得分", "error_message": "得分应为 0 至该指标分值之间的数。"}
BAD_WEIGHT = {"error_title": "分值", "error_message": "分值应为 0 至 100 之间的数。"}
WEIGHTS = {
    "input_title": "分值",
    "input_message": "各指标分值与预算执行分值合计应与“总分”一行的分值一致；不一致时，该分值显示为红色。",
}
TITLE_LOOK, NUMBER, MONEY_FORMAT = "title", "0.00", "#,##0.00##"
Columns = dict[str, tuple[int, int]]
Texts = Sequence[tuple[str, int]]


def points_of(name: str) -> str:
    """The points behind a name, where the form states them."""
    return POINTS.replace("x.", f"{name}.")


class Sheet:
    """A template sheet from top to bottom: rows of content and rows of tags.

    Args:
        widths: of the columns from A, in characters.
    """

    def __init__(self, book: xlsxwriter.Workbook, name: str, widths: Sequence[float]) -> None:
        self.page = Page(book, name, widths)
        self.wide = len(widths)
        self.row = 1
        self._tag = book.add_format(TAG)
        self._number = {}
        self.book = book

    def line(self, texts: Texts, look: str = "cell", height: float = 24) -> int:
        """A row of cells from column A; its number."""
        self.page.line(self.row, list(texts), look)
        return self._next(height)

    def cell(
        self, col: int, text: str | None, look: str = "cell", cols: int = 1, rows: int = 1
    ) -> None:
        """A cell of the row at hand."""
        self.page.put(self.row, col, text, look, cols=cols, rows=rows)

    def number(self, col: int, text: str, code: str, cols: int = 1) -> None:
        """A cell of the row at hand whose number has a format."""
        style = self._number.get(code)
        if style is None:
            properties = self.page._properties("cell", "General") | {"num_format": code}  # noqa: SLF001
            style = self._number[code] = self.book.add_format(properties)
        if cols > 1:
            right = col + cols - 2
            self.page.sheet.merge_range(self.row - 1, col - 1, self.row - 1, right, text, style)
        else:
            self.page.sheet.write_string(self.row - 1, col - 1, text, style)

    def next(self, height: float = 22) -> int:
        """End the row at hand; its number."""
        return self._next(height)

    def tag(self, text: str, col: int = 1) -> int:
        """A row that holds only a tag; its number."""
        self.page.sheet.write_string(self.row - 1, col - 1, text, self._tag)
        return self._next(12)

    def _next(self, height: float) -> int:
        self.page.sheet.set_row(self.row - 1, height)
        self.row += 1
        return self.row - 1

    def span(
        self, top: int, bottom: int, col: int, text: str, look: str = "label", cols: int = 1
    ) -> None:
        """A merged area down some rows, drawn when they are known."""
        self.page.put(top, col, text, look, rows=bottom - top + 1, cols=cols)

    def choices(self, row: int, col: int, source: list[str], last: int | None = None) -> None:
        """A drop-down that offers the usual words and lets others pass."""
        self.page.sheet.data_validation(
            row - 1, col - 1, (last or row) - 1, col - 1,
            {"validate": "list", "source": source, "error_type": "information", "show_error": False},
        )  # fmt: skip

    def limits(
        self, row: int, col: int, weight: int | None = None, last: int | None = None
    ) -> None:
        """Points that a person may type: from 0 to the weight beside them, or to 100; others are warned of.

        Args:
            row: the first row.
            col: the column of the points.
            weight: the column of their weight, where that is a number.
            last: the last row.
        """
        place = xl_rowcol_to_cell(row - 1, col - 1)
        most = "100" if weight is None else xl_rowcol_to_cell(row - 1, weight - 1)
        upper = f'OR({most}="",{place}<={most})' if weight is not None else f"{place}<={most}"
        self.page.sheet.data_validation(
            row - 1, col - 1, (last or row) - 1, col - 1,
            {"validate": "custom", "value": f"=AND(ISNUMBER({place}),{place}>=0,{upper})",
             "error_type": "warning", **(BEYOND if weight is None else BEYOND_WEIGHT)},
        )  # fmt: skip

    def weights(self, row: int, col: int, last: int, prompt: dict[str, str]) -> None:
        """Weights that a person may type, with what they must come to."""
        self.page.sheet.data_validation(
            row - 1, col - 1, last - 1, col - 1,
            {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100,
             "error_type": "warning", **BAD_WEIGHT, **prompt},
        )  # fmt: skip

    def red_if(self, row: int, col: int, formula: str) -> None:
        """A cell that turns red where a formula holds."""
        red = self.book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.page.sheet.conditional_format(
            row - 1, col - 1, row - 1, col - 1, {"type": "formula", "criteria": formula, "format": red}
        )  # fmt: skip

    def finish(self, titles: int, *, landscape: bool = False) -> None:
        """Page setup: A4, one page wide, the title rows on each page."""
        sheet = self.page.sheet
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self.row - 2, self.wide - 1)
        sheet.repeat_rows(0, titles - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.set_tab_color("#4472C4")


def rows_of_levels(
    sheet: Sheet, goal: str, values: list[tuple[str, str | None]], *, stated: bool
) -> None:
    """The loops over three levels, with merged areas for the first two."""
    sheet.tag("{% for level1 in " + goal + ".level1 %}", 2)
    first = sheet.tag("{% for level2 in level1.level2 %}", 3)
    second = sheet.tag("{% for row in level2.indicators %}", 4)
    names = ["{{ row.level3 }}" + ("" if stated else points_of("row"))]
    sheet.cell(4, names[0], "left")
    for col, (text, code) in enumerate(values, 5):
        if "score" in text:
            sheet.limits(sheet.row, col, col - 1 if stated else None)
        elif "weight" in text:
            sheet.weights(sheet.row, col, sheet.row, WEIGHTS)
        if code:
            sheet.number(col, text, code)
        else:
            sheet.cell(col, text, "left" if "reason" in text else "cell")
    sheet.next(24)
    end = sheet.tag("{% endfor %}", 4)
    end2 = sheet.tag("{% endfor %}", 3)
    shared = points_of("level2").replace("（", "\n（")
    sheet.span(second, end, 3, "{{ level2.name }}" + shared, "cell")
    sheet.span(
        first,
        end2,
        2,
        "{{ level1.name }}{% if level1.weight is not none %}\n（{{ level1.weight }}分）{% endif %}",
        "cell",
    )
    sheet.tag("{% endfor %}", 2)
    sheet.choices(first, 2, ["产出指标", "效益指标", "满意度指标"], end2)
    sheet.choices(second, 3, LEVEL2, end)


def goal_head(sheet: Sheet, scored: int) -> None:
    """A goal's own row, where the form has goals."""
    sheet.tag("{% if goal.number %}")
    cells = [("年度绩效目标{{ goal.number }}：" + GOAL_POINTS, scored - 1)]
    sheet.page.line(sheet.row, cells, "goal")
    sheet.number(scored, "{{ goal.score }}", NUMBER)
    for col in range(scored + 1, sheet.wide + 1):
        sheet.cell(col, None)
    sheet.next(24)
    sheet.tag("{% endif %}")


def hubei_table(sheet: Sheet, funds_label: str) -> None:
    """Funds, goals, total and texts of Hubei's two forms; seven columns."""
    top = sheet.row
    label = "预算执行情况\n" + MONEY + "\n" + BUDGET.replace("*执行率", "")
    heads = [(2, None, 2), (4, "预算数（A）", 1), (5, "执行数（B）", 1), (6, "执行率（B/A）", 1),
             (7, "得分\n" + BUDGET, 1)]  # fmt: skip
    for col, text, cols in heads:
        sheet.cell(col, text, "head", cols=cols)
    sheet.next(36)
    sheet.tag("{% for fund in funds %}", 2)
    sheet.cell(2, "{{ fund.name or '" + funds_label + "' }}", "label", cols=2)
    sheet.number(4, "{{ fund.budget }}", MONEY_FORMAT)
    sheet.number(5, "{{ fund.executed }}", MONEY_FORMAT)
    sheet.number(6, "{{ fund.rate }}", "0.00%")
    sheet.number(7, "{{ fund.score }}", NUMBER)
    sheet.limits(sheet.row, 7)
    sheet.next(28)
    end = sheet.tag("{% endfor %}", 2)
    sheet.span(top, end, 1, label)
    sheet.tag("{% for goal in goals %}")
    goal_head(sheet, 7)
    side = sheet.row
    for col, text in enumerate(
        ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"), 2
    ):
        sheet.cell(col, text, "head")
    sheet.next(26)
    rows_of_levels(
        sheet, "goal",
        [("{{ row.target }}", None), ("{{ row.actual }}", None), ("{{ row.score }}", NUMBER)],
        stated=False,
    )  # fmt: skip
    sheet.span(side, sheet.row - 1, 1, "{{ goal.name }}\n年度绩效指标")
    sheet.tag("{% endfor %}")
    sheet.page.line(sheet.row, [("总分", 6)], "goal")
    sheet.number(7, "{{ claimed_total }}", NUMBER)
    sheet.next(26)
    reasons = (
        "{{ deviation_reason }}{% for row in indicators if row.reason %}\n"
        "{{ row.level3 }}：{{ row.reason }}{% endfor %}"
    )
    sign = "{{ others['单位主要负责人签批意见'] or '\n签名：　　　　　　　　年　　月　　日' }}"
    blocks = [
        ("偏差大或\n目标未完成\n原因分析", reasons),
        ("改进措施及\n结果应用方案", "{{ improvement }}"),
        ("单位主要负责人\n签批意见", sign),
    ]
    texts(sheet, blocks)
    notes(sheet)


def texts(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> None:
    """Blocks of prose, the label beside them."""
    for label, text in pairs:
        sheet.cell(1, label, "label")
        sheet.cell(2, text, "prose", cols=sheet.wide - 1)
        sheet.next(66)


def notes(sheet: Sheet) -> None:
    """The printed notes, a row each."""
    sheet.tag("{% for note in notes %}")
    sheet.cell(1, "{{ note }}", "note", cols=sheet.wide)
    sheet.next(18)
    sheet.tag("{% endfor %}")


def department(book: xlsxwriter.Workbook) -> None:
    """Hubei's form of a department's whole expenditure."""
    sheet = Sheet(book, "部门整体绩效自评表", [14, 11, 16, 24, 16, 16, 15])
    sheet.line([("{{ title }}", 7)], "title", 40)
    sheet.line([("填报日期：{{ others['填报日期'] or '　　年　　月　　日' }}", 7)], "right", 20)
    sheet.line([("单位名称", 2), ("{{ unit }}", 5)], "label", 26)
    sheet.page.line(sheet.row, [("基本支出总额", 2)], "label")
    sheet.number(3, "{{ basic_expenditure }}", MONEY_FORMAT)
    sheet.cell(4, "项目支出总额", "label")
    sheet.number(5, "{{ project_expenditure }}", MONEY_FORMAT, cols=3)
    sheet.next(26)
    hubei_table(sheet, "部门整体支出总额")
    sheet.finish(2)


def project_hubei(book: xlsxwriter.Workbook) -> None:
    """Hubei's form of a project."""
    sheet = Sheet(book, "项目绩效自评表", [14, 11, 16, 24, 16, 16, 15])
    sheet.line([("{{ title }}", 7)], "title", 40)
    sheet.line([("填报日期：{{ others['填报日期'] or '　　年　　月　　日' }}", 7)], "right", 20)
    sheet.line([("项目名称", 2), ("{{ project }}", 5)], "label", 26)
    sheet.line(
        [("主管部门", 2), ("{{ department }}", 2), ("项目实施单位", 1), ("{{ unit }}", 2)],
        "label",
        26,
    )
    boxes = {
        "项目类别": ["部门预算项目", "省直专项", "省对下转移支付项目"],
        "项目属性": ["持续性项目", "新增性项目"],
        "项目类型": ["常年性项目", "延续性项目", "一次性项目"],
    }
    for label, kinds in boxes.items():
        empty = "　".join(f"{number}、{kind}□" for number, kind in enumerate(kinds, 1))
        row = sheet.line(
            [(label, 2), ("{{ others['" + label + "'] or '" + empty + "' }}", 5)], "label", 24
        )
        ticked = [
            "　".join(f"{n}、{k}{'☑' if k == chosen else '□'}" for n, k in enumerate(kinds, 1))
            for chosen in kinds
        ]
        sheet.choices(row, 3, ticked)
    hubei_table(sheet, "年度财政资金总额")
    sheet.finish(2)


def ministry_head(sheet: Sheet, project: str) -> None:
    """Title and year of the Ministry's forms."""
    sheet.line([("{{ title }}", sheet.wide)], "title", 38)
    sheet.line([("（{{ year or '　　' }}年度）", sheet.wide)], "subtitle", 20)
    sheet.line([(project, 2), ("{{ project }}", sheet.wide - 2)], "label", 26)


def goal_texts(sheet: Sheet, heads: tuple[str, str], left: int) -> None:
    """What was aimed at, and what came of it."""
    top = sheet.row
    right = sheet.wide - left - 1
    sheet.cell(2, heads[0], "head", cols=left)
    sheet.cell(2 + left, heads[1], "head", cols=right)
    sheet.next(24)
    sheet.cell(2, "{{ overall_goal }}", "left", cols=left)
    sheet.cell(2 + left, "{{ overall_result }}", "left", cols=right)
    last = sheet.next(60)
    sheet.span(top, last, 1, "年度\n总体\n目标")


def project(book: xlsxwriter.Workbook) -> None:
    """The Ministry's form of a project."""
    sheet = Sheet(book, "项目支出绩效自评表", [10, 13, 16, 26, 15, 15, 10, 11, 26])
    ministry_head(sheet, "项目名称")
    sheet.line(
        [("主管部门", 2), ("{{ department }}", 2), ("实施单位", 1), ("{{ unit }}", 4)], "label", 26
    )
    top = sheet.row
    columns = {"initial": (4, "年初预算数", MONEY_FORMAT), "budget": (5, "全年预算数", MONEY_FORMAT),
               "executed": (6, "全年执行数", MONEY_FORMAT), "weight": (7, "分值", "0.##"),
               "rate": (8, "执行率", "0.00%"), "score": (9, "得分", NUMBER)}  # fmt: skip
    sheet.cell(2, None, "head", cols=2)
    for col, text, _ in columns.values():
        sheet.cell(col, text, "head")
    sheet.next(24)
    sheet.tag("{% for fund in funds %}", 2)
    sheet.cell(2, "{{ fund.name }}", "left", cols=2)
    funds = sheet.row
    sheet.limits(funds, 9, 7)
    for name, (col, _, code) in columns.items():
        sheet.number(col, "{{ fund." + name + " }}", code.replace("0.##", "General"))
    sheet.next(24)
    end = sheet.tag("{% endfor %}", 2)
    sheet.span(top, end, 1, "项目资金\n" + MONEY)
    goal_texts(sheet, ("预期目标", "实际完成情况"), 4)
    top = sheet.row
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    for col, text in enumerate(heads, 2):
        sheet.cell(col, text, "head")
    sheet.next(26)
    first = sheet.tag("{% for goal in goals %}", 2)
    sheet.tag("{% if goal.number %}", 2)
    sheet.cell(
        2, "年度绩效目标{{ goal.number }}：{{ goal.name }}" + points_of("goal"), "goal", cols=6
    )
    sheet.number(8, "{{ goal.score }}", NUMBER)
    sheet.cell(9, None)
    sheet.next(24)
    sheet.tag("{% endif %}", 2)
    rows_of_levels(
        sheet, "goal",
        [("{{ row.target }}", None), ("{{ row.actual }}", None), ("{{ row.weight }}", "General"),
         ("{{ row.score }}", NUMBER), ("{{ row.reason }}", None)],
        stated=True,
    )  # fmt: skip
    end = sheet.tag("{% endfor %}", 2)
    sheet.span(top, end, 1, "绩\n效\n指\n标")
    sheet.page.line(sheet.row, [("总分", 6)], "goal")
    sheet.number(7, "{{ total_weight }}", "General")
    sheet.red_if(sheet.row, 7, weights_differ(sheet.row, (funds - 1, funds + 1), (first, end)))
    sheet.number(8, "{{ claimed_total }}", NUMBER)
    sheet.cell(9, "{{ claimed_grade }}")
    sheet.choices(sheet.row, 9, GRADES)
    sheet.next(26)
    optional(sheet)
    notes(sheet)
    sheet.finish(2, landscape=True)


def weights_differ(total: int, funds: tuple[int, int], rows: tuple[int, int]) -> str:
    """Whether every indicator has its weight and they do not come to the total, with the budget's or without."""
    names, weights = f"$D${rows[0]}:$D${rows[1]}", f"$G${rows[0]}:$G${rows[1]}"
    budget = f"$G${funds[0]}:$G${funds[1]}"
    differ = [
        f"ROUND(SUM({weights})+{more}-$G${total},2)<>0" for more in ("0", f"SUM({budget})", f"MAX({budget})")
    ]  # fmt: skip
    filled = f"COUNT({weights})>0,COUNT({weights})=COUNTA({names})"
    return f"=AND(ISNUMBER($G${total}),{filled},{','.join(differ)})"


def optional(sheet: Sheet) -> None:
    """Blocks of prose that only some submissions have."""
    for name, label in (("deviation_reason", "偏差\n原因\n分析"), ("improvement", "改进\n措施")):
        sheet.tag("{% if " + name + " %}")
        texts(sheet, [(label, "{{ " + name + " }}")])
        sheet.tag("{% endif %}")


def transfer(book: xlsxwriter.Workbook) -> None:
    """The form of a transfer payment: results against targets, without scores."""
    sheet = Sheet(book, "转移支付绩效自评表", [10, 13, 17, 28, 18, 18, 28])
    ministry_head(sheet, "转移支付（项目）名称")
    sheet.line([("中央主管部门", 2), ("{{ department }}", 5)], "label", 26)
    sheet.line([("地方主管部门", 2), ("{{ unit }}", 5)], "label", 26)
    top = sheet.row
    sheet.cell(2, None, "head", cols=3)
    for col, text in ((5, "全年预算数（A）"), (6, "全年执行数（B）"), (7, "预算执行率（B/A）")):
        sheet.cell(col, text, "head")
    sheet.next(24)
    sheet.tag("{% for fund in funds %}", 2)
    sheet.cell(2, "{{ fund.name }}", "left", cols=3)
    sheet.number(5, "{{ fund.budget }}", MONEY_FORMAT)
    sheet.number(6, "{{ fund.executed }}", MONEY_FORMAT)
    sheet.number(7, "{{ fund.rate }}", "0.00%")
    sheet.next(24)
    end = sheet.tag("{% endfor %}", 2)
    sheet.span(top, end, 1, "资金\n情况\n" + MONEY)
    goal_texts(sheet, ("年初设定目标", "全年实际完成情况"), 3)
    top = sheet.row
    for col, text in enumerate(
        ("一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"), 2
    ):
        sheet.cell(col, text, "head")
    sheet.next(26)
    sheet.tag("{% for goal in goals %}", 2)
    rows_of_levels(
        sheet, "goal",
        [("{{ row.target }}", None), ("{{ row.actual }}", None), ("{{ row.reason }}", None)],
        stated=False,
    )  # fmt: skip
    end = sheet.tag("{% endfor %}", 2)
    sheet.span(top, end, 1, "绩\n效\n指\n标")
    optional(sheet)
    notes(sheet)
    sheet.finish(2, landscape=True)


FORMS: dict[str, Callable[[xlsxwriter.Workbook], None]] = {
    "department.xlsx": department,
    "project.xlsx": project,
    "project-hubei.xlsx": project_hubei,
    "transfer.xlsx": transfer,
}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for file, draw in FORMS.items():
        made = xlsxwriter.Workbook(folder / file, {"in_memory": True})
        made.set_properties({"created": MADE, "author": "perfxl", "company": ""})
        draw(made)
        made.close()
        print(folder / file)
