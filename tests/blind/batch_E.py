"""Batch E of the blind forms: five layouts of bodies that draw their own, seven forms changed by hand.

python tests/blind/batch_E.py builds tests/blind/forms_E. Beside each value of a reading stands the cell it is in, and
after building, every workbook is read again and every value looked up there.
"""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from drawing import items
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

FOLDER = Path(__file__).parent / "forms_E"
LINE = Side(style="thin")
FUND = ("name", "initial", "budget", "executed", "rate", "weight", "score")
ITEM = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


class Form:
    """One form of a sheet, with what it says."""

    def __init__(self, ws: Any, **known: Any) -> None:
        self.ws = ws
        self.truth: dict[str, Any] = {"sheet": ws.title, **known}
        self.truth |= {"funds": [], "goals": [], "indicators": [], "unread": []}

    def put(self, row: int, column: int, value: Any, wide: int = 1, high: int = 1, *, left: bool = False, bold: bool = False) -> str:  # fmt: skip
        """Write one cell, merged where it is wide or high; "#95%" and "#3.5" are numbers. Its address."""
        value = None if value == "" else value
        cell = self.ws.cell(row, column)
        if isinstance(value, str) and value.startswith("#"):
            text = value[1:]
            if text.endswith("%"):
                places = len(text[:-1].partition(".")[2])
                cell.number_format = "0" + ("." + "0" * places if places else "") + "%"
                value = float(Decimal(text[:-1]) / 100)
            else:
                value = float(text) if "." in text else int(text)
        assert not (isinstance(value, str) and value.startswith("=")), value
        cell.value = value
        cell.alignment = Alignment(
            horizontal="left" if left else "center", vertical="center", wrap_text=True
        )
        cell.font = Font(name="宋体", bold=bold)
        for r in range(row, row + high):
            for c in range(column, column + wide):
                self.ws.cell(r, c).border = Border(LINE, LINE, LINE, LINE)
        if wide > 1 or high > 1:
            self.ws.merge_cells(
                start_row=row, start_column=column, end_row=row + high - 1, end_column=column + wide - 1
            )  # fmt: skip
        return cell.coordinate

    def line(self, row: int, *cells: Any, start: int = 1) -> list[str]:
        """A row of cells one after the other: a value or (value, columns, rows)."""
        column, at = start, []
        for cell in cells:
            value, wide, high = cell if isinstance(cell, tuple) else (cell, 1, 1)
            at.append(self.put(row, column, value, wide, high))
            column += wide
        return at

    def tell(self, key: str, value: Any, at: str) -> None:
        """Note a value of the form and its cell."""
        self.truth[key], self.truth[f"{key}_cell"] = value, at

    def fund(self, values: tuple[Any, ...], **at: str) -> None:
        """Note a row of funds."""
        self.truth["funds"].append(told(dict(zip(FUND, values, strict=True)), at))

    def item(self, goal: int | None, item: dict[str, Any], **at: str) -> None:
        """Note an indicator."""
        values = {k: item[k] for k in ITEM} | {
            k: item[k].lstrip("#") for k in ("target", "actual") if item[k]
        }
        self.truth["indicators"].append({"goal": goal, **told(values, at)})

    def goal(
        self, name: str, label: str, weight: float | None, score: float | None, at: str
    ) -> None:
        """Note a section."""
        number = len(self.truth["goals"]) + 1
        self.truth["goals"].append(
            {"goal": number, "name": name, "label": label, "label_cell": at, "weight": weight, "score": score}
        )  # fmt: skip


def told(values: dict[str, Any], at: dict[str, str]) -> dict[str, Any]:
    """Values, each with its cell."""
    return {n: v for k, x in values.items() for n, v in ((k, x), (f"{k}_cell", at.get(k)))}


def sections(rows: list[dict[str, Any]]) -> list[str]:
    """Names of level 1 in their order."""
    return list(dict.fromkeys(i["level1"] for i in rows))


def rate(budget: Any, executed: Any) -> Decimal:
    """Executed of budget, as a fraction with four decimals."""
    return (Decimal(str(executed)) / Decimal(str(budget))).quantize(
        Decimal("0.0001"), ROUND_HALF_UP
    )


def shown(fraction: Any, places: int = 2) -> str:
    """A fraction as a percentage in text."""
    return f"{Decimal(str(fraction)) * 100:.{places}f}%"


def save(name: str, book: Any, forms: list[Form], findings: Any = (), doubts: Any = ()) -> None:
    """Write the workbook and what it says."""
    for ws in book.worksheets:
        for column in range(1, ws.max_column + 1):
            ws.column_dimensions[get_column_letter(column)].width = 14
        ws.page_setup.orientation, ws.page_setup.fitToHeight = "landscape", 0
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    FOLDER.mkdir(exist_ok=True)
    book.save(FOLDER / f"{name}.xlsx")
    truth = {"forms": [f.truth for f in forms], "findings": list(findings), "doubts": list(doubts)}
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def start(sheet: str, **known: Any) -> tuple[Any, Form]:
    """A new workbook with one form."""
    book = Workbook()
    book.active.title = sheet
    return book, Form(book.active, **known)


BLANK = {
    "department": None, "project": None, "basic_expenditure": None, "project_expenditure": None,
    "claimed_grade": None, "deviation_reason": None, "improvement": None,
}  # fmt: skip


# Layout 1: a card for each indicator, two cards abreast


def cards(f: Form, top: int, words: tuple[str, ...], rows: list[dict[str, Any]]) -> int:
    """Cards of five lines, two abreast with an empty column between; the row after the last."""
    one, two, three, target, actual, weight, score, reason = words
    seen: list[str] = []
    for n, item in enumerate(rows):
        r, c = top + n // 2 * 6, 1 + n % 2 * 5
        _, b1, _, b2 = f.line(r, one, item["level1"], two, item["level2"], start=c)
        _, name = f.line(r + 1, three, (item["level3"], 3, 1), start=c)
        _, t, _, a = f.line(r + 2, target, item["target"], actual, item["actual"], start=c)
        _, w, _, s = f.line(r + 3, weight, item["weight"], score, item["score"], start=c)
        _, why = f.line(r + 4, reason, (item["reason"], 3, 1), start=c)
        if item["level1"] not in seen:
            seen.append(item["level1"])
            f.goal(item["level1"], item["level1"], None, None, b1)
        f.item(seen.index(item["level1"]) + 1, item, level1=b1, level2=b2, level3=name, target=t, actual=a, weight=w, score=s, reason=why)  # fmt: skip
    return top + (len(rows) + 1) // 2 * 6


def e01() -> None:
    rows = items("""
        产出指标|数量指标|新建标准厂房面积|≥3万平方米|3.1万平方米|10|10|
        ||配套道路长度|≥2.4公里|2.4公里|10|10|
        |质量指标|单体工程验收合格率|100%|100%|10|10|
        ||绿化苗木成活率|≥95%|96.2%|5|5|
        |时效指标|主体工程完工时间|2023年10月底前|2023年9月28日|10|10|
        |成本指标|每平方米造价|≤1800元|1765元|5|5|
        效益指标|经济效益指标|新引进企业数量|≥12家|10家|15|12.5|两家企业推迟到次年签约，已列入一季度招商清单
        |社会效益指标|带动就业人数|≥400人|418人|10|10|
        |可持续影响指标|园区管护机制|健全|健全|5|5|
        满意度指标|服务对象满意度指标|入园企业满意度|≥90%|93%|10|10|
    """)
    book, f = start("任务卡", **BLANK, kind="project", money_unit="万元")
    title = "青松产业园2023年度项目支出绩效自评任务卡"
    f.tell("title", title, f.put(1, 1, title, 9, bold=True))
    f.truth["year"] = 2023
    at = f.line(2, "项目名称", ("标准厂房二期及配套道路", 3, 1), ("", 1, 1), "主管部门", ("临海县工业和信息化局", 3, 1))  # fmt: skip
    f.tell("project", "标准厂房二期及配套道路", at[1])
    f.tell("department", "临海县工业和信息化局", at[4])
    at = f.line(3, "填报单位", ("青松产业园管理办公室", 3, 1), "", "金额单位", ("万元", 3, 1))
    f.tell("unit", "青松产业园管理办公室", at[1])
    f.truth["money_unit_cell"] = at[4]
    f.line(
        4, ("资金盘子", 2, 1), "年初安排", "调整后安排", "", "实际支用", "支用进度", "满分", "自评"
    )
    for r, values in enumerate(
        (
            ("总盘子", 2500, 2600, 2470, 0.95, 10, 9.5),
            ("其中：县级财政", 1500, 1600, 1600, 1, None, None),
            ("园区自筹", 1000, 1000, 870, 0.87, None, None),
        ),
        5,
    ):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, (name, 2, 1), first, budget, "", spent, shown(part, 0), weight or "—", score or "—")  # fmt: skip
        f.fund(values, name=at[0], initial=at[1], budget=at[2], executed=at[4], rate=at[5], weight=at[6], score=at[7])  # fmt: skip
    f.line(8, ("年度任务要求", 1, 1), ("建成二期厂房，打通园区南北干道，年内具备企业入驻条件。", 3, 1), "", "年末完成情况", ("厂房与干道均已交付，十家企业签订入驻协议。", 3, 1))  # fmt: skip
    words = ("所属大类", "所属小类", "任务名称", "应完成", "已完成", "满分", "自评", "差异说明")
    r = cards(f, 10, words, rows)
    at = f.line(r, ("任务卡合计得分", 2, 1), (97, 2, 1), "", "等级", ("优", 3, 1))
    f.tell("claimed_total", 97, at[1])
    f.tell("claimed_grade", "优", at[4])
    f.put(r + 1, 1, "填卡人：陆青　　　　审核：施远　　　　2024年2月26日", 9, left=True)
    save("e01-园区任务卡", book, [f], (), ["总盘子两侧的空列只作分隔"])


