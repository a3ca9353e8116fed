"""Build the forms of examples/: a roll-up, approved targets, a resubmission. All names are invented.

    python samples/examples.py

They stand apart from samples/, whose every form is read, audited and damaged by the tests.
"""

from collections.abc import Sequence
from pathlib import Path

from drawing import Page, Typed, Written, workbook
from families_project import MINISTRY, MINISTRY_FUNDS
from project import Project, draw_form
from reading import Row

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
LEVEL1 = {"社会效益指标": "效益指标", "服务对象满意度指标": "满意度指标"}
NONE = Written("—", None)
WIDE = 9

Indicator = tuple[str, str, float, str, str, float, str]
"""Second level, name, points, target, actual value, claimed score, reason."""


def draw(
    file: Path, unit: str, project: str, department: str, money: Sequence[float], rows: Sequence[Indicator],
    money_in: str = "万元",
) -> None:  # fmt: skip
    """One form of the Ministry; money is the budget and what was executed."""
    budget, executed = money
    columns = {role: (2 + place, 1) for place, role in enumerate(MINISTRY)}
    amounts = {role: (4 + place, 1) for place, role in enumerate(MINISTRY_FUNDS)}
    earned = round(10 * executed / budget, 2)
    drawn, before = [], ""
    for level2, name, points, target, actual, score, reason in rows:
        level1 = LEVEL1.get(level2, "产出指标")
        shown = "" if level1 == before else level1
        drawn.append(Row(shown, level2, name, target, actual, score, points, reason or None))
        before = level1
    total = round(earned + sum(row[5] for row in rows), 2)
    form = Project(
        title="项目支出绩效自评表", year=2024, below_title=[("（2024年度）", "subtitle")], year_line=0,
        money=money_in, money_in="side",
        head=[
            [("项目名称", 2, project, 7, "project")],
            [("主管部门", 2, department, 3, "department"), ("实施单位", 1, unit, 3, "unit")],
        ],
        funds_side=(f"项目资金\n（{money_in}）", 2), funds_columns={"name": (3, 1)} | amounts,
        funds_heads=MINISTRY_FUNDS,
        funds=[
            ("年度资金总额", {"initial": budget, "budget": budget, "executed": executed, "weight": 10,
                        "rate": Typed(executed / budget, "0.00%"), "score": earned}),
            ("其中：财政拨款", {"initial": budget, "budget": budget, "executed": executed, "weight": NONE,
                         "rate": NONE, "score": NONE}),
        ],
        goal_side=("年度\n总体\n目标",),
        goal_texts=[("预期目标", 4, f"完成{project}年度任务。"), ("实际完成情况", 4, "见各项指标。")],
        side="绩\n效\n指\n标", side_cols=1, columns=columns, heads=MINISTRY, rows=drawn,
        stated={name: (name, None) for name in ("产出指标", *LEVEL1.values())},
        total=[("总分", 6, None), (100, 1, None), (Typed(total, "0.00"), 1, "claimed_total"), (None, 1, None)],
    )  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    with workbook(str(file)) as book:
        page = Page(book, "项目支出绩效自评表", [6, 12, 17, 20, 14, 14, 11, 11, 22])
        draw_form(page, form, WIDE)
        page.finish()


def page_tables() -> list[list[list[str]]]:
    """Every table of docs/rollup.md: its rows of cells, head first."""
    found, lines = [], []
    for line in [*(ROOT / "docs" / "rollup.md").read_text("utf-8").splitlines(), ""]:
        if line.startswith("|"):
            lines.append([cell.strip() for cell in line.strip("|").split("|")])
        elif lines:
            found.append([lines[0], *lines[2:]])
            lines = []
    return found


def rollup() -> None:
    """The five units that docs/rollup.md works out by hand."""
    units, indicators, _ = page_tables()
    for place, (unit, money_in, *money) in enumerate(units[1:], 3):
        rows = []
        for name, level2, points, *cells in indicators[1:]:
            if cells[place - 3]:
                target, actual, score = cells[place - 3].split("; ")
                rows.append((level2, name, float(points), target, actual, float(score), ""))
        budget, executed = map(float, money)
        draw(
            EXAMPLES / "汇总" / f"{unit}.xlsx", unit, "农村公路养护", "江州市交通运输局",
            (budget, executed), rows, money_in,
        )  # fmt: skip


