"""Forms for a blind measurement, batch A: finance bureaus of provinces, cities and counties.

Run as ``python tests/blind/batch_A.py``; writes tests/blind/forms_A/*.xlsx and beside each NAME.json with what a careful
person reads. Every unit, project and figure is invented. Every fourth form holds one seeded discrepancy.
"""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from drawing import Sheet, items, levels, reading
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).parent / "forms_A"
NAMES = "名称照原样（含“其中：”“指标1：”等前缀）"


class Shown:
    """A value with the number format that shows it."""

    def __init__(self, value: Any, form: str) -> None:
        self.value, self.form = value, form


class Page(Sheet):
    """A sheet that remembers where values stand."""

    def __init__(self, name: str = "Sheet1") -> None:
        super().__init__(name)
        self.where: dict[tuple[str, str], str] = {}

    def _put(self, column: int, value: Any, wide: int, high: int) -> None:
        shown = value if isinstance(value, Shown) else None
        super()._put(column, shown.value if shown else value, wide, high)
        cell = self.ws.cell(self.at, column)
        if shown:
            cell.number_format = shown.form
        if isinstance(value, str) and len(value) > 40:
            cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)

    def title(self, text: str, wide: int) -> None:
        """The title over all columns."""
        self.row((text, wide, 1))
        cell = next(c for c in self.ws[self.at - 1] if c.value == text)
        cell.font = Font(bold=True, size=16)

    def table(
        self, rows: list[dict[str, Any]], columns: list[tuple[str, str, int]], *, side: Any = None,
        labels: dict[str, str] | None = None, as_cell: dict[str, Any] | None = None, header: int = 1,
        before: tuple[Any, ...] = (),
    ) -> None:  # fmt: skip
        """Header and rows of indicators. ``header`` 0: the header stands already; ``before``: rows between the two."""
        if header:
            first = [(side[0], side[1], len(rows) + 1 + len(before))] if side else []
            self.row(*first, *((word, wide, 1) for word, _, wide in columns))
        for line in before:
            self.row(*line)
        for n, item in enumerate(rows):
            starts = levels(item, labels)
            cells: list[Any] = []
            for _, kind, wide in columns:
                if kind in {"level1", "level2"}:
                    if item["high1" if kind == "level1" else "high2"]:
                        value, _, high = starts.pop(0)
                        cells.append((value, wide, high))
                    continue
                value = (
                    str(n + 1) if kind == "number"
                    else item["more"][int(kind[4:])] if kind.startswith("more")
                    else item.get(kind)
                )  # fmt: skip
                value = None if value in ("", None) else value
                if as_cell and kind in as_cell and value is not None:
                    value = as_cell[kind](value)
                cells.append((value, wide, 1))
            line = self.at
            self.row(*cells)
            self._remember(item["level3"], line, columns)

    def _remember(self, name: str, line: int, columns: list[tuple[str, str, int]]) -> None:
        """Addresses of a row's cells, counted from the right end of the row."""
        total = sum(wide for _, _, wide in columns)
        right = max(c.column for c in self.ws[line])
        at = right - total + 1
        for _, kind, wide in columns:
            self.where[(name, kind)] = f"{get_column_letter(at)}{line}"
            at += wide

    def money(
        self, rows: list[tuple[Any, ...]], columns: list[tuple[str, str, int]], *, side: Any = None,
        dash: Any = "—", rate: Any = str, as_cell: Any = None,
    ) -> tuple[tuple[Any, ...], ...]:  # fmt: skip
        """The table of funds; rows are name, initial, budget, executed, rate, weight, score. Returns the reading."""
        keys = ("name", "initial", "budget", "executed", "rate", "weight", "score")
        first = [(side[0], side[1], len(rows) + 1)] if side else []
        self.row(*first, *((word, wide, 1) for word, _, wide in columns))
        read = []
        for row in rows:
            entry: dict[str, Any] = dict(zip(keys, row, strict=False))
            cells: list[Any] = []
            for _, kind, wide in columns:
                value = entry.get(kind, row[7] if kind == "extra" and len(row) > 7 else None)
                if value is None and kind in {"rate", "weight", "score"}:
                    value = dash
                elif kind == "rate":
                    value = rate(value)
                elif as_cell and kind in {"initial", "budget", "executed"} and value is not None:
                    value = as_cell(value)
                cells.append((value, wide, 1))
            line = self.at
            self.row(*cells)
            self._remember(entry["name"], line, columns)
            if entry["rate"] is not None:
                entry["rate"] = float(Decimal(entry["rate"].rstrip("%")) / 100)
            read.append(tuple(entry[key] for key in keys))
        return tuple(read)

    def keep(
        self, name: str, form: dict[str, Any], findings: list[Any], doubts: list[str],
        widths: dict[str, float] | None = None, leave: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Write the workbook and its truth; ``leave``: keys that nobody can state for sure."""
        for column in range(1, self.ws.max_column + 1):
            letter = get_column_letter(column)
            self.ws.column_dimensions[letter].width = (widths or {}).get(letter, 13)
        for key in leave:
            del form[key]
        FOLDER.mkdir(exist_ok=True)
        self.book.save(FOLDER / f"{name}.xlsx")
        truth = {
            "forms": [{"sheet": self.ws.title, **form}],
            "findings": findings,
            "doubts": doubts,
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def percent(value: str) -> Any:
    """A bare percentage as a number that the cell shows as one."""
    found = re.fullmatch(r"(\d+)(\.\d+)?%", value)
    if not found:
        return value
    places = len(found[2]) - 1 if found[2] else 0
    form = "0" + ("." + "0" * places if places else "") + "%"
    return Shown(float(Decimal(value[:-1]) / 100), form)


def figure(value: Any) -> Any:
    """A text that is a number, as a number."""
    number = float(value)
    return int(number) if number.is_integer() else number


def both(value: float) -> str:
    """An amount as text with thousands separators."""
    return f"{value:,.2f}"


def total(rows: list[dict[str, Any]], *more: float) -> float | int:
    """The sum of the rows' scores and more."""
    value = sum(Decimal(str(i["score"])) for i in rows if i["score"] is not None)
    return figure(value + sum(Decimal(str(m)) for m in more))


def prose(label: str, text: str) -> dict[str, Any]:
    """An entry of ``others``; not compared, for the reader of the truth."""
    return {"label": label, "text": text}


def a01() -> None:
    """City: a standard form in other words, sources of money by level of government."""
    rows = items("""
        产出指标|数量指标|管护干支渠长度|≥120公里|126公里|8|8
        ||维修机井|≥45眼|45眼|6|6
        ||更换量水设施|＝60套|57套|6|5.7|一个标段首次招标流标，余下3套转入次年春季更换
        |质量指标|维修工程验收合格率|100%|100%|8|8
        ||渠系水利用系数|≥0.58|0.59|6|6
        |时效指标|春灌前完成检修|3月20日前|3月15日|8|8
        |成本指标|每公里管护费用|≤1.2万元|1.15万元|8|8
        效益指标|经济效益指标|节约灌溉用水量|≥80万立方米|84万立方米|10|10
        |社会效益指标|受益农户|≥3200户|3265户|10|10
        |可持续影响指标|管护制度健全性|健全|健全|10|10
        满意度指标|服务对象满意度指标|受益农户满意度|≥90%|92.5%|10|10
    """)
    s = Page("自评表")
    s.row(("附件1", 2, 1))
    s.title("市级部门预算项目支出绩效自评表", 10)
    s.row(("（2023年度）", 10, 1))
    s.row(("项目名称", 2, 1), ("高标准农田灌溉设施管护项目", 8, 1))
    s.row(("主管部门", 2, 1), ("陇川市农业农村局", 3, 1), ("实施单位", 1, 1), ("陇川市农田水利服务站", 4, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额", 320, 336.5, 328.76, "97.70%", 10, 9.77),
         ("其中：省级财政资金", 200, 216.5, 216.5, "100.00%", None, None),
         ("市级财政资金", 100, 100, 95.26, "95.26%", None, None),
         ("其他资金", 20, 20, 17, "85.00%", None, None)],
        [("", "name", 2), ("年初预算数", "initial", 1), ("全年预算数（A）", "budget", 1), ("全年执行数（B）", "executed", 1),
         ("分值", "weight", 1), ("执行率（B/A）", "rate", 1), ("得分", "score", 1)],
        side=("项目资金\n（万元）", 2), dash="-",
    )  # fmt: skip
    goal = "对全市3个灌区的干支渠、机井和量水设施开展日常管护，保证春灌、冬灌按时供水，节约用水，稳定粮食产能。"
    done = "全年管护渠道126公里，维修机井45眼，更换量水设施57套，春灌供水较上年提前4天，受益农户3265户。"
    s.row(("年度\n总体\n目标", 1, 2), ("年初设定目标", 5, 1), ("年度总体目标完成情况综述", 4, 1))
    s.row((goal, 5, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 2),
        ("年度指标值", "target", 1), ("全年实际完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1),
        ("未完成原因及拟采取的改进措施", "reason", 1)], side=("绩\n效\n指\n标", 1))  # fmt: skip
    score = total(rows, 9.77)
    s.row(("总    分", 7, 1), 100, score, "")
    s.row()
    s.row(("填报人：马某某", 3, 1), ("联系电话：8231×××", 3, 1), ("填报日期：2024年2月20日", 4, 1))
    form = reading("project", "市级部门预算项目支出绩效自评表", "陇川市农田水利服务站", 2023, "陇川市农业农村局",
        "高标准农田灌溉设施管护项目", rows, total=score, funds=funds, others=[prose("年初设定目标", goal), prose("年度总体目标完成情况综述", done)])  # fmt: skip
    s.keep("a01-市级灌溉管护", form, [], [NAMES])


def a02() -> None:
    """County: parts under headings, unit and date and money unit in one line, source rows below the sum."""
    rows = items("""
        产出指标|数量指标|维修养护集中供水工程|≥28处|28处|8|8
        ||更换老化管网|≥15千米|15.6千米|8|8
        ||配备消毒设备|12台（套）|12台（套）|6|6
        |质量指标|水质检测合格率|≥95%|93.1%|8|7.84|两处水源受汛期浑浊影响，已加装一体化净水设备
        ||工程验收合格率|100%|100%|6|6
        |时效指标|维修养护完成时限|2022年11月底前|2022年11月18日|6|6
        |成本指标|单处维修成本|≤6万元|5.8万元|8|8
        效益指标|经济效益指标|户均节省购水支出|≥30元|32元|5|5
        |社会效益指标|受益人口|≥2.1万人|2.18万人|10|10
        |生态效益指标|水源地保护|有效保护|有效保护|5|5
        |可持续影响指标|管水员制度落实|持续落实|持续落实|10|10
        满意度指标|服务对象满意度指标|用水户满意度|≥90%|91%|10|10
    """)
    s = Page("附件3")
    s.row("附件3：")
    s.title("2022年度县级财政项目支出绩效自评表", 8)
    s.row(("填报单位（公章）：青岩坝县农村供水管理所", 4, 1), ("填报日期：2023年2月10日", 2, 1), ("金额单位：万元", 2, 1))  # fmt: skip
    s.row("项目名称", ("农村饮水工程维修养护项目", 3, 1), "项目负责人", ("罗某某", 3, 1))
    s.row("主管部门", ("青岩坝县水务局", 3, 1), "项目起止时间", ("2022年1月至2022年12月", 3, 1))
    s.row(("一、预算执行情况", 8, 1))
    funds = s.money(
        [("资金合计", 180, 175, 175, "100%", 10, 10),
         ("上级补助资金", 120, 115, 115, "100%", None, None),
         ("县级财政资金", 60, 60, 60, "100%", None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("资金来源", "name", 2), ("年初预算安排", "initial", 1), ("调整后预算", "budget", 1), ("实际支出", "executed", 1),
         ("预算执行率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 1)],
        dash="/", rate=percent,
    )  # fmt: skip
    goal = "维修养护集中供水工程28处，改善水质，保障2万余农村人口喝上放心水。"
    done = "28处工程全部完成维修养护并投入运行，枯水期未出现整村停水，水质合格率比上年提高2.6个百分点。"
    s.row(("二、年度绩效目标", 8, 1))
    s.row("预期目标", (goal, 3, 1), "完成情况", (done, 3, 1))
    s.row(("三、绩效指标完成情况", 8, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1),
        ("计划完成值", "target", 1), ("实际完成值", "actual", 1), ("分值", "weight", 1), ("自评得分", "score", 1),
        ("扣分原因及整改措施", "reason", 1)])  # fmt: skip
    score = total(rows, 10)
    s.row(("合  计", 5, 1), 100, score, None)
    s.row(("注：1.本表由项目实施单位填写，主管部门审核；2.其他资金指社会捐赠、群众自筹等。", 8, 1))
    form = reading("project", "2022年度县级财政项目支出绩效自评表", "青岩坝县农村供水管理所", 2022, "青岩坝县水务局",
        "农村饮水工程维修养护项目", rows, total=score, funds=funds, others=[prose("预期目标", goal), prose("完成情况", done)])  # fmt: skip
    s.keep("a02-分段县级饮水", form, [], [NAMES])


def a03() -> None:
    """District: points before the targets, cost as a section of its own, percentages as formatted numbers."""
    rows = items("""
        成本指标|经济成本指标|校舍维修单方造价|≤680元/平方米|652元/平方米|10|10
        ||项目实际总支出|≤602.4万元|571.08万元|10|10
        产出指标|数量指标|维修校舍面积|≥8600平方米|8642平方米|8|8
        ||改造厕所|=6座|6座|6|6
        ||更换门窗|≥410樘|410樘|6|6
        |质量指标|竣工验收合格率|100%|100%|6|6
        ||材料抽检合格率|98%|100%|4|4
        |时效指标|开学前完工率|100%|91.67%|10|9.17|一所学校因地基加固增加工程量，延至10月完工，已调整教学场地
        效益指标|社会效益指标|惠及在校师生|≥5200人|5318人|10|10
        |可持续影响指标|校舍安全使用年限|≥15年|15年|10|10
        满意度指标|服务对象满意度指标|学生及家长满意度|90%|95.4%|5|5
        ||教职工满意度|90%|93%|5|5
    """)
    points = {"成本指标": ("成本指标\n(20分)", 20), "产出指标": ("产出指标\n(40分)", 40), "效益指标": ("效益指标\n(20分)", 20),
              "满意度指标": ("满意度指标\n(10分)", 10)}  # fmt: skip
    s = Page()
    s.title("枫桥区2023年度预算项目绩效自评表", 9)
    s.row(("", 7, 1), ("单位：万元", 2, 1))
    s.row(("项 目 名 称", 2, 1), ("义务教育学校校舍维修改造", 7, 1))
    s.row(("主 管 部 门", 2, 1), ("江淮市枫桥区教育局", 2, 1), ("项目单位", 1, 1), ("枫桥区教育后勤服务中心", 4, 1))  # fmt: skip
    funds = s.money(
        [("资金总额", 580, 602.4, 571.08, "94.80%", 10, 9.48),
         ("其中：财政拨款", 580, 580, 548.68, "94.60%", None, None),
         ("上年结转", 0, 22.4, 22.4, "100.00%", None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("资金性质", "name", 2), ("分值", "weight", 1), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1),
         ("全年执行数", "executed", 1), ("执行率", "rate", 1), ("得分", "score", 1)],
        side=("预算执行情况\n（10分）", 1), dash="—", rate=percent,
    )  # fmt: skip
    goal = "对全区12所义务教育学校的破损校舍、厕所和门窗进行维修改造，消除安全隐患，改善办学条件。"
    done = "12所学校维修改造全部完成，其中11所在秋季学期开学前交付使用，共维修校舍8642平方米。"
    s.row(("年 度 总 体 目 标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 4, 1))
    s.row((goal, 4, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("分值", "weight", 1),
        ("年度指标值", "target", 1), ("实际完成值", "actual", 1), ("得分", "score", 1), ("偏差原因分析\n及改进措施", "reason", 2)],
        labels={k: v[0] for k, v in points.items()}, as_cell={"target": percent, "actual": percent})  # fmt: skip
    score = total(rows, 9.48)
    s.row(("总 分", 3, 1), 100, ("", 2, 1), score, ("", 2, 1))
    form = reading("project", "枫桥区2023年度预算项目绩效自评表", "枫桥区教育后勤服务中心", 2023, "江淮市枫桥区教育局",
        "义务教育学校校舍维修改造", rows, total=score, funds=funds, points=points,
        others=[prose("预期目标", goal), prose("实际完成情况", done)])  # fmt: skip
    s.keep("a03-分值在前校舍", form, [], [NAMES])


def a04() -> None:
    """City: sign, value and measure apart; total and grade in the head. Seeded: the total is not the sum of its parts."""
    rows = items("""
        产出指标|数量指标|送戏下乡演出|≥160场|163|8|8||≥|160|场
        ||举办公益培训班|≥40期|40|7|7||≥|40|期
        ||图书馆新增图书|≥15000册|15600|7|7||≥|15000|册
        |质量指标|演出验收合格率|＝100%|100|8|8||＝|100|%
        ||培训学员结业率|≥95%|96.2|5|5||≥|95|%
        |时效指标|全年任务按期完成率|＝100%|98|8|7.84|部分演出受台风影响延期至次年1月|＝|100|%
        |成本指标|单场演出补贴|≤1.2万元|1.2|7|7||≤|1.2|万元
        效益指标|社会效益指标|惠及群众|≥22万人次|23.5|15|15||≥|22|万人次
        |可持续影响指标|公共文化设施开放天数|≥320天|331|15|15||≥|320|天
        满意度指标|服务对象满意度指标|群众满意度|≥90%|88.2|10|9.8|部分乡镇演出场地座位不足，群众意见较集中，已列入下年场地改造|≥|90|%
    """)
    s = Page("项目自评")
    s.row(("附表2-1", 3, 1))
    s.title("市直部门项目支出绩效自评表（2022年度）", 11)
    s.row(
        ("项目名称", 2, 1), ("公共文化服务惠民工程", 4, 1), ("项目类别", 1, 1), ("特定目标类", 4, 1)
    )
    s.row(
        ("主管部门", 2, 1),
        ("鲁泉市文化和旅游局", 4, 1),
        ("预算单位", 1, 1),
        ("鲁泉市群众艺术馆", 4, 1),
    )
    true = total(rows, 9.74)
    claimed = 99.83
    s.row(("自评总分", 2, 1), (claimed, 4, 1), ("自评等级", 1, 1), ("优", 4, 1))
    at = s.ws.cell(s.at - 1, 3).coordinate
    funds = s.money(
        [("年度资金总额", 450, 450, 438.3, "97.40%", 10, 9.74),
         ("其中：当年财政拨款", 450, 450, 438.3, None, None, None),
         ("上年结转结余", 0, 0, 0, None, None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("项  目", "name", 2), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年执行数", "executed", 1),
         ("执行率(%)", "rate", 1), ("权重", "weight", 1), ("得分", "score", 1)],
        side=("预算资金\n执行情况\n（万元）", 3), dash="*", rate=lambda r: float(r[:-1]),
    )  # fmt: skip
    goal = "面向镇村开展送戏、送书、送培训活动，提高公共文化设施使用效率，满足群众基本文化需求。"
    done = "全年送戏163场，举办培训班40期，市馆新增图书1.56万册，惠及群众23.5万人次，公共文化设施平均开放331天。"
    s.row(("年度绩效目标", 2, 1), (goal, 9, 1))
    s.row(("目标完成情况", 2, 1), (done, 9, 1))
    s.row(("绩效指标", 1, len(rows) + 2), ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("年度目标值", 3, 1),
        ("实际完成值", 1, 2), ("权重", 1, 2), ("得分", 1, 2), ("未达成目标原因说明", 1, 2))  # fmt: skip
    s.row("符号", "数值", "计量单位")
    s.table(rows, [("", "level1", 1), ("", "level2", 1), ("", "level3", 1), ("", "more0", 1), ("", "more1", 1), ("", "more2", 1),
        ("", "actual", 1), ("", "weight", 1), ("", "score", 1), ("", "reason", 1)], header=0,
        as_cell={"more1": figure, "actual": figure})  # fmt: skip
    s.row()
    s.row(("单位负责人：　　　　　　　填表人：宋某", 6, 1), ("联系电话：", 5, 1))
    form = reading("project", "市直部门项目支出绩效自评表（2022年度）", "鲁泉市群众艺术馆", 2022, "鲁泉市文化和旅游局",
        "公共文化服务惠民工程", rows, total=claimed, grade="优", funds=funds,
        others=[prose("年度绩效目标", goal), prose("目标完成情况", done)])  # fmt: skip
    seeded = [
        {
            "cell": at, "kind": f"总分不等于各部分之和（应为{true}，填写{claimed}）",
            "also": [], "or": [],
        }
    ]  # fmt: skip
    s.keep(
        "a04-分列目标总分在上", form, seeded, [NAMES, "实际完成值一列只有数字，单位在计量单位列"]
    )


def a05() -> None:
    """Transfer payment of a province to its counties: no points, a block on how the money was managed."""
    rows = items("""
        产出指标|数量指标|新造油茶林面积|≥2.4万亩|2.46万亩
        ||低产林改造面积|≥3.1万亩|2.79万亩|||秋旱时间长，部分地块推迟整地，已纳入下年度一季度任务
        ||森林抚育面积|≥1.8万亩|1.8万亩
        |质量指标|造林成活率|≥85%|89%
        ||良种使用率|100%|100%
        |时效指标|年度任务按时完成率|100%|96.5%|||低产林改造未按时完工，已倒排工期
        |成本指标|新造油茶林补助标准|1000元/亩|1000元/亩
        效益指标|经济效益指标|带动林农户均增收|≥1500元|1620元
        |社会效益指标|带动就业人数|≥3600人|3750人
        |生态效益指标|森林覆盖率|≥68.2%|68.35%
        |可持续影响指标|林业产业发展后劲|逐步增强|逐步增强
        满意度指标|服务对象满意度指标|林农满意度|≥88%|90.6%
    """)
    title = "省对市县专项转移支付绩效目标自评表"
    s = Page("绩效自评表")
    s.row("附件5")
    s.title(title, 8)
    s.row(("（2022年度）", 8, 1))
    s.row(("转移支付（项目）名称", 2, 1), ("林业产业发展专项资金", 6, 1))
    s.row(("省级主管部门", 2, 1), ("省林业局", 6, 1))
    s.row(("市县主管部门", 2, 1), ("云居县林业局", 3, 1), "资金使用单位", ("云居县林业局、各乡镇人民政府", 2, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额：", None, 1260, 1197, "95.00%", None, None),
         ("其中：省级补助资金", None, 900, 900, "100.00%", None, None),
         ("市县财政资金", None, 360, 297, "82.50%", None, None),
         ("其他资金", None, None, None, None, None, None)],
        [("", "name", 2), ("全年预算数（A）", "budget", 1), ("全年执行数（B）", "executed", 1), ("预算执行率（B/A×100%）", "rate", 2)],
        side=("资金投入情况\n（万元）", 2), dash=None,
    )  # fmt: skip
    s.row(("资金管理情况", 2, 4), ("", 2, 1), ("情况说明", 2, 1), ("存在问题和改进措施", 2, 1))
    s.row(("分配科学性", 2, 1), ("按因素法测算分配到乡镇", 2, 1), ("无", 2, 1))
    s.row(("下达及时性", 2, 1), ("收到指标文后28日内分解下达", 2, 1), ("无", 2, 1))
    s.row(("使用规范性", 2, 1), ("实行专账核算，未发现挤占挪用", 2, 1), ("个别乡镇报账资料不齐，已限期补正", 2, 1))  # fmt: skip
    goal = "扩大油茶种植规模，改造低产林，提升森林质量，带动林农增收。"
    done = "新造油茶林2.46万亩，改造低产林2.79万亩，抚育森林1.8万亩，带动3750人就业。"
    s.row(("总体目标完成情况", 2, 2), ("总体目标", 3, 1), ("全年实际完成情况", 3, 1))
    s.row((goal, 3, 1), (done, 3, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("指标值", "target", 1),
        ("全年实际完成值", "actual", 1), ("未完成原因和改进措施", "reason", 2)], side=("绩效指标", 1))  # fmt: skip
    s.row(("说明", 1, 1), ("无", 7, 1))
    s.row(("注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。\n2.其他资金包括与省级资金共同投入同一项目的自有资金、社会资金等。", 8, 1))  # fmt: skip
    form = reading("transfer", title, None, 2022, "省林业局", "林业产业发展专项资金", rows, funds=funds,
        others=[prose("总体目标", goal), prose("全年实际完成情况", done)])  # fmt: skip
    doubts = [
        NAMES,
        "资金使用单位与市县主管部门都可作为unit，故不列unit",
        "年度资金总额后的冒号可去",
    ]
    s.keep("a05-省对市县转移支付", form, [], doubts, leave=("unit",))


def a06() -> None:
    """City: targets adjusted in the year, a column with the adjustment of the budget."""
    rows = items("""
        产出指标|数量指标|公益性岗位安置人数|≥930人|942人|10|10||≥1000人|≥930人
        ||发放岗位补贴人次|≥10200人次|10304人次|8|8||≥11000人次|≥10200人次
        ||组织岗前培训|≥12期|12期|7|7||≥12期|
        |质量指标|补贴发放准确率|100%|100%|10|10||100%|
        |时效指标|补贴按月发放及时率|≥98%|96.04%|8|7.84|5月社保系统切换，当月补贴延后4天发放，已与经办机构建立预警机制|≥98%|
        |成本指标|岗位补贴标准|≤1880元/人·月|1880元/人·月|7|7||≤1880元/人·月|
        效益指标|社会效益指标|就业困难人员帮扶率|≥90%|93.5%|15|15||≥90%|
        |可持续影响指标|岗位管理机制|进一步完善|进一步完善|15|15||进一步完善|
        满意度指标|服务对象满意度指标|安置人员满意度|≥90%|95%|10|10||≥90%|
    """)
    title = "松河市市本级项目支出绩效自评表"
    s = Page("2023")
    s.taken = {(line, 1) for line in range(1, 60)}
    s.row()
    s.title(title, 10)
    s.row(("评价年度：2023年", 5, 1), ("金额单位：万元", 5, 1))
    s.row(("项目名称", 2, 1), ("公益性岗位补贴", 3, 1), ("项目属性", 1, 1), ("延续项目", 4, 1))
    s.row(("主管部门", 2, 1), ("松河市人力资源和社会保障局", 3, 1), ("项目实施单位", 1, 1), ("松河市就业服务局", 4, 1))  # fmt: skip
    funds = s.money(
        [("资金合计", 860, 800, 776, "97.00%", 10, 9.7, -60),
         ("其中：中央就业补助资金", 500, 440, 440, "100.00%", None, None, -60),
         ("市级财政资金", 360, 360, 336, "93.33%", None, None, 0)],
        [("资金类型", "name", 2), ("年初批复数", "initial", 1), ("年中调整数（增+减-）", "extra", 1), ("调整后预算数", "budget", 1),
         ("实际支出数", "executed", 1), ("执行进度", "rate", 1), ("权重", "weight", 1), ("自评得分", "score", 1)],
        side=("预算\n执行\n情况", 1), dash="", rate=percent,
    )  # fmt: skip
    goal = "托底安置就业困难人员，按月足额发放岗位补贴，稳定就业局势。"
    done = "全年安置942人，发放补贴10304人次，举办岗前培训12期，没有发生群体性投诉。"
    s.row(("年度总\n体目标", 1, 2), ("预期目标", 4, 1), ("全年完成情况", 5, 1))
    s.row((goal, 4, 1), (done, 5, 1))
    s.table(rows, [("一级\n指标", "level1", 1), ("二级\n指标", "level2", 1), ("三级指标", "level3", 1), ("年初指标值", "more0", 1),
        ("调整后指标值", "more1", 1), ("年末完成值", "actual", 1), ("权重", "weight", 1), ("自评得分", "score", 1),
        ("偏差原因说明", "reason", 1)], side=("绩效\n指标\n完成\n情况", 1))  # fmt: skip
    score = total(rows, 9.7)
    s.row(("自评总分", 7, 1), 100, score, None)
    form = reading("project", title, "松河市就业服务局", 2023, "松河市人力资源和社会保障局", "公益性岗位补贴", rows, total=score,
        funds=funds, others=[prose("预期目标", goal), prose("全年完成情况", done)])  # fmt: skip
    s.keep(
        "a06-调整目标岗位补贴",
        form,
        [],
        [NAMES, "有调整后指标值的以调整后为准，空白的以年初为准"],
        widths={"A": 2},
    )


def a07() -> None:
    """City: budget execution is an indicator, the funds have no points."""
    rows = items("""
        投入指标|预算执行|预算执行率|100%|96.4%|10|9.64|按合同约定留存设备质保金，下年度支付
        产出指标|数量指标|增殖放流苗种|≥3200万尾|3265万尾|10|10
        ||投放人工鱼礁|≥1.2万空方|1.2万空方|8|8
        ||渔船安全检查|≥600艘次|648艘次|7|7
        |质量指标|放流苗种检验检疫合格率|100%|100%|8|8
        ||礁体投放位置偏差|≤5米|4.2米|5|5
        |时效指标|放流任务完成时间|6月30日前|6月12日|7|7
        |成本指标|单尾苗种平均成本|≤0.04元|0.038元|5|5
        效益指标|经济效益指标|沿岸渔民增收幅度|≥5%|5.6%|10|10
        |社会效益指标|渔业安全生产事故|0起|0起|10|10
        |生态效益指标|近岸海域优良水质面积占比|≥88%|90.3%|10|10
        满意度指标|服务对象满意度|渔民群众满意度|≥90%|94.1%|10|10
    """)
    title = "2021年度项目绩效目标自评表"
    s = Page("自评")
    s.title(title, 9)
    s.row(("填报单位：闽屿市海洋与渔业局（盖章）", 6, 1), ("单位：万元", 3, 1))
    s.row(
        ("项目名称", 2, 1),
        ("海洋牧场建设与渔业资源养护", 4, 1),
        "项目起止年限",
        ("2021-2023年", 2, 1),
    )
    funds = s.money(
        [("年度资金总额", 268, 268, 258.35, "96.40%", None, None),
         ("其中：财政拨款", 268, 268, 258.35, "96.40%", None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("资金来源", "name", 2), ("年初预算数", "initial", 1), ("全年预算数", "budget", 2), ("全年执行数", "executed", 1),
         ("执行率", "rate", 1)],
        side=("年度资金情况", 2), dash="—",
    )  # fmt: skip
    goal = "修复近岸渔业资源，完成苗种放流和鱼礁投放，保持渔业生产安全形势平稳。"
    done = "放流苗种3265万尾，投礁1.2万空方，检查渔船648艘次，全年未发生渔业安全生产事故。"
    s.row(("年度绩效目标", 2, 1), (goal, 7, 1))
    s.row(("实际完成情况", 2, 1), (done, 7, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 2), ("目标值", "target", 1),
        ("完成值", "actual", 1), ("权重", "weight", 1), ("得分", "score", 1), ("偏差原因分析", "reason", 1)])  # fmt: skip
    score = total(rows)
    s.row(("合计", 6, 1), 100, score, "")
    s.row(("审核人：陈某　　　填报人：林某　　　填报时间：2022年3月8日", 9, 1))
    form = reading("project", title, "闽屿市海洋与渔业局", 2021, None, "海洋牧场建设与渔业资源养护", rows, total=score, funds=funds,
        others=[prose("年度绩效目标", goal), prose("实际完成情况", done)])  # fmt: skip
    s.keep("a07-执行率为指标渔业", form, [], [NAMES, "填报单位一格含“（盖章）”，单位名称不含"])


def a08() -> None:
    """County: health. Seeded: full points for a missed target, no reason."""
    rows = items("""
        产出指标|数量指标|居民健康档案建档人数|≥42.5万人|43.1万人|5|5
        ||老年人健康体检人数|≥5.8万人|5.92万人|5|5
        ||高血压患者规范管理人数|≥3.6万人|3.6万人|5|5
        |质量指标|居民健康档案使用率|≥62%|64.8%|5|5
        ||孕产妇系统管理率|≥92%|89.5%|5|5
        ||儿童预防接种率|≥95%|97.6%|5|5
        |时效指标|服务任务完成时间|2023年12月31日前|2023年12月25日|5|5
        ||补助资金拨付及时率|100%|100%|5|5
        |成本指标|人均补助标准|89元/人|89元/人|10|10
        效益指标|社会效益指标|城乡居民公共卫生差距|不断缩小|不断缩小|15|15
        |可持续影响指标|居民健康水平|稳步提高|稳步提高|15|15
        满意度指标|服务对象满意度指标|城乡居民满意度|≥85%|88.3%|10|10
    """)
    points = {"产出指标": ("产出\n指标\n（50分）", 50), "效益指标": ("效益\n指标\n（30分）", 30),
              "满意度指标": ("满意度\n指标\n（10分）", 10)}  # fmt: skip
    title = "2023年度豫阳县项目支出绩效自评表"
    s = Page("Sheet2")
    s.row(("附件 4", 2, 1))
    s.title(title, 10)
    s.row(("项目名称", 3, 1), ("基本公共卫生服务补助", 7, 1))
    s.row(("主管部门", 3, 1), ("豫阳县卫生健康委员会", 3, 1), ("实施单位", 2, 1), ("豫阳县疾病预防控制中心", 2, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额", 1536.2, 1536.2, 1490.11, "97.00%", 10, 9.7),
         ("其中：上级财政资金", 1280.5, 1280.5, 1280.5, None, None, None),
         ("本级财政资金", 255.7, 255.7, 209.61, None, None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("", "name", 2), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年执行数", "executed", 1),
         ("分值", "weight", 1), ("执行率", "rate", 1), ("得分", "score", 2)],
        side=("项目资金\n（万元）", 1), dash="－",
    )  # fmt: skip
    goal = "为城乡居民免费提供基本公共卫生服务，重点人群健康管理水平得到提高。"
    done = "建立健康档案43.1万份，完成老年人体检5.92万人，规范管理高血压患者3.6万人。"
    s.row(("年度\n总体\n目标\n完成\n情况", 1, 2), ("预期目标", 5, 1), ("目标实际完成情况", 4, 1))
    s.row((goal, 5, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 2), ("年度指标值", "target", 1),
        ("实际完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1), ("偏差原因分析及改进措施", "reason", 1)],
        side=("年\n度\n绩\n效\n指\n标", 1), labels={k: v[0] for k, v in points.items()}, as_cell={"actual": percent})  # fmt: skip
    score = total(rows, 9.7)
    s.row(("总分", 7, 1), 100, score, "")
    form = reading("project", title, "豫阳县疾病预防控制中心", 2023, "豫阳县卫生健康委员会", "基本公共卫生服务补助", rows, total=score,
        funds=funds, points=points, others=[prose("预期目标", goal), prose("目标实际完成情况", done)])  # fmt: skip
    row = "孕产妇系统管理率"
    seeded = [
        {
            "cell": s.where[(row, "score")], "kind": "未达目标却得满分（89.5%对≥92%，应得4.86分），也未说明原因",
            "also": [s.where[(row, "reason")]], "or": [],
        }
    ]  # fmt: skip
    s.keep("a08-县级公共卫生", form, seeded, [NAMES])


def a09() -> None:
    """County: a printed standard and the evidence beside each row; a sheet of instructions behind."""
    rows = items("""
        产出指标|数量指标|农村公路日常养护里程|≥860公里|860公里|10|10||达到目标值得满分，未达到按完成比例得分|养护台账
        ||修复水毁路基|≥36处|38处|8|8||达到目标值得满分，未达到按完成比例得分|施工日志、照片
        ||安装波形护栏|≥12.5公里|12公里|7|6.72|一处路段拓宽改线，护栏暂缓安装，待路面定型后补装|达到目标值得满分，未达到按完成比例得分|计量支付表
        |质量指标|优良中等路率|≥82%|84.7%|8|8||达到目标值得满分，未达到按完成比例得分|路况评定报告
        ||工程交工验收合格率|100%|100%|5|5||达到目标值得满分，未达到按完成比例得分|交工验收证书
        |时效指标|水毁抢通时间|≤24小时|18小时|6|6||不超过目标值得满分|抢通记录
        |成本指标|日常养护补助标准|≤8000元/公里|8000元/公里|6|6||不超过目标值得满分|补助发放表
        效益指标|社会效益指标|沿线受益群众|≥18万人|18.6万人|10|10||达到目标值得满分，未达到按完成比例得分|统计公报
        ||道路交通事故下降率|≥5%|6.2%|10|10||达到目标值得满分，未达到按完成比例得分|交警部门证明
        |可持续影响指标|管养长效机制|基本建立|基本建立|10|10||建立得满分|管理办法
        满意度指标|服务对象满意度|沿线群众满意度|≥85%|90%|10|10||达到目标值得满分，未达到按完成比例得分|问卷
    """)
    title = "县本级财政支出项目绩效自评打分表"
    s = Page("打分表")
    s.title(title, 10)
    s.row(("（2022年度）", 10, 1))
    s.row("项目名称", ("农村公路养护工程", 4, 1), "资金主管部门", ("桂江县交通运输局", 4, 1))
    s.row("实施单位", ("桂江县公路养护中心", 4, 1), "绩效联系人", ("韦某", 4, 1))
    funds = s.money(
        [("资金总额", 2350, 2350, 2208.06, "93.96%", 10, 9.4),
         ("其中：一般公共预算资金", 1850, 1850, 1850, "100.00%", None, None),
         ("政府性基金", 500, 500, 358.06, "71.61%", None, None)],
        [("资金来源", "name", 2), ("年初预算资金", "initial", 1), ("调整后预算资金", "budget", 1), ("实际支付资金", "executed", 1),
         ("预算执行率", "rate", 1), ("分值", "weight", 1), ("自评分", "score", 1), ("备注", "extra", 1)],
        side=("预算执行情况（万元）", 1), dash="—", as_cell=lambda v: Shown(v, "#,##0.00"),
    )  # fmt: skip
    goal = "保障农村公路路况良好、安全畅通，完善安防设施，改善沿线群众出行条件。"
    done = "养护农村公路860公里，修复水毁路基38处，安装护栏12公里，全年道路交通事故同比下降6.2%。"
    s.row(("年度目标", 1, 1), (goal, 4, 1), ("完成情况", 1, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("评分标准", "more0", 1),
        ("目标值", "target", 1), ("完成值", "actual", 1), ("分值", "weight", 1), ("自评分", "score", 1), ("佐证材料", "more1", 1),
        ("扣分原因", "reason", 1)])  # fmt: skip
    score = total(rows, 9.4)
    s.row(("自评总分", 6, 1), 100, score, ("", 2, 1))
    other = s.book.create_sheet("填表说明")
    other["A1"] = "填表说明"
    other["A2"] = "一、本表由项目实施单位填写，于次年3月底前报送财政局。"
    other["A3"] = "二、预算执行率10分，绩效指标90分，合计100分。"
    form = reading("project", title, "桂江县公路养护中心", 2022, "桂江县交通运输局", "农村公路养护工程", rows, total=score, funds=funds,
        others=[prose("年度目标", goal), prose("完成情况", done)])  # fmt: skip
    s.keep("a09-评分标准佐证公路", form, [], [NAMES])


def a10() -> None:
    """City: completion in per cent and whether it was reached, beside each row; prose under the table."""
    rows = items("""
        产出指标|数量指标|改造居家适老化家庭|≥380户|399户|8|8||105%|是
        ||新建社区食堂|10个|9个|8|7.2|一处选址产权尚未理清，调整到下年建设|90%|否
        ||发放养老服务补贴人数|≥2600人|2678人|6|6||103%|是
        |质量指标|改造项目一次验收通过率|≥95%|98.8%|8|8||104%|是
        ||护理员持证上岗率|100%|100%|6|6||100%|是
        |时效指标|补贴发放及时率|100%|100%|7|7||100%|是
        |成本指标|户均改造费用|≤4000元|3920元|7|7||—|是
        效益指标|社会效益指标|享受助餐服务老人|≥1.2万人次|1.26万人次|12|12||105%|是
        ||街道养老服务设施覆盖率|100%|100%|10|10||100%|是
        |可持续影响指标|医养结合协作机制|持续运行|持续运行|8|8||—|是
        满意度指标|服务对象满意度指标|老年人及家属满意度|≥90%|93.6%|10|10||104%|是
    """)
    title = "辽滨市2023年度部门预算项目（政策）绩效自评表"
    s = Page("项目（政策）自评")
    s.title(title, 10)
    s.row(("项目（政策）名称", 2, 1), ("居家和社区养老服务提升", 8, 1))
    s.row(
        ("主管部门", 2, 1),
        ("辽滨市民政局", 3, 1),
        ("实施单位", 1, 1),
        ("辽滨市养老服务指导中心", 4, 1),
    )
    funds = s.money(
        [("合  计", 412.6, 430, 417.1, "97%", 10, 9.7),
         ("财政资金", 332.6, 350, 337.1, None, None, None),
         ("福利彩票公益金", 80, 80, 80, None, None, None)],
        [("资金来源（万元）", "name", 2), ("年初部门预算", "initial", 1), ("调整后预算", "budget", 1), ("全年支出数", "executed", 1),
         ("预算完成率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 1)],
        side=("项目资金预算执行情况", 2), dash="—",
    )  # fmt: skip
    goal = "1.完成居家适老化改造380户；2.新建社区食堂10个；3.落实养老服务补贴，让老年人就近享受助餐、照护服务。"
    done = "1.完成适老化改造399户；2.建成社区食堂9个；3.为2678名老年人发放补贴，助餐1.26万人次。"
    s.row(("年度总体目标", 2, 2), ("年初设定目标", 4, 1), ("总体目标完成情况", 4, 1))
    s.row((goal, 4, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("年度目标值", "target", 1),
        ("全年实际值", "actual", 1), ("完成比例", "more0", 1), ("是否达标", "more1", 1), ("分值", "weight", 1), ("得分", "score", 1),
        ("未达标原因", "reason", 1)], as_cell={"more0": percent})  # fmt: skip
    score = total(rows, 9.7)
    s.row(("总分", 7, 1), 100, score, "")
    measure = "提前开展选址和产权核查，将社区食堂建设任务分解到季度，按月调度。"
    s.row(("改进措施", 2, 1), (measure, 8, 1))
    s.row(("自评人员签字：　　　　　　　　　　　　2024年3月1日", 10, 1))
    form = reading("project", title, "辽滨市养老服务指导中心", 2023, "辽滨市民政局", "居家和社区养老服务提升", rows, total=score,
        funds=funds, improvement=measure, others=[prose("年初设定目标", goal), prose("总体目标完成情况", done)])  # fmt: skip
    s.keep("a10-完成比例养老", form, [], [NAMES])


def a11() -> None:
    """County: 元, full-width digits and signs, amounts as text."""
    rows = items("""
        产出指标|数量指标|分类投放点改造|≥１２０个|１２６个|10|10
        ||垃圾清运量|≥３．６万吨|３．５２８万吨|10|9.8|两个小区整体搬迁，清运量相应减少，下年按实际人口核定
        ||宣传入户|≥２８０００户|２９４００户|5|5
        |质量指标|分类准确率|≥９０％|９１．５％|10|10
        |时效指标|日产日清率|１００％|１００％|8|8
        |成本指标|吨均清运成本|≤９５元／吨|９３．４元／吨|7|7
        效益指标|社会效益|示范小区覆盖率|≥６０％|６３％|10|10
        |生态效益|垃圾回收利用率|≥５５％|５６．３％|10|10
        |可持续影响|居民分类习惯|逐步养成|逐步养成|10|10
        满意度指标|公众满意度|居民满意度|≥８５％|８９％|10|10
    """)
    title = "浙岚县２０２３年度财政支出项目绩效自评表"
    s = Page("Sheet1")
    s.title(title, 8)
    s.row(("金额单位：元", 8, 1))
    s.row(("一、项目基本情况", 8, 1))
    s.row("项目名称", ("生活垃圾分类处理", 3, 1), "项目类型", ("经常性项目", 3, 1))
    s.row("主管单位", ("浙岚县综合行政执法局", 3, 1), "项目实施单位", ("浙岚县环境卫生中心", 3, 1))
    s.row(("二、资金使用情况（10分）", 8, 1))
    funds = s.money(
        [("资金总额", 3860000, 3720000, 3645600, "98%", 10, 9.8),
         ("县财政资金", 3000000, 2860000, 2860000, "100%", None, None),
         ("省级补助", 860000, 860000, 785600, "91.35%", None, None)],
        [("资金来源", "name", 2), ("年初预算金额", "initial", 1), ("调整后预算金额", "budget", 1), ("执行金额", "executed", 1),
         ("执行率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 1)],
        dash="", as_cell=both,
    )  # fmt: skip
    goal = "推进生活垃圾分类，做到日产日清，提高回收利用水平。"
    done = "改造投放点１２６个，清运垃圾３．５２８万吨，示范小区覆盖率达到６３％。"
    s.row(("三、绩效目标（90分）", 8, 1))
    s.row("总体目标", (goal, 3, 1), "完成情况", (done, 3, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("目标值（Ａ）", "target", 1),
        ("实际值（Ｂ）", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1), ("偏差说明", "reason", 1)],
        as_cell={"weight": str, "score": str})  # fmt: skip
    score = total(rows, 9.8)
    s.row(("合计", 5, 1), "100", str(score), "")
    form = reading("project", title, "浙岚县环境卫生中心", 2023, "浙岚县综合行政执法局", "生活垃圾分类处理", rows, total=score, money="元",
        funds=funds, others=[prose("总体目标", goal), prose("完成情况", done)])  # fmt: skip
    s.keep("a11-元全角垃圾分类", form, [], [NAMES])


def a12() -> None:
    """City: a block of reasons. Seeded: the points for execution are rounded to whole points."""
    rows = items("""
        产出指标|数量指标|应急物资储备品种|≥48种|50种|8|8
        ||组织综合应急演练|≥6次|6次|8|8
        ||培训基层应急人员|≥900人|945人|8|8
        |质量指标|储备物资完好率|≥98%|99.2%|8|8
        ||演练评估合格率|100%|100%|6|6
        |时效指标|物资采购完成时间|10月底前|10月22日|6|6
        |成本指标|人均培训费用|≤450元/人|430元/人|6|6
        效益指标|社会效益指标|应急响应时间缩短率|≥10%|11%|15|15
        |可持续影响指标|基层应急能力|明显增强|明显增强|15|15
        满意度指标|社会公众满意度指标|公众安全感满意度|≥90%|92%|10|10
    """)
    title = "项目支出绩效自评情况表"
    s = Page("表2")
    s.row(("表2", 9, 1))
    s.title(title, 9)
    s.row(("2022年度", 5, 1), ("单位：万元", 4, 1))
    s.row(("项目名称", 2, 1), ("应急物资储备与救援能力建设", 3, 1), ("项目代码", 1, 1), ("14010022T000000312×××", 3, 1))  # fmt: skip
    s.row(("主管部门名称", 2, 1), ("晋原市应急管理局", 3, 1), ("项目单位名称", 1, 1), ("晋原市应急保障中心", 3, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额", 520, 520, 448.24, "86.20%", 10, 9),
         ("其中：市级财政资金", 400, 400, 362.24, "90.56%", None, None),
         ("省级补助资金", 120, 120, 86, "71.67%", None, None)],
        [("资金构成", "name", 1), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年支出数", "executed", 1),
         ("支出率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 1)],
        side=("资金\n支出\n情况", 2), dash="—", rate=percent,
    )  # fmt: skip
    goal = "补齐应急物资短板，开展演练和培训，提高突发事件先期处置能力。"
    done = "储备物资50种，组织演练6次，培训945人，平均响应时间缩短11%。"
    s.row(("年度总体目标", 2, 2), ("设定目标", 3, 1), ("完成情况", 4, 1))
    s.row((goal, 3, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("年度目标值", "target", 1),
        ("实际完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1), ("备注", "comment", 1)],
        side=("绩效指标", 1))  # fmt: skip
    score = total(rows, 9)
    s.row(("总分", 6, 1), 100, score, "")
    why = "预算执行率为86.2%，主要是部分救援装备12月底到货，尾款按合同在次年验收后支付。"
    s.row(("偏差原因分析", 2, 1), (why, 7, 1))
    form = reading("project", title, "晋原市应急保障中心", 2022, "晋原市应急管理局", "应急物资储备与救援能力建设", rows, total=score,
        funds=funds, deviation_reason=why, others=[prose("设定目标", goal), prose("完成情况", done)])  # fmt: skip
    seeded = [
        {
            "cell": s.where[("年度资金总额", "score")], "kind": "预算执行得分四舍五入为整数（10×86.2%=8.62分，填写9分）",
            "also": [], "or": [],
        }
    ]  # fmt: skip
    s.keep("a12-执行得分取整应急", form, seeded, [NAMES])


def a13() -> None:
    """Banner: a transfer payment with points, numbered indicators."""
    rows = items("""
        产出指标|数量指标|指标1：禁牧补助面积|≥420万亩|420万亩|7|7
        ||指标2：草畜平衡奖励面积|≥380万亩|380万亩|7|7
        ||指标3：人工种草面积|≥6万亩|5.7万亩|7|6.65|两个苏木春季干旱，补播面积未达要求，已落实次年补播地块
        |质量指标|指标1：补奖资金兑付准确率|100%|100%|7|7
        ||指标2：种草出苗率|≥80%|82%|6|6
        |时效指标|指标1：资金兑付完成时间|2021年12月20日前|2021年12月10日|8|8
        |成本指标|指标1：禁牧补助标准|≤7.5元/亩|7.5元/亩|8|8
        效益指标|经济效益指标|指标1：牧户户均政策性收入|≥6200元|6340元|10|10
        |生态效益指标|指标1：草原综合植被盖度|≥45%|45.8%|10|10
        |可持续影响指标|指标1：草原保护制度|不断健全|不断健全|10|10
        满意度指标|服务对象满意度指标|指标1：农牧户满意度|≥90%|93%|10|10
    """)
    title = "中央对地方转移支付区域绩效自评表"
    s = Page("转移支付自评表")
    s.row(("附件2", 9, 1))
    s.title(title, 9)
    s.row(("（2021年度）", 9, 1))
    s.row(("转移支付名称", 3, 1), ("农业资源及生态保护补助资金", 6, 1))
    s.row(("中央主管部门", 3, 1), ("农业农村部", 2, 1), ("地方主管部门", 2, 1), ("乌兰河旗农牧和科技局", 2, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额", None, 5840, 5664.8, "97%", 10, 9.7),
         ("其中：中央补助", None, 5200, 5200, "100%", None, None),
         ("地方资金", None, 640, 464.8, "72.63%", None, None),
         ("其他资金", None, 0, 0, None, None, None)],
        [("", "name", 2), ("全年预算数（A）", "budget", 1), ("全年执行数（B）", "executed", 1), ("分值", "weight", 1),
         ("预算执行率（B/A）", "rate", 1), ("得分", "score", 1)],
        side=("项目资金\n（万元）", 2), dash="/", rate=percent,
    )  # fmt: skip
    goal = "落实草原生态保护补助奖励政策，完成禁牧和草畜平衡任务，促进草原休养生息。"
    done = "禁牧420万亩、草畜平衡380万亩，人工种草5.7万亩，草原综合植被盖度达到45.8%。"
    s.row(("年度\n总体\n目标", 1, 2), ("年初设定目标", 4, 1), ("全年实际完成情况", 4, 1))
    s.row((goal, 4, 1), (done, 4, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("年度指标值", "target", 1),
        ("全年完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1), ("未完成原因和改进措施", "reason", 1)],
        side=("绩\n效\n指\n标", 1))  # fmt: skip
    score = total(rows, 9.7)
    s.row(("总分", 6, 1), 100, score, "")
    s.row(("说明", 1, 1), ("请在此处简要说明巡视、审计和财政监督中发现的问题及其所涉及的金额，如没有请填无。", 4, 1), ("无", 4, 1))  # fmt: skip
    form = reading("transfer", title, None, 2021, "农业农村部", "农业资源及生态保护补助资金", rows, total=score, funds=funds,
        others=[prose("年初设定目标", goal), prose("全年实际完成情况", done)])  # fmt: skip
    s.keep(
        "a13-转移支付草原", form, [], [NAMES, "地方主管部门可作为unit，故不列unit"], leave=("unit",)
    )


def a14() -> None:
    """County: running numbers, a row of column numbers, a hidden column of codes, a date as a date."""
    rows = items("""
        产出指标|数量指标|新建产业路|≥14公里|14.3公里|8|8||ZB0101
        ||扶持村集体合作社|≥9个|9个|7|7||ZB0102
        ||安装太阳能路灯|≥450盏|468盏|6|6||ZB0103
        |质量指标|工程验收合格率|100%|100%|8|8||ZB0201
        ||资产确权登记率|≥95%|95%|6|6||ZB0202
        |时效指标|项目完工时间|2023年12月15日前|2023年12月8日|7|7||ZB0301
        |成本指标|路灯单价|≤2600元/盏|2580元/盏|8|8||ZB0401
        效益指标|经济效益指标|村集体收入增长率|≥8%|7.6%|10|9.5|一个食用菌基地遭遇低温，产量减少，已购买特色农业保险|ZB0501
        |社会效益指标|受益脱贫人口|≥1860人|1905人|10|10||ZB0601
        |可持续影响指标|工程使用年限|≥10年|10年|10|10||ZB0701
        满意度指标|服务对象满意度指标|受益群众满意度|≥95%|96.8%|10|10||ZB0801
    """)
    title = "2023年度专项资金绩效目标自评表"
    s = Page("自评表")
    s.title(title, 10)
    s.row(("专项（项目）名称", 3, 1), ("财政衔接推进乡村振兴补助资金", 7, 1))
    s.row(("主管部门", 3, 1), ("秦陵县乡村振兴局", 3, 1), ("实施单位", 2, 1), ("秦陵县乡村振兴项目服务中心", 2, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额", 880, 905, 891.43, "98.50%", 10, 9.85),
         ("其中：中央衔接资金", 500, 500, 500, "100.00%", None, None),
         ("县级配套资金", 380, 405, 391.43, "96.65%", None, None)],
        [("资金类别", "name", 1), ("年初预算数", "initial", 1), ("全年预算数(A)", "budget", 1), ("全年执行数(B)", "executed", 1),
         ("分值", "weight", 1), ("执行率(B/A)", "rate", 1), ("得分", "score", 1)],
        side=("专项资金\n（万元）", 3), dash="-", rate=percent,
    )  # fmt: skip
    goal = "补齐脱贫村产业基础设施短板，扶持村集体合作社，促进脱贫人口持续增收。"
    done = "新建产业路14.3公里，扶持合作社9个，安装路灯468盏，受益脱贫人口1905人。"
    s.row(("年度总体目标", 3, 2), ("预期目标", 3, 1), ("实际完成情况", 4, 1))
    s.row((goal, 3, 1), (done, 4, 1))
    s.table(rows, [("序号", "number", 1), ("编码", "more0", 1), ("一级指标", "level1", 1), ("二级指标", "level2", 1),
        ("三级指标", "level3", 1), ("年度指标值", "target", 1), ("实际完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1),
        ("偏差原因及改进措施", "reason", 1)], before=(("栏次", "", "甲", "乙", "丙", "1", "2", "3", "4", "5"),),
        as_cell={"actual": lambda v: Shown(date(2023, 12, 8), 'yyyy"年"m"月"d"日"') if v == "2023年12月8日" else v})  # fmt: skip
    score = total(rows, 9.85)
    s.row(("总      分", 7, 1), 100, score, "")
    s.row()
    s.row(("填表人：", 5, 1), ("审核人：", 5, 1))
    form = reading("project", title, "秦陵县乡村振兴项目服务中心", 2023, "秦陵县乡村振兴局", "财政衔接推进乡村振兴补助资金", rows,
        total=score, funds=funds, others=[prose("预期目标", goal), prose("实际完成情况", done)])  # fmt: skip
    s.ws.column_dimensions["B"].hidden = True
    s.keep("a14-栏次隐藏列衔接", form, [], [NAMES, "栏次行不是指标；编码列隐藏"])


def a15() -> None:
    """City: points stand in the labels of level 2 alone and are shared by their rows."""
    rows = items("""
        产出指标|数量指标|新增城市绿地|≥8公顷|8.2公顷|5|5
        ||补植行道树|≥2400株|2304株|5|4.8|台风后苗源紧张，余量已安排春季补植
        ||养护公园数量|≥16个|16个|5|5
        |质量指标|苗木成活率|≥95%|96%|5|5
        ||绿地养护达标率|≥90%|93%|5|5
        ||病虫害防治率|≥90%|90%|5|5
        |时效指标|补植任务完成时间|11月底前|11月20日|5|5
        ||台风灾后清理时间|≤5天|4天|5|5
        |成本指标|绿地养护单价|≤7.2元/平方米|7元/平方米|5|5
        ||苗木采购单价|≤320元/株|315元/株|5|5
        效益指标|社会效益指标|口袋公园服务人口|≥3万人|3.1万人|10|10
        |生态效益指标|建成区绿化覆盖率|≥41%|41.3%|10|10
        |可持续影响指标|养护管理机制|长期有效|长期有效|10|10
        满意度指标|服务对象满意度指标|市民满意度|≥88%|90.2%|10|10
    """)
    points = {"产出指标": ("产出指标（50分）", 50), "效益指标": ("效益指标（30分）", 30), "满意度指标": ("满意度指标（10分）", 10)}  # fmt: skip
    second = {"数量指标": 15, "质量指标": 15, "时效指标": 10, "成本指标": 10, "社会效益指标": 10, "生态效益指标": 10,
              "可持续影响指标": 10, "服务对象满意度指标": 10}  # fmt: skip
    title = "琼湾市2022年度市本级项目支出绩效自评表"
    s = Page("园林绿化")
    s.title(title, 8)
    s.row("项目名称", ("城市园林绿化养护", 3, 1), "预算单位", ("琼湾市园林管理中心", 3, 1))
    s.row("主管部门", ("琼湾市住房和城乡建设局", 3, 1), "资金单位", ("万元", 3, 1))
    funds = s.money(
        [("年度资金总额", 690, 690, 655.5, "95%", 10, 9.5),
         ("其中：本级财政资金", 600, 600, 580, "96.67%", None, None),
         ("上级专项资金", 90, 90, 75.5, "83.89%", None, None)],
        [("", "name", 1), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年执行数", "executed", 1),
         ("分值", "weight", 1), ("执行率", "rate", 1), ("得分", "score", 1)],
        side=("资金执行情况（10分）", 1), dash="—",
    )  # fmt: skip
    goal = "做好全市公园和道路绿地日常养护，补植受台风损毁的行道树，改善人居环境。"
    done = "新增绿地8.2公顷，补植行道树2304株，养护公园16个，建成区绿化覆盖率41.3%。"
    s.row("年度总体目标", (goal, 7, 1))
    s.row("总体完成情况", (done, 7, 1))
    labels = {k: v[0] for k, v in points.items()} | {
        k: f"{k}\n（{v}分）" for k, v in second.items()
    }
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("年度指标值", "target", 1),
        ("全年完成值", "actual", 1), ("得分", "score", 1), ("未完成原因分析", "reason", 2)], labels=labels)  # fmt: skip
    score = total(rows, 9.5)
    s.row(("总分（100分）", 5, 1), score, ("", 2, 1))
    form = reading("project", title, "琼湾市园林管理中心", 2022, "琼湾市住房和城乡建设局", "城市园林绿化养护", rows, total=score,
        funds=funds, points=points, others=[prose("年度总体目标", goal), prose("总体完成情况", done)])  # fmt: skip
    s.keep("a15-分值在二级标签绿化", form, [], [NAMES, "权重由二级标签平均分摊"])


def a16() -> None:
    """County: farming machines. Seeded: an empty actual value, yet a score."""
    rows = items("""
        产出指标|数量指标|补贴机具台数|≥1250台|1312台|10|10
        ||报废更新老旧机具|≥180台|183台|5|5
        |质量指标|补贴对象核验合格率|100%|100%|10|10
        ||补贴信息公示率|100%||5|5
        |时效指标|补贴资金兑付时限|≤15个工作日|12个工作日|10|10
        |成本指标|单台补贴限额|≤5万元|5万元|10|10
        效益指标|经济效益指标|带动社会购机投入|≥6000万元|6280万元|10|10
        |社会效益指标|农作物耕种收综合机械化率|≥98%|98.2%|10|10
        |可持续影响指标|农机装备结构|持续优化|持续优化|10|10
        满意度指标|服务对象满意度指标|购机农户满意度|≥90%|92%|10|10
    """)
    title = "财政专项（项目）支出绩效自评表"
    s = Page("农机")
    s.title(title, 11)
    s.row(("所属年度：2023", 5, 1), ("", 3, 1), ("单位：万元", 3, 1))
    s.row(("项目基本信息", 2, 3), ("项目名称", 2, 1), ("农机购置与应用补贴", 7, 1))
    s.row(
        ("主管部门", 2, 1),
        ("北垦县农业农村局", 3, 1),
        ("实施单位", 1, 1),
        ("北垦县农机技术推广中心", 3, 1),
    )
    s.row(("项目期限", 2, 1), ("长期", 3, 1), ("支出方向", 1, 1), ("直接补贴到户", 3, 1))
    funds = s.money(
        [("年度资金总额", 2100, 2100, 2016, "96.00%", 10, 9.6),
         ("其中：中央农机补贴资金", 1800, 1800, 1800, "100.00%", None, None),
         ("省级农机补贴资金", 300, 300, 216, "72.00%", None, None)],
        [("资金名称", "name", 3), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年执行数", "executed", 1),
         ("执行率", "rate", 1), ("标准分值", "weight", 1), ("自评得分", "score", 1)],
        side=("预算执行", 2), dash="—",
    )  # fmt: skip
    goal = "实施农机购置与应用补贴政策，加快老旧农机报废更新，提升农业机械化水平。"
    done = "补贴机具1312台，报废更新183台，带动社会投入6280万元，综合机械化率98.2%。"
    s.row(("年 度\n目 标", 2, 2), ("年初目标", 4, 1), ("目标完成情况", 5, 1))
    s.row((goal, 4, 1), (done, 5, 1))
    s.table(rows, [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 2), ("年初目标值", "target", 1),
        ("全年实际完成值", "actual", 1), ("标准分值", "weight", 1), ("自评得分", "score", 1), ("未完成原因及改进措施", "reason", 1)],
        side=("绩效指标", 2), as_cell={"target": percent, "actual": percent})  # fmt: skip
    score = total(rows, 9.6)
    s.row(("合    计", 8, 1), 100, score, "")
    s.row(("注：执行率＝全年执行数/全年预算数×100%", 11, 1))
    form = reading("project", title, "北垦县农机技术推广中心", 2023, "北垦县农业农村局", "农机购置与应用补贴", rows, total=score,
        funds=funds, others=[prose("年初目标", goal), prose("目标完成情况", done)])  # fmt: skip
    row = "补贴信息公示率"
    seeded = [
        {
            "cell": s.where[(row, "actual")], "kind": "实际完成值空白却有得分",
            "also": [s.where[(row, "reason")]], "or": [s.where[(row, "score")]],
        }
    ]  # fmt: skip
    s.keep("a16-完成值空白农机", form, seeded, [NAMES])


def a17() -> None:
    """Prefecture: two header rows, measure beside the target, short names of level 1, a conclusion below."""
    rows = items("""
        产出|数量|培训护林员|≥300人|312|10|10||≥300|人|104%
        ||巡护公益林面积|≥86万亩|86|10|10||≥86|万亩|100%
        ||设置界碑界桩|≥520个|494|6|5.7|高山路段运输受阻，26个未能安装，次年5月补设|≥520|个|95%
        |质量|公益林管护合格率|≥95%|96.9|8|8||≥95|%|102%
        |时效|劳务报酬发放及时率|100%|100|8|8||100|%|100%
        |成本|护林员年均报酬|≤10000元|10000|8|8||≤10000|元|—
        效益|生态效益|森林火灾受害率|≤0.9‰|0|10|10||≤0.9|‰|—
        |社会效益|带动农牧民就业|≥300人|312|10|10||≥300|人|104%
        |可持续影响|管护体系|进一步完善|进一步完善|10|10||进一步完善||
        满意度|服务对象满意度|护林员满意度|≥92%|94.3|10|10||≥92|%|102.5%
    """)
    title = "自治区本级及地州项目支出绩效自评表"
    s = Page("公益林")
    s.row(("附件三", 11, 1))
    s.title(title, 11)
    s.row(("（2022年度）", 11, 1))
    s.row(("项目名称", 2, 1), ("森林生态效益补偿（公益林管护）", 9, 1))
    s.row(("主管部门", 2, 1), ("塔河地区林业和草原局", 4, 1), ("项目单位", 1, 1), ("塔河地区天然林保护中心", 4, 1))  # fmt: skip
    funds = s.money(
        [("年度资金总额：", 346.8, 346.8, 346.8, "100.00%", 10, 10),
         ("其中：财政拨款", 346.8, 346.8, 346.8, "100.00%", None, None),
         ("其他资金", 0, 0, 0, None, None, None)],
        [("", "name", 2), ("年初预算数", "initial", 1), ("全年预算数（A）", "budget", 1), ("全年执行数（B）", "executed", 2),
         ("分值（10分）", "weight", 1), ("执行率（B/A）", "rate", 1), ("得分", "score", 1)],
        side=("项目资金（万元）", 2), dash="—",
    )  # fmt: skip
    goal = "选聘护林员300人，对86万亩国家级公益林进行常态化管护，确保不发生重大森林火灾。"
    done = "选聘并培训护林员312人，86万亩公益林实现网格化管护，全年未发生森林火灾。"
    s.row(("年度总体目标", 1, 2), ("预期目标", 5, 1), ("实际完成情况", 5, 1))
    s.row((goal, 5, 1), (done, 5, 1))
    s.row(("绩效指标", 1, len(rows) + 2), ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("权重", 1, 2), ("年度指标", 2, 1),
        ("实际完成", 2, 1), ("得分", 1, 2), ("偏差原因分析及改进措施", 1, 2))  # fmt: skip
    s.row("目标值", "计量单位", "完成值", "完成率")
    s.table(rows, [("", "level1", 1), ("", "level2", 1), ("", "level3", 1), ("", "weight", 1), ("", "more0", 1), ("", "more1", 1),
        ("", "actual", 1), ("", "more2", 1), ("", "score", 1), ("", "reason", 1)], header=0,
        as_cell={"actual": lambda v: figure(v) if v[0].isdigit() else v})  # fmt: skip
    score = total(rows, 10)
    s.row(("总  分", 4, 1), 100, ("", 4, 1), score, "")
    s.row(("自评结论", 2, 1), ("优", 9, 1))
    form = reading("project", title, "塔河地区天然林保护中心", 2022, "塔河地区林业和草原局", "森林生态效益补偿（公益林管护）", rows,
        total=score, grade="优", funds=funds, others=[prose("预期目标", goal), prose("实际完成情况", done)])  # fmt: skip
    s.keep("a17-双层表头公益林", form, [], [NAMES, "目标值与计量单位合并成目标", "自评结论“优”即等级", "年度资金总额后的冒号可去"])  # fmt: skip


def a18() -> None:
    """District: a long table whose header is repeated after a page break."""
    rows = items("""
        产出指标|数量指标|改造老旧小区|≥12个|12个|3|3
        ||惠及居民户数|≥5600户|5724户|3|3
        ||加装电梯|≥30部|30部|3|3
        ||新增停车泊位|≥800个|824个|3|3
        ||改造雨污管网|≥18公里|18.4公里|3|3
        ||更新健身器材|≥90件|96件|3|3
        ||新增充电桩|≥150个|144个|3|2.88|一个小区配电容量不足，6个充电桩待增容后安装
        ||整修楼道|≥320个|325个|3|3
        |质量指标|工程竣工验收合格率|100%|100%|3|3
        ||材料进场检验率|100%|100%|3|3
        ||电梯检验合格率|100%|100%|3|3
        ||监理覆盖率|100%|100%|3|3
        ||返修完成率|≥98%|99%|3|3
        |时效指标|方案公示完成时间|3月底前|3月25日|3|3
        ||开工时间|5月10日前|5月6日|3|3
        ||主体完工时间|10月底前|10月28日|3|3
        ||投诉办结时限|≤3天|2天|3|3
        |成本指标|户均改造成本|≤2.2万元|2.15万元|3|3
        ||电梯单部补助|≤25万元|25万元|3|3
        ||建设管理费占比|≤2%|1.8%|3|3
        效益指标|经济效益指标|带动社会投资|≥1200万元|1260万元|2|2
        ||节约用能支出|≥60万元|63万元|2|2
        |社会效益指标|居住安全隐患整改率|100%|100%|2|2
        ||物业服务覆盖率|≥95%|95%|2|2
        ||吸纳临时就业|≥400人|436人|2|2
        |生态效益指标|新增绿化面积|≥1.1万平方米|1.15万平方米|3|3
        ||雨污分流小区占比|≥90%|91.7%|3|3
        |可持续影响指标|居民自治管理机制|建立并运行|建立并运行|2|2
        ||设施移交管护率|100%|100%|2|2
        满意度指标|服务对象满意度指标|居民满意度|≥90%|92.4%|5|5
        ||社区工作者满意度|≥90%|95%|5|5
    """)
    title = "苏塘区民生实事项目绩效自评表"
    s = Page("民生实事")
    s.title(title, 9)
    s.row(("2023年度", 9, 1))
    s.row(("实事项目名称", 2, 1), ("老旧小区综合改造", 3, 1), ("牵头部门", 2, 1), ("苏塘区住房和城乡建设局", 2, 1))  # fmt: skip
    s.row(
        ("实施主体", 2, 1),
        ("苏塘区城市更新服务中心", 3, 1),
        ("完成时限", 2, 1),
        ("2023年12月", 2, 1),
    )
    funds = s.money(
        [("年度资金总额", 12300, 12300, 11808, "96%", 10, 9.6),
         ("其中：区级财政资金", 9300, 9300, 8960, "96.34%", None, None),
         ("上级补助资金", 3000, 3000, 2848, "94.93%", None, None)],
        [("资金构成", "name", 2), ("年初预算数", "initial", 1), ("全年预算数", "budget", 1), ("全年执行数", "executed", 1),
         ("执行率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 1)],
        side=("资金安排\n与执行\n（万元）", 1), dash="—",
    )  # fmt: skip
    goal = "对12个老旧小区实施综合改造，完善管网、停车、绿化和无障碍设施，惠及居民5600户。"
    done = "12个小区改造全部完工，惠及居民5724户，加装电梯30部，新增停车泊位824个、充电桩144个。"
    s.row(("年度目标", 1, 2), ("目标内容", 4, 1), ("完成情况", 4, 1))
    s.row((goal, 4, 1), (done, 4, 1))
    columns = [("一级指标", "level1", 1), ("二级指标", "level2", 1), ("三级指标", "level3", 1), ("指标目标值", "target", 1),
        ("实际完成值", "actual", 1), ("分值", "weight", 1), ("得分", "score", 1), ("偏差原因及改进措施", "reason", 2)]  # fmt: skip
    cut = next(n for n, i in enumerate(rows) if i["level1"] == "效益指标")
    s.table(rows[:cut], columns)
    s.table(rows[cut:], columns)
    score = total(rows, 9.6)
    s.row(("总分", 5, 1), 100, score, ("", 2, 1))
    s.row(("填报人：周某　　审核人：徐某　　日期：2024年1月31日", 9, 1))
    form = reading("project", title, "苏塘区城市更新服务中心", 2023, "苏塘区住房和城乡建设局", "老旧小区综合改造", rows, total=score,
        funds=funds, others=[prose("目标内容", goal), prose("完成情况", done)])  # fmt: skip
    s.keep("a18-长表重复表头改造", form, [], [NAMES, "表头在换页处重复"])


if __name__ == "__main__":
    for make in (a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15, a16, a17, a18):  # fmt: skip
        make()