def e02() -> None:
    rows = items("""
        办成的事|数量|资助困难家庭|≥260户|265户|10|10|
        ||发放种苗|≥18000株|18600株|10|10|
        ||举办种养培训|≥24场|21场|8|7|七月连续降雨，三场改为入户指导
        |质量|种苗成活率|≥90%|92%|8|8|
        |进度|资助款发放完成时间|2022年6月30日前|2022年6月12日|8|8|
        |花费|户均资助额|≤3000元|2950元|6|6|
        带来的变化|收入变化|受助户户均增收|≥2000元|2140元|10|10|
        |生活变化|受助户返贫户数|0户|0户|10|10|
        |长远变化|产业带头人培养|≥30人|33人|10|10|
        大家的评价|受助人评价|受助户满意度|≥95%|97.4%|6|6|
        |捐赠人评价|捐赠人满意度|≥90%|94%|4|4|
    """)
    book, f = start("成效卡片", **BLANK, money_unit="元")
    f.put(1, 1, "附件6", 2, left=True)
    title = "石泉乡村帮扶基金 2022年度\n资助项目绩效自评卡"
    f.tell("title", title, f.put(2, 1, title, 9, bold=True))
    f.truth["year"] = 2022
    f.truth["kind"] = "project"
    at = f.line(
        3, "自 评 总 分", 97.9, "档 次", "优", "", "填卡单位", ("石泉乡村帮扶基金会秘书处", 3, 1)
    )
    f.tell("claimed_total", 97.9, at[1])
    f.tell("claimed_grade", "优", at[3])
    f.tell("unit", "石泉乡村帮扶基金会秘书处", at[6])
    at = f.line(4, "项目名称", ("“一户一园”帮扶", 3, 1), "", "主管部门", ("石泉县农业农村局", 3, 1))
    f.tell("project", "“一户一园”帮扶", at[1])
    f.tell("department", "石泉县农业农村局", at[4])
    f.line(5, "善款去向（元）", "年初打算", "调整后打算", "花出去", "", "花出去的比例", "值几分", ("打几分", 2, 1))  # fmt: skip
    for r, values in enumerate(
        (
            ("善款总额", 1200000, 1250000, 1112500, 0.89, 10, 8.9),
            ("财政补助", 400000, 400000, 400000, 1, None, None),
            ("社会捐赠", 800000, 850000, 712500, 0.8382, None, None),
        ),
        6,
    ):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, name, f"{first:,}", f"{budget:,}", f"{spent:,}", "", "#" + shown(part), weight or "/", (score or "/", 2, 1))  # fmt: skip
        f.fund(values, name=at[0], initial=at[1], budget=at[2], executed=at[3], rate=at[5], weight=at[6], score=at[7])  # fmt: skip
    words = ("归口", "分类", "事项", "年初说好的", "年底做到的", "这项值几分", "自己打几分", "没做到的缘由")  # fmt: skip
    r = cards(f, 10, words, rows)
    f.put(r, 1, "说明：每张卡片记一件事；“打几分”不超过“值几分”。", 9, left=True)
    save("e02-帮扶基金卡片", book, [f], (), ["总分与档次在表头"])


# Layout 2: the table lies on its side: an indicator is a column


def bands(f: Form, top: int, words: tuple[str, ...], groups: list[list[dict[str, Any]]], labels: dict[str, str]) -> int:  # fmt: skip
    """Bands of eight rows, the words at the left and an indicator in each column; the row after the last."""
    seen: list[str] = []
    for rows in groups:
        for i, word in enumerate(words):
            f.put(top + i, 1, word, bold=True)
        one = two = ""
        for n, item in enumerate(rows):
            c = n + 2
            if n == 0 or item["level1"] != rows[n - 1]["level1"]:
                wide = sum(i["level1"] == item["level1"] for i in rows[n:])
                label = labels.get(item["level1"], item["level1"])
                one = f.put(top, c, label, wide)
                if item["level1"] not in seen:
                    seen.append(item["level1"])
                    points = sum(i["weight"] for g in groups for i in g if i["level1"] == item["level1"])  # fmt: skip
                    f.goal(item["level1"], label, points if label in labels.values() else None, None, one)  # fmt: skip
            if n == 0 or item["level2"] != rows[n - 1]["level2"]:
                wide = sum(i["level2"] == item["level2"] for i in rows[n:])
                two = f.put(top + 1, c, item["level2"], wide)
            keys = ("level3", "target", "actual", "weight", "score", "reason")
            at = {k: f.put(top + 2 + i, c, item[k]) for i, k in enumerate(keys)}
            f.item(seen.index(item["level1"]) + 1, item, level1=one, level2=two, **at)
        top += len(words) + 1
    return top


def lying(f: Form, top: int, words: tuple[str, ...], funds: Any) -> int:
    """Funds on their side: a source is a column."""
    for i, word in enumerate(words):
        f.put(top + i, 1, word)
    for c, values in enumerate(funds, 2):
        name, first, budget, spent, part, weight, score = values
        column = (name, first, budget, spent, shown(part), weight or "－", score or "－")
        at = [f.put(top + i, c, v) for i, v in enumerate(column)]
        f.fund(values, **dict(zip(FUND, at, strict=True)))
    return top + len(words)


def e03() -> None:
    groups = [
        items("""
        产出指标|数量指标|改造老旧管网|≥46公里|46.5公里|10|10|
        ||更换智能水表|≥12000只|11400只|10|9.5|两个小区用户长期不在家，改约次年一季度更换
        |质量指标|出厂水水质合格率|100%|100%|10|10|
        ||管网压力合格率|≥97%|98.3%|8|8|
        |时效指标|抢修到场时间|≤60分钟|48分钟|7|7|
        |成本指标|每公里改造费用|≤42万元|40.8万元|5|5|
        """),
        items("""
        效益指标|经济效益指标|管网漏损下降|≥2个百分点|2.3个百分点|10|10|
        |社会效益指标|新增受益居民|≥9000户|9260户|10|10|
        |生态效益指标|年节约原水|≥80万吨|84万吨|10|10|
        满意度指标|服务对象满意度指标|用户满意度|≥92%|95.1%|10|10|
        """),
    ]
    book, f = start("管网", **BLANK, kind="project", money_unit="万元")
    title = "云溪水务有限公司2023年度供水管网改造项目绩效自评一览"
    f.tell("title", title, f.put(1, 1, title, 7, bold=True))
    f.truth["year"] = 2023
    at = f.line(2, "项目名称", ("城区供水管网改造", 2, 1), "主管部门", ("云溪市水务局", 3, 1))
    f.tell("project", "城区供水管网改造", at[1])
    f.tell("department", "云溪市水务局", at[3])
    at = f.line(3, "项目单位", ("云溪水务有限公司", 2, 1), "联系电话", ("0000-6612345", 3, 1))
    f.tell("unit", "云溪水务有限公司", at[1])
    f.put(4, 1, "资金（单位：万元）", 7, left=True)
    f.truth["money_unit_cell"] = "A4"
    words = ("资金来源", "年初计划", "全年计划", "全年支付", "支付进度", "标准分", "自评分")
    funds = (
        ("资金合计", 2200, 2200, 2112, 0.96, 10, 9.6),
        ("财政拨款", 1400, 1400, 1400, 1, None, None),
        ("公司自有资金", 800, 800, 712, 0.89, None, None),
    )
    r = lying(f, 5, words, funds)
    f.put(r, 1, "年度目标", bold=True)
    f.put(r, 2, "完成城区管网改造，漏损率明显下降，供水安全可靠。", 6, left=True)
    words = ("大类", "小类", "指标名称", "计划值", "完成值", "标准分", "自评分", "未完成原因")
    r = bands(f, r + 2, words, groups, {})
    at = f.line(r, "总得分", (99.1, 2, 1), "评价等级", ("优", 3, 1))
    f.tell("claimed_total", 99.1, at[1])
    f.tell("claimed_grade", "优", at[3])
    f.put(r + 1, 1, "制表：生产技术部　　复核：财务部　　2024-01-18", 7, left=True)
    save("e03-水务横排", book, [f])


