"""Ten single forms, each of another kind."""

from drawing import Percent, Sheet, items, levels, reading

ROWS = """
产出指标|数量指标|开展巡查次数|≥48次|48次|10|10||由巡查台账统计的全年次数
||新建监测点|≥12个|9个|10|7.5|3个点位用地手续未办结。|年内建成并通电的点位
|质量指标|数据上传合格率|≥95%|96%|15|15||合格数据占上传数据的比重
|时效指标|月报报送时限|≤5天|4天|15|15||月末至报送的天数
效益指标|社会效益|服务群众人数|≥3000人|3120人|15|15||接受服务的群众
|生态效益|水源水质状况|保持稳定|保持稳定|15|15||水质类别不下降
满意度指标|服务对象满意度|群众满意度|≥90%|95%|10|10||问卷调查
"""


def tail(r):
    return r["level3"], r["target"], r["actual"], r["weight"], r["score"], r["reason"]


HEAD = "一级指标", "二级指标", "三级指标", "年度目标值", "年度完成值", "分值", "得分", "原因说明"


def details():
    """A column of explanations stands beside the third level."""
    s, rows = Sheet(), items(ROWS)
    title = "水源地监测项目支出绩效自评表（2022年度）"
    s.row((title, 9, 1))
    s.row("项目名称", ("饮用水源地监测", 4, 1), "责任单位", ("云湖区生态环境监测站", 3, 1))
    s.row("资金（万元）", "项目", "全年预算", "全年支出", "支出率", "分值", "得分", (None, 2, 1))
    s.row(None, "资金总额", 120, 114, Percent(0.95), 10, 9.5, (None, 2, 1))
    s.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "指标释义及口径",
        "年度目标值",
        "年度完成值",
        "分值",
        "得分",
        "原因说明",
    )
    for r in rows:
        s.row(
            *levels(r),
            r["level3"],
            r["more"][0],
            r["target"],
            r["actual"],
            r["weight"],
            r["score"],
            r["reason"],
        )
    s.row(("总分", 6, 1), 100, 97, None)
    funds = (("资金总额", None, 120, 114, 0.95, 10, 9.5),)
    s.save(
        "f01-口径列",
        reading(
            "project",
            title,
            "云湖区生态环境监测站",
            2022,
            None,
            "饮用水源地监测",
            rows,
            total=97,
            funds=funds,
        ),
        [],
        [],
    )


def total_in_head():
    """The total and the grade stand in one sentence of the head; no row of the total."""
    s, rows = Sheet(), items(ROWS)
    title = "2022年度预算项目绩效自评情况表"
    s.row((title, 8, 1))
    s.row("项目承担单位", ("澜水县河道管理所", 3, 1), "项目名称", ("河道智能监测", 3, 1))
    s.row(("本年度自评得分为96.5分，自评等级：优", 8, 1))
    s.row("预算执行（10分）", "预算数", "支付数", "支付进度", ("执行得分", 4, 1))
    s.row("（万元）", 200, 180, Percent(0.9), (9, 4, 1))
    s.row(*HEAD)
    for r in rows:
        s.row(*levels(r), *tail(r))
    funds = ((None, None, 200, 180, 0.9, 10, 9),)
    truth = reading(
        "project",
        title,
        "澜水县河道管理所",
        2022,
        None,
        "河道智能监测",
        rows,
        total=96.5,
        grade="优",
        funds=funds,
    )
    s.save("f02-得分在表头一格", truth, [], [])


def funds_across():
    """Sources, sum, expenditure and rate stand side by side in one row."""
    s, rows = Sheet(), items(ROWS)
    title = "2021年度财政支出项目绩效自评表"
    s.row((title, 8, 1))
    s.row("项目单位", ("望湖区水文站", 3, 1), "主管单位", ("望湖区水利局", 3, 1))
    s.row("项目", ("水文站点改造", 7, 1))
    s.row(
        ("资金安排及支出（万元，10分）", 1, 2),
        "上级补助",
        "本级安排",
        "单位自筹",
        "合计",
        "支出数",
        "支出率",
        "得分",
    )
    s.row(100, 40, 10, 150, 138, Percent(0.92), 9.2)
    s.row(*HEAD)
    for r in rows:
        s.row(*levels(r), *tail(r))
    s.row(("合计", 5, 1), 100, 96.7, None)
    funds = ((None, None, 150, 138, 0.92, 10, 9.2),)
    truth = reading(
        "project",
        title,
        "望湖区水文站",
        2021,
        "望湖区水利局",
        "水文站点改造",
        rows,
        total=96.7,
        funds=funds,
    )
    s.save(
        "f03-资金横排",
        truth,
        [],
        ["资金来源（上级补助等）也可各作一行；这里只列合计一行，name可为“合计”"],
    )


