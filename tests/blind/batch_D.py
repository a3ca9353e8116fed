"""Draws the forms of batch D: one day's post of a province, each form from another bureau.

    python tests/blind/batch_D.py

Each form is drawn from the data that its reading is made of; ``check`` looks them up again in the saved workbook and
works out their sums.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from drawing import Sheet, items, levels, reading
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).parent / "forms_D"
LINE = Side(style="thin")
MET = {"健全", "达标"}


class Pct(float):
    """A fraction that a cell shows as a percentage, with as many decimals as it needs."""


class Page(Sheet):
    """A sheet whose cells are drawn as an office draws them."""

    def __init__(
        self, name: str = "Sheet1", *, left: int = 1, top: int = 1, line: bool = True
    ) -> None:
        super().__init__(name)
        self.left, self.at, self.line = left, top, line

    def row(self, *cells: Any) -> int:
        """Write a row from the left edge of the form; its number."""
        column = self.left
        for cell in cells:
            value, wide, high = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (self.at, column) in self.taken:
                column += 1
            self._put(column, value, wide, high)
            column += wide
        self.at += 1
        return self.at - 1

    def plain(self, *cells: Any) -> int:
        """Write a row without lines, as over and under a table."""
        self.line = False
        row = self.row(*cells)
        self.line = True
        return row

    def _put(self, column: int, value: Any, wide: int, high: int) -> None:
        cell = self.ws.cell(
            self.at,
            column,
            (float(value) if isinstance(value, Pct) else value) if value != "" else None,
        )
        long = isinstance(value, str) and len(value) > 30
        cell.alignment = Alignment(
            horizontal="left" if long else "center", vertical="center", wrap_text=True
        )
        if self.line:
            cell.border = Border(LINE, LINE, LINE, LINE)
        if isinstance(value, date):
            cell.number_format = 'yyyy"年"m"月"d"日"'
        if isinstance(value, Pct):
            decimals = len(f"{round(value * 100, 6):g}".partition(".")[2])
            cell.number_format = f"0.{'0' * decimals}%" if decimals else "0%"
        if wide > 1 or high > 1:
            self.ws.merge_cells(
                start_row=self.at, start_column=column,
                end_row=self.at + high - 1, end_column=column + wide - 1,
            )  # fmt: skip
            self.taken |= {(self.at + i, column + j) for i in range(high) for j in range(wide)}

    def keep(self, name: str, form: dict[str, Any], *findings: dict[str, Any], doubts: tuple[str, ...] = (),
             width: float = 14) -> None:  # fmt: skip
        """Save the workbook and, beside it, what it says."""
        for column in range(1, self.ws.max_column + 1):
            self.ws.column_dimensions[get_column_letter(column)].width = width
        self.book.save(FOLDER / f"{name}.xlsx")
        truth = {
            "forms": [{"sheet": self.ws.title, **form}],
            "findings": list(findings),
            "doubts": list(doubts),
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def seed(
    cell: str, kind: str, also: tuple[str, ...] = (), instead: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A seeded discrepancy."""
    return {"cell": cell, "kind": kind, "also": list(also), "or": list(instead)}


def typed(text: str | None) -> Any:
    """A value as a spreadsheet would hold it that was typed without much thought."""
    if text and re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if text and re.fullmatch(r"\d+(\.\d+)?%", text):
        return Pct(round(float(text[:-1]) / 100, 6))
    return text


def without(form: dict[str, Any], *keys: str, **lists: tuple[str, ...]) -> dict[str, Any]:
    """A reading without what cannot be stated for sure: keys of the form, and keys of the entries of its lists."""
    for key in keys:
        form.pop(key)
    for name, gone in lists.items():
        form[name] = [{k: v for k, v in one.items() if k not in gone} for one in form[name]]
    return form


def title(page: Page, text: str, wide: int) -> None:
    """The title over the form."""
    row = page.plain((text, wide, 1))
    page.ws.cell(row, page.left).font = Font(bold=True, size=16)


# 1 --------------------------------------------------------------------------------------------------------------------


def d01() -> None:
    """A fund of the province for jobs: sources of money by name, weights before the expected values."""
    p = Page("自评表")
    p.plain("附件3-2")
    name = "省级促进就业创业发展专项资金绩效自评表"
    title(p, name, 9)
    p.plain(("（2023年度）", 9, 1))
    p.plain(("填报单位（盖章）：岑澜市人力资源公共服务中心", 6, 1), ("金额单位：万元", 3, 1))
    p.row(("项目名称", 2, 1), ("创业带动就业补助", 3, 1), ("项目属性", 2, 1), ("延续性项目", 2, 1))
    p.row(
        ("主管部门", 2, 1),
        ("岑澜市人力资源和社会保障局", 3, 1),
        ("用款单位", 2, 1),
        ("岑澜市人力资源公共服务中心", 2, 1),
    )
    p.row(
        ("资金安排\n及支出情况", 1, 5),
        ("资金来源", 2, 1),
        "年初安排",
        "调整后安排",
        "实际支出",
        "支出率",
        "分值",
        "得分",
    )
    funds = (
        ("合计", 1260, 1260, 1197, 0.95, 10, 9.5),
        ("省级财政资金", 800, 800, 760, 0.95, None, None),
        ("市县配套资金", 460, 460, 437, 0.95, None, None),
        ("自筹资金", 0, 0, 0, None, None, None),
    )
    for one, start, budget, spent, rate, weight, score in funds:
        p.row(
            (one, 2, 1),
            start,
            budget,
            spent,
            Pct(rate) if rate else "—",
            weight or "—",
            score or "—",
        )
    p.row(("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实现情况", 4, 1))
    p.row(("面向高校毕业生、返乡人员和就业困难人员发放创业补贴，办好创业培训，带动城乡劳动者就业。", 4, 1),
          ("补贴应发尽发，培训班次全部办完，带动就业人数略低于预期。", 4, 1))  # fmt: skip
    rows = items("""
产出指标|数量指标|发放创业补贴笔数|≥420笔|436笔|10|10
||创业培训期数|≥24期|24期|10|10
|质量指标|补贴对象资格合规率|100%|100%|10|10
||培训合格率|≥95%|96.4%|8|8
|时效指标|补贴发放及时率|≥98%|98.5%|7|7
|成本指标|人均培训成本|≤1800元/人|1765元/人|5|5
效益指标|社会效益|带动就业人数|≥1300人|1235人|15|14.25|两家孵化园年中搬迁，入驻企业推迟招工
||创业政策知晓度|有所提升|有所提升|10|10
|可持续影响|扶持项目存活一年以上比例|≥80%|83%|5|5
满意度指标|服务对象满意度|创业者满意度|≥90%|94%|10|10
""")
    p.row(
        ("绩效指标", 1, len(rows) + 1),
        "一级指标",
        "二级指标",
        "三级指标",
        "权重",
        "预期值",
        "实现值",
        "自评得分",
        "偏差说明",
    )
    for i in rows:
        p.row(
            *levels(i),
            i["level3"],
            i["weight"],
            typed(i["target"]),
            typed(i["actual"]),
            i["score"],
            i["reason"],
        )
    p.row(("总分", 4, 1), 100, "", "", 98.75, "")
    p.row(("自评等级", 4, 1), ("优", 5, 1))
    p.plain(("填报人：陆沅　　联系电话：0000-1234567　　填报日期：2024年3月8日", 9, 1))
    p.plain(("注：1.定量指标未完成的按完成比例计分。2.支出率＝实际支出÷调整后安排。", 9, 1))
    p.keep("d01-就业创业资金", reading(
        "project", name, "岑澜市人力资源公共服务中心", 2023, "岑澜市人力资源和社会保障局", "创业带动就业补助", rows,
        total=98.75, grade="优", funds=funds))  # fmt: skip


# 2 --------------------------------------------------------------------------------------------------------------------