def e04() -> None:
    groups = [
        items("""
        产出指标|数量指标|承保水稻面积|≥35万亩|36.2万亩|10|10|
        ||承保生猪数量|≥22万头|19.8万头|10|9|两家规模猪场停养，已转为动员散户投保
        ||开展查勘|≥900次|940次|10|10|
        |质量指标|定损准确率|≥98%|98.6%|10|10|
        |时效指标|赔款到账天数|≤10天|8天|10|10|
        """),
        items("""
        效益指标|经济效益指标|简单赔付率|≥60%|66%|10|10|
        |社会效益指标|受益农户|≥4.5万户|4.62万户|10|10|
        |可持续影响指标|投保农户续保率|≥85%|87%|10|10|
        满意度指标|服务对象满意度指标|投保农户满意度|≥90%|91%|10|10|
        """),
    ]
    labels = {"产出指标": "产出指标\n（５０分）", "效益指标": "效益指标\n（３０分）", "满意度指标": "满意度指标\n（１０分）"}  # fmt: skip
    book, f = start("农险", **BLANK, kind="project", money_unit="万元")
    title = "2021年度政策性农业保险保费补贴项目绩效自评表（横式）"
    f.tell("title", title, f.put(1, 1, title, 6, bold=True))
    f.truth["year"] = 2021
    at = f.put(2, 1, "承办机构：金穗农业保险股份有限公司平原支公司", 3, left=True)
    f.tell("unit", "金穗农业保险股份有限公司平原支公司", at)
    at = f.put(2, 4, "金额单位：万元", 3, left=True)
    f.truth["money_unit_cell"] = at
    at = f.put(3, 1, "项目名称：政策性农业保险保费补贴", 3, left=True)
    f.tell("project", "政策性农业保险保费补贴", at)
    f.tell("department", "平原县财政局", f.put(3, 4, "主管部门：平原县财政局", 3, left=True))
    words = ("保费来源", "年初核定", "调整后核定", "实际拨付", "拨付比例", "满分", "得分")
    funds = (
        ("保费补贴合计", 3200, 3400, 3298, 0.97, 10, 9.7),
        ("其中：上级补贴", 2400, 2500, 2500, 1, None, None),
        ("县级补贴", 800, 900, 798, 0.8867, None, None),
    )
    r = lying(f, 5, words, funds)
    words = ("一级", "二级", "考核点", "年初约定", "年末达到", "满分", "得分", "差距原因及打算")
    r = bands(f, r + 1, words, groups, labels)
    at = f.line(r, "合 计 得 分", (99.7, 2, 1), "等 次", ("优", 2, 1))
    f.tell("claimed_total", 99.7, at[1])
    f.tell("claimed_grade", "优", at[3])
    f.put(r + 1, 1, "经办人：何穗　　　支公司负责人：　　　　（盖章）", 6, left=True)
    findings = [{"cell": at[1], "kind": "总分不等于各部分之和（应为98.70）", "also": [], "or": []}]
    save("e04-农险横式", book, [f], findings, ["分值只在一级标签与满分行"])


# Layout 3: points first, levels as bars at the right edge, totals on top


def bars(f: Form, top: int, head: tuple[str, ...], rows: list[dict[str, Any]], labels: dict[str, str], *, text: bool = False) -> int:  # fmt: skip
    """Points, score, number, name, target, actual, remark, level 2, level 1 written downwards."""
    f.line(top, *head)
    seen: list[str] = []
    one = two = ""
    for n, item in enumerate(rows):
        r = top + 1 + n
        if item["high1"]:
            label = labels.get(item["level1"], item["level1"])
            one = f.put(r, 9, "\n".join(label) if len(label) < 8 else label, 1, item["high1"])
            seen.append(item["level1"])
            points = sum(i["weight"] for i in rows if i["level1"] == item["level1"])
            f.goal(item["level1"], label, points if item["level1"] in labels else None, None, one)
        if item["high2"]:
            two = f.put(r, 8, item["level2"], 1, item["high2"])
        points = [str(item[k]).translate(WIDE) if text else item[k] for k in ("weight", "score")]
        w, s, _, name, t, a, why = f.line(
            r, *points, n + 1, *(item[k] for k in ("level3", "target", "actual", "reason"))
        )
        f.item(len(seen), item, level1=one, level2=two, level3=name, target=t, actual=a, weight=w, score=s, reason=why)  # fmt: skip
    return top + 1 + len(rows)


def e05() -> None:
    rows = items("""
        产出指标|数量指标|全年开放天数|≥305天|309天|5|5|
        ||举办临时展览|≥8个|8个|10|10|
        ||修复馆藏文物|≥60件|54件|10|9|纸质文物修复师借调半年，已补招一人
        ||数字化采集藏品|≥1500件|1580件|5|5|
        |质量指标|修复方案评审通过率|100%|100%|10|10|
        |时效指标|新展按期开幕率|100%|100%|5|5|
        |成本指标|单个临展平均支出|≤35万元|33.6万元|5|5|
        效益指标|社会效益指标|接待观众|≥42万人次|45.3万人次|10|10|
        ||未成年人研学活动|≥120场|126场|10|10|
        |可持续影响指标|藏品预防性保护制度|建立|建立|10|10|
        满意度指标|服务对象满意度指标|观众满意度|≥９２％|９５％|10|10|
    """)
    book, f = start("博物馆", **BLANK, kind="project", money_unit="万元")
    title = "鹿鸣市博物馆免费开放项目绩效自评表"
    f.put(1, 1, "附表3-2", 2, left=True)
    f.tell("title", title, f.put(2, 1, title, 9, bold=True))
    at = f.put(3, 1, "（2022年度）", 9)
    f.tell("year", 2022, at)
    at = f.line(
        4, ("本馆自评总得分", 2, 1), 98.2, "评定档次", "优", ("其中：用钱得分", 2, 1), (9.2, 2, 1)
    )
    f.tell("claimed_total", 98.2, at[1])
    f.tell("claimed_grade", "优", at[3])
    at = f.line(5, ("项目名称", 2, 1), ("博物馆免费开放", 3, 1), "主管部门", ("鹿鸣市文化和旅游局", 3, 1))  # fmt: skip
    f.tell("project", "博物馆免费开放", at[1])
    f.tell("department", "鹿鸣市文化和旅游局", at[3])
    at = f.line(6, ("实施单位", 2, 1), ("鹿鸣市博物馆", 3, 1), "填表日期", ("2023年3月8日", 3, 1))
    f.tell("unit", "鹿鸣市博物馆", at[1])
    f.line(7, "满分", "自评", ("经费来源（万元）", 2, 1), "年初批复", "全年批复", "全年用去", ("用去比例", 2, 1))  # fmt: skip
    for r, values in enumerate(
        (
            ("经费总额", 480, 500, 460, 0.92, 10, 9.2),
            ("其中：财政拨款", 450, 470, 440, 0.9362, None, None),
            ("其他资金", 30, 30, 20, 0.6667, None, None),
        ),
        8,
    ):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, weight or "-", score or "-", (name, 2, 1), first, budget, spent, ("#" + shown(part), 2, 1))  # fmt: skip
        f.fund(values, weight=at[0], score=at[1], name=at[2], initial=at[3], budget=at[4], executed=at[5], rate=at[6])  # fmt: skip
    head = ("满分", "自评", "序", "考核事项", "应达到", "已达到", "未达到的原因", "小类", "大类")
    r = bars(f, 11, head, rows, {})
    f.put(r, 1, "注：大类、小类写在右边，便于装订。", 9, left=True)
    save("e05-博物馆右栏", book, [f])


def e06() -> None:
    rows = items("""
        办赛育人|场次规模|举办市级以上赛事|≥16场|16场|6|6|
        ||青少年注册运动员|≥2600人|1820人|8|5.6|两所体校搬迁停招半年，次年恢复招生
        ||新建健身步道|≥30公里|24公里|8|6.4|两段河堤步道等待水利审批，预计次年五月完工
        ||社会体育指导员培训|≥800人次|824人次|4|4|
        ||国民体质监测|≥5000人|4500人|4|3.6|监测车检修一个月，少测两个乡镇
        |完成质量|赛事安全事故|0起|0起|6|6|
        ||运动员文化课合格率|≥95%|96.5%|5|5|
        |完成进度|省运会参赛准备|2023年8月底前|2023年8月10日|5|5|
        |花费控制|单场赛事支出|≤20万元|19.4万元|4|4|
        群众获益|参与面|经常参加锻炼人数比例|≥40%|34%|12|10.2|场馆改造期间锻炼人数下降
        ||公共场馆接待|≥90万人次|96万人次|5|5|
        |场地共享|学校体育场地开放率|≥70%|56%|8|6.4|十一所学校未装隔离围网，次年补装后开放
        |长效机制|公共场馆低免开放机制|基本健全|基本健全|5|5|
        社会口碑|群众评价|健身群众满意度|≥90%|92.7%|6|6|
        |运动员评价|运动员满意度|≥90%|91%|4|4|
    """)
    book, f = start("Sheet1", **BLANK, kind="department", money_unit="万元")
    title = "2023年度白桦市体育局部门整体支出绩效自评表"
    f.tell("title", title, f.put(1, 1, title, 9, bold=True))
    f.truth["year"] = 2023
    at = f.put(2, 1, "填报单位（公章）：白桦市体育局", 5, left=True)
    f.tell("unit", "白桦市体育局", at)
    f.truth["money_unit_cell"] = f.put(2, 6, "单位：万元", 4)
    at = f.line(
        3, ("全 年 总 得 分", 2, 1), ("８９.４０", 2, 1), ("自 定 等 级", 2, 1), ("良", 3, 1)
    )
    f.tell("claimed_total", 89.4, at[1])
    f.tell("claimed_grade", "良", at[3])
    f.line(4, "分数", "得分", ("钱款", 2, 1), "年初数", "调整后数", "支出数", ("完成率", 2, 1))
    for r, values in enumerate(
        (
            ("整体支出", 5200, 5400, 3888, 0.72, 10, 7.2),
            ("基本支出", 2000, 2100, 2100, 1, None, None),
            ("项目支出", 3200, 3300, 1788, 0.5418, None, None),
        ),
        5,
    ):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, weight, score, (name, 2, 1), first, budget, spent, (shown(part), 2, 1))
        f.fund(values, weight=at[0], score=at[1], name=at[2], initial=at[3], budget=at[4], executed=at[5], rate=at[6])  # fmt: skip
    del f.truth["basic_expenditure"], f.truth["project_expenditure"]
    f.line(8, ("年初想做的", 2, 1), ("办好赛事，抓好训练，让市民就近健身。", 7, 1))
    f.line(9, ("年底做成的", 2, 1), ("赛事如期举行，步道少建六公里，场馆改造未付款较多。", 7, 1))
    head = ("分数", "得分", "序号", "考核点", "目标", "结果", "未完成说明", "分项", "板块")
    labels = {"办赛育人": "办赛育人（50分）", "群众获益": "群众获益（30分）", "社会口碑": "社会口碑（10分）"}  # fmt: skip
    r = bars(f, 10, head, rows, labels, text=True)
    f.put(r, 1, "局长签字：　　　　　　分管领导：　　　　　　财务科：", 9, left=True)
    save(
        "e06-体育局右栏",
        book,
        [f],
        (),
        ["基本支出、项目支出既是资金行，也可能算作表头金额，故未列该两项"],
    )