def merged_weights():
    """One weight and one score are merged over rows of which any may be chosen."""
    s = Sheet()
    rows = items("""
产出指标|数量指标|举办招聘会（可选）|≥20场|20场|20|20
||举办直播带岗（可选）|≥10场|10场||
||发放就业手册（可选）|≥5000册|5000册||
|质量指标|补贴发放准确率|100%|100%|20|20
|时效指标|补贴发放时限|≤15天|12天|10|10
效益指标|社会效益|城镇新增就业|≥2600人|2680人|30|30
满意度指标|服务对象满意度|求职者满意度|≥90%|93%|10|10
""")
    title = "2022年度就业补助资金绩效自评表"
    s.row((title, 8, 1))
    s.row("单位名称", ("栖霞县公共就业服务中心", 3, 1), "项目名称", ("就业补助资金", 3, 1))
    s.row(
        "年度资金（万元）", "资金类别", "全年预算数", "全年执行数", "执行率", "分值", "得分", None
    )
    s.row(None, "年度资金总额", 560, 560, Percent(1), 10, 10, None)
    s.row(*HEAD)
    for i, r in enumerate(rows):
        points = (
            []
            if i in {1, 2}
            else [(r["weight"], 1, 3 if i == 0 else 1), (r["score"], 1, 3 if i == 0 else 1)]
        )
        s.row(*levels(r), r["level3"], r["target"], r["actual"], *points, None)
    s.row(("总分", 5, 1), 100, 100, None)
    funds = (("年度资金总额", None, 560, 560, 1, 10, 10),)
    truth = reading(
        "project",
        title,
        "栖霞县公共就业服务中心",
        2022,
        None,
        "就业补助资金",
        rows,
        total=100,
        funds=funds,
    )
    s.save("f04-合并分值", truth, [], ["合并的分值归第一行，其余两行为null；不应均分"])


def goal_beside():
    """The labels of the goals are merged down beside their blocks, header row included."""
    s = Sheet()
    title = "2022年度栖霞县图书馆部门整体绩效自评表"
    s.row((title, 8, 1))
    s.row("单位名称", ("栖霞县图书馆", 7, 1))
    s.row(
        ("预算执行情况（万元）（20分）", 1, 2),
        (None, 2, 1),
        "预算数（A）",
        "执行数（B）",
        "执行率（B/A）",
        ("得分（20分*执行率）", 2, 1),
    )
    s.row(("部门整体支出总额", 2, 1), 640, 608, Percent(0.95), (19, 2, 1))
    blocks = [
        (
            "年度绩效目标1（50分）",
            50,
            """
产出指标|数量指标|新增藏书|≥2万册|2.1万册|15|15
||开馆天数|≥310天|312天|10|10
|质量指标|图书加工合格率|≥98%|98.6%|10|10
效益指标|社会效益|到馆读者|≥18万人次|19.2万人次|15|15
""",
        ),
        (
            "年度绩效目标2（30分）",
            30,
            """
产出指标|数量指标|流动书车进村|≥60场次|57场次|10|9.5|雨雪天气减少3场次。
|时效指标|活动完成时间|2022年12月底前|2022年12月20日|10|10
满意度指标|服务对象满意度|读者满意度|≥92%|95%|10|10
""",
        ),
    ]
    rows, goals, of = [], [], []
    for i, (label, weight, text) in enumerate(blocks, 1):
        new = items(text)
        goals.append((None, label, weight, None))
        s.row(
            (label, 1, len(new) + 1),
            *HEAD[:3],
            "年初目标值（A）",
            "实际完成值（B）",
            "分值",
            "得分",
        )
        for r in new:
            s.row(*levels(r), r["level3"], r["target"], r["actual"], r["weight"], r["score"])
        rows, of = rows + new, of + [i] * len(new)
    for r in rows:
        r["reason"] = None
    s.row(("总分", 6, 1), 100, 98.5)
    reason = "目标2流动书车进村因雨雪天气减少3场次。"
    s.row("偏差大或目标未完成原因分析", (reason, 7, 1))
    funds = (("部门整体支出总额", None, 640, 608, 0.95, 20, 19),)
    truth = reading(
        "department",
        title,
        "栖霞县图书馆",
        2022,
        None,
        None,
        rows,
        total=98.5,
        funds=funds,
        goals=goals,
        of=of,
        deviation_reason=reason,
    )
    s.save("f05-目标在旁", truth, [], ["goals的name可为null，也可为标签文字"])


