"""A user's own words are one line of data; a mistake in them is told clearly."""

import pytest

import perfxl
from perfxl import texts
from perfxl.errors import ConfigError
from tests.forms.builder import ministry_lines, row, workbook


@pytest.fixture
def strange(tmp_path):
    """A form whose columns are called as no other form calls them."""
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    renamed = {"年度指标值": "甲项数", "实际完成值": "乙项数", "得分": "丙项数"}
    lines = [tuple(renamed.get(v, v) if isinstance(v, str) else v for v in line) for line in lines]
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(lines))
    return path


@pytest.fixture
def words(tmp_path):
    def write(text: str):
        path = tmp_path / "词汇.toml"
        path.write_text(text, "utf-8")
        return path

    return write


OWN = """
[columns.target]
is = ["甲项数"]
[columns.actual]
is = ["乙项数"]
[columns.score]
is = ["丙项数"]
"""


def test_words_that_nobody_knows_are_not_guessed(strange):
    (result,) = perfxl.read(strange)

    assert result.error is not None or all(
        not item.score.row for item in result.forms[0].indicators
    )


def test_a_users_file_adds_spellings(strange, words):
    (result,) = perfxl.read(strange, vocabulary=[words(OWN)])

    first = result.forms[0].indicators[0]
    assert (first.target.text, first.actual.text, first.score.value) == ("≥100公里", "100公里", 20)


def test_a_users_file_may_be_saved_with_a_byte_order_mark(strange, tmp_path):
    path = tmp_path / "词汇.toml"
    path.write_text(OWN, "utf-8-sig")

    assert perfxl.read(strange, vocabulary=[path])[0].forms[0].indicators[0].score.value == 20


def test_a_users_file_takes_nothing_from_the_known_words(words):
    from tests.conftest import REFERENCE

    (plain,), (more,) = perfxl.read(REFERENCE), perfxl.read(REFERENCE, vocabulary=[words(OWN)])

    assert plain.forms == more.forms


def test_a_users_spelling_outranks_ours(words, tmp_path):
    path = tmp_path / "表.xlsx"
    lines = ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 18, "多雨"))
    lines = [
        tuple("完成情况" if v == "偏差原因分析及改进措施" else v for v in line) for line in lines
    ]
    path.write_bytes(workbook(lines))

    (plain,) = perfxl.read(path)
    (own,) = perfxl.read(path, vocabulary=[words('[columns.reason]\nis = ["完成情况"]\n')])

    assert plain.forms[0].indicators[0].reason.text == ""
    assert own.forms[0].indicators[0].reason.text == "多雨"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[columns.target\nis = 1", "词汇.toml"),
        ('[columns]\ntarget = ["甲"]', "词汇.toml"),
        ("[columns.target]\nis = 5", "词汇.toml"),
        ('[goal]\npattern = "("', "goal.pattern"),
        ('[title]\npattern = "["', "title.pattern"),
        ('[money]\n"文" = "很多"', "词汇.toml"),
    ],
)
def test_a_mistake_in_a_users_file_says_where(strange, words, text, says):
    with pytest.raises(ConfigError) as caught:
        perfxl.read(strange, vocabulary=[words(text)])

    for language in ("zh", "en"):
        message = texts.load_texts(language).error(caught.value)
        assert says in message
        assert "{{" not in message
        assert message != texts.load_texts(language).get(
            "errors/internal", detail=str(caught.value)
        )


def test_a_users_file_that_is_not_there_is_told(strange, tmp_path):
    with pytest.raises(ConfigError) as caught:
        perfxl.read(strange, vocabulary=[tmp_path / "没有.toml"])

    assert "没有.toml" in texts.load_texts("zh").error(caught.value)


def test_a_users_file_in_another_encoding_is_told(strange, tmp_path):
    path = tmp_path / "词汇.toml"
    path.write_bytes(OWN.encode("gb18030"))

    with pytest.raises(ConfigError) as caught:
        perfxl.read(strange, vocabulary=[path])

    assert "词汇.toml" in texts.load_texts("zh").error(caught.value)


def test_a_users_spelling_outranks_ours_for_another_field(words, tmp_path):
    path = tmp_path / "表.xlsx"
    lines = ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 18, "多雨"))
    lines = [tuple("复核得分" if v == "得分" else v for v in line) for line in lines]
    path.write_bytes(workbook(lines))

    (own,) = perfxl.read(path, vocabulary=[words('[columns.score]\nis = ["复核得分"]\n')])

    assert own.forms[0].indicators[0].score.value == 18
