"""Which policy a form is judged by: what it prints, its points, its year, and what the user asked for."""

from dataclasses import replace

import pytest

from perfxl import texts
from perfxl.errors import ConfigError, UsageError
from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.rules.audit import audit
from perfxl.rules.policies import policy
from tests.conftest import ROOT
from tests.forms.builder import LEFT, UP, forms, hubei_lines, ministry_lines

BASE = (ROOT / "templates" / "policies" / "ministry.toml").read_text("utf-8")
OWN = """
id = "city"
based_on = "ministry"
zh = "某市办法"
source = "某财〔2023〕5号"
"""


def of(lines, *notes, **changes):
    """A form of these lines, with these printed notes."""
    (form,) = forms(lines)
    printed = tuple(Field(text, text, 90 + row, 1) for row, text in enumerate(notes))
    return replace(form, notes=form.notes + printed, **changes)


def dated(form, year):
    return replace(form, year=Field(year, str(year), 1, 1))


def own(folder, name, text):
    (folder / name).write_text(OWN + text, "utf-8")


# ---------------------------------------------------------------- years
def two_years(folder):
    own(
        folder,
        "a.toml",
        'valid_from = 2021\nvalid_to = 2022\n[select]\nnotes = ["某财"]\n[budget]\npoints = "10"\n',
    )
    own(
        folder, "b.toml", 'valid_from = 2023\n[select]\nnotes = ["某财"]\n[budget]\npoints = "15"\n'
    )


@pytest.mark.parametrize(
    ("year", "points", "in_force"),
    [(2021, 10, True), (2022, 10, True), (2023, 15, True), (2030, 15, True), (None, 15, True), (2019, 10, False)],
)  # fmt: skip
def test_the_year_of_the_form_selects_among_the_editions(tmp_path, year, points, in_force):
    two_years(tmp_path)
    form = dated(of(ministry_lines(), "注：按某财〔2023〕5号填报。"), year)

    shown = policy.choose(form, extra=tmp_path)
    asked = policy.choose(form, "city", tmp_path)

    assert (shown.policy.id, shown.policy.budget_points, shown.in_force) == (
        "city",
        points,
        in_force,
    )
    assert (asked.policy.budget_points, asked.in_force) == (points, in_force)


def test_the_newest_edition_is_the_one_that_is_listed(tmp_path):
    two_years(tmp_path)

    assert policy.load(tmp_path)["city"].budget_points == 15
    assert [one.valid_from for one in policy.editions(tmp_path) if one.id == "city"] == [2023, 2021]


def test_a_gap_between_editions_takes_the_nearer_one(tmp_path):
    own(tmp_path, "a.toml", "valid_from = 2015\nvalid_to = 2016\n")
    own(tmp_path, "b.toml", "valid_from = 2022\n")

    assert policy.get_policy("city", tmp_path, 2017).valid_from == 2015
    assert policy.get_policy("city", tmp_path, 2021).valid_from == 2022


def test_a_policy_of_the_user_s_own_comes_before_a_built_in_one(tmp_path):
    (tmp_path / "mine.toml").write_text(
        BASE.replace("valid_from = 2020", "").replace('points = "10"', 'points = "12"', 1), "utf-8"
    )

    known = policy.load(tmp_path)

    assert known["ministry"].budget_points == 12
    # Even though the built-in one begins later.
    assert policy.get_policy("ministry", tmp_path, 2024).budget_points == 12


def test_an_edition_beside_a_built_in_one_leaves_it_its_years(tmp_path):
    (tmp_path / "new.toml").write_text(
        BASE.replace("valid_from = 2020", "valid_from = 2025").replace(
            'points = "10"', 'points = "12"', 1
        ),
        "utf-8",
    )

    assert policy.get_policy("ministry", tmp_path, 2024).budget_points == 10
    assert policy.get_policy("ministry", tmp_path, 2025).budget_points == 12
    assert policy.get_policy("ministry", tmp_path).budget_points == 12


# ---------------------------------------------------------------- what a form shows
@pytest.mark.parametrize(
    ("note", "known"),
    [
        ("注：根据桂财绩〔2021〕3号填报。", "guangxi"),
        ("预算执行率未达到90%的需说明原因（100字以内）。", "sichuan"),
        ("说明：按浙财绩效〔2020〕6号执行。", "zhejiang"),
        ("注：依据财预〔2020〕10号。", "ministry"),
        ("备注：得分=权重×B/A。", "hubei"),
    ],
)
def test_a_printed_note_chooses(note, known):
    form = of(ministry_lines(), note)

    assert (policy.choose(form).policy.id, policy.choose(form).why) == (known, "notes")


