"""What a finance bureau reads: every finding names its subject and its problem, in words of one style."""

import dataclasses
import re
from pathlib import Path

import pytest

import perfxl
from perfxl import resources, texts
from perfxl.rules.audit import audit
from perfxl.rules.findings import Kind, Unit
from perfxl.rules.registry import RULES
from tests.conftest import ROOT, SAMPLES
from tests.rules.variants import approved_variants, variants

LANGUAGES = resources.LANGUAGES
BLIND = sorted((ROOT / "tests" / "blind").glob("forms*/*.xlsx"))
FORBIDDEN = (
    "实际值写成界限", "写成界限", "随之变动", "没有读懂", "要得到这些分数", "低不到", "连带影响", "读不懂", "两种读法", "出了没有预料",
    "只写了", "好几个", "说的是", "怎样填出来",
)  # fmt: skip
"""Phrases that no official would write; none of them comes back."""
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = frozenset(
    ("perfxl", "Excel", "WPS", "xlsx", "xls", "docx", "xlsb", "ods", "JSON", "json", "txt", "CSV", "csv", "HTML",
     "LibreOffice", "SQLite", "PostgreSQL", "Parquet", "MB", "PDF", "OFD", "XML", "DOCTYPE", "Word", "TOML", "SUM", "OpenDocument", "UTF", "ANSI", "bsdtar", "Zip", "zip", "RAR", "GB")
)  # fmt: skip
"""Proper names, which stay as they are in Chinese."""
COMMANDS = re.compile(
    r"(?:--from |perfxl policies )[a-z]+|zh 或 en|\.(?:html|log)|--?[a-z][a-z-]*|perfxl(?: [a-z]+)+|pip install \S+|[\w\-\[\]+]+://\S+|docs/\S+|`[^`]*`|perfxl\[\w+\]|Ctrl-C"
)
CJK_MARKS = "，。；：、（）【】《》！？～"
QUOTED = re.compile(r"“[^”]*”")
PLURAL = re.compile(
    r"(?<![0-9.,])1 (?:[a-z]+ )?(?:files|forms|units|cells|indicators|rows|points|sheets|columns|errors)\b"
)
TWICE = re.compile(r"[，。；：、]{2,}|；依据 *$|，）|（）|“”|  ")
RANGE = re.compile(r"[0-9]%?(?: 至 |～| to )[0-9]")


def statements(form, language, approved=()):
    """Everything that is said of a form, what follows and what is told in one line included."""
    catalogue = texts.load_texts(language)
    for finding in audit(form, approved=approved).findings:
        for one in (finding, *finding.causes, *finding.parts):
            yield one, catalogue.statement(one)


def everything(paths, language):
    for path in paths:
        for result in perfxl.read(path):
            for form in result.forms:
                for changed in variants(form):
                    yield from statements(changed, language)
                for table in approved_variants(form):
                    yield from statements(form, language, [table])