# Layout 4: what was agreed and what came of it stand side by side, with an empty column between


def halves(f: Form, top: int, left: tuple[str, ...], right: tuple[str, ...], rows: list[dict[str, Any]], labels: dict[str, str]) -> int:  # fmt: skip
    """Levels, name, target, points at the left; name again, actual, score, reason at the right."""
    f.line(top, *left)
    f.line(top, *right, start=7)
    seen: list[str] = []
    one = two = ""
    for n, item in enumerate(rows):
        r = top + 1 + n
        if item["high1"]:
            label = labels.get(item["level1"], item["level1"])
            one = f.put(r, 1, label, 1, item["high1"])
            seen.append(item["level1"])
            points = sum(i["weight"] for i in rows if i["level1"] == item["level1"])
            f.goal(item["level1"], label, points if item["level1"] in labels else None, None, one)
        if item["high2"]:
            two = f.put(r, 2, item["level2"], 1, item["high2"])
        name, t, w = f.line(r, item["level3"], item["target"], item["weight"], start=3)
        _, a, s, why = f.line(r, item["level3"], item["actual"], item["score"], item["reason"], start=7)  # fmt: skip
        f.item(len(seen), item, level1=one, level2=two, level3=name, target=t, actual=a, weight=w, score=s, reason=why)  # fmt: skip
    return top + 1 + len(rows)


def e07() -> None:
    rows = items("""
        产出指标|数量指标|资助青年项目|≥80项|84项|8|8|
        ||资助重点项目|≥12项|12项|8|8|
        ||发表学术论文|≥200篇|213篇|6|6|
        ||申请发明专利|≥40件|34件|8|6.8|六件仍在代理机构撰写，次年三月前提交
        |质量指标|结题验收通过率|≥90%|94%|8|8|
        |时效指标|经费拨付时间|2022年7月底前|2022年7月15日|6|6|
        |成本指标|评审费用|≤60万元|58.2万元|6|6|
        效益指标|经济效益指标|成果转化合同额|≥1500万元|1620万元|10|10|
        |社会效益指标|培养研究生|≥150人|158人|10|10|
        |可持续影响指标|科研诚信管理机制|完善|完善|10|10|
        满意度指标|服务对象满意度指标|项目负责人满意度|≥90%|96%|10|10|
    """)
    book, f = start("基金", **BLANK, kind="project", money_unit="万元")
    title = "2022年度澄江区自然科学基金项目绩效自评对照表"
    f.tell("title", title, f.put(1, 1, title, 10, bold=True))
    f.truth["year"] = 2022
    at = f.line(2, "项目名称", ("区自然科学基金", 2, 1), "主管部门", "澄江区科学技术局", "", "执行单位", ("澄江区科技发展中心", 3, 1))  # fmt: skip
    f.tell("project", "区自然科学基金", at[1])
    f.tell("department", "澄江区科学技术局", at[3])
    f.tell("unit", "澄江区科技发展中心", at[6])
    f.put(3, 1, "左：任务书约定", 5, bold=True)
    f.put(3, 7, "右：实际结果", 4, bold=True)
    f.line(4, ("经费（万元）", 2, 1), "年初批准", "最终批准", "分数")
    f.line(4, "决算支出", "支出进度", "得分", "未用完说明", start=7)
    funds = (
        ("经费总额", 1800, 1800, 1674, 0.93, 10, 9.3),
        ("其中：区级财政", 1500, 1500, 1500, 1, None, None),
        ("依托单位配套", 300, 300, 174, 0.58, None, None),
    )
    for r, values in enumerate(funds, 5):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, (name, 2, 1), first, budget, weight or "*")
        more = f.line(r, spent, shown(part, 0), score or "*", "配套经费按进度拨付，余额次年支出" if r == 7 else None, start=7)  # fmt: skip
        f.fund(values, name=at[0], initial=at[1], budget=at[2], weight=at[3], executed=more[0], rate=more[1], score=more[2])  # fmt: skip
    left = ("一级", "二级", "考核内容", "约定数", "分数")
    right = ("考核内容", "结题数", "得分", "未达约定的原因")
    r = halves(f, 9, left, right, rows, {})
    at = f.line(r, ("分数合计", 4, 1), 100)
    at = f.line(r, ("得分合计", 2, 1), 98.1, "优", start=7)
    f.tell("claimed_total", 98.1, at[1])
    f.tell("claimed_grade", "优", at[2])
    f.put(r + 1, 1, "填报人：沈知微　　　　联系电话：000-5557788", 10, left=True)
    save("e07-科研基金对照", book, [f], (), ["等级“优”紧跟在得分合计之后，没有标签"])


def e08() -> None:
    rows = items("""
        育人产出|规模|新增实训工位|≥240个|252个|10|10|
        ||开发活页教材|≥18本|18本|8|8|
        ||双师型教师培训|≥90人次|96人次|8|8|
        |成色|实训设备完好率|≥97%|97.8%|8|8|
        ||技能等级证书取得率|≥85%|78.2%|8|8|
        |工期|实训楼改造完工|2023年8月20日前|2023年8月12日|8|8|
        育人成效|就业|毕业生就业率|≥95%|96.4%|12|12|
        |服务地方|企业职工培训|≥3000人次|2760人次|10|9.2|第四季度两家企业停工检修
        |品牌|技能大赛省级奖项|≥10项|11项|8|8|
        师生口碑|学生|在校生满意度|≥90%|93.5%|5|5|
        |企业|用人单位满意度|≥90%|95%|5|5|
    """)
    labels = {
        "育人产出": "育人产出\n50分",
        "育人成效": "育人成效\n30分",
        "师生口碑": "师生口碑\n10分",
    }
    book, f = start("实训", **BLANK, kind="project", money_unit="万元")
    f.put(1, 1, "附件2：", 2, left=True)
    title = "柳湾职业技术学院二〇二三年度专项资金绩效自评表"
    f.tell("title", title, f.put(2, 1, title, 10, bold=True))
    f.truth["year"] = 2023
    at = f.line(3, "项目名称", ("实训基地提质", 4, 1), "", "项目单位", ("柳湾职业技术学院", 3, 1))
    f.tell("project", "实训基地提质", at[1])
    f.tell("unit", "柳湾职业技术学院", at[4])
    at = f.line(4, "主管部门", ("柳湾市教育局", 4, 1), "", "填报日期", (date(2024, 3, 5), 3, 1))
    f.tell("department", "柳湾市教育局", at[1])
    f.put(5, 1, "甲、年初定下的", 5, bold=True)
    f.put(5, 7, "乙、年末交出的", 4, bold=True)
    f.line(6, ("款项\n（单位：万元）", 2, 1), "年初额度", "调整后额度", "满分")
    f.line(6, "实际开支", "开支率", "自评得分", "备注", start=7)
    funds = (
        ("款项合计", 900, 960, 912, 0.95, 10, 9.5),
        ("财政专项", 700, 760, 760, 1, None, None),
        ("学院自筹", 200, 200, 152, 0.76, None, None),
    )
    for r, values in enumerate(funds, 7):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, (name, 2, 1), first, budget, weight or "—")
        more = f.line(r, spent, "#" + shown(part, 0), score or "—", None, start=7)
        f.fund(values, name=at[0], initial=at[1], budget=at[2], weight=at[3], executed=more[0], rate=more[1], score=more[2])  # fmt: skip
    left = ("板块", "方面", "要点", "定下的数", "满分")
    right = ("要点", "交出的数", "自评得分", "差在哪里")
    r = halves(f, 11, left, right, rows, labels)
    at = f.line(r, ("自评得分总计", 2, 1), 98.7, "", start=7)
    f.tell("claimed_total", 98.7, at[1])
    f.put(r, 1, "满分总计：100", 5)
    f.put(r + 1, 1, "注：甲、乙两栏同一行对应同一要点。", 10, left=True)
    seed = f.truth["indicators"][4]
    findings = [{"cell": seed["score_cell"], "kind": "未达目标仍得满分（78.2%对≥85%，应为7.36）", "also": [seed["reason_cell"]], "or": []}]  # fmt: skip
    save("e08-职院甲乙栏", book, [f], findings)


