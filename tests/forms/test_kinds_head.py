"""Kinds of heads: whose form it is, of which year, of which kind, in which unit of money."""

import pytest

from tests.forms.builder import LEFT, UP, P, forms, ministry_lines, row

HALL = ("养护里程", "≥100公里", "100公里", 90, 90)


def headed(*head, drop=("主管部门",), title=None, year=2023, **more):
    """The form with other lines in its head, the lines that begin with some labels left out."""
    lines = ministry_lines(
        row(*HALL), fill=False, budget=(None, 100, 90, 10, P("0.9"), 9), year=year, **more
    )
    lines = [line for line in lines if line[0] not in drop]
    if title is not None:
        lines[0] = (title, *[LEFT] * 8)
    (form,) = forms([lines[0], *head, *lines[1:]])
    return form


UNITS = ["部门", "部门（单位）", "部门/单位", "部门（单位）名称", "单位（部门）名称", "建设单位", "责任单位", "项目实施主体", "实施主体", "项目法人", "项目业主", "项目业主单位", "填报单位（盖章）", "填报单位（公章）", "实施单位", "实施单位（部门）", "项目承办单位", "承办单位", "牵头单位", "使用单位", "资金使用部门", "实施部门", "项目管理单位", "管护单位", "申报部门", "自评部门", "编报单位", "填表单位", "报送单位", "上报单位", "评价部门", "项目主体", "乡镇名称", "乡镇（街道）", "项目组织单位", "用款部门", "单位/部门", "单 位 名 称", "自评单位（公章）", "预算执行单位", "项目单位名称", "被评价单位", "被评价单位名称"]  # fmt: skip


@pytest.mark.parametrize("label", UNITS)
@pytest.mark.parametrize("behind", [True, False])
def test_the_unit_has_many_labels(label, behind):
    line = (
        (f"{label}：清河县水务局", *[LEFT] * 8)
        if behind
        else (label, None, "清河县水务局", *[LEFT] * 6)
    )
    form = headed(line)

    assert form.unit.value == "清河县水务局"
    assert form.unread == ()


@pytest.mark.parametrize("label", ["部门", "部门（单位）", "实施单位", "建设单位"])
def test_the_unit_stands_beside_its_department(label):
    form = headed(
        ("主管部门", None, "清河县水务局", LEFT, label, "清河县河道站", LEFT, LEFT, LEFT),
        drop=("主管部门",),
    )

    assert (form.department.value, form.unit.value) == ("清河县水务局", "清河县河道站")