def check(said, language):
    """What holds for every statement."""
    finding, one = said
    where = f"{finding.rule}:{finding.message}: {one.sentence}"
    assert one.goal or one.name, where
    assert one.problem, where
    begins = texts.load_texts(language).subject(finding)
    assert one.text.startswith(begins[:1].upper() + begins[1:]), where
    assert not any(phrase in one.sentence for phrase in FORBIDDEN), where
    assert not TWICE.search(one.text), where
    assert not RANGE.search(QUOTED.sub("", one.text)), where
    assert not any(word in one.sentence for word in ("None", "Fraction")), where
    assert (one.difference is None) or (one.unit is not Unit.NONE), where
    if language == "en":
        assert not PLURAL.search(one.text), where


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SAMPLES[::6], ids=lambda path: path.stem)
def test_every_finding_of_a_form_with_faults_names_its_subject(path, language):
    for said in everything([path], language):
        check(said, language)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_all_samples_with_faults_names_its_subject(language):
    for said in everything(SAMPLES, language):
        check(said, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_blind_forms_names_its_subject(language):
    for path in BLIND:
        for result in perfxl.read(path):
            for form in result.forms:
                for said in statements(form, language):
                    check(said, language)


def test_an_indicator_is_named_with_its_goal_where_there_are_several(reference_audit):
    catalogue = texts.load_texts("zh")
    finding = next(f for f in reference_audit.findings if f.cell == "G63")
    one = catalogue.statement(finding)

    assert (one.kind, one.goal, one.name) == (
        Kind.INDICATOR,
        "年度目标7：办公大楼租金费用",
        "项目数",
    )
    assert (one.claimed, one.due, one.unit) == ("1", "0.67", Unit.POINTS)
    assert round(float(one.difference), 2) == 0.33
    assert one.text.startswith("“办公大楼租金费用”的“项目数”自评 1 分，应得 0.67 分（1×2÷3")


def test_a_long_name_is_cut_in_the_sentence_and_never_in_the_data(reference_audit):
    long = "很长的指标名称" * 12
    form = reference_audit.form
    rows = tuple(
        row._replace(level3=row.level3._replace(value=long, text=long)) if row.row == 72 else row
        for row in form.indicators
    )
    again = audit(dataclasses.replace(form, indicators=rows))
    one = texts.load_texts("zh").statement(next(f for f in again.findings if f.cell == "G72"))

    assert one.name == long
    assert long not in one.text
    assert f"{long[:30]}…" in one.text


# ---------------------------------------------------------------- the clause
def test_the_form_s_own_note_is_quoted(reference_audit):
    one = texts.load_texts("zh").statement(
        next(f for f in reference_audit.findings if f.cell == "G72")
    )

    assert (one.clause, one.quoted_from) == ("备注2", "form")
    assert one.quotation in "".join(note.text for note in reference_audit.form.notes)
    assert "得分=权重*B/A" in one.quotation
    assert one.sentence.endswith(f"；依据 备注2（本表所附：“{one.quotation}”）")


def test_a_form_without_notes_is_told_that_the_official_one_prints_it(reference_audit):
    bare = audit(dataclasses.replace(reference_audit.form, notes=()), "hubei")
    one = texts.load_texts("zh").statement(next(f for f in bare.findings if f.cell == "G72"))

    assert one.quoted_from == "document"
    assert "备注2（官方表格所附：“正向指标（即目标值为≥X,得分=权重*B/A）" in one.sentence


def test_wording_that_is_not_at_hand_is_not_made_up(reference_audit):
    bare = audit(dataclasses.replace(reference_audit.form, notes=()), "ministry")
    one = texts.load_texts("zh").statement(
        next(f for f in bare.findings if f.rule == "indicator-score")
    )

    assert (one.quotation, one.quoted_from) == ("", "")
    assert one.sentence.endswith("依据 财预〔2020〕10号 定量指标")


def test_a_sum_that_does_not_add_up_rests_on_no_note(reference_audit):
    one = next(f for f in reference_audit.findings if f.rule == "goal-sum")

    assert (one.clause, one.quotation.text) == ("表内勾稽关系", "")


def test_english_quotes_the_chinese_clause_and_says_what_it_means(reference_audit):
    one = texts.load_texts("en").statement(
        next(f for f in reference_audit.findings if f.cell == "G72")
    )

    assert f"“{one.quotation}”" in one.sentence
    assert "weight × B/A" in one.sentence


# ---------------------------------------------------------------- problems
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_message_of_a_rule_has_the_name_of_its_problem(rule, language):
    catalogue = texts.load_texts(language)
    messages = set(catalogue._find(f"rules/{rule.code}/messages"))
    own = set(catalogue._find(f"rules/{rule.code}/problems") or ())

    assert catalogue.get(f"rules/{rule.code}/problem").strip()
    assert own <= messages
    assert catalogue.get(f"rules/{rule.code}/title") not in catalogue.problems(rule.code)


# ---------------------------------------------------------------- the catalogue
def plain(language):
    """Every text of the catalogue without its variables."""
    for path in sorted((ROOT / "templates" / "texts").glob(f"*{language}.toml")):
        for key, text in _leaves(resources.toml(path)):
            yield f"{Path(path).name} {key}", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "·", text)


def _leaves(node, path=""):
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _leaves(value, f"{path}/{name}")
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, path)
    else:
        yield path, str(node)


def test_chinese_has_no_latin_word_but_names_and_commands():
    for key, text in plain("zh"):
        if "/typer/" in key or "/misuse/" in key:
            continue
        left = set(LATIN.findall(COMMANDS.sub("", text))) - NAMES
        assert not left, (key, left, text)


def test_forbidden_phrases_do_not_come_back():
    for key, text in plain("zh"):
        assert not any(phrase in text for phrase in FORBIDDEN), (key, text)


def test_english_has_no_chinese_punctuation_outside_quotes():
    for key, text in plain("en"):
        if "/clauses/" not in key:
            assert not set(QUOTED.sub("", text)) & set(CJK_MARKS), (key, text)
            assert not PLURAL.search(text), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranges_are_spelt_in_one_way(language):
    for key, text in plain(language):
        assert "～" not in text, (key, text)
        assert not re.search("· (?:至|to) ·", text.replace("from · to ·", "")), (key, text)


def test_a_late_result_says_by_how_many_days():
    form = perfxl.read(ROOT / "samples" / "03-列明分值.xlsx")[0].forms[0]
    row = form.indicators[0]
    late = row._replace(
        target=row.target._replace(value="2020年6月30日", text="2020年6月30日", raw=None),
        actual=row.actual._replace(value="2020年7月15日", text="2020年7月15日", raw=None),
        score=row.score._replace(value=row.weight.value, text=row.weight.text, raw=row.weight.raw),
    )
    again = audit(dataclasses.replace(form, indicators=(late, *form.indicators[1:])))
    finding = next(f for f in again.findings if f.message == "late")

    assert "晚于目标 2020年6月30日（逾期 15 天），不应得满分" in texts.load_texts("zh").finding(
        finding
    )
