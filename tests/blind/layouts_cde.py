"""Three layouts: tasks of a development zone, a PPP project in operation, a village's project."""

from drawing import Percent, Sheet, items, levels, reading


def zone(name, year, unit, sections, funds, total, grade, findings=()):
    """Development zone: a task and its points stand beside its rows, its score at the right; money per task, sum last."""
    title = f"{unit}{year}年度部门整体支出绩效自我评价表"
    s = Sheet("自我评价")
    s.row((title, 9, 1))
    s.row(("预算部门", 1, 1), (unit, 4, 1), ("金额单位", 1, 1), ("万元", 3, 1))
    s.row(("评价结论", 1, 1), (f"综合自评得分：{total}分（{grade}）", 8, 1))
    s.row(("资金投入与使用（20分）", 1, len(funds) + 1), ("投向", 2, 1), "年初预算", "调整预算", "决算支出", "执行进度", "分值", "得分")
    for n, first, budget, executed, rate, weight, score in funds[1:] + funds[:1]:
        s.row((n, 2, 1), first, budget, executed, Percent(rate), weight or "—", "—" if score is None else score)
    s.row("重点任务", "类型", "绩效内容", "全年目标", "全年落实", "分值", "得分", "未达标说明", "任务得分")
    rows, goals, of = [], [], []
    for i, (task, weight, score, text) in enumerate(sections, 1):
        new = items(text)
        label = f"重点任务{'一二三四'[i - 1]}：{task}（{weight}分）"
        goals.append((task, label, weight, score))
        for j, r in enumerate(new):
            start = [(label, 1, len(new))] if j == 0 else []
            start += [(r["level1"], 1, r["high1"])] if r["high1"] else []
            end = [(score, 1, len(new))] if j == 0 else []
            s.row(*start, r["level3"], r["target"], r["actual"], r["weight"], r["score"], r["reason"], *end)
        rows += new
        of += [i] * len(new)
    s.row("存在问题", ("部分项目前期工作周期偏长。", 8, 1))
    s.row("改进措施", ("提前开展项目前期工作，按季度调度进度。", 8, 1))
    truth = reading("department", title, unit, year, None, None, rows, total=total, grade=grade, funds=tuple(funds[1:] + funds[:1]),
                    goals=goals, of=of, improvement="提前开展项目前期工作，按季度调度进度。")
    doubts = ["类型一列（产出、效益、满意度）作level1，没有level2", "goals的name为冒号之后的任务名称"]
    s.save(name, truth, s.seeded(findings), doubts)