def d02() -> None:
    """A bureau of civil affairs: a table of its tasks before the indicators, and a column that somebody added."""
    p = Page("整体自评")
    name = "2022年度澄阳市民政局部门（单位）整体支出绩效自评表"
    title(p, name, 10)
    p.row(("部 门 名 称", 2, 1), ("澄阳市民政局", 8, 1))
    p.row(("年度\n主要\n任务", 1, 4), ("任务名称", 2, 1), ("主要内容", 3, 1), ("完成情况", 4, 1))
    for task, what, done in (
        ("养老服务体系建设", "新增养老机构床位，建设社区助餐点", "床位和助餐点均已投入使用"),
        ("社会救助", "开展低保对象动态核查，按月足额发放救助金", "核查两轮，救助金按月发放"),
        ("基层社会治理", "完善养老服务长效管理", "出台管理办法"),
    ):
        p.row((task, 2, 1), (what, 3, 1), (done, 4, 1))
    p.row(
        ("预算执行\n（万 元）\n（10分）", 1, 4),
        ("支出类型", 2, 1),
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "",
    )
    funds = (
        ("部门支出总额", 8640.5, 9215.3, 8984.92, 0.975, 10, 9.75),
        ("基本支出", 3120.5, 3195.3, 3180.2, 0.9953, None, None),
        ("项目支出", 5520, 6020, 5804.72, 0.9642, None, None),
    )
    for one, start, budget, spent, rate, weight, score in funds:
        p.row(
            (one, 2, 1),
            f"{start:,.2f}",
            f"{budget:,.2f}",
            spent,
            weight or "/",
            f"{rate:.2%}",
            score or "/",
            "",
        )
    p.row(("", 10, 1))
    p.row(("年度总体目标", 1, 2), ("年初设定目标", 4, 1), ("年末完成情况", 5, 1))
    p.row(
        ("保障困难群众基本生活，养老服务设施更加便利可及。", 4, 1),
        ("基本生活得到保障，养老服务设施按计划建成。", 5, 1),
    )
    rows = items("""
产出指标|数量指标|养老服务机构新增床位|≥３００张|３１２张|6|6||养老科
||社区助餐点建设|≥26个|26个|5|5||养老科
||低保对象动态核查|≥2次|2次|3|3||救助科
||婚姻登记跨省通办|≥150对|156对|3|3||事务科
||乡镇社工站运行|≥11个|11个|3|3||事务科
|质量指标|低保对象认定准确率|≥98%|99.1%|6|6||救助科
||助餐点验收合格率|１００％|１００％|4|4||养老科
||社会组织年检合格率|≥95%|95.6%|4|4||社管科
|时效指标|救助金发放及时率|100%|100%|5|5||救助科
||殡葬改革任务按期完成率|100%|100%|3|3||事务科
|成本指标|床位建设补贴标准|≤5000元/张|5000元/张|5|5||养老科
||三公经费压减率|≥3%|3.2%|3|3||办公室
效益指标|社会效益指标|困难群众救助覆盖率|≥99%|99.6%|8|8||救助科
||养老服务投诉办结率|100%|100%|5|5||办公室
||留守儿童关爱覆盖率|100%|100%|4|4||儿福科
|经济效益指标|养老服务带动就业|≥400人|408人|4|4||养老科
|可持续影响指标|养老服务长效管理机制|建立健全|已建立健全|6|5.5|考核细则仍在试行，尚未正式印发|养老科
||志愿服务|常态化开展|常态化开展|3|3||社管科
满意度指标|服务对象满意度|受助群众满意度|≥92%|90.5%|6|5.9|个别乡镇救助政策宣传不够|救助科
||入住老人满意度|≥90%|93%|4|4||养老科
""")
    labels = {
        "产出指标": "产出指标\n（50分）",
        "效益指标": "效益指标\n（30分）",
        "满意度指标": "满意度指标\n（10分）",
    }
    p.row(
        "一 级\n指 标",
        "二级指标",
        "三级指标",
        "年初目标",
        "完 成 值",
        "分值",
        "得分",
        ("偏差原因分析及改进措施", 2, 1),
        "牵头科室",
    )
    for i in rows:
        p.row(
            *levels(i, labels),
            i["level3"],
            i["target"],
            i["actual"],
            i["weight"],
            i["score"],
            (i["reason"], 2, 1),
            i["more"][0],
        )
    p.row(("总　　分", 5, 1), 100, 99.15, ("", 3, 1))
    p.plain(("填表人：骆晴", 3, 1), ("负责人：（签字）", 3, 1), ("2023 年 4 月 12 日", 4, 1))
    p.keep("d02-民政局整体", without(reading(
        "department", name, "澄阳市民政局", 2022, None, None, rows, total=99.15, funds=funds,
        points={k: (v.replace("\n", ""), w) for (k, v), w in zip(labels.items(), (50, 30, 10), strict=True)}),
        "basic_expenditure", "project_expenditure"),
        doubts=("基本支出、项目支出列为资金行，是否另作基本支出总额不作比较",))  # fmt: skip


# 3 --------------------------------------------------------------------------------------------------------------------


def d03() -> None:
    """A transfer from the centre after 2022's model: the management of the money is told in words, no scores."""
    p = Page("区域绩效自评表")
    p.plain("附件2")
    name = "中央对地方转移支付区域（项目）绩效自评表"
    title(p, name, 8)
    p.plain(("（2023年度）", 8, 1))
    p.row(("转移支付（项目）名称", 3, 1), ("农业生产防灾救灾资金", 5, 1))
    p.row(("中央主管部门", 3, 1), ("农业农村部", 5, 1))
    p.row(
        ("地方主管部门", 3, 1),
        ("凌河省农业农村厅", 2, 1),
        ("资金使用单位", 1, 1),
        ("棠溪县农业农村局", 2, 1),
    )
    p.row(
        ("资金投入情况\n（万元）", 1, 5),
        ("", 2, 1),
        "全年预算数（A）",
        "全年执行数（B）",
        ("预算执行率（B/A×100%）", 3, 1),
    )
    funds = (
        ("年度资金总额", None, 735.6, 698.82, 0.95, None, None),
        ("其中：中央财政资金", None, 600, 570, 0.95, None, None),
        ("地方财政资金", None, 135.6, 128.82, 0.95, None, None),
        ("其他资金", None, None, None, None, None, None),
    )
    for one, _, budget, spent, rate, *_ in funds:
        p.row((one, 2, 1), budget, spent, (Pct(rate) if rate else None, 3, 1))
    p.row(("资金管理情况", 1, 6), ("", 2, 1), ("情况说明", 2, 1), ("存在问题和改进措施", 3, 1))
    for what, told in (
        ("分配科学性", "按受灾面积和成灾程度分配"),
        ("下达及时性", "收到文件后二十日内下达"),
        ("拨付合规性", "国库集中支付，未见超范围拨付"),
        ("使用规范性", "用于农资购置和作业补助"),
        ("预算绩效管理情况", "随资金同步下达区域绩效目标"),
    ):
        p.row((what, 2, 1), (told, 2, 1), ("无", 3, 1))
    p.row(("总体目标\n完成情况", 1, 2), ("总体目标", 4, 1), ("全年实际完成情况", 3, 1))
    p.row(
        ("及时恢复受灾地块生产，控制重大病虫害蔓延，减轻农户损失。", 4, 1),
        ("灾后补种和统防统治基本完成，部分山区地块补种推迟。", 3, 1),
    )
    rows = items("""
产出指标|数量指标|灾后补种改种面积|≥4.5万亩|4.32万亩|||三个山区乡降雨持续，部分地块无法下种，已转入春播
||重大病虫害统防统治面积|≥12万亩|12.6万亩
||购置抗旱设备台套数|≥85台（套）|85台（套）
|质量指标|农资质量抽检合格率|≥98%|100%
||设备验收合格率|100%|100%
|时效指标|救灾资金下达时限|≤20天|18天
|成本指标|亩均补种补助标准|≤120元/亩|115元/亩
效益指标|经济效益指标|挽回粮食损失|≥3000吨|3150吨
|社会效益指标|受灾农户恢复生产比例|≥95%|96%
|生态效益指标|化学农药减量控害水平|有所提升|有所提升
满意度指标|服务对象满意度指标|受灾农户满意度|≥90%|92.3%
""")
    p.row(
        ("绩效指标", 1, len(rows) + 1),
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "全年实际\n完成值",
        ("未完成原因和改进措施", 2, 1),
    )
    for i in rows:
        p.row(*levels(i), i["level3"], i["target"], i["actual"], (i["reason"], 2, 1))
    p.row(
        "说明",
        (
            "请在此处简要说明各级监督检查、审计、财会监督发现的问题及整改情况。如没有请填无。无。",
            7,
            1,
        ),
    )
    p.plain(("注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。", 8, 1))
    p.plain(
        (
            "2.其他资金包括与中央财政资金、地方财政资金共同投入到同一项目的自有资金、社会资金等。",
            8,
            1,
        )
    )
    p.keep("d03-防灾救灾转移支付", reading(
        "transfer", name, "棠溪县农业农村局", 2023, "农业农村部", "农业生产防灾救灾资金", rows, funds=funds),
        doubts=("“其中：”连同名称照录",))  # fmt: skip


# 4 --------------------------------------------------------------------------------------------------------------------