@pytest.mark.parametrize("points", [10, "10.0", "10.00"])
def test_points_choose_however_they_are_written(points):
    form = of(ministry_lines(budget=(None, 100, 100, points, "100%", 10)))

    choice = policy.choose(form)

    assert (choice.policy.id, choice.why, choice.evidence) == ("ministry", "points", "10")


def test_a_province_in_the_unit_s_name_is_no_evidence():
    # Guangxi's formula is stricter; a form that does not print it is not judged by it.
    form = of(ministry_lines(unit="广西壮族自治区水利厅"))

    assert policy.choose(form).policy.id == "ministry"


SICHUAN_NOTE = "1.预算执行率=预算执行数/调整后预算数，预算执行率未达到90%的需说明原因（100字以内）；2.其他资金包括银行贷款。"


def test_a_policy_asked_for_is_taken_whatever_the_form_prints():
    form = of(hubei_lines(), "定性指标：100-80%、80-50%、50-0%")

    choice = policy.choose(form, "ministry")

    assert (choice.policy.id, choice.why, choice.printed) == ("ministry", "named", "")
    assert choice.policy.tiers["partly"] == (Fraction(3, 5), Fraction(4, 5))


def test_an_unknown_name_lists_those_that_are():
    with pytest.raises(UsageError) as error:
        policy.get_policy("没有")

    assert error.value.arguments["known"] == ["guangxi", "hubei", "ministry", "sichuan", "zhejiang"]


# ---------------------------------------------------------------- printed tiers
TEN_POINT_NOTES = [
    # (what is printed, partly from, partly to)
    ("3.定性指标：达成预期、部分达成且有一定效果、未达成且效果较差，分别对应分值的100-80%（含80%）、80-50%（含50%）、50-0%。", 50, 80),
    ("定性指标分三档：100%-80%（含）、80%-50%（含）、50%-0%", 50, 80),
    ("定性指标按达成情况分三档，分别为[100%，80%]、（80%，50%]、（50%，0%]合理确定分值", 50, 80),
    ("定性指标：达成预期得80%（含）－100%，部分达成得60%（含）－80%，未达成得0－60%", 60, 80),
    ("定性指标：未达成0%～50%；部分达成50%～70%；达成预期70%～100%", 50, 70),
    ("定性指标达成预期得80%以上，部分达成得50%－80%，未达成得50%以下。", 50, 80),
    ("定性指标：１００－８０％、８０－５０％、５０－０％", 50, 80),
    ("定性指标：100%至90%、90%至70%、70%至0%", 70, 90),
]  # fmt: skip


@pytest.mark.parametrize(("note", "low", "high"), TEN_POINT_NOTES)
def test_the_form_s_own_notes_choose_the_tiers_before_its_points(note, low, high):
    form = of(ministry_lines(), note)

    choice = policy.choose(form)

    assert choice.policy.id == "ministry"
    assert choice.policy.tiers == {
        "reached": (Fraction(high, 100), 1), "partly": (Fraction(low, 100), Fraction(high, 100)), "missed": (0, Fraction(low, 100)),
    }  # fmt: skip
    same = (low, high) == (60, 80)
    assert bool(choice.printed) is not same
    assert choice.policy.clause("qualitative") == (
        "财预〔2020〕10号 定性指标" if same else "表内备注"
    )


@pytest.mark.parametrize(
    "note",
    [
        "预算执行率在100%-80%、80%-50%、50%-0%的，分别计分。",  # of execution, not of qualitative indicators
        "定性指标：90-100分、80-90分、60-80分",  # points
        "定性指标分四档：100%-90%、90%-80%、80%-60%、60%-0%",  # four tiers; which is which is not said
        "定性指标：100%-80%、70%-50%、50%-0%",  # a gap
        "定性指标：100%-80%、80%-50%、50%-10%",  # does not go down to nothing
        "定性指标：100%-80%、80%-80%、80%-0%",
        "定性指标根据完成情况合理确定分值。",
    ],
)
def test_what_is_no_scale_of_three_tiers_changes_nothing(note):
    form = of(ministry_lines(), note)

    choice = policy.choose(form)

    assert choice.policy is policy.load()["ministry"]
    assert choice.printed == ""


