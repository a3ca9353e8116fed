"""A county's form in Hubei: money across one row, the total in the head, two tables of different kinds."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import Row

FUNDS = {
    "central": "中央",
    "province": "省地",
    "own": "本级",
    "other": "其他",
    "budget": "合计",
    "executed": "执行数",
    "rate": "执行率",
}
JUDGED = {
    "level1": "项目权重",
    "level3": "评价内容",
    "weight": "分值",
    "score": "自评分",
    "review": "复核分",
    "rule": "评价标准及依据",
}
REACHED = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "actual": "完成值",
    "score": "自评分",
    "review": "复核分",
}
WIDE = 8


def _judged(first: str, name: str, weight: float, score: float, rule: str) -> Row:
    return Row(first, "", name, None, None, score, weight, extra={"rule": rule, "review": None})


def _reached(
    first: str,
    second: str,
    name: str,
    target: Content,
    actual: Content,
    score: Content,
    weight: float,
) -> Row:
    return Row(
        first,
        second,
        name,
        target,
        actual,
        score,
        weight,
        weight_in="level2",
        extra={"review": None},
    )


def _tables(
    draft: Draft, money: list[Content], side: str, judged: list[Row], reached: list[Row]
) -> None:
    draft.side(side, 2, money_unit="万元")
    draft.funds(single(*FUNDS, first=2), FUNDS, [("", dict(zip(FUNDS, money, strict=True)))])
    places = {
        "level1": (1, 1),
        "level3": (2, 2),
        "weight": (4, 1),
        "score": (5, 1),
        "review": (6, 1),
        "rule": (7, 2),
    }
    draft.heads(places, JUDGED, {})
    draft.rows(places, judged)
    draft.side("项目绩效\n85分", len(reached) + 1)
    columns = single(*REACHED, first=2)
    draft.heads(columns, REACHED, {})
    draft.rows(columns, reached)


def with_two_tables(file: str) -> None:
    """Points in labels without brackets; the first table's rows have points of their own."""
    out, benefit = "产出指标\n50分", "效益指标\n25分"
    judged = [
        _judged("项目管理\n15分", "立项程序规范", 5, 5, "有可行性研究报告和批复文件"),
        _judged("", "资金使用合规", 6, 6, "专账核算，无截留挪用"),
        _judged("", "档案资料齐全", 4, 3, "缺一份监理日志"),
    ]
    reached = [
        _reached(out, "数量指标\n20分", "疏浚渠道长度", "≥26公里", "23.4公里", 9, 10),
        _reached("", "", "整修泵站", "5座", "5座", 10, 10),
        _reached("", "质量指标\n20分", "工程合格率", "100%", "95%", 20, 20),
        _reached("", "时效指标\n10分", "汛前完工率", "100%", "100%", 10, 10),
        _reached(benefit, "经济效益指标\n15分", "新增灌溉面积", "≥1.2万亩", "1.26万亩", 15, 15),
        _reached("", "社会效益指标\n10分", "排涝能力", "提高", "提高", 9, 10),
        _reached("满意度指标\n10分", "满意度指标\n10分", "受益农户满意度", "≥90%", "96%", 10, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "Sheet1", [13, 14, 15, 17, 14, 14, 11, 13])
        draft = Draft(page, WIDE)
        draft.title("2021年度财政预算支出项目绩效目标自评表", 2021)
        draft.line(
            ("填报单位：荆陵县水利局", 5, "unit", "荆陵县水利局"),
            ("自评总分：98", 3, "claimed_total", 98),
            look="line",
        )
        draft.line(
            ("项目名称", 1, "label"),
            ("农田水利设施维护", 3, "project"),
            ("主管部门", 1, "label"),
            ("荆陵县水利局", 3, "department"),
        )
        _tables(
            draft,
            [300, 120, 80, 20, 520, 508.6, Typed(0.9781, "0.00%")],
            "项目资金\n（万元）",
            judged,
            reached,
        )
        draft.over("填报人：鄢某    审核人：覃某    填报日期：2022年3月2日")
        page.finish()
    save_reading(file, [draft.reading("project")])


def of_one_row_each(file: str) -> None:
    """Points behind the levels in brackets, the total with its unit; every rule followed."""
    out, benefit = "产出指标（60分）", "效益指标（15分）"
    judged = [
        _judged("项目决策（5分）", "立项依据充分", 5, 5, "县政府常务会议纪要"),
        _judged("项目管理（10分）", "管理制度健全", 4, 4, "有资金管理办法"),
        _judged("", "预算执行及时", 6, 6, "执行率达到95%以上"),
    ]
    reached = [
        _reached(out, "数量指标（30分）", "改造卫生厕所", "≥1500户", "1512户", 15, 15),
        _reached("", "", "培训管护员", "≥45人", "48人", 15, 15),
        _reached("", "质量指标（30分）", "改厕验收合格率", "≥95%", "96.8%", 30, 30),
        _reached(benefit, "生态效益指标（15分）", "粪污资源化利用率", "≥85%", "87%", 15, 15),
        _reached(
            "满意度指标（10分）",
            "服务对象满意度指标（10分）",
            "农户满意度",
            "≥90%",
            "95.2%",
            10,
            10,
        ),
    ]
    with workbook(file) as book:
        page = Page(book, "改厕", [16, 14, 17, 17, 14, 14, 11, 13], size=10, label_fill="E2EFDA")
        draft = Draft(page, WIDE)
        draft.over("附件3", "line")
        draft.title("2022年度财政预算支出项目绩效目标自评表", 2022)
        draft.line(
            ("项目名称", 1, "label"),
            ("农村改厕", 3, "project"),
            ("自评总分：100分", 4, "claimed_total", 100),
        )
        draft.line(
            ("主管部门", 1, "label"),
            ("荆陵县农业农村局", 3, "department"),
            ("实施单位", 1, "label"),
            ("荆陵县农村能源站", 3, "unit"),
        )
        _tables(
            draft,
            [200, 100, 60, 0, 360, 347.4, Written("96.5%", 0.965)],
            "资金（万元）",
            judged,
            reached,
        )
        page.finish()
    save_reading(file, [draft.reading("project")])
