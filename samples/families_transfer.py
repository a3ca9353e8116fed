"""Transfer payments: targets, results and reasons, but no scores at all."""

from drawing import Page, Typed, Written, save_reading, workbook
from project import Project, draw_form
from reading import Row

SERVED = "服务对象满意度指标"
ALL = Typed(1, "0%")
FUNDS = {"budget": "全年预算数（A）", "executed": "全年执行数（B）", "rate": "预算执行率\n（B/A）"}
HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "actual": "全年实际完成值",
    "reason": "未完成原因和改进措施",
}
SECTIONS = ("产出指标", "效益指标", "满意度指标")


def region(file: str) -> None:
    """A region's form of a central transfer: parts that do not sum, a missed target unexplained."""
    project = Project(
        title="转移支付区域绩效目标自评表",
        year=2021,
        below_title=[("（2021年度）", "subtitle")],
        year_line=0,
        money="万元",
        money_in="side",
        head=[
            [("转移支付（项目）名称", 2, "中央财政林业改革发展资金", 5, "project")],
            [("中央主管部门", 2, "国家林业主管部门", 5, "department")],
            [("地方主管部门", 2, "陇原省林业和草原局", 5, "unit")],
        ],
        funds_side=("资金\n情况\n（万元）", 1),
        funds_columns={"name": (2, 2), "budget": (4, 1), "executed": (5, 1), "rate": (6, 2)},
        funds_heads=FUNDS,
        funds=[
            ("年度资金总额", {"budget": 48260, "executed": 45733.2,
                        "rate": Typed(0.9476, "0.00%")}),
            ("其中：中央补助", {"budget": 39960, "executed": 38833.2,
                         "rate": Typed(0.9718, "0.00%")}),
            ("地方资金", {"budget": 8200, "executed": 6900, "rate": Typed(0.8415, "0.00%")}),
        ],
        goal_side=("总体\n目标",),
        goal_texts=[
            ("年初设定目标", 3, "完成造林60万亩，管护公益林1820万亩，林区民生持续改善。"),
            ("全年实际完成情况", 3, "完成造林58.3万亩，管护公益林1820万亩。"),
        ],
        side="绩\n效\n指\n标",
        side_cols=1,
        columns={role: (2 + index, 1) for index, role in enumerate(HEADS)},
        heads=HEADS,
        rows=[
            Row("产出指标", "数量指标", "造林面积（万亩）", "≥60", 58.3),
            Row("", "", "公益林管护面积（万亩）", 1820, 1820),
            Row("", "质量指标", "造林合格率", "≥85%", "87.1%"),
            Row("", "时效指标", "资金下达时间", "收到后30日内", "41日",
                reason="分配方案两次征求意见，今后提前编制。"),
            Row("", "成本指标", "造林补助标准（元/亩）", "≤500", "500"),
            Row("效益指标", "社会效益指标", "带动就业人数", "≥2.6万人", "28500人"),
            Row("", "生态效益指标", "森林覆盖率", "不降低", "不降低"),
            Row("满意度指标", SERVED, "林农满意度", "≥85%", "90%"),
        ],
        stated={name: (name, None) for name in SECTIONS},
        notes=("说明：请在此处简要说明巡视、审计和财政监督中发现的问题及整改情况。无。",
               "注：资金使用单位填报项目绩效目标，主管部门汇总填报区域绩效目标。"),
        kind="transfer",
    )  # fmt: skip
    with workbook(file) as book:
        page = Page(book, "区域绩效自评", [8, 12, 17, 23, 17, 17, 24])
        reading, _ = draw_form(page, project, 7)
        page.finish()
    save_reading(file, [reading])


def provincial(file: str) -> None:
    """A province's own variant: management questions between funds and goals, residue, 元."""
    project = Project(
        title="2022年度转移支付项目绩效目标自评表",
        year=2022,
        below_title=[("填报日期：2023年2月8日    单位：元", "right")],
        year_line=None,
        money="元",
        money_in="line",
        head=[
            [("项目名称", 2, "农村饮水安全巩固提升", 5, "project")],
            [("主管部门", 2, "怀川省水利厅", 2, "department"),
             ("实施单位", 1, "沅滨县水务局", 2, "unit")],
            [("资金管理情况", 2, "按因素法分配；专款专用，未发现挪用。", 5,
              None)],
        ],
        funds_side=("项目资金\n（元）", 1),
        funds_columns={"name": (2, 2), "budget": (4, 1), "executed": (5, 1), "rate": (6, 2)},
        funds_heads=FUNDS | {"budget": "全年预算数", "executed": "全年执行数", "rate": "执行率"},
        funds=[
            ("年度资金总额", {"budget": Typed(6500000, "#,##0.00"),
                        "executed": Typed(6620000, "#,##0.00"),
                        "rate": Written("101.85%", 1.0185)}),
            ("其中：中央补助", {"budget": Typed(4000000, "#,##0.00"),
                         "executed": Typed(4000000, "#,##0.00"), "rate": Written("100%", 1)}),
            ("省级补助", {"budget": Typed(2000000, "#,##0.00"),
                      "executed": Typed(2000000, "#,##0.00"), "rate": Written("100%", 1)}),
            ("其他资金", {"budget": Typed(500000, "#,##0.00"),
                      "executed": Typed(620000, "#,##0.00"), "rate": Written("/", None)}),
        ],
        goal_side=("年度总体目标",),
        goal_texts=[
            ("年度绩效目标", 3, "新建改建供水工程18处，受益人口3.2万人。"),
            ("全年实际完成情况", 3, "新建改建供水工程18处，受益人口3.35万人。"),
        ],
        side="绩效指标",
        side_cols=1,
        columns={role: (2 + index, 1) for index, role in enumerate(HEADS)},
        heads=HEADS | {"target": "预期指标值", "actual": "完成值",
                       "reason": "偏差原因分析\n及改进措施"},
        rows=[
            Row("产出指标", "数量指标", "新建改建供水工程", "18处", "18处"),
            Row("", "", "更换管网长度", "＞＝120千米", "286千米"),
            Row("", "质量指标", "水质达标率", "100%", "１０２％"),
            Row("", "", "工程验收合格率", ALL, ALL),
            Row("", "时效指标", "完工时间", "2022年12月底前", "2022年11月完成"),
            Row("", "质量指标", "工程验收合格率", ALL, ALL),
            Row("效益指标", "社会效益\n指标", "受益人口", "≥3.2万人", "3.35万人"),
            Row("", "可持续影响指标", "设计使用年限", "≥15年", None),
            Row("满意度\n指标", SERVED, "受益群众满意度", "≥95%", "96.2%"),
        ],
        stated={
            "产出指标": ("产出指标", None), "效益指标": ("效益指标", None),
            "满意度指标": ("满意度\n指标", None),
        },
        residue=[{"level2": "……", "level3": "……"}],
        notes=("说明：无", "填报人：向某    联系电话：0000-5678901"),
        kind="transfer",
    )  # fmt: skip
    with workbook(file) as book:
        widths = [10, 13, 17, 21, 18, 18, 20]
        page = Page(book, "转移支付", widths, font="楷体", size=11, label_fill="FFF2CC")
        reading, _ = draw_form(page, project, 7)
        page.finish()
    save_reading(file, [reading])
