"""Draws forms that were filled by hand and changed by people: python tests/blind/batch_C.py."""

import datetime as dt
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from drawing import Sheet, items, levels, reading
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter as letter

FOLDER = Path(__file__).parent / "forms_C"
Items = list[dict[str, Any]]


class Shown(float):
    """A number with the format in which its cell shows it."""

    form = "General"


def shown(value: float, form: str) -> Shown:
    """A number as a cell shows it."""
    number = Shown(value)
    number.form = form
    return number


def typed(text: Any) -> Any:
    """What a cell stores where somebody types a text: a number, a fraction shown as percentage, or the text."""
    if isinstance(text, str) and re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if isinstance(text, str) and (found := re.fullmatch(r"\d+(?:\.(\d+))?%", text)):
        places = len(found[1] or "")
        return shown(round(float(text[:-1]) / 100, 8), f"0.{'0' * places}%" if places else "0%")
    return text


class Page(Sheet):
    """One sheet whose forms begin wherever somebody has put them."""

    def __init__(self, name: str = "Sheet1", top: int = 1, left: int = 1) -> None:
        super().__init__(name)
        self.at, self.left = top, left

    def row(self, *cells: Any) -> int:
        """One row, as in Sheet.row, from the first column of the form on; returns where it stands."""
        column = self.left
        for cell in cells:
            value, wide, high = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (self.at, column) in self.taken:
                column += 1
            self._put(column, value, wide, high)
            column += wide
        self.at += 1
        return self.at - 1

    def _put(self, column: int, value: Any, wide: int, high: int) -> None:
        super()._put(column, float(value) if isinstance(value, Shown) else value, wide, high)
        if isinstance(value, Shown):
            self.ws.cell(self.at, column).number_format = value.form
        if isinstance(value, dt.date):
            self.ws.cell(self.at, column).number_format = "yyyy-mm-dd"

    def aside(self, cell: str, text: str, color: str = "FF0000") -> None:
        """A remark that somebody typed outside the table."""
        self.ws[cell] = text
        self.ws[cell].font = Font(color=color, italic=True)

    def plain(self, *texts: Any) -> int:
        """A row without borders: what stands above or below a table."""
        for i, text in enumerate(texts):
            if text is not None:
                cell = self.ws.cell(self.at, self.left + i, text)
                cell.alignment = Alignment(horizontal="left", vertical="center")
        self.at += 1
        return self.at - 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows blank."""
        self.at += rows

    def write(
        self, name: str, forms: list[dict[str, Any]], findings: Any = (), doubts: Any = (), hidden: str = ""
    ) -> None:  # fmt: skip
        """Write the workbook and, next to it, what it says; without findings (None) they are not compared."""
        for column in range(1, self.ws.max_column + 1):
            self.ws.column_dimensions[letter(column)].width = 14
        for column in hidden.split():
            self.ws.column_dimensions[column].hidden = True
        FOLDER.mkdir(exist_ok=True)
        self.book.save(FOLDER / f"{name}.xlsx")
        truth: dict[str, Any] = {"forms": [{"sheet": self.ws.title, **form} for form in forms]}
        if findings is not None:
            truth["findings"] = list(findings)
        truth["doubts"] = list(doubts)
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        missing = unseen(self.ws.title, name, truth)
        if missing:
            print(name, *missing, sep="\n    ")


def unseen(sheet: str, name: str, truth: dict[str, Any]) -> list[str]:
    """Values of the truth that stand in no cell of the workbook, read again."""

    def norm(value: Any) -> str:
        return "".join(unicodedata.normalize("NFKC", str(value)).split()).replace(",", "")

    def places(cell: Any) -> list[str]:
        value = cell.value
        if isinstance(value, dt.datetime):
            return [value.strftime("%Y-%m-%d")]
        found = [norm(value)]
        if isinstance(value, int | float):
            found.append(norm(f"{value:g}"))
            if "%" in cell.number_format:
                digits = len(cell.number_format.partition(".")[2].rstrip("%"))
                found.append(f"{value * 100:.{digits}f}%")
        return list(dict.fromkeys(found))

    ws = load_workbook(FOLDER / f"{name}.xlsx")[sheet]
    texts = [t for row in ws for c in row if c.value is not None for t in places(c)]
    rows = [[t for c in row if c.value is not None for t in places(c)] for row in ws]
    wrong = []
    for form in truth["forms"]:
        single = [
            (k, v) for k, v in form.items()
            if k not in {"kind", "sheet", "year"} and not isinstance(v, list) and v is not None
        ]  # fmt: skip
        wrong += [f"{k} {v}" for k, v in single if not any(norm(v) in t for t in texts)]
        for item in form["indicators"]:
            line = [r for r in rows if any(norm(item["level3"]) == t for t in r)]
            joined = ["".join(r) for r in line]
            for key in ("target", "actual", "score", "reason"):
                value = item.get(key)
                if value is not None and not any(norm(value) in j for j in joined):
                    wrong.append(f"{item['level3']}.{key} {value}")
            wrong += [
                f"{item['level3']}.{k}" for k in ("level1", "level2")
                if item.get(k) and not any(norm(item[k]) in t for t in texts)
            ]  # fmt: skip
        for row in form["funds"]:
            for key in ("name", "initial", "budget", "executed", "weight", "score"):
                value = row.get(key)
                if value is not None and not any(norm(value) in t for t in texts):
                    wrong.append(f"funds.{key} {value}")
        wrong += [
            f"goals {g['label']}" for g in form["goals"] if not any(norm(g["label"]) in t for t in texts)
        ]  # fmt: skip
    return wrong


def without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    """An entry of the truth without what cannot be said for sure."""
    return {k: v for k, v in entry.items() if k not in keys}


def unnamed(form: dict[str, Any], *keys: str, first: int = 1) -> dict[str, Any]:
    """The truth without the named keys of the rows of funds after the first."""
    form["funds"] = [f if i < first else without(f, *keys) for i, f in enumerate(form["funds"])]
    return form


def loose(item: dict[str, Any]) -> list[Any]:
    """Levels 1 and 2 where their merged cells were undone: the name stands in the first row only."""
    return [item["level1"] if item["high1"] else None, item["level2"] if item["high2"] else None]


def seeded(cell: str, kind: str, also: Any = (), instead: Any = ()) -> list[dict[str, Any]]:
    """One seeded discrepancy."""
    return [{"cell": cell, "kind": kind, "also": list(also), "or": list(instead)}]


def c01() -> None:
    """A table from C6 on, retyped labels, a row and columns inserted, one merge undone."""
    rows = items("""
    产出指标|数量指标|堤防维修长度|≥12.5公里|12.8公里|10|10||周立新|验收单
    ||清淤疏浚河段|=6处|6处|8|8||周立新|影像资料
    ||涵闸启闭设备检修|≥18台套|17台套|6|5.67|一座涵闸因外河水位高无法停机，推迟到枯水期检修。|何敏|检修记录
    |质量指标|单元工程验收合格率|=100%|100%|10|10||周立新|评定表
    ||原材料抽检合格率|≥98%|99.2%|6|6||何敏|检测报告
    |时效指标|主体工程完工时间|2023年11月底前|2023年11月18日|6|6||周立新|完工证书
    |成本指标|每公里维修成本|≤28万元|27.4万元|4|4||财务股|结算书
    效益指标|社会效益指标|保护沿岸人口|≥3.2万人|3.4万人|10|10||何敏|统计表
    ||防汛抢险道路畅通率|≥95%|96%|5|5||何敏|巡查日志
    |生态效益指标|河道水质达标断面比例|≥90%|91.7%|8|8||水保站|监测报告
    |可持续影响指标|管护制度健全性|健全|健全|7|7||办公室|制度汇编
    满意度指标|服务对象满意度指标|沿岸村民满意度|≥90%|93.5%|10|10||办公室|问卷
    """)
    page = Page("自评表", 6, 3)
    page.plain("附件２－３")
    title = "２０２３年度项目支出绩效自评表"
    page.row((title, 11, 1))
    page.row(("项目 名称", 2, 1), ("云溪河中小河流治理及堤防维修养护", 9, 1))
    page.row(
        ("主 管 部 门", 2, 1),
        ("云溪县水利局", 4, 1),
        ("实 施 单 位", 2, 1),
        ("云溪县河道堤防管理所", 3, 1),
    )
    page.row(
        ("项目资金\n（万元）", 1, 4), (None, 3, 1), "年初\n预算数", "全年预算数\n（A）", "全年执行数\n（B）",
        "分 值", "执行率\n（B/A）", "得 分", None,
    )  # fmt: skip
    page.row(("年度资金总额", 3, 1), 500, 480, 456, 10, "95%", 9.5, None)
    page.row(("其中：当年财政拨款", 3, 1), 400, 380, 360, "—", "94.74%", "—", None)
    page.row(("上年结转资金", 3, 1), 100, 100, 96, "—", "96%", "—", None)
    page.row(("资金下达文号", 2, 1), ("云财农〔2023〕41号、云财农〔2023〕88号", 9, 1))
    page.row(("年 度\n总 体\n目 标", 1, 2), ("预 期 目 标", 5, 1), ("实际 完成情况", 5, 1))
    page.row(
        ("对云溪河险工险段实施加固，完成年度清淤和涵闸检修，保障沿岸群众安全度汛。", 5, 1),
        ("险段加固和清淤全部完成，仅个别涵闸检修顺延，全年未发生堤防险情。", 5, 1),
    )  # fmt: skip
    page.row(
        ("绩\n效\n指\n标", 1, len(rows) + 2), "一级 指标", "二级指 标", "三级指标 名称", "年度指标值（A）",
        "实际完城值（B）", "分 值", "得 分", "偏差原因分折及改进措施", "责任人", "佐证材料",
    )  # fmt: skip
    for i, item in enumerate(rows):
        if i == 7:
            page.row(*[None] * 10)
        page.row(
            *loose(item), item["level3"], item["target"], typed(item["actual"]), item["weight"], item["score"],
            item["reason"], *item["more"][:2],
        )  # fmt: skip
    page.row(("总 分", 6, 1), 100, 99.17, None, None, None)
    page.plain(
        "填表人：何敏", None, None, "联系电话：0000-2186417", None, None, "填报日期：2024年3月12日"
    )
    page.plain("注：1.定量指标达到目标值的记满分，未达到的按完成比例计分。")
    page.plain("    2.佐证材料由责任人留存备查，不随表报送。")
    page.aside("O9", "财政局农业股：涵闸数与批复一致，已核。")
    form = reading(
        "project", title, "云溪县河道堤防管理所", 2023, "云溪县水利局", "云溪河中小河流治理及堤防维修养护", rows,
        total=99.17, funds=(
            ("年度资金总额", 500, 480, 456, 0.95, 10, 9.5),
            ("其中：当年财政拨款", 400, 380, 360, 0.9474, None, None),
            ("上年结转资金", 100, 100, 96, 0.96, None, None),
        ),
    )  # fmt: skip
    form["funds"][1] = without(form["funds"][1], "name")
    page.write("c01-插行改字", [form], (), ["表外审核意见在O9，未列入应读内容"])


def c02() -> None:
    """Points and score typed into one cell, each in its own way; a watermark in a cell."""
    rows = items("""
    产出指标|数量指标|城乡低保对象保障人数|≥1.86万人|1.91万人|8|8||8分/8分|救助科
    ||特困人员集中供养人数|≥620人|634人|6|6||6分/6分|救助科
    ||社区养老服务设施新建|≥12处|11处|6|5.5|一处选址与消防间距冲突，已调整到下一年实施。|6分/5.5分|养老科
    ||殡葬惠民减免户数|≥1500户|1532户|5|5||5/5|社会事务科
    |质量指标|低保动态核查覆盖率|100%|100%|8|8||８分／８分|救助科
    ||养老护理员持证上岗率|≥90%|92.3%|6|6||6/6|养老科
    |时效指标|救助金按月发放及时率|100%|100%|6|6||6 / 6|救助科
    |成本指标|日常公用经费控制率|≤100%|96.4%|5|5||5分 / 5分|办公室
    效益指标|经济效益指标|减免殡葬费用|≥180万元|186.3万元|6|6||6/6|社会事务科
    |社会效益指标|困难群众基本生活|有效保障|有效保障|10|10||10/10|救助科
    ||临时救助办理时限|≤3天|2天|6|6||6分/6分|救助科
    |可持续影响指标|社会组织规范化水平|持续提升|持续提升|8|8||8/8|社会组织科
    满意度指标|服务对象满意度指标|救助对象满意度|≥90%|94.1%|5|5||5/5|救助科
    ||入住老人满意度|≥90%|92%|5|5||5/5|养老科
    """)
    page = Page("部门整体")
    title = "2022年度海原川市民政局部门整体支出绩效自评表"
    page.row((title, 9, 1))
    page.plain("单位：万元", None, None, None, None, None, "报送时间：2023年4月")
    page.row(("部门名称", 2, 1), ("海原川市民政局", 3, 1), "联系人", ("祁海燕", 3, 1))
    page.row(
        ("部门整体\n支 出\n（万元）", 1, 4), ("资金名称", 2, 1), "年初预算数", "调整后预算数", "全年执行数", "执行率",
        "分值/得分", "备注",
    )  # fmt: skip
    page.row(("年度支出总额", 2, 1), 3210.5, 3480, 3347.76, "96.20%", "10/9.62", None)
    page.row(("基本支出", 2, 1), 1180, 1180, 1174.2, None, None, None)
    page.row(("项目支出", 2, 1), 2030.5, 2300, 2173.56, None, None, "含追加的高温补贴")
    page.row(
        ("年度\n总体\n目标", 1, 1),
        ("兜住困难群众生活底线，补上社区养老设施短板，推进殡葬惠民和社会组织规范管理。", 8, 1),
    )
    page.row(
        ("年度\n绩效\n指标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "年初目标值", "全年完成值",
        "分值/得分", "扣分原因", "责任科室",
    )  # fmt: skip
    for item in rows:
        page.row(*levels(item), item["level3"], item["target"], item["actual"], item["more"][0], item["reason"], item["more"][1])  # fmt: skip
    page.row(("总 分", 6, 1), "100/99.12", ("自评等级：优", 2, 1))
    page.plain(
        "部门负责人（签字）：", None, None, "财务负责人（签字）：", None, None, "经办人：祁海燕"
    )
    page.aside("K14", "仅供内部评审使用", "C0C0C0")
    page.aside("K20", "仅供内部评审使用", "C0C0C0")
    form = reading(
        "department", title, "海原川市民政局", 2022, None, None, rows, total=99.12, grade="优", funds=(
            ("年度支出总额", 3210.5, 3480, 3347.76, 0.962, 10, 9.62),
            ("基本支出", 1180, 1180, 1174.2, None, None, None),
            ("项目支出", 2030.5, 2300, 2173.56, None, None, None),
        ),
    )  # fmt: skip
    form = without(form, "basic_expenditure", "project_expenditure")
    page.write(
        "c02-分值得分同格",
        [form],
        (),
        ["基本支出、项目支出可作资金行，也可作单独字段", "水印文字在表外K列"],
    )


def c03() -> None:
    """Two forms side by side on one sheet."""
    left = items("""
    产出指标|数量指标|整治村庄|8个|8个|15|15
    ||户厕改造|≥260户|268户|10|10
    |质量指标|改厕验收合格率|≥98%|100%|15|15
    |时效指标|奖补资金兑付时间|12月20日前|12月15日|10|10
    效益指标|社会效益指标|受益农户|≥1900户|1946户|15|15
    |生态效益指标|生活垃圾日产日清率|≥95%|96%|15|15
    满意度指标|服务对象满意度指标|村民满意度|≥90%|95%|5|5
    ||村组干部满意度|≥90%|97%|5|5
    """)
    right = items("""
    产出指标|数量指标|改造雨水管|≥2.4公里|2.4公里|15|15
    ||更换检查井|≥75座|70座|10|9.33|东街段有井位于拟拆迁地块，随拆迁一并更换。
    |质量指标|闭水试验合格率|=100%|100%|15|15
    |时效指标|工程完工时限|10月底前|10月26日|10|10
    效益指标|社会效益指标|内涝点消除数|≥3处|3处|15|15
    |可持续影响指标|管网管护机制|建立|已建立|15|15
    满意度指标|服务对象满意度指标|沿街商户满意度|≥85%|88.6%|5|5
    ||镇区居民满意度|≥85%|90%|5|5
    """)
    title = "2023年度柳湾镇项目支出绩效自评表"
    page = Page("两个项目")
    forms = []
    for at, rows, project, department, funds, total, goal in (
        (1, left, "农村人居环境整治奖补", "清河县农业农村局", (90, 86, 86, 1, 10, 10), 100,
         "完成八个村的环境整治和户厕改造，建立长效保洁。"),
        (10, right, "镇区排水管网改造", "清河县住房和城乡建设局", (120, 120, 111.6, 0.93, 10, 9.3), 98.63,
         "改造老镇区雨水管，基本消除主街内涝。"),
    ):  # fmt: skip
        page.at, page.left = 1, at
        page.row((title, 8, 1))
        page.plain("单位：万元")
        page.row("项目名称", (project, 3, 1), "主管部门", (department, 3, 1))
        page.row("实施单位", ("柳湾镇人民政府", 3, 1), "经办人", ("龚海", 3, 1))
        page.row(
            "资金情况", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "说明"
        )
        page.row("年度资金总额", *funds[:3], shown(funds[3], "0.0%"), *funds[4:], None)
        page.row("总体目标", (goal, 7, 1))
        page.row(
            "一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "未完成原因"
        )
        for item in rows:
            page.row(*levels(item), item["level3"], item["target"], typed(item["actual"]), item["weight"], item["score"], item["reason"])  # fmt: skip
        page.row(("总分", 5, 1), 100, total, "优")
        forms.append(
            reading(
                "project", title, "柳湾镇人民政府", 2023, department, project, rows, total=total, grade="优",
                funds=(("年度资金总额", *funds),),
            )
        )  # fmt: skip
    page.write("c03-并排两表", forms)


def c04() -> None:
    """A transfer form with last year's results between target and actual; one rate is wrong."""
    rows = items("""
    产出指标|数量指标|国土绿化面积|≥3.6万亩|3.72万亩||||3.31万亩|全州
    ||退化林修复面积|≥8000亩|8150亩||||7600亩|北三县
    ||森林抚育面积|≥1.2万亩|1.2万亩||||1.2万亩|全州
    ||国有林场管护站点新建|≥9个|8个|||盘石林场站点因修路改线重新选址，已完成设计。|6个|盘石县
    ||林业有害生物防治面积|≥5.5万亩|5.83万亩||||5.61万亩|全州
    |质量指标|造林合格率|≥90%|92.4%||||91.0%|全州
    ||有害生物成灾率|≤4‰|2.1‰||||2.6‰|全州
    |时效指标|当年任务完成率|≥90%|95.6%||||93.0%|全州
    ||资金下达时限|≤30日|26日||||29日|州本级
    |成本指标|人工造林每亩补助|≤600元|600元||||600元|全州
    效益指标|经济效益指标|带动农户务工收入|≥820万元|846万元||||790万元|全州
    |社会效益指标|提供生态护林员岗位|≥1350个|1362个||||1350个|全州
    |生态效益指标|森林覆盖率|≥54.2%|54.6%||||54.1%|全州
    ||草原综合植被盖度|≥71%|71.3%||||70.8%|西两县
    |可持续影响指标|森林火灾受害率|≤0.9‰|0.12‰||||0.2‰|全州
    满意度指标|服务对象满意度指标|林农满意度|≥85%|90.2%||||88.5%|全州
    """)
    page = Page("区域绩效自评")
    page.plain("附件5")
    title = "2023年度林业草原转移支付区域绩效目标自评表"
    page.row((title, 9, 1))
    page.row(("转移支付（项目）名称", 2, 1), ("林业草原改革发展资金", 7, 1))
    page.row(
        ("中央主管部门", 2, 1),
        ("国家林业和草原局", 3, 1),
        "地方主管部门",
        ("丰山自治州林业和草原局", 3, 1),
    )
    page.row(
        ("资金情况\n（万元）", 1, 5), (None, 2, 1), ("全年预算数（A）", 2, 1), ("全年执行数（B）", 2, 1),
        ("预算执行率\n（B/A×100%）", 2, 1),
    )  # fmt: skip
    at = page.row(("年度资金总额", 2, 1), (2650, 2, 1), (2438, 2, 1), ("92.80%", 2, 1))
    page.row(("其中：中央补助", 2, 1), (1850, 2, 1), (1720, 2, 1), ("92.97%", 2, 1))
    page.row(("地方资金", 2, 1), (500, 2, 1), (438, 2, 1), ("87.60%", 2, 1))
    page.row(("其他资金", 2, 1), (300, 2, 1), (280, 2, 1), ("93.33%", 2, 1))
    page.row(("总体目标\n完成情况", 1, 2), ("总体目标", 4, 1), ("全年实际完成情况", 4, 1))
    page.row(
        ("扩大绿化和抚育规模，控制林业灾害，让护林务工惠及山区群众。", 4, 1),
        ("绿化、抚育和防治任务均已完成，管护站点尚缺一处。", 4, 1),
    )  # fmt: skip
    page.row(
        ("绩\n效\n指\n标", 1, len(rows) + 1), "一级\n指标", "二级\n指标", "三级指标", "年度指标值", "上年完成值",
        "全年实际完成值", "未完成原因和改进措施", "填报范围",
    )  # fmt: skip
    for item in rows:
        page.row(*levels(item), item["level3"], item["target"], item["more"][0], item["actual"], item["reason"], item["more"][1])  # fmt: skip
    page.row("说明", ("审计和财政监督中未发现违规使用资金的问题。", 8, 1))
    page.plain("注：上年完成值一列为本州自行增加，供比较使用。")
    form = reading(
        "transfer", title, None, 2023, None, "林业草原改革发展资金", rows, funds=(
            ("年度资金总额", None, 2650, 2438, 0.928, None, None),
            ("其中：中央补助", None, 1850, 1720, 0.9297, None, None),
            ("地方资金", None, 500, 438, 0.876, None, None),
            ("其他资金", None, 300, 280, 0.9333, None, None),
        ),
    )  # fmt: skip
    form = without(form, "unit", "department")
    form["funds"][1] = without(form["funds"][1], "name")
    page.write(
        "c04-加上年值", [form], seeded(f"H{at}", "执行率应为92.00%，填92.80%"),
        ["主管部门有中央、地方两级，department不比对"],
    )  # fmt: skip