APPROVED: tuple[tuple[str, str, float, str], ...] = (
    ("数量指标", "养护里程", 20, "≥100公里"),
    ("质量指标", "验收合格率", 20, "≥95%"),
    ("时效指标", "完成时间", 10, "11月底前"),
    ("社会效益指标", "受益村数", 30, "≥45个"),
    ("服务对象满意度指标", "沿线群众满意度", 10, "≥90%"),
)
UNITS = {"清河县公路站": 200.0, "平湖县公路站": 160.0}


def approved() -> None:
    """A list of approved targets, a form that keeps to them, and one that has relaxed and dropped some."""
    folder = EXAMPLES / "批复核对"
    heads = ("单位名称", "项目名称", "二级指标", "三级指标", "目标值", "分值", "预算数（万元）")
    (folder / "批复").mkdir(parents=True, exist_ok=True)
    with workbook(str(folder / "批复" / "批复清单.xlsx")) as book:
        page = Page(book, "批复清单", [18, 16, 20, 18, 12, 8, 16])
        page.put(1, 1, "2024年度项目绩效目标批复清单", "title", cols=len(heads))
        for col, head in enumerate(heads, 1):
            page.put(2, col, head, "head")
        row = 3
        for unit, budget in UNITS.items():
            for level2, name, points, target in APPROVED:
                for col, value in enumerate(
                    (unit, "道路养护", level2, name, target, points, budget), 1
                ):
                    page.put(row, col, value)
                row += 1
        page.finish()
    actual = ("102公里", "96%", "11月20日", "46个", "93%")
    kept = [
        (level2, name, points, target, done, points, "")
        for (level2, name, points, target), done in zip(APPROVED, actual, strict=True)
    ]
    # What the other unit did: a rate of 95 % became 90 %, and the number of villages is gone.
    relaxed = [
        ("数量指标", "养护里程", 20, "≥100公里", "104公里", 20, ""),
        ("质量指标", "验收合格率", 20, "≥90%", "91%", 20, ""),
        ("时效指标", "完成时间", 10, "11月底前", "11月25日", 10, ""),
        ("社会效益指标", "道路通畅程度", 30, "有所改善", "有所改善", 30, ""),
        ("服务对象满意度指标", "沿线群众满意度", 10, "≥90%", "92%", 10, ""),
    ]
    for (unit, budget), rows in zip(UNITS.items(), (relaxed, kept), strict=True):
        draw(
            folder / "自评" / f"{unit}.xlsx",
            unit,
            "道路养护",
            "江州市交通运输局",
            (budget, budget),
            rows,
        )


def resubmission() -> None:
    """A form and what was sent in its place: only a score has changed, not what it is for."""
    for folder, score, reason in (
        ("第一次", 9.44, ""),
        ("第二次", 10, "部分阅览室设施陈旧，将于明年更新。"),
    ):
        rows = [
            ("数量指标", "开放天数", 20, "≥300天", "310天", 20, ""),
            ("数量指标", "读书活动场次", 20, "≥40场", "42场", 20, ""),
            ("质量指标", "新书上架率", 10, "≥95%", "97%", 10, ""),
            ("社会效益指标", "到馆读者", 30, "≥8万人次", "8.3万人次", 30, ""),
            ("服务对象满意度指标", "读者满意度", 10, "≥90%", "85%", score, reason),
        ]
        draw(
            EXAMPLES / "重新报送" / folder / "云湖区图书馆.xlsx", "江州市云湖区图书馆", "图书馆免费开放",
            "江州市云湖区文化和旅游局", (120.0, 120.0), rows,
        )  # fmt: skip


def main() -> None:
    rollup()
    approved()
    resubmission()


if __name__ == "__main__":
    main()
