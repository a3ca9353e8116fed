"""The words of forms, from templates/vocabulary.toml and the user's own additions."""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from perfxl import resources
from perfxl.errors import ConfigError
from perfxl.forms.values.grammar import cardinal, grammar
from perfxl.forms.values.memo import Memo
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import has_digit, normalize, normalize_label
from perfxl.forms.words.composed import Composed
from perfxl.forms.words.labels import HeaderLabels, Labels

TOTAL, SUBTOTAL = "total", "subtotal"
IS_TOTAL, IS_SUBTOTAL, IS_GOAL, IS_COLUMN, HAS_COLON, HAS_DIGIT, IS_BLANK, IS_RESIDUE = (
    1 << at for at in range(8)
)
"""Signs of a text: of a goal's label, of what a template left behind…"""
LONGEST_SUM = 14
"""The label of a total or a subtotal is no longer than this."""


class SumRows(Memo[str]):
    """Text of a row → total (总分, 绩效自评综合得分), subtotal (小计, 产出指标小计), or nothing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(lambda text: self._kind(normalize_label(text)))
        self._whole = dict.fromkeys(_folded(data["total"]["is"]), TOTAL)
        self._whole |= dict.fromkeys(_folded(data["subtotal"]["is"]), SUBTOTAL)
        self._pattern = _pattern(data["total"]["pattern"], "total.pattern")
        self._ends = tuple(normalize(word) for word in data["subtotal"]["ends"])
        self._section_ends = tuple(normalize(word) for word in data["subtotal"]["section_ends"])
        self._sections = _folded(data["section_names"]["is"])

    def named(self, key: str) -> str:
        """What a subtotal's label says it sums up: 产出指标小计 → 产出指标, 小计 → nothing."""
        ends = sorted((*self._ends, *self._section_ends), key=len, reverse=True)
        return key.removesuffix(next((end for end in ends if key.endswith(end)), ""))

    def _kind(self, key: str) -> str:
        if key in self._whole or len(key) > LONGEST_SUM:
            return self._whole.get(key, "")
        if self._pattern.fullmatch(key):
            return TOTAL
        ends = [end for end in self._section_ends if key.endswith(end)]
        of_section = any(key.removesuffix(end) in self._sections for end in ends)
        return SUBTOTAL if of_section or key.endswith(self._ends) else ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every word list of the vocabulary file, ready for matching.

    Attributes:
        columns: headers of the table of indicators.
        natures: words that say what a form is: of titles (self, monitoring, targets), of labels (forecasts).
        funds: headers of the table of funds.
        fund_rows: names of rows in the table of funds (total, part, inline).
        fields: labels of single fields.
        plain: headers of a plain list of approved targets, one row an indicator.
        other_periods: words over a column of targets that are not this year's.
        long_term: words with which the label of a goal for several years begins.
        ditto: what says that a cell is as the one above it.
        sums: endings of names of sum rows: 甲局合计.
        organisations: endings of units' names.
        money: units of money, and how many 元 each is; money_units: the same as pairs.
        money_stated, money_in_brackets: 金额单位：万元, 项目资金（万元）, with the unit as a group.
        sums_found: text of a row → total, subtotal, or nothing.
        groups: names of kinds of indicators (数量指标), which are no indicator's own.
        label_joints: what stands between two labels in one cell.
        nobody: what stands for a name where the writer means itself: 本单位.
        total_stated: a total with its number, and perhaps its grade, in one text: 自评总分：95分，优.
        money_line: a line that says nothing but the unit of money.
        annex, continued: how an annex's number begins; a line that only says that a table goes on.
        money_labels: what stands before the unit of money: 金额单位.
        money_behind: the unit of money right behind a year: 2022年度/万元.
        seal: what asks for a stamp behind a name: 某局（盖章）.
        year_apart: a year with nothing but its line's other parts around it.
        parts: how names of parts of the funds begin: 其中.
        goal_named: a goal called by its number in a text: 目标2.
        numbered: words before an indicator's number: 指标1.
        bare_totals: labels that state the form's total only above its table of funds.
    """

    columns: Labels
    funds: Labels
    fund_rows: Labels
    fields: Labels
    plain: Labels
    structure: frozenset[str]
    totals: frozenset[str]
    sections: frozenset[str]
    groups: frozenset[str]
    sources: frozenset[str]
    goal: re.Pattern[str]
    unnumbered_goal: re.Pattern[str]
    side_label: re.Pattern[str]
    title: re.Pattern[str]
    kinds: Mapping[str, tuple[str, ...]]
    natures: Mapping[str, tuple[str, ...]]
    title_frame: tuple[str, ...]
    note_starts: tuple[str, ...]
    residue: re.Pattern[str]
    blanks: frozenset[str]
    grades: frozenset[str]
    ticked: str
    unticked: str
    money: Mapping[str, int]
    money_units: tuple[tuple[str, int], ...]
    money_stated: re.Pattern[str]
    money_in_brackets: re.Pattern[str]
    money_line: re.Pattern[str]
    annex: re.Pattern[str]
    continued: re.Pattern[str]
    money_labels: tuple[str, ...]
    money_behind: re.Pattern[str]
    year_apart: re.Pattern[str]
    seal: re.Pattern[str]
    parts: tuple[str, ...]
    goal_named: re.Pattern[str]
    numbered: tuple[str, ...]
    total_stated: re.Pattern[str]
    bare_totals: frozenset[str]
    label_joints: frozenset[str]
    nobody: frozenset[str]
    other_periods: tuple[str, ...]
    long_term: tuple[str, ...]
    ditto: frozenset[str]
    sums: tuple[str, ...]
    organisations: tuple[str, ...]
    sums_found: SumRows

    @cached_property
    def goal_numbers(self) -> Memo[int | None]:
        """Text → the number of the goal whose label it is: 目标3, 目标十二."""
        return Memo(self._goal_number)

    @cached_property
    def signs(self) -> Memo[int]:
        """Text → its signs: what it may be by its words alone, as bits."""
        return Memo(self._signs)

    def _goal_number(self, text: str) -> int | None:
        folded = normalize(text)
        match = self.goal.match(folded)
        if match is None:
            unnumbered = self.unnumbered_goal.match(folded)
            return 1 if unnumbered and parse_points(folded) is not None else None
        return cardinal(match["number"])

    def _signs(self, text: str) -> int:
        folded = normalize(text)
        return (
            IS_TOTAL * (self.sums_found[text] == TOTAL)
            | IS_SUBTOTAL * (self.sums_found[text] == SUBTOTAL)
            | IS_GOAL * (self.goal_numbers[text] is not None)
            | IS_COLUMN * (self.columns.match(text) is not None)
            | HAS_COLON * (":" in folded)
            | HAS_DIGIT * has_digit(text)
            | IS_BLANK * (folded in self.blanks)
            | IS_RESIDUE * (self.residue.match(folded) is not None)
        )

    def is_blank(self, text: str) -> bool:
        """Whether a text stands for nothing: empty, —, /, *, 无."""
        return self.signs[text] & IS_BLANK != 0

    def is_residue(self, text: str) -> bool:
        """Whether a text is what the template left behind: ……, 指标1."""
        return self.signs[text] & IS_RESIDUE != 0

    def says_nothing(self, text: str) -> bool:
        """Whether a text stands for nothing, or is what the template left behind."""
        return self.signs[text] & (IS_BLANK | IS_RESIDUE) != 0

    def is_sum(self, text: str) -> bool:
        """Whether a row so called is a sum: 合计, 小计, 总计."""
        return self.sums_found[text] != ""

    def is_subtotal(self, text: str) -> bool:
        """Whether a row so called sums up a part of the table: 小计, 产出指标小计, 效益合计."""
        return self.sums_found[text] == SUBTOTAL

    def is_note(self, text: str) -> bool:
        """Whether a text is a printed note of the form (备注, 说明)."""
        return normalize(text).startswith(self.note_starts)


def _merge(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Add the words of a user's file in front of ours: his spelling decides."""
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif isinstance(value, list) and isinstance(base.get(key), list):
            base[key] = [*value, *base[key]]
        else:
            base[key] = value
    return base