def c05() -> None:
    """A hospital; target and actual in one cell, the total in the head."""
    rows = items("""
    产出指标|数量指标|购置大型医用设备|≥5台套|5台套|8|8||设备科
    ||开展三、四级手术|≥3200例|3356例|8|8||医务科
    ||新技术新项目准入|≥12项|12项|6|6||医务科
    ||住院医师规范化培训结业|≥40人|38人|4|3.8|两名学员休产假延期结业，编入下一批考核。|科教科
    |质量指标|病例组合指数（CMI值）|≥1.05|1.08|8|8||病案室
    ||设备验收合格率|100%|100%|6|6||设备科
    |时效指标|设备安装调试完成时间|12月底前|12月8日|5|5||设备科
    |成本指标|药占比|≤28%|26.7%|5|5||药剂科
    效益指标|社会效益指标|门急诊人次|≥46万人次|48.3万人次|8|8||门诊部
    ||平均住院日|≤7.5天|7.2天|8|8||病案室
    |经济效益指标|百元医疗收入卫生材料消耗|≤24元|22.8元|6|6||财务科
    |可持续影响指标|学科带头人培养|2名|2名|8|8||人事科
    满意度指标|服务对象满意度指标|住院患者满意度|≥92%|94.6%|6|6||护理部
    ||医务人员满意度|≥85%|87.2%|4|4||工会
    """)
    page = Page("专项")
    title = "２０２３年度医疗服务与保障能力提升项目绩效自评表"
    page.row((title, 8, 1))
    page.row(
        "项目名称", ("重点专科建设及设备更新", 3, 1), "主管部门", ("宁岭市卫生健康委员会", 3, 1)
    )
    page.row(
        "填报单位\n（盖公章）", ("宁岭市第三人民医院", 3, 1), "自评总分", 99.7, "自评等级", "优"
    )
    page.row("金额单位", ("万元", 3, 1), "院内编号", ("NL3Y-2023-017", 3, 1))
    page.row(
        ("资金来源", 2, 1), "预算安排数", "实际支出数", "支出进度", "标准分", "自评分", "差异说明"
    )
    page.row(("资金合计", 2, 1), 1260, 1247.4, "99.00%", 10, 9.9, None)
    page.row(("财政补助收入", 2, 1), 900, 900, "100.00%", None, None, None)
    page.row(("事业收入（医院自筹）", 2, 1), 360, 347.4, "96.50%", None, None, "质保金未到期")
    page.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度目标值 / 年末完成值",
        "标准分",
        "自评分",
        "差异说明",
        "责任科室",
    )
    for i, item in enumerate(rows):
        both = (
            f"{item['target']} / {item['actual']}"
            if i % 3
            else f"目标：{item['target']}\n完成：{item['actual']}"
        )
        page.row(*levels(item), item["level3"], both, item["weight"], item["score"], item["reason"], item["more"][0])  # fmt: skip
    page.skip()
    page.plain("院长：", None, "总会计师：", None, "填表：财务科 祝晓")
    page.plain("说明：完成值取自病案首页系统和财务年报。")
    form = reading(
        "project", title, "宁岭市第三人民医院", 2023, "宁岭市卫生健康委员会", "重点专科建设及设备更新", rows, total=99.7,
        grade="优", funds=(
            ("资金合计", None, 1260, 1247.4, 0.99, 10, 9.9),
            ("财政补助收入", None, 900, 900, 1, None, None),
            ("事业收入（医院自筹）", None, 360, 347.4, 0.965, None, None),
        ),
    )  # fmt: skip
    page.write("c05-医院", [form], (), ["目标与完成同格，按斜线或“目标：/完成：”分开"])