def year_with_others():
    """Year, unit and money stand in one cell."""
    s, rows = Sheet(), items(ROWS)
    title = "项目支出绩效自评表"
    s.row((title, 8, 1))
    s.row(("（2022年度）    填报部门：临江县应急管理局    单位：万元", 8, 1))
    s.row("项目名称", ("山洪灾害监测预警", 7, 1))
    s.row(
        "资金执行",
        "资金来源",
        "年初预算资金总额",
        "实际投入资金额",
        "资金使用率",
        "分值",
        "得分",
        None,
    )
    s.row(None, "年度资金总额", 90, 81, Percent(0.9), 10, 9, None)
    s.row(*HEAD)
    for r in rows:
        s.row(*levels(r), *tail(r))
    s.row(("总分", 5, 1), 100, 96.5, None)
    funds = (("年度资金总额", None, 90, 81, 0.9, 10, 9),)
    truth = reading(
        "project",
        title,
        "临江县应急管理局",
        2022,
        None,
        "山洪灾害监测预警",
        rows,
        total=96.5,
        funds=funds,
    )
    s.save(
        "f06-年度与单位同格", truth, [], ["年初预算资金总额是唯一的预算，作budget，initial为null"]
    )


def scoring():
    """A scoring table: points behind the names of all levels, a standard, own points and a second rater's."""
    s = Sheet("评分表")
    title = "2022年度部门整体支出绩效评价评分表"
    rows = items("""
投入|目标设定|绩效目标合理性|||5|5||目标依据充分、符合职责的得满分
||绩效指标明确性|||5|4||指标细化量化的得满分
|预算配置|在职人员控制率|||5|5||控制率不高于100%的得满分
过程|预算执行|预算完成率|||10|9.5||按完成率乘以分值计分
||政府采购执行率|||10|10||按执行率乘以分值计分
|预算管理|管理制度健全性|||5|5||制度齐全的得满分
产出|职责履行|实际完成率|||30|29||按完成率乘以分值计分
效果|履职效益|社会效益|||20|20||根据实际效果评定
||服务对象满意度|||10|9||按满意度分档计分
""")
    weights = {"投入": 15, "过程": 25, "产出": 30, "效果": 30}
    second = {
        "目标设定": 10,
        "预算配置": 5,
        "预算执行": 20,
        "预算管理": 5,
        "职责履行": 30,
        "履职效益": 30,
    }
    labels = {n: f"{n}（{w}分）" for n, w in {**weights, **second}.items()}
    s.row((title, 6, 1))
    s.row(("被评价单位：澜水县统计局", 6, 1))
    s.row("一级指标", "二级指标", "三级指标", "评分标准", "自评分", "评价组评分")
    for r in rows:
        s.row(
            *levels(r, labels), f"{r['level3']}（{r['weight']}分）", r["more"][0], r["score"], None
        )
    s.row(("合计（100分）", 4, 1), 96.5, None)
    points = {n: (labels[n], w) for n, w in weights.items()}
    truth = reading(
        "department",
        title,
        "澜水县统计局",
        2022,
        None,
        None,
        rows,
        total=96.5,
        money=None,
        points=points,
    )
    s.save("f07-评分表", truth, [], [])


def monitoring():
    """Half a year's monitoring: no self-evaluation."""
    s = Sheet("监控")
    title = "2022年上半年项目绩效运行监控表"
    rows = items("""
产出指标|数量指标|改造老旧小区|≥14个|6个
||惠及居民户数|≥3600户|1500户
|质量指标|工程验收合格率|100%|100%
|时效指标|年度任务完成时间|2022年12月|实施中
效益指标|社会效益|居住条件改善|明显改善|有所改善
满意度指标|服务对象满意度|居民满意度|≥90%|92%
""")
    s.row((title, 7, 1))
    s.row("监控单位", ("栖霞区住房和城乡建设局", 3, 1), "项目名称", ("老旧小区改造", 2, 1))
    s.row(
        ("资金监控（万元）", 1, 2),
        ("资金来源", 2, 1),
        "全年预算数",
        "1-6月执行数",
        "1-6月执行率",
        "全年预计执行数",
    )
    s.row(("资金总额", 2, 1), 2800, 1120, Percent(0.4), 2800)
    s.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "全年目标值",
        "1-6月完成值",
        "完成目标可能性",
        "偏差说明",
    )
    for r in rows:
        s.row(*levels(r), r["level3"], r["target"], r["actual"], "能完成", None)
    funds = (("资金总额", None, 2800, 1120, 0.4, None, None),)
    truth = reading(
        "project", title, "栖霞区住房和城乡建设局", 2022, None, "老旧小区改造", rows, funds=funds
    )
    s.save("f08-半年监控", truth, [], ["监控表不作审核，conclusion应为other；1-6月完成值作actual"])