def zones():
    zone("c1-开发区自我评价", 2022, "临江经济技术开发区管理委员会", [
        ("产业招商", 30, 29, """
产出||新签约亿元以上项目|≥18个|18个|10|10
||赴外招商批次|≥24批次|21.6批次|10|9|下半年外出受限，改为线上洽谈。
效益||实际到位内资|≥36亿元|37.4亿元|10|10
"""), ("园区基础设施", 30, 30, """
产出||新建道路里程|≥6.4公里|6.4公里|10|10
||雨污管网改造|≥11公里|11.5公里|10|10
效益||供水保障率|≥99%|99.6%|10|10
"""), ("企业服务", 20, 20, """
产出||惠企政策兑现户数|≥150户|158户|10|10
满意度||企业满意度|≥90%|94%|10|10
""")], [("合计", 8600, 9200, 8740, 0.95, 20, 19), ("产业招商", 2000, 2100, 1995, 0.95, None, None),
        ("园区基础设施", 5600, 6000, 5745, 0.9575, None, None), ("企业服务", 1000, 1100, 1000, 0.9091, None, None)], 98, "优")
    zone("c2-开发区自我评价", 2021, "栖霞高新技术产业园区管理委员会", [
        ("科技创新", 40, 38.8, """
产出||新认定高新技术企业|≥40家|42家|10|10
||孵化载体面积|≥5万平方米|4.4万平方米|10|8.8|二期载体消防验收推迟。
效益||研发投入强度|≥3.2%|3.4%|10|10
||技术合同成交额|≥9亿元|9.3亿元|10|10
"""), ("生态环境", 25, 25, """
产出||在线监测点位|≥32个|32个|10|10
||危险废物规范处置率|100%|100%|5|5
效益||空气优良天数比例|≥82%|84.1%|10|10
"""), ("政务服务", 15, 15, """
产出||事项办结时限|≤3个工作日|2.5个工作日|5|5
满意度||办事群众满意度|≥95%|97%|10|10
""")], [("合计", 5230, 5230, 4864, 0.93, 20, 18.6), ("科技创新", 3000, 3000, 2784, 0.928, None, None),
        ("生态环境", 1430, 1430, 1330, 0.9301, None, None), ("政务服务", 800, 800, 750, 0.9375, None, None)], 97.4, "优")
    zone("c3-开发区自我评价", 2022, "澜水新材料产业园管理中心", [
        ("要素保障", 40, 39, """
产出||收储土地面积|≥600亩|570亩|10|9.5|一宗地块权属核实尚未结束。
||标准厂房建设|≥8万平方米|8万平方米|10|10
效益||新增就业岗位|≥2200个|2260个|10|10
||厂房入驻率|≥75%|78%|10|10
"""), ("安全监管", 40, 40, """
产出||企业安全检查|≥260家次|268家次|10|10
||应急演练场次|≥12场|12场|10|10
效益||较大以上事故起数|0起|0起|10|10
满意度||园区职工满意度|≥88%|91%|10|10
""")], [("合计", 3100, 3400, 3230, 0.95, 20, 19), ("要素保障", 2500, 2700, 2560, 0.9481, None, None),
        ("安全监管", 600, 700, 670, 0.9571, None, None)], 98, "优",
         [("收储土地面积", "任务得分", "任务得分与各行之和不符（39.5误作39）")])


def ppp(name, project, company, agency, year, rows, funds, total, grade, findings=()):
    """PPP: a standard beside each target, a second rater, payments instead of budgets, weights after the actuals."""
    title = f"{project}PPP项目运营期绩效自评表"
    rows = items(rows)
    s = Sheet("运营期自评")
    s.row((title, 10, 1))
    s.row(("项目公司", 2, 1), (company, 3, 1), ("实施机构", 2, 1), (agency, 3, 1))
    s.row(("考核期间", 2, 1), (f"{year}年1月1日至{year}年12月31日", 3, 1), ("货币单位", 2, 1), ("万元", 3, 1))
    s.row(("政府付费（10分）", 2, len(funds) + 1), ("付费内容", 2, 1), "应付金额", "已付金额", "支付比例（%）", "标准分", "自评分", "备注")
    for n, _, budget, executed, rate, weight, score in funds:
        s.row((n, 2, 1), budget, executed, round(rate * 100, 2), weight, score, None)
    s.row("一级考核指标", "二级考核指标", "三级考核指标", "考核标准", "考核要求", "实际运营情况", "标准分", "自评分", "实施机构评分", "扣分原因")
    for r in rows:
        s.row(*levels(r), r["level3"], r["more"][0], r["target"], r["actual"], r["weight"], r["score"], None, r["reason"])
    s.row(("总计", 6, 1), 100, total, None, None)
    s.row(("自评等级", 2, 1), (grade, 8, 1))
    truth = reading("project", title, company, year, agency, project + "PPP项目", rows, total=total, grade=grade, funds=funds)
    doubts = ["表内没有项目名称一栏，名称只在标题里；project可为null", "应付金额作budget"]
    s.save(name, truth, s.seeded(findings), doubts)