# Layout 5: two rows for each indicator, what was planned over what was done


def pairs(f: Form, top: int, head: tuple[str, ...], words: tuple[str, str], rows: list[dict[str, Any]], labels: dict[str, str]) -> int:  # fmt: skip
    """Levels and name merged over two rows; in the first the target and points, in the second the actual and score."""
    f.line(top, *head)
    seen: list[str] = []
    one = two = ""
    for n, item in enumerate(rows):
        r = top + 1 + 2 * n
        if item["high1"]:
            label = labels.get(item["level1"], item["level1"])
            one = f.put(r, 1, label, 1, 2 * item["high1"])
            seen.append(item["level1"])
            points = sum(i["weight"] for i in rows if i["level1"] == item["level1"])
            f.goal(item["level1"], label, points if item["level1"] in labels else None, None, one)
        if item["high2"]:
            two = f.put(r, 2, item["level2"], 1, 2 * item["high2"])
        name = f.put(r, 3, item["level3"], 1, 2)
        _, t, w = f.line(r, words[0], item["target"], item["weight"], start=4)
        _, a, s = f.line(r + 1, words[1], item["actual"], item["score"], start=4)
        why = f.put(r, 7, item["reason"], 1, 2)
        f.item(len(seen), item, level1=one, level2=two, level3=name, target=t, actual=a, weight=w, score=s, reason=why)  # fmt: skip
    return top + 1 + 2 * len(rows)


def e09() -> None:
    rows = items("""
        产出指标|数量指标|日常养护里程|≥386公里|386公里|10|10|
        ||修补坑槽面积|≥12000平方米|12640平方米|10|10|
        ||清疏边沟|≥150公里|141公里|10|9.4|十二月路面结冰停工，余下边沟开春后补清
        |质量指标|优良路率|≥82%|84.6%|10|10|
        |时效指标|汛期抢通用时|≤12小时|9小时|5|5|
        |成本指标|每公里养护费用|≤2.6万元|2.54万元|5|5|
        效益指标|社会效益指标|受益行政村|≥120个|123个|10|10|
        |生态效益指标|旧料循环利用率|≥75%|78%|10|10|
        |可持续影响指标|养护巡查制度|执行到位|执行到位|10|10|
        满意度指标|服务对象满意度指标|沿线群众满意度|≥88%|90%|10|10|
    """)
    book, f = start("养护", **BLANK, kind="project", money_unit="万元")
    title = "东岭公路养护有限公司\n农村公路养护项目绩效自评表（2023年度）"
    f.tell("title", title, f.put(1, 1, title, 7, bold=True))
    f.truth["year"] = 2023
    at = f.line(2, "项目名称", ("农村公路日常养护", 2, 1), "主管部门", ("东岭县交通运输局", 3, 1))
    f.tell("project", "农村公路日常养护", at[1])
    f.tell("department", "东岭县交通运输局", at[3])
    at = f.line(3, "承担单位", ("东岭公路养护有限公司", 2, 1), "合同编号", ("DLYH-2023-07", 3, 1))
    f.tell("unit", "东岭公路养护有限公司", at[1])
    f.line(4, ("养护资金（万元）", 3, 1), "计划／实际", "金额", "分数", "执行率")
    for n, values in enumerate(
        (
            ("资金总额", None, 1000, 985, 0.985, 10, 9.85),
            ("县财政资金", None, 700, 700, 1, None, None),
            ("公司垫付资金", None, 300, 285, 0.95, None, None),
        )
    ):
        name, _, budget, spent, part, weight, score = values
        r = 5 + 2 * n
        label = f.put(r, 1, name, 3, 2)
        _, b, w = f.line(r, "计划", budget, weight or "—", start=4)
        _, e, s = f.line(r + 1, "实际", spent, score or "—", start=4)
        q = f.put(r, 7, "#" + shown(part, 1), 1, 2)
        f.fund(values, name=label, budget=b, executed=e, rate=q, weight=w, score=s)
    head = ("一级指标", "二级指标", "养护事项", "计划／实际", "数值", "分数", "偏差说明")
    r = pairs(f, 12, head, ("计划", "实际"), rows, {})
    at = f.line(r, ("总 分", 3, 2), "计划", "", 100)
    at = f.line(r + 1, "实际", "", 99.25, start=4)
    f.tell("claimed_total", 99.25, at[2])
    f.put(r, 7, "优", 1, 2)
    f.tell("claimed_grade", "优", f"G{r}")
    f.put(r + 3, 1, "说明：“计划”行的分数是该事项的满分，“实际”行的分数是自评得分。", 7, left=True)
    save("e09-养护两行式", book, [f])


def e10() -> None:
    rows = items("""
        服务产出|服务数量|运营护理床位|≥320张|320张|10|10|
        ||上门助浴|≥2400人次|2496人次|10|10|
        ||助餐服务|≥9万份|9.6万份|8|8|
        |服务质量|护理员持证率|≥90%|94%|8|8|
        ||跌倒不良事件发生率|≤3%|2.1%|6|6|
        |服务时效|应急呼叫响应时间|≤5分钟|4分钟|8|8|
        服务效果|家庭减负|享受喘息服务家庭|≥150户|162户|12|12|
        |健康改善|老人健康建档率|≥98%|99%|10|10|
        |持续运营|床位入住率|≥80%|72%|8|7.2|新开楼层九月才通过消防验收，入住较晚
        服务口碑|老人与家属|入住老人及家属满意度|≥92%|96.2%|10|10|
    """)
    labels = {
        "服务产出": "服务产出（50）",
        "服务效果": "服务效果（30）",
        "服务口碑": "服务口碑（10）",
    }
    book, f = start("养老", **BLANK, kind="project", money_unit="元")
    title = "松龄康养公办民营养老服务项目２０２２年度绩效自评单"
    f.tell("title", title, f.put(1, 1, title, 7, bold=True))
    f.truth["year"] = 2022
    at = f.put(2, 1, "项目名称：公办民营养老服务补助", 4, left=True)
    f.tell("project", "公办民营养老服务补助", at)
    f.tell("department", "梅川区民政局", f.put(2, 5, "主管部门：梅川区民政局", 3, left=True))
    at = f.put(3, 1, "运营单位：松龄康养服务有限公司", 4, left=True)
    f.tell("unit", "松龄康养服务有限公司", at)
    f.truth["money_unit_cell"] = f.put(3, 5, "金额单位：元", 3, left=True)
    f.line(4, ("合计得分", 3, 1), (98.8, 2, 1), "档次", "优")
    f.tell("claimed_total", 98.8, "D4")
    f.tell("claimed_grade", "优", "G4")
    f.line(5, ("补助资金", 3, 1), "应／实", "数额", "分", "使用率")
    for n, values in enumerate(
        (
            ("补助资金合计", None, 4500000, 4320000, 0.96, 10, 9.6),
            ("区级补助", None, 3000000, 3000000, 1, None, None),
            ("福彩公益金", None, 1500000, 1320000, 0.88, None, None),
        )
    ):
        name, _, budget, spent, part, weight, score = values
        r = 6 + 2 * n
        label = f.put(r, 1, name, 3, 2)
        _, b, w = f.line(r, "应", f"{budget:,}.00", weight or "/", start=4)
        _, e, s = f.line(r + 1, "实", f"{spent:,}.00", score or "/", start=4)
        q = f.put(r, 7, shown(part, 0), 1, 2)
        f.fund(values, name=label, budget=b, executed=e, rate=q, weight=w, score=s)
    head = ("大项", "中项", "小项", "应／实", "数", "分", "没到位的原因")
    r = pairs(f, 13, head, ("应", "实"), rows, labels)
    f.put(
        r,
        1,
        "注：应＝年初应达到，实＝年末实际达到；“应”行之分为满分，“实”行之分为得分。",
        7,
        left=True,
    )
    f.put(r + 1, 1, "院长：　　　　　会计：　　　　　填单日期：2023年1月30日", 7, left=True)
    save("e10-养老应实两行", book, [f], (), ["分数各占一行，满分在上，得分在下"])


# Usual forms that someone changed by hand


LABELS = {
    "side": "绩效指标", "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "年度指标值",
    "actual": "实际完成值", "weight": "分值", "score": "得分", "reason": "偏差原因分析及改进措施",
}  # fmt: skip
FUNDS = (
    "项目资金\n（万元）",
    "",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
)
USUAL = ("side", "level1", "level2", "level3", "target", "actual", "weight", "score", "reason")


def money(f: Form, top: int, funds: Any, *, left: int = 1, head: tuple[str, ...] = FUNDS, stroke: str = "—", formatted: bool = False) -> int:  # fmt: skip
    """The usual table of funds, nine columns wide."""
    f.put(top, left, head[0], 1, len(funds) + 1)
    f.line(top, (head[1] or None, 2, 1), *head[2:], start=left + 1)
    for r, values in enumerate(funds, top + 1):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, (name, 2, 1), first, budget, spent, weight or stroke, ("#" if formatted else "") + shown(part), score or stroke, start=left + 1)  # fmt: skip
        f.fund(
            values,
            **dict(zip(("name", "initial", "budget", "executed", "weight", "rate", "score"), at, strict=True)),
        )  # fmt: skip
    return top + len(funds) + 1