def c06() -> None:
    """A university from B3 on; the target in three cells, a hidden helper column."""
    rows = items("""
    产出指标|数量指标|新建产教融合实训基地|≥6个|6|8|8||≥;6;个
    ||开发活页式教材|≥15部|16|6|6||≥;15;部
    ||培训“双师型”教师|≥120人次|132|6|6||≥;120;人次
    ||立项省级教改课题|≥10项|9|6|5.4|一项课题在省级评审中落选，下年度继续申报。|≥;10;项
    ||采购教学科研仪器|≥210台（套）|214|6|6||≥;210;台（套）
    |质量指标|仪器设备验收合格率|=100%|100|8|8||=;100;%
    ||学生竞赛获省级以上奖项|≥30项|33|5|5||≥;30;项
    |时效指标|招标采购按期完成率|≥95%|96.4|5|5||≥;95;%
    效益指标|社会效益指标|毕业生去向落实率|≥93%|94.15|10|10||≥;93;%
    ||服务企业技术合同|≥40项|41|6|6||≥;40;项
    |经济效益指标|横向科研到账经费|≥800万元|823.6|6|6||≥;800;万元
    |可持续影响指标|实训平台共享机制|建立健全|建立健全|8|8||;建立健全;
    满意度指标|服务对象满意度指标|在校学生满意度|≥90%|92.5|5|5||≥;90;%
    ||合作企业满意度|≥90%|95|5|5||≥;90;%
    """)
    labels = {
        "产出指标": "产出指标\n（50分）",
        "效益指标": "效益指标\n（30分）",
        "满意度指标": "满意度\n指标\n（10分）",
    }
    page = Page("2022自评", 3, 2)
    title = "2022年度高等学校专项资金项目绩效自评表"
    page.row((title, 12, 1))
    page.plain(
        "填报日期：2023/2/20", None, None, None, None, None, None, None, None, "金额单位：万元"
    )
    page.row(
        ("项目名称", 2, 1),
        ("应用型本科产教融合平台建设", 5, 1),
        ("项目负责人", 2, 1),
        ("陈向北", 3, 1),
    )
    page.row(("主管部门", 2, 1), ("景川省教育厅", 5, 1), ("项目单位", 2, 1), ("景川理工学院", 3, 1))
    page.row(
        ("资金执行", 1, 4), ("资金类别", 2, 1), ("年初预算数", 2, 1), "调整预算数", ("执行数", 2, 1), "执行率", "权重分", "自评得分",
        "未完成原因",
    )  # fmt: skip
    for name, a, b, c, rate, w, s in (
        ("资金总额", 850, 850, 832.15, 0.979, 10, 9.79),
        ("财政拨款", 600, 600, 600, 1, "/", "/"),
        ("学校自筹资金", 250, 250, 232.15, 0.9286, "/", "/"),
    ):
        page.row((name, 2, 1), (a, 2, 1), b, (c, 2, 1), shown(rate, "0.00%"), w, s, None)
    page.row("序号", "一级指标", "二级指标", "三级指标", "指标符号", "指标数值", "度量单位", "完成值", "完成比\n（辅助列）", "权重分", "自评得分", "未完成原因")  # fmt: skip
    for i, item in enumerate(rows, 1):
        sign, value, measure = item["more"][0].split(";")
        ratio = float(item["actual"]) / float(value) if sign else 1
        page.row(
            i, *levels(item, labels), item["level3"], sign or None, typed(value), measure or None, typed(item["actual"]),
            shown(round(ratio, 4), "0.00%"), item["weight"], item["score"], item["reason"],
        )  # fmt: skip
    page.row(("总 分", 9, 1), 100, 99.19, None)
    page.plain(
        "项目负责人签字：", None, None, None, "财务处审核：", None, None, None, "学校（公章）"
    )
    page.aside("O11", "教务处意见：课题数以省厅公布文件为准")
    form = reading(
        "project", title, "景川理工学院", 2022, "景川省教育厅", "应用型本科产教融合平台建设", rows, total=99.19, funds=(
            ("资金总额", 850, 850, 832.15, 0.979, 10, 9.79),
            ("财政拨款", 600, 600, 600, 1, None, None),
            ("学校自筹资金", 250, 250, 232.15, 0.9286, None, None),
        ), points={k: (v, {"产": 50, "效": 30, "满": 10}[k[0]]) for k, v in labels.items()},
    )  # fmt: skip
    page.write("c06-大学", [form], (), ["J列为隐藏的辅助列"], hidden="J")


