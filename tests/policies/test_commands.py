"""`perfxl policies`, `perfxl policy new`, and every command that takes a policy workbook."""

import json
import re

import pytest
from openpyxl import load_workbook

import perfxl as package
from perfxl.jobs.rulebook import compute_rulebook as rulebook
from perfxl.jobs.work import Settings
from perfxl.rules.policies import policy
from tests.conftest import REFERENCE, ROOT
from tests.face.run import perfxl


@pytest.fixture
def own(tmp_path):
    """A policy workbook that says what the policy of Hubei says."""
    path = tmp_path / "评分办法.xlsx"
    code, _, _ = perfxl("policy", "new", "-o", path, "--from", "hubei")
    assert code == 0
    return path


def change(path, sheet, name, column, value):
    book = load_workbook(path)
    row = next(c.row for line in book[sheet].iter_rows() for c in line[:2] if str(c.value) == name)
    book[sheet][f"{column}{row}"].value = value
    book.save(path)
    return f"{column}{row}"


def test_the_policies_are_listed_with_years_and_regions():
    code, out, err = perfxl("policies")

    assert (code, err) == (0, "")
    for one in policy.editions():
        assert re.search(rf"{one.id} .*{one.titles['zh']}.*{one.valid_from} 年度起", out)
    assert "广西壮族自治区" in out


@pytest.mark.parametrize("one", [one.id for one in policy.editions()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_policy_is_explained_with_the_source_of_each_parameter(one, language):
    code, out, err = perfxl("policies", one, "--lang", language)

    assert (code, err) == (0, "")
    for told in ("通行做法", "130%") if language == "zh" and one != "hubei" else ():
        assert told in out
    assert "practice" in out or language == "zh"
    assert "None" not in out
    assert "{" not in out


def test_an_unknown_policy_is_refused():
    code, out, err = perfxl("policies", "没有")

    assert (code, out) == (2, "")
    assert "未找到名为“没有”的评分办法" in err
    assert "sichuan" in err


def test_a_workbook_is_explained_and_its_mistakes_are_named(own):
    code, out, _ = perfxl("policies", own)
    assert code == 0
    assert re.search("预算执行分值 +20 ", out)

    cell = change(own, "参数", "预算执行分值", "C", "二十")
    code, _, err = perfxl("policies", own)
    assert code == 2
    assert f"评分办法.xlsx 工作表“参数”的 {cell}（预算执行分值）填写有误：“二十”不是数字" in err
    assert "Traceback" not in err


def test_nothing_is_written_over(own):
    before = own.read_bytes()

    code, _, err = perfxl("policy", "new", "-o", own)

    assert code == 2
    assert "已经存在" in err
    assert own.read_bytes() == before


@pytest.mark.parametrize("name", ["评分办法", "评分办法.et", "评分办法.xls"])
def test_only_xlsx_is_written(tmp_path, name):
    code, _, err = perfxl("policy", "new", "-o", tmp_path / name)

    assert code == 2
    assert ".xlsx" in err
    assert not (tmp_path / name).exists()


def test_a_workbook_may_begin_with_another_workbook(own, tmp_path):
    change(own, "参数", "预算执行分值", "C", 25)

    code, _, _ = perfxl("policy", "new", "-o", tmp_path / "新办法.xlsx", "--from", own)
    _, out, _ = perfxl("policies", tmp_path / "新办法.xlsx")

    assert code == 0
    assert re.search("预算执行分值 +25 ", out)
    assert re.search("代号 +新办法", out)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_forms_are_audited_by_it(own, tmp_path, jobs):
    # 项目数 and 学习活动完成率 claim a third of a point too much at most: within a tolerance of one point.
    change(own, "参数", "单项得分容差", "C", 1)

    code, out, err = perfxl(
        "audit", REFERENCE, ROOT / "samples" / "02-一致.xlsx", ROOT / "samples" / "project-hubei-1.xlsx", "-o", tmp_path / "o",
        "--policy", own, "--jobs", jobs, "--json", "-",
    )  # fmt: skip

    assert code in (0, 1), err
    found = [json.loads(line)["forms"][0] for line in out.splitlines()]
    assert {form["policy"] for form in found} == {"评分办法"}
    rules = [finding["rule"] for finding in found[0]["findings"]]
    assert "indicator-score" not in rules


def test_other_commands_take_it_too(own, tmp_path):
    for command in (
        ("fill", REFERENCE, "-o", tmp_path / "清稿.xlsx"),
        (
            "rollup",
            ROOT / "samples" / "project-hubei-1.xlsx",
            "--all",
            "-o",
            tmp_path / "汇总表.xlsx",
        ),
    ):
        code, _, err = perfxl(*command, "--policy", own)
        assert code in (0, 1), err


def test_python_takes_a_path(own):
    done = package.audit(REFERENCE, policy=own)[0].audits[0]

    assert (done.choice.policy.id, done.choice.why) == ("评分办法", "named")


def test_a_toml_file_may_be_named_as_well(tmp_path):
    text = (policy.policy_files.resources.templates() / "policies" / "hubei.toml").read_text(
        "utf-8"
    )
    (tmp_path / "x.toml").write_text(text.replace('id = "hubei"', 'id = "mine"'), "utf-8")

    assert (
        package.audit(REFERENCE, policy=tmp_path / "x.toml")[0].audits[0].choice.policy.id == "mine"
    )


def test_an_edit_of_the_workbook_makes_results_anew(own):
    before = rulebook(Settings.create(own))
    same = rulebook(Settings.create(own))
    change(own, "参数", "单项得分容差", "C", 0.01)
    after = rulebook(Settings.create(own))

    assert before == same
    assert before.digest != after.digest
    assert before.policy == "评分办法"


def test_a_missing_workbook_is_refused(tmp_path):
    code, _, err = perfxl("audit", REFERENCE, "-o", tmp_path, "--policy", tmp_path / "没有.xlsx")

    assert code == 2
    assert "没有.xlsx" in err


def test_the_policy_is_no_submission(own, tmp_path):
    (tmp_path / "自评表.xlsx").write_bytes(REFERENCE.read_bytes())

    code, out, err = perfxl("audit", tmp_path, "-o", tmp_path / "o", "--policy", own)

    assert code == 1, out + err
    assert "共 1 个文件" in out


def test_a_policy_workbook_that_nobody_named_is_told_as_one(own, tmp_path):
    code, out, _ = perfxl("audit", own, "-o", tmp_path / "o")

    assert code == 3
    assert "评分办法工作簿" in "".join(out.split())


def test_a_workbook_among_the_users_own_policies_is_one_of_them(tmp_path):
    home = tmp_path / "设置"
    (home / "policies").mkdir(parents=True)
    book = home / "policies" / "江源办法.xlsx"
    environment = {"PERFXL_HOME": str(home)}
    assert perfxl("policy", "new", "-o", book, "--from", "hubei")[0] == 0
    (home / "policies" / "~$江源办法.xlsx").write_bytes(b"lock")
    form = REFERENCE

    code, screen, errors = perfxl("policies", environment=environment)
    assert code == 0, errors
    assert "江源办法" in screen
    result = tmp_path / "r.jsonl"
    code, _, errors = perfxl(
        "audit", form, "--policy", "江源办法", "-o", tmp_path / "结果", "--json", result, environment=environment
    )  # fmt: skip
    assert code == 1, errors
    assert "江源办法" in result.read_text("utf-8")

    book.write_bytes(b"no workbook")
    code, _, errors = perfxl("audit", form, "-o", tmp_path / "结果", environment=environment)
    assert code not in (0, 1)
    assert "江源办法.xlsx" in errors