def d04() -> None:
    """A library of old books: every merge undone, rows numbered, the money in pairs of label and value; a wrong total."""
    p = Page("Sheet1")
    name = "项 目 支 出 绩 效 自 评 表\n（ 2021 年度 ）"
    title(p, name, 10)
    p.row(
        "项目名称",
        "馆藏古籍保护与数字化",
        "",
        "",
        "项目代码",
        "2021-047",
        "",
        "主管部门",
        "绥宁市文化和旅游局",
        "",
    )
    p.row(
        "实施单位", "绥宁市图书馆", "", "", "联系人", "申屠芸", "", "填表日期", "2022年2月25日", ""
    )
    p.row(
        "预算执行情况（万元）", "年初预算数", 86, "", "全年预算数", 86, "", "全年执行数", 81.7, ""
    )
    p.row("", "执行率", "95%", "", "分值", 10, "", "得分", 9.5, "")
    p.row(
        "年度目标",
        "完成善本修复和古籍扫描，面向公众开放",
        "",
        "",
        "",
        "完成情况",
        "扫描任务完成，善本修复少于计划",
        "",
        "",
        "",
    )
    rows = items("""
产出指标|数量指标|古籍数字化扫描|≥1200册|1200册|10|10
|数量指标|善本修复|≥40册|36册|10|9|修复师两人外派学习半年
|数量指标|公众开放日|≥6场|6场|5|5
|质量指标|扫描图像合格率|≥99%|99.4%|10|10
|质量指标|修复成品验收合格率|100%|100%|5|5
|时效指标|年度任务按期完成率|≥95%|95%|5|5
|成本指标|单册扫描成本|≤260元|248元|5|5
效益指标|社会效益指标|数字资源访问量|≥8万次|7.6万次|15|14.25|平台升级停服三周
|可持续影响指标|古籍保护制度|健全|健全|15|15
满意度指标|服务对象满意度指标|读者满意度|≥90%|93%|10|10
""")
    p.row(
        "序号",
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "年度指标值",
        "完成值",
        "得分",
        "偏差原因",
        "",
    )
    before = None
    for n, i in enumerate(rows, 1):
        p.row(n, i["level1"] if i["level1"] != before else None, i["level2"], i["level3"], i["weight"], i["target"],
              i["actual"], i["score"], i["reason"], "")  # fmt: skip
        before = i["level1"]
    last = p.row("", "合计", "", "", 100, "", "", 98.75, "", "")
    p.plain("审核人：", "", "", "", "填表人：申屠芸")
    form = reading("project", name, "绥宁市图书馆", 2021, "绥宁市文化和旅游局", "馆藏古籍保护与数字化", rows, total=98.75,
                   funds=((None, 86, 86, 81.7, 0.95, 10, 9.5),))  # fmt: skip
    p.keep("d04-古籍保护", without(form, funds=("name",)), seed(f"H{last}", "合计98.75，各项之和97.75"),
           doubts=("资金行没有名称，名称不作比较",))  # fmt: skip


# 5 --------------------------------------------------------------------------------------------------------------------


def d05() -> None:
    """Monitoring of a project until August, with ticks for causes and chances; somebody squeezed in a row."""
    p = Page("监控表")
    name = "2024年度项目支出绩效运行监控表"
    title(p, name, 12)
    p.plain(("监控期间：2024年1月1日—8月31日", 6, 1), ("单位：万元", 6, 1))
    p.row(
        ("项目名称", 2, 1),
        ("城区内涝点整治与排水管网养护", 4, 1),
        ("项目负责人", 2, 1),
        ("苗一帆", 4, 1),
    )
    p.row(
        ("主管部门", 2, 1),
        ("隰州市住房和城乡建设局", 4, 1),
        ("实施单位", 2, 1),
        ("隰州市市政设施养护处", 4, 1),
    )
    p.row(
        ("资金情况", 1, 4),
        ("", 2, 1),
        ("年初预算数", 2, 1),
        "全年预算数",
        ("1—8月执行数", 2, 1),
        "1—8月执行率",
        ("全年预计执行数", 3, 1),
    )
    funds = (
        ("年度资金总额", 980, 1060, 583, 0.55, None, None),
        ("其中：本年财政拨款", 900, 980, 539, 0.55, None, None),
        ("其他资金", 80, 80, 44, 0.55, None, None),
    )
    for (one, start, budget, spent, rate, *_), expect in zip(funds, (1050, 970, 80), strict=True):
        p.row((one, 2, 1), (start, 2, 1), budget, (spent, 2, 1), Pct(rate), (expect, 3, 1))
    p.row(
        ("年度总体目标", 1, 1), ("汛前完成易涝点改造，管网养护常态化，城区主要道路不积水。", 11, 1)
    )
    rows = items("""
产出指标|数量指标|改造易涝点|≥18处|15处||||16处
||疏通雨水管网|≥120公里|92公里||||122公里
||更换井盖|≥400套|310套||||400套
|质量指标|改造工程验收合格率|100%|100%||||100%
||管网疏通达标率|≥95%|96%||||96%
|时效指标|汛前任务完成时间|2024年5月31日前|2024年5月28日||||已完成
|成本指标|管网疏通单价|≤2.6万元/公里|2.55万元/公里||||2.55万元/公里
效益指标|社会效益指标|积水点平均退水时间|≤60分钟|52分钟||||55分钟
|生态效益指标|雨污混接点整改|≥10处|6处||||10处
满意度指标|服务对象满意度指标|沿线居民满意度|≥88%|尚未调查||||≥88%
""")
    p.row(("绩效指标", 1, len(rows) + 3), ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("年度指标值", 1, 2),
          ("1—8月完成情况", 1, 2), ("全年预计完成情况", 1, 2), ("偏差原因", 2, 1), ("完成目标可能性", 3, 1))  # fmt: skip
    p.row("经费保障", "其他", "确定能", "有可能", "完全不可能")
    for n, i in enumerate(rows):
        if n == 7:
            p.row("", "", "", "", "", "", "", "", "", "", "")
        p.row(*levels(i), i["level3"], i["target"], i["actual"], i["more"][0], "", "√" if n == 0 else "",
              "" if n in {0, 9} else "√", "√" if n in {0, 9} else "", "")  # fmt: skip
    p.plain(("填表人：苗一帆      财务负责人：      单位负责人：", 12, 1))
    p.plain(("说明：偏差原因在对应栏内打√。", 12, 1))
    p.keep("d05-排水监控", without(reading(
        "project", name, "隰州市市政设施养护处", 2024, "隰州市住房和城乡建设局", "城区内涝点整治与排水管网养护", rows, funds=funds),
        indicators=("reason",)),
        doubts=("监控期内完成情况作实际值；偏差原因只打勾，不作比较",), width=12)  # fmt: skip


# 6 --------------------------------------------------------------------------------------------------------------------


def d06() -> None:
    """A scoring table of a county's forestry: explanations and standards, but neither targets nor actual values."""
    p = Page("评分表")
    name = "部门整体支出绩效评价评分表"
    title(p, name, 8)
    p.plain(("被评价单位：霜岭县林业局", 4, 1), ("评价年度：2022年", 4, 1))
    rows = items("""
投入|目标设定|绩效目标合理性|||5|5||目标与职能、规划相符|相符得5分，一项不符扣1分
||绩效指标明确性|||5|4|两项指标未细化到乡镇|目标细化为可衡量的指标|全部可衡量得5分，一项不可衡量扣0.5分
|预算配置|在职人员控制率|||5|5||在职人员数与编制数之比|比率不高于1得5分
过程|预算执行|预算完成率|||8|7.5|林区道路尾款跨年支付|预算完成数与预算数之比|按完成比例酌情计分
||预算调整率|||4|4||预算调整数与预算数之比|除政策性追加外未调整得4分
||结转结余率|||4|4||结转结余总额与支出预算之比|不高于上年得4分
|预算管理|管理制度健全性|||4|4||内控与财务制度是否齐备|齐备且合规得4分
||资金使用合规性|||6|6||是否符合财务会计制度|发现截留挪用不得分
|资产管理|固定资产利用率|||4|4||在用资产与全部资产之比|九成以上得4分
产出|职责履行|实际完成率|||10|10||实际完成工作数与计划数之比|按比例计分
||完成及时率|||8|7|退化林修复一个标段延期|及时完成数与完成数之比|按比例酌情计分
||质量达标率|||12|12||质量达标数与完成数之比|按比例计分
效果|履职效益|经济效益|||5|5||林下产业带动情况|较好得5分，一般得3分
||社会效益|||8|8||护林员岗位与防火宣传|较好得8分，一般得5分
||生态效益|||6|6||森林质量提升情况|较好得6分，一般得4分
||社会公众满意度|||6|5.5|个别村对占用林地审批时长不满意|问卷调查结果|按满意程度计分
""")
    labels = {
        "投入": "投 入\n（15分）",
        "过程": "过 程\n（30分）",
        "产出": "产 出\n（30分）",
        "效果": "效 果\n（25分）",
    }
    p.row(
        "一级指标", "二级指标", "三级指标", "指标解释", "评分标准", "分值", "自评得分", "扣分原因"
    )
    for i in rows:
        p.row(
            *levels(i, labels),
            i["level3"],
            i["more"][0],
            i["more"][1],
            i["weight"],
            i["score"],
            i["reason"],
        )
    p.row(("合　计", 5, 1), 100, 97, "")
    p.plain(("评价组成员（签名）：", 8, 1))
    p.keep("d06-林业局评分表", reading(
        "department", name, "霜岭县林业局", 2022, None, None, rows, total=97, money=None,
        points={k: ("".join(v.split()), w) for (k, v), w in zip(labels.items(), (15, 30, 30, 25), strict=True)}))  # fmt: skip