def c07() -> None:
    """A monitoring form into which a column was typed."""
    rows = items("""
    产出指标|数量指标|视频点位运维数量|≥860路|860路||||860路|确定能
    ||案件采集数|≥5.2万件|3.96万件||||5.3万件|确定能
    |质量指标|案件立案准确率|≥98%|98.6%||||98.5%|确定能
    ||平台可用率|≥99%|99.3%||||99.2%|确定能
    |时效指标|故障响应时长|≤2小时|1.5小时||||1.5小时|确定能
    |成本指标|年度运维费用|≤300万元|198万元||||300万元|确定能
    效益指标|社会效益指标|热线重复投诉下降率|≥10%|7.4%||||10%|有可能
    |可持续影响指标|数据共享部门|≥11个|11个||||11个|确定能
    满意度指标|服务对象满意度指标|市民满意度|≥85%|未调查||||86%|有可能
    """)
    page = Page("监控", 2, 2)
    title = "2024年1-9月部门预算项目支出绩效运行监控表"
    page.row((title, 9, 1))
    page.row(
        ("项目名称", 2, 1),
        ("智慧城管平台运行维护", 3, 1),
        "项目单位",
        ("澄江市城市管理指挥中心", 3, 1),
    )
    page.row(("主管部门", 2, 1), ("澄江市城市管理局", 3, 1), "金额单位", ("万元", 3, 1))
    page.row(
        ("资金", 1, 2),
        (None, 2, 1),
        "年初预算数",
        "1-9月执行数",
        "1-9月执行率",
        "全年预计执行数",
        ("监控期末说明", 2, 1),
    )
    page.row(("年度资金总额", 2, 1), 300, 198, "66.00%", 300, ("按合同分季度支付", 2, 1))
    page.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "1-9月完成情况",
        "全年预计完成情况",
        "完成目标可能性",
        "偏差说明",
        "责任岗",
    )
    for item in rows:
        page.row(
            *levels(item),
            item["level3"],
            item["target"],
            item["actual"],
            *item["more"][:2],
            None,
            "运维组",
        )
    page.row(("监控结论", 2, 1), ("总体按计划推进，投诉下降率需在四季度重点盯办。", 7, 1))
    form = reading(None, title, "澄江市城市管理指挥中心", 2024, "澄江市城市管理局", "智慧城管平台运行维护", rows, funds=(
        ("年度资金总额", 300, None, None, None, None, None),
    ))  # fmt: skip
    form = without(form, "kind", "claimed_total")
    form["funds"] = [without(f, "budget", "executed", "rate") for f in form["funds"]]
    form["indicators"] = [
        without(i, "actual", "weight", "score", "reason") for i in form["indicators"]
    ]
    page.write(
        "c07-监控表", [form], None, ["监控表不是自评表，kind、完成值与执行数不比对，findings不比对"]
    )


