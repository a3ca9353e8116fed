"""Scoring tables: no targets and no actual values, points behind every level or in a column."""

from draft import Draft, single
from drawing import Content, Page, save_reading, workbook
from reading import Row

BRACKETS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "rule": "评价标准",
    "score": "自评分",
    "review": "得分",
}
COLUMN = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "weight": "分值",
    "told": "指标解释",
    "rule": "评价标准",
    "score": "自评得分",
    "review": "复核得分",
    "reason": "扣分原因",
}


def _bracketed(first: str, second: str, name: str, rule: str, score: Content, weight: float) -> Row:
    return Row(
        first,
        second,
        f"{name}（{weight}分）",
        None,
        None,
        score,
        weight,
        weight_in="level3",
        extra={"rule": rule, "review": None},
    )


def points_in_brackets(file: str) -> None:
    """绩效目标（10分） as a level-2 name; a row above its points, and a total that is no sum."""
    rows = [
        _bracketed(
            "投入（20分）", "绩效目标（10分）", "绩效目标合理性", "目标符合部门职责，依据充分", 5, 5
        ),
        _bracketed("", "", "绩效指标明确性", "指标细化、量化", 4, 5),
        _bracketed("", "预算配置（10分）", "在职人员控制率", "在职人数不超过编制数", 6, 5),
        _bracketed("", "", "三公经费变动率", "比上年不增加", 5, 5),
        _bracketed(
            "过程（30分）", "预算执行（20分）", "预算完成率", "实际支出占预算的比例", 9.5, 10
        ),
        _bracketed("", "", "结转结余控制率", "不超过预算的10%", 10, 10),
        _bracketed("", "预算管理（10分）", "管理制度健全性", "制度健全并执行", 10, 10),
        _bracketed("产出（30分）", "职责履行（30分）", "实际完成率", "年度任务全部完成", 15, 15),
        _bracketed("", "", "完成及时率", "按计划时间完成", 14, 15),
        _bracketed("效果（20分）", "履职效益（20分）", "社会效益", "对社会发展有积极影响", 10, 10),
        _bracketed("", "", "社会公众满意度", "满意度达到90%以上", 9, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "得分表", [14, 17, 24, 36, 10, 10])
        draft = Draft(page, 6)
        draft.title("2022年度部门整体支出绩效评价得分表", 2022)
        draft.over("单位名称：澧阳县文化旅游广电体育局", "line", unit="澧阳县文化旅游广电体育局")
        columns = single(*BRACKETS, first=1)
        draft.heads(columns, BRACKETS, {})
        draft.rows(columns, rows)
        draft.line(("合计", 4, "label"), (98.5, 1, "claimed_total"), (None, 1))
        page.finish()
    save_reading(file, [draft.reading("department")])


def points_in_a_column(file: str) -> None:
    """Explanation and standard beside each row, reasons where points were taken off."""

    def row(
        first: str,
        second: str,
        name: str,
        weight: float,
        told: str,
        rule: str,
        score: float,
        reason: str | None = None,
    ) -> Row:
        return Row(
            first,
            second,
            name,
            None,
            None,
            score,
            weight,
            reason,
            extra={"told": told, "rule": rule, "review": None},
        )

    rows = [
        row(
            "投入",
            "目标设定",
            "绩效目标合理性",
            5,
            "目标是否客观合理",
            "依据充分得5分，否则酌情扣分",
            5,
        ),
        row("", "预算配置", "重点支出安排率", 10, "重点项目支出占比", "达到90%得满分", 10),
        row(
            "过程",
            "预算执行",
            "预算调整率",
            10,
            "年中追加占预算的比例",
            "为零得满分，每增加5%扣2分",
            8,
            "年中追加防汛经费，调整率5%。",
        ),
        row("", "资产管理", "固定资产利用率", 10, "在用资产占全部资产", "达到95%得满分", 10),
        row("", "预算管理", "信息公开性", 5, "是否按规定公开", "按时公开得满分", 5),
        row("产出", "职责履行", "重点工作办结率", 30, "重点工作办结情况", "全部办结得满分", 30),
        row(
            "效果",
            "履职效益",
            "经济效益",
            15,
            "履职对经济的影响",
            "显著得满分",
            14,
            "部分招商项目还未投产。",
        ),
        row("", "", "社会公众满意度", 15, "服务对象的评价", "90%以上得满分", 15),
    ]
    with workbook(file) as book:
        page = Page(book, "Sheet1", [9, 13, 19, 8, 21, 28, 10, 10, 22], size=10)
        draft = Draft(page, 9)
        draft.over("附件2", "line")
        draft.title("白沙镇人民政府部门整体支出绩效评价评分表")
        draft.line(
            ("填报单位：白沙镇人民政府", 5, "unit", "白沙镇人民政府"),
            ("评价年度：2023年", 4, "year", 2023),
            look="line",
        )
        columns = single(*COLUMN, first=1)
        draft.heads(columns, COLUMN, {})
        draft.rows(columns, rows)
        draft.line(("合计", 3, "label"), (100, 1), (None, 2), (97, 1, "claimed_total"), (None, 2))
        draft.over("评价人：粟某    日期：2024年2月26日")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("department")])