# 7 --------------------------------------------------------------------------------------------------------------------


def d07() -> None:
    """A special bond for a hospital's building: several sources, points for payment, year and unit in one cell."""
    p = Page("专项债券")
    p.plain("附表5：")
    name = "地方政府专项债券项目资金绩效自评表"
    title(p, name, 9)
    p.plain(("年度：2023年　　金额单位：万元", 9, 1))
    p.row(("项目名称", 2, 1), ("渌江县中医院康复综合楼建设项目", 7, 1))
    p.row(
        ("主管部门", 2, 1), ("渌江县卫生健康局", 3, 1), ("项目单位", 2, 1), ("渌江县中医院", 2, 1)
    )
    p.row(("建设期限", 2, 1), ("2022年3月至2024年10月", 3, 1), ("债券期限", 2, 1), ("十五年", 2, 1))
    p.row(
        ("资金\n使用\n情况", 1, 5),
        ("资金来源", 2, 1),
        "本年预算数",
        "本年支出数",
        ("支出进度（%）", 2, 1),
        "分值",
        "得分",
    )
    funds = (
        ("资金合计", None, 4200, 4032, 0.96, 10, 9.6),
        ("专项债券资金", None, 3000, 3000, 1, None, None),
        ("财政配套资金", None, 700, 602, 0.86, None, None),
        ("单位自筹资金", None, 500, 430, 0.86, None, None),
    )
    for one, _, budget, spent, rate, weight, score in funds:
        p.row((one, 2, 1), budget, spent, (round(rate * 100, 2), 2, 1), weight or "-", score or "-")
    rows = items("""
产出|数量|完成建筑面积|≥9500平方米|9500平方米|12|12
||安装医用电梯|8部|8部|8|8
|质量|主体结构分部验收|合格|合格|10|10
||材料进场抽检合格率|100%|100%|5|5
|时效|主体封顶时间|2023年9月底前|2023年9月18日|10|10
|成本|单位面积建安成本|≤3600元/平方米|3548元/平方米|5|5
效益|经济效益|带动本地用工|≥260人次|234人次|10|9|二次结构阶段总包自带班组，本地用工减少
|社会效益|群众看病就医环境|改善|改善|10|10
|偿债能力|本年应付利息支付率|100%|100%|10|10
满意度|服务对象|医护人员满意度|≥85%|91%|5|5
||周边居民满意度|≥85%|88%|5|5
""")
    p.row(
        ("绩效\n指标", 1, len(rows) + 1),
        "一级",
        "二级",
        "三级",
        "年度目标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因及改进",
    )
    for i in rows:
        done = date(2023, 9, 18) if i["actual"] == "2023年9月18日" else i["actual"]
        p.row(*levels(i), i["level3"], i["target"], done, i["weight"], i["score"], i["reason"])
    p.row(("合计", 6, 1), 100, 98.6, "")
    p.row(("项目收益与还本付息情况", 2, 1), ("本年按期支付利息96万元，尚未到还本期。", 7, 1))
    p.plain(("单位负责人：　　　　　财务负责人：　　　　　填表人：", 9, 1))
    p.keep("d07-专项债券中医院", reading(
        "project", name, "渌江县中医院", 2023, "渌江县卫生健康局", "渌江县中医院康复综合楼建设项目", rows, total=98.6, funds=funds))  # fmt: skip


# 8 --------------------------------------------------------------------------------------------------------------------


def d08() -> None:
    """A market regulator: total and grade in one cell of the head, points last; the points for payment rounded up."""
    p = Page("整体绩效", left=2, top=2)
    name = "崇岭市市场监督管理局2023年度部门整体绩效自评情况表"
    title(p, name, 9)
    p.plain(("自评得分：98.30分，评价等级：优", 5, 1), ("单位：万元", 4, 1))
    p.row("部门名称", ("崇岭市市场监督管理局", 4, 1), ("下属单位个数", 2, 1), ("4", 2, 1))
    p.row(
        ("预算\n执行", 1, 4),
        ("项　目", 2, 1),
        "年初预算",
        "调整后预算",
        "决算数",
        "执行率",
        "得分",
        "满分",
    )
    funds = (
        ("整体支出", 1760, 1800, 1551.6, 0.862, 9, 10),
        ("人员和公用经费", 1160, 1180, 1062, 0.9, None, None),
        ("专项业务经费", 600, 620, 489.6, 0.7897, None, None),
    )
    at = [p.row((one, 2, 1), start, budget, spent, Pct(rate), score or "", full or "")
          for one, start, budget, spent, rate, score, full in funds]  # fmt: skip
    p.row("履职\n目标", ("加强食品药品和特种设备监管，优化营商环境，守住安全底线。", 8, 1))
    rows = items("""
履职产出|监管数量|食品抽检批次|≥2600批次|2640批次|6|6||完成抽检批次计满分，未完成按比例
||特种设备检查台数|≥1500台|1425台|8|7.6||按完成比例计分
||双随机检查户数|≥3200户|3260户|5|5||按完成比例计分
||计量器具强制检定|≥8000台件|8120台件|4|4||按完成比例计分
||药械经营检查|≥700家次|712家次|5|5||按完成比例计分
|监管质量|不合格食品核查处置率|100%|100%|6|6||按处置比例计分
||案件办理程序合规率|≥98%|98.8%|4|4||按比例计分
||行政处罚公示率|100%|100%|4|4||按比例计分
||检定差错率|≤0.5%|0.3%|3|3||超过不得分
|办理时效|企业开办时限|≤1天|0.5天|3|3||超时不得分
||投诉初次响应|≤3个工作日|2个工作日|2|2||超时不得分
履职效果|社会效益|重大食品安全事故|0起|0起|10|10||发生一起不得分
||群众投诉办结率|≥96%|97.2%|7|7||按比例计分
||为消费者挽回损失|≥300万元|318万元|4|4||按比例计分
||放心消费商户|≥500户|512户|4|4||按比例计分
|经济效益|新增经营主体|≥6000户|6310户|3|3||按比例计分
||知识产权质押融资|≥1.2亿元|1.25亿元|2|2||按比例计分
社会评价|满意度|企业群众满意度|≥90%|85.5%|6|5.7||按比例计分
||干部职工满意度|≥90%|93%|4|4||按比例计分
""")
    reason = "特种设备检查因两家电梯使用单位停业未检，检查台数少75台；企业群众满意度调查中窗口排队时间反映较多。整体支出执行率低系检验检测设备招标延后，尾款未付。"
    p.row(
        "一级指标",
        "二级指标",
        ("三级指标", 1, 1),
        ("评分细则", 2, 1),
        "目标值",
        "完成值",
        "得分",
        "满分",
    )
    for i in rows:
        p.row(
            *levels(i),
            i["level3"],
            (i["more"][0], 2, 1),
            typed(i["target"]),
            typed(i["actual"]),
            i["score"],
            i["weight"],
        )
    p.row("偏差原因分析", (reason, 8, 1))
    p.row("改进措施", ("提早编制采购计划，按季度通报支出进度。", 8, 1))
    p.plain(("填表人：戴聿明", 4, 1), (date(2024, 3, 20), 5, 1))
    form = reading("department", name, "崇岭市市场监督管理局", 2023, None, None, rows, total=98.3, grade="优",
                   funds=tuple((*f[:5], f[6], f[5]) for f in funds), deviation_reason=reason,
                   improvement="提早编制采购计划，按季度通报支出进度。")  # fmt: skip
    p.keep("d08-市场监管整体", without(form, "basic_expenditure", "project_expenditure"),
           seed(f"I{at[0]}", "执行率86.2%，10分应得8.62分，填9分", also=("B3",)))  # fmt: skip


# 9 --------------------------------------------------------------------------------------------------------------------


