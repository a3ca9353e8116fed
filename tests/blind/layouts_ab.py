"""Two layouts: the card of a university's project, and the responsibility form of a hospital group."""

from drawing import Percent, Sheet, items, levels, reading

CARD_POINTS = {"建设产出": 50, "建设成效": 30, "师生评价": 10}


def card(name, title, unit, year, department, project, head, rows, funds, total, grade, findings=()):
    """University: indicators first, funds below them, total and grade at the end; other words for all."""
    rows = items(rows)
    s = Sheet("自评卡")
    s.row((title, 9, 1))
    s.row((f"填报单位：{unit}", 5, 1), ("金额单位：万元", 4, 1))
    s.row(("建设项目", 2, 1), (project, 3, 1), ("归口管理部门", 2, 1), (department, 2, 1))
    s.row(("考核年度", 2, 1), (year, 3, 1), ("项目负责人", 2, 1), (head, 2, 1))
    s.row("序号", "考核维度", "考核要点", "观测点", "计划达成", "年末达成", "满分", "自评", "扣分说明")
    labels = {n: f"{n}（{p}分）" for n, p in CARD_POINTS.items()}
    for i, r in enumerate(rows, 1):
        s.row(i, *levels(r, labels), r["level3"], r["target"], r["actual"], r["weight"], r["score"], r["reason"])
    s.row(("经费执行（10分）", 2, len(funds) + 1), ("经费来源", 2, 1), "下达经费", "决算支出", "满分", "自评", "支出进度")
    for n, _, budget, executed, rate, weight, score in funds:
        s.row((n, 2, 1), budget, executed, weight, score, Percent(rate))
    s.row(("考评合计", 6, 1), 100, total, f"等次：{grade}")
    s.row(("注：经费执行得分按支出进度乘以满分计算；未达成的观测点须填写扣分说明。", 9, 1))
    points = {n: (labels[n], p) for n, p in CARD_POINTS.items()}
    truth = reading("project", title, unit, year, department, project, rows, total=total, grade=grade, funds=funds, points=points)
    s.save(name, truth, s.seeded(findings), [])


def cards():
    card("a1-高校自评卡", "“双一流”建设专项2022年度绩效自评卡", "云岭理工大学材料学院", 2022, "云岭理工大学发展规划处",
         "先进功能材料学科平台建设", "陆行舟", """
建设产出|人才培养|新增研究生课程|≥6门|6门|10|10
||联合培养研究生|≥20人|22人|10|10
|科学研究|授权发明专利|≥15件|14件|10|9.33|1件专利尚在公示期，次年3月可授权。
||高水平论文|≥40篇|43篇|10|10
|条件建设|设备验收合格率|100%|100%|10|10
建设成效|社会服务|技术合同成交额|≥300万元|315万元|10|10
||服务企业数|≥12家|12家|10|10
|学科影响|平台对外开放|按期开放|已按期开放|10|10
师生评价|满意度|学生满意度|≥90%|93.5%|5|5
||教师满意度|≥90%|91%|5|5
""", (("经费总计", None, 480, 468, 0.975, 10, 9.75), ("其中：中央高校专项", None, 400, 390, 0.975, None, None),
      ("学校自筹", None, 80, 78, 0.975, None, None)), 99.08, "优")
    card("a2-高校自评卡", "教学质量提升专项2021年度绩效自评卡", "澜江师范学院教务处", 2021, "澜江师范学院财务处", "本科教学质量提升工程", "简若谷", """
建设产出|课程建设|一流课程立项|≥8门|8门|8|8
||线上课程上线|≥24门|18门|8|6|6门课程因录播室改造推迟至次年春季上线。
||新编教材出版|≥5部|5部|8|8
|师资培训|青年教师轮训|≥160人次|171人次|8|8
||培训考核通过率|≥95%|96.4%|8|8
|时效|立项评审完成时间|2021年6月底前|2021年6月18日|10|10
建设成效|教学改革|省级教学成果奖|≥2项|2项|10|10
||毕业论文抽检合格率|≥98%|99%|10|10
|示范带动|经验交流材料报送|≥4篇|5篇|10|10
师生评价|满意度|学生评教优良率|≥90%|94.2%|10|10
""", (("经费总计", None, 260.5, 234.45, 0.9, 10, 9), ("其中：省级财政拨款", None, 200, 180, 0.9, None, None),
      ("学校自筹", None, 60.5, 54.45, 0.9, None, None)), 97, "优")
    card("a3-高校自评卡", "实验室安全改造专项2022年度绩效自评卡", "栖霞医科大学实验管理中心", 2022, "栖霞医科大学计划财务处", "教学实验室安全改造", "古道明", """
建设产出|改造任务|改造实验室数量|≥30间|26间|10|10
||新装通风柜|≥45台|45台|10|10
||更换气瓶柜|≥20个|20个|10|10
|质量|一次验收合格率|≥95%|96.2%|10|10
|时效|完工时间|2022年8月31日前|2022年8月25日|10|10
建设成效|安全管理|安全隐患整改率|100%|100%|10|10
||安全准入培训人次|≥1200人次|1260人次|10|10
|成本节约|水电费用下降率|≥5%|5.3%|10|10
师生评价|满意度|师生满意度|≥85%|92%|10|10
""", (("经费总计", None, 612, 587.52, 0.96, 10, 9.6), ("其中：省级财政拨款", None, 500, 480, 0.96, None, None),
      ("学校自筹", None, 112, 107.52, 0.96, None, None)), 99.6, "优",
         [("改造实验室数量", "自评", "未完成目标而得满分（26/30，至多8.67分），且未说明原因", ("改造实验室数量", "扣分说明"))])


