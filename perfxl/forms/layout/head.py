"""What a form says of itself: title, kind, year, unit, money unit, and every labelled field."""

import re
from collections.abc import Iterable
from decimal import Decimal

from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, DEPARTMENT, PROJECT, TRANSFER, UNSTATED, Field
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import normalize, normalize_label, parse_number
from perfxl.forms.words.vocabulary import Vocabulary

_YEAR = re.compile(r"(20[0-9]{2})(?:年度?|财年)?")
_YEAR_ALONE = re.compile(r"[(\[]?(20[0-9]{2})年?度?[)\]]?")
LONGEST_PERIOD = 8
_CENTURY = re.compile("20|二")
"""What every year has, in digits or in Chinese numerals."""
_DASHES = str.maketrans("—–－~～", "-----")
_YEAR_BEHIND = re.compile(r"[\s\u3000]+[(（\[]?20[0-9]{2}\s*年度?[)）\]]?\s*$")
_LABELS = (":", "：")
_YEAR_BROKEN = re.compile(r"(20[0-9]{2}) (年)")
LONGEST_HEAD_LINE = 60
EXPENDITURES = frozenset({"basic_expenditure", "project_expenditure"})
"""What only the form of a whole department states."""
_YEAR_CHINESE = re.compile(r"(二[〇○零O0]?[〇○零O0一二三四五六七八九]{2,3})年")
_ZEROS = {"O": 0, "0": 0}
"""A zero among Chinese digits, as it is typed: 二O二一年."""
_ANNEX_NUMBER = re.compile(r"[0-9一二三四五六七八九十\-]*[:：.)]?")
_WORD = re.compile(r"[一-龥]+")


def year_of(text: str) -> int | None:
    """The year that a title or a label names: 2020年度…, （2021年度）, 二〇二一年."""
    folded = normalize(text)
    match = _YEAR.search(folded)
    if match:
        return int(match[1])
    match = _YEAR_CHINESE.search(folded)
    if match is None:
        return None
    known = grammar().digits | _ZEROS
    digits = "".join(str(known[character]) for character in match[1])
    return int(digits) if len(digits) == 4 else None


def kind_of(
    title: str, vocabulary: Vocabulary, found: dict[str, Field], labels: Iterable[str] = ()
) -> str:
    """department, project or transfer: by the title's words, else by the fields of the head; else unstated.

    Args:
        title: the form's title.
        vocabulary: the words.
        found: the fields of the form.
        labels: further labels of its head (项目类别, 债券名称), which no field takes.
    """
    text = normalize(title)
    for kind in (TRANSFER, DEPARTMENT, PROJECT):
        if any(word in text for word in vocabulary.kinds[kind]):
            return kind
    if "local_department" in found:
        return TRANSFER
    if "project" in found:
        return PROJECT
    if found.keys() & EXPENDITURES:
        return DEPARTMENT
    if any(word in normalize(label) for label in labels for word in vocabulary.kinds[PROJECT]):
        return PROJECT
    # A unit below the department in charge of it answers for a project; alone it answers for itself.
    if "unit" in found:
        return PROJECT if "department" in found else DEPARTMENT
    return UNSTATED


def name_in_title(title: Tile, vocabulary: Vocabulary) -> Field:
    """The unit's or project's name inside a title: 2020年度…部门整体绩效自评表."""
    text = _without_annex(normalize(title.text), vocabulary)
    text = _YEAR_ALONE.sub("", re.sub(r"[(（][^()（）]*[)）]", "", text))
    text = re.sub(r"^(?:20[0-9]{2}|二[〇零○][一二三四五六七八九〇零○]{2})年度?", "", text)
    match = vocabulary.title.search(text)
    name = text[: match.start()] if match else text
    changed = True
    while changed and name:
        changed = False
        for word in vocabulary.title_frame:
            if name.endswith(word) and len(word) > 1:
                name, changed = name[: -len(word)], True
    if len(name) < 4 or name in vocabulary.title_frame:
        return ABSENT
    return Field(name, title.text, title.top, title.left, "title")


def _without_annex(text: str, vocabulary: Vocabulary) -> str:
    """附件2：某局自评表 without the annex's number."""
    annex = vocabulary.annex.match(text)
    return text if annex is None else _ANNEX_NUMBER.sub("", text[annex.end() :], count=1)


def money_unit(tile: Tile, vocabulary: Vocabulary) -> Field:
    """The unit of money that a text states: 单位：万元, 项目资金（万元）."""
    if len(tile.text) > fields.LONGEST_LINE:
        return ABSENT
    text = normalize(tile.text)
    match = vocabulary.money_stated.search(text) or vocabulary.money_in_brackets.search(text)
    if match is None:
        return ABSENT
    return Field(match["unit"], tile.text, tile.top, tile.left, "label")