def d09() -> None:
    """A grassland project retyped by hand: two levels in one cell, units of measure in a column of their own."""
    p = Page("Sheet2")
    name = "二〇二三年度财政支出项目绩效自评表"
    title(p, name, 8)
    p.row(("项目名称：退化草原补播改良　　　项目类型：一次性项目", 8, 1))
    p.row(("主管部门：赫兰旗林业和草原局　　　实施单位：赫兰旗草原工作站", 8, 1))
    p.row("资金（万元）", "预算安排", "实际到位", "实际支出", "预算执行率", "权重", "评分", "备注")
    p.row("项目总资金", 342, 342, 328.32, "96%", 10, 9.6, "")
    p.row("旗级财政", 142, 142, 136.32, "96%", "", "", "")
    p.row("自治区补助", 200, 200, 192, "96%", "", "", "")
    p.row("总体目标", ("补播改良退化草原，恢复植被盖度，减轻风蚀。", 7, 1))
    rows = items("""
产出指标|数量指标|补播改良面积|≥12000|12360|12|12||亩
||围栏架设长度|≥45|40.5|10|9|嘎查界线调整，一段围栏暂缓|公里
||草种采购量|≥36|36|8|8||吨
|质量指标|出苗率|≥85|86.5|10|10||%
||围栏验收合格率|100|100|5|5||%
|成本指标|亩均补播成本|≤260|252|5|5||元
效益指标|生态效益|植被盖度提高|≥8|8.4|15|15||个百分点
|经济效益|亩均干草产量|≥60|57|10|9.5|七月中旬起旱情明显|公斤
|可持续影响|禁牧管护期|≥3|3|5|5||年
满意度指标|牧户满意度|项目区牧户满意度|≥90|95|10|10||%
""")
    p.row("一级/二级指标", "指标名称", "计量单位", "目标值", "实际值", "权重", "评分", "未完成原因")
    for i in rows:
        p.row(f"{i['level1']}/{i['level2']}", i["level3"], i["more"][0], typed(i["target"]), typed(i["actual"]), i["weight"],
              i["score"], i["reason"])  # fmt: skip
        i["target"] += i["more"][0]
    p.row("自评总分", "", "", "", "", 100, 98.1, "")
    p.plain("经办人：苏日娜", "", "", "复核：")
    form = reading("project", name, "赫兰旗草原工作站", 2023, "赫兰旗林业和草原局", "退化草原补播改良", rows, total=98.1, funds=(
        ("项目总资金", None, 342, 328.32, 0.96, 10, 9.6), ("旗级财政", None, 142, 136.32, 0.96, None, None),
        ("自治区补助", None, 200, 192, 0.96, None, None)))  # fmt: skip
    form = without(form, funds=("initial",), goals=("label",))
    p.keep("d09-草原改良", form, doubts=(
        "一级/二级指标同在一格，按两级读；各部分没有单独的标签，标签不作比较",
        "目标值与计量单位连读，实际值照录", "“预算安排”作预算数，是否同时为年初数不作比较"))  # fmt: skip


# 10 -------------------------------------------------------------------------------------------------------------------


def d10() -> None:
    """A province's transfer to its counties: the sources of money are columns, budget and payment are rows."""
    p = Page("自评表")
    name = "省对下转移支付资金绩效自评表"
    title(p, name, 9)
    p.plain(("（2022年度）", 9, 1))
    p.row(("转移支付名称", 2, 1), ("义务教育薄弱环节改善与能力提升补助资金", 7, 1))
    p.row(
        ("省级主管部门", 2, 1),
        ("滇溪省教育厅", 3, 1),
        ("实施单位", 2, 1),
        ("黎光县教育体育局", 2, 1),
    )
    p.row(
        ("资金情况\n（万元）", 1, 6),
        "",
        "资金总额",
        "其中：省级补助",
        "州（市）级配套",
        "县级配套",
        "其他资金",
        ("说明", 2, 1),
    )
    p.row("全年预算数", 1850, 1480, 185, 185, 0, ("", 2, 6 - 1))
    p.row("全年执行数", 1803.75, 1480, 166.5, 157.25, 0)
    p.row("执行率", Pct(0.975), Pct(1), Pct(0.9), Pct(0.85), "—")
    p.row("分值", 10, "—", "—", "—", "—")
    p.row("得分", 9.75, "—", "—", "—", "—")
    funds = (
        ("资金总额", None, 1850, 1803.75, 0.975, 10, 9.75), ("其中：省级补助", None, 1480, 1480, 1, None, None),
        ("州（市）级配套", None, 185, 166.5, 0.9, None, None), ("县级配套", None, 185, 157.25, 0.85, None, None),
        ("其他资金", None, 0, 0, None, None, None),
    )  # fmt: skip
    p.row(("年度总体\n目标", 1, 2), ("年初设定目标", 4, 1), ("全年完成情况", 4, 1))
    p.row(
        ("改善乡镇寄宿制学校和小规模学校办学条件，消除大班额。", 4, 1),
        ("校舍和设备采购任务完成，信息化教室建设稍慢。", 4, 1),
    )
    rows = items("""
产出指标|数量指标|新建改扩建校舍面积|≥6200平方米|6200平方米|10|10
||购置学生用床|≥800张|820张|10|10
||建设信息化教室|≥30间|27间|10|9|两所学校线路改造未完
|质量指标|校舍竣工验收合格率|100%|100%|10|10
|时效指标|资金拨付及时率|≥95%|96%|5|5
|成本指标|校舍单位造价|≤2800元/平方米|2750元/平方米|5|5
效益指标|社会效益指标|受益学生人数|≥5200人|5460人|10|10
||大班额比例|≤1%|0.8%|10|10
|可持续影响指标|设备管护制度|健全|健全|10|10
满意度指标|服务对象满意度指标|学生家长满意度|≥90%|93%|5|5
||教师满意度|≥90%|91%|5|5
""")
    p.row(
        ("绩效指标", 1, len(rows) + 1),
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "年度指标值",
        "全年完成值",
        "得分",
        "未完成原因及拟采取措施",
    )
    for i in rows:
        p.row(
            *levels(i),
            i["level3"],
            i["weight"],
            typed(i["target"]),
            typed(i["actual"]),
            i["score"],
            i["reason"],
        )
    p.row(("总分", 4, 1), 100, "", "", 98.75, "")
    p.plain(("注：其他资金包括社会捐赠等。", 9, 1))
    p.keep("d10-义教转移支付", reading(
        "transfer", name, "黎光县教育体育局", 2022, "滇溪省教育厅", "义务教育薄弱环节改善与能力提升补助资金", rows, total=98.75, funds=funds),
        doubts=("资金来源横排，每列作一行资金",))  # fmt: skip


# 11 -------------------------------------------------------------------------------------------------------------------