def table(
    f: Form, top: int, rows: list[dict[str, Any]], *, left: int = 1, order: tuple[str, ...] = USUAL,
    labels: dict[str, str] | None = None, points: dict[str, str] | None = None, more: dict[str, list[Any]] | None = None,
    after: dict[int, list[tuple[Any, ...]]] | None = None, numbered: bool = False,
) -> int:  # fmt: skip
    """The usual table of indicators with its columns in any order.

    ``labels`` are retyped words, ``points`` labels of level 1, ``more`` values of further columns, ``after`` rows that
    stand behind an indicator (level 1 is merged apart around them), each of (value, columns).
    """
    words, points, more, after = LABELS | (labels or {}), points or {}, more or {}, after or {}
    columns = {key: left + n for n, key in enumerate(order)}
    for key, c in columns.items():
        if key != "side":
            f.put(top, c, words.get(key, key))
    r = top + 1
    if numbered:
        f.line(r, *range(1, len(order)), start=left + 1)
        r += 1
    height = r - top + len(rows) + sum(map(len, after.values()))
    f.put(top, left, words["side"], 1, height)
    seen: list[str] = []
    one = two = ""
    for n, item in enumerate(rows):

        def high(key: str, n: int = n) -> int:
            """Rows from this one on with the same level, as far as no other row comes between."""
            size = 1
            while n + size < len(rows) and n + size - 1 not in after and not rows[n + size]["high1"] and (key == "high1" or not rows[n + size]["high2"]):  # fmt: skip
                size += 1
            return size

        fresh = n == 0 or n - 1 in after
        if item["high1"] or fresh:
            name = item["level1"]
            one = f.put(r, columns["level1"], points.get(name, name), 1, high("high1"))
            if name not in seen:
                seen.append(name)
                full = sum(i["weight"] for i in rows if i["level1"] == name) if name in points else None  # fmt: skip
                f.goal(name, points.get(name, name), full, None, one)
        if item["high2"] or fresh:
            two = f.put(r, columns["level2"], item["level2"], 1, high("high2"))
        at = {"level1": one, "level2": two}
        for key, c in columns.items():
            if key in ("side", "level1", "level2"):
                continue
            if key == "分值/得分":
                both = f"{item['weight']}/{item['score']}" if n % 3 else f"{item['weight']}分／{item['score']}分"  # fmt: skip
                at["weight"] = at["score"] = f.put(r, c, both)
            elif key in more:
                f.put(r, c, more[key][n])
            else:
                at[key] = f.put(r, c, item[key])
        f.item(seen.index(item["level1"]) + 1, item, **at)
        r += 1
        for row in after.get(n, ()):
            f.line(r, *((v, wide, 1) for v, wide in row), start=left + 1)
            r += 1
    return r


def heads(f: Form, top: int, project: str, department: str, unit: str, left: int = 1, words: tuple[str, ...] = ("项目名称", "主管部门", "实施单位")) -> int:  # fmt: skip
    """The usual two rows of the head, nine columns wide."""
    at = f.line(top, words[0], (project, 8, 1), start=left)
    f.tell("project", project, at[1])
    at = f.line(top + 1, words[1], (department, 4, 1), words[2], (unit, 3, 1), start=left)
    f.tell("department", department, at[1])
    f.tell("unit", unit, at[3])
    return top + 2