def c08() -> None:
    """A research institute; the total stands between funds and indicators, and is one point too high."""
    rows = items("""
    产出指标|数量指标|在研纵向课题|≥42项|44项|8|8||课题台账
    ||发表SCI、EI论文|≥35篇|37篇|6|6||检索证明
    ||授权发明专利|≥20件|18件|8|7.2|两件处于实质审查答复阶段，预计次年一季度授权。|专利证书
    ||选育审定新品种|≥3个|3个|6|6||审定公告
    |质量指标|课题结题通过率|≥95%|100%|8|8||验收意见
    ||检测报告差错率|≤1%|0.4%|6|6||质控记录
    |时效指标|课题任务书按期完成率|≥95%|88%|8|7.41|部分田间试验错过播种季，已申请延期。|延期批复
    效益指标|经济效益指标|成果转化收入|≥260万元|226.2万元|10|8.7|两家企业的技术受让款延至次年支付。|转让合同
    |社会效益指标|技术培训农户|≥1500人次|1620人次|8|8||签到表
    ||大型仪器开放共享机时|≥9600小时|9720小时|6|6||平台导出
    |可持续影响指标|青年科研骨干引进|5人|4人|6|4.8|一名拟引进博士放弃入职，已重新发布公告。|人事文件
    满意度指标|服务对象满意度指标|技术服务企业满意度|≥90%|93%|5|5||问卷
    ||科研人员满意度|≥85%|83%|5|4.88|实验用房紧张，新楼启用后调整。|问卷
    """)
    page = Page("整体自评")
    title = "二〇二三年度青峦省农产品加工研究所整体支出绩效自评表"
    page.row((title, 10, 1))
    page.row(("单位名称", 2, 1), ("青峦省农产品加工研究所", 4, 1), "金额单位", ("万元", 3, 1))
    page.row(
        ("预算执行\n情况\n（10分）", 1, 4), ("项  目", 2, 1), "年初预算数", "全年预算数", "全年执行数", ("执行率", 2, 1), "得分", "备注",
    )  # fmt: skip
    page.row(("年度支出总额", 2, 1), 2100, 2240, 2060.8, ("92.00%", 2, 1), 9.2, None)
    page.row(("其中：人员及运转经费", 2, 1), 1300, 1320, 1320, ("100.00%", 2, 1), None, None)
    page.row(("科研专项经费", 2, 1), 800, 920, 740.8, ("80.52%", 2, 1), None, "跨年课题结余")
    at = page.row(("自评总分", 2, 1), ("96.19", 3, 1), ("自评等级", 2, 1), ("优", 3, 1))
    page.row(
        ("绩效指标\n（90分）", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "分值", "年度目标值", "全年完成值", "自评得分",
        "偏差原因及整改措施", "佐证材料",
    )  # fmt: skip
    for item in rows:
        page.row(*levels(item), item["level3"], item["weight"], item["target"], typed(item["actual"]), item["score"], item["reason"], item["more"][0])  # fmt: skip
    page.plain("所长：", None, None, "计财处：", None, None, "科研处：")
    form = reading(
        "department", title, "青峦省农产品加工研究所", 2023, None, None, rows, total=96.19, grade="优", funds=(
            ("年度支出总额", 2100, 2240, 2060.8, 0.92, 10, 9.2),
            ("其中：人员及运转经费", 1300, 1320, 1320, 1, None, None),
            ("科研专项经费", 800, 920, 740.8, 0.8052, None, None),
        ),
    )  # fmt: skip
    form = unnamed(form, "weight")
    form["funds"][1] = without(form["funds"][1], "name")
    page.write("c08-科研院所", [form], seeded(f"C{at}", "总分应为95.19，填96.19"))


def c09() -> None:
    """A village collective and its neighbour, one below the other, in 元 and in words of their own."""
    first = items("""
    产出指标|数量指标|新建育苗大棚|6座|6座|15|15
    ||种植石斛面积|≥80亩|82亩|15|15
    |质量指标|种苗成活率|≥85%|80%|10|9.41|七月连续高温，遮阳网加装偏晚，秋季已补种。
    |时效指标|项目完工时间|2023年10月31日前|2023年10月20日|10|10
    效益指标|经济效益|村集体年增收|≥60000元|63200元|15|15
    ||带动脱贫户务工|≥25户|27户|5|5
    |可持续影响|资产确权登记|全部登记|全部登记|10|10
    满意度指标|群众满意度|社员代表满意度|≥90%|96%|10|10
    """)
    second = items("""
    产出指标|数量指标|建设冷库|1座|1座|15|15
    ||新增库容|≥600立方米|620立方米|10|10
    ||购置预冷设备|2套|2套|10|10
    |质量指标|工程验收合格率|100%|100%|10|10
    |时效指标|投入使用时间|9月底前|9月12日|5|5
    效益指标|经济效益|冷库租赁收入|≥45000元|41850元|15|13.95|首个租期从九月起算，有一间晚租两个月。
    |社会效益|服务周边种植户|≥110户|118户|15|15
    满意度指标|群众满意度|村民满意度|≥90%|91%|10|10
    """)
    title = "2023年度扶持壮大村级集体经济项目绩效自评表"
    page = Page("石桥镇")
    forms = []
    for rows, unit, project, funds, total, people in (
        (first, "石桥镇王家岭村股份经济合作社", "石斛林下种植基地", (
            ("资金合计", None, 500000, 482500, 0.965, 10, 9.65), ("财政扶持资金", None, 400000, 400000, 1, None, None),
            ("村集体自筹", None, 100000, 82500, 0.825, None, None)), 99.06, "理事长：王有才"),
        (second, "石桥镇月塘村经济联合社", "果蔬冷链仓库建设", (
            ("资金合计", None, 700000, 700000, 1, 10, 10), ("财政扶持资金", None, 600000, 600000, 1, None, None),
            ("村集体自筹", None, 100000, 100000, 1, None, None)), 98.95, "理事长：罗小琴"),
    ):  # fmt: skip
        page.row((title, 8, 1))
        page.row(("项目名称", 2, 1), (project, 2, 1), "主管部门", ("黛山县农业农村局", 3, 1))
        page.row(("实施单位", 2, 1), (unit, 2, 1), "资金单位", ("元", 3, 1))
        page.row(
            ("资金名称", 2, 1), "计划投入数", "实际支出数", "支出率", "标准分", "自评分", "情况说明"
        )
        for name, _, budget, executed, rate, w, s in funds:
            page.row((name, 2, 1), f"{budget:,}", f"{executed:,}", f"{rate * 100:g}%", w, s, None)
        page.row(
            "指标类别", "指标项", "具体指标", "计划数", "实际完成数", "标准分", "自评分", "情况说明"
        )
        for item in rows:
            page.row(*levels(item), item["level3"], item["target"], item["actual"], item["weight"], item["score"], item["reason"])  # fmt: skip
        page.row(("合计得分", 5, 1), 100, total, None)
        page.plain(people, None, None, "村务监督委员会主任：", None, None, "镇农经站（章）")
        page.skip(3)
        forms.append(reading("project", title, unit, 2023, "黛山县农业农村局", project, rows, total=total, money="元", funds=funds))  # fmt: skip
    page.write("c09-村集体上下两表", forms, (), ["计划投入数作全年预算数"])


def c10() -> None:
    """A company owned by the state, from B5 on; an opinion beside each row, a date in a cell."""
    rows = items("""
    产出指标|数量指标|更新纯电动公交车|≥96辆|96辆|10|10||属实
    ||新建充电终端|≥120个|126个|8|8||属实
    ||改造首末站|5座|4座|7|5.6|城北首末站用地手续未办结，次年一季度开工。|同意扣分
    |质量指标|车辆上线技术合格率|=100%|100%|10|10||属实
    ||百公里故障次数|≤0.8次|0.62次|5|5||属实
    |时效指标|车辆交付时间|2023年9月30日前|2023-09-22|5|5||见交接单
    |成本指标|单车采购价格|≤78万元|76.5万元|5|5||属实
    效益指标|经济效益指标|百公里能耗成本下降率|≥15%|17.8%|6|6||属实
    ||营业收入|≥2.15亿元|2.19亿元|6|6||以审计数为准
    |社会效益指标|年客运量|≥5200万人次|5316万人次|8|8||属实
    |生态效益指标|减少二氧化碳排放|≥4100吨|4280吨|6|6||属实
    |可持续影响指标|国有资产保值增值率|≥100%|101.3%|4|4||以审计数为准
    满意度指标|服务对象满意度指标|乘客满意度|≥88%|90.4%|10|10||属实
    """)
    page = Page("国资预算", 4, 2)
    page.plain("附件4")
    title = "2023年度市级国有资本经营预算支出项目绩效自评表"
    page.row((title, 9, 1))
    page.row(("项目名称", 2, 1), ("新能源公交车更新及充电场站建设", 7, 1))
    page.row(
        ("主管部门\n（出资人机构）", 2, 1), ("榆关市人民政府国有资产监督管理委员会", 3, 1), "实施单位", ("榆关市公共交通集团有限公司", 3, 1),
    )  # fmt: skip
    page.row(
        ("资金类别\n（单位：万元）", 2, 1),
        "批复预算数",
        "调整后预算数",
        "权重",
        "实际执行数",
        "得分",
        "执行率",
        "备注",
    )
    for name, a, b, c, rate, w, s in (
        ("资金总额", 8600, 8600, 8342, 0.97, 10, 9.7),
        ("国有资本经营预算资金", 3000, 3000, 3000, 1, "—", "—"),
        ("企业自筹", 5600, 5600, 5342, 0.9539, "—", "—"),
    ):
        page.row((name, 2, 1), a, b, w, c, s, shown(rate, "0.00%"), None)
    page.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "考核目标值",
        "权重",
        "年度完成值",
        "自评得分",
        "集团财务部意见",
        "偏差说明",
    )
    for item in rows:
        actual = dt.date(2023, 9, 22) if item["actual"] == "2023-09-22" else typed(item["actual"])
        page.row(*levels(item), item["level3"], item["target"], item["weight"], actual, item["score"], item["more"][0], item["reason"])  # fmt: skip
    page.row(("总 分", 4, 1), 100, None, 98.3, ("等级：优", 2, 1))
    page.skip()
    page.plain("法定代表人：", None, None, "总会计师：", None, None, "填报人：孟达")
    form = reading(
        "project", title, "榆关市公共交通集团有限公司", 2023, "榆关市人民政府国有资产监督管理委员会", "新能源公交车更新及充电场站建设", rows,
        total=98.3, grade="优", funds=(
            ("资金总额", 8600, 8600, 8342, 0.97, 10, 9.7),
            ("国有资本经营预算资金", 3000, 3000, 3000, 1, None, None),
            ("企业自筹", 5600, 5600, 5342, 0.9539, None, None),
        ),
    )  # fmt: skip
    page.write("c10-国企", [form], (), ["批复预算数作年初预算数", "日期单元格按显示2023-09-22"])