def d11() -> None:
    """A centre for disease control: two goals with their text in one cell with the points, weights unstated."""
    p = Page("2022年整体")
    name = "2022年度瑶川县疾病预防控制中心整体绩效自评表"
    title(p, name, 6)
    p.plain(("填报日期：２０２３年２月１７日", 6, 1))
    p.row("单位名称", ("瑶川县疾病预防控制中心", 5, 1))
    p.row("基本支出总额", ("1241.50 万元", 2, 1), "项目支出总额", ("688.50 万元", 2, 1))
    p.row(
        ("预算执行情况\n（万元）\n(20分)", 1, 2),
        "",
        "预算数（A）",
        "执行数（B）",
        "执行率（B/A）",
        "得分\n（20分×执行率）",
    )
    p.row("部门整体支出总额", "2,000.00", "1,930.00", "96.5%", 19.3)
    first = items("""
产出指标|数量指标|适龄儿童免疫规划接种剂次|≥41000剂次|42350剂次||6
||传染病监测哨点|≥12个|12个||5
||健康讲座|≥50场|54场||5
|质量指标|免疫规划疫苗接种率|≥95%|97.3%||8
|时效指标|疫情报告及时率|100%|100%||6
效益指标|社会效益指标|甲类传染病暴发起数|0起|0起||10
""")
    second = items("""
产出指标|数量指标|水质监测样品|≥600份|570份||9.5
||检测设备更新|≥5台（套）|5台（套）||8
|质量指标|实验室质控考核合格率|≥98%|100%||7
效益指标|可持续影响指标|检验检测能力|逐步提升|逐步提升||8
满意度指标|服务对象满意度|服务对象满意度|≥90%|94.5%||7
""")
    goals = (("年度绩效目标1（40分）：落实免疫规划和传染病监测，守住不发生暴发疫情的底线", 40, 40, first),
             ("年度绩效目标2（40分）：更新检测设备，提升水质和食品检验能力", 40, 39.5, second))  # fmt: skip
    for label, _, score, rows in goals:
        p.row((label, 5, 1), score)
        p.row("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
        for n, i in enumerate(rows):
            one = i["level1"] if i["high1"] else None
            two = i["level2"] if i["high2"] else None
            if rows is first and n == 2:
                one, two = "产出指标", "数量指标"
            p.row(one, two, i["level3"], i["target"], i["actual"], i["score"])
        p.at += rows is first
    p.row("总分", ("", 4, 1), 98.8)
    reason = "水质监测样品少30份，系两座水厂停产检修未采样。"
    p.row("偏差大或\n目标未完成\n原因分析", (reason, 5, 1))
    p.row(
        "改进措施及\n结果应用方案", ("采样计划与水厂检修期错开；自评结果与下年度预算挂钩。", 5, 1)
    )
    note = ("备注：1.预算执行情况按执行率计分，满分20分。2.定量指标：指标值≥X的，得分＝权重×B/A；指标值≤X的，得分＝权重×A/B。"
             "3.定性指标按达成100-80%（含）、部分达成80-50%（含）、未达成50-0%计分。")  # fmt: skip
    p.plain((note, 6, 1))
    form = reading("department", name, "瑶川县疾病预防控制中心", 2022, None, None, [*first, *second], total=98.8,
                   funds=(("部门整体支出总额", None, 2000, 1930, 0.965, 20, 19.3),), deviation_reason=reason,
                   improvement="采样计划与水厂检修期错开；自评结果与下年度预算挂钩。",
                   goals=[(None, g[0], g[1], g[2]) for g in goals], of=[1] * 6 + [2] * 5)  # fmt: skip
    form["basic_expenditure"], form["project_expenditure"] = 1241.5, 688.5
    p.keep(
        "d11-疾控中心整体",
        without(form, goals=("name", "label")),
        doubts=("目标标签与目标内容同在一格，标签不作比较",),
    )


# 12 -------------------------------------------------------------------------------------------------------------------


def d12() -> None:
    """A scoring table of a special fund: points behind each of three levels, two raters, subtotals; one is wrong."""
    p = Page("指标体系")
    p.plain("附件１")
    name = "2023年度文化产业发展专项资金项目绩效评价指标评分表"
    title(p, name, 10)
    p.plain(("项目单位：姚江区文化旅游发展中心", 5, 1), ("项目名称：文化产业发展专项资金", 5, 1))
    rows = items("""
决策|项目立项|立项依据充分性|||4|4||符合法规、规划和部门职责|4
||立项程序规范性|||4|4||经集体决策和公示|4
|绩效目标|目标合理性|||4|3|效益目标偏笼统|与实际工作相关|3
||指标明确性|||3|3||可衡量、有标准|2.5
过程|资金管理|资金到位率|||5|5||到位资金与预算之比|5
||预算执行率|||6|5.5|两家企业奖补次年兑现|支出与到位资金之比|5.5
||资金使用合规性|||6|6||专款专用、手续齐备|6
|组织实施|管理制度健全性|||4|4||办法和细则齐备|4
||制度执行有效性|||4|3.5|个别验收资料归档不齐|档案和合同齐全|3.5
产出|产出数量|扶持企业家数|||10|10||扶持三十家以上|10
||举办展会场次|||8|8||不少于四场|8
|产出质量|项目验收通过率|||10|10||全部通过|9.5
|产出时效|资金拨付及时性|||7|6|第二批次拨付推迟|按计划节点拨付|6
效益|社会效益|文化品牌影响力|||10|9|境外推广受限|媒体报道与获奖|9
|经济效益|扶持企业营收增长|||10|10||营收保持增长|10
|满意度|受扶持企业满意度|||5|5||问卷调查|5
""")
    points = {"决策": 15, "过程": 25, "产出": 35, "效益": 25}
    second = {"项目立项": 8, "绩效目标": 7, "资金管理": 17, "组织实施": 8, "产出数量": 18, "产出质量": 10, "产出时效": 7,
              "社会效益": 10, "经济效益": 10, "满意度": 5}  # fmt: skip
    p.row(
        "一级指标",
        "分值",
        "二级指标",
        "分值",
        "三级指标",
        "分值",
        "评价要点",
        "自评分",
        "评价组评分",
        "扣分理由",
    )
    sums: dict[str, tuple[int, float]] = {}
    for n, i in enumerate(rows):
        one, two = i["level1"], i["level2"]
        cells: list[Any] = (
            [(one, 1, i["high1"]), (points[one], 1, i["high1"])] if i["high1"] else []
        )
        cells += [(two, 1, i["high2"]), (second[two], 1, i["high2"])] if i["high2"] else []
        p.row(
            *cells,
            i["level3"],
            i["weight"],
            i["more"][0],
            i["score"],
            float(i["more"][1]),
            i["reason"],
        )
        if n + 1 == len(rows) or rows[n + 1]["level1"] != one:
            own = sum(r["score"] for r in rows if r["level1"] == one)
            own += one == "过程"
            group = sum(float(r["more"][1]) for r in rows if r["level1"] == one)
            sums[one] = p.row((f"{one}小计", 5, 1), points[one], "", own, group, ""), own
    last = p.row(("合计", 5, 1), 100, "", 96, sum(float(i["more"][1]) for i in rows), "")
    p.plain(("评价组组长：　　　　　　复核：　　　　　　日期：2024/4/30", 10, 1))
    form = reading("project", name, "姚江区文化旅游发展中心", 2023, None, "文化产业发展专项资金", rows, total=96, money=None,
                   goals=[(k, k, v, sums[k][1]) for k, v in points.items()],
                   of=[list(points).index(i["level1"]) + 1 for i in rows])  # fmt: skip
    p.keep(
        "d12-文产资金评分表",
        form,
        seed(f"H{sums['过程'][0]}", "过程小计25，各行之和24", also=(f"H{last}",)),
    )


# 13 -------------------------------------------------------------------------------------------------------------------


def d13() -> None:
    """Monitoring of a whole bureau in mid-year: merges undone, the unit retyped, progress in per cent without sign."""
    p = Page("半年监控")
    name = "部门整体绩效目标运行监控情况表（2024年1-6月）"
    title(p, name, 8)
    p.row("单位：寿陵市交通运输局", "", "", "", "", "", "金额：万元", "")
    p.row(
        "支出情况",
        "支出内容",
        "预算批复数",
        "1-6月支出数",
        "支出进度（%）",
        "",
        "全年预计支出",
        "备注",
    )
    funds = (
        ("合计", None, 6400, 3072, 0.48, None, None),
        ("基本支出", None, 2400, 1224, 0.51, None, None),
        ("项目支出", None, 4000, 1848, 0.462, None, None),
    )
    for (one, _, budget, spent, rate, *_), expect in zip(funds, (6300, 2400, 3900), strict=True):
        p.row("", one, budget, spent, round(rate * 100, 2), "", expect, "")
    rows = items("""
产出指标|数量指标|普通国省道养护里程|≥380公里|210公里
||新改建农村公路|≥96公里|41公里
||新增充电桩|≥60个|22个
||危桥改造|≥9座|4座
||开展超限治理联合行动|≥24次|13次
||安装公路护栏|≥70公里|36公里
|质量指标|养护工程一次验收合格率|≥98%|100%
||公路技术状况指数|≥90|91.2
||执法案卷合格率|≥95%|96.5%
|时效指标|年度投资计划完成率|≥95%|47%
|成本指标|农村公路单位造价|≤85万元/公里|83万元/公里
效益指标|社会效益指标|建制村通客车率|100%|100%
||道路运输较大事故|0起|0起
||便民候车亭投用|≥30座|12座
|生态效益指标|新能源公交占比|≥70%|66%
满意度指标|服务对象满意度|乘客满意度|≥88%|年底调查
""")
    p.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "全年目标值",
        "上半年完成值",
        "能否完成",
        "偏差说明",
        "拟采取措施",
    )
    for n, i in enumerate(rows):
        p.row(i["level1"] if i["high1"] else None, i["level2"], i["level3"], typed(i["target"]), typed(i["actual"]), "能",
              "雨季施工受限" if n == 1 else "", "下半年增加作业面" if n == 1 else "")  # fmt: skip
        i["reason"] = "雨季施工受限" if n == 1 else None
    p.plain("科室负责人：", "", "", "分管领导：")
    p.keep("d13-交通局监控", without(reading(
        "department", name, "寿陵市交通运输局", 2024, None, None, rows, funds=funds), "basic_expenditure", "project_expenditure", funds=("initial",)),
        doubts=("预算批复数作预算数；上半年完成值作实际值",))  # fmt: skip


# 14 -------------------------------------------------------------------------------------------------------------------