def e11() -> None:
    rows = items("""
        产出指标|数量指标|古树名木建档|≥460株|468株|10|10|
        ||设置保护围栏|≥120处|108处|10|9|十二处位于拆迁地块，待地块移交后补设
        ||支撑加固古树|≥75株|77株|8|8|
        |质量指标|复壮古树存活率|≥98%|99.1%|10|10|
        |时效指标|普查成果上报时间|2023年9月底前|2023年9月18日|6|6|
        |成本指标|单株复壮费用|≤8000元|7860元|6|6|
        效益指标|社会效益指标|古树公园游人量|≥15万人次|16.2万人次|10|10|
        |生态效益指标|古树树势恢复株数|≥60株|63株|10|10|
        |可持续影响指标|管护责任制|落实|落实|10|10|
        满意度指标|服务对象满意度指标|居民满意度|≥90%|92%|10|10|
    """)
    book, f = start("绩效自评表", **BLANK, kind="project", money_unit="万元")
    title = "项目支出绩效自评表"
    f.tell("title", title, f.put(1, 1, title, 10, bold=True))
    f.tell("year", 2023, f.put(2, 1, "（2023 年度）", 10))
    r = heads(f, 3, "古树名木抢救保护", "安平市林业局", "安平市园林绿化中心")
    funds = (
        ("年度资金总额", 300, 320, 304, 0.95, 10, 9.5),
        ("其中：当年财政拨款", 280, 280, 280, 1, None, None),
        ("上年结转资金", 20, 40, 24, 0.6, None, None),
    )
    r = money(f, r, funds)
    f.line(r, ("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 5, 1))
    f.line(r + 1, ("完成全市古树普查建档，抢救濒危古树。", 4, 1), ("普查全部完成，濒危古树复壮。", 5, 1), start=2)  # fmt: skip
    order = ("side", "level1", "level2", "level3", "weight", "target", "上年完成值", "actual", "score", "reason")  # fmt: skip
    more = {"上年完成值": ["430株", "66处", "52株", "97.5%", "2022年9月30日", "8120元", "14.1万人次", "41株", "未落实", "89%"]}  # fmt: skip
    top = r + 2
    r = table(f, top, rows, order=order, more=more)
    at = f.line(r, ("总分", 4, 1), 100, ("", 3, 1), 98.5, "优")
    f.tell("claimed_total", 98.5, at[3])
    f.tell("claimed_grade", "优", at[4])
    f.put(r + 1, 1, "填表人：程拾　　　电话：000-7781234", 10, left=True)
    f.put(top, 12, "财政复核人员批注", bold=True)
    f.put(top + 2, 12, "已看移交函，属实", left=True)
    f.put(top + 4, 12, "请附存活率抽查记录", left=True)
    f.put(top + 8, 12, "与上年口径一致？请说明", left=True)
    save("e11-换列与旁注", book, [f], (), ["L列是复核人在表外的批注，不是单位填报"])


def e12() -> None:
    rows = items("""
        产出指标|数量指标|更新公交车辆|≥45辆|45辆|10|10|
        ||改造港湾式站台|≥32座|32座|10|10|
        ||新辟公交线路|≥4条|4条|5|5|
        |质量指标|车辆准点率|≥92%|93.4%|10|10|
        |时效指标|车辆投运时间|2021年11月底前|2021年11月6日|10|10|
        |成本指标|单车购置价|≤78万元|77.2万元|5|5|
        效益指标|经济效益指标|百公里电耗下降|≥5%|5.6%|10|10|
        |社会效益指标|日均客运量|≥18万人次|17.1万人次|10|9.5|秋冬客流回落，已加开微循环线路
        |生态效益指标|年减少碳排放|≥2600吨|2710吨|10|10|
        满意度指标|服务对象满意度指标|乘客满意度|≥85%|90.3%|10|10|
    """)
    book, f = start("Sheet2", **BLANK, kind="project", money_unit="万元")
    title = "2021年度项目支出绩效自平表"
    f.tell("title", title, f.put(1, 1, title, 9, bold=True))
    f.truth["year"] = 2021
    words = ("项日名称", "主菅部门", "实施单 位")
    r = heads(f, 2, "新能源公交更新", "丰禾市交通运输局", "丰禾市公共交通总公司", words=words)
    funds = (
        ("年度资金总额", 4600, 5000, 4309, 0.8619, 10, 8.62),
        ("其中：财政拨款", 3600, 4000, 4000, 1, None, None),
        ("其他资金", 1000, 1000, 309, 0.309, None, None),
    )
    head = ("项目资金\n（万元〉", "", "年初预算教", "全年予算数", "全年执行数", "分直", "执行律", "得 分")  # fmt: skip
    at = r + 1
    r = money(f, r, funds, head=head)
    labels = {
        "side": "绩\n效\n指\n标", "level1": "一级指标", "level2": "二級指标", "level3": "三级指标标", "target": "年度指标直",
        "actual": "实际完成植", "weight": "分直", "score": "得 分", "reason": "偏差原因分折及改进措失",
    }  # fmt: skip
    r = table(f, r, rows, labels=labels)
    total = f.line(r, ("总 份", 6, 1), 100, 98.12, "优")
    f.tell("claimed_total", 98.12, total[2])
    f.tell("claimed_grade", "优", total[3])
    findings = [{"cell": f"H{at}", "kind": "执行率算错（4309/5000为86.18%，填86.19%）", "also": [], "or": []}]  # fmt: skip
    save("e12-标签错字", book, [f], findings, ["标题里的错字照原样读"])


def e13() -> None:
    rows = items("""
        产出指标|数量指标|开展普法讲座|≥60场|64场|10|10|
        ||办理法律援助案件|≥420件|399件|10|9.5|第四季度申请量下降，将加强乡镇站点宣传
        ||编印宣传册|≥2万册|2万册|10|10|
        |质量指标|援助案卷评查合格率|≥95%|97%|10|10|
        |时效指标|援助申请审查时限|≤3个工作日|2个工作日|5|5|
        |成本指标|案均补贴|≤1500元|1480元|5|5|
        效益指标|社会效益指标|为受援人挽回损失|≥900万元|965万元|15|15|
        ||民间纠纷调解成功率|≥96%|97.2%|10|10|
        |可持续影响指标|法律顾问覆盖村数|≥180个|180个|5|5|
        满意度指标|服务对象满意度指标|受援人满意度|≥90%|98%|10|10|
    """)
    book, f = start("自评", **BLANK, kind="project", money_unit="万元")
    title = "二〇二二年度 项目支出绩效自评表"
    f.tell("title", title, f.put(1, 1, title, 8, bold=True))
    f.truth["year"] = 2022
    at = f.put(2, 1, "项目名称：公共法律服务　　　　　　单位：万元", 8, left=True)
    f.tell("project", "公共法律服务", at)
    f.truth["money_unit_cell"] = at
    at = f.put(3, 1, "主管部门：清浦县司法局　　　实施单位：清浦县法律援助中心", 8, left=True)
    f.tell("department", "清浦县司法局", at)
    f.tell("unit", "清浦县法律援助中心", at)
    f.put(4, 1, "项目资金", 1, 4)
    f.line(4, ("", 2, 1), "年初预算数", "全年预算数", "全年执行数", "执行率", "分值/得分", start=2)
    for r, values in enumerate(
        (
            ("年度资金总额", 150, 160, 153.6, 0.96, 10, 9.6),
            ("其中：中央转移支付", 60, 60, 60, 1, None, None),
            ("县级财政资金", 90, 100, 93.6, 0.936, None, None),
        ),
        5,
    ):
        name, first, budget, spent, part, weight, score = values
        at = f.line(r, (name, 2, 1), first, budget, spent, shown(part, 1), f"{weight}/{score}" if weight else "—", start=2)  # fmt: skip
        f.fund(values, name=at[0], initial=at[1], budget=at[2], executed=at[3], rate=at[4], weight=at[5], score=at[5])  # fmt: skip
    order = ("side", "level1", "level2", "level3", "target", "actual", "分值/得分", "reason")
    r = table(f, 8, rows, order=order)
    at = f.line(r, ("总分", 6, 1), "100/99.1", "等级：优")
    f.tell("claimed_total", 99.1, at[1])
    f.tell("claimed_grade", "优", at[2])
    save("e13-分值得分同格", book, [f], (), ["总分格是“满分/得分”两数"])


def e14() -> None:
    book, f = start("两表并排", **BLANK, kind="project", money_unit="万元")
    g = Form(f.ws, **BLANK, kind="project", money_unit="万元")
    one = items("""
        产出指标|数量指标|改造公厕|≥18座|18座|10|10|
        ||更新洗手设备|≥120套|124套|5|5|
        ||增设无障碍设施|≥18处|20处|10|10|
        |质量指标|公厕保洁达标率|≥95%|97%|15|15|
        |时效指标|改造完工时间|2023年6月底前|2023年6月20日|10|10|
        效益指标|社会效益指标|日均服务人次|≥6000人次|5700人次|20|19|两座公厕因道路施工临时围挡
        |可持续影响指标|所长制落实|全面落实|全面落实|10|10|
        满意度指标|服务对象满意度指标|市民满意度|≥90%|94%|10|10|
    """)
    two = items("""
        产出指标|数量指标|配置分类垃圾桶|≥2400个|2460个|10|10|
        ||发放分类手册|≥3万份|3.1万份|5|5|
        ||建设大件拆解点|≥3个|3个|15|15|
        |质量指标|分类准确率|≥80%|76%|10|9.5|新交付小区刚开始分类，已加派督导员
        |时效指标|垃圾清运及时率|≥98%|98.8%|10|10|
        效益指标|社会效益指标|分类知晓率|≥92%|95%|15|15|
        |生态效益指标|资源化利用率|≥35%|37%|15|15|
        满意度指标|服务对象满意度指标|小区居民满意度|≥88%|91%|10|10|
    """)
    for form, left, rows, project, unit, funds, total in (
        (f, 1, one, "城市公厕提升", "江左区环卫所",
         (("年度资金总额", 600, 600, 576, 0.96, 10, 9.6), ("其中：财政拨款", 600, 600, 576, 0.96, None, None)), 98.6),
        (g, 11, two, "生活垃圾分类", "江左区垃圾分类服务站",
         (("年度资金总额", 420, 450, 441, 0.98, 10, 9.8), ("其中：财政拨款", 420, 450, 441, 0.98, None, None)), 99.3),
    ):  # fmt: skip
        title = "2023年度项目支出绩效自评表"
        form.tell("title", title, form.put(1, left, title, 9, bold=True))
        form.truth["year"] = 2023
        r = heads(form, 2, project, "江左区城市管理局", unit, left)
        r = table(form, money(form, r, funds, left=left), rows, left=left)
        at = form.line(r, ("总分", 6, 1), 100, total, "优", start=left)
        form.tell("claimed_total", total, at[2])
        form.tell("claimed_grade", "优", at[3])
    f.put(r + 1, 1, "填表人：管宁　　2024年3月1日", 9, left=True)
    save("e14-两表并排", book, [f, g])


def e15() -> None:
    rows = items("""
        产出指标|数量指标|办理不动产登记|≥3.2万件|3.36万件|4|4|
        ||完成地籍调查|≥52宗|52宗|3|3|
        ||巡查矿山|≥96次|101次|3|3|
        ||编制村庄规划|≥40个|40个|4|4|
        ||维护测绘基准点|≥65个|66个|3|3|
        ||排查地质灾害隐患点|≥128处|128处|3|3|
        |质量指标|登记差错率|≤0.5%|0.3%|5|5|
        ||耕地图斑核查准确率|≥98%|98.7%|5|5|
        ||规划成果评审通过率|100%|100%|5|5|
        |时效指标|一般登记办结时间|≤3个工作日|3个工作日|5|5|
        ||年度变更调查完成时间|2022年12月底前|2022年12月10日|5|5|
        |成本指标|公用经费控制数|≤260万元|248万元|5|5|
        效益指标|经济效益指标|出让土地面积|≥900亩|810亩|6|5.4|两宗商住用地流拍，已调整规划条件重新挂牌
        ||盘活存量建设用地|≥400亩|412亩|4|4|
        |社会效益指标|补充耕地|≥1500亩|1540亩|5|5|
        ||违法案件查处率|100%|100%|5|5|
        |生态效益指标|矿山复绿面积|≥320亩|326亩|5|5|
        ||修复河岸线|≥8公里|8.2公里|5|5|
        满意度指标|服务对象满意度指标|办事企业满意度|≥90%|96%|5|5|
        ||办事群众满意度|≥90%|95.4%|5|5|
    """)
    book, f = start("部门", **BLANK, kind="department", money_unit="万元")
    f.put(1, 1, "附件1-3", 2, left=True)
    title = "河阳县自然资源局2022年度部门整体支出绩效自评表"
    f.tell("title", title, f.put(2, 1, title, 10, bold=True))
    f.truth["year"] = 2022
    at = f.line(3, "部门名称", ("河阳县自然资源局", 4, 1), "填报时间", ("2023年4月10日", 4, 1))
    f.tell("unit", "河阳县自然资源局", at[1])
    funds = (
        ("年度资金总额", 2700, 2800, 2716, 0.97, 10, 9.7),
        ("其中：基本支出", 1900, 1900, 1900, 1, None, None),
        ("项目支出", 800, 900, 816, 0.9067, None, None),
    )
    del f.truth["basic_expenditure"], f.truth["project_expenditure"]
    head = ("预算执行\n（万元）", *FUNDS[1:])
    r = money(f, 4, funds, head=head, stroke="/", formatted=True)
    order = ("side", "level1", "编码", "level2", "level3", "target", "actual", "weight", "score", "reason")  # fmt: skip
    more = {"编码": [f"ZB22-{n:03d}" for n in range(1, len(rows) + 1)]}

    def subtotal(text: str, weight: float, score: float) -> list[tuple[Any, ...]]:
        return [(text, 3), (None, 1), (None, 1), (None, 1), (weight, 1), (score, 1), (None, 1)]

    after = {
        11: [subtotal("产出指标小计", 50, 50)],
        17: [subtotal("效益指标小计", 30, 29.4)],
        19: [subtotal("满意度指标小计", 10, 10)],
    }
    r = table(f, r, rows, order=order, more=more, after=after, numbered=True)
    for goal in f.truth["goals"]:
        del goal["weight"], goal["score"]
    f.ws.column_dimensions["C"].hidden = True
    at = f.line(r, ("合计", 4, 1), "", ("", 2, 1), 100, 99.1, "优")
    f.tell("claimed_total", 99.1, at[4])
    f.tell("claimed_grade", "优", at[5])
    f.put(r + 1, 1, "备注：1.小计由各行得分相加；2.编码列供系统导入，已隐藏。", 10, left=True)
    save(
        "e15-小计与隐藏列",
        book,
        [f],
        (),
        ["小计行不是指标；小计可算作各一级指标的得分，故各节分值得分未列"],
    )


def e16() -> None:
    rows = items("""
        产出指标|数量指标|建成高标准农田（万亩）|#4.2|#4.2|10|10|
        ||新建机耕路（公里）|#86|#88.5|10|10|
        ||改造泵站（座）|#15|#15|10|10|
        |质量指标|工程验收合格率|#100%|#100%|10|10|
        |时效指标|年度任务按期完成率|#100%|#100%|10|10|
        效益指标|经济效益指标|亩均增产粮食（公斤）|#60|#63|10|10|
        |社会效益指标|受益农户（户）|#6800|#6950|10|8|
        |生态效益指标|灌溉水有效利用率|#58%|#58.6%|10|10|
        满意度指标|服务对象满意度指标|项目区农户满意度|#90%|#93.5%|10|10|
    """)
    for item in rows:
        item["level3"] = item["level3"].replace("（", "\n（")
    book, f = start("Sheet1", **BLANK, kind="project", money_unit="元")
    title = "2023年度项目支出绩效自评表"
    f.tell("title", title, f.put(1, 1, title, 9, bold=True))
    f.truth["year"] = 2023
    r = heads(f, 2, "高标准农田建设", "沃川县农业农村局", "沃川县农田建设服务中心")
    funds = (
        ("年度资金总额", 58000000, 60000000, 57000000, 0.95, 10, 9.5),
        ("其中：中央资金", 40000000, 40000000, 40000000, 1, None, None),
        ("地方资金", 18000000, 20000000, 17000000, 0.85, None, None),
    )
    head = ("项目\n资金", "资金来源", "年初预算数\n（元）", "全年预算数\n（元）", "全年执行数\n（元）", "分值\n（分）", "执行率\n（%）", "得分\n（分）")  # fmt: skip
    r = money(f, r, funds, head=head, stroke="-")
    for row in range(5, 8):
        for column in "DEF":
            f.ws[f"{column}{row}"].number_format = "#,##0.00"
    labels = {"target": "年度指标值\n（单位见指标名）", "actual": "实际完成值\n（单位见指标名）", "weight": "分值\n（分）", "score": "得分\n（分）"}  # fmt: skip
    r = table(f, r, rows, labels=labels)
    at = f.line(r, ("总分（分）", 6, 1), 100, 97.5, "优")
    f.tell("claimed_total", 97.5, at[2])
    f.tell("claimed_grade", "优", at[3])
    seed = f.truth["indicators"][6]
    findings = [{"cell": seed["score_cell"], "kind": "达到目标却扣2分，未说明原因", "also": [], "or": [seed["reason_cell"]]}]  # fmt: skip
    save("e16-单位进标签", book, [f], findings, ["三级指标名里的单位照原样留在名称中"])


def e17() -> None:
    book, f = start("汇总", **BLANK, kind="project", money_unit="万元")
    g = Form(f.ws, **BLANK, kind="project", money_unit="万元")
    one = items("""
        产出指标|数量指标|新建农村饮水管网|≥75公里|75.6公里|10|10|
        ||安装计量水表|≥5200只|5260只|5|5|
        ||安装净化设备|≥20套|18套|15|13.5|两套设备到货后检测不合格，已退换
        |质量指标|水质达标率|100%|100%|10|10|
        |时效指标|工程完工时间|2022年11月底前|2022年11月21日|10|10|
        效益指标|社会效益指标|受益人口|≥3.1万人|3.2万人|20|20|
        |可持续影响指标|水费收缴率|≥85%|88%|10|10|
        满意度指标|服务对象满意度指标|用水户满意度|≥90%|95%|10|10|
    """)
    two = items("""
        产出指标|数量指标|除险加固小型水库|≥6座|6座|12|12|
        ||更换放水涵管|≥9条|9条|8|8|
        ||安装雨水情测报设备|≥24套|24套|10|10|
        |质量指标|分部工程合格率|100%|100%|10|10|
        |时效指标|主汛期前完成坝体加固|2022年5月底前|2022年5月16日|10|10|
        效益指标|经济效益指标|恢复灌溉面积|≥8000亩|7600亩|15|14.25|渠首闸门更换滞后，次年春灌前恢复
        |社会效益指标|保护下游人口|≥1.2万人|1.2万人|15|15|
        满意度指标|服务对象满意度指标|库区群众满意度|≥90%|92%|10|10|
    """)
    r = 1
    notes = {
        2: [[("说明：以上数量以监理单位签认的工程量为准。", 8)]],
        6: [[("（此行以下由运行管理单位填写）", 8)]],
    }
    for form, rows, project, unit, funds, total, note in (
        (f, one, "农村饮水安全巩固提升", "涧西县农村供水站",
         (("年度资金总额", 1900, 2000, 1960, 0.98, 10, 9.8), ("其中：省级资金", 1200, 1200, 1200, 1, None, None), ("县级资金", 700, 800, 760, 0.95, None, None)), 98.3, notes),
        (g, two, "小型水库除险加固", "涧西县水库管理所",
         (("年度资金总额", 1500, 1500, 1410, 0.94, 10, 9.4), ("其中：省级资金", 1000, 1000, 1000, 1, None, None), ("县级资金", 500, 500, 410, 0.82, None, None)), 98.65, {4: [[("说明：以上进度截至2022年12月31日。", 8)]]}),
    ):  # fmt: skip
        title = "省级水利专项资金项目支出绩效自评表"
        form.tell("title", title, form.put(r, 1, title, 9, bold=True))
        form.tell("year", 2022, form.put(r + 1, 1, "（ 2022 年 度 ）", 9))
        r = heads(form, r + 2, project, "涧西县水利局", unit)
        r = money(form, r, funds, stroke="*")
        r = table(form, r, rows, after=note)
        at = form.line(r, ("总 分", 6, 1), 100, total, "优")
        form.tell("claimed_total", total, at[2])
        form.tell("claimed_grade", "优", at[3])
        form.put(r + 1, 1, "经办人：　　　　　负责人：　　　　　（单位公章）", 9, left=True)
        r += 4
    save(
        "e17-上下两表夹注", book, [f, g], (), ["夹在行间的说明把一级、二级单元格隔开，层级照延续读"]
    )


# The truth is looked up in the workbook


def text(cell: Any) -> str:
    """What a cell shows, without white space."""
    value = cell.value
    if isinstance(value, int | float) and "%" in cell.number_format:
        places = len(cell.number_format.rstrip("%").partition(".")[2])
        value = shown(value, places)
    return "".join(str("" if value is None else value).split())


def holds(key: str, value: Any, cell: Any) -> bool:
    """Whether a cell shows a value, alone or among other things."""
    there = text(cell)
    if value is None:
        return there in {"", "—", "-", "－", "/", "*"} or key == "basic_expenditure"
    if isinstance(value, str):
        return "".join(value.split()) in there
    half = there.translate({ord(w): h for h, w in zip("0123456789%", "０１２３４５６７８９％", strict=True)})  # fmt: skip
    numbers = half.replace(",", "").replace("%", "").replace("分", "").replace("／", "/").split("/")
    wanted = value * 100 if key == "rate" else value
    return any(abs(float(n) - wanted) < 1e-9 for n in numbers if n.replace(".", "", 1).isdigit()) or str(value) in half or (key == "year" and "二〇" in there)  # fmt: skip


def look(path: Path) -> None:
    """Every value of a reading stands in its cell, and its sums are those of the form."""
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    seeded = bool(truth["findings"])
    book = load_workbook(path)
    for form in truth["forms"]:
        ws = book[form["sheet"]]
        entries = [form, *form["funds"], *form["goals"], *form["indicators"]]
        for entry in entries:
            for key, value in entry.items():
                at = entry.get(f"{key}_cell")
                if at and not holds(key, value, ws[at]):
                    print(f"{path.name} {at}: {key} {value!r} is not in {ws[at].value!r}")
        for item in form["indicators"]:
            short = item["score"] < item["weight"]
            if short != bool(item["reason"]):
                print(f"{path.name}: {item['level3']} {item['score']}/{item['weight']}, reason {item['reason']}")  # fmt: skip
        points = sum(Decimal(str(i["weight"])) for i in form["indicators"])
        scores = sum(Decimal(str(i["score"])) for i in form["indicators"])
        points += form["funds"][0]["weight"]
        scores += Decimal(str(form["funds"][0]["score"]))
        if points != 100 or scores != Decimal(str(form["claimed_total"])):
            print(f"{path.name}: {points} points, {scores} of {form['claimed_total']}, seeded {seeded}")  # fmt: skip
        for fund in form["funds"]:
            if rate(fund["budget"], fund["executed"]) != Decimal(str(fund["rate"])):
                print(f"{path.name}: rate of {fund['name']}, seeded {seeded}")
        for key in ("initial", "budget", "executed"):
            whole, *parts = [f.get(key) or 0 for f in form["funds"]]
            if abs(whole - sum(parts)) > 1e-9:
                print(f"{path.name}: parts of {key}")
    print(f"{path.name}: {len(truth['forms'])} forms, {[len(f['indicators']) for f in truth['forms']]} indicators")  # fmt: skip


def main() -> None:
    """Build all forms, then look each truth up."""
    for build in (
        e01,
        e02,
        e03,
        e04,
        e05,
        e06,
        e07,
        e08,
        e09,
        e10,
        e11,
        e12,
        e13,
        e14,
        e15,
        e16,
        e17,
    ):
        build()
    for path in sorted(FOLDER.glob("*.xlsx")):
        look(path)


if __name__ == "__main__":
    main()