def ppps():
    ppp("d1-PPP运营自评", "云湖区城乡污水处理", "江州碧澜水务有限公司", "云湖区住房和城乡建设局", 2022, """
产出|项目运营|日均处理水量|≥4.5万吨|4.6万吨|15|15||低于要求按比例扣分
||设备完好率|≥98%|98.5%|10|10||每低1个百分点扣1分
|项目维护|管网巡检次数|≥48次|48次|10|10||每少1次扣0.2分
||故障修复时限|≤24小时|20小时|10|10||超时按比例扣分
|成本效益|吨水处理成本|≤1.45元|1.38元|10|10||超出按比例扣分
效果|生态影响|出水水质达标率|100%|99%|15|14.85|一次进水水质超标冲击。|按达标率计分
|社会影响|投诉办结率|100%|100%|10|10||按办结率计分
管理|组织管理|运营档案管理|齐全|齐全|5|5||不齐全酌情扣分
|满意度|公众满意度|≥85%|90%|5|5||低于要求按比例扣分
""", (("合计", None, 3260, 3162.2, 0.97, 10, 9.7), ("可用性服务费", None, 2400, 2352, 0.98, None, None),
      ("运营维护服务费", None, 860, 810.2, 0.9421, None, None)), 99.55, "优秀")
    ppp("d2-PPP运营自评", "望湖新城综合管廊", "望湖通达管廊运营有限公司", "望湖区城市管理局", 2021, """
产出|项目运营|入廊管线长度|≥38公里|36.1公里|20|19|燃气管线入廊审批推迟。|按比例计分
||监控系统在线率|≥99%|99.4%|10|10||按比例计分
|项目维护|廊体结构检测|≥2次|2次|10|10||缺1次扣5分
||通风设备维保率|100%|100%|10|10||按比例计分
效果|社会影响|道路反复开挖次数|≤3次|2次|10|10||超出按比例扣分
||安全运行天数|≥365天|365天|10|10||按比例计分
管理|制度建设|应急预案编制|完成|完成|10|10||未完成不得分
|满意度|入廊单位满意度|≥90%|95%|10|10||按比例计分
""", (("合计", None, 1980, 1881, 0.95, 10, 9.5), ("可用性服务费", None, 1500, 1425, 0.95, None, None),
      ("运营维护服务费", None, 480, 456, 0.95, None, None)), 98.5, "优秀")
    ppp("d3-PPP运营自评", "澜水县垃圾焚烧发电", "澜水绿能环保有限公司", "澜水县城市管理综合执法局", 2022, """
产出|项目运营|年处理生活垃圾|≥21万吨|21.3万吨|15|15||按比例计分
||上网电量|≥7200万千瓦时|7410万千瓦时|15|15||按比例计分
|项目维护|锅炉检修次数|≥4次|4次|10|10||缺1次扣2分
|时效|年运行小时数|≥8000小时|8120小时|10|10||按比例计分
效果|生态影响|烟气排放达标率|100%|100%|20|20||按达标率计分
|社会影响|公众开放日活动|≥6场|6场|10|10||按比例计分
管理|满意度|周边居民满意度|≥80%|86%|10|10||按比例计分
""", (("合计", None, 1460, 1258.52, 0.862, 10, 9), ("垃圾处理服务费", None, 1160, 1010, 0.8707, None, None),
      ("运营补贴", None, 300, 248.52, 0.8284, None, None)), 99, "优秀",
        [("合计", "自评分", "执行得分取整（86.2%应为8.62分，填9分）")])