def d14() -> None:
    """A legal aid project in yuan: amounts typed as text, points in the labels of level 2 only, a hidden column of codes."""
    p = Page("项目自评")
    name = "法律援助办案补助项目2023年度绩效自评表"
    title(p, name, 9)
    p.row(
        ("项目名称：法律援助办案补助；主管部门：琅台市司法局；实施单位：琅台市法律援助中心", 9, 1)
    )
    p.row(
        ("资金使用情况\n（单位：元）", 1, 4),
        ("", 2, 1),
        "年初预算",
        "",
        "全年预算",
        "全年支出",
        "执行率",
        "得分（满分10分）",
    )
    funds = (
        ("年度资金总额", 1250000, 1250000, 1175000, 0.94, 10, 9.4),
        ("中央和省级资金", 450000, 450000, 450000, 1, None, None),
        ("本级资金", 800000, 800000, 725000, 0.9063, None, None),
    )
    for one, start, budget, spent, rate, _, score in funds:
        p.row(
            (one, 2, 1),
            f"{start:,.2f}",
            "",
            f"{budget:,.2f}",
            f"{spent:,.2f}",
            f"{rate:.2%}",
            score or "×",
        )
    p.row(("绩效目标", 1, 1), ("为困难群众提供法律援助，规范办案质量，提高受援人满意程度。", 8, 1))
    rows = items("""
产出指标（50分）|数量指标15分|办理法律＼援助案件|≥1100件|1133件|5|5
||值班律师＼法律帮助|≥900人次|918人次|5|5
||法治宣传＼进社区|≥40场|36场|5|4.5|三季度改为线上直播，线下场次减少
|质量指标15分|案件质量＼评查合格率|≥95%|97%|7.5|7.5
||卷宗归档＼规范率|≥98%|98%|7.5|7.5
|时效指标10分|补助发放时限|≤30个工作日|26个工作日|10|10
|成本指标10分|刑事案件＼补助标准|≤1500元/件|1500元/件|10|10
效益指标（30分）|社会效益指标20分|受援人＼挽回损失金额|≥2600万元|2704万元|10|10
||农民工＼欠薪案件办结率|≥90%|92%|10|10
|可持续影响指标10分|援助律师库＼更新机制|有效运行|有效运行|10|10
满意度（10分）|服务对象满意度10分|受援人满意度|≥95%|96.5%|10|10
""")
    p.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度目标",
        "指标编码",
        "年末完成",
        "得分",
        ("未达标原因", 2, 1),
    )
    for n, i in enumerate(rows):
        i["level3"] = i["level3"].replace("＼", "\n")
        p.row(
            *levels(i),
            i["level3"],
            i["target"],
            f"FY{n + 1:02d}",
            i["actual"],
            i["score"],
            (i["reason"], 2, 1),
        )
    p.row(("合计得分（100分）", 6, 1), 98.9, ("", 2, 1))
    p.row("自评结论", ("项目自评98.9分，等次为“优”。", 8, 1))
    p.ws.column_dimensions["E"].hidden = True
    points = {}
    for i in rows:
        full = i["level1"]
        bare, own = re.fullmatch(r"(.*)（(\d+)分）", full).groups()
        points[bare] = full, int(own)
        i["level1"], i["level2"] = bare, re.sub(r"\d+分$", "", i["level2"])
    p.keep("d14-法律援助", without(reading(
        "project", name, "琅台市法律援助中心", 2023, "琅台市司法局", "法律援助办案补助", rows, total=98.9, money="元", funds=funds, points=points),
        "claimed_grade"),
        doubts=("二级标签的分值由各行平分", "等次写在结论一句话里，不作比较"))  # fmt: skip


# 15 -------------------------------------------------------------------------------------------------------------------


def d15() -> None:
    """A public investment fund: points and scores stand before the levels, levels with words of their own."""
    p = Page("基金自评")
    name = "2022年度政府投资引导基金绩效自评表"
    title(p, name, 8)
    p.plain(("金额单位：万元", 8, 1))
    p.row(("基金名称", 2, 1), ("沂岚市智能制造产业引导基金", 6, 1))
    p.row(
        ("主管部门", 2, 1),
        ("沂岚市工业和信息化局", 2, 1),
        ("管理机构", 2, 1),
        ("沂岚市产业投资有限公司", 2, 1),
    )
    p.row(("基金规模", 2, 1), ("5亿元", 2, 1), ("存续期", 2, 1), ("2020年6月—2027年6月", 2, 1))
    p.row(
        ("出资计划执行", 1, 4),
        "出资方",
        "计划数",
        "调整计划数",
        "实际出资数",
        "执行率",
        "分值",
        "得分",
    )
    funds = (
        ("出资合计", 10000, 9600, 9312, 0.97, 10, 9.7),
        ("财政出资", 4000, 4000, 4000, 1, None, None),
        ("社会资本", 6000, 5600, 5312, 0.9486, None, None),
    )
    for one, start, budget, spent, rate, weight, score in funds:
        p.row(one, start, budget, spent, Pct(rate), weight, score)
    rows = items("""
政策效果|投资引导|新增投资项目|≥8个|8个|10|10
||投向重点产业比例|≥75%|80.5%|15|15
||社会资本放大倍数|≥1.5倍|1.35倍|10|9|一家意向机构年底退出，已另行洽谈
|创新带动|被投企业新增专利|≥60件|66件|10|10
管理效能|规范运作|投资决策程序合规率|100%|100%|10|10
||信息披露及时率|100%|100%|5|5
|风险控制|单个项目投资占比|≤20%|16.8%|10|10
经济效益|财务回报|已退出项目年化收益率|≥6%|6.3%|10|10
|产业贡献|被投企业新增税收|≥1200万元|1260万元|5|5
满意度|相关方满意度|被投企业满意度|≥85%|90%|5|5
""")
    p.row("分值", "得分", "一级指标", "二级指标", "三级指标", "绩效目标值", "实际完成", "情况说明")
    for i in rows:
        p.row(
            i["weight"], i["score"], *levels(i), i["level3"], i["target"], i["actual"], i["reason"]
        )
    p.row(100, 98.7, ("合　　计", 6, 1))
    p.plain(("注：投资期内按年度投资计划评价，情况说明栏填写未达目标的原因。", 8, 1))
    p.keep("d15-引导基金", without(reading(
        None, name, None, 2022, "沂岚市工业和信息化局", None, rows, total=98.7, funds=funds), "kind", "unit", "project"),
        doubts=("引导基金属项目还是未说明，不作比较；管理机构是否为填报单位、基金名称是否为项目名称，不作比较",))  # fmt: skip


# 16 -------------------------------------------------------------------------------------------------------------------


def d16() -> None:
    """A training project with a second rater, begun at C4 after remarks; a target missed, yet full points."""
    p = Page("自评（终稿）", left=3, top=1)
    p.plain(("请各单位于3月底前报送，本表一式两份，不得改动格式！", 10, 1))
    p.at += 2
    name = "市级财政项目支出绩效自评表"
    title(p, name, 10)
    p.row("预算年度", 2023, ("项目名称", 2, 1), ("基层农技人员能力提升培训", 6, 1))
    p.row(
        "主管局", ("郯川市农业农村局", 3, 1), ("承担单位", 2, 1), ("郯川市农业广播电视学校", 4, 1)
    )
    p.row(
        "年度预算\n（万元）",
        150,
        "年度支出\n（万元）",
        147,
        "预算执行率",
        Pct(0.98),
        "标准分",
        10,
        "自评分",
        9.8,
    )
    p.row("年度目标", ("培训基层农技人员，更新知识结构，提高推广服务水平。", 9, 1))
    rows = items("""
产出|数量|培训农技人员|≥600人|618人|12|12||12
||现场教学次数|≥20次|20次|8|8||8
||编印培训教材|≥3种|3种|5|5||5
|质量|结业考核通过率|≥95%|72.74%|10|10|部分学员农忙缺考，次年补考|7.66
||师资副高以上占比|≥60%|63%|5|5||5
|时效|培训计划按期完成率|100%|100%|5|5||5
|成本|人均培训费用|≤2400元|2379元|5|5||5
效益|社会效益|学员服务农户|≥9000户|9270户|15|15||15
|可持续影响|线上学习平台|持续运行|持续运行|15|14|移动端功能还不完善|14
满意度|学员满意度|参训学员满意度|≥90%|94%|10|10||10
""")
    p.row(
        "一级",
        "二级",
        "三级",
        "预期目标",
        "标准分",
        "实际完成",
        "自评分",
        "主管局复核分",
        "偏差原因",
        "学员来源（备查）",
    )
    bad = ""
    for n, i in enumerate(rows):
        at = p.row(*levels(i), i["level3"], typed(i["target"]), f"{i['weight']}分", typed(i["actual"]), i["score"], float(i["more"][0]),
                   i["reason"], "各县区" if n == 0 else "")  # fmt: skip
        if i["level3"] == "结业考核通过率":
            bad = f"I{at}"
    p.row(("总分", 4, 1), 100, "", 98.8, 96.46, "", "")
    p.plain(("填表人：闻人旭　审核人：　　　", 10, 1))
    form = reading("project", name, "郯川市农业广播电视学校", 2023, "郯川市农业农村局", "基层农技人员能力提升培训", rows, total=98.8,
                   funds=((None, None, 150, 147, 0.98, 10, 9.8),))  # fmt: skip
    p.keep("d16-农技培训", without(form, funds=("name", "initial")),
           seed(bad, "目标≥95%，完成72.74%，应得7.66分，仍得满分10分"),
           doubts=("资金行没有名称，名称不作比较；学员来源列与评分无关",), width=13)  # fmt: skip