@pytest.mark.parametrize(
    "label", ["项目实施单位/项目负责人", "实施单位/负责人", "单位名称/联系人", "项目单位/负责人"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["清河县水务局/王五", "清河县水务局 / 王五"])
def test_of_two_things_in_a_cell_the_unit_is_the_first(label, value):
    form = headed((label, None, value, *[LEFT] * 6))

    assert form.unit.value == "清河县水务局"


@pytest.mark.parametrize(
    "label", ["实施单位及负责人", "单位名称及联系人", "项目实施单位（负责人）"]
)
def test_of_two_things_in_a_cell_the_unit_is_the_first_without_a_stroke_too(label):
    form = headed((label, None, "清河县水务局/王五", *[LEFT] * 6))

    assert form.unit.value == "清河县水务局"


@pytest.mark.parametrize("blank", ["单位名称", "实施单位", "填报单位（盖章）"])
@pytest.mark.parametrize("below", ["2023年1月", "（单位：万元）", "项目自评表", "内部资料"])
def test_a_blank_cell_never_takes_a_line_below_it(blank, below):
    form = headed((blank, *[None] * 8), (below, *[None] * 8))

    assert form.unit.value is None


@pytest.mark.parametrize("blank", ["单位名称", "实施单位", "填报单位（盖章）"])
@pytest.mark.parametrize(
    "below",
    [
        ("序号", "1", None),
        ("填报说明", None, None),
        ("一、基本情况", "内容", None),
        ("项目类别", None, "常年性"),
        ("项目起止年限", None, "2023年"),
        ("项目概况", None, "养护道路"),
        ("资金情况", None, None),
        ("基本信息", None, None),
        ("联系人", None, "王五"),
        ("金额单位：万元", None, None),
    ],
)
def test_a_blank_cell_never_takes_the_text_below_it(blank, below):
    form = headed((blank, *[None] * 8), (*below, *[None] * 6))

    assert form.unit.value is None


@pytest.mark.parametrize("nobody", ["本单位", "本部门", "本级", "局机关", "我局", "本 单 位", "（本单位）", "本单位本级", "部门本级", "机关", "同上", "本校", "本院", "本中心", "本镇"])  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_ones_own_unit_is_no_name_where_the_head_names_one(nobody, first):
    pair = [("填报单位：清河县水务局", *[LEFT] * 8), ("实施单位", None, nobody, *[LEFT] * 6)]
    form = headed(*(pair if first else pair[::-1]))

    assert form.unit.value == "清河县水务局"


@pytest.mark.parametrize("nobody", ["本单位", "本级", "局机关"])
def test_ones_own_unit_is_the_department_where_only_that_is_named(nobody):
    line = ("主管部门", None, "清河县水务局", LEFT, "实施单位", nobody, LEFT, LEFT, LEFT)

    assert headed(line).unit.value == "清河县水务局"


@pytest.mark.parametrize(
    "office",
    [
        "业务科室",
        "归口处室",
        "责任科室",
        "财政归口处室",
        "主管处室",
        "分管处室",
        "业务处室",
        "实施科室",
    ],
)
def test_a_section_of_the_department_is_not_the_unit(office):
    form = headed(
        ("填报单位", None, "清河县水务局", LEFT, office, "农水科", LEFT, LEFT, LEFT),
    )
    turned = headed(
        (office, None, "农水科", LEFT, "填报单位", "清河县水务局", LEFT, LEFT, LEFT),
    )

    assert form.unit.value == turned.unit.value == "清河县水务局"


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("（2022年度）  单位：亿元", "亿元"),
        ("2022年度  金额单位：万元", "万元"),
        ("2022年度金额单位：万元", "万元"),
        ("年度：2022年    金额单位：万元", "万元"),
        ("2022年       单位：万元", "万元"),
        ("（2022 年度）        金额单位：人民币万元", "万元"),
        ("预算年度：2022      单位：元", "元"),
        ("填报日期：2023年3月1日  2022年度  单位：元", "元"),
        ("自评年度：2022年度；金额单位：万元", "万元"),
        ("所属年度：2022 单位：万元", "万元"),
        ("2022年度 （单位：万元）", "万元"),
        ("2022年度／万元", None),
        ("（2022年度）万元", None),
        ("二〇二二年度  金额单位：万元", "万元"),
    ],
)
def test_the_year_may_share_its_cell(text, money):
    form = headed((text, *[LEFT] * 8), drop=(), year=None)

    assert form.year.value == 2022
    assert money is None or form.money_unit.value == money
    assert form.unit.value == "清河县公路站"


@pytest.mark.parametrize(
    "text",
    [
        "填报单位：清河县水务局  2022年度",
        "填报单位：清河县水务局 （2022年度）",
        "填报单位（公章）：清河县水务局      2022年度      单位：万元",
        "2022年度    填报单位：清河县水务局",
        "填报单位：清河县水务局    2022年度  金额单位：万元",
        "填报单位：清河县水务局　　　　2022年",
    ],
)
def test_the_year_may_stand_beside_the_unit(text):
    form = headed((text, *[LEFT] * 8), year=None)

    assert (form.unit.value, form.year.value) == ("清河县水务局", 2022)


@pytest.mark.parametrize(
    "text", ["填报单位：清河县水务局  年度：2022", "单位名称：清河县水务局   预算年度：2022年"]
)
def test_the_year_may_have_its_label_beside_the_unit(text):
    form = headed((text, *[LEFT] * 8), year=None)

    assert (form.unit.value, form.year.value) == ("清河县水务局", 2022)


@pytest.mark.parametrize(
    "text",
    [
        "填报日期：2022年3月1日",
        "填表人：王五  2022年3月",
        "2022年3月1日",
        "项目起止时间：2022年-2024年",
        "文号：清财〔2022〕3号",
    ],
)
def test_a_date_is_not_the_year(text):
    form = headed((text, *[LEFT] * 8), drop=(), year=None)

    assert form.year.value is None