def _pattern(text: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ConfigError("config-pattern", name=name, reason=str(error)) from error


@cache
def load(*more: Path) -> Vocabulary:
    """The built-in vocabulary with the user's files laid over it.

    Raises:
        ConfigError: a file is missing or cannot be used; says which and where.
    """
    own = [resources.toml(path) for path in more]
    try:
        data = copy.deepcopy(resources.words("vocabulary"))
        for user in own:
            data = _merge(data, copy.deepcopy(user))
        return Vocabulary(
            **_groups([*reversed(own), resources.words("vocabulary")], data),
            **_money(data),
            **_lines(data),
            **_titles(data["title"]),
            **_signs(data),
            structure=_folded(data["structure"]["is"]),
            totals=_folded(data["total"]["is"]),
            sums_found=SumRows(data),
            sections=_folded(data["section_names"]["is"]),
            groups=_folded(data["group_names"]["is"]),
            sources=_folded(data["fund_sources"]["is"]),
            goal=_pattern(data["goal"]["pattern"], "goal.pattern"),
            unnumbered_goal=_pattern(data["goal"]["unnumbered"], "goal.unnumbered"),
            side_label=_pattern(data["goal"]["side_label"], "goal.side_label"),
            total_stated=_total_stated(data),
            label_joints=_folded(data["label_joints"]["is"]),
            nobody=_folded(data["nobody"]["is"]),
            bare_totals=_folded(data["total"]["bare"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        names = ", ".join(path.name for path in more) or "vocabulary.toml"
        raise ConfigError("config-shape", file=names, reason=str(error)) from error


def _titles(title: Mapping[str, Any]) -> dict[str, Any]:
    """What titles say of a form."""
    return {
        "title": _pattern(title["pattern"], "title.pattern"),
        "kinds": {
            kind: tuple(_folded(title[kind])) for kind in ("transfer", "department", "project")
        },
        "natures": {
            nature: tuple(_folded(title[nature]))
            for nature in ("self", "monitoring", "targets", "forecasts")
        },
        "title_frame": tuple(sorted(title["frame"], key=len, reverse=True)),
    }


def _signs(data: Mapping[str, Any]) -> dict[str, Any]:
    """Notes, blanks and grades, and what approved tables say besides."""
    approved = data["approved"]
    return {
        "note_starts": tuple(normalize(word) for word in data["note"]["starts"]),
        "residue": _pattern(data["residue"]["pattern"], "residue.pattern"),
        "blanks": _folded([*data["blank"]["is"], *data["blank"]["answers"]]),
        "grades": _folded(data["grades"]["is"]),
        "ticked": "".join(data["grades"]["ticked"]),
        "unticked": "".join(data["grades"]["unticked"]),
        "other_periods": tuple(normalize(word) for word in approved["other_periods"]),
        "long_term": tuple(normalize(word) for word in approved["long_term"]),
        "ditto": _folded(approved["ditto"]),
        "sums": tuple(normalize(word) for word in approved["sums"]),
        "organisations": tuple(normalize(word) for word in approved["organisations"]),
    }


def _groups(sources: list[dict[str, Any]], data: Mapping[str, Any]) -> dict[str, Any]:
    """The groups of fields; what an earlier source says outranks a later one."""
    said = data["headers"]
    others = _folded([*data["structure"]["is"], *data["section_names"]["is"]])
    composed = {name: Composed(words, others) for name, words in data["composed"].items()}
    headers = HeaderLabels(
        _folded(said["lines"]),
        _folded(said["block"]),
        _folded(said["names"]),
        tuple(map(normalize, said["figures"])),
        tuple(map(normalize, said["standards"])),
        tuple(map(normalize, said["planned"])),
        tuple(map(normalize, said["real"])),
        tuple(map(normalize, said["money"])),
        tuple(map(normalize, said["adjusted"])),
        tuple(map(normalize, said["series"])),
        tuple(map(normalize, data["label_joints"]["is"])),
    )

    def of(name: str) -> list[Mapping[str, Any]]:
        return [source[name] for source in sources if name in source]

    return {
        **{
            name: Labels(*of(name), headers=headers, composed=composed.get(name))
            for name in ("columns", "funds", "fund_rows", "fields")
        },
        "plain": Labels(*of("plain"), *of("columns"), headers=headers),
    }


def _lines(data: Mapping[str, Any]) -> dict[str, Any]:
    """The lines around a form, and what is called by a number."""
    labels = [*_money_labels(data), *data["year"]["before"]]
    money = _one_of(word for word in data["money"] if word.endswith(next(iter(data["money"]))))
    around = rf"(?=$| |/?[(]?(?:{_one_of(labels)}|{money}))"
    currency, money_label = _one_of(data["currency"]["is"]), _one_of(_money_labels(data))
    return {
        "money_labels": tuple(sorted(_folded(_money_labels(data)), key=len, reverse=True)),
        "money_behind": re.compile(
            rf"度[)]?/?[(]?(?:(?:{money_label}):)?(?:{currency})?(?:{money})[)]?$"
        ),
        "annex": re.compile(
            rf"^\(?(?:{_one_of(data['title']['annex'])}|"
            rf"(?:{_one_of(data['title']['annex_numbered'])})(?=[0-9一二三四五六七八九十]))"
        ),
        "continued": re.compile(rf"[(]?(?:{_one_of(data['title']['continued'])})[)]?"),
        "seal": re.compile(rf"\s*[(（]\s*(?:{_one_of(data['seals']['is'])})\s*[)）]?\s*$"),
        "year_apart": re.compile(rf"(?:^| )[(\[]?(20[0-9]{{2}})年度?[)\]]?{around}"),
        "parts": tuple(map(normalize, data["fund_rows"]["part"]["begins"])),
        "goal_named": re.compile(
            rf"(?:{_one_of(data['goal']['names'])})([0-9]+|[一二三四五六七八九十]+)"
        ),
        "numbered": tuple(sorted(_folded(data["approved"]["numbered"]), key=len, reverse=True)),
    }


def _one_of(words: Iterable[str]) -> str:
    """Some words as alternatives of a pattern, longer ones first."""
    return "|".join(map(re.escape, sorted(map(normalize, words), key=len, reverse=True)))


def _money_labels(data: Mapping[str, Any]) -> list[str]:
    """What stands before the unit of a form's amounts: 金额单位, 单位."""
    return [*data["fields"]["money_unit"]["is"], *data["currency"]["labels"]]


def _total_stated(data: Mapping[str, Any]) -> re.Pattern[str]:
    """总分：99, 自评总分99分, 自评结果：99分（优）: label, number and grade in one folded text."""
    labels = {*data["total"]["stated"], *data["fields"]["claimed_total"]["is"]}
    names, grade = _one_of(labels), _one_of(data["grades"]["is"])
    leads = _one_of(data["total"]["leads"])
    full, states = _one_of(data["total"]["full"]), _one_of(data["total"]["states"])
    grade_label = _one_of(data["fields"]["claimed_grade"]["is"])
    return _pattern(
        rf"^(?P<label>{data['total']['pattern']}|(?:{leads})*(?:{names}))(?:\((?:{full})?100分?\))?"
        rf"(?P<colon>(?:{states}){{0,2}})(?P<number>[0-9]{{1,3}}(?:\.[0-9]+)?)(?P<unit>分?)"
        rf"[,;、/]?\(?(?:(?:{grade_label}):?)?(?P<grade>{grade})?\)?[。;,]?$",
        "total",
    )


def _money(data: Mapping[str, Any]) -> dict[str, Any]:
    """The units of money, and what states one in a text already folded."""
    stated = {normalize(unit): int(factor) for unit, factor in data["money"].items()}
    yuan = next(iter(stated))
    # 万 alone is how amounts are written (150万) and no statement of a unit.
    multipliers = [word for word, _ in grammar().multipliers]
    known = {word: stated[word + yuan] for word in multipliers if word + yuan in stated} | stated
    unit = _one_of(word for word in stated if word not in multipliers)
    label = _one_of(_money_labels(data))
    currency = _one_of(data["currency"]["is"])
    return {
        "money": known,
        "money_units": tuple(known.items()),
        "money_stated": re.compile(rf"(?:{label}):?\(?(?:{currency})?(?P<unit>{unit})\)?"),
        "money_in_brackets": re.compile(
            rf"\((?:(?:{label}):?)?(?P<unit>{unit})(?:[,;、][^()]*)?\)"
        ),
        "money_line": re.compile(rf"(?:{label}):(?:{currency})?(?:{unit})$"),
    }


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(normalize(word) for word in words)
