"""Build the reference samples, 01 to 05, each with its expected reading.

    python samples/build.py

The same run gives the same bytes. README.md here tells what is wrong in which.
"""

import io
from typing import Any

from drawing import Page, Rich, Typed, png_seal, save_reading, workbook
from hubei import Sheet, draw_department
from reference import REASON, WEIGHTS, Goal, goals

WIDTHS = [13, 10, 15, 23, 16, 16, 16]
CONSISTENT_REASON = """
出现偏差，主要有以下几方面原因：
1、工程尾款项目：年初安排了3个项目的尾款，其中纪委监委办公楼维修尾款未到合同约定的付款时间，全年实际支付2个项目的尾款，按期完成率相应降低。
2、办公大楼租金费用项目：东边立体车库一直未能正常运行，租用项目由3个减为2个。
3、党建经费项目：受疫情影响，部分学习活动没有按期举办。
4、会议室使用费项目：疫情期间全年会议大为减少，承办会议280次，低于年初目标。
"""


def consistent() -> list[Goal]:
    """The ten goals with scores, actual values and sums that follow every rule."""
    made = goals()
    made[2].rows[1].score = 2  # goal 3: nothing is short, so nothing is deducted
    made[2].claimed = 8
    for row, score in zip(made[6].rows, (2, 1, 1, 1, 1), strict=True):
        row.score = score  # goal 7: 3 points × 2 ÷ 3, and the rows sum to 6
    made[7].rows[2].score, made[7].claimed = 1.8, 6.8  # goal 8: 2 × 90 % ÷ 100 %
    made[8].rows[0].actual, made[8].rows[0].score = 280, 0.8  # goal 9: 1 × 280 ÷ 350
    made[8].rows[1].score, made[8].claimed = 3, 7.8
    return made


def weighted() -> list[Goal]:
    """The consistent goals with stated points, then the mistakes of sample 03."""
    made = consistent()
    for goal, weights in zip(made, WEIGHTS, strict=True):
        for row, weight in zip(goal.rows, weights, strict=True):
            row.weight = weight
    made[0].rows[1].score = 2.37  # 2.5 × 90 % ÷ 95 %
    made[0].claimed = 7.37
    made[2].rows[2].actual = "60小时"  # ≤48小时 missed, and still full points
    made[4].rows[1].score, made[4].claimed = 2, 8.5  # above its 1.5 points
    made[7].rows[2].score, made[7].claimed = 2, 7  # 2 claimed for 1.8
    made[8].claimed = 8  # its rows sum to 7.8
    return made


def blank() -> list[Goal]:
    """Goals 1 to 4 wait to be filled: points in brackets behind the names, no goal sums."""
    made = consistent()
    for goal, weights in zip(made[:4], WEIGHTS, strict=False):
        goal.claimed = None
        for row, weight in zip(goal.rows, weights, strict=True):
            row.level3 += f"（{weight}分）"
            row.weight, row.weight_in, row.score = weight, "level3", None
    # In goals 1 and 2 the department has judged the qualitative rows itself.
    for goal, judged in ((made[0], {2: 1.8}), (made[1], {1: 1, 4: 1.5, 5: 1.5})):
        for index, score in judged.items():
            goal.rows[index].score = score
    return made


def seven_columns(book: Any, name: str) -> Page:
    return Page(book, name, WIDTHS)


def simple(file: str, sheet: Sheet, name: str = "绩效自评表") -> None:
    """A workbook of one sheet."""
    with workbook(file) as book:
        widths = [*WIDTHS[:6], 9, *WIDTHS[6:]] if sheet.weights else WIDTHS
        page = Page(book, name, widths)
        reading = draw_department(page, sheet)
        page.finish()
    save_reading(file, [reading])


def with_formulas(file: str) -> None:
    """Formulas with cached values, and what an office leaves in a workbook besides."""
    executed = float(f"{15892.41 / 16728.52:.15g}")
    made = goals()
    made[6].claimed = 7  # the formula adds up what the rows say
    bold = {"bold": True, "font_color": "#C00000"}
    lines = REASON.strip("\n").split("\n")
    runs: list[tuple[str, dict[str, Any]]] = [(lines[0] + "\n", {})]
    for line in lines[1:]:
        name, colon, rest = line.partition("：")
        runs += [(name, bold), (colon + rest + ("\n" if line is not lines[-1] else ""), {})]
    sheet = Sheet(
        made,
        rate=Typed(executed, "0.0%"),
        budget_score=Typed(19, "0.00"),
        total=Typed(96, "0.00"),
        reason=Rich(tuple(runs)),
        formulas=True,
    )
    with workbook(file) as book:
        page = Page(book, "部门自评", WIDTHS)
        reading = draw_department(page, sheet)
        page.finish(footer="&C第 &P 页，共 &N 页&R云湖区财政局制")
        _office(book, page, reading)
    save_reading(file, [reading])


def _office(book: Any, page: Page, reading: dict[str, Any]) -> None:
    """Seal, text box, note, conditional formats, drop-down, hidden sheet, names, freeze pane."""
    sheet, first = page.sheet, reading["indicators"][0]["score_cell"]
    last, total = reading["indicators"][-1]["score_cell"], reading["claimed_total_cell"]
    scores, sign_row = f"{first}:{last}", page.last - 6
    seal = {"image_data": io.BytesIO(png_seal()), "x_scale": 0.8, "y_scale": 0.8}
    sheet.insert_image(sign_row, 5, "seal.png", seal | {"description": "单位公章", "y_offset": 2})
    box = {"width": 170, "height": 22, "x_offset": 6, "y_offset": 1, "font": {"name": "宋体"}}
    sheet.insert_textbox(0, 4, "财务科已初核，盖章后有效", box)
    note = {"author": "财务科", "visible": False, "x_scale": 1.4, "y_scale": 0.8}
    sheet.write_comment(reading["funds"][0]["executed_cell"], "财务科：与决算报表核对一致。", note)
    low = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"})
    rule = {"type": "cell", "criteria": "<", "value": 80, "format": low}
    sheet.conditional_format(total, rule)
    bars = {"type": "data_bar", "data_bar_2010": True, "bar_color": "#9BC2E6", "min_type": "num"}
    sheet.conditional_format(scores, bars | {"min_value": 0, "max_type": "num", "max_value": 10})
    limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 20}
    sheet.data_validation(
        scores, limits | {"error_title": "得分", "error_message": "得分应在0至20之间。"}
    )
    options = book.add_worksheet("选项")
    for index, text in enumerate(("有所提升", "逐步提高", "有效提升", "达标", "不超支")):
        options.write_string(index, 0, text)
    options.hide()
    book.define_name("得分合计", f"=部门自评!${total[0]}${total[1:]}")
    book.define_name("定性选项", "=选项!$A$1:$A$5")
    sheet.repeat_rows(1, 2)
    sheet.freeze_panes(4, 0)


def main() -> None:
    simple("01-参考表.xlsx", Sheet(goals()))
    simple(
        "02-一致.xlsx",
        Sheet(consistent(), total=Typed(96.6, "0.00"), reason=CONSISTENT_REASON),
        "Sheet1",
    )
    simple(
        "03-列明分值.xlsx",
        Sheet(weighted(), total=Typed(97.87, "0.00"), reason=CONSISTENT_REASON, weights=True),
        "2020年自评",
    )
    simple(
        "04-空白待填.xlsx",
        Sheet(blank(), total=None, budget_score=None, reason=CONSISTENT_REASON),
        "自评表",
    )
    with_formulas("05-带公式与图章.xlsx")


if __name__ == "__main__":
    main()