# 17 -------------------------------------------------------------------------------------------------------------------


def d17() -> None:
    """A bureau of ecology: each section is a row of its own with points and score; the execution rate is an indicator."""
    p = Page("Sheet1")
    name = "预算部门（单位）整体绩效自评打分表"
    title(p, name, 8)
    p.plain(("部门（单位）：榆溪市生态环境局", 4, 1), ("年度：2023", 4, 1))
    p.row(
        "年度部门\n收支情况\n（万元）",
        "全年预算数",
        5260,
        "全年支出数",
        5049.6,
        "预算执行率",
        "96.00%",
        "",
    )
    p.row("部门职责\n概述", ("负责全市生态环境监督管理、污染防治和环境监测。", 7, 1))
    sections = (
        ("一、履职效能", 40, 39.4, items("""
履职效能|污染防治|工业企业现场检查|≥900家次|918家次|6|6
||入河排污口整治|≥45个|45个|6|6
||挥发性有机物治理项目|≥16个|15个|8|7.5|一家企业停产搬迁
||重点建设用地安全利用率|100%|100%|5|5
|监测监管|空气自动站数据有效率|≥95%|97.8%|5|5
||水质例行监测断面|≥22个|22个|5|5
||环境信访办结率|≥98%|96.04%|5|4.9|两件跨界信访尚在协调
""")),
        ("二、管理效率", 25, 25, items("""
管理效率|预算管理|预算执行率|≥95%|96%|8|8
||预算编制完整性|完整|完整|4|4
||三公经费控制率|≤100%|88%|4|4
|财务管理|财务制度健全性|健全|健全|3|3
|资产管理|固定资产账实相符率|100%|100%|3|3
|采购管理|政府采购执行率|≥90%|93.5%|3|3
""")),
        ("三、社会效应", 25, 25, items("""
社会效应|生态效益|空气质量优良天数比例|≥82%|84.1%|8|8
||国考断面水质优良比例|≥90%|90.9%|7|7
|社会效益|较大及以上突发环境事件|0起|0起|5|5
|满意度|公众生态环境满意度|≥85%|89.2%|5|5
""")),
        ("四、可持续发展能力", 10, 9.5, items("""
可持续发展能力|队伍建设|执法人员培训覆盖率|100%|100%|4|4
|改革创新|非现场监管制度|建立健全|已建立健全|3|2.5|配套裁量细则还未印发
||排污权交易机制|稳定运行|稳定运行|3|3
""")),
    )  # fmt: skip
    p.row("序号", "二级指标", "三级指标", "目标值", "实际值", "满分", "得分", "扣分说明")
    rows: list[dict[str, Any]] = []
    of: list[int] = []
    for n, (label, full, score, own) in enumerate(sections, 1):
        assert sum(i["score"] for i in own) == score
        assert sum(i["weight"] for i in own) == full
        p.row((label, 5, 1), full, score, "")
        for i in own:
            rows.append(i)
            of.append(n)
            p.row(len(rows), *([(i["level2"], 1, i["high2"])] if i["high2"] else []), i["level3"], i["target"], i["actual"],
                  i["weight"], i["score"], i["reason"])  # fmt: skip
    p.row(("总计", 5, 1), 100, 98.9, "")
    p.row(("评价等级", 2, 1), ("☑优　□良　□中　□差", 6, 1))
    p.plain(("单位负责人（签章）：　　　　　　　填报时间：2024年2月29日", 8, 1))
    form = reading("department", name, "榆溪市生态环境局", 2023, None, None, rows, total=98.9, grade="优",
                   funds=((None, None, 5260, 5049.6, 0.96, None, None),),
                   goals=[(s[0][2:], s[0], s[1], s[2]) for s in sections], of=of)  # fmt: skip
    p.keep("d17-生态环境局整体", without(form, "claimed_grade", funds=("name",), goals=("name",), indicators=("level1",)),
           doubts=("等级以勾选表示，不作比较", "一级指标独占一行并带序号；名称是否去掉序号不作比较"))  # fmt: skip


# Looking up what was written -------------------------------------------------------------------------------------------


def squeezed(text: Any) -> str:
    """A text without white space."""
    return "".join(str(text).split())


def shown(cell: Any) -> str:
    """What a cell shows."""
    if isinstance(cell.value, int | float) and "%" in cell.number_format:
        return f"{round(cell.value * 100, 2):g}%"
    if cell.is_date:
        return f"{cell.value.year}年{cell.value.month}月{cell.value.day}日"
    return f"{cell.value:g}" if isinstance(cell.value, float) else squeezed(cell.value)


def missing(form: dict[str, Any], book: Any) -> list[str]:
    """Values of a reading that do not stand in the workbook."""
    cells = [c for line in book[form["sheet"]] for c in line if c.value is not None]
    texts = [shown(c) for c in cells]
    joined = "\n".join(texts)
    raw = {round(float(c.value), 6) for c in cells if isinstance(c.value, int | float)}
    raw |= {
        round(float(n.replace(",", "")), 6)
        for n in re.findall(r"\d[\d,]*\.?\d*", joined)
        if n.strip(",")
    }
    raw |= {round(float(n) / 100, 6) for n in re.findall(r"(\d+\.?\d*)%", joined)} | {
        round(n / 100, 6) for n in raw
    }
    gone = []
    for entry in (form, *form["funds"], *form["goals"], *form["indicators"]):
        for key, value in entry.items():
            if (
                isinstance(value, str)
                and key not in {"sheet", "kind"}
                and squeezed(value) not in joined
            ):
                gone.append(f"{key} {value!r}")
            if (
                isinstance(value, int | float)
                and key != "goal"
                and round(float(value), 6) not in raw
            ):
                gone.append(f"{key} {value!r}")
    return gone


def odd(item: dict[str, Any]) -> str | None:
    """What does not follow from the figures of a row."""
    target, actual, weight, score = (item.get(k) for k in ("target", "actual", "weight", "score"))
    a, b = (re.search(r"\d+(\.\d+)?", t or "") for t in (target, actual))
    if score is None or not a or not b or "月" in target or "年" in target:
        short = bool(weight and score is not None and score < weight and not item.get("reason"))
        return "no reason" if short and target else None
    x, y = float(a[0]), float(b[0])
    less = "≤" in target
    ratio = 1.0 if y == x or ((y < x) == less) else y / x
    if not less and x and y / x > 1.3:
        return "far above"
    if weight is not None and abs(round(weight * ratio + 1e-9, 2) - score) > 0.005:
        return f"{weight * ratio} not {score}"
    return "no reason" if ratio < 1 and weight is not None and not item.get("reason", "?") else None


def check() -> None:
    """Tell what does not fit in the forms as they were saved."""
    for path in sorted(FOLDER.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        book = load_workbook(path.with_suffix(".xlsx"))
        form = truth["forms"][0]
        told = missing(form, book)
        told += [f"{i['level3']}: {o}" for i in form["indicators"] if (o := odd(i))]
        parts = [*form["indicators"], *(f for f in form["funds"] if f.get("weight"))]
        points = sum(p["weight"] or 0 for p in parts)
        claimed = round(sum(p["score"] or 0 for p in parts), 6)
        told += [f"weights {points}"] if points not in {0, 100} else []
        told += (
            [f"total {form['claimed_total']} of {claimed}"]
            if claimed and claimed != form["claimed_total"]
            else []
        )
        for f in form["funds"]:
            if f["rate"] is not None and abs(f["executed"] / f["budget"] - f["rate"]) > 0.00005:
                told.append(f"rate of {f.get('name')}")
            if (
                f["score"] is not None
                and abs(f["weight"] * f["executed"] / f["budget"] - f["score"]) > 0.005
            ):
                told.append(f"score of {f.get('name')}")
        for s in truth["findings"]:
            cell = book[form["sheet"]][s["cell"]]
            told.append(f"seeded at {s['cell']}: {cell.value!r}, {s['kind']}")
        print(path.stem, len(form["indicators"]), "rows", *(f"\n    {t}" for t in told))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for draw in (
        d01,
        d02,
        d03,
        d04,
        d05,
        d06,
        d07,
        d08,
        d09,
        d10,
        d11,
        d12,
        d13,
        d14,
        d15,
        d16,
        d17,
    ):
        draw()
    check()
