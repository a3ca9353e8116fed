"""The clean copy: a submission's data in the official form, every score the recomputed one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from perfxl.books import content, official
from perfxl.books.margin import opinion, said_of
from perfxl.books.sheet_rows import SheetRows
from perfxl.books.template.render import Data, TemplateBook
from perfxl.exact import Fraction, round_half_up
from perfxl.forms.model import Field
from perfxl.forms.values.text import normalize
from perfxl.ooxml import origin
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rules.audit import Audit
from perfxl.rules.checks.sums import grade_of
from perfxl.rules.engine.execution import rate_of
from perfxl.rules.engine.interval import exact
from perfxl.rules.findings import Score, Verdict
from perfxl.texts import Texts
from perfxl.version import __version__

RATE = "execution-rate"
RATE_DIGITS = 4
WIDTHS = (9.0, 22.0, 30.0, 12.0, 22.0, 60.0)


class Clean(NamedTuple):
    """A clean copy.

    Attributes:
        data: of the workbook.
        changed: how many scores differ from the claims.
        open: how many scores are shown as a range or left as claimed, for a person to judge.
        unplaced: how many values the official form has no place for; they are listed on its last sheet.
    """

    data: bytes
    changed: int
    open: int
    unplaced: int


class Shown(NamedTuple):
    """A score in the clean copy: what is shown, and whether that is open."""

    score: Score
    value: Any
    open: bool


def clean(
    audits: Sequence[Audit], texts: Texts, file: str, template: TemplateBook | None = None,
    sheets: Sequence[str] = (),
) -> list[Clean]:  # fmt: skip
    """The clean copies of a file's forms: one workbook for each official form that they need.

    Args:
        audits: the audited forms of one file.
        texts: the language of the last sheet.
        file: name of the submission.
        template: the user's own instead of the official forms.
        sheets: names of the submission's sheets that hold something but no form.

    Raises:
        ConfigError: the template cannot be used (``template-…``).
    """
    groups: dict[str, list[Audit]] = {}
    for audit in audits:
        form = official.fitting(audit.form.kind, audit.choice.policy.id)
        groups.setdefault("" if template else form.id, []).append(audit)
    made: list[Clean] = []
    for name, group in groups.items():
        book = template or official.find_official(name).book()
        parts = [group] if book.copyable else [[audit] for audit in group]
        made += [_workbook(part, texts, file, book, sheets) for part in parts]
    return made


def _workbook(
    audits: Sequence[Audit], texts: Texts, file: str, book: TemplateBook, sheets: Sequence[str]
) -> Clean:
    shown = [_shown(audit, texts) for audit in audits]
    data = [
        Data(audit.form.name if len(audits) > 1 else None, _values(audit, scores))
        for audit, scores in zip(audits, shown, strict=True)
    ]
    missing: list[list[tuple[str, Field]]] = []

    def more() -> list[NewSheet]:
        missing.extend(
            content.find_unplaced(audit.form, one.values, book.environment)
            for audit, one in zip(audits, data, strict=True)
        )
        return [_explained(audits, shown, missing, texts, file, sheets)]

    made = book.render(*data, more=more, kind=origin.CLEAN)
    scores = [one for some in shown for one in some]
    return Clean(
        made,
        changed=sum(_differs(one) for one in scores) + sum(len(_others(audit)) for audit in audits),
        open=sum(one.open for one in scores),
        unplaced=sum(map(len, missing)) + sum(len(audit.form.unread) for audit in audits),
    )


# ---------------------------------------------------------------- scores
def _shown(audit: Audit, texts: Texts) -> list[Shown]:
    found = []
    for score in audit.scores:
        open_ = score.verdict is Verdict.CANNOT_JUDGE
        if score.recomputed is not None:
            exact = score.claimed is not None and score.recomputed == score.claimed
            value = score.place.value if exact else round_half_up(score.recomputed, 2)
        elif not score.place.row:
            continue
        elif score.lo is not None or score.hi is not None:
            value, open_ = texts.range(score.lo, score.hi), True
        else:
            value = content.cell_value("score", score.place)
            open_ = open_ or value is None
        found.append(Shown(score, value, open_))
    return found


def _differs(shown: Shown) -> bool:
    score = shown.score
    if score.kind == "section" and not score.place.row:
        # Neither the form nor the official one states points of a section.
        return False
    if isinstance(shown.value, str) or score.claimed is None:
        return shown.value is not None and shown.value != score.place.text
    return shown.value is not None and round_half_up(score.claimed, 2) != round_half_up(
        shown.value, 2
    )


def _values(audit: Audit, shown: Sequence[Shown]) -> Any:
    replaced: dict[str, Any] = {one.score.of: one.value for one in shown}
    by_place = {one.score.place: one.value for one in shown if one.score.place.row}
    facts = audit.facts
    for index, fund in enumerate(audit.form.funds):
        if fund.score in by_place:
            replaced[f"score of fund {index}"] = by_place[fund.score]
        elif fund is facts.main_fund and facts.carries_total and fund.score.value is not None:
            replaced[f"score of fund {index}"] = replaced["total"]
        rate, scale = rate_of(fund, audit.form, facts.policy)
        if rate is not None and scale is None and fund.rate.value is not None:
            # The official form shows a rate at its own decimals, whatever those of the claim were.
            replaced[f"rate of fund {index}"] = round_half_up(rate, RATE_DIGITS)
    for other in _others(audit):
        replaced["grade" if other.name == "grade" else f"rate of fund {other.fund}"] = other.value
    values = content.content(audit.form, replaced)
    form = official.fitting(audit.form.kind, audit.choice.policy.id)
    return official.fill_in_printed(form, audit.form, values, audit.choice.policy.id)


class Other(NamedTuple):
    """Something else than a score that follows from the scores and was wrong or blank: rate, grade."""

    name: str
    place: Field
    value: Any
    fund: int = 0


def _others(audit: Audit) -> list[Other]:
    return [*_rates(audit), *(other for other in [_grade(audit)] if other is not None)]


def _rates(audit: Audit) -> list[Other]:
    """The rates of execution where the form states a wrong one, and that of the budget where it states none."""
    facts = audit.facts
    wrong = {(f.row, f.col): f.lo for f in audit.findings if f.rule == RATE and f.lo is not None}
    found = []
    for index, fund in enumerate(audit.form.funds):
        rate = wrong.get(fund.rate[2:4])
        if rate is None and fund is facts.budget and fund.rate.value is None:
            rate = facts.rate
        if rate is None and fund.rate.value is not None:
            # 98% for 97.6 % is right as it is written; the copy shows more digits.
            own, scale = rate_of(fund, audit.form, facts.policy)
            kept = own is None or scale is not None or own > 1 or _is_kept(own, fund.rate)
            rate = None if kept else own
        if rate is not None:
            found.append(Other("rate", fund.rate, round_half_up(rate, RATE_DIGITS), index))
    return found


def _is_kept(rate: Fraction, place: Field) -> bool:
    """Whether a stated rate is right at the digits that the copy shows."""
    stated = exact(place)
    return stated is not None and abs(stated - rate) <= Fraction(1, 2 * 10**RATE_DIGITS)


def _grade(audit: Audit) -> Other | None:
    """The grade of the recomputed total, where the form has a place for one and states another."""
    place, policy = audit.form.claimed_grade, audit.facts.policy
    if not place.row or not policy.grades or audit.total.recomputed is None:
        return None
    earned = grade_of(audit.total.recomputed, audit.facts)
    stated = policy.grade_words.get(normalize(place.text).strip("()。"))
    return None if stated == earned else Other("grade", place, earned)


# ---------------------------------------------------------------- the last sheet
def _explained(
    audits: Sequence[Audit], shown: Sequence[Sequence[Shown]],
    missing: Sequence[Sequence[tuple[str, Field]]], texts: Texts, file: str, sheets: Sequence[str],
) -> NewSheet:  # fmt: skip
    """How the clean copy came about: what differs from the claims, and what has no place in it."""
    sheet = SheetRows(len(WIDTHS))
    sheet.wide(texts.get("clean/title"), "title")
    sheet.wide(texts.get("clean/source", file=file, version=__version__), "note")
    for audit, scores, lost in zip(audits, shown, missing, strict=True):
        policy = audit.choice.policy
        if len(audits) > 1:
            sheet.wide(f"{audit.form.sheet} {audit.form.name}", "header")
        title = policy.titles[texts.language]
        sheet.wide(texts.get("clean/policy", policy=title, source=policy.source), "note")
        _changes(sheet, audit, scores, texts)
        _lost(sheet, audit, lost, texts)
    if sheets:
        sheet.wide(texts.get("clean/sheets", sheets=list(sheets)), "note")
    return NewSheet(texts.get("clean/sheet"), sheet.rows, widths=WIDTHS, merges=sheet.merges,
                    landscape=True, tab_colour="A5A5A5")  # fmt: skip


def _changes(sheet: SheetRows, audit: Audit, shown: Sequence[Shown], texts: Texts) -> None:
    said = said_of(audit, texts)
    rows = [one for one in shown if _differs(one) or one.open]
    others = _others(audit)
    sheet.wide(texts.get("clean/changes"), "header")
    if not rows and not others:
        scored = any(one.score.place.row for one in shown)
        sheet.wide(texts.get("clean/no_changes" if scored else "clean/unscored"), "good")
        return
    sheet.add(*[NewCell(head, "header") for head in texts.list("clean/change_columns")])
    for one in rows:
        score = one.score
        why = said.get(score.place.row) or opinion(score, texts, blank=score.claimed is None)
        sheet.add(
            NewCell(score.place.cell or "—"),
            NewCell(texts.get(f"clean/kind_{score.kind}")),
            NewCell(score.name),
            NewCell(score.place.text or texts.get("clean/blank")),
            NewCell(one.value, "number" if not isinstance(one.value, str) else "text"),
            NewCell(why),
        )
    for other in others:
        sheet.add(
            NewCell(other.place.cell or "—"),
            NewCell(texts.get(f"clean/kind_{other.name}")),
            NewCell(None),
            NewCell(other.place.text or texts.get("clean/blank")),
            NewCell(other.value, number_format="0.00%" if other.name == "rate" else None),
            NewCell(texts.get(f"clean/why_{other.name}")),
        )


def _lost(
    sheet: SheetRows, audit: Audit, lost: Sequence[tuple[str, Field]], texts: Texts
) -> None:  # fmt: skip
    sheet.wide(texts.get("clean/unplaced"), "header")
    items = [(field.cell or "—", texts.field(name), field.text) for name, field in lost]
    items += [(item.cell, texts.get("clean/unread"), item.text) for item in audit.form.unread]
    if not items:
        sheet.wide(texts.get("clean/all_placed"), "good")
    for cell, name, text in items:
        sheet.add(NewCell(cell), NewCell(name), NewCell(text), *[NewCell(None)] * 3)
        row = len(sheet.rows)
        sheet.join(row, 3, len(WIDTHS))