def value_of_field(name: str, tile: Tile, how: str, vocabulary: Vocabulary) -> Field:
    """A labelled value in the type of its field."""
    if name in ("basic_expenditure", "project_expenditure", "claimed_total"):
        return fields.of_number(tile, how)
    if name == "claimed_grade":
        word = ticked_grade(tile, vocabulary)
        field = fields.of_text(tile, how)
        return field if word is None else field._replace(value=word, text=word)
    if name == "year":
        field = fields.of_text(tile, how)
        return field._replace(value=year_of(tile.text))
    return fields.of_text(tile, how)


def coerce_value(name: str, field: Field) -> Field:
    """A value found behind its label, in the type of its field."""
    if name in ("basic_expenditure", "project_expenditure", "claimed_total"):
        value: Decimal | None = parse_number(field.text)
        return field._replace(value=value)
    if name == "year":
        return field._replace(value=year_of(field.text))
    return field


def is_grade(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a grade: 优, 良, 中, 差."""
    return normalize_label(text) in vocabulary.grades


def ticked_grade(tile: Tile, vocabulary: Vocabulary) -> str | None:
    """The grade whose box is ticked among several: □优 ☑良 □中 □差, 优（√） 良（  ）.

    A box stands before its grade if the text begins with one, and else behind it.
    """
    text = tile.text
    boxes = vocabulary.ticked + vocabulary.unticked
    if len(text) > fields.LONGEST_LINE or not any(box in text for box in vocabulary.ticked):
        return None
    signs = [(at, sign) for at, sign in enumerate(normalize(text)) if sign in boxes]
    marked = [place for place, (_, sign) in enumerate(signs) if sign in vocabulary.ticked]
    if len(marked) != 1:
        return None
    (place,) = marked
    folded = normalize(text)
    edges = [-1, *(at for at, _ in signs), len(folded)]
    side = folded[edges[place + 1] + 1 : edges[place + 2]]
    if folded[0] not in boxes:
        side = folded[edges[place] + 1 : edges[place + 1]]
    named = [word for word in _WORD.findall(side) if word in vocabulary.grades]
    return named[0 if folded[0] in boxes else -1] if named else None


def grade_of(tile: Tile, how: str, vocabulary: Vocabulary) -> Field | None:
    """A tile as the grade that it states, as a word or by a ticked box; None where it states none."""
    if is_grade(tile.text, vocabulary):
        return fields.of_text(tile, how)
    word = ticked_grade(tile, vocabulary)
    return None if word is None else fields.of_text(tile, how)._replace(value=word, text=word)


def year_beside(tile: Tile, vocabulary: Vocabulary) -> int | None:
    """The year that stands apart in a line of a head: 填报单位：某局  2022年度, 2022年度金额单位：万元."""
    labelled = any(sign in tile.text for sign in _LABELS) or vocabulary.money_behind.search(
        normalize(tile.text)
    )
    if len(tile.text) > LONGEST_HEAD_LINE or not labelled:
        return None
    words = [word for word in vocabulary.year_apart.findall(fold_words(tile.text)) if word]
    return int(words[0]) if len(set(words)) == 1 else None


def fold_words(text: str) -> str:
    """A text folded word by word, the words one space apart."""
    return _YEAR_BROKEN.sub(r"\1\2", " ".join(normalize(word) for word in text.split()))


def without_year(text: str) -> str:
    """A value without the year that stands apart behind it: 某局  2022年度 → 某局."""
    match = _YEAR_BEHIND.search(text)
    return text[: match.start()].rstrip() if match and match.start() else text


def _with_months(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """The year of a line that says it with some of its months: 2023年1—7月."""
    match = _YEAR.match(text)
    months = text[match.end() :].translate(_DASHES) if match else ""
    if len(months) > LONGEST_PERIOD:
        return None
    return match if months and vocabulary.columns.match(months) == "interim" else None


def lone_year(
    tiles: Tiles, top: int, bottom: int, vocabulary: Vocabulary
) -> tuple[Tile, int] | None:
    """A line that says only the year, or says it apart from what else it holds: （2021年度）  单位：万元."""
    for tile in tiles.between(top, bottom):
        text = normalize(tile.text).strip("()[]")
        if not isinstance(tile.cell.value, str) or not _CENTURY.search(text):
            continue
        match = _YEAR_ALONE.fullmatch(text) or _with_months(text, vocabulary)
        if match:
            return tile, int(match[1])
        spelt = _YEAR_CHINESE.match(text)
        year = year_of(text)
        behind = text[spelt.end() :] if spelt else ""
        told = behind in ("", "度") or vocabulary.money_behind.fullmatch(behind)
        if spelt and year is not None and told:
            return tile, year
        beside = year_beside(tile, vocabulary)
        if beside is not None:
            return tile, beside
    return None