def township():
    """A township: rows with points, broken down by rows without."""
    s = Sheet("整体自评")
    title = "白鹭乡人民政府2022年度部门整体支出绩效自评表"
    rows = items("""
产出指标|数量指标|★村组道路养护里程|≥42公里|42公里|20|20
||其中：水泥路养护|≥30公里|30公里||
||其中：砂石路养护|≥12公里|12公里||
||★防汛物资储备点|≥9个|9个|15|15
|质量指标|道路养护合格率|≥90%|94%|15|15
效益指标|社会效益|受益村民人数|≥1.3万人|1.35万人|30|30
满意度指标|服务对象满意度|村民满意度|≥85%|91%|10|10
""")
    s.row((title, 8, 1))
    s.row(("年度：2022年      金额单位：万元", 8, 1))
    s.row("部门（单位）", ("白鹭乡人民政府", 3, 1), "自评总分", (99, 3, 1))
    s.row("预算资金总额", 1350, "已使用金额", 1215, "使用率", Percent(0.9), "执行得分（10分）", 9)
    s.row(*HEAD)
    for r in rows:
        s.row(*levels(r), *tail(r))
    funds = ((None, None, 1350, 1215, 0.9, 10, 9),)
    truth = reading(
        "department", title, "白鹭乡人民政府", 2022, None, None, rows, total=99, funds=funds
    )
    s.save("f09-乡镇分解行", truth, [], ["level3可带★也可不带；这里照原样"])


def transfer():
    """A transfer payment without any scores."""
    s = Sheet()
    title = "2022年度中央对地方转移支付区域绩效自评表"
    rows = items("""
产出指标|数量指标|完成造林面积|≥3.6万亩|3.6万亩
||修复退化草原|≥1.2万亩|1.1万亩|||部分地块秋季补播推迟。
|质量指标|造林合格率|≥85%|88%
|成本指标|每亩造林补助|≤500元|500元
效益指标|生态效益|水土流失治理率|≥70%|72%
满意度指标|服务对象满意度|林农满意度|≥85%|90%
""")
    s.row((title, 7, 1))
    s.row(("转移支付名称", 2, 1), ("林业草原生态保护恢复资金", 5, 1))
    s.row(
        ("中央主管部门", 2, 1),
        ("国家林业主管部门", 2, 1),
        "省级主管部门",
        ("陇原省林业和草原局", 2, 1),
    )
    s.row(("资金情况（万元）", 2, 4), ("资金", 2, 1), "预算数（A）", "执行数（B）", "执行率（B/A）")
    money = (
        ("资金合计", 4200, 3990, 0.95),
        ("其中：中央补助资金", 3600, 3420, 0.95),
        ("地方配套资金", 600, 570, 0.95),
    )
    for n, budget, spent, rate in money:
        s.row((n, 2, 1), budget, spent, Percent(rate))
    s.row(
        "一级指标",
        "二级指标",
        "三级指标",
        ("指标值", 1, 1),
        "全年实际完成值",
        ("未完成原因和改进措施", 2, 1),
    )
    for r in rows:
        s.row(*levels(r), r["level3"], r["target"], r["actual"], (r["reason"], 2, 1))
    funds = tuple((n, None, b, e, rate, None, None) for n, b, e, rate in money)
    truth = reading(
        "transfer",
        title,
        "陇原省林业和草原局",
        2022,
        "国家林业主管部门",
        "林业草原生态保护恢复资金",
        rows,
        funds=funds,
    )
    s.save("f10-转移支付", truth, [], [])


ALL = (
    details,
    total_in_head,
    funds_across,
    merged_weights,
    goal_beside,
    year_with_others,
    scoring,
    monitoring,
    township,
    transfer,
)