def hospital(name, unit, year, department, project, pairs, sections, total, grade, findings=(), total_row="自评总得分"):
    """Hospital group: funds in label-value pairs over two rows, level 1 as a band over the whole width."""
    title = f"{year}年度市属公立医院集团专项资金绩效责任自评表"
    first, change, budget, executed, rate, score = pairs
    s = Sheet("责任自评")
    s.row((title, 7, 1))
    s.row("责任单位", (unit, 2, 1), "举办主体", (department, 3, 1))
    s.row("专项名称", (project, 2, 1), "计量币种", ("人民币（万元）", 3, 1))
    s.row("年初安排资金", first, "年中追加资金", change, "调整后安排资金", (budget, 2, 1))
    s.row("累计支出资金", executed, "支出率", Percent(rate), "支出得分（满分10分）", (score, 2, 1))
    s.row("类别", "指标名称", "责任目标", "落实结果", "标准分", "自评得分", "差异说明")
    rows, points = [], {}
    for band, weight, text in sections:
        label = f"{band}（{weight}分）"
        s.row((label, 7, 1))
        level1 = band.split("、")[1]
        points[level1] = (label, weight)
        new = items("\n".join("X" + x if i == 0 else x for i, x in enumerate(text.strip().splitlines())))
        for r in new:
            r["level1"] = level1
            two = [(r["level2"], 1, r["high2"])] if r["high2"] else []
            s.row(*two, r["level3"], r["target"], r["actual"], r["weight"], r["score"], r["reason"])
        rows += new
    s.row((total_row, 4, 1), 100, total, f"评定等级：{grade}")
    s.row("填表人", "宋知微", "审核人", "韩立本", "填表日期", (f"{year + 1}年2月10日", 2, 1))
    funds = ((None, first, budget, executed, rate, 10, score),)
    truth = reading("project", title, unit, year, department, project, rows, total=total, grade=grade, funds=funds, points=points)
    doubts = ["资金没有名称行，funds的name为null", "goals的name取“、”之后的文字，label为横栏全文"]
    s.save(name, truth, s.seeded(findings), doubts)


def hospitals():
    hospital("b1-医院责任自评", "江州市第二人民医院", 2022, "江州市医院管理中心", "重点专科建设专项", (900, 120, 1020, 979.2, 0.96, 9.6), [
        ("一、服务产出", 50, """
|数量|新增专科床位|≥60张|60张|10|10
||开展新技术项目|≥8项|9项|10|10
||选派进修医师|≥15人次|12人次|10|8|3名医师因科室排班调整推迟进修。
|质量|甲级病案率|≥95%|97.1%|10|10
|时效|设备到货安装时限|≤90天|82天|10|10
"""), ("二、运行效益", 30, """
|医疗效益|平均住院日|≤7.5天|7.2天|10|10
||四级手术台次|≥1800台|1866台|10|10
|管理效益|临床路径管理制度|健全|健全|10|10
"""), ("三、群众评价", 10, """
|满意度|住院患者满意度|≥92%|95.3%|5|5
||职工满意度|≥85%|88%|5|5
""")], 97.6, "优")
    hospital("b2-医院责任自评", "澜水市妇幼保健院集团", 2021, "澜水市卫生健康委员会", "两癌筛查服务能力提升专项", (450.8, 0, 450.8, 450.8, 1, 10), [
        ("一、筛查产出", 45, """
|数量|宫颈癌筛查人数|≥12000人|12460人|10|10
||乳腺癌筛查人数|≥9000人|9000人|10|10
||基层巡回场次|≥36场|36场|5|5
|质量|阳性追踪随访率|≥95%|90.25%|10|9.5|外出务工人员联系方式变更，随访未到位。
|成本|人均筛查成本|≤160元|152元|10|10
"""), ("二、健康效益", 35, """
|社会效益|早诊率|≥90%|92%|15|15
||健康讲座受众|≥5000人次|5600人次|10|10
|可持续影响|筛查档案管理|规范|规范|10|10
"""), ("三、服务对象评价", 10, """
|满意度|受检妇女满意度|≥90%|96%|10|10
""")], 99.5, "优")
    hospital("b3-医院责任自评", "望湖区中医医院集团", 2022, "望湖区卫生健康局", "基层中医馆提质专项", (380, 20, 400, 376, 0.94, 9.4), [
        ("一、建设产出", 50, """
|数量|提质中医馆数量|≥14家|14家|15|15
||配备适宜技术设备|≥56台套|56台套|10|10
||培训中医药人员|≥120人次|126人次|10|10
|质量|中医馆验收合格率|100%|100%|15|15
"""), ("二、综合效益", 30, """
|社会效益|中医诊疗量占比|≥30%|28.5%|15|14.25|两家中医馆下半年才投入使用。
|经济效益|次均门诊费用|≤85元|81.6元|15|15
"""), ("三、满意程度", 10, """
|满意度|就诊患者满意度|≥90%|93%|10|10
""")], 99.65, "优", [("自评总得分", "自评得分", "总分不等于各部分之和（98.65误作99.65）")])