def c11() -> None:
    """A PPP project: what it calls targets are requirements, its funds carry no points."""
    rows = items("""
    产出|项目运营|污水处理量|≥3650万吨|3702万吨|10|10||运行报表
    ||再生水供水量|≥730万吨|690万吨|8|7.56|两家用水企业停产检修，用量减少。|抄表记录
    ||出水水质达标率|100%|100%|12|12||在线监测
    |项目维护|设备完好率|≥98%|98.7%|8|8||点检表
    ||管网巡检频次|≥2次/周|2次/周|6|6||巡检日志
    |成本效益|吨水电耗|≤0.32千瓦时|0.305千瓦时|6|6||电费单
    效果|经济影响|再生水替代节约费用|≥300万元|312万元|8|8||测算表
    |生态影响|化学需氧量削减量|≥8200吨|8460吨|8|8||监测报告
    |社会影响|重大舆情事件|0起|0起|6|6||舆情周报
    |满意度|公众满意度|≥85%|89%|8|8||调查报告
    管理|组织管理|管理制度健全性|健全|健全|6|6||制度汇编
    |财务管理|会计核算规范性|规范|规范|5|5||审计报告
    |档案管理|档案移交及时率|≥95%|97%|4|4||移交清单
    |信息公开|公开报告次数|4次|3次|5|3.75|四季度报告推迟到次年一月公开。|网站截图
    """)
    labels = {"产出": "产出（50分）", "效果": "效果（30分）", "管理": "管理（20分）"}
    page = Page("运营期")
    title = "三水新区污水处理及再生水利用PPP项目2023年度绩效自评表"
    page.row((title, 9, 1))
    page.plain("（运营期第四年）", None, None, None, None, None, "单位：万元")
    page.row(
        "项目名称",
        ("三水新区污水处理及再生水利用PPP项目", 4, 1),
        "运作方式",
        ("BOT，合作期25年", 3, 1),
    )
    page.row(
        "填报单位",
        ("三水碧源水务有限公司（项目公司）", 4, 1),
        "社会资本方",
        ("碧源环境股份有限公司", 3, 1),
    )
    page.row(
        ("政府付费类别", 2, 1), ("预算安排数", 2, 1), ("实际支付数", 2, 1), ("支付率", 2, 1), "说明"
    )
    page.row(("可用性服务费", 2, 1), (2680, 2, 1), (2680, 2, 1), ("100%", 2, 1), None)
    page.row(("运营维护费", 2, 1), (920, 2, 1), (874, 2, 1), ("95%", 2, 1), "末季按绩效付费待支付")
    page.row(("合计", 2, 1), (3600, 2, 1), (3554, 2, 1), ("98.72%", 2, 1), None)
    page.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效要求\n（目标值）",
        "实际达标情况",
        "标准分",
        "自评分",
        "扣分说明",
        "佐证材料",
    )
    for item in rows:
        page.row(*levels(item, labels), item["level3"], item["target"], item["actual"], item["weight"], item["score"], item["reason"], item["more"][0])  # fmt: skip
    page.row(("总分", 5, 1), 100, 98.31, ("对应付费系数：1.00", 2, 1))
    page.plain("项目公司（盖章）：", None, None, "实施机构复核：", None, None, "2024年1月25日")
    form = reading(
        "project", title, "三水碧源水务有限公司（项目公司）", 2023, None, "三水新区污水处理及再生水利用PPP项目", rows, total=98.31,
        funds=(
            ("可用性服务费", None, 2680, 2680, 1, None, None),
            ("运营维护费", None, 920, 874, 0.95, None, None),
            ("合计", None, 3600, 3554, 0.9872, None, None),
        ), points={k: (v, {"产": 50, "效": 30, "管": 20}[k[0]]) for k, v in labels.items()},
    )  # fmt: skip
    form = without(form, "unit")
    page.write(
        "c11-PPP",
        [form],
        (),
        ["单位名称带（项目公司）与否均可，unit不比对", "资金不计分，指标合计100分"],
    )