def test_a_partly_reached_result_is_scored_by_the_printed_tiers():
    rows = (("产出指标", "质量指标", "工作质量", "有所提升", "部分达成", 50, 26, ""),)
    lines = ministry_lines(*rows)

    found = [
        [f.message for f in audit(form).findings if f.rule == "indicator-score"]
        for form in (of(lines), of(lines, "定性指标：100-80%、80-50%、50-0%"))
    ]

    # 26 of 50 is 52 %: below the Ministry's 60 %, within the 50 % that the form prints.
    assert found == [["below"], []]


# ---------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('[budget]\npoints = "十"\n', "policy-value", "budget.points"),
        ("[budget]\npoints = true\n", "policy-value", "budget.points"),
        ('[budget]\npoints = "0"\n', "policy-value", "budget.points"),
        ('[budget]\npoints = "1e400"\n', "policy-value", "budget.points"),
        ('[budget]\nzero_rate = "2"\n', "policy-value", "budget.zero_rate"),
        ('[budget]\nrate_above_one = "yes"\n', "policy-value", "budget.rate_above_one"),
        ('[budget]\nsteps = [["0.8", "1"], ["0.9", "0.5"]]\n', "policy-value", "budget.steps"),
        ('[budget]\nreason_length = "1.5"\n', "policy-value", "budget.reason_length"),
        ('[quantitative]\ninverse = "square"\n', "policy-value", "quantitative.inverse"),
        ('[quantitative]\nfar_above = "0.5"\n', "policy-value", "quantitative.far_above"),
        ('[qualitative]\nreached = ["1", "0.8"]\n', "policy-value", "qualitative.reached"),
        ('[qualitative]\npartly = ["0.7", "0.9"]\nreached = ["0.6", "1"]\n', "policy-value", "qualitative.partly"),
        ('[qualitative]\nreached = "0.8"\n', "policy-value", "qualitative.reached"),
        ('[grade]\nsteps = [["60", "中"], ["90", "优"]]\n', "policy-value", "grade.steps"),
        ("valid_from = 2024\nvalid_to = 2020\n", "policy-value", "valid_to"),
        ("valid_from = 20\n", "policy-value", "valid_from"),
        ('[words]\nno_reason = "无"\n', "policy-value", "words.no_reason"),
        ("[words]\nno_reason = [1]\n", "policy-value", "words.no_reason"),
        ("budget = 10\n", "policy-key", "budget"),
        ('[budget]\npoint = "10"\n', "policy-key", "budget.point"),
        ('[words]\nno_reasons = ["无"]\n', "policy-key", "words.no_reasons"),
        ('[sources]\n"budget.point" = "x"\n', "policy-key", "sources.budget.point"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_names_its_key(tmp_path, text, code, said):
    own(tmp_path, "own.toml", text)

    with pytest.raises(ConfigError) as error:
        policy.load(tmp_path)

    assert (error.value.code, error.value.arguments["key"]) == (code, said)
    for language in ("zh", "en"):
        sentence = texts.of(language).error(error.value)
        assert said in sentence
        assert "own.toml" in sentence
        assert "Fraction" not in sentence


def test_a_list_of_an_earlier_version_is_let_pass(tmp_path):
    own(tmp_path, "own.toml", '[words]\npaces = ["月"]\n')

    assert "paces" not in policy.load(tmp_path)["city"].words


@pytest.mark.parametrize("base", ["没有", "city"])
def test_a_base_must_be_there(tmp_path, base):
    (tmp_path / "own.toml").write_text(OWN.replace('"ministry"', f'"{base}"'), "utf-8")

    with pytest.raises(ConfigError) as error:
        policy.load(tmp_path)

    assert error.value.code == "policy-base"
    assert f"“{base}”" in texts.of("zh").error(error.value)


def test_bases_that_rest_on_each_other_are_refused(tmp_path):
    (tmp_path / "a.toml").write_text(OWN.replace('"ministry"', '"town"'), "utf-8")
    (tmp_path / "b.toml").write_text(
        OWN.replace('"ministry"', '"city"').replace('id = "city"', 'id = "town"'), "utf-8"
    )

    with pytest.raises(ConfigError) as error:
        policy.load(tmp_path)

    assert error.value.code == "policy-base"


def test_each_edition_may_rest_on_the_one_before(tmp_path):
    own(tmp_path, "c.toml", 'valid_from = 2021\n[budget]\npoints = "15"\n')
    for name, text in (
        ("a", 'valid_from = 2025\n[weights]\ntotal = "200"\n'),
        ("b", "valid_from = 2023\n[rounding]\ndecimals = 1\n"),
    ):
        (tmp_path / f"{name}.toml").write_text(OWN.replace('"ministry"', '"city"') + text, "utf-8")

    found = [policy.get_policy("city", tmp_path, year) for year in (2021, 2023, 2025)]

    assert [(one.budget_points, one.decimals, one.total_weight) for one in found] == [
        (15, 2, 100), (15, 1, 100), (15, 1, 200),
    ]  # fmt: skip


def test_a_policy_states_only_what_differs_from_its_base(tmp_path):
    own(
        tmp_path,
        "own.toml",
        '[quantitative]\nfar_above = ""\nclause = "第八条"\n[words]\nsums = ["总数"]\n',
    )
    ministry, city = policy.load()["ministry"], policy.load(tmp_path)["city"]

    assert city.far_above is None
    assert (city.inverse, city.grades, city.tiers) == (
        ministry.inverse, ministry.grades, ministry.tiers,
    )  # fmt: skip
    assert (city.clause("quantitative"), city.clause("budget")) == (
        "第八条",
        ministry.clause("budget"),
    )
    assert (city.words["sums"], city.words["rates"]) == (("总数",), ministry.words["rates"])
    # It is chosen by what it says itself and not by the base's words.
    assert (city.select_notes, city.select_points, city.valid_from) == ((), (), 0)


@pytest.mark.parametrize("one", policy.editions(), ids=lambda one: one.id)
def test_each_parameter_of_a_built_in_policy_has_its_source(one):
    told = {key: text for key, text in one.sources.items() if not key.startswith("select.")}

    assert all(told.values())
    assert {"budget.points", "weights.total", "quantitative.inverse", "rounding.tolerance"} <= set(
        told
    )
    # Nothing is quoted for what the policy does not state.
    assert ("budget.zero_rate" in told) is (one.zero_rate is not None)
    assert ("quantitative.far_above" in told) is (one.far_above is not None)


def test_what_the_provinces_are_known_to_ask_for():
    known = policy.load()

    assert (known["guangxi"].inverse, known["guangxi"].far_above, known["guangxi"].far_above_included) == (
        "linear", Fraction(13, 10), True,
    )  # fmt: skip
    assert (known["sichuan"].budget_points, known["sichuan"].reason_rate) == (10, Fraction(9, 10))
    # The form allows a reason 100 characters at most (100字以内): a short one is no fault.
    assert known["sichuan"].reason_length == 0
    assert (known["zhejiang"].zero_rate, known["zhejiang"].rate_above_one) == (1, True)
    assert known["ministry"].inverse == "both"
    assert known["hubei"].inverse == "proportional"


def test_a_completion_of_exactly_the_threshold(tmp_path):
    own(tmp_path, "own.toml", "[quantitative]\nfar_above_included = true\n")
    rows = (("产出指标", "数量指标", "培训人数", "100人", "130人", 50, 50, ""),)
    form = of(ministry_lines(*rows))

    said = {
        name: [
            f.message for f in audit(form, name, tmp_path).findings if f.rule == "far-above-target"
        ]
        for name in ("ministry", "city")
    }

    assert said == {"ministry": [], "city": ["above"]}


SICHUAN = [
    ("部门预算项目支出绩效自评表（2023年度）", *[LEFT] * 9),
    ("项目名称", "河道整治", *[LEFT] * 4, "主管部门", "江源县水务局", LEFT, LEFT),
    ("预算执行情况（10分）", "年度预算数（万元）", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因", LEFT),
    (UP, "总额", 100, 100, 100, "100.00%", 10, 10, "", LEFT),
    ("绩效指标（90分）", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分"),
    (UP, "产出指标", "数量指标", "整治河道", "≥", "10", "公里", "10", 60, 60),
    (UP, "效益指标", "社会效益指标", "受益人口", "≥", "100", "人", "100", 30, 30),
    ("合计", *[LEFT] * 7, 100, 100),
]  # fmt: skip


def test_a_form_of_sichuan_without_fault_has_no_finding():
    note = (f"注：{SICHUAN_NOTE}", *[LEFT] * 9)
    done = audit(of([*SICHUAN, note]))

    assert done.choice.policy.id == "sichuan"
    assert [f.rule for f in done.findings] == []
