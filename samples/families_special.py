"""Special bonds, policies and townships: money in pairs side by side, starred rows, points over optional rows."""

from draft import Draft, single
from drawing import Page, Typed, Written, save_reading, workbook
from reading import FUNDS, Row, record

HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}


def bond(file: str) -> None:
    """Year and unit of money in one cell, money in pairs; full points for what is late."""
    rows = [
        Row(
            "产出指标",
            "数量指标",
            "新建标准厂房",
            "≥2.4万平方米",
            "1.8万平方米",
            15,
            20,
            "征地拆迁滞后，三号厂房未开工。",
        ),
        Row("", "质量指标", "分部工程验收合格率", "100%", "100%", 20, 20),
        Row("", "时效指标", "债券资金支出进度", "≥90%", "69.98%", 20, 20),
        Row("效益指标", "经济效益指标", "年租金收入", "≥86万元", "90万元", 20, 20),
        Row("", "可持续影响指标", "偿债保障", "收益覆盖本息", "收益覆盖本息", 10, 10),
        Row("满意度指标", "服务对象满意度", "入园企业满意度", "≥90%", "94%", 10, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "专项债券", [12, 14, 17, 20, 16, 16, 10, 10, 22])
        draft = Draft(page, 9)
        draft.title("地方政府专项债券项目绩效自评表")
        draft.over("2022年度    金额单位：万元", "right", year=2022, money_unit="万元")
        draft.line(
            ("项目名称", 1, "label"),
            ("产业园标准厂房（二期）", 4, "project"),
            ("债券名称", 1, "label"),
            ("2022年园区建设专项债券（一期）", 3),
        )
        draft.line(
            ("主管部门", 1, "label"),
            ("赤岭市工业和信息化局", 4, "department"),
            ("项目单位", 1, "label"),
            ("赤岭市产业园开发公司", 3, "unit"),
        )
        drawn = draft.line(
            ("计划投资额", 1, "label"),
            (570, 1),
            ("实际到位资金", 1, "label"),
            (398.88, 1),
            ("实际支出资金", 1, "label"),
            (398.88, 1),
            ("执行率", 1, "label"),
            (Typed(0.6998, "0.00%"), 2),
        )
        draft.parts["funds"].append(
            record(FUNDS, budget=drawn[1], executed=drawn[5], rate=drawn[7])
        )
        draft.side("绩\n效\n指\n标", len(rows) + 1)
        columns = single(*HEADS, first=2)
        draft.heads(columns, HEADS, {})
        draft.rows(columns, rows)
        draft.line(("总分", 6, "label"), (100, 1), (96, 1, "claimed_total"), (None, 1))
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def township(file: str) -> None:
    """Starred rows with the points, broken down by rows without; points merged over optional rows."""
    blank = Written("", None)
    columns = single(*HEADS, first=2)
    rows = [
        Row("产出指标", "数量指标", "★农村人居环境整治村组", "≥36个", "38个", 20, 20),
        Row("", "", "其中：清运生活垃圾", "≥2400吨", "2516吨", blank, blank),
        Row("", "", "其中：疏通沟渠", "≥18公里", "18.6公里", blank, blank),
        Row("", "质量指标", "★道路管护合格率", "≥95%", "96%", 15, 15),
        Row("", "时效指标", "★惠农补贴按时发放率", "100%", "100%", 15, 15),
    ]
    benefit = Row(
        "效益指标",
        "社会效益指标",
        "矛盾纠纷化解率",
        "≥95%",
        "91.2%",
        28.8,
        30,
        "两起纠纷仍在调解。",
    )
    content = Row("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", 10, 10)
    with workbook(file) as book:
        page = Page(book, "乡镇自评", [11, 14, 17, 24, 14, 14, 9, 9, 22], font="仿宋", size=10)
        draft = Draft(page, 9)
        draft.title("乡镇（街道）整体支出绩效自评表")
        draft.over(
            "填报单位：松坪镇人民政府      2023年度      单位：万元",
            "line",
            unit="松坪镇人民政府",
            year=2023,
            money_unit="万元",
        )
        draft.side("预算执行\n情况", 2)
        places = {
            "name": (2, 2),
            "initial": (4, 1),
            "budget": (5, 1),
            "executed": (6, 1),
            "weight": (7, 1),
            "rate": (8, 1),
            "score": (9, 1),
        }
        money = {
            "initial": "年初预算数",
            "budget": "全年预算数",
            "executed": "全年执行数",
            "weight": "分值",
            "rate": "执行率",
            "score": "得分",
        }
        draft.funds(
            places,
            money,
            [
                (
                    "年度资金总额",
                    {
                        "initial": 1500,
                        "budget": 1680,
                        "executed": 1646.4,
                        "weight": 10,
                        "rate": Typed(0.98, "0.00%"),
                        "score": 9.8,
                    },
                )
            ],
        )
        draft.side("年度\n绩效\n指标", len(rows) + 5)
        draft.heads(columns, HEADS, {})
        _starred(draft, rows, benefit, content)
        draft.line(("总分", 6, "label"), (100, 1), (98.6, 1, "claimed_total"), (None, 1))
        draft.over("备注：带★的为必设指标；效益指标按实际选填，未选的不填。")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("department")])


def _starred(draft: Draft, rows: list[Row], benefit: Row, content: Row) -> None:
    """The rows, and among them optional kinds of benefit that were left blank under one cell of points."""
    page, columns = draft.page, single(*HEADS, first=2)
    draft.rows(columns, rows)
    top = draft.row
    benefit.deep = {"level1": 3, "weight": 3, "score": 3}
    draft.rows(columns, [benefit])
    for row, kind in ((top + 1, "经济效益指标"), (top + 2, "生态效益指标")):
        page.put(row, 3, kind, "label")
        for role in ("level3", "target", "actual", "reason"):
            page.put(row, columns[role][0], None)
    draft.row = top + 3
    draft.rows(columns, [content])