def c12() -> None:
    """A culture house: last year's value, the persons in charge; full points for a missed target."""
    rows = items("""
    产出指标|数量指标|开展惠民演出|≥400场次|360场次|10|10|场馆修缮停用，部分演出改到线上。|372场次|王芮
    ||举办公益培训班|≥60期|64期|8|8||58期|李蔚
    ||流动文化车下乡|≥90次|93次|6|6||88次|王芮
    ||非遗展览|4次|4次|6|6||4次|高岩
    |质量指标|活动计划执行率|≥95%|96.7%|8|8||95.2%|王芮
    |时效指标|全年开放天数|≥320天|326天|7|7||318天|李蔚
    |成本指标|场均演出补贴|≤0.8万元|0.78万元|5|5||0.8万元|财务
    效益指标|社会效益指标|服务群众|≥12万人次|13.1万人次|12|12||11.7万人次|高岩
    ||未成年人参与活动占比|≥30%|32.5%|8|8||29%|李蔚
    |可持续影响指标|群众文艺团队培育|≥25支|26支|10|10||24支|高岩
    满意度指标|服务对象满意度指标|观众满意度|≥90%|94%|6|6||93%|王芮
    ||学员满意度|≥92%|95.3%|4|4||94%|李蔚
    """)
    page = Page("项目", 2, 1)
    title = "2023年项目支出绩效自评表"
    page.row((title, 11, 1))
    page.row(
        "项目名称", ("公共文化场馆免费开放", 4, 1), ("主管部门", 2, 1), ("临澜区文化和旅游局", 4, 1)
    )
    page.row("实施单位", ("临澜区文化馆", 4, 1), ("资金单位", 2, 1), ("万元", 4, 1))
    page.row(
        ("项目资金", 1, 2),
        ("资金", 2, 1),
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "分值",
        "得分",
        ("备注", 2, 1),
    )
    page.row(("年度资金总额", 2, 1), 236, 236, 229.39, "97.20%", 10, 9.72, (None, 2, 1))
    page.row(
        "年度总体\n目标",
        (
            "预期：场馆全年免费开放，惠民演出和培训覆盖各街道。\n完成：场馆按时开放，线下演出因修缮减少。",
            10,
            1,
        ),
    )
    page.row(
        ("绩效指标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "上年完成值", "本年完成值", "分值", "得分",
        "未完成原因及改进措施", "责任人",
    )  # fmt: skip
    where = {}
    for item in rows:
        where[item["level3"]] = page.row(
            *loose(item), item["level3"], item["target"], typed(item["more"][0]), typed(item["actual"]), item["weight"],
            item["score"], item["reason"], item["more"][1],
        )  # fmt: skip
    at = page.row(("总分", 7, 1), 100, 99.72, None, None)
    page.plain(
        "注：年度指标值未列区间的，完成即得满分。",
        None,
        None,
        None,
        None,
        None,
        "填表日期：2024.2.6",
    )
    form = reading(
        "project", title, "临澜区文化馆", 2023, "临澜区文化和旅游局", "公共文化场馆免费开放", rows, total=99.72,
        funds=(("年度资金总额", 236, 236, 229.39, 0.972, 10, 9.72),),
    )  # fmt: skip
    page.write(
        "c12-目标未达得满分", [form],
        seeded(f"I{where['开展惠民演出']}", "400场次只完成360场次，10分至多得9分，填10分", [f"I{at}"]),
    )  # fmt: skip


def c13() -> None:
    """Goals of a department with spaces typed into their labels, from C3 on; remarks of reviewers beside."""
    goals = (
        ("年 度 绩 效 目 标 1：服务市场主体发展（30分）", 30, 30, items("""
        产出指标|数量指标|新登记市场主体|≥6800户|7021户||8
        ||“个转企”培育数|≥180户|186户||6
        |质量指标|企业开办一日办结率|≥98%|99.1%||6
        |时效指标|年报公示完成时间|6月30日前|6月28日||5
        效益指标|社会效益指标|营商环境|持续优化|持续优化||5
        """)),
        ("年度绩效目标 2：\n食品药品安全监管（30分）", 30, 29.5, items("""
        产出指标|数量指标|食品抽检批次|≥1200批次|1140批次||9.5
        ||药店检查家次|≥310家次|322家次||6
        |质量指标|不合格食品处置率|100%|100%||6
        效益指标|社会效益指标|重大食品安全事故|0起|0起||8
        """)),
        ("年度 绩效目标３：特种设备安全与消费维权（２０分）", 20, 20, items("""
        产出指标|数量指标|电梯维保抽查|≥450台|463台||5
        |时效指标|投诉举报按期办结率|≥95%|97.8%||5
        效益指标|可持续影响指标|消费维权站点|≥14个|14个||5
        满意度指标|服务对象满意度指标|消费者满意度|≥88%|91%||5
        """)),
    )  # fmt: skip
    page = Page("Sheet1", 3, 3)
    title = "2022年度沅水县市场监督管理局部门整体绩效自评表"
    page.row((title, 7, 1))
    page.plain("单位名称：沅水县市场监督管理局", None, None, None, "填报日期：２０２３年３月１５日")
    page.row(("基本支出总额", 2, 1), (1820.4, 2, 1), ("项目支出总额", 2, 1), 979.6)
    page.row(
        ("预算执行情况\n（万元）（20分）", 1, 2),
        ("", 2, 1),
        "预算数（A）",
        "执行数（B）",
        "执行率\n（B/A）",
        "得 分\n（20分*执行率）",
    )
    page.row(("部门整体支出总额", 2, 1), 2950, 2800, "94.92%", 18.98)
    rows: Items = []
    of: list[int] = []
    for n, (label, _, score, part) in enumerate(goals, 1):
        page.row((label, 6, 1), score)
        page.row(
            ("绩效\n指标", 1, len(part) + 1),
            "一级指标",
            "二级 指标",
            "三级指标",
            "年初目标值（A）",
            "实际完成值（B）",
            "得 分",
        )
        for item in part:
            page.row(
                *levels(item), item["level3"], item["target"], typed(item["actual"]), item["score"]
            )
        rows += part
        of += [n] * len(part)
    page.row(("总 分", 6, 1), 98.48)
    reason = "目标2中食品抽检批次少60批次，系三季度检测机构招标流标，四季度未能全部补检。"
    better = "次年提前一个季度完成检测机构招标，按月通报抽检进度。"
    page.row(("偏差大或\n目标未完成\n原因分析", 1, 1), (reason, 6, 1))
    page.row(("改进措施及\n结果应用方案", 1, 1), (better, 6, 1))
    page.plain("局长：", None, None, "分管财务负责人：")
    page.aside("K12", "第三方机构：请补充登记系统截图")
    page.aside("K20", "第三方机构：已核对检验报告1140份")
    form = reading(
        "department", title, "沅水县市场监督管理局", 2022, None, None, rows, total=98.48,
        funds=(("部门整体支出总额", None, 2950, 2800, 0.9492, 20, 18.98),),
        goals=[(None, label, w, s) for label, w, s, _ in goals], of=of, basic_expenditure=1820.4,
        project_expenditure=979.6, deviation_reason=reason, improvement=better,
    )  # fmt: skip
    form["goals"] = [without(g, "name") for g in form["goals"]]
    form["indicators"] = [without(i, "weight") for i in form["indicators"]]
    page.write("c13-目标标签带空格", [form], (), ["目标的name可为标签中的文字，不比对"])


def c14() -> None:
    """A special bond: year and unit of money in one cell, funds as pairs of label and value."""
    rows = items("""
    产出指标|数量指标|新建标准厂房面积|≥8.6万平方米|8.6万平方米|10|10
    ||敷设雨污水管网|≥11公里|11.4公里|8|8
    ||配套道路|≥3.2公里|3.2公里|6|6
    |质量指标|分部工程验收合格率|100%|100%|10|10
    |时效指标|形象进度完成率|≥80%|76%|8|7.6|连续降雨，屋面工程滞后一个月，已调整工期。
    |成本指标|概算控制率|≤100%|97.8%|8|8
    效益指标|经济效益指标|厂房出租率|≥60%|63%|8|8
    ||专项收入|≥520万元|486.2万元|10|9.35|两家入园企业享受三个月免租期。
    |社会效益指标|新增就业岗位|≥600个|640个|7|7
    |可持续影响指标|债券还本付息保障|按期足额|按期足额|5|5
    满意度指标|服务对象满意度指标|入园企业满意度|≥90%|92.5%|10|10
    """)
    page = Page("专项债", 1, 1)
    title = "地方政府专项债券项目资金绩效自评表"
    page.row((title, 10, 1))
    page.row(("评价年度：2023年        金额单位：万元", 10, 1))
    page.row(
        ("项目名称", 2, 1),
        ("芦城高新区标准厂房及配套管网工程", 3, 1),
        ("债券名称", 2, 1),
        ("2023年第三批专项债券（园区类）", 3, 1),
    )
    page.row(
        ("主管部门", 2, 1),
        ("芦城高新区经济发展局", 3, 1),
        ("项目单位", 2, 1),
        ("芦城高新区投资建设服务中心", 3, 1),
    )
    page.row(
        "资金执行",
        "全年预算数",
        12000,
        "全年执行数",
        11280,
        "执行率",
        shown(0.94, "0.00%"),
        "分值 10",
        "得分",
        9.4,
    )
    page.row(
        ("绩\n效\n指\n标", 1, len(rows) + 1),
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
        ("偏差原因", 2, 1),
    )
    for item in rows:
        page.row(*levels(item), item["level3"], item["target"], typed(item["actual"]), item["weight"], item["score"], (item["reason"], 2, 1))  # fmt: skip
    page.row(("合 计", 6, 1), 100, 98.35, ("自评等级：优", 2, 1))
    page.row(
        ("存在问题\n及建议", 1, 1),
        ("园区招商进度与债券还款计划衔接不够紧，建议提前签订预租协议。", 9, 1),
    )
    page.plain("项目单位（章）", None, None, None, "主管部门（章）")
    form = reading(
        "project", title, "芦城高新区投资建设服务中心", 2023, "芦城高新区经济发展局", "芦城高新区标准厂房及配套管网工程", rows,
        total=98.35, grade="优", funds=((None, None, 12000, 11280, 0.94, 10, 9.4),),
    )  # fmt: skip
    form = without(form, "deviation_reason", "improvement")
    form["funds"] = [without(f, "name") for f in form["funds"]]
    page.write(
        "c14-专项债",
        [form],
        (),
        ["资金行没有名称，name不比对", "“分值 10”标签与数值同格", "存在问题及建议归入哪一项不比对"],
    )


def c15() -> None:
    """A township: points in the labels of level 2 alone, header repeated after a page break, total and grade in one cell."""
    rows = items("""
    产出指标|数量指标|硬化村组道路|≥9公里|9.3公里|6|6
    ||新装太阳能路灯|≥150盏|152盏|6|6
    ||发放耕地地力补贴|≥2300户|2318户|6|6
    ||开展安全生产检查|≥240次|228次|6|5.7|安监人员抽调换届工作，六月检查减少。
    |质量指标|道路验收合格率|100%|100%|6|6
    ||信访件办结率|≥95%|97%|6|6
    |时效指标|惠民资金发放时限|≤15日|12日|8|8
    |成本指标|公用经费节约率|≥3%|3.6%|6|6
    效益指标|经济效益指标|村集体经济总收入|≥560万元|571.5万元|10|10
    |社会效益指标|矛盾纠纷化解率|≥96%|97.4%|5|5
    ||新增城镇就业|≥180人|174人|5|4.83|一家服装厂推迟投产，招工少于预期。
    |生态效益指标|秸秆综合利用率|≥92%|93.1%|10|10
    满意度指标|服务对象满意度指标|群众满意度|≥90%|91.8%|5|5
    ||企业满意度|≥90%|95%|5|5
    """)
    two: dict[str, float] = {}
    for item in rows:
        two[item["level2"]] = two.get(item["level2"], 0) + item["weight"]
    labels = {k: f"{k}\n（{v:g}分）" for k, v in two.items()}
    page = Page("柏坡镇", 2, 2)
    title = "2023年度柏坡镇人民政府部门整体支出绩效自评表"
    page.row((title, 9, 1))
    page.row(("部门名称", 2, 1), ("柏坡镇人民政府", 3, 1), "金额单位", ("万元", 3, 1))
    page.row(
        ("预算执行\n（10分）", 1, 2),
        ("项目", 2, 1),
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "自评得分",
        "复核分",
    )
    page.row(("年度支出总额", 2, 1), 1466, 1530.6, 1484.68, "97.00%", 9.7, None)
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "目标值",
        "完成值",
        "自评得分",
        "复核分",
        "未完成原因",
    )
    page.row(("绩效指标\n（90分）", 1, 9), *head)
    for i, item in enumerate(rows):
        if i == 8:
            page.row(("绩效指标\n（续）", 1, 7), *head)
        page.row(*levels(item, labels), item["level3"], item["target"], typed(item["actual"]), item["score"], None, item["reason"])  # fmt: skip
    page.row(("总分：99.23分        等级：优", 9, 1))
    page.plain("镇长：", None, None, "财政所：", None, None, "镇人大主席团复核：")
    form = reading(
        "department", title, "柏坡镇人民政府", 2023, None, None, rows, total=99.23, grade="优",
        funds=(("年度支出总额", 1466, 1530.6, 1484.68, 0.97, 10, 9.7),),
    )  # fmt: skip
    form["goals"] = [without(g, "weight") for g in form["goals"]]
    page.write("c15-权重在二级标签", [form], (), ["二级标签的分由各行平分"])