def village(name, title, county, unit, year, project, invest, rows, total, findings=()):
    """Village: all in label-value pairs, planned money left and spent right; no second level, unit of measure apart."""
    rows = items(rows)
    s = Sheet("村级自评")
    s.row((title, 8, 1))
    s.row(("实施村（居）", 2, 1), (unit, 2, 1), ("县级主管单位", 2, 1), (county, 2, 1))
    s.row(("工程名称", 2, 1), (project, 2, 1), ("评价年度", 2, 1), (f"{year}年", 2, 1))
    s.row(("资金情况（单位：元）", 1, len(invest)), *pair(invest[0]))
    for one in invest[1:]:
        s.row(*pair(one))
    s.row("类型", ("内容", 2, 1), "计量单位", "计划数", "完成数", "应得分", "实得分")
    for r in rows:
        one = [(r["level1"], 1, r["high1"])] if r["high1"] else []
        s.row(*one, (r["level3"], 2, 1), r["more"][0] or None, r["target"], r["actual"], r["weight"], r["score"])
    s.row("合计得分", (None, 5, 1), 100, total)
    s.row("扣分情况说明", (next((r["reason"] for r in rows if r["reason"]), "无"), 7, 1))
    s.row("村务监督委员会意见", ("情况属实。", 7, 1))
    prose = next((r["reason"] for r in rows if r["reason"]), "无")
    for r in rows:
        r["target"] = f"{r['target']}{r['more'][0]}" if r["more"][0] else r["target"]
        r["reason"] = None
    funds = tuple((n, None, budget, spent, None, None, None) for n, budget, spent in invest)
    truth = reading("project", title, unit, year, county, project, rows, total=total, money="元", funds=funds, deviation_reason=prose)
    doubts = ["没有level2", "计量单位并入target（如3.2公里），actual照原样", "资金不计分；指标合计100分"]
    s.save(name, truth, s.seeded(findings), doubts)


def pair(one):
    """A kind of money with its plan and what was spent, as labels and values side by side."""
    n, budget, spent = one
    return (f"计划{n}", 2, 1), (budget, 2, 1), (f"实际{n}", 2, 1), spent


def villages():
    village("e1-村级项目自评", "2022年度农村公益事业财政奖补项目绩效自评表", "望湖区农业农村局", "石桥镇柳溪村民委员会", 2022, "柳溪村通组道路硬化",
            [("总投资", 860000, 842800), ("财政奖补资金", 600000, 600000), ("村集体自筹资金", 260000, 242800)], """
产出||硬化道路长度|3.2|3.2|20|20||公里
||路面宽度|3.5|3.5|10|10||米
||工程验收合格率|100%|100%|15|15||
||完工时间|2022年10月|2022年9月|15|15||
效益||受益农户|186|186|15|15||户
||群众出行条件|明显改善|明显改善|15|15||
满意度||村民满意度|90%|96%|10|10||
""", 100)
    village("e2-村级项目自评", "2021年度村级一事一议奖补项目绩效自评表", "澜水县财政局农村综合改革服务中心", "白鹭乡梅坞村民委员会", 2021, "梅坞村饮水管网改造",
            [("总投资", 420500, 415300), ("财政奖补资金", 300000, 300000), ("群众筹资", 40500, 40500), ("社会捐赠", 80000, 74800)], """
产出||铺设管道|5.6|5.6|20|20||公里
||新建蓄水池|2|2|10|10||座
||安装水表|240|228|20|19|12户长期外出，水表待其返乡后安装。|只
||水质检测合格率|100%|100%|10|10||
效益||受益人口|812|812|20|20||人
||管护制度|建立|建立|10|10||
满意度||村民满意度|≥90%|97%|10|10||
""", 99)
    village("e3-村级项目自评", "2022年度美丽乡村建设奖补项目绩效自评表", "江州市云湖区乡村振兴局", "清浦街道枫林社区居民委员会", 2022, "枫林社区人居环境整治",
            [("总投资", 735000, 720000), ("财政奖补资金", 500000, 500000), ("社区自筹资金", 235000, 220000)], """
产出||安装太阳能路灯|96|96|20|20||盏
||清淤沟渠|4.8|4.8|20|18||公里
||栽植行道树|320|320|10|10||株
||质量验收合格率|100%|100%|10|10||
效益||卫生厕所普及率|≥95%|98%|15|15||
||垃圾集中清运|每日清运|每日清运|15|15||
满意度||居民满意度|≥90%|95%|10|10||
""", 98, [("清淤沟渠", "实得分", "目标已完成而扣分，且未说明原因", ("扣分情况说明", "内容"))])