TITLES = [
    ("2022年度清河县水务局部门整体支出绩效评价得分表", "department", "self"),
    ("2022年清河县水务局整体支出绩效自我评价表", "department", "self"),
    ("2022年度农田水利项目预算绩效评价结果", "project", "self"),
    ("2022年度农田水利项目支出绩效监控表", "project", "monitoring"),
    ("2022年度农田水利项目绩效运行监控情况表", "project", "monitoring"),
    ("2022年上半年项目绩效目标执行监控表", "project", "monitoring"),
    ("2022年度农田水利专项资金绩效评价打分表", "project", "self"),
    ("2022年度项目支出绩效评价评分表", "project", "self"),
    ("2022年度项目支出绩效评价指标得分情况", "project", "self"),
    ("2022年度预算项目绩效评价情况", "project", "self"),
    ("2022年度转移支付绩效评价得分表", "transfer", "self"),
    ("2022年项目支出绩效评价指标评分表", "project", "self"),
    ("2022年度政策绩效自评结果", "project", "self"),
    ("2022年专项资金绩效完成情况表", "project", "self"),
    ("2022年度部门整体绩效目标完成情况", "department", "self"),
    ("2022年度债券项目绩效评价得分汇总表", "project", "self"),
    ("2022年度项目绩效考评表", "project", "self"),
    ("2022年度专项债券项目资金绩效自评", "project", "self"),
    ("2022年度项目绩效考核评分表", "project", "self"),
    ("2022年度财政支出绩效评价指标得分表", None, "self"),
]


@pytest.mark.parametrize(("title", "kind", "nature"), TITLES)
def test_a_title_need_not_speak_of_a_self_evaluation(title, kind, nature):
    form = headed(title=title, drop=())

    assert (form.title.value, form.year.value, form.nature) == (title, 2022, nature)
    assert kind is None or form.kind == kind


@pytest.mark.parametrize(
    "name",
    [
        "2022年度工作总结，完成绩效评价结果报告，共十项，三类",
        "2022年度绩效评价结果应用率",
        "根据2022年度绩效评价结果，资金安排如下：",
        "绩效评价结果：优",
    ],
)
def test_a_sentence_is_no_title(name):
    form = headed(("项目概况", None, name, *[LEFT] * 6), drop=())

    assert form.title.value == "2023年度项目支出绩效自评表"


SCORING = ("一级指标", "二级指标", "三级指标", "评价标准", "自评分")
SCORES = (
    ("投入（20分）", "目标设定（10分）", "目标合理性（10分）", "依据充分", 10),
    (UP, "预算配置（10分）", "在职人员控制率（10分）", "不超编", 10),
    ("产出（80分）", "职责履行（80分）", "实际完成率（80分）", "完成", 79),
)


@pytest.mark.parametrize(
    ("title", "head", "kind"),
    [
        ("2022年度绩效自评表", ("项目名称", "农田水利", LEFT, LEFT, LEFT), "project"),
        ("2022年度绩效自评表", ("专项名称", "农田水利", LEFT, LEFT, LEFT), "project"),
        ("2022年度绩效自评表", ("政策名称", "农业补贴", LEFT, LEFT, LEFT), "project"),
        ("2022年度绩效自评表", ("单位名称", "清河县水务局", LEFT, LEFT, LEFT), "department"),
        (
            "2022年度绩效自评表",
            ("主管部门", "清河县水务局", "实施单位", "清河县河道站", LEFT),
            "project",
        ),
        ("2022年度绩效自评表", ("地方主管部门", "清河县水务局", LEFT, LEFT, LEFT), "transfer"),
        ("2022年度绩效自评表", ("年度", "2022", LEFT, LEFT, LEFT), "unstated"),
    ],
)
def test_the_kind_follows_from_the_head_where_the_title_does_not_tell(title, head, kind):
    (form,) = forms([(title, *[LEFT] * 4), head, SCORING, *SCORES, ("合计", LEFT, LEFT, LEFT, 99)])

    assert form.kind == kind


@pytest.mark.parametrize(
    "label", ["债券名称", "项目负责人", "项目类别", "项目起止时间", "项目概况"]
)
def test_the_kind_follows_from_labels_that_no_field_takes(label):
    head = (label, "专项债券（一期）", LEFT, LEFT, LEFT)
    (form,) = forms(
        [
            ("2022年度绩效自评表", *[LEFT] * 4),
            head,
            SCORING,
            *SCORES,
            ("合计", LEFT, LEFT, LEFT, 99),
        ]
    )

    assert form.kind == "project"