def c16() -> None:
    """Three forms of one education bureau below each other; points for execution are too high in the second."""
    parts = (
        ("农村义务教育学生营养改善", "云台县学生资助管理中心", (1450, 1450, 1421, "98.00%", 10, 9.8), 99.8, items("""
        产出指标|数量指标|受益学生|≥1.42万人|1.45万人|15|15
        ||供餐天数|≥200天|200天|10|10
        |质量指标|食材抽检合格率|≥98%|99.4%|15|15
        |时效指标|补助按月拨付率|100%|100%|10|10
        效益指标|社会效益指标|学生体质健康合格率|≥93%|94.2%|15|15
        |可持续影响指标|食堂管理制度|完善|完善|15|15
        满意度指标|服务对象满意度指标|学生家长满意度|≥90%|92%|5|5
        ||就餐学生满意度|≥90%|90.5%|5|5
        """)),
        ("中小学校舍维修改造", "云台县教育建设服务中心", (600, 620, 565.44, "91.20%", 10, 9.5), 99.5, items("""
        产出指标|数量指标|维修校舍面积|≥1.3万平方米|1.32万平方米|20|20
        ||改造旱厕|≥14座|14座|10|10
        |质量指标|竣工验收合格率|100%|100%|10|10
        |时效指标|开学前完工率|100%|100%|10|10
        效益指标|社会效益指标|消除安全隐患点|≥26处|27处|15|15
        ||改善办学条件学校|≥18所|18所|15|15
        满意度指标|服务对象满意度指标|师生满意度|≥92%|95%|5|5
        ||家长代表满意度|≥90%|93%|5|5
        """)),
        ("中小学教师全员培训", "云台县教师发展中心", (180, 180, 180, "100.00%", 10, 10), 99, items("""
        产出指标|数量指标|培训教师|≥1200人次|1236人次|15|15
        ||送教下乡|≥30场|27场|10|9|汛期停课取消几场，改为线上教研。
        |质量指标|培训考核合格率|≥95%|98%|15|15
        |时效指标|培训计划完成时间|11月底前|11月24日|10|10
        效益指标|社会效益指标|骨干教师占比|≥18%|18.6%|15|15
        |可持续影响指标|校本研修制度|健全|健全|15|15
        满意度指标|服务对象满意度指标|参训教师满意度|≥92%|96%|5|5
        ||参训学校满意度|≥92%|94%|5|5
        """)),
    )  # fmt: skip
    page = Page("三个项目", 1, 2)
    title = "云台县教育局2023年度项目支出绩效自评表"
    forms, place, total_at = [], "", ""
    for n, (project, unit, funds, total, rows) in enumerate(parts, 1):
        page.plain(f"附表{n}")
        page.row((title, 9, 1))
        page.row(("项目名称", 2, 1), (project, 3, 1), "实施单位", (unit, 3, 1))
        page.row(("主管部门", 2, 1), ("云台县教育局", 3, 1), "金额单位", ("万元", 3, 1))
        page.row(
            ("资金", 1, 2),
            ("项目", 2, 1),
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率",
            "分值",
            "得分",
        )
        at = page.row(("年度资金总额", 2, 1), *funds)
        page.row(
            ("指标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因",
        )  # fmt: skip
        for item in rows:
            page.row(*levels(item), item["level3"], item["target"], item["actual"], item["weight"], item["score"], item["reason"])  # fmt: skip
        end = page.row(("总分", 6, 1), 100, total, None)
        page.plain("填表人：", None, None, "审核人：")
        page.skip(n)
        if n == 2:
            place, total_at = f"J{at}", f"I{end}"
        row = ("年度资金总额", *funds[:3], float(funds[3][:-1]) / 100, *funds[4:])
        forms.append(
            reading(
                "project",
                title,
                unit,
                2023,
                "云台县教育局",
                project,
                rows,
                total=total,
                funds=(row,),
            )
        )
    page.write("c16-上下三表", forms, seeded(place, "执行率91.20%应得9.12分，填9.5分", [total_at]))


def c17() -> None:
    """A welfare lottery project: instructions first, reviewers' rows among the indicators, the total at the side."""
    rows = items("""
    产出指标|数量指标|适老化改造家庭|≥320户|326户|10|10||300户
    ||配发助行辅具|≥450件|462件|8|8||410件
    ||开展银龄课堂|≥36场|36场|7|7||30场
    |质量指标|改造项目验收合格率|≥98%|98.8%|10|10||97.9%
    |时效指标|改造完工时间|2023年11月底前|2023年11月16日|8|8||按期
    |成本指标|户均改造费用|≤5000元|4860元|7|7||4950元
    效益指标|社会效益指标|居家意外求助响应率|≥95%|96.8%|12|12||95.1%
    ||减轻失能家庭照护负担|明显减轻|明显减轻|8|8||有所减轻
    |可持续影响指标|改造后回访率|≥80%|76%|10|9.5|冬季部分老人随子女外出，回访推迟。|78%
    满意度指标|服务对象满意度指标|受助老人满意度|≥92%|95.4%|10|10||94%
    """)
    page = Page("自评", 1, 1)
    guide = page.book.create_sheet("填报说明", 0)
    for i, text in enumerate(
        (
            "填报说明",
            "一、本表由项目实施单位填写，于次年3月底前报送。",
            "二、金额以元为单位，保留整数。",
        ),
        1,
    ):
        guide.cell(i, 1, text)
    page.plain("编号：FC-2023-08")
    title = "霁州市福利彩票公益金项目支出绩效自评表（2023年度）"
    page.row((title, 9, 1))
    page.row(
        ("项目名称", 2, 1), ("困难老人居家适老化改造", 3, 1), "主管部门", ("霁州市民政局", 3, 1)
    )
    page.row(("实施单位", 2, 1), ("霁州市社会福利服务中心", 3, 1), "资金单位", ("元", 3, 1))
    page.row(
        ("资金", 2, 1), "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "说明"
    )
    page.row(("年度资金总额", 2, 1), "2,150,000", "2,150,000", "2,064,000", "96%", 10, 9.6, None)
    page.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "上年完成值",
        "本年实际完成值",
        "分值",
        "得分",
        "偏差原因",
    )
    for i, item in enumerate(rows):
        if i == 6:
            page.row(("【评审组】以上产出数据与竣工资料核对一致。", 9, 1))
        page.row(*levels(item), item["level3"], item["target"], typed(item["more"][0]), typed(item["actual"]), item["weight"], item["score"], item["reason"])  # fmt: skip
    page.plain("单位负责人：", None, "经办：", None, None, None, None, "（公章）")
    page.ws["K3"], page.ws["L3"] = "自评总分", 99.1
    form = reading(
        "project", title, "霁州市社会福利服务中心", 2023, "霁州市民政局", "困难老人居家适老化改造", rows, total=99.1, money="元",
        funds=(("年度资金总额", 2150000, 2150000, 2064000, 0.96, 10, 9.6),),
    )  # fmt: skip
    page.write(
        "c17-夹审核行", [form], (), ["总分在表右侧K3、L3", "评审组一行夹在指标之间，未列入应读内容"]
    )


def c18() -> None:
    """A long form without merged levels: names repeated by hand, two rows of header, another rater's columns."""
    rows = items("""
    产出指标|数量指标|新改建农村公路|≥85公里|88公里|4|4
    ||危桥改造|≥6座|6座|4|4
    ||公路安防工程|≥120公里|124公里|3|3
    ||候车亭新建|≥40个|40个|3|3
    ||日常养护里程|≥2160公里|2160公里|3|3
    ||出租汽车更新|≥60辆|57辆|3|2.85|三名车主选择退出经营，指标收回重新投放。
    ||执法检查|≥500车次|538车次|3|3
    ||开通镇村公交|≥3条|3条|2|2
    |质量指标|交工验收合格率|100%|100%|4|4
    ||公路优良中等路率|≥88%|89.3%|4|4
    ||桥梁技术状况达标率|≥95%|96.2%|3|3
    |时效指标|年度投资完成率|≥95%|97.1%|4|4
    ||项目按期开工率|≥95%|91.2%|3|2.88|有项目征地协调时间长，开工顺延。
    ||客运投诉办结时限|≤5个工作日|5个工作日|2|2
    |成本指标|每公里养护经费|≤1.1万元|1.06万元|3|3
    ||“三公”经费控制率|≤100%|93%|2|2
    效益指标|经济效益指标|降低运输成本|≥3%|3.4%|4|4
    ||交通固定资产投资|≥4.6亿元|4.71亿元|5|5
    |社会效益指标|建制村通客车率|100%|100%|6|6
    ||较大以上安全责任事故|0起|0起|5|5
    |生态效益指标|新能源公交占比|≥70%|72%|3|3
    ||扬尘治理达标率|≥95%|95.8%|3|3
    |可持续影响指标|路长制运行机制|长效运行|长效运行|4|4
    满意度指标|服务对象满意度指标|公交乘客满意度|≥88%|90.5%|4|4
    ||沿线群众满意度|≥90%|93%|4|4
    ||运输企业满意度|≥85%|84%|2|1.98|企业反映审批材料偏多，正在精简。
    """)
    page = Page("交通局", 7, 1)
    page.ws["A2"] = "附件3-1"
    page.ws["A4"] = "（本表由各部门自行填报，不得改变格式）"
    title = "2023年度桐岭县交通运输局部门整体支出绩效自评表（单位：万元）"
    page.row((title, 10, 1))
    page.row(
        ("部门整体支出", 2, 1),
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "分值",
        "自评得分",
        ("未完成原因", 2, 1),
    )
    page.row(
        ("年度支出总额", 2, 1),
        "16,200.00",
        "18,640.00",
        "17,987.60",
        "96.50%",
        "10",
        "9.65",
        ("质保金未支付", 2, 1),
    )
    page.row(("年度\n总体目标", 1, 1), ("改善农村公路和公交条件，守住交通安全底线。", 9, 1))
    page.row(
        ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("年度\n指标值", 1, 2), ("自评情况", 4, 1), ("县考核办", 2, 1),
    )  # fmt: skip
    page.row("全年完成值", "分值", "自评得分", "未完成原因", "核定得分", "意见")
    for item in rows:
        page.row(
            item["level1"], item["level2"], item["level3"], item["target"], typed(item["actual"]), item["weight"],
            str(item["score"]) if item["reason"] else item["score"], item["reason"], None, None,
        )  # fmt: skip
    page.row(("总　　分", 5, 1), 100, 99.36, None, None, None)
    page.plain("局长：", None, "财务股：", None, "填报人：段青", None, "2024年3月5日")
    form = reading(
        "department", title, "桐岭县交通运输局", 2023, None, None, rows, total=99.36,
        funds=(("年度支出总额", 16200, 18640, 17987.6, 0.965, 10, 9.65),),
    )  # fmt: skip
    form = without(form, "title")
    page.write("c18-取消合并", [form], (), ["标题带（单位：万元），去掉与否均可，title不比对"])


if __name__ == "__main__":
    for build in (
        c01,
        c02,
        c03,
        c04,
        c05,
        c06,
        c07,
        c08,
        c09,
        c10,
        c11,
        c12,
        c13,
        c14,
        c15,
        c16,
        c17,
        c18,
    ):
        build()
